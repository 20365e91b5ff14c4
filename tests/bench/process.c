/* Processes under measurement. */
#include "tests/bench/process.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/date.h"

enum { STOP_MS = 120000, PORT_MIN = 10000, PORTS = 22000 };

static void sleep_ms(int ms)
{
	nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000},
		  NULL);
}

static struct sockaddr_in local(int port)
{
	return (struct sockaddr_in){.sin_family = AF_INET,
				    .sin_port = htons((uint16_t)port),
				    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

static bool accepts(int port)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct sockaddr_in to = local(port);
	bool yes = fd >= 0 && connect(fd, (struct sockaddr *)&to, sizeof to) == 0;
	if (fd >= 0)
		close(fd);
	return yes;
}

static bool can_listen(int port)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct sockaddr_in at = local(port);
	bool can = fd >= 0 &&
		   setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int)) == 0 &&
		   bind(fd, (struct sockaddr *)&at, sizeof at) == 0 && listen(fd, 1) == 0;
	if (fd >= 0)
		close(fd);
	return can;
}

/* Each process begins at its own place, and no port is given twice in a row. */
int process_free_port(void)
{
	static _Atomic unsigned given;
	unsigned start = (unsigned)getpid() * 37;
	for (int i = 0; i < PORTS; i++) {
		int port = PORT_MIN + (int)((start + given++) % PORTS);
		if (can_listen(port))
			return port;
	}
	return 0;
}

static void become(const char *const *argv, const char *log)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL); /* no server outlives the one that measures it */
	int fd = open(log, O_WRONLY | O_CREAT | O_APPEND, 0644);
	if (fd >= 0) {
		dup2(fd, STDOUT_FILENO);
		dup2(fd, STDERR_FILENO);
	}
	char **args = NULL;
	memcpy(&args, &argv, sizeof args);
	execv(args[0], args);
	_exit(127);
}

int process_start(struct process *p, const char *const *argv, int port, const char *log,
		  int patience_ms, struct err *e)
{
	*p = (struct process){.port = port};
	if (port && accepts(port))
		return err_set(e, ERR_INTERNAL, NULL, "port %d is taken", port);
	pid_t pid = fork();
	if (pid < 0)
		return err_set(e, ERR_INTERNAL, NULL, "cannot fork: %s", strerror(errno));
	if (pid == 0)
		become(argv, log);
	p->pid = pid;
	int64_t until = now_monotonic_ns() + (int64_t)patience_ms * 1000000;
	while (port && !accepts(port)) {
		if (waitpid(pid, NULL, WNOHANG) == pid) {
			p->pid = 0;
			return err_set(e, ERR_INTERNAL, NULL, "\"%s\" ended at once: see %s",
				       argv[0], log);
		}
		if (now_monotonic_ns() > until) {
			process_kill(p);
			return err_set(e, ERR_INTERNAL, NULL,
				       "\"%s\" does not accept on port %d: see %s", argv[0], port,
				       log);
		}
		sleep_ms(5);
	}
	return 0;
}

int process_stop(struct process *p)
{
	int status = 0;
	if (p->pid == 0)
		return 0;
	kill(p->pid, SIGTERM);
	for (int ms = 0; ms < STOP_MS; ms += 10) {
		if (waitpid(p->pid, &status, WNOHANG) == p->pid) {
			p->pid = 0;
			return status;
		}
		sleep_ms(10);
	}
	process_kill(p);
	return -1;
}

void process_kill(struct process *p)
{
	if (p->pid == 0)
		return;
	kill(p->pid, SIGKILL);
	waitpid(p->pid, NULL, 0);
	p->pid = 0;
}

double process_cpu_s(const struct process *p)
{
	clockid_t clock;
	struct timespec t;
	if (clock_getcpuclockid(p->pid, &clock) != 0 || clock_gettime(clock, &t) != 0)
		return 0;
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

long process_memory_kb(const struct process *p, const char *line)
{
	char path[64], row[256];
	snprintf(path, sizeof path, "/proc/%d/status", (int)p->pid);
	FILE *f = fopen(path, "re");
	long kb = -1;
	size_t n = strlen(line);
	while (f && fgets(row, sizeof row, f)) {
		if (strncmp(row, line, n) == 0 && row[n] == ':')
			kb = strtol(row + n + 1, NULL, 10);
	}
	if (f)
		fclose(f);
	return kb;
}
