/* What the network of syntax makes of each token in its sentence, as bytes that products are made
 * of (kernel.h): for later steps with networks of their own. Pure. */
#ifndef DEMARCHE_EXTRACT_SYNTAX_STATE_H
#define DEMARCHE_EXTRACT_SYNTAX_STATE_H

#include <stddef.h>
#include <stdint.h>

enum { STATE_SIZE = 192 };

/* By token. */
struct states {
	uint8_t (*v)[STATE_SIZE];
	float *scales;
};

/* x: STATE_SIZE floats. */
void state_pack(const struct states *s, size_t i, const float *x);
void state_unpack(const struct states *s, size_t i, float *x);

#endif
