/* A GET answered by the API's own handler without a socket, so that commands and service say the
 * same. */
#ifndef DEMARCHE_CLI_LOCAL_REQUEST_H
#define DEMARCHE_CLI_LOCAL_REQUEST_H

#include "api/http.h"
#include "cli/options.h"

enum { LOCAL_REQUEST_PARAMS_MAX = 64 };

struct local_request {
	struct store *store;
	struct api api;
	struct arena arena;
	struct request rq;
	struct response rs;
	struct param params[LOCAL_REQUEST_PARAMS_MAX];
};

/* Opens the store of --db beside its writer and answers in k->rs. Before it, *k is zero but for the
 * params and their number in k->rq. 0, or -1 with *e; local_request_release in either case. */
int local_request_get(struct local_request *k, const struct options *o, const char *path,
		      const char *accept, struct err *e) MUST_CHECK;
void local_request_release(struct local_request *k);

#endif
