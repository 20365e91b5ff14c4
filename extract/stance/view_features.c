/* Features are numbers of what is so: a template and what stands there, hashed. */
#include "extract/stance/view_features.h"

#include "extract/stance/view_effects.h"

enum template {
	/* of the whole */
	T_BIAS,
	T_WORD,
	T_PAIR,
	T_VERB_FORM,
	T_VERB_NEGATED,
	T_MODAL_OR_PRONOUN,
	T_ACT_WORD,
	T_LENGTH,
	T_DIGITS,
	T_GOOD,
	T_BAD,
	T_DEMAND,
	T_SHIFTER,
	T_ACCUSE,
	T_NEGATIONS,
	T_GOOD_AND_BAD,
	T_VALUED,
	T_QUESTION,
	T_QUOTED,
	T_CUE,
	T_CUE_NEGATED,
	T_CUE_ACT,
	T_CUE_POSITION,
	T_CUE_CLASS,
	T_CUE_INSIDE,
	T_CUE_VALENCE,
	T_CUE_SUBJECT,
	T_CUE_FRAME,
	T_CUE_FRAME_WORD,
	T_CUE_MOOD,
	T_CUE_TOP,
	T_CUE_ACT_TOP,
	T_TOP,
	T_TOP_NEGATED,
	T_TOP_FORM,
	T_TOP_FORM_MODAL,
	T_TOP_MODAL,
	T_TOP_VALENCE,
	T_TOP_ACT,
	T_TOP_RELATION,
	T_TOP_SUBJECT,
	T_TOP_SUBJECT_WORD,
	T_TOP_SUBJECT_MODAL,
	T_TOP_CHILD,
	T_TOP_CHILD_WORD,
	T_TOP_CHILD_VALENCE,
	T_TOP_CHILD_ACT,
	T_HITS,
	T_HIT_KIND,
	T_SOURCE,
	T_RULE,
	T_RULE_WAY,
	T_RULE_VALUED,
	/* of a candidate: where it stands */
	T_UP,
	T_UP_RELATION = T_UP + 10,
	T_UP_CASE = T_UP_RELATION + 10,
	T_UP_VALENCE = T_UP_CASE + 10,
	T_UP_SHIFT = T_UP_VALENCE + 10,
	T_UP_ACT = T_UP_SHIFT + 10,
	T_UP_ACT_NEGATED = T_UP_ACT + 10,
	T_UP_MODAL = T_UP_ACT_NEGATED + 10,
	T_UP_ANY = T_UP_MODAL + 10,
	T_CUE_PATH,
	T_PATH,
	T_PATH_CLASS,
	T_PATH_CASE,
	T_DEPTH,
	T_RELATION,
	T_RELATION_CLASS,
	T_RELATION_CASE,
	T_RELATION_NEXT,
	T_DEPREL,
	T_ACT_PATH,
	T_ACT_RELATION,
	T_CUE_RELATION,
	T_OWN,
	T_OWN_RELATION,
	T_OWN_KIND,
	T_OWN_FORM,
	T_OWN_VALENCE,
	T_OWN_ACT,
	T_OWN_MENTION,
	T_OWN_CASE,
	T_ENDING_3,
	T_ENDING_4,
	T_CHILD_RELATION,
	T_CHILD_WORD,
	T_CHILD_VALENCE,
	T_CHILD_SHIFTER,
	T_MODIFIERS,
	T_SIZE,
	T_RANK,
	T_RANK_CLASS,
	T_CANDIDATES,
	T_PLACE,
	T_SENTENCE,
	T_SENTENCE_RELATION,
	T_TOP_DEPTH,
	T_TOP_DEPTH_CLASS,
	T_ROOT_PATH,
	T_ROOT_MODAL_PATH,
	T_ROOT_ACT_PATH,
	T_SUBJECT_RELATION,
	T_CLAUSE,
	T_COUNT,
	T_TITLE,
	T_TITLE_RELATION,
	T_ISSUE,
	T_ISSUE_RELATION,
	T_ISSUE_KIND,
	T_BEFORE,
	T_BEFORE_DISTANCE,
	/* and what is done to it */
	T_RULE_RELATION,
	T_RULE_ISSUE,
	T_RULE_POLARITY,
	T_RULE_PATH,
	T_POLARITY,
	T_POLARITY_TURNS,
	T_POLARITY_ACT,
	T_POLARITY_CUE,
	T_WITH_UP,
	T_UP_TWO,
	T_SUBJECT,
	T_SUBJECT_VALENCE,
	T_COMPLEMENT,
	T_SAID_OF,
	T_SAID_OF_RELATION,
	T_NET,
	T_NET_RULE,
	T_EFFECT,
	T_EFFECT_SHAPE,
	T_EFFECT_ALL,
	T_EFFECT_NEAR,
	T_EFFECT_CUE,
	T_EFFECT_RULE,
	T_EFFECT_TOP
};

static uint32_t place_of(unsigned template, uint64_t x)
{
	return (uint32_t)(key_mix(key_mix(77, template), x) >> (64 - VIEW_SPARSE_BITS));
}

/* Where the features of one list go. */
struct sink {
	const struct viewer *v;
	struct view_list *list;
	uint16_t most;
};

static struct sink sink_of(const struct viewer *v, struct view_list *list, uint16_t bound)
{
	*list = (struct view_list){(uint16_t)v->out->n_features, 0};
	return (struct sink){v, list, bound};
}

static void put(struct sink *s, unsigned template, uint64_t x)
{
	if (s->list->n == s->most)
		return;
	s->list->n++;
	s->v->out->features[s->v->out->n_features++] = place_of(template, x);
}

static uint64_t most(uint64_t x, uint64_t bound)
{
	return x < bound ? x : bound;
}

/* What the rules of position.c say, and by which of them. */
static uint64_t rule_of(const struct viewer *v)
{
	return (uint64_t)v->facts->position * POSITION_RULE_READER + v->facts->position_rule;
}

/* --- the whole -------------------------------------------------------------------------------- */

struct tally {
	uint64_t words, digits, good, bad, demand, shifter, accuse, negations;
	bool is_question, is_quoted;
};

static void put_words(struct sink *s, struct tally *y)
{
	const struct viewer *v = s->v;
	uint64_t before = 0;
	for (uint32_t k = v->out->from; k <= v->out->to; k++) {
		uint32_t i = v->out->first + k;
		const struct token *x = &v->t->tokens[i];
		if (!attribution_holds(v->at, i))
			continue;
		y->is_quoted = y->is_quoted || has(v, i, VIEW_QUOTED);
		y->is_question = y->is_question || text_is(v->t, i, "?");
		y->negations += text_is_in(v->t, i, SET_NEGATION);
		if (!(x->flags & TOK_WORD) || viewer_is_within_name(v, i))
			continue;
		y->words++;
		y->digits += (x->flags & TOK_NUMBER) != 0;
		y->good += has(v, i, VIEW_GOOD);
		y->bad += has(v, i, VIEW_BAD);
		y->demand += has(v, i, VIEW_DEMAND);
		y->shifter += has(v, i, VIEW_SHIFTER);
		y->accuse += has(v, i, VIEW_ACCUSE);
		put(s, T_WORD, word(v, i));
		put(s, T_PAIR, key_mix(before, word(v, i)));
		before = word(v, i);
		if (is_verb(v, i)) {
			put(s, T_VERB_FORM, x->xpos);
			put(s, T_VERB_NEGATED, key_mix(word(v, i), has(v, i, VIEW_NEGATED)));
		}
		if (x->xpos == XPOS_MD || x->xpos == XPOS_PRP)
			put(s, T_MODAL_OR_PRONOUN, word(v, i));
		if (v->act[k] >= 0)
			put(s, T_ACT_WORD, act(v, i));
	}
}

static void put_tally(struct sink *s, const struct tally *y)
{
	put(s, T_BIAS, 0);
	put(s, T_LENGTH, most(y->words / 4, 12));
	put(s, T_DIGITS, most(y->digits, 3));
	put(s, T_GOOD, most(y->good, 3));
	put(s, T_BAD, most(y->bad, 3));
	put(s, T_DEMAND, most(y->demand, 2));
	put(s, T_SHIFTER, most(y->shifter, 2));
	put(s, T_ACCUSE, most(y->accuse, 2));
	put(s, T_NEGATIONS, most(y->negations, 2));
	put(s, T_GOOD_AND_BAD, key_mix(most(y->good, 2), most(y->bad, 2)));
	put(s, T_VALUED,
	    key_mix(most(y->good + y->bad + y->demand + y->shifter, 4), most(y->words / 10, 4)));
	put(s, T_QUESTION, y->is_question);
	put(s, T_QUOTED, y->is_quoted);
}

static uint64_t cue_act(const struct viewer *v)
{
	if (v->cue == TOKEN_NONE)
		return 99;
	return key_mix(act(v, v->cue), key_mix(v->at->lemma ? (uint64_t)v->at->lemma->act : 98,
					       has(v, v->cue, VIEW_NEGATED)));
}

static void put_cue(struct sink *s)
{
	const struct viewer *v = s->v;
	const struct attribution *at = v->at;
	uint32_t c = v->cue;
	put(s, T_SOURCE,
	    range_is(at->source) + 2u * at->is_carried + 4u * (at->quote != 0) +
		    8u * (c == TOKEN_NONE));
	if (c == TOKEN_NONE)
		return;
	put(s, T_CUE, word(v, c));
	put(s, T_CUE_NEGATED, key_mix(word(v, c), has(v, c, VIEW_NEGATED)));
	put(s, T_CUE_ACT, cue_act(v));
	put(s, T_CUE_POSITION, at->lemma ? (uint64_t)at->lemma->position : 90);
	put(s, T_CUE_CLASS, class(v, c));
	put(s, T_CUE_INSIDE, attribution_holds(at, c));
	put(s, T_CUE_VALENCE, key_mix(valence(v, c), modal_of(v, c)));
	put(s, T_CUE_SUBJECT, who(v, subject_of(v, c)));
	put(s, T_CUE_FRAME, at->frame);
	put(s, T_CUE_FRAME_WORD, key_mix(at->frame, word(v, c)));
	put(s, T_CUE_MOOD,
	    at->is_negated + 2u * at->is_future + 4u * at->is_hypothetical + 8u * at->is_passive);
	if (v->top != TOKEN_NONE) {
		put(s, T_CUE_TOP, key_mix(word(v, c), class(v, v->top)));
		put(s, T_CUE_ACT_TOP, key_mix(cue_act(v), word(v, v->top)));
	}
}

static void put_top(struct sink *s)
{
	const struct viewer *v = s->v;
	uint32_t c = v->top;
	if (c == TOKEN_NONE)
		return;
	uint64_t w = word(v, c), modal = modal_of(v, c), by = who(v, subject_of(v, c)),
		 form = v->t->tokens[c].xpos, is_negated = has(v, c, VIEW_NEGATED);
	put(s, T_TOP, w);
	put(s, T_TOP_NEGATED, key_mix(w, is_negated));
	put(s, T_TOP_FORM, form);
	put(s, T_TOP_FORM_MODAL, key_mix(form, modal));
	put(s, T_TOP_MODAL, modal);
	put(s, T_TOP_VALENCE, valence(v, c) * 2 + is_negated);
	put(s, T_TOP_ACT, act(v, c));
	put(s, T_TOP_RELATION, viewer_relation(v, c));
	put(s, T_TOP_SUBJECT, by);
	put(s, T_TOP_SUBJECT_WORD, key_mix(by, w));
	put(s, T_TOP_SUBJECT_MODAL, key_mix(by, modal));
	for (uint32_t k = v->f->child[c]; k != FOREST_NONE; k = v->f->next[k]) {
		uint64_t relation = deprel_universal(viewer_relation(v, k));
		if (!attribution_holds(v->at, k) || relation == DEPREL_PUNCT)
			continue;
		put(s, T_TOP_CHILD, viewer_relation(v, k));
		put(s, T_TOP_CHILD_WORD, key_mix(relation, word(v, k)));
		put(s, T_TOP_CHILD_VALENCE, key_mix(relation, valence(v, k)));
		put(s, T_TOP_CHILD_ACT, key_mix(relation, act(v, k)));
	}
}

void view_features_of_whole(const struct viewer *v)
{
	struct sink s = sink_of(v, &v->out->sparse, VIEW_SPARSE);
	struct tally y = {0};
	const struct stance_facts *x = v->facts;
	put(&s, T_RULE, x->position);
	put(&s, T_RULE_WAY, rule_of(v));
	put(&s, T_RULE_VALUED,
	    key_mix((uint64_t)(x->good > 3 ? 3 : x->good), (uint64_t)(x->bad > 3 ? 3 : x->bad)));
	put_cue(&s);
	put_top(&s);
	size_t known = 0;
	for (size_t h = 0; h < v->n_hits; h++)
		known += !v->hits[h].issue->is_open;
	put(&s, T_HITS, most(known, 3) * 4 + most(v->n_hits - known, 3));
	put_words(&s, &y);
	put_tally(&s, &y);
}

/* --- a candidate ------------------------------------------------------------------------------ */

static void put_steps(struct sink *s, uint32_t i, const struct step *steps, size_t n)
{
	const struct viewer *v = s->v;
	uint64_t path = 1, own_case = case_of(v, i), own_class = class(v, i);
	for (unsigned k = 0; k < n; k++) {
		uint32_t up = steps[k].token;
		uint64_t relation = steps[k].relation, w = word(v, up);
		bool is_cue = relation == CUE_STEP, is_negated = has(v, up, VIEW_NEGATED);
		unsigned at = is_cue ? 9 : k;
		path = key_mix(path, relation);
		if (k < 3 || is_cue) {
			put(s, T_UP + at, w);
			put(s, T_UP_RELATION + at, key_mix(w, relation));
			put(s, T_UP_CASE + at,
			    key_mix(key_mix(w, relation), k == 0 ? own_case : is_negated));
			put(s, T_UP_VALENCE + at, key_mix(valence(v, up), relation));
			put(s, T_UP_SHIFT + at, key_mix(valence(v, up) * 2 + is_negated, relation));
			put(s, T_UP_ACT + at, key_mix(act(v, up), relation));
			put(s, T_UP_ACT_NEGATED + at, key_mix(act(v, up), is_negated));
			put(s, T_UP_MODAL + at, key_mix(modal_of(v, up), is_negated));
		}
		put(s, T_UP_ANY, w);
		if (is_cue)
			put(s, T_CUE_PATH, key_mix(key_mix(w, k), steps[0].relation));
		put(s, T_PATH_CLASS, key_mix(path, own_class));
		if (relation == DEPREL_ADVCL || relation == DEPREL_ACL_RELCL ||
		    relation == DEPREL_PARATAXIS || relation == DEPREL_ACL)
			put(s, T_CLAUSE, relation);
		if (relation == DEPREL_CCOMP)
			put(s, T_COMPLEMENT, w);
	}
	put(s, T_PATH, path);
	put(s, T_RULE_PATH, key_mix(rule_of(v), path));
	put(s, T_PATH_CASE, key_mix(path, own_case));
	put(s, T_DEPTH, n);
	put(s, T_ACT_PATH, key_mix(cue_act(v), path));
	uint32_t root = n && steps[n - 1].relation != CUE_STEP ? steps[n - 1].token
			: n > 1				       ? steps[n - 2].token
							       : i;
	put(s, T_ROOT_PATH, key_mix(word(v, root), path));
	put(s, T_ROOT_MODAL_PATH, key_mix(key_mix(modal_of(v, root), valence(v, root)), path));
	put(s, T_ROOT_ACT_PATH, key_mix(act(v, root), path));
}

/* The same of all that stands above: by the word that the candidate is the subject or a modified
 * noun of; and by the cue or the act above, turned by what undoes and negates on the way. */
static void put_sign(struct sink *s, uint32_t i, const struct step *steps, size_t n, bool is_turned)
{
	const struct viewer *v = s->v;
	unsigned said = 0;
	if (n && is_subject(deprel_universal(steps[0].relation)))
		said = said_by(v, steps[0].token);
	for (uint32_t k = v->f->child[i]; k != FOREST_NONE && !said; k = v->f->next[k])
		if (v->f->relation[k] == DEPREL_AMOD)
			said = said_by(v, k);
	put(s, T_SAID_OF, said * 2 + has(v, i, VIEW_NEGATED));
	put(s, T_SAID_OF_RELATION, key_mix(said, n ? steps[0].relation : 0));
	enum position rule = v->facts->position;
	unsigned net = rule == POSITION_SUPPORT ? 2 : rule == POSITION_OPPOSE ? 1 : 0;
	if (net && is_turned)
		net = 3 - net;
	put(s, T_NET, net * 4 + said);
	put(s, T_NET_RULE, key_mix(net * 4 + said, v->facts->position_rule));
}

/* How often what stands above turns the side. */
static void put_polarity(struct sink *s, uint32_t i, const struct step *steps, size_t n)
{
	const struct viewer *v = s->v;
	unsigned turns = has(v, i, VIEW_NEGATED);
	for (size_t k = 0; k < n; k++) {
		uint32_t up = steps[k].token;
		bool subject = is_subject(steps[k].relation);
		turns += has(v, up, VIEW_NEGATED);
		turns += !subject && has(v, up, VIEW_SHIFTER);
		turns += subject && has(v, up, VIEW_BAD);
	}
	uint64_t polarity = turns & 1, last = n ? act(v, steps[n - 1].token) : 91;
	put(s, T_POLARITY, polarity);
	put_sign(s, i, steps, n, polarity);
	put(s, T_RULE_POLARITY, key_mix(rule_of(v), polarity));
	put(s, T_POLARITY_TURNS, turns);
	put(s, T_POLARITY_ACT, key_mix(polarity, last));
	put(s, T_POLARITY_CUE, key_mix(key_mix(polarity, cue_act(v)), n));
	uint64_t up = n ? word(v, steps[0].token) : 0;
	put(s, T_WITH_UP, key_mix(up, word(v, i)));
	if (n > 1)
		put(s, T_UP_TWO, key_mix(up, word(v, steps[1].token)));
	if (n) {
		uint32_t by = subject_of(v, steps[0].token);
		put(s, T_SUBJECT, who(v, by));
		put(s, T_SUBJECT_RELATION, key_mix(who(v, by), steps[0].relation));
		if (by == i)
			put(s, T_SUBJECT_VALENCE, valence(v, steps[0].token));
	}
}

static void put_effects(struct sink *s, struct view_candidate *c, const struct step *steps,
			size_t n)
{
	const struct viewer *v = s->v;
	struct effects x = effects_on(v, c->token, steps, n);
	c->effect = view_effect(x.outer, x.undone > 0, x.is_judged, x.is_turned);
	uint64_t outer = c->effect & ~4u, top = n ? modal_of(v, steps[n - 1].token) : 0;
	put(s, T_EFFECT, outer);
	put(s, T_EFFECT_SHAPE, key_mix(x.shape, x.is_turned));
	put(s, T_EFFECT_ALL, key_mix(key_mix(outer, x.undone), key_mix(x.kept, x.near)));
	put(s, T_EFFECT_NEAR, key_mix(key_mix(x.near, x.is_turned), n ? steps[0].relation : 99));
	put(s, T_EFFECT_CUE, key_mix(key_mix(outer, x.near), cue_act(v)));
	put(s, T_EFFECT_RULE, key_mix(key_mix(outer, x.near), rule_of(v)));
	put(s, T_EFFECT_TOP, key_mix(key_mix(outer, x.near), top));
}

static void put_children(struct sink *s, uint32_t i)
{
	const struct viewer *v = s->v;
	uint64_t modifiers = 0;
	for (uint32_t k = v->f->child[i]; k != FOREST_NONE; k = v->f->next[k]) {
		unsigned relation = deprel_universal(viewer_relation(v, k));
		if (relation == DEPREL_PUNCT)
			continue;
		put(s, T_CHILD_RELATION, viewer_relation(v, k));
		put(s, T_CHILD_WORD, key_mix(relation, word(v, k)));
		put(s, T_CHILD_VALENCE, key_mix(relation, valence(v, k)));
		modifiers += relation == DEPREL_AMOD || relation == DEPREL_COMPOUND ||
			     relation == DEPREL_NMOD || relation == DEPREL_ACL;
	}
	put(s, T_MODIFIERS, most(modifiers, 3));
}

static void put_own(struct sink *s, uint32_t i, uint64_t relation)
{
	const struct viewer *v = s->v;
	uint64_t w = word(v, i);
	struct str form = text_lower(v->t, i);
	put(s, T_OWN, w);
	put(s, T_OWN_RELATION, key_mix(w, relation));
	put(s, T_OWN_KIND, who(v, i));
	put(s, T_OWN_FORM, v->t->tokens[i].xpos);
	put(s, T_OWN_VALENCE, valence(v, i) * 2 + has(v, i, VIEW_NEGATED));
	put(s, T_OWN_ACT, act(v, i));
	put(s, T_OWN_CASE, case_of(v, i));
	put(s, T_OWN_MENTION, class(v, i) * 2 + (v->scene->es->mention_at[i] != 0));
	if (form.n > 3 && !has(v, i, VIEW_NAME)) {
		put(s, T_ENDING_3, str_hash(str_sub(form, form.n - 3, form.n)));
		put(s, T_ENDING_4, str_hash(str_sub(form, form.n - 4, form.n)));
	}
	uint32_t count = map_get(&v->scene->counts, v->f->lemma[i]);
	if (tag_is_noun(v->t->tokens[i].tag) && count != MAP_NONE)
		put(s, T_COUNT, most(count, 7));
	bool is_title = tag_is_noun(v->t->tokens[i].tag) && issue_title_says(v->scene->bg, i);
	put(s, T_TITLE, is_title * 8u + class(v, i));
	put(s, T_TITLE_RELATION, key_mix(is_title, relation));
}

static void put_place(struct sink *s, const struct view_candidate *c, size_t rank,
		      uint64_t relation)
{
	const struct viewer *v = s->v;
	uint32_t i = c->token, size = c->words.last - c->words.first, from = v->at->parts[0].first;
	uint64_t own = class(v, i), n = v->out->n_candidates,
		 sentence = i < from ? 9 : most(v->f->sentence[i] - v->f->sentence[from], 3);
	put(s, T_SIZE, size > 12 ? 12 : size / 2);
	put(s, T_RANK, most(rank, 5));
	put(s, T_RANK_CLASS, key_mix(most(rank, 3), own));
	put(s, T_CANDIDATES, most(n / 2, 6));
	put(s, T_PLACE, key_mix(rank * 5 / n, n > 8));
	put(s, T_SENTENCE, sentence);
	put(s, T_SENTENCE_RELATION, key_mix(key_mix(sentence, relation), own));
	uint64_t depth = 0;
	for (uint32_t at = i; depth < 6 && v->t->tokens[at].head != at &&
			      attribution_holds(v->at, v->t->tokens[at].head);
	     depth++)
		at = v->t->tokens[at].head;
	put(s, T_TOP_DEPTH, depth);
	put(s, T_TOP_DEPTH_CLASS, key_mix(depth, own));
	if (c->is_before) {
		put(s, T_BEFORE, own);
		put(s, T_BEFORE_DISTANCE, most((from - i) / 4, 8));
	}
}

/* Is the candidate what an issue was found by, and what kind of issue is that? */
static void put_issue(struct sink *s, const struct view_candidate *c, uint64_t relation)
{
	const struct viewer *v = s->v;
	struct span phrase = text_span(v->t, c->phrase.first, c->phrase.last),
		    head = text_span(v->t, c->token, c->token);
	unsigned found = 0;
	for (size_t h = 0; h < v->n_hits; h++)
		for (size_t e = 0; e < v->hits[h].evidence.n; e++) {
			struct span x = v->hits[h].evidence.v[e];
			bool is_in = x.start < phrase.end && phrase.start < x.end,
			     is_head = x.start < head.end && head.start < x.end;
			if (!is_in)
				continue;
			const struct issue *issue = v->hits[h].issue;
			found |= 1u << (is_head + 2 * issue->is_open);
			if (!issue->is_open)
				put(s, T_ISSUE_KIND, issue->kind * 2u + is_head);
			break;
		}
	put(s, T_ISSUE, found + 16u * (v->n_hits > 0));
	put(s, T_ISSUE_RELATION, key_mix(found, relation));
	put(s, T_RULE_ISSUE, key_mix(rule_of(v), found));
	put(s, T_RULE_RELATION, key_mix(rule_of(v), relation));
}

void view_features_of_candidate(const struct viewer *v, size_t rank)
{
	struct view_candidate *c = &v->out->candidates[rank];
	struct sink s = sink_of(v, &c->sparse, VIEW_CANDIDATE_SPARSE);
	struct step steps[STEPS];
	unsigned relation;
	uint32_t i = c->token;
	(void)up_of(v, i, &relation);
	size_t n = climb(v, i, steps);
	uint64_t own = class(v, i), own_case = case_of(v, i);
	put(&s, T_RELATION, relation);
	put(&s, T_RELATION_CLASS, key_mix(relation, own));
	put(&s, T_RELATION_CASE, key_mix(relation, own_case));
	put(&s, T_RELATION_NEXT, key_mix(key_mix(relation, own), n > 1 ? steps[1].relation : 0));
	put(&s, T_DEPREL, viewer_relation(v, i));
	put(&s, T_ACT_RELATION, key_mix(cue_act(v), relation));
	if (v->cue != TOKEN_NONE)
		put(&s, T_CUE_RELATION, key_mix(word(v, v->cue), key_mix(relation, own)));
	put_place(&s, c, rank, relation);
	put_own(&s, i, relation);
	put_issue(&s, c, relation);
	put_polarity(&s, i, steps, n);
	put_effects(&s, c, steps, n);
	put_steps(&s, i, steps, n);
	put_children(&s, i);
}
