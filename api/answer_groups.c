/* The conditions are asked again as those of GET /v1/stats, with what it is counted by. */
#include "api/answer_groups.h"

#include "api/answer_parts.h"
#include "api/count_group.h"

enum { GROUPS_LISTED = 100 };

/* "by=country,interval=month" */
static int add_groupings(struct question *q, struct str said, struct err *e)
{
	struct str one, name;
	while (str_split(&said, ',', &one))
		if (str_split(&one, '=', &name) &&
		    question_add(q, name, (struct condition){.value = one}, e))
			return -1;
	return 0;
}

static int add_conditions(struct question *q, const struct asked *k, struct err *e)
{
	for (size_t i = 0; i < k->q.n; i++) {
		struct condition c = k->q.conditions[i];
		struct str name = str_of(c.spec->name);
		if (!param_find(q->table, name))
			continue; /* of the rows */
		if (c.is_not) {
			c.value = arena_printf(q->arena, "!%.*s", STR_ARG(c.value));
			if (!c.value.p)
				return arena_full(e);
		}
		if (question_add(q, name, c, e))
			return -1;
	}
	for (size_t i = 0; i < k->phrase.n_groups; i++)
		if (add_groupings(q, k->phrase.groups[i], e))
			return -1;
	return 0;
}

static int write(struct request *rq, struct jw *j, const struct question *q,
		 const struct stats_filter *s, const struct counts *c, struct err *e)
{
	struct str query = question_canonical(q);
	struct str link = query.p ? relative_link(rq, STR("/v1/stats"), query) : query;
	if (!link.p)
		return arena_full(e);
	jw_open_object(j);
	JW_NAME(j, "groups");
	jw_open_array(j);
	for (size_t i = 0; i < c->n; i++)
		if (count_group_write(j, s, NULL, &c->v[i], rq->arena, e))
			return -1;
	jw_close_array(j);
	JW_MEMBER(j, "groups_left_out", (int64_t)(c->groups - c->n));
	JW_MEMBER(j, "total", c->total);
	JW_MEMBER(j, "is_partial", c->is_partial);
	JW_MEMBER(j, "canonical", link);
	jw_close_object(j);
	return 0;
}

int answer_groups(struct request *rq, struct jw *j, struct reader *r, struct asked *k,
		  struct err *e)
{
	struct stats_filter s = {0};
	struct question q;
	struct interpretation parts;
	struct counts counts = {0};
	statement_filter_init(&s.of);
	question_init(&q, &params_stats, &s, rq->arena);
	if (add_conditions(&q, k, e) || question_interpret(&q, &s.of, r, &k->names, &parts, e))
		return -1;
	const struct count_query c = {.q = &s.of.q,
				      .by = s.by,
				      .interval = s.interval,
				      .limit = GROUPS_LISTED,
				      .until_ns = counting_deadline(rq, COUNTING_MS)};
	if (!s.of.q.is_void && store_count(r, &c, rq->arena, &counts, e))
		return -1;
	JW_NAME(j, "counts");
	return write(rq, j, &q, &s, &counts, e);
}
