/* A phrase becomes the parameters that it says; from there on it is the same question. */
#include "api/asked.h"

#include "api/resource.h"

static void ask_nothing(struct request *rq, struct asked *k)
{
	statement_filter_init(&k->filter);
	question_init(&k->q, &params_statements, &k->filter, rq->arena);
}

void asked_init(struct request *rq, struct asked *k, const struct param_table *table, void *filter)
{
	*k = (struct asked){.today = DAY_NONE};
	question_init(&k->outer, table, filter, rq->arena);
	ask_nothing(rq, k);
}

/* By the parameters of /v1/statements themselves nothing has to be said again. */
static bool is_plain(const struct asked *k)
{
	return k->outer.table == &params_statements;
}

int asked_read(struct request *rq, struct asked *k, struct err *e)
{
	struct question *q = is_plain(k) ? &k->q : &k->outer;
	if (question_read(q, rq->params, rq->n_params, e))
		return -1;
	k->is_phrase = q->phrase.n > 0;
	return 0;
}

/* Those of the outer parameters that /v1/statements has, too. */
static int add_outer(struct request *rq, struct asked *k, struct err *e)
{
	for (size_t i = 0; i < k->outer.n; i++) {
		const struct condition *given = &k->outer.conditions[i];
		const struct param_spec *spec =
			param_find(&params_statements, str_of(given->spec->name));
		struct condition c = {.value = given->value};
		if (!spec || spec->set != given->spec->set)
			continue;
		if (given->is_not)
			c.value = arena_printf(rq->arena, "!%.*s", STR_ARG(c.value));
		if (!c.value.p)
			return arena_full(e);
		if (question_add(&k->q, str_of(spec->name), c, e))
			return -1;
	}
	return 0;
}

int asked_take(struct request *rq, struct reader *r, struct asked *k, const struct phrase *p,
	       struct err *e)
{
	k->phrase = *p;
	ask_nothing(rq, k);
	for (size_t i = 0; i < p->n; i++)
		if (question_add(&k->q, p->terms[i].name, p->terms[i].given, e))
			return -1;
	return add_outer(rq, k, e) ||
			       question_interpret(&k->q, &k->filter, r, &k->names, &k->parts, e)
		       ? -1
		       : 0;
}

int asked_take_given(struct request *rq, struct reader *r, struct asked *k, struct err *e)
{
	if (!is_plain(k) && add_outer(rq, k, e))
		return -1;
	return question_interpret(&k->q, &k->filter, r, &k->names, &k->parts, e);
}

int canonical_member(struct request *rq, struct jw *j, const struct question *q, struct err *e)
{
	struct str same = question_canonical(q);
	struct str canonical = same.p ? relative_link(rq, STR("/v1/statements"), same) : same;
	if (!canonical.p)
		return arena_full(e);
	JW_MEMBER(j, "canonical", canonical);
	return 0;
}
