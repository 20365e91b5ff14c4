/* Each answer is one block: the name, the matches, their strings. It is handed out as a copy whose
 * views are moved by as much as the block is. */
#include "db/sqlite/lookup_cache.h"

#include <stdlib.h>
#include <string.h>

/* Of a slot: 70 issues are below the largest one; those of all that are above others take some
 * 100 kB a reader. */
enum { BLOCK_MAX_BYTES = 16384 };

struct lookup_slot {
	uint64_t version;
	enum lookup_kind kind;
	struct str name; /* the end of the block */
	char *block;	 /* the matches are its start */
	size_t bytes, n;
};

/* What is in a match: its size, and where its views are. */
struct shape {
	size_t size, views[5], n_views;
};

static const struct shape actor_shape = {
	sizeof(struct actor_match),
	{offsetof(struct actor_match, actor.id), offsetof(struct actor_match, actor.name),
	 offsetof(struct actor_match, actor.country), offsetof(struct actor_match, actor.wikidata),
	 offsetof(struct actor_match, alias)},
	5};
static const struct shape issue_shape = {
	sizeof(struct issue_match),
	{offsetof(struct issue_match, issue.id), offsetof(struct issue_match, issue.label),
	 offsetof(struct issue_match, issue.parent), offsetof(struct issue_match, alias)},
	4};

int lookup_cache_init(struct lookup_cache *c, struct err *e)
{
	*c = (struct lookup_cache){.slots = calloc(LOOKUP_SLOTS, sizeof *c->slots)};
	return c->slots ? 0 : err_set(e, ERR_DB, NULL, "out of memory");
}

void lookup_cache_release(struct lookup_cache *c)
{
	for (int i = 0; c->slots && i < LOOKUP_SLOTS; i++)
		free(c->slots[i].block);
	free(c->slots);
	*c = (struct lookup_cache){0};
}

void lookup_cache_snapshot(struct lookup_cache *c, uint64_t version)
{
	c->version = version;
}

static struct lookup_slot *slot_of(const struct lookup_cache *c, enum lookup_kind kind,
				   struct str name)
{
	return &c->slots[(str_hash(name) + (uint64_t)kind) % LOOKUP_SLOTS];
}

static struct str *view_of(char *matches, const struct shape *shape, size_t match, size_t view)
{
	return (struct str *)(void *)(matches + match * shape->size + shape->views[view]);
}

static int find(const struct lookup_cache *c, enum lookup_kind kind, const struct shape *shape,
		struct str name, struct arena *a, void **matches, size_t *n, struct err *e)
{
	const struct lookup_slot *s = slot_of(c, kind, name);
	if (!c->version || s->version != c->version || s->kind != kind || !str_eq(s->name, name))
		return 0;
	char *copy = arena_room(a, 1, s->bytes);
	if (!copy)
		return arena_full(e);
	memcpy(copy, s->block, s->bytes);
	for (size_t i = 0; i < s->n; i++)
		for (size_t k = 0; k < shape->n_views; k++) {
			struct str *view = view_of(copy, shape, i, k);
			view->p = copy + (view->p - s->block);
		}
	*matches = s->n ? copy : NULL;
	*n = s->n;
	return 1;
}

static size_t bytes_of(const struct shape *shape, char *matches, size_t n)
{
	size_t bytes = n * shape->size;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < shape->n_views; k++)
			bytes += view_of(matches, shape, i, k)->n;
	return bytes;
}

static struct str add(char **end, struct str s)
{
	struct str copy = {*end, s.n};
	if (s.n)
		memcpy(*end, s.p, s.n);
	*end += s.n;
	return copy;
}

static void put(struct lookup_cache *c, enum lookup_kind kind, const struct shape *shape,
		struct str name, char *matches, size_t n)
{
	struct lookup_slot *s = slot_of(c, kind, name);
	size_t bytes = bytes_of(shape, matches, n);
	char *block =
		c->version && bytes + name.n < BLOCK_MAX_BYTES ? malloc(bytes + name.n + 1) : NULL;
	if (!block)
		return;
	free(s->block);
	*s = (struct lookup_slot){.version = c->version, .kind = kind, .block = block, .n = n};
	char *end = block + n * shape->size;
	if (n)
		memcpy(block, matches, n * shape->size);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < shape->n_views; k++) {
			struct str *view = view_of(block, shape, i, k);
			*view = add(&end, *view);
		}
	s->bytes = (size_t)(end - block);
	s->name = add(&end, name);
}

int lookup_cache_actors(const struct lookup_cache *c, struct str name, struct arena *a,
			struct actor_matches *out, struct err *e)
{
	return find(c, LOOKUP_ACTORS, &actor_shape, name, a, (void **)&out->v, &out->n, e);
}

int lookup_cache_issues(const struct lookup_cache *c, enum lookup_kind kind, struct str name,
			struct arena *a, struct issue_matches *out, struct err *e)
{
	return find(c, kind, &issue_shape, name, a, (void **)&out->v, &out->n, e);
}

void lookup_cache_put_actors(struct lookup_cache *c, struct str name,
			     const struct actor_matches *found)
{
	put(c, LOOKUP_ACTORS, &actor_shape, name, (char *)found->v, found->n);
}

void lookup_cache_put_issues(struct lookup_cache *c, enum lookup_kind kind, struct str name,
			     const struct issue_matches *found)
{
	put(c, kind, &issue_shape, name, (char *)found->v, found->n);
}
