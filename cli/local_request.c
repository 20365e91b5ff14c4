/* Finds the route and calls its handler on the calling thread. */
#include "cli/local_request.h"

#include "api/routes.h"
#include "base/clock.h"
#include "cli/command.h"
#include "db/store.h"
#include "server/router.h"

enum { ARENA_MAX_BYTES = 1 << 28 };

int local_request_get(struct local_request *k, const struct options *o, const char *path,
		      const char *accept, struct err *e)
{
	struct router router = {0};
	struct target target = {.path = str_of(path)};
	struct str rest = str_sub(target.path, 1, target.path.n);
	router.tables[1].rows = api_routes;
	router.tables[1].n = api_routes_count;
	while (str_split(&rest, '/', &target.segments[target.n_segments]))
		target.n_segments++;
	const struct route *row = router_find(&router, &target, METHOD_GET).row;
	k->store = command_store_reading(o, 1, e);
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

void local_request_release(struct local_request *k)
{
	if (k->rs.stream.close)
		k->rs.stream.close(k->rs.stream.state);
	buf_release(&k->rs.body);
	arena_release(&k->arena);
	store_close(k->store);
}
