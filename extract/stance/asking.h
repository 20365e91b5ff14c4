/* Who wants a yes or no takes no side by asking: "asked whether the dam is safe", "'Do we need this
 * law?' she asked". "Asked why", "asked how anybody could", "'Is it not time?'" may. */
#ifndef DEMARCHE_EXTRACT_STANCE_ASKING_H
#define DEMARCHE_EXTRACT_STANCE_ASKING_H

#include "extract/attribution/attribution.h"
#include "extract/text/text.h"

bool asks_yes_or_no(const struct text *t, const struct attribution *at);

#endif
