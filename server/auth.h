/* Bearer tokens and their scopes. Only SHA-256 digests are kept; read-only once parsed. */
#ifndef DEMARCHE_SERVER_AUTH_H
#define DEMARCHE_SERVER_AUTH_H

#include "api/http.h"

enum { AUTH_TOKENS_MAX = 256, AUTH_TOKEN_MIN_BYTES = 16, AUTH_DIGEST_BYTES = 32 };

struct bearer_token {
	enum scope scope;
	unsigned char digest[AUTH_DIGEST_BYTES];
};

struct auth {
	size_t n;
	struct bearer_token v[AUTH_TOKENS_MAX];
};

/* Adds the lines of a text: "scope token" or "scope sha256:HEX"; lines end in a line end or a
 * comma; "#" starts a comment. -1 with ERR_INPUT naming `source` and line, never the token. */
int auth_add(struct auth *t, const char *source, struct str text, struct err *e) MUST_CHECK;
/* The same from a file; ERR_INPUT when it cannot be read. */
int auth_add_file(struct auth *t, const char *path, struct err *e) MUST_CHECK;
/* The scope of an Authorization header's value ("Bearer ..."); SCOPE_NONE when it names no known
 * token. Compares digests in constant time and looks at all of them. */
enum scope auth_scope(const struct auth *t, struct str authorization);

#endif
