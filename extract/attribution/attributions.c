/* Ranks and selects attributions, then reads off the tree what the later steps want to know of
 * each.
 */
#include "extract/attribution/attributions.h"

#include "extract/attribution/frame.h"
#include "extract/attribution/rank.h"
#include "extract/attribution/selection.h"
#include "extract/entity/speaker_phrase.h"

static bool is_free(const struct attribution *at, uint32_t i)
{
	return !attribution_holds(at, i) && !range_holds(at->source, i) && i != at->head;
}

/* A noun phrase without its clauses and appositions, and without its preposition. */
static struct range phrase_of(const struct context *ctx, uint32_t noun)
{
	struct range r = {ctx->f->left[noun], ctx->f->right[noun]};
	for (uint32_t k = ctx->f->child[noun]; k != FOREST_NONE; k = ctx->f->next[k]) {
		unsigned relation = ctx->f->relation[k];
		if (k > noun && ctx->f->left[k] > noun && ctx->f->left[k] <= r.last &&
		    (relation == DEPREL_ACL || relation == DEPREL_APPOS ||
		     relation == DEPREL_PUNCT || relation == DEPREL_PARATAXIS))
			r.last = ctx->f->left[k] - 1;
		if (k < noun && relation == DEPREL_CASE && k + 1 > r.first)
			r.first = k + 1;
	}
	return r;
}

/* Auxiliaries and negation of a word. */
static void read_helpers(const struct context *ctx, uint32_t word, struct attribution *at)
{
	for (uint32_t k = ctx->f->child[word]; k != FOREST_NONE; k = ctx->f->next[k]) {
		unsigned relation = ctx->f->relation[k];
		if (relation == DEPREL_ADVMOD || relation == DEPREL_DET || relation == DEPREL_CC)
			at->is_negated =
				at->is_negated || text_is_in(ctx->t, k, SET_HELPER_NEGATION);
		if (ctx->t->tokens[k].deprel == DEPREL_AUX_PASS)
			at->is_passive = true;
		if (relation != DEPREL_AUX)
			continue;
		at->is_future = at->is_future || text_is_in(ctx->t, k, SET_HELPER_FUTURE);
		at->is_hypothetical =
			at->is_hypothetical || text_is_in(ctx->t, k, SET_HELPER_CONDITIONAL);
	}
}

/* Those of the head, not of the verb that it is joined to by "to" ("refused to say" is not
 * negated), but of an adjective before it ("was not quick to accuse"). */
static void read_verb(const struct context *ctx, struct attribution *at)
{
	uint32_t above = ctx->t->tokens[at->head].head;
	read_helpers(ctx, at->head, at);
	if (above < at->head && range_holds(at->cue, above) &&
	    context_class(ctx, above) == CLASS_ADJECTIVE)
		read_helpers(ctx, above, at);
}

/* "told reporters that", "said to Blinken"; an object beside other content is its target. */
static void read_parties(const struct context *ctx, struct attribution *at)
{
	bool speaks =
		at->frame == FRAME_QUOTE || at->frame == FRAME_CLAUSE || at->frame == FRAME_WH;
	for (uint32_t k = ctx->f->child[at->head]; k != FOREST_NONE; k = ctx->f->next[k]) {
		unsigned relation = ctx->f->relation[k];
		uint32_t by = forest_child(ctx->f, k, DEPREL_CASE);
		bool object = relation == DEPREL_OBJ || relation == DEPREL_IOBJ;
		bool to = relation == DEPREL_OBL && by != FOREST_NONE &&
			  text_is_one_of(ctx->t, by,
					 at->frame == FRAME_OBJECT_INFINITIVE ? "on upon to with"
									      : "to with");
		if ((!object && !to) || k < at->head)
			continue;
		if (!is_free(at, k)) {
			if (attribution_holds(at, k) &&
			    phrase_of(ctx, k).first == at->parts[0].first &&
			    (at->frame == FRAME_OBJECT_INFINITIVE ||
			     at->parts[0].last > ctx->f->right[k]))
				at->target = phrase_of(ctx, k);
			continue;
		}
		if (speaks && object && context_act(ctx, k)) /* "made the announcement" */
			continue;
		if (speaks && phrase_hears(ctx->entities, phrase_of(ctx, k)))
			at->addressee = phrase_of(ctx, k);
		else if (!speaks)
			at->target = phrase_of(ctx, k);
	}
}

/* Where the source is a relative word or goes on with an apposition: the last token of the phrase
 * or name before. */
static uint32_t antecedent_of(const struct context *ctx, struct range source)
{
	if (!range_is(source))
		return TOKEN_NONE;
	uint32_t first = source.first;
	unsigned xpos = ctx->t->tokens[first].xpos;
	if (first == source.last && (xpos == XPOS_WP || xpos == XPOS_WDT) && first > 0)
		return first > 1 && text_is(ctx->t, first - 1, ",") ? first - 2 : first - 1;
	return TOKEN_NONE;
}

/* The entry of a cue. "Express concern", "voice support": of a verb with a noun inside of the cue,
 * the noun says what is done; an object is a noun however it is tagged. */
static const struct cue *entry_of(const struct context *ctx, const struct attribution *at)
{
	const struct lexicon *lx = ctx->entities->lx;
	const struct cue_form *f = lexicon_cue(lx, ctx->t->tokens[at->head].key), *noun;
	struct range cue = at->cue;
	enum word_class class = context_class(ctx, at->head);
	for (uint32_t i = at->head + 1; class == CLASS_VERB && i <= cue.last; i++) {
		noun = ctx->f->relation[i] == DEPREL_OBJ ? lexicon_cue(lx, ctx->t->tokens[i].key)
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

/* Adds a run of quotations, one part each. */
static void add_quotes(const struct text *t, struct range run, struct attribution *at)
{
	for (uint32_t q = t->tokens[run.first].quote;
	     q && t->quotes[q - 1].open == run.first && at->n_parts + 1 < ATTRIBUTION_PARTS &&
	     t->quotes[q - 1].close < run.last && t->tokens[t->quotes[q - 1].close + 1].quote;
	     q = t->tokens[run.first].quote) {
		at->parts[at->n_parts++] = (struct range){run.first, t->quotes[q - 1].close};
		run.first = t->quotes[q - 1].close + 1;
	}
	at->parts[at->n_parts++] = run;
}

static void part_quotes(const struct text *t, struct attribution *at)
{
	const struct range ranked[SPAN_PARTS] = {at->parts[0], at->parts[1]};
	size_t n = at->n_parts;
	at->n_parts = 0;
	for (size_t k = 0; k < n; k++)
		add_quotes(t, ranked[k], at);
}

/* A name, a pronoun or a noun for people: whom a word may be about. */
static bool is_somebody(const struct context *ctx, uint32_t i)
{
	unsigned class = gazetteer_noun(ctx->entities->g, &ctx->t->tokens[i], NULL);
	return ctx->entities->mention_at[i] || ctx->t->tokens[i].xpos == XPOS_PRP ||
	       ctx->t->tokens[i].tag == TAG_NNP ||
	       (class & (NOUN_HUMAN | NOUN_PEOPLE | NOUN_ORGANIZATION));
}

/* "accused China of spying", "called the deal a mistake" by its table entry's preposition: the
 * object is whom it is about, and the content stands behind the preposition. */
static void part_object(const struct context *ctx, struct attribution *at)
{
	if (!at->lemma || at->n_parts != 1 || at->parts[0].first != at->head + 1)
		return;
	uint32_t object = forest_child(ctx->f, at->head, DEPREL_OBJ);
	if (object == FOREST_NONE)
		object = forest_child(ctx->f, at->head, DEPREL_IOBJ);
	if (object == FOREST_NONE || ctx->f->left[object] != at->parts[0].first)
		return;
	for (uint32_t i = object + 1; i < at->parts[0].last; i++)
		for (size_t k = 0; k < at->lemma->n_prepositions; k++)
			if (at->lemma->prepositions[k] == ctx->t->tokens[i].key &&
			    (is_somebody(ctx, object) ||
			     !text_is(ctx->t, i,
				      "for")) && /* "criticized the plan for the harbor" */
			    (ctx->entities->mention_at[object] ||
			     ctx->t->tokens[ctx->t->tokens[i].head].head == at->head)) {
				at->target = (struct range){at->parts[0].first, i - 1};
				at->parts[0].first = i + 1;
				at->frame = FRAME_OBJECT_PREPOSITION;
				return;
			}
}

/* "the claim that the treaty was dead was false": no clause of a noun has a clause as its subject;
 * its predicate is that of the noun. */
static void end_at_predicate(const struct context *ctx, struct attribution *at)
{
	if (at->frame != FRAME_CLAUSE || at->n_parts != 1 ||
	    context_class(ctx, at->head) != CLASS_NOUN)
		return;
	uint32_t top = context_top(ctx, at->parts[0].first, at->parts[0].last),
		 clause = forest_child(ctx->f, top, DEPREL_CSUBJ);
	if (clause != FOREST_NONE && ctx->f->left[clause] <= at->parts[0].first + 1 &&
	    ctx->f->right[clause] < at->parts[0].last)
		at->parts[0].last = ctx->f->right[clause];
}

/* "weapons, which Washington says would cross a line": the relative word before the source belongs
 * to the clause after the cue. */
static void add_relative(const struct context *ctx, struct attribution *at)
{
	if (at->frame != FRAME_CLAUSE || at->n_parts != 1 || !range_is(at->source) ||
	    at->source.first == 0 || at->source.last > at->head || at->parts[0].first < at->head)
		return;
	uint32_t word = at->source.first - 1,
		 top = context_top(ctx, at->parts[0].first, at->parts[0].last);
	uint32_t subject = forest_child(ctx->f, top, DEPREL_NSUBJ);
	if ((ctx->t->tokens[word].xpos != XPOS_WDT && ctx->t->tokens[word].xpos != XPOS_WP) ||
	    (subject != FOREST_NONE && subject >= at->parts[0].first))
		return;
	at->parts[1] = at->parts[0];
	at->parts[0] = (struct range){word, word};
	at->n_parts = 2;
}

/* "WASHINGTON – Senator Lee said": the place that a paragraph starts with is no part of the source.
 */
static void cut_dateline(const struct text *t, struct range *source)
{
	if (!range_is(*source) || !(t->tokens[source->first].flags & TOK_PARAGRAPH_START))
		return;
	for (uint32_t i = source->first + 1; i < source->last; i++)
		if (text_is_one_of(t, i, "– — -- -") && !text_is_joint(t, i)) {
			source->first = i + 1;
			return;
		}
}

/* "Senator Lee (R-Ohio": a bracket that is open is shut behind the source. */
static void close_bracket(const struct text *t, struct range *source)
{
	bool open = false;
	for (uint32_t i = source->first; range_is(*source) && i <= source->last; i++)
		open = text_is(t, i, "(") || (open && !text_is(t, i, ")"));
	if (open && source->last + 1 < t->n_tokens && text_is(t, source->last + 1, ")"))
		source->last++;
}

/* The quotations of a content are parted last: how it hangs on the cue is asked of it as a whole.
 */
void attribution_read_off(const struct context *ctx, struct attribution *at)
{
	uint32_t q = ctx->t->tokens[at->head].quote;
	at->addressee = at->target = RANGE_NONE;
	cut_dateline(ctx->t, &at->source);
	close_bracket(ctx->t, &at->source);
	at->quote = q && ctx->t->quotes[q - 1].is_speech ? q : 0;
	at->paragraph = text_paragraph(ctx->t, at->head);
	at->lemma = entry_of(ctx, at);
	at->frame = frame_of(ctx, at);
	at->antecedent = antecedent_of(ctx, at->source);
	read_verb(ctx, at);
	read_parties(ctx, at);
	part_quotes(ctx->t, at);
	part_object(ctx, at);
	add_relative(ctx, at);
	end_at_predicate(ctx, at);
}

int attributions_find(const struct context *ctx, struct attributions *out)
{
	if (attributions_rank(ctx, out) < 0 || attributions_select(ctx, out) < 0)
		return -1;
	for (size_t i = 0; i < out->n; i++) {
		if (!budget_allows_step(ctx->a->budget, i))
			return -1;
		attribution_read_off(ctx, &out->v[i]);
	}
	return 0;
}
