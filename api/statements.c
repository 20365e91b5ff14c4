/* Statements: lists by parameters or by phrase, one by id. */
#include "api/answer_parts.h"
#include "api/export.h"
#include "api/format/json_statement.h"
#include "api/query/cursor.h"
#include "api/query/interpretation.h"
#include "api/query/phrase_read.h"
#include "api/resource.h"
#include "db/record_names.h"

static int write_list(struct request *rq, struct jw *j, struct reader *r, struct question *q,
		      struct statement_filter *filter, struct str *cursor, size_t *n, struct err *e)
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
	*n = list.n;
	*cursor = next ? cursor_encode_id(rq->arena, next, hash) : STR_EMPTY;
	return cursor->p ? 0 : arena_full(e);
}

/* What is asked for, by parameters or by a phrase. */
struct asked {
	struct statement_filter filter;
	struct question q;
	struct interpretation parts;
	enum representation as;
	/* Of a phrase: */
	bool is_phrase;
	struct question outer;		  /* as given: its parameters page through the answer */
	struct statement_filter of_outer; /* what those say is said again in `filter` */
	struct phrase phrase;
	struct lookup names; /* that were looked up to read it */
};

static void ask_nothing(struct request *rq, struct asked *k)
{
	statement_filter_init(&k->filter);
	question_init(&k->q, &params_statements, &k->filter, rq->arena);
}

static int write_canonical(struct request *rq, struct jw *j, const struct question *q,
			   struct err *e)
{
	struct str same = question_canonical(q);
	struct str canonical = same.p ? relative_link(rq, STR("/v1/statements"), same) : same;
	if (!canonical.p)
		return arena_full(e);
	JW_MEMBER(j, "canonical", canonical);
	return 0;
}

/* --- readings --- */

/* A phrase becomes the parameters that it says; from there on it is the same question. */
static int ask_phrase(struct request *rq, struct reader *r, struct asked *k, struct err *e)
{
	const struct phrase *p = &k->phrase;
	ask_nothing(rq, k);
	for (size_t i = 0; i < p->n; i++)
		if (question_add(&k->q, p->terms[i].name, p->terms[i].given, e))
			return -1;
	for (size_t i = 0; i < k->outer.n; i++) {
		struct condition c = {.value = k->outer.conditions[i].value};
		const struct param_spec *spec = k->outer.conditions[i].spec;
		if (k->outer.conditions[i].is_not)
			c.value = arena_printf(rq->arena, "!%.*s", STR_ARG(c.value));
		if (!c.value.p)
			return arena_full(e);
		if (spec->use != PARAM_PHRASE && question_add(&k->q, str_of(spec->name), c, e))
			return -1;
	}
	return question_interpret(&k->q, &k->filter, r, &k->names, &k->parts, e);
}

static int finds_something(struct request *rq, struct reader *r, const struct asked *k, bool *out,
			   struct err *e)
{
	struct statement_query one = k->filter.q;
	struct statement_list list = {0};
	int64_t next;
	one.limit = 1;
	if (!one.is_void && store_statements(r, &one, rq->arena, &list, &next, e))
		return -1;
	*out = list.n > 0;
	return 0;
}

/* The first reading that finds something; when none does, the likeliest. */
static int choose_reading(struct request *rq, struct reader *r, struct asked *k, struct err *e)
{
	const struct phrase first = k->phrase;
	bool found = false;
	if (ask_phrase(rq, r, k, e) || finds_something(rq, r, k, &found, e))
		return -1;
	for (int number = 1; !found; number++) {
		int rc = phrase_reading(&first, number, rq->arena, &k->phrase, e);
		if (rc <= 0) {
			k->phrase = first;
			return rc < 0 ? -1 : ask_phrase(rq, r, k, e);
		}
		if (ask_phrase(rq, r, k, e) || finds_something(rq, r, k, &found, e))
			return -1;
	}
	return 0;
}

/* How many it finds, counted up to a page's most; -1 for more: a reading that was not taken is not
 * worth more time. */
static int count_some(struct request *rq, struct reader *r, const struct asked *k, int64_t *out,
		      struct err *e)
{
	struct statement_query some = k->filter.q;
	struct statement_list list = {0};
	int64_t next = 0;
	some.limit = PAGE_LIMIT_MAX;
	if (!some.is_void && store_statements(r, &some, rq->arena, &list, &next, e))
		return -1;
	*out = next ? -1 : (int64_t)list.n;
	return 0;
}

/* The readings that were not taken, each with what it finds. */
static int write_readings(struct request *rq, struct jw *j, struct reader *r, const struct asked *k,
			  const struct phrase *first, struct err *e)
{
	struct asked *other = arena_alloc(rq->arena, sizeof *other);
	struct str taken = question_canonical(&k->q);
	if (!other || !taken.p)
		return arena_full(e);
	JW_NAME(j, "readings");
	jw_open_array(j);
	for (int number = 0;; number++) {
		int64_t total;
		*other = *k;
		other->phrase = *first;
		int rc = number ? phrase_reading(first, number, rq->arena, &other->phrase, e) : 1;
		if (rc <= 0) {
			jw_close_array(j);
			return rc;
		}
		if (ask_phrase(rq, r, other, e))
			return -1;
		struct str same = question_canonical(&other->q);
		if (same.p && str_eq(same, taken))
			continue;
		if (count_some(rq, r, other, &total, e))
			return -1;
		if (total == 0)
			continue;
		jw_open_object(j);
		JW_NAME(j, "count");
		if (total > 0)
			jw_int(j, total);
		else
			jw_null(j);
		if (write_canonical(rq, j, &other->q, e))
			return -1;
		jw_close_object(j);
	}
}

static int read_phrase(struct request *rq, struct reader *r, struct asked *k, struct phrase *first,
		       struct err *e)
{
	struct phrase_days days = {.today = (day_t)(now_unix_ms() / (24 * 60 * 60 * 1000))};
	k->is_phrase = true;
	k->names = lookup_in_store(r, rq->arena);
	if (store_newest_day(r, &days.newest, e) ||
	    phrase_read(k->outer.phrase, &k->names, days, rq->arena, &k->phrase, e))
		return -1;
	*first = k->phrase;
	return choose_reading(rq, r, k, e);
}

/* --- answers --- */

/* Beside the rows, on the first page: the shape that is wished for. */
static int write_shape(struct request *rq, struct jw *j, struct reader *r, const struct asked *k,
		       struct err *e)
{
	switch (k->phrase.wish) {
	case WISH_ACTORS:
		return answer_actors(j, r, &k->filter, rq->arena, e);
	case WISH_COUNT:
		return answer_count(j, r, &k->filter, rq->arena, e);
	case WISH_COMPARE:
		return answer_sides(rq, j, r, &k->q, &k->filter, &k->parts, e);
	default:
		return 0;
	}
}

static int write_phrase(struct request *rq, struct jw *j, struct reader *r, const struct asked *k,
			const struct phrase *first, struct err *e)
{
	phrase_write(j, &k->phrase);
	if (write_canonical(rq, j, &k->q, e))
		return -1;
	JW_MEMBER(j, "wish", phrase_wish_word(k->phrase.wish));
	if (k->phrase.left_out.n)
		JW_MEMBER(j, "left_out", k->phrase.left_out);
	return k->q.cursor.n == 0 ? write_readings(rq, j, r, k, first, e) : 0;
}

static int answer(struct request *rq, struct response *rs, struct reader *r, struct asked *k,
		  const struct phrase *first, struct err *e)
{
	if (k->as != AS_JSON)
		return export_start(rq, rs, &k->filter.q, k->as == AS_CSV, e);
	struct jw j = jw_into(&rs->body);
	struct str cursor;
	size_t n;
	jw_open_object(&j);
	if (write_list(rq, &j, r, &k->q, &k->filter, &cursor, &n, e))
		return -1;
	if (k->is_phrase && k->q.cursor.n == 0 && write_shape(rq, &j, r, k, e))
		return -1;
	JW_NAME(&j, "interpretation");
	interpretation_write(&j, &k->parts);
	if (k->is_phrase && write_phrase(rq, &j, r, k, first, e))
		return -1;
	if (n == 0 && k->q.cursor.n == 0 &&
	    answer_without(rq, &j, r, &k->q, k->is_phrase ? &k->names : NULL, e))
		return -1;
	return page_finish(rq, rs, k->is_phrase ? &k->outer : &k->q, &j, cursor, e);
}

static int begin(struct request *rq, struct response *rs, struct asked *k, struct err *e)
{
	k->is_phrase = false;
	k->as = choose_representation(rq, rs, e);
	ask_nothing(rq, k);
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
	int rc = question_interpret(&k.q, &k.filter, r, NULL, &k.parts, e) ||
				 answer(rq, rs, r, &k, NULL, e)
			 ? -1
			 : 0;
	reader_return(r);
	return rc ? API_ERROR : finish(rs, e);
}

enum api_result get_query(struct request *rq, struct response *rs, struct err *e)
{
	struct asked k;
	struct phrase first;
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
	int rc = read_phrase(rq, r, &k, &first, e) || answer(rq, rs, r, &k, &first, e) ? -1 : 0;
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
