/* The choice among the kernels. */
#include "extract/syntax/kernels.h"

const struct kernel *const kernels[] = {
#if defined(__x86_64__)
	&kernel_vnni, &kernel_avx2,
#endif
	&kernel_plain};
const size_t n_kernels = sizeof kernels / sizeof kernels[0];

static _Atomic(const struct kernel *) chosen;

const struct kernel *kernel_here(void)
{
	/* Threads that come first together choose the same. */
	const struct kernel *k = chosen;
	for (size_t i = 0; !k && i < n_kernels; i++)
		if (kernels[i]->runs_here())
			chosen = k = kernels[i];
	return k;
}

void kernel_choose(const struct kernel *k)
{
	chosen = k;
}
