/* Attributions made fit for statements: without those of the page around the text, those whose
 * source is a thing ("the crisis") and those that take the end of a quotation of several paragraphs
 * for the next speaker's; quotations end with their paragraph, the next one being a statement of
 * its own (quotation.h). */
#ifndef DEMARCHE_EXTRACT_ATTRIBUTION_TIDY_H
#define DEMARCHE_EXTRACT_ATTRIBUTION_TIDY_H

#include "extract/attribution/attribution.h"
#include "extract/attribution/context.h"

/* In place. What is said or quoted stays though a thing says it: somebody does. */
void attributions_tidy(const struct context *ctx, struct attributions *all);

#endif
