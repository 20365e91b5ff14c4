/* One transaction of many writes, in the making. What sorts well or must come in rising order waits
 * for the end. The writer's thread alone. */
#ifndef DEMARCHE_DB_SQLITE_TRANSACTION_H
#define DEMARCHE_DB_SQLITE_TRANSACTION_H

#include "base/buf.h"
#include "db/sqlite/key_cache.h"
#include "db/sqlite/state.h"
#include "db/statement_block.h"

/* A row of `facet` to add or drop. */
struct facet_op {
	int64_t speaker, issue, statement, fields;
	size_t number; /* keeps the order among equals */
	bool is_drop;
};
/* A statement to add to the blocks, or to take out of them (its id alone). */
struct block_op {
	struct block_entry entry; /* its outlet is looked up by its article at the end */
	size_t number;
	bool is_drop;
};
/* A statement's entry in the full-text index. */
struct fts_op {
	int64_t statement;
	struct str content, facets, nearby, role;
	size_t number;
	bool is_drop;
};
/* Changes of an actor's or an issue's counts, or of a tally of whatever kind. `others`: of an actor
 * its mentions in whatever part of a statement, of an issue its statements that are not counted. */
struct count_op {
	int64_t key, statements, others;
};

/* The outlet of an article that was added, or that has a key. */
struct named_outlet {
	int64_t number; /* the article's id or the key */
	struct str name;
};

struct named_outlets {
	struct named_outlet *v;
	size_t n, cap;
};
struct facet_ops {
	struct facet_op *v;
	size_t n, cap;
};
struct block_ops {
	struct block_op *v;
	size_t n, cap;
};
struct fts_ops {
	struct fts_op *v;
	size_t n, cap;
};
struct count_ops {
	struct count_op *v;
	size_t n, cap;
};

struct transaction {
	struct write_connection *connection;
	struct key_cache *keys;
	const struct state *committed;
	struct state state; /* as it will be */
	/* Without bounds: by it an allocation that the system refused differs from one beyond the
	 * arena's. */
	struct budget budget;
	struct arena arena;
	struct buf record; /* scratch */
	int64_t commit;	   /* the number of this transaction, if it changes a row */
	int64_t changes;   /* of rows, before it */
	bool renames;	   /* a row that readers may remember changes, but for statements */
	bool is_stale;	   /* the article at hand was read with an edition not in force any more */
	struct ahead *ahead; /* what is known ahead (ahead.h), or NULL */
	struct facet_ops facets;
	struct block_ops blocks;
	struct fts_ops fts;
	struct count_ops actors, issues, tallies;
	struct named_outlets fresh, outlets; /* new articles'; keys */
};

/* 0, or -1 with *e, after which the transaction must be rolled back. To be released in any case. */
int transaction_begin(struct transaction *t, struct write_connection *c, struct key_cache *keys,
		      const struct state *committed, struct err *e) MUST_CHECK;
/* All but the blocks and COMMIT. */
int transaction_flush(struct transaction *t, struct err *e) MUST_CHECK;
void transaction_release(struct transaction *t);

/* The statement that runs the text. */
static inline sqlite3_stmt *transaction_sql(const struct transaction *t, enum writer_sql text)
{
	return t->connection->st[text];
}

int transaction_add_facet(struct transaction *t, const struct facet_op *op,
			  struct err *e) MUST_CHECK;
int transaction_add_block(struct transaction *t, const struct block_op *op,
			  struct err *e) MUST_CHECK;
int transaction_add_fts(struct transaction *t, const struct fts_op *op, struct err *e) MUST_CHECK;
/* So that nobody looks it up. The name lasts as long as the transaction. */
int transaction_note_outlet(struct transaction *t, int64_t article, struct str name,
			    struct err *e) MUST_CHECK;
/* The key 0 is nobody. */
int transaction_count_actor(struct transaction *t, int64_t key, int64_t statements,
			    int64_t mentions, struct err *e) MUST_CHECK;
int transaction_count_issue(struct transaction *t, int64_t key, int64_t statements,
			    int64_t uncounted, struct err *e) MUST_CHECK;
int transaction_count_tally(struct transaction *t, int64_t key, int64_t statements,
			    struct err *e) MUST_CHECK; /* tally_key() */

#endif
