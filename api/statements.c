/* Statements: lists by parameters or by phrase, one by id. */
#include "api/format/json_statement.h"
#include "api/query/cursor.h"
#include "api/query/phrase.h"
#include "api/resource.h"
#include "db/count.h"

static int write_list(struct request *rq, struct jw *j, struct reader *r, struct question *q,
		      struct statement_ask *ask, struct str *cursor, struct err *e)
{
	struct statement_list list = {0};
	int64_t next = 0;
	uint64_t hash = question_hash(q);
	if (q->cursor.n && cursor_decode_id(q->cursor, hash, rq->arena, &ask->q.after, e))
		return -1;
	if (!ask->q.is_void && store_statements(r, &ask->q, rq->arena, &list, &next, e))
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
static int write_actors(struct jw *j, struct reader *r, const struct statement_ask *ask,
			struct arena *a, struct err *e)
{
	enum { ACTORS_TOLD = 50 };
	struct err why = {0};
	struct counts fit, all;
	struct statement_query whatever = ask->q;
	whatever.positions = whatever.acts = whatever.polarities = 0;
	struct count_query c = {.q = &ask->q, .by = 1U << COUNTED_SPEAKER, .limit = ACTORS_TOLD};
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

/* The list as JSON with what `parts` tells; `read` is what the phrase gave, NULL for parameters. */
static int answer(struct request *rq, struct response *rs, struct reader *r, struct question *q,
		  const struct phrase *read, struct question *paging, enum representation as,
		  struct err *e)
{
	struct statement_ask *ask = q->target;
	struct answer_parts parts;
	if (question_resolve(q, ask, r, &parts, e))
		return -1;
	if (as != AS_JSON)
		return export_start(rq, rs, &ask->q, as == AS_CSV, e);
	struct jw j = jw_into(&rs->body);
	struct str cursor;
	jw_open_object(&j);
	if (write_list(rq, &j, r, q, ask, &cursor, e))
		return -1;
	if (read && read->asks_who && !q->cursor.n && write_actors(&j, r, ask, rq->arena, e))
		return -1;
	JW_NAME(&j, "interpretation");
	parts_write(&j, &parts);
	if (read) {
		struct str same = question_canonical(q);
		struct str canonical =
			same.p ? relative_link(rq, STR("/v1/statements"), same) : same;
		if (!canonical.p)
			return arena_full(e);
		phrase_write(&j, read, canonical);
	}
	return page_finish(rq, rs, paging, &j, cursor, e);
}

enum api_result get_statements(struct request *rq, struct response *rs, struct err *e)
{
	struct statement_ask ask;
	struct question q;
	enum representation as = choose_representation(rq, rs, e);
	if (as == AS_NONE)
		return API_ERROR;
	statement_ask_init(&ask);
	question_init(&q, &params_statements, &ask, rq->arena);
	if (question_read(&q, rq, e))
		return API_ERROR;
	struct reader *r = request_reader(rq, e);
	if (!r)
		return API_ERROR;
	int rc = answer(rq, rs, r, &q, NULL, &q, as, e);
	reader_return(r);
	return rc ? API_ERROR : finish(rs, e);
}

/* A phrase becomes the parameters that it says; from there on it is the same question. */
static int ask_phrase(struct request *rq, struct question *outer, struct question *q,
		      struct reader *r, struct phrase *read, struct err *e)
{
	struct phrase_names names;
	day_t today = (day_t)(now_unix_ms() / (24 * 60 * 60 * 1000));
	if (phrase_names_of_store(r, rq->arena, &names, e) ||
	    phrase_read(outer->phrase, &names, today, rq->arena, read, e))
		return -1;
	for (size_t i = 0; i < read->n; i++)
		if (question_add(q, read->terms[i].name, read->terms[i].value, read->terms[i].words,
				 e))
			return -1;
	for (size_t i = 0; i < outer->n; i++) {
		const struct condition *c = &outer->conditions[i];
		if (c->spec->set != set_phrase &&
		    question_add(q, str_of(c->spec->name), c->value, STR_EMPTY, e))
			return -1;
	}
	return 0;
}

enum api_result get_query(struct request *rq, struct response *rs, struct err *e)
{
	struct statement_ask ask;
	struct question outer, q;
	struct phrase read;
	enum representation as = choose_representation(rq, rs, e);
	if (as == AS_NONE)
		return API_ERROR;
	statement_ask_init(&ask);
	question_init(&outer, &params_query, NULL, rq->arena);
	question_init(&q, &params_statements, &ask, rq->arena);
	if (question_read(&outer, rq, e))
		return API_ERROR;
	if (outer.phrase.n == 0) {
		err_set(e, ERR_INPUT, "q",
			"\"q\" is missing; ask for example: all statements by Wang Yi about core "
			"interests");
		return API_ERROR;
	}
	struct reader *r = request_reader(rq, e);
	if (!r)
		return API_ERROR;
	int rc = ask_phrase(rq, &outer, &q, r, &read, e);
	if (rc == 0)
		rc = answer(rq, rs, r, &q, &read, &outer, as, e);
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
