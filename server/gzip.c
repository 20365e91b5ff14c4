/* zlib at its fastest, in one step. */
#include "server/gzip.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum {
	LEVEL = 1,
	WINDOW = 15 + 16, /* 16: in the format of gzip */
	MEMORY = 8,
	/* zconf.h: (1 << (windowBits + 2)) + (1 << (memLevel + 9)), and some. */
	STATE_BYTES = 272 * 1024,
};

bool coding_is_accepted(struct str accept_encoding, struct str name)
{
	struct str part;
	while (str_split(&accept_encoding, ',', &part)) {
		struct str rest = part, coding;
		if (!str_split(&rest, ';', &coding))
			continue;
		coding = str_trim(coding);
		if (!str_eq_nocase(coding, name) && !str_eq(coding, STR("*")))
			continue;
		struct str q = str_trim(rest);
		bool is_zero = str_starts(q, STR("q=0")) &&
			       str_sub(q, 3, q.n).n == strspn(q.n > 3 ? q.p + 3 : "", ".0");
		return !is_zero;
	}
	return false;
}

static char *compress_whole(struct str s, size_t *n)
{
	z_stream z = {0};
	if (s.n > UINT32_MAX / 2 ||
	    deflateInit2(&z, LEVEL, Z_DEFLATED, WINDOW, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
		return NULL;
	char *out = malloc(s.n);
	z.next_in = (Bytef *)s.p;
	z.avail_in = (uInt)s.n;
	z.next_out = (Bytef *)out;
	z.avail_out = (uInt)s.n;
	bool is_done = out && deflate(&z, Z_FINISH) == Z_STREAM_END;
	*n = z.total_out;
	deflateEnd(&z);
	char *fitting = is_done ? realloc(out, *n) : NULL;
	if (!fitting)
		free(out);
	return fitting;
}

char *gzip_pack(struct str body, struct memory *m, size_t *n)
{
	if (!memory_take(m, body.n + STATE_BYTES))
		return NULL;
	char *packed = compress_whole(body, n);
	memory_give(m, body.n + STATE_BYTES - (packed ? *n : 0));
	return packed;
}
