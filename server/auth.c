/* Reads lists of tokens, and compares digests. */
#include "server/auth.h"

#include <errno.h>
#include <nettle/memops.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

enum { FILE_MAX_BYTES = 256 * 1024 };

/* "read", "curate+write"; 0 for what is none. */
static unsigned find_scopes(struct str words)
{
	static const struct {
		const char *word;
		unsigned scopes;
	} known[] = {{"read", SCOPE_READ},
		     {"write", SCOPE_READ | SCOPE_WRITE},
		     {"curate", SCOPE_READ | SCOPE_CURATE},
		     {"admin", SCOPE_READ | SCOPE_WRITE | SCOPE_CURATE | SCOPE_ADMIN}};
	unsigned all = 0;
	for (struct str word; str_split(&words, '+', &word);) {
		unsigned found = 0;
		for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
			if (str_eq(word, str_of(known[i].word)))
				found = known[i].scopes;
		if (!found)
			return 0;
		all |= found;
	}
	return all;
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

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* One without a name is told by the first bytes of its digest. */
static void name_token(struct bearer_token *t, struct str name)
{
	if (name.n)
		snprintf(t->name, sizeof t->name, "%.*s", STR_ARG(name));
	else
		snprintf(t->name, sizeof t->name, "token %02x%02x%02x%02x", t->digest[0],
			 t->digest[1], t->digest[2], t->digest[3]);
}

static int read_secret(struct str secret, const char *source, int line, struct bearer_token *t,
		       struct err *e)
{
	if (str_starts(secret, STR("sha256:")))
		return read_hex(str_sub(secret, 7, secret.n), t->digest)
			       ? 0
			       : err_set(e, ERR_INPUT, NULL,
					 "%s line %d: sha256: takes 64 hexadecimal digits", source,
					 line);
	if (secret.n < AUTH_TOKEN_MIN_BYTES || !is_token68(secret))
		return err_set(e, ERR_INPUT, NULL,
			       "%s line %d: a token has at least %d visible ASCII characters",
			       source, line, AUTH_TOKEN_MIN_BYTES);
	digest(secret, t->digest);
	return 0;
}

static int add_line(struct auth *t, const char *source, int line, struct str s, struct err *e)
{
	size_t space = 0, last = s.n;
	while (space < s.n && !is_blank(s.p[space]))
		space++;
	while (last > space && !is_blank(s.p[last - 1]))
		last--;
	struct str name = str_trim(str_sub(s, space, last));
	struct bearer_token token = {.scopes = find_scopes(str_sub(s, 0, space))};
	if (!token.scopes)
		return err_set(e, ERR_INPUT, NULL,
			       "%s line %d: starts with none of the scopes read, write, curate, "
			       "admin, or some of them joined by \"+\"",
			       source, line);
	if (t->n == AUTH_TOKENS_MAX)
		return err_set(e, ERR_INPUT, NULL, "%s line %d: more than %d tokens", source, line,
			       AUTH_TOKENS_MAX);
	if (name.n > AUTH_NAME_MAX || utf8_valid_prefix(name) != name.n)
		return err_set(e, ERR_INPUT, NULL,
			       "%s line %d: a token's name has at most %d bytes of UTF-8", source,
			       line, AUTH_NAME_MAX);
	if (read_secret(str_sub(s, last, s.n), source, line, &token, e))
		return -1;
	name_token(&token, name);
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

const struct bearer_token *auth_find(const struct auth *t, struct str authorization,
				     unsigned *scopes)
{
	unsigned char given[AUTH_DIGEST_BYTES];
	const struct bearer_token *first = NULL;
	*scopes = 0;
	if (authorization.n < 8 || !str_eq_nocase(str_sub(authorization, 0, 7), STR("bearer ")))
		return NULL;
	digest(str_trim(str_sub(authorization, 7, authorization.n)), given);
	for (size_t i = 0; i < t->n; i++)
		if (memeql_sec(given, t->v[i].digest, sizeof given)) {
			first = first ? first : &t->v[i];
			*scopes |= t->v[i].scopes;
		}
	return first;
}

bool auth_has_name(const struct auth *t, struct str name)
{
	for (size_t i = 0; i < t->n; i++)
		if (str_eq(str_of(t->v[i].name), name))
			return true;
	return false;
}
