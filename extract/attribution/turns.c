/* Sentences of turns as attributions of their own. */
#include "extract/attribution/turns.h"

/* How sure it is that a sentence of a turn is a statement of its speaker: readers coded 92 of 100
 * so in train articles, and labels are hardly ever wrong. */
static const float turn_p = 0.9f;

/* A sentence says something from so many words on; it is a report where so much of it is the
 * report's. */
enum { WORDS_LEAST = 3, GREETING_WORDS = 9, HEADING_WORDS = 6 };
static const float report_share = 0.7f;
/* In what somebody says, what others do and want is mostly told by her: a report of somebody else's
 * is likelier wrong than in prose. */
static const float reported_least = 0.7f;

struct adder {
	const struct context *ctx;
	struct attributions out;
};

static int add(struct adder *b, const struct attribution *at)
{
	if (arena_grow(b->ctx->a, (void **)&b->out.v, &b->out.cap, b->out.n + 1, sizeof *b->out.v) <
	    0)
		return -1;
	b->out.v[b->out.n++] = *at;
	return 0;
}

static uint32_t words_in(const struct text *t, struct range r)
{
	uint32_t n = 0;
	for (uint32_t i = r.first; range_is(r) && i <= r.last; i++)
		n += (t->tokens[i].flags & TOK_WORD) != 0;
	return n;
}

static struct range meet(struct range a, struct range b)
{
	return (struct range){a.first > b.first ? a.first : b.first,
			      a.last < b.last ? a.last : b.last};
}

/* Is the sentence hardly more than this report? */
static bool covers(const struct text *t, const struct attribution *at, struct range sentence)
{
	uint32_t words =
		words_in(t, meet(at->source, sentence)) + words_in(t, meet(at->cue, sentence));
	for (size_t k = 0; k < at->n_parts; k++)
		words += words_in(t, meet(at->parts[k], sentence));
	return (float)words >= report_share * (float)words_in(t, sentence);
}

/* Is it somebody else's? What nobody is named for is the speaker's own, like "I think that", and a
 * question tells of nobody that he said it. */
static bool is_reported(const struct text *t, const struct attribution *at, const struct turn *turn)
{
	return at->p >= reported_least && range_is(at->source) && at->source.first >= turn->first &&
	       !text_is_in(t, at->source.first, SET_NO_SOURCE) &&
	       !(at->source.first == at->source.last &&
		 text_is_in(t, at->source.first, SET_FIRST_PERSON));
}

/* "The minister said that", not "Norland has attacked the plant", which the speaker says. */
static bool is_speech(const struct attribution *at)
{
	return at->frame == FRAME_QUOTE || at->frame == FRAME_CLAUSE || at->frame == FRAME_WH;
}

/* Whole sentences in brackets tell what happens in the room; short ones and greetings say nothing.
 */
static bool says_something(const struct text *t, struct range r)
{
	uint32_t words = words_in(t, r);
	if (words < WORDS_LEAST || text_is_one_of(t, r.first, "( ["))
		return false;
	if (words <= HEADING_WORDS && !(t->tokens[r.last].flags & TOK_TERMINAL) &&
	    !t->tokens[r.last].mark)
		return false;
	return words > GREETING_WORDS || !text_is_in(t, r.first, SET_GREETING);
}

static int add_sentence(struct adder *b, uint32_t turn, struct range r)
{
	const struct turn *k = &b->ctx->t->turns[turn - 1];
	struct attribution at = {.head = r.first,
				 .cue = RANGE_NONE,
				 .source = k->label,
				 .parts = {r},
				 .n_parts = 1,
				 .p = turn_p,
				 .addressee = RANGE_NONE,
				 .target = RANGE_NONE,
				 .antecedent = TOKEN_NONE,
				 .paragraph = text_paragraph(b->ctx->t, r.first),
				 .frame = FRAME_QUOTE,
				 .turn = turn,
				 .is_turn = true};
	return add(b, &at);
}

/* One sentence of a turn with the reports [v, end) in it. */
static int add_turn(struct adder *b, uint32_t turn, struct range r, const struct attribution *v,
		    const struct attribution *end)
{
	const struct text *t = b->ctx->t;
	const struct turn *k = &t->turns[turn - 1];
	bool is_report = false, asks = text_is(t, r.last, "?");
	for (const struct attribution *at = v; at < end; at++)
		is_report = is_report || (!asks && !at->quote && is_reported(t, at, k) &&
					  is_speech(at) && covers(t, at, r));
	if (!is_report && !k->is_question && says_something(t, r) && add_sentence(b, turn, r) < 0)
		return -1;
	for (const struct attribution *at = v; at < end; at++) {
		struct attribution kept = *at;
		kept.turn = turn;
		if ((at->quote || (!asks && is_reported(t, at, k))) && add(b, &kept) < 0)
			return -1;
	}
	return 0;
}

int attributions_add_turns(const struct context *ctx, struct attributions *all)
{
	struct adder b = {.ctx = ctx};
	const struct text *t = ctx->t;
	const struct attribution *v = all->v, *end = v + all->n;
	if (t->n_turns == 0)
		return 0;
	for (size_t s = 0; s < t->n_sentences; s++) {
		struct range r = {t->sentences[s].first, t->sentences[s].end - 1};
		const struct attribution *from = v;
		uint32_t turn = text_turn(t, r.first);
		if (!budget_allows_step(ctx->a->budget, s))
			return -1;
		while (v < end && v->head <= r.last)
			v++;
		if (turn && add_turn(&b, turn, r, from, v) < 0)
			return -1;
		for (; !turn && r.last < t->turns[0].label.first && from < v; from++)
			if (add(&b, from) < 0)
				return -1;
	}
	*all = b.out;
	return 0;
}
