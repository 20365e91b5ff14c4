/* Statements: lists by parameters or by phrase, one by id. */
#include "api/answer_groups.h"
#include "api/answer_parts.h"
#include "api/asked_reading.h"
#include "api/export.h"
#include "api/format/json_statement.h"
#include "api/query/cursor.h"
#include "api/resource.h"
#include "api/statement_list.h"

static int write_list(struct request *rq, struct response *rs, struct jw *j, struct reader *r,
		      struct question *q, struct statement_filter *filter, struct str *cursor,
		      size_t *n, struct err *e)
{
	int64_t next;
	uint64_t hash = question_hash(q);
	if (q->cursor.n && cursor_decode_id(q->cursor, hash, rq->arena, &filter->q.after, e))
		return -1;
	if (statement_list_write(rq, rs, r, &filter->q, q->members, j, n, &next, e))
		return -1;
	*cursor = next ? cursor_encode_id(rq->arena, next, hash) : STR_EMPTY;
	return cursor->p ? 0 : arena_full(e);
}

/* --- readings --- */

/* How many it finds, counted up to a few; -1 for more: a reading that was not taken is not worth
 * more time. */
static int count_some(struct request *rq, struct reader *r, const struct asked *k, int64_t *out,
		      struct err *e)
{
	enum { COUNTED_MOST = 20 };
	struct statement_query some = k->filter.q;
	struct statement_list list = {0};
	struct keys ids = {0};
	int64_t next = 0;
	some.limit = COUNTED_MOST;
	if (some.is_void) {
		*out = 0;
		return 0;
	}
	if (some.article ? store_statements(r, &some, rq->arena, &list, &next, e)
			 : store_statement_ids(r, &some, rq->arena, &ids, &next, e))
		return -1;
	*out = next ? -1 : (int64_t)(list.n + ids.n);
	return 0;
}

/* The readings that were not taken, each with what it finds. */
static int write_readings(struct request *rq, struct jw *j, struct reader *r, const struct asked *k,
			  struct err *e)
{
	struct asked *other = arena_alloc(rq->arena, sizeof *other);
	struct str taken = question_canonical(&k->q);
	if (!other || !taken.p)
		return arena_full(e);
	JW_NAME(j, "readings");
	jw_open_array(j);
	for (int number = 0;; number++) {
		int64_t total;
		struct phrase p = k->likeliest;
		*other = *k;
		int rc = number ? phrase_reading(&k->likeliest, number, rq->arena, &p, e) : 1;
		if (rc <= 0) {
			jw_close_array(j);
			return rc;
		}
		if (asked_take(rq, r, other, &p, e))
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
		if (canonical_member(rq, j, &other->q, e))
			return -1;
		jw_close_object(j);
	}
}

/* --- mentions --- */

static bool is_among(struct keys ids, int64_t id)
{
	for (size_t i = 0; i < ids.n; i++)
		if (ids.v[i] == id)
			return true;
	return false;
}

static const char note_other[] =
	"statements that take this position on something else, or on what is not told, and mention "
	"what is asked about in or near them";
static const char note_any[] =
	"statements that mention what is asked about in or near them, whatever their position";

/* Of a position that few take: what mentions the issue. */
static int write_mentions(struct request *rq, struct jw *j, struct reader *r, const struct asked *k,
			  struct err *e)
{
	enum { MENTIONS_MAX = 20, FEW = 10 };
	struct asked *wide = arena_alloc(rq->arena, sizeof *wide);
	struct statement_query some = k->filter.q;
	struct statement_list list = {0};
	struct keys ids = {0};
	int64_t next;
	size_t n = 0;
	if (!wide)
		return arena_full(e);
	*wide = *k;
	some.limit = FEW;
	if ((!some.is_void && store_statement_ids(r, &some, rq->arena, &ids, &next, e)) ||
	    asked_take(rq, r, wide, &k->mentions, e))
		return -1;
	if (ids.n == FEW)
		return 0;
	some = wide->filter.q;
	some.limit = MENTIONS_MAX + FEW;
	if (!some.is_void && store_statements(r, &some, rq->arena, &list, &next, e))
		return -1;
	for (size_t i = 0; i < list.n && n < MENTIONS_MAX; i++)
		if (!is_among(ids, list.v[i].id))
			list.v[n++] = list.v[i];
	if (!n)
		return 0;
	JW_NAME(j, "mentions");
	jw_open_object(j);
	JW_MEMBER(j, "what",
		  query_asks_position(&some) || some.target_positions ? str_of(note_other)
								      : str_of(note_any));
	statements_member(j, list.v, n, k->q.members);
	if (canonical_member(rq, j, &wide->q, e))
		return -1;
	jw_close_object(j);
	return 0;
}

/* --- answers --- */

/* Beside the rows, on the first page: the shape that is wished for. */
static int write_shape(struct request *rq, struct jw *j, struct reader *r, struct asked *k,
		       struct err *e)
{
	if (k->phrase.n_groups && answer_groups(rq, j, r, k, e))
		return -1;
	switch (k->phrase.wish) {
	case WISH_ACTORS:
		return answer_actors(rq, j, r, &k->filter, e);
	case WISH_COUNT:
		return answer_count(rq, j, r, &k->filter, e);
	case WISH_COMPARE:
		return answer_sides(rq, j, r, &k->q, &k->filter, &k->parts, e);
	default:
		return 0;
	}
}

static int write_phrase(struct request *rq, struct jw *j, struct reader *r, const struct asked *k,
			struct err *e)
{
	phrase_write(j, &k->phrase);
	if (canonical_member(rq, j, &k->q, e))
		return -1;
	JW_MEMBER(j, "wish", phrase_wish_word(k->phrase.wish));
	if (k->phrase.left_out.n)
		JW_MEMBER(j, "left_out", k->phrase.left_out);
	if (k->q.cursor.n)
		return 0;
	return write_readings(rq, j, r, k, e) || (k->mentions.n && write_mentions(rq, j, r, k, e))
		       ? -1
		       : 0;
}

static int answer(struct request *rq, struct response *rs, struct reader *r, struct asked *k,
		  struct err *e)
{
	struct jw j = jw_into(&rs->body);
	struct str cursor;
	size_t n;
	jw_open_object(&j);
	if (write_list(rq, rs, &j, r, &k->q, &k->filter, &cursor, &n, e))
		return -1;
	if (k->is_phrase && k->q.cursor.n == 0 && write_shape(rq, &j, r, k, e))
		return -1;
	JW_NAME(&j, "interpretation");
	interpretation_write(&j, &k->parts);
	if (k->is_phrase && write_phrase(rq, &j, r, k, e))
		return -1;
	if (n == 0 && rq->only_at_hand)
		return err_set(e, ERR_BUSY, NULL, "why there is none is not at hand");
	if (n == 0 && k->q.cursor.n == 0 &&
	    answer_without(rq, &j, r, &k->q, k->is_phrase ? &k->names : NULL, e))
		return -1;
	return page_finish(rq, rs, k->is_phrase ? &k->outer : &k->q, &j, cursor, e);
}

/* From the place of a cursor on, and as many as are asked for. */
static int export(struct request *rq, struct response *rs, struct asked *k, enum representation as,
		  struct err *e)
{
	uint64_t hash = question_hash(&k->q);
	if (k->q.cursor.n && cursor_decode_id(k->q.cursor, hash, rq->arena, &k->filter.q.after, e))
		return -1;
	return file_begin(rq, rs, NULL, as, false, e) ||
			       export_statements(rq, rs, k, as,
						 question_has(&k->q, "limit") ? k->q.limit : 0, e)
		       ? -1
		       : 0;
}

static enum api_result read_and_answer(struct request *rq, struct response *rs, struct asked *k,
				       enum representation as, struct err *e)
{
	struct reader *r = request_reader(rq, e);
	if (!r)
		return API_ERROR;
	int rc = asked_interpret(rq, r, k, e);
	if (rc == 0)
		rc = as == AS_JSON ? answer(rq, rs, r, k, e) : export(rq, rs, k, as, e);
	answer_keep(rs, r, k->today);
	reader_return(r);
	return rc ? API_ERROR : finish(rs, e);
}

enum api_result get_statements(struct request *rq, struct response *rs, struct err *e)
{
	struct asked k;
	enum representation as = choose_representation(rq, rs, e);
	asked_init(rq, &k, &params_statements, NULL);
	if (as == AS_NONE || asked_read(rq, &k, e))
		return API_ERROR;
	if (rq->only_at_hand && as != AS_JSON) {
		err_set(e, ERR_BUSY, NULL, "a file is not at hand");
		return API_ERROR;
	}
	return read_and_answer(rq, rs, &k, as, e);
}

enum api_result get_query(struct request *rq, struct response *rs, struct err *e)
{
	struct asked k;
	struct statement_filter outer; /* what it says is said again in k.filter */
	enum representation as = choose_representation(rq, rs, e);
	statement_filter_init(&outer);
	asked_init(rq, &k, &params_query, &outer);
	if (as == AS_NONE || asked_read(rq, &k, e))
		return API_ERROR;
	if (!k.is_phrase) {
		err_set(e, ERR_MISSING, "q",
			"\"q\" is missing; ask for example: all statements by Wang Yi about core "
			"interests");
		return API_ERROR;
	}
	return read_and_answer(rq, rs, &k, as, e);
}

enum api_result get_statements_file(struct request *rq, struct response *rs, struct err *e)
{
	enum representation as = path_representation(rq);
	struct statements_file f = {0};
	struct asked k;
	statement_filter_init(&f.of);
	asked_init(rq, &k, as == AS_CSV ? &params_statements_csv : &params_statements_ndjson, &f);
	if (asked_read(rq, &k, e))
		return API_ERROR;
	struct reader *r = request_reader(rq, e);
	if (!r)
		return API_ERROR;
	int rc = asked_interpret(rq, r, &k, e);
	reader_return(r);
	if (rc || file_begin(rq, rs, "statements", as, f.with_mark, e) ||
	    export_statements(rq, rs, &k, as, f.limit, e))
		return API_ERROR;
	return finish(rs, e);
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
		rs->version = s.version;
		answer_end(rs);
	}
	answer_keep(rs, r, DAY_NONE);
	reader_return(r);
	return rc ? API_ERROR : finish(rs, e);
}
