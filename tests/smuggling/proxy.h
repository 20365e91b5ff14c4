/* nginx with docker/nginx.conf in front of a service: as shipped, but for where it listens and
 * writes, and without TLS, which would only stand between the test and the bytes. One process on
 * 127.0.0.1 with a folder of its own, which proxy_stop removes. Failures fail the Check test at
 * hand. */
#ifndef DEMARCHE_TESTS_PROXY_H
#define DEMARCHE_TESTS_PROXY_H

#include "tests/bench/process.h"

struct proxy {
	struct process process; /* its port takes plain HTTP/1.1 */
	char folder[64], log[96], errors[96];
};

/* In front of 127.0.0.1:service_port. `wait` is the time it gives a client for head and body, as
 * nginx writes it ("1s"). To be called from the root of the tree. */
void proxy_start(struct proxy *p, int service_port, const char *wait);
void proxy_stop(struct proxy *p);
/* All that its access log holds; to be freed. */
char *proxy_log(const struct proxy *p);

#endif
