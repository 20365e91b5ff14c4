/* A ring of articles: those that are read, then those that are written, then room. */
#include "cli/import_queue.h"

#include <pthread.h>
#include <stdlib.h>

#include "api/ingest.h"
#include "db/store.h"
#include "server/thread_pool.h"

enum {
	ARENA_MAX_BYTES = 1 << 30,
	SLOTS_A_GROUP = 4,     /* so that one group is read while another is written */
	BYTES_MAX = 128 << 20, /* of all that is on its way; one article may be more */
};

enum state {
	SLOT_FREE,
	SLOT_READING,
	SLOT_READ, /* to be written */
	SLOT_WRITING,
	SLOT_DONE, /* to be told of */
};

struct slot {
	struct task task; /* first: a task is its slot */
	struct import_queue *q;
	enum state state;
	struct arena arena;
	struct budget budget;
	struct write write;
	struct err err;
	struct str where;
	size_t line;
};

struct import_queue {
	const struct api *api;
	struct import_listener listener;
	struct thread_pool *readers;
	size_t group;
	bool is_later; /* statements are found when the database is served */
	pthread_mutex_t lock;
	pthread_cond_t moved;
	/* Numbers of articles, whose slots are these less the multiples of n_slots: next to be told
	 * of, to be written, to be fed. Of the feeding thread alone. */
	size_t tell, write, feed;
	size_t writing;	    /* slots; under the lock */
	size_t bytes;	    /* of arenas of what was read; under the lock */
	struct err failure; /* of the store: the first */
	size_t n_slots;
	struct slot slots[];
};

static struct slot *slot_at(struct import_queue *q, size_t number)
{
	return &q->slots[number % q->n_slots];
}

static void move(struct slot *s, enum state to)
{
	struct import_queue *q = s->q;
	pthread_mutex_lock(&q->lock);
	if (s->state == SLOT_READING)
		q->bytes += s->arena.used;
	if (s->state == SLOT_WRITING)
		q->writing--;
	s->state = to;
	pthread_cond_signal(&q->moved);
	pthread_mutex_unlock(&q->lock);
}

/* --- on other threads --- */

static void read_one(void *context, struct task *task)
{
	struct slot *s = (struct slot *)task;
	const struct api *api = s->q->api;
	enum ingest_step next = INGEST_DONE;
	(void)context;
	budget_start(&s->budget);
	bool is_read = ingest_look_up(api, &s->write, &s->arena, &next, &s->err) == 0;
	if (s->q->is_later)
		s->write.edition = WRITE_EDITION_NEVER;
	else if (is_read && next == INGEST_READ)
		is_read = ingest_read(api, &s->write, &s->arena, &s->err) == 0;
	move(s, is_read && next != INGEST_DONE ? SLOT_READ : SLOT_DONE);
}

static void written(struct write *w)
{
	struct slot *s = w->context;
	s->err = w->err;
	move(s, SLOT_DONE);
}

/* --- on the feeding thread, under the lock --- */

/* An article that the store could not write is none of a bad one: nothing else will be either. */
static void fail(struct import_queue *q, const struct err *e)
{
	if (q->failure.kind == ERR_NONE)
		q->failure = *e;
}

/* Tells of what is done, up to the first that is not. */
static void tell(struct import_queue *q)
{
	for (; q->tell < q->feed && slot_at(q, q->tell)->state == SLOT_DONE; q->tell++) {
		struct slot *s = slot_at(q, q->tell);
		bool is_store = s->err.kind == ERR_DB || s->err.kind == ERR_BUSY;
		q->bytes -= s->arena.used;
		if (is_store)
			fail(q, &s->err);
		else
			q->listener.tell(q->listener.context,
					 &(struct import_outcome){s->write.is_new, &s->err,
								  s->where, s->line});
		arena_release(&s->arena);
		s->state = SLOT_FREE;
	}
	if (q->write < q->tell)
		q->write = q->tell;
}

/* How many in a row wait to be written; those that are done already stand between. */
static size_t count_read(struct import_queue *q)
{
	size_t n = 0;
	for (size_t i = q->write; i < q->feed; i++) {
		enum state state = slot_at(q, i)->state;
		if (state == SLOT_READING)
			break;
		n += state == SLOT_READ;
	}
	return n;
}

/* Hands these to the writer, in their order. */
static void write_read(struct import_queue *q)
{
	for (; q->write < q->feed && slot_at(q, q->write)->state != SLOT_READING; q->write++) {
		struct slot *s = slot_at(q, q->write);
		if (s->state != SLOT_READ)
			continue;
		s->state = SLOT_WRITING;
		s->write.done = written;
		s->write.context = s;
		q->writing++;
		if (store_submit(q->api->store, &s->write, &s->err)) {
			fail(q, &s->err);
			q->writing--;
			s->state = SLOT_DONE;
		}
	}
}

/* Does what there is to do, or waits for something to be there. `all`: what is read is written
 * though it is no whole group. */
static void advance(struct import_queue *q, bool all)
{
	size_t before = q->tell;
	tell(q);
	size_t read = count_read(q);
	if (read >= q->group || (read && all && q->writing == 0)) {
		write_read(q);
		return;
	}
	if (q->tell == before)
		pthread_cond_wait(&q->moved, &q->lock);
}

/* --- the queue --- */

struct import_queue *import_queue_open(const struct api *api, const struct options *o, int threads,
				       struct import_listener listener, struct err *e)
{
	size_t group = (size_t)o->write_group, n = group * SLOTS_A_GROUP;
	struct import_queue *q = calloc(1, sizeof *q + n * sizeof q->slots[0]);
	if (!q) {
		err_set(e, ERR_INTERNAL, NULL, "out of memory");
		return NULL;
	}
	*q = (struct import_queue){.api = api,
				   .listener = listener,
				   .group = group,
				   .is_later = o->later,
				   .n_slots = n};
	pthread_mutex_init(&q->lock, NULL);
	pthread_cond_init(&q->moved, NULL);
	for (size_t i = 0; i < n; i++) {
		struct slot *s = &q->slots[i];
		s->q = q;
		s->budget = (struct budget){.tokens_max = (size_t)o->article_tokens,
					    .cpu_max_ns = o->article_cpu * 1000000};
		arena_init(&s->arena, ARENA_MAX_BYTES);
		s->arena.budget = &s->budget;
	}
	q->readers = thread_pool_open(threads, 0, n, read_one, NULL);
	if (!q->readers) {
		err_set(e, ERR_INTERNAL, NULL, "cannot start the threads that read");
		import_queue_close(q);
		return NULL;
	}
	return q;
}

void import_queue_close(struct import_queue *q)
{
	if (!q)
		return;
	thread_pool_close(q->readers);
	pthread_mutex_lock(&q->lock);
	while (q->writing)
		pthread_cond_wait(&q->moved, &q->lock);
	pthread_mutex_unlock(&q->lock);
	for (size_t i = 0; i < q->n_slots; i++)
		arena_release(&q->slots[i].arena);
	pthread_cond_destroy(&q->moved);
	pthread_mutex_destroy(&q->lock);
	free(q);
}

static bool has_room(const struct import_queue *q)
{
	return q->feed - q->tell < q->n_slots && (q->bytes < BYTES_MAX || q->feed == q->tell);
}

struct arena *import_queue_next(struct import_queue *q, struct err *e)
{
	pthread_mutex_lock(&q->lock);
	tell(q);
	if (count_read(q) >= q->group)
		write_read(q);
	while (!has_room(q) && q->failure.kind == ERR_NONE)
		advance(q, true);
	struct slot *s = slot_at(q, q->feed);
	bool has_failed = q->failure.kind != ERR_NONE;
	pthread_mutex_unlock(&q->lock);
	if (has_failed) {
		*e = q->failure;
		return NULL;
	}
	return &s->arena;
}

/* Its strings may go before it is told of. */
static struct slot *begin(struct import_queue *q, struct str where, size_t line)
{
	struct slot *s = slot_at(q, q->feed);
	s->task = (struct task){.start_by_ns = TASK_NO_DEADLINE};
	s->where = arena_str(&s->arena, where);
	s->line = line;
	s->err = (struct err){0};
	s->write = (struct write){.op = WRITE_ARTICLE};
	return s;
}

void import_queue_put(struct import_queue *q, const struct article *article, struct str where,
		      size_t line)
{
	struct slot *s = begin(q, where, line);
	s->write.article = *article;
	pthread_mutex_lock(&q->lock);
	s->state = SLOT_READING;
	q->feed++;
	pthread_mutex_unlock(&q->lock);
	thread_pool_push_begun(q->readers, &s->task); /* a slot a task: there is room */
}

void import_queue_fail(struct import_queue *q, const struct err *why, struct str where, size_t line)
{
	struct slot *s = begin(q, where, line);
	s->err = *why;
	pthread_mutex_lock(&q->lock);
	q->bytes += s->arena.used;
	s->state = SLOT_DONE;
	q->feed++;
	pthread_mutex_unlock(&q->lock);
}

int import_queue_drain(struct import_queue *q, struct err *e)
{
	pthread_mutex_lock(&q->lock);
	while (q->tell < q->feed)
		advance(q, true);
	pthread_mutex_unlock(&q->lock);
	if (q->failure.kind == ERR_NONE)
		return 0;
	*e = q->failure;
	return -1;
}
