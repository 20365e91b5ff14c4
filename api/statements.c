/* Statements: lists by parameters or by phrase, one by id. */
#include "api/export.h"
#include "api/format/json_statement.h"
#include "api/query/cursor.h"
#include "api/query/interpretation.h"
#include "api/query/phrase.h"
#include "api/resource.h"
#include "db/count.h"

static int write_list(struct request *rq, struct jw *j, struct reader *r, struct question *q,
		      struct statement_filter *filter, struct str *cursor, struct err *e)
{
	struct statement_list list = {0};
	int64_t next = 0;
	uint64_t hash = question_hash(q);
	if (q->cursor.n && cursor_decode_id(q->cursor, hash, rq->arena, &filter->q.after, e))
		return -1;
	if (!filter->q.is_void && store_statements(r, &filter->q, rq->arena, &list, &next, e))
		return -1;
	enum { ABOUT_BYTES = 1200 }; /* of one statement: room at once, not by doubling */
	(void)buf_reserve(j->out, list.n * ABOUT_BYTES);
	statements_member(j, list.v, list.n);
	*cursor = next ? cursor_encode_id(rq->arena, next, hash) : STR_EMPTY;
	return cursor->p ? 0 : arena_full(e);
}

static bool same_actor(const struct actor *a, const struct actor *b)
{
	return a && b ? str_eq(a->id, b->id) : a == b;
}

static int64_t count_by(const struct counts *c, const struct actor *speaker)
{
	for (size_t i = 0; i < c->n; i++)
		if (same_actor(c->v[i].speaker, speaker))
			return c->v[i].count;
	return 0;
}

/* "who opposes tariffs": the speakers of what fits, each with how many of their statements that are
 * asked about do. Null when there is too much to count: the statements are an answer too. */
static int write_actors(struct jw *j, struct reader *r, const struct statement_filter *filter,
			struct arena *a, struct err *e)
{
	enum { ACTORS_LISTED = 50 };
	struct err why = {0};
	struct counts fit, all;
	struct statement_query whatever = filter->q;
	whatever.positions = whatever.target_positions = whatever.acts = whatever.polarities = 0;
	whatever.min_position_confidence = 0;
	struct count_query c = {
		.q = &filter->q, .by = 1U << COUNTED_SPEAKER, .limit = ACTORS_LISTED};
	struct count_query of = {.q = &whatever, .by = c.by, .limit = COUNT_GROUPS_MAX};
	JW_NAME(j, "actors");
	if (store_count(r, &c, a, &fit, &why) || store_count(r, &of, a, &all, &why)) {
		jw_null(j);
		bool is_much = why.kind == ERR_DEADLINE || why.kind == ERR_INPUT ||
			       why.kind == ERR_TOO_LARGE;
		return is_much ? 0 : err_set(e, why.kind, NULL, "%s", why.message);
	}
	jw_open_array(j);
	for (size_t i = 0; i < fit.n; i++) {
		jw_open_object(j);
		JW_NAME(j, "actor");
		actor_ref_write(j, fit.v[i].speaker);
		JW_MEMBER(j, "count", fit.v[i].count);
		JW_MEMBER(j, "of", count_by(&all, fit.v[i].speaker));
		jw_close_object(j);
	}
	jw_close_array(j);
	JW_MEMBER(j, "actors_left_out", (int64_t)(fit.groups - fit.n));
	return 0;
}

/* What is asked for, by parameters or by a phrase. */
struct asked {
	struct statement_filter filter;
	struct question q;
	enum representation as;
	/* Of a phrase: */
	bool is_phrase;
	struct question outer;		  /* as given: its parameters page through the answer */
	struct statement_filter of_outer; /* what those say is said again in `filter` */
	struct phrase phrase;
	struct lookup names; /* that were looked up to read it */
};

static int write_phrase(struct request *rq, struct jw *j, const struct asked *k, struct err *e)
{
	struct str same = question_canonical(&k->q);
	struct str canonical = same.p ? relative_link(rq, STR("/v1/statements"), same) : same;
	if (!canonical.p)
		return arena_full(e);
	phrase_write(j, &k->phrase, canonical);
	return 0;
}

static int answer(struct request *rq, struct response *rs, struct reader *r, struct asked *k,
		  struct err *e)
{
	struct interpretation parts;
	if (question_interpret(&k->q, &k->filter, r, k->is_phrase ? &k->names : NULL, &parts, e))
		return -1;
	if (k->as != AS_JSON)
		return export_start(rq, rs, &k->filter.q, k->as == AS_CSV, e);
	struct jw j = jw_into(&rs->body);
	struct str cursor;
	jw_open_object(&j);
	if (write_list(rq, &j, r, &k->q, &k->filter, &cursor, e))
		return -1;
	bool is_first_page = k->q.cursor.n == 0;
	if (k->is_phrase && k->phrase.asks_who && is_first_page &&
	    write_actors(&j, r, &k->filter, rq->arena, e))
		return -1;
	JW_NAME(&j, "interpretation");
	interpretation_write(&j, &parts);
	if (k->is_phrase && write_phrase(rq, &j, k, e))
		return -1;
	return page_finish(rq, rs, k->is_phrase ? &k->outer : &k->q, &j, cursor, e);
}

static int begin(struct request *rq, struct response *rs, struct asked *k, struct err *e)
{
	k->is_phrase = false;
	k->as = choose_representation(rq, rs, e);
	statement_filter_init(&k->filter);
	question_init(&k->q, &params_statements, &k->filter, rq->arena);
	return k->as == AS_NONE ? -1 : 0;
}

enum api_result get_statements(struct request *rq, struct response *rs, struct err *e)
{
	struct asked k;
	if (begin(rq, rs, &k, e) || question_read(&k.q, rq->params, rq->n_params, e))
		return API_ERROR;
	struct reader *r = request_reader(rq, e);
	if (!r)
		return API_ERROR;
	int rc = answer(rq, rs, r, &k, e);
	reader_return(r);
	return rc ? API_ERROR : finish(rs, e);
}

/* A phrase becomes the parameters that it says; from there on it is the same question. */
static int read_phrase(struct request *rq, struct reader *r, struct asked *k, struct err *e)
{
	const struct phrase *p = &k->phrase;
	day_t today = (day_t)(now_unix_ms() / (24 * 60 * 60 * 1000));
	k->is_phrase = true;
	k->names = lookup_in_store(r, rq->arena);
	if (phrase_read(k->outer.phrase, &k->names, today, rq->arena, &k->phrase, e))
		return -1;
	for (size_t i = 0; i < p->n; i++)
		if (question_add(&k->q, p->terms[i].name, p->terms[i].given, e))
			return -1;
	for (size_t i = 0; i < k->outer.n; i++) {
		const struct condition *c = &k->outer.conditions[i];
		if (c->spec->use != PARAM_PHRASE &&
		    question_add(&k->q, str_of(c->spec->name),
				 (struct condition){.value = c->value}, e))
			return -1;
	}
	return 0;
}

enum api_result get_query(struct request *rq, struct response *rs, struct err *e)
{
	struct asked k;
	statement_filter_init(&k.of_outer);
	question_init(&k.outer, &params_query, &k.of_outer, rq->arena);
	if (begin(rq, rs, &k, e) || question_read(&k.outer, rq->params, rq->n_params, e))
		return API_ERROR;
	if (k.outer.phrase.n == 0) {
		err_set(e, ERR_INPUT, "q",
			"\"q\" is missing; ask for example: all statements by Wang Yi about core "
			"interests");
		return API_ERROR;
	}
	struct reader *r = request_reader(rq, e);
	if (!r)
		return API_ERROR;
	int rc = read_phrase(rq, r, &k, e) || answer(rq, rs, r, &k, e) ? -1 : 0;
	reader_return(r);
	return rc ? API_ERROR : finish(rs, e);
}

enum api_result get_statement(struct request *rq, struct response *rs, struct err *e)
{
	int64_t id;
	struct statement s;
	if (params_none(rq, e) || path_id(rq, "statement", &id, e))
		return API_ERROR;
	struct reader *r = request_reader(rq, e);
	if (!r)
		return API_ERROR;
	int rc = store_statement(r, id, rq->arena, &s, e);
	if (rc == 0) {
		statement_encode(&rs->body, &s);
		answer_end(rs);
	}
	reader_return(r);
	return rc ? API_ERROR : finish(rs, e);
}
