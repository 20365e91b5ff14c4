/* The background thread. */
#include "server/job.h"

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
	RETRY_MS = 5000,
	STACK_BYTES = 2 * 1024 * 1024,
};

struct job {
	const struct api *api;
	struct log *log;
	pthread_t thread;
	atomic_bool is_ending;
	struct budget budget;
};

static void tell_failure(const struct job *j, const struct err *e)
{
	char quoted[1100];
	log_line(j->log, LOG_ERROR, "reading again failed", "\"reason\":%s",
		 log_quoted(quoted, sizeof quoted, str_of(e->message)));
}

static void *run(void *arg)
{
	struct job *j = arg;
	setpriority(PRIO_PROCESS, (id_t)syscall(SYS_gettid), NICENESS);
	while (!atomic_load(&j->is_ending)) {
		struct err e = {0};
		enum reread_result result = reread_step(j->api, &j->budget, &e);
		if (result == REREAD_MORE)
			continue;
		if (result == REREAD_FAILED && !atomic_load(&j->is_ending))
			tell_failure(j, &e);
		issue_registry_wait(j->api->issues, result == REREAD_FAILED ? RETRY_MS : LOOK_MS);
	}
	return NULL;
}

struct job *job_start(const struct api *api, const struct budget *limits, struct log *log,
		      struct err *e)
{
	struct job *j = calloc(1, sizeof *j);
	pthread_attr_t attributes;
	if (!j) {
		err_set(e, ERR_INTERNAL, NULL, "out of memory");
		return NULL;
	}
	j->api = api;
	j->log = log;
	j->budget = *limits;
	j->budget.cancelled = &j->is_ending;
	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, STACK_BYTES);
	int rc = pthread_create(&j->thread, &attributes, run, j);
	pthread_attr_destroy(&attributes);
	if (rc == 0)
		return j;
	err_set(e, ERR_INTERNAL, NULL, "cannot start the background thread");
	free(j);
	return NULL;
}

void job_stop(struct job *j)
{
	if (!j)
		return;
	atomic_store(&j->is_ending, true);
	issue_registry_wake(j->api->issues);
	pthread_join(j->thread, NULL);
	free(j);
}
