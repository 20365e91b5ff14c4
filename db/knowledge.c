/* FNV-1a over each string, by FNV's prime over all: their order and their borders count. */
#include "db/knowledge.h"

static uint64_t add_str(uint64_t h, struct str s)
{
	return (h ^ str_hash(s) ^ (uint64_t)s.n << 56) * 0x100000001b3;
}

static uint64_t add_strs(uint64_t h, struct strs v)
{
	for (size_t i = 0; i < v.n; i++)
		h = add_str(h, v.v[i]);
	return h;
}

static uint64_t add_number(uint64_t h, int64_t v)
{
	return add_str(h, (struct str){(const char *)&v, sizeof v});
}

static uint64_t add_actor(uint64_t h, const struct actor *a)
{
	h = add_str(add_str(add_str(add_str(h, a->id), a->name), a->country), a->wikidata);
	h = add_strs(add_number(h, a->kind), a->aliases);
	for (size_t i = 0; i < a->n_roles; i++) {
		const struct role *r = &a->roles[i];
		h = add_str(add_str(h, r->title), r->country);
		h = add_number(add_number(h, r->from), r->to);
	}
	return add_number(h, (int64_t)a->n_roles);
}

static uint64_t add_issue(uint64_t h, const struct issue *i)
{
	h = add_strs(add_str(add_str(add_str(h, i->id), i->label), i->parent), i->terms);
	h = add_number(add_number(add_number(h, i->cap_major), i->cap_sub), i->is_open);
	return add_number(h, i->kind);
}

uint64_t knowledge_hash(const struct knowledge *k)
{
	uint64_t h = 1;
	for (size_t i = 0; i < k->n_actors; i++)
		h = add_actor(h, &k->actors[i]);
	for (size_t i = 0; i < k->n_issues; i++)
		h = add_issue(h, &k->issues[i]);
	return h ? h : 1;
}

uint64_t knowledge_names_hash(const struct actor *a)
{
	return add_strs(add_str(0, a->name), a->aliases);
}
