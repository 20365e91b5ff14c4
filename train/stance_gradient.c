/* The backward pass through what the network of classifier has above its encoder. The names are
 * those of extract/stance/classifier_network.h; d_ is the derivative of the loss. */
#include "train/stance_gradient.h"

#include <string.h>

#include "extract/syntax/matrix.h"
#include "train/random.h"
#include "train/room.h"

/* Shares that are hidden from the network. */
static const float DROP_INPUT = 0.25f, DROP_STATE = 0.3f, DROP_READ = 0.4f, DROP_HIDDEN = 0.3f,
		   DROP_WORD = 0.3f, DROP_VECTOR = 0.1f, DROP_SPARSE = 0.3f, DROP_ACT_INPUT = 0.5f;
static const uint32_t ONE = 1;

struct stance_room {
	struct stance_features features; /* with what was hidden */
	float mask[A_ACT_INPUT], read[A_ACT_INPUT], d_read[A_ACT_INPUT], hidden[A_HIDDEN],
		logits[A_COLUMNS];
	uint8_t from[A_READ];
};

void stance_gradient_init(struct stance_gradient *g, const struct classifier_weights *w,
			  const struct vectors *v, uint64_t seed)
{
	*g = (struct stance_gradient){.w = w, .vectors = v, .network = classifier_network_of(w)};
	arena_init(&g->arena, SIZE_MAX);
	g->room = room_for(&g->arena, 1, sizeof *g->room);
	backprop_init(&g->b, &g->network.encoder, (const float *)w, sizeof *w / sizeof(float),
		      FEATURE_TOKENS, 1, seed, &g->arena);
}

void stance_gradient_release(struct stance_gradient *g)
{
	arena_release(&g->arena);
}

/* --- the head and what is wide ---------------------------------------------------------------- */

static void hide_sparse(struct stance_gradient *g, struct stance_features *p)
{
	uint32_t n = 0;
	for (uint32_t k = 0; k < p->n_sparse; k++)
		if (random_unit(&g->b.seed) >= DROP_SPARSE)
			p->sparse[n++] = p->sparse[k];
	p->n_sparse = n;
}

/* Logits of the classes `first` to `end` become derivatives under the log-loss of `gold`; those of
 * the others 0. Returns the loss. */
static double take_loss(float *logits, size_t first, size_t end, size_t gold, float weight)
{
	double loss = backprop_loss(logits + first, end - first, gold - first);
	for (size_t c = 0; c < A_COLUMNS; c++)
		logits[c] = c >= first && c < end ? logits[c] * weight : 0;
	return loss * (double)weight;
}

/* d_x += ...; `logits` holds the derivatives. hidden is what came forward, before its mask. */
static void head_back(struct stance_gradient *g, const struct classifier_head *h,
		      const float *weights, size_t inputs, const float *x, const float *hidden,
		      const float *mask, const float *d_logits, float *d_x)
{
	float d_hidden[A_HIDDEN];
	for (size_t d = 0; d < A_HIDDEN; d++) {
		float sum = 0;
		for (size_t c = 0; c < A_COLUMNS; c++) {
			sum += d_logits[c] * h->out[d * A_COLUMNS + c];
			backprop_slope(&g->b, h->out)[d * A_COLUMNS + c] +=
				d_logits[c] * hidden[d] * mask[d];
		}
		d_hidden[d] = sum * mask[d] * (hidden[d] > 0 ? 1 : MATRIX_LEAK);
	}
	backprop_add_rows(backprop_slope(&g->b, h->out_bias), d_logits, 1, A_COLUMNS);
	backprop_add_rows(backprop_slope(&g->b, h->hidden_bias), d_hidden, 1, A_HIDDEN);
	float *d_w = backprop_slope(&g->b, weights);
	for (size_t i = 0; i < inputs; i++) {
		float sum = 0;
		for (size_t d = 0; d < A_HIDDEN; d++) {
			sum += d_hidden[d] * weights[i * A_HIDDEN + d];
			d_w[i * A_HIDDEN + d] += d_hidden[d] * x[i];
		}
		d_x[i] += sum;
	}
}

static void wide_back(struct stance_gradient *g, const float *wide, size_t classes,
		      const struct stance_features *p, const float *d_logits)
{
	float *d_w = backprop_slope(&g->b, wide);
	for (size_t k = 0; k < p->n_sparse; k++)
		for (size_t c = 0; c < classes; c++)
			d_w[p->sparse[k] * classes + c] += d_logits[c];
}

static void head_forward(struct stance_gradient *g, const struct classifier_head *h,
			 const struct product *weights, float *mask)
{
	struct stance_room *r = g->room;
	backprop_draw_mask(&g->b, mask, A_HIDDEN, DROP_HIDDEN);
	classifier_head_forward(h, weights, r->read, r->hidden, r->logits);
	memcpy(r->logits, h->out_bias, sizeof h->out_bias);
	for (size_t d = 0; d < A_HIDDEN; d++)
		for (size_t c = 0; c < A_COLUMNS; c++)
			r->logits[c] += r->hidden[d] * mask[d] * h->out[d * A_COLUMNS + c];
}

double stance_gradient_act(struct stance_gradient *g, const struct stance_example *l,
			   const float *x)
{
	struct stance_room *r = g->room;
	float mask[A_HIDDEN];
	r->features = *l->features;
	hide_sparse(g, &r->features);
	backprop_draw_mask(&g->b, r->mask, A_ACT_INPUT, DROP_ACT_INPUT);
	backprop_hide(x, r->mask, r->read, A_ACT_INPUT, &ONE, 1);
	head_forward(g, &g->w->act, &g->network.act, mask);
	classifier_wide(g->w->act_wide, CLASSIFIER_ACTS_COUNT, &r->features, r->logits);
	double loss = take_loss(r->logits, 0, CLASSIFIER_ACTS_COUNT, l->label, l->weight);
	memset(r->d_read, 0, sizeof r->d_read);
	head_back(g, &g->w->act, g->w->act_hidden, A_ACT_INPUT, r->read, r->hidden, mask, r->logits,
		  r->d_read);
	wide_back(g, g->w->act_wide, CLASSIFIER_ACTS_COUNT, &r->features, r->logits);
	return loss;
}

/* --- the layers ------------------------------------------------------------------------------- */

static void hide_words(struct stance_gradient *g)
{
	struct stance_features *p = &g->room->features;
	hide_sparse(g, p);
	for (size_t i = 0; i < p->n; i++) {
		if (random_unit(&g->b.seed) < DROP_WORD)
			p->tokens[i].rows[FEATURE_word] = 0;
		if (random_unit(&g->b.seed) < DROP_VECTOR)
			p->tokens[i].vector = VECTOR_NONE;
	}
}

static void go_forward(struct stance_gradient *g)
{
	struct stance_room *r = g->room;
	for (size_t i = 0; i < r->features.n; i++)
		classifier_input(g->w, g->vectors, &r->features.tokens[i], g->b.x + i * A_INPUT);
	const float *h = backprop_run(&g->b, &r->features.n, 1, DROP_INPUT, DROP_STATE);
	classifier_read(&r->features, h, r->read);
	classifier_read_from(&r->features, h, r->read, r->from);
	backprop_draw_mask(&g->b, r->mask, A_READ, DROP_READ);
	backprop_hide(r->read, r->mask, r->read, A_READ, &ONE, 1);
}

static void tables_back(struct stance_gradient *g)
{
	const struct stance_features *p = &g->room->features;
	for (size_t i = 0; i < p->n; i++) {
		const float *d = g->b.d_x + i * A_INPUT + VECTOR_SIZE;
#define X(name, n_rows, size)                                                                      \
	backprop_add_rows(backprop_slope(&g->b, g->w->table_##name) +                              \
				  (size_t)p->tokens[i].rows[FEATURE_##name] * (size),              \
			  d, 1, size);                                                             \
	d += size;
		FEATURE_EMBEDDINGS(X)
#undef X
	}
}

double stance_gradient_take(struct stance_gradient *g, const struct stance_example *l)
{
	struct stance_room *r = g->room;
	float mask[A_HIDDEN];
	r->features = *l->features;
	hide_words(g);
	go_forward(g);
	head_forward(g, &g->w->stance, &g->network.stance, mask);
	classifier_wide(g->w->stance_wide, CLASSIFIER_CLASSES, &r->features, r->logits);
	bool is_pair = l->label < STANCE_CLASSES;
	double loss = take_loss(r->logits, is_pair ? 0 : STANCE_CLASSES,
				is_pair ? STANCE_CLASSES : CLASSIFIER_CLASSES, l->label, l->weight);
	memset(r->d_read, 0, sizeof r->d_read);
	head_back(g, &g->w->stance, g->w->stance_hidden, A_READ, r->read, r->hidden, mask,
		  r->logits, r->d_read);
	wide_back(g, g->w->stance_wide, CLASSIFIER_CLASSES, &r->features, r->logits);
	memset(g->b.d_h, 0, r->features.n * A_STATE * sizeof *g->b.d_h);
	for (size_t d = 0; d < A_READ; d++)
		if (r->from[d] != FEATURE_NONE)
			g->b.d_h[(size_t)r->from[d] * A_STATE + d % A_STATE] +=
				r->d_read[d] * r->mask[d];
	backprop_back(&g->b);
	tables_back(g);
	return loss;
}
