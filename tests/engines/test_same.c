/* The same writes into a file and onto a server (DEMARCHE_POSTGRESQL, tools/with-postgresql), by
 * dice, and the same questions of both: ids, cursors and counts are equal. Of the questions most
 * are of words, which FTS5 answers on one side and a table of postings on the other. QUESTIONS=N
 * asks so many. */
#include <stdlib.h>

#include "db/record_names.h"
#include "tests/conformance/fixture.h"

enum {
	SIDES = 2,
	ACTORS = 4,
	ISSUES = 3,
	ROUNDS = 12,
	ARTICLES = 20,
	STATEMENTS_EACH = 12,
	PER_READER = 50,
	SINGLES = 600
};

static const struct actor actors[ACTORS] = {
	ACTOR("CHN", "China", COUNTRY, "CHN"), ACTOR("wang-yi", "Wang Yi", PERSON, "CHN"),
	ACTOR("nato", "NATO", ORGANIZATION, ""), ACTOR("somebody", "somebody", PERSON, "")};
static const struct issue issues[ISSUES] = {
	{.id = STR_INIT("core-interests"), .label = STR_INIT("core interests")},
	{.id = STR_INIT("climate"), .label = STR_INIT("climate")},
	{.id = STR_INIT("the-game"), .label = STR_INIT("the game"), .is_open = true}};
/* Stems that meet, letters that fold, marks that part words, what is an operator to FTS5. */
static const char *const words[] = {
	"sanction", "sanctions", "sanctioned", "SANCTION", "talks",  "talking", "the",
	"the",	    "of",	 "Élysée",     "elysee",   "naïve",  "don't",	"it's",
	"U.S.",	    "AND",	 "or",	       "NOT",	   "NEAR",   "3.5",	"2,000",
	"x",	    "a-b-c",	 "“quoted”",   "\"",	   "(",	     "*",	"content",
	"facets",   "i1",	 "s2",	       "u",	   "北京",   "ß",	"ﬁne",
	"trade",    "trading",	 "traders",    "—",	   "running"};
enum { WORDS = sizeof words / sizeof words[0] };

static struct fixture f[SIDES];
static uint64_t dice = 29;

/* splitmix64 (Steele, Lea, Flood 2014). */
static size_t roll(size_t sides)
{
	uint64_t z = (dice += UINT64_C(0x9e3779b97f4a7c15));
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return (size_t)((z ^ (z >> 31)) % sides);
}

/* --- writes --- */

static struct str some_words(size_t most)
{
	struct str s = STR_EMPTY;
	for (size_t n = 1 + roll(most); n > 0; n--)
		s = arena_printf(&f[0].arena, "%.*s%s%s", STR_ARG(s), s.n ? " " : "",
				 words[roll(WORDS)]);
	return s;
}

static void make_statement(struct statement *s)
{
	struct issue_hit *hits = arena_array(&f[0].arena, 2, sizeof *hits);
	size_t speaker = roll(ACTORS + 1), target = roll(3 * ACTORS), issue = roll(ISSUES);
	/* Places of a long one take two bytes. */
	*s = plain_statement(some_words(roll(9) ? 9 : 80),
			     speaker < ACTORS ? &actors[speaker] : NULL);
	s->n_issues = roll(3);
	for (size_t i = 0; i < s->n_issues; i++)
		hits[i] = (struct issue_hit){.issue = &issues[(issue + i) % ISSUES],
					     .position = (enum position)roll(POSITION_COUNT)};
	s->issues = hits;
	s->stance = (struct stance){.target = target < ACTORS ? &actors[target] : NULL};
	s->confidence = (float)(1 + roll(9)) / 10;
	s->is_nested = roll(9) == 0;
	s->is_uncounted = roll(20) == 0;
	if (roll(4) == 0)
		s->speaker_role = some_words(2);
}

static void write_both(const struct write *w, size_t n)
{
	for (int side = 0; side < SIDES; side++) {
		static struct write own[ARTICLES];
		struct write *refs[ARTICLES];
		for (size_t i = 0; i < n; i++) {
			own[i] = w[i];
			refs[i] = &own[i];
		}
		assert_ok(store_write_all(f[side].store, refs, n, &f[side].e), f[side].e);
	}
}

/* In one transaction; `first` is the number of the first. */
static void write_articles(size_t first, size_t n)
{
	static const char *const outlets[] = {"", "Times", "Zeit"};
	struct write w[ARTICLES];
	for (size_t i = 0; i < n; i++) {
		struct statement *v = arena_array(&f[0].arena, STATEMENTS_EACH, sizeof *v);
		for (size_t k = 0; k < STATEMENTS_EACH; k++)
			make_statement(&v[k]);
		struct str text = some_words(60);
		w[i] = made_article(
			arena_printf(&f[0].arena, "%.*s %zu", STR_ARG(text), first + i),
			arena_printf(&f[0].arena, "2024-%02zu-%02zu", 1 + roll(3), 1 + roll(28)), v,
			1 + roll(STATEMENTS_EACH));
		w[i].article.title = some_words(4);
		w[i].article.outlet = str_of(outlets[roll(3)]);
	}
	write_both(w, n);
}

/* Some articles, the same on both sides. */
static void delete_some(void)
{
	struct article_list list;
	struct article_query all = {
		.published_after = DAY_NONE, .published_before = DAY_NONE, .limit = 60};
	int64_t next;
	struct reader *r = fixture_reader(&f[0]);
	assert_ok(store_articles(r, &all, &f[0].arena, &list, &next, &f[0].e), f[0].e);
	reader_return(r);
	for (size_t i = roll(9); i < list.n; i += 1 + roll(20)) {
		struct write gone = {.op = WRITE_DELETE, .id = list.v[i].id};
		write_both(&gone, 1);
	}
}

/* --- questions --- */

static struct strs some_phrases(size_t n)
{
	struct str *v = arena_array(&f[0].arena, n + 1, sizeof *v);
	for (size_t i = 0; i < n; i++)
		v[i] = some_words(3);
	return (struct strs){v, n};
}

static struct keys some_key(size_t most, bool doubles)
{
	int64_t *v = arena_array(&f[0].arena, 1, sizeof *v);
	v[0] = (int64_t)(1 + roll(most));
	v[0] = doubles ? speaker_key(v[0], roll(2)) : v[0];
	return (struct keys){v, 1};
}

static const struct about *some_about(void)
{
	struct about *a = arena_array(&f[0].arena, 1, sizeof *a);
	struct about_way *ways = arena_array(&f[0].arena, 2, sizeof *ways);
	*a = (struct about){ways, 1 + roll(2)};
	for (size_t w = 0; w < a->n; w++) {
		struct about_group *groups = arena_array(&f[0].arena, 2, sizeof *groups);
		ways[w] = (struct about_way){groups, 1 + roll(2)};
		for (size_t g = 0; g < ways[w].n; g++) {
			groups[g] = (struct about_group){.any = some_phrases(1 + roll(2))};
			if (roll(3) == 0)
				groups[g].issues = some_key(ISSUES, false);
		}
	}
	return a;
}

static struct statement_query some_question(void)
{
	struct statement_query q = query_all((int)(1 + roll(30)));
	size_t kind = roll(8);
	if (kind < 4)
		q.phrases = some_phrases(1 + roll(2));
	if (kind == 3 || kind == 4) {
		q.about = some_about();
		q.n_about = 1;
	}
	if (kind == 5)
		q.roles = (struct strs){some_phrases(1).v, 1};
	if (roll(3) == 0)
		q.speakers = some_key(ACTORS, true);
	if (roll(4) == 0)
		q.issues = some_key(ISSUES, false);
	if (roll(9) == 0)
		q.targets = some_key(ACTORS, false);
	q.nested = (enum nested)roll(3);
	q.oldest_first = roll(2);
	return q;
}

static void print_question(const struct statement_query *q, char *out, size_t size)
{
	int n = snprintf(out, size, "%zu speakers, %zu issues, %zu abouts, %zu roles, nested %d",
			 q->speakers.n, q->issues.n, q->n_about, q->roles.n, (int)q->nested);
	for (size_t i = 0; i < q->phrases.n && n > 0 && (size_t)n < size; i++)
		n += snprintf(out + n, size - (size_t)n, " [%.*s]", STR_ARG(q->phrases.v[i]));
}

/* Up to three pages. */
static void ask_both(struct statement_query q, struct reader *const *r)
{
	char what[512];
	print_question(&q, what, sizeof what);
	for (int page = 0; page < 3; page++) {
		struct keys ids[SIDES] = {{0}};
		int64_t next[SIDES] = {0};
		for (int side = 0; side < SIDES; side++)
			ck_assert_msg(store_statement_ids(r[side], &q, &f[side].arena, &ids[side],
							  &next[side], &f[side].e) == 0,
				      "side %d: %s: %s", side, what, f[side].e.message);
		ck_assert_msg(ids[0].n == ids[1].n && next[0] == next[1],
			      "page %d of %s: %zu in the file, %zu on the server", page, what,
			      ids[0].n, ids[1].n);
		for (size_t i = 0; i < ids[0].n; i++)
			ck_assert_msg(ids[0].v[i] == ids[1].v[i], "page %d of %s", page, what);
		q.after = next[0];
		if (!next[0])
			return;
	}
}

static void ask_round(size_t n)
{
	struct reader *const r[SIDES] = {fixture_reader(&f[0]), fixture_reader(&f[1])};
	for (size_t i = 0; i < n; i++) {
		ask_both(some_question(), r);
		bool has[SIDES];
		struct str word = str_of(words[roll(8)]);
		for (int side = 0; side < SIDES; side++)
			assert_ok(store_has_word(r[side], word, &has[side], &f[side].e), f[side].e);
		ck_assert_int_eq(has[0], has[1]);
	}
	for (int side = 0; side < SIDES; side++)
		reader_return(r[side]);
}

static void same_stats(void)
{
	struct store_stats a = store_stats(f[0].store), b = store_stats(f[1].store);
	ck_assert_int_eq(a.articles, b.articles);
	ck_assert_int_eq(a.statements, b.statements);
	ck_assert_int_eq(a.actors, b.actors);
	ck_assert_int_eq(a.issues, b.issues);
}

START_TEST(store_statements__the_same_writes_in_a_file_and_on_a_server__answer_the_same)
{
	const char *asked = getenv("QUESTIONS");
	size_t questions = asked ? strtoul(asked, NULL, 10) : 1500;
	for (int side = 0; side < SIDES; side++)
		fixture_open(&f[side]);
	for (size_t round = 0; round < ROUNDS; round++) {
		write_articles(round * ARTICLES, ARTICLES);
		if (round % 3 == 2)
			delete_some();
		same_stats();
		for (size_t asked_now = 0; asked_now < questions / ROUNDS; asked_now += PER_READER)
			ask_round(PER_READER);
	}
	for (int side = 0; side < SIDES; side++) {
		fixture_check(&f[side]);
		fixture_close(&f[side]);
	}
}
END_TEST

/* Rows of a word are so many that they are read ahead. */
START_TEST(store_statements__articles_written_one_by_one__answer_the_same)
{
	for (int side = 0; side < SIDES; side++)
		fixture_open(&f[side]);
	for (size_t i = 0; i < SINGLES; i++)
		write_articles(i, 1);
	for (int i = 0; i < 4; i++)
		ask_round(PER_READER);
	for (int side = 0; side < SIDES; side++)
		fixture_close(&f[side]);
}
END_TEST

UNIT_MAIN("same", store_statements__the_same_writes_in_a_file_and_on_a_server__answer_the_same,
	  store_statements__articles_written_one_by_one__answer_the_same)
