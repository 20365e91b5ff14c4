/* Explanations of statements as JSON. */
#ifndef DEMARCHE_API_FORMAT_JSON_EXPLANATION_H
#define DEMARCHE_API_FORMAT_JSON_EXPLANATION_H

#include "api/format/json_write.h"
#include "extract/explanation.h"

/* One object; schema Explanation of openapi.yaml. */
void explanation_write(struct jw *j, const struct explanation *x);

#endif
