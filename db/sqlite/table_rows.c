/* One text for reading a table from a key on, and one for adding to it. */
#include "db/table_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "db/sqlite/migrate.h"
#include "db/sqlite/new_database.h"

enum { TEXT_BYTES_MAX = 4096, CACHE_MB = 64, WORD_COLUMNS = 4 };

struct table_rows {
	const struct engine *engine; /* the dispatcher's */
	sqlite3 *db;
	struct new_database *made; /* NULL: for reading */
	const struct table *table; /* of `rows` */
	sqlite3_stmt *rows;
	const struct table *added; /* of `add` */
	sqlite3_stmt *add, *add_words;
	int word_columns[WORD_COLUMNS];
	sqlite3_stmt *last;
};

static sqlite3_stmt *prepare(struct table_rows *r, sqlite3_stmt **at, struct buf *text,
			     struct err *e)
{
	buf_add_char(text, '\0');
	sqlite3_finalize(*at);
	*at = text->failed ? NULL : sql_prepare(r->db, text->p, e);
	buf_release(text);
	if (!*at)
		err_set(e, ERR_DB, NULL, "out of memory");
	return *at;
}

/* --- reading --- */

struct table_rows *table_rows_open(const char *path, struct err *e)
{
	int version;
	int64_t ignored;
	struct table_rows *r = calloc(1, sizeof *r);
	char *real = sql_real_path(path, false, e);
	if (r && real)
		r->db = sql_open(real, SQL_LOOK, CACHE_MB, e);
	free(real);
	/* The first question takes the snapshot. */
	if (!r || !r->db || migrate_version(r->db, &version, e) || sql_once(r->db, "BEGIN", e) ||
	    sql_number(r->db, "SELECT counter FROM state", &ignored, e)) {
		table_rows_close(r);
		err_set(e, ERR_DB, NULL, "out of memory");
		return NULL;
	}
	if (version == migrate_newest())
		return r;
	table_rows_close(r);
	err_set(e, ERR_DB, NULL,
		"the database has schema version %d and this program copies %d: start demarche "
		"serve on it once, which brings it up",
		version, migrate_newest());
	return NULL;
}

/* The columns of the key, each with `ending`. */
static void add_key(struct buf *b, const struct table *t, const char *ending)
{
	struct str rest = str_of(t->columns), column;
	for (int i = 0; i < t->keys && str_split(&rest, ',', &column); i++)
		buf_printf(b, "%s%.*s%s", i ? ", " : "", STR_ARG(str_trim(column)), ending);
}

static void bind(sqlite3_stmt *st, int at, const struct cell *c, char type)
{
	if (c->kind == CELL_NULL)
		sqlite3_bind_null(st, at);
	else if (c->kind == CELL_NUMBER)
		sqlite3_bind_int64(st, at, c->number);
	else if (type == 't')
		sql_bind_str(st, at, c->bytes);
	else
		sqlite3_bind_blob64(st, at, c->bytes.p ? c->bytes.p : "", c->bytes.n,
				    SQLITE_STATIC);
}

int table_rows_start(struct table_rows *r, const struct table *t, const struct cell *after,
		     struct err *e)
{
	struct buf b;
	buf_init(&b, TEXT_BYTES_MAX);
	buf_printf(&b, "SELECT %s FROM %s", t->columns, t->name);
	if (after) {
		buf_add(&b, STR(" WHERE ("));
		add_key(&b, t, "");
		buf_add(&b, STR(") > ("));
		for (int i = 0; i < t->keys; i++)
			buf_printf(&b, "%s?", i ? ", " : "");
		buf_add_char(&b, ')');
	}
	buf_add(&b, STR(" ORDER BY "));
	add_key(&b, t, "");
	buf_add(&b, STR(" LIMIT ?")); /* on a server: by portions */
	if (!prepare(r, &r->rows, &b, e))
		return -1;
	for (int i = 0; after && i < t->keys; i++)
		bind(r->rows, i + 1, &after[i], t->types[i]);
	sqlite3_bind_int64(r->rows, (after ? t->keys : 0) + 1, INT64_MAX);
	r->table = t;
	return 0;
}

static void read_cell(sqlite3_stmt *st, int at, struct cell *out)
{
	int type = sqlite3_column_type(st, at);
	*out = (struct cell){.kind = CELL_NULL};
	if (type == SQLITE_INTEGER)
		*out = (struct cell){CELL_NUMBER, sqlite3_column_int64(st, at), STR_EMPTY};
	else if (type != SQLITE_NULL)
		*out = (struct cell){CELL_BYTES, 0, sql_column(st, at)};
}

int table_rows_next(struct table_rows *r, struct cell row[TABLE_COLUMNS_MAX], struct err *e)
{
	int more = sql_row(r->rows, e);
	for (int i = 0; more > 0 && r->table->types[i]; i++)
		read_cell(r->rows, i, &row[i]);
	return more;
}

int table_rows_count(struct table_rows *r, const struct table *t, int64_t *out, struct err *e)
{
	char text[128];
	snprintf(text, sizeof text, "SELECT count(*) FROM %s", t->name);
	return sql_number(r->db, text, out, e);
}

/* --- writing --- */

struct table_rows *table_rows_open_new(const char *path, struct err *e)
{
	struct table_rows *r = calloc(1, sizeof *r);
	if (r)
		r->made = new_database_open(path, &r->db, e);
	if (r && r->made && new_database_begin(r->made, true, e) == 0)
		return r;
	table_rows_close(r);
	err_set(e, ERR_DB, NULL, "out of memory");
	return NULL;
}

/* Those that others refer to come first in the list. */
int table_rows_clear(struct table_rows *r, const struct table *tables, int n, struct err *e)
{
	for (int i = n; i-- > 0;)
		if (!tables[i].is_single && new_database_clear(r->db, tables[i].name, e))
			return -1;
	return 0;
}

static int column_at(const struct table *t, struct str name)
{
	struct str rest = str_of(t->columns), column;
	for (int i = 0; str_split(&rest, ',', &column); i++)
		if (str_eq(str_trim(column), name))
			return i;
	return -1;
}

static int start_words(struct table_rows *r, const struct table *t, struct err *e)
{
	static const char *const names[WORD_COLUMNS] = {"content", "facets", "nearby", "role"};
	struct buf b;
	sqlite3_finalize(r->add_words);
	r->add_words = NULL;
	if (strcmp(t->name, "statement") != 0)
		return 0;
	for (int i = 0; i < WORD_COLUMNS; i++)
		r->word_columns[i] = column_at(t, str_of(names[i]));
	buf_init(&b, TEXT_BYTES_MAX);
	buf_add(&b, STR("INSERT INTO statement_fts(rowid, content, facets, nearby, role)"
			" VALUES (?1, ?2, ?3, ?4, ?5)"));
	return prepare(r, &r->add_words, &b, e) ? 0 : -1;
}

int table_rows_start_adding(struct table_rows *r, const struct table *t, struct err *e)
{
	struct buf b;
	buf_init(&b, TEXT_BYTES_MAX);
	/* The space tells the bridge that the row has its key. */
	buf_printf(&b, "INSERT %sINTO %s%s(%s) VALUES (", t->is_single ? "OR REPLACE " : "",
		   t->name, t->is_single ? "" : " ", t->columns);
	for (int i = 0; t->types[i]; i++)
		buf_printf(&b, "%s?%d", i ? ", " : "", i + 1);
	buf_add_char(&b, ')');
	r->added = t;
	return prepare(r, &r->add, &b, e) ? start_words(r, t, e) : -1;
}

int table_rows_last(struct table_rows *r, const struct table *t, struct cell key[TABLE_COLUMNS_MAX],
		    struct err *e)
{
	struct buf b;
	buf_init(&b, TEXT_BYTES_MAX);
	buf_add(&b, STR("SELECT "));
	add_key(&b, t, "");
	buf_printf(&b, " FROM %s ORDER BY ", t->name);
	add_key(&b, t, " DESC");
	buf_add(&b, STR(" LIMIT 1"));
	int row = prepare(r, &r->last, &b, e) ? sql_row(r->last, e) : -1;
	for (int i = 0; row > 0 && i < t->keys; i++)
		read_cell(r->last, i, &key[i]);
	return row;
}

static int add_words(struct table_rows *r, const struct cell *row, struct err *e)
{
	sqlite3_clear_bindings(r->add_words);
	bind(r->add_words, 1, &row[0], 'i');
	for (int i = 0; i < WORD_COLUMNS; i++) {
		const struct cell *c = &row[r->word_columns[i]];
		struct str s = c->kind == CELL_BYTES ? c->bytes : STR_EMPTY;
		sql_bind_str(r->add_words, i + 2, s);
	}
	return sql_do(r->add_words, e);
}

int table_rows_add(struct table_rows *r, const struct cell *row, struct err *e)
{
	const char *types = r->added->types;
	for (int i = 0; types[i]; i++)
		bind(r->add, i + 1, &row[i], types[i]);
	if (sql_do(r->add, e))
		return -1;
	return r->add_words ? add_words(r, row, e) : 0;
}

int table_rows_save(struct table_rows *r, struct err *e)
{
	return sql_once(r->db, "COMMIT", e) || new_database_begin(r->made, false, e) ? -1 : 0;
}

/* The index is made and its name is dropped in one transaction, which the caller has begun. */
static int make_index(struct table_rows *r, const char *name, const char *text, struct err *e)
{
	sqlite3_stmt *drop = NULL;
	if (sql_once(r->db, text, e) ||
	    !(drop = sql_prepare(r->db, "DELETE FROM copying WHERE name = ?1", e)))
		return -1;
	sql_bind_str(drop, 1, str_of(name));
	int result = sql_do(drop, e);
	sqlite3_finalize(drop);
	return result || table_rows_save(r, e) ? -1 : 0;
}

/* 1 with the name and text of one that is missing, to be freed. */
static int next_index(struct table_rows *r, char **name, char **text, struct err *e)
{
	sqlite3_stmt *st = sql_prepare(r->db, "SELECT name, sql FROM copying LIMIT 1", e);
	int row = st ? sql_row(st, e) : -1;
	if (row > 0) {
		struct str n = sql_column(st, 0), t = sql_column(st, 1);
		*name = strndup(n.p, n.n);
		*text = strndup(t.p, t.n);
		sqlite3_reset(st);
	}
	sqlite3_finalize(st);
	return row > 0 && !(*name && *text) ? err_set(e, ERR_DB, NULL, "out of memory") : row;
}

int table_rows_index(struct table_rows *r, void (*report)(void *context, const char *index),
		     void *context, struct err *e)
{
	int more;
	char *name = NULL, *text = NULL;
	while ((more = next_index(r, &name, &text, e)) > 0) {
		if (report)
			report(context, name);
		int result = make_index(r, name, text, e);
		free(name);
		free(text);
		name = text = NULL;
		if (result)
			return -1;
	}
	free(name);
	free(text);
	return more;
}

int table_rows_finish(struct table_rows *r, struct err *e)
{
	sqlite3_stmt **const all[] = {&r->rows, &r->add, &r->add_words, &r->last};
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
		sqlite3_finalize(*all[i]);
		*all[i] = NULL;
	}
	return sql_once(r->db, "DROP TABLE copying", e) ? -1 : new_database_finish(r->made, e);
}

void table_rows_close(struct table_rows *r)
{
	if (!r)
		return;
	sqlite3_finalize(r->rows);
	sqlite3_finalize(r->add);
	sqlite3_finalize(r->add_words);
	sqlite3_finalize(r->last);
	if (r->made)
		new_database_close(r->made);
	else
		sqlite3_close(r->db);
	free(r);
}
