/* A connection to PostgreSQL in pipeline mode: commands go out without waiting, and their results
 * are read in order when somebody asks. What the bridge calls a sqlite3. One thread at a time. */
#ifndef DEMARCHE_DB_POSTGRESQL_CONNECTION_H
#define DEMARCHE_DB_POSTGRESQL_CONNECTION_H

#include "db/postgresql/bridge/sqlite3.h"

#include "db/postgresql/libpq.h"

/* Types of values, by PostgreSQL's numbers. */
enum {
	PG_BOOL = 16,
	PG_BYTEA = 17,
	PG_INT8 = 20,
	PG_INT2 = 21,
	PG_INT4 = 23,
	PG_BYTEA_ARRAY = 1001,
	PG_INT8_ARRAY = 1016,
};

/* What is done with a command's result. */
enum awaited {
	AWAIT_NOTHING,
	AWAIT_COUNT, /* of rows, which are changes */
	AWAIT_IDS,   /* of statements that were changed: told to the hook, too */
	AWAIT_ROWS,  /* for connection_wait */
	AWAIT_END,   /* of what was sent before, which nobody waited for */
	AWAIT_TEXT,  /* that a text is prepared */
	AWAIT_AHEAD, /* rows of connection_send_ahead */
};

enum {
	PENDING_MAX = 512,
	KEYED_TABLES = 4,
	VALUES_MAX = 5000, /* a question's lists are long (db/sqlite/plan.c) */
};

struct sqlite3 {
	const struct libpq *pq;
	PGconn *c;
	bool is_writer;
	bool is_limited; /* the transaction is one of the service's writes */
	/* Another process stands between, which may take another connection to the server for each
	 * transaction: nothing is prepared there, and what is set is set for a transaction. */
	bool is_pooled;
	struct prepared_text *texts; /* what else would be prepared */
	size_t n_texts, cap_texts;
	int code;
	char message[512];
	bool in_transaction;
	uint64_t transaction; /* a number of its own, other than 0 */
	bool has_failed;      /* nothing but ROLLBACK is done */
	bool has_begun;	      /* the transaction, and nothing was waited for in it yet */
	int generation;	      /* rises where nothing is prepared any more */
	bool has_missed;      /* a text was not prepared that is taken to be */
	unsigned char pending[PENDING_MAX]; /* enum awaited of what was sent, in order */
	PGresult **ahead[PENDING_MAX];	    /* where the rows go, of AWAIT_AHEAD; NULL: nowhere */
	int n_pending;
	int64_t changes, last_key;
	int64_t next_key[KEYED_TABLES]; /* 0: not known */
	int last_name;			/* of prepared statements and cursors */
	int64_t deadline_ns;		/* 0: none; of transactions that begin */
	int (*is_over)(void *);
	void *is_over_context;
	void (*note)(void *, int, const char *, const char *, sqlite3_int64);
	void *note_context;
	struct inserts *inserts;   /* inserts.h */
	struct postings *postings; /* postings.h */
	/* Of match.c and ahead_read.c: the generation that has their texts, plus one. */
	int knows_postings[2], knows_ahead[2];
};

/* A value in libpq's binary form. */
struct value {
	pg_oid type; /* 0: NULL */
	char number[8];
	const char *p; /* NULL: number */
	size_t n;
};
struct value value_number(int64_t v);
struct value value_bytes(const void *p, size_t n, pg_oid type);
int64_t read_number(const char *p); /* 8 bytes */

/* `uri` is what libpq understands. NULL with *e set. */
sqlite3 *connection_open(const char *uri, bool is_writer, struct err *e) MUST_CHECK;
void connection_close(sqlite3 *db);
bool connection_is_lost(const sqlite3 *db);
/* Anew, where it is lost, outside of a transaction. SQLITE_OK, or the connection's error. */
int connection_renew(sqlite3 *db);

/* Each returns SQLITE_OK or sets the connection's error. */
int connection_prepare(sqlite3 *db, const char *name, const char *text, const pg_oid *types, int n);
/* Where one was missed, since something before it failed, all are prepared anew. */
int connection_amend(sqlite3 *db);
/* Nobody runs it again; "" is none. */
void connection_forget(sqlite3 *db, const char *name, int generation);
/* What was prepared by `name`, or, where it is NULL, a text. */
int connection_send(sqlite3 *db, const char *name, const char *text, const struct value *v, int n,
		    enum awaited awaited);
/* What was prepared by `name`, to be worked at by the server meanwhile: the next wait, whosever,
 * leaves the rows in *into, or NULL where it fails. They are the caller's then. */
int connection_send_ahead(sqlite3 *db, const char *name, const struct value *v, int n,
			  PGresult **into);
void connection_forget_ahead(sqlite3 *db, PGresult **into); /* they are not waited for */
/* Waits for all that was sent; *rows (may be NULL) is the result of the last AWAIT_ROWS, to be
 * cleared by the caller. */
int connection_wait(sqlite3 *db, PGresult **rows);
int connection_wait_all(sqlite3 *db, PGresult **rows, int n); /* the results of so many */
/* Has the server do what was sent; whether it could shows at the next wait. */
int connection_end(sqlite3 *db);
int connection_fail(sqlite3 *db, int code, const char *message);
/* At the start of a transaction: what the texts need. */
int connection_set_up(sqlite3 *db);
/* A name that was not given before: a letter and a number. */
void connection_name(sqlite3 *db, char letter, char out[16]);

#endif
