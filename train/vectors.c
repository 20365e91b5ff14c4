/* Makes data/vectors.bin from vectors in the text format of GloVe: lines of a word and its numbers,
 *the commonest word first.
 *
 *	vectors GLOVE.TXT WORDS OUT
 *
 * Each vector is kept as bytes with one scale: the largest number of it is 127 steps. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "extract/syntax/form_hash.h"
#include "extract/syntax/vectors.h"
#include "train/model_write.h"

/* Brings the numbers near the size of those that the network fits itself. */
static const float SPREAD = 1.5f;

static void quantize(char *at, int8_t *bytes, float *scale)
{
	float x[VECTOR_SIZE], most = 1e-6f;
	for (int d = 0; d < VECTOR_SIZE; d++) {
		x[d] = strtof(at, &at);
		most = fmaxf(most, fabsf(x[d]));
	}
	for (int d = 0; d < VECTOR_SIZE; d++)
		bytes[d] = (int8_t)lrintf(x[d] / most * 127);
	*scale = most / 127 * SPREAD;
}

/* The first of two words with one key keeps it. */
static bool place(struct vector_place *places, uint32_t n_places, uint32_t key, uint32_t index)
{
	uint32_t i = key;
	while (places[i & (n_places - 1)].key) {
		if (places[i & (n_places - 1)].key == key)
			return false;
		i++;
	}
	places[i & (n_places - 1)] = (struct vector_place){key, index};
	return true;
}

static void *room(size_t n, size_t size)
{
	void *p = calloc(n, size);
	if (!p)
		exit(1);
	return p;
}

int main(int argc, char **argv)
{
	FILE *f = argc == 4 ? fopen(argv[1], "r") : NULL;
	uint32_t max = argc == 4 ? (uint32_t)strtoul(argv[2], NULL, 10) : 0, n_places = 1;
	if (!f || max == 0) {
		fprintf(stderr, "usage: vectors GLOVE.TXT WORDS OUT\n");
		return 2;
	}
	while (n_places < max + max / 4)
		n_places *= 2;
	struct vector_place *places = room(n_places, sizeof *places);
	float *scales = room(max, sizeof *scales);
	int8_t(*bytes)[VECTOR_SIZE] = room(max, sizeof *bytes);
	struct vectors_head head = {.n_places = n_places, .size = VECTOR_SIZE};
	char *line = NULL;
	size_t cap = 0;
	while (head.n_vectors < max && getline(&line, &cap, f) > 0) {
		struct form_hashes v;
		char *gap = strchr(line, ' ');
		if (!gap)
			exit(1);
		form_hashes_of((struct str){line, (size_t)(gap - line)}, &v);
		if (!place(places, n_places, v.low, head.n_vectors))
			continue;
		quantize(gap, bytes[head.n_vectors], &scales[head.n_vectors]);
		head.n_vectors++;
	}
	const struct str parts[] = {{(char *)&head, sizeof head},
				    {(char *)places, n_places * sizeof *places},
				    {(char *)scales, head.n_vectors * sizeof *scales},
				    {(char *)bytes, head.n_vectors * sizeof *bytes}};
	bool ok = model_write(argv[3], VECTORS_KIND, VECTORS_VERSION, parts, 4);
	free(places);
	free(scales);
	free(bytes);
	free(line);
	fclose(f);
	return ok ? 0 : 1;
}
