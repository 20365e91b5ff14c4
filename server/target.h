/* The request target as it came on the wire, taken apart: segments of the path and parameters of
 * the query, percent-decoded. A slash that was written %2F stays within its segment. */
#ifndef DEMARCHE_SERVER_TARGET_H
#define DEMARCHE_SERVER_TARGET_H

#include "api/http.h"

enum { TARGET_SEGMENTS_MAX = 16, TARGET_PARAMS_MAX = 256 };

struct target {
	struct str path; /* decoded, without the base path, starts with "/" */
	/* "/" has one, empty. More than TARGET_SEGMENTS_MAX match no route: then there are none. */
	struct str segments[TARGET_SEGMENTS_MAX];
	size_t n_segments;
	bool is_outside;   /* not under the base path */
	bool is_bare_base; /* the base path itself, without the slash at its end */
	struct str query;  /* raw */
};

/* `raw` is writable memory that outlives *t, decoded in place. Takes "/path?query",
 * "http://host/path" and "*". -1 with ERR_INPUT: spaces, percent signs without two digits, bytes
 * that are not UTF-8, zero bytes, no slash in front. */
int target_parse(struct target *t, char *raw, size_t n, struct str base_path,
		 struct err *e) MUST_CHECK;
/* The parameters, in order. -1 with ERR_INPUT naming the parameter (bad escapes, not UTF-8, a zero
 * byte in a name, too many), ERR_TOO_LARGE. */
int target_params(const struct target *t, struct arena *a, const struct param **params, size_t *n,
		  struct err *e) MUST_CHECK;
/* "../../": one step for each segment but the first. */
struct str target_to_root(const struct target *t);

#endif
