/* Many requests that arrive at the very same moment on connections of one poller. libmicrohttpd's
 * own loop stalls when 128 events are there at once (server/poller.c): the process is stopped while
 * they are sent, so that it finds them all together. */
#include <signal.h>
#include <sys/wait.h>

#include "tests/http/client.h"
#include "tests/unit/unit.h"

enum { CLIENTS_MAX = 260 };

static void burst(const struct server *s, const int *fds, int n)
{
	int status;
	kill(server_pid(s), SIGSTOP);
	ck_assert_int_eq(waitpid(server_pid(s), &status, WUNTRACED), server_pid(s));
	ck_assert(WIFSTOPPED(status));
	for (int i = 0; i < n; i++)
		conn_send(fds[i], STR("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"));
	kill(server_pid(s), SIGCONT);
	for (int i = 0; i < n; i++) {
		struct reply r = conn_reply(fds[i], "GET");
		ck_assert_int_eq(r.status, 200);
		reply_release(&r);
	}
}

START_TEST(requests__as_many_at_once_as_events_are_fetched__all_are_answered)
{
	static const int sizes[] = {126, 127, 128, 129, 255, 256, 257};
	struct server *s = server_start((const char *[]){"--pollers", "1", NULL});
	int fds[CLIENTS_MAX], n = 0;
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		while (n < sizes[i])
			fds[n++] = conn_open(s);
		burst(s, fds, n);
	}
	while (n > 0)
		conn_close(fds[--n]);
	server_stop(s);
}
END_TEST

UNIT_MAIN("burst", requests__as_many_at_once_as_events_are_fetched__all_are_answered)
