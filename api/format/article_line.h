/* A line of JSON as an article with an id of the caller's own, which the API does not take. */
#ifndef DEMARCHE_API_FORMAT_ARTICLE_LINE_H
#define DEMARCHE_API_FORMAT_ARTICLE_LINE_H

#include "base/arena.h"
#include "base/model.h"

/* *id is the member "id" as JSON of any type, "null" when there is none, also when decoding fails
 * after it was read. The rest as article_decode takes it; what lives, lives in `a`. -1 with *e as
 * article_decode. */
int article_line_decode(struct str json, struct arena *a, struct str *id, struct article *out,
			struct err *e) MUST_CHECK;

#endif
