/* States as rows of a product. */
#include "extract/syntax/state.h"

#include "extract/syntax/kernels.h"

void state_pack(const struct states *s, size_t i, const float *x)
{
	s->scales[i] = kernel_here()->to_bytes(x, STATE_SIZE, false, s->v[i]);
}

void state_unpack(const struct states *s, size_t i, float *x)
{
	for (unsigned d = 0; d < STATE_SIZE; d++)
		x[d] = s->scales[i] * (float)(s->v[i][d] - KERNEL_ROW_ZERO);
}
