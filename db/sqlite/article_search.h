/* Articles searched by their words, title and address. */
#ifndef DEMARCHE_DB_SQLITE_ARTICLE_SEARCH_H
#define DEMARCHE_DB_SQLITE_ARTICLE_SEARCH_H

#include "db/sqlite/reader.h"

bool article_query_searches(const struct article_query *q);
/* As store_articles, for a question that searches. */
int article_search(struct reader *r, const struct article_query *q, struct arena *a,
		   struct article_list *out, int64_t *next, struct err *e) MUST_CHECK;

#endif
