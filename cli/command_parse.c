/* parse: raw text, or CoNLL-U, to CoNLL-U with tags and trees. Some sentences at a time: the input
 * may be larger than memory. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "cli/command.h"
#include "extract/syntax/conllu.h"
#include "extract/syntax/lemma.h"
#include "extract/syntax/syntax.h"
#include "extract/syntax/upos.h"
#include "extract/tables/lexicon.h"
#include "extract/text/quote.h"
#include "extract/text/sentence.h"
#include "extract/text/text.h"
#include "extract/text/token.h"

enum {
	ARENA_MAX_BYTES = 1 << 30,
	OUT_MAX_BYTES = 1 << 28,
	/* Of raw text read at a time, to the end of a paragraph where one ends in it. */
	PART_BYTES = 1 << 20,
	SENTENCE_MAX_BYTES = 64 << 20, /* of CoNLL-U */
	FLUSH_BYTES = 1 << 16,
	/* Parsed together, about: many sentences at once are faster, and need more memory. */
	GROUP_TOKENS = 2048,
	GROUP_BYTES = 1 << 17, /* of CoNLL-U, about the same */
	GROUP_SENTENCES = 256
};

struct parser {
	struct syntax *syntax;
	struct lexicon *lexicon;
	struct lemmas *lemmas;
	struct arena part, group; /* what lives as long as each */
	struct buf out;
	size_t sentences, paragraphs;
	const char *starts_file; /* its path, before its first sentence */
};

static int write_out(struct parser *p, struct err *e)
{
	if (p->out.failed)
		return err_set(e, ERR_TOO_LARGE, NULL,
			       "the output of one sentence does not fit into memory");
	if (p->out.n && fwrite(p->out.p, 1, p->out.n, stdout) != p->out.n)
		return err_set(e, ERR_INTERNAL, NULL, "cannot write to standard output: %s",
			       strerror(errno));
	buf_clear(&p->out);
	return 0;
}

/* --- raw text --- */

/* On one line: white space of any kind and length is one space. */
static void add_line(struct buf *out, const struct text *t, const struct sentence *s)
{
	for (uint32_t i = s->first; i < s->end; i++) {
		if (i > s->first && (t->tokens[i].flags & TOK_SPACE_BEFORE))
			buf_add_char(out, ' ');
		buf_add(out, text_token(t, i));
	}
}

static bool starts_paragraph(const struct text *t, const struct sentence *s)
{
	return (t->tokens[s->first].flags & TOK_PARAGRAPH_START) != 0;
}

static int add_word(struct parser *p, const struct text *t, const struct sentence *s,
		    const struct syntax_node *nodes, uint32_t k)
{
	struct str form = text_token(t, s->first + k),
		   lemma = lemma_of(p->lemmas, form, nodes[k].xpos, &p->group);
	uint32_t next = s->first + k + 1, head = nodes[k].head == k ? 0 : nodes[k].head + 1;
	bool is_close = next < t->n_tokens &&
			!(t->tokens[next].flags & (TOK_SPACE_BEFORE | TOK_PARAGRAPH_START));
	if (!lemma.p)
		return -1;
	buf_printf(&p->out, "%u\t%.*s\t%.*s\t%s\t%s\t_\t%u\t%s\t_\t%s\n", k + 1, STR_ARG(form),
		   STR_ARG(lemma), upos_of(form, nodes[k].xpos, nodes[k].deprel),
		   xpos_name(nodes[k].xpos), head, deprel_name(nodes[k].deprel),
		   is_close ? "SpaceAfter=No" : "_");
	return 0;
}

static int add_sentence(struct parser *p, const struct text *t, const struct sentence *s,
			const struct syntax_node *nodes, struct err *e)
{
	if (p->starts_file)
		buf_printf(&p->out, "# newdoc id = %s\n", p->starts_file);
	p->starts_file = NULL;
	if (starts_paragraph(t, s))
		buf_printf(&p->out, "# newpar id = p%zu\n", ++p->paragraphs);
	buf_printf(&p->out, "# sent_id = %zu\n# text = ", ++p->sentences);
	add_line(&p->out, t, s);
	buf_add_char(&p->out, '\n');
	for (uint32_t k = 0; k < s->end - s->first; k++)
		if (add_word(p, t, s, nodes, k) < 0)
			return arena_full(e);
	buf_add_char(&p->out, '\n');
	return p->out.n >= FLUSH_BYTES ? write_out(p, e) : 0;
}

/* Parses and prints some of the sentences from `first` on; the number of the next one in *next. */
static int parse_group(struct parser *p, const struct text *t, size_t first, size_t *next,
		       struct err *e)
{
	struct syntax_sentence group[GROUP_SENTENCES];
	uint32_t from = t->sentences[first].first;
	size_t n = 0;
	while (n < GROUP_SENTENCES && first + n < t->n_sentences &&
	       (n == 0 || t->sentences[first + n].end - from <= GROUP_TOKENS))
		n++;
	uint32_t tokens = t->sentences[first + n - 1].end - from;
	struct str *forms = arena_array(&p->group, tokens, sizeof *forms);
	struct syntax_node *nodes = arena_array(&p->group, tokens, sizeof *nodes);
	if (!forms || !nodes)
		return arena_full(e);
	for (uint32_t i = 0; i < tokens; i++)
		forms[i] = text_token(t, from + i);
	for (size_t k = 0; k < n; k++) {
		const struct sentence *s = &t->sentences[first + k];
		group[k] = (struct syntax_sentence){forms + (s->first - from),
						    nodes + (s->first - from), s->end - s->first};
	}
	int rc = syntax_parse_all(p->syntax, group, n, NULL, &p->group) < 0 ? arena_full(e) : 0;
	for (size_t k = 0; rc == 0 && k < n; k++)
		rc = add_sentence(p, t, &t->sentences[first + k], group[k].nodes, e);
	arena_release(&p->group);
	*next = first + n;
	return rc;
}

static int parse_part(struct parser *p, struct str part, struct err *e)
{
	struct text t;
	int rc = 0;
	if (text_tokenize(&t, part, p->lexicon, &p->part) < 0 ||
	    text_find_quotes(&t, &p->part) < 0 || text_find_sentences(&t, &p->part) < 0)
		rc = arena_full(e);
	for (size_t i = 0; rc == 0 && i < t.n_sentences;)
		rc = parse_group(p, &t, i, &i, e);
	arena_release(&p->part);
	return rc == 0 ? write_out(p, e) : rc;
}

/* How much of the text can be parsed without knowing what follows: up to the last blank line, else
 * line end, else space, else character. */
static size_t whole_part(struct str s)
{
	size_t line = 0, space = 0, at;
	for (at = s.n; at > 1; at--) {
		bool is_line = s.p[at - 1] == '\n';
		if (is_line &&
		    (s.p[at - 2] == '\n' || (at > 2 && s.p[at - 2] == '\r' && s.p[at - 3] == '\n')))
			return at;
		if (is_line && !line)
			line = at;
		if (s.p[at - 1] == ' ' && !space)
			space = at;
	}
	if (line || space)
		return line ? line : space;
	for (at = s.n; at > 0 && ((unsigned char)s.p[at - 1] & 0xC0) == 0x80;)
		at--;
	return at > 1 ? at - 1 : s.n;
}

static size_t count_lines(struct str s)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == '\n';
	return n;
}

static int check_utf8(struct str part, size_t lines, struct err *e)
{
	size_t valid = utf8_valid_prefix(part);
	if (valid == part.n)
		return 0;
	return err_set(e, ERR_INPUT, NULL, "line %zu: it is not UTF-8",
		       lines + count_lines(str_sub(part, 0, valid)) + 1);
}

/* Reads until there is a part's worth or the file ends. */
static int fill_part(struct buf *in, FILE *f, bool *at_end, struct err *e)
{
	while (!*at_end && in->n < PART_BYTES) {
		char *room = buf_reserve(in, PART_BYTES);
		if (!room)
			return arena_full(e);
		size_t got = fread(room, 1, PART_BYTES, f);
		in->n += got;
		*at_end = got == 0;
	}
	return 0;
}

static int parse_text(struct parser *p, FILE *f, struct err *e)
{
	struct buf in;
	size_t lines = 0;
	bool at_end = false;
	int rc;
	buf_init(&in, 2 * PART_BYTES);
	while ((rc = fill_part(&in, f, &at_end, e)) == 0 && in.n > 0) {
		size_t n = at_end ? in.n : whole_part(buf_str(&in));
		struct str part = str_sub(buf_str(&in), 0, n);
		if (lines == 0)
			part = utf8_skip_mark(part);
		if ((rc = check_utf8(part, lines, e)) != 0 || (rc = parse_part(p, part, e)) != 0)
			break;
		lines += count_lines(part);
		memmove(in.p, in.p + n, in.n - n);
		in.n -= n;
	}
	buf_release(&in);
	return rc;
}

/* --- CoNLL-U --- */

/* Sentences with the nodes that the parser fills in. */
struct conllu_group {
	struct conllu_sentence sentences[GROUP_SENTENCES];
	struct syntax_sentence parsed[GROUP_SENTENCES];
	size_t n;
};

static int add_to_group(struct parser *p, struct conllu_group *g, const struct conllu_sentence *s,
			struct err *e)
{
	struct str *forms = arena_array(&p->group, s->n_words, sizeof *forms);
	struct syntax_node *nodes = arena_array(&p->group, s->n_words, sizeof *nodes);
	if (!forms || !nodes)
		return arena_full(e);
	for (size_t k = 0; k < s->n_words; k++)
		forms[k] = conllu_word(s, k + 1)->cell[CONLLU_FORM];
	g->sentences[g->n] = *s;
	g->parsed[g->n++] = (struct syntax_sentence){forms, nodes, s->n_words};
	return 0;
}

static int fill(struct parser *p, struct conllu_sentence *s, const struct syntax_node *nodes,
		struct err *e)
{
	for (size_t k = 0; k < s->n_words; k++) {
		struct str *cell = conllu_word(s, k + 1)->cell;
		cell[CONLLU_XPOS] = str_of(xpos_name(nodes[k].xpos));
		cell[CONLLU_DEPREL] = str_of(deprel_name(nodes[k].deprel));
		cell[CONLLU_HEAD] =
			arena_printf(&p->group, "%u", nodes[k].head == k ? 0 : nodes[k].head + 1);
		if (!cell[CONLLU_HEAD].p)
			return arena_full(e);
	}
	return 0;
}

static int write_group(struct parser *p, struct conllu_group *g, struct err *e)
{
	int rc = syntax_parse_all(p->syntax, g->parsed, g->n, NULL, &p->group) < 0 ? arena_full(e)
										   : 0;
	for (size_t i = 0; rc == 0 && i < g->n; i++) {
		rc = fill(p, &g->sentences[i], g->parsed[i].nodes, e);
		if (rc == 0)
			conllu_write(&p->out, &g->sentences[i]);
	}
	g->n = 0;
	arena_release(&p->group);
	return rc == 0 ? write_out(p, e) : rc;
}

/* Whole sentences with the blank lines that end them; the lines before them are counted in *lines.
 * What stands before a fault is written. */
static int parse_block(struct parser *p, struct buf *block, size_t *lines, struct err *e)
{
	struct conllu_reader r = {.rest = buf_str(block), .number = *lines};
	struct conllu_group g;
	struct conllu_sentence s;
	struct err fault = {0};
	int got = 1, rc = 0;
	g.n = 0;
	while (rc == 0 && got > 0) {
		got = conllu_next(&r, &p->group, &s, &fault);
		if (got > 0)
			rc = add_to_group(p, &g, &s, e);
		if (rc == 0 && (got <= 0 || g.n == GROUP_SENTENCES))
			rc = write_group(p, &g, e);
	}
	*lines = r.number;
	buf_clear(block);
	if (rc == 0 && got < 0)
		*e = fault;
	return rc == 0 && got == 0 ? 0 : -1;
}

static int parse_conllu(struct parser *p, FILE *f, struct err *e)
{
	struct buf block;
	char *line = NULL;
	size_t cap = 0, lines = 0;
	int rc = 0;
	ssize_t n;
	buf_init(&block, SENTENCE_MAX_BYTES);
	while (rc == 0 && (n = getline(&line, &cap, f)) >= 0) {
		struct str s = {line, (size_t)n};
		buf_add(&block, s);
		if (block.failed)
			rc = err_set(e, ERR_TOO_LARGE, NULL,
				     "line %zu: the sentence is larger than %d bytes", lines + 1,
				     SENTENCE_MAX_BYTES);
		else if (block.n >= GROUP_BYTES && (str_eq(s, STR("\n")) || str_eq(s, STR("\r\n"))))
			rc = parse_block(p, &block, &lines, e);
	}
	if (rc == 0 && block.n)
		rc = parse_block(p, &block, &lines, e);
	free(line);
	buf_release(&block);
	return rc == 0 ? write_out(p, e) : rc;
}

/* --- the command --- */

static int parse_file(struct parser *p, const struct options *o, const char *path, struct err *e)
{
	bool is_input = strcmp(path, "-") == 0;
	FILE *f = is_input ? stdin : fopen(path, "rb");
	struct err inner = {0};
	if (!f)
		return err_set(e, ERR_INPUT, NULL, "cannot open \"%s\": %s", path, strerror(errno));
	p->starts_file = is_input ? NULL : path;
	int rc = o->parse_format == PARSE_CONLLU ? parse_conllu(p, f, &inner)
						 : parse_text(p, f, &inner);
	if (rc == 0 && ferror(f))
		rc = err_set(&inner, ERR_INPUT, NULL, "cannot read it: %s", strerror(errno));
	if (rc != 0)
		err_set(e, inner.kind, NULL, "%s%s%s: %.300s", is_input ? "" : "\"",
			is_input ? "standard input" : path, is_input ? "" : "\"", inner.message);
	if (!is_input)
		fclose(f);
	return rc;
}

int command_parse(const struct options *o)
{
	static const char *const standard[] = {"-"};
	const char *const *paths = o->n_args ? o->args : standard;
	int n = o->n_args ? o->n_args : 1, rc = -1;
	struct parser p = {0};
	struct err e = {0};
	arena_init(&p.part, ARENA_MAX_BYTES);
	arena_init(&p.group, ARENA_MAX_BYTES);
	buf_init(&p.out, OUT_MAX_BYTES);
	p.syntax = syntax_open(*o->model ? o->model : NULL, &e);
	if (p.syntax)
		p.lexicon = lexicon_open(&e);
	if (p.lexicon)
		p.lemmas = lemmas_open(&e);
	if (p.lemmas)
		rc = 0;
	for (int i = 0; rc == 0 && i < n; i++)
		rc = parse_file(&p, o, paths[i], &e);
	buf_release(&p.out);
	arena_release(&p.part);
	arena_release(&p.group);
	lemmas_close(p.lemmas);
	lexicon_close(p.lexicon);
	syntax_close(p.syntax);
	return rc == 0 ? STATUS_OK : command_fail(&e);
}
