/* Finding of phrases by tags. No grammar: each function walks from one item in one direction and knows where to stop. */
#include "extract/phrase.h"

struct view view_of(const struct text *t, const struct lexicon *lx, uint32_t segment)
{
	struct view v = {t, lx, t->segments[segment].first, t->segments[segment].end, 0};
	v.stop = v.end;
	while (v.stop > v.first && !t->items[v.stop - 1].is_quote &&
	       (view_tag(&v, v.stop - 1) == TAG_STOP || view_is(&v, v.stop - 1, ": ; —")))
		v.stop--;
	return v;
}

unsigned view_tag(const struct view *v, uint32_t i)
{
	return i >= v->first && i < v->end ? v->t->items[i].tag : TAG_COUNT;
}

bool view_is(const struct view *v, uint32_t i, const char *words)
{
	return i >= v->first && i < v->end && !v->t->items[i].is_quote && text_is_one_of(v->t, v->t->items[i].first, words);
}

const struct cue_form *view_cue(const struct view *v, uint32_t i)
{
	if (i < v->first || i >= v->end || v->t->items[i].is_quote)
		return NULL;
	const struct token *k = &v->t->tokens[v->t->items[i].first];
	return (k->flags & TOK_WORD) ? lexicon_cue(v->lx, k->key) : NULL;
}

bool tag_is_verb(unsigned tag)
{
	return tag == TAG_VBD || tag == TAG_VBP || tag == TAG_VB || tag == TAG_VBG || tag == TAG_VBN;
}

bool tag_is_noun(unsigned tag)
{
	return tag == TAG_NN || tag == TAG_NNS || tag == TAG_NNP;
}

bool phrase_is_time_word(const struct view *v, uint32_t i)
{
	return view_is(v, i,
		       "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight january "
		       "february march april "
		       "june july august september october november december jan. feb. aug. sept. oct. nov. dec. weekend");
}

/* --- verbs --------------------------------------------------------------------------------------------------------- */

static bool is_be(const struct view *v, uint32_t i)
{
	return view_is(v, i, "be am is are was were been being 's 're 'm ’s ’re ’m got");
}

struct verb_group phrase_verb(const struct view *v, uint32_t head)
{
	struct verb_group g = {.first = head, .head = head};
	unsigned tag = view_tag(v, head);
	g.is_finite = tag == TAG_VBD || tag == TAG_VBP;
	bool seen_aux = false, seen_have = false, be_next = false;
	for (uint32_t i = head; i-- > v->first && head - i < 8;) {
		unsigned k = view_tag(v, i);
		bool is_aux = k == TAG_AUX || k == TAG_MD || (is_be(v, i) && k != TAG_POS) ||
			      (view_is(v, i, "has have had having did do does") && seen_aux == false);
		if (k == TAG_RB) {
			g.is_negated = g.is_negated || view_is(v, i, "not n't n’t never");
			if (view_tag(v, i - 1) != TAG_COMMA || seen_aux)
				g.first = i;
			continue;
		}
		if (k == TAG_TO) {
			g.is_infinitive = true;
			g.first = i;
			break;
		}
		if (!is_aux)
			break;
		g.first = i;
		g.is_finite = g.is_finite || k == TAG_MD || !view_is(v, i, "be been being having");
		g.is_future = g.is_future || view_is(v, i, "will 'll ’ll shall");
		g.is_hypothetical = g.is_hypothetical || view_is(v, i, "would could might may 'd ’d");
		if (!seen_aux && is_be(v, i))
			be_next = true;
		seen_have = seen_have || view_is(v, i, "has have had having 've ’ve");
		seen_aux = true;
	}
	g.is_passive = (tag == TAG_VBN || tag == TAG_VBD) && be_next;
	if (tag == TAG_VBN && !seen_aux)
		g.is_passive = true;
	if (tag == TAG_VB && !seen_aux && !g.is_infinitive &&
	    g.first > v->first) { /* a plural present: "the contenders agree" */
		unsigned left = view_tag(v, g.first - 1);
		g.is_finite = left == TAG_NNS || left == TAG_PRP || left == TAG_NNP;
	}
	if (g.is_infinitive)
		g.is_finite = false;
	return g;
}

uint32_t phrase_finite_at(const struct view *v, uint32_t i)
{
	while (view_tag(v, i) == TAG_RB)
		i++;
	unsigned k = view_tag(v, i);
	if (k == TAG_VBD || k == TAG_VBP)
		return i;
	if (k != TAG_MD && k != TAG_AUX)
		return PHRASE_NONE;
	uint32_t last = i;
	for (uint32_t j = i + 1; j < v->end && j < i + 7; j++) {
		unsigned tag = view_tag(v, j);
		if (tag == TAG_MD || tag == TAG_AUX || tag_is_verb(tag))
			last = j;
		else if (tag != TAG_RB)
			break;
		if (tag_is_verb(tag))
			break;
	}
	return last;
}

/* --- nouns --------------------------------------------------------------------------------------------------------- */

/* Nouns that stand before a name without an article: "spokesman Ned Price". */
static bool is_title_noun(const struct view *v, uint32_t i)
{
	return view_is(
		v, i,
		"president minister premier chancellor secretary spokesman spokeswoman spokesperson leader senator chairman "
		"chairwoman chief "
		"director ambassador envoy adviser advisor governor mayor candidate nominee analyst professor journalist "
		"reporter author "
		"strategist activist lawyer attorney general commander manager officer official king queen prince pope justice "
		"judge rival "
		"speaker representative congressman congresswoman founder editor columnist pollster host economist historian "
		"expert critic "
		"counterpart head supporter delegate operative consultant businessman billionaire wife husband son daughter "
		"colleague "
		"aide deputy lawmaker scientist researcher biologist voter resident mogul magnate tycoon actor singer coach");
}

static bool is_head(unsigned k)
{
	return tag_is_noun(k) || k == TAG_PRP || k == TAG_CD || k == TAG_DT || k == TAG_JJ;
}

static bool joins_names(const struct view *v, uint32_t i)
{
	return view_is(v, i, "& of for in at from on with to by");
}

/* The hyphen of "Smith-Jones", "cease-fire": a noun group goes on over it. */
static bool is_joint(const struct view *v, uint32_t i)
{
	return i >= v->first && i < v->end && !v->t->items[i].is_quote && text_is_joint(v->t, v->t->items[i].first);
}

/* Base group: determiner, adjectives, nouns; from `last` leftwards. */
static uint32_t base_left(const struct view *v, uint32_t last)
{
	uint32_t i = last;
	for (uint32_t steps = 0; steps < 12; steps++) {
		unsigned k = view_tag(v, i), left = i > v->first ? view_tag(v, i - 1) : TAG_COUNT;
		if (k == TAG_DT || k == TAG_PRPS || left == TAG_COUNT)
			return view_is(v, i - 1, "all both half such") && left == TAG_DT ? i - 1 : i;
		bool goes_on = tag_is_noun(left) || left == TAG_JJ || left == TAG_CD || left == TAG_DT || left == TAG_PRPS ||
			       left == TAG_POS || (left == TAG_VBG && k != TAG_NNP) || (left == TAG_VBN && k != TAG_NNP) ||
			       (left == TAG_PUNCT && (view_is(v, i - 1, "/ $ # %") || is_joint(v, i - 1))) || is_joint(v, i);
		if (left == TAG_RB)
			goes_on = k == TAG_JJ || view_is(v, i - 1, "then-president");
		if ((left == TAG_VBG || left == TAG_VBN) &&
		    !(i >= v->first + 2 &&
		      (view_tag(v, i - 2) == TAG_DT || view_tag(v, i - 2) == TAG_JJ || view_tag(v, i - 2) == TAG_PRPS)))
			goes_on = false;
		if (goes_on && k == TAG_NNP && (left == TAG_NN || left == TAG_NNS) && !is_title_noun(v, i - 1))
			return i;
		if (goes_on && phrase_is_time_word(v, i - 1) && k != TAG_POS)
			return i;
		if (goes_on && view_item(v, i - 1)->is_quote)
			return i;
		if (!goes_on)
			return i;
		i--;
	}
	return i;
}

uint32_t phrase_noun_left(const struct view *v, uint32_t last)
{
	if (last < v->first || last >= v->end || view_item(v, last)->is_quote)
		return PHRASE_NONE;
	unsigned k = view_tag(v, last);
	if (view_is(v, last, ")")) { /* "Sen. Ted Cruz (R-Texas)" */
		uint32_t open = last;
		while (open > v->first && last - open < 8 && !view_is(v, open, "("))
			open--;
		if (open == v->first || !view_is(v, open, "(") || view_is(v, open - 1, ")"))
			return PHRASE_NONE;
		return phrase_noun_left(v, open - 1);
	}
	if (!is_head(k) || phrase_is_time_word(v, last) ||
	    (k == TAG_JJ && view_tag(v, last - 1) != TAG_DT && !view_is(v, last, "many others several few most some more")))
		return PHRASE_NONE;
	if (k == TAG_PRP)
		return last;
	uint32_t i = base_left(v, last);
	for (uint32_t steps = 0; steps < 4 && i > v->first + 1; steps++) {
		uint32_t j = i - 1;
		unsigned left = view_tag(v, j - 1);
		bool before_is_noun = tag_is_noun(left) || left == TAG_CD ||
				      (left == TAG_DT && view_is(v, j - 1, "some many all both those several"));
		if (joins_names(v, j) && before_is_noun && !phrase_is_time_word(v, j - 1) && !view_item(v, j - 1)->is_quote) {
			i = base_left(v, j - 1);
			continue;
		}
		if (view_tag(v, j) == TAG_CC && view_is(v, j, "and or &") && before_is_noun && !view_item(v, j - 1)->is_quote) {
			uint32_t other = base_left(v, j - 1);
			unsigned edge = other > v->first ? view_tag(v, other - 1) : TAG_COUNT;
			if (edge == TAG_COUNT || edge == TAG_COMMA || edge == TAG_SC || edge == TAG_W || edge == TAG_CC ||
			    edge == TAG_STOP) {
				i = other;
				continue;
			}
		}
		break;
	}
	return i;
}

static uint32_t base_right(const struct view *v, uint32_t i)
{
	uint32_t start = i;
	if (view_tag(v, i) == TAG_PRP)
		return i + 1;
	bool has_head = false;
	for (; i < v->end && i - start < 14; i++) {
		unsigned k = view_tag(v, i), next = view_tag(v, i + 1);
		if (view_item(v, i)->is_quote)
			break;
		if (k == TAG_DT || k == TAG_PRPS) {
			if (has_head)
				break;
			has_head = k == TAG_DT && view_is(v, i, "this that these those some many all both");
			continue;
		}
		if (tag_is_noun(k) || k == TAG_CD) {
			if (has_head && i > start && phrase_is_time_word(v, i) && view_tag(v, i - 1) != TAG_DT)
				break;
			has_head = true;
			continue;
		}
		if (k == TAG_POS || (k == TAG_PUNCT && (view_is(v, i, "$ # % & /") || is_joint(v, i))) ||
		    ((k == TAG_OPEN || k == TAG_CLOSE) && i > start)) {
			has_head = false;
			if (k == TAG_OPEN || k == TAG_CLOSE || view_is(v, i, "%"))
				has_head = true;
			continue;
		}
		bool modifies = k == TAG_JJ ||
				(k == TAG_RB && (next == TAG_JJ || next == TAG_VBN || next == TAG_CD) && !has_head) ||
				((k == TAG_VBG || k == TAG_VBN) && !has_head && (tag_is_noun(next) || next == TAG_JJ)) ||
				(k == TAG_CC && !has_head && next == TAG_JJ && i > start) ||
				(k == TAG_COMMA && !has_head && view_tag(v, i - 1) == TAG_JJ && next == TAG_JJ);
		if (!modifies)
			break;
		if (k == TAG_JJ)
			has_head = has_head && !tag_is_noun(next) ? has_head : false;
	}
	return i;
}

uint32_t phrase_noun_right(const struct view *v, uint32_t i, bool with_prepositions)
{
	uint32_t end = base_right(v, i);
	if (end == i)
		return i;
	for (uint32_t steps = 0; steps < 4; steps++) {
		if (view_tag(v, end) == TAG_CC && view_is(v, end, "and or") && tag_is_noun(view_tag(v, end - 1))) {
			uint32_t after = base_right(v, end + 1);
			unsigned next = view_tag(v, after);
			if (after > end + 1 && next != TAG_VBD && next != TAG_VBP && next != TAG_MD && next != TAG_AUX) {
				end = after;
				continue;
			}
		}
		if (with_prepositions && view_is(v, end, "of for from at") && !phrase_is_time_word(v, end + 1)) {
			uint32_t after = base_right(v, end + 1);
			if (after > end + 1) {
				end = after;
				continue;
			}
		}
		break;
	}
	return end;
}

/* --- adjuncts ------------------------------------------------------------------------------------------------------ */

static bool is_occasion(const struct view *v, uint32_t i)
{
	return view_is(v, i,
		       "statement interview conference speech remarks letter tweet news email e-mail post televised interview "
		       "briefing press telephone "
		       "phone call video message report rally debate event meeting town week month year day morning afternoon "
		       "evening night hearing "
		       "address memo op-ed column article blog facebook twitter series appearance visit press ceremony forum "
		       "campaign response reply "
		       "radio television tv show sunday court document filing testimony conference summit session capitol "
		       "dinner lunch weekend "
		       "reporters conversation discussion recent joint written separate time point");
}

static uint32_t prepositional_time(const struct view *v, uint32_t i)
{
	if (!view_is(v, i, "on in at during after before late early to through via from by"))
		return i;
	uint32_t end = base_right(v, i + 1);
	if (end == i + 1 || end > i + 16)
		return i;
	bool is_adjunct = false;
	for (uint32_t k = i + 1; k < end; k++)
		is_adjunct = is_adjunct || phrase_is_time_word(v, k) || is_occasion(v, k) ||
			     (view_tag(v, k) == TAG_CD && view_is(v, i, "in on"));
	if (!is_adjunct && !(view_is(v, i, "in at on") && view_tag(v, i + 1) == TAG_NNP))
		return i;
	while (view_is(v, end, "with to for in at on of") && view_tag(v, end + 1) != TAG_COUNT) {
		uint32_t more = base_right(v, end + 1);
		if (more == end + 1 || more > end + 7)
			break;
		end = more;
	}
	return end;
}

uint32_t phrase_adjunct_right(const struct view *v, uint32_t i)
{
	for (uint32_t steps = 0; steps < 4 && i < v->end; steps++) {
		uint32_t start = i;
		if (phrase_is_time_word(v, i)) {
			i++;
			while (phrase_is_time_word(v, i) || view_is(v, i, "morning afternoon evening night") ||
			       view_tag(v, i) == TAG_CD)
				i++;
		} else if (view_is(v, i, "last this earlier later next late early")) {
			if (phrase_is_time_word(v, i + 1) ||
			    view_is(v, i + 1, "week month year night spring summer fall winter morning day"))
				i += 2;
			else if (view_is(v, i, "earlier later") && view_tag(v, i + 1) != TAG_NN)
				i += 1;
		} else if (view_tag(v, i) == TAG_RB && !view_item(v, i)->is_quote &&
			   str_ends(text_lower(v->t, view_item(v, i)->first), STR("ly"))) {
			i++; /* "argued insistently that" */
		} else if (view_is(v, i, "recently today again repeatedly publicly bluntly simply flatly")) {
			i++;
		} else {
			i = prepositional_time(v, i);
		}
		if (i == start)
			break;
	}
	return i;
}
