/* Bearer tokens and their scopes. Only SHA-256 digests are kept; read-only once parsed. */
#ifndef DEMARCHE_SERVER_AUTH_H
#define DEMARCHE_SERVER_AUTH_H

#include "api/http.h"

enum { AUTH_TOKENS_MAX = 256, AUTH_TOKEN_MIN_BYTES = 16, AUTH_DIGEST_BYTES = 32 };

enum { AUTH_NAME_MAX = 64 }; /* bytes */

struct bearer_token {
	unsigned scopes; /* of enum scope */
	char name[AUTH_NAME_MAX + 1];
	unsigned char digest[AUTH_DIGEST_BYTES];
};

struct auth {
	size_t n;
	struct bearer_token v[AUTH_TOKENS_MAX];
};

/* Adds the lines of a text: "scopes token", "scopes name token", where scopes are words joined by
 * "+", the name says in the trail of edits who it was ("token 1a2b3c4d" by its digest where none is
 * given), and the token may be "sha256:HEX"; lines end in a line end or a comma; "#" starts a
 * comment. -1 with ERR_INPUT naming `source` and line, never the token. */
int auth_add(struct auth *t, const char *source, struct str text, struct err *e) MUST_CHECK;
/* The same from a file; ERR_INPUT when it cannot be read. */
int auth_add_file(struct auth *t, const char *path, struct err *e) MUST_CHECK;
/* The token of an Authorization header's value ("Bearer ..."), the first of its lines; *scopes are
 * those of all its lines. NULL and none when it is not known. Compares digests in constant time and
 * looks at all of them. */
const struct bearer_token *auth_find(const struct auth *t, struct str authorization,
				     unsigned *scopes);
/* Is there a token of this name? */
bool auth_has_name(const struct auth *t, struct str name);

#endif
