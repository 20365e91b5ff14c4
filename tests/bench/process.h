/* A server under measurement: starts a program, waits for its port, reads what it uses, ends it.
 * Linux only (/proc). */
#ifndef DEMARCHE_TESTS_BENCH_PROCESS_H
#define DEMARCHE_TESTS_BENCH_PROCESS_H

#include <sys/types.h>

#include "base/err.h"

struct process {
	pid_t pid; /* 0 when none runs */
	int port;
};

/* A port on 127.0.0.1 that nobody listens on at the moment; 0 when there is none. It is none of
 * those that Linux gives to clients (ip_local_port_range, from 32768 on): one who asks again and
 * again whether a service is up would be given the service's own port some day, reach himself, and
 * keep the service from it. */
int process_free_port(void);

/* Runs argv (argv[0] is the path), with standard output and error going to the file `log`
 * (appended), and waits until 127.0.0.1:port accepts. 0, or -1 with *e set, when it ends before
 * that or does not within `patience_ms`. Port 0: does not wait. */
int process_start(struct process *p, const char *const *argv, int port, const char *log,
		  int patience_ms, struct err *e) MUST_CHECK;
/* SIGTERM, waits; the exit status as waitpid gives it. After two minutes SIGKILL, and -1. */
int process_stop(struct process *p);
/* SIGKILL, waits. */
void process_kill(struct process *p);

/* CPU time of all its threads so far, in seconds. */
double process_cpu_s(const struct process *p);
/* A line of /proc/PID/status in kB: "VmRSS", "RssAnon"; -1 when there is none. */
long process_memory_kb(const struct process *p, const char *line);

#endif
