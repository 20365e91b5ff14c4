/* Starts and ends the service: its threads, access to it, the drain. */
#include "server/server.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "db/store.h"
#include "server/dispatch.h"
#include "server/health.h"
#include "server/lifecycle.h"
#include "server/listener.h"
#include "server/reaper.h"

enum {
	FDS_FOR_THE_REST = 256,
	POLL_MS = 5,
	LAST_WORDS_MS = 200,
	/* Questions come first: at this niceness a thread gets a ninth of another's share. */
	EXTRACTORS_NICENESS = 10,
};

struct server {
	struct service service;
	struct connections connections;
	struct listener listener;
	struct reaper *reaper;
	struct poller pollers[CONFIG_POLLERS_MAX];
	int n_pollers;
};

/* --- access --- */

static int read_access(struct service *s, struct err *e)
{
	const struct server_config *o = &s->config;
	s->base_path = str_of(o->base_path);
	while (s->base_path.n && s->base_path.p[s->base_path.n - 1] == '/')
		s->base_path.n--;
	if (s->base_path.n && s->base_path.p[0] != '/')
		return err_set(e, ERR_INPUT, NULL, "--base-path is \"%s\": it starts with a slash",
			       o->base_path);
	if (cidr_list_parse(&s->trusted_proxies, str_of(o->trusted_proxies), e) != 0)
		return -1;
	if (*o->tokens_file && auth_add_file(&s->auth, o->tokens_file, e) != 0)
		return -1;
	return auth_add(&s->auth, "DEMARCHE_TOKENS", str_of(o->tokens), e);
}

/* An address that others reach takes tokens, or the word that it needs none. */
static int check_access(const struct service *s, const struct listener *l, struct err *e)
{
	if (s->auth.n > 0)
		return 0;
	if (!l->is_loopback && !s->config.is_open)
		return err_set(e, ERR_INPUT, NULL,
			       "\"%s\" can be reached by others and there are no tokens: give "
			       "--tokens-file or DEMARCHE_TOKENS, or --open to let everybody read "
			       "and write",
			       s->config.listen);
	log_line(s->config.log, LOG_WARN,
		 "no tokens: everybody who reaches this address may read and write",
		 "\"address\":\"%s\"", l->address);
	return 0;
}

/* --- the start --- */

__attribute__((format(printf, 2, 0))) static void library_log(void *cls, const char *format,
							      va_list args)
{
	struct log *log = cls;
	char text[512], quoted[1100];
	if (!log_wants(log, LOG_DEBUG))
		return;
	vsnprintf(text, sizeof text, format, args);
	log_line(log, LOG_DEBUG, "libmicrohttpd", "\"text\":%s",
		 log_quoted(quoted, sizeof quoted, str_trim(str_of(text))));
}

/* Keeps the target as it came: target.c decodes. */
static size_t keep_escapes(void *cls, struct MHD_Connection *mhd, char *text)
{
	(void)cls, (void)mhd;
	return strlen(text);
}

static int start_poller(struct server *s, struct err *e)
{
	const struct server_config *o = &s->service.config;
	struct poller *p = &s->pollers[s->n_pollers];
	int fd = dup(s->listener.fd);
	if (fd < 0)
		return err_set(e, ERR_INTERNAL, NULL, "no descriptor for a poller: %s",
			       strerror(errno));
	unsigned limit = (unsigned)o->max_connections + CONNECTIONS_SPARE;
	unsigned idle_s = (unsigned)((o->idle_timeout_ms + 999) / 1000);
	/* clang-format off: an option and its values a line */
	struct MHD_Daemon *daemon = MHD_start_daemon(
		MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0, NULL, NULL,
		lifecycle_step, p, MHD_OPTION_EXTERNAL_LOGGER, library_log, o->log,
		MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_URI_LOG_CALLBACK, lifecycle_begin, p,
		MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, NULL, MHD_OPTION_NOTIFY_COMPLETED,
		lifecycle_end, p, MHD_OPTION_NOTIFY_CONNECTION, connection_notify, &s->connections,
		MHD_OPTION_CONNECTION_LIMIT, limit, MHD_OPTION_CONNECTION_TIMEOUT, idle_s,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_BUFFER_BYTES,
		MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1, MHD_OPTION_END);
	/* clang-format on */
	if (!daemon) {
		close(fd);
		return err_set(e, ERR_INTERNAL, NULL, "cannot start a poller");
	}
	s->n_pollers++;
	if (poller_start(p, daemon, fd, &s->service) != 0)
		return err_set(e, ERR_INTERNAL, NULL, "cannot start a poller's thread");
	return 0;
}

/* Each daemon may take all connections, so the descriptors must do for the limit and what the store
 * and the rest open. */
static int raise_descriptors(const struct server_config *o, struct err *e)
{
	struct rlimit limit;
	rlim_t need = (rlim_t)(o->max_connections + (int64_t)o->pollers * CONNECTIONS_SPARE +
			       FDS_FOR_THE_REST);
	if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
		return 0;
	if (limit.rlim_cur < need) {
		limit.rlim_cur = need < limit.rlim_max ? need : limit.rlim_max;
		setrlimit(RLIMIT_NOFILE, &limit);
	}
	if (limit.rlim_cur < need)
		return err_set(e, ERR_INPUT, NULL,
			       "--max-connections is %lld: that takes %llu descriptors, and this "
			       "process may open %llu",
			       (long long)o->max_connections, (unsigned long long)need,
			       (unsigned long long)limit.rlim_cur);
	return 0;
}

static void init_service(struct service *s, const struct server_config *config)
{
	s->config = *config;
	s->work_bytes = (size_t)(config->memory->max_bytes - memory_used(config->memory));
	s->started_ms = now_unix_ms();
	s->router.tables[0].rows = health_routes;
	s->router.tables[0].n = health_routes_count;
	s->router.tables[1].rows = config->routes;
	s->router.tables[1].n = config->n_routes;
	uint64_t seed = (uint64_t)s->started_ms;
	if (getrandom(&seed, sizeof seed, 0) < 0)
		seed ^= (uint64_t)getpid() << 32;
	atomic_init(&s->last_id, seed);
}

static int start_pools(struct service *s, struct err *e)
{
	const struct server_config *o = &s->config;
	s->workers = thread_pool_open(o->workers, 0, o->queue_max, dispatch_work, s);
	s->extractors = thread_pool_open(o->extractors, EXTRACTORS_NICENESS, o->queue_max,
					 dispatch_extract, s);
	if (!s->workers || !s->extractors)
		return err_set(e, ERR_INTERNAL, NULL, "cannot start the workers");
	return 0;
}

static int start(struct server *server, struct err *e)
{
	struct service *s = &server->service;
	if (metrics_init(&s->metrics, &s->router) != 0)
		return err_set(e, ERR_INTERNAL, NULL, "out of memory");
	s->answers = answer_cache_new(s->config.answer_cache_bytes);
	if (!s->answers)
		return err_set(e, ERR_INTERNAL, NULL, "out of memory");
	if (read_access(s, e) != 0 || raise_descriptors(&s->config, e) != 0 ||
	    listener_open(&server->listener, s->config.listen, e) != 0 ||
	    check_access(s, &server->listener, e) != 0)
		return -1;
	s->readiness = readiness_start(s->config.api->store, e);
	if (!s->readiness || start_pools(s, e) != 0)
		return -1;
	server->reaper = reaper_start(s, &server->connections, e);
	if (!server->reaper)
		return -1;
	for (int i = 0; i < s->config.pollers; i++)
		if (start_poller(server, e) != 0)
			return -1;
	return 0;
}

struct server *server_open(const struct server_config *config, struct err *e)
{
	struct server *s = calloc(1, sizeof *s);
	if (!s) {
		err_set(e, ERR_INTERNAL, NULL, "out of memory");
		return NULL;
	}
	s->listener.fd = -1;
	init_service(&s->service, config);
	connections_init(&s->connections, &s->service.config, &s->service.metrics);
	if (start(s, e) != 0) {
		server_close(s, 0);
		return NULL;
	}
	return s;
}

const char *server_address(const struct server *s)
{
	return s->listener.address;
}

void server_leave(struct server *s)
{
	atomic_store(&s->service.is_leaving, true);
}

/* --- the end --- */

static unsigned count_connections(struct server *s)
{
	unsigned n = 0;
	for (int i = 0; i < s->n_pollers; i++)
		n += poller_connections(&s->pollers[i]);
	return n;
}

static unsigned await_connections(struct server *s, int64_t timeout_ms)
{
	int64_t end = now_monotonic_ns() + timeout_ms * 1000000;
	unsigned n;
	while ((n = count_connections(s)) > 0 && now_monotonic_ns() < end)
		nanosleep(&(struct timespec){.tv_nsec = POLL_MS * 1000000}, NULL);
	return n;
}

/* Until every request that was suspended is ready to be answered. */
static bool await_suspended(struct server *s, int64_t timeout_ms)
{
	int64_t end = now_monotonic_ns() + timeout_ms * 1000000;
	while (atomic_load(&s->service.suspended) > 0 && now_monotonic_ns() < end)
		nanosleep(&(struct timespec){.tv_nsec = POLL_MS * 1000000}, NULL);
	return atomic_load(&s->service.suspended) == 0;
}

/* The order matters: every daemon quiesced before the socket is shut down, or libmicrohttpd 0.9.75
 * panics; every suspended connection resumed before its daemon is stopped. */
int server_close(struct server *s, int64_t timeout_ms)
{
	if (!s)
		return 0;
	atomic_store(&s->service.is_leaving, true);
	atomic_store(&s->service.is_draining, true);
	for (int i = 0; i < s->n_pollers; i++)
		poller_quiesce(&s->pollers[i]);
	if (s->listener.fd >= 0)
		shutdown(s->listener.fd, SHUT_RDWR);
	unsigned left = await_connections(s, timeout_ms);
	atomic_store(&s->service.is_stopping, true);
	/* The pools turn away what they have not begun, and give up reading articles and asking the
	 * store; the store still answers what was submitted to it. */
	connections_cancel(&s->connections);
	if (!await_suspended(s, LAST_WORDS_MS) && s->service.config.api->store)
		store_interrupt(s->service.config.api->store);
	while (!await_suspended(s, LAST_WORDS_MS))
		;
	if (left)
		left = await_connections(s, LAST_WORDS_MS);
	reaper_join(s->reaper);
	for (int i = 0; i < s->n_pollers; i++)
		poller_end(&s->pollers[i]);
	thread_pool_close(s->service.extractors);
	thread_pool_close(s->service.workers);
	readiness_stop(s->service.readiness);
	if (s->listener.fd >= 0)
		close(s->listener.fd);
	connections_release(&s->connections);
	metrics_release(&s->service.metrics);
	answer_cache_free(s->service.answers);
	free(s);
	return (int)left;
}
