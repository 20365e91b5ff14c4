/* A server inside the test, with routes of the test's own: for handlers that the API does not have.
 */
#ifndef DEMARCHE_TESTS_UNIT_SERVER_LOCAL_H
#define DEMARCHE_TESTS_UNIT_SERVER_LOCAL_H

#include "server/server.h"

/* The end of any wait, which only a failing test reaches. */
enum { LOCAL_WAIT_MS = 60000 };

struct local {
	struct server_config config;
	struct api api;
	struct memory memory;
	struct log *log;
	struct server *server;
	int port;
};

/* Two threads of each kind on a free port, time limits that no test reaches. A test changes
 * l->config before it starts the server. */
void local_init(struct local *l, const struct route *routes, size_t n);
/* Fails the test when the server does not start. */
void local_start(struct local *l);
/* How many connections were cut. */
int local_stop(struct local *l, int64_t timeout_ms);
int local_connect(const struct local *l);
/* Sends the bytes and reads until the server closes; terminated, owned by the caller. */
char *local_talk(const struct local *l, const char *bytes);
char *local_read(int fd);

#endif
