/* Hostile heads first, then the route, credentials, media type, size. */
#include "server/precheck.h"

#include <stdio.h>
#include <string.h>

#include "api/accept.h"
#include "server/kept_answer.h"

/* The client's own id when it is one that can be logged and echoed safely, else a new one. */
static void take_id(struct exchange *x)
{
	struct str given = x->head.values[HEAD_REQUEST_ID];
	bool is_sane = given.n > 0 && given.n <= EXCHANGE_ID_MAX;
	for (size_t i = 0; is_sane && i < given.n; i++) {
		char c = given.p[i];
		is_sane = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
			  (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.' || c == ':';
	}
	if (is_sane) {
		memcpy(x->id, given.p, given.n);
		return;
	}
	/* splitmix64 (Steele, Lea, Flood 2014) over a counter that starts at random: no two alike,
	 * none guessed from another by accident. */
	uint64_t z = atomic_fetch_add_explicit(&x->service->last_id, 0x9e3779b97f4a7c15ULL,
					       memory_order_relaxed);
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
	z ^= z >> 31;
	for (int i = 0; i < 16; i++, z >>= 4)
		x->id[i] = "0123456789abcdef"[z & 15];
}

static const char *scope_word(enum scope s)
{
	return s == SCOPE_READ	   ? "read"
	       : s == SCOPE_WRITE  ? "write"
	       : s == SCOPE_CURATE ? "curate"
				   : "admin";
}

/* Out of the parameters, so that no link and no message repeats it; beside a token it counts for
 * nothing. */
static int take_read_key(struct exchange *x)
{
	struct param *v = (struct param *)(uintptr_t)x->rq.params;
	size_t n = 0, keys = 0;
	for (size_t i = 0; i < x->rq.n_params; i++) {
		if (str_eq(v[i].name, STR("key"))) {
			x->rq.read_key = v[i].value;
			keys++;
		} else {
			v[n++] = v[i];
		}
	}
	x->rq.n_params = n;
	x->has_key = keys > 0;
	if (keys > 1)
		return err_set(&x->err, ERR_VALUE, "key", "\"key\" is given more than once");
	if (keys && !x->rq.read_key.n)
		return err_set(&x->err, ERR_VALUE, "key", "\"key\" is empty");
	if (x->head.values[HEAD_AUTHORIZATION].n)
		x->rq.read_key = STR_EMPTY;
	return 0;
}

static int read_params(struct exchange *x)
{
	if (target_params(&x->target, &x->arena, &x->rq.params, &x->rq.n_params, &x->err) != 0)
		return -1;
	return x->route->scope == SCOPE_READ_KEY ? take_read_key(x) : 0;
}

static int check_scope(struct exchange *x)
{
	struct service *s = x->service;
	enum scope need = x->route->scope;
	x->rq.who = STR("local");
	if (need == SCOPE_NONE || x->rq.read_key.n) /* which a worker looks up: admit.h */
		return 0;
	if (need == SCOPE_READ_KEY)
		need = SCOPE_READ;
	if (s->auth.n == 0) {
		x->rq.scopes = SCOPE_READ | SCOPE_WRITE | SCOPE_CURATE;
		if (need != SCOPE_ADMIN)
			return 0;
		return err_set(
			&x->err, ERR_FORBIDDEN, NULL,
			"this needs a token of the scope \"admin\", and the service has no tokens");
	}
	struct str given = x->head.values[HEAD_AUTHORIZATION];
	if (given.n == 0)
		return err_set(&x->err, ERR_UNAUTHORIZED, NULL,
			       "this needs the header \"Authorization: Bearer ...\"");
	const struct bearer_token *token = auth_find(&s->auth, given, &x->rq.scopes);
	if (!token)
		return err_set(&x->err, ERR_UNAUTHORIZED, NULL, "the bearer token is not known");
	x->rq.who = str_of(token->name);
	if (!(x->rq.scopes & need))
		return err_set(&x->err, ERR_FORBIDDEN, NULL,
			       "this needs a token of the scope \"%s\"", scope_word(need));
	return 0;
}

/* True when the media type of a Content-Type value is one of a list ("a/b, c/d"), with UTF-8 as its
 * charset if it names one. */
static bool is_listed(struct str content_type, const char *list)
{
	struct str rest = content_type, type, part, known = str_of(list);
	if (!str_split(&rest, ';', &type))
		return false;
	bool is_known = false;
	while (str_split(&known, ',', &part))
		is_known = is_known || str_eq_nocase(str_trim(part), str_trim(type));
	while (is_known && str_split(&rest, ';', &part)) {
		part = str_trim(part);
		if (part.n >= 8 && str_eq_nocase(str_sub(part, 0, 8), STR("charset=")))
			is_known = str_eq_nocase(str_sub(part, 8, part.n), STR("utf-8")) ||
				   str_eq_nocase(str_sub(part, 8, part.n), STR("\"utf-8\""));
	}
	return is_known;
}

static int check_body(struct exchange *x)
{
	struct service *s = x->service;
	const struct server_config *o = &s->config;
	bool has_body = x->head.content_length > 0 || x->head.is_chunked;
	if (!x->route->consumes) {
		if (has_body)
			return err_set(&x->err, ERR_REQUEST, NULL, "this takes no body");
		return 0;
	}
	struct str encoding = x->head.values[HEAD_CONTENT_ENCODING];
	if (encoding.n && !str_eq_nocase(encoding, STR("identity")))
		return err_set(&x->err, ERR_MEDIA_TYPE, NULL,
			       "the body has the content encoding \"%.*s\": none is understood",
			       STR_ARG(encoding));
	struct str type = x->head.values[HEAD_CONTENT_TYPE];
	if (!is_listed(type, x->route->consumes))
		return err_set(&x->err, ERR_MEDIA_TYPE, NULL,
			       "the content type is \"%.*s\": this takes %s in UTF-8",
			       STR_ARG(type), x->route->consumes);
	if (x->head.content_length > o->max_body_bytes)
		return err_set(&x->err, ERR_TOO_LARGE, NULL,
			       "the body has %lld bytes: at most %lld are taken",
			       (long long)x->head.content_length, (long long)o->max_body_bytes);
	if (has_body && !exchange_has_room(s, x->head.content_length))
		return err_set(&x->err, ERR_BUSY, NULL,
			       "the bodies of other requests fill the memory");
	return 0;
}

static int find_route(struct exchange *x)
{
	struct service *s = x->service;
	if (x->target.is_bare_base || x->is_options)
		return 0; /* reply.c redirects, or lists the methods */
	struct route_match match = {0};
	if (!x->target.is_outside)
		match = router_find(&s->router, &x->target, method_find(x->method));
	if (!match.has_path)
		return err_set(&x->err, ERR_NOT_FOUND, NULL, "there is nothing at this path");
	if (!match.row)
		return err_set(&x->err, ERR_METHOD, NULL,
			       "this path does not take the method \"%s\"", x->method);
	x->route = match.row;
	x->route_index = match.index;
	x->rq.method = match.row->method;
	x->rq.path = x->target.path;
	x->rq.path_args[0] = match.args[0];
	x->rq.path_args[1] = match.args[1];
	x->rq.path_to_root = target_to_root(&x->target);
	return 0;
}

int precheck(struct exchange *x, const char *method, const char *version)
{
	struct service *s = x->service;
	size_t n = strnlen(method, sizeof x->method - 1);
	memcpy(x->method, method, n); /* the rest is zero */
	x->is_head = strcmp(method, "HEAD") == 0;
	x->is_options = strcmp(method, "OPTIONS") == 0;
	x->is_counted = true;
	atomic_fetch_add_explicit(&s->metrics.in_flight, 1, memory_order_relaxed);
	head_read(&x->head, x->mhd, method, x->raw_n, version);
	take_id(x);
	x->closes = true; /* until the head is known to be sound */
	if (head_check(&x->head, version, &x->err) != 0)
		return -1;
	if (x->conn->is_shed) {
		metrics_increment(&s->metrics.shed);
		return err_set(&x->err, ERR_BUSY, NULL, "too many connections");
	}
	x->closes = false;
	if (kept_answer_find(x))
		return check_scope(x);
	if (x->head.is_chunked)
		x->chunks.start = x->head.end;
	if (target_parse(&x->target, x->raw + x->raw_n + 1, x->raw_n, s->base_path, &x->err) != 0)
		return -1;
	if (find_route(x) != 0)
		return -1;
	if (!x->route)
		return 0;
	x->rq.accept = x->head.values[HEAD_ACCEPT];
	/* Where a key may be among them, they are looked at before the scope. */
	bool takes_key = x->route->scope == SCOPE_READ_KEY;
	if ((takes_key && read_params(x) != 0) || check_scope(x) != 0 ||
	    accept_check(x->rq.accept, x->route->produces, &x->err) != 0 || check_body(x) != 0)
		return -1;
	x->rq.if_match = x->head.values[HEAD_IF_MATCH];
	x->rq.content_type = x->head.values[HEAD_CONTENT_TYPE];
	return takes_key ? 0 : read_params(x);
}
