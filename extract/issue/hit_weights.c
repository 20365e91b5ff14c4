/* The model's file. */
#include "extract/issue/hit_weights.h"

#include <math.h>

#include "base/embed.h"
#include "extract/syntax/model_file.h"

EMBED(embedded_issues, "data/issues.bin");

const struct hit_weights *hit_weights_open(struct err *e)
{
	struct model_file f = {0};
	if (model_file_check(&f, EMBEDDED(embedded_issues), "issues.bin", HIT_KIND, HIT_VERSION,
			     e) < 0)
		return NULL;
	if (f.body.n == sizeof(struct hit_weights))
		return (const void *)f.body.p;
	err_set(e, ERR_INPUT, "model", "the parts of the file of issues do not fit");
	return NULL;
}

float hit_layers_sum(const struct hit_layers *l, const float dense[HIT_DENSE],
		     float units[HIT_UNITS])
{
	float sum = 0;
	for (size_t d = 0; d < HIT_DENSE; d++)
		sum += l->straight[d] * dense[d];
	for (size_t u = 0; u < HIT_UNITS; u++) {
		float in = l->in_bias[u];
		for (size_t d = 0; d < HIT_DENSE; d++)
			in += l->in[u][d] * dense[d];
		sum += in > 0 ? l->out[u] * in : 0;
		if (units)
			units[u] = in;
	}
	return sum;
}

float hit_probability(const struct hit_weights *w, const struct hit_features *f)
{
	float sum = 0;
	for (uint32_t i = 0; i < f->hashed.n; i++)
		sum += (float)w->v[f->hashed.at[i]];
	sum = sum * w->scale + hit_layers_sum(&w->layers, f->dense, NULL);
	return 1 / (1 + expf(-sum));
}
