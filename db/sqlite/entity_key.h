/* Actors and issues as the writer meets them: their keys by slug, added when new. 0, or -1 with *e,
 * after which the transaction must be rolled back. The writer's thread alone. */
#ifndef DEMARCHE_DB_SQLITE_ENTITY_KEY_H
#define DEMARCHE_DB_SQLITE_ENTITY_KEY_H

#include "db/sqlite/transaction.h"

/* *key is 0 for an actor that is NULL. What a text calls it becomes an alias, unless a table or a
 * person gave its names. */
int actor_key(struct transaction *t, const struct actor *a, int64_t *key, struct err *e) MUST_CHECK;
/* Of a country by its code; *key is 0 for "". */
int country_key(struct transaction *t, struct str code, int64_t *key, struct err *e) MUST_CHECK;
int issue_key(struct transaction *t, const struct issue *i, int64_t *key, struct err *e) MUST_CHECK;

/* What the row of a slug says; key 0 where there is none. */
struct entity_row {
	int64_t key;
	bool is_known;	/* from the tables, not found in a text */
	bool is_edited; /* by a person */
	int64_t merged; /* key of the one that this is the same as, or 0 */
	int64_t edit;	/* the last one of it, or 0 */
};
int actor_find(struct transaction *t, struct str slug, struct entity_row *out,
	       struct err *e) MUST_CHECK;
int issue_find(struct transaction *t, struct str slug, struct entity_row *out,
	       struct err *e) MUST_CHECK;

/* Takes all names and roles off a row; puts them to a row that has none. */
int actor_drop_names(struct transaction *t, int64_t key, struct err *e) MUST_CHECK;
int actor_put_names(struct transaction *t, const struct actor *a, int64_t key,
		    struct err *e) MUST_CHECK;

/* New rows, with all their names. */
int actor_insert(struct transaction *t, const struct actor *a, bool is_known, int64_t *key,
		 struct err *e) MUST_CHECK;
int issue_insert(struct transaction *t, const struct issue *i, int64_t *key,
		 struct err *e) MUST_CHECK;
/* Rows that are there become these, names included; counts and is_edited stay. An actor becomes a
 * known one. */
int actor_update(struct transaction *t, const struct actor *a, int64_t key,
		 struct err *e) MUST_CHECK;
int issue_update(struct transaction *t, const struct issue *i, int64_t key,
		 struct err *e) MUST_CHECK;

#endif
