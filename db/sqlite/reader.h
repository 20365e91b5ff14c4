/* What the files of this room share beyond the contract: the store itself and a reader. */
#ifndef DEMARCHE_DB_SQLITE_READER_H
#define DEMARCHE_DB_SQLITE_READER_H

#include <pthread.h>
#include <stdatomic.h>

#include "db/sqlite/lock_file.h"
#include "db/sqlite/writer.h"

#define READER_SQL(X)                                                                              \
	X(BEGIN, "BEGIN")                                                                          \
	X(COMMITS, "SELECT commits FROM state WHERE id = 1")                                       \
	X(END, "ROLLBACK")                                                                         \
	X(ARTICLE,                                                                                 \
	  "SELECT " ARTICLE_COLUMNS                                                                \
	  ", a.sha256, t.text FROM article a CROSS JOIN article_text t ON t.article = a.id"        \
	  " WHERE a.id = ?1")                                                                      \
	X(ARTICLE_ROW, "SELECT " ARTICLE_COLUMNS ", a.sha256 FROM article a WHERE a.id = ?1")      \
	X(ARTICLE_OF, "SELECT " ARTICLE_COLUMNS ", a.sha256 FROM article a WHERE a.sha256 = ?1")   \
	X(STATEMENT, "SELECT " STATEMENT_COLUMNS                                                   \
		     " FROM statement s CROSS JOIN article a ON a.id = s.article WHERE s.id = ?1") \
	X(ACTOR_NAME, "SELECT slug, name, kind, country, wikidata FROM actor WHERE key = ?1")      \
	X(ISSUE_NAME,                                                                              \
	  "SELECT slug, label, parent, cap_major, cap_sub, is_open FROM issue WHERE key = ?1")     \
	X(FIND_ACTORS,                                                                             \
	  "SELECT " ACTOR_COLUMNS                                                                  \
	  ", l.alias FROM actor_alias l CROSS JOIN actor a ON a.key = l.actor"                     \
	  " WHERE l.folded = ?1 ORDER BY a.statement_count DESC, a.is_known DESC, a.key")          \
	X(FIND_ISSUES, "SELECT " ISSUE_COLUMNS                                                     \
		       ", l.term FROM issue_term l CROSS JOIN issue i ON i.key = l.issue"          \
		       " WHERE l.folded = ?1 ORDER BY i.statement_count DESC, i.is_open, i.key")   \
	X(ISSUES_OF_MAJOR, "SELECT " ISSUE_COLUMNS                                                 \
			   ", i.label FROM issue i WHERE i.cap_major = ?1 AND i.cap_major > 0"     \
			   " ORDER BY i.key")                                                      \
	X(ISSUES_OF_SUB,                                                                           \
	  "SELECT " ISSUE_COLUMNS                                                                  \
	  ", i.label FROM issue i WHERE i.cap_sub = ?1 AND i.cap_sub > 0 ORDER BY i.key")          \
	X(ACTOR, "SELECT " ACTOR_COLUMNS ", a.name FROM actor a WHERE a.slug = ?1")                \
	X(ISSUE, "SELECT " ISSUE_COLUMNS ", i.label FROM issue i WHERE i.slug = ?1")               \
	X(ALIASES, "SELECT alias FROM actor_alias WHERE actor = ?1 ORDER BY folded")               \
	X(EDITED_TERMS, "SELECT terms FROM issue_edit WHERE issue = ?1")                           \
	X(EDITED_ISSUES, "SELECT " ISSUE_COLUMNS                                                   \
			 ", i.label FROM issue_edit d CROSS JOIN issue i ON i.key = d.issue"       \
			 " ORDER BY d.issue")                                                      \
	X(KNOWN_ISSUES,                                                                            \
	  "SELECT key FROM issue INDEXED BY issue_known WHERE is_open = 0 ORDER BY key")           \
	X(COUNT_ALL, "SELECT statements FROM state WHERE id = 1")                                  \
	X(COUNT_SPEAKERS, "SELECT key, statement_count FROM actor WHERE statement_count > 0")      \
	X(COUNT_ISSUES, "SELECT key, statement_count FROM issue WHERE statement_count > 0")        \
	X(COUNT_KNOWN_ISSUES, "SELECT key, statement_count FROM issue INDEXED BY issue_known "     \
			      "WHERE is_open = 0 AND statement_count > 0")                         \
	X(COUNT_TALLIES, "SELECT key, statements FROM tally")                                      \
	X(GRID_SIDE,                                                                               \
	  "SELECT issue, statement, traits FROM facet WHERE speaker = ?1 AND statement > ?2 AND "  \
	  "statement < ?3"                                                                         \
	  " AND (traits & 1023) >= ?4 AND (traits >> 33 & 1023) >= ?5 ORDER BY issue, statement")  \
	X(EDITION, "SELECT edition FROM reread WHERE id = 1")                                      \
	X(STALE,                                                                                   \
	  "SELECT a.id FROM article a INDEXED BY article_edition"                                  \
	  " WHERE a.edition = (SELECT min(edition) FROM article INDEXED BY article_edition)"       \
	  " AND a.edition < (SELECT edition FROM reread WHERE id = 1) ORDER BY a.id DESC LIMIT "   \
	  "?1")                                                                                    \
	X(TERMS, "SELECT term FROM issue_term WHERE issue = ?1 ORDER BY folded")                   \
	X(ROLES,                                                                                   \
	  "SELECT title, country, from_day, to_day FROM role WHERE actor = ?1 ORDER BY number")    \
	X(ACTORS, "SELECT " ACTOR_COLUMNS                                                          \
		  ", a.name FROM actor a WHERE a.slug > ?1 AND (?2 < 0 OR a.kind = ?2)"            \
		  " AND (?3 = '' OR a.country = ?3) AND (NOT ?4 OR a.mention_count > 0) ORDER BY " \
		  "a.slug LIMIT ?6")                                                               \
	X(ACTORS_NAMED, "SELECT " ACTOR_COLUMNS                                                    \
			", a.name FROM actor a WHERE a.slug > ?1 AND (?2 < 0 OR a.kind = ?2)"      \
			" AND (?3 = '' OR a.country = ?3) AND (NOT ?4 OR a.mention_count > 0)"     \
			" AND EXISTS (SELECT 1 FROM actor_alias l INDEXED BY actor_alias_actor"    \
			" WHERE l.actor = a.key AND instr(' ' || l.folded, ?5) > 0)"               \
			" ORDER BY a.slug LIMIT ?6")                                               \
	X(ISSUES, "SELECT " ISSUE_COLUMNS                                                          \
		  ", i.label FROM issue i WHERE i.slug > ?1 AND (NOT ?4 OR i.statement_count > 0)" \
		  " ORDER BY i.slug LIMIT ?6")                                                     \
	X(ISSUES_NAMED,                                                                            \
	  "SELECT " ISSUE_COLUMNS                                                                  \
	  ", i.label FROM issue i WHERE i.slug > ?1 AND (NOT ?4 OR i.statement_count > 0)"         \
	  " AND EXISTS (SELECT 1 FROM issue_term l INDEXED BY issue_term_issue"                    \
	  " WHERE l.issue = i.key AND instr(' ' || l.folded, ?5) > 0)"                             \
	  " ORDER BY i.slug LIMIT ?6")

#define ARTICLE_COLUMNS                                                                            \
	"a.id, a.received_ms, a.statement_count, a.published_at, a.outlet, a.title, a.url, "       \
	"a.author, a.language"
#define STATEMENT_COLUMNS                                                                          \
	"s.id, s.article, s.speaker, s.target, s.addressee, s.traits, s.content, s.detail, "       \
	"a.title, a.url, a.outlet, "                                                               \
	"a.published_at, s.place"
#define ACTOR_COLUMNS "a.key, a.slug, a.name, a.kind, a.country, a.wikidata, a.statement_count"
#define ISSUE_COLUMNS                                                                              \
	"i.key, i.slug, i.label, i.parent, i.cap_major, i.cap_sub, i.is_open, i.statement_count, " \
	"i.is_edited"
enum {
	ARTICLE_COLUMN_COUNT = 9,
	ACTOR_COLUMN_COUNT = 7,
	ISSUE_COLUMN_COUNT = 9,
	STATEMENT_PLACE = 12
};

enum reader_sql {
#define X(name, text) R_##name,
	READER_SQL(X)
#undef X
		R_COUNT
};

/* A row of actors or issues that a reader remembers, since every page names the same few.
 * Direct-mapped by key. */
enum { NAMES = 512 };
struct remembered {
	int64_t key;
	uint64_t generation; /* of the store's names, when it was read */
	uint64_t call;	     /* the call for which `copy` was made */
	void *copy;	     /* in that call's arena */
	char *bytes;	     /* ours: all strings of the row */
	union {
		struct actor actor;
		struct issue issue;
	} is;
};

/* Questions of the same shape share a prepared statement; the least used goes. */
enum { SHAPES = 48 };
struct shape {
	sqlite3_stmt *st;
	uint64_t hash, used;
};

struct reader {
	struct store *store;
	struct reader *next; /* in the pool */
	sqlite3 *db;
	sqlite3_stmt *st[R_COUNT];
	struct shape shapes[SHAPES];
	uint64_t shapes_used; /* a clock for their ages */
	struct remembered *actors, *issues;
	uint64_t generation; /* of the names, in this snapshot */
	bool knows_generation;
	uint64_t calls;
	int64_t deadline_ns, commit;
};

struct store {
	struct store_options options;
	atomic_bool is_hurried;
	char *path;	       /* the file's one name, without links */
	bool is_reading;       /* readers alone: no writer, no lock */
	struct lock lock_file; /* held from before the file is opened until after it is closed */
	struct writer writer;  /* the thread's */
	pthread_t thread;
	bool has_thread;
	bool is_broken;	      /* the thread's: its connection failed, and is not to be trusted with
				 another write */
	struct write **batch; /* the thread's: a group under way */

	pthread_mutex_t lock; /* the queue */
	pthread_cond_t work, room;
	struct write *head, **tail;
	int queued;
	bool closing;
	struct reread_state reread; /* as committed */
	int64_t failed_ns;	    /* when the last transaction failed, 0 if it did not */

	pthread_mutex_t pool_lock;
	pthread_cond_t returned;
	struct reader *readers, *idle;
	int n_readers;

	/* Odd while a transaction that changes names commits: what is read then is not remembered.
	 */
	atomic_uint_fast64_t generation;
	atomic_int_fast64_t articles, statements, actors, issues, commits, transactions, committed,
		wal_bytes;
};

/* The store's own kind of write, beside enum write_op. */
enum { WRITE_SEED = WRITE_REREAD + 1 };
struct seeding {
	struct write write; /* first: a pointer to it is one to the whole */
	const struct knowledge *knowledge;
};

/* hold.c: the lock of the one writer of the database at `path`, as sql_real_path gives it. */
int hold_take(struct lock *l, const char *path, const char *command, struct err *e) MUST_CHECK;

/* store.c: the writer's connection, its statements and the state as committed. */
int writer_open(struct store *s, struct err *e) MUST_CHECK;

/* pool.c */
int pool_open(struct store *s, struct err *e) MUST_CHECK;
void pool_close(struct store *s);

/* queue.c */
int queue_start(struct store *s, struct err *e) MUST_CHECK;
void queue_stop(struct store *s);

/* names.c: rows of actors and issues by key, copied into the arena once a call. NULL with *e set.
 */
const struct actor *reader_actor(struct reader *r, int64_t key, struct arena *a,
				 struct err *e) MUST_CHECK;
const struct issue *reader_issue(struct reader *r, int64_t key, struct arena *a,
				 struct err *e) MUST_CHECK;
/* Runs a bound statement whose rows are ISSUE_COLUMNS and what matched; reads each one's terms. */
int take_issues(sqlite3_stmt *st, struct arena *a, struct issue_matches *out,
		struct err *e) MUST_CHECK;
/* Their terms. */
int complete_issues(struct reader *r, struct arena *a, struct issue_matches *m,
		    struct err *e) MUST_CHECK;
/* The keys of all issues that are not open, rising: some thousands at most. */
int reader_known_issues(struct reader *r, struct arena *a, struct keys *out,
			struct err *e) MUST_CHECK;
/* Is it one of them? */
bool keys_have(struct keys rising, int64_t key);
/* Before every read: the deadline, and a new count of calls. */
int reader_call(struct reader *r, struct err *e) MUST_CHECK;

/* The prepared statement of a text that ends in a zero byte: kept, and the reader's. NULL with *e
 * set. */
sqlite3_stmt *reader_shape(struct reader *r, struct str text, struct err *e) MUST_CHECK;

/* The texts of SQL, for the test that explains each. */
const char *reader_sql_text(enum reader_sql at);

#endif
