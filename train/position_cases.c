/* From articles and their lines to views and what should come out of them. */
#include "train/position_cases.h"

#include <string.h>

#include "extract/issue/issue.h"
#include "extract/stance/stance.h"
#include "train/position_article.h"
#include "train/position_ties.h"
#include "train/room.h"

enum { SCRATCH_BYTES = 512 << 20 };

/* Of a content that no line speaks of, of an optional line, of a content as coded: the engine's
 * own are what the product sees. Chosen on folds. */
static const float UNCODED = 0.4f, OPTIONAL = 0.5f, CODED = 0.6f;

struct reading {
	const struct engine *en;
	struct position_article p;
	uint32_t number;
	struct arena scratch;
	struct arena *a;
	struct position_cases *out;
};

static uint32_t shared_of(struct spans content, struct span line)
{
	uint32_t n = 0;
	for (size_t i = 0; i < content.n; i++)
		n += coded_shared(content.v[i], line);
	return n;
}

bool position_case_meets(struct spans content, struct span line)
{
	enum { LEAST = 5 };
	uint32_t shared = shared_of(content, line), a = coded_length(content),
		 b = line.end - line.start;
	return shared >= LEAST && 5 * shared >= 2 * (a < b ? a : b);
}

enum position_verdict position_case_judge(const struct position_case *c, struct span object,
					  enum position side)
{
	bool is_open = false, is_wrong = false;
	for (size_t l = 0; l < c->n_lines; l++) {
		const struct coded_line *line = c->lines[l];
		bool is_right = line->side == side && coded_shared(object, line->object) > 0;
		if (is_right && !line->is_optional)
			return VERDICT_RIGHT;
		is_open = is_open || is_right;
		is_wrong = is_wrong || !line->is_optional;
	}
	return c->n_lines == 0	      ? VERDICT_UNCODED
	       : is_open || !is_wrong ? VERDICT_OPEN
				      : VERDICT_WRONG;
}

/* --- what should come out --------------------------------------------------------------------- */

static struct range tokens_of(const struct text *t, struct span s)
{
	struct range r = RANGE_NONE;
	for (uint32_t i = 0; i < t->n_tokens && t->tokens[i].point < s.end; i++)
		if (t->tokens[i].point_end > s.start) {
			r.first = r.first > r.last ? i : r.first;
			r.last = i;
		}
	return r;
}

/* The word of a range that stands highest in the tree. */
static uint32_t head_of(const struct text *t, struct range r)
{
	enum { DEEP = 60 };
	uint32_t best = r.first;
	unsigned least = DEEP + 1;
	for (uint32_t i = r.first; i <= r.last; i++) {
		unsigned deprel = deprel_universal(t->tokens[i].deprel), depth = 0;
		if (!(t->tokens[i].flags & TOK_WORD) || deprel == DEPREL_CASE ||
		    deprel == DEPREL_MARK || deprel == DEPREL_CC || deprel == DEPREL_DET)
			continue;
		for (uint32_t k = i; depth < DEEP && t->tokens[k].head != k; depth++)
			k = t->tokens[k].head;
		if (depth < least) {
			best = i;
			least = depth;
		}
	}
	return best;
}

static size_t candidate_at(const struct position_view *v, uint32_t token)
{
	size_t c = 0;
	while (c < v->n_candidates && v->candidates[c].token != token)
		c++;
	return c;
}

/* The candidate that an object is, or n_candidates: that of its head, of what stands little above
 * it, of any word in it. */
static size_t candidate_of(const struct text *t, const struct position_view *v, struct span object)
{
	struct range r = tokens_of(t, object);
	size_t c = v->n_candidates;
	if (!range_is(r))
		return c;
	uint32_t i = head_of(t, r);
	for (int k = 0; k < 3 && c == v->n_candidates; k++, i = t->tokens[i].head)
		c = candidate_at(v, i);
	for (i = r.first; i <= r.last && c == v->n_candidates; i++)
		c = candidate_at(v, i);
	return c;
}

static enum position_side side_of(enum position p)
{
	return p == POSITION_SUPPORT   ? SIDE_FOR
	       : p == POSITION_OPPOSE  ? SIDE_AGAINST
	       : p == POSITION_CONCERN ? SIDE_CONCERN
				       : SIDES;
}

/* How much a phrase is the object: characters in common over those of both. */
static float likeness(const struct text *t, struct range phrase, struct span object)
{
	struct span s = text_span(t, phrase.first, phrase.last);
	return 2 * (float)coded_shared(s, object) /
	       (float)(s.end - s.start + object.end - object.start);
}

/* Other candidates that are the object as well, more or less. What a "ban" or an "end" is put to is
 * not: who is against the ban is for it. */
static void add_alike(const struct reading *r, const struct position_view *v,
		      const struct view_candidate *own, struct span object, enum position_side side,
		      float weight, float *want)
{
	const struct text *t = &r->p.an.text;
	const float least = 0.4f;
	if (lexicon_effect(r->p.an.entities.lx, own->lemma) == EFFECT_UNDO)
		return;
	for (size_t c = 0; c < v->n_candidates; c++) {
		float like = likeness(t, v->candidates[c].phrase, object);
		if (like >= least)
			want[1 + c * SIDES + side] += weight * like;
	}
}

/* Shares the probability among the objects of the lines. A line whose object is not seen says
 * nothing of what is: the case is left out if it has no other. */
static void set_want(const struct reading *r, struct position_case *c)
{
	const struct text *t = &r->p.an.text;
	size_t n = 1 + SIDES * c->view->n_candidates, sided = 0, seen = 0;
	float *want = room_for(r->a, n, sizeof *want), sum = 0;
	bool is_optional = c->n_lines > 0;
	for (size_t l = 0; l < c->n_lines; l++) {
		const struct coded_line *line = c->lines[l];
		enum position_side side = side_of(line->side);
		c->coded[l] = c->view->n_candidates;
		if (side == SIDES || !c->is_told[l])
			continue;
		size_t k = c->coded[l] = candidate_of(t, c->view, line->object);
		sided++;
		if (k == c->view->n_candidates)
			continue;
		seen++;
		is_optional = is_optional && line->is_optional;
		float weight = line->is_optional ? OPTIONAL : 1;
		want[1 + k * SIDES + side] += weight;
		add_alike(r, c->view, &c->view->candidates[k], line->object, side, weight, want);
	}
	for (size_t k = 1; k < n; k++)
		sum += want[k];
	for (size_t k = 1; k < n && sum > 0; k++)
		want[k] /= sum;
	want[0] = sum > 0 ? 0 : 1;
	c->example = (struct position_example){.view = c->view, .want = want};
	c->example.weight = sided && !seen	  ? 0
			    : seen && is_optional ? OPTIONAL
			    : c->n_lines || seen  ? 1
						  : UNCODED;
	if (!c->is_found)
		c->example.weight *= CODED;
}

/* --- contents --------------------------------------------------------------------------------- */

static struct spans spans_of(const struct text *t, const struct range *v, size_t n, struct arena *a)
{
	struct span *s = room_for(a, n, sizeof *s);
	for (size_t i = 0; i < n; i++)
		s[i] = text_span(t, v[i].first, v[i].last);
	return (struct spans){s, n};
}

static void add_case(struct reading *r, const struct attribution *at, const struct statement *s,
		     const struct stance_facts *facts, struct position_case c)
{
	const struct text *t = &r->p.an.text;
	static struct position_view view; /* one thread */
	position_view(&r->p.scene, at, s, facts, &view);
	if (view.n_candidates == 0)
		return;
	c.article = r->p.coded;
	c.number = r->number;
	char *kept = room_for(r->a, position_view_bytes(&view), 1);
	struct span *phrases = room_for(r->a, view.n_candidates, sizeof *phrases);
	memcpy(kept, &view, position_view_bytes(&view));
	struct str *words = room_for(r->a, view.n_candidates, sizeof *words);
	for (size_t k = 0; k < view.n_candidates; k++)
		words[k] = text_range(t, view.candidates[k].phrase.first,
				      view.candidates[k].phrase.last);
	for (size_t k = 0; k < view.n_candidates; k++)
		phrases[k] = text_span(t, view.candidates[k].phrase.first,
				       view.candidates[k].phrase.last);
	c.view = (const void *)kept;
	c.phrases = phrases;
	c.words = words;
	set_want(r, &c);
	position_ties_add_coded(&r->p, &c, at, s, &r->out->ties);
	if (arena_grow(r->a, (void **)&r->out->v, &r->out->cap, r->out->n + 1, sizeof c) < 0)
		exit(1);
	r->out->v[r->out->n++] = c;
}

/* The lines that speak of a content. Where another one fits it much better, a line is of what is
 * told within the content. */
static void find_lines(const struct reading *r, struct spans content, struct position_case *c)
{
	enum { MUCH = 2 };
	const struct coded_article *x = r->p.coded;
	double fit[CASE_LINES] = {0}, best = 0;
	for (size_t l = 0; l < x->n_lines && c->n_lines < CASE_LINES; l++) {
		struct span line = x->lines[l].content;
		uint32_t shared = shared_of(content, line);
		if (!position_case_meets(content, line))
			continue;
		fit[c->n_lines] =
			(double)shared / (coded_length(content) + (line.end - line.start) - shared);
		best = fit[c->n_lines] > best ? fit[c->n_lines] : best;
		c->lines[c->n_lines++] = &x->lines[l];
	}
	for (size_t l = 0; l < c->n_lines; l++)
		c->is_told[l] = fit[l] * MUCH >= best;
}

static void add_found(struct reading *r)
{
	for (size_t i = 0; i < r->p.found.n_statements; i++) {
		const struct statement *s = &r->p.found.statements[i];
		const struct attribution *at = analysis_made_of(&r->p.an, i);
		struct position_case c = {.is_found = true,
					  .statement = (uint32_t)i,
					  .speaker = s->speaker ? str_hash(s->speaker->id) : 0,
					  .attribution = at->p};
		find_lines(r, s->spans.content, &c);
		add_case(r, at, s, &r->p.an.facts[i], c);
	}
}

/* The attribution that the engine finds of much of a coded content, or NULL. */
static const struct attribution *nearest(struct reading *r, struct span content)
{
	const struct attribution *best = NULL;
	uint32_t most = 0;
	for (size_t i = 0; i < r->p.an.attributions.n; i++) {
		const struct attribution *at = &r->p.an.attributions.v[i];
		struct spans s = spans_of(&r->p.an.text, at->parts, at->n_parts, &r->scratch);
		uint32_t shared = shared_of(s, content);
		if (shared > most && position_case_meets(s, content)) {
			best = at;
			most = shared;
		}
	}
	return best;
}

static bool is_same(const struct coded_line *a, const struct coded_line *b)
{
	return a->content.start == b->content.start && a->content.end == b->content.end &&
	       str_eq(a->speaker, b->speaker);
}

/* Each coded content, once a speaker. */
static void add_coded(struct reading *r)
{
	const struct coded_article *x = r->p.coded;
	for (size_t l = 0; l < x->n_lines; l++) {
		struct position_case c = {.is_found = false};
		struct statement s = {0};
		size_t first = 0;
		while (!is_same(&x->lines[first], &x->lines[l]))
			first++;
		struct range content = tokens_of(&r->p.an.text, x->lines[l].content);
		if (first < l || !range_is(content))
			continue;
		for (size_t k = l; k < x->n_lines && c.n_lines < CASE_LINES; k++)
			if (is_same(&x->lines[k], &x->lines[l])) {
				c.is_told[c.n_lines] = true;
				c.lines[c.n_lines++] = &x->lines[k];
			}
		const struct attribution *near = nearest(r, x->lines[l].content);
		struct attribution at = near ? *near
					     : (struct attribution){.cue = RANGE_NONE,
								    .addressee = RANGE_NONE,
								    .target = RANGE_NONE,
								    .antecedent = TOKEN_NONE};
		at.parts[0] = content;
		at.n_parts = 1;
		at.source = tokens_of(&r->p.an.text, x->lines[l].source);
		s.spans.source = (struct spans){&x->lines[l].source, x->lines[l].source.end > 0};
		struct stance_facts facts;
		if (issues_find(&r->p.background, at.parts, at.n_parts, &s, NULL, &r->scratch) <
			    0 ||
		    stance_find(r->en->classifier, &r->p.an.entities, &at, &s, &r->scratch,
				&facts) < 0)
			exit(1);
		add_case(r, &at, &s, &facts, c);
	}
}

static void read_article(struct reading *r, const struct coded_article *x)
{
	position_article_read(r->en, x, &r->p);
	arena_init(&r->scratch, SCRATCH_BYTES);
	add_found(r);
	add_coded(r);
	arena_release(&r->scratch);
	position_article_release(&r->p);
}

void position_cases_read(const struct engine *en, const struct coded *corpus,
			 enum coded_split split, struct arena *a, struct position_cases *out)
{
	static struct reading r;
	r = (struct reading){.en = en, .a = a, .out = out};
	for (size_t i = 0; i < corpus->n; i++) {
		if (corpus->v[i].split != split)
			continue;
		r.number = (uint32_t)i;
		read_article(&r, &corpus->v[i]);
	}
}
