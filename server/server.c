/* Starts and ends the service: the listening socket, the pollers, the workers, the drain. */
#include "server/server.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/date.h"
#include "db/store.h"
#include "server/inside.h"

enum {
	BACKLOG = 1024,
	STACK_BYTES = 2 * 1024 * 1024,
	FDS_FOR_THE_REST = 256,
	POLL_MS = 5,
	LAST_WORDS_MS = 200,
	EXTRACTORS_NICENESS = 10, /* questions come first: at this niceness a thread gets a ninth of
				     another's share */
};

/* --- listening
 * -------------------------------------------------------------------------------------------------
 */

/* "127.0.0.1:8080", "[::1]:8080", "localhost:8080", ":8080" */
static int split_address(const char *text, char host[256], char port[16], struct err *e)
{
	const char *colon = strrchr(text, ':');
	struct str h = {text, colon ? (size_t)(colon - text) : 0};
	int64_t n;
	if (h.n >= 2 && h.p[0] == '[' && h.p[h.n - 1] == ']')
		h = str_sub(h, 1, h.n - 1);
	else if (memchr(h.p, ':', h.n))
		colon = NULL;
	if (!colon || h.n >= 255 || !str_to_i64(str_of(colon + 1), &n) || n < 0 || n > 65535)
		return err_set(e, ERR_INPUT, NULL,
			       "--listen is \"%s\": it takes HOST:PORT such as 127.0.0.1:8080 or "
			       "[::]:8080",
			       text);
	snprintf(host, 256, "%.*s", STR_ARG(h));
	snprintf(port, 16, "%lld", (long long)n);
	return 0;
}

static int bind_to(struct server *s, const struct addrinfo *at, struct err *e)
{
	const char *text = s->config.listen;
	int fd = socket(at->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return err_set(e, ERR_INTERNAL, NULL, "no socket for \"%s\": %s", text,
			       strerror(errno));
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
	if (at->ai_family == AF_INET6) /* [::] takes IPv4 as well */
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &(int){0}, sizeof(int));
	if (bind(fd, at->ai_addr, at->ai_addrlen) != 0 || listen(fd, BACKLOG) != 0) {
		err_set(e, ERR_INPUT, NULL, "cannot listen on \"%s\": %s", text, strerror(errno));
		close(fd);
		return -1;
	}
	s->listen_fd = fd;
	return 0;
}

static void name_address(struct server *s)
{
	struct sockaddr_storage name;
	socklen_t n = sizeof name;
	char host[ADDRESS_TEXT_MAX] = "", port[16] = "";
	struct address a;
	getsockname(s->listen_fd, (struct sockaddr *)&name, &n);
	getnameinfo((struct sockaddr *)&name, n, host, sizeof host, port, sizeof port,
		    NI_NUMERICHOST | NI_NUMERICSERV);
	snprintf(s->address, sizeof s->address, strchr(host, ':') ? "[%s]:%s" : "%s:%s", host,
		 port);
	s->is_loopback = address_of((struct sockaddr *)&name, &a) && address_is_loopback(&a);
}

static int listen_on(struct server *s, struct err *e)
{
	char host[256] = "", port[16] = "";
	if (split_address(s->config.listen, host, port, e) != 0)
		return -1;
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM,
				 .ai_flags = AI_PASSIVE | AI_NUMERICSERV},
			*found;
	int rc = getaddrinfo(*host ? host : NULL, port, &hints, &found);
	if (rc != 0)
		return err_set(e, ERR_INPUT, NULL, "--listen is \"%s\": %s", s->config.listen,
			       gai_strerror(rc));
	rc = bind_to(s, found, e);
	freeaddrinfo(found);
	if (rc == 0)
		name_address(s);
	return rc;
}

/* --- access
 * -------------------------------------------------------------------------------------------------
 */

static int read_access(struct server *s, struct err *e)
{
	const struct server_config *o = &s->config;
	s->base_path = str_of(o->base_path);
	while (s->base_path.n && s->base_path.p[s->base_path.n - 1] == '/')
		s->base_path.n--;
	if (s->base_path.n && s->base_path.p[0] != '/')
		return err_set(e, ERR_INPUT, NULL, "--base-path is \"%s\": it starts with a slash",
			       o->base_path);
	if (cidr_list_parse(&s->trusted, str_of(o->trusted_proxies), e) != 0)
		return -1;
	if (*o->tokens_file && auth_add_file(&s->auth, o->tokens_file, e) != 0)
		return -1;
	return auth_add(&s->auth, "DEMARCHE_TOKENS", str_of(o->tokens), e);
}

static int check_access(struct server *s, struct err *e)
{
	if (s->auth.n > 0)
		return 0;
	if (!s->is_loopback && !s->config.is_open)
		return err_set(e, ERR_INPUT, NULL,
			       "\"%s\" can be reached by others and there are no tokens: give "
			       "--tokens-file or DEMARCHE_TOKENS, or "
			       "--open to let everybody read and write",
			       s->config.listen);
	log_line(s->log, LOG_WARN,
		 "no tokens: everybody who reaches this address may read and write",
		 "\"address\":\"%s\"", s->address);
	return 0;
}

/* --- threads
 * -------------------------------------------------------------------------------------------------
 */

__attribute__((format(printf, 2, 0))) static void library_log(void *cls, const char *format,
							      va_list args)
{
	struct server *s = cls;
	char text[512], quoted[1100];
	if (!log_wants(s->log, LOG_DEBUG))
		return;
	vsnprintf(text, sizeof text, format, args);
	log_line(s->log, LOG_DEBUG, "libmicrohttpd", "\"text\":%s",
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
	const struct server_config *o = &s->config;
	int fd = dup(s->listen_fd);
	if (fd < 0)
		return err_set(e, ERR_INTERNAL, NULL, "no descriptor for a poller: %s",
			       strerror(errno));
	unsigned limit = (unsigned)o->max_connections + SPARE_CONNECTIONS;
	struct MHD_Daemon *daemon = MHD_start_daemon(
		MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0, NULL, NULL,
		exchange_go_on, s, MHD_OPTION_EXTERNAL_LOGGER, library_log, s,
		MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_URI_LOG_CALLBACK, exchange_begin, s,
		MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, NULL, MHD_OPTION_NOTIFY_COMPLETED,
		exchange_end, s, MHD_OPTION_NOTIFY_CONNECTION, connection_notify, s,
		MHD_OPTION_CONNECTION_LIMIT, limit, MHD_OPTION_CONNECTION_TIMEOUT,
		(unsigned)((o->idle_timeout_ms + 999) / 1000), MHD_OPTION_CONNECTION_MEMORY_LIMIT,
		(size_t)CONNECTION_MEMORY, MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1, MHD_OPTION_END);
	if (!daemon) {
		close(fd);
		return err_set(e, ERR_INTERNAL, NULL, "cannot start a poller");
	}
	if (poller_start(&s->pollers[s->n_pollers++], daemon, fd) != 0)
		return err_set(e, ERR_INTERNAL, NULL, "cannot start a poller's thread");
	return 0;
}

/* Each daemon may take all connections, so the descriptors must do for the limit and what the store
 * and the rest open. */
static int raise_descriptors(struct server *s, struct err *e)
{
	struct rlimit limit;
	rlim_t need = (rlim_t)(s->config.max_connections + s->config.pollers * SPARE_CONNECTIONS +
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
			       (long long)s->config.max_connections, (unsigned long long)need,
			       (unsigned long long)limit.rlim_cur);
	return 0;
}

static int start(struct server *s, struct err *e)
{
	const struct server_config *o = &s->config;
	if (metrics_init(&s->metrics, &s->router) != 0)
		return err_set(e, ERR_INTERNAL, NULL, "out of memory");
	if (read_access(s, e) != 0 || raise_descriptors(s, e) != 0 || listen_on(s, e) != 0 ||
	    check_access(s, e) != 0)
		return -1;
	s->readiness = readiness_start(s->config.api->store, e);
	if (!s->readiness)
		return -1;
	s->workers = thread_pool_open(o->workers, 0, o->queue_max, dispatch_work, s);
	s->extractors = thread_pool_open(o->extractors, EXTRACTORS_NICENESS, o->queue_max,
					 dispatch_extract, s);
	if (!s->workers || !s->extractors)
		return err_set(e, ERR_INTERNAL, NULL, "cannot start the workers");
	if (pthread_create(&s->reaper, NULL, reaper_run, s) != 0)
		return err_set(e, ERR_INTERNAL, NULL, "cannot start the reaper");
	s->has_reaper = true;
	for (int i = 0; i < o->pollers; i++)
		if (start_poller(s, e) != 0)
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
	s->config = *config;
	s->log = config->log;
	s->memory = config->memory;
	s->work_bytes = (size_t)(s->memory->max_bytes - memory_used(s->memory));
	s->listen_fd = -1;
	s->started_ms = now_unix_ms();
	s->router.tables[0].rows = health_routes;
	s->router.tables[0].n = health_routes_count;
	s->router.tables[1].rows = config->routes;
	s->router.tables[1].n = config->n_routes;
	uint64_t seed = (uint64_t)s->started_ms;
	if (getrandom(&seed, sizeof seed, 0) < 0)
		seed ^= (uint64_t)getpid() << 32;
	atomic_init(&s->last_id, seed);
	pthread_mutex_init(&s->connections_lock, NULL);
	if (start(s, e) != 0) {
		server_close(s, 0);
		return NULL;
	}
	return s;
}

const char *server_address(const struct server *s)
{
	return s->address;
}

void server_leave(struct server *s)
{
	atomic_store(&s->is_leaving, true);
}

/* --- the end
 * -------------------------------------------------------------------------------------------------
 */

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
static bool await_turns(struct server *s, int64_t timeout_ms)
{
	int64_t end = now_monotonic_ns() + timeout_ms * 1000000;
	while (atomic_load(&s->suspended) > 0 && now_monotonic_ns() < end)
		nanosleep(&(struct timespec){.tv_nsec = POLL_MS * 1000000}, NULL);
	return atomic_load(&s->suspended) == 0;
}

/* The order matters: every daemon quiesced before the socket is shut down, or libmicrohttpd 0.9.75
 * panics; every suspended connection resumed before its daemon is stopped. */
int server_close(struct server *s, int64_t timeout_ms)
{
	if (!s)
		return 0;
	atomic_store(&s->is_leaving, true);
	atomic_store(&s->is_draining, true);
	for (int i = 0; i < s->n_pollers; i++)
		poller_quiesce(&s->pollers[i]);
	if (s->listen_fd >= 0)
		shutdown(s->listen_fd, SHUT_RDWR);
	unsigned left = await_connections(s, timeout_ms);
	atomic_store(&s->is_stopping, true);
	/* The crews turn away what they have not begun, and give up reading articles and asking the
	 * store; the store still answers what was submitted to it. */
	connections_cancel(s);
	if (!await_turns(s, LAST_WORDS_MS) && s->config.api->store)
		store_hurry(s->config.api->store);
	while (!await_turns(s, LAST_WORDS_MS))
		;
	if (left)
		left = await_connections(s, LAST_WORDS_MS);
	if (s->has_reaper)
		pthread_join(s->reaper, NULL);
	for (int i = 0; i < s->n_pollers; i++)
		poller_end(&s->pollers[i]);
	thread_pool_close(s->extractors);
	thread_pool_close(s->workers);
	readiness_stop(s->readiness);
	if (s->listen_fd >= 0)
		close(s->listen_fd);
	pthread_mutex_destroy(&s->connections_lock);
	metrics_release(&s->metrics);
	free(s);
	return (int)left;
}
