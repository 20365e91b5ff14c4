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

/* Has the request said "Cache-Control: no-cache" or "no-store"? */
bool kept_answer_is_unwanted(const struct exchange *x);
/* True when x->kept is the answer to this request, of which x->rs and *form now are. On the poller;
 * `today` in UTC. Never when it is unwanted. */
bool kept_answer_find(struct exchange *x, day_t today, struct form *form);
/* May this response be kept? */
bool kept_answer_may_be(const struct exchange *x);
/* Keeps it, if there is room: the body, x->rs.body or x->packed, is then x->kept's. */
void kept_answer_put(struct exchange *x, struct form *form, const char *tag);

#endif
