/* Decisions meet findings by the rule of statements found again, on what was found first. */
#include "db/overlay.h"

#include <stdlib.h>

#include "db/statement_match.h"

struct meeting {
	struct match_sides decided, found;
	const struct decision **of; /* beside decided.v */
	const struct decision **by; /* beside found.v: which decision has taken its place */
};

static struct match_side side_of(const struct statement *s, size_t ordinal)
{
	/* Any number that differs from speaker to speaker; they need not be stored. */
	int64_t speaker = s->speaker ? (int64_t)(str_hash(s->speaker->id) >> 1) : 0;
	return match_measure(s, speaker, ordinal);
}

/* One round over the decisions that have met nothing, by what was found first or by what it became.
 */
static int meet(struct meeting *m, struct decisions decided, bool *has_met, bool by_first,
		struct arena *a, struct err *e)
{
	m->decided.n = 0;
	for (size_t i = 0; i < decided.n; i++) {
		const struct decision *d = &decided.v[i];
		const struct statement *s = by_first ? d->found : d->is;
		if (has_met[i] || !s || (!by_first && !d->is_in_force))
			continue;
		m->of[m->decided.n] = d;
		m->decided.v[m->decided.n] = side_of(s, m->decided.n);
		m->decided.n++;
	}
	if (statements_match(&m->decided, &m->found, a, e))
		return -1;
	for (size_t i = 0; i < m->decided.n; i++) {
		struct match_side *found = m->decided.v[i].other;
		if (!found)
			continue;
		m->by[found - m->found.v] = m->of[i];
		has_met[m->of[i] - decided.v] = true;
	}
	return 0;
}

static int by_start(const void *va, const void *vb)
{
	const struct decision *a = *(const struct decision *const *)va;
	const struct decision *b = *(const struct decision *const *)vb;
	uint32_t x = match_measure(a->is, 0, 0).start, y = match_measure(b->is, 0, 0).start;
	if (x != y)
		return x < y ? -1 : 1;
	return a->edit < b->edit ? -1 : a->edit > b->edit;
}

/* Those that stand by themselves come before the first that is found and begins after them. */
static void merge(const struct meeting *m, const struct decision *const *alone, size_t n_alone,
		  struct overlaid_list *out)
{
	size_t k = 0;
	for (size_t i = 0; i < m->found.n; i++) {
		const struct decision *by = m->by[i];
		for (;
		     k < n_alone && match_measure(alone[k]->is, 0, 0).start <= m->found.v[i].start;
		     k++)
			out->v[out->n++] = (struct overlaid){alone[k]->is, alone[k]};
		out->v[out->n++] =
			(struct overlaid){by && by->is_in_force ? by->is : m->found.v[i].is, by};
	}
	for (; k < n_alone; k++)
		out->v[out->n++] = (struct overlaid){alone[k]->is, alone[k]};
}

static int prepare(struct meeting *m, size_t n_decided, const struct extraction *found,
		   struct arena *a, struct err *e)
{
	size_t n = found->n_statements;
	*m = (struct meeting){0};
	m->decided.v = arena_array(a, n_decided, sizeof *m->decided.v);
	m->found.v = arena_array(a, n, sizeof *m->found.v);
	m->of = arena_array(a, n_decided, sizeof(const struct decision *));
	m->by = arena_array(a, n, sizeof(const struct decision *));
	if (!m->decided.v || !m->found.v || !m->of || !m->by)
		return arena_full(e);
	for (; m->found.n < n; m->found.n++)
		m->found.v[m->found.n] = side_of(&found->statements[m->found.n], m->found.n);
	return 0;
}

int overlay(struct decisions decided, const struct extraction *found, struct arena *a,
	    struct overlaid_list *out, struct err *e)
{
	struct meeting m;
	bool *has_met = arena_array(a, decided.n, sizeof *has_met);
	out->n = 0;
	out->v = arena_array(a, decided.n + found->n_statements, sizeof *out->v);
	if (!has_met || !out->v)
		return arena_full(e);
	if (!decided.n) { /* as nearly always */
		for (; out->n < found->n_statements; out->n++)
			out->v[out->n].is = &found->statements[out->n];
		return 0;
	}
	if (prepare(&m, decided.n, found, a, e) || meet(&m, decided, has_met, true, a, e) ||
	    meet(&m, decided, has_met, false, a, e))
		return -1;
	size_t n_alone = 0;
	for (size_t i = 0; i < decided.n; i++)
		if (!has_met[i] && decided.v[i].is_in_force)
			m.of[n_alone++] = &decided.v[i];
	if (n_alone)
		qsort(m.of, n_alone, sizeof *m.of, by_start);
	merge(&m, m.of, n_alone, out);
	return 0;
}
