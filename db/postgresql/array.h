/* An array of integers or of bytes in PostgreSQL's binary form, built value by value. */
#ifndef DEMARCHE_DB_POSTGRESQL_ARRAY_H
#define DEMARCHE_DB_POSTGRESQL_ARRAY_H

#include "base/buf.h"
#include "db/postgresql/connection.h"

struct array {
	struct buf bytes;
	pg_oid type; /* of a value; 0 while none but NULL was added */
	int n;
	bool has_null, has_failed;
};

/* No value, of a type. */
void array_none(struct array *a, pg_oid type);
void array_add(struct array *a, const struct value *v);
/* Views that last until the array changes. */
struct value array_value(struct array *a);
struct value array_first(const struct array *a); /* its first value */
pg_oid array_type(pg_oid type);
void array_clear(struct array *a); /* keeps the memory */
void array_release(struct array *a);

#endif
