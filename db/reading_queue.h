/* Stale articles (db/reread.h) that other processes read for the one that writes; a part of the
 * store's contract. The writer puts some into the queue while somebody asks for work. A worker
 * borrows articles for a time, finds their statements, and hands them in; the writer takes what was
 * found over as WRITE_REREAD. An article that was not handed in by then is lent again, so that one
 * is read twice at times, never not at all: what is found is the same, and taken over it changes
 * nothing the second time.
 *
 * On a server, where each call is a transaction; a lost connection is made anew. A database in a
 * file has one process: there its queue is empty, and nothing is lent. One thread at a time. */
#ifndef DEMARCHE_DB_READING_QUEUE_H
#define DEMARCHE_DB_READING_QUEUE_H

#include "db/store.h"

struct reading_queue;

/* `worker` is the number of a process that borrows, by chance; 0 for one that does not. NULL with
 * *e. */
struct reading_queue *reading_queue_open(const char *path, int64_t worker,
					 struct err *e) MUST_CHECK;
void reading_queue_close(struct reading_queue *q); /* NULL is allowed */

/* --- for a worker --- */

/* The edition in force, where the database was last seen by an engine of this version that knows
 * the same: what such a worker finds is what the writer would. Else ERR_INPUT, and for a file. */
int reading_queue_edition(struct reading_queue *q, const struct knowledge *k, int64_t *edition,
			  struct err *e) MUST_CHECK;
/* Lends at most `most` articles, the newest first, for so long. None: the writer is told that
 * somebody waits. */
int reading_queue_lend(struct reading_queue *q, int most, int64_t for_ms, struct arena *a,
		       struct keys *out, struct err *e) MUST_CHECK;
/* From now on; 0 gives them back. */
int reading_queue_extend(struct reading_queue *q, struct keys articles, int64_t for_ms,
			 struct err *e) MUST_CHECK;

struct found {
	int64_t article, edition;
	struct str packed; /* db/packed_extraction.h; "": the engine refuses the article */
};
int reading_queue_hand_in(struct reading_queue *q, const struct found *v, size_t n,
			  struct err *e) MUST_CHECK;

/* --- how it stands --- */

enum { WORKER_HEARD_MS = 60000 };
struct reading_figures {
	int64_t waiting, lent, handed_in; /* articles */
	int64_t workers;		  /* that were heard of within that time */
};
/* Counts, at most once a second; where that fails the figures stay what they were. */
void reading_queue_count(struct reading_queue *q);
/* As they were counted last; false for a database in a file. On any thread, while the queue is
 * open. */
int reading_queue_figures(struct reading_queue *q, struct reading_figures *out) MUST_CHECK;

/* --- for the writer --- */

struct reading_look {
	bool is_lent;	 /* somebody reads, or waits for articles */
	bool is_ripe;	 /* enough was handed in, or it waited long enough, or no more will come */
	int64_t waiting; /* to be lent, as far as QUEUE_LOW */
	int64_t held;	 /* waiting, lent and handed in */
};
enum { QUEUE_LOW = 2048, QUEUE_FULL = 4096 };
/* What is taken over in one transaction costs less: words and counts that articles share are
 * written once. */
enum { RIPE_ARTICLES = 128, RIPE_MS = 2000 };
int reading_queue_look(struct reading_queue *q, struct reading_look *out, struct err *e) MUST_CHECK;
/* Puts some of the articles that are older than the edition into the queue: of the oldest edition,
 * from the newest article down. */
int reading_queue_fill(struct reading_queue *q, int64_t edition, struct err *e) MUST_CHECK;
/* Takes all out that are in it. */
int reading_queue_clear(struct reading_queue *q, struct err *e) MUST_CHECK;
/* What was handed in, at most so many. They stay until they are dropped, of these editions. */
int reading_queue_found(struct reading_queue *q, int most, struct arena *a, struct found **out,
			size_t *n, struct err *e) MUST_CHECK;
int reading_queue_drop(struct reading_queue *q, const struct found *v, size_t n,
		       struct err *e) MUST_CHECK;

#endif
