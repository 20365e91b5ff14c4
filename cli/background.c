/* Reads one stored article after the other, and waits for more. */
#include "cli/background.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "api/issue_registry.h"
#include "api/reread.h"

enum {
	NICENESS = 10,	/* requests come first; on Linux it is a thread's own */
	LOOK_MS = 2000, /* how often it looks for articles that became stale unheard */
	LENT_MS = 100,	/* and for what others found while they read */
	RETRY_MS = 5000,
	STACK_BYTES = 2 * 1024 * 1024,
};

struct background {
	const struct api *api;
	struct log *log;
	pthread_t thread;
	atomic_bool is_ending;
	struct budget budget;
};

static void log_failure(const struct background *b, const struct err *e)
{
	char quoted[1100];
	log_line(b->log, LOG_ERROR, "reading again failed", "\"reason\":%s",
		 log_quoted(quoted, sizeof quoted, str_of(e->message)));
}

static void *run(void *arg)
{
	static const int64_t pauses_ms[] = {
		[REREAD_IDLE] = LOOK_MS, [REREAD_LENT] = LENT_MS, [REREAD_FAILED] = RETRY_MS};
	struct background *b = arg;
	setpriority(PRIO_PROCESS, (id_t)syscall(SYS_gettid), NICENESS);
	while (!atomic_load(&b->is_ending)) {
		struct err e = {0};
		enum reread_result result = reread_step(b->api, &b->budget, &e);
		if (result == REREAD_MORE)
			continue;
		if (result == REREAD_FAILED && !atomic_load(&b->is_ending))
			log_failure(b, &e);
		issue_registry_wait(b->api->issues, pauses_ms[result]);
	}
	return NULL;
}

struct background *background_start(const struct api *api, const struct budget *limits,
				    struct log *log, struct err *e)
{
	struct background *b = calloc(1, sizeof *b);
	pthread_attr_t attributes;
	if (!b) {
		err_set(e, ERR_INTERNAL, NULL, "out of memory");
		return NULL;
	}
	b->api = api;
	b->log = log;
	b->budget = *limits;
	b->budget.cancelled = &b->is_ending;
	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, STACK_BYTES);
	int rc = pthread_create(&b->thread, &attributes, run, b);
	pthread_attr_destroy(&attributes);
	if (rc == 0)
		return b;
	err_set(e, ERR_INTERNAL, NULL, "cannot start the background thread");
	free(b);
	return NULL;
}

void background_stop(struct background *b)
{
	if (!b)
		return;
	atomic_store(&b->is_ending, true);
	issue_registry_wake(b->api->issues);
	pthread_join(b->thread, NULL);
	free(b);
}
