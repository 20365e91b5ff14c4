/* A line of the table is a position; lines of one sentence stand together and become an article. */
#include "train/coded_sentences.h"

#include "base/terms.h"
#include "train/file_text.h"

enum { SENTENCE, CONTENT, SPEAKER, SOURCE, ACT, OBJECT, NAME, SIDE, ISSUES, TOWARDS, CELLS };

struct reader {
	struct arena *a;
	struct err *e;
	struct coded *out;
	size_t cap, number; /* of the line in the file */
	const char *path;
};

static int wrong(const struct reader *r, const char *what)
{
	return err_set(r->e, ERR_INPUT, NULL, "%s, line %zu: %s", r->path, r->number, what);
}

/* "-" is none. */
static struct str cell_of(struct str cell)
{
	return str_eq(cell, STR("-")) ? STR_EMPTY : cell;
}

/* Where words stand in the sentence from `from` on; an empty span for none and where they do not.
 * The sentences are ASCII: bytes are code points. */
static struct span place_of(struct str sentence, struct str words, size_t from)
{
	size_t at = words.n ? str_find(sentence, words, from) : SIZE_MAX;
	if (at == SIZE_MAX && words.n)
		at = str_find(sentence, words, 0);
	struct span none = {0};
	return at == SIZE_MAX ? none : (struct span){(uint32_t)at, (uint32_t)(at + words.n)};
}

static int set_issues(struct reader *r, struct str list, struct coded_line *line)
{
	size_t n = 0, most = list.n / 2 + 1;
	struct coded_issue *v = arena_array(r->a, most, sizeof *v);
	struct str id;
	if (!v)
		return arena_full(r->e);
	while (str_split(&list, ',', &id)) {
		id = str_trim(id);
		if (id.n == 0)
			continue;
		bool turns = id.p[0] == '!', is_topic = id.p[0] == '~';
		v[n++] =
			(struct coded_issue){str_sub(id, turns || is_topic, id.n), turns, is_topic};
	}
	line->issues = v;
	line->n_issues = n;
	return 0;
}

static int add_article(struct reader *r, struct str sentence)
{
	struct coded_article x = {.id = arena_printf(r->a, "sentence-%zu", r->number),
				  .text = sentence,
				  .form = STR("sentence"),
				  .split = CODED_TRAIN};
	if (!x.id.p || arena_grow(r->a, (void **)&r->out->v, &r->cap, r->out->n + 1, sizeof x) < 0)
		return arena_full(r->e);
	r->out->v[r->out->n++] = x;
	return 0;
}

static int take_line(struct reader *r, const struct str cell[CELLS])
{
	struct coded_article *x = r->out->n ? &r->out->v[r->out->n - 1] : NULL;
	if (!x || !str_eq(x->text, cell[SENTENCE])) {
		if (add_article(r, cell[SENTENCE]) < 0)
			return -1;
		x = &r->out->v[r->out->n - 1];
	}
	int act = terms_find(&terms_act, cell[ACT]), side = coded_side_of(cell[SIDE]);
	struct coded_line line = {.speaker = cell[SPEAKER],
				  .name = cell_of(cell[NAME]),
				  .towards = cell_of(cell[TOWARDS]),
				  .act = (enum act)act,
				  .side = (enum position)side};
	line.content = place_of(x->text, cell[CONTENT], 0);
	line.source = place_of(x->text, cell_of(cell[SOURCE]), 0);
	line.object = place_of(x->text, cell_of(cell[OBJECT]), line.content.start);
	bool is_quoted = line.content.start > 0 && x->text.p[line.content.start - 1] == '"';
	line.kind = is_quoted ? KIND_DIRECT : KIND_INDIRECT;
	if (act < 0 || side < 0)
		return wrong(r, "an act or a side that nobody knows");
	if (line.content.end == 0)
		return wrong(r, "the content is not in the sentence");
	if (set_issues(r, cell_of(cell[ISSUES]), &line) < 0 ||
	    arena_grow(r->a, (void **)&x->lines, &x->cap, x->n_lines + 1, sizeof line) < 0)
		return arena_full(r->e);
	x->lines[x->n_lines++] = line;
	return 0;
}

int coded_sentences_read(const char *path, struct arena *a, struct coded *out, struct err *e)
{
	struct reader r = {.a = a, .e = e, .out = out, .path = path};
	struct str text = file_text(path, a, e), line;
	int rc = text.p ? 0 : -1;
	*out = (struct coded){0};
	while (rc == 0 && str_split(&text, '\n', &line)) {
		struct str cell[CELLS] = {{0}};
		size_t n = 0;
		r.number++;
		if (line.n == 0 || line.p[0] == '#')
			continue;
		while (n < CELLS && str_split(&line, '\t', &cell[n]))
			n++;
		rc = n == CELLS ? take_line(&r, cell) : wrong(&r, "not ten cells");
	}
	return rc;
}
