/* Fits data/sentences.model: fit_sentences OUT FILE.conllu ...
 * Logistic regression by stochastic gradients (AdaGrad) over the places between tokens, the weights
 * averaged over the steps and rounded to signed bytes. Deterministic: the places are taken in the
 * order of a fixed generator of numbers. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "extract/tables/lexicon.h"
#include "extract/text/boundary.h"
#include "extract/text/quote.h"
#include "extract/text/token.h"
#include "train/raw_text.h"

enum { EPOCHS = 12, PLACES_MAX = 1 << 22 };

/* By hand on the development parts; little depends on them. */
static const double rate = 0.05, decay = 3e-4;

struct place {
	uint32_t features[BOUNDARY_FEATURES];
	uint8_t n;
	bool ends;
};

struct fit {
	struct place *places;
	size_t n, cap;
	double w[BOUNDARY_WEIGHTS], squares[BOUNDARY_WEIGHTS], sum[BOUNDARY_WEIGHTS];
};

static void add_place(struct fit *f, const struct boundary *b, const struct text *t, uint32_t i,
		      bool ends)
{
	if (f->n == f->cap) {
		f->cap = f->cap ? f->cap * 2 : 1 << 16;
		f->places = realloc(f->places, f->cap * sizeof *f->places);
		if (!f->places || f->cap > PLACES_MAX)
			abort();
	}
	struct place *p = &f->places[f->n++];
	p->n = (uint8_t)boundary_features(b, t, i, p->features);
	p->ends = ends;
}

/* The sentences so far are those of the file. */
static void read_paragraph(struct fit *f, const struct text *t, size_t p, const bool *ends)
{
	struct boundary b;
	boundary_start(&b, t->paragraphs[p], t->paragraphs[p + 1]);
	for (uint32_t i = b.start; i + 1 < b.end; i++) {
		boundary_step(&b, t, i);
		add_place(f, &b, t, i, ends[i]);
		if (ends[i])
			boundary_start(&b, i + 1, b.end);
	}
}

static void read_places(struct fit *f, const struct lexicon *lx, const char *path)
{
	struct raw_text r;
	struct text t;
	raw_text_read(&r, path);
	bool *ends = NULL;
	if (text_tokenize(&t, buf_str(&r.bytes), lx, &r.a) == 0 && text_find_quotes(&t, &r.a) == 0)
		ends = arena_array(&r.a, t.n_tokens + 1, sizeof *ends);
	if (!ends)
		abort();
	uint32_t at = 0;
	for (size_t i = 0, s = 0; i < t.n_tokens; i++) {
		at += raw_chars(text_token(&t, i));
		while (s < r.sentences.n && r.sentences.v[s].end < at)
			s++;
		ends[i] = s < r.sentences.n && r.sentences.v[s].end == at;
	}
	for (size_t p = 0; p < t.n_paragraphs; p++)
		read_paragraph(f, &t, p, ends);
	raw_text_release(&r);
}

static void learn(struct fit *f, const struct place *p)
{
	double z = 0;
	for (size_t k = 0; k < p->n; k++)
		z += f->w[p->features[k]];
	double error = 1 / (1 + exp(-z)) - (p->ends ? 1 : 0);
	for (size_t k = 0; k < p->n; k++) {
		uint32_t i = p->features[k];
		double g = error + decay * f->w[i];
		f->squares[i] += g * g;
		f->w[i] -= rate * g / sqrt(f->squares[i] + 1e-8);
	}
}

static uint64_t next_number(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return *state >> 33;
}

static void train(struct fit *f)
{
	uint32_t *order = calloc(f->n, sizeof *order);
	uint64_t state = 1;
	if (!order)
		abort();
	for (size_t i = 0; i < f->n; i++)
		order[i] = (uint32_t)i;
	for (int epoch = 0; epoch < EPOCHS; epoch++) {
		for (size_t i = f->n - 1; i > 0; i--) {
			size_t k = next_number(&state) % (i + 1);
			uint32_t kept = order[i];
			order[i] = order[k];
			order[k] = kept;
		}
		for (size_t i = 0; i < f->n; i++)
			learn(f, &f->places[order[i]]);
		for (size_t i = 0; i < BOUNDARY_WEIGHTS; i++)
			f->sum[i] += f->w[i];
	}
	free(order);
}

static int write_model(const struct fit *f, const char *path)
{
	static signed char bytes[BOUNDARY_WEIGHTS];
	double most = 1e-9;
	for (size_t i = 0; i < BOUNDARY_WEIGHTS; i++)
		most = fmax(most, fabs(f->sum[i]));
	for (size_t i = 0; i < BOUNDARY_WEIGHTS; i++)
		bytes[i] = (signed char)lrint(f->sum[i] / most * 127);
	FILE *out = fopen(path, "wb");
	if (!out || fwrite(bytes, 1, sizeof bytes, out) != sizeof bytes || fclose(out) != 0) {
		fprintf(stderr, "cannot write %s\n", path);
		return EXIT_FAILURE;
	}
	return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
	static struct fit f;
	struct err e = {0};
	struct lexicon *lx = lexicon_open(&e);
	if (argc < 3 || !lx) {
		fprintf(stderr, "%s\n",
			lx ? "usage: fit_sentences OUT FILE.conllu ..." : e.message);
		return EXIT_FAILURE;
	}
	for (int i = 2; i < argc; i++)
		read_places(&f, lx, argv[i]);
	train(&f);
	printf("%zu places\n", f.n);
	lexicon_close(lx);
	free(f.places);
	return write_model(&f, argv[1]);
}
