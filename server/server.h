/* The HTTP service: sockets, threads, and the way of a request from bytes to a handler and back.
 *
 * One libmicrohttpd daemon with epoll a processor ("poller"), each on a dup of one listening
 * socket, moves the bytes. Handlers run on workers while the connection is suspended, but for
 * instant routes, which run on the poller. */
#ifndef DEMARCHE_SERVER_SERVER_H
#define DEMARCHE_SERVER_SERVER_H

#include "server/config.h"

struct server;

/* Listens and starts the threads. All signals that the program waits for must be blocked before.
 * NULL with *e: ERR_INPUT for an option that cannot be (address in use, no tokens on an address
 * that others reach), ERR_INTERNAL. What config points to must outlive the server. */
struct server *server_open(const struct server_config *config, struct err *e) MUST_CHECK;
/* "127.0.0.1:43121" */
const char *server_address(const struct server *s);
/* /readyz answers 503 from here on; everything else goes on. */
void server_leave(struct server *s);
/* Takes no more connections, lets running requests end for at most `timeout_ms`, gives up what is
 * left of their work (but no write that was submitted), cuts their connections, ends all threads,
 * frees. Returns how many connections were cut. NULL is allowed. */
int server_close(struct server *s, int64_t timeout_ms);

#endif
