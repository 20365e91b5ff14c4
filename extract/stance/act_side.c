/* A table of counts, and Bayes' rule over it. */
#include "extract/stance/act_side.h"

#include <stdint.h>

enum side { FOR, AGAINST, CONCERN, NO_SIDE, SIDES };

/* Which side is taken by the lines with an act, in thousandths: the train part of the corpus,
 * 20,110 lines. */
static const uint16_t taken[ACT_COUNT][SIDES] = {
	[ACT_STATE] = {69, 28, 80, 823},    [ACT_SUPPORT] = {968, 9, 1, 22},
	[ACT_ACCUSE] = {11, 983, 5, 1},	    [ACT_REQUEST] = {804, 164, 6, 26},
	[ACT_REJECT] = {13, 969, 1, 17},    [ACT_AGREE] = {803, 70, 14, 113},
	[ACT_DENY] = {56, 74, 1, 869},	    [ACT_CONSULT] = {231, 31, 15, 723},
	[ACT_YIELD] = {84, 595, 11, 310},   [ACT_DECLINE_COMMENT] = {1, 1, 1, 997},
	[ACT_THREATEN] = {420, 535, 1, 44}, [ACT_PROTEST] = {135, 855, 1, 9},
	[ACT_AID] = {860, 1, 1, 138},	    [ACT_COERCE] = {500, 406, 1, 93},
	[ACT_SANCTION] = {417, 546, 1, 36}, [ACT_COOPERATE] = {937, 1, 1, 61},
	[ACT_RETREAT] = {118, 588, 1, 293}, [ACT_MOBILIZE] = {615, 1, 1, 383},
	[ACT_ASSAULT] = {100, 500, 1, 399},
};
static const float all[SIDES] = {0.375f, 0.295f, 0.028f, 0.302f};

static enum side side_of(enum position p)
{
	return p == POSITION_SUPPORT   ? FOR
	       : p == POSITION_OPPOSE  ? AGAINST
	       : p == POSITION_CONCERN ? CONCERN
				       : NO_SIDE;
}

/* How much likelier the act is where the side is taken with probability p. No act leaves a side out
 * for sure. */
static float lift(size_t act, enum side s, float p)
{
	const float least = 0.02f;
	float share = (float)taken[act][s] / 1000;
	share = share < least ? least : share > 1 - least ? 1 - least : share;
	return p * share / all[s] + (1 - p) * (1 - share) / (1 - all[s]);
}

enum act act_with_side(const float acts[ACT_COUNT], enum position side, float p)
{
	enum side s = side_of(side);
	size_t best = 0;
	for (size_t k = 1; k < ACT_COUNT; k++)
		if (acts[k] * lift(k, s, p) > acts[best] * lift(best, s, p))
			best = k;
	return (enum act)best;
}
