/* Counts of some thousand statements made by dice, stored in no order, deleted and stored again:
 * each equal to one that is made of the list of the same question. */
#include "db/breakdown.h"
#include "db/id.h"
#include "db/interval.h"
#include "tests/conformance/fixture.h"

enum { ARTICLES = 370, STATEMENTS_EACH = 48, ACTORS = 7, ISSUES = 5, GROUPS_MAX = 4096 };

static const struct actor actors[ACTORS] = {
	ACTOR("CHN", "China", COUNTRY, "CHN"),
	ACTOR("USA", "U.S.", COUNTRY, "USA"),
	ACTOR("wang-yi", "Wang Yi", PERSON, "CHN"),
	ACTOR("antony-blinken", "Antony Blinken", PERSON, "USA"),
	ACTOR("nato", "NATO", ORGANIZATION, ""),
	ACTOR("ministry", "the ministry", ORGANIZATION, "CHN"),
	ACTOR("somebody", "somebody", PERSON, ""),
};
static struct issue issues[ISSUES] = {
	{.id = STR_INIT("core-interests"), .label = STR_INIT("core interests")},
	{.id = STR_INIT("taiwan"), .label = STR_INIT("Taiwan")},
	{.id = STR_INIT("climate"), .label = STR_INIT("climate")},
	{.id = STR_INIT("the-game"), .label = STR_INIT("the game"), .is_open = true},
	{.id = STR_INIT("the-price"), .label = STR_INIT("the price"), .is_open = true},
};
static struct fixture f;
static uint64_t dice = 17;

/* splitmix64 (Steele, Lea, Flood 2014). */
static size_t roll(size_t sides)
{
	uint64_t z = (dice += UINT64_C(0x9e3779b97f4a7c15));
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return (size_t)((z ^ (z >> 31)) % sides);
}

/* The first issue is that of most statements. */
static void make_statement(struct statement *s)
{
	struct issue_hit *hits = arena_array(&f.arena, 3, sizeof *hits);
	size_t speaker = roll(ACTORS + 1), target = roll(3 * ACTORS);
	*s = plain_statement(arena_printf(&f.arena, "word%zu said", roll(9)),
			     speaker < ACTORS ? &actors[speaker] : NULL);
	for (size_t i = 0, issue = roll(2 * ISSUES); i < roll(4); i++, issue += 1 + roll(2))
		hits[s->n_issues++] =
			(struct issue_hit){.issue = &issues[issue < ISSUES	     ? issue
							    : issue < 2 * ISSUES - 1 ? 0
										     : 1],
					   .position = (enum position)roll(POSITION_COUNT),
					   .position_confidence = (float)roll(10) / 10};
	s->issues = hits;
	s->kind = (enum statement_kind)roll(KIND_COUNT);
	s->polarity = (enum polarity)roll(POLARITY_COUNT);
	s->stance = (struct stance){.act = (enum act)roll(ACT_COUNT),
				    .target = target < ACTORS ? &actors[target] : NULL,
				    .position = s->n_issues ? hits[0].position : POSITION_NONE,
				    .confidence = (float)roll(10) / 10};
	s->confidence = (float)(1 + roll(9)) / 10;
	s->is_nested = roll(12) == 0;
	s->is_uncounted = roll(30) == 0;
}

static void make_article(struct write *w, size_t number)
{
	static const char *const outlets[] = {"", "Times", "Zeit", "Le Monde"};
	struct statement *v = arena_array(&f.arena, STATEMENTS_EACH, sizeof *v);
	for (size_t i = 0; i < STATEMENTS_EACH; i++)
		make_statement(&v[i]);
	struct str day = arena_printf(&f.arena, "2024-%02zu-%02zu", 1 + roll(12), 1 + roll(28));
	*w = made_article(arena_printf(&f.arena, "text %zu", number), day, v,
			  1 + roll(STATEMENTS_EACH));
	w->article.outlet = str_of(outlets[roll(4)]);
}

/* Many a transaction, so that blocks grow by few and by many. */
static void write_all(struct write *v, size_t n)
{
	static struct write *refs[ARTICLES];
	for (size_t i = 0; i < n; i++)
		refs[i] = &v[i];
	assert_ok(store_write_all(f.store, refs, n, &f.e), f.e);
}

static void start(void)
{
	static struct write writes[ARTICLES], gone[ARTICLES], again[ARTICLES];
	size_t n_gone = 0, n_again = 0;
	struct knowledge k = {
		.actors = actors, .n_actors = ACTORS, .issues = issues, .n_issues = 3};
	fixture_open(&f);
	assert_ok(store_seed(f.store, &k, &f.e), f.e);
	for (size_t i = 0; i < ARTICLES; i++)
		make_article(&writes[i], i);
	for (size_t i = 0, n; i < ARTICLES; i += n) {
		n = 1 + roll(150);
		n = n < ARTICLES - i ? n : ARTICLES - i;
		write_all(writes + i, n);
	}
	for (size_t i = 0; i < ARTICLES; i += 1 + roll(8)) {
		gone[n_gone++] = (struct write){.op = WRITE_DELETE, .id = writes[i].id};
		if (roll(2))
			make_article(&again[n_again++], ARTICLES + i);
	}
	write_all(gone, n_gone);
	write_all(again, n_again);
}

/* --- the naive count --- */

struct naive {
	struct str names[GROUPS_MAX];
	int64_t counts[GROUPS_MAX];
	size_t n;
};

static void add(struct naive *c, struct str name)
{
	size_t i = 0;
	while (i < c->n && !str_eq(c->names[i], name))
		i++;
	ck_assert_uint_lt(i, GROUPS_MAX);
	c->n += i == c->n;
	c->names[i] = name;
	c->counts[i]++;
}

static struct str id_of(const struct actor *a)
{
	return a ? a->id : STR_EMPTY;
}

static struct str number(int64_t v)
{
	return arena_printf(&f.arena, "%lld", (long long)v);
}

static bool is_asked(const struct statement_query *q, const struct issue_hit *hit)
{
	for (size_t i = 0; i < q->issues.n; i++)
		if (fixture_issue(&f, hit->issue->id).key == q->issues.v[i])
			return true;
	return q->issues.n == 0 && !hit->issue->is_open;
}

static bool takes(const struct statement_query *q, const struct issue_hit *hit)
{
	/* None has no confidence (db/packed_fields.h). */
	float confidence = hit->position == POSITION_NONE ? 0 : hit->position_confidence;
	return is_asked(q, hit) && (!q->positions || q->positions >> hit->position & 1) &&
	       confidence + 0.0001F >= q->min_position_confidence;
}

static bool is_first_of(const struct statement *s, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (str_eq(s->issues[i].issue->id, s->issues[at].issue->id))
			return false;
	return true;
}

static void add_pairs(struct naive *c, const struct statement_query *q, const struct statement *s,
		      int by)
{
	unsigned taken = 0;
	for (size_t i = 0; i < s->n_issues; i++) {
		const struct issue_hit *hit = &s->issues[i];
		unsigned position = 1U << hit->position;
		if (!is_first_of(s, i) || !takes(q, hit))
			continue;
		if (by == COUNTED_ISSUE)
			add(c, hit->issue->id);
		else if (!(taken & position))
			add(c, number(hit->position));
		taken |= position;
	}
}

static void add_statement(struct naive *c, const struct statement_query *q,
			  const struct statement *s, int by)
{
	const struct actor *country = NULL;
	for (size_t i = 0; i < 2 && s->speaker; i++)
		country = str_eq(actors[i].id, s->speaker->country) ? &actors[i] : country;
	switch (by) {
	case COUNTED_SPEAKER:
		add(c, id_of(s->speaker));
		break;
	case COUNTED_COUNTRY:
		add(c, id_of(country));
		break;
	case COUNTED_TARGET:
		add(c, id_of(s->stance.target));
		break;
	case COUNTED_ACT:
		add(c, number(s->stance.act));
		break;
	case COUNTED_KIND:
		add(c, number(s->kind));
		break;
	case COUNTED_POLARITY:
		add(c, number(s->polarity));
		break;
	case COUNTED_OUTLET:
		add(c, s->outlet);
		break;
	case BREAKDOWN_MONTH:
		add(c, number(interval_start(id_day(s->id), INTERVAL_MONTH)));
		break;
	case COUNTED_POSITION:
		if (q->issues.n == 0) {
			add(c, number(s->stance.position));
			break;
		}
		/* fall through */
	default:
		add_pairs(c, q, s, by);
	}
}

static struct str name_of(const struct count_group *g, int by)
{
	switch (by) {
	case COUNTED_SPEAKER:
		return id_of(g->speaker);
	case COUNTED_COUNTRY:
		return id_of(g->country);
	case COUNTED_ISSUE:
		return g->issue->id;
	case COUNTED_TARGET:
		return id_of(g->target);
	case COUNTED_POSITION:
		return number(g->position);
	case COUNTED_ACT:
		return number(g->act);
	case COUNTED_KIND:
		return number(g->kind);
	case COUNTED_POLARITY:
		return number(g->polarity);
	case COUNTED_OUTLET:
		return g->outlet;
	default:
		return number(g->from);
	}
}

static void compare(const struct naive *want, const struct count_group *v, size_t n, int by,
		    const char *what)
{
	ck_assert_msg(n == want->n, "%s by %d: %zu groups, not %zu", what, by, n, want->n);
	for (size_t i = 0; i < n; i++) {
		struct str name = name_of(&v[i], by);
		size_t k = 0;
		while (k < want->n && !str_eq(want->names[k], name))
			k++;
		ck_assert_msg(k < want->n && want->counts[k] == v[i].count,
			      "%s by %d: \"%.*s\" has %lld, not %lld", what, by, STR_ARG(name),
			      (long long)v[i].count,
			      k < want->n ? (long long)want->counts[k] : 0LL);
	}
}

/* Statements that fit where issues are counted: with a condition on the position of whatever issue
 * that is one on a pair, and the list's is on the statement's own. */
static struct statement_query listed(const struct statement_query *q, int by)
{
	struct statement_query list = *q;
	if (by == COUNTED_ISSUE && !q->issues.n) {
		list.positions = 0;
		list.min_position_confidence = 0;
	}
	return list;
}

static struct statement_list list_all(struct reader *r, struct statement_query q)
{
	struct statement_list list;
	int64_t next;
	q.limit = 10000;
	assert_ok(store_statements(r, &q, &f.arena, &list, &next, &f.e), f.e);
	ck_assert_int_eq(next, 0);
	return list;
}

static void check_counts(struct reader *r, const struct statement_query *q, const char *what)
{
	static struct naive want;
	struct breakdown b;
	struct breakdown_query all = {
		.q = q, .by = (1U << BREAKDOWN_PARTS) - 1, .limit = GROUPS_MAX};
	const struct statement_list own = list_all(r, *q),
				    of_issues = list_all(r, listed(q, COUNTED_ISSUE));
	assert_ok(store_breakdown(r, &all, &f.arena, &b, &f.e), f.e);
	ck_assert_int_eq(b.total, (int64_t)own.n);
	for (int by = 0; by < BREAKDOWN_PARTS; by++) {
		const struct statement_list *list = by == COUNTED_ISSUE ? &of_issues : &own;
		struct counts c;
		bool by_month = by == BREAKDOWN_MONTH;
		struct count_query one = {.q = q,
					  .by = by_month ? 0 : 1U << by,
					  .interval = by_month ? INTERVAL_MONTH : INTERVAL_NONE,
					  .limit = GROUPS_MAX};
		want = (struct naive){0};
		for (size_t i = 0; i < list->n; i++)
			add_statement(&want, q, &list->v[i], by);
		assert_ok(store_count(r, &one, &f.arena, &c, &f.e), f.e);
		compare(&want, c.v, c.n, by, what);
		compare(&want, b.parts[by].v, b.parts[by].n, by, what);
		if (by != COUNTED_ISSUE)
			ck_assert_int_eq(c.total, (int64_t)list->n);
	}
}

static struct keys one_key(int64_t key)
{
	int64_t *v = arena_array(&f.arena, 1, sizeof *v);
	*v = key;
	return (struct keys){v, 1};
}

/* More than are compared one by one; the last ones are nobody's. */
static struct keys many_issues(void)
{
	enum { MANY = 6, NOBODYS = 9000 };
	int64_t *v = arena_array(&f.arena, MANY, sizeof *v);
	for (size_t i = 0; i < MANY; i++)
		v[i] = i < 2 ? fixture_issue(&f, issues[i].id).key : NOBODYS + (int64_t)i;
	return (struct keys){v, MANY};
}

/* A condition, or several. The first issue and China have more than any index is walked for. */
static void set_conditions(struct statement_query *q, size_t bits)
{
	static struct str times[] = {STR_INIT("Times"), STR_INIT("nobody")};
	static struct str phrase[] = {STR_INIT("word3")};
	int64_t issue = fixture_issue(&f, issues[bits & 64 ? 1 : 0].id).key,
		china_key = fixture_actor(&f, actors[0].id).key;
	if (bits & 1)
		q->issues = one_key(issue);
	if (bits & 2)
		q->speakers = one_key(speaker_key(china_key, bits & 64));
	if (bits & 4)
		q->positions = 1U << POSITION_OPPOSE | 1U << POSITION_SUPPORT;
	if (bits & 8)
		q->min_confidence = 0.5F;
	if (bits & 16)
		q->published_after = day_from_civil((struct civil){2024, 5, 3});
	if (bits & 32)
		q->outlets = (struct strs){times, 2};
	if (bits & 128)
		q->not_speakers = one_key(speaker_key(fixture_actor(&f, actors[1].id).key, true));
	if (bits & 256)
		q->not_issues = one_key(fixture_issue(&f, issues[2].id).key);
	if (bits & 512)
		q->targets = one_key(china_key);
	if (bits & 1024)
		q->nested = bits & 64 ? NESTED_ALONE : NESTED_INCLUDED;
	if (bits & 2048)
		q->phrases = (struct strs){phrase, 1};
	if (bits & 4096)
		q->min_position_confidence = 0.3F;
	if (bits & 8192)
		q->issues = many_issues();
}

START_TEST(count__random_statements__as_their_lists_say)
{
	enum { CONDITIONS = 14, QUESTIONS = 40 };
	start();
	fixture_check(&f);
	for (size_t i = 0; i < CONDITIONS + QUESTIONS; i++) {
		size_t bits = i < CONDITIONS
				      ? (size_t)1 << i
				      : roll((size_t)1 << CONDITIONS) & roll(1 << CONDITIONS);
		struct statement_query q = query_all(1);
		set_conditions(&q, bits);
		struct reader *r = fixture_reader(&f);
		check_counts(r, &q, arena_printf(&f.arena, "conditions %zu", bits).p);
		reader_return(r);
	}
	fixture_close(&f);
}
END_TEST

UNIT_MAIN("count_random", count__random_statements__as_their_lists_say)
