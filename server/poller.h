/* A thread that runs one daemon of libmicrohttpd, started without a thread of its own
 * (MHD_USE_EPOLL alone). */
#ifndef DEMARCHE_SERVER_POLLER_H
#define DEMARCHE_SERVER_POLLER_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

struct poller {
	void *context; /* for the daemon's callbacks */
	struct MHD_Daemon *daemon;
	int listen_fd; /* the daemon's */
	int epoll_fd;  /* the daemon's */
	int wake_fd;
	pthread_t thread;
	pthread_mutex_t lock; /* held while the daemon is used */
	bool has_thread;
	_Atomic bool is_woken, is_ending;
};

/* The poller owns daemon and listen_fd from here on, also on failure. 0, or -1 when no thread could
 * be started; end it in either case. */
int poller_start(struct poller *p, struct MHD_Daemon *daemon, int listen_fd, void *context);
/* After MHD_resume_connection, which wakes nobody in this mode. Any thread. */
void poller_wake(struct poller *p);
/* No connection is taken from here on; those that are there go on. */
void poller_quiesce(struct poller *p);
unsigned poller_connections(struct poller *p);
/* Ends the thread, then the daemon with its connections, none of which may be suspended. */
void poller_end(struct poller *p);

#endif
