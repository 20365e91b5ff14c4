/* Prints how well a model file tags and parses the dev parts of the treebanks.
 *
 *	eval_syntax DATA MODEL */
#include <stdio.h>

#include "base/embed.h"
#include "train/score.h"

EMBED(embedded_vectors, "data/vectors.bin");

int main(int argc, char **argv)
{
	if (argc != 3) {
		fprintf(stderr, "usage: eval_syntax DATA MODEL\n");
		return 2;
	}
	struct err e = {0};
	struct model_file vectors, weights;
	struct network nw;
	if (model_file_check(&vectors, EMBEDDED(embedded_vectors), "vectors.bin", VECTORS_KIND, VECTORS_VERSION, &e) < 0 ||
	    vectors_view(&nw.vectors, vectors.body, &e) < 0 ||
	    model_file_open(&weights, argv[2], NETWORK_KIND, NETWORK_VERSION, &e) < 0 || weights.body.n != sizeof *nw.w) {
		fprintf(stderr, "%s\n", e.kind ? e.message : "the model is of another network");
		return 1;
	}
	nw.w = (const void *)weights.body.p;
	printf("%-10s %7s %7s %7s %10s\n", "treebank", "XPOS", "UAS", "LAS", "tokens/s");
	static const char *const names[] = {"ewt-dev", "gum-dev"};
	for (size_t k = 0; k < 2; k++) {
		struct treebank b = {0};
		char path[4096];
		snprintf(path, sizeof path, "%s/ud/%s.conllu", argv[1], names[k]);
		treebank_read(&b, path);
		struct score s = score_treebank(&nw, &b);
		printf("%-10s %7.2f %7.2f %7.2f %10.0f\n", names[k], s.xpos, s.uas, s.las, s.tokens_per_second);
	}
	model_file_close(&weights);
	return 0;
}
