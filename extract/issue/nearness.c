/* Centroids of issues, and the nearness of words to them. */
#include "extract/issue/nearness.h"

#include <math.h>

#include "extract/syntax/form_hash.h"

/* Vectors of the commonest words say what kind of word it is rather than what it is about. */
enum { COMMON_WORDS = 300 };

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static void add_vector(const struct topics *ts, int32_t vector, float weight,
		       float sum[VECTOR_SIZE])
{
	float x[VECTOR_SIZE], length = 0;
	topic_vector(ts, vector, x);
	for (size_t d = 0; d < VECTOR_SIZE; d++)
		length += x[d] * x[d];
	weight /= sqrtf(length) + 1e-6f;
	for (size_t d = 0; d < VECTOR_SIZE; d++)
		sum[d] += weight * x[d];
}

static void scale(float v[VECTOR_SIZE])
{
	float length = 0;
	for (size_t d = 0; d < VECTOR_SIZE; d++)
		length += v[d] * v[d];
	length = sqrtf(length);
	for (size_t d = 0; d < VECTOR_SIZE && length > 0; d++)
		v[d] /= length;
}

static void add_words(const struct topics *ts, struct str words, float sum[VECTOR_SIZE])
{
	for (size_t i = 0, end; i < words.n; i = end + 1) {
		struct form_hashes view;
		for (end = i; end < words.n && is_letter(words.p[end]);)
			end++;
		if (end - i < 3)
			continue;
		form_hashes_of(str_sub(words, i, end), &view);
		int32_t vector = vectors_find(ts->v, view.low);
		if (vector >= COMMON_WORDS)
			add_vector(ts, vector, 1, sum);
	}
}

int nearness_open(struct nearness *ns, const struct topics *ts, const struct issue *issues,
		  size_t n, struct arena *a, struct err *e)
{
	*ns = (struct nearness){arena_array(a, n, sizeof *ns->centroids), n};
	if (!ns->centroids)
		return arena_full(e);
	for (size_t i = 0; i < n; i++) {
		add_words(ts, issues[i].label, ns->centroids[i]);
		for (size_t k = 0; k < issues[i].terms.n; k++)
			add_words(ts, issues[i].terms.v[k], ns->centroids[i]);
		scale(ns->centroids[i]);
	}
	return 0;
}

void nearness_direction(const struct topics *ts, const struct topic_words *w,
			float out[VECTOR_SIZE])
{
	for (size_t d = 0; d < VECTOR_SIZE; d++)
		out[d] = 0;
	for (size_t i = 0; i < w->n_vectors; i++)
		if (w->vectors[i] >= COMMON_WORDS)
			add_vector(ts, w->vectors[i],
				   sqrtf(logf(2 + (float)w->vectors[i] / COMMON_WORDS)), out);
	scale(out);
}

float nearness_of(const struct nearness *ns, size_t issue, const float direction[VECTOR_SIZE])
{
	float sum = 0;
	for (size_t d = 0; d < VECTOR_SIZE; d++)
		sum += ns->centroids[issue][d] * direction[d];
	return sum;
}
