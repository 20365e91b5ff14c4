/* fit_positions DATA OUT: fits data/positions.bin on the train part of the coded corpus
 * (train/coded.h), some minutes on two cores.
 *
 * A network is fitted without each of some folds in turn, and what it says of the fold's articles
 * is what the weights of settling are fitted on; then one on all. Sentences written to part what
 * turns a position (train/position_sentences.tsv) are with all of them. Ties are fitted on the
 * coded objects and their issues, and on what the networks guess of the folds. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "extract/extract.h"
#include "extract/stance/position_reader.h"
#include "extract/syntax/half.h"
#include "extract/syntax/syntax.h"
#include "train/coded_sentences.h"
#include "train/hit_fit.h"
#include "train/model_write.h"
#include "train/position_fit.h"
#include "train/position_ties.h"
#include "train/room.h"
#include "train/settling_fit.h"

enum { FOLDS = 3 };

struct fitting {
	const struct vectors *vectors;
	const struct engine *en;
	struct position_cases *cases;
	size_t n_settled; /* the first of them: of articles, which have folds */
	struct arena a;
};

/* Written sentences are in none: what they are settled by is not what articles are. */
static size_t fold_of(const struct fitting *f, const struct position_case *c)
{
	bool is_written = (size_t)(c - f->cases->v) >= f->n_settled;
	return is_written ? FOLDS + 1 : c->number * 2654435761u / 65536 % FOLDS;
}

enum { THREADS = 2, JOBS = FOLDS + 1 };

struct queue {
	const struct fitting *f;
	struct position_weights *v[JOBS]; /* by all articles but those of fold k; the last by all */
	atomic_size_t next;
};

static struct position_weights *fit_network(const struct fitting *f, size_t without)
{
	size_t n = 0;
	struct position_example *x = calloc(f->cases->n, sizeof *x);
	for (size_t i = 0; x && i < f->cases->n; i++) {
		const struct position_case *c = &f->cases->v[i];
		if (c->example.weight > 0 && fold_of(f, c) != without)
			x[n++] = c->example;
	}
	struct position_weights *w = position_fit(f->vectors, x, n, POSITION_ROUNDS, POSITION_SEED);
	free(x);
	return w;
}

static void *work(void *arg)
{
	struct queue *q = arg;
	for (size_t k; (k = atomic_fetch_add(&q->next, 1)) < JOBS;)
		q->v[k] = fit_network(q->f, k);
	return NULL;
}

/* All networks: each is fitted by one thread, so that what comes out is the same on any machine. */
static void fit_all(struct queue *q)
{
	pthread_t other[THREADS - 1];
	bool is_beside[THREADS - 1];
	for (size_t k = 0; k < THREADS - 1; k++)
		is_beside[k] = pthread_create(&other[k], NULL, work, q) == 0;
	work(q);
	for (size_t k = 0; k < THREADS - 1; k++)
		if (is_beside[k])
			pthread_join(other[k], NULL);
}

/* The cases of the same article from `first` on that the engine finds: they stand together. */
static size_t found_together(const struct position_cases *cases, size_t first)
{
	size_t end = first;
	while (end < cases->n && cases->v[end].number == cases->v[first].number &&
	       cases->v[end].is_found)
		end++;
	return end - first;
}

/* To what the model's file keeps of them. */
static void round_weights(struct position_weights *w)
{
	enum { N = sizeof *w / sizeof(float) };
	unsigned char *halves = room(N, 2);
	half_pack((const float *)w, N, halves);
	half_unpack(halves, N, (float *)w);
	free(halves);
}

static void read_fold(struct fitting *f, const struct position_weights *w, size_t fold,
		      struct settling_examples *out)
{
	struct position_cases *cases = f->cases;
	struct position_room *room = room_for(&f->a, 1, sizeof *room);
	struct position_network nw = position_network_of(w);
	if (position_network_pack(&nw) < 0)
		abort();
	for (size_t i = 0, n; i < f->n_settled; i += n ? n : 1) {
		struct position_case *c = &cases->v[i];
		n = fold_of(f, c) == fold ? found_together(cases, i) : 0;
		struct position_reading *v = room_for(&f->a, n, sizeof *v);
		for (size_t k = 0; k < n; k++) {
			position_run(&nw, f->vectors, c[k].view, room);
			position_obey_cue(c[k].view, room->pass.p);
			position_reading_of(c[k].view, room->pass.p, &v[k]);
			v[k].speaker = c[k].speaker;
			v[k].attribution = c[k].attribution;
			c[k].reading = v[k];
		}
		settling_add(out, c, v, n, &f->a);
	}
	position_network_release(&nw);
}

/* Ties of what the networks guess of articles that they have not seen. */
static void add_guessed_ties(struct fitting *f, const float settling[SETTLING_WEIGHTS])
{
	static struct position_article article;
	struct position_cases *cases = f->cases;
	for (size_t i = 0, n; i < f->n_settled; i += n ? n : 1) {
		struct position_case *c = &cases->v[i];
		n = c->is_found ? found_together(cases, i) : 0;
		if (n == 0)
			continue;
		struct position_reading *v = room_for(&f->a, n, sizeof *v);
		for (size_t k = 0; k < n; k++)
			v[k] = c[k].reading;
		position_settle(settling, v, n);
		for (size_t k = 0; k < n; k++)
			c[k].reading = v[k];
		position_article_read(f->en, c->article, &article);
		position_ties_add_guessed(&article, c, n, &cases->ties);
		position_article_release(&article);
	}
}

static void fit(struct fitting *f, struct position_model *m)
{
	static struct queue q;
	static float ties[FEATURE_PLACES];
	struct settling_examples settling = {0};
	q.f = f;
	fit_all(&q);
	for (size_t fold = 0; fold < FOLDS; fold++) {
		round_weights(q.v[fold]);
		read_fold(f, q.v[fold], fold, &settling);
		free(q.v[fold]);
	}
	settling_fit(&settling, m->settling);
	settling_print(&settling, m->settling);
	m->weights = *q.v[FOLDS];
	free(q.v[FOLDS]);
	add_guessed_ties(f, m->settling);
	hit_fit(&f->cases->ties, ties);
	hit_pack(ties, &m->ties);
}

int main(int argc, char **argv)
{
	struct err e = {0};
	struct coded corpus, sentences;
	struct position_cases cases = {0};
	static struct position_model model;
	static unsigned char bytes[POSITIONS_BYTES];
	struct fitting f = {.cases = &cases};
	if (argc != 3) {
		fprintf(stderr, "usage: fit_positions DATA OUT\n");
		return 2;
	}
	arena_init(&f.a, SIZE_MAX);
	struct engine *en = engine_open_without_positions(&e);
	if (!en || coded_read(argv[1], &f.a, &corpus, &e) < 0 ||
	    coded_sentences_read("train/position_sentences.tsv", &f.a, &sentences, &e) < 0) {
		fprintf(stderr, "fit_positions: %s\n", e.message);
		return 1;
	}
	f.en = en;
	position_cases_read(en, &corpus, CODED_TRAIN, &f.a, &cases);
	f.n_settled = cases.n;
	position_cases_read(en, &sentences, CODED_TRAIN, &f.a, &cases);
	f.vectors = syntax_vectors(en->syntax);
	fit(&f, &model);
	position_model_pack(&model, bytes);
	engine_close(en);
	arena_release(&f.a);
	const struct str body = {(const char *)bytes, sizeof bytes};
	return model_write(argv[2], POSITIONS_KIND, POSITIONS_VERSION, &body, 1) ? 0 : 1;
}
