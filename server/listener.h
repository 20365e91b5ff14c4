/* The socket on which the server takes connections. */
#ifndef DEMARCHE_SERVER_LISTENER_H
#define DEMARCHE_SERVER_LISTENER_H

#include <stdbool.h>

#include "base/err.h"

struct listener {
	int fd; /* -1: none */
	bool is_loopback;
	char address[64]; /* "127.0.0.1:43121" */
};

/* `text` is the value of --listen, "HOST:PORT". -1 with *e: ERR_INPUT where it cannot be. */
int listener_open(struct listener *l, const char *text, struct err *e) MUST_CHECK;

#endif
