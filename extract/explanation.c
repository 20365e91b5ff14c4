/* Statements with what decided them: which relation each was made of, and which statement goes on
 * with which. */
#include "extract/explanation.h"

#include "extract/analysis.h"
#include "extract/attribution/explain.h"

/* How the content hangs on its cue. */
static const char *const complements[FRAME_COUNT] = {
	[FRAME_QUOTE] = "a quotation, or a sentence with the cue behind it or in its middle",
	[FRAME_CLAUSE] = "a clause, with or without \"that\"",
	[FRAME_WH] = "a question as a clause: whether, how, what ...",
	[FRAME_INFINITIVE] = "an infinitive: to do something",
	[FRAME_OBJECT_INFINITIVE] =
		"an infinitive with somebody who shall do it: them to do something",
	[FRAME_GERUND] = "an -ing form: doing something",
	[FRAME_NOUN] = "a noun phrase",
	[FRAME_PREPOSITION] = "a phrase behind a preposition that belongs to the cue",
	[FRAME_OBJECT_PREPOSITION] = "a phrase behind the cue's object and a preposition",
};

static bool spans_equal(struct spans a, struct spans b)
{
	bool equal = a.n == b.n;
	for (size_t i = 0; equal && i < a.n; i++)
		equal = a.v[i].start == b.v[i].start && a.v[i].end == b.v[i].end;
	return equal;
}

static bool spans_overlap(struct spans a, struct spans b)
{
	for (size_t i = 0; i < a.n; i++)
		for (size_t k = 0; k < b.n; k++)
			if (a.v[i].start < b.v[k].end && b.v[k].start < a.v[i].end)
				return true;
	return false;
}

/* --- relations -------------------------------------------------------------------------------- */

/* Which relation each statement was made of, and back. */
struct origins {
	const struct attribution *
		*of;	/* by statement; NULL is never the case with the engine's own */
	size_t *number; /* by relation: of its first statement from 1 on, 0 for none */
};

static bool is_made_of(const struct statement *st, const struct attribution *r,
		       const struct token *k)
{
	return r->n_parts > 0 && r->n_parts == st->spans.content.n && st->spans.cue.n > 0 &&
	       k[r->parts[0].first].point == st->spans.content.v[0].start &&
	       k[r->parts[r->n_parts - 1].last].point_end ==
		       st->spans.content.v[r->n_parts - 1].end &&
	       k[r->cue.first].point == st->spans.cue.v[0].start;
}

/* Statements stand in the order of their relations; a relation gives none, one or two. */
static int find_origins(const struct analysis *r, const struct extraction *found, struct arena *a,
			struct origins *out)
{
	const struct attributions *rs = &r->attributions;
	*out = (struct origins){arena_array(a, found->n_statements, sizeof *out->of),
				arena_array(a, rs->n, sizeof *out->number)};
	if (!out->of || !out->number)
		return -1;
	for (size_t i = 0, at = 0; i < found->n_statements; i++) {
		while (at < rs->n && !is_made_of(&found->statements[i], &rs->v[at], r->text.tokens))
			at++;
		if (at == rs->n)
			break;
		out->of[i] = &rs->v[at];
		if (out->number[at] == 0)
			out->number[at] = i + 1;
	}
	return 0;
}

/* --- the statement that is asked for ---------------------------------------------------------- */

static bool is_as_asked(const struct statement *a, const struct statement *b)
{
	return spans_equal(a->spans.cue, b->spans.cue) &&
	       spans_equal(a->spans.content, b->spans.content);
}

static int nearness(const struct statement *a, const struct statement *b)
{
	if (!spans_overlap(a->spans.content, b->spans.content))
		return 0;
	bool is_by_same = a->speaker && b->speaker && str_eq(a->speaker->id, b->speaker->id);
	return 1 + is_by_same + 2 * spans_equal(a->spans.cue, b->spans.cue) +
	       2 * spans_equal(a->spans.content, b->spans.content);
}

/* The number of the statement nearest to `only`, from 1 on; 0 for none. */
static size_t find_nearest(const struct extraction *found, const struct statement *only)
{
	size_t best = 0;
	int most = 0;
	for (size_t i = 0; i < found->n_statements; i++) {
		int near = nearness(&found->statements[i], only);
		if (near > most) {
			most = near;
			best = i + 1;
		}
	}
	return best;
}

/* --- all together ----------------------------------------------------------------------------- */

static int explain_one(const struct context *s, const struct statement *st,
		       const struct attribution *made_of, struct candidates memory[2],
		       struct explanation *out)
{
	*out = (struct explanation){.statement = st, .is_as_asked = true};
	if (!made_of)
		return 0;
	if (made_of->is_carried) {
		out->is_carried = true;
		return 0;
	}
	out->complement = str_of(complements[made_of->frame]);
	if (attribution_explain(s, made_of->head, memory, &out->by) < 0)
		return -1;
	out->is_extended = !spans_equal(out->by.content.spans, st->spans.content);
	return 0;
}

int explanations_make(const struct attribution_model *m, const struct analysis *an,
		      const struct extraction *found, const struct statement *only, struct arena *a,
		      struct explanations *out)
{
	struct context s = {&an->text, &an->forest, &an->entities, m, a};
	size_t nearest = only ? find_nearest(found, only) : 0,
	       n = only ? nearest > 0 : found->n_statements;
	struct explanation *v = arena_array(a, n, sizeof *v);
	struct candidates *memory = arena_array(a, 2, sizeof *memory);
	struct origins origins;
	*out = (struct explanations){v, n};
	if (!v || !memory || find_origins(an, found, a, &origins) < 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		size_t at = only ? nearest - 1 : i;
		const struct attribution *made_of = origins.of[at];
		if (!budget_allows(a->budget) ||
		    explain_one(&s, &found->statements[at], made_of, memory, &v[i]) < 0)
			return -1;
		v[i].number = at + 1;
		v[i].carried_number = v[i].is_carried ? origins.number[made_of->carried_from] : 0;
		v[i].is_as_asked = !only || is_as_asked(v[i].statement, only);
	}
	return 0;
}
