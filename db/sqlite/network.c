/* The pairs of a question, scanned into a table of two modes, and the names of what is made of it.
 */
#include "db/network.h"

#include "db/graph.h"
#include "db/id.h"
#include "db/packed_fields.h"
#include "db/sqlite/scan.h"

struct gathering {
	struct reader *r;
	const struct network_query *n;
	struct arena *a;
	struct incidence table;
	struct scan_countries countries;
	int64_t without_speaker;
};

static int take(void *context, const struct scan_row *row, struct err *e)
{
	struct gathering *g = context;
	struct incident p = {.actor = row->speaker,
			     .issue = row->issue,
			     .article = row->article,
			     .position = fields_position(row->fields),
			     .day = row->day};
	int64_t country = 0;
	if (!row->issue)
		return 0;
	if (!row->speaker) {
		g->without_speaker++;
		return 0;
	}
	if (g->n->folds && scan_country(g->r, &g->countries, row, g->a, &country, e))
		return -1;
	if (country)
		p.actor = country;
	return incidence_add(&g->table, &p, e);
}

/* The ties stand by actor. */
static int keep_kinds(struct gathering *g, struct err *e)
{
	struct incidence *t = &g->table;
	size_t kept = 0;
	bool is_kept = false;
	for (size_t i = 0; i < t->n && g->n->actor_kinds; i++) {
		if (i == 0 || t->ties[i].actor != t->ties[i - 1].actor) {
			const struct actor *actor =
				name_cache_actor(&g->r->names, t->ties[i].actor, g->a, e);
			if (!actor)
				return -1;
			is_kept = g->n->actor_kinds >> actor->kind & 1;
		}
		if (is_kept)
			t->ties[kept++] = t->ties[i];
	}
	t->n = g->n->actor_kinds ? kept : t->n;
	return 0;
}

static int goes_on(void *context, struct err *e)
{
	return reader_call(context, e);
}

static int fill_names(struct reader *r, enum network_mode mode, struct network *out,
		      struct arena *a, struct err *e)
{
	bool of_issues = mode == NETWORK_ISSUES;
	for (size_t i = 0; i < out->n_nodes; i++) {
		struct network_node *n = &out->nodes[i];
		if (mode == NETWORK_TWO_MODE)
			of_issues = i >= out->n_actors;
		if (of_issues)
			n->issue = name_cache_issue(&r->names, n->key, a, e);
		else
			n->actor = name_cache_actor(&r->names, n->key, a, e);
		if (!n->issue && !n->actor)
			return -1;
	}
	return 0;
}

int store_network(struct reader *r, const struct network_query *n, struct arena *a,
		  struct network *out, struct err *e)
{
	struct gathering g = {.r = r, .n = n, .a = a};
	*out = (struct network){0};
	g.table =
		(struct incidence){.a = a, .agreement = n->agreement, .duplicates = n->duplicates};
	if (n->q->is_void)
		return 0;
	const struct scan_query s = {.q = n->q,
				     .unit = SCAN_PAIRS,
				     .columns = BLOCK_BIT(BLOCK_DAYS) | BLOCK_BIT(BLOCK_SPEAKERS) |
						BLOCK_BIT(BLOCK_ARTICLES),
				     .with_open = n->with_open};
	if (scan(r, &s, a, take, &g, e))
		return -1;
	incidence_end(&g.table);
	const struct graph_query q = {.n = n, .goes_on = goes_on, .context = r};
	if (keep_kinds(&g, e) || graph_make(&q, &g.table, a, out, e))
		return -1;
	out->without_speaker = g.without_speaker;
	return reader_call(r, e) || fill_names(r, n->mode, out, a, e) ? -1 : 0;
}
