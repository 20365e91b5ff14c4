/* The network of meanings: its input, and the way forward. */
#include "extract/issue/meaning.h"

#include <math.h>
#include <string.h>

#include "extract/syntax/matrix.h"
#include "extract/tables/key.h"
#include "extract/tables/map.h"

int meaning_open(struct meaning *m, const struct meaning_layers *layers, const struct issue *issues,
		 size_t n, struct arena *a, struct err *e)
{
	struct map by_id = {0};
	*m = (struct meaning){layers, arena_array(a, n + 1, sizeof *m->outputs), n};
	for (uint32_t o = 0; m->outputs && o < MEANING_ISSUES && layers->ids[o]; o++) {
		uint32_t *at = map_at(&by_id, layers->ids[o], a);
		if (!at)
			return arena_full(e);
		*at = o;
	}
	for (size_t i = 0; m->outputs && i < n; i++) {
		uint32_t at = map_get(&by_id, str_hash(issues[i].id));
		m->outputs[i] = (uint16_t)(at == MAP_NONE ? MEANING_ISSUES : at);
	}
	return m->outputs ? 0 : arena_full(e);
}

/* --- input ------------------------------------------------------------------------------------ */

void meaning_add(struct meaning_input *in, enum meaning_field field, uint64_t key, float weight)
{
	if (in->n == MEANING_INPUTS)
		return;
	in->rows[in->n] = (uint32_t)(key_mix(key + 1, field + 1u) >> 20) & (MEANING_ROWS - 1);
	in->weights[in->n++] = weight;
}

void meaning_scale(struct meaning_input *in, size_t first, float length)
{
	float sum = 1;
	for (size_t i = first; i < in->n; i++)
		sum += in->weights[i] * in->weights[i];
	for (size_t i = first; i < in->n; i++)
		in->weights[i] *= length / sqrtf(sum);
}

/* Does the word say what something is about? */
static bool says(const struct text *t, uint32_t i)
{
	unsigned tag = t->tokens[i].tag;
	return tag_is_noun(tag) || tag_is_verb(tag) || tag == TAG_JJ;
}

void meaning_add_words(struct meaning_input *in, enum meaning_field field, const struct text *t,
		       struct range r, const bool *is_name)
{
	enum { MOST = 80 };
	size_t first = in->n;
	for (uint32_t i = r.first; i <= r.last && in->n < first + MOST; i++)
		if ((t->tokens[i].flags & TOK_WORD) && !is_name[i] &&
		    (field == MEANING_CONTENT || says(t, i)))
			meaning_add(in, field, word_key(t->lemmas[i]), 1);
}

int meaning_add_article(struct meaning_input *in, const struct text *t, const bool *is_name,
			struct arena *scratch)
{
	enum { MOST = 280, TOKENS = 6000 };
	struct map counts = {0};
	for (uint32_t i = 0; i < t->n_tokens && i < TOKENS; i++) {
		if (!(t->tokens[i].flags & TOK_WORD) || is_name[i] || !says(t, i))
			continue;
		uint32_t *n = map_at(&counts, word_key(t->lemmas[i]), scratch);
		if (!n)
			return -1;
		*n = *n == MAP_NONE ? 1 : *n + 1;
	}
	for (uint32_t i = 0; i < t->n_tokens && i < TOKENS && in->n < MOST; i++) {
		uint64_t key = word_key(t->lemmas[i]);
		uint32_t n = map_get(&counts, key);
		if (n == MAP_NONE || n < 2)
			continue;
		meaning_add(in, MEANING_ARTICLE, key, logf(1 + (float)n));
		*map_at(&counts, key, scratch) = 0; /* it is there already: no room is needed */
	}
	return 0;
}

/* --- forward ---------------------------------------------------------------------------------- */

void meaning_sum(const struct meaning_layers *l, const struct meaning_input *in,
		 float units[MEANING_UNITS])
{
	for (size_t i = 0; i < in->n; i++) {
		const int8_t *row = l->rows[in->rows[i]];
		float weight = in->weights[i] * l->row_scale;
		for (size_t u = 0; u < MEANING_UNITS; u++)
			units[u] += weight * (float)row[u];
	}
	matrix_add(in->dense, l->dense, units, 1, MEANING_DENSE, MEANING_UNITS);
}

void meaning_tell(const struct meaning_layers *l, const float units[MEANING_UNITS],
		  float p[MEANING_ISSUES])
{
	float h[MEANING_UNITS];
	for (size_t u = 0; u < MEANING_UNITS; u++)
		h[u] = units[u] + l->bias[u];
	matrix_rectify(h, MEANING_UNITS);
	memcpy(p, l->out_bias, sizeof l->out_bias);
	matrix_add(h, l->out, p, 1, MEANING_UNITS, MEANING_ISSUES);
	matrix_softmax(p, MEANING_ISSUES);
}
