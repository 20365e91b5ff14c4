/* The words of a content weighed, each by what stands above and below it in the tree. */
#include "extract/stance/evaluation.h"

#include <math.h>

#include "extract/syntax/labels.h"
#include "extract/tables/key.h"
#include "extract/tables/lexicon.h"

/* A content is read so far: what comes late weighs little. */
enum { CONTENT_TOKENS = 96, REACH = 12, CLIMB = 4 };

/* Tokens that may hang on `token` and stand near it. */
static uint32_t near_first(uint32_t token)
{
	return token > REACH ? token - REACH : 0;
}

static uint32_t near_end(const struct text *t, uint32_t token)
{
	return token + REACH < t->n_tokens ? token + REACH : (uint32_t)t->n_tokens;
}

static bool has_child(const struct text *t, uint32_t token, enum word_set set)
{
	for (uint32_t i = near_first(token), end = near_end(t, token); i < end; i++)
		if (t->tokens[i].head == token && i != token && text_is_in(t, i, set))
			return true;
	return false;
}

bool evaluation_is_negated(const struct text *t, uint32_t token)
{
	return has_child(t, token, SET_NEGATION);
}

bool evaluation_is_intensive(const struct text *t, uint32_t token)
{
	return has_child(t, token, SET_INTENSIFIER);
}

/* --- what is good and bad --------------------------------------------------------------------- */

struct weigher {
	const struct classifier *cl;
	const struct entities *es;
	const struct text *t;
	struct evaluation *out;
	const struct statement *s;
	uint32_t first, last;
	uint8_t valence[CONTENT_TOKENS];    /* of the tokens from `first` on */
	bool is_bad[CONTENT_TOKENS];	    /* also of words that name an issue */
	bool governs_value[CONTENT_TOKENS]; /* something good or bad hangs on it */
};

static bool is_within(const struct weigher *w, uint32_t i)
{
	return i >= w->first && i <= w->last;
}

/* Within one clause a word speaks of what stands above it. */
static bool is_of_clause(unsigned deprel)
{
	switch (deprel_universal(deprel)) {
	case DEPREL_OBJ:
	case DEPREL_IOBJ:
	case DEPREL_OBL:
	case DEPREL_NMOD:
	case DEPREL_AMOD:
	case DEPREL_ADVMOD:
	case DEPREL_XCOMP:
	case DEPREL_COMPOUND:
	case DEPREL_CCOMP:
	case DEPREL_NSUBJ:
	case DEPREL_ACL:
		return true;
	default:
		return false;
	}
}

static bool is_evidence(const struct weigher *w, uint32_t i, struct spans evidence)
{
	uint32_t point = w->t->tokens[i].point;
	for (size_t e = 0; e < evidence.n; e++)
		if (point >= evidence.v[e].start && point < evidence.v[e].end)
			return true;
	return false;
}

/* Of the best issue, towards which the position is: who wants to "end the war" is against the war,
 * though the words name a ceasefire. Nouns name, and so do verbs that end things; others say what
 * becomes of the issue ("relations stabilize"), as do adjectives that are no part of a noun's name
 * ("the order is unconstitutional"). */
static bool names_issue(const struct weigher *w, uint32_t i, unsigned valence)
{
	const struct token *k = &w->t->tokens[i];
	bool is_said_of = tag_is_verb(k->tag) ? !(valence & VALENCE_SHIFTER)
					      : k->tag == TAG_JJ && k->deprel != DEPREL_AMOD;
	if (w->s->n_issues == 0 || w->s->issues[0].issue->is_open || is_said_of)
		return false;
	return is_evidence(w, i, w->s->issues[0].evidence);
}

const struct actor *evaluation_actor_at(const struct entities *es, uint32_t token)
{
	uint32_t m = es->mention_at[token];
	if (m)
		return es->v[es->mentions[m - 1].entity].actor;
	m = es->reference_at ? es->reference_at[token] : 0;
	return m && es->references[m - 1].entity != MAP_NONE
		       ? es->v[es->references[m - 1].entity].actor
		       : NULL;
}

static uint32_t subject_of(const struct text *t, uint32_t verb)
{
	for (uint32_t i = near_first(verb); i < verb; i++)
		if (t->tokens[i].head == verb &&
		    deprel_universal(t->tokens[i].deprel) == DEPREL_NSUBJ)
			return i;
	return TOKEN_NONE;
}

/* Is somebody else than the speaker for or against something by this verb: "it supports", "they
 * refused to"? */
static bool is_of_others(const struct weigher *w, uint32_t i)
{
	uint32_t subject = TOKEN_NONE, verb = i;
	if (w->t->tokens[i].xpos < XPOS_VB || w->t->tokens[i].xpos > XPOS_VBZ)
		return false;
	for (int k = 0; k < CLIMB && subject == TOKEN_NONE && is_within(w, verb); k++) {
		subject = subject_of(w->t, verb);
		if (w->t->tokens[verb].head == verb)
			break;
		verb = w->t->tokens[verb].head;
	}
	if (subject == TOKEN_NONE || !is_within(w, subject) ||
	    text_is_one_of(w->t, subject, "i we"))
		return false;
	const struct actor *who = evaluation_actor_at(w->es, subject);
	if (!who || who == w->s->speaker)
		return false;
	int act = classifier_act_word(w->cl, w->t, i);
	return act == ACT_SUPPORT || act == ACT_AID || act == ACT_AGREE || act == ACT_REJECT ||
	       act == ACT_REQUEST;
}

static void find_valences(struct weigher *w)
{
	const struct text *t = w->t;
	for (uint32_t i = w->first; i <= w->last; i++) {
		if (!(t->tokens[i].flags & TOK_WORD) || w->es->mention_at[i])
			continue;
		uint64_t lemma = word_key(t->lemmas[i]);
		unsigned valence = lexicon_valence(w->es->lx, lemma);
		if (i > w->first) /* "red line" */
			valence |= lexicon_valence(w->es->lx, key_mix(t->tokens[i - 1].key, lemma));
		bool others =
			(valence & (VALENCE_POSITIVE | VALENCE_NEGATIVE)) && is_of_others(w, i);
		w->is_bad[i - w->first] = (valence & VALENCE_NEGATIVE) != 0;
		w->valence[i - w->first] =
			(uint8_t)(others		       ? 0
				  : names_issue(w, i, valence) ? valence & VALENCE_ACCUSE
							       : valence);
	}
	for (uint32_t i = w->first; i <= w->last; i++) {
		uint32_t up = i;
		for (int k = 0; k < CLIMB &&
				(w->valence[i - w->first] & (VALENCE_POSITIVE | VALENCE_NEGATIVE));
		     k++) {
			if (t->tokens[up].head == up || !is_of_clause(t->tokens[up].deprel) ||
			    !is_within(w, t->tokens[up].head))
				break;
			up = t->tokens[up].head;
			w->governs_value[up - w->first] = true;
		}
	}
}

/* `value`, +1 or -1, turned by negations and shifters on the way up, and what is good by what
 * harms it ("undermine peace"). What is the subject of such a word is not turned by it. */
static int shift(const struct weigher *w, uint32_t i, int value)
{
	const struct text *t = w->t;
	int sign = evaluation_is_negated(t, i) ? -value : value;
	for (int k = 0; k < CLIMB; k++) {
		uint32_t up = t->tokens[i].head;
		unsigned deprel = deprel_universal(t->tokens[i].deprel);
		if (up == i || !is_within(w, up) || !is_of_clause(deprel))
			break;
		bool is_subject = deprel == DEPREL_NSUBJ;
		unsigned valence = w->valence[up - w->first];
		bool turns =
			valence & VALENCE_NEGATIVE ? sign > 0 : (valence & VALENCE_SHIFTER) != 0;
		if (!is_subject && turns)
			sign = -sign;
		if (deprel != DEPREL_CCOMP && evaluation_is_negated(t, up))
			sign = -sign;
		i = up;
	}
	return sign;
}

/* The predicate behind "and" whose clause a token stands in, or TOKEN_NONE for the first clause. */
static uint32_t conjunct_of(const struct weigher *w, uint32_t i)
{
	const struct text *t = w->t;
	for (int k = 0; k < REACH && is_within(w, i) && t->tokens[i].head != i;
	     k++, i = t->tokens[i].head)
		if (t->tokens[i].deprel == DEPREL_CONJ &&
		    (tag_is_verb(t->tokens[i].tag) || subject_of(t, i) != TOKEN_NONE))
			return i;
	return TOKEN_NONE;
}

/* Does the content name the best issue, but in another clause than this token's? */
static bool is_beside_issue(const struct weigher *w, uint32_t i)
{
	uint32_t own = conjunct_of(w, i);
	bool is_named = false;
	for (uint32_t k = w->first; k <= w->last && w->s->n_issues; k++) {
		if (!is_evidence(w, k, w->s->issues[0].evidence))
			continue;
		if (conjunct_of(w, k) == own)
			return false;
		is_named = true;
	}
	return is_named;
}

/* What stands before "but" is conceded; so is what "although" opens. What stands beside the main
 * clause, or beside the clause of the issue, weighs less too. */
static float weight_of(const struct weigher *w, uint32_t i)
{
	const float beside = 0.4f;
	const struct text *t = w->t;
	float weight = is_beside_issue(w, i) ? beside : 1;
	for (uint32_t k = i + 1; k <= w->last && k < i + 30; k++)
		if (text_is_in(t, k, SET_CONTRAST))
			weight = fminf(weight, 0.5f);
	for (int k = 0; k < CLIMB && is_within(w, i); k++) {
		if (t->tokens[i].deprel == DEPREL_ADVCL ||
		    t->tokens[i].deprel == DEPREL_ACL_RELCL || has_child(t, i, SET_CONCESSIVE))
			weight = fminf(weight, 0.5f);
		if (t->tokens[i].head == i)
			break;
		i = t->tokens[i].head;
	}
	return weight;
}

static void weigh(struct weigher *w)
{
	float most = 0;
	for (uint32_t i = w->first; i <= w->last; i++) {
		unsigned valence = w->valence[i - w->first];
		int value = valence & VALENCE_POSITIVE ? 1 : valence & VALENCE_NEGATIVE ? -1 : 0;
		if ((valence & VALENCE_SHIFTER) && !(valence & VALENCE_NEGATIVE))
			value = w->governs_value[i - w->first] ? 0 : -1;
		if ((valence & VALENCE_ACCUSE) && !range_is(w->out->blame))
			w->out->blame = (struct range){i, i};
		if (value == 0)
			continue;
		float weight = weight_of(w, i);
		if (evaluation_is_intensive(w->t, i))
			w->out->is_intensive = true;
		*(shift(w, i, value) > 0 ? &w->out->good : &w->out->bad) += weight;
		if (weight > most) {
			most = weight;
			w->out->evident = (struct range){i, i};
		}
	}
}

/* --- what is done ----------------------------------------------------------------------------- */

static bool names_accusation(const struct weigher *w, uint32_t i)
{
	for (size_t k = 0; k < w->s->n_issues; k++)
		if (w->s->issues[k].issue->is_charge && is_evidence(w, i, w->s->issues[k].evidence))
			return true;
	return false;
}

/* Does a verb say that its subject does what hangs on it, or helps those who do? */
static bool is_agentive(const struct weigher *w, uint32_t verb)
{
	const struct word_sets *ws = w->t->word_sets;
	if (word_sets_has(ws, word_sets_row(ws, w->t->lemmas[verb]), SET_AGENTIVE_VERB))
		return true;
	int act = classifier_act_word(w->cl, w->t, verb);
	return act == ACT_AID || act == ACT_SUPPORT;
}

static bool is_verb(const struct weigher *w, uint32_t i)
{
	return w->t->tokens[i].xpos >= XPOS_VB && w->t->tokens[i].xpos <= XPOS_VBZ;
}

/* Is what stands at `i` done by the main word, through verbs of doing alone? */
static bool is_done(const struct weigher *w, uint32_t i, uint32_t main)
{
	for (int k = 0; k < CLIMB && i != main; k++) {
		unsigned deprel = deprel_universal(w->t->tokens[i].deprel);
		i = w->t->tokens[i].head;
		if ((deprel != DEPREL_OBJ && deprel != DEPREL_OBL && deprel != DEPREL_XCOMP &&
		     deprel != DEPREL_CCOMP) ||
		    !is_within(w, i) || !is_verb(w, i) || evaluation_is_negated(w->t, i) ||
		    !is_agentive(w, i))
			return false;
	}
	return i == main;
}

static bool is_fought(const struct weigher *w, uint32_t i)
{
	uint32_t up = w->t->tokens[i].head;
	return has_child(w->t, i, SET_ADVERSATIVE_PREPOSITION) ||
	       (is_within(w, up) && deprel_universal(w->t->tokens[i].deprel) == DEPREL_OBJ &&
		(w->valence[up - w->first] & VALENCE_SHIFTER));
}

static void find_accusation(struct weigher *w, uint32_t main)
{
	for (uint32_t i = w->first; i <= w->last && !range_is(w->out->accusation); i++) {
		bool is_named = names_accusation(w, i) && !w->es->mention_at[i];
		if (!is_named && (!w->is_bad[i - w->first] || is_verb(w, i)))
			continue;
		if (is_fought(w, i)) {
			w->out->is_remedy = true;
			continue;
		}
		if (is_done(w, i, main))
			w->out->accusation = (struct range){i, i};
	}
}

/* --- its main word ---------------------------------------------------------------------------- */

/* The first word that hangs on none of the content; a condition only where nothing else does. */
static uint32_t main_of(const struct text *t, const struct attribution *at)
{
	uint32_t condition = TOKEN_NONE;
	for (size_t p = 0; p < at->n_parts && p < 2; p++)
		for (uint32_t i = at->parts[p].first; i <= at->parts[p].last; i++) {
			const struct token *k = &t->tokens[i];
			if (!(k->flags & TOK_WORD) || k->deprel == DEPREL_MARK ||
			    k->deprel == DEPREL_CC ||
			    (k->head != i && attribution_holds(at, k->head)))
				continue;
			if (!has_child(t, i, SET_SUBORDINATOR))
				return i;
			if (condition == TOKEN_NONE)
				condition = i;
		}
	return condition;
}

static void find_mood(const struct text *t, uint32_t main, struct evaluation *out)
{
	for (uint32_t i = near_first(main), end = near_end(t, main); i < end; i++) {
		unsigned deprel = deprel_universal(t->tokens[i].deprel);
		if (t->tokens[i].head != main || i == main)
			continue;
		if (deprel == DEPREL_NSUBJ) {
			out->subject = i;
			out->is_patient = t->tokens[i].deprel == DEPREL_NSUBJ_PASS;
		}
		if (text_is_in(t, i, SET_OBLIGATION))
			out->is_demand = true;
		if (text_is_in(t, i, SET_PROSPECT))
			out->is_future = true;
	}
	if (text_is_one_of(t, main, "need needs") && t->tokens[main].tag != TAG_NN)
		out->is_demand = true;
	if (text_is_in(t, main, SET_INTENT))
		out->is_future = true;
	out->is_negated = evaluation_is_negated(t, main);
	if (text_is_in(t, main, SET_EXPERIENCER_VERB))
		out->is_patient = true;
}

void evaluation_of_content(const struct classifier *cl, const struct entities *es,
			   const struct attribution *at, const struct statement *s,
			   struct evaluation *out)
{
	const struct text *t = es->t;
	*out = (struct evaluation){.main = TOKEN_NONE,
				   .subject = TOKEN_NONE,
				   .evident = RANGE_NONE,
				   .blame = RANGE_NONE,
				   .accusation = RANGE_NONE};
	out->main = main_of(t, at);
	for (size_t p = 0; p < at->n_parts; p++) {
		struct weigher w = {.cl = cl,
				    .es = es,
				    .t = t,
				    .out = out,
				    .s = s,
				    .first = at->parts[p].first,
				    .last = at->parts[p].last};
		if (w.last - w.first >= CONTENT_TOKENS)
			w.last = w.first + CONTENT_TOKENS - 1;
		find_valences(&w);
		find_accusation(&w, out->main);
		weigh(&w);
		for (uint32_t i = at->parts[p].first; i <= at->parts[p].last; i++) {
			if (i + 1 >= at->parts[p].last && text_is(t, i, "?"))
				out->is_question = true;
			if (s->n_issues && is_evidence(&w, i, s->issues[0].evidence))
				out->names_issue = true;
		}
	}
	if (out->main != TOKEN_NONE)
		find_mood(t, out->main, out);
}
