/* fit_coref GAP.tsv: fits the weights of data/coref.tsv and prints the table on standard output;
 * figures of a 10-fold cross-validation go to standard error.
 *
 * The model is log-linear over the mentions that a pronoun may refer to
 * (extract/entity/coref.c) and nobody. Of each case the probability of the mentions of the
 * right person is made likely; where neither name is meant, that of all others but the two. What
 * earlier pronouns mean is a feature of later ones: the passages are resolved again with the
 * weights of the round before. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "extract/analysis.h"
#include "extract/entity/coref.h"
#include "extract/extract.h"
#include "train/gap.h"

enum { FILE_BYTES = 1 << 30, ARTICLE_BYTES = 256 << 20, FOLDS = 10, ROUNDS = 3, STEPS = 250 };

/* Chosen by cross-validation. */
static const double rate = 0.1, decay = 2;

/* Both names of a case fit its pronoun, so that the cases say little of gender: what they show of
 * the other one is mostly names that data/given.tsv has wrong. Its weight is set, so far below that
 * of the fitting gender. */
enum { SAME_GENDER = COREF_AT_GENDER, OTHER_GENDER = COREF_AT_GENDER + 2 };
static const double other_gender = -3.5;

/* The passages are short: of mentions further back than they reach the weights are drawn to these
 * values, not to 0. */
static double prior_of(size_t weight)
{
	return weight == COREF_AT_SENTENCES + 6 ? -1 : weight == COREF_AT_SENTENCES + 7 ? -2 : 0;
}

struct example {
	const struct gap_case *g;
	struct coref_candidate *v;
	size_t n;
	bool *is_name[2]; /* of each candidate: is it that person? */
};

struct set {
	struct example *v;
	size_t n;
};

static uint32_t token_at(const struct text *t, struct span s)
{
	for (uint32_t i = 0; i < t->n_tokens; i++)
		if (t->tokens[i].point == s.start)
			return i;
	return UINT32_MAX;
}

static bool is_member_at(const struct entities *c, uint32_t entity, struct span s)
{
	for (size_t i = 0; i < c->n_mentions; i++) {
		const struct mention *m = &c->mentions[i];
		if (m->entity == entity && c->t->tokens[m->first].point < s.end &&
		    s.start < c->t->tokens[m->last].point_end)
			return true;
	}
	return false;
}

/* All passages, read once: parsing takes most of the time. */
struct passage {
	const struct gap_case *g;
	struct arena arena;
	struct analysis r;
	uint32_t token; /* of the pronoun, or UINT32_MAX */
};

static int read_passages(const struct engine *en, const struct gap *gap, struct passage *v,
			 struct err *e)
{
	for (size_t i = 0; i < gap->n; i++) {
		struct article article = {.text = gap->v[i].text};
		v[i].g = &gap->v[i];
		arena_init(&v[i].arena, ARTICLE_BYTES);
		if (engine_analyze(en, &article, &v[i].arena, &v[i].r, e) < 0)
			return -1;
		v[i].token = token_at(&v[i].r.text, v[i].g->pronoun);
		if (v[i].token != UINT32_MAX && !coref_pronoun_gender(&v[i].r.text, v[i].token))
			v[i].token = UINT32_MAX;
	}
	return 0;
}

/* Resolves a passage with the weights and keeps the candidates of its pronoun in `keep`. */
static int read_case(const struct coref_model *m, struct passage *p, struct arena *keep,
		     struct example *x)
{
	struct coref_candidate v[COREF_CANDIDATES + 1];
	*x = (struct example){.g = p->g};
	if (p->token == UINT32_MAX)
		return 0;
	if (coref_resolve(&p->r.entities, m) < 0)
		return -1;
	x->n = coref_candidates(&p->r.entities, p->token, v);
	x->v = arena_array(keep, x->n, sizeof *x->v);
	x->is_name[0] = arena_array(keep, x->n, 1);
	x->is_name[1] = arena_array(keep, x->n, 1);
	if (!x->v || !x->is_name[0] || !x->is_name[1])
		return -1;
	for (size_t i = 0; i < x->n; i++) {
		x->v[i] = v[i];
		for (int k = 0; k < 2; k++)
			x->is_name[k][i] = v[i].entity != MAP_NONE &&
					   is_member_at(&p->r.entities, v[i].entity, p->g->name[k]);
	}
	return 0;
}

static int read_all(const struct coref_model *m, struct passage *v, size_t n, struct arena *keep,
		    struct set *out)
{
	out->n = n;
	out->v = arena_array(keep, n, sizeof *out->v);
	if (!out->v)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (read_case(m, &v[i], keep, &out->v[i]) < 0)
			return -1;
	return 0;
}

/* Is this candidate among the right ones? Nobody is right where no name is meant. */
static bool is_right(const struct example *x, size_t i)
{
	const bool *meant = x->g->is_meant;
	if (meant[0] || meant[1])
		return (meant[0] && x->is_name[0][i]) || (meant[1] && x->is_name[1][i]);
	return !x->is_name[0][i] && !x->is_name[1][i];
}

static void add_gradient(const struct example *x, const double *w, double *gradient)
{
	double p[COREF_CANDIDATES + 1], top = -1e300, all = 0, right = 0;
	for (size_t i = 0; i < x->n; i++) {
		p[i] = 0;
		for (size_t k = 0; k < x->v[i].n; k++)
			p[i] += w[x->v[i].features[k]];
		top = p[i] > top ? p[i] : top;
	}
	for (size_t i = 0; i < x->n; i++) {
		p[i] = exp(p[i] - top);
		all += p[i];
		right += is_right(x, i) ? p[i] : 0;
	}
	if (right <= 0) /* the right name was not seen: nothing to learn */
		return;
	for (size_t i = 0; i < x->n; i++) {
		double d = (is_right(x, i) ? p[i] / right : 0) - p[i] / all;
		for (size_t k = 0; k < x->v[i].n; k++)
			gradient[x->v[i].features[k]] += d;
	}
}

/* Gradient ascent with steps scaled by weight (RMSprop's second moment, Adam's bias left out as of
 * no account over so many steps), all cases but those of the fold. */
static void fit(const struct set *s, size_t fold, struct coref_model *m)
{
	static double w[COREF_WEIGHTS], gradient[COREF_WEIGHTS], mean[COREF_WEIGHTS],
		square[COREF_WEIGHTS];
	for (size_t i = 0; i < COREF_WEIGHTS; i++)
		w[i] = mean[i] = square[i] = 0;
	w[OTHER_GENDER] = other_gender;
	for (int step = 1; step <= STEPS; step++) {
		for (size_t i = 0; i < COREF_WEIGHTS; i++)
			gradient[i] = i == OTHER_GENDER ? 0 : decay * (prior_of(i) - w[i]);
		for (size_t i = 0; i < s->n; i++)
			if (i % FOLDS != fold && s->v[i].n > 0)
				add_gradient(&s->v[i], w, gradient);
		gradient[SAME_GENDER] += gradient[OTHER_GENDER];
		for (size_t i = 0; i < COREF_WEIGHTS; i++) {
			mean[i] = 0.9 * mean[i] + 0.1 * gradient[i];
			square[i] = 0.999 * square[i] + 0.001 * gradient[i] * gradient[i];
			double m1 = mean[i] / (1 - pow(0.9, step)),
			       m2 = square[i] / (1 - pow(0.999, step));
			w[i] += rate * (1 - 0.9 * step / STEPS) * m1 / (sqrt(m2) + 1e-8);
		}
		w[OTHER_GENDER] = w[SAME_GENDER] + other_gender;
	}
	for (size_t i = 0; i < COREF_WEIGHTS; i++)
		m->w[i] = (float)w[i];
}

static void score(const struct set *s, size_t fold, const struct coref_model *m,
		  struct gap_score *out)
{
	for (size_t i = fold; i < s->n; i += FOLDS) {
		const struct example *x = &s->v[i];
		bool said[2] = {false, false};
		uint32_t who = x->n ? coref_rank(m, x->v, x->n, NULL) : MAP_NONE;
		for (size_t k = 0; who != MAP_NONE && k < x->n; k++)
			for (int j = 0; j < 2; j++)
				said[j] = said[j] || (x->v[k].entity == who && x->is_name[j][k]);
		gap_count(out, x->g, said);
	}
}

/* Fits on all but a fold (FOLDS: on all), resolving again after each round. */
static int fit_rounds(struct passage *v, size_t n, size_t fold, struct coref_model *m,
		      struct gap_score *out)
{
	int rc = 0;
	memset(m, 0, sizeof *m);
	for (int round = 0; rc == 0 && round <= ROUNDS; round++) {
		struct arena keep;
		struct set s;
		arena_init(&keep, FILE_BYTES);
		rc = read_all(m, v, n, &keep, &s);
		if (rc == 0 && round < ROUNDS)
			fit(&s, fold, m);
		else if (rc == 0 && fold < FOLDS)
			score(&s, fold, m, out);
		arena_release(&keep);
	}
	return rc;
}

static void print_table(const struct coref_model *m)
{
	printf("# Weights of the features by which he and she find whom they mean. Columns: "
	       "feature and value, weight.\n"
	       "# The features stand in extract/entity/coref.c.\n"
	       "# Origin: fitted by train/fit_coref.c on the development part of GAP (Webster "
	       "and others 2018,\n"
	       "# https://github.com/google-research-datasets/gap-coreference, Apache License "
	       "2.0). License: as the project.\n");
	for (unsigned i = 0; i < COREF_WEIGHTS; i++) {
		char name[40];
		coref_weight_name(i, name);
		if (fabsf(m->w[i]) >= 0.0005f)
			printf("%s\t%.3f\n", name, (double)m->w[i]);
	}
}

static int fit_all(const struct gap *gap, struct passage *v, struct err *e)
{
	struct gap_score s = {0};
	struct coref_model m;
	for (size_t fold = 0; fold <= FOLDS; fold++) {
		if (fit_rounds(v, gap->n, fold, &m, &s) < 0)
			return arena_full(e);
		if (fold + 1 == FOLDS)
			gap_print(stderr, &s, "10-fold cross-validation");
	}
	print_table(&m);
	return 0;
}

int main(int argc, char **argv)
{
	struct err e = {0};
	struct arena a;
	struct gap gap = {0};
	struct passage *v = NULL;
	if (argc != 2) {
		fprintf(stderr, "usage: fit_coref GAP.tsv > data/coref.tsv\n");
		return 2;
	}
	arena_init(&a, FILE_BYTES);
	struct engine *en = engine_open(&e);
	int rc = en ? gap_read(argv[1], &a, &gap, &e) : -1;
	if (rc == 0) {
		v = calloc(gap.n, sizeof *v);
		rc = v ? read_passages(en, &gap, v, &e) : arena_full(&e);
	}
	if (rc == 0)
		rc = fit_all(&gap, v, &e);
	if (rc != 0)
		fprintf(stderr, "fit_coref: %s\n", e.message);
	for (size_t i = 0; v && i < gap.n; i++)
		arena_release(&v[i].arena);
	free(v);
	engine_close(en);
	arena_release(&a);
	return rc == 0 ? 0 : 1;
}
