/* GET /v1/facets: what the statements of a question sum up to, by each of several things at once,
 * within a time that the asker sets. */
#include "api/asked_reading.h"
#include "api/format/interval_text.h"
#include "api/format/json_write.h"
#include "api/resource.h"
#include "base/clock.h"
#include "db/breakdown.h"

enum { VALUES_DEFAULT = 10, BUDGET_DEFAULT_MS = 500 };

/* What narrows a question to a group: up to two parameters, none for a group of what is not named.
 */
struct narrowing {
	struct {
		const char *name;
		struct str value;
	} v[2];
	size_t n;
	struct str label;
};

static void narrow(struct narrowing *n, const char *name, struct str value)
{
	n->v[n->n].name = name;
	n->v[n->n++].value = value;
}

static void by_actor(struct narrowing *n, const char *name, const struct actor *a)
{
	if (!a)
		return;
	n->label = a->name;
	narrow(n, name, a->id);
}

static void by_word(struct narrowing *n, const char *name, const struct terms *terms, int number)
{
	n->label = terms_word(terms, number);
	narrow(n, name, n->label);
}

static bool can_have_members(const struct actor *a)
{
	return a && (a->kind == ACTOR_COUNTRY || a->kind == ACTOR_ORGANIZATION);
}

/* A month by its first and last day. */
static int by_month(struct narrowing *n, day_t from, struct arena *a, struct err *e)
{
	struct civil c = civil_from_day(from);
	struct str first = day_format(a, from),
		   last = day_format(a, from + days_in_month(c.year, c.month) - 1);
	n->label = interval_text(a, from, INTERVAL_MONTH);
	if (!first.p || !last.p || !n->label.p)
		return arena_full(e);
	narrow(n, "published_from", first);
	narrow(n, "published_to", last);
	return 0;
}

static int narrowing_of(int what, const struct count_group *g, struct arena *a, struct narrowing *n,
			struct err *e)
{
	*n = (struct narrowing){.label = STR_EMPTY};
	switch (what) {
	case COUNTED_SPEAKER:
		by_actor(n, "speaker", g->speaker);
		/* Counted is what it said itself. */
		if (can_have_members(g->speaker))
			narrow(n, "members", STR("false"));
		return 0;
	case COUNTED_COUNTRY:
		by_actor(n, "country", g->country);
		return 0;
	case COUNTED_TARGET:
		by_actor(n, "target", g->target);
		return 0;
	case COUNTED_ISSUE:
		if (g->issue) {
			n->label = g->issue->label;
			narrow(n, "issue", g->issue->id);
		}
		return 0;
	case COUNTED_POSITION:
		by_word(n, "position", &terms_position, g->position);
		return 0;
	case COUNTED_ACT:
		by_word(n, "act", &terms_act, g->act);
		return 0;
	case COUNTED_KIND:
		by_word(n, "kind", &terms_statement_kind, g->kind);
		return 0;
	case COUNTED_POLARITY:
		by_word(n, "polarity", &terms_polarity, g->polarity);
		return 0;
	case COUNTED_OUTLET:
		n->label = g->outlet;
		if (g->outlet.n)
			narrow(n, "outlet", g->outlet);
		return 0;
	default:
		return by_month(n, g->from, a, e);
	}
}

static bool is_narrowed(const struct narrowing *n, const struct condition *c)
{
	for (size_t i = 0; i < n->n; i++)
		if (!c->is_not && str_eq(str_of(c->spec->name), str_of(n->v[i].name)))
			return true;
	return false;
}

/* The question with what it says of this replaced. */
static int write_link(struct request *rq, struct jw *j, const struct asked *k,
		      const struct narrowing *n, struct err *e)
{
	struct question *q = arena_alloc(rq->arena, sizeof *q);
	if (!q)
		return arena_full(e);
	*q = k->q;
	q->cap = k->q.n + n->n;
	q->n = 0;
	q->conditions = arena_array(rq->arena, q->cap, sizeof *q->conditions);
	if (!q->conditions)
		return arena_full(e);
	for (size_t i = 0; i < k->q.n; i++)
		if (!is_narrowed(n, &k->q.conditions[i]))
			q->conditions[q->n++] = k->q.conditions[i];
	for (size_t i = 0; i < n->n; i++)
		q->conditions[q->n++] =
			(struct condition){.spec = param_find(k->q.table, str_of(n->v[i].name)),
					   .value = n->v[i].value};
	return canonical_member(rq, j, q, e);
}

static int write_value(struct request *rq, struct jw *j, const struct asked *k, int what,
		       const struct count_group *g, struct err *e)
{
	struct narrowing n;
	if (narrowing_of(what, g, rq->arena, &n, e))
		return -1;
	jw_open_object(j);
	JW_MEMBER(j, "value", what == BREAKDOWN_MONTH ? n.label : n.n ? n.v[0].value : STR_EMPTY);
	JW_MEMBER(j, "label", n.label);
	JW_MEMBER(j, "count", g->count);
	if (n.n) {
		if (write_link(rq, j, k, &n, e))
			return -1;
	} else {
		JW_MEMBER(j, "canonical", STR_EMPTY);
	}
	jw_close_object(j);
	return 0;
}

static int write_facet(struct request *rq, struct jw *j, const struct asked *k, int what,
		       const struct breakdown_part *part, struct err *e)
{
	static const char *const words[] = {
#define X(name, word) [COUNTED_##name] = word,
		COUNTED(X)
#undef X
			[BREAKDOWN_MONTH] = "month",
	};
	jw_open_object(j);
	JW_MEMBER(j, "by", str_of(words[what]));
	JW_NAME(j, "values");
	jw_open_array(j);
	for (size_t i = 0; i < part->n; i++)
		if (write_value(rq, j, k, what, &part->v[i], e))
			return -1;
	jw_close_array(j);
	JW_MEMBER(j, "left_out", (int64_t)(part->groups - part->n));
	JW_MEMBER(j, "is_partial", part->is_partial);
	jw_close_object(j);
	return 0;
}

static int write_answer(struct request *rq, struct jw *j, const struct asked *k,
			const struct facets_filter *f, const struct breakdown *b, struct err *e)
{
	jw_open_object(j);
	JW_NAME(j, "total");
	if (b->is_partial)
		jw_null(j);
	else
		jw_int(j, b->total);
	JW_MEMBER(j, "counted", b->total);
	JW_MEMBER(j, "is_partial", b->is_partial);
	JW_NAME(j, "facets");
	jw_open_array(j);
	for (int what = 0; what < BREAKDOWN_PARTS; what++)
		if (f->by >> what & 1 && write_facet(rq, j, k, what, &b->parts[what], e))
			return -1;
	jw_close_array(j);
	JW_NAME(j, "interpretation");
	interpretation_write(j, &k->parts);
	if (k->is_phrase)
		phrase_write(j, &k->phrase);
	if (canonical_member(rq, j, &k->q, e))
		return -1;
	jw_close_object(j);
	return 0;
}

static int answer(struct request *rq, struct response *rs, struct asked *k,
		  const struct facets_filter *f, struct reader *r, struct err *e)
{
	struct breakdown out;
	struct jw j = jw_into(&rs->body);
	if (asked_interpret(rq, r, k, e))
		return -1;
	struct breakdown_query b = {.q = &k->filter.q,
				    .by = f->by,
				    .with_open = f->with_open,
				    .limit = f->limit,
				    .until_ns =
					    now_monotonic_ns() + f->budget_ms * INT64_C(1000000)};
	if (store_breakdown(r, &b, rq->arena, &out, e) || write_answer(rq, &j, k, f, &out, e))
		return -1;
	answer_end(rs);
	return 0;
}

enum api_result get_facets(struct request *rq, struct response *rs, struct err *e)
{
	const unsigned by_default = 1U << COUNTED_SPEAKER | 1U << COUNTED_COUNTRY |
				    1U << COUNTED_ISSUE | 1U << COUNTED_POSITION |
				    1U << COUNTED_ACT | 1U << COUNTED_KIND | 1U << COUNTED_OUTLET |
				    1U << BREAKDOWN_MONTH;
	struct facets_filter f = {.limit = VALUES_DEFAULT, .budget_ms = BUDGET_DEFAULT_MS};
	struct asked k;
	statement_filter_init(&f.of);
	asked_init(rq, &k, &params_facets, &f);
	if (asked_read(rq, &k, e))
		return API_ERROR;
	if (!f.by)
		f.by = by_default;
	struct reader *r = request_reader(rq, e);
	if (!r)
		return API_ERROR;
	int rc = answer(rq, rs, &k, &f, r, e);
	answer_keep(rs, r, k.today);
	reader_return(r);
	return rc ? API_ERROR : finish(rs, e);
}
