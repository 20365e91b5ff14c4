/* The list of what is copied, held against the schema. */
#include "db/transfer.h"

#include "db/sqlite/sql.h"
#include "tests/unit/db/raw.h"

/* "article:13" for each table, in the order of names. */
static void list_schema(sqlite3 *db, char *out, size_t size)
{
	struct err e = {0};
	sqlite3_stmt *st =
		sql_prepare(db,
			    "SELECT t.name, (SELECT count(*) FROM pragma_table_info(t.name))"
			    " FROM pragma_table_list t WHERE t.type = 'table' AND t.schema = 'main'"
			    " AND t.name NOT LIKE 'sqlite_%' ORDER BY t.name",
			    &e);
	ck_assert_ptr_nonnull(st);
	while (sql_row(st, &e) > 0) {
		size_t n = strlen(out);
		snprintf(out + n, size - n, "%.*s:%d ", STR_ARG(sql_column(st, 0)),
			 sqlite3_column_int(st, 1));
	}
	sqlite3_finalize(st);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct table *)a)->name, ((const struct table *)b)->name);
}

START_TEST(transfer_tables__the_schema__is_all_there)
{
	char schema[2048] = "", list[2048] = "";
	struct table sorted[64];
	struct fixture f;
	int n;
	const struct table *tables = transfer_tables(&n);
	ck_assert_int_le(n, 64);
	memcpy(sorted, tables, (size_t)n * sizeof *tables);
	qsort(sorted, (size_t)n, sizeof *sorted, by_name);
	for (int i = 0; i < n; i++)
		snprintf(list + strlen(list), sizeof list - strlen(list), "%s:%zu ", sorted[i].name,
			 strlen(sorted[i].types));
	fixture_open(&f);
	sqlite3 *db = sql_open(f.path, SQL_READ, 2, &f.e);
	ck_assert_ptr_nonnull(db);
	list_schema(db, schema, sizeof schema);
	ck_assert_str_eq(list, schema);
	sqlite3_close(db);
	fixture_close(&f);
}
END_TEST

UNIT_MAIN("transfer_tables", transfer_tables__the_schema__is_all_there)
