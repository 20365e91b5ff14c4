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
