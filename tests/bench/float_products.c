/* The product's own two files, and a choice between them. */
#include "tests/bench/float_products.h"

#include <string.h>

#include "extract/syntax/kernels.h"
#include "extract/syntax/product.h"

static bool are_floats;

void float_products_choose(bool are)
{
	are_floats = are;
}

/* Vectors as wide as the kernel's, not as the processor's. */
static bool may_use(const char *feature)
{
#if defined(__x86_64__)
	const struct kernel *k = kernel_here();
	return k == &kernel_vnni || (k == &kernel_avx2 && strcmp(feature, "avx512f") != 0);
#else
	(void)feature;
	return false;
#endif
}

#define __builtin_cpu_supports(feature) may_use(feature)
#include "extract/syntax/matrix.c"
#undef __builtin_cpu_supports
#undef FOUR

static void add_bytes(const struct product *p, const float *x, size_t x_step, float *y,
		      size_t y_step, size_t rows);
__attribute__((unused)) static void affine_bytes(const struct product *p, const float *x,
						 const float *bias, float *y, size_t rows);
#define product_add    add_bytes
#define product_affine affine_bytes
#include "extract/syntax/product.c"
#undef product_add
#undef product_affine

void product_add(const struct product *p, const float *x, size_t x_step, float *y, size_t y_step,
		 size_t rows)
{
	struct product floats = *p;
	if (are_floats)
		floats.bytes = NULL;
	add_bytes(&floats, x, x_step, y, y_step, rows);
}

void product_affine(const struct product *p, const float *x, const float *bias, float *y,
		    size_t rows)
{
	matrix_fill(y, bias, rows, p->columns);
	product_add(p, x, p->inner, y, p->columns, rows);
}
