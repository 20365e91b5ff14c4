/* Questions against an oracle: a few thousand random statements (world.h), random questions, every
 * page of every answer compared with what looking at each statement in turn says. */
#include "db/count.h"
#include "tests/conformance/world.h"

/* --- random questions --- */

static struct keys pick_keys(struct world *w, const int64_t *all, int n_all, int64_t *keys,
			     int *own)
{
	size_t n = 1 + dice(&w->random, LIST);
	for (size_t i = 0; i < n; i++) {
		own[i] = (int)dice(&w->random, (uint32_t)n_all);
		keys[i] = all[own[i]];
	}
	return (struct keys){keys, n};
}

static struct keys pick_speakers(struct world *w, int64_t *keys, int *own, bool *members)
{
	struct keys v = pick_keys(w, w->actor_keys, ACTORS, keys, own);
	for (size_t i = 0; i < v.n; i++) {
		members[i] = dice(&w->random, 2);
		keys[i] = speaker_key(keys[i], members[i]);
	}
	return v;
}

static struct strs pick_outlets(struct world *w, struct str *v)
{
	size_t n = 1 + dice(&w->random, LIST);
	for (size_t i = 0; i < n; i++)
		v[i] = str_of(world_outlets[dice(&w->random, OUTLETS)]);
	return (struct strs){v, n};
}

static struct strs pick_roles(struct world *w, struct str *v)
{
	static const char *const folded[] = {"minister", "foreign minister", "prime", "spokesman",
					     "min"};
	size_t n = 1 + dice(&w->random, 2);
	for (size_t i = 0; i < n; i++)
		v[i] = str_of(folded[dice(&w->random, 5)]);
	return (struct strs){v, n};
}

/* Every word is its own stem, so that a search for the text is what FTS5 does. */
static struct strs pick_phrases(struct world *w, struct str *v)
{
	size_t n = 1 + (dice(&w->random, 4) == 0);
	for (size_t i = 0; i < n; i++) {
		const char *a = world_words[dice(&w->random, WORDS)],
			   *b = world_words[dice(&w->random, WORDS)];
		v[i] = dice(&w->random, 2) ? str_of(a) : arena_printf(&w->f.arena, "%s %s", a, b);
	}
	return (struct strs){v, n};
}

static day_t pick_day(struct world *w)
{
	return FIRST_DAY - 3 + (day_t)dice(&w->random, DAYS + 6);
}

enum { FILTERS = 24 };

static void set_filter(struct world *w, struct question *x, int which)
{
	struct statement_query *q = &x->q;
	uint32_t mask = 1 + dice(&w->random, 6);
	float *const least[] = {&q->min_confidence, &q->min_stance_confidence,
				&q->min_position_confidence};
	switch (which) {
	case 0:
		q->speakers = pick_speakers(w, x->keys[0], x->speakers, x->members);
		break;
	case 1:
		q->not_speakers = pick_speakers(w, x->keys[1], x->not_speakers, x->not_members);
		break;
	case 2:
		q->issues = pick_keys(w, w->issue_keys, ISSUES, x->keys[2], x->issues);
		break;
	case 3:
		q->not_issues = pick_keys(w, w->issue_keys, ISSUES, x->keys[3], x->not_issues);
		break;
	case 4:
		q->targets = pick_keys(w, w->actor_keys, ACTORS, x->keys[4], x->targets);
		break;
	case 5:
		q->not_targets = pick_keys(w, w->actor_keys, ACTORS, x->keys[5], x->not_targets);
		break;
	case 6:
		q->addressees = pick_keys(w, w->actor_keys, ACTORS, x->keys[6], x->addressees);
		break;
	case 7:
		q->not_addressees =
			pick_keys(w, w->actor_keys, ACTORS, x->keys[7], x->not_addressees);
		break;
	case 8:
		q->article = w->rows[dice(&w->random, (uint32_t)w->n_rows)].article;
		break;
	case 9:
		q->kinds = mask;
		break;
	case 10:
		q->positions = 1 + dice(&w->random, (1U << POSITION_COUNT) - 1);
		break;
	case 11:
		q->acts = mask * 0x1111;
		break;
	case 12:
		q->polarities = 1 + mask % 3;
		break;
	case 13:
		q->statuses = mask;
		break;
	case 14:
		q->said_after = pick_day(w);
		break;
	case 15:
		q->said_before = pick_day(w);
		break;
	case 16:
		q->published_after = pick_day(w);
		break;
	case 17:
		q->published_before = pick_day(w);
		break;
	case 18:
		q->outlets = pick_outlets(w, x->outlets);
		break;
	case 19:
		q->not_outlets = pick_outlets(w, x->not_outlets);
		break;
	case 20:
		q->roles = pick_roles(w, x->roles);
		break;
	case 21:
		*least[dice(&w->random, 3)] = (float)dice(&w->random, 1001) / 1000;
		break;
	case 23:
		q->nested = 1 + dice(&w->random, NESTED_COUNT - 1);
		break;
	case 22:
		q->target_positions = 1 + dice(&w->random, (1U << POSITION_COUNT) - 1);
		break;
	default:
		q->phrases = pick_phrases(w, x->phrases);
		break;
	}
}

static int newest_first(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return x > y ? -1 : x < y;
}

static int oldest_first(const void *a, const void *b)
{
	return newest_first(b, a);
}

static size_t expect(const struct world *w, const struct question *x, int64_t *ids)
{
	size_t n = 0;
	for (size_t i = 0; i < w->n_rows; i++)
		if (world_matches(w, x, &w->rows[i]))
			ids[n++] = w->rows[i].id;
	/* An article's are in the order of its text: so its ids fall. */
	qsort(ids, n, sizeof *ids,
	      x->q.oldest_first && !x->q.article ? oldest_first : newest_first);
	return n;
}

static const struct row *row_of(const struct world *w, int64_t id)
{
	for (size_t i = 0; i < w->n_rows; i++)
		if (w->rows[i].id == id)
			return &w->rows[i];
	ck_abort_msg("statement %lld was never stored", (long long)id);
}

static void same_row(const struct world *w, const struct statement *s)
{
	const struct row *r = row_of(w, s->id);
	ck_assert(str_eq(s->content, r->s.content) && str_eq(s->outlet, r->of->outlet));
	ck_assert(!s->speaker == !r->s.speaker &&
		  (!s->speaker || str_eq(s->speaker->id, r->s.speaker->id)));
	ck_assert_uint_eq(s->n_issues, r->s.n_issues);
}

/* Walks all pages and compares. */
static void compare(struct world *w, struct question *x, const char *what)
{
	int64_t *want = calloc(w->n_rows + 1, sizeof *want);
	size_t n = expect(w, x, want), at = 0;
	/* Pages of few rows would make thousands of them. */
	int least = (int)n / 12 + 1;
	x->q.limit = least + (int)dice(&w->random, 20);
	int64_t next = 0;
	do {
		struct arena page;
		struct statement_list list;
		arena_init(&page, (size_t)1 << 26);
		struct reader *r = fixture_reader(&w->f);
		x->q.after = next;
		assert_ok(store_statements(r, &x->q, &page, &list, &next, &w->f.e), w->f.e);
		reader_return(r);
		ck_assert_uint_le(list.n, (size_t)x->q.limit);
		for (size_t i = 0; i < list.n; i++, at++) {
			ck_assert_msg(at < n && list.v[i].id == want[at],
				      "%s: row %zu of %zu differs", what, at, n);
			same_row(w, &list.v[i]);
		}
		ck_assert_msg(next == 0 || x->q.article ||
				      (list.n && next == list.v[list.n - 1].id),
			      "%s: next", what);
		arena_release(&page);
	} while (next);
	ck_assert_msg(at == n, "%s: %zu rows, want %zu", what, at, n);
	free(want);
}

static struct question blank(void)
{
	struct question x;
	memset(&x, 0, sizeof x);
	x.q = query_all(10);
	return x;
}

/* As many as the list of the question and the group has. */
static void compare_group(const struct world *w, const struct question *x, unsigned by,
			  const struct count_group *g, int64_t *ids)
{
	struct question of = *x;
	struct statement_query *q = &of.q;
	if (by & 1U << COUNTED_ISSUE) {
		q->issues.n = 1;
		for (int i = 0; i < ISSUES; i++)
			if (str_eq(w->issues[i].id, g->issue->id))
				of.issues[0] = i;
	}
	if (by & 1U << COUNTED_POSITION)
		q->positions = 1U << g->position;
	ck_assert_int_eq(g->count, (int64_t)expect(w, &of, ids));
}

/* Statements that the question finds; by issue without one on any of their issues. */
static size_t expect_total(const struct world *w, const struct question *x, unsigned by,
			   int64_t *ids)
{
	struct question whatever = *x;
	if (!(by & 1U << COUNTED_ISSUE) || x->q.issues.n || !query_asks_position(&x->q))
		return expect(w, x, ids);
	whatever.q.positions = 0;
	whatever.q.min_position_confidence = 0;
	size_t n = 0;
	for (size_t i = 0; i < w->n_rows; i++) {
		bool has_pair = false;
		for (int k = 0; k < ISSUES; k++)
			has_pair |= w->rows[i].on[k] && world_takes(w->rows[i].on[k], &x->q);
		n += has_pair && world_matches(w, &whatever, &w->rows[i]);
	}
	return n;
}

static void compare_counts(struct world *w, struct question *x)
{
	x->is_count = true;
	const unsigned position = 1U << COUNTED_POSITION, issue = 1U << COUNTED_ISSUE;
	const unsigned bys[] = {0, position, issue, position | issue};
	int64_t *ids = calloc(w->n_rows + 1, sizeof *ids);
	for (size_t i = 0; i < sizeof bys / sizeof bys[0]; i++) {
		struct counts c;
		struct arena a;
		struct count_query of = {.q = &x->q, .by = bys[i], .limit = 1000};
		arena_init(&a, (size_t)1 << 26);
		struct reader *r = fixture_reader(&w->f);
		assert_ok(store_count(r, &of, &a, &c, &w->f.e), w->f.e);
		reader_return(r);
		ck_assert_int_eq(c.total, (int64_t)expect_total(w, x, bys[i], ids));
		for (size_t k = 0; k < c.n; k++)
			compare_group(w, x, bys[i], &c.v[k], ids);
		arena_release(&a);
	}
	free(ids);
}

/* Who says what the question asks for, of all that each of them says of it. */
static void compare_among(struct world *w, struct question *x)
{
	struct question wider = *x;
	struct counts c;
	struct arena a;
	wider.q.positions = wider.q.target_positions = wider.q.acts = wider.q.polarities = 0;
	wider.q.min_position_confidence = 0;
	const struct count_query of = {
		.q = &x->q, .among = &wider.q, .by = 1U << COUNTED_SPEAKER, .limit = 1000};
	int64_t fit[ACTORS + 1] = {0}, all[ACTORS + 1] = {0}, total = 0;
	for (size_t i = 0; i < w->n_rows; i++) {
		const struct row *row = &w->rows[i];
		bool is_of_all = world_matches(w, &wider, row);
		all[row->speaker + 1] += is_of_all;
		fit[row->speaker + 1] += is_of_all && world_matches(w, x, row);
	}
	arena_init(&a, (size_t)1 << 26);
	struct reader *r = fixture_reader(&w->f);
	assert_ok(store_count(r, &of, &a, &c, &w->f.e), w->f.e);
	reader_return(r);
	for (size_t k = 0; k < c.n; k++) {
		int at = 0;
		while (c.v[k].speaker && !str_eq(c.v[k].speaker->id, w->actors[at++].id))
			;
		ck_assert_int_eq(c.v[k].count, fit[at]);
		ck_assert_int_eq(c.v[k].of, all[at]);
		total += fit[at];
	}
	ck_assert_int_eq(c.total, total);
	arena_release(&a);
}

START_TEST(store_statements__each_filter_alone__agrees_with_the_oracle)
{
	struct world w;
	world_open(&w, 88172645463325252ULL);
	for (int filter = 0; filter <= FILTERS; filter++)
		for (int round = 0; round < 8; round++) {
			struct question x = blank();
			char what[32];
			snprintf(what, sizeof what, "filter %d", filter);
			set_filter(&w, &x, filter);
			x.q.oldest_first = round % 2;
			compare(&w, &x, what);
			compare_counts(&w, &x);
			compare_among(&w, &x);
		}
	world_close(&w);
}
END_TEST

static void random_questions(struct world *w, int rounds)
{
	for (int round = 0; round < rounds; round++) {
		struct question x = blank();
		char what[128];
		int n = snprintf(what, sizeof what, "round %d, filters", round);
		for (uint32_t left = dice(&w->random, 5); left; left--) {
			int filter = (int)dice(&w->random, FILTERS + 1);
			set_filter(w, &x, filter);
			n += snprintf(what + n, sizeof what - (size_t)n, " %d", filter);
		}
		x.q.oldest_first = dice(&w->random, 2);
		compare(w, &x, what);
		if (round % 4 == 0) {
			compare_counts(w, &x);
			compare_among(w, &x);
		}
	}
}

START_TEST(store_statements__random_filters__agree_with_the_oracle)
{
	struct world w;
	world_open(&w, 362436069ULL);
	random_questions(&w, 400);
	fixture_check(&w.f);
	world_close(&w);
}
END_TEST

START_TEST(store_statements__after_deletions__agree_with_the_oracle)
{
	struct world w;
	world_open(&w, 521288629ULL);
	struct write drops[ARTICLES / 3], *group[ARTICLES / 3];
	for (int i = 0; i < ARTICLES / 3; i++) {
		drops[i] = (struct write){.op = WRITE_DELETE, .id = w.writes[i * 3].id};
		group[i] = &drops[i];
	}
	assert_ok(store_write_all(w.f.store, group, ARTICLES / 3, &w.f.e), w.f.e);
	for (size_t i = 0; i < w.n_rows; i++)
		for (int k = 0; k < ARTICLES / 3; k++)
			w.rows[i].is_gone |= w.rows[i].article == drops[k].id;
	random_questions(&w, 150);
	fixture_check(&w.f);
	world_close(&w);
}
END_TEST

START_TEST(store_articles__pages_in_both_orders__visit_each_once)
{
	struct world w;
	world_open(&w, 5783321ULL);
	for (int round = 0; round < 24; round++) {
		struct str names[LIST];
		struct article_query q = {.published_after = DAY_NONE,
					  .published_before = DAY_NONE,
					  .limit = 7 + round * 5};
		if (round % 3)
			q.outlets = (struct strs){pick_outlets(&w, names).v, (size_t)round % 3};
		if (round % 3 == 2)
			names[1] = str_of(world_outlets[round % OUTLETS]);
		if (round % 4 == 3)
			q.published_after = pick_day(&w);
		if (round % 5 == 4)
			q.published_before = pick_day(&w);
		q.oldest_first = round % 2;
		size_t want = 0, got = 0;
		for (int i = 0; i < ARTICLES; i++) {
			day_t day = article_day(&w.writes[i].article);
			ck_assert(day != DAY_NONE);
			want += (!q.outlets.n || in_strs(q.outlets, w.writes[i].article.outlet)) &&
				(q.published_after == DAY_NONE || day >= q.published_after) &&
				(q.published_before == DAY_NONE || day <= q.published_before);
		}
		int64_t last = 0;
		do {
			struct article_list list;
			struct reader *r = fixture_reader(&w.f);
			assert_ok(store_articles(r, &q, &w.f.arena, &list, &q.after, &w.f.e),
				  w.f.e);
			reader_return(r);
			for (size_t i = 0; i < list.n; i++, got++) {
				ck_assert(!last || (q.oldest_first ? list.v[i].id > last
								   : list.v[i].id < last));
				ck_assert(!q.outlets.n || in_strs(q.outlets, list.v[i].outlet));
				ck_assert_uint_eq(list.v[i].text.n, 0);
				last = list.v[i].id;
			}
		} while (q.after);
		ck_assert_uint_eq(got, want);
	}
	world_close(&w);
}
END_TEST

/* --- pairs --- */

/* For the one, against the other, and the third only mentioned. */
static void write_pairs(struct fixture *f, int64_t keys[3])
{
	static const struct issue taiwan = {.id = {"taiwan", 6}, .label = {"Taiwan", 6}};
	const struct issue_hit hits[] = {
		{.issue = &core, .position = POSITION_SUPPORT, .position_confidence = 0.9F},
		{.issue = &trade, .position = POSITION_OPPOSE, .position_confidence = 0.6F},
		{.issue = &taiwan, .position = POSITION_NONE, .position_confidence = 0.9F}};
	struct statement v[] = {plain_statement(STR("these interests, not that trade"), &wang)};
	v[0].issues = hits;
	v[0].n_issues = 3;
	struct write w = made_article(STR("text"), STR("2024-04-26"), v, 1);
	fixture_write(f, &w);
	for (int i = 0; i < 3; i++)
		keys[i] = fixture_issue(f, hits[i].issue->id).key;
}

START_TEST(store_statements__sides_on_several_issues__each_is_asked_by_its_own)
{
	enum { SUPPORT = 1 << POSITION_SUPPORT, OPPOSE = 1 << POSITION_OPPOSE };
	enum { NONE = 1 << POSITION_NONE, NOT_OPPOSE = ((1 << POSITION_COUNT) - 1) & ~OPPOSE };
	static const struct {
		int issues; /* bits of the three */
		uint32_t positions;
		float least;
		size_t want;
	} cases[] = {
		/* Without an issue its own. */
		{0, SUPPORT, 0, 1},
		{0, OPPOSE, 0, 0},
		{0, 0, 0.9F, 1},
		{0, 0, 0.91F, 0},
		{1, SUPPORT, 0, 1},
		{1, OPPOSE, 0, 0},
		{2, OPPOSE, 0, 1},
		{2, SUPPORT, 0, 0},
		{2, OPPOSE, 0.6F, 1},
		{2, OPPOSE, 0.61F, 0},
		/* Only mentioned, and none has a confidence. */
		{4, NONE, 0, 1},
		{4, SUPPORT | OPPOSE, 0, 0},
		{4, 0, 0.01F, 0},
		/* Any other than opposition. */
		{2, NOT_OPPOSE, 0, 0},
		{4, NOT_OPPOSE, 0, 1},
		/* One of several; position and confidence are of the same. */
		{3, OPPOSE, 0, 1},
		{5, OPPOSE, 0, 0},
		{7, OPPOSE, 0.61F, 0},
		{7, SUPPORT, 0.61F, 1},
	};
	struct fixture f;
	int64_t all[3], article;
	struct str word = STR("trade");
	fixture_open(&f);
	write_pairs(&f, all);
	struct statement_query q = query_all(10);
	int64_t next, speaker = speaker_key(fixture_actor(&f, wang.id).key, false);
	article = fixture_ask(&f, &q, &next).v[0].article_id;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		int64_t keys[3];
		size_t n = 0;
		for (int k = 0; k < 3; k++)
			if (cases[i].issues >> k & 1)
				keys[n++] = all[k];
		/* However it is asked: by the facets, by a speaker's, by words, by the article. */
		for (int way = 0; way < 4; way++) {
			q = query_all(10);
			q.issues = (struct keys){keys, n};
			q.positions = cases[i].positions;
			q.min_position_confidence = cases[i].least;
			q.speakers = (struct keys){&speaker, way == 1};
			q.phrases = (struct strs){&word, way == 2};
			q.article = way == 3 ? article : 0;
			ck_assert_msg(fixture_ask(&f, &q, &next).n == cases[i].want,
				      "case %zu, way %d", i, way);
		}
	}
	fixture_check(&f);
	fixture_close(&f);
}
END_TEST

/* --- full text --- */

static size_t found(struct fixture *f, const char *bytes, size_t n)
{
	struct str phrase = {bytes, n};
	struct statement_query q = query_all(50);
	q.phrases = (struct strs){&phrase, 1};
	int64_t next;
	return fixture_ask(f, &q, &next).n;
}

START_TEST(store_statements__phrases_of_any_shape__are_words_only)
{
	static const struct {
		const char *phrase;
		size_t want;
	} cases[] = {
		{"core interests", 1},
		{"Core Interest", 1},
		{"interests core", 0},
		{"core OR nothing", 0},
		{"\"core\" interests", 1},
		{"core* inter*", 0},
		{"content : core", 0},
		{"s2", 0},
		{"NOT core", 0},
		{"core NEAR interests", 0},
		{"", 0},
		{"!!!", 0},
		{"zurich", 1},
		{"ZÜRICH", 1},
		{"(core", 1},
		{"core)", 1},
		{"'; DROP TABLE statement; --", 0},
		{"^core", 1},
		{"\"", 0},
		{"℃", 0},
		{"core interests are", 1},
		{"facets : (s2)", 0},
	};
	struct fixture f;
	fixture_open(&f);
	struct issue_hit hit = {.issue = &core};
	struct statement v[] = {
		plain_statement(STR("our core interests are facing challenges"), &wang),
		plain_statement(STR("in Zürich, peace"), &wang)};
	v[0].issues = &hit;
	v[0].n_issues = 1;
	struct write w = made_article(STR("text"), STR("2024-04-26"), v, 2);
	fixture_write(&f, &w);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		ck_assert_msg(found(&f, cases[i].phrase, strlen(cases[i].phrase)) == cases[i].want,
			      "phrase %s", cases[i].phrase);
	ck_assert_uint_eq(found(&f, "core\0interests", 14), 1);
	fixture_close(&f);
}
END_TEST

START_TEST(store_statements__too_many_values__is_refused)
{
	enum { MANY = 5000 };
	struct fixture f;
	fixture_open(&f);
	int64_t *keys = calloc(MANY, sizeof *keys);
	for (int i = 0; i < MANY; i++)
		keys[i] = i + 1;
	struct statement_query q = query_all(10);
	struct statement_list list;
	int64_t next;
	struct reader *r = fixture_reader(&f);
	q.speakers = (struct keys){keys, 33};
	q.issues = (struct keys){keys, 32};
	assert_fails(store_statements(r, &q, &f.arena, &list, &next, &f.e), f.e, ERR_TOO_LARGE);
	q.speakers.n = 32;
	f.e = (struct err){0};
	assert_ok(store_statements(r, &q, &f.arena, &list, &next, &f.e), f.e);
	struct str phrase = STR("word");
	q.phrases = (struct strs){&phrase, 1};
	q.speakers.n = 1000;
	assert_ok(store_statements(r, &q, &f.arena, &list, &next, &f.e), f.e);
	q = query_all(10);
	q.not_targets = (struct keys){keys, MANY};
	assert_fails(store_statements(r, &q, &f.arena, &list, &next, &f.e), f.e, ERR_TOO_LARGE);
	q = query_all(10);
	q.targets = (struct keys){keys, MANY};
	assert_fails(store_statements(r, &q, &f.arena, &list, &next, &f.e), f.e, ERR_TOO_LARGE);
	reader_return(r);
	free(keys);
	fixture_close(&f);
}
END_TEST

UNIT_MAIN("query", store_statements__each_filter_alone__agrees_with_the_oracle,
	  store_statements__random_filters__agree_with_the_oracle,
	  store_statements__after_deletions__agree_with_the_oracle,
	  store_articles__pages_in_both_orders__visit_each_once,
	  store_statements__sides_on_several_issues__each_is_asked_by_its_own,
	  store_statements__phrases_of_any_shape__are_words_only,
	  store_statements__too_many_values__is_refused)
