/* From a handler's response, or an error, to the library's: status, headers, validators,
 * compression. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "api/problem.h"
#include "server/inside.h"

enum {
	GZIP_FROM_BYTES = 1024,
	GZIP_LEVEL = 1,
	GZIP_WINDOW = 15 + 16,
	GZIP_MEMORY = 8,
	GZIP_STATE_BYTES =
		272 * 1024 /* zconf.h: (1 << (windowBits + 2)) + (1 << (memLevel + 9)), and some */
};

/* The library refuses a value that is empty or has line ends: that header is left out. Where memory
 * is out, the response would say something else without it (a body without its type, an answer for
 * one origin that a cache gives to all). */
static void header(struct exchange *x, struct MHD_Response *r, const char *name, const char *value)
{
	if (MHD_add_response_header(r, name, value) != MHD_YES && *value && !strpbrk(value, "\r\n"))
		x->lacks_header = true;
}

/* --- validators
 * -------------------------------------------------------------------------------------------------
 */

static uint64_t mix(uint64_t a, uint64_t b)
{
	__extension__ unsigned __int128 m = (unsigned __int128)a * b;
	return (uint64_t)m ^ (uint64_t)(m >> 64);
}

/* A hash of 64 bits by folded multiplication (the mixing step of Wang Yi's wyhash): two bodies of
 * one URL are to differ in it, nobody gains by making them equal. Four lanes of 8 bytes, since one
 * multiplication waits for the one before: 3 us for a page, not 12. */
static uint64_t hash(struct str s)
{
	enum { LANES = 4 };
	uint64_t h[LANES] = {0x9e3779b97f4a7c15ULL ^ s.n, 0xa0761d6478bd642fULL,
			     0xe7037ed1a0b428dbULL, 0x8ebc6af09c88c6e3ULL};
	uint64_t word[LANES];
	size_t i = 0;
	for (; i + sizeof word <= s.n; i += sizeof word) {
		memcpy(word, s.p + i, sizeof word);
#pragma GCC unroll 4 /* the lanes into registers */
		for (int k = 0; k < LANES; k++)
			h[k] = mix(h[k] ^ word[k], 0xe7037ed1a0b428dbULL);
	}
	memset(word, 0, sizeof word);
	memcpy(word, s.p + i, s.n - i);
	uint64_t all = s.n;
	for (int k = 0; k < LANES; k++)
		all = mix(all ^ mix(h[k] ^ word[k], 0xe7037ed1a0b428dbULL), 0x8ebc6af09c88c6e3ULL);
	return all;
}

/* Weak comparison (RFC 9110, 13.1.2). */
static bool none_match(struct str list, struct str tag)
{
	struct str part;
	if (str_eq(str_trim(list), STR("*")))
		return false;
	while (str_split(&list, ',', &part)) {
		part = str_trim(part);
		if (str_starts(part, STR("W/")))
			part = str_sub(part, 2, part.n);
		if (str_eq(part, str_sub(tag, 2, tag.n)))
			return false;
	}
	return true;
}

/* --- compression
 * -------------------------------------------------------------------------------------------------
 */

/* "gzip", "gzip;q=0.5", "*": yes; "gzip;q=0": no. */
static bool accepts_gzip(struct str header_value)
{
	struct str part;
	while (str_split(&header_value, ',', &part)) {
		struct str rest = part, coding;
		if (!str_split(&rest, ';', &coding))
			continue;
		coding = str_trim(coding);
		if (!str_eq_nocase(coding, STR("gzip")) && !str_eq(coding, STR("*")))
			continue;
		struct str q = str_trim(rest);
		bool is_zero = str_starts(q, STR("q=0")) &&
			       str_sub(q, 3, q.n).n == strspn(q.n > 3 ? q.p + 3 : "", ".0");
		return !is_zero;
	}
	return false;
}

/* The gzip of `s` in malloc'ed memory of s.n bytes; NULL when it fails or gains nothing. */
static char *deflate_body(struct str s, size_t *n)
{
	z_stream z = {0};
	if (s.n > UINT32_MAX / 2 || deflateInit2(&z, GZIP_LEVEL, Z_DEFLATED, GZIP_WINDOW,
						 GZIP_MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
		return NULL;
	char *out = malloc(s.n);
	z.next_in = (Bytef *)s.p;
	z.avail_in = (uInt)s.n;
	z.next_out = (Bytef *)out;
	z.avail_out = (uInt)s.n;
	bool is_done = out && deflate(&z, Z_FINISH) == Z_STREAM_END;
	*n = z.total_out;
	deflateEnd(&z);
	if (!is_done) {
		free(out);
		return NULL;
	}
	return out;
}

/* Makes x->packed, when that gains something and there is memory for it: its size, or 0. */
static size_t pack(struct exchange *x, struct str body)
{
	struct memory *m = x->server->memory;
	size_t n = 0;
	if (!memory_take(m, body.n + GZIP_STATE_BYTES))
		return 0;
	x->packed = deflate_body(body, &n);
	x->packed_bytes = x->packed ? body.n : 0;
	memory_give(m, body.n + GZIP_STATE_BYTES - x->packed_bytes);
	return x->packed ? n : 0;
}

/* --- the response
 * -------------------------------------------------------------------------------------------------
 */

static void cors(struct exchange *x, struct MHD_Response *r)
{
	struct str list = str_of(x->server->options->cors_origins),
		   origin = x->head.values[HEAD_ORIGIN], part;
	char value[256];
	if (list.n == 0)
		return;
	bool is_any = str_eq(list, STR("*")), is_allowed = is_any;
	while (!is_allowed && str_split(&list, ',', &part))
		is_allowed = str_eq(str_trim(part), origin);
	if (!is_any)
		header(x, r, "Vary", "Origin");
	if (origin.n == 0 || !is_allowed || origin.n >= sizeof value)
		return;
	snprintf(value, sizeof value, "%.*s", STR_ARG(origin));
	header(x, r, "Access-Control-Allow-Origin", is_any ? "*" : value);
	header(x, r, "Access-Control-Expose-Headers",
	       "ETag, Link, Location, Retry-After, X-Request-Id");
	if (!x->is_options || x->head.counts[HEAD_CORS_METHOD] == 0)
		return;
	struct str allow = router_allow(&x->server->router, &x->target, &x->arena);
	if (allow.n)
		header(x, r, "Access-Control-Allow-Methods", allow.p);
	header(x, r, "Access-Control-Allow-Headers",
	       "Authorization, Content-Type, If-None-Match, X-Request-Id");
	header(x, r, "Access-Control-Max-Age", "600");
}

static void common_headers(struct exchange *x, struct MHD_Response *r)
{
	struct server *s = x->server;
	if (*x->id)
		header(x, r, "X-Request-Id", x->id);
	if (x->closes || atomic_load_explicit(&s->is_draining, memory_order_relaxed))
		header(x, r, "Connection", "close");
	cors(x, r);
	for (int i = 0; i < x->rs.n_headers; i++) {
		struct str value = x->rs.headers[i].value;
		struct str safe = arena_str(
			&x->arena,
			value); /* ends it in a zero byte; the library refuses line ends */
		x->lacks_header |= !safe.p;
		if (safe.p && strlen(safe.p) == safe.n)
			header(x, r, x->rs.headers[i].name, safe.p);
	}
}

static void adopt(struct exchange *x, struct MHD_Response *r, int status)
{
	if (x->reply)
		MHD_destroy_response(x->reply);
	x->reply = r;
	x->status = status;
	if (r)
		common_headers(x, r);
}

static struct MHD_Response *empty(void)
{
	return MHD_create_response_from_buffer(0, (void *)"", MHD_RESPMEM_PERSISTENT);
}

/* The body as the library's response. The exchange keeps the memory, and outlives the response's
 * sending. */
static struct MHD_Response *of_body(struct exchange *x)
{
	struct response *rs = &x->rs;
	bool is_fixed = rs->fixed.n > 0;
	struct str body = is_fixed ? rs->fixed : buf_str(&rs->body);
	bool may_pack =
		x->server->options->gzip == GZIP_AUTO && x->route && body.n >= GZIP_FROM_BYTES;
	size_t packed_n =
		may_pack && accepts_gzip(x->head.values[HEAD_ACCEPT_ENCODING]) ? pack(x, body) : 0;
	if (packed_n) {
		body = (struct str){x->packed, packed_n};
		buf_release(&rs->body);
	}
	struct MHD_Response *r =
		MHD_create_response_from_buffer(body.n, (void *)body.p, MHD_RESPMEM_PERSISTENT);
	x->bytes_sent = (int64_t)body.n;
	if (r && packed_n)
		header(x, r, "Content-Encoding", "gzip");
	if (r && may_pack)
		header(x, r, "Vary", "Accept-Encoding");
	if (x->is_head)
		x->bytes_sent = 0;
	return r;
}

static void reply_to_options(struct exchange *x)
{
	struct str allow = STR("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
	if (!str_eq(x->target.path, STR("*")))
		allow = router_allow(&x->server->router, &x->target, &x->arena);
	if (allow.n <= strlen("OPTIONS") || x->target.is_outside) {
		err_set(&x->err, ERR_NOT_FOUND, NULL, "there is nothing at this path");
		reply_error(x);
		return;
	}
	response_header(&x->rs, "Allow", allow);
	adopt(x, empty(), 204);
}

/* The base path without its slash: relative links would miss it. */
static void reply_to_base(struct exchange *x)
{
	struct str base = x->server->base_path;
	size_t slash = base.n;
	while (slash > 0 && base.p[slash - 1] != '/')
		slash--;
	response_header(&x->rs, "Location",
			arena_printf(&x->arena, "%.*s/", STR_ARG(str_sub(base, slash, base.n))));
	adopt(x, empty(), 308);
}

/* True when the client has this body already: then the reply is made. */
static bool is_not_modified(struct exchange *x, char tag[32])
{
	struct response *rs = &x->rs;
	if (!rs->is_cacheable || rs->status != 200)
		return false;
	struct str body = rs->fixed.n ? rs->fixed : buf_str(&rs->body);
	snprintf(tag, 32, "W/\"%016llx\"", (unsigned long long)hash(body));
	struct str known = x->head.values[HEAD_IF_NONE_MATCH];
	return known.n && !none_match(known, str_of(tag));
}

void reply_make(struct exchange *x)
{
	struct response *rs = &x->rs;
	char tag[32] = "";
	if (x->is_options) {
		reply_to_options(x);
		return;
	}
	if (!x->route) {
		reply_to_base(x);
		return;
	}
	if (rs->body.failed) {
		err_set(&x->err, ERR_INTERNAL, NULL, "the response does not fit into memory");
		reply_error(x);
		return;
	}
	struct MHD_Response *r;
	if (is_not_modified(x, tag)) {
		r = empty();
		rs->status = 304;
	} else {
		r = rs->stream.more && !x->is_head ? stream_response(x) : of_body(x);
	}
	adopt(x, r, rs->status);
	if (!r)
		return;
	if (rs->status != 304 && rs->status != 204)
		header(x, r, "Content-Type", rs->content_type);
	if (*tag)
		header(x, r, "ETag", tag);
	header(x, r, "Cache-Control", *tag ? "no-cache" : "no-store");
	if (x->lacks_header) {
		err_set(&x->err, ERR_BUSY, NULL, "memory is used up");
		reply_error(x);
	}
}

static void error_headers(struct exchange *x)
{
	if (x->err.kind == ERR_METHOD)
		response_header(&x->rs, "Allow",
				router_allow(&x->server->router, &x->target, &x->arena));
	if (x->err.kind == ERR_UNAUTHORIZED)
		response_header(&x->rs, "WWW-Authenticate",
				x->head.values[HEAD_AUTHORIZATION].n
					? STR("Bearer realm=\"demarche\", error=\"invalid_token\"")
					: STR("Bearer realm=\"demarche\""));
	if (x->err.kind == ERR_FORBIDDEN)
		response_header(&x->rs, "WWW-Authenticate",
				STR("Bearer realm=\"demarche\", error=\"insufficient_scope\""));
	if (err_status(x->err.kind) == 503)
		response_header(&x->rs, "Retry-After", STR(RETRY_AFTER_S));
}

void reply_error(struct exchange *x)
{
	struct response *rs = &x->rs;
	if (x->err.kind == ERR_NONE)
		err_set(&x->err, ERR_INTERNAL, NULL, "a handler failed without saying why");
	if (rs->stream.close)
		rs->stream.close(rs->stream.state);
	buf_release(&rs->body);
	*rs = (struct response){0};
	buf_init(&rs->body, SIZE_MAX / 2);
	/* What little it takes is not counted: whoever is turned away for want of memory is told
	 * so. */
	x->arena.budget = NULL;
	problem_write(rs, &x->err);
	error_headers(x);
	size_t n = rs->body.failed ? 0 : rs->body.n;
	struct MHD_Response *r =
		n ? MHD_create_response_from_buffer(n, rs->body.p, MHD_RESPMEM_PERSISTENT)
		  : empty();
	x->bytes_sent = x->is_head ? 0 : (int64_t)n;
	x->lacks_header = false;
	adopt(x, r, err_status(x->err.kind));
	if (r) {
		header(x, r, "Content-Type",
		       rs->content_type ? rs->content_type : "application/problem+json");
		header(x, r, "Cache-Control", "no-store");
	}
	x->arena.budget = &x->budget;
	/* Not even this: the connection ends without a word. */
	if (x->lacks_header)
		adopt(x, NULL, err_status(x->err.kind));
}
