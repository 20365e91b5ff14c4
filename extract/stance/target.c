/* The choice of the target. */
#include "extract/stance/target.h"

#include <string.h>

#include "extract/syntax/matrix.h"

void target_choose(const struct choice_weights *w, const struct choice_input *statement,
		   struct stance_input *in)
{
	struct target_candidates c;
	struct choice_input x;
	float hidden[CHOICE_HIDDEN], p[(TARGETS_MAX + 1) * TARGET_OUTCOMES];
	size_t best = 0;
	target_candidates(in, &c);
	if (c.n == 0 || in->is_unsaid || in->out->stance.act == ACT_DENY ||
	    in->out->stance.act == ACT_DECLINE_COMMENT)
		return;
	for (size_t i = 0; i <= c.n; i++) {
		target_features(in, &c, i, statement, &x);
		choice_forward(w, &x, hidden, &p[i * TARGET_OUTCOMES]);
	}
	matrix_softmax(p, (c.n + 1) * TARGET_OUTCOMES);
	for (size_t i = 1; i < c.n; i++)
		if (p[2 * i] + p[2 * i + 1] > p[2 * best] + p[2 * best + 1])
			best = i;
	const float *of = &p[TARGET_OUTCOMES * best];
	if (of[TARGET_BLAMED] + of[TARGET_PRAISED] < TARGET_SURE)
		return;
	in->target = c.v[best].span;
	in->out->stance.target = c.v[best].who;
	in->out->stance.target_position =
		of[TARGET_PRAISED] > of[TARGET_BLAMED] ? POSITION_SUPPORT : POSITION_OPPOSE;
}
