/* The rules, and what SQL cannot look into by itself: digests, details, UTF-8. */
#include "db/sqlite/rules.h"

#include <string.h>

#include "base/utf8.h"
#include "db/digest.h"
#include "db/record.h"

enum { DETAIL_ARENA_BYTES = 64 * 1024 * 1024 };

/* A statement that is stored and not counted (db/packed_fields.h) has no facets, and is in no count
 * but that of mentions. */
#define IS_COUNTED   "traits >> 43 & 1 = 0"
#define IS_UNCOUNTED "traits >> 43 & 1 = 1"
/* Of the transaction that mends. */
#define NOW_CHANGED ", changed = (SELECT commits + 1 FROM state)"

/* tally_key() in SQL, as the migration fills it. */
#define TALLIES                                                                                    \
	"SELECT (CAST(strftime('%Y', day) AS INTEGER) * 12 + CAST(strftime('%m', day) AS "         \
	"INTEGER) - 1) << 14"                                                                      \
	" | (traits >> 10 & 16383) AS key, count(*) AS n"                                          \
	" FROM (SELECT date(((id >> 31) - 719163) * 86400, 'unixepoch') AS day, traits FROM "      \
	"statement WHERE " IS_COUNTED ") GROUP BY 1"

/* A row for each pair of {any, speakers} and {any, issues} that a statement's words name, but for
 * (any, any). */
#define FACETS                                                                                     \
	"SELECT CAST(substr(a.value, 2) AS INTEGER) AS speaker, CAST(substr(b.value, 2) AS "       \
	"INTEGER) AS issue,"                                                                       \
	" s.id AS statement, s.traits AS traits FROM statement s,"                                 \
	" json_each('[\"s0\",\"' || replace(s.facets, ' ', '\",\"') || '\"]') a,"                  \
	" json_each('[\"i0\",\"' || replace(s.facets, ' ', '\",\"') || '\"]') b"                   \
	" WHERE s." IS_COUNTED                                                                     \
	" AND a.value GLOB 's*' AND b.value GLOB 'i*' AND (a.value <> 's0' OR b.value <> 'i0')"

/* Rows of (key, n): what an actor or an issue must count, where it counts something else. */
#define WRONG_STATEMENTS                                                                           \
	"SELECT a.key, a.slug, coalesce(c.n, 0) AS n FROM actor a LEFT JOIN (SELECT speaker, "     \
	"count(*) AS n FROM statement"                                                             \
	" WHERE " IS_COUNTED                                                                       \
	" GROUP BY speaker) c ON c.speaker = a.key WHERE a.statement_count <> coalesce(c.n, 0)"
#define WRONG_MENTIONS                                                                             \
	"SELECT a.key, a.slug, coalesce(c.n, 0) AS n FROM actor a LEFT JOIN (SELECT actor, "       \
	"count(*) AS n FROM"                                                                       \
	" (SELECT speaker AS actor FROM statement UNION ALL SELECT target FROM statement"          \
	" UNION ALL SELECT addressee FROM statement UNION ALL SELECT reported_by(detail) FROM "    \
	"statement)"                                                                               \
	" WHERE actor IS NOT NULL GROUP BY actor) c ON c.actor = a.key WHERE a.mention_count <> "  \
	"coalesce(c.n, 0)"
#define WRONG_ISSUES                                                                               \
	"SELECT key, slug, n FROM (SELECT i.key, i.slug, i.statement_count AS told,"               \
	" (SELECT count(*) FROM facet f WHERE f.speaker = 0 AND f.issue = i.key) AS n FROM issue " \
	"i) WHERE told <> n"
#define WRONG_UNCOUNTED                                                                            \
	"SELECT i.key, i.slug, coalesce(c.n, 0) AS n FROM issue i LEFT JOIN (SELECT "              \
	"CAST(substr(w.value, 2) AS INTEGER)"                                                      \
	" AS issue, count(*) AS n FROM statement s, json_each('[\"' || replace(s.facets, ' ', "    \
	"'\",\"') || '\"]') w"                                                                     \
	" WHERE s." IS_UNCOUNTED " AND w.value GLOB 'i*' GROUP BY 1) c ON c.issue = i.key"         \
	" WHERE i.uncounted_count <> coalesce(c.n, 0)"
#define WRONG_ARTICLES                                                                             \
	"SELECT id AS key, n FROM (SELECT a.id, a.statement_count AS told,"                        \
	" (SELECT count(*) FROM statement s WHERE s.article = a.id AND s." IS_COUNTED              \
	") AS n FROM article a) WHERE told <> n"

const struct rule rules[] = {
	/* clang-format off */
	/* First: what is mended after it has the number of the commit to come. */
	{4, 0, "SELECT 'a row was changed by a commit that has not been' FROM state WHERE commits <"
	       " max((SELECT coalesce(max(changed), 0) FROM article), (SELECT coalesce(max(changed), 0) FROM statement),"
	       " (SELECT coalesce(max(changed), 0) FROM actor), (SELECT coalesce(max(changed), 0) FROM issue))",
	 "the number of commits",
	 {"UPDATE state SET commits ="
	  " max((SELECT coalesce(max(changed), 0) FROM article), (SELECT coalesce(max(changed), 0) FROM statement),"
	  " (SELECT coalesce(max(changed), 0) FROM actor), (SELECT coalesce(max(changed), 0) FROM issue))"}},
	{1, 0, "SELECT 'a row of ' || \"table\" || ' refers to a row of ' || parent || ' that is missing'"
	       " FROM pragma_foreign_key_check",
	 NULL, {0}},
	{1, 0, "SELECT 'article ' || a.id || ' has no text' FROM article a"
	       " WHERE NOT EXISTS (SELECT 1 FROM article_text t WHERE t.article = a.id)",
	 NULL, {0}},
	{1, 0, "SELECT 'article ' || id || ' ' || fault FROM (SELECT a.id, text_fault(t.text, a.sha256) AS fault"
	       " FROM article a CROSS JOIN article_text t ON t.article = a.id) WHERE fault IS NOT NULL",
	 NULL, {0}},
	{1, 0, "SELECT 'statement ' || id || ' ' || fault FROM (SELECT id, detail_fault(detail, facets) AS fault FROM statement)"
	       " WHERE fault IS NOT NULL",
	 NULL, {0}},
	{1, 0, "SELECT 'statement ' || s.id || ' names an actor that is missing' FROM statement s"
	       " WHERE (s.speaker IS NOT NULL AND NOT EXISTS (SELECT 1 FROM actor WHERE key = s.speaker))"
	       " OR (s.target IS NOT NULL AND NOT EXISTS (SELECT 1 FROM actor WHERE key = s.target))"
	       " OR (s.addressee IS NOT NULL AND NOT EXISTS (SELECT 1 FROM actor WHERE key = s.addressee))"
	       " OR (reported_by(s.detail) IS NOT NULL AND NOT EXISTS (SELECT 1 FROM actor WHERE key = reported_by(s.detail)))",
	 NULL, {0}},
	{1, 0, "SELECT 'facet of speaker ' || f.speaker || ' and issue ' || f.issue || ' differs from statement ' || f.statement"
	       " FROM facet f LEFT JOIN statement s ON s.id = f.statement"
	       " WHERE s.id IS NULL OR s.traits <> f.traits OR s." IS_UNCOUNTED " OR f.speaker + f.issue = 0"
	       " OR (f.speaker > 0 AND NOT instr(' ' || s.facets || ' ', ' s' || f.speaker || ' '))"
	       " OR (f.issue > 0 AND NOT instr(' ' || s.facets || ' ', ' i' || f.issue || ' '))",
	 "facets that differ from their statements",
	 {"DELETE FROM facet", "INSERT OR IGNORE INTO facet " FACETS " ORDER BY 1, 2, 3"}},
	{1, 0, "SELECT 'statement ' || w.statement || ' lacks a facet' FROM (" FACETS ") w WHERE NOT EXISTS"
	       " (SELECT 1 FROM facet f WHERE f.speaker = w.speaker AND f.issue = w.issue AND f.statement = w.statement)",
	 "facets that were missing", {"INSERT OR IGNORE INTO facet " FACETS " ORDER BY 1, 2, 3"}},
	{1, 0, "SELECT 'statement ' || id || ' has an id that the counter has not given' FROM statement"
	       " WHERE (id & 2147483647) > (SELECT counter FROM state) UNION ALL"
	       " SELECT 'article ' || id || ' has an id that the counter has not given' FROM article"
	       " WHERE (id & 2147483647) > (SELECT counter FROM state)",
	 "the counter of ids",
	 {"UPDATE state SET counter = max(counter, coalesce((SELECT max(id & 2147483647) FROM article), 0),"
	  " coalesce((SELECT max(id & 2147483647) FROM statement), 0))"}},
	{1, 0, "SELECT 'the count of articles is wrong' FROM state WHERE articles <> (SELECT count(*) FROM article)",
	 "the count of articles", {"UPDATE state SET articles = (SELECT count(*) FROM article)"}},
	{1, 0, "SELECT 'the count of statements is wrong' FROM state"
	       " WHERE statements <> (SELECT count(*) FROM statement WHERE " IS_COUNTED ")",
	 "the count of statements", {"UPDATE state SET statements = (SELECT count(*) FROM statement WHERE " IS_COUNTED ")"}},
	{1, 0, "SELECT 'the count of actors is wrong' FROM state WHERE actors <> (SELECT count(*) FROM actor)",
	 "the count of actors", {"UPDATE state SET actors = (SELECT count(*) FROM actor)"}},
	{1, 0, "SELECT 'the count of issues is wrong' FROM state WHERE issues <> (SELECT count(*) FROM issue)",
	 "the count of issues", {"UPDATE state SET issues = (SELECT count(*) FROM issue)"}},
	{1, 0, "SELECT 'article ' || key || ' counts its statements wrongly' FROM (" WRONG_ARTICLES ")",
	 "the articles' counts of statements",
	 {"UPDATE article SET statement_count = w.n" NOW_CHANGED " FROM (" WRONG_ARTICLES ") w WHERE w.key = article.id"}},
	{1, 0, "SELECT 'actor ' || slug || ' counts its statements wrongly' FROM (" WRONG_STATEMENTS ")",
	 "the actors' counts of statements",
	 {"UPDATE actor SET statement_count = w.n" NOW_CHANGED " FROM (" WRONG_STATEMENTS ") w WHERE w.key = actor.key"}},
	{1, 0, "SELECT 'actor ' || slug || ' counts its mentions wrongly' FROM (" WRONG_MENTIONS ")",
	 "the actors' counts of mentions",
	 {"UPDATE actor SET mention_count = w.n" NOW_CHANGED " FROM (" WRONG_MENTIONS ") w WHERE w.key = actor.key"}},
	{1, 0, "SELECT 'issue ' || slug || ' counts its statements wrongly' FROM (" WRONG_ISSUES ")",
	 "the issues' counts of statements",
	 {"UPDATE issue SET statement_count = w.n" NOW_CHANGED " FROM (" WRONG_ISSUES ") w WHERE w.key = issue.key"}},
	{2, 0, "SELECT 'issue ' || i.slug || ' is edited without its terms, or has some without' FROM issue i"
	       " WHERE i.is_edited <> (SELECT count(*) FROM issue_edit d WHERE d.issue = i.key)",
	 NULL, {0}},
	{2, 3, "SELECT 'the count of late articles is wrong' FROM reissue WHERE late <> (SELECT count(*) FROM reissue_late)",
	 NULL, {0}},
	{3, 0, "SELECT 'the tally ' || key || ' is wrong' FROM (SELECT key, sum(n) AS n FROM"
	       " (SELECT key, statements AS n FROM tally UNION ALL SELECT key, -n FROM (" TALLIES ")) GROUP BY key) WHERE n <> 0",
	 "the tallies", {"DELETE FROM tally", "INSERT INTO tally(key, statements) " TALLIES}},
	{4, 0, "SELECT 'issue ' || slug || ' counts its uncounted statements wrongly' FROM (" WRONG_UNCOUNTED ")",
	 "the issues' counts of uncounted statements",
	 {"UPDATE issue SET uncounted_count = w.n" NOW_CHANGED " FROM (" WRONG_UNCOUNTED ") w WHERE w.key = issue.key"}},
	{4, 0, "SELECT 'article ' || a.id || ' has an edition that was never in force' FROM article a, reread r"
	       " WHERE a.edition > r.edition",
	 "editions that were never in force",
	 {"UPDATE article SET edition = 0 WHERE edition > (SELECT edition FROM reread)"}},
	{4, 0, "SELECT 'the count of stale articles is wrong' FROM reread r"
	       " WHERE r.stale <> (SELECT count(*) FROM article a WHERE a.edition < r.edition)",
	 "the count of stale articles",
	 {"UPDATE reread SET stale = (SELECT count(*) FROM article a WHERE a.edition < reread.edition)",
	  "UPDATE reread SET finished_ms = 0 WHERE stale > 0"}},
	/* clang-format on */
};
const size_t rules_count = sizeof rules / sizeof rules[0];

/* --- functions --- */

static struct str bytes_of(sqlite3_value *v)
{
	const void *p = sqlite3_value_blob(v);
	return p ? (struct str){p, (size_t)sqlite3_value_bytes(v)} : STR_EMPTY;
}

static void say(sqlite3_context *c, const char *fault)
{
	if (fault)
		sqlite3_result_text(c, fault, -1, SQLITE_STATIC);
}

/* text_fault(text, sha256) */
static void text_fault(sqlite3_context *c, int n, sqlite3_value **v)
{
	(void)n;
	unsigned char digest[32];
	struct str text = bytes_of(v[0]), stored = bytes_of(v[1]);
	digest_text(text, digest);
	if (!str_eq(stored, (struct str){(const char *)digest, sizeof digest}))
		say(c, "has a text that differs from its digest");
	else if (utf8_valid_prefix(text) != text.n)
		say(c, "has a text that is not UTF-8");
}

/* is_utf8(text) */
static void is_utf8(sqlite3_context *c, int n, sqlite3_value **v)
{
	(void)n;
	struct str text = bytes_of(v[0]);
	sqlite3_result_int(c, utf8_valid_prefix(text) == text.n);
}

/* Every string of a detail in UTF-8? They are views of it. */
static bool strings_are_good(const struct statement *s)
{
	const struct str v[] = {s->speaker_role, s->engine, s->said_on.text, s->said_on.date,
				s->said_on.rule};
	for (size_t i = 0; i < sizeof v / sizeof v[0]; i++)
		if (utf8_valid_prefix(v[i]) != v[i].n)
			return false;
	return true;
}

static bool has_word(struct str words, int64_t issue)
{
	for (struct str word; str_split(&words, ' ', &word);) {
		int64_t key;
		if (word.n && word.p[0] == 'i' && str_to_i64(str_sub(word, 1, word.n), &key) &&
		    key == issue)
			return true;
	}
	return false;
}

static size_t count_issues(struct str words)
{
	size_t n = 0;
	for (struct str word; str_split(&words, ' ', &word);)
		n += word.n && word.p[0] == 'i';
	return n;
}

/* An issue that is there twice has one word. */
static bool issues_agree(const int64_t *keys, size_t n, struct str words)
{
	size_t different = 0;
	for (size_t i = 0; i < n; i++) {
		bool is_first = true;
		for (size_t k = 0; k < i && is_first; k++)
			is_first = keys[k] != keys[i];
		different += is_first;
		if (!has_word(words, keys[i]))
			return false;
	}
	return different == count_issues(words);
}

static const char *find_detail_fault(struct str detail, struct str words, struct arena *a)
{
	struct statement s = {0};
	struct err e = {0};
	int64_t by;
	const int64_t *issues;
	if (record_read(detail, a, &s, &by, &issues, &e))
		return "has details that cannot be read";
	if (!strings_are_good(&s))
		return "has details that are not UTF-8";
	return issues_agree(issues, s.n_issues, words)
		       ? NULL
		       : "has other issues in its details than in its facets";
}

/* detail_fault(detail, facets) */
static void detail_fault(sqlite3_context *c, int n, sqlite3_value **v)
{
	(void)n;
	struct arena a;
	arena_init(&a, DETAIL_ARENA_BYTES);
	say(c, find_detail_fault(bytes_of(v[0]), bytes_of(v[1]), &a));
	arena_release(&a);
}

/* reported_by(detail): the actor's key, or NULL */
static void reported_by(sqlite3_context *c, int n, sqlite3_value **v)
{
	(void)n;
	struct arena a;
	struct statement s = {0};
	struct err e = {0};
	int64_t by = 0;
	const int64_t *issues;
	arena_init(&a, DETAIL_ARENA_BYTES);
	if (record_read(bytes_of(v[0]), &a, &s, &by, &issues, &e) == 0 && by)
		sqlite3_result_int64(c, by);
	arena_release(&a);
}

int rules_prepare(sqlite3 *db, struct err *e)
{
	static const struct {
		const char *name;
		int arguments;
		void (*run)(sqlite3_context *, int, sqlite3_value **);
	} functions[] = {
		{"text_fault", 2, text_fault},
		{"is_utf8", 1, is_utf8},
		{"detail_fault", 2, detail_fault},
		{"reported_by", 1, reported_by},
	};
	const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
	for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++)
		if (sqlite3_create_function(db, functions[i].name, functions[i].arguments, flags,
					    NULL, functions[i].run, NULL, NULL))
			return sql_fail(db, functions[i].name, e);
	/* Sorting millions of rows goes through files, not through memory. */
	return sql_once(db, "PRAGMA temp_store = FILE", e);
}
