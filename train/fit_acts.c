/* fit_acts DATA OUT: fits data/acts.bin, the choices of a statement's act and target, on the coded
 * corpus (train/coded.h), its train part; without OUT prints figures of cross-validation there. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "extract/stance/choice_model.h"
#include "extract/syntax/matrix.h"
#include "train/act_data.h"
#include "train/choice_fit.h"
#include "train/model_write.h"

enum { CORPUS_BYTES = 2000 << 20 };

static void *room(size_t n, size_t size)
{
	void *p = calloc(n, size);
	if (!p) {
		fprintf(stderr, "out of memory\n");
		exit(1);
	}
	return p;
}

static double env(const char *name, double v)
{
	return getenv(name) ? atof(getenv(name)) : v;
}

static bool is_lesson(const struct act_example *x, size_t fold)
{
	return x->split == CODED_TRAIN && x->article % ACT_FOLDS != fold;
}

static bool is_held_out(const struct act_example *x, size_t fold)
{
	return x->split == CODED_TRAIN && !x->is_plv && x->article % ACT_FOLDS == fold;
}

static void fit_acts(const struct act_examples *all, size_t fold, float *w)
{
	struct choice_settings s = {(size_t)env("ROUNDS", 10), (float)env("RATE", 0.01),
				    (float)env("DECAY", 1e-5), (float)env("DROPF", 0.2),
				    (float)env("DROPH", 0.2)};
	struct choice_case *cases = room(all->n, sizeof *cases);
	size_t n = 0;
	for (size_t i = 0; i < all->n; i++)
		if (is_lesson(&all->v[i], fold))
			cases[n++] = (struct choice_case){&all->v[i].x, all->v[i].gold, 1, all->v[i].is_plv ? (float)env("PLV", 1) : 1};
	choice_fit(w, ACT_COUNT, cases, n, &s, 7);
	free(cases);
}

static void fit_targets(const struct act_examples *all, size_t fold, float *w)
{
	struct choice_settings s = {(size_t)env("TROUNDS", 8), (float)env("TRATE", 0.02),
				    (float)env("TDECAY", 1e-5), (float)env("TDROPF", 0.2),
				    (float)env("TDROPH", 0.2)};
	struct choice_case *cases = room(all->n, sizeof *cases);
	size_t n = 0;
	for (size_t i = 0; i < all->n; i++) {
		const struct act_example *x = &all->v[i];
		if (is_lesson(x, fold) && x->n_targets > 1)
			cases[n++] =
				(struct choice_case){x->targets, x->is_target, x->n_targets, 1};
	}
	choice_fit(w, 1, cases, n, &s, 9);
	free(cases);
}

static void validate_plv(const struct act_examples *all, float *const *w)
{
	size_t right = 0, total = 0, rule = 0;
	for (size_t i = 0; i < all->n; i++) {
		const struct act_example *e = &all->v[i];
		if (!e->is_plv)
			continue;
		struct choice_weights v = choice_view(w[e->article % ACT_FOLDS], ACT_COUNT);
		float hidden[CHOICE_HIDDEN], p[CHOICE_OUTCOMES];
		size_t best = 0;
		choice_forward(&v, &e->x, hidden, p);
		for (size_t k = 1; k < ACT_COUNT; k++)
			best = p[k] > p[best] ? k : best;
		right += e->gold[best] > 0;
		rule += e->gold[e->rule_act] > 0;
		total++;
	}
	printf("PLV %.1f rules %.1f of %zu\n", 100.0 * (double)right / (double)total, 100.0 * (double)rule / (double)total, total);
}

static void validate_acts(const struct act_examples *all, float *const *w)
{
	size_t right = 0, total = 0;
	double loss = 0;
	for (size_t i = 0; i < all->n; i++) {
		const struct act_example *e = &all->v[i];
		if (!is_held_out(e, e->article % ACT_FOLDS))
			continue;
		struct choice_weights v = choice_view(w[e->article % ACT_FOLDS], ACT_COUNT);
		float hidden[CHOICE_HIDDEN], p[CHOICE_OUTCOMES];
		size_t best = 0, gold = 0;
		choice_forward(&v, &e->x, hidden, p);
		matrix_softmax(p, ACT_COUNT);
		for (size_t k = 1; k < ACT_COUNT; k++) {
			best = p[k] > p[best] ? k : best;
			gold = e->gold[k] > e->gold[gold] ? k : gold;
		}
		if (getenv("RULES"))
			printf("R %u %s %d %d %s\n", e->rule, terms_word(&terms_act, (int)e->rule_act).p, e->gold[e->rule_act] > 0, e->gold[best] > 0, terms_word(&terms_act, (int)gold).p);
		right += e->gold[best] > 0;
		total++;
		loss -= log((double)p[gold] + 1e-9);
	}
	printf("act right %.2f %% of %zu, log loss %.4f\n", 100.0 * (double)right / (double)total,
	       total, loss / (double)total);
}

struct guess {
	float p;
	bool is_right;
};

static int by_p(const void *a, const void *b)
{
	const struct guess *x = a, *y = b;
	return (x->p < y->p) - (x->p > y->p);
}

static void validate_targets(const struct act_examples *all, float *const *w)
{
	struct guess *g = room(all->n, sizeof *g);
	size_t n = 0, named = 0, sighted = 0, right = 0;
	for (size_t i = 0; i < all->n; i++) {
		const struct act_example *e = &all->v[i];
		if (!is_held_out(e, e->article % ACT_FOLDS))
			continue;
		named += e->is_named;
		sighted += e->is_sighted;
		if (e->n_targets < 2)
			continue;
		struct choice_weights v = choice_view(w[e->article % ACT_FOLDS], 1);
		float hidden[CHOICE_HIDDEN], p[CHOICE_CANDIDATES];
		size_t best = 0;
		for (size_t k = 0; k < e->n_targets; k++)
			choice_forward(&v, &e->targets[k], hidden, &p[k]);
		matrix_softmax(p, e->n_targets);
		for (size_t k = 1; k + 1 < e->n_targets; k++)
			best = p[k] > p[best] ? k : best;
		if (getenv("BAD") && p[best] > 0.4f)
			printf("%s %.2f %.*s\n", e->is_target[best] > 0 ? "ok" : "BAD",
			       (double)p[best], STR_ARG(e->note[best]));
		g[n++] = (struct guess){p[best], e->is_target[best] > 0};
	}
	qsort(g, n, sizeof *g, by_p);
	printf("statements with a target %zu, in sight %zu\n", named, sighted);
	double floor = 0.95;
	for (size_t i = 0; i < n; i++) {
		right += g[i].is_right;
		if (i + 1 == n || (double)g[i + 1].p < floor) {
			printf("p >= %.2f: named %zu, right %.1f %%, recall %.1f %%\n", floor,
			       i + 1, 100.0 * (double)right / (double)(i + 1),
			       100.0 * (double)right / (double)named);
			while (i + 1 < n && floor > 0 && (double)g[i + 1].p < floor)
				floor -= 0.05;
		}
	}
}

int main(int argc, char **argv)
{
	struct err e = {0};
	struct arena a;
	struct act_examples all;
	float *acts[ACT_FOLDS], *targets[ACT_FOLDS];
	if (argc != 2 && argc != 3) {
		fprintf(stderr, "usage: fit_acts DATA [OUT]\n");
		return 2;
	}
	arena_init(&a, CORPUS_BYTES);
	if (act_examples_read(argv[1], NULL, &a, &all, &e) < 0) {
		fprintf(stderr, "fit_acts: %s\n", e.message);
		return 1;
	}
	for (size_t fold = 0; fold < ACT_FOLDS; fold++) {
		acts[fold] = room(choice_size(ACT_COUNT), sizeof **acts);
		fit_acts(&all, fold, acts[fold]);
	}
	validate_acts(&all, acts);
	validate_plv(&all, acts);
	fflush(stdout);
	if (getenv("RULES"))
		return 0;
	if (act_examples_read(argv[1], acts, &a, &all, &e) < 0) {
		fprintf(stderr, "fit_acts: %s\n", e.message);
		return 1;
	}
	for (size_t fold = 0; fold < ACT_FOLDS; fold++)
		targets[fold] = room(choice_size(1), sizeof **targets);
	char sets[1000];
	snprintf(sets, sizeof sets, "%s", getenv("TSETS") ? getenv("TSETS") : "8,0.02,1e-5,0.2,0.2");
	for (char *one = strtok(sets, " "); one; one = strtok(NULL, " ")) {
		char v[5][20];
		sscanf(one, "%[^,],%[^,],%[^,],%[^,],%[^,]", v[0], v[1], v[2], v[3], v[4]);
		setenv("TROUNDS", v[0], 1);
		setenv("TRATE", v[1], 1);
		setenv("TDECAY", v[2], 1);
		setenv("TDROPF", v[3], 1);
		setenv("TDROPH", v[4], 1);
		for (size_t fold = 0; fold < ACT_FOLDS; fold++)
			fit_targets(&all, fold, targets[fold]);
		printf("== %s\n", one);
		validate_targets(&all, targets);
	}
	if (argc == 3) {
		float *w = room(choice_model_size(), sizeof *w);
		unsigned char *bytes = room(choice_model_size(), 2);
		fit_acts(&all, ACT_FOLDS, w);
		fit_targets(&all, ACT_FOLDS, w + choice_size(ACT_COUNT));
		choice_pack(w, choice_model_size(), bytes);
		const struct str body = {(const char *)bytes, 2 * choice_model_size()};
		return model_write(argv[2], CHOICE_KIND, CHOICE_VERSION, &body, 1) ? 0 : 1;
	}
	arena_release(&a);
	return 0;
}
