/* Complements of cues: clauses, infinitives, gerunds, phrases with and without prepositions, quotations; and where each of them
 * ends. */
#include "extract/complement.h"

enum { LONGEST_CONTENT = 160 }; /* items: no clause goes on for longer, and each cue looks no further */

/* Where content that starts at `i` must end at the latest. */
static uint32_t latest_end(const struct view *v, uint32_t i)
{
	if (v->stop <= i)
		return i;
	return v->stop - i > LONGEST_CONTENT ? i + LONGEST_CONTENT : v->stop;
}

static bool is_reporting(const struct view *v, uint32_t i)
{
	const struct cue_form *f = view_cue(v, i);
	return f && f->verb && tag_is_verb(view_tag(v, i)) && f->verb->prior[FRAME_CLAUSE] >= 4;
}

/* Does a new clause with its own reporting verb start at `i`: "Chinese officials said ..."? */
static bool starts_report(const struct view *v, uint32_t i)
{
	uint32_t end = phrase_noun_right(v, i, true);
	if (end == i)
		return false;
	uint32_t head = phrase_finite_at(v, end);
	return head != PHRASE_NONE && is_reporting(v, head);
}

/* May the content stop at this comma, and what follows belong to the sentence around it? */
static bool comma_ends(const struct view *v, uint32_t i)
{
	uint32_t n = i + 1;
	if (view_is(v, n, "according"))
		return true;
	if (view_tag(v, n) == TAG_VBG && is_reporting(v, n))
		return true;
	if (view_is(v, n, "but and while though although whereas as"))
		return starts_report(v, n + 1) || (view_is(v, n, "but and") && is_reporting(v, n + 1)) ||
		       (view_is(v, n, "and") && is_reporting(v, n + 2) && view_tag(v, n + 1) == TAG_RB);
	if (is_reporting(v, n) && (view_tag(v, n) == TAG_VBD || view_tag(v, n) == TAG_VBP))
		return true;
	return starts_report(v, n);
}

static bool is_feeling(const struct view *v, uint32_t i)
{
	while (view_tag(v, i) == TAG_RB)
		i++;
	const struct cue_form *f = view_cue(v, i);
	return f && f->adjective;
}

uint32_t complement_end(const struct view *v, uint32_t i)
{
	uint32_t end = latest_end(v, i);
	for (uint32_t k = i; k < end; k++) {
		if (view_is(v, k, ";") || (view_tag(v, k) == TAG_COMMA && comma_ends(v, k)))
			return k;
		if (view_tag(v, k) == TAG_CC && k > i + 2 && is_reporting(v, k + 1) && view_tag(v, k + 1) == TAG_VBD &&
		    view_tag(v, k + 2) == TAG_SC)
			return k;
		if (view_tag(v, k) == TAG_CC && k > i + 2 && view_is(v, k + 1, "is are was were") && is_feeling(v, k + 2))
			return k;
		if (view_is(v, k, "according") && view_is(v, k + 1, "to") && k > i)
			return k;
	}
	return end;
}

/* "the claim that the treaty was dead angered them": the clause after a noun ends before the verb that the noun is the subject
 * of. */
static uint32_t noun_clause_end(const struct view *v, uint32_t i)
{
	uint32_t end = complement_end(v, i), verbs = 0;
	for (uint32_t k = i; k < end; k++) {
		unsigned tag = view_tag(v, k);
		if (tag == TAG_SC || tag == TAG_W || tag == TAG_CC || tag == TAG_COMMA)
			verbs = verbs ? verbs - 1 : 0;
		uint32_t head = phrase_finite_at(v, k);
		if (head == PHRASE_NONE)
			continue;
		if (verbs > 0)
			return k;
		verbs = 1;
		k = head;
	}
	return end;
}

/* Item after a noun phrase and what hangs on it: up to the clause's next part. */
static uint32_t object_end(const struct view *v, uint32_t i)
{
	uint32_t end = latest_end(v, i);
	bool in_relative = false;
	for (uint32_t k = i; k < end; k++) {
		unsigned tag = view_tag(v, k);
		if (tag == TAG_W || (k > i && view_is(v, k, "that") && tag_is_noun(view_tag(v, k - 1))))
			in_relative = true;
		if (view_is(v, k, "; — – --") || (tag == TAG_PUNCT && view_is(v, k, ":")))
			return k;
		if (tag == TAG_COMMA) {
			/* a list goes on: "jobs, trade and security" */
			uint32_t after = phrase_noun_right(v, k + 1, false);
			if (after > k + 1 && (view_tag(v, after) == TAG_CC || view_tag(v, after) == TAG_COMMA) &&
			    !phrase_is_time_word(v, k + 1))
				continue;
			if (view_tag(v, k + 1) == TAG_CC && phrase_noun_right(v, k + 2, false) > k + 2 &&
			    !starts_report(v, k + 2) && phrase_finite_at(v, phrase_noun_right(v, k + 2, false)) == PHRASE_NONE)
				continue;
			return k;
		}
		if (k > i && tag == TAG_SC && !view_is(v, k, "that to whether of for as if than"))
			return k;
		if (k > i && view_is(v, k, "after before while when because during amid until"))
			return k;
		if (tag == TAG_CC && k > i) {
			unsigned next = view_tag(v, k + 1);
			const struct cue_form *f = next == TAG_VBN ? view_cue(v, k + 1) : NULL;
			if (next == TAG_VBD || next == TAG_VBP || next == TAG_MD || next == TAG_AUX || view_is(v, k, "but") ||
			    (f && f->verb))
				return k;
			uint32_t after = phrase_noun_right(v, k + 1, true);
			if (after > k + 1 && phrase_finite_at(v, after) != PHRASE_NONE && !in_relative)
				return k;
		}
		if (k > i && !in_relative &&
		    (tag == TAG_MD || tag == TAG_VBD || (tag == TAG_VBP && tag_is_noun(view_tag(v, k - 1))))) {
			/* a reduced relative "the number he will accept", otherwise the next clause */
			if (!(view_tag(v, k - 1) == TAG_PRP || view_tag(v, k - 1) == TAG_NNP))
				return k;
		}
	}
	return end;
}

static const struct cue_preposition *find_preposition(const struct view *v, const struct cue *c, uint32_t i, bool after_object)
{
	unsigned tag = view_tag(v, i);
	if ((tag != TAG_IN && tag != TAG_SC && tag != TAG_TO && tag != TAG_RB) ||
	    (tag == TAG_TO && tag_is_verb(view_tag(v, i + 1))))
		return NULL;
	uint64_t key = v->t->tokens[view_item(v, i)->first].key;
	for (size_t k = 0; k < c->n_prepositions; k++)
		if (c->prepositions[k].key == key && c->prepositions[k].after_object == after_object)
			return &c->prepositions[k];
	return NULL;
}

static bool hook_set(struct hook *h, enum frame f, uint32_t start, uint32_t end, uint8_t prior)
{
	if (prior == 0 || end <= start)
		return false;
	h->frame = f;
	h->start = start;
	h->end = end;
	h->prior = prior;
	return true;
}

/* A clause, a wh-clause, a quotation: what can follow at once or after the one addressed. */
static bool hook_clause(const struct view *v, const struct cue *c, uint32_t i, struct hook *h)
{
	if (view_is_quote(v, i))
		return hook_set(h, FRAME_QUOTE, i, i + 1,
				c->prior[FRAME_QUOTE] ? c->prior[FRAME_QUOTE] : c->prior[FRAME_CLAUSE]);
	if ((view_is(v, i, ":") || view_tag(v, i) == TAG_COMMA) && view_is_quote(v, i + 1))
		return hook_set(h, FRAME_QUOTE, i + 1, i + 2, c->prior[FRAME_QUOTE]);
	if (view_is(v, i, ":"))
		return hook_set(h, FRAME_QUOTE, i + 1, latest_end(v, i + 1), c->prior[FRAME_QUOTE]);
	if (view_is(v, i, "that") && view_tag(v, i) != TAG_DT)
		return hook_set(h, FRAME_CLAUSE, i, c->class == CUE_NOUN ? noun_clause_end(v, i + 1) : complement_end(v, i + 1),
				c->prior[FRAME_CLAUSE]);
	if (view_is(v, i, "that")) { /* "that" read as a determiner: a clause when a verb follows its phrase */
		uint32_t end = phrase_noun_right(v, i + 1, true);
		for (uint32_t k = end; end > i + 1 && k < v->end && k < end + 12 && view_tag(v, k) != TAG_COMMA; k++)
			if (phrase_finite_at(v, k) != PHRASE_NONE)
				return hook_set(h, FRAME_CLAUSE, i, complement_end(v, i + 1), c->prior[FRAME_CLAUSE]);
	}
	if (view_tag(v, i) == TAG_W || view_is(v, i, "whether if how why"))
		return hook_set(h, FRAME_WH, i, complement_end(v, i + 1), c->prior[FRAME_WH]);
	return false;
}

/* What follows the object phrase [i, end). */
static bool hook_after_object(const struct view *v, const struct cue *c, uint32_t i, uint32_t end, struct hook *h)
{
	bool addresses = c->prior[FRAME_ADDRESSED] > 0;
	struct range object = {i, end - 1};
	uint32_t after = phrase_adjunct_right(v, end);
	if (view_tag(v, end) == TAG_TO &&
	    hook_set(h, FRAME_OBJECT_INFINITIVE, i, complement_end(v, end + 1), c->prior[FRAME_OBJECT_INFINITIVE])) {
		h->target = object;
		return true;
	}
	const struct cue_preposition *p = find_preposition(v, c, end, true);
	if (p && hook_set(h, FRAME_OBJECT_PREPOSITION, end + 1, object_end(v, end + 1), p->prior)) {
		h->target = object;
		return true;
	}
	if (addresses && (!view_is(v, after, ":") || view_is_quote(v, after + 1)) && hook_clause(v, c, after, h) &&
	    !tag_is_verb(view_tag(v, end))) {
		if (after == end || view_tag(v, i) == TAG_PRP || tag_is_noun(view_tag(v, i)) || view_tag(v, i) == TAG_DT)
			h->addressee = object;
		if (h->frame == FRAME_QUOTE || h->frame == FRAME_CLAUSE || h->frame == FRAME_WH)
			return true;
	}
	return false;
}

static bool phrase_finite_at_token(const struct view *v, uint32_t token)
{
	unsigned tag = token < v->t->n_tokens ? v->t->tokens[token].tag : TAG_STOP;
	return tag == TAG_VBD || tag == TAG_VBP || tag == TAG_MD || tag == TAG_AUX;
}

static bool hook_noun(const struct view *v, const struct cue *c, uint32_t i, struct hook *h)
{
	uint32_t end = phrase_noun_right(v, i, false);
	if (end == i)
		return false;
	uint32_t far_end = phrase_noun_right(v, i, true);
	bool clause = phrase_finite_at(v, end) != PHRASE_NONE || phrase_finite_at(v, far_end) != PHRASE_NONE;
	if (view_is_quote(v, end) && phrase_finite_at_token(v, view_item(v, end)->first + 1))
		clause = true; /* said the business “is broader” */
	if (!clause) { /* "said the man in the hat would": a little further, up to the first finite verb before a comma */
		bool loose = c->prior[FRAME_CLAUSE] > c->prior[FRAME_NOUN];
		for (uint32_t k = far_end; k < v->end && k < far_end + 12; k++) {
			unsigned tag = view_tag(v, k);
			if (tag == TAG_COMMA || tag == TAG_SC || tag == TAG_W || tag == TAG_STOP || (tag == TAG_TO && !loose) ||
			    (tag == TAG_CC && (!loose || phrase_finite_at(v, k + 1) != PHRASE_NONE)) || view_is_quote(v, k))
				break;
			if (tag == TAG_MD ||
			    ((tag == TAG_AUX || tag == TAG_VBD || tag == TAG_VBP) && phrase_finite_at(v, k) != PHRASE_NONE)) {
				clause = true;
				break;
			}
		}
	}
	if (clause && hook_set(h, FRAME_CLAUSE, i, complement_end(v, i), c->prior[FRAME_CLAUSE]))
		return true;
	if (hook_after_object(v, c, i, end, h) || (far_end > end && hook_after_object(v, c, i, far_end, h)))
		return true;
	if (view_is(v, end, "as") && hook_set(h, FRAME_AS, i, object_end(v, i), c->prior[FRAME_AS])) {
		h->target = (struct range){i, end - 1};
		return true;
	}
	return hook_set(h, FRAME_NOUN, i, object_end(v, i), c->prior[FRAME_NOUN]);
}

static bool is_gerund(const struct view *v, uint32_t i)
{
	return view_tag(v, i) == TAG_VBG ||
	       (view_is(v, i, "not having being") && (view_tag(v, i + 1) == TAG_VBG || view_tag(v, i + 1) == TAG_VBN));
}

bool complement_find(const struct view *v, const struct cue *c, uint32_t head, struct hook *h)
{
	*h = (struct hook){.cue_last = head, .addressee = RANGE_NONE, .target = RANGE_NONE};
	uint32_t i = head + 1;
	if (view_is(v, i, "out back clear forward up down") && view_tag(v, i) != TAG_COUNT && c->class == CUE_VERB &&
	    (view_tag(v, i) == TAG_RB || view_tag(v, i) == TAG_JJ || view_tag(v, i) == TAG_IN) &&
	    !find_preposition(v, c, i, false))
		h->cue_last = i++;
	if (i >= v->end)
		return false;
	if (hook_clause(v, c, i, h))
		return true;
	uint32_t j = phrase_adjunct_right(v, i);
	if (j > i && j < v->end && (c->prior[FRAME_CLAUSE] || c->prior[FRAME_QUOTE])) {
		if (hook_clause(v, c, j, h))
			return true;
		if (phrase_noun_right(v, j, false) > j && hook_noun(v, c, j, h) && h->frame == FRAME_CLAUSE)
			return true;
	}
	if (view_tag(v, i) == TAG_TO &&
	    (tag_is_verb(view_tag(v, i + 1)) || view_tag(v, i + 1) == TAG_AUX || view_tag(v, i + 1) == TAG_RB))
		return hook_set(h, FRAME_INFINITIVE, i, complement_end(v, i), c->prior[FRAME_INFINITIVE]);
	const struct cue_preposition *p = find_preposition(v, c, i, false);
	if (p) {
		uint32_t end = phrase_noun_right(v, i + 1, false);
		if (end > i + 1 && view_tag(v, end) == TAG_TO &&
		    hook_set(h, FRAME_OBJECT_INFINITIVE, i + 1, complement_end(v, end), p->prior)) {
			h->target = (struct range){i + 1, end - 1};
			h->cue_last = i;
			return true;
		}
		if (hook_set(h, FRAME_PREPOSITION, i + 1,
			     is_gerund(v, i + 1) || view_tag(v, i + 1) == TAG_W ? complement_end(v, i + 1)
										: object_end(v, i + 1),
			     p->prior)) {
			h->cue_last = i;
			return true;
		}
	}
	if (is_gerund(v, i) && hook_set(h, FRAME_GERUND, i, complement_end(v, i), c->prior[FRAME_GERUND]))
		return true;
	if (c->class != CUE_VERB)
		return false;
	return hook_noun(v, c, i, h);
}
