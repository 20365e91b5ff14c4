/* Measures tokens and sentences: eval_text [-v] FILE.conllu ...
 * The raw text of each file is put together again and cut by the program; then spans over what is
 * no white space are compared with the file's, as the CoNLL 2018 shared task does. -v prints what
 * differs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "extract/tables/lexicon.h"
#include "extract/text/quote.h"
#include "extract/text/sentence.h"
#include "extract/text/text.h"
#include "extract/text/token.h"
#include "train/raw_text.h"

struct score {
	size_t gold, found, right;
};

static void cut(struct raw_text *r, const struct lexicon *lx, struct cuts *tokens,
		struct cuts *sentences)
{
	struct text t;
	if (text_tokenize(&t, buf_str(&r->bytes), lx, &r->a) < 0 ||
	    text_find_quotes(&t, &r->a) < 0 || text_find_sentences(&t, &r->a) < 0) {
		fprintf(stderr, "memory is used up\n");
		exit(EXIT_FAILURE);
	}
	uint32_t at = 0;
	for (size_t i = 0; i < t.n_tokens; i++) {
		uint32_t n = raw_chars(text_token(&t, i));
		cuts_add(tokens, &r->a, at, at + n);
		at += n;
	}
	for (size_t i = 0; tokens->v && i < t.n_sentences; i++)
		cuts_add(sentences, &r->a, tokens->v[t.sentences[i].first].start,
			 tokens->v[t.sentences[i].end - 1].end);
}

static void count(struct score *score, const struct cuts *gold, const struct cuts *found)
{
	score->gold += gold->n;
	score->found += found->n;
	for (size_t g = 0, f = 0; g < gold->n && f < found->n;) {
		struct cut x = gold->v[g], y = found->v[f];
		score->right += x.start == y.start && x.end == y.end;
		g += x.end <= y.end;
		f += y.end <= x.end;
	}
}

/* What a walk along the text has reached: parts are asked for in rising order. */
struct place {
	struct str text;
	size_t byte;
	uint32_t chars;
};

static struct str part(struct place *p, struct cut c)
{
	size_t start = p->byte, next;
	bool has_started = false;
	while (p->byte < p->text.n && p->chars < c.end) {
		bool is_blank = raw_is_blank(p->text, p->byte, &next);
		if (!is_blank && p->chars >= c.start && !has_started) {
			has_started = true;
			start = p->byte;
		}
		p->chars += is_blank ? 0 : (uint32_t)(next - p->byte);
		p->byte = next;
	}
	return str_sub(p->text, start, p->byte);
}

static void show_parts(struct place *p, const char *word, const struct cuts *c, size_t from,
		       size_t to)
{
	printf(" %s", word);
	for (; from < to; from++) {
		struct str s = part(p, c->v[from]);
		printf(" [%.*s]", STR_ARG(s));
	}
}

static void show(const struct raw_text *r, const char *what, const struct cuts *gold,
		 const struct cuts *found)
{
	struct place wanted = {.text = buf_str(&r->bytes)}, got = wanted;
	for (size_t g = 0, f = 0; g < gold->n && f < found->n;) {
		if (gold->v[g].end == found->v[f].end && gold->v[g].start == found->v[f].start) {
			g++, f++;
			continue;
		}
		size_t g0 = g, f0 = f;
		do {
			uint32_t x = gold->v[g].end, y = found->v[f].end;
			g += x <= y;
			f += y <= x;
		} while (gold->v[g - 1].end != found->v[f - 1].end);
		printf("%s", what);
		show_parts(&wanted, "want", gold, g0, g);
		show_parts(&got, "got", found, f0, f);
		printf("\n");
	}
}

static void print(const char *path, const char *what, const struct score *s)
{
	double precision = s->found ? 100.0 * (double)s->right / (double)s->found : 0;
	double recall = s->gold ? 100.0 * (double)s->right / (double)s->gold : 0;
	double f1 = precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
	printf("%-40s %-9s P %6.2f  R %6.2f  F1 %6.2f  (%zu in the file, %zu found)\n", path, what,
	       precision, recall, f1, s->gold, s->found);
}

static void measure(const struct lexicon *lx, const char *path, bool is_verbose)
{
	struct raw_text r;
	struct cuts tokens = {0}, sentences = {0};
	struct score token_score = {0}, sentence_score = {0};
	raw_text_read(&r, path);
	cut(&r, lx, &tokens, &sentences);
	if (is_verbose) {
		show(&r, "token", &r.tokens, &tokens);
		show(&r, "sentence", &r.sentences, &sentences);
	}
	count(&token_score, &r.tokens, &tokens);
	count(&sentence_score, &r.sentences, &sentences);
	print(path, "tokens", &token_score);
	print(path, "sentences", &sentence_score);
	raw_text_release(&r);
}

int main(int argc, char **argv)
{
	struct err e = {0};
	bool is_verbose = argc > 1 && strcmp(argv[1], "-v") == 0;
	struct lexicon *lx = lexicon_open(&e);
	if (argc < 2 || !lx) {
		fprintf(stderr, "%s\n", lx ? "usage: eval_text [-v] FILE.conllu ..." : e.message);
		return EXIT_FAILURE;
	}
	for (int i = 1 + is_verbose; i < argc; i++)
		measure(lx, argv[i], is_verbose);
	lexicon_close(lx);
	return EXIT_SUCCESS;
}
