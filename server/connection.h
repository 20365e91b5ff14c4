/* The open connections: who is there, and until when each has time for what it has to do.
 *
 * The lock guards the list, and keeps the descriptors open while the reaper uses them. The rest of
 * a connection belongs to its poller; what is atomic the reaper sees as well. */
#ifndef DEMARCHE_SERVER_CONNECTION_H
#define DEMARCHE_SERVER_CONNECTION_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

#include "server/address.h"
#include "server/config.h"
#include "server/metrics.h"

enum {
	/* Of each connection: its request line and headers must fit. */
	CONNECTION_BUFFER_BYTES = 32 * 1024,
	/* Beyond --max-connections, to answer 503 on; more wait unheard. */
	CONNECTIONS_SPARE = 64,
};

/* Special values of a connection's deadline. One that is cut stays cut. */
enum { DEADLINE_NONE = 0, DEADLINE_CUT = -1 };

struct connection {
	struct connection *next, **link;
	struct address peer;
	int fd;
	bool is_shed;	 /* over --max-connections, or there is no memory for it */
	bool is_charged; /* for its memory */

	/* When what is awaited of the client must be there. One word, so that reaper and poller
	 * settle by compare-and-swap who has the connection: nanoseconds, whose lowest bit is set
	 * while a request is arriving. */
	_Atomic int64_t deadline;
	/* Since when an answer is being sent, in nanoseconds; 0 while none is. */
	_Atomic int64_t sending_ns;
	/* Its client has gone, or the service ends: work for it is given up. */
	atomic_bool cancelled;

	/* The reaper's alone. */
	bool is_shut;	       /* for reading, by us */
	int64_t watched_ns;    /* the sending that it watches, by its start */
	int64_t window_ns;     /* since when the client has taken ... */
	uint64_t window_acked; /* ... what it took beyond so many bytes of its connection */
};

struct connections {
	pthread_mutex_t lock;
	struct connection *first;
	const struct server_config *config;
	struct metrics *metrics;
};

void connections_init(struct connections *all, const struct server_config *config,
		      struct metrics *metrics);
void connections_release(struct connections *all);
/* Work for all clients is given up. */
void connections_cancel(struct connections *all);

/* libmicrohttpd's callback for a connection's begin and end; `all` is the struct connections. */
void connection_notify(void *all, struct MHD_Connection *mhd, void **connection,
		       enum MHD_ConnectionNotificationCode code);
void connection_expect(struct connection *c, int64_t until_ns, bool is_receiving);
/* The request has arrived whole: false when the reaper cut the connection before. */
bool connection_received(struct connection *c);
bool connection_is_cut(const struct connection *c);

#endif
