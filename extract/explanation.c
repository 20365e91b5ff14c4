/* Statements with what decided them, and which statement goes on with which. */
#include "extract/explanation.h"

#include "extract/analysis.h"
#include "extract/attribution/explain.h"
#include "extract/attribution/model.h"

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

/* The number from 1 on of the first statement before this one that was made of an attribution; 0
 * for none. */
static size_t find_statement_of(const struct analysis *an, uint32_t attribution, size_t before)
{
	size_t i = before;
	while (i > 0 && an->made_of[i - 1] >= attribution)
		i--;
	return i < before && an->made_of[i] == attribution ? i + 1 : 0;
}

static int explain_one(const struct context *ctx, const struct analysis *an,
		       const struct attribution *at, struct candidates memory[2],
		       struct explanation *out)
{
	out->is_carried = at->is_carried;
	if (at->is_carried) {
		out->carried_number = find_statement_of(an, at->carried_from, out->number - 1);
		return 0;
	}
	out->is_turn = at->is_turn;
	if (at->is_turn)
		return 0;
	out->complement = str_of(complements[at->frame]);
	if (attribution_explain(ctx, at->head, at->around, memory, &out->by) < 0)
		return -1;
	out->is_extended = !spans_equal(out->by.content.spans, out->statement->spans.content);
	return 0;
}

int explanations_make(const struct attribution_model *m, const struct analysis *an,
		      const struct extraction *found, const struct statement *only, struct arena *a,
		      struct explanations *out)
{
	struct context ctx = {&an->text, &an->forest, &an->entities,
			      m,	 a,	      reading_rows_make(&m->network, a)};
	size_t nearest = only ? find_nearest(found, only) : 0,
	       n = only ? nearest > 0 : found->n_statements;
	struct explanation *v = arena_array(a, n, sizeof *v);
	struct candidates *memory = arena_array(a, 2, sizeof *memory);
	*out = (struct explanations){v, n};
	if (!v || !memory || !ctx.rows)
		return -1;
	for (size_t i = 0; i < n; i++) {
		size_t number = only ? nearest : i + 1;
		const struct statement *st = &found->statements[number - 1];
		v[i] = (struct explanation){.statement = st,
					    .number = number,
					    .is_as_asked = !only || is_as_asked(st, only)};
		if (!budget_allows(a->budget) ||
		    explain_one(&ctx, an, analysis_made_of(an, number - 1), memory, &v[i]) < 0)
			return -1;
	}
	return 0;
}
