/* Exports: a list's rows as CSV or as a JSON object a line, a page at a time. */
#include "api/export.h"

#include "api/format/csv.h"
#include "api/format/json_statement.h"
#include "base/clock.h"

enum { ROWS_A_PIECE = 200, PIECE_ARENA_MAX = 64 * 1024 * 1024 };
#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

enum representation path_representation(const struct request *rq)
{
	return str_ends(rq->path, STR(".csv")) ? AS_CSV : AS_NDJSON;
}

int file_begin(struct request *rq, struct response *rs, const char *name, enum representation as,
	       bool with_mark, struct err *e)
{
	rs->content_type = as == AS_CSV ? "text/csv; charset=utf-8" : "application/x-ndjson";
	if (with_mark)
		buf_add(&rs->body, STR(BYTE_ORDER_MARK));
	if (!name)
		return 0;
	struct str how = arena_printf(rq->arena, "attachment; filename=\"%s.%s\"", name,
				      as == AS_CSV ? "csv" : "ndjson");
	if (!how.p)
		return arena_full(e);
	response_header(rs, "Content-Disposition", how);
	return 0;
}

struct export
{
	struct store *store;
	struct budget *budget;
	int64_t reading_ns;
	struct export_list list;
	bool as_csv, with_mark, is_begun, is_over;
	int left; /* of the limit */
};

static int read_piece(struct export *x, struct arena *a, struct rows_given *g, struct err *e)
{
	int most = x->list.limit && x->left < ROWS_A_PIECE ? x->left : ROWS_A_PIECE;
	struct rows_wanted w = {.most = most, .as_csv = x->as_csv, .arena = a};
	struct reader *r = store_reader(x->store, now_monotonic_ns() + x->reading_ns, e);
	if (!r)
		return -1;
	int rc = x->list.rows(x->list.state, r, &w, g, e);
	reader_return(r);
	x->left -= (int)g->n;
	x->is_over = g->is_last || (x->list.limit && x->left <= 0);
	return rc;
}

static int more(void *state, struct buf *out, struct err *e)
{
	struct export *x = state;
	struct arena a;
	struct rows_given g = {.out = out};
	if (!x->is_begun && x->with_mark)
		buf_add(out, STR(BYTE_ORDER_MARK));
	if (!x->is_begun && x->as_csv)
		buf_add(out, str_of(x->list.csv_head));
	x->is_begun = true;
	if (x->is_over)
		return 0;
	arena_init(&a, PIECE_ARENA_MAX);
	a.budget = x->budget;
	int rc = read_piece(x, &a, &g, e);
	arena_release(&a);
	if (rc == 0 && out->failed)
		rc = err_set(e, ERR_INTERNAL, NULL,
			     "a piece of an export exceeds %zu bytes or memory ran out", out->max);
	return rc ? -1 : !x->is_over;
}

int export_start(struct request *rq, struct response *rs, const struct export_list *list,
		 enum representation as, struct err *e)
{
	struct export *x = arena_alloc(rq->arena, sizeof *x);
	if (!x)
		return arena_full(e);
	*x = (struct export){
		.store = rq->api->store,
		.budget = rq->arena->budget,
		.reading_ns = (int64_t)rq->api->deadline_ms * 1000000,
		.list = *list,
		.as_csv = as == AS_CSV,
		.with_mark = rs->body.n > 0, /* which the stream replaces */
		.left = list->limit,
	};
	rs->stream = (struct body_stream){.more = more, .state = x};
	return 0;
}

struct statement_rows {
	struct statement_query q;
	uint32_t members;
};

static int statement_rows(void *state, struct reader *r, const struct rows_wanted *w,
			  struct rows_given *g, struct err *e)
{
	struct statement_rows *rows = state;
	struct statement_query *q = &rows->q;
	struct statement_list list = {0};
	int64_t next = 0;
	q->limit = w->most;
	if (!q->is_void && store_statements(r, q, w->arena, &list, &next, e))
		return -1;
	for (; g->n < list.n; g->n++) {
		if (w->as_csv) {
			csv_statement(g->out, &list.v[g->n]);
			continue;
		}
		statement_encode_members(g->out, &list.v[g->n], rows->members);
		buf_add_char(g->out, '\n');
	}
	q->after = next;
	g->is_last = next == 0;
	return 0;
}

int export_statements(struct request *rq, struct response *rs, const struct asked *k,
		      enum representation as, int limit, struct err *e)
{
	struct statement_rows *own = arena_alloc(rq->arena, sizeof *own);
	if (!own)
		return arena_full(e);
	*own = (struct statement_rows){k->filter.q, k->q.members};
	const struct export_list list = {.csv_head = CSV_STATEMENT_HEAD,
					 .rows = statement_rows,
					 .state = own,
					 .limit = limit};
	return export_start(rq, rs, &list, as, e);
}
