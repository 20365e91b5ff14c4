/* Centroids of issues in the space of word vectors, and the nearness of words to them. */
#include "extract/issue/topic.h"

#include <math.h>
#include <string.h>

#include "extract/syntax/form_hash.h"

/* Vectors of the commonest words say what kind of word it is rather than what it is about. */
enum { COMMON_WORDS = 300, MEAN_WORDS = 20000 };

static void load(const struct topics *ts, int32_t index, float *x)
{
	float length = 0;
	for (size_t d = 0; d < VECTOR_SIZE; d++) {
		x[d] = (float)ts->v->bytes[index][d] * ts->v->scales[index] - ts->mean[d];
		length += x[d] * x[d];
	}
	length = sqrtf(length);
	for (size_t d = 0; d < VECTOR_SIZE && length > 0; d++)
		x[d] /= length;
}

static int32_t find(const struct topics *ts, struct str word)
{
	struct form_hashes view;
	form_hashes_of(word, &view);
	return vectors_find(ts->v, view.low);
}

static void find_mean(struct topics *ts)
{
	size_t n = ts->v->n_vectors < MEAN_WORDS ? ts->v->n_vectors : MEAN_WORDS;
	for (size_t i = 0; i < n; i++)
		for (size_t d = 0; d < VECTOR_SIZE; d++)
			ts->mean[d] += (float)ts->v->bytes[i][d] * ts->v->scales[i] / (float)n;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static void add_words(const struct topics *ts, struct str terms, float *sum)
{
	float x[VECTOR_SIZE];
	for (size_t i = 0, end; i < terms.n; i = end + 1) {
		for (end = i; end < terms.n && is_letter(terms.p[end]);)
			end++;
		int32_t index = end - i > 2 ? find(ts, str_sub(terms, i, end)) : VECTOR_NONE;
		if (index < COMMON_WORDS)
			continue;
		load(ts, index, x);
		for (size_t d = 0; d < VECTOR_SIZE; d++)
			sum[d] += x[d];
	}
}

int topics_open(struct topics *ts, const struct issue *issues, const struct str *terms, size_t n,
		const struct vectors *v, struct arena *a, struct err *e)
{
	*ts = (struct topics){.v = v};
	ts->centroids = arena_array(a, n, sizeof *ts->centroids);
	ts->majors = arena_array(a, n, sizeof *ts->majors);
	if (!ts->centroids || !ts->majors)
		return arena_full(e);
	find_mean(ts);
	for (size_t i = 0; i < n; i++) {
		float *sum = ts->centroids[ts->n], length = 0;
		memset(sum, 0, sizeof ts->centroids[0]);
		add_words(ts, issues[i].label, sum);
		add_words(ts, terms[i], sum);
		for (size_t d = 0; d < VECTOR_SIZE; d++)
			length += sum[d] * sum[d];
		length = sqrtf(length);
		if (length <= 0)
			continue;
		for (size_t d = 0; d < VECTOR_SIZE; d++)
			sum[d] /= length;
		ts->has[issues[i].cap_major] = true;
		ts->majors[ts->n++] = (uint8_t)issues[i].cap_major;
	}
	return 0;
}

bool topics_add_word(const struct topics *ts, struct str word, float score[TOPIC_MAJORS])
{
	float x[VECTOR_SIZE], best[TOPIC_MAJORS], mean = 0;
	int32_t index = ts->v && word.n > 1 ? find(ts, word) : VECTOR_NONE;
	unsigned majors = 0;
	if (index < COMMON_WORDS)
		return false;
	load(ts, index, x);
	for (size_t m = 0; m < TOPIC_MAJORS; m++)
		best[m] = -1;
	for (size_t i = 0; i < ts->n; i++) {
		float dot = 0;
		for (size_t d = 0; d < VECTOR_SIZE; d++)
			dot += x[d] * ts->centroids[i][d];
		if (dot > best[ts->majors[i]])
			best[ts->majors[i]] = dot;
	}
	for (size_t m = 0; m < TOPIC_MAJORS; m++)
		if (ts->has[m]) {
			mean += best[m];
			majors++;
		}
	mean /= (float)majors;
	float rarity = sqrtf(
		logf(2 + (float)index / COMMON_WORDS)); /* vectors lie in the order of frequency */
	for (size_t m = 0; m < TOPIC_MAJORS; m++)
		if (ts->has[m])
			score[m] += rarity * (best[m] - mean);
	return true;
}
