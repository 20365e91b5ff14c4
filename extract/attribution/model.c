/* The model file of attribution. */
#include "extract/attribution/model.h"

#include "base/embed.h"

EMBED(embedded_attribution, "data/attribution.bin");

int attribution_model_view(struct attribution_model *m, const struct attribution_weights *w)
{
	m->w = w;
	for (unsigned stage = 0; stage < STAGE_COUNT; stage++)
		for (int q = -128; q < 128; q++) {
			float x = (float)q / 127;
			m->value[stage][(uint8_t)q] = w->scale[stage] * x * (x < 0 ? -x : x);
		}
	return reading_network_open(&m->network, &w->reading);
}

int attribution_model_open(struct attribution_model *m, const char *path, struct err *e)
{
	if (path ? model_file_open(&m->file, path, ATTRIBUTION_KIND, ATTRIBUTION_VERSION, e) < 0
		 : model_file_embedded(&m->file, EMBEDDED(embedded_attribution), "attribution.bin",
				       ATTRIBUTION_KIND, ATTRIBUTION_VERSION, e) < 0)
		return -1;
	if (m->file.body.n != sizeof *m->w) {
		err_set(e, ERR_INPUT, "model",
			"the model file has %zu bytes of weights: this program's attribution has "
			"%zu",
			m->file.body.n, sizeof *m->w);
		model_file_close(&m->file);
		return -1;
	}
	if (attribution_model_view(m, (const void *)m->file.body.p) == 0)
		return 0;
	model_file_close(&m->file);
	return arena_full(e);
}

void attribution_model_close(struct attribution_model *m)
{
	reading_network_close(&m->network);
	model_file_close(&m->file);
}
