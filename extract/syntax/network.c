/* The forward pass. */
#include "extract/syntax/network.h"

#include <stdlib.h>
#include <string.h>

#include "extract/syntax/matrix.h"
#include "extract/syntax/tree.h"

static const struct {
	uint32_t rows, size;
} tables[TABLE_COUNT] = {
#define X(name, part, rows, size) {rows, size},
	NETWORK_TABLES(X)
#undef X
};

struct network network_of(const struct network_weights *w, const struct vectors *v)
{
	return (struct network){
		.w = w,
		.vectors = *v,
		.encoder =
			encoder_of(HALF, LAYERS, INPUT, w->input, w->input_bias, w->layers[0].cell),
		.parts = product_fine(w->parts, STATE, PARTS),
		.arc = product_fine(w->arc, ARC, ARC),
		.relation = product_fine(w->relation, 3 * RELATION, LABELS),
		.tag = product_fine(w->tag, STATE, LABELS),
	};
}

int network_pack(struct network *nw)
{
	struct product *const others[] = {&nw->parts, &nw->arc, &nw->relation, &nw->tag};
	enum { OTHERS = sizeof others / sizeof others[0] };
	struct product *list[ENCODER_PRODUCTS_MAX + OTHERS];
	/* The layers are most of the work, and mind eight bits least. */
	nw->encoder.input.is_fine = true;
	size_t n = encoder_products(&nw->encoder, list);
	memcpy(list + n, others, sizeof others);
	nw->packed = products_pack(list, n + OTHERS);
	return nw->packed ? 0 : -1;
}

void network_release(struct network *nw)
{
	free(nw->packed);
}

void network_look_up(const struct network *nw, struct str form, struct network_token *t)
{
	struct form_hashes v;
	form_hashes_of(form, &v);
	t->vector = vectors_find(&nw->vectors, v.low);
	uint32_t low = network_knows(nw->w, v.low) ? v.low : 0,
		 cased = network_knows(nw->w, v.form) ? v.form : 0;
	v.low = low;
	v.form = cased;
	/* Row 0 is for what is not there. */
#define X(name, part, n_rows, size) t->rows[TABLE_##name] = v.part ? 1 + v.part % ((n_rows)-1) : 0;
	NETWORK_TABLES(X)
#undef X
}

#define X(name, part, n_rows, size) nw->w->table_##name,
#define TABLES_OF(nw)                                                                              \
	{                                                                                          \
		NETWORK_TABLES(X)                                                                  \
	}

void network_input(const struct network *nw, const struct network_token *t, float *x)
{
	const float *const table[TABLE_COUNT] = TABLES_OF(nw);
	vectors_put(&nw->vectors, t->vector, x);
	x += VECTOR_SIZE;
	for (size_t k = 0; k < TABLE_COUNT; x += tables[k++].size)
		memcpy(x, table[k] + (size_t)t->rows[k] * tables[k].size,
		       tables[k].size * sizeof *x);
}

/* Its rows are wanted soon. */
static void network_fetch(const struct network *nw, const struct network_token *t)
{
	enum { LINE = 64 / sizeof(float) };
	const float *const table[TABLE_COUNT] = TABLES_OF(nw);
	vectors_fetch(&nw->vectors, t->vector);
	for (size_t k = 0; k < TABLE_COUNT; k++) {
		const float *row = table[k] + (size_t)t->rows[k] * tables[k].size;
		for (size_t at = 0; at < tables[k].size; at += LINE)
			__builtin_prefetch(row + at);
	}
}
#undef X

size_t network_score_step(size_t n)
{
	return (n + 1 + 31) / 32 * 32; /* whole vectors */
}

unsigned network_gap(size_t dependent, size_t head)
{
	static const uint8_t ends[] = {12, 16, 24, 32, 48};
	size_t d = head > dependent ? head - dependent : dependent - head;
	unsigned class = d < 8 ? (unsigned)d : 8;
	for (size_t k = 0; k < sizeof ends && d >= ends[k]; k++)
		class ++;
	return head > dependent ? class : GAPS + class;
}

void network_score_heads(const struct network *nw, const float *m, size_t n, float *scores,
			 float *queries, float *heads)
{
	const struct network_weights *w = nw->w;
	size_t step = network_score_step(n);
	matrix_fill(queries, w->arc_bias, n, ARC);
	product_add(&nw->arc, m, PARTS, queries, ARC, n);
	memset(heads, 0, ARC * step * sizeof *heads);
	for (size_t d = 0; d < ARC; d++) {
		for (size_t j = 0; j < n; j++)
			heads[d * step + j] = m[j * PARTS + PART_ARC_HEAD + d];
		heads[d * step + n] = w->arc_root[d];
	}
	memset(scores, 0, n * step * sizeof *scores);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			scores[i * step + j] = w->arc_gap[network_gap(i, j)];
	matrix_add(queries, heads, scores, n, ARC, step);
}

void network_relation_input(const struct network_weights *w, const float *m, size_t dependent,
			    size_t head, size_t n, float *z)
{
	const float *d = m + dependent * PARTS + PART_RELATION;
	const float *h = head == n ? w->relation_root : m + head * PARTS + PART_RELATION_HEAD;
	for (size_t k = 0; k < RELATION; k++) {
		z[k] = d[k] * h[k];
		z[RELATION + k] = d[k];
		z[2 * RELATION + k] = h[k];
	}
}

/* --- inputs ----------------------------------------------------------------------------------- */

/* What the input layer makes of a token depends on its form alone, and of an article's words the
 * half stood in it before: direct-mapped by the token, the last one at each place. */
enum { FORMS = 512, NO_ROW = UINT32_MAX };

struct known_form {
	bool is_known;
	uint32_t fresh; /* in this batch: which of the new rows, or NO_ROW */
	struct network_token token;
	float h[STATE];
};

static size_t place_of(const struct network_token *t)
{
	uint64_t hash = (uint32_t)t->vector;
	for (size_t k = 0; k < TABLE_COUNT; k++)
		hash = (hash ^ t->rows[k]) * UINT64_C(0x9e3779b97f4a7c15);
	return (size_t)(hash >> 32) % FORMS;
}

static bool is_same(const struct network_token *a, const struct network_token *b)
{
	return a->vector == b->vector && memcmp(a->rows, b->rows, sizeof a->rows) == 0;
}

/* Room for one batch of `rows` tokens, the longest sentence of which has `longest`. */
struct room {
	float *x, *h, *u, *m, *labels, *z;
	float *scores, *queries, *heads;
	uint16_t *tree;
	struct known_form *forms;   /* FORMS */
	uint32_t *fresh;	    /* of each token: its new row, or NO_ROW */
	struct known_form **keeper; /* of each new row, or NULL */
};

/* The row of token i: copied, where it is known, else that of r->x which is to be multiplied. */
static void take_input(const struct network *nw, const struct room *r,
		       const struct network_token *t, size_t i, uint32_t *n_fresh)
{
	struct known_form *f = &r->forms[place_of(t)];
	bool is_it = f->is_known && is_same(&f->token, t);
	r->fresh[i] = is_it ? f->fresh : *n_fresh;
	if (is_it && f->fresh == NO_ROW)
		memcpy(r->h + i * STATE, f->h, sizeof f->h);
	if (is_it)
		return;
	bool is_taken = f->is_known && f->fresh != NO_ROW; /* by one whose product is not there */
	r->keeper[*n_fresh] = is_taken ? NULL : f;
	network_input(nw, t, r->x + (size_t)*n_fresh * INPUT);
	if (!is_taken) {
		f->is_known = true;
		f->fresh = *n_fresh;
		f->token = *t;
	}
	++*n_fresh;
}

enum { AHEAD = 4 };

/* r->h from the inputs: the same to the bit as by a product for each token. */
static void put_inputs(const struct network *nw, const struct room *r,
		       const struct network_token *tokens, size_t rows)
{
	uint32_t n_fresh = 0;
	for (size_t i = 0; i < rows; i++) {
		if (i + AHEAD < rows)
			network_fetch(nw, &tokens[i + AHEAD]);
		take_input(nw, r, &tokens[i], i, &n_fresh);
	}
	float *products = r->u; /* which the layers fill anew */
	product_affine(&nw->encoder.input, r->x, nw->encoder.input_bias, products, n_fresh);
	for (size_t i = 0; i < rows; i++)
		if (r->fresh[i] != NO_ROW)
			memcpy(r->h + i * STATE, products + (size_t)r->fresh[i] * STATE,
			       STATE * sizeof *r->h);
	for (uint32_t k = 0; k < n_fresh; k++) {
		struct known_form *f = r->keeper[k];
		if (!f)
			continue;
		memcpy(f->h, products + (size_t)k * STATE, sizeof f->h);
		f->fresh = NO_ROW;
	}
}

/* --- batches ---------------------------------------------------------------------------------- */

static int find_room(struct room *r, size_t rows, size_t longest, struct arena *a)
{
	size_t step = network_score_step(longest);
	float *p = arena_room(a,
			      rows * (INPUT + STATE + RECURRENT + PARTS + LABELS + 3 * RELATION) +
				      longest * (step + ARC) + ARC * step,
			      sizeof *p);
	r->tree = arena_array(a, longest, sizeof *r->tree);
	r->forms = arena_room(a, FORMS, sizeof *r->forms);
	r->fresh = arena_room(a, rows, sizeof *r->fresh);
	r->keeper = arena_room(a, rows, sizeof(struct known_form *));
	if (!p || !r->tree || !r->forms || !r->fresh || !r->keeper)
		return -1;
	for (size_t k = 0; k < FORMS; k++)
		r->forms[k].is_known = false;
	float **const parts[] = {&r->x, &r->h,	    &r->u,	 &r->m,	   &r->labels,
				 &r->z, &r->scores, &r->queries, &r->heads};
	const size_t sizes[] = {rows * INPUT,	rows * STATE,  rows * RECURRENT,
				rows * PARTS,	rows * LABELS, rows * 3 * RELATION,
				longest * step, longest * ARC, ARC * step};
	for (size_t k = 0; k < sizeof sizes / sizeof sizes[0]; p += sizes[k++])
		*parts[k] = p;
	return 0;
}

static unsigned best_of(const float *scores, unsigned first, unsigned end)
{
	unsigned best = first;
	for (unsigned k = first + 1; k < end; k++)
		if (scores[k] > scores[best])
			best = k;
	return best;
}

static void choose_tags(const struct network *nw, const struct room *r, size_t rows,
			struct syntax_node *nodes)
{
	product_affine(&nw->tag, r->h, nw->w->tag_bias, r->labels, rows);
	for (size_t i = 0; i < rows; i++)
		nodes[i].xpos = (uint8_t)best_of(r->labels + i * LABELS, 0, XPOS_COUNT);
}

static void choose_heads(const struct network *nw, const struct room *r, size_t at, size_t n,
			 struct syntax_node *nodes)
{
	const float *m = r->m + at * PARTS;
	network_score_heads(nw, m, n, r->scores, r->queries, r->heads);
	tree_find(r->scores, network_score_step(n), n, r->tree);
	for (size_t i = 0; i < n; i++) {
		network_relation_input(nw->w, m, i, r->tree[i], n, r->z + (at + i) * 3 * RELATION);
		nodes[i].head = r->tree[i] == n ? (uint32_t)i : r->tree[i];
	}
}

static void choose_relations(const struct network *nw, const struct room *r, const uint32_t *sizes,
			     size_t n_sentences, size_t rows, struct syntax_node *nodes)
{
	_Static_assert(DEPREL_ROOT == 0, "the root relation is known by its place");
	product_affine(&nw->relation, r->z, nw->w->relation_bias, r->labels, rows);
	size_t at = 0;
	for (size_t k = 0; k < n_sentences; at += sizes[k++])
		for (size_t i = 0; i < sizes[k]; i++)
			nodes[at + i].deprel =
				nodes[at + i].head == i
					? DEPREL_ROOT
					: (uint8_t)best_of(r->labels + (at + i) * LABELS,
							   DEPREL_ROOT + 1, DEPREL_COUNT);
}

static void parse_batch(const struct network *nw, const struct room *r,
			const struct network_token *tokens, const uint32_t *sizes,
			size_t n_sentences, size_t rows, struct syntax_node *nodes,
			const struct states *states, size_t first)
{
	_Static_assert((int)STATE == (int)STATE_SIZE, "a state is kept as it is");
	put_inputs(nw, r, tokens, rows);
	encoder_run_layers(&nw->encoder, sizes, n_sentences, r->u, r->h);
	for (size_t i = 0; states && i < rows; i++)
		state_pack(states, first + i, r->h + i * STATE);
	product_affine(&nw->parts, r->h, nw->w->parts_bias, r->m, rows);
	matrix_rectify(r->m, rows * PARTS);
	choose_tags(nw, r, rows, nodes);
	size_t at = 0;
	for (size_t k = 0; k < n_sentences; at += sizes[k++])
		choose_heads(nw, r, at, sizes[k], nodes + at);
	choose_relations(nw, r, sizes, n_sentences, rows, nodes);
}

/* Rows of one batch: enough for the weights to be read seldom, few enough for the rows to stay in
 * the cache. */
enum { BATCH_ROWS = 192 };

/* How many of the next sentences fit into a batch, one at least, and their rows. */
static size_t next_batch(const uint32_t *sizes, size_t n, size_t *rows)
{
	size_t k = 0;
	*rows = 0;
	while (k < n && (k == 0 || *rows + sizes[k] <= BATCH_ROWS))
		*rows += sizes[k++];
	return k;
}

int network_parse(const struct network *nw, const struct network_token *tokens,
		  const uint32_t *sizes, size_t n_sentences, struct syntax_node *nodes,
		  const struct states *states, struct arena *a)
{
	size_t longest = 0, most = 0, rows = 0, k;
	for (size_t at = 0; at < n_sentences; at++)
		longest = sizes[at] > longest ? sizes[at] : longest;
	for (size_t at = 0; at < n_sentences; at += k) {
		k = next_batch(sizes + at, n_sentences - at, &rows);
		most = rows > most ? rows : most;
	}
	struct room r;
	if (find_room(&r, most, longest, a) < 0)
		return -1;
	for (size_t at = 0, token = 0; at < n_sentences; at += k, token += rows) {
		k = next_batch(sizes + at, n_sentences - at, &rows);
		if (!budget_allows(a->budget))
			return -1;
		parse_batch(nw, &r, tokens + token, sizes + at, k, rows, nodes + token, states,
			    token);
	}
	return 0;
}
