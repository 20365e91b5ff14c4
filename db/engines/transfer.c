/* Table by table: those that others refer to come first. */
#include "db/transfer.h"

enum { SAVE_ROWS = 4096, SAVE_BYTES = 8 << 20, REPORT_ROWS = 512 };

static const struct table tables[] = {
	{"state", 1, true, "id, counter, articles, statements, actors, issues, knowledge, commits",
	 "iiiiiiii"},
	{"reread", 1, true,
	 "id, edition, engine, stale, done, changed, failed, started_ms, finished_ms", "iitiiiiii"},
	{"actor", 1, false,
	 "key, slug, name, kind, country, wikidata, is_known, is_edited, statement_count,"
	 " mention_count, changed, edit, merged",
	 "ittittiiiiiii"},
	{"actor_alias", 2, false, "folded, actor, alias", "tit"},
	{"role", 2, false, "actor, number, title, country, from_day, to_day", "iittii"},
	{"issue", 1, false,
	 "key, slug, label, parent, cap_major, cap_sub, is_open, is_edited, statement_count,"
	 " changed, uncounted_count, kind, edit, merged",
	 "itttiiiiiiiiii"},
	{"issue_term", 2, false, "folded, issue, term", "tit"},
	{"issue_edit", 1, false, "issue, terms", "it"},
	{"outlet", 1, false, "key, name", "it"},
	{"article", 1, false,
	 "id, sha256, received_ms, statement_count, published_at, outlet, title, url, author,"
	 " language, changed, edition, copy_of",
	 "ibiittttttiii"},
	{"article_text", 1, false, "article, text", "ib"},
	{"article_source", 3, false, "article, outlet, url, title, published_at, received_ms",
	 "itttti"},
	{"article_signature", 1, false, "article, signature", "ib"},
	{"article_band", 2, false, "band, article", "ii"},
	{"statement", 1, false,
	 "id, article, speaker, target, addressee, traits, said_from, said_to, role, facets,"
	 " content, detail, changed, place, nearby, edit, origin",
	 "iiiiiiiitttbiitit"},
	{"facet", 3, false, "speaker, issue, statement, traits", "iiii"},
	{"statement_block", 1, false,
	 "first, statements, flags, traits, speakers, targets, days, outlets, said, articles, "
	 "pairs, numbers,"
	 " sure, by_issue",
	 "iibbbbbbbbbbbb"},
	{"tally", 1, false, "key, statements", "ii"},
	{"edit", 1, false,
	 "id, made_ms, who, action, batch, thing, undoes, text, subject, before, after",
	 "iitiiiibtbb"},
	{"read_key", 1, false, "id, digest, name, who, sites, made_ms, revoked_ms, revoked_by",
	 "ibtttiit"},
};
enum { TABLES = sizeof tables / sizeof tables[0] };

const struct table *transfer_tables(int *n)
{
	*n = TABLES;
	return tables;
}

struct transferring {
	struct table_rows *from, *to;
	const struct transfer_listener *l;
	int64_t done, total;
};

static void report(const struct transferring *t, enum transfer_step step, const char *what)
{
	t->l->report(t->l->context, step, what, t->done, t->total);
}

static bool same_cell(const struct cell *a, const struct cell *b)
{
	return a->kind == b->kind && a->number == b->number && str_eq(a->bytes, b->bytes);
}

static bool same_row(const struct table *t, const struct cell *a, const struct cell *b)
{
	for (int i = 0; t->types[i]; i++)
		if (!same_cell(&a[i], &b[i]))
			return false;
	return true;
}

static int count_rows(struct transferring *t, struct err *e)
{
	for (int i = 0; i < TABLES; i++) {
		int64_t n;
		if (table_rows_count(t->from, &tables[i], &n, e))
			return -1;
		t->total += n;
	}
	return 0;
}

/* --- copying --- */

static size_t bytes_of(const struct table *t, const struct cell *row)
{
	size_t n = 0;
	for (int i = 0; t->types[i]; i++)
		n += row[i].bytes.n;
	return n;
}

static int copy_rows(struct transferring *t, const struct table *table, struct err *e)
{
	struct cell row[TABLE_COLUMNS_MAX];
	size_t rows = 0, bytes = 0;
	int more;
	while ((more = table_rows_next(t->from, row, e)) > 0) {
		if (table_rows_add(t->to, row, e))
			return -1;
		t->done++;
		bytes += bytes_of(table, row);
		if (++rows % REPORT_ROWS == 0)
			report(t, TRANSFER_ROWS, table->name);
		if (rows % SAVE_ROWS && bytes < SAVE_BYTES)
			continue;
		bytes = 0;
		if (table_rows_save(t->to, e))
			return -1;
	}
	return more ? -1 : table_rows_save(t->to, e);
}

static int copy_table(struct transferring *t, const struct table *table, struct err *e)
{
	struct cell last[TABLE_COLUMNS_MAX];
	int64_t had = 0;
	report(t, TRANSFER_ROWS, table->name);
	int begun = table->is_single ? 0 : table_rows_last(t->to, table, last, e);
	if (begun < 0 || (begun && table_rows_count(t->to, table, &had, e)) ||
	    table_rows_start(t->from, table, begun ? last : NULL, e) ||
	    table_rows_start_adding(t->to, table, e))
		return -1;
	t->done += had;
	return copy_rows(t, table, e);
}

/* The row of counters, which is copied first, tells of which moment a copy is that was begun. */
static int begin(struct transferring *t, int *first, struct err *e)
{
	struct cell a[TABLE_COLUMNS_MAX], b[TABLE_COLUMNS_MAX];
	*first = 0;
	if (table_rows_start(t->from, tables, NULL, e) || table_rows_start(t->to, tables, NULL, e))
		return -1;
	int has_a = table_rows_next(t->from, a, e), has_b = table_rows_next(t->to, b, e);
	if (has_a <= 0 || has_b <= 0)
		return has_a && has_b ? -1 : err_set(e, ERR_DB, NULL, "a table is empty");
	*first = same_row(tables, a, b);
	/* To the end: what is saved ends what is still being read. */
	if (table_rows_next(t->from, a, e) || table_rows_next(t->to, b, e))
		return -1;
	return *first ? 0 : table_rows_clear(t->to, tables, TABLES, e);
}

static void report_index(void *transferring, const char *index)
{
	report(transferring, TRANSFER_INDEXES, index);
}

/* --- comparing --- */

static int differs(const struct table *table, int64_t row, struct err *e)
{
	return err_set(e, ERR_DB, NULL, "row %lld of the table \"%s\" is not the same in the copy",
		       (long long)row, table->name);
}

static int compare(struct transferring *t, const struct table *table, struct err *e)
{
	struct cell a[TABLE_COLUMNS_MAX], b[TABLE_COLUMNS_MAX];
	int64_t rows = 0;
	if (table_rows_start(t->from, table, NULL, e) || table_rows_start(t->to, table, NULL, e))
		return -1;
	for (;; rows++, t->done++) {
		int has_a = table_rows_next(t->from, a, e), has_b = table_rows_next(t->to, b, e);
		if (has_a < 0 || has_b < 0)
			return -1;
		if (has_a != has_b || (has_a && !same_row(table, a, b)))
			return differs(table, rows + 1, e);
		if (!has_a)
			break;
		if (rows % REPORT_ROWS == 0)
			report(t, TRANSFER_COMPARISON, table->name);
	}
	t->l->compared(t->l->context, table->name, rows);
	return 0;
}

static int run(struct transferring *t, struct err *e)
{
	int first;
	if (count_rows(t, e) || begin(t, &first, e))
		return -1;
	t->done = first;
	for (int i = first; i < TABLES; i++)
		if (copy_table(t, &tables[i], e))
			return -1;
	if (table_rows_index(t->to, report_index, t, e))
		return -1;
	t->done = 0;
	for (int i = 0; i < TABLES; i++)
		if (compare(t, &tables[i], e))
			return -1;
	return table_rows_finish(t->to, e);
}

int transfer(const char *from, const char *to, const struct transfer_listener *l, struct err *e)
{
	struct transferring t = {.from = table_rows_open(from, e), .l = l};
	if (t.from)
		t.to = table_rows_open_new(to, e);
	int result = t.to ? run(&t, e) : -1;
	table_rows_close(t.to);
	table_rows_close(t.from);
	return result;
}
