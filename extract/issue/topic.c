/* The network of topics: its input, and the way forward. */
#include "extract/issue/topic.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "extract/syntax/form_hash.h"
#include "extract/syntax/matrix.h"
#include "extract/tables/key.h"

EMBED(embedded_topics, "data/topics.bin");

enum { MEAN_WORDS = 20000, COMMON_WORDS = 100, RARITY_WORDS = 300, BEGINNING = 4 };

const uint8_t topic_codes[TOPIC_CLASSES] = {0,	1,  2,	3,  4,	5,  6,	7,  8,	9,  10, 12, 13,
					    14, 15, 16, 17, 18, 19, 20, 21, 23, 24, 26, 29};

int topic_major(int code)
{
	static const struct {
		int code, major;
	} changed[] = {{24, 20}, {26, 15}, {28, 23}, {29, 15}};
	for (size_t i = 0; i < sizeof changed / sizeof changed[0]; i++)
		if (changed[i].code == code)
			return changed[i].major;
	return code < TOPIC_MAJORS ? code : 0;
}

/* --- the file --------------------------------------------------------------------------------- */

void topics_use(struct topics *ts, const struct topic_layers *layers)
{
	ts->layers = layers;
	ts->word = product_of(layers->word, VECTOR_SIZE, TOPIC_UNITS);
}

int topics_view(struct topics *ts, const struct vectors *v, struct str body, struct err *e)
{
	*ts = (struct topics){.v = v};
	if (body.n != sizeof *ts->layers + (size_t)TOPIC_ROWS * TOPIC_CLASSES)
		return err_set(e, ERR_INPUT, "model", "the parts of the file of topics do not fit");
	topics_use(ts, (const void *)body.p);
	ts->rows = (const int8_t(*)[TOPIC_CLASSES])(body.p + sizeof *ts->layers);
	size_t n = v->n_vectors < MEAN_WORDS ? v->n_vectors : MEAN_WORDS;
	for (size_t i = 0; i < n; i++)
		for (size_t d = 0; d < VECTOR_SIZE; d++)
			ts->mean[d] += (float)v->bytes[i][d] * v->scales[i] / (float)n;
	return 0;
}

int topics_open(struct topics *ts, const struct vectors *v, struct err *e)
{
	struct model_file f = {0};
	if (model_file_embedded(&f, EMBEDDED(embedded_topics), "topics.bin", TOPIC_KIND,
				TOPIC_VERSION, e) < 0)
		return -1;
	if (topics_view(ts, v, f.body, e) < 0)
		return -1;
	struct product *word = &ts->word;
	ts->packed = products_pack(&word, 1);
	return ts->packed ? 0 : err_set(e, ERR_INTERNAL, NULL, "out of memory");
}

void topics_close(struct topics *ts)
{
	free(ts->packed);
}

/* --- input ------------------------------------------------------------------------------------ */

/* What a row stands for is told by its kind too. */
enum feature { FEATURE_WORD = 1, FEATURE_PAIR, FEATURE_BEGINNING, FEATURE_ISSUE, FEATURE_MAJOR };

static void add(struct topic_words *w, enum feature kind, uint64_t a, uint64_t b)
{
	uint64_t h = (a * 0x9e3779b97f4a7c15u) ^ (b + (uint64_t)kind * 0xff51afd7ed558ccdu);
	h ^= h >> 32;
	h *= 0xd6e8feb86659fd93u;
	h ^= h >> 32;
	if (w->n_features < TOPIC_FEATURES)
		w->features[w->n_features++] = (uint32_t)(h % TOPIC_ROWS);
}

void topic_words_add(const struct topics *ts, const struct text *t, struct range r,
		     const bool *skip, struct topic_words *w)
{
	uint32_t before = 0;
	for (uint32_t i = r.first; range_is(r) && i <= r.last && w->n_words < TOPIC_WORDS; i++) {
		struct form_hashes view;
		if (!(t->tokens[i].flags & TOK_WORD) || (skip && skip[i]))
			continue;
		struct str form = text_lower(t, i);
		form_hashes_of(form, &view);
		add(w, FEATURE_WORD, view.low, 0);
		add(w, FEATURE_PAIR, before, view.low);
		if (form.n > BEGINNING)
			add(w, FEATURE_BEGINNING, str_hash(str_sub(form, 0, BEGINNING)), 0);
		before = view.low;
		int32_t vector = ts->v ? vectors_find(ts->v, view.low) : VECTOR_NONE;
		if (vector != VECTOR_NONE)
			w->vectors[w->n_vectors++] = vector;
		w->n_words++;
	}
}

void topic_words_add_issue(struct str id, int major, bool is_hint, unsigned words,
			   struct topic_words *w)
{
	enum { MANY_WORDS = 3 };
	unsigned length = words < MANY_WORDS ? words : MANY_WORDS;
	add(w, FEATURE_ISSUE, str_hash(id), is_hint);
	add(w, FEATURE_MAJOR, (uint64_t)major, is_hint ? MANY_WORDS + length : length);
}

/* --- forward ---------------------------------------------------------------------------------- */

void topic_vector(const struct topics *ts, int32_t vector, float x[VECTOR_SIZE])
{
	vectors_put(ts->v, vector, x);
	for (size_t d = 0; d < VECTOR_SIZE; d++)
		x[d] -= ts->mean[d];
}

/* Rare words say more than common ones; vectors lie in the order of frequency. */
static float rarity(int32_t vector)
{
	const float common = 0.3f;
	return sqrtf(logf(2 + (float)vector / RARITY_WORDS)) * (vector < COMMON_WORDS ? common : 1);
}

bool topic_state(const struct topics *ts, const struct topic_words *w, float state[TOPIC_STATE],
		 float mean[VECTOR_SIZE], int which_word[TOPIC_UNITS])
{
	const float width = 1.5f, quarter = 0.25f;
	float x[TOPIC_WORDS * VECTOR_SIZE], units[TOPIC_WORDS * TOPIC_UNITS],
		sum[VECTOR_SIZE] = {0}, all = 0;
	for (size_t i = 0; i < w->n_vectors; i++)
		vectors_fetch(ts->v, w->vectors[i]);
	for (size_t i = 0; i < w->n_vectors; i++) {
		float *v = x + i * VECTOR_SIZE, weight = rarity(w->vectors[i]);
		topic_vector(ts, w->vectors[i], v);
		all += weight;
		for (size_t d = 0; d < VECTOR_SIZE; d++) {
			sum[d] += weight * v[d];
			v[d] *= quarter;
		}
	}
	for (size_t d = 0; d < VECTOR_SIZE && all > 0; d++)
		sum[d] /= sqrtf(all) * width;
	const struct topic_layers *l = ts->layers;
	memcpy(state + TOPIC_UNITS, l->mean_bias, sizeof l->mean_bias);
	matrix_add(sum, l->mean, state + TOPIC_UNITS, 1, VECTOR_SIZE, TOPIC_MEANS);
	for (size_t u = TOPIC_UNITS; u < TOPIC_STATE; u++)
		state[u] = state[u] > 0 ? state[u] : 0;
	product_affine(&ts->word, x, l->word_bias, units, w->n_vectors);
	for (size_t u = 0; u < TOPIC_UNITS; u++) {
		int best = -1;
		state[u] = 0;
		for (size_t i = 0; i < w->n_vectors; i++)
			if (units[i * TOPIC_UNITS + u] > state[u]) {
				state[u] = units[i * TOPIC_UNITS + u];
				best = (int)i;
			}
		if (which_word)
			which_word[u] = best;
	}
	if (mean)
		memcpy(mean, sum, sizeof sum);
	return w->n_vectors + w->n_features > 0;
}

void topics_tell(const struct topics *ts, const struct topic_words *w, struct topic_shares *out)
{
	float state[TOPIC_STATE], y[TOPIC_CLASSES];
	*out = (struct topic_shares){0};
	if (!ts->layers)
		return;
	for (size_t f = 0; f < w->n_features; f++) {
		__builtin_prefetch(&ts->rows[w->features[f]][0]);
		__builtin_prefetch(&ts->rows[w->features[f]][TOPIC_CLASSES - 1]);
	}
	if (!topic_state(ts, w, state, NULL, NULL))
		return;
	memcpy(y, ts->layers->out_bias, sizeof y);
	matrix_add(state, ts->layers->out, y, 1, TOPIC_STATE, TOPIC_CLASSES);
	float scale = w->n_features ? ts->layers->row_scale / sqrtf((float)w->n_features) : 0;
	for (size_t f = 0; f < w->n_features; f++)
		for (size_t c = 0; c < TOPIC_CLASSES; c++)
			y[c] += scale * (float)ts->rows[w->features[f]][c];
	matrix_softmax(y, TOPIC_CLASSES);
	for (size_t c = 0; c < TOPIC_CLASSES; c++)
		out->v[topic_major(topic_codes[c])] += y[c];
}

struct topic topic_best(const struct topic_shares *s)
{
	struct topic best = {0};
	for (int m = 1; m < TOPIC_MAJORS; m++)
		if (s->v[m] > best.confidence)
			best = (struct topic){m, s->v[m]};
	return best;
}
