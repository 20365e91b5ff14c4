/* libmicrohttpd with nothing around it, the measure of our transport: `bare_mhd PORT` answers 200
 * bytes to every GET, and N bytes to "GET /N". Threaded as the service is: an epoll daemon a core,
 * each with its own duplicate of one listening socket. Ends on SIGTERM. */
#include <arpa/inet.h>
#include <microhttpd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum { DAEMONS_MAX = 64, BODY = 200, LONGEST = 1 << 20 };

static enum MHD_Result answer(void *cls, struct MHD_Connection *c, const char *url,
			      const char *method, const char *version, const char *data,
			      size_t *size, void **state)
{
	static char text[LONGEST];
	char body[BODY] = "{\"status\":\"ok\"}";
	(void)cls, (void)method, (void)version, (void)data, (void)size;
	if (!*state) { /* queueing on the first call closes the connection (0.9.75) */
		*state = c;
		return MHD_YES;
	}
	unsigned long n = strtoul(url + 1, NULL, 10);
	struct MHD_Response *r =
		n > 0 && n <= LONGEST
			? MHD_create_response_from_buffer(n, text, MHD_RESPMEM_PERSISTENT)
			: MHD_create_response_from_buffer(BODY, body, MHD_RESPMEM_MUST_COPY);
	if (!r)
		return MHD_NO;
	MHD_add_response_header(r, "Content-Type", "application/json");
	enum MHD_Result rc = MHD_queue_response(c, 200, r);
	MHD_destroy_response(r);
	return rc;
}

static int listen_on(int port)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	struct sockaddr_in at = {.sin_family = AF_INET,
				 .sin_port = htons((uint16_t)port),
				 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
	if (fd < 0 || bind(fd, (struct sockaddr *)&at, sizeof at) != 0 || listen(fd, 1024) != 0) {
		perror("bare_mhd");
		exit(EXIT_FAILURE);
	}
	return fd;
}

int main(int argc, char **argv)
{
	struct MHD_Daemon *daemons[DAEMONS_MAX];
	sigset_t ends;
	int signal_number;
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	int n = cores < 1 ? 1 : cores > DAEMONS_MAX ? DAEMONS_MAX : (int)cores;
	if (argc != 2) {
		fputs("usage: bare_mhd PORT\n", stderr);
		return EXIT_FAILURE;
	}
	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGINT);
	sigprocmask(SIG_BLOCK, &ends, NULL);
	int fd = listen_on((int)strtol(argv[1], NULL, 10));
	for (int i = 0; i < n; i++) {
		daemons[i] = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC, 0, NULL,
					      NULL, answer, NULL, MHD_OPTION_LISTEN_SOCKET, dup(fd),
					      MHD_OPTION_CONNECTION_LIMIT, 4096u, MHD_OPTION_END);
		if (!daemons[i]) {
			fputs("bare_mhd: cannot start\n", stderr);
			return EXIT_FAILURE;
		}
	}
	sigwait(&ends, &signal_number);
	for (int i = 0; i < n; i++)
		close(MHD_quiesce_daemon(daemons[i]));
	shutdown(fd, SHUT_RDWR);
	for (int i = 0; i < n; i++)
		MHD_stop_daemon(daemons[i]);
	close(fd);
	return EXIT_SUCCESS;
}
