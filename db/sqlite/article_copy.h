/* Copies found, joined and let go, and the sources of a text, in rows (db/copies.h). The writer's
 * thread alone. All return 0, or -1 with *e, after which the transaction must be rolled back. */
#ifndef DEMARCHE_DB_SQLITE_ARTICLE_COPY_H
#define DEMARCHE_DB_SQLITE_ARTICLE_COPY_H

#include "db/id.h"
#include "db/sqlite/transaction.h"

/* The article of which a text with this signature is a copy, 0 for none. */
int copy_find(struct transaction *t, const struct signature *s, int64_t *first,
	      struct err *e) MUST_CHECK;
/* That of a new article, which is no copy. */
int signature_save(struct transaction *t, int64_t article, const struct signature *s,
		   struct err *e) MUST_CHECK;
/* Compares an article that was stored before there were signatures; *copy_of is what it is a copy
 * of now. */
int copy_catch_up(struct transaction *t, int64_t article, struct str text, int64_t *copy_of,
		  struct err *e) MUST_CHECK;
/* Was it published on an earlier day than the first of its group, 0 for none? */
static inline bool copy_leads(int64_t article, int64_t first)
{
	return first && id_day(article) < id_day(first);
}
/* It is the first of the group from here on in which `former` was, and is no copy. Its signature is
 * the caller's to save. */
int copy_lead(struct transaction *t, int64_t article, int64_t former, struct err *e) MUST_CHECK;
/* Before an article's row goes: its sources and its signature go, and a copy takes its place. */
int copy_drop(struct transaction *t, int64_t article, struct err *e) MUST_CHECK;
/* The source of a text that is stored, where it is another one. */
int source_save(struct transaction *t, int64_t article, const struct article *sent,
		struct err *e) MUST_CHECK;

#endif
