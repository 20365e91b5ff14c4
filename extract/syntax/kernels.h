/* The kernels that there are, and which one networks go by. Any thread may ask. */
#ifndef DEMARCHE_EXTRACT_SYNTAX_KERNELS_H
#define DEMARCHE_EXTRACT_SYNTAX_KERNELS_H

#include "extract/syntax/kernel.h"

/* The best first; the last one, plain C, runs on every processor. */
extern const struct kernel *const kernels[];
extern const size_t n_kernels;
/* The best one that the processor has. */
const struct kernel *kernel_here(void);
/* From now on another one that it has, for tests and benches. */
void kernel_choose(const struct kernel *k);

#endif
