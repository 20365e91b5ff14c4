/* Products as they would be without bytes, in the engine of the same build: tests/bench/
 * float_products.c stands in the benchmark's program for extract/syntax/product.c. */
#ifndef DEMARCHE_TESTS_BENCH_FLOAT_PRODUCTS_H
#define DEMARCHE_TESTS_BENCH_FLOAT_PRODUCTS_H

#include <stdbool.h>

/* From now on every product is of floats, by the widest vectors that the kernel chosen stands for
 * (extract/syntax/kernels.h): AVX-512, AVX2 with its products and sums in one instruction, SSE2.
 * What stays in floats in the product goes by these vectors, too. All but products of readings
 * (extract/attribution/reading.h), which ask the kernel itself and stay in bytes. */
void float_products_choose(bool are_floats);

#endif
