/* Requests whose end two programs may see at different places. Each is followed by a marker (GET
 * /v1/jobs) and by a last request that ends the connection (GET /version): what is answered tells
 * where the program saw the ends. */
#ifndef DEMARCHE_TESTS_SMUGGLING_CASES_H
#define DEMARCHE_TESTS_SMUGGLING_CASES_H

#include "base/str.h"

struct smuggling_case {
	const char *name;
	/* The answers in turn, directly and through the proxy: a status, "jobs" for the marker's,
	 * "end" for the last one's. */
	const char *direct, *proxied;
	struct str bytes; /* marker included */
};

extern const struct smuggling_case smuggling_cases[];
extern const size_t smuggling_case_count;

#endif
