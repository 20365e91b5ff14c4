#include "extract/attribution/frame.h"

/* The first part of a content, with its top in the tree. */
struct complement {
	const struct context *ctx;
	const struct attribution *at;
	struct range r;
	uint32_t top;
	enum word_class class; /* of the top */
	unsigned xpos;
};

static bool starts_with(const struct complement *c, const char *word)
{
	return text_is(c->ctx->t, c->r.first, word);
}

static bool has_child(const struct complement *c, unsigned relation)
{
	return forest_child(c->ctx->f, c->top, relation) != FOREST_NONE;
}

static bool has_subject(const struct complement *c)
{
	return has_child(c, DEPREL_NSUBJ) || has_child(c, DEPREL_COP);
}

static bool is_quotation(const struct complement *c)
{
	const struct text *t = c->ctx->t;
	uint32_t q = t->tokens[c->r.first].quote;
	return c->r.first < c->at->head ||
	       (q && t->quotes[q - 1].open == c->r.first && t->quotes[q - 1].close >= c->r.last);
}

static bool is_question(const struct complement *c)
{
	return text_is_in(c->ctx->t, c->r.first, SET_WH_WORD);
}

static bool is_infinitive(const struct complement *c)
{
	return starts_with(c, "to") && c->class == CLASS_VERB;
}

/* "China to go": the object is the top, and the infinitive hangs beside it or on it. */
static bool has_infinitive(const struct complement *c)
{
	const struct text *t = c->ctx->t;
	bool is_object = c->class != CLASS_VERB && c->class != CLASS_ADJECTIVE;
	for (uint32_t i = c->r.first + 1; i <= c->r.last; i++) {
		uint32_t head = t->tokens[i].head;
		if (t->tokens[i].xpos == XPOS_VB && text_is(t, i - 1, "to") &&
		    (head == c->at->head || (head == c->top && is_object)))
			return true;
	}
	return false;
}

static bool follows_preposition(const struct complement *c)
{
	return c->r.first > c->at->head + 1 && c->ctx->f->relation[c->r.first - 1] == DEPREL_CASE;
}

/* Something stands between the cue and the preposition that is neither content nor source. */
static bool follows_object_and_preposition(const struct complement *c)
{
	uint32_t before = c->r.first - 2;
	return follows_preposition(c) && before > c->at->head &&
	       !attribution_holds(c->at, before) && !range_holds(c->at->source, before);
}

static bool is_gerund(const struct complement *c)
{
	return c->class == CLASS_VERB && c->xpos == XPOS_VBG && !has_subject(c);
}

static bool is_bare_infinitive(const struct complement *c)
{
	return c->class == CLASS_VERB && c->xpos == XPOS_VB && !has_child(c, DEPREL_AUX) &&
	       !starts_with(c, "that");
}

static bool is_clause(const struct complement *c)
{
	return c->class == CLASS_VERB || has_subject(c) || starts_with(c, "that");
}

enum frame frame_of(const struct context *ctx, const struct attribution *at)
{
	/* The first that holds. */
	static const struct {
		bool (*holds)(const struct complement *c);
		enum frame frame;
	} rules[] = {
		{is_quotation, FRAME_QUOTE},
		{is_question, FRAME_WH},
		{is_infinitive, FRAME_INFINITIVE},
		{has_infinitive, FRAME_OBJECT_INFINITIVE},
		{follows_object_and_preposition, FRAME_OBJECT_PREPOSITION},
		{follows_preposition, FRAME_PREPOSITION},
		{is_gerund, FRAME_GERUND},
		{is_bare_infinitive, FRAME_OBJECT_INFINITIVE},
		{is_clause, FRAME_CLAUSE},
	};
	struct complement c = {.ctx = ctx, .at = at, .r = at->parts[0]};
	c.top = context_top(ctx, c.r.first, c.r.last);
	c.class = context_class(ctx, c.top);
	c.xpos = ctx->t->tokens[c.top].xpos;
	for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
		if (rules[i].holds(&c))
			return rules[i].frame;
	return FRAME_NOUN;
}
