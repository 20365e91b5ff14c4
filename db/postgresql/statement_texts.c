/* Some at a time: the rows of a text are all held. */
#include "db/postgresql/statement_texts.h"

int statement_texts_each(sqlite3 *db,
			 int (*take)(void *context, int64_t statement,
				     const struct str columns[POSTING_COLUMNS]),
			 void *context, struct err *e)
{
	sqlite3_stmt *st = sql_prepare(db,
				       "SELECT id, content, facets, nearby, role FROM statement"
				       " WHERE id > ?1 ORDER BY id LIMIT 512",
				       e);
	struct str columns[POSTING_COLUMNS];
	int64_t id = 0;
	int row = 0, any = st ? 1 : -1;
	while (any > 0) {
		sqlite3_bind_int64(st, 1, id);
		for (any = 0; (row = sql_row(st, e)) > 0; any = 1) {
			id = sqlite3_column_int64(st, 0);
			for (int i = 0; i < POSTING_COLUMNS; i++)
				columns[i] = sql_column(st, i + 1);
			if (take(context, id, columns)) {
				row = sql_fail(db, "cannot read words", e);
				break;
			}
		}
		any = row < 0 ? -1 : any;
	}
	sqlite3_finalize(st);
	return any;
}
