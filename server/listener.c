/* From the text of --listen to a socket. */
#include "server/listener.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/str.h"
#include "server/address.h"

enum { BACKLOG = 1024 };

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

static int bind_to(struct listener *l, const struct addrinfo *at, const char *text, struct err *e)
{
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
	l->fd = fd;
	return 0;
}

static void name_address(struct listener *l)
{
	struct sockaddr_storage name;
	socklen_t n = sizeof name;
	char host[ADDRESS_TEXT_MAX] = "", port[16] = "";
	struct address a;
	getsockname(l->fd, (struct sockaddr *)&name, &n);
	getnameinfo((struct sockaddr *)&name, n, host, sizeof host, port, sizeof port,
		    NI_NUMERICHOST | NI_NUMERICSERV);
	snprintf(l->address, sizeof l->address, strchr(host, ':') ? "[%s]:%s" : "%s:%s", host,
		 port);
	l->is_loopback = address_of((struct sockaddr *)&name, &a) && address_is_loopback(&a);
}

int listener_open(struct listener *l, const char *text, struct err *e)
{
	char host[256] = "", port[16] = "";
	*l = (struct listener){.fd = -1};
	if (split_address(text, host, port, e) != 0)
		return -1;
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM,
				 .ai_flags = AI_PASSIVE | AI_NUMERICSERV},
			*found;
	int rc = getaddrinfo(*host ? host : NULL, port, &hints, &found);
	if (rc != 0)
		return err_set(e, ERR_INPUT, NULL, "--listen is \"%s\": %s", text,
			       gai_strerror(rc));
	rc = bind_to(l, found, text, e);
	freeaddrinfo(found);
	if (rc == 0)
		name_address(l);
	return rc;
}
