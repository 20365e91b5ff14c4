/* Fits the network of the syntax on Universal Dependencies treebanks and on news, and writes its
 *model file.
 *
 *	fit_syntax DATA OUT
 *
 * DATA holds ud/ewt-train.conllu and ud/gum-train.conllu, from which two networks learn first, and
 *the news whose trees these then vote on (news.h), from which the third one learns beside the
 *treebanks. Two threads share each batch in a fixed way, so that the same data gives the same file
 *on the same kind of processor. */
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/embed.h"
#include "train/gradient.h"
#include "train/model_write.h"
#include "train/news.h"
#include "train/random.h"
#include "train/room.h"

EMBED(embedded_vectors, "data/vectors.bin");

enum {
	THREADS = 2,
	VOTERS = 2,
	VOTER_EPOCHS = 36,
	EPOCHS = 14,
	BATCH_TOKENS = 700,
	SENTENCE_MAX = 150,
	RARE = 10,
	WARM_STEPS = 300
};

static const uint64_t SEEDS[VOTERS + 1] = {12345, 777, 4242};

/* Adam (Kingma and Ba 2015): the rate rises over the first steps, stays, and falls in a line to
 * nothing. */
static const float RATE = 0.003f, TABLE_RATE = 0.5f, KEEP = 0.9f, KEEP_SQUARE = 0.98f,
		   FALL_FROM = 0.3f, TINY = 1e-7f, TABLE_TINY = 1e-5f;

static const struct {
	size_t offset;
	uint32_t rows, size;
} tables[TABLE_COUNT] = {
#define X(name, part, rows, size)                                                                  \
	{offsetof(struct network_weights, table_##name) / sizeof(float), rows, size},
	NETWORK_TABLES(X)
#undef X
};

enum { ALL_FLOATS = offsetof(struct network_weights, known) / sizeof(float) };

struct fit {
	struct network network;
	struct network_weights *w;
	float *mean, *square; /* Adam's, of each float */
	struct lesson *lessons;
	size_t n_lessons;
	const struct lesson **order; /* of one epoch */
	size_t n_order, n_tokens;
	uint64_t seed;
	float step;
	/* The threads and what they are given. */
	struct gradient *gradients[THREADS];
	const struct lesson *batch[THREADS][GRADIENT_SENTENCES];
	size_t batch_sentences[THREADS], batch_tokens[THREADS];
	double loss[THREADS];
	pthread_barrier_t barrier;
	bool is_over;
};

/* --- lessons ---------------------------------------------------------------------------------- */

static uint32_t *count_words(const struct treebank *b)
{
	uint32_t *counts = room(KNOWN_BITS, sizeof *counts);
	for (size_t k = 0; k < b->n; k++)
		for (size_t i = 0; i < b->trees[k].n; i++) {
			struct form_hashes v;
			form_hashes_of(b->trees[k].forms[i], &v);
			counts[v.low % KNOWN_BITS]++;
			if (v.form != v.low)
				counts[v.form % KNOWN_BITS]++;
		}
	return counts;
}

/* The first n_twice trees are learnt twice an epoch. */
static void make_lessons(struct fit *f, const struct treebank *b, size_t n_twice)
{
	uint32_t *counts = count_words(b);
	for (size_t i = 0; i < KNOWN_BITS; i++)
		if (counts[i] >= 2)
			f->w->known[i / 8] |= (uint8_t)(1 << i % 8);
	f->lessons = room(b->n, sizeof *f->lessons);
	f->order = room(b->n + n_twice, sizeof *f->order);
	for (size_t k = 0; k < b->n; k++) {
		const struct tree *t = &b->trees[k];
		struct network_token *tokens = room(t->n, sizeof *tokens);
		bool *is_rare = room(t->n, sizeof *is_rare);
		if (t->n > SENTENCE_MAX)
			continue;
		for (size_t i = 0; i < t->n; i++) {
			struct form_hashes v;
			form_hashes_of(t->forms[i], &v);
			network_look_up(&f->network, t->forms[i], &tokens[i]);
			is_rare[i] = counts[v.low % KNOWN_BITS] < RARE;
		}
		struct lesson *l = &f->lessons[f->n_lessons++];
		*l = (struct lesson){tokens, t->gold, is_rare, (uint32_t)t->n};
		for (size_t times = k < n_twice ? 2 : 1; times > 0; times--) {
			f->order[f->n_order++] = l;
			f->n_tokens += t->n;
		}
	}
	free(counts);
}

/* --- weights ---------------------------------------------------------------------------------- */

static void draw(struct fit *f, float *w, size_t n, size_t in, size_t out)
{
	float bound = sqrtf(6.0f / (float)(in + out)); /* Glorot and Bengio 2010 */
	for (size_t i = 0; i < n; i++)
		w[i] = (2 * random_unit(&f->seed) - 1) * bound;
}

static void draw_weights(struct fit *f)
{
#define DRAW(field, in, out) draw(f, f->w->field, sizeof f->w->field / sizeof(float), in, out)
	DRAW(input, INPUT, STATE);
	for (size_t l = 0; l < LAYERS; l++) {
		DRAW(layers[l].cell, STATE, HALF);
		for (size_t d = 0; d < STATE;
		     d++) { /* at first, remember, and let the input through */
			f->w->layers[l].forget_bias[d] = 1;
			f->w->layers[l].reset_bias[d] = -0.5f;
		}
	}
	DRAW(parts, STATE, ARC);
	DRAW(arc, ARC, ARC);
	DRAW(arc_root, ARC, 1);
	DRAW(relation, RELATION, DEPREL_COUNT);
	DRAW(relation_root, RELATION, 1);
	DRAW(tag, STATE, XPOS_COUNT);
#undef DRAW
	for (size_t t = 0; t < TABLE_COUNT; t++)
		for (size_t i = 0; i < (size_t)tables[t].rows * tables[t].size; i++)
			((float *)f->w)[tables[t].offset + i] =
				0.15f * (2 * random_unit(&f->seed) - 1);
}

static float rate_at(const struct fit *f, double done)
{
	float warm = f->step < WARM_STEPS ? f->step / WARM_STEPS : 1;
	float fall = done < (double)FALL_FROM ? 1 : (1 - (float)done) / (1 - FALL_FROM) + 0.005f;
	return RATE * warm * fall;
}

static void adapt(struct fit *f, size_t i, float slope, float rate, float tiny)
{
	float *w = (float *)f->w + i;
	f->mean[i] = KEEP * f->mean[i] + (1 - KEEP) * slope;
	f->square[i] = KEEP_SQUARE * f->square[i] + (1 - KEEP_SQUARE) * slope * slope;
	*w -= rate * f->mean[i] / (sqrtf(f->square[i]) + tiny);
}

static void take_step(struct fit *f, double done)
{
	float scale = 0, rate = rate_at(f, done);
	for (size_t k = 0; k < THREADS; k++)
		scale += (float)f->batch_tokens[k];
	scale = 1 / scale;
	const float *a = gradient_dense(f->gradients[0]), *b = gradient_dense(f->gradients[1]);
	float unbiased = rate * sqrtf(1 - powf(KEEP_SQUARE, f->step)) / (1 - powf(KEEP, f->step));
	for (size_t i = 0; i < DENSE_FLOATS; i++)
		adapt(f, i, (a[i] + b[i]) * scale, unbiased, TINY);
	for (size_t k = 0; k < THREADS; k++) {
		size_t n;
		const struct row_gradient *r = gradient_rows(f->gradients[k], &n);
		for (size_t i = 0; i < n; i++) {
			size_t at = tables[r[i].table].offset +
				    (size_t)r[i].row * tables[r[i].table].size;
			for (size_t d = 0; d < tables[r[i].table].size; d++)
				adapt(f, at + d, r[i].d[d] * scale, rate * TABLE_RATE, TABLE_TINY);
		}
	}
}

/* --- the loop --------------------------------------------------------------------------------- */

static void *work(void *arg)
{
	struct fit *f = arg;
	for (;;) {
		pthread_barrier_wait(&f->barrier);
		if (f->is_over)
			return NULL;
		f->loss[1] = gradient_take(f->gradients[1], f->batch[1], f->batch_sentences[1]);
		pthread_barrier_wait(&f->barrier);
	}
}

/* Deals the next sentences out to the threads; returns where it stopped. */
static size_t deal(struct fit *f, size_t at)
{
	memset(f->batch_sentences, 0, sizeof f->batch_sentences);
	memset(f->batch_tokens, 0, sizeof f->batch_tokens);
	while (at < f->n_order && f->batch_tokens[0] + f->batch_tokens[1] < BATCH_TOKENS) {
		const struct lesson *l = f->order[at++];
		size_t to = f->batch_tokens[1] < f->batch_tokens[0];
		f->batch[to][f->batch_sentences[to]++] = l;
		f->batch_tokens[to] += l->n;
	}
	return at;
}

static void shuffle(struct fit *f)
{
	for (size_t i = f->n_order; i > 1; i--) {
		size_t k = random_next(&f->seed) % i;
		const struct lesson *x = f->order[i - 1];
		f->order[i - 1] = f->order[k];
		f->order[k] = x;
	}
}

static double run_epoch(struct fit *f, size_t epoch, size_t epochs)
{
	double loss = 0;
	shuffle(f);
	for (size_t at = 0; at < f->n_order;) {
		at = deal(f, at);
		pthread_barrier_wait(&f->barrier);
		f->loss[0] = gradient_take(f->gradients[0], f->batch[0], f->batch_sentences[0]);
		pthread_barrier_wait(&f->barrier);
		if (f->batch_sentences[1] ==
		    0) /* the very last sentence may come alone: not worth a step */
			break;
		f->step++;
		take_step(f, ((double)epoch + (double)at / (double)f->n_order) / (double)epochs);
		loss += f->loss[0] + f->loss[1];
	}
	return loss / (double)f->n_tokens;
}

static void run(struct fit *f, size_t epochs)
{
	pthread_t thread;
	for (uint64_t k = 0; k < THREADS; k++)
		f->gradients[k] = gradient_new(&f->network, 111 + 111 * k);
	if (pthread_barrier_init(&f->barrier, NULL, THREADS) ||
	    pthread_create(&thread, NULL, work, f))
		exit(1);
	for (size_t e = 0; e < epochs; e++) {
		time_t start = time(NULL);
		double loss = run_epoch(f, e, epochs);
		fprintf(stderr, "epoch %zu of %zu: loss %.3f a token, %ld s\n", e + 1, epochs, loss,
			(long)(time(NULL) - start));
	}
	f->is_over = true;
	pthread_barrier_wait(&f->barrier);
	pthread_join(thread, NULL);
	for (size_t k = 0; k < THREADS; k++)
		gradient_free(f->gradients[k]);
}

static struct vectors open_vectors(void)
{
	struct err e = {0};
	struct model_file file;
	struct vectors v;
	if (model_file_embedded(&file, EMBEDDED(embedded_vectors), "vectors.bin", VECTORS_KIND,
				VECTORS_VERSION, &e) < 0 ||
	    vectors_view(&v, file.body, &e) < 0) {
		fprintf(stderr, "%s\n", e.message);
		exit(1);
	}
	return v;
}

/* Fits a network from the start. What it is given must outlive it. */
static struct network_weights *fit_network(const struct vectors *v, const struct treebank *b,
					   size_t n_twice, uint64_t seed, size_t epochs)
{
	struct fit *f = room(1, sizeof *f);
	f->w = room(1, sizeof *f->w);
	f->mean = room(ALL_FLOATS, sizeof *f->mean);
	f->square = room(ALL_FLOATS, sizeof *f->square);
	f->network = network_of(f->w, v);
	f->seed = seed;
	make_lessons(f, b, n_twice);
	draw_weights(f);
	run(f, epochs);
	struct network_weights *w = f->w;
	free(f->mean);
	free(f->square);
	free(f->lessons);
	free(f->order);
	free(f);
	return w;
}

int main(int argc, char **argv)
{
	if (argc != 3) {
		fprintf(stderr, "usage: fit_syntax DATA OUT\n");
		return 2;
	}
	static const char *const names[] = {"ewt-train", "gum-train"};
	struct network voters[VOTERS];
	struct vectors v = open_vectors();
	struct treebank b = {0};
	char path[4096];
	for (size_t k = 0; k < 2; k++) {
		snprintf(path, sizeof path, "%s/ud/%s.conllu", argv[1], names[k]);
		treebank_read(&b, path);
	}
	treebank_split_infinitives(&b);
	for (size_t k = 0; k < VOTERS; k++)
		voters[k] = network_of(fit_network(&v, &b, 0, SEEDS[k], VOTER_EPOCHS), &v);
	size_t n_gold = b.n;
	news_read(&b, argv[1]);
	news_vote(&b, n_gold, voters, VOTERS);
	struct network_weights *w = fit_network(&v, &b, n_gold, SEEDS[VOTERS], EPOCHS);
	const struct str body = {(char *)w, sizeof *w};
	return model_write(argv[2], NETWORK_KIND, NETWORK_VERSION, &body, 1) ? 0 : 1;
}
