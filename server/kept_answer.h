/* An exchange's way to the answers that are kept. */
#ifndef DEMARCHE_SERVER_KEPT_ANSWER_H
#define DEMARCHE_SERVER_KEPT_ANSWER_H

#include "server/exchange.h"

/* What is sent of a response: its body in one of its forms. */
struct form {
	struct str body;
	const char *coding; /* NULL for none */
	bool varies;	    /* the other forms differ by Accept-Encoding */
};

/* Looks for the answer to this request by its head alone, which is checked: before the target is
 * taken apart, which was done when the answer was made. True when x->kept is it, of which x->rs and
 * the route now are; whether the client may have it is still to be asked. Never when the request
 * has a body or says "Cache-Control: no-cache" or "no-store". On the poller. */
bool kept_answer_find(struct exchange *x);
struct form kept_answer_form(const struct answer *a);
/* May this response be kept? */
bool kept_answer_may_be(const struct exchange *x);
/* Keeps it, if there is room: the body, x->rs.body or x->packed, is then x->kept's. */
void kept_answer_put(struct exchange *x, struct form *form, const char *tag);

#endif
