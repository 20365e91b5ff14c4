/* GET /v1/stats: statements counted by what they have and over time, each count with what it is of.
 * As JSON, and whole as CSV and NDJSON: what is counted is bounded. */

#include "api/count_group.h"
#include "api/export.h"
#include "api/format/csv.h"
#include "api/format/interval_text.h"
#include "api/query/interpretation.h"
#include "api/resource.h"
#include "base/clock.h"

/* Half of a question's usual deadline: what is counted by then is better than nothing. */
enum { GROUPS_DEFAULT = 100, BUDGET_DEFAULT_MS = 5000 };

/* --- JSON --- */

static int write_json(struct request *rq, struct response *rs, const struct stats_filter *s,
		      const struct counts *c, const struct series_totals *t,
		      const struct interpretation *parts, struct err *e)
{
	struct jw j = jw_into(&rs->body);
	jw_open_object(&j);
	JW_NAME(&j, "groups");
	jw_open_array(&j);
	for (size_t i = 0; i < c->n; i++)
		if (count_group_write(&j, s, t, &c->v[i], rq->arena, e))
			return -1;
	jw_close_array(&j);
	JW_MEMBER(&j, "groups_left_out", (int64_t)(c->groups - c->n));
	JW_MEMBER(&j, "total", c->total);
	JW_MEMBER(&j, "is_partial", c->is_partial);
	if (s->by_said)
		JW_MEMBER(&j, "undated", c->undated);
	JW_NAME(&j, "interpretation");
	interpretation_write(&j, parts);
	jw_close_object(&j);
	answer_end(rs);
	return 0;
}

static int write_ndjson(struct request *rq, struct response *rs, const struct stats_filter *s,
			const struct counts *c, const struct series_totals *t, struct err *e)
{
	for (size_t i = 0; i < c->n; i++) {
		struct jw j = jw_into(&rs->body);
		if (count_group_write(&j, s, t, &c->v[i], rq->arena, e))
			return -1;
		buf_add_char(&rs->body, '\n');
	}
	return 0;
}

/* --- CSV --- */

static void actor_cells(struct buf *out, const struct actor *a)
{
	csv_cell(out, a ? a->id : STR_EMPTY);
	buf_add_char(out, ',');
	csv_cell(out, a ? a->name : STR_EMPTY);
	buf_add_char(out, ',');
}

static void word_cell(struct buf *out, const struct stats_filter *s, enum counted what,
		      const struct terms *terms, int number)
{
	if (!count_is_by(s, what))
		return;
	csv_cell(out, terms_word(terms, number));
	buf_add_char(out, ',');
}

static void share_cell(struct buf *out, int64_t count, int64_t of)
{
	buf_add_char(out, ',');
	if (of > 0)
		buf_printf(out, "%.4f", (double)count / (double)of);
}

static int csv_group(struct buf *out, const struct stats_filter *s, const struct series_totals *t,
		     const struct count_group *g, struct arena *a, struct err *e)
{
	if (s->interval) {
		struct str from = interval_text(a, g->from, s->interval);
		if (!from.p)
			return arena_full(e);
		csv_cell(out, from);
		buf_add_char(out, ',');
	}
	if (count_is_by(s, COUNTED_SPEAKER))
		actor_cells(out, g->speaker);
	if (count_is_by(s, COUNTED_COUNTRY))
		actor_cells(out, g->country);
	if (count_is_by(s, COUNTED_ISSUE)) {
		csv_cell(out, g->issue ? g->issue->id : STR_EMPTY);
		buf_add_char(out, ',');
		csv_cell(out, g->issue ? g->issue->label : STR_EMPTY);
		buf_add_char(out, ',');
	}
	if (count_is_by(s, COUNTED_TARGET))
		actor_cells(out, g->target);
	word_cell(out, s, COUNTED_POSITION, &terms_position, g->position);
	word_cell(out, s, COUNTED_ACT, &terms_act, g->act);
	word_cell(out, s, COUNTED_KIND, &terms_statement_kind, g->kind);
	word_cell(out, s, COUNTED_POLARITY, &terms_polarity, g->polarity);
	if (count_is_by(s, COUNTED_OUTLET)) {
		csv_cell(out, g->outlet);
		buf_add_char(out, ',');
	}
	buf_printf(out, "%lld,%lld", (long long)g->count, (long long)g->of);
	if (t) {
		int64_t of_all = t->is_known ? series_total(t, g->from) : 0;
		share_cell(out, g->count, g->of);
		buf_add_char(out, ',');
		if (t->is_known)
			buf_printf(out, "%lld", (long long)of_all);
		share_cell(out, g->count, of_all);
	}
	buf_add(out, STR("\r\n"));
	return 0;
}

static void csv_names(struct buf *out, const struct stats_filter *s)
{
	static const char *const heads[COUNTED_COUNT] = {
		[COUNTED_SPEAKER] = "speaker_id,speaker,",
		[COUNTED_COUNTRY] = "country_id,country,",
		[COUNTED_ISSUE] = "issue_id,issue,",
		[COUNTED_TARGET] = "target_id,target,",
		[COUNTED_POSITION] = "position,",
		[COUNTED_ACT] = "act,",
		[COUNTED_KIND] = "kind,",
		[COUNTED_POLARITY] = "polarity,",
		[COUNTED_OUTLET] = "outlet,",
	};
	if (s->interval)
		buf_add(out, STR("interval,"));
	for (int i = 0; i < COUNTED_COUNT; i++)
		if (s->by >> i & 1)
			buf_add(out, str_of(heads[i]));
	buf_add(out, s->with_shares ? STR("count,of,share,of_all,share_of_all\r\n")
				    : STR("count,of\r\n"));
}

static int write_csv(struct request *rq, struct response *rs, const struct stats_filter *s,
		     const struct counts *c, const struct series_totals *t, struct err *e)
{
	csv_names(&rs->body, s);
	for (size_t i = 0; i < c->n; i++)
		if (csv_group(&rs->body, s, t, &c->v[i], rq->arena, e))
			return -1;
	return 0;
}

/* --- the resource --- */

static int limit_of(const struct stats_filter *s, enum representation as)
{
	return s->limit ? s->limit : as == AS_JSON ? GROUPS_DEFAULT : COUNT_GROUPS_MAX;
}

/* What is filled is cut to the limit afterwards. A file cannot say that it is a part: it is whole
 * or not there. */
static int count(struct reader *r, const struct stats_filter *s, enum representation as,
		 struct arena *a, struct counts *out, struct err *e)
{
	const int limit = limit_of(s, as);
	struct count_query c = {.q = &s->of.q,
				.by = s->by,
				.interval = s->interval,
				.by_said = s->by_said,
				.with_open = s->with_open,
				.limit = s->fills ? COUNT_GROUPS_MAX : limit,
				.until_ns = as == AS_JSON ? now_monotonic_ns() +
								    s->budget_ms * INT64_C(1000000)
							  : 0};
	if (store_count(r, &c, a, out, e) || (s->fills && series_fill(out, s, a, e)))
		return -1;
	if (out->n > (size_t)limit)
		out->n = (size_t)limit;
	return 0;
}

/* `name`: of the file, when it is one by its path; else NULL. */
static int answer(struct request *rq, struct response *rs, struct question *q,
		  struct stats_filter *s, struct reader *r, enum representation as,
		  const char *name, struct err *e)
{
	struct interpretation parts;
	struct counts counts;
	struct series_totals totals = {0}, *t = s->with_shares ? &totals : NULL;
	if (question_interpret(q, &s->of, r, NULL, &parts, e) ||
	    count(r, s, as, rq->arena, &counts, e) || (t && series_totals_read(rq, r, s, t, e)))
		return -1;
	if (as == AS_JSON)
		return write_json(rq, rs, s, &counts, t, &parts, e);
	if (file_begin(rq, rs, name, as, s->with_mark, e))
		return -1;
	return as == AS_CSV ? write_csv(rq, rs, s, &counts, t, e)
			    : write_ndjson(rq, rs, s, &counts, t, e);
}

static enum api_result read_and_answer(struct request *rq, struct response *rs,
				       const struct param_table *table, enum representation as,
				       const char *name, struct err *e)
{
	struct stats_filter s = {.budget_ms = BUDGET_DEFAULT_MS};
	struct question q;
	statement_filter_init(&s.of);
	question_init(&q, table, &s, rq->arena);
	if (question_read(&q, rq->params, rq->n_params, e))
		return API_ERROR;
	if ((s.fills || s.by_said) && !s.interval) {
		err_set(e, ERR_VALUE, "interval",
			"\"interval\" is missing: \"fill\" and \"dates\" are of intervals");
		return API_ERROR;
	}
	struct reader *r = request_reader(rq, e);
	if (!r)
		return API_ERROR;
	int rc = answer(rq, rs, &q, &s, r, as, name, e);
	answer_keep(rs, r, DAY_NONE);
	reader_return(r);
	return rc ? API_ERROR : finish(rs, e);
}

enum api_result get_stats(struct request *rq, struct response *rs, struct err *e)
{
	enum representation as = choose_representation(rq, rs, e);
	return as == AS_NONE ? API_ERROR : read_and_answer(rq, rs, &params_stats, as, NULL, e);
}

enum api_result get_stats_file(struct request *rq, struct response *rs, struct err *e)
{
	enum representation as = path_representation(rq);
	return read_and_answer(rq, rs, as == AS_CSV ? &params_stats_csv : &params_stats_ndjson, as,
			       "stats", e);
}
