/* Reads the file of articles. */
#include "train/wikinews.h"

#include "train/file_text.h"

enum { CELL_URL, CELL_DATE, CELL_TITLE, CELL_TEXT, CELLS };

/* The next cell, its quotation marks taken off in place (RFC 4180); false at the end of the row. */
static bool next_cell(char **at, const char *end, struct str *out)
{
	char *to = *at, *start = to;
	bool is_quoted = false;
	for (; *at < end && (is_quoted || (**at != ',' && **at != '\n')); ++*at) {
		if (**at == '"') {
			bool is_doubled = is_quoted && *at + 1 < end && (*at)[1] == '"';
			is_quoted = is_doubled || !is_quoted;
			if (!is_doubled)
				continue;
			++*at;
		}
		*to++ = **at;
	}
	*out = (struct str){start, (size_t)(to - start)};
	bool has_more = *at < end && **at == ',';
	*at += *at < end;
	return has_more;
}

static struct str id_of(struct str url)
{
	const struct str before = STR("/wiki/");
	size_t at = str_find(url, before, 0);
	return at == SIZE_MAX ? url : str_sub(url, at + before.n, url.n);
}

int wikinews_read(const char *folder, struct arena *a, struct wikinews *out, struct err *e)
{
	struct str path = arena_printf(a, "%s/wikinews/2019.csv", folder);
	struct str file = path.p ? file_text(path.p, a, e) : path;
	size_t cap = 0, row = 0;
	*out = (struct wikinews){0};
	if (!file.p)
		return path.p ? -1 : arena_full(e);
	for (char *at = (char *)(uintptr_t)file.p, *end = at + file.n; at < end; row++) {
		struct str cell[CELLS] = {{0}}, more;
		size_t n = 0;
		while (next_cell(&at, end, n < CELLS ? &cell[n] : &more))
			n++;
		if (row == 0 || n + 1 != CELLS)
			continue;
		if (arena_grow(a, (void **)&out->v, &cap, out->n + 1, sizeof *out->v) < 0)
			return arena_full(e);
		struct str text = cell[CELL_TEXT];
		out->v[out->n++] =
			(struct wikinews_article){id_of(cell[CELL_URL]), cell[CELL_DATE], text};
	}
	return out->n ? 0 : err_set(e, ERR_INPUT, NULL, "%s: no articles", path.p);
}
