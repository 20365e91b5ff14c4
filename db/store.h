/* The store: articles and their statements, durable and searchable. The contract of db/, with the
 * other headers that say so: nothing above sees the engine behind it, which is SQLite (db/sqlite).
 *
 * One writer thread commits what many callers submit in shared durable transactions; readers are
 * borrowed handles, each a consistent view with a deadline. Any thread may call any function; a
 * struct reader serves one thread at a time.
 *
 * Ids. An article's and a statement's id are (day + ID_DAY_OFFSET) << ID_DAY_SHIFT | n, where day
 * is the article's publication day (its day of arrival where none is given) and n a counter that
 * never repeats. So ids sort by date, one number is the whole keyset of a page in date order in
 * every index and in FTS5, and they stay below 2^53, which a JavaScript number holds. Within an
 * article n falls when it is stored, so that "newest first" reads its statements in the order of
 * its text; those found when it is read again come before them. An article's own list goes by their
 * order in the text. */
#ifndef DEMARCHE_DB_STORE_H
#define DEMARCHE_DB_STORE_H

#include "base/arena.h"
#include "base/model.h"
#include "db/digest.h"
#include "db/signature.h"

enum {
	ID_DAY_SHIFT = 31,
	/* Days from 0000-12-31 to 1970-01-01: the first day of year 1 is 1. */
	ID_DAY_OFFSET = 719163,
};

struct store;
struct reader;

struct store_options {
	const char *path;    /* database file; its folder must be writable */
	int readers;	     /* read handles, 1..64 */
	int reader_cache_mb; /* page cache of each reader */
	/* Of the file mapped by each reader, 0 for none: a third faster on large databases, but
	 * counted as resident memory, and a disk that fails then ends the process. */
	int reader_map_mb;
	int writer_cache_mb;
	int queue_max; /* writes waiting, beyond which store_submit answers ERR_BUSY */
	int group_max; /* writes that share one transaction, at most (128) */
	/* Pages in the write-ahead log that make copying them back worth it; 0 for the usual 64 MB.
	 */
	int checkpoint_frames;
	/* What the lock says of this process to a second writer ("serve"); NULL for nothing. */
	const char *command;
	/* Where another process writes a database on a server, open all the same: answer questions,
	 * refuse writes (ERR_BUSY), and write when the other ends or is not heard of for some
	 * seconds. One that is held up and comes back after that writes nothing more until its turn
	 * comes again. A database in a file has one writer. */
	bool follows;
};

/* Opens for writing: makes the file where it is missing (0600), migrates to the newest schema,
 * starts the writer. Until it is closed, or its process ends however it may, no other process (nor
 * this one) can open the same file so: counters and keys are remembered between transactions. Who
 * holds it stands in a file beside it, "-lock". NULL with *e set: ERR_BUSY (another writer, named),
 * ERR_DB (cannot open, not a database, a newer schema than this program's, damaged). */
struct store *store_open(const struct store_options *o, struct err *e) MUST_CHECK;
/* Opens for reading alone: no write is taken, not one byte of the file changes, and a writer may be
 * at work in another process. The schema must be this program's (ERR_DB says what to do). On a
 * read-only disk it opens a file without a log. */
struct store *store_open_reading(const struct store_options *o, struct err *e) MUST_CHECK;
/* Commits what was submitted, checkpoints, closes. All readers must be back. NULL is allowed. */
void store_close(struct store *s);

/* Who has a database open for writing, as its lock file says; "" where it says nothing. */
struct store_holder {
	char pid[24], command[32], since[32], address[320];
};
struct store_holder store_holder(const char *path);
/* Where this writer can be reached, for a second one to read: "http://127.0.0.1:8080". For a
 * store open for writing. */
void store_announce(struct store *s, const char *address);

/* What the database library says of its own accord: damage, a failing disk, checkpoints that fail,
 * recovery after a kill. */
enum store_news { STORE_NEWS_DETAIL, STORE_NEWS_NOTICE, STORE_NEWS_WARNING, STORE_NEWS_ERROR };
/* Where it is to go; any thread may call `report`. Once, before anything is opened. */
struct store_listener {
	void (*report)(void *context, enum store_news news, const char *what);
	void *context;
};
void store_listen(struct store_listener *l); /* which must last as long as a store does */
/* Puts in the actors and issues known beforehand, so that they are found by name before any article
 * names them. Rows that a person edited stay as they are. When they, or the engine, are others than
 * the database last saw, its edition rises (db/reread.h); when the engine is older than that,
 * nothing is put in. Cheap when nothing changed. */
int store_seed(struct store *s, const struct knowledge *k, struct err *e) MUST_CHECK;

/* --- writing --- */

enum write_op {
	WRITE_ARTICLE,
	WRITE_DELETE,
	WRITE_ISSUE,	/* db/issue_edit.h */
	WRITE_REREAD,	/* db/reread.h */
	WRITE_EDIT,	/* db/edit.h */
	WRITE_READ_KEY, /* db/read_key.h */
	WRITE_SEED,	/* store_seed alone */
};

enum { WRITE_EDITION_NEVER = -1 };

/* A write on its way. The caller owns it and all it points to until `done` was called. */
struct write {
	enum write_op op;
	/* WRITE_ARTICLE: what to store, with its sha256 (db/digest.h); the store fills in the
	 * stored statement_count. */
	struct article article;
	struct extraction extraction; /* WRITE_ARTICLE: its statements */
	/* WRITE_ARTICLE: that these were found with (db/reread.h), 0: none that may stay;
	 * WRITE_EDITION_NEVER: none were looked for yet, which is done when it is read again. */
	int64_t edition;
	/* WRITE_DELETE: what persons decided of its statements goes with it (db/edit.h); else that
	 * stays, for the day on which the text is stored again. */
	bool purges;
	/* On the writer's thread after the durable commit (or the failure): be quick. */
	void (*done)(struct write *);
	void *context; /* the caller's */

	/* In for WRITE_DELETE and WRITE_REREAD; out for WRITE_ARTICLE: the stored article's. */
	int64_t id;
	/* Out: false when the same text was there already: then `id` is the old one's, and nothing
	 * was written but the source, if it is another one (db/copies.h). */
	bool is_new;
	struct err err; /* out: ERR_NOT_FOUND (delete), ERR_DB, ERR_BUSY */

	struct signature signature; /* the store's, as the next */
	struct write *next;
};

/* Queues a write; 0, or -1 with *e set to ERR_BUSY when the queue is full or the store is closing
 * (`done` is not called). */
int store_submit(struct store *s, struct write *w, struct err *e) MUST_CHECK;
/* So many more, or less, articles are being read that will be submitted or given up: an article
 * that is submitted meanwhile may wait for them for some milliseconds, to share a transaction. Any
 * thread. */
void store_expect(struct store *s, int more);
/* Submits several and waits for all; for commands. `done` is not used. 0, or -1 with the first
 * failure in *e. */
int store_write_all(struct store *s, struct write *const *w, size_t n, struct err *e) MUST_CHECK;

/* --- reading --- */

/* Borrows a reader, waiting for one until the deadline (now_monotonic_ns). From here to
 * reader_return all answers come from one snapshot. After the deadline every read fails with
 * ERR_DEADLINE. NULL with ERR_BUSY when none came free. */
struct reader *store_reader(struct store *s, int64_t deadline_ns, struct err *e) MUST_CHECK;
/* The same for little that is at hand, on a thread that polls sockets: waits for nothing, and
 * reading fails with ERR_DEADLINE after some tens of thousands of the engine's steps, some
 * milliseconds. NULL with ERR_BUSY when none is idle, or the database is not in this process. */
struct reader *store_reader_at_hand(struct store *s, int64_t deadline_ns, struct err *e) MUST_CHECK;
void reader_return(struct reader *r); /* NULL is allowed */
/* The number of the last transaction in the snapshot (store_stats.commits): as long as it stands,
 * every answer does. */
int64_t reader_commit(const struct reader *r);
/* What answers may be kept by: an answer that was made of this reader's snapshot alone, of a
 * version other than 0, holds as long as store_version gives the same number. A version is to be
 * compared, and says nothing else. 0: time has cut some reading of the snapshot short, so that
 * another one may find more. Ask when all was read. */
uint64_t reader_version(const struct reader *r);
/* The version of what a reader would see now; 0 when it is not known, and then no answer that is
 * kept holds. Never older than what any reader has seen or a write's `done` was told of; what a
 * program changes that disregards the lock of a store open for writing shows some 20 ms later, or
 * when the transaction at hand ends. Waits for nothing: fit for a thread that polls sockets. */
uint64_t store_version(struct store *s);
/* For a statement that is kept in another form than the store's: what it was read from. */
struct reader_mark {
	int64_t commit; /* -1: it is not to be kept */
	uint64_t names, changes;
};
struct reader_mark reader_mark(const struct reader *r);
/* Is a statement that was read where `made` was, with its article's fields and the names of all
 * whom it names, in r's snapshot as it was there? That it is there at all is another question
 * (store_statement_ids). False too often, never too seldom: statements share their marks. */
bool reader_holds(const struct reader *r, int64_t statement, const struct reader_mark *made);
/* The process ends: from here on every deadline has passed, of readers that are lent as well.
 * Writing goes on. */
void store_interrupt(struct store *s);

/* Memory of all results: the arena. Lists hold at most `limit` rows; *next is set to the id to give
 * as `after` for the next page, or 0 on the last. All return 0, or -1 with *e: ERR_NOT_FOUND,
 * ERR_DEADLINE, ERR_DB, ERR_TOO_LARGE. */

struct article_query {
	day_t published_after, published_before; /* inclusive; DAY_NONE for none */
	struct strs outlets;			 /* any of these, exact; empty for all */
	/* Searched for, "" and none for all: words of the title, folded, each from its beginning
	 * on; a part of the address, in lower case; and phrases, all in one statement of it. Then a
	 * page that has taken long is a short one, and *next goes on where it ended. */
	struct str title, url;
	struct strs phrases;
	enum copies copies;
	int64_t group; /* the article of this id, and its copies; 0 for all */
	bool oldest_first;
	int limit;
	int64_t after; /* 0 for the first page */
};

struct article_list {
	struct article *v; /* text is "" in lists */
	size_t n;
};

int store_article(struct reader *r, int64_t id, struct arena *a, struct article *out,
		  struct err *e) MUST_CHECK;
/* The article whose text has this digest (db/digest.h); out->id is 0 where none has, and out->text
 * "". What a reader sees is on the disk: SQLite shows a commit in the log only after it was synced.
 */
int store_article_of(struct reader *r, const unsigned char sha256[DIGEST_BYTES], struct arena *a,
		     struct article *out, struct err *e) MUST_CHECK;
int store_articles(struct reader *r, const struct article_query *q, struct arena *a,
		   struct article_list *out, int64_t *next, struct err *e) MUST_CHECK;

/* Whose statements: an actor alone, or with those who speak for it at the article's date ("by
 * China" includes its ministers). Made by speaker_key from an actor's key; a number the caller does
 * not look into. */
typedef int64_t speaker_key_t;
speaker_key_t speaker_key(int64_t actor_key, bool with_members);

struct keys {
	const int64_t *v;
	size_t n;
};

/* What statements are about: one of several ways fits, which is all its groups, in any order. A
 * group fits a statement on one of its issues, or where one of its strings stands in the content,
 * in the title of the article or in the words around it (db/nearby.h). A string is one or more
 * words in this order, compared by their stems. */
struct about_group {
	struct keys issues;
	struct strs any;
};
struct about_way {
	const struct about_group *groups;
	size_t n;
};
struct about {
	const struct about_way *ways;
	size_t n;
};

/* A question about statements. Different conditions are AND; the members of one are OR; not_*
 * exclude. Empty: no condition. */
struct statement_query {
	struct keys ids;		    /* of statements; empty: whichever */
	struct keys speakers, not_speakers; /* speaker_key_t */
	struct keys issues, not_issues;	    /* issue keys */
	struct keys targets, not_targets;   /* actor keys */
	struct keys addressees, not_addressees;
	/* 0 for all; else in the order of the text, whatever oldest_first says, and unless asked by
	 * speaker or issue with those that are not counted. */
	int64_t article;
	/* Bit 1u << enum value; 0 for all. */
	uint32_t kinds, acts, polarities, statuses;
	/* The position, bits alike, and how sure it is at least: with `issues` on one of these, and
	 * both of the same one; without the statement's own, which is that on its first issue, or
	 * where that is only mentioned the stance's. */
	uint32_t positions;
	float min_position_confidence;
	uint32_t target_positions;     /* alike, towards the target, which there must be then */
	day_t said_after, said_before; /* inclusive; DAY_NONE for none */
	day_t published_after, published_before;
	struct strs outlets, not_outlets;
	struct strs roles;   /* any of these folded phrases is part of the speaker's role */
	struct strs phrases; /* all of these in the content, the words of each in this order */
	const struct about *about; /* all of these */
	size_t n_about;
	float min_confidence, min_stance_confidence;
	int64_t changed_after; /* a commit (reader_commit); 0: whenever */
	enum nested nested;
	enum copies copies; /* of articles that are copies of others (db/copies.h) */
	bool is_void;	    /* a condition names something unknown: the answer is empty */
	bool oldest_first;
	/* By confidence, the surest first, with oldest_first the least sure; then `after` and *next
	 * are no ids. All that fits is looked at for each page. Not of one article's. */
	bool by_confidence;
	int limit;
	int64_t after; /* 0 for the first page */
};

static inline bool query_asks_position(const struct statement_query *q)
{
	return q->positions || q->min_position_confidence > 0;
}

enum { QUERY_RANGES_MAX = 1024 }; /* pairs of speaker and issue in one question */

struct statement_list {
	struct statement *v;
	size_t n;
};

int store_statements(struct reader *r, const struct statement_query *q, struct arena *a,
		     struct statement_list *out, int64_t *next, struct err *e) MUST_CHECK;
/* The ids of the same page, where q->article is 0: without the rows, which take ten times as long.
 */
int store_statement_ids(struct reader *r, const struct statement_query *q, struct arena *a,
			struct keys *out, int64_t *next, struct err *e) MUST_CHECK;
int store_statement(struct reader *r, int64_t id, struct arena *a, struct statement *out,
		    struct err *e) MUST_CHECK;

/* Actors and issues by name: every one that has `name` (folded, base/fold.h) as its id, name or
 * alias; best known first. What is found has no aliases, roles or terms: the lists below and
 * store_actor and store_issue read these. */
struct actor_match {
	int64_t key;
	struct actor actor;
	struct str alias; /* what matched, as written */
};
struct issue_match {
	int64_t key;
	struct issue issue;
	struct str alias;
};
struct actor_matches {
	struct actor_match *v;
	size_t n;
};
struct issue_matches {
	struct issue_match *v;
	size_t n;
};
int store_find_actors(struct reader *r, struct str name, struct arena *a, struct actor_matches *out,
		      struct err *e) MUST_CHECK;
int store_find_issues(struct reader *r, struct str name, struct arena *a, struct issue_matches *out,
		      struct err *e) MUST_CHECK;
/* All issues under a CAP major topic (1..31) or sub topic (100..3199). */
int store_issues_by_cap(struct reader *r, int code, struct arena *a, struct issue_matches *out,
			struct err *e) MUST_CHECK;

/* Lists in the order of their ids; `after` is the last id of the page before, "" for the first. */
struct name_query {
	struct str text; /* folded; part of a name or alias begins with it; "" for all */
	int kind;	 /* actors: enum actor_kind, or -1 */
	struct str country;
	bool with_statements; /* only those that some statement names */
	int limit;
	struct str after;
};
int store_actors(struct reader *r, const struct name_query *q, struct arena *a,
		 struct actor_matches *out, struct str *next, struct err *e) MUST_CHECK;
int store_issues(struct reader *r, const struct name_query *q, struct arena *a,
		 struct issue_matches *out, struct str *next, struct err *e) MUST_CHECK;
int store_actor(struct reader *r, struct str id, struct arena *a, struct actor_match *out,
		struct err *e) MUST_CHECK;
int store_issue(struct reader *r, struct str id, struct arena *a, struct issue_match *out,
		struct err *e) MUST_CHECK;

/* --- state --- */

/* Reading stored articles again (db/reread.h). */
struct reread_state {
	int64_t edition; /* in force */
	int64_t stale;	 /* articles that were read with an older one */
	/* In this edition: articles read again, statements that changed thereby, articles refused.
	 */
	int64_t done, changed, failed;
	int64_t started_ms, finished_ms; /* 0: never, not yet */
	int64_t is_outdated; /* the program's engine is older than one that the database has seen */
};

struct store_stats {
	int64_t articles, statements, actors, issues; /* rows, kept as running counts */
	int64_t writes_queued;			      /* now */
	int64_t transactions, writes_committed;	      /* since the start */
	/* The number of the last transaction that changed rows. Articles, statements, actors and
	 * issues keep that of their own last change, an article that of its statements' too. */
	int64_t commits;
	int64_t file_bytes, wal_bytes;
	struct reread_state reread;
	bool leads; /* writes are taken; else another process's, and some time ago */
};
/* Of a store open for reading: the bytes of the file alone. */
struct store_stats store_stats(struct store *s);
/* Can it answer and write, and is the file still the one that has its name? For readiness. */
int store_ready(struct store *s, struct err *e) MUST_CHECK;

#endif
