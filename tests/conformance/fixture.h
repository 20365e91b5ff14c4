/* What the tests of the store's contract share: a fresh store of the engine under test, and short
 * words for writes and questions. The tests speak through db's public headers alone, so that each
 * engine can run them: it has its hooks in engine_NAME.c, and Makefile names it in ENGINES. */
#ifndef DEMARCHE_TESTS_CONFORMANCE_FIXTURE_H
#define DEMARCHE_TESTS_CONFORMANCE_FIXTURE_H

#include <stdio.h>
#include <unistd.h>

#include "db/maintenance.h"
#include "db/store.h"
#include "tests/unit/actor.h"
#include "tests/unit/unit.h"

struct fixture {
	char folder[32], path[320]; /* the engine's: of the database */
	struct store *store;
	struct arena arena;
	struct err e;
};

/* --- the engine's hooks --- */

/* Does it take copies (store_backup)? */
extern const bool engine_has_backup;

/* Sets f->path to where there is no database yet. */
void engine_make(struct fixture *f);
/* Removes the database at f->path, and copies of it named after it. */
void engine_remove(struct fixture *f);

/* --- the store --- */

static const int64_t LONG_NS = 60000000000;

struct store_options fixture_options(const struct fixture *f);
/* A place for a database, not opened. */
void fixture_make(struct fixture *f);
void fixture_open(struct fixture *f); /* made and open for writing */
void fixture_reopen(struct fixture *f);
void fixture_close(struct fixture *f);
/* Fails on any fault that the store finds in itself (store_check). */
void fixture_check(struct fixture *f);
void no_fault(void *context, const char *what);

/* --- writes --- */

extern const struct actor wang, china, usa;
extern const struct issue core, trade; /* trade is an open one */

struct statement plain_statement(struct str content, const struct actor *speaker);
/* Every field is set to something else than its default. */
struct statement full_statement(const struct issue_hit *hits, size_t n);
void same_statement(const struct statement *a, const struct statement *b);

struct write made_article(struct str text, struct str published, const struct statement *v,
			  size_t n);
/* Writes, and fails if that does; the article's id. */
int64_t fixture_write(struct fixture *f, struct write *w);

/* --- questions --- */

/* To be given back by reader_return. */
struct reader *fixture_reader(struct fixture *f);
/* A query without conditions. */
struct statement_query query_all(int limit);
struct statement_list fixture_ask(struct fixture *f, const struct statement_query *q,
				  int64_t *next);
struct article fixture_article(struct fixture *f, int64_t id);
/* The article that has this text, as this reader sees it; as store_article_of. */
int article_of_text(struct reader *r, struct str text, struct arena *a, struct article *out,
		    struct err *e);
struct actor_match fixture_actor(struct fixture *f, struct str id);
struct issue_match fixture_issue(struct fixture *f, struct str id);
/* How many issues there are. */
size_t fixture_count_issues(struct fixture *f);

#endif
