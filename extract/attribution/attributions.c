/* From attributions to relations: what the later steps want to know of each, read off the tree. */
#include "extract/attribution/attributions.h"

#include "extract/attribution/hypothesis.h"
#include "extract/tables/lexicon.h"

static struct range range_of(const struct candidate *c)
{
	return c->n_parts ? c->part[0] : RANGE_NONE;
}

static bool is_free(const struct hypothesis *a, uint32_t i)
{
	return !candidate_holds(&a->content, i) && !candidate_holds(&a->source, i) && i != a->head;
}

/* A noun phrase without what is told of it, and without its preposition. */
static struct range phrase_of(const struct context *s, uint32_t noun)
{
	struct range r = {s->f->left[noun], s->f->right[noun]};
	for (uint32_t k = s->f->child[noun]; k != FOREST_NONE; k = s->f->next[k]) {
		unsigned relation = s->f->relation[k];
		if (k > noun && s->f->left[k] > noun && s->f->left[k] <= r.last &&
		    (relation == DEPREL_ACL || relation == DEPREL_APPOS ||
		     relation == DEPREL_PUNCT || relation == DEPREL_PARATAXIS))
			r.last = s->f->left[k] - 1;
		if (k < noun && relation == DEPREL_CASE && k + 1 > r.first)
			r.first = k + 1;
	}
	return r;
}

static enum frame frame_of_right(const struct context *s, const struct hypothesis *a,
				 struct range r)
{
	uint32_t top = context_top(s, r.first, r.last);
	enum word_class class = context_class(s, top);
	unsigned xpos = s->t->tokens[top].xpos;
	bool is_clause = forest_child(s->f, top, DEPREL_NSUBJ) != FOREST_NONE ||
			 forest_child(s->f, top, DEPREL_COP) != FOREST_NONE;
	if (text_is_in(s->t, r.first, SET_WH_WORD))
		return FRAME_WH;
	if (text_is(s->t, r.first, "to") && class == CLASS_VERB)
		return FRAME_INFINITIVE;
	bool is_infinitive = false, is_object = class != CLASS_VERB && class != CLASS_ADJECTIVE;
	for (uint32_t i = r.first + 1; i <= r.last; i++) {
		uint32_t head = s->t->tokens[i].head;
		is_infinitive = is_infinitive ||
				(s->t->tokens[i].xpos == XPOS_VB && text_is(s->t, i - 1, "to") &&
				 (head == a->head || (head == top && is_object)));
	}
	if (is_infinitive)
		return FRAME_OBJECT_INFINITIVE; /* "China to go": the object is the top, and the
						   infinitive hangs beside it */
	if (r.first > a->head + 1 && s->f->relation[r.first - 1] == DEPREL_CASE)
		return is_free(a, r.first - 2) && r.first > a->head + 2 ? FRAME_OBJECT_PREPOSITION
									: FRAME_PREPOSITION;
	if (class == CLASS_VERB && xpos == XPOS_VBG && !is_clause)
		return FRAME_GERUND;
	if (class == CLASS_VERB && xpos == XPOS_VB &&
	    forest_child(s->f, top, DEPREL_AUX) == FOREST_NONE && !text_is(s->t, r.first, "that"))
		return FRAME_OBJECT_INFINITIVE;
	return class == CLASS_VERB || is_clause || text_is(s->t, r.first, "that") ? FRAME_CLAUSE
										  : FRAME_NOUN;
}

static enum frame frame_of(const struct context *s, const struct hypothesis *a)
{
	struct range r = a->content.part[0];
	uint32_t q = s->t->tokens[r.first].quote;
	if (r.first < a->head ||
	    (q && s->t->quotes[q - 1].open == r.first && s->t->quotes[q - 1].close >= r.last))
		return FRAME_QUOTE;
	return frame_of_right(s, a, r);
}

/* Auxiliaries and negation, also of the verb that the head is joined to by "to" ("refused to say"
 * is not negated). */
static void read_verb(const struct context *s, uint32_t head, struct attribution *r)
{
	for (uint32_t k = s->f->child[head]; k != FOREST_NONE; k = s->f->next[k]) {
		unsigned relation = s->f->relation[k];
		if (relation == DEPREL_ADVMOD || relation == DEPREL_DET || relation == DEPREL_CC)
			r->is_negated = r->is_negated ||
					text_is_one_of(s->t, k, "not n't n’t never no neither");
		if (s->t->tokens[k].deprel == DEPREL_AUX_PASS)
			r->is_passive = true;
		if (relation != DEPREL_AUX)
			continue;
		r->is_future = r->is_future || text_is_one_of(s->t, k, "will 'll ’ll shall");
		r->is_hypothetical = r->is_hypothetical ||
				     text_is_one_of(s->t, k, "would could might may 'd ’d");
	}
}

/* "told reporters that", "said to Blinken"; an object beside other content is its target. */
static void read_parties(const struct context *s, const struct hypothesis *a, struct attribution *r)
{
	bool speaks = r->frame == FRAME_QUOTE || r->frame == FRAME_CLAUSE || r->frame == FRAME_WH;
	for (uint32_t k = s->f->child[a->head]; k != FOREST_NONE; k = s->f->next[k]) {
		unsigned relation = s->f->relation[k];
		uint32_t by = forest_child(s->f, k, DEPREL_CASE);
		bool object = relation == DEPREL_OBJ || relation == DEPREL_IOBJ;
		bool to = relation == DEPREL_OBL && by != FOREST_NONE &&
			  text_is_one_of(s->t, by,
					 r->frame == FRAME_OBJECT_INFINITIVE ? "on upon to with"
									     : "to with");
		if ((!object && !to) || k < a->head)
			continue;
		if (!is_free(a, k)) {
			if (candidate_holds(&a->content, k) &&
			    phrase_of(s, k).first == a->content.part[0].first &&
			    (r->frame == FRAME_OBJECT_INFINITIVE ||
			     a->content.part[0].last > s->f->right[k]))
				r->target = phrase_of(s, k);
			continue;
		}
		if (speaks && object &&
		    context_act(s, k)) /* "made the announcement": what is said, no hearer */
			continue;
		if (speaks)
			r->addressee = phrase_of(s, k);
		else
			r->target = phrase_of(s, k);
	}
}

/* Where the source is a relative word or goes on with an apposition: the last token of the phrase
 * or name before. */
static uint32_t antecedent_of(const struct context *s, struct range source)
{
	if (!range_is(source))
		return TOKEN_NONE;
	uint32_t first = source.first;
	unsigned xpos = s->t->tokens[first].xpos;
	if (first == source.last && (xpos == XPOS_WP || xpos == XPOS_WDT) && first > 0)
		return first > 1 && text_is(s->t, first - 1, ",") ? first - 2 : first - 1;
	return TOKEN_NONE;
}

/* The entry of a cue. "Express concern", "voice support": of a verb with a noun inside of the cue,
 * the noun says what is done; an object is a noun however it is tagged. */
static const struct cue *lemma_of_cue(const struct context *s, const struct lexicon *lx,
				      const struct hypothesis *a)
{
	const struct cue_form *f = lexicon_cue(lx, s->t->tokens[a->head].key), *noun;
	struct range cue = range_of(&a->cue);
	enum word_class class = context_class(s, a->head);
	for (uint32_t i = a->head + 1; class == CLASS_VERB && i <= cue.last; i++) {
		noun = s->f->relation[i] == DEPREL_OBJ ? lexicon_cue(lx, s->t->tokens[i].key)
						       : NULL;
		if (noun && noun->noun)
			return noun->noun;
	}
	switch (f ? class : CLASS_OTHER) {
	case CLASS_VERB:
		return f->verb;
	case CLASS_NOUN:
		return f->noun;
	case CLASS_ADJECTIVE:
		return f->adjective;
	default:
		return NULL;
	}
}

/* A run of quotations is one part each. */
static void add_parts(const struct text *t, struct range run, struct attribution *r)
{
	for (uint32_t q = t->tokens[run.first].quote;
	     q && t->quotes[q - 1].open == run.first && r->n_parts + 1 < ATTRIBUTION_PARTS &&
	     t->quotes[q - 1].close < run.last && t->tokens[t->quotes[q - 1].close + 1].quote;
	     q = t->tokens[run.first].quote) {
		r->parts[r->n_parts++] = (struct range){run.first, t->quotes[q - 1].close};
		run.first = t->quotes[q - 1].close + 1;
	}
	r->parts[r->n_parts++] = run;
}

/* A name, a pronoun or a noun for people: whom a word may be about. */
static bool is_somebody(const struct context *s, uint32_t i)
{
	unsigned class = gazetteer_noun(s->c->g, &s->t->tokens[i], NULL);
	return s->c->mention_at[i] || s->t->tokens[i].xpos == XPOS_PRP ||
	       s->t->tokens[i].tag == TAG_NNP ||
	       (class & (NOUN_HUMAN | NOUN_PEOPLE | NOUN_ORGANIZATION));
}

/* "accused China of spying", "called the deal a mistake" by its table entry's preposition: the
 * object is whom it is about, and the content stands behind the preposition. */
static void part_object(const struct context *s, struct attribution *r)
{
	if (!r->lemma || r->n_parts != 1 || r->parts[0].first != r->head + 1)
		return;
	uint32_t object = forest_child(s->f, r->head, DEPREL_OBJ);
	if (object == FOREST_NONE)
		object = forest_child(s->f, r->head, DEPREL_IOBJ);
	if (object == FOREST_NONE || s->f->left[object] != r->parts[0].first)
		return;
	for (uint32_t i = object + 1; i < r->parts[0].last; i++)
		for (size_t k = 0; k < r->lemma->n_prepositions; k++)
			if (r->lemma->prepositions[k] == s->t->tokens[i].key &&
			    (is_somebody(s, object) ||
			     !text_is(s->t, i, "for")) && /* "criticized the plan for the harbor" */
			    (s->c->mention_at[object] ||
			     s->t->tokens[s->t->tokens[i].head].head == r->head)) {
				r->target = (struct range){r->parts[0].first, i - 1};
				r->parts[0].first = i + 1;
				r->frame = FRAME_OBJECT_PREPOSITION;
				return;
			}
}

/* "the claim that the treaty was dead was false": no clause of a noun has a clause as its subject;
 * its predicate is that of the noun. */
static void end_at_predicate(const struct context *s, struct attribution *r)
{
	if (r->frame != FRAME_CLAUSE || r->n_parts != 1 || context_class(s, r->head) != CLASS_NOUN)
		return;
	uint32_t top = context_top(s, r->parts[0].first, r->parts[0].last),
		 clause = forest_child(s->f, top, DEPREL_CSUBJ);
	if (clause != FOREST_NONE && s->f->left[clause] <= r->parts[0].first + 1 &&
	    s->f->right[clause] < r->parts[0].last)
		r->parts[0].last = s->f->right[clause];
}

/* "weapons, which Washington says would cross a line": the relative word before the source belongs
 * to the clause after the cue. */
static void add_relative(const struct context *s, struct attribution *r)
{
	if (r->frame != FRAME_CLAUSE || r->n_parts != 1 || !range_is(r->source) ||
	    r->source.first == 0 || r->source.last > r->head || r->parts[0].first < r->head)
		return;
	uint32_t word = r->source.first - 1,
		 top = context_top(s, r->parts[0].first, r->parts[0].last);
	uint32_t subject = forest_child(s->f, top, DEPREL_NSUBJ);
	if ((s->t->tokens[word].xpos != XPOS_WDT && s->t->tokens[word].xpos != XPOS_WP) ||
	    (subject != FOREST_NONE && subject >= r->parts[0].first))
		return;
	r->parts[1] = r->parts[0];
	r->parts[0] = (struct range){word, word};
	r->n_parts = 2;
}

static void read_off(const struct context *s, const struct lexicon *lx, const struct hypothesis *a,
		     struct attribution *r)
{
	uint32_t q = s->t->tokens[a->head].quote;
	*r = (struct attribution){.source = range_of(&a->source),
				  .cue = range_of(&a->cue),
				  .addressee = RANGE_NONE,
				  .target = RANGE_NONE,
				  .head = a->head,
				  .quote = q && s->t->quotes[q - 1].is_speech ? q : 0,
				  .paragraph = text_paragraph(s->t, a->head),
				  .lemma = lemma_of_cue(s, lx, a),
				  .frame = frame_of(s, a),
				  .p = a->p};
	for (unsigned k = 0; k < a->content.n_parts; k++)
		add_parts(s->t, a->content.part[k], r);
	r->antecedent = antecedent_of(s, r->source);
	read_verb(s, a->head, r);
	read_parties(s, a, r);
	part_object(s, r);
	add_relative(s, r);
	end_at_predicate(s, r);
}

int attributions_find(const struct context *s, const struct lexicon *lx, struct attributions *out)
{
	struct hypotheses all;
	*out = (struct attributions){0};
	if (hypotheses_rank(s, &all) < 0 || hypotheses_choose(s, &all) < 0)
		return -1;
	out->v = arena_array(s->a, all.n, sizeof *out->v);
	if (!out->v)
		return -1;
	out->n = out->cap = all.n;
	for (size_t i = 0; i < all.n; i++) {
		if (!budget_allows_step(s->a->budget, i))
			return -1;
		read_off(s, lx, &all.v[i], &out->v[i]);
	}
	return 0;
}
