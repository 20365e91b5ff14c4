/* The tables' actors and issues put into the database: store_seed. */
#ifndef DEMARCHE_DB_SQLITE_SEED_H
#define DEMARCHE_DB_SQLITE_SEED_H

#include "db/sqlite/transaction.h"

/* Submitted by its `write`, whose op is WRITE_SEED. */
struct seed_write {
	struct write write; /* first: a pointer to it is one to the whole */
	const struct knowledge *knowledge;
};

/* 0, or -1 with *e. The writer's thread alone. */
int seed_write(struct transaction *t, struct write *w, struct err *e) MUST_CHECK;

#endif
