/* Gathers candidates from the places of the article. */
#include "extract/issue/candidate.h"

#include "extract/issue/issue_table.h"
#include "extract/syntax/labels.h"

enum { NAMED_MAX = 24 };

static struct issue_candidate *get(struct issue_candidates *l, uint32_t issue, size_t most)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->v[i].issue == issue)
			return &l->v[i];
	if (l->n >= most)
		return NULL;
	l->v[l->n] = (struct issue_candidate){.issue = issue, .sentences_back = ISSUE_FAR};
	return &l->v[l->n++];
}

static bool holds(struct range outer, struct range inner)
{
	return outer.first <= inner.first && inner.last <= outer.last;
}

/* The part in which all phrases of the evidence lie, or -1. A pattern may lie in two. */
static int part_of(const struct issue_content *c, const struct issue_evidence *e)
{
	int part = -1;
	for (size_t w = 0; w < e->n_where; w++) {
		int here = -1;
		for (size_t p = 0; p < c->n_parts && here < 0; p++)
			if (holds(c->parts[p], e->where[w]))
				here = (int)p;
		if (here < 0)
			return -1;
		part = part < 0 ? here : part;
	}
	return part;
}

/* --- in the content --------------------------------------------------------------------------- */

/* Steps up the tree from the phrase to the head of the range it stands in. */
static unsigned depth_of(const struct text *t, struct range phrase, struct range in)
{
	uint32_t i = phrase.last;
	unsigned depth = 0;
	for (unsigned step = 0; step < 40; step++) {
		uint32_t head = t->tokens[i].head;
		unsigned rel = t->tokens[i].deprel;
		if (head == i || head < in.first || head > in.last)
			break;
		if ((head < phrase.first || head > phrase.last) && rel != DEPREL_CONJ &&
		    rel != DEPREL_FLAT && rel != DEPREL_FIXED)
			depth++;
		i = head;
	}
	return depth;
}

/* Longer phrases are surer, and so is what stands high in the content's tree. The figures order;
 * they were set by reading. */
static struct issue_best judge(const struct text *t, const struct issue_evidence *e,
			       struct range in)
{
	static const float by_words[] = {0.6f, 0.75f, 0.85f}, by_depth[] = {0.1f, 0.1f, 0.05f, 0};
	struct issue_best b = {e, e->is_pattern ? 0.7f : by_words[e->words < 3 ? e->words - 1 : 2],
			       depth_of(t, e->where[0], in)};
	for (size_t i = 1; i < e->n_where; i++) {
		unsigned d = depth_of(t, e->where[i], in);
		b.depth = d < b.depth ? d : b.depth;
	}
	b.score += b.depth < 4 ? by_depth[b.depth] : -0.1f;
	b.score += e->is_label ? 0.05f : 0;
	return b;
}

static void add_range(struct issue_candidate *f, struct range r)
{
	for (size_t i = 0; i < f->n_where; i++)
		if (f->where[i].first <= r.last && r.first <= f->where[i].last)
			return;
	if (f->n_where == ISSUE_PLACES)
		return;
	size_t at = f->n_where++;
	for (; at > 0 && f->where[at - 1].first > r.first; at--)
		f->where[at] = f->where[at - 1];
	f->where[at] = r;
}

static void add_named(const struct issue_content *c, const struct issue_evidence *e,
		      struct issue_candidates *l)
{
	int part = part_of(c, e);
	struct issue_candidate *k = part < 0 ? NULL : get(l, e->issue, NAMED_MAX);
	if (!k)
		return;
	if (e->sense == SENSE_HINT) {
		k->hints = (uint8_t)(k->hints + (k->hints < UINT8_MAX));
		return;
	}
	struct issue_best b = judge(c->bg->es->t, e, c->parts[part]);
	if (!k->best.evidence || b.score > k->best.score)
		k->best = b;
	k->terms = (uint8_t)(k->terms + (k->terms < UINT8_MAX));
	for (size_t i = 0; i < e->n_where; i++)
		add_range(k, e->where[i]);
}

static bool is_ancestor(const struct issue_table *it, uint32_t above, uint32_t issue)
{
	for (issue = it->parents[issue]; issue != MAP_NONE; issue = it->parents[issue])
		if (issue == above)
			return true;
	return false;
}

static bool lies_in(const struct issue_candidate *a, const struct issue_candidate *b)
{
	for (size_t i = 0; i < a->n_where; i++) {
		bool inside = false;
		for (size_t k = 0; k < b->n_where; k++)
			inside = inside || (a->where[i].first <= b->where[k].last &&
					    b->where[k].first <= a->where[i].last);
		if (!inside)
			return false;
	}
	return true;
}

/* A wider issue gives way to a narrower one that is found by the same words. */
static void narrow(const struct issue_table *it, struct issue_candidates *l)
{
	bool falls[ISSUE_CANDIDATES] = {false};
	size_t n = 0;
	for (size_t i = 0; i < l->n; i++)
		for (size_t k = 0; k < l->n; k++)
			if (l->v[i].terms && l->v[k].terms && !falls[k] &&
			    is_ancestor(it, l->v[i].issue, l->v[k].issue)) {
				l->v[i].is_above = true;
				falls[i] = falls[i] || lies_in(&l->v[i], &l->v[k]);
			}
	for (size_t i = 0; i < l->n; i++)
		if (!falls[i])
			l->v[n++] = l->v[i];
	l->n = n;
}

/* --- around it -------------------------------------------------------------------------------- */

static bool lies_outside(const struct text *t, const struct issue_evidence *e,
			 const struct spans *s)
{
	for (size_t w = 0; w < e->n_where; w++)
		for (size_t k = 0; k < s->n; k++)
			if (t->tokens[e->where[w].last].point_end > s->v[k].start &&
			    t->tokens[e->where[w].first].point < s->v[k].end)
				return false;
	return true;
}

/* The nearest places before the content. */
static void add_before(const struct issue_content *c, struct issue_candidates *l)
{
	const struct issue_background *bg = c->bg;
	for (size_t i = issue_place_from(bg, c->first_sentence + 1); i-- > 0;) {
		const struct issue_place *p = &bg->places[i];
		const struct issue_evidence *e = &p->evidence;
		uint32_t back = c->first_sentence - p->sentence;
		if (back > ISSUE_BACK)
			break;
		if (e->sense != SENSE_TERM || p->is_of_name ||
		    e->where[e->n_where - 1].last >= c->parts[0].first ||
		    !lies_outside(bg->es->t, e, c->source))
			continue;
		struct issue_candidate *k = get(l, e->issue, ISSUE_CANDIDATES);
		if (k && !k->before) {
			k->before = e;
			k->sentences_back = (uint8_t)back;
		}
	}
}

static void add_top(const struct issue_content *c, struct issue_candidates *l)
{
	const struct issue_background *bg = c->bg;
	for (size_t i = 0; i < bg->n_in_text && i < ISSUE_TOP; i++) {
		struct issue_candidate *k = get(l, bg->tallies[i].issue, ISSUE_CANDIDATES);
		if (k && !k->before && !k->terms)
			k->before = &bg->places[bg->tallies[i].place].evidence;
	}
}

/* --- topics ----------------------------------------------------------------------------------- */

static void add_issue_words(const struct issue_content *c, const struct issue_candidates *l,
			    struct topic_words *w)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct issue_candidate *k = &l->v[i];
		const struct issue *is = &c->bg->it->issues[k->issue];
		if (is->kind == ISSUE_PLACE)
			continue;
		topic_words_add_issue(is->id, is->cap_major, k->terms == 0,
				      k->terms ? k->best.evidence->words : 1, w);
	}
}

static void find_topics(struct issue_content *c, const struct issue_candidates *l)
{
	const struct text *t = c->bg->es->t;
	const struct topics *ts = &c->bg->it->topics;
	struct topic_words w = {0};
	for (size_t p = 0; p < c->n_parts; p++)
		topic_words_add(ts, t, c->parts[p], c->bg->is_name, &w);
	c->words = (unsigned)w.n_words;
	add_issue_words(c, l, &w);
	topics_tell(ts, &w, &c->topic);
	nearness_direction(ts, &w, c->direction);
	w = (struct topic_words){0};
	uint32_t first = c->first_sentence ? c->first_sentence - 1 : 0;
	for (uint32_t s = first; s <= c->last_sentence && s < t->n_sentences; s++)
		topic_words_add(ts, t,
				(struct range){t->sentences[s].first, t->sentences[s].end - 1},
				c->bg->is_name, &w);
	add_issue_words(c, l, &w);
	topics_tell(ts, &w, &c->near);
}

void issue_candidates_find(struct issue_content *c, struct issue_candidates *out)
{
	const struct issue_background *bg = c->bg;
	const struct text *t = bg->es->t;
	out->n = 0;
	c->first_sentence = (uint32_t)text_sentence(t, c->parts[0].first);
	c->last_sentence = (uint32_t)text_sentence(t, c->parts[c->n_parts - 1].last);
	for (size_t i = issue_place_from(bg, c->first_sentence);
	     i < bg->n_places && bg->places[i].sentence <= c->last_sentence; i++)
		if (!bg->places[i].is_of_name)
			add_named(c, &bg->places[i].evidence, out);
	narrow(bg->it, out);
	find_topics(c, out);
	add_before(c, out);
	add_top(c, out);
	for (size_t i = 0; i < out->n; i++) {
		struct issue_candidate *k = &out->v[i];
		k->near = nearness_of(&bg->it->nearness, k->issue, c->direction);
		k->near_article = nearness_of(&bg->it->nearness, k->issue, bg->direction);
	}
}
