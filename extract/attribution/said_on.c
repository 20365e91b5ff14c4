#include "extract/attribution/said_on.h"

#include "extract/syntax/labels.h"

/* Tokens on either side of the cue: subjects, places and addressees stand between ("told reporters
 * in Beijing on Friday"). */
enum { REACH = 12, SOURCE_REACH = 40 };
/* Steps up a tree, and tokens on either side of a verb where its subject and its marker stand. */
enum { CLIMB_MAX = 12, CHILD_REACH = 15 };

/* A statement's time is looked for in this. */
struct search {
	const struct text *t;
	const struct time_list *times;
	const struct attribution *at;
};

/* The expression that holds a token, or NULL. They are in order. */
static const struct time_expression *time_at(const struct time_list *times, uint32_t token)
{
	size_t low = 0, high = times->n;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (times->v[middle].last < token)
			low = middle + 1;
		else
			high = middle;
	}
	return low < times->n && times->v[low].first <= token ? &times->v[low] : NULL;
}

bool time_covers(const struct text *t, const struct time_list *times, struct range phrase)
{
	const struct time_expression *x;
	for (uint32_t i = phrase.last + 1; i-- > phrase.first;) {
		x = time_at(times, i);
		if (!x && t->tokens[i].tag != TAG_IN)
			return false;
		if (x)
			i = x->first > phrase.first ? x->first : phrase.first;
	}
	return true;
}

/* --- does a time belong to the cue? ----------------------------------------------------------- */

static bool is_verb(const struct text *t, uint32_t i)
{
	return t->tokens[i].xpos >= XPOS_VB && t->tokens[i].xpos <= XPOS_VBZ;
}

/* A child of a verb that is its subject, or one of these markers. */
static bool has_child(const struct text *t, uint32_t verb, const char *markers)
{
	uint32_t first = verb > CHILD_REACH ? verb - CHILD_REACH : 0;
	for (uint32_t i = first; i < verb + CHILD_REACH && i < t->n_tokens; i++) {
		if (t->tokens[i].head != verb || i == verb)
			continue;
		if (markers ? text_is_one_of(t, i, markers)
			    : deprel_universal(t->tokens[i].deprel) == DEPREL_NSUBJ)
			return true;
	}
	return false;
}

/* "his 2008 campaign", "the July 11 protests": a time before its noun is that of the noun, which
 * dates what is said only where the noun is an occasion to say something ("a Friday interview"). */
static bool dates_noun(const struct text *t, const struct time_expression *x)
{
	const struct token *k = &t->tokens[x->head];
	unsigned rel = deprel_universal(k->deprel);
	bool is_before = k->head > x->last && (rel == DEPREL_COMPOUND || rel == DEPREL_NUMMOD ||
					       rel == DEPREL_AMOD || rel == DEPREL_NMOD);
	return is_before && !is_verb(t, k->head) && !text_is_in(t, k->head, SET_OCCASION);
}

/* Is a cue said in the clause of a verb above it, by whoever does what the verb says: "met the
 * envoy on Friday and said", "pleaded guilty on Friday, admitting"? */
static bool governs(const struct search *s, uint32_t verb)
{
	const struct text *t = s->t;
	uint32_t i = s->at->head;
	for (unsigned n = 0; n < CLIMB_MAX; n++) {
		const struct token *k = &t->tokens[i];
		unsigned rel = deprel_universal(k->deprel);
		bool is_shared = rel == DEPREL_CONJ || rel == DEPREL_XCOMP || rel == DEPREL_ADVCL ||
				 rel == DEPREL_ACL || rel == DEPREL_PARATAXIS;
		bool is_object = n > 0 && !is_verb(t, i) && rel == DEPREL_OBJ; /* "a note saying" */
		if (!is_object && (!is_shared || (rel != DEPREL_XCOMP && has_child(t, i, NULL))))
			return false;
		i = k->head;
		if (i == verb)
			return true;
	}
	return false;
}

/* Is the verb's clause one in which the cue was said: "speaking in Berlin on Friday, he said",
 * "when they met on Friday, he said"? */
static bool is_setting(const struct search *s, uint32_t verb, const struct time_expression *x)
{
	const struct token *k = &s->t->tokens[verb];
	if (k->head != s->at->head || deprel_universal(k->deprel) != DEPREL_ADVCL)
		return false;
	return has_child(s->t, verb, "when as while") ||
	       (k->xpos == XPOS_VBG && x->last < s->at->cue.first && !has_child(s->t, verb, NULL));
}

/* "in an interview published on Friday": a participle behind the occasion. */
static bool publishes(const struct text *t, uint32_t verb)
{
	uint32_t noun = t->tokens[verb].head;
	return deprel_universal(t->tokens[verb].deprel) == DEPREL_ACL &&
	       text_is_in(t, verb, SET_PUBLISHED) && text_is_in(t, noun, SET_OCCASION);
}

/* Nothing but prepositions and adverbs of time between the cue and what stands right behind it:
 * "said late on Friday". */
static bool is_beside(const struct search *s, const struct time_expression *x)
{
	uint32_t i = s->at->cue.last + 1;
	while (i < x->first && text_is_in(s->t, i, SET_BEFORE_TIME))
		i++;
	return i == x->first;
}

/* "and on Friday, Lee said", "On Friday, Lee said": the time opens the clause, and nothing but the
 * source and commas stand between it and the cue. */
static bool opens_clause(const struct search *s, const struct time_expression *x)
{
	const struct text *t = s->t;
	struct range source = s->at->source;
	uint32_t i = x->last + 1, before = x->first;
	if (!range_is(source) || source.last > s->at->cue.first || source.first < i)
		return false;
	if (before > 0 && text_is_in(t, before - 1, SET_BEFORE_TIME))
		before--;
	bool opens = before == 0 || (t->tokens[before].flags & TOK_SEGMENT_START) ||
		     t->tokens[before - 1].tag == TAG_CC || t->tokens[before - 1].tag == TAG_STOP;
	while (i < source.first && t->tokens[i].tag == TAG_COMMA)
		i++;
	return opens && i == source.first && s->at->cue.first <= source.last + 2;
}

/* Up the tree from a time to the first verb, which must be the cue's or share its clause. Where
 * that verb is one of the content, the parser has hung the time too far behind. */
static bool is_of_cue(const struct search *s, const struct time_expression *x)
{
	const struct text *t = s->t;
	uint32_t i = x->head;
	if (dates_noun(t, x))
		return false;
	if (is_beside(s, x) || opens_clause(s, x))
		return true;
	for (unsigned n = 0; n < CLIMB_MAX; n++) {
		if (i == s->at->head || range_holds(s->at->cue, i) || attribution_holds(s->at, i))
			return true;
		if (is_verb(t, i) && !publishes(t, i))
			return governs(s, i) || is_setting(s, i, x);
		if (t->tokens[i].head == i)
			return governs(s, i);
		i = t->tokens[i].head;
	}
	return false;
}

/* Nothing that has been written of was said after it was written. */
static bool is_time_of(const struct search *s, const struct time_expression *x)
{
	bool is_ahead = s->times->written != DAY_NONE && x->from > s->times->written;
	return !is_ahead && is_of_cue(s, x);
}

/* --- where it is looked for ------------------------------------------------------------------- */

static const struct time_expression *find_behind(const struct search *s)
{
	const struct text *t = s->t;
	const struct attribution *at = s->at;
	for (uint32_t i = at->head + 1; i < t->n_tokens && i <= at->cue.last + REACH; i++) {
		const struct time_expression *x = time_at(s->times, i);
		if (attribution_holds(at, i) || (t->tokens[i].flags & TOK_PARAGRAPH_START) ||
		    t->tokens[i].tag == TAG_STOP)
			return NULL;
		if (x && is_time_of(s, x))
			return x;
		if (x)
			i = x->last;
	}
	return NULL;
}

static const struct time_expression *find_before(const struct search *s)
{
	const struct text *t = s->t;
	const struct attribution *at = s->at;
	uint32_t low = at->cue.last > REACH ? at->cue.last - REACH : 0;
	if (range_is(at->source) && at->source.first < low &&
	    at->source.first + SOURCE_REACH > at->cue.first)
		low = at->source.first;
	for (uint32_t i = at->cue.first; i-- > low;) {
		bool in_source =
			range_is(at->source) && i >= at->source.first && i <= at->source.last;
		const struct time_expression *x = time_at(s->times, i);
		if (attribution_holds(at, i) || t->tokens[i].tag == TAG_STOP ||
		    (t->tokens[i].tag == TAG_W && !in_source))
			return NULL;
		if (x && !in_source && is_time_of(s, x))
			return x;
		if (t->tokens[i].flags & (TOK_PARAGRAPH_START | TOK_SEGMENT_START))
			return NULL;
	}
	return NULL;
}

/* Days, months and years have a date of their own precision; a week, a quarter, a decade keep their
 * words alone. */
static void set_date(const struct time_expression *x, struct said_on *out)
{
	struct str value = str_of(x->value);
	size_t n = x->unit == TIME_DAY	   ? 10
		   : x->unit == TIME_MONTH ? 7
		   : x->unit == TIME_YEAR  ? 4
					   : 0;
	if (n == 0)
		return;
	out->date = str_sub(value, 0, n);
	out->precision = n == 10 ? PRECISION_DAY : n == 7 ? PRECISION_MONTH : PRECISION_YEAR;
	out->rule = x->rule;
	out->from = x->from;
	out->to = x->to;
}

void said_on_find(const struct text *t, const struct time_list *times, const struct attribution *at,
		  struct said_on *out, struct range *where)
{
	*out = (struct said_on){.text = STR_EMPTY};
	*where = RANGE_NONE;
	if (!range_is(at->cue))
		return;
	const struct search s = {t, times, at};
	const struct time_expression *x = find_behind(&s);
	if (!x)
		x = find_before(&s);
	if (!x || attribution_holds(at, x->first) || attribution_holds(at, x->last))
		return;
	*where = (struct range){x->first, x->last};
	if (where->first > 0 && text_is_in(t, where->first - 1, SET_PREPOSITION_OF_DAY) &&
	    !attribution_holds(at, where->first - 1))
		where->first--;
	out->text = text_range(t, where->first, where->last);
	set_date(x, out);
}
