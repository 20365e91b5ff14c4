/* A hash table of names. */
#include "db/sqlite/outlet_number.h"

static int32_t *slot_of(const struct outlet_numbers *o, struct str name)
{
	size_t at = (size_t)str_hash(name) & (o->n_slots - 1);
	while (o->slots[at] && !str_eq(o->names[o->slots[at]], name))
		at = (at + 1) & (o->n_slots - 1);
	return &o->slots[at];
}

/* Never more than half full. */
static int grow(struct outlet_numbers *o, struct arena *a, struct err *e)
{
	size_t n_slots = o->n_slots ? o->n_slots * 2 : 128;
	int32_t *slots = arena_array(a, n_slots, sizeof *slots);
	if (!slots)
		return arena_full(e);
	o->slots = slots;
	o->n_slots = n_slots;
	for (size_t i = 1; i < o->n; i++)
		*slot_of(o, o->names[i]) = (int32_t)i;
	return 0;
}

static int append(struct outlet_numbers *o, struct str name, struct arena *a, struct err *e)
{
	if (arena_grow(a, (void **)&o->names, &o->cap, o->n + 1, sizeof *o->names))
		return arena_full(e);
	o->names[o->n] = name.n ? arena_str(a, name) : STR_EMPTY;
	return o->names[o->n++].p ? 0 : arena_full(e);
}

int outlet_number(struct outlet_numbers *o, struct str name, struct arena *a, int32_t *out,
		  struct err *e)
{
	*out = 0;
	if (name.n == 0)
		return 0;
	if ((o->n == 0 && append(o, STR_EMPTY, a, e)) || (o->n * 2 >= o->n_slots && grow(o, a, e)))
		return -1;
	int32_t *slot = slot_of(o, name);
	if (!*slot) {
		if (append(o, name, a, e))
			return -1;
		*slot = (int32_t)o->n - 1;
	}
	*out = *slot;
	return 0;
}

int outlet_number_of(struct outlet_numbers *o, struct reader *r, int64_t article, struct arena *a,
		     int32_t *out, struct err *e)
{
	sqlite3_stmt *st = r->st[R_OUTLET_OF];
	*out = o->last;
	if (article == o->article)
		return 0;
	sqlite3_bind_int64(st, 1, article);
	int row = sql_row(st, e);
	int rc = row < 0 ? -1 : row == 0 ? 0 : outlet_number(o, sql_column(st, 0), a, &o->last, e);
	sqlite3_reset(st);
	o->article = article;
	*out = o->last;
	return rc;
}

struct str outlet_name(const struct outlet_numbers *o, int32_t number)
{
	return number > 0 && (size_t)number < o->n ? o->names[number] : STR_EMPTY;
}
