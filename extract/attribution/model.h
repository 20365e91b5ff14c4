/* The fitted weights of attribution, as they lie in data/attribution.bin. Immutable once open; any
 * thread may read. */
#ifndef DEMARCHE_EXTRACT_ATTRIBUTION_MODEL_H
#define DEMARCHE_EXTRACT_ATTRIBUTION_MODEL_H

#include "extract/attribution/reading.h"
#include "extract/attribution/trees.h"
#include "extract/syntax/model_file.h"

#define ATTRIBUTION_KIND "DMattrib"
enum { ATTRIBUTION_VERSION = 4, WHOLE_FEATURES = 36, TREES = 160, EVIDENCE_MAX = 128 };

/* A byte q stands for scale * sign(q) * (q / 127)^2: fine near 0, where most weights are. */
struct attribution_weights {
	float scale[STAGE_COUNT];
	/* A stage's score: what the features add up to and what its network says, each so many
	 * times, and a constant. */
	struct {
		float features, network, bias;
	} blend[STAGE_COUNT];
	float whole[WHOLE_FEATURES]; /* of the last question: is this statement there as a whole? */
	struct tree trees[TREES];    /* what they add to that (evidence.h) */
	struct reading_weights reading;
	int8_t hashed[STAGE_COUNT][FEATURE_PLACES];
};

struct attribution_model {
	struct model_file file;
	const struct attribution_weights *w;
	float value[STAGE_COUNT][256]; /* of each byte */
	struct reading_network network;
};

/* Opens the model inside the program (path NULL) or in a file. 0, or -1 with *e set when it is
 * damaged. */
int attribution_model_open(struct attribution_model *m, const char *path, struct err *e) MUST_CHECK;
/* The same with weights that somebody else keeps; -1: out of memory. */
int attribution_model_view(struct attribution_model *m,
			   const struct attribution_weights *w) MUST_CHECK;
void attribution_model_close(struct attribution_model *m);

/* What the features add up to. */
static inline float attribution_score(const struct attribution_model *m, enum stage stage,
				      const struct features *f)
{
	float sum = 0;
	for (uint32_t i = 0; i < f->n; i++)
		sum += m->value[stage][(uint8_t)m->w->hashed[stage][f->at[i]]];
	return sum;
}

#endif
