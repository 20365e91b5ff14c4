/* Reads lists of tokens, and compares digests. */
#include "server/auth.h"

#include <errno.h>
#include <nettle/memops.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <string.h>

enum { FILE_MAX_BYTES = 256 * 1024 };

static enum scope find_scope(struct str word)
{
	static const struct {
		const char *word;
		enum scope scope;
	} scopes[] = {{"read", SCOPE_READ}, {"write", SCOPE_WRITE}, {"admin", SCOPE_ADMIN}};
	for (size_t i = 0; i < sizeof scopes / sizeof scopes[0]; i++)
		if (str_eq(word, str_of(scopes[i].word)))
			return scopes[i].scope;
	return SCOPE_NONE;
}

static void digest(struct str s, unsigned char out[AUTH_DIGEST_BYTES])
{
	struct sha256_ctx sha;
	sha256_init(&sha);
	sha256_update(&sha, s.n, (const uint8_t *)s.p);
	sha256_digest(&sha, AUTH_DIGEST_BYTES, out);
}

static bool read_hex(struct str s, unsigned char out[AUTH_DIGEST_BYTES])
{
	if (s.n != (size_t)2 * AUTH_DIGEST_BYTES)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		const char *digits = "0123456789abcdef";
		char c = s.p[i] >= 'A' && s.p[i] <= 'F' ? (char)(s.p[i] + 32) : s.p[i];
		const char *at = c ? strchr(digits, c) : NULL;
		if (!at)
			return false;
		out[i / 2] = (unsigned char)(out[i / 2] << 4 | (at - digits));
	}
	return true;
}

static bool is_token68(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] <= ' ' || s.p[i] >= 0x7f)
			return false;
	return true;
}

static int add_line(struct auth *t, const char *source, int line, struct str s, struct err *e)
{
	size_t space = 0;
	while (space < s.n && s.p[space] != ' ' && s.p[space] != '\t')
		space++;
	struct str secret = str_trim(str_sub(s, space, s.n));
	struct bearer_token token = {.scope = find_scope(str_sub(s, 0, space))};
	if (token.scope == SCOPE_NONE)
		return err_set(e, ERR_INPUT, NULL,
			       "%s line %d: starts with none of the scopes read, write, admin",
			       source, line);
	if (t->n == AUTH_TOKENS_MAX)
		return err_set(e, ERR_INPUT, NULL, "%s line %d: more than %d tokens", source, line,
			       AUTH_TOKENS_MAX);
	if (str_starts(secret, STR("sha256:"))) {
		if (!read_hex(str_sub(secret, 7, secret.n), token.digest))
			return err_set(e, ERR_INPUT, NULL,
				       "%s line %d: sha256: takes 64 hexadecimal digits", source,
				       line);
	} else if (secret.n < AUTH_TOKEN_MIN_BYTES || !is_token68(secret)) {
		return err_set(e, ERR_INPUT, NULL,
			       "%s line %d: a token has at least %d visible ASCII characters",
			       source, line, AUTH_TOKEN_MIN_BYTES);
	} else {
		digest(secret, token.digest);
	}
	t->v[t->n++] = token;
	return 0;
}

int auth_add(struct auth *t, const char *source, struct str text, struct err *e)
{
	struct str line, part;
	for (int number = 1; str_split(&text, '\n', &line); number++) {
		size_t comment = str_find(line, STR("#"), 0);
		line = str_sub(line, 0, comment < line.n ? comment : line.n);
		while (str_split(&line, ',', &part)) {
			part = str_trim(part);
			if (part.n && add_line(t, source, number, part, e) != 0)
				return -1;
		}
	}
	return 0;
}

int auth_add_file(struct auth *t, const char *path, struct err *e)
{
	FILE *f = fopen(path, "r");
	if (!f)
		return err_set(e, ERR_INPUT, NULL, "cannot open the tokens file \"%s\": %s", path,
			       strerror(errno));
	struct buf text;
	buf_init(&text, FILE_MAX_BYTES);
	char *room;
	size_t got = 0;
	while ((room = buf_reserve(&text, 4096)) && (got = fread(room, 1, 4096, f)) > 0)
		text.n += got;
	int rc = ferror(f) ? err_set(e, ERR_INPUT, NULL, "cannot read the tokens file \"%s\"", path)
		 : text.failed
			 ? err_set(e, ERR_INPUT, NULL, "the tokens file \"%s\" is too large", path)
			 : auth_add(t, path, buf_str(&text), e);
	if (text.p)
		memset(text.p, 0, text.n);
	buf_release(&text);
	fclose(f);
	return rc;
}

enum scope auth_scope(const struct auth *t, struct str authorization)
{
	unsigned char given[AUTH_DIGEST_BYTES];
	enum scope scope = SCOPE_NONE;
	if (authorization.n < 8 || !str_eq_nocase(str_sub(authorization, 0, 7), STR("bearer ")))
		return SCOPE_NONE;
	digest(str_trim(str_sub(authorization, 7, authorization.n)), given);
	for (size_t i = 0; i < t->n; i++)
		if (memeql_sec(given, t->v[i].digest, sizeof given) && t->v[i].scope > scope)
			scope = t->v[i].scope;
	return scope;
}
