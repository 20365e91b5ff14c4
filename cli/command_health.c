/* health: a GET over a plain socket, for containers that hold no curl. */
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "cli/command.h"

enum { TIMEOUT_S = 5, URL_MAX = 512 };

static int connect_to(const char *host, const char *port)
{
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *found, *a;
	int fd = -1;
	if (getaddrinfo(host, port, &hints, &found) != 0)
		return -1;
	for (a = found; a && fd < 0; a = a->ai_next) {
		fd = socket(a->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
		struct timeval limit = {.tv_sec = TIMEOUT_S};
		setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
		setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
		if (fd >= 0 && connect(fd, a->ai_addr, a->ai_addrlen) != 0) {
			close(fd);
			fd = -1;
		}
	}
	freeaddrinfo(found);
	return fd;
}

/* "http://host:port/path" into its parts, in place. */
static int split(char *url, char **host, char **port, char **path, struct err *e)
{
	static const char scheme[] = "http://";
	if (strncmp(url, scheme, sizeof scheme - 1) != 0)
		return err_set(e, ERR_INPUT, NULL, "\"%s\" does not start with http://", url);
	*host = url + sizeof scheme - 1;
	char *slash = strchr(*host, '/');
	*path = slash ? slash + 1 : url + strlen(url);
	if (slash)
		*slash = '\0';
	char *end = **host == '[' ? strchr(*host, ']') : NULL;
	char *colon = strchr(end ? end : *host, ':');
	*port = (char *)"80";
	if (colon) {
		*colon = '\0';
		*port = colon + 1;
	}
	if (end) {
		*end = '\0';
		(*host)++;
	}
	return 0;
}

/* Where the service listens by default, or by the environment it shares with us. */
static void default_url(char url[URL_MAX])
{
	const char *listen = getenv("DEMARCHE_LISTEN"), *base = getenv("DEMARCHE_BASE_PATH");
	const char *colon = listen ? strrchr(listen, ':') : NULL;
	snprintf(url, URL_MAX, "http://127.0.0.1:%s%s/readyz", colon ? colon + 1 : "8080",
		 base ? base : "");
}

int command_health(const struct options *o)
{
	char url[URL_MAX], request[URL_MAX + 128], answer[64] = "";
	char *host = NULL, *port = NULL, *path = NULL;
	struct err e = {0};
	if (o->n_args)
		snprintf(url, sizeof url, "%s", o->args[0]);
	else
		default_url(url);
	if (split(url, &host, &port, &path, &e) != 0) {
		command_fail(&e);
		return STATUS_USAGE;
	}
	int fd = connect_to(host, port);
	if (fd < 0) {
		err_set(&e, ERR_INPUT, NULL, "cannot connect to \"%s\" port %s: %s", host, port,
			strerror(errno));
		return command_fail(&e);
	}
	int n = snprintf(request, sizeof request,
			 "GET /%s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", path, host);
	size_t got = 0;
	ssize_t more = send(fd, request, (size_t)n, MSG_NOSIGNAL);
	while (more > 0 && got < sizeof answer - 1) {
		more = recv(fd, answer + got, sizeof answer - 1 - got, 0);
		got += more > 0 ? (size_t)more : 0;
	}
	close(fd);
	int status = strncmp(answer, "HTTP/1.1 ", 9) == 0 ? (int)strtol(answer + 9, NULL, 10) : 0;
	if (status == 200)
		return STATUS_OK;
	err_set(&e, ERR_INPUT, NULL, status ? "not ready: status %d" : "no answer within %d s",
		status ? status : TIMEOUT_S);
	return command_fail(&e);
}
