/* A question is answered here in less time than its answer would be kept. */
#include "db/sqlite/ahead.h"

int ahead_read(struct transaction *t, struct write *const *v, int n, struct err *e)
{
	(void)t, (void)v, (void)n, (void)e;
	return 0;
}

void ahead_forget(struct transaction *t)
{
	(void)t;
}
