/* Exports: every row of a question, as CSV or as a JSON object a line. Each piece is one keyset
 * page read through a reader that is given back before the piece is sent: no read stays open across
 * a slow client. */
#include "api/export.h"

#include "api/format/csv.h"
#include "api/format/json_statement.h"

enum { ROWS_A_PIECE = 200, PIECE_ARENA_MAX = 64 * 1024 * 1024 };

struct export
{
	struct store *store;
	struct budget *budget;
	int64_t reading_ns;
	struct statement_query q;
	bool as_csv, is_begun, is_over;
};

static int read_piece(struct export *x, struct arena *a, struct statement_list *list, struct err *e)
{
	struct reader *r = store_reader(x->store, now_monotonic_ns() + x->reading_ns, e);
	if (!r)
		return -1;
	int64_t next = 0;
	int rc = store_statements(r, &x->q, a, list, &next, e);
	reader_return(r);
	x->q.after = next;
	x->is_over = next == 0;
	return rc;
}

static int more(void *state, struct buf *out, struct err *e)
{
	struct export *x = state;
	struct arena a;
	struct statement_list list = {0};
	if (x->as_csv && !x->is_begun)
		csv_head(out);
	x->is_begun = true;
	if (x->is_over || x->q.is_void)
		return 0;
	arena_init(&a, PIECE_ARENA_MAX);
	a.budget = x->budget;
	int rc = read_piece(x, &a, &list, e);
	for (size_t i = 0; i < list.n && rc == 0; i++) {
		if (x->as_csv) {
			csv_statement(out, &list.v[i]);
		} else {
			statement_encode(out, &list.v[i]);
			buf_add_char(out, '\n');
		}
	}
	arena_release(&a);
	if (rc == 0 && out->failed)
		rc = err_set(e, ERR_INTERNAL, NULL,
			     "a piece of an export exceeds %zu bytes or memory ran out", out->max);
	return rc ? -1 : !x->is_over;
}

int export_start(struct request *rq, struct response *rs, const struct statement_query *q,
		 bool as_csv, struct err *e)
{
	struct export *x = arena_alloc(rq->arena, sizeof *x);
	if (!x)
		return arena_full(e);
	*x = (struct export){
		.store = rq->api->store,
		.budget = rq->arena->budget,
		.reading_ns = (int64_t)rq->api->deadline_ms * 1000000,
		.q = *q,
		.as_csv = as_csv,
	};
	x->q.limit = ROWS_A_PIECE;
	rs->content_type = as_csv ? "text/csv; charset=utf-8" : "application/x-ndjson";
	rs->stream = (struct body_stream){.more = more, .state = x};
	return 0;
}
