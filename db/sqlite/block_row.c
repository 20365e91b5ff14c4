/* Blocks read from rows, and bound to be written. */
#include "db/sqlite/block_row.h"

int block_of_row(sqlite3_stmt *st, int column, unsigned read, struct block *out, struct err *e)
{
	const int64_t n = sqlite3_column_int64(st, column);
	out->n = n >= 0 && n <= BLOCK_STATEMENTS_MAX ? (size_t)n : SIZE_MAX;
	for (int c = 0; c < BLOCK_COLUMNS; c++)
		out->columns[c] = read >> c & 1 ? sql_column(st, column + 1 + c) : STR_EMPTY;
	return block_open(out, read, e);
}

void block_bind(sqlite3_stmt *st, int parameter, const struct block *b)
{
	sqlite3_bind_int64(st, parameter, (int64_t)b->n);
	for (int c = 0; c < BLOCK_COLUMNS; c++)
		sqlite3_bind_blob64(st, parameter + 1 + c, b->columns[c].p, b->columns[c].n,
				    SQLITE_STATIC);
}
