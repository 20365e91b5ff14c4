/* How a content hangs on its cue. */
#ifndef DEMARCHE_EXTRACT_ATTRIBUTION_FRAME_H
#define DEMARCHE_EXTRACT_ATTRIBUTION_FRAME_H

#include "extract/attribution/attribution.h"
#include "extract/attribution/context.h"

/* Asks for head, source and parts of *at, with each run of quotations as one part. */
enum frame frame_of(const struct context *ctx, const struct attribution *at);

#endif
