/* What the rows say of one another: the rules of db/sqlite/rules.c that SQL alone can tell. */
#include <stdio.h>
#include <stdlib.h>

#include "db/maintenance.h"
#include "db/postgresql/postings_check.h"
#include "db/sqlite/migrate.h"

#define IS_COUNTED "traits >> 43 & 1 = 0"
#define HAS_FACETS "(s." IS_COUNTED " OR (s.traits >> 54 & 1 = 1 AND s.traits >> 27 & 7 <> 3))"
/* The keys that follow a letter in "s0 s24 i33", and 0. */
#define KEYS(letter)                                                                               \
	"(SELECT 0 AS key UNION SELECT CAST(substr(w, 2) AS BIGINT)"                               \
	" FROM unnest(string_to_array(convert_from(s.facets, 'UTF8'), ' ')) w"                     \
	" WHERE w LIKE '" letter "%')"
#define FACETS                                                                                     \
	"SELECT a.key AS speaker, b.key AS issue, s.id FROM statement s, LATERAL " KEYS(           \
		"s") " a, LATERAL " KEYS("i") " b WHERE " HAS_FACETS " AND a.key + b.key > 0"
#define MONTH                                                                                      \
	"(SELECT extract(year FROM d)::bigint * 12 + extract(month FROM d)::bigint - 1"            \
	" FROM (SELECT date '1970-01-01' + ((id >> 31) - 719163)::int AS d) q)"
#define TALLIES                                                                                    \
	"SELECT " MONTH " << 14 | (traits >> 10 & 16383) AS key, count(*) AS n"                    \
	" FROM statement WHERE " IS_COUNTED " GROUP BY 1"
#define NAME(column) "convert_from(" column ", 'UTF8')"
#define COUNTS(thing, name, key, rows, column)                                                     \
	"SELECT '" thing " ' || " name " || ' counts its statements wrongly' FROM " thing " x"     \
	" LEFT JOIN (SELECT " column " AS counted, count(*) AS n FROM " rows " GROUP BY 1) c"      \
	" ON counted = x." key " WHERE statement_count <> coalesce(n, 0)"

/* Each gives a text a fault. */
static const char *const rules[] = {
	"SELECT 'article ' || id || ' has no text' FROM article a"
	" WHERE NOT EXISTS (SELECT 1 FROM article_text t WHERE t.article = a.id)",
	"SELECT 'the text of article ' || id || ' is another than it was' FROM article a"
	" JOIN article_text t ON t.article = a.id WHERE sha256(t.text) <> a.sha256",
	"SELECT 'text, source, signature or band without article ' || x.article FROM"
	" (SELECT article FROM article_text UNION SELECT article FROM article_source"
	" UNION SELECT article FROM article_signature UNION SELECT article FROM article_band"
	" UNION SELECT article FROM statement) x"
	" WHERE NOT EXISTS (SELECT 1 FROM article a WHERE a.id = x.article)",
	"SELECT 'statement ' || s.id || ' names an actor that is missing' FROM statement s,"
	" LATERAL (VALUES (s.speaker), (s.target), (s.addressee)) v(key) WHERE key IS NOT NULL"
	" AND NOT EXISTS (SELECT 1 FROM actor a WHERE a.key = v.key)",
	"SELECT 'article ' || a.id || ' is a copy of one that is missing, or a copy' FROM article a"
	" WHERE copy_of > 0 AND NOT EXISTS"
	" (SELECT 1 FROM article f WHERE f.id = a.copy_of AND f.copy_of = 0)",
	"SELECT 'statement ' || s.id || ' is marked otherwise than its article' FROM statement s"
	" JOIN article a ON a.id = s.article"
	" WHERE (s.traits >> 55 & 1 = 1) <> (a.copy_of > 0)",
	"SELECT 'statement ' || id || ' has a facet too many' FROM"
	" (SELECT speaker, issue, statement AS id FROM facet EXCEPT " FACETS ") x",
	"SELECT 'statement ' || id || ' lacks a facet' FROM"
	" (" FACETS " EXCEPT SELECT speaker, issue, statement FROM facet) x",
	"SELECT 'id ' || x.id || ' was not given by the counter' FROM (SELECT id FROM statement"
	" UNION SELECT id FROM article) x, state WHERE x.id & 2147483647 > counter",
	"SELECT 'the counts of rows are wrong' FROM state"
	" WHERE articles <> (SELECT count(*) FROM article)"
	" OR statements <> (SELECT count(*) FROM statement WHERE " IS_COUNTED ")"
	" OR actors <> (SELECT count(*) FROM actor) OR issues <> (SELECT count(*) FROM issue)",
	COUNTS("article", "x.id", "id", "statement WHERE " IS_COUNTED, "article"),
	COUNTS("actor", NAME("x.slug"), "key", "statement WHERE " IS_COUNTED, "speaker"),
	COUNTS("issue", NAME("x.slug"), "key", "facet WHERE speaker = 0 AND " IS_COUNTED, "issue"),
	"SELECT 'issue ' || " NAME(
		"i.slug") " || ' is edited without its terms, or has some without'"
			  " FROM issue i WHERE i.is_edited <>"
			  " (SELECT count(*) FROM issue_edit d WHERE d.issue = i.key)",
	"SELECT 'the tally ' || key || ' is wrong' FROM"
	" ((SELECT key, statements FROM tally EXCEPT " TALLIES ")"
	" UNION (" TALLIES " EXCEPT SELECT key, statements FROM tally)) x",
	"SELECT 'the count of stale articles is wrong' FROM reread r"
	" WHERE r.stale <> (SELECT count(*) FROM article a WHERE a.edition < r.edition)",
	"SELECT 'article ' || a.id || ' has an edition that was never in force'"
	" FROM article a, reread r WHERE a.edition > r.edition",
	"SELECT 'statement ' || s.id || ' names an edit that is missing' FROM statement s"
	" WHERE s.edit > 0 AND NOT EXISTS (SELECT 1 FROM edit d WHERE d.id = s.edit)",
	"SELECT 'actor ' || " NAME(
		"m.slug") " || ' is merged into one that is not there, or merged'"
			  " FROM actor m WHERE m.merged IS NOT NULL AND NOT EXISTS"
			  " (SELECT 1 FROM actor a WHERE a.key = m.merged AND a.merged IS NULL)",
	"SELECT 'issue ' || " NAME(
		"m.slug") " || ' is merged into one that is not there, or merged'"
			  " FROM issue m WHERE m.merged IS NOT NULL AND NOT EXISTS"
			  " (SELECT 1 FROM issue i WHERE i.key = m.merged AND i.merged IS NULL)",
};

/* Rules go by whole tables: what a connection forbids to questions (connection.c) is better here.
 */
static const char plan_freely[] =
	"SELECT count(set_config(name, value, true)) FROM (VALUES ('enable_seqscan', 'on'),"
	" ('enable_bitmapscan', 'on'), ('enable_hashjoin', 'on'), ('enable_mergejoin', 'on'),"
	" ('join_collapse_limit', '8'), ('plan_cache_mode', 'auto')) v(name, value)";

static int report_rule(sqlite3 *db, const char *rule, void (*report)(void *, const char *),
		       void *context, struct err *e)
{
	sqlite3_stmt *st = sql_prepare(db, rule, e);
	if (!st)
		return -1;
	int row, n = 0;
	char text[256];
	while ((row = sql_row(st, e)) > 0) {
		struct str fault = sql_column(st, 0);
		snprintf(text, sizeof text, "%.*s", STR_ARG(fault));
		if (n++ < CHECK_FAULTS_MAX)
			report(context, text);
	}
	snprintf(text, sizeof text, "and %d more", n - CHECK_FAULTS_MAX);
	if (n > CHECK_FAULTS_MAX)
		report(context, text);
	sqlite3_finalize(st);
	return row;
}

int store_check(const char *path, void (*report)(void *, const char *fault), void *context,
		struct err *e)
{
	char *name = sql_real_path(path, false, e);
	sqlite3 *db = name ? sql_open(name, SQL_LOOK, 0, e) : NULL;
	int64_t ignored;
	int version, result = db && migrate_version(db, &version, e) == 0 &&
					      sql_once(db, "BEGIN", e) == 0 &&
					      postings_check(db, report, context, e) == 0 &&
					      sql_number(db, plan_freely, &ignored, e) == 0
				      ? 0
				      : -1;
	for (size_t i = 0; result == 0 && i < sizeof rules / sizeof rules[0]; i++)
		result = report_rule(db, rules[i], report, context, e);
	sqlite3_close(db);
	free(name);
	return result;
}
