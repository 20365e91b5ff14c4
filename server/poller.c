/* The threads that move bytes: each runs a daemon of libmicrohttpd.
 *
 * They are not the library's own threads. Its epoll loop (0.9.75) fetches 128 events at a time;
 * when exactly 128 are there it waits for more before it handles them, so that 128 clients whose
 * requests come at one moment are not answered until another event comes: with keep-alive clients
 * that wait for their answers, never. MHD_run() does not wait; the waiting is done here. */
#include "server/poller.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { STACK_BYTES = 2 * 1024 * 1024 };

/* How long the daemon lets us wait, in poll()'s terms. */
static int wait_ms(struct MHD_Daemon *daemon)
{
	MHD_UNSIGNED_LONG_LONG ms;
	if (MHD_get_timeout(daemon, &ms) != MHD_YES)
		return -1;
	return ms < INT_MAX ? (int)ms : INT_MAX;
}

static void *run(void *arg)
{
	struct poller *p = arg;
	struct pollfd fds[2] = {{.fd = p->epoll_fd, .events = POLLIN},
				{.fd = p->wake_fd, .events = POLLIN}};
	while (!atomic_load(&p->is_ending)) {
		int ms = wait_ms(p->daemon);
		if (ms != 0 && poll(fds, 2, ms) < 0 && errno != EINTR)
			break;
		/* Cleared before the run: what is resumed from here on wakes us again. */
		if (atomic_load(&p->is_woken)) {
			uint64_t n;
			if (read(p->wake_fd, &n, sizeof n) == (ssize_t)sizeof n)
				atomic_store(&p->is_woken, false);
		}
		pthread_mutex_lock(&p->lock);
		MHD_run(p->daemon);
		pthread_mutex_unlock(&p->lock);
	}
	return NULL;
}

int poller_start(struct poller *p, struct MHD_Daemon *daemon, int listen_fd, void *context)
{
	pthread_attr_t attr;
	const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_EPOLL_FD);
	*p = (struct poller){.context = context,
			     .daemon = daemon,
			     .listen_fd = listen_fd,
			     .epoll_fd = info ? info->epoll_fd : -1};
	p->wake_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	pthread_mutex_init(&p->lock, NULL);
	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, STACK_BYTES);
	p->has_thread = p->epoll_fd >= 0 && p->wake_fd >= 0 &&
			pthread_create(&p->thread, &attr, run, p) == 0;
	pthread_attr_destroy(&attr);
	return p->has_thread ? 0 : -1;
}

/* One write for many wakings: the flag says that one is on its way. */
void poller_wake(struct poller *p)
{
	if (!atomic_exchange(&p->is_woken, true)) {
		uint64_t one = 1;
		if (write(p->wake_fd, &one, sizeof one) < 0)
			atomic_store(&p->is_woken, false);
	}
}

void poller_quiesce(struct poller *p)
{
	pthread_mutex_lock(&p->lock);
	MHD_quiesce_daemon(p->daemon);
	pthread_mutex_unlock(&p->lock);
	poller_wake(p);
}

unsigned poller_connections(struct poller *p)
{
	pthread_mutex_lock(&p->lock);
	const union MHD_DaemonInfo *info =
		MHD_get_daemon_info(p->daemon, MHD_DAEMON_INFO_CURRENT_CONNECTIONS);
	unsigned n = info ? info->num_connections : 0;
	pthread_mutex_unlock(&p->lock);
	return n;
}

void poller_end(struct poller *p)
{
	atomic_store(&p->is_ending, true);
	poller_wake(p);
	if (p->has_thread)
		pthread_join(p->thread, NULL);
	MHD_stop_daemon(p->daemon);
	close(p->listen_fd);
	if (p->wake_fd >= 0)
		close(p->wake_fd);
	pthread_mutex_destroy(&p->lock);
}
