/* Finds the table's phrases in a text: a walk through the trie from every token, patterns put
 * together, negative contexts. */
#include "extract/issue/issue_match.h"

#include <stdlib.h>

#include "extract/tables/key.h"

enum { FRONTIER = 8, MEMBERS_MAX = 512 };

static void walk(struct issue_finding *f, uint32_t from, uint32_t last,
		 uint64_t (*keys)[ISSUE_FORMS], const uint8_t *n_keys)
{
	uint64_t front[FRONTIER] = {0}, next[FRONTIER];
	size_t n_front = 1;
	unsigned words = 0;
	for (uint32_t i = from; i <= last && n_front > 0 && words < ISSUE_PHRASE_WORDS; i++) {
		size_t n_next = 0;
		if (issue_skips(f->t, i) && i > from)
			continue;
		for (size_t p = 0; p < n_front; p++)
			for (size_t k = 0; k < n_keys[i - from]; k++) {
				uint64_t key = key_mix(front[p], keys[i - from][k]);
				uint32_t node = map_get(&f->it->by_phrase, key);
				if (node == MAP_NONE || n_next == FRONTIER)
					continue;
				next[n_next++] = key;
				if (f->it->nodes[node] != MAP_NONE &&
				    f->n_phrases < ISSUE_EVIDENCE_MAX)
					f->phrases[f->n_phrases++] =
						(struct issue_phrase){node, from, i};
			}
		for (size_t p = 0; p < n_next; p++)
			front[p] = next[p];
		n_front = n_next;
		words++;
	}
}

/* Where countries are named, by whatever name. */
static void add_countries(struct issue_finding *f, struct range part)
{
	const struct entities *es = f->es;
	if (!es || f->it->country == MAP_NONE)
		return;
	for (size_t m = entities_mention_after(es, part.first);
	     m < es->n_mentions && es->mentions[m].last <= part.last; m++)
		if (es->v[es->mentions[m].entity].actor->kind == ACTOR_COUNTRY &&
		    f->n_phrases < ISSUE_EVIDENCE_MAX)
			f->phrases[f->n_phrases++] = (struct issue_phrase){
				f->it->country, es->mentions[m].first, es->mentions[m].last};
}

static bool overlap(struct range a, struct range b)
{
	return a.first <= b.last && b.first <= a.last;
}

static unsigned words_in(const struct text *t, struct range r)
{
	unsigned n = 0;
	for (uint32_t i = r.first; i <= r.last; i++)
		n += (t->tokens[i].flags & TOK_WORD) && !issue_skips(t, i);
	return n;
}

static void add_evidence(struct issue_finding *f, const struct issue_evidence *e)
{
	for (size_t i = 0; i < f->n_evidence; i++) {
		const struct issue_evidence *b = &f->evidence[i];
		if (b->issue == e->issue && b->sense == e->sense && b->n_where == e->n_where &&
		    b->where[0].first == e->where[0].first && b->where[0].last == e->where[0].last)
			return;
	}
	if (f->n_evidence < ISSUE_EVIDENCE_MAX)
		f->evidence[f->n_evidence++] = *e;
}

/* --- patterns --------------------------------------------------------------------------------- */

struct slot_member {
	uint32_t pattern;
	struct range where;
	uint8_t slot;
};

static int by_pattern(const void *a, const void *b)
{
	const struct slot_member *x = a, *y = b;
	if (x->pattern != y->pattern)
		return x->pattern < y->pattern ? -1 : 1;
	return x->slot != y->slot		 ? x->slot - y->slot
	       : x->where.first < y->where.first ? -1
						 : x->where.first > y->where.first;
}

/* Puts r among the phrases chosen so far, in the order of the text; false where it overlaps one. */
static bool place(struct range *v, size_t n, struct range r)
{
	for (size_t i = 0; i < n; i++)
		if (overlap(v[i], r))
			return false;
	size_t at = n;
	for (; at > 0 && v[at - 1].first > r.first; at--)
		v[at] = v[at - 1];
	v[at] = r;
	return true;
}

static bool all_near(const struct range *v, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (v[i].first - v[i - 1].last > ISSUE_NEAR)
			return false;
	return true;
}

/* Fills slots from `slot` on with members of m[0..n), which are sorted by slot. */
static bool fill_slots(const struct slot_member *m, size_t n, unsigned slot, unsigned slots,
		       const struct range *chosen, struct range *out)
{
	if (slot == slots) {
		for (unsigned i = 0; i < slots; i++)
			out[i] = chosen[i];
		return all_near(out, slots);
	}
	for (size_t i = 0; i < n; i++) {
		struct range tried[ISSUE_SLOTS];
		if (m[i].slot != slot)
			continue;
		for (unsigned k = 0; k < slot; k++)
			tried[k] = chosen[k];
		if (place(tried, slot, m[i].where) && fill_slots(m, n, slot + 1, slots, tried, out))
			return true;
	}
	return false;
}

/* The patterns whose phrases are all there: their evidence to `barred` or among the rest. */
static void join_patterns(struct issue_finding *f, struct issue_evidence *barred, size_t *n_barred)
{
	struct slot_member m[MEMBERS_MAX] = {0};
	size_t n = 0;
	for (size_t i = 0; i < f->n_phrases; i++)
		for (uint32_t u = f->it->nodes[f->phrases[i].node]; u != MAP_NONE;
		     u = f->it->uses[u].next)
			if (f->it->uses[u].sense == SENSE_SLOT && n < MEMBERS_MAX)
				m[n++] = (struct slot_member){
					f->it->uses[u].issue,
					{f->phrases[i].first, f->phrases[i].last},
					f->it->uses[u].slot};
	qsort(m, n, sizeof *m, by_pattern);
	for (size_t i = 0, end; i < n; i = end) {
		const struct issue_pattern *p = &f->it->patterns[m[i].pattern];
		struct issue_evidence e = {.issue = p->issue,
					   .sense = p->sense,
					   .is_pattern = true,
					   .turns = p->turns,
					   .n_where = p->slots};
		for (end = i; end < n && m[end].pattern == m[i].pattern;)
			end++;
		if (end - i < p->slots || !fill_slots(m + i, end - i, 0, p->slots, NULL, e.where))
			continue;
		for (size_t k = 0; k < e.n_where; k++)
			e.words = (uint8_t)(e.words + words_in(f->t, e.where[k]));
		if (p->sense != SENSE_BARRED)
			add_evidence(f, &e);
		else if (*n_barred < ISSUE_EVIDENCE_MAX)
			barred[(*n_barred)++] = e;
	}
}

/* --- what counts ------------------------------------------------------------------------------ */

static void read_phrases(struct issue_finding *f, struct issue_evidence *barred, size_t *n_barred)
{
	for (size_t i = 0; i < f->n_phrases; i++)
		for (uint32_t u = f->it->nodes[f->phrases[i].node]; u != MAP_NONE;
		     u = f->it->uses[u].next) {
			const struct issue_use *use = &f->it->uses[u];
			struct range where = {f->phrases[i].first, f->phrases[i].last};
			struct issue_evidence e = {.issue = use->issue,
						   .sense = use->sense,
						   .is_label = use->is_label,
						   .is_name = use->is_name,
						   .turns = use->turns,
						   .where = {where},
						   .n_where = 1};
			if (use->sense == SENSE_SLOT)
				continue;
			e.words = (uint8_t)words_in(f->t, where);
			if (use->sense == SENSE_TERM || use->sense == SENSE_HINT)
				add_evidence(f, &e);
			else if (*n_barred < ISSUE_EVIDENCE_MAX)
				barred[(*n_barred)++] = e;
		}
}

static bool is_barred_by(const struct issue_evidence *e, const struct issue_evidence *b)
{
	uint32_t reach = b->sense == SENSE_BARRED_NEAR ? ISSUE_NEAR : 0;
	for (size_t i = 0; b->issue == e->issue && i < e->n_where; i++)
		for (size_t k = 0; k < b->n_where; k++) {
			struct range r = {b->where[k].first > reach ? b->where[k].first - reach : 0,
					  b->where[k].last + reach};
			if (overlap(e->where[i], r))
				return true;
		}
	return false;
}

/* "bank" inside of "World Bank". Hints give way to terms alone, and hold nothing back. */
static bool is_inside_longer(const struct issue_finding *f, const struct issue_evidence *e)
{
	for (size_t i = 0; !e->is_pattern && i < f->n_evidence; i++) {
		const struct issue_evidence *b = &f->evidence[i];
		const struct range *x = &e->where[0], *y = &b->where[0];
		if (b->is_pattern || b->sense != SENSE_TERM || b->words <= e->words)
			continue;
		if (y->first <= x->first && x->last <= y->last)
			return true;
	}
	return false;
}

static int find_keys(const struct issue_finding *f, struct range part,
		     uint64_t (*keys)[ISSUE_FORMS], uint8_t *n_keys)
{
	for (uint32_t i = part.first, k = 0; i <= part.last; i++, k++) {
		if (!budget_allows_step(f->a->budget, k))
			return -1;
		if (!(f->t->tokens[i].flags & TOK_WORD) || issue_skips(f->t, i))
			continue;
		n_keys[k] = (uint8_t)issue_keys(f->it, f->t, i, keys[k], f->a);
		if (n_keys[k] == 0)
			return -1;
	}
	return 0;
}

int issue_match(struct issue_finding *f, const struct range *parts, size_t n_parts)
{
	struct issue_evidence barred[ISSUE_EVIDENCE_MAX];
	size_t n_barred = 0;
	for (size_t p = 0; p < n_parts; p++) {
		size_t n = parts[p].last + 1 - parts[p].first;
		uint64_t(*keys)[ISSUE_FORMS] = arena_room(f->a, n, sizeof *keys);
		uint8_t *n_keys = arena_array(f->a, n, sizeof *n_keys);
		if (!keys || !n_keys || find_keys(f, parts[p], keys, n_keys) < 0)
			return -1;
		for (uint32_t i = parts[p].first; i <= parts[p].last; i++)
			if (n_keys[i - parts[p].first])
				walk(f, i, parts[p].last, keys + (i - parts[p].first),
				     n_keys + (i - parts[p].first));
		add_countries(f, parts[p]);
	}
	read_phrases(f, barred, &n_barred);
	join_patterns(f, barred, &n_barred);
	size_t n = 0;
	for (size_t i = 0; i < f->n_evidence; i++) {
		bool counts = !is_inside_longer(f, &f->evidence[i]);
		for (size_t k = 0; counts && k < n_barred; k++)
			counts = !is_barred_by(&f->evidence[i], &barred[k]);
		f->evidence[i].is_barred = !counts;
	}
	for (size_t i = 0; i < f->n_evidence; i++)
		if (!f->evidence[i].is_barred)
			f->evidence[n++] = f->evidence[i];
	f->n_evidence = n;
	return 0;
}
