#include "tests/unit/server/local.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <check.h>

void local_init(struct local *l, const struct route *routes, size_t n)
{
	*l = (struct local){.memory.max_bytes = 512 << 20};
	l->log = log_open(STDERR_FILENO, LOG_ERROR);
	l->config = (struct server_config){
		.api = &l->api,
		.routes = routes,
		.n_routes = n,
		.memory = &l->memory,
		.log = l->log,
		.listen = "127.0.0.1:0",
		.base_path = "",
		.cors_origins = "",
		.trusted_proxies = "",
		.tokens_file = "",
		.tokens = "",
		.compresses = true,
		.pollers = 2,
		.workers = 2,
		.extractors = 2,
		.queue_max = 512,
		.max_connections = 1000,
		.max_body_bytes = 8 << 20,
		.article_tokens = 100000,
		.article_cpu_ms = 5000,
		.body_timeout_ms = 600000,
		.idle_timeout_ms = 60000,
		.send_timeout_ms = 30000,
		.read_deadline_ms = 300000,
	};
}

void local_start(struct local *l)
{
	struct err e = {0};
	l->server = server_open(&l->config, &e);
	ck_assert_msg(l->server != NULL, "%s", e.message);
	l->port = (int)strtol(strrchr(server_address(l->server), ':') + 1, NULL, 10);
}

int local_stop(struct local *l, int64_t timeout_ms)
{
	int cut = server_close(l->server, timeout_ms);
	log_close(l->log);
	return cut;
}

int local_connect(const struct local *l)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)l->port)};
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	ck_assert_int_eq(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
	return fd;
}

char *local_read(int fd)
{
	size_t n = 0, cap = 65536;
	char *p = malloc(cap);
	struct pollfd ready = {.fd = fd, .events = POLLIN};
	ck_assert_ptr_nonnull(p);
	for (;;) {
		ck_assert_msg(poll(&ready, 1, LOCAL_WAIT_MS) > 0,
			      "the server neither speaks nor closes: %.*s", (int)n, p);
		ssize_t got = recv(fd, p + n, cap - n - 1, 0);
		if (got <= 0)
			break;
		n += (size_t)got;
		if (cap - n < 1024)
			p = realloc(p, cap *= 2);
		ck_assert_ptr_nonnull(p);
	}
	p[n] = '\0';
	return p;
}

char *local_talk(const struct local *l, const char *bytes)
{
	int fd = local_connect(l);
	size_t n = strlen(bytes);
	ck_assert_int_eq(send(fd, bytes, n, MSG_NOSIGNAL), (ssize_t)n);
	char *got = local_read(fd);
	close(fd);
	return got;
}
