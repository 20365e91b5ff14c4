/* fit_stance DATA OUT [ROUNDS]: fits data/stance.bin on plv/train.tsv, directed/train.tsv and
 * newsmtsc/train.jsonl of the folder DATA.
 *
 * First the layers, with the stance between two actors and towards one; then, with the layers as
 * they are, the acts, of which there are too few sentences to fit layers on. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "extract/syntax/syntax.h"
#include "train/model_write.h"
#include "train/stance_data.h"
#include "train/stance_fit.h"

enum { DATA_BYTES = 1 << 30 };

static void watch(void *context, size_t round, double loss, const struct classifier_weights *w)
{
	const time_t *start = context;
	(void)w;
	fprintf(stderr, "round %zu: loss %.3f, %ld s\n", round, loss, (long)(time(NULL) - *start));
}

static struct classifier_weights *fit(const struct stance_parser *r, const struct stance_corpora *c,
				      size_t rounds)
{
	const struct vectors *v = syntax_vectors(r->syntax);
	struct classifier_weights *w = stance_weights_new(STANCE_SEED);
	time_t start = time(NULL);
	stance_fit(w, v, c->sides, c->n_sides, rounds, STANCE_SEED, watch, &start);
	float *inputs = stance_act_inputs(w, v, c->acts, c->n_acts);
	stance_fit_acts(w, v, c->acts, inputs, c->n_acts, STANCE_SEED);
	free(inputs);
	return w;
}

int main(int argc, char **argv)
{
	struct err e = {0};
	struct arena a;
	struct stance_parser r;
	struct stance_corpora c;
	static unsigned char bytes[CLASSIFIER_BYTES];
	if (argc < 3) {
		fprintf(stderr, "usage: fit_stance DATA OUT [ROUNDS]\n");
		return 2;
	}
	arena_init(&a, DATA_BYTES);
	if (stance_parser_open(&r, &e) < 0 || stance_corpora_read(&r, argv[1], &a, &c, &e) < 0) {
		fprintf(stderr, "fit_stance: %s\n", e.message);
		return 1;
	}
	struct classifier_weights *w =
		fit(&r, &c, argc > 3 ? strtoul(argv[3], NULL, 10) : STANCE_ROUNDS);
	classifier_pack(w, bytes);
	const struct str body = {(const char *)bytes, sizeof bytes};
	free(w);
	stance_parser_close(&r);
	arena_release(&a);
	return model_write(argv[2], CLASSIFIER_KIND, CLASSIFIER_VERSION, &body, 1) ? 0 : 1;
}
