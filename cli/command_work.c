/* work: threads that read articles for the process that writes, until a signal. */
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "api/issue_registry.h"
#include "api/reading_work.h"
#include "base/clock.h"
#include "base/version.h"
#include "cli/command.h"
#include "db/reading_queue.h"
#include "db/store.h"
#include "extract/extract.h"
#include "server/log.h"

enum {
	WORKERS_MAX = 64,
	NICENESS = 10, /* as what a service reads in the background */
	NONE_MS = 300,
	RETRY_MS = 2000,
	STACK_BYTES = 2 * 1024 * 1024,
};

struct work;

struct worker {
	struct work *of;
	pthread_t thread;
	struct reading_queue *queue;
	struct budget budget;
	size_t read;
};

struct work {
	const struct options *o;
	struct log *log;
	struct engine *engine;
	struct store *store;
	struct api api;
	sigset_t signals;
	struct worker workers[WORKERS_MAX];
	int n;
	int64_t number; /* which tells it from other processes; not 0 */
	atomic_bool is_ending;
	atomic_bool has_failed;
};

static void pause_ms(struct work *w, int64_t ms)
{
	const struct timespec step = {.tv_nsec = 50000000};
	for (; ms > 0 && !atomic_load(&w->is_ending); ms -= 50)
		nanosleep(&step, NULL);
}

static void log_failure(const struct work *w, const struct err *e)
{
	char quoted[1100];
	log_line(w->log, LOG_ERROR, "reading failed", "\"reason\":%s",
		 log_quoted(quoted, sizeof quoted, str_of(e->message)));
}

/* What fails is tried again, since the server may come back; but not with another version. */
static void *run(void *p)
{
	struct worker *own = p;
	struct work *w = own->of;
	setpriority(PRIO_PROCESS, (id_t)syscall(SYS_gettid), NICENESS);
	while (!atomic_load(&w->is_ending)) {
		struct err e = {0};
		enum work_result result = reading_work_step(&w->api, own->queue, &own->budget,
							    w->o->lease, &own->read, &e);
		if (result == WORK_NONE)
			pause_ms(w, NONE_MS);
		if (result != WORK_FAILED || atomic_load(&w->is_ending))
			continue;
		log_failure(w, &e);
		if (e.kind == ERR_INPUT) {
			atomic_store(&w->has_failed, true);
			kill(getpid(), SIGTERM);
			break;
		}
		pause_ms(w, RETRY_MS);
	}
	return NULL;
}

static int start(struct work *w, struct err *e)
{
	pthread_attr_t attributes;
	int rc = 0;
	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, STACK_BYTES);
	for (; rc == 0 && w->n < w->o->extractors; w->n += rc == 0) {
		struct worker *own = &w->workers[w->n];
		own->of = w;
		own->budget = (struct budget){.tokens_max = (size_t)w->o->article_tokens,
					      .cpu_max_ns = w->o->article_cpu * 1000000,
					      .cancelled = &w->is_ending};
		own->queue = reading_queue_open(w->o->db, w->number, e);
		rc = own->queue ? 0 : -1;
		if (rc == 0 && pthread_create(&own->thread, &attributes, run, own)) {
			reading_queue_close(own->queue);
			rc = err_set(e, ERR_INTERNAL, NULL, "cannot start a thread");
		}
	}
	pthread_attr_destroy(&attributes);
	return rc;
}

static int64_t draw_number(void)
{
	int64_t drawn;
	if (getrandom(&drawn, sizeof drawn, 0) != (ssize_t)sizeof drawn)
		drawn = now_unix_ms() << 20 ^ getpid();
	return drawn | 1;
}

static size_t stop(struct work *w)
{
	size_t read = 0;
	atomic_store(&w->is_ending, true);
	for (int i = 0; i < w->n; i++) {
		pthread_join(w->workers[i].thread, NULL);
		reading_queue_close(w->workers[i].queue);
		read += w->workers[i].read;
	}
	return read;
}

/* A file, or another version's database, is refused before anything else. */
static int open_all(struct work *w, struct err *e)
{
	int64_t edition;
	w->engine = engine_open(e);
	struct reading_queue *q = w->engine ? reading_queue_open(w->o->db, 0, e) : NULL;
	if (!q)
		return -1;
	const struct knowledge known = engine_knowledge(w->engine);
	int rc = reading_queue_edition(q, &known, &edition, e);
	reading_queue_close(q);
	if (rc)
		return -1;
	w->store = command_store_reading(w->o, (int)w->o->extractors, e);
	w->api = (struct api){.store = w->store, .engine = w->engine, .extracts = true};
	w->api.issues = w->store ? issue_registry_open(w->engine, w->store, e) : NULL;
	return w->api.issues ? start(w, e) : -1;
}

int command_work(const struct options *o)
{
	struct err e = {0};
	int signal_number;
	struct work *w = calloc(1, sizeof *w);
	if (!w)
		return STATUS_FAILED;
	w->o = o;
	w->number = draw_number();
	sigemptyset(&w->signals);
	sigaddset(&w->signals, SIGTERM);
	sigaddset(&w->signals, SIGINT);
	pthread_sigmask(SIG_BLOCK, &w->signals, NULL); /* before any thread, so that all have it */
	signal(SIGPIPE, SIG_IGN);
	w->log = log_open(STDERR_FILENO, o->log_level);
	int rc = w->log ? open_all(w, &e) : err_set(&e, ERR_INTERNAL, NULL, "out of memory");
	if (rc == 0) {
		log_line(w->log, LOG_ALWAYS, "working",
			 "\"threads\":%d,\"version\":\"%s\",\"engine\":\"%s\"", w->n,
			 PROGRAM_VERSION, ENGINE_VERSION);
		sigwait(&w->signals, &signal_number);
	}
	size_t read = stop(w);
	if (rc == 0)
		log_line(w->log, LOG_INFO, "ended", "\"articles\":%zu", read);
	bool has_failed = rc || atomic_load(&w->has_failed);
	issue_registry_close(w->api.issues);
	store_close(w->store);
	engine_close(w->engine);
	log_close(w->log);
	free(w);
	if (rc)
		command_fail(&e);
	return has_failed ? STATUS_FAILED : STATUS_OK;
}
