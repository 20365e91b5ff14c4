/* Problem documents (RFC 9457): the one shape of every error. */
#ifndef DEMARCHE_API_PROBLEM_H
#define DEMARCHE_API_PROBLEM_H

#include "api/format/json_write.h"
#include "api/http.h"

/* What comes before the code of a problem in its type. */
#define PROBLEM_TYPE "urn:demarche:problem:"

/* {type, title, status, detail?, field?, request_id?}, inside another answer; of a 5xx neither
 * detail nor field, since the message belongs in the log, where the request's id leads to. "" for
 * no id. */
void problem_encode(struct jw *j, const struct err *e, struct str request_id);
/* The same as the whole response. */
void problem_write(struct response *rs, const struct err *e, struct str request_id);

#endif
