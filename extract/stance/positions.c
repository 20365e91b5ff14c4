/* From readings to positions on issues. */
#include "extract/stance/positions.h"

#include <string.h>

#include "extract/issue/object_issue.h"

int positions_read(const struct positions_input *in, struct position_reading *out,
		   struct arena *scratch)
{
	struct position_reader_room *room = arena_alloc(scratch, sizeof *room);
	if (!room)
		return -1;
	for (size_t i = 0; i < in->n; i++) {
		const struct attribution *at = &in->attributions->v[in->made_of[i]];
		if (!budget_allows_step(in->a->budget, i * 64))
			return -1;
		if (i > 0 && in->made_of[i] == in->made_of[i - 1])
			out[i] = out[i - 1];
		else
			position_read(in->reader, in->scene, at, &in->v[i], room, &out[i]);
		out[i].attribution = at->p;
		out[i].speaker = in->v[i].speaker ? str_hash(in->v[i].speaker->id) : 0;
	}
	position_reader_settle(in->reader, out, in->n);
	return 0;
}

/* --- one statement ---------------------------------------------------------------------------- */

enum { HITS = 24 };

struct setter {
	const struct positions_input *in;
	const struct text *t;
	const struct attribution *at;
	const struct position_reading *r;
	struct statement *s;
	struct issue_hit hits[HITS];
	size_t n;
};

static enum position opposite(enum position p)
{
	return p == POSITION_SUPPORT  ? POSITION_OPPOSE
	       : p == POSITION_OPPOSE ? POSITION_SUPPORT
				      : p;
}

static bool meets(const struct setter *x, const struct issue_hit *h, struct range r)
{
	struct span s = text_span(x->t, r.first, r.last);
	for (size_t e = 0; e < h->evidence.n; e++)
		if (h->evidence.v[e].start < s.end && s.start < h->evidence.v[e].end)
			return true;
	return false;
}

/* Can an issue of this kind take a side? Problems are deplored or fought, places and domains are
 * only talked about. */
static bool takes(const struct issue *is, enum position side)
{
	if (is->is_open)
		return true;
	if (is->kind == ISSUE_PLACE || is->kind == ISSUE_DOMAIN)
		return false;
	return side != POSITION_CONCERN || is->kind == ISSUE_PROBLEM;
}

/* The same of an issue that stands within the phrase of the object without being its head: "our
 * support of free trade", "a fund for flood victims". Where in the train part of the corpus half of
 * the readers' lines tie such an object to the issue with a side: who is for what is done about a
 * problem is against the problem. */
static bool takes_within(const struct issue *is, enum position side)
{
	if (is->is_open)
		return true;
	switch (is->kind) {
	case ISSUE_MEASURE:
	case ISSUE_VALUE:
		return side == POSITION_SUPPORT;
	case ISSUE_AGREEMENT:
		return side != POSITION_CONCERN;
	case ISSUE_PROBLEM:
		return side != POSITION_OPPOSE;
	default:
		return false;
	}
}

/* The words of the object, and the cue or what governs it. */
static int set_evidence(const struct setter *x, const struct position_guess *g,
			struct issue_hit *hit)
{
	struct span *v = arena_array(x->in->a, 2, sizeof *v);
	uint32_t up = x->t->tokens[g->head].head;
	bool is_out = range_holds(g->phrase, up);
	if (!v)
		return -1;
	v[0] = text_span(x->t, g->phrase.first, g->phrase.last);
	if (!is_out)
		v[1] = text_span(x->t, up, up);
	else if (range_is(x->at->cue) && !x->at->is_carried)
		v[1] = text_span(x->t, x->at->cue.first, x->at->cue.last);
	hit->position_evidence = (struct spans){v, v[1].end > v[1].start ? 2u : 1u};
	return 0;
}

static int take_side(const struct setter *x, const struct position_guess *g, struct issue_hit *hit)
{
	hit->position = hit->turns ? opposite(g->side) : g->side;
	hit->position_confidence = g->confidence;
	return set_evidence(x, g, hit);
}

/* "It": the first issue of what the content refers to, whose words stand outside of it. */
static struct issue_hit *meant_by_pronoun(struct setter *x, enum position side)
{
	for (size_t h = 0; h < x->n; h++) {
		struct issue_hit *hit = &x->hits[h];
		bool is_inside = hit->position_confidence > 0 || !takes(hit->issue, side);
		for (size_t p = 0; p < x->at->n_parts; p++)
			is_inside = is_inside || meets(x, hit, x->at->parts[p]);
		if (!is_inside)
			return hit;
	}
	return NULL;
}

/* The side of a guess goes to the issues that its head names, else to those of its phrase; where
 * there are none, to an open one of its own, ahead of all. */
static int settle_guess(struct setter *x, const struct position_guess *g)
{
	struct range head = {g->head, g->head};
	bool is_covered = false;
	for (int within = 0; within < 2 && !is_covered; within++)
		for (size_t h = 0; h < x->n; h++) {
			struct issue_hit *hit = &x->hits[h];
			bool can = within ? takes_within(hit->issue, g->side)
					  : takes(hit->issue, g->side);
			if (!can || hit->position_confidence > 0 ||
			    !meets(x, hit, within ? g->phrase : head))
				continue;
			if (within && !hit->issue->is_open && hit->issue->kind == ISSUE_PROBLEM &&
			    g->side == POSITION_SUPPORT)
				hit->turns = !hit->turns;
			if (take_side(x, g, hit) < 0)
				return -1;
			is_covered = true;
		}
	struct issue_hit *meant =
		g->is_pronoun && !is_covered ? meant_by_pronoun(x, g->side) : NULL;
	if (meant)
		return take_side(x, g, meant);
	if (is_covered || x->n == HITS)
		return 0;
	struct issue_hit own = {0};
	int rc = issue_of_object(x->in->issues, x->in->scene->f, x->in->scene->es, g->phrase,
				 g->head, &own, x->in->a);
	if (rc <= 0)
		return rc;
	memmove(x->hits + 1, x->hits, x->n++ * sizeof *x->hits);
	x->hits[0] = own;
	return take_side(x, g, &x->hits[0]);
}

/* Issues with a side before the others; no score is above the one before. */
static void order(struct setter *x)
{
	struct issue_hit sorted[HITS];
	size_t n = 0;
	for (int sided = 1; sided >= 0; sided--)
		for (size_t h = 0; h < x->n; h++)
			if ((x->hits[h].position_confidence > 0) == (sided == 1))
				sorted[n++] = x->hits[h];
	for (size_t h = n; h-- > 1;)
		if (sorted[h - 1].score < sorted[h].score)
			sorted[h - 1].score = sorted[h].score;
	memcpy(x->hits, sorted, n * sizeof *sorted);
}

/* What has no side is only mentioned, but for the main matter of a statement that takes none. */
static void set_others(struct setter *x, bool is_sided)
{
	for (size_t h = 0; h < x->n; h++) {
		struct issue_hit *hit = &x->hits[h];
		if (hit->position_confidence > 0)
			continue;
		bool is_main = h == 0 && !is_sided && takes(hit->issue, POSITION_SUPPORT);
		hit->position = is_main ? POSITION_NEUTRAL : POSITION_NONE;
	}
}

static int set_statement(struct setter *x)
{
	const struct position_guess *first = NULL;
	struct statement *s = x->s;
	x->n = s->n_issues < HITS ? s->n_issues : HITS;
	memcpy(x->hits, s->issues, x->n * sizeof *x->hits);
	for (size_t k = 0; k < x->r->n; k++) {
		const struct position_guess *g = &x->r->v[k];
		if (g->confidence < x->in->sure)
			continue;
		first = first ? first : g;
		if (settle_guess(x, g) < 0)
			return -1;
	}
	order(x);
	set_others(x, first != NULL);
	struct issue_hit *kept = arena_array(x->in->a, x->n, sizeof *kept);
	if (!kept)
		return -1;
	memcpy(kept, x->hits, x->n * sizeof *kept);
	s->issues = kept;
	s->n_issues = x->n;
	s->stance.position = x->n && kept[0].position != POSITION_NONE ? kept[0].position
			     : first				       ? first->side
								       : POSITION_NEUTRAL;
	return 0;
}

int positions_find(const struct positions_input *in)
{
	struct arena scratch;
	static const size_t none = 1;
	int rc = 0;
	arena_init_beside(&scratch, in->a);
	struct position_reading *v = arena_array(&scratch, in->n + none, sizeof *v);
	struct setter *x = arena_alloc(&scratch, sizeof *x);
	if (!v || !x || positions_read(in, v, &scratch) < 0)
		rc = -1;
	for (size_t i = 0; rc == 0 && i < in->n; i++) {
		*x = (struct setter){.in = in,
				     .t = in->scene->f->t,
				     .at = &in->attributions->v[in->made_of[i]],
				     .r = &v[i],
				     .s = &in->v[i]};
		rc = set_statement(x);
	}
	arena_release(&scratch);
	return rc;
}
