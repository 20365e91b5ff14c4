/* Pages in the order of ids. */
#include "api/name_list.h"

#include "api/query/cursor.h"

int name_list_begin(struct name_list *l, struct request *rq, const struct param_table *table,
		    struct err *e)
{
	struct question *q = &l->question;
	l->query = (struct name_query){.kind = -1};
	question_init(q, table, &l->query, rq->arena);
	if (question_read(q, rq->params, rq->n_params, e))
		return -1;
	l->query.limit = q->limit;
	return q->cursor.n
		       ? cursor_decode(q->cursor, question_hash(q), rq->arena, &l->query.after, e)
		       : 0;
}

int name_list_end(const struct name_list *l, struct request *rq, struct response *rs, struct jw *j,
		  struct str next, struct err *e)
{
	const struct question *q = &l->question;
	struct str cursor = next.n ? cursor_encode(rq->arena, next, question_hash(q)) : STR_EMPTY;
	jw_close_array(j);
	return cursor.p ? page_finish(rq, rs, q, j, cursor, e) : arena_full(e);
}

int name_rows_go_on(struct name_rows *n, struct str next, struct err *e)
{
	n->query.after = arena_str(n->arena, next);
	return n->query.after.p ? 0 : arena_full(e);
}

enum api_result name_file(struct request *rq, struct response *rs, const struct param_table *table,
			  const char *name, struct export_list list, struct err *e)
{
	enum representation as = path_representation(rq);
	struct names_file f = {.q = {.kind = -1}};
	struct question q;
	question_init(&q, table, &f, rq->arena);
	if (question_read(&q, rq->params, rq->n_params, e))
		return API_ERROR;
	struct name_rows *rows = arena_alloc(rq->arena, sizeof *rows);
	if (!rows) {
		arena_full(e);
		return API_ERROR;
	}
	*rows = (struct name_rows){f.q, rq->arena};
	list.state = rows;
	list.limit = f.q.limit;
	if (file_begin(rq, rs, name, as, f.with_mark, e) || export_start(rq, rs, &list, as, e))
		return API_ERROR;
	return finish(rs, e);
}
