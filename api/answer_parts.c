/* Counts beside the rows. */
#include "api/answer_parts.h"

#include <string.h>

#include "api/format/json_statement.h"
#include "db/count.h"

/* What is too much to count is no failure. */
static bool is_much(const struct err *why)
{
	return why->kind == ERR_DEADLINE || err_is_input(why->kind) || why->kind == ERR_TOO_LARGE;
}

/* 1 when counted, 0 when there is too much, -1 with *e. */
static int count(struct request *rq, struct reader *r, struct count_query c, struct counts *out,
		 struct err *e)
{
	struct err why = {0};
	c.until_ns = counting_deadline(rq, COUNTING_MS);
	*out = (struct counts){0};
	if (c.q->is_void || store_count(r, &c, rq->arena, out, &why) == 0)
		return !out->is_partial;
	return is_much(&why) ? 0 : err_set(e, why.kind, NULL, "%s", why.message);
}

/* `steps_max`: as in db/count.h. */
static int count_total(struct request *rq, struct reader *r, const struct statement_query *q,
		       int64_t steps_max, int64_t *out, struct err *e)
{
	struct counts c;
	const struct count_query all = {.q = q, .limit = 1, .steps_max = steps_max};
	int rc = count(rq, r, all, &c, e);
	*out = rc > 0 ? c.total : -1;
	return rc < 0 ? -1 : 0;
}

int answer_total(struct request *rq, struct reader *r, const struct statement_query *q,
		 int64_t *out, struct err *e)
{
	return count_total(rq, r, q, 0, out, e);
}

static void write_total(struct jw *j, int64_t total)
{
	if (total < 0)
		jw_null(j);
	else
		jw_int(j, total);
}

/* --- who --- */

static bool is_named(const struct actor *who)
{
	return who && actor_kind_is_named(who->kind);
}

/* A report is nobody who opposes, and "a source" is not the same one in two articles. */
static bool is_listed(const struct actor *who)
{
	return !who || (who->kind != ACTOR_DOCUMENT && who->kind != ACTOR_ANONYMOUS);
}

static void write_actor(struct jw *j, const struct count_group *g)
{
	jw_open_object(j);
	JW_NAME(j, "actor");
	actor_ref_write(j, g->speaker);
	JW_MEMBER(j, "count", g->count);
	JW_MEMBER(j, "of", g->of);
	jw_close_object(j);
}

int answer_actors(struct request *rq, struct jw *j, struct reader *r,
		  const struct statement_filter *filter, struct err *e)
{
	/* Of so many the named ones are looked for. */
	enum { ACTORS_LISTED = 50, ACTORS_COUNTED = 2 * ACTORS_LISTED };
	size_t listed = 0;
	struct counts fit;
	struct statement_query whatever = filter->q;
	whatever.positions = whatever.target_positions = whatever.acts = whatever.polarities = 0;
	whatever.min_position_confidence = 0;
	const struct count_query c = {.q = &filter->q,
				      .among = &whatever,
				      .by = 1U << COUNTED_SPEAKER,
				      .limit = ACTORS_COUNTED};
	int rc = count(rq, r, c, &fit, e);
	JW_NAME(j, "actors");
	if (rc <= 0) {
		jw_null(j);
		return rc;
	}
	jw_open_array(j);
	for (int named = 1; named >= 0; named--)
		for (size_t i = 0; i < fit.n && listed < ACTORS_LISTED; i++)
			if (is_named(fit.v[i].speaker) == named && is_listed(fit.v[i].speaker)) {
				write_actor(j, &fit.v[i]);
				listed++;
			}
	jw_close_array(j);
	JW_MEMBER(j, "actors_left_out", (int64_t)(fit.groups - listed));
	return 0;
}

/* --- how many --- */

int answer_count(struct request *rq, struct jw *j, struct reader *r,
		 const struct statement_filter *filter, struct err *e)
{
	struct statement_query all = filter->q;
	int64_t fit, of;
	all.n_about = 0;
	all.issues = (struct keys){0};
	all.phrases = (struct strs){0};
	all.positions = all.target_positions = all.acts = all.polarities = 0;
	all.targets = all.addressees = (struct keys){0};
	if (answer_total(rq, r, &filter->q, &fit, e) || answer_total(rq, r, &all, &of, e))
		return -1;
	JW_NAME(j, "count");
	write_total(j, fit);
	JW_NAME(j, "of");
	write_total(j, of);
	return 0;
}

/* --- sides --- */

/* The URL of the question without the conditions of one parameter, but for its `keep`th condition
 * (SIZE_MAX: none). */
static int write_link(struct request *rq, struct jw *j, const struct question *q,
		      const struct param_spec *spec, size_t keep, struct err *e)
{
	struct question less = *q;
	less.conditions = arena_array(rq->arena, q->n, sizeof *less.conditions);
	less.n = 0;
	if (!less.conditions)
		return arena_full(e);
	for (size_t i = 0; i < q->n; i++)
		if (q->conditions[i].spec != spec || i == keep)
			less.conditions[less.n++] = q->conditions[i];
	struct str query = question_canonical(&less);
	struct str link = query.p ? relative_link(rq, STR("/v1/statements"), query) : query;
	if (!link.p)
		return arena_full(e);
	JW_MEMBER(j, "canonical", link);
	return 0;
}

static int write_side(struct request *rq, struct jw *j, struct reader *r, const struct question *q,
		      const struct statement_query *of, const struct part *part, struct err *e)
{
	struct statement_query one = *of;
	struct counts c;
	const struct actor_match *m = &part->actors.v[0];
	int64_t key = speaker_key(m->key, !q->alone);
	one.speakers = (struct keys){&key, 1};
	one.is_void = false;
	const struct count_query by_position = {
		.q = &one, .by = 1U << COUNTED_POSITION, .limit = POSITION_COUNT};
	int rc = count(rq, r, by_position, &c, e);
	if (rc < 0)
		return -1;
	jw_open_object(j);
	JW_NAME(j, "actor");
	actor_ref_write(j, &m->actor);
	JW_NAME(j, "count");
	write_total(j, rc ? c.total : -1);
	int64_t positions[POSITION_COUNT] = {0};
	for (size_t i = 0; i < c.n && rc; i++)
		if (c.v[i].position >= 0 && c.v[i].position < POSITION_COUNT)
			positions[c.v[i].position] = c.v[i].count;
	position_counts_members(j, positions);
	size_t at = (size_t)(part->condition - q->conditions);
	if (write_link(rq, j, q, part->condition->spec, at, e))
		return -1;
	jw_close_object(j);
	return 0;
}

int answer_sides(struct request *rq, struct jw *j, struct reader *r, const struct question *q,
		 const struct statement_filter *filter, const struct interpretation *parts,
		 struct err *e)
{
	JW_NAME(j, "sides");
	jw_open_array(j);
	for (size_t i = 0; i < parts->n; i++) {
		const struct part *p = &parts->v[i];
		bool is_side = strcmp(p->condition->spec->name, "speaker") == 0 &&
			       !p->condition->is_not && p->actors.n > 0;
		if (is_side && write_side(rq, j, r, q, &filter->q, p, e))
			return -1;
	}
	jw_close_array(j);
	return 0;
}

/* --- why nothing --- */

/* The same question, less the conditions of one parameter. */
static int ask_without(struct request *rq, struct reader *r, const struct question *q,
		       const struct param_spec *spec, struct lookup *names, int64_t *out,
		       struct err *e)
{
	struct statement_filter filter;
	struct question less;
	struct interpretation parts;
	statement_filter_init(&filter);
	question_init(&less, q->table, &filter, rq->arena);
	for (size_t i = 0; i < q->n; i++) {
		struct condition c = q->conditions[i];
		if (c.spec == spec || c.spec->use == PARAM_PAGE)
			continue;
		if (c.is_not) {
			c.value = arena_printf(rq->arena, "!%.*s", STR_ARG(c.value));
			if (!c.value.p)
				return arena_full(e);
		}
		if (question_add(&less, str_of(c.spec->name), c, e))
			return -1;
	}
	/* Why nothing was found is not worth more work than finding it: what is more is not told.
	 */
	enum { STEPS_MAX = 200000 };
	return question_interpret(&less, &filter, r, names, &parts, e)
		       ? -1
		       : count_total(rq, r, &filter.q, STEPS_MAX, out, e);
}

static bool is_first_of(const struct question *q, size_t at)
{
	const struct param_spec *spec = q->conditions[at].spec;
	for (size_t i = 0; i < at; i++)
		if (q->conditions[i].spec == spec)
			return false;
	return spec->use == PARAM_CONDITION || spec->use == PARAM_DAY || spec->use == PARAM_NAME;
}

int answer_without(struct request *rq, struct jw *j, struct reader *r, const struct question *q,
		   struct lookup *names, struct err *e)
{
	const struct param_spec *narrowest = NULL;
	int64_t most = 0;
	JW_NAME(j, "without");
	jw_open_array(j);
	for (size_t i = 0; i < q->n; i++) {
		const struct condition *c = &q->conditions[i];
		int64_t total;
		if (!is_first_of(q, i))
			continue;
		if (ask_without(rq, r, q, c->spec, names, &total, e))
			return -1;
		int64_t rank = total < 0 ? INT64_MAX : total; /* more than was counted */
		if (rank > most) {
			most = rank;
			narrowest = c->spec;
		}
		jw_open_object(j);
		JW_MEMBER(j, "parameter", str_of(c->spec->name));
		JW_MEMBER(j, "value", c->value);
		JW_NAME(j, "count");
		write_total(j, total);
		if (write_link(rq, j, q, c->spec, SIZE_MAX, e))
			return -1;
		jw_close_object(j);
	}
	jw_close_array(j);
	struct str why =
		most == INT64_MAX
			? arena_printf(rq->arena,
				       "no statement meets all conditions; without \"%s\" there "
				       "are many",
				       narrowest->name)
		: narrowest ? arena_printf(rq->arena,
					   "no statement meets all conditions; without \"%s\" "
					   "there are %lld",
					   narrowest->name, (long long)most)
			    : STR("no statement meets the conditions, nor all but one of them");
	if (!why.p)
		return arena_full(e);
	JW_MEMBER(j, "why", why);
	return 0;
}
