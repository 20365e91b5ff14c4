/* What the fuzz targets share. A target is one function, run by libFuzzer (make fuzz-NAME) and,
 * over its corpus, by make check. What must hold is said with FUZZ_CHECK: it aborts, which both
 * take for a finding. */
#ifndef DEMARCHE_TESTS_FUZZ_H
#define DEMARCHE_TESTS_FUZZ_H

#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/utf8.h"

#define FUZZ_CHECK(condition)                                                                      \
	do {                                                                                       \
		if (!(condition)) {                                                                \
			fprintf(stderr, "%s:%d: not true: %s\n", __FILE__, __LINE__, #condition);  \
			abort();                                                                   \
		}                                                                                  \
	} while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline struct str fuzz_input(const uint8_t *data, size_t size)
{
	return (struct str){size ? (const char *)data : "", size};
}

static inline bool fuzz_is_utf8(struct str s)
{
	return utf8_valid_prefix(s) == s.n;
}

/* A refusal is the client's fault, says why, and says it in UTF-8 (it goes into
 * a JSON document). */
static inline void fuzz_check_refusal(const struct err *e)
{
	FUZZ_CHECK(e->kind != ERR_NONE && e->kind < ERR_KIND_COUNT);
	FUZZ_CHECK(err_status(e->kind) / 100 == 4);
	FUZZ_CHECK(e->message[0] != '\0');
	FUZZ_CHECK(fuzz_is_utf8(str_of(e->message)) && fuzz_is_utf8(str_of(e->field)));
}

#endif
