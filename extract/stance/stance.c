/* Acts, positions and targets of statements. The cue speaks first, then the content, then the
 * fitted classifier of pairs (extract/classifier), which is asked once a statement: about the
 * source and whom its words most likely concern. */
#include "extract/stance/stance.h"

#include "extract/stance/evaluation.h"
#include "extract/syntax/labels.h"
#include "extract/tables/key.h"
#include "extract/tables/lexicon.h"

/* Probabilities above which the fitted classifier is followed. */
static const float ACT_SURE = 0.5f, TOWARDS_SURE = 0.7f;

struct finder {
	const struct classifier *cl;
	const struct entities *c;
	const struct text *t;
	const struct attribution *r;
	struct statement *out;
	struct arena *a, *scratch; /* of the article, of this statement */
	struct str cue;		   /* lemma of the cue's head, or "" */
	struct evaluation content;
	struct range target;
	struct prediction predicted;
	bool is_judged, is_pair; /* is_pair: with a source beside the target */
	bool is_full;		 /* the arena */
	bool is_denied, is_declined;
	bool is_by_cue; /* the act is the cue's */
	struct stance_facts facts;
};

/* The act, and by which way it was decided. */
static int act_by(struct finder *f, enum act_rule way, enum act act)
{
	f->facts.act_rule = way;
	return (int)act;
}

static enum position position_by(struct finder *f, enum position_rule way, enum position p)
{
	f->facts.position_rule = way;
	return p;
}

static bool is_in(struct range outer, struct range inner)
{
	return range_is(outer) && inner.first >= outer.first && inner.last <= outer.last;
}

/* --- acts that stand for themselves ----------------------------------------------------------- */

/* In the first words of the content, or in what the cue takes in of them ("refused to discuss"). */
static bool has_word(const struct text *t, const struct attribution *r, const char *words)
{
	enum { REACH = 4 };
	for (uint32_t i = r->head + 1; range_is(r->cue) && i <= r->cue.last; i++)
		if (text_is_one_of(t, i, words))
			return true;
	for (uint32_t i = r->parts[0].first;
	     r->n_parts && i <= r->parts[0].last && i < r->parts[0].first + REACH; i++)
		if (text_is_one_of(t, i, words))
			return true;
	return false;
}

/* "denied the request": it is not granted. */
static bool is_withheld(const struct finder *f)
{
	static const char grants[] = "request requests application applications petition petitions "
				     "appeal appeals motion "
				     "motions bid access entry visa "
				     "visas permission permit permits license licenses funding "
				     "funds money aid help asylum "
				     "bail parole clearance right rights "
				     "opportunity chance leave passage citizenship credit";
	return str_is_one_of(f->cue, "deny") && f->r->frame == FRAME_NOUN &&
	       f->content.main != TOKEN_NONE && text_is_one_of(f->t, f->content.main, grants);
}

/* "declined to comment", "did not immediately respond"; "rejected accusations that". */
static void find_refusals(struct finder *f)
{
	static const char speech[] = "comment discuss answer elaborate say specify respond "
				     "disclose confirm identify speculate";
	bool refuses = str_is_one_of(f->cue, "decline refuse") ||
		       (f->r->is_negated && str_is_one_of(f->cue, "want wish"));
	f->is_declined =
		(refuses && has_word(f->t, f->r, speech)) ||
		(f->r->is_negated && str_is_one_of(f->cue, "comment respond elaborate answer"));
	bool rejects = str_is_one_of(f->cue, "reject dismiss refute rebut dispute contest");
	f->is_denied = !f->r->is_negated && !is_withheld(f) &&
		       (str_is_one_of(f->cue, "deny denial disclaim disavow refute rebut") ||
			(rejects && has_word(f->t, f->r,
					     "accusation accusations allegation allegations claim "
					     "claims charge charges suggestion "
					     "suggestions reports assertion assertions")));
}

/* --- whom it concerns ------------------------------------------------------------------------- */

static const struct actor *actor_at(const struct finder *f, uint32_t token)
{
	return evaluation_actor_at(f->c, token);
}

static struct range span_at(const struct finder *f, uint32_t token)
{
	uint32_t m = f->c->mention_at[token];
	if (m)
		return (struct range){f->c->mentions[m - 1].first, f->c->mentions[m - 1].last};
	m = f->c->reference_at[token];
	return (struct range){f->c->references[m - 1].first, f->c->references[m - 1].last};
}

static bool is_in_source(const struct finder *f, const struct actor *who)
{
	for (uint32_t i = f->r->source.first; range_is(f->r->source) && i <= f->r->source.last; i++)
		if (actor_at(f, i) == who)
			return true;
	return false;
}

/* Neither the speaker, nor the country that the speaker speaks for, nor one who says so too. */
static bool is_other(const struct finder *f, const struct actor *who)
{
	const struct actor *speaker = f->out->speaker;
	return who && who != speaker &&
	       !(speaker && speaker->country.n && str_eq(speaker->country, who->id)) &&
	       !is_in_source(f, who);
}

/* A place, or what is only the way or the place of something: "via Twitter", "in Geneva", "the
 * U.S.-Mexican border". */
static bool is_scene(const struct finder *f, uint32_t mention)
{
	const struct mention *m = &f->c->mentions[mention];
	return f->c->v[m->entity].kind == MENTION_PLACE ||
	       (m->first > 1 && text_is(f->t, m->first - 1, "-") &&
		f->c->mention_at[m->first - 2]) ||
	       (m->outer > 0 &&
		text_is_one_of(f->t, m->outer - 1, "via in at near from during through"));
}

/* Somebody in a stretch of text who is not the speaker; by a name, or by any words. */
static bool take_target(struct finder *f, struct range where, bool named)
{
	for (uint32_t i = where.first; range_is(where) && i <= where.last; i++) {
		uint32_t m = f->c->mention_at[i];
		if ((named && (!m || is_scene(f, m - 1))) || !is_other(f, actor_at(f, i)))
			continue;
		f->target = span_at(f, i);
		f->out->stance.target = actor_at(f, i);
		return true;
	}
	return false;
}

/* "the proclamation by the president" */
static bool take_agent(struct finder *f, struct range part)
{
	for (uint32_t i = part.first; i < part.last; i++)
		if (text_is(f->t, i, "by") && f->t->tokens[i + 1].tag != TAG_VBG)
			return take_target(f, (struct range){i + 1, part.last}, true);
	return false;
}

/* The subject of the content, who does what it tells, else the first one it names. */
static bool take_from_content(struct finder *f)
{
	enum { LOOKED_AT = 24 };
	uint32_t subject = f->content.subject;
	if (subject != TOKEN_NONE && is_other(f, actor_at(f, subject)))
		return take_target(f, (struct range){subject, subject}, false);
	for (size_t p = 0; p < f->r->n_parts && p < 2; p++) {
		struct range part = f->r->parts[p];
		if (part.last - part.first > LOOKED_AT)
			part.last = part.first + LOOKED_AT;
		if (take_agent(f, part) || take_target(f, part, true))
			return true;
	}
	return false;
}

/* --- the fitted classifier -------------------------------------------------------------------- */

/* Asks the classifier, once and only if need be, about the source, or without one near by about
 * nobody, and the target, or for an act alone about nobody. NULL where there is neither. */
static const struct prediction *predicted(struct finder *f)
{
	const struct text *t = f->t;
	uint32_t at = range_is(f->target) ? f->target.first
		      : f->r->n_parts	  ? f->r->parts[0].first
					  : f->r->head;
	struct range source = f->r->source;
	if (!f->is_judged) {
		struct sentence s = t->sentences[text_sentence(t, at)];
		if (range_is(source)) {
			const struct sentence *other =
				&t->sentences[text_sentence(t, source.first)];
			uint32_t first = other->first < s.first ? other->first : s.first,
				 end = other->end > s.end ? other->end : s.end;
			f->is_pair = end - first <= PAIR_TOKENS;
			if (f->is_pair)
				s = (struct sentence){first, end};
		}
		f->is_judged = true;
		if ((f->is_pair || range_is(f->target)) &&
		    classifier_predict(f->cl, t, s, f->is_pair ? source : RANGE_NONE, f->target,
				       f->scratch, &f->predicted) < 0)
			f->is_full = true;
	}
	return (f->is_pair || range_is(f->target)) && !f->is_full ? &f->predicted : NULL;
}

/* Towards the target: by the pair, or where the source is far, by how the target is spoken of. */
static enum position predicted_position(struct finder *f)
{
	const struct prediction *j = range_is(f->target) ? predicted(f) : NULL;
	if (!j)
		return POSITION_NEUTRAL;
	if (f->is_pair) {
		enum stance_class class = classifier_stance(j);
		return class == STANCE_AGAINST ? POSITION_OPPOSE
		       : class == STANCE_FOR   ? POSITION_SUPPORT
					       : POSITION_NEUTRAL;
	}
	return j->towards[TOWARDS_BAD - STANCE_CLASSES] > TOWARDS_SURE	  ? POSITION_OPPOSE
	       : j->towards[TOWARDS_GOOD - STANCE_CLASSES] > TOWARDS_SURE ? POSITION_SUPPORT
									  : POSITION_NEUTRAL;
}

static float share_of(struct finder *f, enum act act)
{
	const struct prediction *j = predicted(f);
	for (size_t k = 0; j && f->is_pair && k < CLASSIFIER_ACTS_COUNT; k++)
		if (classifier_acts[k] == act)
			return j->act[k];
	return 0;
}

/* --- the act ---------------------------------------------------------------------------------- */

static enum position position_of_act(enum act act)
{
	static const enum position positions[ACT_COUNT] = {
		[ACT_AGREE] = POSITION_SUPPORT,	    [ACT_SUPPORT] = POSITION_SUPPORT,
		[ACT_COOPERATE] = POSITION_SUPPORT, [ACT_AID] = POSITION_SUPPORT,
		[ACT_ACCUSE] = POSITION_OPPOSE,	    [ACT_REJECT] = POSITION_OPPOSE,
		[ACT_THREATEN] = POSITION_OPPOSE,   [ACT_PROTEST] = POSITION_OPPOSE,
		[ACT_SANCTION] = POSITION_OPPOSE,   [ACT_COERCE] = POSITION_OPPOSE,
		[ACT_ASSAULT] = POSITION_OPPOSE,
	};
	return positions[act];
}

/* "did not agree", "refused to support". */
static enum act negated(enum act act)
{
	enum position p = position_of_act(act);
	return p == POSITION_SUPPORT || act == ACT_YIELD || act == ACT_CONSULT ? ACT_REJECT
									       : ACT_STATE;
}

/* Cues that ask for something in some frames only: a question is no request, nor is giving a name.
 */
static bool is_question_frame(const struct finder *f)
{
	bool asks = str_is_one_of(f->cue, "ask"), calls = str_is_one_of(f->cue, "call");
	return (asks || calls) && f->r->lemma && f->r->lemma->class == CUE_VERB &&
	       (f->r->frame == FRAME_QUOTE || f->r->frame == FRAME_WH ||
		f->r->frame == FRAME_CLAUSE || (calls && f->r->frame == FRAME_NOUN));
}

/* -1 when the arena is full. */
static int act_of_cue(struct finder *f)
{
	enum act_rule way = ACT_RULE_CUE;
	if (f->is_denied)
		return act_by(f, ACT_RULE_DENIAL, ACT_DENY);
	if (f->is_declined)
		return act_by(f, ACT_RULE_REFUSAL, ACT_DECLINE_COMMENT);
	if (!f->cue.n || is_question_frame(f))
		return ACT_STATE;
	int act = f->r->lemma ? (int)f->r->lemma->act : ACT_STATE;
	if (act == ACT_DENY) /* "did not deny" */
		return is_withheld(f) && !f->r->is_negated ? act_by(f, ACT_RULE_CUE, ACT_REJECT)
							   : ACT_STATE;
	if (act == ACT_STATE) {
		int word = classifier_act_word(f->cl, f->t, f->r->head, f->scratch);
		if (word == -2)
			return -1;
		/* A cue that the table has as a plain one needs the classifier's word for it. */
		if (word >= 0 && (!f->r->lemma || share_of(f, (enum act)word) > ACT_SURE))
			act = word;
		way = ACT_RULE_CUE_WORD;
	}
	return f->r->is_negated ? act_by(f, ACT_RULE_NEGATED_CUE, negated((enum act)act))
				: act_by(f, way, (enum act)act);
}

static bool is_own(const struct finder *f)
{
	uint32_t subject = f->content.subject;
	if (subject == TOKEN_NONE)
		return f->out->kind == KIND_INDIRECT && f->content.main != TOKEN_NONE &&
		       f->r->frame == FRAME_INFINITIVE;
	if (text_is_one_of(f->t, subject, "i we"))
		return f->out->kind != KIND_INDIRECT;
	const struct actor *who = actor_at(f, subject);
	return who ? who == f->out->speaker
		   : text_is_one_of(f->t, subject, "it he she they") &&
			       f->out->kind == KIND_INDIRECT;
}

/* What is done by saying so: "we condemn", "it would send troops", "they must withdraw", "they have
 * lied". STATE where nothing is. */
static int act_of_content(struct finder *f)
{
	const struct evaluation *x = &f->content;
	float share = 0;
	if (x->is_demand)
		return act_by(f, ACT_RULE_DEMAND, ACT_REQUEST);
	if (x->main == TOKEN_NONE || x->is_question)
		return act_by(f, ACT_RULE_NONE, ACT_STATE);
	if (is_own(f)) {
		int word = classifier_act_word(f->cl, f->t, x->main, f->scratch);
		if (word == -2)
			return -1;
		if (x->is_future && !x->is_negated) {
			const struct prediction *j = predicted(f);
			enum act likely = j && f->is_pair ? classifier_act(j, &share) : ACT_STATE;
			return share > ACT_SURE && likely != ACT_REJECT && likely != ACT_ACCUSE
				       ? act_by(f, ACT_RULE_CLASSIFIER, likely)
				       : act_by(f, ACT_RULE_PROMISE, ACT_AGREE);
		}
		if (x->is_future)
			return act_by(f, ACT_RULE_PROMISE, ACT_REJECT);
		unsigned xpos = f->t->tokens[x->main].xpos;
		bool is_now = xpos == XPOS_VBP || xpos == XPOS_VBZ;
		bool by_words = word == ACT_SUPPORT || word == ACT_ACCUSE || word == ACT_REJECT ||
				word == ACT_REQUEST || word == ACT_AGREE || word == ACT_DENY;
		if (is_now && by_words)
			return act_by(f, ACT_RULE_OWN_VERB,
				      x->is_negated ? negated((enum act)word) : (enum act)word);
		return act_by(f, ACT_RULE_NONE, ACT_STATE);
	}
	bool is_of_other =
		x->subject != TOKEN_NONE && !x->is_patient && is_other(f, actor_at(f, x->subject));
	bool is_blame = range_is(x->accused) && (f->out->kind != KIND_INDIRECT ||
						 (x->accused.first == x->main && is_of_other));
	if (is_blame && x->bad > x->good)
		return act_by(f, ACT_RULE_BLAME, ACT_ACCUSE);
	if (is_of_other && range_is(x->accusation) && !x->is_negated)
		return act_by(f, ACT_RULE_ACCUSATION, ACT_ACCUSE);
	bool is_read_so = !x->is_remedy && !x->is_patient &&
			  predicted_position(f) == POSITION_OPPOSE && x->bad > 0;
	return is_read_so ? act_by(f, ACT_RULE_BLAME_CLASSIFIED, ACT_ACCUSE)
			  : act_by(f, ACT_RULE_NONE, ACT_STATE);
}

/* --- the position ----------------------------------------------------------------------------- */

static enum position opposite(enum position p)
{
	return p == POSITION_SUPPORT  ? POSITION_OPPOSE
	       : p == POSITION_OPPOSE ? POSITION_SUPPORT
				      : p;
}

/* Mixed only where neither outweighs the other: of the stances of train/stance_labels.tsv that have
 * both, 11 of 16 follow the heavier one and 3 are mixed. */
static enum position position_of_words(float good, float bad)
{
	return good > bad   ? POSITION_SUPPORT
	       : bad > good ? POSITION_OPPOSE
	       : good > 0   ? POSITION_MIXED
			    : POSITION_NEUTRAL;
}

/* What the cue alone says of its content: "welcomed", "feared", "openly admires". */
static enum position position_of_cue(const struct finder *f)
{
	if (!f->cue.n)
		return POSITION_NEUTRAL;
	enum position p = f->r->lemma ? f->r->lemma->position : POSITION_NEUTRAL;
	if (p == POSITION_NEUTRAL && f->is_by_cue && f->out->stance.act != ACT_AGREE) {
		p = position_of_act(f->out->stance.act); /* an act that knows of the negation */
		if (p != POSITION_NEUTRAL)
			return p;
	}
	if (p == POSITION_NEUTRAL) {
		unsigned valence = lexicon_valence(f->c->lx, word_key(f->cue));
		p = valence & VALENCE_POSITIVE	 ? POSITION_SUPPORT
		    : valence & VALENCE_NEGATIVE ? POSITION_OPPOSE
						 : POSITION_NEUTRAL;
	}
	return f->r->is_negated ? opposite(p) : p;
}

/* "refused to condemn": where the verb behind the head is taken into the cue. */
static bool opposes_in_cue(const struct finder *f)
{
	for (uint32_t i = f->r->head + 1; range_is(f->r->cue) && i <= f->r->cue.last; i++) {
		struct str lemma = classifier_lemma(f->cl, f->t, i, f->scratch);
		if (lemma.p && (lexicon_valence(f->c->lx, word_key(lemma)) & VALENCE_NEGATIVE))
			return true;
	}
	return false;
}

static enum position find_position(struct finder *f)
{
	const struct evaluation *x = &f->content;
	enum act act = f->out->stance.act;
	enum position words = position_of_words(x->good, x->bad), cue = position_of_cue(f);
	if (act == ACT_DENY || act == ACT_DECLINE_COMMENT)
		return position_by(f, POSITION_RULE_DENIAL, POSITION_NEUTRAL);
	/* "refused to condemn" is no support, "refused to support" is opposition. */
	if (str_is_one_of(f->cue, "refuse decline"))
		return position_by(f, POSITION_RULE_CUE,
				   words == POSITION_OPPOSE || opposes_in_cue(f) ? POSITION_NEUTRAL
										 : POSITION_OPPOSE);
	if (cue != POSITION_NEUTRAL)
		return position_by(f,
				   f->is_by_cue || (f->r->lemma && f->r->lemma->position)
					   ? POSITION_RULE_CUE
					   : POSITION_RULE_CUE_VALENCE,
				   cue);
	if (x->is_question)
		return position_by(f, POSITION_RULE_NONE, POSITION_NEUTRAL);
	/* What is asked for is wanted, unless it is an end of something: "must withdraw from the
	 * treaty", but "must reflect". */
	if (act == ACT_REQUEST && words == POSITION_NEUTRAL)
		return x->is_demand && !x->names_issue
			       ? position_by(f, POSITION_RULE_NONE, POSITION_NEUTRAL)
			       : position_by(f, POSITION_RULE_ACT, POSITION_SUPPORT);
	if (act == ACT_ACCUSE)
		return position_by(f, POSITION_RULE_ACT, POSITION_OPPOSE);
	if (words != POSITION_NEUTRAL || is_in(f->r->addressee, f->target))
		return position_by(
			f, words == POSITION_NEUTRAL ? POSITION_RULE_NONE : POSITION_RULE_WORDS,
			words);
	if (act != ACT_STATE)
		return position_by(f, POSITION_RULE_ACT, position_of_act(act));
	enum position read = predicted_position(f);
	return position_by(
		f, read == POSITION_NEUTRAL ? POSITION_RULE_NONE : POSITION_RULE_CLASSIFIER, read);
}

/* A half, more for more words and for strong ones. */
static float intensity_of(const struct finder *f)
{
	const struct evaluation *x = &f->content;
	enum position p = f->out->stance.position;
	float words = x->good + x->bad, strength = 0.4f + 0.1f * (words < 4 ? words : 4);
	if (x->is_intensive || (f->cue.n && evaluation_is_intensive(f->t, f->r->head)))
		strength += 0.2f;
	if (p == POSITION_MIXED)
		return 0.1f * (x->good > x->bad ? 1 : x->good < x->bad ? -1 : 0);
	return p == POSITION_SUPPORT ? strength : p == POSITION_OPPOSE ? -strength : 0;
}

/* --- all of it -------------------------------------------------------------------------------- */

static enum position find_target_position(struct finder *f)
{
	enum act act = f->out->stance.act;
	enum position p = position_of_act(act);
	if (p != POSITION_NEUTRAL && !f->r->is_negated && act != ACT_AGREE)
		return p;
	return predicted_position(f);
}

/* Whom the act is directed at, else whom the content may be for or against: in a quotation those it
 * names before those it was told to
 * ("“I urge Lam to step down,” she told reporters"). */
static void find_target(struct finder *f)
{
	bool is_quoted = f->out->kind == KIND_DIRECT;
	if (take_target(f, f->r->target, false) || (is_quoted && take_from_content(f)) ||
	    take_target(f, f->r->addressee, false) || is_quoted)
		return;
	take_from_content(f);
}

/* "We urge Russia to", "I thank France": whom the speaker's own verb is done to. */
static bool is_object(const struct finder *f)
{
	for (uint32_t i = f->target.first; range_is(f->target) && i <= f->target.last; i++)
		if (f->t->tokens[i].head == f->content.main &&
		    (f->t->tokens[i].deprel == DEPREL_OBJ || f->t->tokens[i].deprel == DEPREL_IOBJ))
			return true;
	return false;
}

/* A target stays that the cue is directed at, who is asked or blamed, or of whom the classifier is
 * sure: nobody is made up. Else it is whoever is spoken to. */
static void keep_target(struct finder *f)
{
	struct stance *s = &f->out->stance;
	bool is_told = s->act != ACT_DENY && s->act != ACT_DECLINE_COMMENT;
	bool is_spoken_to = is_in(f->r->addressee, f->target) || is_in(f->r->target, f->target);
	bool is_subject =
		f->content.subject >= f->target.first && f->content.subject <= f->target.last;
	bool is_meant = (is_subject && (s->act == ACT_REQUEST || s->act == ACT_ACCUSE)) ||
			(is_object(f) && s->act != ACT_STATE && !f->is_by_cue);
	if (!is_told || (is_subject && f->content.is_patient) ||
	    !(is_spoken_to || is_meant || predicted_position(f) != POSITION_NEUTRAL))
		s->target = NULL;
	if (s->target)
		s->target_position = find_target_position(f);
}

static int set_spans(struct arena *a, const struct text *t, struct range r, struct spans *out)
{
	struct span *s = arena_alloc(a, sizeof *s);
	if (!s)
		return -1;
	*s = text_span(t, r.first, r.last);
	*out = (struct spans){s, 1};
	return 0;
}

/* The words that decided: the cue where it did, else the weightiest of the content. */
static int set_evidence(struct finder *f, bool by_cue)
{
	const struct evaluation *x = &f->content;
	struct range r = by_cue && range_is(f->r->cue) ? f->r->cue
			 : range_is(x->evident)	       ? x->evident
			 : f->out->stance.act != ACT_STATE && x->main != TOKEN_NONE
				 ? (struct range){x->main, x->main}
				 : RANGE_NONE;
	return range_is(r) ? set_spans(f->a, f->t, r, &f->out->stance.evidence) : 0;
}

/* The reader is not asked again: where it was not needed, its word adds next to nothing to the
 * confidence. */
static void set_facts(struct finder *f)
{
	struct stance_facts *x = &f->facts;
	x->act = f->out->stance.act;
	x->position = f->out->stance.position;
	x->good = f->content.good;
	x->bad = f->content.bad;
	x->is_classified = f->is_judged && f->is_pair;
	x->share = x->is_classified ? share_of(f, x->act) : 0;
	if (x->is_classified)
		x->valence = f->predicted.towards[TOWARDS_GOOD - STANCE_CLASSES] -
			     f->predicted.towards[TOWARDS_BAD - STANCE_CLASSES];
	for (size_t i = 0; i < f->r->n_parts; i++)
		x->tokens += f->r->parts[i].last - f->r->parts[i].first + 1;
}

/* "if China says": what is told is not told as done. */
static bool is_condition(const struct text *t, uint32_t token)
{
	enum { REACH = 16 };
	for (uint32_t i = token > REACH ? token - REACH : 0; i < token; i++)
		if (t->tokens[i].head == token && text_is_one_of(t, i, "if unless whether"))
			return true;
	return false;
}

static int find(struct finder *f)
{
	const struct attribution *r = f->r;
	struct statement *out = f->out;
	bool has_cue = range_is(r->cue) && !r->is_carried && !text_is(f->t, r->head, "according");
	if (has_cue)
		f->cue = classifier_lemma(f->cl, f->t, r->head, f->scratch);
	if ((has_cue && !f->cue.p) ||
	    evaluation_read(f->cl, f->c, r, out, f->scratch, &f->content) < 0)
		return -1;
	find_refusals(f);
	find_target(f);
	int act = act_of_cue(f);
	f->is_by_cue = act > ACT_STATE;
	if (act == ACT_STATE && !r->is_negated) {
		f->facts.act_rule = ACT_RULE_NONE;
		act = act_of_content(f);
	}
	if (act < 0)
		return -1;
	out->stance.act = (enum act)act;
	keep_target(f);
	out->stance.position = find_position(f);
	if (f->is_full)
		return -1;
	out->stance.intensity = intensity_of(f);
	set_facts(f);
	out->polarity = act == ACT_DENY ? POLARITY_DENIED : POLARITY_AFFIRMED;
	out->modality = r->is_future ? MODALITY_FUTURE
			: r->is_hypothetical || (has_cue && is_condition(f->t, r->head))
				? MODALITY_HYPOTHETICAL
				: MODALITY_ACTUAL;
	if (out->stance.target && set_spans(f->a, f->t, f->target, &out->spans.target) < 0)
		return -1;
	return set_evidence(f, f->is_by_cue || position_of_cue(f) != POSITION_NEUTRAL);
}

int stance_find_why(const struct classifier *cl, const struct entities *c,
		    const struct attribution *r, struct statement *out, struct arena *a,
		    struct stance_facts *why)
{
	struct arena scratch;
	struct finder f = {.cl = cl,
			   .c = c,
			   .t = c->t,
			   .r = r,
			   .out = out,
			   .a = a,
			   .scratch = &scratch,
			   .target = RANGE_NONE};
	arena_init_beside(&scratch, a);
	int rc = find(&f);
	arena_release(&scratch);
	out->stance.confidence = classifier_confidence(cl, &f.facts);
	*why = f.facts;
	return rc;
}

int stance_find(const struct classifier *cl, const struct entities *c, const struct attribution *r,
		struct statement *out, struct arena *a)
{
	struct stance_facts why;
	return stance_find_why(cl, c, r, out, a, &why);
}
