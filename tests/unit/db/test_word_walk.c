/* The statements that have a word, as FTS5 finds them: in several segments, with deletions, lists
 * over many pages and places that fill pages of their own. */
#include "db/sqlite/sql.h"
#include "db/sqlite/word_walk.h"
#include "tests/conformance/fixture.h"

enum { ARTICLES = 600, STATEMENTS_EACH = 6, TIMES = 12000, EACH_COMMIT = 50, CONTENT_MAX = 120000 };

static uint64_t dice = 7;

/* splitmix64 (Steele, Lea, Flood 2014). */
static size_t roll(size_t sides)
{
	uint64_t z = (dice += UINT64_C(0x9e3779b97f4a7c15));
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return (size_t)((z ^ (z >> 31)) % sides);
}

static struct str make_content(struct fixture *f, size_t number)
{
	char text[CONTENT_MAX];
	size_t n = (size_t)snprintf(text, sizeof text, "number%zu %s %s %s", number,
				    roll(2) ? "often" : "else", roll(50) ? "" : "seldom",
				    roll(3) ? "Zürich talking" : "they talked");
	/* A list of many pages, whatever its segment. */
	for (size_t times = roll(3) ? roll(90) : 0; times; times--)
		n += (size_t)snprintf(text + n, sizeof text - n, " common");
	/* Places of some pages, at the head of a list and inside. */
	for (size_t times = roll(200) ? 0 : TIMES + roll(TIMES); times; times--)
		if (n + 8 < sizeof text)
			n += (size_t)snprintf(text + n, sizeof text - n, " again");
	return arena_str(&f->arena, str_of(text));
}

static const struct issue_hit hits[] = {
	{.issue = &core, .position = POSITION_SUPPORT},
	{.issue = &trade, .position = POSITION_OPPOSE},
	{.issue = &core, .position = POSITION_OPPOSE},
};

static void fill(struct fixture *f)
{
	struct statement v[STATEMENTS_EACH];
	struct write w[EACH_COMMIT], *refs[EACH_COMMIT];
	int64_t ids[ARTICLES];
	for (size_t i = 0; i < ARTICLES; i += EACH_COMMIT) {
		struct statement *all =
			arena_array(&f->arena, EACH_COMMIT * STATEMENTS_EACH, sizeof *all);
		for (size_t k = 0; k < EACH_COMMIT; k++) {
			for (size_t s = 0; s < STATEMENTS_EACH; s++) {
				v[s] = plain_statement(
					make_content(f, (i + k) * STATEMENTS_EACH + s),
					roll(3) ? &wang : &usa);
				v[s].is_uncounted = roll(20) == 0;
				v[s].issues = hits + roll(2);
				v[s].n_issues = roll(3);
			}
			memcpy(all + k * STATEMENTS_EACH, v, sizeof v);
			w[k] = made_article(arena_printf(&f->arena, "text %zu", i + k),
					    arena_printf(&f->arena, "2024-04-%02zu", 1 + roll(30)),
					    all + k * STATEMENTS_EACH, STATEMENTS_EACH);
			w[k].article.title = roll(3) ? STR("nothing") : STR("often seldom");
			refs[k] = &w[k];
		}
		assert_ok(store_write_all(f->store, refs, EACH_COMMIT, &f->e), f->e);
		for (size_t k = 0; k < EACH_COMMIT; k++)
			ids[i + k] = w[k].id;
		for (size_t k = 0; k < 4; k++) {
			struct write drop = {.op = WRITE_DELETE, .id = ids[roll(i + EACH_COMMIT)]};
			struct write *ref = &drop;
			struct err gone = {0};
			if (store_write_all(f->store, &ref, 1, &gone))
				ck_assert_int_eq(gone.kind, ERR_NOT_FOUND);
		}
	}
}

/* The same by some at once, by turns with one: up to one that is further on, or so many. */
static void compare_bunches(struct fixture *f, struct reader *r, const char *word, const int64_t *v,
			    size_t n)
{
	struct word_walk *w;
	int64_t ids[40], id;
	assert_ok(word_walk_open(r, str_of(word), &f->arena, &w, &f->e), f->e);
	for (size_t at = 0, many; at < n; ck_assert(at == n || v[at++] == id)) {
		const size_t to = at + at % 97 < n ? at + at % 97 : n - 1;
		assert_ok(word_walk_below(w, v[to], ids, 1 + at % 40, &many, &f->e), f->e);
		ck_assert_uint_eq(many, to - at < 1 + at % 40 ? to - at : 1 + at % 40);
		for (size_t i = 0; i < many; i++)
			ck_assert_int_eq(ids[i], v[at++]);
		ck_assert_int_eq(word_walk_next(w, &id, &f->e), 1);
	}
	ck_assert_int_eq(word_walk_next(w, &id, &f->e), 0);
}

static int by_id(const void *va, const void *vb)
{
	const int64_t a = *(const int64_t *)va, b = *(const int64_t *)vb;
	return (a > b) - (a < b);
}

/* Of ids that have the word and some beside them, few or many of either, from anywhere on. */
static void compare_kept(struct fixture *f, struct reader *r, const char *word, const int64_t *v,
			 size_t n)
{
	for (size_t turn = 0; turn < 24; turn++) {
		const size_t one_of = 1 + roll(turn % 3 ? 8 : n + 1), from = roll(n + 1);
		int64_t *ids = arena_array(&f->arena, 2 * n + 2, sizeof *ids),
			*expected = arena_array(&f->arena, n + 1, sizeof *ids);
		size_t many = 0, left = 0;
		struct word_walk *w;
		for (size_t i = from; i < n; i++) {
			if (roll(one_of) == 0)
				ids[many++] = expected[left++] = v[i];
			int64_t beside = v[i] + 1;
			if (roll(one_of) == 0 && !bsearch(&beside, v, n, sizeof *v, by_id))
				ids[many++] = beside;
		}
		ids[many++] = INT64_MAX - 1;
		qsort(ids, many, sizeof *ids, by_id);
		assert_ok(word_walk_open(r, str_of(word), &f->arena, &w, &f->e), f->e);
		assert_ok(word_walk_keep(w, ids, &many, &f->e), f->e);
		ck_assert_uint_eq(many, left);
		ck_assert_mem_eq(ids, expected, left * sizeof *ids);
	}
}

/* As many as FTS5 finds, the same ones; *n of them. False where the walk is not for it. */
static bool compare(struct fixture *f, struct reader *r, const char *word, size_t *n)
{
	struct word_walk *w;
	int64_t *v = NULL, id;
	size_t cap = 0;
	sqlite3_stmt *st = sql_prepare(
		r->db, "SELECT rowid FROM statement_fts WHERE statement_fts MATCH ?1 ORDER BY 1",
		&f->e);
	ck_assert_ptr_nonnull(st);
	assert_ok(word_walk_open(r, str_of(word), &f->arena, &w, &f->e), f->e);
	sql_bind_str(st, 1, arena_printf(&f->arena, "content : \"%s\"", word));
	for (*n = 0; w && sql_row(st, &f->e) > 0; ++*n) {
		ck_assert_int_eq(word_walk_next(w, &id, &f->e), 1);
		ck_assert_int_eq(id, sqlite3_column_int64(st, 0));
		ck_assert_int_eq(arena_grow(&f->arena, (void **)&v, &cap, *n + 1, sizeof *v), 0);
		v[*n] = id;
	}
	ck_assert(!w || word_walk_next(w, &id, &f->e) == 0);
	sqlite3_finalize(st);
	if (w) {
		compare_bunches(f, r, word, v, *n);
		compare_kept(f, r, word, v, *n);
	}
	return w != NULL;
}

/* All pages of a question; *n of them. */
static int64_t *list(struct fixture *f, struct reader *r, struct statement_query q, size_t *n)
{
	int64_t *v = NULL;
	size_t cap = 0;
	*n = 0;
	do {
		struct keys ids;
		assert_ok(store_statement_ids(r, &q, &f->arena, &ids, &q.after, &f->e), f->e);
		ck_assert_int_eq(
			arena_grow(&f->arena, (void **)&v, &cap, *n + ids.n + 1, sizeof *v), 0);
		for (size_t i = 0; i < ids.n; i++)
			v[(*n)++] = ids.v[i];
	} while (q.after);
	return v;
}

/* What speakers say on issues with the word is what FTS5 finds, who is asked where there are two
 * phrases. */
static void compare_lists(struct fixture *f, struct reader *r, const char *word)
{
	const int64_t speakers[] = {speaker_key(fixture_actor(f, wang.id).key, false),
				    speaker_key(fixture_actor(f, usa.id).key, true)},
		      issues[] = {fixture_issue(f, core.id).key, fixture_issue(f, trade.id).key};
	const struct str phrases[] = {str_of(word), str_of(word)};
	for (unsigned turn = 0; turn < 24; turn++) {
		const unsigned whose = turn % 3, which = turn / 3 % 3;
		struct statement_query q = query_all(turn % 2 ? 60 : 700);
		size_t n[2];
		q.speakers = (struct keys){speakers + whose % 2, whose == 2 ? 1 : 1 + (whose == 0)};
		q.issues = (struct keys){issues + which % 2, which == 2 ? 1 : 1 + (which == 0)};
		q.oldest_first = turn / 6 % 2;
		q.positions = turn >= 12 ? 1U << POSITION_OPPOSE : 0;
		q.phrases = (struct strs){phrases, 1};
		const int64_t *by_pair = list(f, r, q, &n[0]);
		q.phrases.n = 2;
		const int64_t *by_text = list(f, r, q, &n[1]);
		ck_assert_uint_eq(n[0], n[1]);
		ck_assert_mem_eq(by_pair, by_text, n[0] * sizeof *by_pair);
	}
}

START_TEST(word_walk__words_in_many_commits__the_statements_that_fts5_finds)
{
	static const struct {
		const char *word;
		bool walks;
		size_t least;
	} cases[] = {
		{"often", true, 1000}, {"seldom", true, 20},	 {"again", true, 5},
		{"talks", true, 3000}, {"ZURICH", true, 1500},	 {"number1200", true, 0},
		{"zzz", true, 0},      {"0", true, 0},		 {"they talked", false, 0},
		{"", false, 0},	       {"number 7 !", false, 0},
	};
	static const char *const asked[] = {"common", "again", "seldom", "zzz"};
	struct fixture f;
	fixture_open(&f);
	for (int round = 0; round < 2; round++) {
		struct reader *r = fixture_reader(&f);
		for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
			size_t n;
			bool walks = compare(&f, r, cases[i].word, &n);
			ck_assert_msg(!round || walks == cases[i].walks, "%s", cases[i].word);
			ck_assert_msg(!round || n >= cases[i].least, "%s: %zu", cases[i].word, n);
		}
		for (size_t i = 0; round && i < sizeof asked / sizeof asked[0]; i++)
			compare_lists(&f, r, asked[i]);
		reader_return(r);
		if (!round)
			fill(&f);
	}
	fixture_close(&f);
}
END_TEST

UNIT_MAIN("word_walk", word_walk__words_in_many_commits__the_statements_that_fts5_finds)
