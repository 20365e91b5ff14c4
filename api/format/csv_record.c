/* A line each. */
#include "api/format/csv_record.h"

#include "api/format/csv.h"
#include "base/date.h"
#include "db/copies.h"

static void number_cell(struct buf *out, int64_t n)
{
	buf_printf(out, "%lld", (long long)n);
}

static void text_cells(struct buf *out, const struct str *const cells[], size_t n)
{
	for (size_t i = 0; i < n; i++) {
		buf_add_char(out, ',');
		csv_cell(out, *cells[i]);
	}
}

static void list_cell(struct buf *out, struct strs list)
{
	struct buf cell;
	buf_init(&cell, out->max);
	for (size_t i = 0; i < list.n; i++) {
		if (i)
			buf_add(&cell, STR("; "));
		buf_add(&cell, list.v[i]);
	}
	csv_cell(out, buf_str(&cell));
	out->failed |= cell.failed;
	buf_release(&cell);
}

static void sources_cell(struct buf *out, const struct article *a)
{
	struct buf cell;
	buf_init(&cell, out->max);
	for (size_t i = 0; i < a->n_sources; i++) {
		buf_add(&cell, i ? STR("; ") : STR_EMPTY);
		buf_add(&cell, a->sources[i].outlet);
	}
	csv_cell(out, buf_str(&cell));
	out->failed |= cell.failed;
	buf_release(&cell);
}

void csv_article(struct buf *out, const struct article *a)
{
	char space[INSTANT_ROOM];
	const struct str received = instant_format(space, a->received_ms);
	const struct str *const cells[] = {&a->title,	     &a->url,	   &a->outlet, &a->author,
					   &a->published_at, &a->language, &received};
	csv_id(out, CSV_ARTICLE_LETTER, a->id);
	text_cells(out, cells, sizeof cells / sizeof cells[0]);
	buf_printf(out, ",%lu,", (unsigned long)a->statement_count);
	csv_id(out, CSV_ARTICLE_LETTER, article_group(a->id, a->copy_of));
	buf_add_char(out, ',');
	sources_cell(out, a);
	buf_add(out, STR("\r\n"));
}

/* "Foreign Minister (CHN)". */
static void roles_cell(struct buf *out, const struct actor *a)
{
	struct buf cell;
	buf_init(&cell, out->max);
	for (size_t i = 0; i < a->n_roles; i++) {
		const struct role *r = &a->roles[i];
		buf_add(&cell, i ? STR("; ") : STR_EMPTY);
		buf_add(&cell, r->title);
		if (r->country.n)
			buf_printf(&cell, " (%.*s)", STR_ARG(r->country));
	}
	csv_cell(out, buf_str(&cell));
	out->failed |= cell.failed;
	buf_release(&cell);
}

void csv_actor(struct buf *out, const struct actor *a)
{
	const struct str kind = terms_word(&terms_actor_kind, (int)a->kind);
	const struct str *const cells[] = {&a->name, &kind, &a->country, &a->wikidata};
	csv_cell(out, a->id);
	text_cells(out, cells, sizeof cells / sizeof cells[0]);
	buf_add_char(out, ',');
	list_cell(out, a->aliases);
	buf_add_char(out, ',');
	roles_cell(out, a);
	buf_printf(out, ",%lu\r\n", (unsigned long)a->statement_count);
}

static void code_cell(struct buf *out, int code)
{
	buf_add_char(out, ',');
	if (code)
		number_cell(out, code);
}

void csv_issue(struct buf *out, const struct issue *i)
{
	const struct str kind = terms_word(&terms_issue_kind, (int)i->kind);
	const struct str *const cells[] = {&i->label, &kind, &i->parent};
	csv_cell(out, i->id);
	text_cells(out, cells, sizeof cells / sizeof cells[0]);
	code_cell(out, i->cap_major);
	code_cell(out, i->cap_sub);
	buf_add_char(out, ',');
	list_cell(out, i->terms);
	buf_printf(out, ",%s,%s,%lu\r\n", i->is_open ? "true" : "false",
		   i->is_edited ? "true" : "false", (unsigned long)i->statement_count);
}

/* In the order of the columns. */
static const enum position columns[] = {POSITION_SUPPORT, POSITION_OPPOSE,  POSITION_MIXED,
					POSITION_CONCERN, POSITION_NEUTRAL, POSITION_NONE};

static void side_cells(struct buf *out, const struct grid_cell *c, const struct statement *latest)
{
	buf_add_char(out, ',');
	number_cell(out, c->count);
	for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
		buf_add_char(out, ',');
		number_cell(out, c->statements[columns[i]]);
	}
	buf_add_char(out, ',');
	if (latest)
		csv_id(out, CSV_STATEMENT_LETTER, latest->id);
	buf_add_char(out, ',');
	csv_cell(out, latest ? latest->published_at : STR_EMPTY);
	buf_add_char(out, ',');
	csv_cell(out, latest ? latest->content : STR_EMPTY);
}

void csv_grid_row(struct buf *out, const struct grid_row *row,
		  const struct statement *const latest[2])
{
	csv_cell(out, row->issue->id);
	buf_add_char(out, ',');
	csv_cell(out, row->issue->label);
	buf_add(out, !row->sides[0].count   ? STR(",a")
		     : !row->sides[1].count ? STR(",b")
					    : STR(","));
	for (int side = 0; side < 2; side++)
		side_cells(out, &row->sides[side], latest[side]);
	buf_add(out, STR("\r\n"));
}
