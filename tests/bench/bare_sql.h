/* SQLite with nothing around it, the measure of our store: the page's SQL, prepared, in process;
 * and rows inserted in a loop. On the same schema, the same database, the same settings of the
 * connection. */
#ifndef DEMARCHE_TESTS_BENCH_BARE_SQL_H
#define DEMARCHE_TESTS_BENCH_BARE_SQL_H

#include <sqlite3.h>

#include "base/err.h"
#include "tests/bench/pairs.h"

/* The keys of a pair; of the speaker with those who speak for it. */
int bare_pair_keys(sqlite3 *db, const struct pair *p, int64_t *speaker, int64_t *issue,
		   struct err *e) MUST_CHECK;

struct bare_pages {
	double cpu_us;	      /* CPU time a page */
	double issues_cpu_us; /* beside that: the rows of the issues that the page names, each */
	double rows_a_page;
};

/* The pages of all pairs, over and over for some seconds: one statement of SQL a page that reads
 * every column which the answer is made of, with the names of the actors. */
int bare_pages_run(struct bare_pages *out, const char *database, const struct pairs *pairs,
		   double seconds, struct err *e) MUST_CHECK;

struct bare_rows;

/* Reads the last `articles` articles of a database, with all rows that belong to
 * them, into memory. */
struct bare_rows *bare_rows_read(const char *database, int64_t since_ms, int articles_max,
				 struct err *e) MUST_CHECK;
void bare_rows_free(struct bare_rows *r);
int bare_rows_articles(const struct bare_rows *r);
double bare_rows_statements(const struct bare_rows *r); /* an article */

/* Inserts them all into another database, `group` articles a transaction; durable
 * (synchronous=FULL). Gives the articles a second. */
int bare_rows_insert(const struct bare_rows *r, const char *database, int group, int cache_mb,
		     double *rate, struct err *e) MUST_CHECK;

#endif
