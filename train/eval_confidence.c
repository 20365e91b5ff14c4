/* eval_confidence LABELS DATA: whether the confidence of a stance holds, by ten-fold
 * cross-validation over articles; and of what is read (train/stance_labels.tsv), how much of it the
 * engine has right, by the rules that decided. */
#include <stdio.h>

#include "train/calibration.h"
#include "train/stance_labels.h"

enum { DATA_BYTES = 1 << 30 };

static void print_folds(const struct labeled_stances *s)
{
	struct calibration all = {.squares = 0};
	double base = 0;
	for (size_t fold = 0; fold < CONFIDENCE_FOLDS; fold++) {
		struct confidence c;
		confidence_fit(s, fold, &c);
		for (size_t i = 0; i < s->n; i++)
			if (confidence_fold(&s->v[i]) == fold)
				calibration_add(&all, (double)confidence_of(&c, &s->v[i].facts),
						s->v[i].is_act_right && s->v[i].is_position_right);
	}
	for (size_t i = 0; i < s->n; i++)
		base += s->v[i].is_act_right && s->v[i].is_position_right;
	base /= s->n ? (double)s->n : 1;
	printf("Certainty of stances, ten-fold cross-validation: %zu of %zu labels have a "
	       "statement\n",
	       s->n, s->n_labels);
	calibration_print(&all, "stances", "act and position");
	printf("the same share for all of them, %.3f, would have a Brier score of %.3f\n\n", base,
	       base * (1 - base));
}

/* The statements in which a weight speaks: how many, and how many of them are right. */
static void print_rules(const struct labeled_stances *s)
{
	printf("%-22s%8s%8s%10s%8s\n", "", "n", "act", "position", "both");
	for (unsigned w = CONFIDENCE_ACT_RULE; w <= CONFIDENCE_BASE; w++) {
		size_t n = 0, act = 0, position = 0, both = 0;
		char name[32];
		for (size_t i = 0; i < s->n; i++) {
			const struct labeled_stance *k = &s->v[i];
			if (!(k->x[w] > 0))
				continue;
			n++;
			act += k->is_act_right;
			position += k->is_position_right;
			both += k->is_act_right && k->is_position_right;
		}
		confidence_weight_name(w, name);
		double of = n ? 100 / (double)n : 0;
		printf("%-22s%8zu%7.0f%%%9.0f%%%7.0f%%\n", w == CONFIDENCE_BASE ? "all" : name, n,
		       of * (double)act, of * (double)position, of * (double)both);
	}
}

int main(int argc, char **argv)
{
	struct err e = {0};
	struct arena a;
	struct labeled_stances s;
	if (argc != 3) {
		fprintf(stderr, "usage: eval_confidence LABELS DATA\n");
		return 2;
	}
	arena_init(&a, DATA_BYTES);
	int rc = labeled_stances_read(argv[1], argv[2], &a, &s, &e);
	if (rc == 0) {
		print_folds(&s);
		print_rules(&s);
	} else {
		fprintf(stderr, "eval_confidence: %s\n", e.message);
	}
	arena_release(&a);
	return rc == 0 ? 0 : 1;
}
