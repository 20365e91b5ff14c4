/* fit_confidence LABELS DATA: fits the weights of data/confidence.tsv and prints the table on
 * standard output. LABELS is train/stance_labels.tsv; how well the confidence holds for articles
 * that it was not fitted on, eval_confidence tells. */
#include <stdio.h>

#include "train/stance_labels.h"

enum { DATA_BYTES = 1 << 30 };

static void print_table(const struct labeled_stances *s, const struct confidence *c)
{
	char name[32];
	printf("# Weights of how sure a stance is: of the rules by which act and position were "
	       "decided, and of what else speaks for and against\n"
	       "# them (extract/stance/confidence.h). Columns: weight, value, statements that it "
	       "speaks in of the %zu it was fitted on.\n"
	       "# Origin: fitted by train/fit_confidence.c on the stances of "
	       "train/stance_labels.tsv. License: as the project.\n",
	       s->n);
	for (unsigned i = 0; i < CONFIDENCE_WEIGHTS; i++) {
		size_t n = 0;
		for (size_t k = 0; k < s->n; k++)
			n += s->v[k].x[i] < 0 || s->v[k].x[i] > 0;
		confidence_weight_name(i, name);
		printf("%s\t%.2f\t%zu\n", name, (double)c->w[i], n);
	}
}

int main(int argc, char **argv)
{
	struct err e = {0};
	struct arena a;
	struct labeled_stances s;
	struct confidence c;
	if (argc != 3) {
		fprintf(stderr, "usage: fit_confidence LABELS DATA\n");
		return 2;
	}
	arena_init(&a, DATA_BYTES);
	int rc = labeled_stances_read(argv[1], argv[2], &a, &s, &e);
	if (rc == 0) {
		confidence_fit(&s, CONFIDENCE_FOLDS, &c);
		print_table(&s, &c);
		fprintf(stderr, "fit_confidence: %zu of %zu labels have a statement\n", s.n,
			s.n_labels);
	} else {
		fprintf(stderr, "fit_confidence: %s\n", e.message);
	}
	arena_release(&a);
	return rc == 0 ? 0 : 1;
}
