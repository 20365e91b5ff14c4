/* Layout: version, eight bytes of check sum (little end first), the key; in base64url without
 * padding (RFC 4648, section 5). */
#include "api/query/cursor.h"

#include <string.h>

enum {
	VERSION = 1,
	CHECK_BYTES = 8,
	HEAD = 1 + CHECK_BYTES,
	TEXT_MAX = (HEAD + CURSOR_KEY_MAX) * 4 / 3 + 4
};

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

static uint64_t check_sum(struct str key, uint64_t question)
{
	uint64_t h =
		str_hash(key) ^
		(question * UINT64_C(0x9E3779B97F4A7C15)); /* Fibonacci hashing's odd constant */
	return h ^ (h >> 31) ^ VERSION;
}

struct str cursor_encode(struct arena *a, struct str key, uint64_t question)
{
	unsigned char raw[HEAD + CURSOR_KEY_MAX] = {VERSION};
	uint64_t sum = check_sum(key, question);
	if (key.n > CURSOR_KEY_MAX)
		return (struct str){NULL, 0};
	for (int i = 0; i < CHECK_BYTES; i++)
		raw[1 + i] = (unsigned char)(sum >> (8 * i));
	memcpy(raw + HEAD, key.p, key.n);
	size_t n = HEAD + key.n, out = 0;
	char *p = arena_alloc(a, n * 4 / 3 + 4);
	if (!p)
		return (struct str){NULL, 0};
	for (size_t i = 0; i < n; i += 3) {
		size_t have = n - i < 3 ? n - i : 3;
		uint32_t bits = (uint32_t)raw[i] << 16 |
				(have > 1 ? (uint32_t)raw[i + 1] << 8 : 0) |
				(have > 2 ? raw[i + 2] : 0);
		for (size_t k = 0; k <= have; k++)
			p[out++] = alphabet[bits >> (18 - 6 * k) & 63];
	}
	return (struct str){p, out};
}

static int refuse(struct err *e, const char *why)
{
	return err_set(e, ERR_CURSOR, "cursor",
		       "\"cursor\" is %s; take it from \"next\" of the page before", why);
}

int cursor_decode(struct str text, uint64_t question, struct arena *a, struct str *key,
		  struct err *e)
{
	unsigned char raw[TEXT_MAX];
	size_t n = 0;
	uint32_t bits = 0;
	*key = STR_EMPTY;
	if (text.n > TEXT_MAX || text.n % 4 == 1)
		return refuse(e, "no cursor of this service");
	for (size_t i = 0; i < text.n; i++) {
		const char *at = text.p[i] ? strchr(alphabet, text.p[i]) : NULL;
		if (!at)
			return refuse(e, "no cursor of this service");
		bits = bits << 6 | (uint32_t)(at - alphabet);
		if (i % 4 != 0)
			raw[n++] = (unsigned char)(bits >> (6 - 2 * (i % 4)));
	}
	if (n < HEAD || n > HEAD + CURSOR_KEY_MAX || raw[0] != VERSION)
		return refuse(e, "no cursor of this service");
	uint64_t sum = 0;
	for (int i = 0; i < CHECK_BYTES; i++)
		sum |= (uint64_t)raw[1 + i] << (8 * i);
	*key = arena_str(a, (struct str){(const char *)raw + HEAD, n - HEAD});
	if (!key->p)
		return arena_full(e);
	return sum == check_sum(*key, question) ? 0 : refuse(e, "damaged or of another question");
}

enum { ID_BYTES = 8 };

struct str cursor_encode_id(struct arena *a, int64_t id, uint64_t question)
{
	char raw[ID_BYTES];
	for (int i = 0; i < ID_BYTES; i++)
		raw[i] = (char)((uint64_t)id >> (8 * i));
	return cursor_encode(a, (struct str){raw, ID_BYTES}, question);
}

int cursor_decode_id(struct str text, uint64_t question, struct arena *a, int64_t *id,
		     struct err *e)
{
	struct str key;
	if (cursor_decode(text, question, a, &key, e))
		return -1;
	if (key.n != ID_BYTES)
		return refuse(e, "no cursor of this list");
	uint64_t bits = 0;
	for (int i = 0; i < ID_BYTES; i++)
		bits |= (uint64_t)(unsigned char)key.p[i] << (8 * i);
	*id = (int64_t)bits;
	return *id > 0 ? 0 : refuse(e, "no cursor of this list");
}
