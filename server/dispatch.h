/* What the thread pools do with an exchange, and which exchanges are refused while they wait. */
#ifndef DEMARCHE_SERVER_DISPATCH_H
#define DEMARCHE_SERVER_DISPATCH_H

#include "server/exchange.h"

/* For thread_pool_open: a turn of a worker, and of an extractor. `service` is the struct service.
 */
void dispatch_work(void *service, struct task *task);
void dispatch_extract(void *service, struct task *task);
/* Refuses the requests that wait for a thread past their deadline or whose clients have gone. */
void dispatch_withdraw(struct service *s, int64_t now_ns);

#endif
