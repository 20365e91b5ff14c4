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

enum { H = READING_HIDDEN, FACTS = READING_FACT_ROWS, PLACE = READING_INPUT * READING_HIDDEN };

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

/* All that is fitted of a network in one row: matrices, facts, bias, out. */
struct fit {
	const struct reading_cases *c;
	size_t n_places, n_weights;
	float *w, *d, *mean, *square, *sum;
	float *fact, *bias, *out; /* in w */
	size_t steps, n_steps;
	uint64_t seed;
};

/* What a place of the candidates of a batch gives: a row for each token. */
struct place_rows {
	float *x, *p, *d_p;
	uint32_t *slot_of, *stamp; /* by token of the corpus */
	uint32_t n;
};

/* A batch in one view. */
struct batch {
	struct place_rows place[READING_PLACES];
	float *turned;
	uint32_t time;
	float *h, *score, *d_score; /* by candidate */
	float mask[H], input_mask[READING_INPUT];
};

static void add_token(struct batch *b, size_t place, const struct text *t, size_t base,
		      uint32_t token)
{
	struct place_rows *r = &b->place[place];
	size_t at = base + token;
	if (r->stamp[at] == b->time)
		return;
	float *x = r->x + (size_t)r->n * READING_INPUT;
	reading_input(t, token, x);
	for (size_t d = 0; d < READING_INPUT; d++)
		x[d] *= b->input_mask[d];
	r->stamp[at] = b->time;
	r->slot_of[at] = r->n++;
}

struct span_of_cases {
	const size_t *order;
	size_t n;
};

static void for_tokens(const struct fit *f, struct batch *b, const struct span_of_cases *s,
		       unsigned view, const size_t *base)
{
	b->time++;
	for (size_t place = 0; place < f->n_places; place++) {
		struct place_rows *r = &b->place[place];
		r->n = 0;
		for (size_t k = 0; k < s->n; k++) {
			const struct reading_case *c = &f->c->cases[s->order[k]];
			const struct text *t = &f->c->views[view].v[c->article].text;
			for (size_t i = c->first; i < c->first + c->n; i++)
				if (f->c->v[i][view].place[place] != FOREST_NONE)
					add_token(b, place, t, base[c->article],
						  f->c->v[i][view].place[place]);
		}
		memset(r->p, 0, r->n * (size_t)H * sizeof *r->p);
		matrix_multiply(r->x, READING_INPUT, f->w + place * PLACE, H, r->p, H, r->n,
				READING_INPUT, H);
	}
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
			for (size_t place = 0; place < f->n_places; place++) {
				const struct place_rows *rows = &b->place[place];
				if (r->place[place] == FOREST_NONE)
					continue;
				const float *p =
					rows->p +
					(size_t)rows->slot_of[base[c->article] + r->place[place]] *
						H;
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

/* Of one candidate, whose score's derivative is g. */
static void backward_candidate(const struct fit *f, struct batch *b, const struct sighting *r,
			       const float *h, float g, size_t base)
{
	float *d_fact = f->d + (f->fact - f->w), *d_bias = f->d + (f->bias - f->w),
	      *d_out = f->d + (f->out - f->w), dz[H];
	for (size_t d = 0; d < H; d++) {
		d_out[d] += g * h[d] * b->mask[d];
		dz[d] = g * b->mask[d] * f->out[d] * (h[d] > 0 ? 1 : READING_LEAK);
		d_bias[d] += dz[d];
	}
	for (size_t q = 0; q < READING_FACTS; q++)
		for (size_t d = 0; d < H; d++)
			d_fact[r->fact[q] * (size_t)H + d] += dz[d];
	for (size_t place = 0; place < f->n_places; place++) {
		struct place_rows *rows = &b->place[place];
		if (r->place[place] == FOREST_NONE)
			continue;
		float *p = rows->d_p + (size_t)rows->slot_of[base + r->place[place]] * H;
		for (size_t d = 0; d < H; d++)
			p[d] += dz[d];
	}
}

static void backward(const struct fit *f, struct batch *b, const struct span_of_cases *s,
		     unsigned view, const size_t *base)
{
	size_t at = 0;
	for (size_t place = 0; place < f->n_places; place++)
		memset(b->place[place].d_p, 0, b->place[place].n * (size_t)H * sizeof(float));
	for (size_t k = 0; k < s->n; k++) {
		const struct reading_case *c = &f->c->cases[s->order[k]];
		for (size_t i = c->first; i < c->first + c->n; i++, at++)
			if (fabsf(b->d_score[at]) >= 1e-5f)
				backward_candidate(f, b, &f->c->v[i][view], b->h + at * H,
						   b->d_score[at], base[c->article]);
	}
	for (size_t place = 0; place < f->n_places; place++) {
		const struct place_rows *r = &b->place[place];
		backprop_transpose(r->x, READING_INPUT, b->turned, r->n, READING_INPUT);
		matrix_multiply(b->turned, r->n, r->d_p, H, f->d + place * PLACE, H, READING_INPUT,
				r->n, H);
	}
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
		for (size_t d = 0; d < READING_INPUT; d++)
			b[0].input_mask[d] = b[1].input_mask[d] =
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

enum { CANDIDATES_ROOM = BATCH_CANDIDATES + CASE_CANDIDATES };

static void batch_init(struct batch *b, size_t n_places, size_t n_tokens)
{
	*b = (struct batch){.turned = room((size_t)CANDIDATES_ROOM * READING_INPUT, sizeof(float)),
			    .h = room((size_t)CANDIDATES_ROOM * H, sizeof(float)),
			    .score = room(CANDIDATES_ROOM, sizeof(float)),
			    .d_score = room(CANDIDATES_ROOM, sizeof(float))};
	for (size_t place = 0; place < n_places; place++)
		b->place[place] = (struct place_rows){
			.x = room((size_t)CANDIDATES_ROOM * READING_INPUT, sizeof(float)),
			.p = room((size_t)CANDIDATES_ROOM * H, sizeof(float)),
			.d_p = room((size_t)CANDIDATES_ROOM * H, sizeof(float)),
			.slot_of = room(n_tokens, sizeof(uint32_t)),
			.stamp = room(n_tokens, sizeof(uint32_t))};
}

static void batch_release(struct batch *b)
{
	for (size_t place = 0; place < READING_PLACES; place++) {
		struct place_rows *r = &b->place[place];
		free(r->x);
		free(r->p);
		free(r->d_p);
		free(r->slot_of);
		free(r->stamp);
	}
	free(b->turned);
	free(b->h);
	free(b->score);
	free(b->d_score);
}

static void fit_init(struct fit *f, const struct reading_cases *c, enum reading_kind question)
{
	*f = (struct fit){.c = c, .n_places = reading_places(question), .seed = 88172645463325252u};
	size_t matrix = f->n_places * PLACE;
	f->n_weights = matrix + (size_t)FACTS * H + 2 * (size_t)H;
	float **rows[] = {&f->w, &f->d, &f->mean, &f->square};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		*rows[i] = room(f->n_weights, sizeof(float));
	f->fact = f->w + matrix;
	f->bias = f->fact + (size_t)FACTS * H;
	f->out = f->bias + H;
	for (size_t i = 0; i < READING_INPUT; i++)
		for (size_t k = 0; k < f->n_places * H; k++)
			f->w[k / H * PLACE + i * H + k % H] =
				(random_unit(&f->seed) - 0.5f) * 2 / sqrtf(READING_INPUT);
	for (size_t i = 0; i < H; i++)
		f->out[i] = (random_unit(&f->seed) - 0.5f) * 2 / sqrtf(H);
}

static void fit_end(struct fit *f, enum reading_kind question, struct reading_weights *out)
{
	memcpy((float *)reading_matrices(out, question), f->w, f->n_places * PLACE * sizeof *f->w);
	memcpy(out->fact[question], f->fact, sizeof out->fact[question]);
	memcpy(out->bias[question], f->bias, sizeof out->bias[question]);
	memcpy(out->out[question], f->out, sizeof out->out[question]);
	float *rows[] = {f->w, f->d, f->mean, f->square};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		free(rows[i]);
}

void reading_fit(const struct reading_cases *c, enum reading_kind question, int fold, int folds,
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
	fit_init(&f, c, question);
	for (unsigned v = 0; v < VIEWS; v++)
		batch_init(&b[v], f.n_places, n_tokens);
	for (size_t at = 0, k; at < n; at += k, f.n_steps++)
		k = batch_size(&f, order + at, n - at);
	f.n_steps = f.n_steps * ROUNDS + ROUNDS * f.n_steps / 20 + ROUNDS;
	for (int round = 0; round < ROUNDS; round++) {
		double loss = run_round(&f, b, order, n, base);
		fprintf(stderr, "network %d, fold %d, round %d: loss %.4f\n", (int)question, fold,
			round, loss);
	}
	fit_end(&f, question, out);
	for (unsigned v = 0; v < VIEWS; v++)
		batch_release(&b[v]);
	free(order);
	free(base);
}
