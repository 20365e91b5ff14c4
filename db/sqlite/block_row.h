/* Blocks of statements (db/statement_block.h) as rows. */
#ifndef DEMARCHE_DB_SQLITE_BLOCK_ROW_H
#define DEMARCHE_DB_SQLITE_BLOCK_ROW_H

#include "db/sqlite/sql.h"
#include "db/statement_block.h"

/* The block whose columns of BLOCK_COLUMN_NAMES begin with this one of a row; *out lasts as long as
 * the row. 0, or -1 with *e (ERR_DB: damaged). */
int block_of_row(sqlite3_stmt *st, int column, unsigned read, struct block *out,
		 struct err *e) MUST_CHECK;
#define BLOCK_INSERT                                                                               \
	"INSERT INTO statement_block(first, " BLOCK_COLUMN_NAMES ")"                               \
	" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)"
/* The other way round, from this parameter on. */
void block_bind(sqlite3_stmt *st, int parameter, const struct block *b);

#endif
