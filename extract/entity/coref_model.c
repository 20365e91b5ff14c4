/* Reads the weights. */
#include "extract/entity/coref_model.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "extract/tables/tables.h"

static const struct {
	const char *name;
	unsigned at, values;
} templates[] = {
#define X(name, word, values) {word, COREF_AT_##name, values},
	COREF_TEMPLATES(X)
#undef X
};

static bool read_weight(struct coref_model *m, struct str name, struct str value)
{
	size_t dot = str_find(name, STR("."), 0);
	char number[32], *end = NULL;
	int64_t n;
	if (dot == SIZE_MAX || !str_to_i64(str_sub(name, dot + 1, name.n), &n) || value.n == 0 ||
	    value.n >= sizeof number)
		return false;
	snprintf(number, sizeof number, "%.*s", STR_ARG(value));
	float w = strtof(number, &end);
	if (*end || !isfinite(w))
		return false;
	for (size_t i = 0; i < sizeof templates / sizeof templates[0]; i++) {
		if (!str_eq(str_sub(name, 0, dot), str_of(templates[i].name)) || n < 0 ||
		    n >= (int64_t)templates[i].values)
			continue;
		m->w[templates[i].at + (unsigned)n] = w;
		return true;
	}
	return false;
}

int coref_model_read(struct coref_model *m, struct err *e)
{
	struct table t = tables_open(TABLE_COREF);
	while (table_next(&t))
		if (!read_weight(m, t.cell[0], t.cell[1]))
			return table_fail(&t, "no such feature, or its weight is no number", e);
	return 0;
}

void coref_weight_name(unsigned weight, char out[40])
{
	size_t i = sizeof templates / sizeof templates[0];
	while (i > 1 && templates[i - 1].at > weight)
		i--;
	snprintf(out, 40, "%s.%u", templates[i - 1].name, weight - templates[i - 1].at);
}
