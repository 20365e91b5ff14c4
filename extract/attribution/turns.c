/* Sentences of turns as attributions of their own. */
#include "extract/attribution/turns.h"
#include "extract/entity/name_run.h"

/* How sure it is that a sentence of a turn is a statement of its speaker: readers coded 92 of 100
 * so in train articles, and labels are hardly ever wrong. */
static const float turn_p = 0.9f;
/* The same of what nobody but the body says that issues the text: 90 of 100, a fifth of them
 * somebody else's. */
static const float issued_p = 0.75f;

/* A sentence says something from so many words on; it is a report where so much of it is the
 * report's. */
enum { WORDS_LEAST = 3, GREETING_WORDS = 9, HEADING_WORDS = 6 };
static const float report_share = 0.7f;
/* In what somebody says, what others do and want is mostly told by her: a report of somebody else's
 * is likelier wrong than in prose. */
static const float reported_least = 0.75f;

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
 * question tells of nobody that he said it. In prose all others are. */
static bool is_reported(const struct text *t, const struct attribution *at, const struct turn *turn)
{
	return (at->p >= reported_least || turn->is_prose) && range_is(at->source) &&
	       at->source.first >= turn->first && !text_is_in(t, at->source.first, SET_NO_SOURCE) &&
	       !(at->source.first == at->source.last &&
		 text_is_in(t, at->source.first, SET_FIRST_PERSON));
}

/* "The minister said that", not "Norland has attacked the plant", which the speaker says. */
static bool is_speech(const struct attribution *at)
{
	return at->frame == FRAME_QUOTE || at->frame == FRAME_CLAUSE || at->frame == FRAME_WH;
}

/* Whole sentences in brackets tell what happens in the room; short ones, headings and greetings say
 * nothing. */
static bool says_something(const struct text *t, struct range r)
{
	uint32_t words = words_in(t, r), capitals = 0;
	for (uint32_t i = r.first; i <= r.last; i++)
		capitals += (t->tokens[i].flags & TOK_ALL_CAPITALS) != 0;
	if (words < WORDS_LEAST || text_is_one_of(t, r.first, "( [") || 2 * capitals > words)
		return false;
	if (words <= HEADING_WORDS && !(t->tokens[r.last].flags & TOK_TERMINAL) &&
	    !t->tokens[r.last].mark && !text_is_one_of(t, r.last, "— -- --- ---- – …"))
		return false;
	return words > GREETING_WORDS || !text_is_in(t, r.first, SET_GREETING);
}

/* The verb of a block's cue: "said", or "issued" of "the following statement". */
static uint32_t verb_of_block(const struct context *ctx, uint32_t cue)
{
	return context_class(ctx, cue) == CLASS_VERB ? cue : ctx->t->tokens[cue].head;
}

/* A person's name by a title or a given name, and by no word for a body without one ("Senate
 * Foreign Relations Subcommittee on the West"). */
static bool is_person(const struct entities *es, const struct mention *m)
{
	const struct token *k = es->t->tokens;
	if (map_get(&es->g->given, k[m->first].key) != MAP_NONE)
		return true;
	for (uint32_t i = m->first; i <= m->last; i++)
		if (gazetteer_noun(es->g, &k[i], NULL) & NOUN_ORGANIZATION)
			return false;
	return m->has_title || m->first == m->last;
}

/* The last person named in a range, with the titles, by a title or several words if there is one;
 * RANGE_NONE for none. */
static struct range name_in(const struct context *ctx, struct range r)
{
	const struct entities *es = ctx->entities;
	struct range name = RANGE_NONE;
	for (uint32_t i = r.last + 1; i-- > r.first;) {
		const struct mention *m = entities_mention(es, i);
		if (!m || es->v[m->entity].kind != MENTION_PERSON || !is_person(es, m))
			continue;
		if (m->outer < m->last)
			return (struct range){m->outer, m->last};
		if (!range_is(name) && !name_run_is_common(es, m->last))
			name = (struct range){m->outer, m->last};
	}
	return name;
}

/* Whom "by" names behind a cue: "a statement by the two governments", "the following statement was
 * released by the ministers"; RANGE_NONE for nobody. */
static struct range agent_of_block(const struct context *ctx, uint32_t cue)
{
	enum { REACH = 60 }; /* it is looked for again with each sentence of the block */
	const struct text *t = ctx->t;
	uint32_t end = t->paragraphs[text_paragraph(t, cue) + 1];
	for (uint32_t i = cue + 1; i + 1 < end && i < cue + REACH; i++) {
		if (t->tokens[i].flags & TOK_TERMINAL)
			break;
		uint32_t head = t->tokens[i].head;
		if (!text_is(t, i, text_is(t, cue, "attributable") ? "to" : "by") || head <= i)
			continue;
		struct range r = {i + 1, ctx->f->right[head]};
		while (range_is(r) && (context_is_gap(ctx, r.last) || text_is(t, r.last, ":") ||
				       (t->tokens[r.last].flags & TOK_TERMINAL)))
			r.last--;
		return r.last < end ? r : RANGE_NONE;
	}
	return RANGE_NONE;
}

/* What is said, not who says it: "the following is attributable to". */
static bool is_words(const struct text *t, uint32_t i)
{
	return text_is_in(t, i, SET_ANNOUNCED) || text_is_in(t, i, SET_SPEECH_NOUN);
}

/* Who is said to say the block: the subject of its cue, or of the verb above ("released the
 * following statement"); else what stands before the cue in its sentence. */
static struct range source_of_block(const struct context *ctx, uint32_t cue)
{
	enum subject_link link;
	const struct text *t = ctx->t;
	if (text_is_one_of(t, cue + 1, "by from of") && text_is_in(t, cue, SET_SPEECH_NOUN)) {
		uint32_t last = t->paragraphs[text_paragraph(t, cue) + 1] - 1;
		struct range name = name_in(ctx, (struct range){cue + 1, last});
		if (range_is(name))
			return name;
	}
	if (cue > 0 && t->tokens[cue - 1].tag == TAG_PRPS) /* "her remarks" */
		return (struct range){cue - 1, cue - 1};
	uint32_t verb = verb_of_block(ctx, cue), subject = context_subject(ctx, verb, &link);
	const struct sentence *s = &ctx->t->sentences[ctx->f->sentence[cue]];
	uint32_t end = verb > s->first && verb < cue ? verb : cue, first = s->first;
	for (uint32_t i = s->first; i < end; i++) /* a dateline */
		if (text_is_one_of(ctx->t, i, "– — -- -") && !text_is_joint(ctx->t, i))
			first = i + 1;
	struct range r = {first, end - 1};
	bool has_subject = subject != FOREST_NONE && subject >= first && subject < end;
	bool is_told = has_subject ? !is_words(t, subject) : range_is(name_in(ctx, r));
	struct range agent = is_told ? RANGE_NONE : agent_of_block(ctx, cue);
	if (range_is(agent))
		return agent;
	if (has_subject)
		r = (struct range){ctx->f->left[subject] > first ? ctx->f->left[subject] : first,
				   ctx->f->right[subject] < end ? ctx->f->right[subject] : end - 1};
	while (range_is(r) && context_is_gap(ctx, r.last))
		r.last--;
	if (!range_is(r))
		return r;
	/* "Today, in response to the veto, Senator Ann Holt (D-CA)" */
	struct range name = has_subject ? r : name_in(ctx, r);
	return ctx->t->tokens[r.first].tag == TAG_IN ? name_in(ctx, r) : range_is(name) ? name : r;
}

/* Who writes a letter: whom its source names, else the first whom the text names in full. */
static struct range writer_of(const struct context *ctx, uint32_t cue)
{
	const struct entities *es = ctx->entities;
	struct range r = source_of_block(ctx, cue);
	if (range_is(r) && range_is(name_in(ctx, r)))
		return r;
	for (uint32_t i = 0; i < cue; i++) {
		const struct mention *m = entities_mention(es, i);
		if (m && m->first < m->last && es->v[m->entity].kind == MENTION_PERSON &&
		    is_person(es, m))
			return (struct range){m->outer, m->last};
	}
	return r;
}

static int add_sentence(struct adder *b, uint32_t turn, struct range r)
{
	const struct turn *k = &b->ctx->t->turns[turn - 1];
	const struct token *last = &b->ctx->t->tokens[r.last];
	if (k->is_left_open && last->mark && !last->quote && r.last > r.first)
		r.last--; /* what closes the whole */
	struct attribution at = {.head = r.first,
				 .cue = RANGE_NONE,
				 .source = k->label,
				 .parts = {r},
				 .n_parts = 1,
				 .p = turn == b->ctx->t->issuer ? issued_p : turn_p,
				 .addressee = RANGE_NONE,
				 .target = RANGE_NONE,
				 .antecedent = TOKEN_NONE,
				 .paragraph = text_paragraph(b->ctx->t, r.first),
				 .frame = FRAME_QUOTE,
				 .turn = turn,
				 .is_turn = true};
	if (k->cue) {
		at.head = k->is_letter ? r.first : k->cue; /* reports stand before a letter */
		at.cue = (struct range){k->cue, k->cue};
		at.source =
			k->is_letter ? writer_of(b->ctx, k->cue) : source_of_block(b->ctx, k->cue);
	}
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

static bool in_label(const struct text *t, uint32_t token)
{
	uint32_t next = text_turns_until(t, token);
	return next < t->n_turns && range_holds(t->turns[next].label, token);
}

/* A cue between that of a block and its colon, or above it: its content is the block. That of a
 * quotation may have it as such. */
static bool announces_block(const struct context *ctx, const struct attribution *at)
{
	uint32_t next = text_turns_until(ctx->t, at->head);
	const struct turn *k = &ctx->t->turns[next];
	if (next == ctx->t->n_turns || !k->cue || k->is_left_open || k->is_letter ||
	    (k->is_quoted && attribution_holds(at, k->first)))
		return false;
	return (at->head >= k->cue && !k->is_quoted) || at->head == verb_of_block(ctx, k->cue);
}

/* A quotation that a paragraph announces and no cue has won, which may stand behind it: of
 * [v, last) those up to `end` are of its first sentence. */
static int add_quoted(struct adder *b, uint32_t turn, const struct attribution *v,
		      const struct attribution *end, const struct attribution *last)
{
	enum { BACK = 8 };
	const struct text *t = b->ctx->t;
	uint32_t first = t->turns[turn - 1].first, q = t->tokens[first].quote;
	bool owned = q == 0 || t->quotes[q - 1].open != first || !t->quotes[q - 1].is_speech;
	for (size_t i = b->out.n; i-- > 0 && i + BACK > b->out.n;)
		owned = owned || attribution_holds(&b->out.v[i], first);
	for (const struct attribution *at = v; at < last && at < end + BACK; at++)
		owned = owned || attribution_holds(at, first);
	if (!owned && add_sentence(b, turn, (struct range){first, t->quotes[q - 1].close}) < 0)
		return -1;
	for (; v < end; v++)
		if (add(b, v) < 0)
			return -1;
	return 0;
}

/* The quotation that a block announces, or goes on with; NULL for none. */
static const struct quote *quote_of_block(const struct text *t, const struct turn *k)
{
	if (!k->cue || !(k->is_quoted || (k->is_left_open && k->first > 0)))
		return NULL;
	uint32_t q = t->tokens[k->is_quoted ? k->first : k->first - 1].quote;
	return q ? &t->quotes[q - 1] : NULL;
}

/* What announces a quotation knows its speaker better than a cue that is not sure of one. */
static void take_sources_of_blocks(struct adder *b)
{
	static const float unsure = 0.5f;
	const struct text *t = b->ctx->t;
	for (size_t i = 0; i < t->n_turns; i++) {
		const struct turn *k = &t->turns[i];
		const struct quote *q = quote_of_block(t, k);
		struct range source = q ? source_of_block(b->ctx, k->cue) : RANGE_NONE;
		for (size_t n = 0; range_is(source) && n < b->out.n; n++) {
			struct attribution *at = &b->out.v[n];
			if (at->n_parts == 0 || at->parts[0].first != q->open ||
			    (range_is(at->source) && at->p >= unsure))
				continue;
			at->source = source;
			at->head = k->cue;
			at->cue = (struct range){k->cue, k->cue};
			at->p = at->p < turn_p ? issued_p : at->p;
		}
	}
}

/* Does a sentence of prose say what nobody else is told to have said or done? Quotations have
 * their own speakers. */
static bool is_issuers(const struct adder *b, struct range r, const struct attribution *v,
		       const struct attribution *end)
{
	enum { BACK = 4 };
	const struct text *t = b->ctx->t;
	uint32_t next = text_turns_until(t, r.first);
	if (v < end || !(t->tokens[r.last].flags & TOK_TERMINAL) || !says_something(t, r) ||
	    (next < t->n_turns && range_holds(r, t->turns[next].cue)))
		return false;
	for (uint32_t i = r.first; i <= r.last; i++)
		if (t->tokens[i].quote)
			return false;
	for (size_t i = b->out.n; i-- > 0 && i + BACK > b->out.n;)
		if (attribution_holds(&b->out.v[i], r.first))
			return false;
	return true;
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
		bool is_quoted = turn && t->turns[turn - 1].is_quoted;
		if (is_quoted && add_quoted(&b, turn, from, v, end) < 0)
			return -1;
		if (turn && !is_quoted && add_turn(&b, turn, r, from, v) < 0)
			return -1;
		if (!turn && t->issuer && is_issuers(&b, r, from, v) &&
		    add_sentence(&b, t->issuer, r) < 0)
			return -1;
		for (; !turn && !in_label(t, r.first) && from < v; from++)
			if (!announces_block(ctx, from) && add(&b, from) < 0)
				return -1;
	}
	take_sources_of_blocks(&b);
	*all = b.out;
	return 0;
}
