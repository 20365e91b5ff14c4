/* From a handler's response, or an error, to the library's: status, headers, validators,
 * compression. */
#include "server/reply.h"

#include <stdio.h>
#include <string.h>

#include "api/problem.h"
#include "server/etag.h"
#include "server/gzip.h"
#include "server/kept_answer.h"

enum { GZIP_FROM_BYTES = 1024 };
#define RETRY_AFTER_S "1"
#define REQUEST_ID    "X-Request-Id"

/* Leaves out a header whose value is empty or has line ends, which the library refuses. A header
 * that memory lacks for must not be left out: the response would say something else without it (a
 * body without its type, an answer for one origin that a cache gives to all). */
static void header(struct exchange *x, struct MHD_Response *r, const char *name, const char *value)
{
	if (MHD_add_response_header(r, name, value) != MHD_YES && *value && !strpbrk(value, "\r\n"))
		x->lacks_header = true;
}

static void cors(struct exchange *x, struct MHD_Response *r)
{
	struct str list = str_of(x->service->config.cors_origins),
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
	       "ETag, Left-Out, Link, Location, Retry-After, X-Request-Id");
	if (!x->is_options || x->head.counts[HEAD_CORS_METHOD] == 0)
		return;
	struct str allow = router_allow(&x->service->router, &x->target, &x->arena);
	if (allow.n)
		header(x, r, "Access-Control-Allow-Methods", allow.p);
	header(x, r, "Access-Control-Allow-Headers",
	       "Authorization, Content-Type, If-Match, If-None-Match, X-Request-Id");
	header(x, r, "Access-Control-Max-Age", "600");
}

static void common_headers(struct exchange *x, struct MHD_Response *r)
{
	struct service *s = x->service;
	if (x->closes || atomic_load_explicit(&s->is_draining, memory_order_relaxed))
		header(x, r, "Connection", "close");
	cors(x, r);
	for (int i = 0; i < x->rs.n_headers; i++) {
		struct str value = x->rs.headers[i].value;
		/* Ends it in a zero byte, as those of kept answers do; the library refuses line
		 * ends. */
		struct str safe = x->kept ? value : arena_str(&x->arena, value);
		x->lacks_header |= !safe.p;
		if (safe.p && strlen(safe.p) == safe.n)
			header(x, r, x->rs.headers[i].name, safe.p);
	}
}

/* The last of all headers: another request gets the rest again. */
static void add_id(struct exchange *x, struct MHD_Response *r)
{
	if (*x->id)
		header(x, r, REQUEST_ID, x->id);
}

static void adopt(struct exchange *x, struct MHD_Response *r, int status)
{
	if (x->reply)
		MHD_destroy_response(x->reply);
	x->reply = r;
	x->is_kept_reply = false;
	x->status = status;
	if (r)
		common_headers(x, r);
}

static struct MHD_Response *empty(void)
{
	return MHD_create_response_from_buffer(0, (void *)"", MHD_RESPMEM_PERSISTENT);
}

/* Of an embedded file the form that was compressed beforehand, if the client takes one: its
 * Content-Encoding, else NULL. */
static const char *take_packed_form(struct exchange *x, struct str *body)
{
	struct response *rs = &x->rs;
	struct str accepted = x->head.values[HEAD_ACCEPT_ENCODING];
	if (rs->fixed_br.n && coding_is_accepted(accepted, STR("br"))) {
		*body = rs->fixed_br;
		return "br";
	}
	if (rs->fixed_gzip.n && coding_is_accepted(accepted, STR("gzip"))) {
		*body = rs->fixed_gzip;
		return "gzip";
	}
	return NULL;
}

/* The body compressed here and now, if that is wanted, worth it and can be had: its
 * Content-Encoding, else NULL. */
static const char *pack_now(struct exchange *x, struct str *body)
{
	size_t packed_n = 0;
	if (coding_is_accepted(x->head.values[HEAD_ACCEPT_ENCODING], STR("gzip")))
		x->packed = gzip_pack(*body, x->service->config.memory, &packed_n);
	if (!x->packed)
		return NULL;
	x->packed_bytes = packed_n;
	*body = (struct str){x->packed, packed_n};
	buf_release(&x->rs.body);
	return "gzip";
}

static struct form form_of(struct exchange *x)
{
	struct response *rs = &x->rs;
	struct form f = {.body = rs->fixed.n ? rs->fixed : buf_str(&rs->body)};
	bool has_forms = rs->fixed_br.n || rs->fixed_gzip.n;
	bool may_pack = !has_forms && x->service->config.compresses && x->route &&
			f.body.n >= GZIP_FROM_BYTES;
	f.coding = has_forms  ? take_packed_form(x, &f.body)
		   : may_pack ? pack_now(x, &f.body)
			      : NULL;
	f.varies = has_forms || may_pack;
	return f;
}

/* The body as the library's response. The exchange keeps the memory, and outlives the response's
 * sending. */
static struct MHD_Response *of_form(struct exchange *x, const struct form *f)
{
	struct MHD_Response *r = MHD_create_response_from_buffer(f->body.n, (void *)f->body.p,
								 MHD_RESPMEM_PERSISTENT);
	x->sent_bytes = x->is_head ? 0 : (int64_t)f->body.n;
	if (r && f->coding)
		header(x, r, "Content-Encoding", f->coding);
	if (r && f->varies)
		header(x, r, "Vary", "Accept-Encoding");
	return r;
}

/* The library asks on its poller's thread; a worker makes the next piece while the connection is
 * suspended. */
static ssize_t read_piece(void *cls, uint64_t position, char *out, size_t max)
{
	struct exchange *x = cls;
	struct stream *t = &x->stream;
	(void)position;
	if (t->has_failed)
		return MHD_CONTENT_READER_END_WITH_ERROR;
	size_t n = stream_take(t, out, max);
	x->sent_bytes += (int64_t)n;
	if (n > 0)
		return (ssize_t)n;
	if (t->is_done)
		return MHD_CONTENT_READER_END_OF_STREAM;
	if (!exchange_suspend(x)) {
		t->has_failed = true;
		return MHD_CONTENT_READER_END_WITH_ERROR;
	}
	thread_pool_push_begun(x->service->workers, &x->task);
	return 0;
}

static struct MHD_Response *of_stream(struct exchange *x)
{
	return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, (size_t)STREAM_PIECE_BYTES,
						 read_piece, x, NULL);
}

static ssize_t read_nothing(void *cls, uint64_t position, char *out, size_t max)
{
	(void)cls, (void)position, (void)out, (void)max;
	return MHD_CONTENT_READER_END_OF_STREAM;
}

/* To HEAD: nobody knows how long it would be. */
static struct MHD_Response *of_unread_stream(void)
{
	return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, (size_t)STREAM_PIECE_BYTES,
						 read_nothing, NULL, NULL);
}

static void reply_to_options(struct exchange *x)
{
	struct str allow = STR("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
	if (!str_eq(x->target.path, STR("*")))
		allow = router_allow(&x->service->router, &x->target, &x->arena);
	if (allow.n <= strlen("OPTIONS") || x->target.is_outside) {
		err_set(&x->err, ERR_NOT_FOUND, NULL, "there is nothing at this path");
		reply_error(x);
		return;
	}
	response_header(&x->rs, "Allow", allow);
	adopt(x, empty(), 204);
	if (x->reply)
		add_id(x, x->reply);
}

/* The base path without its slash: relative links would miss it. */
static void reply_to_base(struct exchange *x)
{
	struct str base = x->service->base_path;
	size_t slash = base.n;
	while (slash > 0 && base.p[slash - 1] != '/')
		slash--;
	response_header(&x->rs, "Location",
			arena_printf(&x->arena, "%.*s/", STR_ARG(str_sub(base, slash, base.n))));
	adopt(x, empty(), 308);
	if (x->reply)
		add_id(x, x->reply);
}

static void find_tag(const struct response *rs, char tag[ETAG_ROOM])
{
	*tag = '\0';
	if (rs->is_cacheable && rs->status == 200)
		etag_of(rs->fixed.n ? hash_bytes(rs->fixed, 0)
				    : digest_end(&rs->digest, buf_str(&rs->body)),
			rs->version, tag);
}

/* The client has this body already. */
static bool is_not_modified(const struct exchange *x, const char *tag)
{
	struct str known = x->head.values[HEAD_IF_NONE_MATCH];
	return *tag && x->rq.method == METHOD_GET && known.n && etag_is_listed(known, str_of(tag));
}

static const char *cache_control(const struct response *rs, const char *tag)
{
	if (rs->is_immutable)
		return "public, max-age=31536000, immutable"; /* a year; RFC 8246 */
	return *tag ? "no-cache" : "no-store";
}

static void reply_with(struct exchange *x, struct MHD_Response *r, const char *tag)
{
	struct response *rs = &x->rs;
	adopt(x, r, rs->status);
	if (!r)
		return;
	if (rs->status != 304 && rs->status != 204)
		header(x, r, "Content-Type", rs->content_type);
	if (*tag)
		header(x, r, "ETag", tag);
	header(x, r, "Cache-Control", cache_control(rs, tag));
	add_id(x, r);
	if (x->lacks_header) {
		err_set(&x->err, ERR_BUSY, NULL, "memory is used up");
		reply_error(x);
	}
}

/* All but the request's id is the same for all who get the kept answer. */
static bool is_like_others(const struct exchange *x)
{
	return x->kept && !x->closes && !x->head.values[HEAD_ORIGIN].n &&
	       !atomic_load_explicit(&x->service->is_draining, memory_order_relaxed);
}

/* The response that another request had: false when there is none. */
static bool reply_again(struct exchange *x, const struct form *f)
{
	struct MHD_Response *r = answer_take_response(x->kept, x->form);
	if (!r)
		return false;
	const char *id = MHD_get_response_header(r, REQUEST_ID);
	if (id)
		MHD_del_response_header(r, REQUEST_ID, id);
	add_id(x, r);
	x->reply = r;
	x->status = x->rs.status;
	x->sent_bytes = x->form == IDLE_NOT_MODIFIED || x->is_head ? 0 : (int64_t)f->body.n;
	if (x->lacks_header) {
		err_set(&x->err, ERR_BUSY, NULL, "memory is used up");
		reply_error(x);
	}
	return true;
}

static void reply_with_form(struct exchange *x, const struct form *f, const char *tag)
{
	bool is_known = is_not_modified(x, tag), is_like = is_like_others(x);
	if (is_known)
		x->rs.status = 304;
	x->form = is_known ? IDLE_NOT_MODIFIED : IDLE_WHOLE;
	if (!is_like || !reply_again(x, f))
		reply_with(x, is_known ? empty() : of_form(x, f), tag);
	x->is_kept_reply = is_like && x->reply && x->err.kind == ERR_NONE;
}

static void reply_with_body(struct exchange *x)
{
	char tag[ETAG_ROOM];
	struct form f = {.body = STR_EMPTY};
	bool is_kept = kept_answer_may_be(x);
	find_tag(&x->rs, tag);
	if (is_kept || !is_not_modified(x, tag))
		f = form_of(x);
	if (is_kept)
		kept_answer_put(x, &f, tag);
	reply_with_form(x, &f, tag);
}

static void reply_with_kept(struct exchange *x)
{
	struct form f = kept_answer_form(x->kept);
	reply_with_form(x, &f, x->kept->tag);
}

void reply_make(struct exchange *x)
{
	struct response *rs = &x->rs;
	if (x->kept)
		reply_with_kept(x);
	else if (x->is_options)
		reply_to_options(x);
	else if (!x->route)
		reply_to_base(x);
	else if (rs->body.failed) {
		err_set(&x->err, ERR_INTERNAL, NULL, "the response does not fit into memory");
		reply_error(x);
	} else if (rs->stream.more) {
		reply_with(x, x->is_head ? of_unread_stream() : of_stream(x), "");
	} else {
		reply_with_body(x);
	}
}

static void error_headers(struct exchange *x)
{
	if (x->err.kind == ERR_METHOD)
		response_header(&x->rs, "Allow",
				router_allow(&x->service->router, &x->target, &x->arena));
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
	/* The little that it takes is not counted, so that a request refused for lack of memory
	 * still gets an answer. */
	x->arena.budget = NULL;
	problem_write(rs, &x->err, str_of(x->id));
	error_headers(x);
	size_t n = rs->body.failed ? 0 : rs->body.n;
	struct MHD_Response *r =
		n ? MHD_create_response_from_buffer(n, rs->body.p, MHD_RESPMEM_PERSISTENT)
		  : empty();
	x->sent_bytes = x->is_head ? 0 : (int64_t)n;
	x->lacks_header = false;
	adopt(x, r, err_status(x->err.kind));
	if (r) {
		header(x, r, "Content-Type",
		       rs->content_type ? rs->content_type : "application/problem+json");
		header(x, r, "Cache-Control", "no-store");
		add_id(x, r);
	}
	x->arena.budget = &x->budget;
	/* There is no memory even for this: the connection ends without an answer. */
	if (x->lacks_header)
		adopt(x, NULL, err_status(x->err.kind));
}
