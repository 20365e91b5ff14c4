/* Reads CoNLL-U into raw text and cuts. */
#include "train/raw_text.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "extract/syntax/conllu.h"
#include "train/file_text.h"

enum { FILE_MAX = 1 << 28, ARENA_MAX = 1 << 30 };

static void die(const char *path, const char *what)
{
	fprintf(stderr, "%s: %s\n", path, what);
	exit(EXIT_FAILURE);
}

void cuts_add(struct cuts *c, struct arena *a, uint32_t start, uint32_t end)
{
	if (arena_grow(a, (void **)&c->v, &c->cap, c->n + 1, sizeof *c->v) < 0)
		die("cuts", "memory is used up");
	c->v[c->n++] = (struct cut){start, end};
}

bool raw_is_blank(struct str text, size_t at, size_t *next)
{
	uint32_t c = utf8_decode(text, at, next);
	return c <= ' ' || c == 0xA0 || (c >= 0x2000 && c <= 0x200F) || c == 0x3000 || c == 0xFEFF;
}

uint32_t raw_chars(struct str text)
{
	uint32_t n = 0;
	for (size_t at = 0, next; at < text.n; at = next)
		if (!raw_is_blank(text, at, &next))
			n += (uint32_t)(next - at);
	return n;
}

static void add_sentence(struct raw_text *r, const struct conllu_sentence *c)
{
	bool starts = conllu_comment(c, STR("newdoc")).p || conllu_comment(c, STR("newpar")).p;
	struct str text = conllu_comment(c, STR("text"));
	uint32_t first = r->chars;
	if (c->n_words == 0)
		return;
	if (starts && r->bytes.n)
		buf_add(&r->bytes, STR("\n\n"));
	buf_add(&r->bytes, text);
	if (!conllu_has(conllu_word(c, c->n_words)->cell[CONLLU_MISC], STR("SpaceAfter=No")))
		buf_add_char(&r->bytes, ' ');
	for (size_t k = 1; k <= c->n_words; k++) {
		uint32_t n = raw_chars(conllu_word(c, k)->cell[CONLLU_FORM]);
		cuts_add(&r->tokens, &r->a, r->chars, r->chars + n);
		r->chars += n;
	}
	if (r->chars - first != raw_chars(text))
		fprintf(stderr, "line %zu: the words are not the text\n", c->number);
	cuts_add(&r->sentences, &r->a, first, r->chars);
}

void raw_text_read(struct raw_text *r, const char *path)
{
	struct conllu_sentence c;
	struct err e = {0};
	int got;
	*r = (struct raw_text){0};
	arena_init(&r->a, ARENA_MAX);
	buf_init(&r->bytes, FILE_MAX);
	r->file = file_text_or_exit(path, &r->a);
	struct conllu_reader reader = {.rest = r->file};
	while ((got = conllu_next(&reader, &r->a, &c, &e)) > 0)
		add_sentence(r, &c);
	if (got < 0)
		die(path, e.message);
}

void raw_text_release(struct raw_text *r)
{
	buf_release(&r->bytes);
	arena_release(&r->a);
}
