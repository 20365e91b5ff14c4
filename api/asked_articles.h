/* What somebody says in articles that speak of the topic, where no statement has it near: "Kagan on
 * Bridgegate", a word that stands in another paragraph. Lives as long as the request. */
#ifndef DEMARCHE_API_ASKED_ARTICLES_H
#define DEMARCHE_API_ASKED_ARTICLES_H

#include "api/asked.h"

/* The statements of the named speaker of `p` in articles that have all words of what it is about
 * (`most`: more than half of them), and those that have them near: 1, with the reading that asks
 * for them, 0 where there are none, where the speaker speaks often, or `p` names no speaker or
 * topic, or -1 with *e. Takes readings of *k on the way. */
int asked_articles(struct request *rq, struct reader *r, struct asked *k, const struct phrase *p,
		   bool most, struct phrase *out, struct err *e) MUST_CHECK;

#endif
