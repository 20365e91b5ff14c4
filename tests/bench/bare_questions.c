/* Each question timed by itself. */
#include "tests/bench/bare_questions.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/date.h"
#include "db/sqlite/sql.h"
#include "db/store.h"
#include "tests/bench/bare_sql.h"

enum { CACHE_MB = 32, TEXTS_MAX = 8, TIMES_MAX = 1 << 20 };

#define OF_PAIR                                                                                    \
	" FROM facet f CROSS JOIN statement s ON s.id = f.statement"                               \
	" WHERE f.speaker = ?1 AND f.issue = ?2 GROUP BY 1 ORDER BY 2 DESC LIMIT 10"
#define OF_FIELDS                                                                                  \
	" FROM facet f WHERE f.speaker = ?1 AND f.issue = ?2 GROUP BY 1 ORDER BY 2 DESC LIMIT 10"

static const char *const texts[][TEXTS_MAX] = {
	[BARE_SUGGEST] =
		{"SELECT l.folded, l.alias, a.key, a.statement_count, a.slug, a.name, a.kind, "
		 "a.country FROM actor_alias l CROSS JOIN actor a ON a.key = l.actor"
		 " WHERE l.folded >= ?3 AND l.folded < ?4 ORDER BY a.statement_count DESC LIMIT 10",
		 "SELECT l.folded, l.term, i.key, i.statement_count, i.slug, i.label FROM "
		 "issue_term "
		 "l CROSS JOIN issue i ON i.key = l.issue WHERE l.folded >= ?3 AND l.folded < ?4"
		 " ORDER BY i.statement_count DESC LIMIT 10"},
	[BARE_FACETS] =
		{"SELECT s.speaker, count(*)" OF_PAIR,
		 "SELECT substr(s.facets, 1, instr(s.facets, ' i')), count(*)" OF_PAIR,
		 "SELECT a.outlet, count(*) FROM facet f CROSS JOIN statement s ON s.id = "
		 "f.statement CROSS JOIN article a ON a.id = s.article WHERE f.speaker = ?1 "
		 "AND f.issue = ?2 GROUP BY 1 ORDER BY 2 DESC LIMIT 10",
		 "SELECT f.issue, count(*)" OF_FIELDS,
		 "SELECT f.traits >> 13 & 7, count(*)" OF_FIELDS,
		 "SELECT f.traits >> 16 & 63, count(*)" OF_FIELDS,
		 "SELECT f.traits >> 10 & 7, count(*)" OF_FIELDS,
		 "SELECT strftime('%Y-%m', ((f.statement >> 31) - 719163) * 86400, "
		 "'unixepoch'), count(*)" OF_FIELDS},
	[BARE_PAGE] =
		{"SELECT s.id, s.article, s.speaker, s.target, s.addressee, s.traits, s.role, "
		 "s.content, s.detail, a.title, a.url, a.outlet, a.published_at, p.slug, p.name, "
		 "p.kind, p.country, t.slug, t.name, t.kind, t.country FROM facet f"
		 " CROSS JOIN statement s ON s.id = f.statement CROSS JOIN article a"
		 " ON a.id = s.article LEFT JOIN actor p ON p.key = s.speaker"
		 " LEFT JOIN actor t ON t.key = s.target WHERE f.speaker = ?1 AND f.issue = ?2"
		 " ORDER BY f.statement DESC LIMIT 51"},
};

struct asked {
	sqlite3_stmt *st[TEXTS_MAX];
	size_t bytes; /* looked at: nothing is optimized away */
};

struct question {
	int64_t speaker, issue;
	char from[TYPED_LETTERS + 1], to[TYPED_LETTERS + 5];
};

static int make_question(sqlite3 *db, const struct pair *p, struct question *q, struct err *e)
{
	if (bare_pair_keys(db, p, &q->speaker, &q->issue, e))
		return -1;
	for (int i = 0; i < TYPED_LETTERS; i++)
		q->from[i] = (char)(p->speaker[i] | 32); /* ASCII, in lower case */
	memcpy(q->to, q->from, TYPED_LETTERS);
	memcpy(q->to + TYPED_LETTERS, "\xF4\x8F\xBF\xBF", 5);
	return 0;
}

static int ask(struct asked *k, const struct question *q, struct err *e)
{
	for (int t = 0; t < TEXTS_MAX && k->st[t]; t++) {
		int row;
		sqlite3_bind_int64(k->st[t], 1, q->speaker);
		sqlite3_bind_int64(k->st[t], 2, q->issue);
		sqlite3_bind_text(k->st[t], 3, q->from, TYPED_LETTERS, SQLITE_STATIC);
		sqlite3_bind_text(k->st[t], 4, q->to, -1, SQLITE_STATIC);
		while ((row = sql_row(k->st[t], e)) > 0)
			for (int i = 0; i < sqlite3_column_count(k->st[t]); i++)
				k->bytes += sqlite3_column_blob(k->st[t], i) ? 1 : 0;
		if (row < 0)
			return -1;
	}
	return 0;
}

static int by_time(const void *x, const void *y)
{
	double a = *(const double *)x, b = *(const double *)y;
	return a < b ? -1 : a > b;
}

/* After a first round, which warms what the service has warm, too. */
static int time_questions(struct asked *k, const struct question *v, int n, double seconds,
			  struct bare_times *out, struct err *e)
{
	double *times = malloc(TIMES_MAX * sizeof *times);
	size_t done = 0;
	int rc = times ? 0 : err_set(e, ERR_BUSY, NULL, "out of memory");
	for (int i = 0; i < n && rc == 0; i++)
		rc = ask(k, &v[i], e);
	int64_t end = now_monotonic_ns() + (int64_t)(seconds * 1e9);
	for (size_t i = 0; rc == 0 && done < TIMES_MAX && now_monotonic_ns() < end; i++) {
		int64_t began = now_monotonic_ns();
		rc = ask(k, &v[i * 7 % (size_t)n], e);
		times[done++] = (double)(now_monotonic_ns() - began) / 1e3;
	}
	if (rc == 0 && done) {
		qsort(times, done, sizeof *times, by_time);
		*out = (struct bare_times){times[done / 2], times[done * 99 / 100]};
	}
	free(times);
	return rc;
}

int bare_questions_run(struct bare_times *out, enum bare_question which, const char *database,
		       const struct pairs *pairs, double seconds, struct err *e)
{
	static struct question v[PAIRS_MAX];
	struct asked k = {0};
	sqlite3 *db = sql_open(database, SQL_READ, CACHE_MB, e);
	int rc = db && sql_once(db, "PRAGMA mmap_size = 2146435072", e) == 0 ? 0 : -1;
	for (int t = 0; rc == 0 && t < TEXTS_MAX && texts[which][t]; t++)
		rc = (k.st[t] = sql_prepare(db, texts[which][t], e)) ? 0 : -1;
	for (int i = 0; rc == 0 && i < pairs->n; i++)
		rc = make_question(db, &pairs->v[i], &v[i], e);
	if (rc == 0)
		rc = time_questions(&k, v, pairs->n, seconds, out, e);
	for (int t = 0; t < TEXTS_MAX; t++)
		sqlite3_finalize(k.st[t]);
	sqlite3_close(db);
	return rc;
}
