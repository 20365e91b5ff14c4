/* The routing table of the API: one row a method and path. From the row derive 404, 405 with Allow,
 * OPTIONS, HEAD, the body limit, the scope, and the metric's label; a test holds the rows against
 * openapi.yaml both ways. */
#ifndef DEMARCHE_API_ROUTES_H
#define DEMARCHE_API_ROUTES_H

#include "api/http.h"

struct route {
	enum method method;
	const char *path; /* "/v1/articles/{id}"; a part in braces matches one segment */
	api_handler *handler;
	enum scope scope;
	const char *consumes; /* media types of the body, parted by ", "; NULL: takes none */
	/* Touches no store and no engine: may run on the thread that polls the socket. */
	bool is_instant;
	/* Media types of the answer, parted by ", ", of which the Accept header must take one;
	 * NULL: JSON. "*": whatever it says, the answer is what it is. */
	const char *produces;
};

extern const struct route api_routes[];
extern const size_t api_routes_count;

/* Is it often answered by what is kept? Then it is tried so first: see api/http.h. */
bool route_tries_at_hand(const struct route *r);

#endif
