/* A server inside the test, with routes of the test's own: for handlers that the API does not have.
 */
#ifndef DEMARCHE_TESTS_UNIT_SERVER_LOCAL_H
#define DEMARCHE_TESTS_UNIT_SERVER_LOCAL_H

#include "server/server.h"

/* The end of any wait, which only a failing test reaches. */
enum { LOCAL_WAIT_MS = 60000 };

struct local {
	struct options options;
	struct api api;
	struct memory memory;
	struct log *log;
	struct server *server;
	int port;
	const char *args[32];
};

/* Options as on the command line, ending in NULL; the program's own time limits are set high before
 * them. Fails the test when the server does not start. */
void local_start(struct local *l, const struct route *routes, size_t n, const char *const *args);
/* How many connections were cut. */
int local_stop(struct local *l, int64_t timeout_ms);
int local_connect(const struct local *l);
/* Sends the bytes and reads until the server closes; terminated, owned by the caller. */
char *local_talk(const struct local *l, const char *bytes);
char *local_read(int fd);

#endif
