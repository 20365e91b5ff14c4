/* How acts and sides go together: who supports something is for it, who merely states something
 * takes no side, mostly. What the choice of the act and the reader of positions find apart is
 * brought together by it. Pure. */
#ifndef DEMARCHE_EXTRACT_STANCE_ACT_SIDE_H
#define DEMARCHE_EXTRACT_STANCE_ACT_SIDE_H

#include "base/terms.h"

/* The likeliest act of a statement that takes this side with probability p, where `acts` are the
 * probabilities of its acts by what else is known of it. */
enum act act_with_side(const float acts[ACT_COUNT], enum position side, float p);

#endif
