/* Questions to trees and names that several steps share. */
#include "extract/attribution/context.h"

#include "extract/tables/lexicon.h"

enum { CLIMB_MAX = 40 }; /* heads above a token that are looked at */

enum word_class context_class(const struct context *ctx, uint32_t i)
{
	const struct token *k = &ctx->t->tokens[i];
	if (!(k->flags & TOK_WORD))
		return text_is(ctx->t, i, ":")			 ? CLASS_COLON
		       : text_is_one_of(ctx->t, i, "― — – -- -") ? CLASS_DASH
								 : CLASS_OTHER;
	switch (k->xpos) {
	case XPOS_VB:
	case XPOS_VBD:
	case XPOS_VBG:
	case XPOS_VBN:
	case XPOS_VBP:
	case XPOS_VBZ:
		return k->deprel == DEPREL_AUX || k->deprel == DEPREL_AUX_PASS ||
				       k->deprel == DEPREL_COP
			       ? CLASS_OTHER
			       : CLASS_VERB;
	case XPOS_NN:
	case XPOS_NNS:
		return CLASS_NOUN;
	case XPOS_NNP:
	case XPOS_NNPS:
		return CLASS_NAME;
	case XPOS_JJ:
	case XPOS_JJR:
	case XPOS_JJS:
		return CLASS_ADJECTIVE;
	case XPOS_PRP:
	case XPOS_PRPS:
	case XPOS_WP:
	case XPOS_WDT:
	case XPOS_DT:
		return CLASS_PRONOUN;
	case XPOS_RB:
		return CLASS_ADVERB;
	case XPOS_IN:
	case XPOS_TO:
		return CLASS_ADPOSITION;
	default:
		return CLASS_OTHER;
	}
}

bool context_is_gap(const struct context *ctx, uint32_t i)
{
	return !(ctx->t->tokens[i].flags & TOK_WORD) && !ctx->t->tokens[i].mark &&
	       !text_is_one_of(ctx->t, i, "$ % ( ) [ ]");
}

uint64_t context_lemma(const struct context *ctx, uint32_t i)
{
	return i < ctx->t->n_tokens ? ctx->f->lemma[i] : 1;
}

unsigned context_act(const struct context *ctx, uint32_t i)
{
	const struct cue_form *f = lexicon_cue(ctx->entities->lx, ctx->t->tokens[i].key);
	enum word_class class = f ? context_class(ctx, i) : CLASS_OTHER;
	const struct cue *c = class == CLASS_VERB	 ? f->verb
			      : class == CLASS_NOUN	 ? f->noun
			      : class == CLASS_ADJECTIVE ? f->adjective
							 : NULL;
	return c ? 1 + (unsigned)c->act : 0;
}

unsigned context_xpos(const struct context *ctx, uint32_t i)
{
	return i < ctx->t->n_tokens ? ctx->t->tokens[i].xpos : XPOS_COUNT;
}

uint64_t context_kind(const struct context *ctx, uint32_t i)
{
	if (i >= ctx->t->n_tokens)
		return 1;
	if (ctx->entities->mention_at[i])
		return 2 +
		       ctx->entities
			       ->v[ctx->entities->mentions[ctx->entities->mention_at[i] - 1].entity]
			       .kind;
	enum word_class class = context_class(ctx, i);
	return class == CLASS_NAME ? 20 : class == CLASS_VERB ? 21 : ctx->f->lemma[i];
}

uint32_t context_finite(const struct context *ctx, uint32_t token)
{
	for (unsigned steps = 0; steps < CLIMB_MAX && ctx->f->relation[token] == DEPREL_XCOMP;
	     steps++) {
		uint32_t head = ctx->t->tokens[token].head;
		if (context_class(ctx, token) != CLASS_VERB ||
		    !text_is_in(ctx->t, head, SET_ASPECTUAL))
			break;
		token = head;
	}
	return token;
}

static uint32_t own_subject(const struct context *ctx, uint32_t i)
{
	for (uint32_t k = ctx->f->child[i]; k != FOREST_NONE; k = ctx->f->next[k])
		if (ctx->f->relation[k] == DEPREL_NSUBJ || ctx->f->relation[k] == DEPREL_CSUBJ)
			return k;
	return FOREST_NONE;
}

static uint32_t child_of(const struct context *ctx, uint32_t i, unsigned deprel)
{
	for (uint32_t k = ctx->f->child[i]; k != FOREST_NONE; k = ctx->f->next[k])
		if (ctx->t->tokens[k].deprel == deprel)
			return k;
	return FOREST_NONE;
}

uint32_t context_subject(const struct context *ctx, uint32_t token, enum subject_link *link)
{
	*link = SUBJECT_AGENT;
	uint32_t found = child_of(ctx, token, DEPREL_OBL_AGENT);
	if (found != FOREST_NONE)
		return found;
	*link = SUBJECT_POSSESSOR;
	found = context_class(ctx, token) == CLASS_NOUN ? child_of(ctx, token, DEPREL_NMOD_POSS)
							: FOREST_NONE;
	if (found != FOREST_NONE)
		return found;
	for (uint32_t at = token, steps = 0; steps < CLIMB_MAX; steps++) {
		found = own_subject(ctx, at);
		if (found != FOREST_NONE) {
			*link = at == token			      ? SUBJECT_OWN
				: ctx->f->relation[at] == DEPREL_CONJ ? SUBJECT_SHARED
								      : SUBJECT_RAISED;
			return found;
		}
		uint32_t head = ctx->t->tokens[at].head;
		if (head == at)
			break;
		if (ctx->f->relation[at] == DEPREL_ACL && context_class(ctx, head) != CLASS_VERB) {
			*link = SUBJECT_NOUN;
			return head;
		}
		at = head;
	}
	*link = SUBJECT_NONE;
	return FOREST_NONE;
}

bool context_dominates(const struct context *ctx, uint32_t head, uint32_t token)
{
	for (uint32_t steps = 0; token != head; steps++) {
		uint32_t up = ctx->t->tokens[token].head;
		if (up == token || steps > CLIMB_MAX)
			return false;
		token = up;
	}
	return true;
}

uint64_t context_path(const struct context *ctx, uint32_t from, uint32_t to, unsigned most)
{
	uint32_t up[16], n = 0;
	uint64_t h = 7;
	if (ctx->f->sentence[from] != ctx->f->sentence[to])
		return 1;
	for (uint32_t at = from; n <= most && n < 16; at = ctx->t->tokens[at].head) {
		up[n++] = at;
		if (ctx->t->tokens[at].head == at)
			break;
	}
	uint64_t down[16];
	uint32_t m = 0;
	for (uint32_t at = to; m <= most && m < 16; at = ctx->t->tokens[at].head) {
		for (uint32_t k = 0; k < n; k++) {
			if (up[k] != at)
				continue;
			if (k + m > most)
				return 0;
			for (uint32_t j = 0; j < k; j++)
				h = feature_mix(h, 100u + ctx->f->relation[up[j]]);
			while (m-- > 0)
				h = feature_mix(h, down[m]);
			return h;
		}
		if (ctx->t->tokens[at].head == at)
			break;
		down[m++] = ctx->t->tokens[at].deprel;
	}
	return 0;
}

uint32_t context_top(const struct context *ctx, uint32_t first, uint32_t last)
{
	uint32_t top = FOREST_NONE, best = UINT32_MAX;
	for (uint32_t i = first; i <= last; i++) {
		uint32_t head = ctx->t->tokens[i].head;
		if (head != i && head >= first && head <= last)
			continue;
		if (!(ctx->t->tokens[i].flags & TOK_WORD) && top != FOREST_NONE)
			continue;
		uint32_t depth = 0;
		for (uint32_t at = i; ctx->t->tokens[at].head != at && depth < CLIMB_MAX; depth++)
			at = ctx->t->tokens[at].head;
		if (depth < best || !(ctx->t->tokens[top].flags & TOK_WORD)) {
			best = depth;
			top = i;
		}
	}
	return top;
}
