/* Problem documents inside other answers, such as a batch's result lines; problem_write
 * (api/routes.h) makes them a response.
 */
#ifndef DEMARCHE_API_PROBLEM_H
#define DEMARCHE_API_PROBLEM_H

#include "api/format/json_write.h"
#include "base/err.h"

/* {type, title, status, detail?, field?}; of a 5xx the title and status alone. */
void problem_encode(struct jw *j, const struct err *e);

#endif
