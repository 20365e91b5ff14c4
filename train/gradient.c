/* The way back through what the network of syntax has above its encoder. The names are those of
 * network.h; d_ is the derivative of the loss. */
#include "train/gradient.h"

#include <string.h>

#include "extract/syntax/matrix.h"
#include "train/backprop.h"
#include "train/random.h"
#include "train/room.h"

/* Shares that are hidden from the network. */
static const float DROP_INPUT = 0.2f, DROP_STATE = 0.3f, DROP_VECTOR = 0.05f, DROP_RARE = 0.25f,
		   DROP_WORD = 0.04f;

enum { N = GRADIENT_TOKENS, STEP = (SYNTAX_TOKENS_MAX + 1 + 31) / 32 * 32 };

static const uint32_t row_size[TABLE_COUNT] = {
#define X(name, part, rows, size) size,
	NETWORK_TABLES(X)
#undef X
};

struct gradient {
	const struct network *nw;
	struct arena arena;
	struct backprop b;
	const struct lesson *const *lessons;
	uint32_t sizes[GRADIENT_SENTENCES];
	size_t n_lessons, n_tokens;
	struct network_token tokens[N]; /* with what was hidden */
	struct row_gradient rows[N * TABLE_COUNT];
	float mask[GRADIENT_SENTENCES * STATE],
		h[N * STATE]; /* of the states, and the states hidden by it */
	float m[N * PARTS], d_m[N * PARTS], labels[N * LABELS], z[N * 3 * RELATION],
		d_z[N * 3 * RELATION];
	float scores[SYNTAX_TOKENS_MAX * STEP], queries[SYNTAX_TOKENS_MAX * ARC],
		d_queries[SYNTAX_TOKENS_MAX * ARC], heads[ARC * STEP],
		turned_scores[STEP * SYNTAX_TOKENS_MAX], d_heads[STEP * ARC], head_rows[STEP * ARC];
};

struct gradient *gradient_new(const struct network *nw, uint64_t seed)
{
	struct arena a;
	arena_init(&a, SIZE_MAX);
	struct gradient *g = room_for(&a, 1, sizeof *g);
	g->nw = nw;
	backprop_init(&g->b, &nw->encoder, (const float *)nw->w, DENSE_FLOATS, N,
		      GRADIENT_SENTENCES, seed, &a);
	g->arena = a;
	return g;
}

void gradient_free(struct gradient *g)
{
	struct arena a = g->arena; /* which g lies in */
	arena_release(&a);
}

const float *gradient_dense(const struct gradient *g)
{
	return g->b.d;
}

const struct row_gradient *gradient_rows(const struct gradient *g, size_t *n)
{
	*n = g->n_tokens * TABLE_COUNT;
	return g->rows;
}

/* --- forward ---------------------------------------------------------------------------------- */

static void hide_words(struct gradient *g)
{
	size_t at = 0;
	for (size_t k = 0; k < g->n_lessons; k++)
		for (size_t i = 0; i < g->sizes[k]; i++, at++) {
			struct network_token *t = &g->tokens[at];
			*t = g->lessons[k]->tokens[i];
			if (random_unit(&g->b.seed) <
			    (g->lessons[k]->is_rare[i] ? DROP_RARE : DROP_WORD))
				t->rows[TABLE_word] = t->rows[TABLE_form] = 0;
			if (random_unit(&g->b.seed) < DROP_VECTOR)
				t->vector = VECTOR_NONE;
		}
	g->n_tokens = at;
}

static void go_forward(struct gradient *g)
{
	const struct network_weights *w = g->nw->w;
	hide_words(g);
	for (size_t i = 0; i < g->n_tokens; i++)
		network_input(g->nw, &g->tokens[i], g->b.x + i * INPUT);
	const float *h = backprop_run(&g->b, g->sizes, g->n_lessons, DROP_INPUT, DROP_STATE);
	backprop_draw_mask(&g->b, g->mask, g->n_lessons * STATE, DROP_STATE);
	backprop_hide(h, g->mask, g->h, STATE, g->sizes, g->n_lessons);
	matrix_affine(g->h, w->parts, w->parts_bias, g->m, g->n_tokens, STATE, PARTS);
	matrix_rectify(g->m, g->n_tokens * PARTS);
}

/* --- back ------------------------------------------------------------------------------------- */

/* Scores become their derivatives under the log-loss of `gold`; returns the loss. The rest up to
 * `size` becomes 0, and so does all where `gold` is none of the n. */
static double take_loss(float *scores, size_t n, size_t size, size_t gold)
{
	if (gold >= n) {
		memset(scores, 0, size * sizeof *scores);
		return 0;
	}
	memset(scores + n, 0, (size - n) * sizeof *scores);
	return backprop_loss(scores, n, gold);
}

static double heads_back(struct gradient *g, const struct lesson *s, size_t at)
{
	const struct network_weights *w = g->nw->w;
	size_t n = s->n, step = network_score_step(n);
	const float *m = g->m + at * PARTS;
	float *d_m = g->d_m + at * PARTS;
	double loss = 0;
	network_score_heads(g->nw, m, n, g->scores, g->queries, g->heads);
	for (size_t i = 0; i < n; i++) {
		loss += take_loss(g->scores + i * step, n + 1, step, s->gold[i].head);
		for (size_t j = 0; j < n; j++)
			backprop_slope(&g->b, w->arc_gap)[network_gap(i, j)] +=
				g->scores[i * step + j];
	}
	memset(g->d_queries, 0, n * ARC * sizeof *g->d_queries);
	backprop_transpose(g->heads, step, g->head_rows, ARC, step);
	matrix_multiply(g->scores, step, g->head_rows, ARC, g->d_queries, ARC, n, step, ARC);
	backprop_transpose(g->scores, step, g->turned_scores, n, step);
	memset(g->d_heads, 0, step * ARC * sizeof *g->d_heads);
	matrix_multiply(g->turned_scores, n, g->queries, ARC, g->d_heads, ARC, n + 1, n, ARC);
	for (size_t j = 0; j < n; j++)
		for (size_t d = 0; d < ARC; d++)
			d_m[j * PARTS + PART_ARC_HEAD + d] += g->d_heads[j * ARC + d];
	for (size_t d = 0; d < ARC; d++)
		backprop_slope(&g->b, w->arc_root)[d] += g->d_heads[n * ARC + d];
	/* queries = the first part of m times `arc`: the rows of m are wider than the product's. */
	backprop_add_rows(backprop_slope(&g->b, w->arc_bias), g->d_queries, n, ARC);
	backprop_transpose(m, PARTS, g->b.turned, n, ARC);
	matrix_multiply(g->b.turned, n, g->d_queries, ARC, backprop_slope(&g->b, w->arc), ARC, ARC,
			n, ARC);
	backprop_transpose(w->arc, ARC, g->b.turned_weights, ARC, ARC);
	matrix_multiply(g->d_queries, ARC, g->b.turned_weights, ARC, d_m, PARTS, n, ARC, ARC);
	return loss;
}

/* Where no head is known, any will do: no relation is either. */
static size_t head_of(const struct lesson *s, size_t i)
{
	return s->gold[i].head <= s->n ? s->gold[i].head : s->n;
}

/* Derivatives of the relations' input go to the parts of the two tokens. */
static void relation_input_back(struct gradient *g, const struct lesson *s, size_t at, size_t i)
{
	size_t head = head_of(s, i);
	bool is_root = head == s->n;
	size_t of_head = is_root ? 0 : (at + head) * PARTS + PART_RELATION_HEAD;
	const float *root = g->nw->w->relation_root, *h = is_root ? root : g->m + of_head;
	const float *d = g->m + (at + i) * PARTS + PART_RELATION,
		    *d_z = g->d_z + (at + i) * 3 * RELATION;
	float *d_d = g->d_m + (at + i) * PARTS + PART_RELATION,
	      *d_h = is_root ? backprop_slope(&g->b, root) : g->d_m + of_head;
	for (size_t k = 0; k < RELATION; k++) {
		d_d[k] += d_z[k] * h[k] + d_z[RELATION + k];
		d_h[k] += d_z[k] * d[k] + d_z[2 * RELATION + k];
	}
}

static double relations_back(struct gradient *g)
{
	const struct network_weights *w = g->nw->w;
	size_t n = g->n_tokens, at = 0;
	double loss = 0;
	for (size_t k = 0; k < g->n_lessons; at += g->sizes[k++])
		for (size_t i = 0; i < g->sizes[k]; i++)
			network_relation_input(w, g->m + at * PARTS, i, head_of(g->lessons[k], i),
					       g->sizes[k], g->z + (at + i) * 3 * RELATION);
	matrix_affine(g->z, w->relation, w->relation_bias, g->labels, n, 3 * RELATION, LABELS);
	at = 0;
	for (size_t k = 0; k < g->n_lessons; k++)
		for (size_t i = 0; i < g->sizes[k]; i++, at++)
			loss += take_loss(g->labels + at * LABELS, DEPREL_COUNT, LABELS,
					  g->lessons[k]->gold[i].deprel);
	backprop_add_rows(backprop_slope(&g->b, w->relation_bias), g->labels, n, LABELS);
	memset(g->d_z, 0, n * 3 * RELATION * sizeof *g->d_z);
	backprop_product(&g->b, g->z, 3 * RELATION, w->relation, g->labels, LABELS, n, g->d_z);
	at = 0;
	for (size_t k = 0; k < g->n_lessons; at += g->sizes[k++])
		for (size_t i = 0; i < g->sizes[k]; i++)
			relation_input_back(g, g->lessons[k], at, i);
	return loss;
}

static double tags_back(struct gradient *g)
{
	const struct network_weights *w = g->nw->w;
	size_t n = g->n_tokens, at = 0;
	double loss = 0;
	matrix_affine(g->h, w->tag, w->tag_bias, g->labels, n, STATE, LABELS);
	for (size_t k = 0; k < g->n_lessons; k++)
		for (size_t i = 0; i < g->sizes[k]; i++, at++)
			loss += take_loss(g->labels + at * LABELS, XPOS_COUNT, LABELS,
					  g->lessons[k]->gold[i].xpos);
	backprop_add_rows(backprop_slope(&g->b, w->tag_bias), g->labels, n, LABELS);
	backprop_product(&g->b, g->h, STATE, w->tag, g->labels, LABELS, n, g->b.d_h);
	return loss;
}

/* A row of a table for each part of a token's input. */
static void note_rows(struct gradient *g)
{
	for (size_t i = 0; i < g->n_tokens; i++) {
		const float *d = g->b.d_x + i * INPUT + VECTOR_SIZE;
		for (uint32_t t = 0; t < TABLE_COUNT; d += row_size[t++])
			g->rows[i * TABLE_COUNT + t] =
				(struct row_gradient){t, g->tokens[i].rows[t], d};
	}
}

double gradient_take(struct gradient *g, const struct lesson *const *lessons, size_t n)
{
	g->lessons = lessons;
	g->n_lessons = n;
	for (size_t k = 0; k < n; k++)
		g->sizes[k] = lessons[k]->n;
	memset(g->b.d, 0, DENSE_FLOATS * sizeof *g->b.d);
	go_forward(g);
	size_t rows = g->n_tokens, at = 0;
	memset(g->d_m, 0, rows * PARTS * sizeof *g->d_m);
	memset(g->b.d_h, 0, rows * STATE * sizeof *g->b.d_h);
	double loss = 0;
	for (size_t k = 0; k < n; at += g->sizes[k++])
		loss += heads_back(g, lessons[k], at);
	loss += relations_back(g) + tags_back(g);
	for (size_t i = 0; i < rows * PARTS; i++)
		g->d_m[i] *= g->m[i] > 0 ? 1 : MATRIX_LEAK;
	backprop_add_rows(backprop_slope(&g->b, g->nw->w->parts_bias), g->d_m, rows, PARTS);
	backprop_product(&g->b, g->h, STATE, g->nw->w->parts, g->d_m, PARTS, rows, g->b.d_h);
	backprop_hide(g->b.d_h, g->mask, g->b.d_h, STATE, g->sizes, n);
	backprop_back(&g->b);
	note_rows(g);
	return loss;
}
