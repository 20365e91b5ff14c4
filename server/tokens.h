/* Bearer tokens and their scopes. Only SHA-256 digests are kept; read-only once parsed. */
#ifndef DEMARCHE_SERVER_TOKENS_H
#define DEMARCHE_SERVER_TOKENS_H

#include "api/http.h"

enum { TOKENS_MAX = 256, TOKEN_MIN_BYTES = 16, TOKEN_DIGEST_BYTES = 32 };

struct token {
	enum scope scope;
	unsigned char digest[TOKEN_DIGEST_BYTES];
};

struct tokens {
	size_t n;
	struct token v[TOKENS_MAX];
};

/* Adds the lines of a text: "scope token" or "scope sha256:HEX"; lines end in a line end or a
 * comma; "#" starts a comment. -1 with ERR_INPUT naming `source` and line, never the token. */
int tokens_add(struct tokens *t, const char *source, struct str text, struct err *e) MUST_CHECK;
/* The same from a file; ERR_INPUT when it cannot be read. */
int tokens_add_file(struct tokens *t, const char *path, struct err *e) MUST_CHECK;
/* The scope of an Authorization header's value ("Bearer ..."); SCOPE_NONE when it names no known
 * token. Compares digests in constant time and looks at all of them. */
enum scope tokens_scope(const struct tokens *t, struct str authorization);

#endif
