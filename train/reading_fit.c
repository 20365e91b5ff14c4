/* Gradients by hand, steps by Adam (Kingma and Ba 2015). */
#include "train/reading_fit.h"

#include <math.h>
#include <string.h>

#include "extract/syntax/matrix.h"
#include "train/backprop.h"
#include "train/random.h"
#include "train/room.h"

/* Chosen on folds of the train part. */
enum { ROUNDS = 6, BATCH_TOKENS = 640, BATCH_CANDIDATES = 6000, CASE_CANDIDATES = 400 };
static const float rate = 2e-3f, decay = 1e-2f, drop_state = 0.15f, drop_hidden = 0.25f;
/* How much a difference of the views counts beside the answer. */
static const double agree = 1;

enum { H = READING_HIDDEN, FACTS = READING_FACT_ROWS };

void reading_cases_release(struct reading_cases *c)
{
	free(c->cases);
	free(c->v);
	free(c->is_right);
	*c = (struct reading_cases){.views = c->views};
}

static void *grown(void *old, size_t n, size_t size)
{
	void *v = realloc(old, n * size);
	if (!v) {
		fprintf(stderr, "memory is used up\n");
		exit(1);
	}
	return v;
}

void reading_cases_add(struct reading_cases *c, const struct sighting v[VIEWS], bool is_right)
{
	if (c->n == c->cap) {
		c->cap = c->cap ? 2 * c->cap : 65536;
		c->v = grown(c->v, c->cap, sizeof *c->v);
		c->is_right = grown(c->is_right, c->cap, sizeof *c->is_right);
	}
	memcpy(c->v[c->n], v, sizeof *c->v);
	c->is_right[c->n++] = is_right;
}

void reading_cases_end(struct reading_cases *c, uint32_t article)
{
	if (c->n_cases == c->cap_cases) {
		c->cap_cases = c->cap_cases ? 2 * c->cap_cases : 4096;
		c->cases = grown(c->cases, c->cap_cases, sizeof *c->cases);
	}
	c->cases[c->n_cases++] =
		(struct reading_case){article, (uint32_t)(c->n - c->n_ended), c->n_ended};
	c->n_ended = c->n;
}

/* --- one network ------------------------------------------------------------------------------ */

/* All that is fitted of a stage in one row: matrix, facts, bias, out. */
struct fit {
	const struct reading_cases *c;
	size_t columns, n_weights;
	float *w, *d, *mean, *square, *sum;
	float *fact, *bias, *out; /* in w */
	size_t steps, n_steps;
	uint64_t seed;
};

/* A batch in one view. */
struct batch {
	float *x, *turned, *p, *d_p; /* by token */
	uint32_t *slot_of, *stamp;   /* by token of the corpus */
	uint32_t time, n_tokens;
	float *h, *score, *d_score; /* by candidate */
	float mask[H], state_mask[STATE_SIZE];
};

static uint32_t slot_of(struct batch *b, const struct text *t, size_t base, uint32_t token)
{
	size_t at = base + token;
	if (b->stamp[at] == b->time)
		return b->slot_of[at];
	float *x = b->x + (size_t)b->n_tokens * STATE_SIZE;
	state_unpack(t->states, token, x);
	for (size_t d = 0; d < STATE_SIZE; d++)
		x[d] *= b->state_mask[d];
	b->stamp[at] = b->time;
	return b->slot_of[at] = b->n_tokens++;
}

struct span_of_cases {
	const size_t *order;
	size_t n;
};

static void for_tokens(const struct fit *f, struct batch *b, const struct span_of_cases *s,
		       unsigned view, const size_t *base)
{
	b->time++;
	b->n_tokens = 0;
	for (size_t k = 0; k < s->n; k++) {
		const struct reading_case *c = &f->c->cases[s->order[k]];
		const struct text *t = &f->c->views[view].v[c->article].text;
		for (size_t i = c->first; i < c->first + c->n; i++)
			for (size_t place = 0; place < READING_PLACES; place++)
				if (f->c->v[i][view].place[place] != FOREST_NONE)
					slot_of(b, t, base[c->article],
						f->c->v[i][view].place[place]);
	}
	memset(b->p, 0, b->n_tokens * f->columns * sizeof *b->p);
	matrix_multiply(b->x, STATE_SIZE, f->w, f->columns, b->p, f->columns, b->n_tokens,
			STATE_SIZE, f->columns);
}

static void forward(const struct fit *f, struct batch *b, const struct span_of_cases *s,
		    unsigned view, const size_t *base)
{
	size_t at = 0;
	for (size_t k = 0; k < s->n; k++) {
		const struct reading_case *c = &f->c->cases[s->order[k]];
		for (size_t i = c->first; i < c->first + c->n; i++, at++) {
			const struct sighting *r = &f->c->v[i][view];
			float *h = b->h + at * H, sum = 0;
			memcpy(h, f->bias, H * sizeof *h);
			for (size_t place = 0; place < f->columns / H; place++)
				if (r->place[place] != FOREST_NONE) {
					const float *p =
						b->p +
						b->slot_of[base[c->article] + r->place[place]] *
							f->columns +
						place * H;
					for (size_t d = 0; d < H; d++)
						h[d] += p[d];
				}
			for (size_t q = 0; q < READING_FACTS; q++)
				for (size_t d = 0; d < H; d++)
					h[d] += f->fact[r->fact[q] * (size_t)H + d];
			for (size_t d = 0; d < H; d++) {
				h[d] = h[d] > 0 ? h[d] : READING_LEAK * h[d];
				sum += h[d] * b->mask[d] * f->out[d];
			}
			b->score[at] = sum;
		}
	}
}

static void backward(const struct fit *f, struct batch *b, const struct span_of_cases *s,
		     unsigned view, const size_t *base)
{
	float *d_fact = f->d + (f->fact - f->w), *d_bias = f->d + (f->bias - f->w),
	      *d_out = f->d + (f->out - f->w);
	size_t at = 0;
	memset(b->d_p, 0, b->n_tokens * f->columns * sizeof *b->d_p);
	for (size_t k = 0; k < s->n; k++) {
		const struct reading_case *c = &f->c->cases[s->order[k]];
		for (size_t i = c->first; i < c->first + c->n; i++, at++) {
			const struct sighting *r = &f->c->v[i][view];
			float g = b->d_score[at], dz[H];
			if (fabsf(g) < 1e-5f)
				continue;
			for (size_t d = 0; d < H; d++) {
				float h = b->h[at * H + d];
				d_out[d] += g * h * b->mask[d];
				dz[d] = g * b->mask[d] * f->out[d] * (h > 0 ? 1 : READING_LEAK);
				d_bias[d] += dz[d];
			}
			for (size_t q = 0; q < READING_FACTS; q++)
				for (size_t d = 0; d < H; d++)
					d_fact[r->fact[q] * (size_t)H + d] += dz[d];
			for (size_t place = 0; place < f->columns / H; place++)
				if (r->place[place] != FOREST_NONE) {
					float *p = b->d_p +
						   b->slot_of[base[c->article] + r->place[place]] *
							   f->columns +
						   place * H;
					for (size_t d = 0; d < H; d++)
						p[d] += dz[d];
				}
		}
	}
	backprop_transpose(b->x, STATE_SIZE, b->turned, b->n_tokens, STATE_SIZE);
	matrix_multiply(b->turned, b->n_tokens, b->d_p, f->columns, f->d, f->columns, STATE_SIZE,
			b->n_tokens, f->columns);
}

/* Probabilities of a case's candidates; of a single one, that it is right. */
static void probabilities(const float *score, size_t n, double *p)
{
	double top = -INFINITY, sum = 0;
	if (n == 1) {
		p[0] = 1 / (1 + exp(-(double)score[0]));
		return;
	}
	for (size_t i = 0; i < n; i++)
		top = (double)score[i] > top ? (double)score[i] : top;
	for (size_t i = 0; i < n; i++)
		sum += p[i] = exp((double)score[i] - top);
	for (size_t i = 0; i < n; i++)
		p[i] /= sum;
}

/* Derivatives of the loss: that of the answer, and how far each view's probabilities are from the
 * other's. */
static double take_loss(const struct fit *f, struct batch *b, const struct span_of_cases *s)
{
	double p[VIEWS][CASE_CANDIDATES], loss = 0;
	size_t at = 0;
	for (size_t k = 0; k < s->n; k++) {
		const struct reading_case *c = &f->c->cases[s->order[k]];
		const bool *right = f->c->is_right + c->first;
		for (unsigned v = 0; v < VIEWS; v++)
			probabilities(b[v].score + at, c->n, p[v]);
		for (unsigned v = 0; v < VIEWS; v++) {
			double mass = 0;
			for (size_t i = 0; i < c->n; i++)
				mass += right[i] ? p[v][i] : 0;
			if (c->n == 1)
				loss -= log(1e-12 + (right[0] ? p[v][0] : 1 - p[v][0]));
			else
				loss -= log(mass + 1e-12);
			for (size_t i = 0; i < c->n; i++) {
				double gold = c->n == 1	 ? right[0]
					      : right[i] ? p[v][i] / (mass + 1e-12)
							 : 0;
				b[v].d_score[at + i] =
					(float)(p[v][i] - gold + agree * (p[v][i] - p[1 - v][i])) /
					VIEWS;
			}
		}
		at += c->n;
	}
	return loss / VIEWS;
}

static void step(struct fit *f, size_t n)
{
	float at = rate * (1 - (float)f->steps / (float)f->n_steps);
	f->steps++;
	float m = 1 - powf(0.9f, (float)f->steps), q = 1 - powf(0.999f, (float)f->steps);
	for (size_t i = 0; i < f->n_weights; i++) {
		float g = f->d[i] / (float)n;
		f->mean[i] = 0.9f * f->mean[i] + 0.1f * g;
		f->square[i] = 0.999f * f->square[i] + 0.001f * g * g;
		f->w[i] -=
			at * (f->mean[i] / m / (sqrtf(f->square[i] / q) + 1e-8f) + decay * f->w[i]);
	}
	memset(f->d, 0, f->n_weights * sizeof *f->d);
}

/* How many of the next cases make a batch. */
static size_t batch_size(const struct fit *f, const size_t *order, size_t n)
{
	size_t k = 0, tokens = 0, candidates = 0;
	while (k < n) {
		const struct reading_case *c = &f->c->cases[order[k]];
		/* Starts and ends are shared: of many candidates there are few tokens. */
		size_t more = c->n == 1 ? 2 : c->n < 20 ? c->n * 3 : 60;
		if (k > 0 && (tokens + more > BATCH_TOKENS || candidates + c->n > BATCH_CANDIDATES))
			break;
		tokens += more;
		candidates += c->n;
		k++;
	}
	return k;
}

static double run_round(struct fit *f, struct batch *b, size_t *order, size_t n, const size_t *base)
{
	double loss = 0;
	for (size_t i = n; i > 1; i--) {
		size_t k = random_next(&f->seed) % i, kept = order[i - 1];
		order[i - 1] = order[k];
		order[k] = kept;
	}
	for (size_t at = 0, k; at < n; at += k) {
		k = batch_size(f, order + at, n - at);
		struct span_of_cases s = {order + at, k};
		for (size_t d = 0; d < STATE_SIZE; d++)
			b[0].state_mask[d] = b[1].state_mask[d] =
				random_unit(&f->seed) < drop_state ? 0 : 1 / (1 - drop_state);
		for (size_t d = 0; d < H; d++)
			b[0].mask[d] = b[1].mask[d] =
				random_unit(&f->seed) < drop_hidden ? 0 : 1 / (1 - drop_hidden);
		for (unsigned v = 0; v < VIEWS; v++) {
			for_tokens(f, &b[v], &s, v, base);
			forward(f, &b[v], &s, v, base);
		}
		loss += take_loss(f, b, &s);
		for (unsigned v = 0; v < VIEWS; v++)
			backward(f, &b[v], &s, v, base);
		step(f, k);
	}
	return loss / (double)(n ? n : 1);
}

/* --- all -------------------------------------------------------------------------------------- */

enum { TOKENS_ROOM = 16384, CANDIDATES_ROOM = BATCH_CANDIDATES + CASE_CANDIDATES };

static void batch_init(struct batch *b, size_t columns, size_t n_tokens)
{
	*b = (struct batch){.x = room((size_t)TOKENS_ROOM * STATE_SIZE, sizeof(float)),
			    .turned = room((size_t)TOKENS_ROOM * STATE_SIZE, sizeof(float)),
			    .p = room(TOKENS_ROOM * columns, sizeof(float)),
			    .d_p = room(TOKENS_ROOM * columns, sizeof(float)),
			    .slot_of = room(n_tokens, sizeof(uint32_t)),
			    .stamp = room(n_tokens, sizeof(uint32_t)),
			    .h = room((size_t)CANDIDATES_ROOM * H, sizeof(float)),
			    .score = room(CANDIDATES_ROOM, sizeof(float)),
			    .d_score = room(CANDIDATES_ROOM, sizeof(float))};
}

static void batch_release(struct batch *b)
{
	float *floats[] = {b->x, b->turned, b->p, b->d_p, b->h, b->score, b->d_score};
	for (size_t i = 0; i < sizeof floats / sizeof *floats; i++)
		free(floats[i]);
	free(b->slot_of);
	free(b->stamp);
}

static void fit_init(struct fit *f, const struct reading_cases *c, enum stage stage)
{
	*f = (struct fit){
		.c = c, .columns = (size_t)reading_places(stage) * H, .seed = 88172645463325252u};
	size_t matrix = STATE_SIZE * f->columns;
	f->n_weights = matrix + (size_t)FACTS * H + 2 * (size_t)H;
	float **rows[] = {&f->w, &f->d, &f->mean, &f->square};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		*rows[i] = room(f->n_weights, sizeof(float));
	f->fact = f->w + matrix;
	f->bias = f->fact + (size_t)FACTS * H;
	f->out = f->bias + H;
	for (size_t i = 0; i < matrix; i++)
		f->w[i] = (random_unit(&f->seed) - 0.5f) * 2 / sqrtf(STATE_SIZE);
	for (size_t i = 0; i < H; i++)
		f->out[i] = (random_unit(&f->seed) - 0.5f) * 2 / sqrtf(H);
}

static void fit_end(struct fit *f, enum stage stage, struct reading_weights *out)
{
	memcpy((float *)reading_matrix(out, stage), f->w, STATE_SIZE * f->columns * sizeof *f->w);
	memcpy(out->fact[stage], f->fact, sizeof out->fact[stage]);
	memcpy(out->bias[stage], f->bias, sizeof out->bias[stage]);
	memcpy(out->out[stage], f->out, sizeof out->out[stage]);
	float *rows[] = {f->w, f->d, f->mean, f->square};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		free(rows[i]);
}

void reading_fit(const struct reading_cases *c, enum stage stage, int fold, int folds,
		 struct reading_weights *out)
{
	struct fit f;
	struct batch b[VIEWS];
	size_t n = 0, n_tokens = 1, *order = room(c->n_cases + 1, sizeof *order),
	       *base = room(c->views->n + 1, sizeof *base);
	for (size_t i = 0; i < c->views->n; i++) {
		base[i] = n_tokens;
		n_tokens += c->views->v[i].text.n_tokens;
	}
	for (size_t i = 0; i < c->n_cases; i++)
		if (fold < 0 || (int)(c->cases[i].article % (uint32_t)folds) != fold)
			order[n++] = i;
	fit_init(&f, c, stage);
	for (unsigned v = 0; v < VIEWS; v++)
		batch_init(&b[v], f.columns, n_tokens);
	for (size_t at = 0, k; at < n; at += k, f.n_steps++)
		k = batch_size(&f, order + at, n - at);
	f.n_steps = f.n_steps * ROUNDS + ROUNDS * f.n_steps / 20 + ROUNDS;
	for (int round = 0; round < ROUNDS; round++) {
		double loss = run_round(&f, b, order, n, base);
		fprintf(stderr, "stage %d, fold %d, round %d: loss %.4f\n", (int)stage, fold, round,
			loss);
	}
	fit_end(&f, stage, out);
	for (unsigned v = 0; v < VIEWS; v++)
		batch_release(&b[v]);
	free(order);
	free(base);
}
