/* /embed: a matrix of actors and issues, as a page for a frame on the pages of others, with a
 * policy of its own: no script, nothing to do on it but to follow a link. */
#include "base/embed.h"
#include "api/asked_reading.h"
#include "api/format/html_matrix.h"
#include "api/query/parameters.h"
#include "api/resource.h"
#include "base/version.h"

EMBED(embed_css, "dashboard/src/embed.css");

enum { ACTORS_DEFAULT = 10, ISSUES_DEFAULT = 8 };

enum api_result get_embed_style(struct request *rq, struct response *rs, struct err *e)
{
	if (params_none(rq, e))
		return API_ERROR;
	rs->content_type = "text/css; charset=utf-8";
	rs->fixed = EMBEDDED(embed_css);
	rs->is_cacheable = true;
	response_header(rs, "X-Content-Type-Options", STR("nosniff"));
	return API_DONE;
}

/* By a key the sites that it names may show it, any where it names none; without one, which is with
 * a token or where none is needed, pages of the same origin alone. */
static int add_policy(struct request *rq, struct response *rs, struct err *e)
{
	struct str ancestors = !rq->read_key.n ? STR("'self'") : rq->sites.n ? rq->sites : STR("*");
	struct str policy = arena_printf(rq->arena,
					 "default-src 'none'; style-src 'self'; base-uri 'none'; "
					 "form-action 'none'; frame-ancestors %.*s",
					 STR_ARG(ancestors));
	if (!policy.p)
		return arena_full(e);
	response_header(rs, "Content-Security-Policy", policy);
	/* The address holds the key. */
	response_header(rs, "Referrer-Policy", STR("no-referrer"));
	response_header(rs, "X-Content-Type-Options", STR("nosniff"));
	rs->content_type = "text/html; charset=utf-8";
	rs->is_cacheable = true;
	return 0;
}

/* Of the question what the cells do not say themselves. */
static struct str conditions_of_cells(struct arena *a, const struct asked *k)
{
	struct str rest = question_canonical(&k->q), part, all = STR_EMPTY;
	if (!rest.p)
		return rest;
	while (all.p && str_split(&rest, '&', &part)) {
		bool is_said = str_starts(part, STR("speaker=")) ||
			       str_starts(part, STR("issue=")) || str_starts(part, STR("cap="));
		if (part.n && !is_said)
			all = arena_printf(a, "%.*s%s%.*s", STR_ARG(all), all.n ? "&" : "",
					   STR_ARG(part));
	}
	return all;
}

/* In words as they were asked; else the values, one after the other. */
static struct str title_of(struct arena *a, const struct asked *k)
{
	if (k->is_phrase)
		return k->outer.phrase;
	struct str title = STR("Who says what");
	for (size_t i = 0; i < k->q.n && title.p; i++) {
		const struct condition *c = &k->q.conditions[i];
		title = arena_printf(a, "%.*s%s%s %s%.*s", STR_ARG(title), i ? ", " : ": ",
				     c->spec->name, c->is_not ? "not " : "", STR_ARG(c->value));
	}
	return title;
}

static int answer(struct request *rq, struct response *rs, struct asked *k, struct matrix_filter *f,
		  struct reader *r, struct err *e)
{
	struct network net;
	if (asked_interpret(rq, r, k, e))
		return -1;
	f->net.n.q = &k->filter.q;
	/* What is asked for by words is most often an open issue: it has its column. */
	f->net.n.with_open |= k->filter.q.n_about > 0;
	f->net.n.max_nodes = NETWORK_NODES_MAX;
	f->net.n.max_edges = NETWORK_EDGES_MAX;
	struct html_matrix m = {.network = &net,
				.actors = (size_t)f->actors,
				.issues = (size_t)f->issues,
				.title = title_of(rq->arena, k),
				.path_to_root = rq->path_to_root,
				.conditions = conditions_of_cells(rq->arena, k),
				.engine = STR(ENGINE_VERSION),
				.a = rq->arena};
	if (!m.title.p || !m.conditions.p)
		return arena_full(e);
	return store_network(r, &f->net.n, rq->arena, &net, e) ||
			       html_matrix_write(&rs->body, &m, e) || add_policy(rq, rs, e)
		       ? -1
		       : 0;
}

enum api_result get_embed_matrix(struct request *rq, struct response *rs, struct err *e)
{
	struct matrix_filter f = {.actors = ACTORS_DEFAULT, .issues = ISSUES_DEFAULT};
	struct asked k;
	statement_filter_init(&f.net.of);
	asked_init(rq, &k, &params_embed_matrix, &f);
	if (asked_read(rq, &k, e))
		return API_ERROR;
	struct reader *r = request_reader(rq, e);
	if (!r)
		return API_ERROR;
	int rc = answer(rq, rs, &k, &f, r, e);
	reader_return(r);
	return rc ? API_ERROR : finish(rs, e);
}
