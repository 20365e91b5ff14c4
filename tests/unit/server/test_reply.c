/* Replies without a connection: status, headers, validators, compression, memory. */
#include "server/reply.h"

#include <stdio.h>
#include <zlib.h>

#include "server/etag.h"
#include "tests/unit/unit.h"

static enum api_result nothing(struct request *rq, struct response *rs, struct err *e)
{
	(void)rq, (void)rs, (void)e;
	return API_DONE;
}

static const struct route rows[] = {
	{METHOD_GET, "/a", nothing, SCOPE_NONE, NULL, false, NULL},
	{METHOD_POST, "/a", nothing, SCOPE_NONE, "text/plain", false, NULL},
};

static struct memory memory;
static struct service service;
static struct connection connection;

/* An exchange whose head was taken and whose handler is to answer; a GET of /a. */
static struct exchange *begin(void)
{
	struct err e = {0};
	memory = (struct memory){.max_bytes = 64 << 20};
	service.config =
		(struct server_config){.memory = &memory, .compresses = true, .cors_origins = ""};
	service.router = (struct router){.tables = {{NULL, 0}, {rows, 2}}};
	struct exchange *x = exchange_new(&service, NULL, &connection, NULL, "/a");
	ck_assert_ptr_nonnull(x);
	x->budget.memory = &memory;
	arena_init(&x->arena, 1 << 20);
	x->arena.budget = &x->budget;
	for (int i = 0; i < HEAD_COUNT; i++)
		x->head.values[i] = STR_EMPTY;
	assert_ok(target_parse(&x->target, x->raw + x->raw_n + 1, x->raw_n, STR_EMPTY, &e), e);
	x->route = &rows[0];
	memcpy(x->id, "an-id", sizeof "an-id");
	x->rs.status = 200;
	x->rs.content_type = "application/json";
	buf_init(&x->rs.body, SIZE_MAX / 2);
	x->rs.body.budget = &x->budget;
	return x;
}

/* Nothing of the memory is held any more. */
static void end(struct exchange *x)
{
	exchange_free(x);
	ck_assert_int_eq(memory_used(&memory), 0);
}

/* A header of the reply; "" when it is not there. */
static struct str header_of(const struct exchange *x, const char *name)
{
	ck_assert_ptr_nonnull(x->reply);
	const char *value = MHD_get_response_header(x->reply, name);
	return value ? str_of(value) : STR_EMPTY;
}

static void fill(struct exchange *x, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_add_char(&x->rs.body, (char)('a' + i % 7));
}

START_TEST(reply_make__a_body__has_its_type_and_is_not_stored)
{
	struct exchange *x = begin();
	buf_add(&x->rs.body, STR("{}"));
	x->rs.status = 201;
	response_header(&x->rs, "Location", STR("/v1/articles/1"));
	reply_make(x);
	ck_assert_int_eq(x->status, 201);
	ck_assert_int_eq(x->sent_bytes, 2);
	assert_str(header_of(x, "Content-Type"), "application/json");
	assert_str(header_of(x, "Cache-Control"), "no-store");
	assert_str(header_of(x, "X-Request-Id"), "an-id");
	assert_str(header_of(x, "Location"), "/v1/articles/1");
	assert_str(header_of(x, "ETag"), "");
	assert_str(header_of(x, "Connection"), "");
	assert_str(header_of(x, "Vary"), "");
	end(x);
}
END_TEST

START_TEST(reply_make__header_values_with_line_ends__are_left_out)
{
	static const char zero[] = "a\0b";
	struct exchange *x = begin();
	response_header(&x->rs, "Location", STR("/a\r\nSet-Cookie: x"));
	response_header(&x->rs, "Link", (struct str){zero, sizeof zero - 1});
	reply_make(x);
	ck_assert_int_eq(x->status, 200);
	assert_str(header_of(x, "Location"), "");
	assert_str(header_of(x, "Link"), "");
	assert_str(header_of(x, "Set-Cookie"), "");
	end(x);
}
END_TEST

START_TEST(reply_make__a_cacheable_body__is_sent_once)
{
	char tag[ETAG_ROOM];
	struct exchange *x = begin();
	x->rs.is_cacheable = true;
	buf_add(&x->rs.body, STR("{}"));
	reply_make(x);
	ck_assert_int_eq(x->status, 200);
	assert_str(header_of(x, "Cache-Control"), "no-cache");
	snprintf(tag, sizeof tag, "%.*s", STR_ARG(header_of(x, "ETag")));
	end(x);

	static const struct {
		const char *before, *after, *body;
		int status;
	} cases[] = {
		{"", "", "{}", 304},
		{"\"x\", ", "", "{}", 304},
		{"", "x", "{}", 200},
		{"", "", "{ }", 200}, /* another body */
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char known[64];
		x = begin();
		snprintf(known, sizeof known, "%s%s%s", cases[i].before, tag, cases[i].after);
		x->head.values[HEAD_IF_NONE_MATCH] = str_of(known);
		x->rs.is_cacheable = true;
		buf_add(&x->rs.body, str_of(cases[i].body));
		reply_make(x);
		ck_assert_msg(x->status == cases[i].status, "%s: %d", known, x->status);
		if (x->status == 304) {
			assert_str(header_of(x, "ETag"), tag);
			assert_str(header_of(x, "Content-Type"), "");
		}
		end(x);
	}
}
END_TEST

START_TEST(reply_make__other_statuses__have_no_validator)
{
	struct exchange *x = begin();
	x->rs.is_cacheable = true;
	x->rs.status = 201;
	x->head.values[HEAD_IF_NONE_MATCH] = STR("*");
	reply_make(x);
	ck_assert_int_eq(x->status, 201);
	assert_str(header_of(x, "ETag"), "");
	end(x);
}
END_TEST

START_TEST(reply_make__large_bodies__are_compressed_where_that_is_accepted)
{
	static const struct {
		const char *accept;
		size_t n;
		bool is_off, is_packed;
	} cases[] = {
		{"gzip", 5000, false, true},
		{"br;q=1, GZIP;q=0.5", 5000, false, true},
		{"*", 5000, false, true},
		{"gzip", 1024, false, true},
		{"gzip", 1023, false, false},
		{"gzip;q=0", 5000, false, false},
		{"gzip;q=0.00", 5000, false, false},
		{"br", 5000, false, false},
		{"", 5000, false, false},
		{"gzip", 5000, true, false},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct exchange *x = begin();
		service.config.compresses = !cases[i].is_off;
		x->head.values[HEAD_ACCEPT_ENCODING] = str_of(cases[i].accept);
		fill(x, cases[i].n);
		reply_make(x);
		ck_assert_msg((x->packed != NULL) == cases[i].is_packed, "case %zu", i);
		assert_str(header_of(x, "Content-Encoding"), cases[i].is_packed ? "gzip" : "");
		bool varies = cases[i].n >= 1024 && !cases[i].is_off;
		assert_str(header_of(x, "Vary"), varies ? "Accept-Encoding" : "");
		ck_assert_int_le(x->sent_bytes, (int64_t)cases[i].n);
		end(x);
	}
}
END_TEST

START_TEST(reply_make__packed_beforehand__sent_as_it_is_by_what_is_accepted)
{
	static const struct {
		const char *accept, *coding;
		int64_t n;
	} cases[] = {
		{"br", "br", 3},     {"gzip, br", "br", 3}, {"gzip, br;q=0", "gzip", 4},
		{"gzip", "gzip", 4}, {"*", "br", 3},	    {"identity", "", 2000},
		{"", "", 2000},
	};
	static const char plain[2000];
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct exchange *x = begin();
		x->rs.fixed = (struct str){plain, sizeof plain};
		x->rs.fixed_br = STR("brr");
		x->rs.fixed_gzip = STR("gzip");
		x->rs.is_immutable = true;
		x->head.values[HEAD_ACCEPT_ENCODING] = str_of(cases[i].accept);
		reply_make(x);
		ck_assert_ptr_null(x->packed);
		ck_assert_int_eq(x->sent_bytes, cases[i].n);
		assert_str(header_of(x, "Content-Encoding"), cases[i].coding);
		assert_str(header_of(x, "Vary"), "Accept-Encoding");
		assert_str(header_of(x, "Cache-Control"), "public, max-age=31536000, immutable");
		end(x);
	}
}
END_TEST

START_TEST(reply_make__a_compressed_body__is_the_same_body)
{
	enum { N = 100000 };
	static char back[N + 1];
	struct exchange *x = begin();
	x->head.values[HEAD_ACCEPT_ENCODING] = STR("gzip");
	fill(x, N);
	reply_make(x);
	ck_assert_ptr_nonnull(x->packed);
	z_stream z = {.next_in = (Bytef *)x->packed,
		      .avail_in = (uInt)x->sent_bytes,
		      .next_out = (Bytef *)back,
		      .avail_out = sizeof back};
	ck_assert_int_eq(inflateInit2(&z, 15 + 16), Z_OK);
	ck_assert_int_eq(inflate(&z, Z_FINISH), Z_STREAM_END);
	ck_assert_uint_eq(z.total_out, N);
	inflateEnd(&z);
	for (int i = 0; i < N; i++)
		ck_assert_int_eq(back[i], 'a' + i % 7);
	end(x);
}
END_TEST

START_TEST(reply_make__without_memory_to_compress__sends_the_body_as_it_is)
{
	struct exchange *x = begin();
	x->head.values[HEAD_ACCEPT_ENCODING] = STR("gzip");
	fill(x, 5000);
	memory.max_bytes = memory_used(&memory) + 4096;
	reply_make(x);
	ck_assert_int_eq(x->status, 200);
	ck_assert_ptr_null(x->packed);
	ck_assert_int_eq(x->sent_bytes, 5000);
	end(x);
}
END_TEST

START_TEST(reply_make__a_body_that_broke_off__is_an_error)
{
	struct exchange *x = begin();
	x->rs.body.failed = true;
	reply_make(x);
	ck_assert_int_eq(x->status, 500);
	assert_str(header_of(x, "Content-Type"), "application/problem+json");
	end(x);
}
END_TEST

START_TEST(reply_make__a_draining_service__closes)
{
	struct exchange *x = begin();
	atomic_store(&service.is_draining, true);
	reply_make(x);
	assert_str(header_of(x, "Connection"), "close");
	end(x);
	atomic_store(&service.is_draining, false);
	x = begin();
	x->closes = true;
	reply_make(x);
	assert_str(header_of(x, "Connection"), "close");
	end(x);
}
END_TEST

START_TEST(reply_make__options__lists_the_methods_of_a_known_path)
{
	static const struct {
		const char *path, *allow;
		int status;
	} cases[] = {
		{"/a", "GET, HEAD, POST, OPTIONS", 204},
		{"/b", "", 404},
		{"*", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS", 204},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char raw[8];
		struct err e = {0};
		struct exchange *x = begin();
		size_t n = strlen(cases[i].path);
		memcpy(raw, cases[i].path, n + 1);
		assert_ok(target_parse(&x->target, raw, n, STR_EMPTY, &e), e);
		x->is_options = true;
		x->route = NULL;
		reply_make(x);
		ck_assert_int_eq(x->status, cases[i].status);
		assert_str(header_of(x, "Allow"), cases[i].allow);
		end(x);
	}
}
END_TEST

START_TEST(reply_make__the_bare_base_path__redirects_into_it)
{
	struct exchange *x = begin();
	service.base_path = STR("/under/here");
	x->route = NULL;
	x->target.is_bare_base = true;
	reply_make(x);
	ck_assert_int_eq(x->status, 308);
	assert_str(header_of(x, "Location"), "here/");
	service.base_path = STR_EMPTY;
	end(x);
}
END_TEST

START_TEST(reply_make__origins__are_allowed_by_the_list)
{
	static const struct {
		const char *list, *origin, *allowed, *vary;
	} cases[] = {
		{"", "https://a.example", "", ""},
		{"*", "https://a.example", "*", ""},
		{"*", "", "", ""},
		{"https://b.example, https://a.example", "https://a.example", "https://a.example",
		 "Origin"},
		{"https://b.example", "https://a.example", "", "Origin"},
		{"https://a.example", "https://a.example.evil", "", "Origin"},
		{"https://a.example", "", "", "Origin"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct exchange *x = begin();
		service.config.cors_origins = cases[i].list;
		x->head.values[HEAD_ORIGIN] = str_of(cases[i].origin);
		reply_make(x);
		assert_str(header_of(x, "Access-Control-Allow-Origin"), cases[i].allowed);
		assert_str(header_of(x, "Vary"), cases[i].vary);
		assert_str(header_of(x, "Access-Control-Allow-Methods"), "");
		end(x);
	}
}
END_TEST

START_TEST(reply_error__kinds__bring_their_status_and_headers)
{
	static const struct {
		enum err_kind kind;
		const char *authorization;
		int status;
		const char *name, *value;
	} cases[] = {
		{ERR_INPUT, "", 400, "Retry-After", ""},
		{ERR_METHOD, "", 405, "Allow", "GET, HEAD, POST, OPTIONS"},
		{ERR_UNAUTHORIZED, "", 401, "WWW-Authenticate", "Bearer realm=\"demarche\""},
		{ERR_UNAUTHORIZED, "Bearer x", 401, "WWW-Authenticate",
		 "Bearer realm=\"demarche\", error=\"invalid_token\""},
		{ERR_FORBIDDEN, "Bearer x", 403, "WWW-Authenticate",
		 "Bearer realm=\"demarche\", error=\"insufficient_scope\""},
		{ERR_BUSY, "", 503, "Retry-After", "1"},
		{ERR_NONE, "", 500, "Retry-After", ""}, /* a handler that does not say why */
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct exchange *x = begin();
		x->head.values[HEAD_AUTHORIZATION] = str_of(cases[i].authorization);
		if (cases[i].kind != ERR_NONE)
			err_set(&x->err, cases[i].kind, NULL, "a reason");
		reply_error(x);
		ck_assert_int_eq(x->status, cases[i].status);
		assert_str(header_of(x, cases[i].name), cases[i].value);
		assert_str(header_of(x, "Content-Type"), "application/problem+json");
		assert_str(header_of(x, "Cache-Control"), "no-store");
		ck_assert_int_eq(x->sent_bytes, (int64_t)x->rs.body.n);
		end(x);
	}
}
END_TEST

static int closed;

static void close_stream(void *state)
{
	(void)state;
	closed++;
}

START_TEST(reply_error__after_a_handler_that_answered__drops_its_answer)
{
	struct exchange *x = begin();
	buf_add(&x->rs.body, STR("half of a secret"));
	response_header(&x->rs, "Location", STR("/v1/articles/1"));
	x->rs.stream = (struct body_stream){NULL, close_stream, NULL};
	err_set(&x->err, ERR_INTERNAL, NULL, "the secret reason");
	reply_error(x);
	ck_assert_int_eq(x->status, 500);
	assert_str(header_of(x, "Location"), "");
	ck_assert_uint_eq(str_find(buf_str(&x->rs.body), STR("secret"), 0), SIZE_MAX);
	ck_assert_int_eq(closed, 1);
	end(x);
	ck_assert_int_eq(closed, 1);
}
END_TEST

START_TEST(reply_error__without_any_memory__is_still_said)
{
	struct exchange *x = begin();
	memory.max_bytes = 0;
	err_set(&x->err, ERR_BUSY, NULL, "other requests fill the memory");
	reply_error(x);
	ck_assert_int_eq(x->status, 503);
	assert_str(header_of(x, "Retry-After"), "1");
	ck_assert_int_gt(x->sent_bytes, 0);
	end(x);
}
END_TEST

UNIT_MAIN("reply", reply_make__a_body__has_its_type_and_is_not_stored,
	  reply_make__header_values_with_line_ends__are_left_out,
	  reply_make__a_cacheable_body__is_sent_once, reply_make__other_statuses__have_no_validator,
	  reply_make__large_bodies__are_compressed_where_that_is_accepted,
	  reply_make__packed_beforehand__sent_as_it_is_by_what_is_accepted,
	  reply_make__a_compressed_body__is_the_same_body,
	  reply_make__without_memory_to_compress__sends_the_body_as_it_is,
	  reply_make__a_body_that_broke_off__is_an_error, reply_make__a_draining_service__closes,
	  reply_make__options__lists_the_methods_of_a_known_path,
	  reply_make__the_bare_base_path__redirects_into_it,
	  reply_make__origins__are_allowed_by_the_list,
	  reply_error__kinds__bring_their_status_and_headers,
	  reply_error__after_a_handler_that_answered__drops_its_answer,
	  reply_error__without_any_memory__is_still_said)
