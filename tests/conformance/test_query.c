/* Questions against an oracle: a few thousand random statements, random questions, every page of
 * every answer compared with what looking at each statement in turn says. The seed is fixed, so a
 * failure repeats. */
#include <stdarg.h>

#include "db/count.h"
#include "tests/conformance/fixture.h"

enum {
	ACTORS = 24,
	ISSUES = 14,
	OUTLETS = 5,
	WORDS = 12,
	ROLES = 4,
	ARTICLES = 700,
	STATEMENTS_MAX = 9,
	LIST = 3
};

/* Marsaglia's xorshift. */
static uint32_t dice(uint64_t *state, uint32_t sides)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return (uint32_t)(*state >> 32) % sides;
}

struct row {
	int64_t id, article;
	struct statement s;
	const struct article *of;
	day_t said_from, said_to;
	int speaker, target, addressee;	    /* -1 for none */
	const struct issue_hit *on[ISSUES]; /* the first of this issue, NULL for none */
	bool is_gone;
};

struct world {
	struct fixture f;
	uint64_t random;
	struct actor actors[ACTORS];
	struct issue issues[ISSUES];
	int64_t actor_keys[ACTORS], issue_keys[ISSUES];
	struct row *rows;
	struct write *writes;
	size_t n_rows;
};

static const char *const words[WORDS] = {"kabo", "limu", "tiro", "vanu", "zelo", "pira",
					 "domu", "fako", "gilo", "hutu", "juma", "zürich"};
static const char *const roles[ROLES] = {"", "Foreign Minister", "Prime Minister", "spokesman"};
static const char *const outlets[OUTLETS] = {"", "Alpha", "Beta", "Gamma", "O'Delta"};
static const day_t FIRST_DAY = 19800;
enum { DAYS = 40 };

static struct str printed(struct arena *a, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
static struct str printed(struct arena *a, const char *format, ...)
{
	char text[256];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	return arena_str(a, str_of(text));
}

/* Four countries, then organizations, persons and groups of them, some of none. */
static void make_names(struct world *w)
{
	static const char *const codes[] = {"AAA", "BBB", "CCC", "DDD"};
	for (int i = 0; i < ACTORS; i++) {
		struct actor *a = &w->actors[i];
		*a = (struct actor){.kind = i < 4 ? ACTOR_COUNTRY
						  : (enum actor_kind)(i % ACTOR_KIND_COUNT)};
		if (i >= 4 && a->kind == ACTOR_COUNTRY)
			a->kind = ACTOR_PERSON;
		a->id = i < 4 ? str_of(codes[i]) : printed(&w->f.arena, "actor-%d", i);
		a->name = printed(&w->f.arena, "Actor %d", i);
		a->country = i % 7 == 6 ? STR_EMPTY : str_of(codes[i % 4]);
	}
	for (int i = 0; i < ISSUES; i++)
		w->issues[i] = (struct issue){.id = printed(&w->f.arena, "issue-%d", i),
					      .label = printed(&w->f.arena, "issue %d", i)};
}

static struct str random_content(struct world *w)
{
	char text[128] = "";
	size_t n = 0;
	for (uint32_t left = 2 + dice(&w->random, 6); left; left--)
		n += (size_t)snprintf(text + n, sizeof text - n, "%s%s",
				      words[dice(&w->random, WORDS)], left > 1 ? " " : ".");
	return arena_str(&w->f.arena, str_of(text));
}

static void random_said(struct world *w, struct row *r)
{
	struct arena *a = &w->f.arena;
	r->said_from = r->said_to = DAY_NONE;
	day_t day = FIRST_DAY + (day_t)dice(&w->random, DAYS);
	struct civil c = civil_from_day(day);
	r->s.said_on.text = STR("then");
	switch (dice(&w->random, 5)) {
	case 0:
		r->s.said_on.date = day_format(a, day);
		r->said_from = r->said_to = day;
		break;
	case 1:
		r->s.said_on.date = printed(a, "%04d-%02d", c.year, c.month);
		r->s.said_on.precision = PRECISION_MONTH;
		r->said_from = day_from_civil((struct civil){c.year, c.month, 1});
		r->said_to = day_from_civil(
			(struct civil){c.year, c.month, days_in_month(c.year, c.month)});
		break;
	case 2:
		r->s.said_on.date = printed(a, "%04d", c.year);
		r->s.said_on.precision = PRECISION_YEAR;
		r->said_from = day_from_civil((struct civil){c.year, 1, 1});
		r->said_to = day_from_civil((struct civil){c.year, 12, 31});
		break;
	case 3:
		break;
	default:
		r->s.said_on =
			(struct said_on){.text = STR_EMPTY, .date = STR_EMPTY, .rule = STR_EMPTY};
	}
	r->s.said_on.from = r->said_from;
	r->s.said_on.to = r->said_to;
}

/* The square makes the first ones frequent. */
static int random_actor(struct world *w)
{
	uint32_t v = dice(&w->random, ACTORS + 4);
	return v >= ACTORS ? -1 : (int)(v * (1 + dice(&w->random, ACTORS)) / ACTORS);
}

static enum position random_position(struct world *w)
{
	return (enum position)dice(&w->random, POSITION_COUNT);
}

static void random_row(struct world *w, struct row *r)
{
	struct issue_hit *hits = arena_array(&w->f.arena, LIST, sizeof *hits);
	memset(r, 0, sizeof *r);
	r->speaker = random_actor(w);
	r->target = dice(&w->random, 3) ? -1 : random_actor(w);
	r->addressee = dice(&w->random, 3) ? -1 : random_actor(w);
	r->s = plain_statement(random_content(w), r->speaker < 0 ? NULL : &w->actors[r->speaker]);
	r->s.stance.target = r->target < 0 ? NULL : &w->actors[r->target];
	r->s.addressee = r->addressee < 0 ? NULL : &w->actors[r->addressee];
	r->s.kind = (enum statement_kind)dice(&w->random, KIND_COUNT);
	r->s.stance.position = random_position(w);
	r->s.stance.target_position = random_position(w);
	r->s.stance.act = (enum act)dice(&w->random, ACT_COUNT);
	r->s.polarity = (enum polarity)dice(&w->random, POLARITY_COUNT);
	r->s.status = (enum status)dice(&w->random, STATUS_COUNT);
	r->s.is_nested = dice(&w->random, 8) == 0;
	r->s.confidence = (float)dice(&w->random, 1001) / 1000;
	r->s.stance.confidence = (float)dice(&w->random, 1001) / 1000;
	r->s.speaker_role = str_of(roles[dice(&w->random, ROLES)]);
	r->s.issues = hits;
	for (r->s.n_issues = dice(&w->random, LIST + 1); hits < r->s.issues + r->s.n_issues;
	     hits++) {
		/* The same issue twice is allowed. */
		uint32_t issue = dice(&w->random, ISSUES);
		*hits = (struct issue_hit){.issue = &w->issues[issue],
					   .score = 0.5F,
					   .position = random_position(w),
					   .position_confidence =
						   (float)dice(&w->random, 1001) / 1000};
		if (!r->on[issue])
			r->on[issue] = hits;
	}
	if (r->s.n_issues && r->s.issues[0].position != POSITION_NONE)
		r->s.stance.position = r->s.issues[0].position;
	random_said(w, r);
}

static void world_open(struct world *w, uint64_t seed)
{
	memset(w, 0, sizeof *w);
	fixture_open(&w->f);
	w->random = seed;
	make_names(w);
	struct knowledge all = {w->actors, ACTORS, w->issues, ISSUES, STR_EMPTY};
	assert_ok(store_seed(w->f.store, &all, &w->f.e), w->f.e);
	w->rows = calloc((size_t)ARTICLES * STATEMENTS_MAX, sizeof *w->rows);
	w->writes = calloc(ARTICLES, sizeof *w->writes);
	struct write **group = calloc(ARTICLES, sizeof(struct write *));
	for (int i = 0; i < ARTICLES; i++) {
		size_t n = dice(&w->random, STATEMENTS_MAX + 1);
		struct statement *v = arena_array(&w->f.arena, n, sizeof *v);
		for (size_t k = 0; k < n; k++) {
			random_row(w, &w->rows[w->n_rows + k]);
			v[k] = w->rows[w->n_rows + k].s;
		}
		day_t day = FIRST_DAY + (day_t)dice(&w->random, DAYS);
		w->writes[i] = made_article(printed(&w->f.arena, "text %d", i),
					    day_format(&w->f.arena, day), v, n);
		w->writes[i].article.outlet = str_of(outlets[dice(&w->random, OUTLETS)]);
		group[i] = &w->writes[i];
		w->n_rows += n;
	}
	assert_ok(store_write_all(w->f.store, group, ARTICLES, &w->f.e), w->f.e);
	free(group);
	struct row *r = w->rows;
	for (int i = 0; i < ARTICLES; i++)
		for (size_t k = 0; k < w->writes[i].extraction.n_statements; k++, r++) {
			r->article = w->writes[i].id;
			r->id = r->article - 1 - (int64_t)k;
			r->of = &w->writes[i].article;
		}
	for (int i = 0; i < ACTORS; i++)
		w->actor_keys[i] = fixture_actor(&w->f, w->actors[i].id).key;
	for (int i = 0; i < ISSUES; i++)
		w->issue_keys[i] = fixture_issue(&w->f, w->issues[i].id).key;
}

static void world_close(struct world *w)
{
	free(w->rows);
	free(w->writes);
	fixture_close(&w->f);
}

/* A question in the oracle's own terms beside the store's. */
struct question {
	struct statement_query q;
	int64_t keys[8][LIST];
	int speakers[LIST], not_speakers[LIST], targets[LIST], not_targets[LIST], addressees[LIST],
		not_addressees[LIST];
	int issues[LIST], not_issues[LIST];
	bool members[LIST], not_members[LIST];
	bool is_count; /* which no statement is in that is not counted */
	struct str outlets[LIST], not_outlets[LIST], roles[LIST], phrases[LIST];
};

static bool speaks_for(const struct world *w, const struct row *r, int actor, bool members)
{
	if (r->speaker < 0)
		return false;
	if (r->speaker == actor)
		return true;
	const struct actor *a = &w->actors[actor];
	return members && a->kind == ACTOR_COUNTRY && str_eq(w->actors[r->speaker].country, a->id);
}

static bool in_list(const int *v, size_t n, int x)
{
	for (size_t i = 0; i < n; i++)
		if (v[i] == x)
			return true;
	return false;
}

static bool in_strs(struct strs v, struct str x)
{
	for (size_t i = 0; i < v.n; i++)
		if (str_eq(v.v[i], x))
			return true;
	return false;
}

static bool has_issue(const struct row *r, const int *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (r->on[v[i]])
			return true;
	return false;
}

static bool in_mask(uint32_t mask, int value)
{
	return !mask || (mask >> value & 1);
}

/* The position on an issue; none has no confidence. */
static bool takes(const struct issue_hit *hit, const struct statement_query *q)
{
	enum position position = hit->position;
	float confidence = position != POSITION_NONE ? hit->position_confidence : 0;
	return in_mask(q->positions, (int)position) &&
	       confidence >= q->min_position_confidence - 0.0001F;
}

/* The statement's own: where the first issue is only mentioned, or there is none, it has no
 * confidence. */
static bool takes_its_own(const struct row *r, const struct statement_query *q)
{
	struct issue_hit own = {.position = r->s.stance.position};
	if (r->s.n_issues && r->s.issues[0].position != POSITION_NONE)
		own.position_confidence = r->s.issues[0].position_confidence;
	return takes(&own, q);
}

/* On one of the issues that are asked for; else its own. */
static bool takes_position(const struct question *x, const struct row *r)
{
	for (size_t i = 0; i < x->q.issues.n; i++)
		if (r->on[x->issues[i]] && takes(r->on[x->issues[i]], &x->q))
			return true;
	return !x->q.issues.n && takes_its_own(r, &x->q);
}

static bool has_speaker(const struct world *w, const struct row *r, const int *v,
			const bool *members, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (speaks_for(w, r, v[i], members[i]))
			return true;
	return false;
}

static bool has_role(const struct row *r, struct strs wanted)
{
	static const char *const folded[] = {"minister", "foreign minister", "prime", "spokesman",
					     "min"};
	static const int of[] = {0x6, 0x2, 0x4, 0x8, 0};
	for (size_t i = 0; i < wanted.n; i++)
		for (int k = 0; k < 5; k++)
			for (int role = 0; role < ROLES; role++)
				if (str_eq(wanted.v[i], str_of(folded[k])) && (of[k] >> role & 1) &&
				    str_eq(r->s.speaker_role, str_of(roles[role])))
					return true;
	return !wanted.n;
}

static bool has_phrases(const struct row *r, struct strs phrases)
{
	for (size_t i = 0; i < phrases.n; i++)
		if (str_find(r->s.content, phrases.v[i], 0) == SIZE_MAX)
			return false;
	return true;
}

static bool dates_match(const struct row *r, const struct statement_query *q)
{
	day_t published = article_day(r->of);
	if (published == DAY_NONE)
		return false;
	bool has_said = r->said_from != DAY_NONE;
	return (q->published_after == DAY_NONE || published >= q->published_after) &&
	       (q->published_before == DAY_NONE || published <= q->published_before) &&
	       (q->said_after == DAY_NONE || (has_said && r->said_to >= q->said_after)) &&
	       (q->said_before == DAY_NONE || (has_said && r->said_from <= q->said_before));
}

/* One that is not counted is told by its article, when no facet is asked for; a nested one to who
 * asks for such. */
static bool is_told(const struct row *r, const struct question *x)
{
	const struct statement_query *q = &x->q;
	bool is_rejected = r->s.status == STATUS_REJECTED;
	if (q->nested == NESTED_ALONE)
		return r->s.is_nested && !is_rejected;
	if (!is_rejected && (!r->s.is_nested || q->nested == NESTED_INCLUDED))
		return true;
	return q->article && !x->is_count && !q->speakers.n && !q->issues.n && !q->not_speakers.n &&
	       !q->not_issues.n;
}

static bool matches(const struct world *w, const struct question *x, const struct row *r)
{
	const struct statement_query *q = &x->q;
	return !r->is_gone && !q->is_void && is_told(r, x) &&
	       (!q->article || q->article == r->article) &&
	       (!q->speakers.n || has_speaker(w, r, x->speakers, x->members, q->speakers.n)) &&
	       !has_speaker(w, r, x->not_speakers, x->not_members, q->not_speakers.n) &&
	       (!q->issues.n || has_issue(r, x->issues, q->issues.n)) &&
	       !has_issue(r, x->not_issues, q->not_issues.n) &&
	       (!q->targets.n || in_list(x->targets, q->targets.n, r->target)) &&
	       !in_list(x->not_targets, q->not_targets.n, r->target) &&
	       (!q->addressees.n || in_list(x->addressees, q->addressees.n, r->addressee)) &&
	       !in_list(x->not_addressees, q->not_addressees.n, r->addressee) &&
	       in_mask(q->kinds, (int)r->s.kind) &&
	       (!q->target_positions ||
		(r->target >= 0 &&
		 in_mask(q->target_positions, (int)r->s.stance.target_position))) &&
	       takes_position(x, r) && in_mask(q->acts, (int)r->s.stance.act) &&
	       in_mask(q->polarities, (int)r->s.polarity) &&
	       in_mask(q->statuses, (int)r->s.status) && dates_match(r, q) &&
	       (!q->outlets.n || in_strs(q->outlets, r->of->outlet)) &&
	       !in_strs(q->not_outlets, r->of->outlet) && has_role(r, q->roles) &&
	       has_phrases(r, q->phrases) && r->s.confidence >= q->min_confidence - 0.0001F &&
	       r->s.stance.confidence >= q->min_stance_confidence - 0.0001F;
}

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
		v[i] = str_of(outlets[dice(&w->random, OUTLETS)]);
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
		const char *a = words[dice(&w->random, WORDS)], *b = words[dice(&w->random, WORDS)];
		v[i] = dice(&w->random, 2) ? str_of(a) : printed(&w->f.arena, "%s %s", a, b);
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
		if (matches(w, x, &w->rows[i]))
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
			has_pair |= w->rows[i].on[k] && takes(w->rows[i].on[k], &x->q);
		n += has_pair && matches(w, &whatever, &w->rows[i]);
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
		if (round % 4 == 0)
			compare_counts(w, &x);
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
			names[1] = str_of(outlets[round % OUTLETS]);
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
