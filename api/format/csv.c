/* Statements as CSV. */
#include "api/format/csv.h"

#include <stdio.h>

#include "base/utf8.h"
#include "db/copies.h"

/* A cell that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV
 * injection): by its first character, the full-width forms of "=", "+", "-" and "@" included. */
static bool looks_like_formula(struct str s)
{
	static const char *const signs[] = {"=",
					    "+",
					    "-",
					    "@",
					    "\t",
					    "\r",
					    "\n",
					    "\xEF\xBC\x9D",
					    "\xEF\xBC\x8B",
					    "\xEF\xBC\x8D",
					    "\xEF\xBC\xA0"};
	for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
		if (str_starts(s, str_of(signs[i])))
			return true;
	return false;
}

/* As it is, but for bytes that are no UTF-8. */
static void add_text(struct buf *out, struct str s)
{
	size_t good = utf8_valid_prefix(s);
	buf_add(out, str_sub(s, 0, good));
	while (good < s.n) {
		buf_add(out, STR(UTF8_REPLACEMENT));
		s = str_sub(s, good + 1, s.n);
		good = utf8_valid_prefix(s);
		buf_add(out, str_sub(s, 0, good));
	}
}

void csv_cell(struct buf *out, struct str value)
{
	bool needs_quotes = false;
	for (size_t i = 0; i < value.n && !needs_quotes; i++)
		needs_quotes = value.p[i] == '"' || value.p[i] == ',' || value.p[i] == '\n' ||
			       value.p[i] == '\r';
	if (needs_quotes)
		buf_add_char(out, '"');
	if (looks_like_formula(value))
		buf_add_char(out, '\'');
	size_t run = 0;
	for (size_t i = 0; i < value.n && needs_quotes; i++) {
		if (value.p[i] != '"')
			continue;
		add_text(out,
			 str_sub(value, run,
				 i + 1)); /* the quote, and once more as the next run's first */
		run = i;
	}
	add_text(out, str_sub(value, run, value.n));
	if (needs_quotes)
		buf_add_char(out, '"');
}

static struct str actor_id(const struct actor *a)
{
	return a ? a->id : STR_EMPTY;
}

static struct str actor_name(const struct actor *a)
{
	return a ? a->name : STR_EMPTY;
}

void csv_id(struct buf *out, char letter, int64_t id)
{
	buf_printf(out, "%c%lld", letter, (long long)id);
}

/* "" where none is known. */
static struct str confidence_text(float confidence, char space[8])
{
	int n = confidence > 0 ? snprintf(space, 8, "%.2f", (double)confidence) : 0;
	return (struct str){space, (size_t)n};
}

static struct str id_of(const struct issue_hit *hit, char space[8])
{
	(void)space;
	return hit->issue->id;
}

static struct str label_of(const struct issue_hit *hit, char space[8])
{
	(void)space;
	return hit->issue->label;
}

static struct str position_of(const struct issue_hit *hit, char space[8])
{
	(void)space;
	return terms_word(&terms_position, (int)hit->position);
}

static struct str position_confidence_of(const struct issue_hit *hit, char space[8])
{
	return confidence_text(hit->position == POSITION_NONE ? 0 : hit->position_confidence,
			       space);
}

/* What each issue has, in one cell, parted by "; ". */
static void issues_cell(struct buf *out, const struct statement *s,
			struct str (*part)(const struct issue_hit *, char space[8]))
{
	char space[8];
	struct buf cell;
	buf_init(&cell, out->max);
	for (size_t i = 0; i < s->n_issues; i++) {
		if (i)
			buf_add(&cell, STR("; "));
		buf_add(&cell, part(&s->issues[i], space));
	}
	csv_cell(out, buf_str(&cell));
	out->failed |= cell.failed; /* or the row would have fewer issues than there are */
	buf_release(&cell);
}

void csv_statement(struct buf *out, const struct statement *s)
{
	char space[8];
	const struct str front[] = {
		s->published_at,
		s->outlet,
		s->article_title,
		s->article_url,
		terms_word(&terms_statement_kind, (int)s->kind),
		actor_id(s->speaker),
		actor_name(s->speaker),
		s->speaker ? s->speaker->country : STR_EMPTY,
		s->speaker_role,
		actor_id(s->addressee),
		actor_id(s->stance.target),
	};
	const struct str back[] = {
		terms_word(&terms_position, (int)s->stance.position),
		terms_word(&terms_act, (int)s->stance.act),
		confidence_text(s->stance.confidence, space),
		terms_word(&terms_polarity, (int)s->polarity),
		terms_word(&terms_modality, (int)s->modality),
		s->said_on.date,
	};
	csv_id(out, CSV_STATEMENT_LETTER, s->id);
	buf_add_char(out, ',');
	csv_id(out, CSV_ARTICLE_LETTER, s->article_id);
	for (size_t i = 0; i < sizeof front / sizeof front[0]; i++) {
		buf_add_char(out, ',');
		csv_cell(out, front[i]);
	}
	buf_add_char(out, ',');
	issues_cell(out, s, id_of);
	buf_add_char(out, ',');
	issues_cell(out, s, label_of);
	for (size_t i = 0; i < sizeof back / sizeof back[0]; i++) {
		buf_add_char(out, ',');
		csv_cell(out, back[i]);
	}
	buf_printf(out, ",%.3f,", (double)s->confidence);
	csv_cell(out, terms_word(&terms_status, (int)s->status));
	buf_add_char(out, ',');
	csv_cell(out, s->engine);
	buf_add_char(out, ',');
	csv_cell(out, s->content);
	buf_add_char(out, ',');
	issues_cell(out, s, position_of);
	buf_add_char(out, ',');
	issues_cell(out, s, position_confidence_of);
	buf_add_char(out, ',');
	csv_id(out, CSV_ARTICLE_LETTER, article_group(s->article_id, s->copy_of));
	buf_add(out, STR("\r\n"));
}
