/* fit_acts DATA [OUT]: fits data/acts.bin, the choices of a statement's act and target
 * (extract/stance/choice_model.h), on the train part of the coded corpus (train/coded.h), on the
 * sentences beside it (train/coded_sentences.h), the act on plv/train.tsv and the target on
 * directed/train.tsv as well. Prints how right they are in cross-validation; without OUT no more.
 *
 * The choice of the target is told the chosen act: in fitting, one chosen by weights that did not
 * see the article. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "extract/stance/act.h"
#include "extract/stance/target.h"
#include "extract/syntax/half.h"
#include "extract/syntax/matrix.h"
#include "train/act_data.h"
#include "train/choice_fit.h"
#include "train/model_write.h"
#include "train/room.h"

enum { CORPUS_BYTES = 2000 << 20, ALL = ACT_FOLDS };

/* Chosen by cross-validation: more rounds learn words by heart. */
static const struct choice_settings ACT_SETTINGS = {10, 0.01f, 1e-5f, 0.2f, 0.2f},
				    TARGET_SETTINGS = {4, 0.02f, 1e-5f, 0.2f, 0.2f};

static bool is_lesson(const struct act_example *x, size_t fold)
{
	return x->split == CODED_TRAIN && x->article % ACT_FOLDS != fold;
}

/* With the fold left out; ALL: with nothing left out. */
static void fit_act(const struct act_examples *all, size_t fold, float *w)
{
	struct choice_case *cases = room(all->n, sizeof *cases);
	size_t n = 0;
	for (size_t i = 0; i < all->n; i++)
		if (is_lesson(&all->v[i], fold))
			cases[n++] = (struct choice_case){&all->v[i].x, all->v[i].gold, 1, 1};
	choice_fit(w, ACT_COUNT, cases, n, &ACT_SETTINGS, 7);
	free(cases);
}

static void fit_target(const struct act_examples *all, size_t fold, float *w)
{
	struct choice_case *cases = room(all->n, sizeof *cases);
	size_t n = 0;
	for (size_t i = 0; i < all->n; i++) {
		const struct act_example *x = &all->v[i];
		if (is_lesson(x, fold) && x->n_targets > 1)
			cases[n++] =
				(struct choice_case){x->targets, x->is_target, x->n_targets, 1};
	}
	choice_fit(w, TARGET_OUTCOMES, cases, n, &TARGET_SETTINGS, 9);
	free(cases);
}

/* The networks without each of the folds, and, where a file is to be written, the one with all. */
struct fits {
	const struct act_examples *all;
	void (*fit)(const struct act_examples *all, size_t fold, float *w);
	float *w[ACT_FOLDS + 1];
	size_t n;
	atomic_size_t next;
};

static void *fit_some(void *arg)
{
	struct fits *f = arg;
	for (size_t k; (k = atomic_fetch_add(&f->next, 1)) < f->n;)
		f->fit(f->all, k, f->w[k]);
	return NULL;
}

/* Each network is fitted by one thread, so that it comes out the same on any machine. */
static void fit_all(struct fits *f, size_t outcomes)
{
	pthread_t other;
	for (size_t k = 0; k < f->n; k++)
		f->w[k] = room(choice_size(outcomes), sizeof(float));
	bool is_beside = pthread_create(&other, NULL, fit_some, f) == 0;
	fit_some(f);
	if (is_beside)
		pthread_join(other, NULL);
}

/* --- cross-validation ------------------------------------------------------------------------- */

static enum act act_of(const struct act_example *e, float *const *w)
{
	struct choice_weights v = choice_view(w[e->article % ACT_FOLDS], ACT_COUNT);
	float hidden[CHOICE_HIDDEN], p[CHOICE_OUTCOMES];
	choice_forward(&v, &e->x, hidden, p);
	return act_settle(e->settled, p);
}

/* Rows: as coded, each line of a statement with its share; columns: as chosen. */
static void print_acts(double counts[ACT_COUNT][ACT_COUNT])
{
	printf("acts as coded and, in the same order, as chosen\n");
	for (size_t k = 0; k < ACT_COUNT; k++) {
		printf("  %-16s", terms_word(&terms_act, (int)k).p);
		for (size_t j = 0; j < ACT_COUNT; j++)
			printf("%5.0f", counts[k][j]);
		printf("\n");
	}
}

static void validate_acts(const struct act_examples *all, float *const *w)
{
	size_t right = 0, by_rules = 0, n = 0, n_sentences = 0, right_sentences = 0;
	double counts[ACT_COUNT][ACT_COUNT] = {{0}};
	for (size_t i = 0; i < all->n; i++) {
		const struct act_example *e = &all->v[i];
		if (e->split != CODED_TRAIN || e->is_plv)
			continue;
		enum act act = act_of(e, w);
		if (e->is_sentence) {
			n_sentences++;
			right_sentences += e->gold[act] > 0;
			continue;
		}
		right += e->gold[act] > 0;
		by_rules += e->gold[e->rule_act] > 0;
		n++;
		for (size_t k = 0; k < ACT_COUNT; k++)
			counts[k][act] += (double)e->gold[k];
	}
	printf("acts of %zu statements: %.1f %% right, by the rules alone %.1f %%; of %zu short "
	       "sentences %.1f %%\n",
	       n, 100.0 * (double)right / (double)n, 100.0 * (double)by_rules / (double)n,
	       n_sentences, 100.0 * (double)right_sentences / (double)n_sentences);
	print_acts(counts);
}

/* As the product says them: of the statement of the marked source, if it is found. */
static void validate_plv(const struct act_examples *all, float *const *w)
{
	size_t right[ACT_COUNT] = {0}, found[ACT_COUNT] = {0}, hits = 0, n = 0, classes = 0;
	double recall = 0;
	for (size_t i = 0; i < all->n; i++) {
		const struct act_example *e = &all->v[i];
		for (size_t k = 0; e->is_plv && k < ACT_COUNT; k++) {
			found[k] += e->gold[k] > 0;
			right[k] += e->gold[k] > 0 && act_of(e, w) == (enum act)k;
		}
	}
	printf("acts of plv/train.tsv, as the product says them: sentences, of them with a "
	       "statement of the marked source, with its act\n");
	for (size_t k = 0; k < ACT_COUNT; k++) {
		if (all->plv[k] == 0)
			continue;
		printf("  %-16s%5zu%5zu%5zu\n", terms_word(&terms_act, (int)k).p, all->plv[k],
		       found[k], right[k]);
		recall += (double)right[k] / (double)all->plv[k];
		hits += right[k];
		n += all->plv[k];
		classes++;
	}
	printf("  recall %.1f %%, by class %.1f %%\n", 100.0 * (double)hits / (double)n,
	       100.0 * recall / (double)classes);
}

struct guess {
	float p;
	bool is_right, is_sign_right;
};

static int by_p(const void *a, const void *b)
{
	const struct guess *x = a, *y = b;
	return (x->p < y->p) - (x->p > y->p);
}

static struct guess guess_of(const struct act_example *e, const struct choice_weights *w)
{
	float hidden[CHOICE_HIDDEN], p[CHOICE_CANDIDATES * TARGET_OUTCOMES];
	size_t best = 0;
	for (size_t k = 0; k < e->n_targets; k++)
		choice_forward(w, &e->targets[k], hidden, &p[k * TARGET_OUTCOMES]);
	matrix_softmax(p, e->n_targets * TARGET_OUTCOMES);
	for (size_t k = 1; k + 1 < e->n_targets; k++)
		if (p[2 * k] + p[2 * k + 1] > p[2 * best] + p[2 * best + 1])
			best = k;
	const float *of = &p[2 * best], *gold = &e->is_target[2 * best];
	return (struct guess){of[0] + of[1], gold[0] + gold[1] > 0, gold[of[1] > of[0]] > 0};
}

static void print_targets(const struct guess *g, size_t n, size_t named)
{
	static const float floors[] = {0.8f, 0.7f, TARGET_SURE, 0.6f, 0.5f, 0.4f, 0.3f};
	for (size_t k = 0; k < sizeof floors / sizeof *floors; k++) {
		size_t said = 0, right = 0, sign = 0;
		for (; said < n && g[said].p >= floors[k]; said++) {
			right += g[said].is_right;
			sign += g[said].is_sign_right;
		}
		printf("  from a probability of %.2f on: %zu named, %.1f %% right (their side, "
		       "too: "
		       "%.1f %%), %.1f %% found\n",
		       (double)floors[k], said, 100.0 * (double)right / (double)said,
		       100.0 * (double)sign / (double)said, 100.0 * (double)right / (double)named);
	}
}

static void validate_targets(const struct act_examples *all, float *const *w)
{
	struct guess *g = room(all->n, sizeof *g);
	size_t n = 0, named = 0, sighted = 0;
	for (size_t i = 0; i < all->n; i++) {
		const struct act_example *e = &all->v[i];
		if (e->split != CODED_TRAIN || e->is_directed || e->is_sentence)
			continue;
		named += e->is_named;
		sighted += e->is_sighted;
		struct choice_weights v = choice_view(w[e->article % ACT_FOLDS], TARGET_OUTCOMES);
		if (e->n_targets > 1)
			g[n++] = guess_of(e, &v);
	}
	qsort(g, n, sizeof *g, by_p);
	printf("targets: %zu statements have one, of %zu it is in sight\n", named, sighted);
	print_targets(g, n, named);
	free(g);
}

/* --- the file --------------------------------------------------------------------------------- */

static bool write_model(const float *act, const float *target, const char *path)
{
	size_t n = choice_model_size(), n_act = choice_size(ACT_COUNT);
	float *w = room(n, sizeof *w);
	unsigned char *bytes = room(n, 2);
	memcpy(w, act, n_act * sizeof *w);
	memcpy(w + n_act, target, (n - n_act) * sizeof *w);
	half_pack(w, n, bytes);
	const struct str body = {(const char *)bytes, 2 * n};
	bool ok = model_write(path, CHOICE_KIND, CHOICE_VERSION, &body, 1);
	free(bytes);
	free(w);
	return ok;
}

static void free_fits(struct fits *f)
{
	for (size_t k = 0; k < f->n; k++)
		free(f->w[k]);
}

int main(int argc, char **argv)
{
	struct err e = {0};
	struct arena a;
	struct act_examples acts, targets;
	if (argc != 2 && argc != 3) {
		fprintf(stderr, "usage: fit_acts DATA [OUT]\n");
		return 2;
	}
	struct fits act_fits = {.all = &acts, .fit = fit_act, .n = ACT_FOLDS + (argc == 3)},
		    target_fits = {.all = &targets, .fit = fit_target, .n = act_fits.n};
	arena_init(&a, CORPUS_BYTES);
	int rc = act_examples_read(argv[1], NULL, &a, &acts, &e);
	if (rc == 0) {
		fit_all(&act_fits, ACT_COUNT);
		validate_acts(&acts, act_fits.w);
		validate_plv(&acts, act_fits.w);
		rc = act_examples_read(argv[1], act_fits.w, &a, &targets, &e);
	}
	bool ok = rc == 0;
	if (ok) {
		fit_all(&target_fits, TARGET_OUTCOMES);
		validate_targets(&targets, target_fits.w);
		ok = argc == 2 || write_model(act_fits.w[ALL], target_fits.w[ALL], argv[2]);
	} else {
		fprintf(stderr, "fit_acts: %s\n", e.message);
	}
	free_fits(&act_fits);
	free_fits(&target_fits);
	arena_release(&a);
	return ok ? 0 : 1;
}
