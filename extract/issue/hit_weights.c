/* The model's file. */
#include "extract/issue/hit_weights.h"

#include <math.h>

#include "base/embed.h"
#include "extract/syntax/model_file.h"

EMBED(embedded_issues, "data/issues.bin");

const struct issue_weights *issue_weights_open(struct err *e)
{
	struct model_file f = {0};
	if (model_file_embedded(&f, EMBEDDED(embedded_issues), "issues.bin", HIT_KIND, HIT_VERSION,
				e) < 0)
		return NULL;
	if (f.body.n == sizeof(struct issue_weights))
		return (const void *)f.body.p;
	err_set(e, ERR_INPUT, "model", "the parts of the file of issues do not fit");
	return NULL;
}

float hit_score(const struct hit_weights *w, const struct features *f)
{
	float sum = 0;
	for (uint32_t i = 0; i < f->n; i++)
		sum += (float)w->v[f->at[i]];
	return sum * w->scale;
}

float hit_probability(const struct hit_weights *w, const struct features *f)
{
	return 1 / (1 + expf(-hit_score(w, f)));
}
