/* The head - dimensions, nulls, type, number, first index - and for each value its length and it.
 */
#include "db/postgresql/array.h"

#include <string.h>

enum { HEAD_BYTES = 20, ARRAY_BYTES_MAX = 512 * 1024 * 1024 };

static void put4(char *p, uint32_t v)
{
	for (int i = 0; i < 4; i++)
		p[i] = (char)(v >> (24 - 8 * i));
}

static void add4(struct buf *b, uint32_t v)
{
	char p[4];
	put4(p, v);
	buf_add(b, (struct str){p, sizeof p});
}

static void add_head(struct array *a)
{
	static const char head[HEAD_BYTES];
	a->bytes.max = ARRAY_BYTES_MAX;
	buf_add(&a->bytes, (struct str){head, sizeof head});
}

void array_none(struct array *a, pg_oid type)
{
	array_clear(a);
	add_head(a);
	a->type = type;
}

void array_add(struct array *a, const struct value *v)
{
	if (a->n == 0)
		add_head(a);
	a->n++;
	if (v->type) {
		a->type = v->type;
		add4(&a->bytes, (uint32_t)v->n);
		buf_add(&a->bytes, (struct str){v->p ? v->p : v->number, v->n});
	} else {
		a->has_null = true;
		add4(&a->bytes, UINT32_MAX);
	}
	a->has_failed |= a->bytes.failed;
}

pg_oid array_type(pg_oid type)
{
	return type == PG_INT8 ? PG_INT8_ARRAY : PG_BYTEA_ARRAY;
}

struct value array_value(struct array *a)
{
	const uint32_t head[] = {1, a->has_null, a->type, (uint32_t)a->n, 1};
	for (size_t i = 0; i < sizeof head / sizeof head[0]; i++)
		put4(a->bytes.p + 4 * i, head[i]);
	return value_bytes(a->bytes.p, a->bytes.n, array_type(a->type));
}

struct value array_first(const struct array *a)
{
	const char *p = a->bytes.p + HEAD_BYTES;
	uint32_t n = 0;
	for (int i = 0; i < 4; i++)
		n = n << 8 | (unsigned char)p[i];
	struct value null = {0};
	return n == UINT32_MAX ? null : value_bytes(p + 4, n, a->type);
}

void array_clear(struct array *a)
{
	buf_clear(&a->bytes);
	a->type = 0;
	a->n = 0;
	a->has_null = a->has_failed = false;
}

void array_release(struct array *a)
{
	buf_release(&a->bytes);
	*a = (struct array){0};
}
