/* Content negotiation (RFC 9110, section 12.5.1). Any thread. */
#ifndef DEMARCHE_API_ACCEPT_H
#define DEMARCHE_API_ACCEPT_H

#include "base/err.h"

/* The index of the offer that the Accept header likes best, the first of equals; an empty header
 * takes the first offer. -1 with ERR_NOT_ACCEPTABLE naming the offers when none will do. */
int accept_choose(struct str header, const char *const *offers, int n, struct err *e) MUST_CHECK;
/* Whether the header takes one of the media types that a route answers in (routes.h): 0, or -1 with
 * ERR_NOT_ACCEPTABLE. */
int accept_check(struct str header, const char *produces, struct err *e) MUST_CHECK;

#endif
