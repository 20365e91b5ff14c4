/* Problem documents (RFC 9457): the one shape of every error. */
#ifndef DEMARCHE_API_PROBLEM_H
#define DEMARCHE_API_PROBLEM_H

#include "api/format/json_write.h"
#include "api/http.h"

/* {type, title, status, detail?, field?}, inside another answer; of a 5xx the title and status
 * alone, since the message belongs in the log. */
void problem_encode(struct jw *j, const struct err *e);
/* The same as the whole response. */
void problem_write(struct response *rs, const struct err *e);

#endif
