/* A table of texts, then one pass for what has parentheses. */
#include "db/postgresql/dialect.h"

#include <ctype.h>
#include <string.h>

/* Taken as they stand, wherever they stand, the longer first where one begins with another. */
static const struct {
	const char *from, *to;
} pairs[] = {
	{"BEGIN IMMEDIATE", "BEGIN"},
	{" CROSS JOIN ", " JOIN "},
	{" NOT INDEXED", ""},
	{"PRAGMA journal_mode = WAL", "SELECT 'wal'"},
	/* The one writer: who comes second waits here, and sees then that the row was changed. */
	{"knowledge, commits FROM state WHERE id = 1",
	 "knowledge, commits FROM state WHERE id = 1 FOR UPDATE"},
	/* With what name_cache.h goes by where others write, too. */
	{"SELECT commits FROM state", "SELECT commits, (SELECT renamed FROM writer) FROM state"},
	{"FROM statement_fts t", "FROM unnest($1::bigint[]) AS t(rowid)"},
	{"FROM statement_fts WHERE", "FROM unnest($1::bigint[]) AS t(rowid) WHERE"},
	{"WHERE 1 AND", "WHERE TRUE AND"},
	{"NOT is_open", "is_open = 0"},
	{"CAST(a.merged IS NOT NULL AS TEXT)", "CASE WHEN a.merged IS NULL THEN '0' ELSE '1' END"},
	{"l.term NOT GLOB '*[&/|]*'",
	 "position('&' IN l.term) = 0 AND position('/' IN l.term) = 0 AND position('|' IN l.term) "
	 "= 0"},
	{"l.term NOT GLOB '-*'", "substr(l.term, 1, 1) <> '-'"},
	{"SET statements = statements + ?2",
	 "SET statements = tally.statements + excluded.statements"},
	{"INSERT OR IGNORE ", "INSERT "},
	{"INSERT OR REPLACE ", "INSERT "},
};

struct translating {
	struct buf *out;
	int parameters;
};

static void translate(struct translating *t, const char *p, const char *end);

static bool starts(const char *p, const char *end, const char *with)
{
	size_t n = strlen(with);
	return (size_t)(end - p) >= n && memcmp(p, with, n) == 0;
}

/* The parenthesis that closes the one at p; `comma`, where it is not NULL, is set to the last comma
 * between. */
static const char *closing(const char *p, const char *end, const char **comma)
{
	int depth = 0;
	bool is_quoted = false;
	for (; p < end; p++) {
		is_quoted ^= *p == '\'';
		if (is_quoted)
			continue;
		depth += (*p == '(') - (*p == ')');
		if (depth == 0)
			return p;
		if (depth == 1 && *p == ',' && comma)
			*comma = p;
	}
	return end;
}

static void parameter(struct translating *t, const char **p, const char *end)
{
	int number = 0;
	while (++*p < end && isdigit((unsigned char)**p))
		number = number * 10 + (**p - '0');
	number = number ? number : t->parameters + 1;
	t->parameters = number > t->parameters ? number : t->parameters;
	buf_printf(t->out, "$%d", number);
}

/* --- what has parentheses: `open` is at the first --- */

/* A condition, which in SQLite may be a number. */
static const char *likelihood(struct translating *t, const char *open, const char *end)
{
	const char *comma = open, *close = closing(open, end, &comma);
	buf_add_char(t->out, '(');
	translate(t, open + 1, comma);
	if (comma - open > 4 && memcmp(comma - 4, " & 1", 4) == 0)
		buf_add(t->out, STR(" <> 0"));
	buf_add_char(t->out, ')');
	return close + 1;
}

/* instr(' ' || role, ?), a condition unless it is compared. */
static const char *instr(struct translating *t, const char *open, const char *end)
{
	const char *comma = open, *close = closing(open, end, &comma);
	buf_add(t->out, STR("position("));
	/* Parameters are numbered in the order of the text. */
	struct buf hay, *out = t->out;
	buf_init(&hay, 4096);
	t->out = &hay;
	translate(t, open + 1, comma);
	t->out = out;
	translate(t, comma + 1, close);
	buf_add(t->out, STR(" IN "));
	buf_add(t->out, buf_str(&hay));
	buf_release(&hay);
	buf_add(t->out, starts(close, end, ") > ") ? STR(")") : STR(") > 0"));
	return close + 1;
}

static const char *wrap(struct translating *t, const char *open, const char *end,
			const char *before, const char *after)
{
	const char *close = closing(open, end, NULL);
	buf_add(t->out, str_of(before));
	translate(t, open + 1, close);
	buf_add(t->out, str_of(after));
	return close + 1;
}

/* Characters, not bytes. */
static const char *length(struct translating *t, const char *open, const char *end)
{
	return wrap(t, open, end, "length(", ", 'UTF8')");
}

/* A sum of whole numbers is a fraction there. */
static const char *sum(struct translating *t, const char *open, const char *end)
{
	return wrap(t, open, end, "CAST(sum(", ") AS BIGINT)");
}

/* So far is a small number. */
static const char *shift(struct translating *t, const char *open, const char *end)
{
	return wrap(t, open, end, ">> CAST((", ") AS INT)");
}

/* What is selected from has a name. */
static const char *subselect(struct translating *t, const char *open, const char *end)
{
	const char *close = closing(open, end, NULL);
	bool has_name = close + 2 < end && islower((unsigned char)close[2]);
	return wrap(t, open, end, "FROM (", has_name ? ")" : ") AS q");
}

static const struct {
	const char *name; /* with the parenthesis */
	const char *(*translate)(struct translating *t, const char *open, const char *end);
} forms[] = {
	{"likelihood(", likelihood},
	{"instr(", instr},
	{"length(", length},
	{"sum(", sum},
	{">> (", shift},
	{"FROM (", subselect},
};

static const char *form(struct translating *t, const char *p, const char *end)
{
	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
		if (starts(p, end, forms[i].name))
			return forms[i].translate(t, p + strlen(forms[i].name) - 1, end);
	return NULL;
}

static const char *pair(struct translating *t, const char *p, const char *end)
{
	for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
		if (starts(p, end, pairs[i].from)) {
			buf_add(t->out, str_of(pairs[i].to));
			return p + strlen(pairs[i].from);
		}
	return NULL;
}

/* " INDEXED BY name" */
static const char *index_name(const char *p, const char *end)
{
	static const char words[] = " INDEXED BY ";
	if (!starts(p, end, words))
		return NULL;
	for (p += sizeof words - 1; p < end && (isalnum((unsigned char)*p) || *p == '_');)
		p++;
	return p;
}

/* "NOT ?4" and "statement_fts MATCH ?": the parameter is counted in both. */
static const char *parameter_word(struct translating *t, const char *p, const char *end)
{
	static const char negated[] = "NOT ?", match[] = "statement_fts MATCH ?";
	if (starts(p, end, negated)) {
		p += sizeof negated - 2;
		parameter(t, &p, end);
		buf_add(t->out, STR(" = 0"));
		return p;
	}
	if (!starts(p, end, match))
		return NULL;
	struct buf unused, *out = t->out;
	buf_init(&unused, 16);
	t->out = &unused;
	p += sizeof match - 2;
	parameter(t, &p, end);
	t->out = out;
	buf_release(&unused);
	buf_add(t->out, STR("TRUE"));
	return p;
}

static void translate(struct translating *t, const char *p, const char *end)
{
	bool is_quoted = false;
	while (p < end) {
		const char *next = is_quoted ? NULL : pair(t, p, end);
		if (!next && !is_quoted)
			next = form(t, p, end);
		if (!next && !is_quoted)
			next = index_name(p, end);
		if (!next && !is_quoted)
			next = parameter_word(t, p, end);
		if (next) {
			p = next;
		} else if (*p == '?' && !is_quoted) {
			parameter(t, &p, end);
		} else {
			is_quoted ^= *p == '\'';
			buf_add_char(t->out, *p++);
		}
	}
}

/* INSERT OR REPLACE INTO t(key, a, b): the first column is the key. */
static void replace_tail(struct buf *out, const char *text)
{
	const char *open = strchr(text, '('), *close = open ? strchr(open, ')') : NULL;
	struct str rest = close ? (struct str){open + 1, (size_t)(close - open - 1)} : STR_EMPTY;
	struct str column;
	for (int i = 0; str_split(&rest, ',', &column); i++) {
		column = str_trim(column);
		if (i == 0)
			buf_printf(out, " ON CONFLICT (%.*s) DO UPDATE SET", STR_ARG(column));
		else
			buf_printf(out, "%s %.*s = excluded.%.*s", i > 1 ? "," : "",
				   STR_ARG(column), STR_ARG(column));
	}
}

int dialect_translate(const char *text, struct buf *out)
{
	struct translating t = {.out = out};
	translate(&t, text, text + strlen(text));
	if (strncmp(text, "INSERT OR IGNORE ", 17) == 0)
		buf_add(out, STR(" ON CONFLICT DO NOTHING"));
	if (strncmp(text, "INSERT OR REPLACE ", 18) == 0)
		replace_tail(out, text);
	return t.parameters;
}
