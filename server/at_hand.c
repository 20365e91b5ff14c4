/* Tries are counted: where few come to something, few are made. */
#include "server/at_hand.h"

#include "server/gzip.h"
#include "server/reply.h"

enum {
	CREDIT_MOST = 8,    /* tries in a row that may fail */
	SELDOM_ONE_OF = 16, /* is tried without credit */
};

/* Several pollers may change it at once, and a change may be lost: it is an estimate. */
static void learn(struct service *s, bool has_come)
{
	int credit = atomic_load_explicit(&s->at_hand_credit, memory_order_relaxed);
	if (has_come ? credit < CREDIT_MOST : credit > 0)
		atomic_store_explicit(&s->at_hand_credit, credit + (has_come ? 1 : -1),
				      memory_order_relaxed);
}

static bool is_likely(struct service *s)
{
	if (atomic_load_explicit(&s->at_hand_credit, memory_order_relaxed) > 0)
		return true;
	unsigned turn = atomic_fetch_add_explicit(&s->at_hand_turn, 1, memory_order_relaxed);
	return turn % SELDOM_ONE_OF == 0;
}

/* To compress an answer takes longer than all else, and is a worker's. */
static bool may_be_tried(struct exchange *x)
{
	return route_tries_at_hand(x->route) && x->rq.method == METHOD_GET && !x->rq.wants_fresh &&
	       !x->has_key &&
	       !(x->service->config.compresses &&
		 coding_is_accepted(x->head.values[HEAD_ACCEPT_ENCODING], STR("gzip"))) &&
	       is_likely(x->service);
}

bool at_hand_answer(struct exchange *x)
{
	if (!may_be_tried(x))
		return false;
	const struct response before = x->rs;
	x->rq.only_at_hand = true;
	bool has_come =
		x->rq.then(&x->rq, &x->rs, &x->err) == API_DONE && x->budget.end == BUDGET_LASTS;
	x->rq.only_at_hand = false;
	learn(x->service, has_come);
	if (!has_come) {
		buf_release(&x->rs.body);
		x->rs = before;
		x->err = (struct err){0};
		x->budget.end = BUDGET_LASTS;
		return false;
	}
	metrics_increment(&x->service->metrics.at_hand);
	reply_make(x);
	exchange_trim(x);
	return true;
}
