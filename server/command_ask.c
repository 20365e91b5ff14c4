/* query and export: the API's own handlers, asked without a socket, so that both say the same. */
#include <stdlib.h>
#include <string.h>

#include "api/format/answer_text.h"
#include "api/routes.h"
#include "base/date.h"
#include "db/store.h"
#include "server/command.h"
#include "server/router.h"

enum { ARENA_MAX_BYTES = 1 << 28, PARAMS_MAX = 64, TEXT_MAX_BYTES = 1 << 26 };

struct ask {
	struct store *store;
	struct api api;
	struct arena arena;
	struct request rq;
	struct response rs;
	struct param params[PARAMS_MAX];
};

static int ask(struct ask *k, const struct options *o, const char *path, const char *accept,
	       struct err *e)
{
	struct router router = {0};
	struct target target = {.path = str_of(path)};
	struct str rest = str_sub(target.path, 1, target.path.n);
	router.tables[1].rows = api_routes;
	router.tables[1].n = api_routes_count;
	while (str_split(&rest, '/', &target.segments[target.n_segments]))
		target.n_segments++;
	const struct route *row = router_find(&router, &target, METHOD_GET).row;
	k->store = command_store_reading(o, e);
	if (!row || !k->store)
		return row ? -1 : err_set(e, ERR_INTERNAL, NULL, "no resource at \"%s\"", path);
	k->api = (struct api){.store = k->store,
			      .extracts = true,
			      .deadline_ms = (int)o->read_deadline,
			      .max_body_bytes = 1 << 20};
	arena_init(&k->arena, ARENA_MAX_BYTES);
	k->rq.api = &k->api;
	k->rq.arena = &k->arena;
	k->rq.path = target.path;
	k->rq.path_to_root = STR_EMPTY;
	k->rq.path_args[0] = k->rq.path_args[1] = STR_EMPTY;
	k->rq.params = k->params;
	k->rq.accept = str_of(accept);
	k->rq.content_type = k->rq.body = STR_EMPTY;
	k->rq.deadline_ns = now_monotonic_ns() + o->read_deadline * 1000000;
	k->rs = (struct response){.status = 200, .content_type = "application/json"};
	buf_init(&k->rs.body, SIZE_MAX / 2);
	return row->handler(&k->rq, &k->rs, e) == API_DONE ? 0 : -1;
}

static void finish(struct ask *k)
{
	if (k->rs.stream.close)
		k->rs.stream.close(k->rs.stream.state);
	buf_release(&k->rs.body);
	arena_release(&k->arena);
	store_close(k->store);
}

/* --- query
 * -------------------------------------------------------------------------------------------------
 */

static int print_text(struct ask *k, struct err *e)
{
	struct buf text;
	buf_init(&text, TEXT_MAX_BYTES);
	int rc = answer_text(buf_str(&k->rs.body), &text, e);
	if (rc == 0)
		fwrite(text.p, 1, text.n, stdout);
	buf_release(&text);
	return rc;
}

int command_query(const struct options *o)
{
	struct err e = {0};
	struct ask k = {0};
	struct buf phrase;
	buf_init(&phrase, 65536);
	for (int i = 0; i < o->n_args; i++)
		buf_printf(&phrase, "%s%s", i ? " " : "", o->args[i]);
	k.params[0] = (struct param){STR("q"), buf_str(&phrase)};
	k.rq.n_params = 1;
	int rc = ask(&k, o, "/v1/query", "application/json", &e);
	if (rc == 0 && o->query_format == FORMAT_JSON)
		fwrite(k.rs.body.p, 1, k.rs.body.n, stdout);
	else if (rc == 0)
		rc = print_text(&k, &e);
	finish(&k);
	buf_release(&phrase);
	return rc == 0 ? STATUS_OK : command_fail(&e);
}

/* --- export
 * -------------------------------------------------------------------------------------------------
 */

static int read_conditions(struct ask *k, const struct options *o, struct err *e)
{
	for (int i = 0; i < o->n_args; i++) {
		struct str arg = str_of(o->args[i]);
		size_t equals = str_find(arg, STR("="), 0);
		if (equals == SIZE_MAX)
			return err_set(e, ERR_INPUT, NULL,
				       "\"%s\" is no condition: it takes KEY=VALUE", o->args[i]);
		k->params[k->rq.n_params++] =
			(struct param){str_sub(arg, 0, equals), str_sub(arg, equals + 1, arg.n)};
	}
	return 0;
}

static int print_stream(struct ask *k, struct err *e)
{
	int more = 1;
	while (more > 0) {
		buf_clear(&k->rs.body);
		more = k->rs.stream.more(k->rs.stream.state, &k->rs.body, e);
		if (more >= 0 && k->rs.body.n &&
		    fwrite(k->rs.body.p, 1, k->rs.body.n, stdout) != k->rs.body.n)
			return 0; /* command.c tells that standard output failed */
	}
	return more;
}

int command_export(const struct options *o)
{
	struct err e = {0};
	struct ask k = {0};
	const char *accept = o->export_format == EXPORT_CSV ? "text/csv" : "application/x-ndjson";
	int rc = read_conditions(&k, o, &e);
	if (rc == 0)
		rc = ask(&k, o, "/v1/statements", accept, &e);
	if (rc == 0 && k.rs.stream.more)
		rc = print_stream(&k, &e);
	else if (rc == 0)
		fwrite(k.rs.body.p, 1, k.rs.body.n, stdout);
	finish(&k);
	return rc == 0 ? STATUS_OK : command_fail(&e);
}
