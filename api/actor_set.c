/* Sets of actors. */
#include "api/actor_set.h"

#include <stdatomic.h>
#include <stdlib.h>

enum { SET_BYTES_MAX = 64 * 1024 * 1024 };

struct actor_set {
	struct actor_table *table;
	struct actor *v;
	size_t n, n_merged, bytes;
	struct arena arena; /* theirs */
	atomic_int holders;
};

static size_t bytes_of(const struct actor *a)
{
	size_t n = a->name.n;
	for (size_t i = 0; i < a->aliases.n; i++)
		n += a->aliases.v[i].n;
	for (size_t i = 0; i < a->n_roles; i++)
		n += a->roles[i].title.n;
	return n;
}

static int fill(struct actor_set *set, const struct engine *en, struct reader *r, struct err *e)
{
	size_t n;
	if (store_edited_actors(r, &set->arena, &set->v, &n, &set->n_merged, e))
		return -1;
	for (; set->n < n && set->n < ACTORS_EDITED_MAX; set->n++) {
		size_t more = bytes_of(&set->v[set->n]);
		if (set->bytes + more > ACTOR_BYTES_MAX)
			break;
		set->bytes += more;
	}
	size_t left_out = n - set->n;
	set->n_merged = set->n_merged > left_out ? set->n_merged - left_out : 0;
	if (set->n == 0)
		return 0;
	set->table = engine_actors_open(en, set->v, set->n, set->n_merged, e);
	return set->table ? 0 : -1;
}

struct actor_set *actor_set_load(const struct engine *en, struct reader *r, struct err *e)
{
	struct actor_set *set = calloc(1, sizeof *set);
	if (!set) {
		arena_full(e);
		return NULL;
	}
	arena_init(&set->arena, SET_BYTES_MAX);
	atomic_init(&set->holders, 1);
	if (fill(set, en, r, e) == 0)
		return set;
	actor_set_release(set);
	return NULL;
}

struct actor_set *actor_set_hold(struct actor_set *set)
{
	if (set)
		atomic_fetch_add(&set->holders, 1);
	return set;
}

void actor_set_release(struct actor_set *set)
{
	if (!set || atomic_fetch_sub(&set->holders, 1) > 1)
		return;
	engine_actors_close(set->table);
	arena_release(&set->arena);
	free(set);
}

const struct actor_table *actor_set_table(const struct actor_set *set)
{
	return set ? set->table : NULL;
}

int actor_set_check_room(const struct actor_set *set, const struct actor *put, struct err *e)
{
	size_t n = set->n + 1, bytes = set->bytes + bytes_of(put);
	for (size_t i = 0; i < set->n; i++)
		if (str_eq(set->v[i].id, put->id)) {
			n--;
			bytes -= bytes_of(&set->v[i]);
		}
	if (n > ACTORS_EDITED_MAX && n > set->n)
		return err_set(e, ERR_TOO_LARGE, NULL,
			       "persons have added and changed %d actors already",
			       ACTORS_EDITED_MAX);
	if (bytes > ACTOR_BYTES_MAX && bytes > set->bytes)
		return err_set(e, ERR_TOO_LARGE, "aliases",
			       "the actors of persons have too many names together");
	return 0;
}
