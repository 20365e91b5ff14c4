/* Networks: fourteen tables worked by hand from the formulas of discourse network analysis
 * (db/network.h), and thousands of random statements against a computation that follows these
 * word for word. */
#include "db/network.h"

#include <math.h>

#include "base/clock.h"
#include "tests/conformance/fixture.h"

static struct fixture f;
/* Networks live here, all else in the fixture's arena. */
static struct arena scratch;

static const struct issue issue_p = {.id = {"p", 1}, .label = {"issue p", 7}};
static const struct issue issue_q = {.id = {"q", 1}, .label = {"issue q", 7}};
static const struct issue issue_r = {.id = {"r", 1}, .label = {"issue r", 7}};
static const struct actor actor_a = ACTOR("a", "Actor A", PERSON, "CHN");
static const struct actor actor_b = ACTOR("b", "Actor B", PERSON, "CHN");
static const struct actor actor_c = ACTOR("c", "Actor C", ORGANIZATION, "");

/* Countries are there before anybody speaks for them, and issues that are not open. */
static void start(const struct issue *issues, size_t n)
{
	static const struct actor countries[] = {ACTOR("CHN", "China", COUNTRY, "CHN"),
						 ACTOR("USA", "U.S.", COUNTRY, "USA")};
	struct knowledge k = {.actors = countries, .n_actors = 2, .issues = issues, .n_issues = n};
	fixture_open(&f);
	arena_init(&scratch, (size_t)1 << 30);
	assert_ok(store_seed(f.store, &k, &f.e), f.e);
}

static struct network network(const struct network_query *n)
{
	struct network out;
	struct reader *r = fixture_reader(&f);
	int rc = store_network(r, n, &scratch, &out, &f.e);
	reader_return(r);
	assert_ok(rc, f.e);
	return out;
}

static struct str name_of(const struct network_node *n)
{
	return n->actor ? n->actor->id : n->issue->id;
}

/* 0 where there is none. */
static double weight_of(const struct network *net, struct str one, struct str other)
{
	for (size_t i = 0; i < net->n_edges; i++) {
		const struct network_edge *e = &net->edges[i];
		struct str from = name_of(&net->nodes[e->from]), to = name_of(&net->nodes[e->to]);
		if ((str_eq(from, one) && str_eq(to, other)) ||
		    (str_eq(from, other) && str_eq(to, one)))
			return e->weight;
	}
	return 0;
}

static void finish(void)
{
	arena_release(&scratch);
	fixture_close(&f);
}

/* --- by hand --- */

struct said {
	const struct actor *speaker;
	const struct issue *issue;
	enum position position;
};

static void write_said(const char *day, const struct said *said, size_t n)
{
	struct statement v[8];
	struct issue_hit hits[8];
	for (size_t i = 0; i < n; i++) {
		hits[i] = (struct issue_hit){.issue = said[i].issue,
					     .score = 0.5F,
					     .position = said[i].position,
					     .position_confidence = 0.5F};
		v[i] = plain_statement(STR("something"), said[i].speaker);
		v[i].issues = &hits[i];
		v[i].n_issues = 1;
	}
	struct write w = made_article(str_of(day), str_of(day), v, n);
	fixture_write(&f, &w);
}

#define SAY(day, ...)                                                                              \
	do {                                                                                       \
		const struct said said_[] = {__VA_ARGS__};                                         \
		write_said(day, said_, sizeof said_ / sizeof said_[0]);                            \
	} while (0)

/* In all, x(actor, issue, + support, - oppose):
 *
 *        p+  p-  q+  q-   r           in documents     in weeks (1, 8 January, 5 February 2024)
 *   A     4       1   1               p 3 q 2          p 2 q 2
 *   B         3   1       1 neutral   p 3 q 2 (one neutral on q)   p 2 q 2
 *   C     2       1       1 neutral   p 2 q 1 r 1      p 2 q 1 r 1 */
static void debate(void)
{
	const struct issue issues[] = {issue_p, issue_q, issue_r};
	start(issues, 3);
	SAY("2024-01-01", {&actor_a, &issue_p, POSITION_SUPPORT},
	    {&actor_a, &issue_p, POSITION_SUPPORT}, {&actor_b, &issue_p, POSITION_OPPOSE});
	SAY("2024-01-03", {&actor_a, &issue_p, POSITION_SUPPORT},
	    {&actor_b, &issue_p, POSITION_OPPOSE}, {&actor_b, &issue_q, POSITION_SUPPORT});
	SAY("2024-01-10", {&actor_a, &issue_q, POSITION_OPPOSE},
	    {&actor_c, &issue_p, POSITION_SUPPORT}, {&actor_c, &issue_q, POSITION_SUPPORT},
	    {&actor_c, &issue_r, POSITION_NEUTRAL});
	SAY("2024-02-05", {&actor_a, &issue_q, POSITION_SUPPORT},
	    {&actor_c, &issue_p, POSITION_SUPPORT}, {&actor_b, &issue_p, POSITION_OPPOSE});
	SAY("2025-01-06", {&actor_a, &issue_p, POSITION_SUPPORT},
	    {&actor_b, &issue_q, POSITION_NEUTRAL});
}

enum { EDGES = 8 };

struct table {
	enum network_mode mode;
	enum agreement agreement;
	enum normalization normalization;
	enum duplicates duplicates;
	struct {
		const char *one, *other;
		double weight;
	} edges[EDGES];
};

/* Each figure is the sum that the formula gives, written out. */
static const struct table tables[] = {
	/* The affiliation network: how often each names each (Leifeld 2017, affiliation networks).
	 */
	{NETWORK_TWO_MODE,
	 AGREEMENT_IGNORE,
	 NORMALIZATION_NONE,
	 DUPLICATES_INCLUDE,
	 {{"a", "p", 4},
	  {"a", "q", 2},
	  {"b", "p", 3},
	  {"b", "q", 2},
	  {"c", "p", 2},
	  {"c", "q", 1},
	  {"c", "r", 1}}},
	/* Support less opposition; of A on q they cancel out. */
	{NETWORK_TWO_MODE,
	 AGREEMENT_SUBTRACT,
	 NORMALIZATION_NONE,
	 DUPLICATES_INCLUDE,
	 {{"a", "p", 4}, {"b", "p", -3}, {"b", "q", 1}, {"c", "p", 2}, {"c", "q", 1}}},
	/* Of A's six, B's four and C's three. */
	{NETWORK_TWO_MODE,
	 AGREEMENT_CONGRUENCE,
	 NORMALIZATION_ACTIVITY,
	 DUPLICATES_INCLUDE,
	 {{"a", "p", 4.0 / 6},
	  {"a", "q", 1.0 / 6},
	  {"b", "q", 1.0 / 4},
	  {"c", "p", 2.0 / 3},
	  {"c", "q", 1.0 / 3}}},
	/* Of the nine on p and the four on q. */
	{NETWORK_TWO_MODE,
	 AGREEMENT_CONFLICT,
	 NORMALIZATION_PROMINENCE,
	 DUPLICATES_INCLUDE,
	 {{"a", "q", 1.0 / 4}, {"b", "p", 3.0 / 9}}},
	/* Congruence: A and C 4x2 on p, 1x1 on q. */
	{NETWORK_ACTORS,
	 AGREEMENT_CONGRUENCE,
	 NORMALIZATION_NONE,
	 DUPLICATES_INCLUDE,
	 {{"a", "b", 1}, {"a", "c", 4 * 2 + 1}, {"b", "c", 1}}},
	/* Conflict: A and B 4x3 on p, 1x1 on q. */
	{NETWORK_ACTORS,
	 AGREEMENT_CONFLICT,
	 NORMALIZATION_NONE,
	 DUPLICATES_INCLUDE,
	 {{"a", "b", 4 * 3 + 1}, {"a", "c", 1}, {"b", "c", 3 * 2}}},
	/* Congruence less conflict over the average activity, (6+4)/2, (6+3)/2, (4+3)/2. */
	{NETWORK_ACTORS,
	 AGREEMENT_SUBTRACT,
	 NORMALIZATION_AVERAGE,
	 DUPLICATES_INCLUDE,
	 {{"a", "b", (1 - 13) / 5.0}, {"a", "c", (9 - 1) / 4.5}, {"b", "c", (1 - 6) / 3.5}}},
	/* Each at most once: the sets {p+,q+,q-}, {p-,q+}, {p+,q+}; intersection over union. */
	{NETWORK_ACTORS,
	 AGREEMENT_CONGRUENCE,
	 NORMALIZATION_JACCARD,
	 DUPLICATES_RANGE,
	 {{"a", "b", 1.0 / 4}, {"a", "c", 2.0 / 3}, {"b", "c", 1.0 / 3}}},
	/* The vectors (4,1,1), (3,1), (2,1) of lengths 18, 10, 5 (squared). */
	{NETWORK_ACTORS,
	 AGREEMENT_CONGRUENCE,
	 NORMALIZATION_COSINE,
	 DUPLICATES_INCLUDE,
	 {{"a", "b", 0.07453559924999299},  /* 1 / sqrt(180) */
	  {"a", "c", 0.9486832980505138},   /* 9 / sqrt(90) */
	  {"b", "c", 0.1414213562373095}}}, /* 1 / sqrt(50) */
	/* Issues: A and C hold p and q together, 4x1 and 2x1. */
	{NETWORK_ISSUES,
	 AGREEMENT_CONGRUENCE,
	 NORMALIZATION_NONE,
	 DUPLICATES_INCLUDE,
	 {{"p", "q", 4 * 1 + 2 * 1}}},
	/* Issues that the same name, once an article: 3x2, 3x2, 2x1; C's r with both. */
	{NETWORK_ISSUES,
	 AGREEMENT_IGNORE,
	 NORMALIZATION_NONE,
	 DUPLICATES_DOCUMENT,
	 {{"p", "q", 3 * 2 + 3 * 2 + 2 * 1}, {"p", "r", 2}, {"q", "r", 1}}},
	/* Once a week. */
	{NETWORK_ACTORS,
	 AGREEMENT_IGNORE,
	 NORMALIZATION_NONE,
	 DUPLICATES_WEEK,
	 {{"a", "b", 2 * 2 + 2 * 2}, {"a", "c", 2 * 2 + 2 * 1}, {"b", "c", 2 * 2 + 2 * 1}}},
	/* Once a month: A p+ in two, B p- in two, C p+ in two. */
	{NETWORK_ACTORS,
	 AGREEMENT_CONGRUENCE,
	 NORMALIZATION_NONE,
	 DUPLICATES_MONTH,
	 {{"a", "b", 1}, {"a", "c", 2 * 2 + 1}, {"b", "c", 1}}},
	/* Once a year: A p+ in two, B p- and C p+ in one. */
	{NETWORK_ACTORS,
	 AGREEMENT_CONFLICT,
	 NORMALIZATION_NONE,
	 DUPLICATES_YEAR,
	 {{"a", "b", 2 * 1 + 1}, {"a", "c", 1}, {"b", "c", 1}}},
};

static struct network_query query_of(const struct statement_query *q)
{
	return (struct network_query){
		.q = q, .max_nodes = NETWORK_NODES_MAX, .max_edges = NETWORK_EDGES_MAX};
}

static void check_table(const struct table *t)
{
	struct statement_query q = query_all(1);
	struct network_query n = query_of(&q);
	n.mode = t->mode;
	n.agreement = t->agreement;
	n.normalization = t->normalization;
	n.duplicates = t->duplicates;
	struct network net = network(&n);
	size_t edges = 0;
	for (; edges < EDGES && t->edges[edges].one; edges++) {
		double got =
			weight_of(&net, str_of(t->edges[edges].one), str_of(t->edges[edges].other));
		ck_assert_msg(fabs(got - t->edges[edges].weight) < 1e-12,
			      "table %td, %s %s: %g, not %g", t - tables, t->edges[edges].one,
			      t->edges[edges].other, got, t->edges[edges].weight);
	}
	ck_assert_uint_eq(net.n_edges, edges);
	ck_assert_int_eq(net.edges_left_out, 0);
}

START_TEST(network__tables_by_hand__the_same_weights)
{
	debate();
	for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
		check_table(&tables[i]);
	finish();
}
END_TEST

/* What is told of nodes and edges beside the weight. */
START_TEST(network__attributes__what_the_pairs_add_up_to)
{
	debate();
	struct statement_query q = query_all(1);
	struct network_query n = query_of(&q);
	n.agreement = AGREEMENT_SUBTRACT;
	n.duplicates = DUPLICATES_DOCUMENT;
	struct network net = network(&n);
	ck_assert_int_eq(net.pairs, 15);
	ck_assert_int_eq(net.without_side, 2);
	ck_assert_int_eq(net.duplicates, 1);
	ck_assert_int_eq(net.nodes_left_out, 1); /* r */
	ck_assert_uint_eq(net.n_nodes, 5);
	ck_assert_uint_eq(net.n_actors, 3);
	const struct network_node *a = &net.nodes[0];
	assert_str(a->actor->id, "a");
	ck_assert_int_eq(a->counted, 5);
	ck_assert_int_eq(a->pairs[POSITION_SUPPORT], 5);
	ck_assert_int_eq(a->pairs[POSITION_OPPOSE], 1);
	ck_assert_int_eq(a->degree, 1);
	ck_assert_int_eq(a->first, day_from_civil((struct civil){2024, 1, 1}));
	ck_assert_int_eq(a->last, day_from_civil((struct civil){2025, 1, 6}));
	n.mode = NETWORK_ACTORS;
	n.with_isolates = true;
	net = network(&n);
	ck_assert_uint_eq(net.n_nodes, 3);
	const struct network_edge *e = &net.edges[0]; /* A and B */
	ck_assert_double_eq(e->weight, -9);
	ck_assert_double_eq(e->congruence, 1);
	ck_assert_double_eq(e->conflict, 3 * 3 + 1);
	ck_assert_int_eq(e->common, 2);
	n.min_weight = 7;
	net = network(&n);
	ck_assert_uint_eq(net.n_edges, 1);
	ck_assert_int_eq(net.edges_left_out, 2);
	ck_assert_uint_eq(net.n_nodes, 3); /* isolates are told */
	finish();
}
END_TEST

START_TEST(network__who_may_be_a_node__countries_folded_and_kinds)
{
	debate();
	SAY("2024-03-01", {NULL, &issue_p, POSITION_SUPPORT});
	struct statement_query q = query_all(1);
	struct network_query n = query_of(&q);
	n.folds = true;
	struct network net = network(&n);
	ck_assert_uint_eq(net.n_actors, 2);
	assert_str(net.nodes[0].actor->id, "CHN");
	ck_assert_double_eq(weight_of(&net, STR("CHN"), STR("p")), 7);
	ck_assert_int_eq(net.without_speaker, 1);
	n.actor_kinds = 1U << ACTOR_ORGANIZATION;
	net = network(&n);
	ck_assert_uint_eq(net.n_actors, 1);
	assert_str(net.nodes[0].actor->id, "c");
	ck_assert_int_eq(net.pairs, 4);
	q.is_void = true;
	net = network(&n);
	ck_assert_uint_eq(net.n_nodes, 0);
	finish();
}
END_TEST

/* --- at random --- */

enum {
	RANDOM_ARTICLES = 500,
	RANDOM_STATEMENTS = 10, /* of an article */
	RANDOM_ACTORS = 24,
	RANDOM_ISSUES = 9,
	FIRST_OPEN = 7, /* of these */
	HITS_MAX = 3,
	PAIRS_MAX = RANDOM_ARTICLES * RANDOM_STATEMENTS * HITS_MAX,
	LEVELS = 2,
};

static struct actor random_actors[RANDOM_ACTORS];
static struct issue random_issues[RANDOM_ISSUES];
static char names[RANDOM_ACTORS + RANDOM_ISSUES][24];

/* Knuth's MMIX generator: the same statements on every machine. */
static uint64_t seed;
static int random_below(int n)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int)((seed >> 33) % (unsigned)n);
}

static struct str name(int at, const char *noun, int n)
{
	snprintf(names[at], sizeof names[at], "%s-%d", noun, n);
	return str_of(names[at]);
}

static void make_names(void)
{
	for (int i = 0; i < RANDOM_ACTORS; i++) {
		random_actors[i].id = random_actors[i].name = name(i, "actor", i);
		random_actors[i].kind = i % 3 ? ACTOR_PERSON : ACTOR_ORGANIZATION;
		random_actors[i].country = i % 4 == 0	? STR("CHN")
					   : i % 4 == 1 ? STR("USA")
							: STR_EMPTY;
	}
	for (int i = 0; i < RANDOM_ISSUES; i++) {
		random_issues[i].id = random_issues[i].label = name(RANDOM_ACTORS + i, "issue", i);
		random_issues[i].is_open = i >= FIRST_OPEN;
	}
}

/* Low numbers come more often. */
static int skewed(int n)
{
	int a = random_below(n), b = random_below(n);
	return a < b ? a : b;
}

static struct write make_article(int number)
{
	static const char *const contents[] = {"a tariff of ten", "no tariff at all", "peace"};
	struct statement *v = arena_array(&f.arena, RANDOM_STATEMENTS, sizeof *v);
	struct issue_hit(*hits)[HITS_MAX] = arena_array(&f.arena, RANDOM_STATEMENTS, sizeof *hits);
	for (int i = 0; i < RANDOM_STATEMENTS; i++) {
		int first = skewed(RANDOM_ISSUES), n = random_below(HITS_MAX + 1);
		int who = skewed(RANDOM_ACTORS + 1);
		for (int h = 0; h < n; h++) {
			enum position position = (enum position)random_below(POSITION_COUNT);
			if (random_below(2))
				position = random_below(2) ? POSITION_SUPPORT : POSITION_OPPOSE;
			hits[i][h] = (struct issue_hit){
				.issue = &random_issues[(first + h) % RANDOM_ISSUES],
				.score = 0.5F,
				.position = position,
				.position_confidence = position == POSITION_NONE
							       ? 0
							       : (float)(1 + random_below(9)) / 10};
		}
		v[i] = plain_statement(str_of(contents[random_below(3)]),
				       who == RANDOM_ACTORS ? NULL : &random_actors[who]);
		v[i].issues = hits[i];
		v[i].n_issues = (size_t)n;
	}
	struct civil c =
		civil_from_day(day_from_civil((struct civil){2023, 1, 1}) + random_below(1000));
	struct str day = arena_printf(&f.arena, "%04d-%02d-%02d", c.year, c.month, c.day),
		   text = arena_printf(&f.arena, "text %d", number);
	return made_article(text, day, v, RANDOM_STATEMENTS);
}

/* A pair as the list of statements has it. */
struct pair {
	int actor, issue, level;
	enum position position;
	float sure;
	int64_t article;
	day_t day;
	struct str content;
};

static struct pair all[PAIRS_MAX];
static size_t n_all;

static int number_of(struct str id)
{
	int64_t n;
	size_t dash = str_find(id, STR("-"), 0);
	if (dash == SIZE_MAX)
		return str_eq(id, STR("CHN")) ? RANDOM_ACTORS : RANDOM_ACTORS + 1;
	ck_assert(str_to_i64(str_sub(id, dash + 1, id.n), &n));
	return (int)n;
}

static void read_all(void)
{
	struct statement_query q = query_all(1000);
	int64_t next = 0;
	n_all = 0;
	do {
		q.after = next;
		struct statement_list list = fixture_ask(&f, &q, &next);
		for (size_t i = 0; i < list.n; i++) {
			const struct statement *s = &list.v[i];
			for (size_t h = 0; h < s->n_issues; h++) {
				struct pair *p = &all[n_all++];
				*p = (struct pair){.actor = s->speaker ? number_of(s->speaker->id)
								       : -1,
						   .issue = number_of(s->issues[h].issue->id),
						   .position = s->issues[h].position,
						   .sure = s->issues[h].position_confidence,
						   .article = s->article_id,
						   .content = s->content};
				ck_assert(day_parse(s->published_at, &p->day));
			}
		}
	} while (next);
}

/* What a question asks for, once for the store and once for the naive computation. */
struct asked {
	struct network_query n;
	struct statement_query q;
	int issue; /* alone, -1 for all */
	bool has_word;
};

static bool is_asked(const struct asked *a, const struct pair *p)
{
	return p->actor >= 0 && (a->issue < 0 || p->issue == a->issue) &&
	       (a->issue >= 0 || a->n.with_open || p->issue < FIRST_OPEN) &&
	       (!a->q.positions || a->q.positions >> p->position & 1) &&
	       p->sure >= a->q.min_position_confidence - 0.0006F &&
	       (a->q.published_after == DAY_NONE || p->day >= a->q.published_after) &&
	       (a->q.published_before == DAY_NONE || p->day <= a->q.published_before) &&
	       (!a->has_word || str_find(p->content, STR("tariff"), 0) != SIZE_MAX);
}

static bool is_duplicate(const struct pair *a, const struct pair *b, enum duplicates within)
{
	if (a->actor != b->actor || a->issue != b->issue || a->level != b->level)
		return false;
	struct civil ca = civil_from_day(a->day), cb = civil_from_day(b->day);
	/* 1970 began on a Thursday. */
	int week_a = (a->day + 3) / 7, week_b = (b->day + 3) / 7;
	return within == DUPLICATES_RANGE ||
	       (within == DUPLICATES_DOCUMENT && a->article == b->article) ||
	       (within == DUPLICATES_WEEK && week_a == week_b) ||
	       (within == DUPLICATES_MONTH && ca.year == cb.year && ca.month == cb.month) ||
	       (within == DUPLICATES_YEAR && ca.year == cb.year);
}

/* x(a,i,k), with the two countries last. */
enum { NODES = RANDOM_ACTORS + 2 };
static double x[NODES][RANDOM_ISSUES][LEVELS];

static int folded(int actor)
{
	if (actor % 4 == 0)
		return RANDOM_ACTORS;
	return actor % 4 == 1 ? RANDOM_ACTORS + 1 : actor;
}

static void count_naively(const struct asked *a)
{
	static struct pair kept[PAIRS_MAX];
	size_t n = 0;
	memset(x, 0, sizeof x);
	for (size_t i = 0; i < n_all; i++) {
		struct pair p = all[i];
		if (!is_asked(a, &p))
			continue;
		if (a->n.agreement != AGREEMENT_IGNORE && p.position != POSITION_SUPPORT &&
		    p.position != POSITION_OPPOSE)
			continue;
		p.level = a->n.agreement != AGREEMENT_IGNORE && p.position == POSITION_OPPOSE;
		p.actor = a->n.folds ? folded(p.actor) : p.actor;
		bool is_new = true;
		for (size_t k = 0; k < n && is_new; k++)
			is_new = !is_duplicate(&p, &kept[k], a->n.duplicates);
		if (!is_new)
			continue;
		kept[n++] = p;
		x[p.actor][p.issue][p.level]++;
	}
}

static double naive_tie(const struct network_query *n, int a, int i)
{
	double w = x[a][i][0] + x[a][i][1], activity = 0, prominence = 0;
	if (n->agreement == AGREEMENT_CONGRUENCE)
		w = x[a][i][0];
	if (n->agreement == AGREEMENT_CONFLICT)
		w = x[a][i][1];
	if (n->agreement == AGREEMENT_SUBTRACT)
		w = x[a][i][0] - x[a][i][1];
	for (int k = 0; k < LEVELS; k++) {
		for (int j = 0; j < RANDOM_ISSUES; j++)
			activity += x[a][j][k];
		for (int b = 0; b < NODES; b++)
			prominence += x[b][i][k];
	}
	if (n->normalization == NORMALIZATION_ACTIVITY)
		return w == 0 ? 0 : w / activity;
	if (n->normalization == NORMALIZATION_PROMINENCE)
		return w == 0 ? 0 : w / prominence;
	return w;
}

/* Of issues: the same with the two changed over. */
static double at(enum network_mode mode, int node, int other, int level)
{
	return mode == NETWORK_ACTORS ? x[node][other][level] : x[other][node][level];
}

static double naive_dyad(const struct network_query *n, int a, int b)
{
	double same = 0, different = 0, sum = 0, either = 0, square_a = 0, square_b = 0;
	int others = n->mode == NETWORK_ACTORS ? RANDOM_ISSUES : NODES;
	for (int j = 0; j < others; j++)
		for (int k = 0; k < LEVELS; k++) {
			double of_a = at(n->mode, a, j, k), of_b = at(n->mode, b, j, k);
			same += of_a * of_b;
			different += of_a * at(n->mode, b, j, 1 - k);
			sum += of_a + of_b;
			either += of_a > 0 || of_b > 0;
			square_a += of_a * of_a;
			square_b += of_b * of_b;
		}
	double w = n->agreement == AGREEMENT_CONFLICT	? different
		   : n->agreement == AGREEMENT_SUBTRACT ? same - different
							: same;
	if (w == 0)
		return 0;
	switch (n->normalization) {
	case NORMALIZATION_AVERAGE:
		return w / (sum / 2);
	case NORMALIZATION_JACCARD:
		return w / either;
	case NORMALIZATION_COSINE:
		return w / (sqrt(square_a) * sqrt(square_b));
	default:
		return w;
	}
}

static struct str node_name(bool is_actor, int n)
{
	if (is_actor && n >= RANDOM_ACTORS)
		return n == RANDOM_ACTORS ? STR("CHN") : STR("USA");
	return is_actor ? random_actors[n].id : random_issues[n].id;
}

static size_t n_networks, n_compared;

static void compare(const struct asked *a)
{
	struct network net = network(&a->n);
	bool is_two = a->n.mode == NETWORK_TWO_MODE, from_actor = a->n.mode != NETWORK_ISSUES,
	     to_actor = a->n.mode == NETWORK_ACTORS;
	int n = from_actor ? NODES : RANDOM_ISSUES, m = to_actor ? NODES : RANDOM_ISSUES;
	size_t edges = 0;
	for (int i = 0; i < n; i++)
		for (int j = is_two ? 0 : i + 1; j < m; j++) {
			double want = is_two ? naive_tie(&a->n, i, j) : naive_dyad(&a->n, i, j);
			double got =
				weight_of(&net, node_name(from_actor, i), node_name(to_actor, j));
			ck_assert_msg(fabs(want - got) <= 1e-12 * fabs(want),
				      "mode %d agreement %d normalization %d duplicates %d, %d "
				      "with %d: %g, not %g",
				      (int)a->n.mode, (int)a->n.agreement, (int)a->n.normalization,
				      (int)a->n.duplicates, i, j, got, want);
			edges += want != 0;
		}
	ck_assert_uint_eq(net.n_edges, edges);
	n_compared += edges;
	n_networks++;
	arena_release(&scratch);
}

/* Every mode and normalization, of what was counted. */
static void compare_all(struct asked *a)
{
	static const struct {
		enum network_mode mode;
		enum normalization first, last;
	} modes[] = {{NETWORK_TWO_MODE, NORMALIZATION_NONE, NORMALIZATION_PROMINENCE},
		     {NETWORK_ACTORS, NORMALIZATION_AVERAGE, NORMALIZATION_COSINE},
		     {NETWORK_ISSUES, NORMALIZATION_AVERAGE, NORMALIZATION_COSINE}};
	a->n.q = &a->q;
	count_naively(a);
	for (size_t m = 0; m < 3; m++) {
		a->n.mode = modes[m].mode;
		a->n.normalization = NORMALIZATION_NONE;
		if (m > 0)
			compare(a);
		for (int k = (int)modes[m].first; k <= (int)modes[m].last; k++) {
			a->n.normalization = (enum normalization)k;
			compare(a);
		}
	}
}

static struct asked ask_all(void)
{
	struct asked a = {.q = query_all(1), .issue = -1};
	a.n = query_of(NULL);
	return a;
}

static void make_statements(void)
{
	static struct write writes[RANDOM_ARTICLES];
	static struct write *list[RANDOM_ARTICLES];
	make_names();
	start(random_issues, FIRST_OPEN);
	seed = 20240426;
	for (int i = 0; i < RANDOM_ARTICLES; i++) {
		writes[i] = make_article(i);
		list[i] = &writes[i];
	}
	assert_ok(store_write_all(f.store, list, RANDOM_ARTICLES, &f.e), f.e);
	read_all();
	ck_assert_uint_gt(n_all, RANDOM_ARTICLES * RANDOM_STATEMENTS);
}

START_TEST(network__random_statements__as_a_naive_computation)
{
	make_statements();
	n_networks = n_compared = 0;
	for (int agreement = 0; agreement < AGREEMENT_COUNT; agreement++)
		for (int within = 0; within < DUPLICATES_COUNT; within++) {
			struct asked a = ask_all();
			a.n.agreement = (enum agreement)agreement;
			a.n.duplicates = (enum duplicates)within;
			a.n.folds = within % 2;
			a.n.with_open = within % 3 == 1;
			compare_all(&a);
		}
	ck_assert_uint_eq(n_networks, (size_t)AGREEMENT_COUNT * DUPLICATES_COUNT * 11);
	ck_assert_uint_gt(n_compared, 10000);
	finish();
}
END_TEST

/* Each with the other conditions left open; found by facets, by words and by an issue. */
static struct asked ask_some(int which)
{
	static const struct str word = STR_INIT("tariff");
	static int64_t key;
	struct asked a = ask_all();
	a.n.agreement = (enum agreement)(which % AGREEMENT_COUNT);
	a.n.duplicates = (enum duplicates)(which % DUPLICATES_COUNT);
	if (which & 1) {
		a.q.published_after = day_from_civil((struct civil){2023, 6, 1});
		a.q.published_before = day_from_civil((struct civil){2024, 10, 31});
	}
	if (which & 2)
		a.q.positions = 1U << POSITION_SUPPORT | 1U << POSITION_MIXED;
	if (which & 4)
		a.q.min_position_confidence = 0.4F;
	if (which & 8) {
		a.q.phrases = (struct strs){&word, 1};
		a.has_word = true;
	}
	if (which & 16) {
		a.issue = 2;
		key = fixture_issue(&f, random_issues[2].id).key;
		a.q.issues = (struct keys){&key, 1};
	}
	return a;
}

START_TEST(network__random_statements_under_conditions__as_a_naive_computation)
{
	make_statements();
	n_compared = 0;
	for (int which = 0; which < 32; which++) {
		struct asked a = ask_some(which);
		compare_all(&a);
	}
	ck_assert_uint_gt(n_compared, 1000);
	finish();
}
END_TEST

/* What is left out is counted, and is the lightest. */
START_TEST(network__bounded__tells_what_is_left_out)
{
	make_statements();
	struct asked a = ask_all();
	a.n.q = &a.q;
	a.n.mode = NETWORK_ACTORS;
	struct network whole = network(&a.n);
	ck_assert_int_eq(whole.nodes_left_out + whole.edges_left_out, 0);
	a.n.max_edges = 7;
	struct network few = network(&a.n);
	ck_assert_uint_eq(few.n_edges, 7);
	ck_assert_int_eq(few.edges_left_out, (int64_t)whole.n_edges - 7);
	ck_assert_int_eq(few.nodes_left_out, (int64_t)(whole.n_nodes - few.n_nodes));
	for (size_t i = 0; i < 7; i++)
		ck_assert_double_eq(few.edges[i].weight, whole.edges[i].weight);
	a.n.max_edges = NETWORK_EDGES_MAX;
	a.n.max_nodes = 5;
	few = network(&a.n);
	ck_assert_uint_eq(few.n_nodes, 5);
	ck_assert_uint_eq(few.n_edges, 10);
	ck_assert_int_eq(few.nodes_left_out, (int64_t)whole.n_nodes - 5);
	for (size_t i = 0; i < 5; i++)
		ck_assert(str_eq(few.nodes[i].actor->id, whole.nodes[i].actor->id));
	a.n.min_weight = few.edges[4].weight;
	ck_assert_uint_ge(network(&a.n).n_edges, 5);
	finish();
}
END_TEST

START_TEST(network__past_its_deadline__ends)
{
	struct network out;
	debate();
	struct statement_query q = query_all(1);
	struct network_query n = query_of(&q);
	struct reader *r = store_reader(f.store, now_monotonic_ns() + 1, &f.e);
	if (r)
		assert_fails(store_network(r, &n, &f.arena, &out, &f.e), f.e, ERR_DEADLINE);
	reader_return(r);
	f.e = (struct err){0};
	finish();
}
END_TEST

UNIT_MAIN("network", network__tables_by_hand__the_same_weights,
	  network__attributes__what_the_pairs_add_up_to,
	  network__who_may_be_a_node__countries_folded_and_kinds,
	  network__random_statements__as_a_naive_computation,
	  network__random_statements_under_conditions__as_a_naive_computation,
	  network__bounded__tells_what_is_left_out, network__past_its_deadline__ends)
