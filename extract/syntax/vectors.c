/* Vectors of words: their file's layout, and how a word's is found. */
#include "extract/syntax/vectors.h"

#include <string.h>

int vectors_view(struct vectors *v, struct str body, struct err *e)
{
	struct vectors_head head;
	if (body.n < sizeof head)
		return err_set(e, ERR_INPUT, "model", "the file of word vectors has no head");
	memcpy(&head, body.p, sizeof head);
	size_t places = (size_t)head.n_places * sizeof *v->places,
	       scales = (size_t)head.n_vectors * sizeof *v->scales,
	       bytes = (size_t)head.n_vectors * sizeof *v->bytes;
	if (head.size != VECTOR_SIZE || head.n_places == 0 ||
	    (head.n_places & (head.n_places - 1)) ||
	    body.n != sizeof head + places + scales + bytes)
		return err_set(e, ERR_INPUT, "model",
			       "the parts of the file of word vectors do not fit");
	const char *at = body.p + sizeof head;
	v->places = (const void *)at;
	v->scales = (const void *)(at + places);
	v->bytes = (const int8_t(*)[VECTOR_SIZE])(at + places + scales);
	v->n_vectors = head.n_vectors;
	v->n_places = head.n_places;
	return 0;
}

int32_t vectors_find(const struct vectors *v, uint32_t key)
{
	/* A table may be full: the walk ends after one round. */
	for (uint32_t i = key, left = v->n_places; left > 0; i++, left--) {
		const struct vector_place *p = &v->places[i & (v->n_places - 1)];
		if (p->key == key)
			return p->index < v->n_vectors ? (int32_t)p->index : VECTOR_NONE;
		if (!p->key)
			break;
	}
	return VECTOR_NONE;
}

void vectors_put(const struct vectors *v, int32_t vector, float *x)
{
	if (vector == VECTOR_NONE) {
		memset(x, 0, VECTOR_SIZE * sizeof *x);
		return;
	}
	const int8_t *bytes = v->bytes[vector];
	for (size_t d = 0; d < VECTOR_SIZE; d++)
		x[d] = (float)bytes[d] * v->scales[vector];
}
