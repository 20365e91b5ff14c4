/* The weights by which pronouns find whom they mean: a table of the features that coref.c sees. */
#ifndef DEMARCHE_EXTRACT_ENTITY_COREF_MODEL_H
#define DEMARCHE_EXTRACT_ENTITY_COREF_MODEL_H

#include "base/err.h"

/* Templates of features with the number of values that each may take. What they mean stands beside
 * the code that fills them in. */
#define COREF_TEMPLATES(X)                                                                         \
	X(NOBODY, "nobody", 6)                                                                     \
	X(FORM, "form", 8)                                                                         \
	X(KIND, "kind", 8)                                                                         \
	X(GENDER, "gender", 6)                                                                     \
	X(SENTENCES, "sentences", 8)                                                               \
	X(BETWEEN, "between", 24)                                                                  \
	X(TOKENS, "tokens", 24)                                                                    \
	X(ROLES, "roles", 160)                                                                     \
	X(FIRST, "first", 4)                                                                       \
	X(COUNT, "count", 12)                                                                      \
	X(LAST_PRONOUN, "last-pronoun", 24)                                                        \
	X(QUOTES, "quotes", 8)                                                                     \
	X(BINDING, "binding", 24)                                                                  \
	X(CLAUSE, "clause", 48)                                                                    \
	X(CATAPHORA, "cataphora", 24)                                                              \
	X(LIST, "list", 8)                                                                         \
	X(PREPOSITION, "preposition", 48)                                                          \
	X(NEAREST, "nearest", 8)                                                                   \
	X(SENTENCE, "sentence", 16)                                                                \
	X(REFERRED, "referred", 8)                                                                 \
	X(TOPIC, "topic", 8)                                                                       \
	X(PARALLEL, "parallel", 24)                                                                \
	X(PATH, "path", 1024)

enum coref_template {
#define X(name, word, values) COREF_##name,
	COREF_TEMPLATES(X)
#undef X
		COREF_TEMPLATE_COUNT
};

/* Where the weights of a template begin. */
enum {
#define X(name, word, values) COREF_AT_##name, COREF_AT_END_##name = COREF_AT_##name + (values)-1,
	COREF_TEMPLATES(X)
#undef X
		COREF_WEIGHTS
};

struct coref_model {
	float w[COREF_WEIGHTS];
};

/* data/coref.tsv; 0, or -1 with *e set. */
int coref_model_read(struct coref_model *m, struct err *e) MUST_CHECK;
/* The name of a weight as in the table: "roles.17". `out` has room for 40 bytes. */
void coref_weight_name(unsigned weight, char out[40]);

#endif
