/* The rules, and what SQL cannot look into by itself: digests, details, UTF-8. */
#include "db/sqlite/rules.h"

#include <string.h>

#include "base/utf8.h"
#include "db/digest.h"
#include "db/facets.h"
#include "db/packed_fields.h"
#include "db/record.h"
#include "db/signature.h"

enum { RECORD_ARENA_BYTES = 64 * 1024 * 1024 };

/* Strings and macros in turn, broken where SQL is. */
/* clang-format off */
/* Columns: the packed fields are `traits`, the record is `detail` (db/packed_fields.h,
 * db/record.h). A statement that is stored and not counted has no facets, unless it is nested, and
 * is in no count but that of mentions. */
#define IS_COUNTED   "traits >> 43 & 1 = 0"
#define IS_UNCOUNTED "traits >> 43 & 1 = 1"
/* Counted, or nested and not rejected. */
#define HAS_FACETS "(s." IS_COUNTED " OR (s.traits >> 54 & 1 = 1 AND s.traits >> 27 & 7 <> 3))"
/* Of the transaction that repairs. */
#define NOW_CHANGED ", changed = (SELECT commits + 1 FROM state)"

/* tally_key() in SQL, as the migration fills it. */
#define TALLIES                                                                                    \
	"SELECT (CAST(strftime('%Y', day) AS INTEGER) * 12"                                        \
	" + CAST(strftime('%m', day) AS INTEGER) - 1) << 14 | (traits >> 10 & 16383) AS key,"      \
	" count(*) AS n FROM (SELECT date(((id >> 31) - 719163) * 86400, 'unixepoch') AS day,"     \
	" traits FROM statement WHERE " IS_COUNTED ") GROUP BY 1"

/* The month and the position of an actor's tally, as schema 7 kept them. */
#define MONTH_OF(s)                                                                                \
	"(CAST(strftime('%Y', ((" s ".id >> 31) - 719163) * 86400, 'unixepoch') AS INTEGER) * 12"  \
	" + CAST(strftime('%m', ((" s ".id >> 31) - 719163) * 86400, 'unixepoch') AS INTEGER) - 1)"
#define ACTOR_TALLIES                                                                              \
	"SELECT (member_of << 21) | (month << 3) | position AS key, count(*) AS n"                 \
	" FROM (SELECT " MEMBER_OF " AS member_of, " MONTH_OF("s") " AS month,"                    \
	" s.traits >> 13 & 7 AS position FROM statement s WHERE s." IS_COUNTED ")"                 \
	" WHERE member_of > 0 GROUP BY 1 UNION ALL"                                                \
	" SELECT (1 << 61) | (target << 21) | (traits >> 13 & 7) AS key, count(*) AS n"            \
	" FROM statement"                                                                          \
	" WHERE " IS_COUNTED " AND target IS NOT NULL GROUP BY 1"

/* The tokens of a statement's facets, with one more before them: rows (value). */
#define TOKENS(first) "json_each('[" first "\"' || replace(s.facets, ' ', '\",\"') || '\"]')"
#define KEY_OF(token) "CAST(substr(" token ".value, 2) AS INTEGER)"
#define FACET_SPEAKER KEY_OF("a")
#define FACET_ISSUE   KEY_OF("b")
/* Whom the speaker speaks for, 0 for nobody: facets_last_member_of() in SQL. */
#define MEMBER_OF                                                                                  \
	"coalesce((SELECT " KEY_OF("m") " / 2 FROM " TOKENS("") " m WHERE m.value GLOB 's*'"       \
	" AND " KEY_OF("m") " % 2 = 1 ORDER BY m.key DESC LIMIT 1), 0)"
/* A row for each pair of {any, speakers} and {any, issues} that a statement's facets name, but for
 * (any, any). */
#define FACETS                                                                                     \
	"SELECT " FACET_SPEAKER " AS speaker, " FACET_ISSUE " AS issue, s.id AS statement,"        \
	" pair_fields(s.traits, s.detail, " FACET_ISSUE ") AS traits"                              \
	" FROM statement s, " TOKENS("\"s0\",") " a, " TOKENS("\"i0\",") " b"                      \
	" WHERE " HAS_FACETS " AND a.value GLOB 's*' AND b.value GLOB 'i*'"                      \
	" AND (a.value <> 's0' OR b.value <> 'i0')"

/* Rows of (key, n): what an actor or an issue must count, where it counts something else. */
#define WRONG_STATEMENTS                                                                           \
	"SELECT a.key, a.slug, coalesce(c.n, 0) AS n FROM actor a"                                 \
	" LEFT JOIN (SELECT speaker, count(*) AS n FROM statement WHERE " IS_COUNTED               \
	" GROUP BY speaker) c ON c.speaker = a.key"                                                \
	" WHERE a.statement_count <> coalesce(c.n, 0)"
#define WRONG_MENTIONS                                                                             \
	"SELECT a.key, a.slug, coalesce(c.n, 0) AS n FROM actor a"                                 \
	" LEFT JOIN (SELECT actor, count(*) AS n FROM (SELECT speaker AS actor FROM statement"     \
	" UNION ALL SELECT target FROM statement UNION ALL SELECT addressee FROM statement"        \
	" UNION ALL SELECT reported_by(detail) FROM statement)"                                    \
	" WHERE actor IS NOT NULL GROUP BY actor) c ON c.actor = a.key"                            \
	" WHERE a.mention_count <> coalesce(c.n, 0)"
#define WRONG_ISSUES                                                                               \
	"SELECT key, slug, n FROM (SELECT i.key, i.slug, i.statement_count AS kept,"               \
	" (SELECT count(*) FROM facet f WHERE f.speaker = 0 AND f.issue = i.key"                   \
	" AND f." IS_COUNTED ") AS n"                                                              \
	" FROM issue i) WHERE kept <> n"
#define WRONG_UNCOUNTED                                                                            \
	"SELECT i.key, i.slug, coalesce(c.n, 0) AS n FROM issue i"                                 \
	" LEFT JOIN (SELECT " KEY_OF("w") " AS issue, count(*) AS n"                               \
					  " FROM statement s, " TOKENS(                            \
						  "") " w WHERE s." IS_UNCOUNTED                   \
						      " AND w.value GLOB 'i*'"                     \
						      " GROUP BY 1) c ON c.issue = i.key WHERE "   \
						      "i.uncounted_count <> coalesce(c.n, 0)"
#define WRONG_ARTICLES                                                                             \
	"SELECT id AS key, n FROM (SELECT a.id, a.statement_count AS kept,"                        \
	" (SELECT count(*) FROM statement s WHERE s.article = a.id AND s." IS_COUNTED ") AS n"     \
	" FROM article a) WHERE kept <> n"

#define LAST_CHANGE(table) "(SELECT coalesce(max(changed), 0) FROM " table ")"
#define LAST_COMMIT                                                                                \
	"max(" LAST_CHANGE("article") ", " LAST_CHANGE("statement") ", " LAST_CHANGE("actor")      \
	", " LAST_CHANGE("issue") ")"
#define LAST_NUMBER(table) "(SELECT max(id & 2147483647) FROM " table ")"
#define IS_MISSING(actor)                                                                          \
	"(" actor " IS NOT NULL AND NOT EXISTS (SELECT 1 FROM actor WHERE key = " actor "))"
#define LACKS_TOKEN(letter, key)                                                                   \
	"(" key " > 0 AND NOT instr(' ' || s.facets || ' ', ' " letter "' || " key " || ' '))"

/* An article and its copies (db/copies.h), and their signatures (db/signature.h). */
#define HAS_NO_FIRST(a)                                                                            \
	a ".copy_of > 0 AND NOT EXISTS"                                                            \
	  " (SELECT 1 FROM article f WHERE f.id = " a ".copy_of AND f.copy_of = 0)"
#define MARK "(SELECT a.copy_of > 0 FROM article a WHERE a.id = s.article)"
#define IS_MISMARKED "(s.traits >> 55 & 1) <> " MARK
/* origin_of() in SQL, of a row `a` of article. */
#define ORIGIN_SQL                                                                                 \
	"CASE WHEN instr(a.outlet || a.published_at || a.url, char(31)) THEN '' ELSE a.outlet"     \
	" || char(31) || a.published_at || char(31) || a.url || char(31) || a.title END"
#define IS_STRANGE                                                                                 \
	"s.origin <> '' AND s.origin <>"                                                           \
	" (SELECT " ORIGIN_SQL " FROM article a WHERE a.id = s.article)"
#define IS_BAD_SIGNATURE                                                                           \
	"signature_band(signature, 0) IS NULL"                                                     \
	" OR article IN (SELECT id FROM article WHERE copy_of > 0)"
#define BANDS                                                                                      \
	"SELECT signature_band(s.signature, b.value) AS band, s.article"                           \
	" FROM article_signature s, json_each('[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,"   \
	"19,20,21,22,23]') b WHERE signature_band(s.signature, b.value) IS NOT NULL"

const struct rule rules[] = {
	/* First: what is repaired after it has the number of the commit to come. */
	{.since = 4,
	 .faults = "SELECT 'a row was changed by a commit that has not been' FROM state"
		   " WHERE commits < " LAST_COMMIT,
	 .repaired = "the number of commits",
	 .repair = {"UPDATE state SET commits = " LAST_COMMIT}},
	{.since = 1,
	 .faults = "SELECT 'a row of ' || \"table\" || ' refers to a row of ' || parent"
		   " || ' that is missing' FROM pragma_foreign_key_check"},
	{.since = 1,
	 .faults = "SELECT 'article ' || a.id || ' has no text' FROM article a"
		   " WHERE NOT EXISTS (SELECT 1 FROM article_text t WHERE t.article = a.id)"},
	{.since = 1,
	 .faults = "SELECT 'article ' || id || ' ' || fault"
		   " FROM (SELECT a.id, text_fault(t.text, a.sha256) AS fault FROM article a"
		   " CROSS JOIN article_text t ON t.article = a.id) WHERE fault IS NOT NULL"},
	{.since = 1,
	 .faults = "SELECT 'statement ' || id || ' ' || fault"
		   " FROM (SELECT id, record_fault(detail, facets) AS fault FROM statement)"
		   " WHERE fault IS NOT NULL"},
	{.since = 1,
	 .faults = "SELECT 'statement ' || s.id || ' names an actor that is missing'"
		   " FROM statement s WHERE " IS_MISSING("s.speaker")
		   " OR " IS_MISSING("s.target") " OR " IS_MISSING("s.addressee")
		   " OR " IS_MISSING("reported_by(s.detail)")},
	{.since = 1,
	 .faults = "SELECT 'statement ' || id || ' has another position than on its first issue'"
		   " FROM statement WHERE traits <> pair_fields(traits, detail, 0)",
	 .repaired = "positions that were not those on the first issue",
	 .repair = {"UPDATE statement SET traits = pair_fields(traits, detail, 0)" NOW_CHANGED
		    " WHERE traits <> pair_fields(traits, detail, 0)"}},
	{.since = 7,
	 .faults = "SELECT 'article ' || a.id || ' is a copy of one that is missing, or a copy'"
		   " FROM article a WHERE " HAS_NO_FIRST("a"),
	 .repaired = "copies of articles that are missing, or copies",
	 .repair = {"UPDATE article SET copy_of = 0" NOW_CHANGED
		    " WHERE " HAS_NO_FIRST("article")}},
	{.since = 7,
	 .faults = "SELECT 'statement ' || s.id || ' is marked otherwise than its article'"
		   " FROM statement s WHERE " IS_MISMARKED,
	 .repaired = "statements marked otherwise than their articles",
	 .repair = {"UPDATE statement AS s SET traits = traits & ~(1 << 55) | (" MARK " << 55)"
		    NOW_CHANGED " WHERE " IS_MISMARKED}},
	{.since = 8,
	 .faults = "SELECT 'statement ' || s.id || ' shows another article than its own'"
		   " FROM statement s WHERE " IS_STRANGE,
	 .repaired = "statements that showed other articles than their own",
	 .repair = {"UPDATE statement AS s SET origin = ''" NOW_CHANGED " WHERE " IS_STRANGE}},
	{.since = 7,
	 .faults = "SELECT 'article ' || article"
		   " || ' has a signature that is damaged, or a copy''s'"
		   " FROM article_signature WHERE " IS_BAD_SIGNATURE,
	 .repaired = "signatures that were damaged, or copies'",
	 .repair = {"DELETE FROM article_signature WHERE " IS_BAD_SIGNATURE}},
	{.since = 7,
	 .faults = "SELECT 'band ' || band || ' of article ' || article || ' is wrong' FROM ("
		   "SELECT band, article FROM article_band EXCEPT " BANDS ")"
		   " UNION ALL SELECT 'article ' || article || ' lacks the band ' || band FROM ("
		   BANDS " EXCEPT SELECT band, article FROM article_band)",
	 .repaired = "bands of signatures",
	 .repair = {"DELETE FROM article_band",
		    "INSERT OR IGNORE INTO article_band(band, article) " BANDS " ORDER BY 1, 2"}},
	{.since = 1,
	 .faults = "SELECT 'facet of speaker ' || f.speaker || ' and issue ' || f.issue"
		   " || ' differs from statement ' || f.statement"
		   " FROM facet f LEFT JOIN statement s ON s.id = f.statement"
		   " WHERE s.id IS NULL OR f.traits <> pair_fields(s.traits, s.detail, f.issue)"
		   " OR NOT " HAS_FACETS
		   " OR f.speaker + f.issue = 0 OR " LACKS_TOKEN(
			   "s", "f.speaker") " OR " LACKS_TOKEN("i", "f.issue"),
	 .repaired = "facets that differ from their statements",
	 .repair = {"DELETE FROM facet",
		    "INSERT OR IGNORE INTO facet " FACETS " ORDER BY 1, 2, 3"}},
	{.since = 7,
	 .until = 7,
	 .faults = "SELECT 'facet of speaker ' || f.speaker || ' and issue ' || f.issue"
		   " || ' names others than statement ' || s.id"
		   " FROM statement s JOIN facet f ON f.statement = s.id"
		   " WHERE f.actor <> coalesce(s.speaker, 0) OR f.target <> coalesce(s.target, 0)"
		   " OR f.member_of <> " MEMBER_OF},
	{.since = 7,
	 .faults = "SELECT 'statement ' || id || ' has facets that say otherwise whether it counts'"
		   " FROM statement s WHERE (' ' || facets || ' ' GLOB '* u *') <> (" IS_UNCOUNTED
		   ")",
	 .repaired = "facets that said otherwise whether a statement counts",
	 .repair = {"UPDATE statement SET facets = trim(replace(' ' || facets, ' u ', ' '))"
		    " WHERE " IS_COUNTED,
		    "UPDATE statement SET facets = trim('u ' || facets) WHERE " IS_UNCOUNTED
		    " AND ' ' || facets || ' ' NOT GLOB '* u *'"}},
	{.since = 1,
	 .faults = "SELECT 'statement ' || w.statement || ' lacks a facet' FROM (" FACETS ") w"
		   " WHERE NOT EXISTS (SELECT 1 FROM facet f WHERE f.speaker = w.speaker"
		   " AND f.issue = w.issue AND f.statement = w.statement)",
	 .repaired = "facets that were missing",
	 .repair = {"INSERT OR IGNORE INTO facet " FACETS " ORDER BY 1, 2, 3"}},
	{.since = 1,
	 .faults = "SELECT 'statement ' || id || ' has an id that the counter has not given'"
		   " FROM statement WHERE (id & 2147483647) > (SELECT counter FROM state)"
		   " UNION ALL"
		   " SELECT 'article ' || id || ' has an id that the counter has not given'"
		   " FROM article WHERE (id & 2147483647) > (SELECT counter FROM state)",
	 .repaired = "the counter of ids",
	 .repair = {"UPDATE state SET counter = max(counter, coalesce(" LAST_NUMBER(
		 "article") ", 0), coalesce(" LAST_NUMBER("statement") ", 0))"}},
	{.since = 1,
	 .faults = "SELECT 'the count of articles is wrong' FROM state"
		   " WHERE articles <> (SELECT count(*) FROM article)",
	 .repaired = "the count of articles",
	 .repair = {"UPDATE state SET articles = (SELECT count(*) FROM article)"}},
	{.since = 1,
	 .faults = "SELECT 'the count of statements is wrong' FROM state"
		   " WHERE statements <> (SELECT count(*) FROM statement WHERE " IS_COUNTED ")",
	 .repaired = "the count of statements",
	 .repair = {"UPDATE state SET statements ="
		    " (SELECT count(*) FROM statement WHERE " IS_COUNTED ")"}},
	{.since = 1,
	 .faults = "SELECT 'the count of actors is wrong' FROM state"
		   " WHERE actors <> (SELECT count(*) FROM actor)",
	 .repaired = "the count of actors",
	 .repair = {"UPDATE state SET actors = (SELECT count(*) FROM actor)"}},
	{.since = 1,
	 .faults = "SELECT 'the count of issues is wrong' FROM state"
		   " WHERE issues <> (SELECT count(*) FROM issue)",
	 .repaired = "the count of issues",
	 .repair = {"UPDATE state SET issues = (SELECT count(*) FROM issue)"}},
	{.since = 1,
	 .faults = "SELECT 'article ' || key || ' counts its statements wrongly'"
		   " FROM (" WRONG_ARTICLES ")",
	 .repaired = "the articles' counts of statements",
	 .repair = {"UPDATE article SET statement_count = w.n" NOW_CHANGED " FROM (" WRONG_ARTICLES
		    ") w WHERE w.key = article.id"}},
	{.since = 1,
	 .faults = "SELECT 'actor ' || slug || ' counts its statements wrongly'"
		   " FROM (" WRONG_STATEMENTS ")",
	 .repaired = "the actors' counts of statements",
	 .repair = {"UPDATE actor SET statement_count = w.n" NOW_CHANGED " FROM (" WRONG_STATEMENTS
		    ") w WHERE w.key = actor.key"}},
	{.since = 1,
	 .faults = "SELECT 'actor ' || slug || ' counts its mentions wrongly'"
		   " FROM (" WRONG_MENTIONS ")",
	 .repaired = "the actors' counts of mentions",
	 .repair = {"UPDATE actor SET mention_count = w.n" NOW_CHANGED " FROM (" WRONG_MENTIONS
		    ") w WHERE w.key = actor.key"}},
	{.since = 1,
	 .faults = "SELECT 'issue ' || slug || ' counts its statements wrongly'"
		   " FROM (" WRONG_ISSUES ")",
	 .repaired = "the issues' counts of statements",
	 .repair = {"UPDATE issue SET statement_count = w.n" NOW_CHANGED " FROM (" WRONG_ISSUES
		    ") w WHERE w.key = issue.key"}},
	{.since = 2,
	 .faults =
		 "SELECT 'issue ' || i.slug || ' is edited without its terms, or has some without'"
		 " FROM issue i WHERE i.is_edited <>"
		 " (SELECT count(*) FROM issue_edit d WHERE d.issue = i.key)"},
	{.since = 2,
	 .until = 3,
	 .faults = "SELECT 'the count of late articles is wrong' FROM reissue"
		   " WHERE late <> (SELECT count(*) FROM reissue_late)"},
	{.since = 3,
	 .faults = "SELECT 'the tally ' || key || ' is wrong' FROM (SELECT key, sum(n) AS n FROM"
		   " (SELECT key, statements AS n FROM tally"
		   " UNION ALL SELECT key, -n FROM (" TALLIES ")) GROUP BY key) WHERE n <> 0",
	 .repaired = "the tallies",
	 .repair = {"DELETE FROM tally", "INSERT INTO tally(key, statements) " TALLIES}},
	{.since = 7,
	 .until = 7,
	 .faults = "SELECT 'the tally ' || key || ' of an actor is wrong' FROM"
		   " (SELECT key, sum(n) AS n FROM (SELECT key, statements AS n FROM actor_tally"
		   " UNION ALL SELECT key, -n FROM (" ACTOR_TALLIES "))"
		   " GROUP BY key) WHERE n <> 0"},
	{.since = 4,
	 .faults = "SELECT 'issue ' || slug || ' counts its uncounted statements wrongly'"
		   " FROM (" WRONG_UNCOUNTED ")",
	 .repaired = "the issues' counts of uncounted statements",
	 .repair = {"UPDATE issue SET uncounted_count = w.n" NOW_CHANGED " FROM (" WRONG_UNCOUNTED
		    ") w WHERE w.key = issue.key"}},
	{.since = 4,
	 .faults = "SELECT 'article ' || a.id || ' has an edition that was never in force'"
		   " FROM article a, reread r WHERE a.edition > r.edition",
	 .repaired = "editions that were never in force",
	 .repair = {"UPDATE article SET edition = 0"
		    " WHERE edition > (SELECT edition FROM reread)"}},
	{.since = 4,
	 .faults = "SELECT 'the count of stale articles is wrong' FROM reread r"
		   " WHERE r.stale <> (SELECT count(*) FROM article a WHERE a.edition < r.edition)",
	 .repaired = "the count of stale articles",
	 .repair = {"UPDATE reread SET stale ="
		    " (SELECT count(*) FROM article a WHERE a.edition < reread.edition)",
		    "UPDATE reread SET finished_ms = 0 WHERE stale > 0"}},
	{.since = 7,
	 .faults = "SELECT 'statement ' || s.id || ' names an edit that is missing'"
		   " FROM statement s WHERE s.edit > 0"
		   " AND NOT EXISTS (SELECT 1 FROM edit d WHERE d.id = s.edit)",
	 .repaired = "edits that statements name and that are missing",
	 .repair = {"UPDATE statement SET edit = 0" NOW_CHANGED " WHERE edit > 0"
		    " AND NOT EXISTS (SELECT 1 FROM edit d WHERE d.id = statement.edit)"}},
	{.since = 7,
	 .faults = "SELECT 'actor ' || m.slug || ' is merged into one that is not there, or merged'"
		   " FROM actor m WHERE m.merged IS NOT NULL AND NOT EXISTS"
		   " (SELECT 1 FROM actor a WHERE a.key = m.merged AND a.merged IS NULL)"
		   " UNION ALL"
		   " SELECT 'issue ' || m.slug"
		   " || ' is merged into one that is not there, or merged'"
		   " FROM issue m WHERE m.merged IS NOT NULL AND NOT EXISTS"
		   " (SELECT 1 FROM issue i WHERE i.key = m.merged AND i.merged IS NULL)"},
};
/* clang-format on */
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
	unsigned char digest[DIGEST_BYTES];
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

/* Every string of a record in UTF-8? They are views of it. */
static bool strings_are_good(const struct statement *s)
{
	const struct str v[] = {s->speaker_role, s->engine, s->said_on.text, s->said_on.date,
				s->said_on.rule};
	for (size_t i = 0; i < sizeof v / sizeof v[0]; i++)
		if (utf8_valid_prefix(v[i]) != v[i].n)
			return false;
	return true;
}

static bool has_issue(struct str facets, int64_t issue)
{
	for (int64_t key; (key = facets_next_issue(&facets)) != 0;)
		if (key == issue)
			return true;
	return false;
}

static size_t count_issues(struct str facets)
{
	size_t n = 0;
	for (struct str token; str_split(&facets, ' ', &token);)
		n += token.n && token.p[0] == 'i';
	return n;
}

/* An issue that is there twice has one token. */
static bool issues_agree(const int64_t *keys, size_t n, struct str facets)
{
	size_t different = 0;
	for (size_t i = 0; i < n; i++) {
		bool is_first = true;
		for (size_t k = 0; k < i && is_first; k++)
			is_first = keys[k] != keys[i];
		different += is_first;
		if (!has_issue(facets, keys[i]))
			return false;
	}
	return different == count_issues(facets);
}

static const char *find_record_fault(struct str record, struct str facets, struct arena *a)
{
	struct statement s = {0};
	struct err e = {0};
	int64_t by;
	const int64_t *issues;
	if (record_read(record, a, &s, &by, &issues, &e))
		return "has details that cannot be read";
	if (!strings_are_good(&s))
		return "has details that are not UTF-8";
	return issues_agree(issues, s.n_issues, facets)
		       ? NULL
		       : "has other issues in its details than in its facets";
}

/* record_fault(record, facets) */
static void record_fault(sqlite3_context *c, int n, sqlite3_value **v)
{
	(void)n;
	struct arena a;
	arena_init(&a, RECORD_ARENA_BYTES);
	say(c, find_record_fault(bytes_of(v[0]), bytes_of(v[1]), &a));
	arena_release(&a);
}

/* reported_by(record): the actor's key, or NULL */
static void reported_by(sqlite3_context *c, int n, sqlite3_value **v)
{
	(void)n;
	struct arena a;
	struct statement s = {0};
	struct err e = {0};
	int64_t by = 0;
	const int64_t *issues;
	arena_init(&a, RECORD_ARENA_BYTES);
	if (record_read(bytes_of(v[0]), &a, &s, &by, &issues, &e) == 0 && by)
		sqlite3_result_int64(c, by);
	arena_release(&a);
}

/* pair_fields(traits, record, issue): what the packed fields are on the issue, 0 for the
 * statement's own; as they are where the record cannot be read, which is a fault of its own. */
static void pair_fields(sqlite3_context *c, int n, sqlite3_value **v)
{
	(void)n;
	struct arena a;
	struct statement s = {0};
	struct err e = {0};
	int64_t by, fields = sqlite3_value_int64(v[0]), issue = sqlite3_value_int64(v[2]);
	const int64_t *issues;
	arena_init(&a, RECORD_ARENA_BYTES);
	fields_unpack(fields, &s);
	if (record_read(bytes_of(v[1]), &a, &s, &by, &issues, &e) == 0) {
		size_t at = 0;
		while (at < s.n_issues && issues[at] != issue)
			at++;
		if (issue == 0)
			fields = fields_own(fields, s.issues, s.n_issues);
		else if (at < s.n_issues)
			fields = fields_on_issue(fields, &s.issues[at]);
	}
	sqlite3_result_int64(c, fields);
	arena_release(&a);
}

_Static_assert(SIGNATURE_BANDS == 24 && FIELD_COPY_SHIFT == 55, "as written above");

/* signature_band(signature, band): its key, or NULL where it is no signature. */
static void band_key(sqlite3_context *c, int n, sqlite3_value **v)
{
	(void)n;
	struct signature s;
	int band = sqlite3_value_int(v[1]);
	if (signature_read(bytes_of(v[0]), &s) && band >= 0 && band < SIGNATURE_BANDS)
		sqlite3_result_int64(c, signature_band(&s, band));
}

int rules_prepare(sqlite3 *db, struct err *e)
{
	static const struct {
		const char *name;
		int arguments;
		void (*run)(sqlite3_context *, int, sqlite3_value **);
	} functions[] = {
		{"text_fault", 2, text_fault},	   {"is_utf8", 1, is_utf8},
		{"record_fault", 2, record_fault}, {"reported_by", 1, reported_by},
		{"pair_fields", 3, pair_fields},   {"signature_band", 2, band_key},
	};
	const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
	for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++)
		if (sqlite3_create_function(db, functions[i].name, functions[i].arguments, flags,
					    NULL, functions[i].run, NULL, NULL))
			return sql_fail(db, functions[i].name, e);
	/* Sorting millions of rows goes through files, not through memory. */
	return sql_once(db, "PRAGMA temp_store = FILE", e);
}
