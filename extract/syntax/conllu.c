/* Reads and writes CoNLL-U. What the columns mean is for the callers. */
#include "extract/syntax/conllu.h"

#include <string.h>

#include "base/utf8.h"

static int fail(const struct conllu_reader *r, struct err *e, const char *what)
{
	return err_set(e, ERR_INPUT, NULL, "line %zu: %s", r->number, what);
}

static struct str take_line(struct conllu_reader *r, bool *has_return)
{
	struct str line;
	if (!str_split(&r->rest, '\n', &line))
		line = STR_EMPTY;
	r->number++;
	*has_return = line.n && line.p[line.n - 1] == '\r';
	line.n -= *has_return;
	return line;
}

static bool read_number(struct str s, uint32_t *out)
{
	int64_t n;
	if (s.n == 0 || s.p[0] < '0' || s.p[0] > '9' || !str_to_i64(s, &n) || n > INT32_MAX)
		return false;
	*out = (uint32_t)n;
	return true;
}

/* "7", "7-8", "7.1" after `before` words. */
static bool read_id(struct conllu_line *l, size_t before)
{
	struct str id = l->cell[CONLLU_ID];
	size_t mark = 0;
	while (mark < id.n && id.p[mark] != '-' && id.p[mark] != '.')
		mark++;
	if (!read_number(str_sub(id, 0, mark), &l->word))
		return false;
	l->last = l->word;
	l->kind = CONLLU_WORD;
	if (mark == id.n)
		return l->word == before + 1;
	uint32_t second;
	if (!read_number(str_sub(id, mark + 1, id.n), &second))
		return false;
	if (id.p[mark] == '.') {
		l->kind = CONLLU_EMPTY;
		return l->word == before && second > 0;
	}
	l->kind = CONLLU_MULTIWORD;
	l->last = second;
	return l->word == before + 1 && second > l->word;
}

static int read_line(const struct conllu_reader *r, struct str line, struct conllu_line *l,
		     size_t before, struct err *e)
{
	if (utf8_valid_prefix(line) != line.n)
		return fail(r, e, "it is not UTF-8");
	if (line.p[0] == '#') {
		l->kind = CONLLU_COMMENT;
		l->cell[0] = line;
		return 0;
	}
	size_t n = 0;
	for (size_t from = 0, i = 0; i <= line.n; i++) {
		if (i < line.n && line.p[i] != '\t')
			continue;
		if (n < CONLLU_COLUMNS)
			l->cell[n] = str_sub(line, from, i);
		n++;
		from = i + 1;
	}
	if (n != CONLLU_COLUMNS)
		return err_set(e, ERR_INPUT, NULL,
			       "line %zu: %zu column%s, where a word has 10 divided by tabs",
			       r->number, n, n == 1 ? "" : "s");
	if (!read_id(l, before))
		return err_set(e, ERR_INPUT, NULL,
			       "line %zu: the number \"%.*s\" is not the next one", r->number,
			       (int)(l->cell[0].n < 40 ? l->cell[0].n : 40), l->cell[0].p);
	return l->cell[CONLLU_FORM].n ? 0 : fail(r, e, "the word is empty");
}

int conllu_next(struct conllu_reader *r, struct arena *a, struct conllu_sentence *out,
		struct err *e)
{
	size_t cap_lines = 0, cap_words = 0, covered = 0;
	*out = (struct conllu_sentence){0};
	while (r->rest.n) {
		bool has_return;
		struct str line = take_line(r, &has_return);
		if (line.n == 0) {
			if (out->n_lines == 0)
				continue;
			out->has_return = has_return;
			break;
		}
		if (arena_grow(a, (void **)&out->lines, &cap_lines, out->n_lines + 1,
			       sizeof *out->lines) < 0 ||
		    arena_grow(a, (void **)&out->words, &cap_words, out->n_words + 1,
			       sizeof *out->words) < 0)
			return arena_full(e);
		struct conllu_line *l = &out->lines[out->n_lines];
		*l = (struct conllu_line){.has_return = has_return};
		if (read_line(r, line, l, out->n_words, e) < 0)
			return -1;
		if (out->n_lines == 0)
			out->number = r->number;
		if (l->kind == CONLLU_WORD)
			out->words[out->n_words++] = (uint32_t)out->n_lines;
		else if (l->kind == CONLLU_MULTIWORD && l->word <= covered)
			return fail(r, e, "the multiword token overlaps the one before it");
		if (l->kind == CONLLU_MULTIWORD)
			covered = l->last;
		out->n_lines++;
	}
	if (covered > out->n_words)
		return fail(r, e, "the sentence ends before the words of its multiword token");
	return out->n_lines > 0;
}

int64_t conllu_head(const struct conllu_sentence *s, size_t k)
{
	uint32_t head;
	return read_number(conllu_word(s, k)->cell[CONLLU_HEAD], &head) && head <= s->n_words
		       ? (int64_t)head
		       : -1;
}

struct str conllu_comment(const struct conllu_sentence *s, struct str key)
{
	for (size_t i = 0; i < s->n_lines; i++) {
		if (s->lines[i].kind != CONLLU_COMMENT)
			continue;
		struct str c = str_trim(str_sub(s->lines[i].cell[0], 1, s->lines[i].cell[0].n));
		if (!str_starts(c, key))
			continue;
		c = str_sub(c, key.n, c.n);
		if (c.n == 0)
			return STR_EMPTY;
		size_t at = 0;
		while (at < c.n && c.p[at] == ' ')
			at++;
		if (at < c.n && c.p[at] == '=')
			return str_trim(str_sub(c, at + 1, c.n));
		if (at > 0) /* "# newpar id" without a sign */
			return str_trim(c);
	}
	return (struct str){NULL, 0};
}

bool conllu_has(struct str items, struct str item)
{
	struct str part;
	while (str_split(&items, '|', &part))
		if (str_eq(part, item))
			return true;
	return false;
}

void conllu_write(struct buf *out, const struct conllu_sentence *s)
{
	for (size_t i = 0; i < s->n_lines; i++) {
		const struct conllu_line *l = &s->lines[i];
		size_t n = l->kind == CONLLU_COMMENT ? 1 : CONLLU_COLUMNS;
		for (size_t c = 0; c < n; c++) {
			if (c)
				buf_add_char(out, '\t');
			buf_add(out, l->cell[c]);
		}
		buf_add(out, l->has_return ? STR("\r\n") : STR("\n"));
	}
	buf_add(out, s->has_return ? STR("\r\n") : STR("\n"));
}
