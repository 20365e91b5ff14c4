/* From each word that can report to a relation: its verb group, its source, what hangs on it. One pass over the items of each
 * segment. */
#include "extract/complement.h"
#include "extract/source.h"

/* A finite verb and its subject, for the verbs that are joined to it by "and". */
struct clause {
	struct range subject;
	uint32_t who;
	uint8_t tag;
	bool is_plural, is_singular;
};

enum { CLAUSES = 4 };

struct seeker {
	const struct view *v;
	struct arena *a;
	struct relations *out;
	uint32_t segment, paragraph;
	struct range subject;		/* items of the latest finite verb's subject in this segment */
	struct clause clauses[CLAUSES]; /* the latest ones, a ring */
	size_t n_clauses;
	uint32_t object_until; /* up to here an object's deeds are told, not what the subject says */
	uint32_t subject_who;  /* last item of the antecedent of a relative one */
};

static struct range tokens_of(const struct view *v, struct range items)
{
	if (!range_is(items))
		return RANGE_NONE;
	return (struct range){view_item(v, items.first)->first, view_item(v, items.last)->last};
}

/* A comma or a dash at a part's end belongs to the sentence around it; a closing mark does not. */
static bool view_ends_loose(const struct view *v, uint32_t token)
{
	return v->t->tokens[token].tag == TAG_COMMA || text_is_one_of(v->t, token, "— – -- - : ;");
}

static void add_part(const struct view *v, struct relation *r, struct range tokens)
{
	while (range_is(tokens) && tokens.last > tokens.first && view_ends_loose(v, tokens.last))
		tokens.last--;
	if (range_is(tokens) && r->n_parts < RELATION_PARTS)
		r->parts[r->n_parts++] = tokens;
}

static int keep(struct seeker *s, struct relation *r)
{
	if (arena_grow(s->a, (void **)&s->out->v, &s->out->cap, s->out->n + 1, sizeof *s->out->v) < 0)
		return -1;
	s->out->v[s->out->n++] = *r;
	return 0;
}

static bool is_singular_verb(const struct view *v, const struct verb_group *g)
{
	return view_is(v, g->first, "is was has does 's ’s") || view_is(v, g->head, "is was has does") ||
	       (g->first == g->head && view_tag(v, g->head) == TAG_VBP &&
		str_ends(text_lower(v->t, view_item(v, g->head)->first), STR("s")));
}

static bool is_plural_verb(const struct view *v, const struct verb_group *g)
{
	return view_is(v, g->first, "are were have do 're ’re") || view_is(v, g->head, "are were have do") ||
	       (g->first == g->head && view_tag(v, g->head) == TAG_VBP && !is_singular_verb(v, g));
}

static void push_clause(struct seeker *s, const struct verb_group *g)
{
	if (view_is(s->v, s->subject.first, "there") || view_tag(s->v, s->subject.first) == TAG_W)
		return;
	struct clause *c = &s->clauses[s->n_clauses++ % CLAUSES];
	*c = (struct clause){s->subject, s->subject_who, (uint8_t)view_tag(s->v, g->head), is_plural_verb(s->v, g),
			     is_singular_verb(s->v, g)};
}

/* The subject that a verb after "and" shares: of the latest clause whose verb agrees with it in number and tense. */
static struct range shared_subject(const struct seeker *s, const struct verb_group *g, uint32_t *who)
{
	bool singular = is_singular_verb(s->v, g), plural = is_plural_verb(s->v, g);
	for (size_t k = 1; k <= CLAUSES && k <= s->n_clauses; k++) {
		const struct clause *c = &s->clauses[(s->n_clauses - k) % CLAUSES];
		if ((singular && c->is_plural) || (plural && c->is_singular) ||
		    (view_tag(s->v, g->head) == TAG_VBD) != (c->tag == TAG_VBD))
			continue;
		*who = c->who;
		return c->subject;
	}
	*who = s->subject_who;
	return s->subject;
}

/* --- verbs --------------------------------------------------------------------------------------------------------- */

static struct relation relation_start(const struct seeker *s, const struct cue *c, struct range cue_items, uint32_t head)
{
	return (struct relation){.source = RANGE_NONE,
				 .cue = tokens_of(s->v, cue_items),
				 .addressee = RANGE_NONE,
				 .target = RANGE_NONE,
				 .time = RANGE_NONE,
				 .head = view_item(s->v, head)->first,
				 .antecedent = PHRASE_NONE,
				 .segment = s->segment,
				 .paragraph = s->paragraph,
				 .lemma = c};
}

static void set_who(const struct seeker *s, struct relation *r, uint32_t who)
{
	if (who != PHRASE_NONE && who >= s->v->first && who < s->v->end)
		r->antecedent = view_item(s->v, who)->last;
}

/* Does the clause before the cue's own clause hold what was said: `"...", he said`, `The talks, he said, failed`? */
static bool reports_left(const struct view *v, const struct cue *c, uint32_t clause_first, uint32_t after, uint32_t *left_end)
{
	if (c->prior[FRAME_QUOTE] == 0 || clause_first <= v->first)
		return false;
	uint32_t j = clause_first - 1;
	if (view_is_quote(v, j)) {
		*left_end = clause_first;
		return true;
	}
	if (view_tag(v, j) != TAG_COMMA || j == v->first)
		return false;
	*left_end = j;
	if (view_is_quote(v, j - 1))
		return true;
	if (view_tag(v, after) == TAG_COMMA && phrase_finite_at(v, after + 1) != PHRASE_NONE)
		return true; /* "The treaty, he said, is dead" */
	/* a clause needs a verb of its own before the comma */
	uint32_t seen = 0;
	for (uint32_t k = j; k-- > v->first && seen < 60; seen++)
		if (view_tag(v, k) == TAG_VBD || view_tag(v, k) == TAG_VBP || view_tag(v, k) == TAG_MD ||
		    view_tag(v, k) == TAG_AUX || view_is_quote(v, k))
			return true;
	return false;
}

/* A quotation that ends in a stop or a comma stands by itself; another goes on in the words around it. */
static bool is_finished(const struct view *v, uint32_t i)
{
	const struct token *before = &v->t->tokens[view_item(v, i)->last > 0 ? view_item(v, i)->last - 1 : 0];
	return before->tag == TAG_COMMA || (before->flags & TOK_TERMINAL) || before->tag == TAG_STOP;
}

/* Where the clause on the left of a trailing cue starts: after the last thing that is no part of it. */
static uint32_t left_start(const struct view *v, uint32_t end)
{
	uint32_t start = end;
	while (start > v->first && end - start < 200) {
		if (view_is(v, start - 1, ";") || (view_is_quote(v, start - 1) && start != end && is_finished(v, start - 1)))
			break;
		start--;
		if (view_is_quote(v, start) && start + 1 == end)
			break;
	}
	while (start < end &&
	       (view_tag(v, start) == TAG_CC || view_tag(v, start) == TAG_COMMA || view_tag(v, start) == TAG_PUNCT))
		start++;
	return start;
}

/* What goes on after a cue in the middle: `"Yes," he said, "we can"`, `The talks, he said, failed`. */
static void add_right_of_trailing(const struct view *v, struct relation *r, uint32_t after, bool left_is_quote)
{
	uint32_t i = phrase_adjunct_right(v, after), limit = i + 14;
	for (; i < v->end && i < limit; i++) {
		if (view_is_quote(v, i)) {
			add_part(v, r, tokens_of(v, (struct range){i, i}));
			return;
		}
		if (view_tag(v, i) == TAG_COMMA && !left_is_quote) {
			uint32_t end = complement_end(v, i + 1);
			if (end > i + 1 && view_tag(v, i + 1) != TAG_VBG && view_tag(v, i + 1) != TAG_W)
				add_part(v, r, tokens_of(v, (struct range){i + 1, end - 1}));
			return;
		}
		if (!left_is_quote)
			return;
	}
}

static int add_trailing(struct seeker *s, const struct cue *c, struct relation *r, struct range clause, uint32_t left_end)
{
	const struct view *v = s->v;
	uint32_t start = left_start(v, left_end);
	if (start >= left_end)
		return 0;
	bool left_is_quote = view_is_quote(v, left_end - 1);
	r->frame = FRAME_QUOTE;
	r->prior = c->prior[FRAME_QUOTE];
	if (left_is_quote && start + 1 < left_end)
		start = left_end - 1;
	add_part(v, r, tokens_of(v, (struct range){start, left_end - 1}));
	add_right_of_trailing(v, r, clause.last + 1, left_is_quote);
	return keep(s, r);
}

static bool is_speechless(const struct view *v, const struct verb_group *g)
{
	return g->is_passive && !view_is(v, g->head + 1, "by that to");
}

/* Who stands behind a verb that is not finite: the subject of the sentence, or the noun right before a participle. */
static struct range controller(const struct seeker *s, const struct verb_group *g, uint32_t *who)
{
	const struct view *v = s->v;
	*who = s->subject_who;
	if (view_tag(v, g->head) == TAG_VBG && g->first > v->first) {
		unsigned left = view_tag(v, g->first - 1);
		uint32_t start = tag_is_noun(left) ? phrase_noun_left(v, source_before_adjunct(v, g->first - 1)) : PHRASE_NONE;
		if (start != PHRASE_NONE) {
			*who = PHRASE_NONE;
			return (struct range){start, g->first - 1};
		}
	}
	return s->subject;
}

/* No auxiliary before the head. */
static bool is_bare(const struct view *v, const struct verb_group *g)
{
	for (uint32_t i = g->first; i < g->head; i++)
		if (view_tag(v, i) != TAG_RB)
			return false;
	return true;
}

/* A subject stands before it, or "and" after a verb that has one. */
static bool may_be_past(const struct seeker *s, const struct verb_group *g)
{
	unsigned tag = view_tag(s->v, g->first - 1);
	return tag_is_noun(tag) || tag == TAG_PRP || view_is(s->v, g->first - 1, ")") || (tag == TAG_CC && s->n_clauses > 0);
}

/* "The talks failed, he told reporters": nothing but the one addressed stands after the cue. */
static bool only_addresses(const struct view *v, const struct cue *c, const struct hook *h)
{
	unsigned tag = view_tag(v, phrase_adjunct_right(v, h->end));
	return c->prior[FRAME_ADDRESSED] && (h->frame == FRAME_NOUN || h->frame == FRAME_PREPOSITION) &&
	       (tag == TAG_STOP || tag == TAG_COUNT || tag == TAG_COMMA);
}

/* Verbs that only carry the noun after them: "voice support", "lay the blame". */
static const char light_verbs[] =
	"express expresses expressed expressing voice voiced voices voicing raise raised raises raising make made "
	"makes making issue "
	"issued issues issuing have had has having repeat repeated reiterate reiterated lay laid put place placed";

/* "expressed concern about", "made the claim that": the noun is the cue, the verb only carries it. */
static bool noun_reports(const struct view *v, const struct hook *h, uint32_t head)
{
	if ((h->frame != FRAME_NOUN && h->frame != FRAME_OBJECT_PREPOSITION && h->frame != FRAME_CLAUSE &&
	     h->frame != FRAME_OBJECT_INFINITIVE) ||
	    !view_is(v, head, light_verbs))
		return false;
	uint32_t end = phrase_noun_right(v, head + 1, false);
	const struct cue_form *f = end > head + 1 ? view_cue(v, end - 1) : NULL;
	struct hook inner;
	return f && f->noun && complement_find(v, f->noun, end - 1, &inner);
}

/* One verb that may report, on its way to a relation. */
struct attempt {
	const struct cue *c;
	uint32_t i; /* the verb's item */
	struct verb_group g;
	struct relation r;
	struct range subject; /* items */
	struct hook h;
	bool hooked, is_own; /* something hangs on it; the subject stands right before it */
};

/* A participle without an auxiliary may be a past form after all: "the judge ruled that", `"...", said Blinken`. */
static void settle_tense(const struct seeker *s, struct attempt *at)
{
	const struct view *v = s->v;
	struct verb_group *g = &at->g;
	if (view_tag(v, at->i) != TAG_VBN || !g->is_passive || !is_bare(v, g) || g->first == v->first)
		return;
	uint32_t who;
	struct range subject = source_left(v, g->first, RANGE_NONE, &who);
	bool after_quote = range_is(subject) && subject.first > v->first && view_is_quote(v, subject.first - 1);
	bool by_comma = view_tag(v, g->first - 1) == TAG_COMMA && range_is(subject);
	bool past = !view_is(v, at->i + 1, "by") && (may_be_past(s, g) || by_comma) &&
		    complement_find(v, at->c, at->i, &at->h) &&
		    (view_tag(v, g->first - 1) == TAG_CC || at->h.frame == FRAME_CLAUSE ||
		     (!by_comma && (at->h.frame == FRAME_INFINITIVE || at->h.frame == FRAME_QUOTE || at->h.frame == FRAME_WH)));
	past = past || after_quote;
	if (past || (view_is_quote(v, g->first - 1) && range_is(source_right(v, at->i)))) {
		g->is_passive = false;
		g->is_finite = true;
	}
}

/* `"...", said Blinken`: 1 when kept, 0 when it is no such case, -1 when the arena is full. */
static int try_inverted(struct seeker *s, struct attempt *at)
{
	const struct view *v = s->v;
	uint32_t i = at->i, left_end = 0;
	bool after_content = i > v->first && (view_is_quote(v, i - 1) || view_tag(v, i - 1) == TAG_COMMA);
	if (at->c->prior[FRAME_QUOTE] == 0 || at->g.is_passive || at->g.first != i || !after_content ||
	    !reports_left(v, at->c, i, v->end, &left_end))
		return 0;
	struct range right = source_right(v, i);
	if (!range_is(right) || phrase_finite_at(v, right.last + 1) != PHRASE_NONE)
		return 0;
	at->r.source = tokens_of(v, right);
	s->subject = right;
	s->subject_who = PHRASE_NONE;
	return add_trailing(s, at->c, &at->r, (struct range){i, right.last}, left_end) < 0 ? -1 : 1;
}

/* `"...", Blinken said`, with the results of try_inverted. */
static int try_trailing(struct seeker *s, struct attempt *at)
{
	const struct view *v = s->v;
	uint32_t left_end = 0;
	bool after_quote = at->is_own && at->subject.first > v->first && view_is_quote(v, at->subject.first - 1);
	bool weak = after_quote || !at->hooked || at->h.frame == FRAME_QUOTE || only_addresses(v, at->c, &at->h);
	if (!at->is_own || !weak || at->g.is_passive || view_tag(v, at->subject.first) == TAG_W ||
	    !reports_left(v, at->c, at->subject.first, at->i + 1, &left_end))
		return 0;
	bool takes_words = at->hooked && at->h.frame != FRAME_QUOTE && at->h.frame != FRAME_GERUND;
	struct range clause = {at->subject.first, takes_words ? at->h.end - 1 : at->i};
	return add_trailing(s, at->c, &at->r, clause, left_end) < 0 ? -1 : 1;
}

/* Source and complement of a finite verb; the same results. */
static int read_finite(struct seeker *s, struct attempt *at)
{
	const struct view *v = s->v;
	uint32_t who = PHRASE_NONE;
	int rc = try_inverted(s, at);
	if (rc != 0)
		return rc;
	at->subject = source_left(v, at->g.first, RANGE_NONE, &who);
	at->is_own = range_is(at->subject);
	if (!at->is_own)
		at->subject = source_left(v, at->g.first, shared_subject(s, &at->g, &who), &who);
	if (range_is(at->subject)) {
		s->subject = at->subject;
		s->subject_who = who;
		push_clause(s, &at->g);
	}
	at->r.source = tokens_of(v, at->subject);
	set_who(s, &at->r, who);
	at->hooked = complement_find(v, at->c, at->i, &at->h);
	return try_trailing(s, at);
}

/* Participles, gerunds and infinitives; 1 when there is nothing in it. */
static int read_nonfinite(struct seeker *s, struct attempt *at)
{
	uint32_t who = PHRASE_NONE;
	if (at->i < s->object_until)
		return 1;
	at->subject = controller(s, &at->g, &who);
	at->r.source = tokens_of(s->v, at->subject);
	set_who(s, &at->r, who);
	at->hooked = complement_find(s->v, at->c, at->i, &at->h);
	return at->hooked && (at->h.frame == FRAME_NOUN || at->h.frame == FRAME_PREPOSITION) &&
	       view_tag(s->v, at->i) == TAG_VBN;
}

/* "was condemned by France": the agent speaks, and the subject is what it is about. The same results. */
static int read_passive(struct seeker *s, struct attempt *at)
{
	const struct view *v = s->v;
	uint32_t by = at->i + 1, end = view_is(v, by, "by") ? phrase_noun_right(v, by + 1, true) : by;
	if (end > by + 1 && range_is(at->subject)) {
		at->r.source = tokens_of(v, (struct range){by + 1, end - 1});
		at->r.antecedent = PHRASE_NONE;
		at->r.frame = FRAME_NOUN;
		at->r.prior = at->c->prior[FRAME_NOUN];
		add_part(v, &at->r, tokens_of(v, at->subject));
		return at->r.prior && keep(s, &at->r) < 0 ? -1 : 1;
	}
	at->r.source = RANGE_NONE;
	at->r.antecedent = PHRASE_NONE;
	return is_speechless(v, &at->g);
}

static int keep_hooked(struct seeker *s, struct attempt *at, uint32_t cue_first)
{
	const struct view *v = s->v;
	const struct hook *h = &at->h;
	struct relation *r = &at->r;
	bool is_loose = h->frame == FRAME_NOUN || h->frame == FRAME_PREPOSITION || h->frame == FRAME_OBJECT_PREPOSITION ||
			h->frame == FRAME_GERUND;
	if (noun_reports(v, h, at->i) || (is_loose && !range_is(r->source) && !at->g.is_passive))
		return 0;
	r->cue = tokens_of(v, (struct range){cue_first, h->cue_last});
	r->frame = h->frame;
	r->prior = h->prior;
	r->addressee = tokens_of(v, h->addressee);
	r->target = tokens_of(v, h->target);
	add_part(v, r, tokens_of(v, (struct range){h->start, h->end - 1}));
	if ((range_is(h->target) || at->g.is_passive) && s->object_until < h->end)
		s->object_until = h->end;
	return keep(s, r);
}

static int see_verb(struct seeker *s, const struct cue *c, uint32_t i)
{
	struct attempt at = {.c = c, .i = i, .g = phrase_verb(s->v, i), .subject = RANGE_NONE};
	settle_tense(s, &at);
	uint32_t cue_first = at.g.is_infinitive && at.g.first < at.g.head ? at.g.first + 1 : at.g.first;
	at.r = relation_start(s, c, (struct range){cue_first, i}, i);
	at.r.is_negated = at.g.is_negated;
	at.r.is_future = at.g.is_future;
	at.r.is_hypothetical = at.g.is_hypothetical;
	at.r.is_passive = at.g.is_passive;
	int rc = at.g.is_finite ? read_finite(s, &at) : read_nonfinite(s, &at);
	if (rc == 0 && at.g.is_passive)
		rc = read_passive(s, &at);
	if (rc != 0)
		return rc < 0 ? -1 : 0;
	return at.hooked ? keep_hooked(s, &at, cue_first) : 0;
}

/* "which Washington says would": a finite verb right after the cue opens the rest of a clause whose subject is the relative. */
static bool hook_gap(const struct view *v, const struct cue *c, uint32_t i)
{
	return c->prior[FRAME_CLAUSE] >= 4 && phrase_finite_at(v, i + 1) != PHRASE_NONE;
}

static int see_gap(struct seeker *s, const struct cue *c, uint32_t i)
{
	const struct view *v = s->v;
	struct verb_group g = phrase_verb(v, i);
	uint32_t who;
	struct range subject = source_left(v, g.first, RANGE_NONE, &who);
	if (!g.is_finite || g.is_passive || !range_is(subject) || subject.first <= v->first ||
	    view_tag(v, subject.first - 1) != TAG_W)
		return 0;
	struct relation r = relation_start(s, c, (struct range){g.first, i}, i);
	r.source = tokens_of(v, subject);
	r.frame = FRAME_CLAUSE;
	r.prior = c->prior[FRAME_CLAUSE];
	add_part(v, &r, tokens_of(v, (struct range){subject.first - 1, subject.first - 1}));
	uint32_t end = complement_end(v, i + 1), last = i + 1;
	while (last < end && view_tag(v, last) != TAG_COMMA)
		last++;
	if (last <= i + 1)
		return 0;
	add_part(v, &r, tokens_of(v, (struct range){i + 1, last - 1}));
	return keep(s, &r);
}

/* --- nouns, adjectives, according to ------------------------------------------------------------------------------- */

/* "Poland voiced support for": notes the subject of the verb before a noun, whatever tense it was taken for. */
static bool verb_with_subject(struct seeker *s, uint32_t noun)
{
	const struct view *v = s->v;
	if (noun <= v->first || !tag_is_verb(view_tag(v, noun - 1)))
		return false;
	struct verb_group g = phrase_verb(v, noun - 1);
	struct range r = source_left(v, g.first, RANGE_NONE, &s->subject_who);
	if (!range_is(r) || !is_bare(v, &g))
		return false;
	s->subject = r;
	return true;
}

static int see_noun(struct seeker *s, const struct cue *c, uint32_t i)
{
	const struct view *v = s->v;
	struct hook h;
	if (!complement_find(v, c, i, &h))
		return 0;
	struct relation r = relation_start(s, c, (struct range){i, h.cue_last}, i);
	uint32_t start = phrase_noun_left(v, i);
	if (start == PHRASE_NONE)
		start = i;
	/* "China's concern about", "his claim that": the possessor is the source */
	for (uint32_t k = start; k < i; k++) {
		if (view_tag(v, k) == TAG_POS && k > start)
			r.source = tokens_of(v, (struct range){start, k - 1});
		if (view_tag(v, k) == TAG_PRPS)
			r.source = tokens_of(v, (struct range){k, k});
	}
	if (h.frame == FRAME_QUOTE && range_is(s->subject) && view_is(v, i + 1, ":")) {
		r.source = tokens_of(v, s->subject); /* "X opposed Y's statement: ..." */
		set_who(s, &r, s->subject_who);
	} else if (!range_is(r.source) && (range_is(s->subject) || verb_with_subject(s, start))) {
		/* "expressed concern about": the subject of the verb before */
		uint32_t before = start;
		if (before <= v->first || (!tag_is_verb(view_tag(v, before - 1)) && view_tag(v, before - 1) != TAG_AUX))
			return 0;
		if (view_tag(v, before - 1) != TAG_AUX && !view_is(v, before - 1, light_verbs))
			return 0;
		struct verb_group g = phrase_verb(v, before - 1);
		r.source = tokens_of(v, s->subject);
		set_who(s, &r, s->subject_who);
		r.cue = tokens_of(v, (struct range){g.is_infinitive ? before - 1 : g.first, h.cue_last});
	} else if (!range_is(r.source)) {
		return 0;
	}
	r.frame = h.frame;
	r.prior = h.prior;
	add_part(v, &r, tokens_of(v, (struct range){h.start, h.end - 1}));
	return keep(s, &r);
}

static int see_adjective(struct seeker *s, const struct cue *c, uint32_t i)
{
	const struct view *v = s->v;
	uint32_t be = i;
	while (be > v->first && view_tag(v, be - 1) == TAG_RB)
		be--;
	if (be == v->first || !view_is(v, be - 1,
				       "be am is are was were been feel feels felt seem seems seemed remain remains remained "
				       "'s ’s 're ’re 'm ’m sounded"))
		return 0;
	struct hook h;
	if (!complement_find(v, c, i, &h))
		return 0;
	struct verb_group g = phrase_verb(v, be - 1);
	uint32_t who;
	struct range subject = g.is_finite || view_tag(v, be - 1) == TAG_AUX
				       ? source_left(v, g.first, shared_subject(s, &g, &who), &who)
				       : s->subject;
	struct relation r = relation_start(s, c, (struct range){g.first, h.cue_last}, i);
	r.source = tokens_of(v, subject);
	r.frame = h.frame;
	r.prior = h.prior;
	r.is_negated = g.is_negated;
	add_part(v, &r, tokens_of(v, (struct range){h.start, h.end - 1}));
	return keep(s, &r);
}

static int see_according(struct seeker *s, uint32_t i)
{
	const struct view *v = s->v;
	uint32_t start = i + 2, end = phrase_noun_right(v, start, true);
	if (end == start)
		return 0;
	while (end < v->end && view_tag(v, end) == TAG_IN && view_tag(v, end + 1) != TAG_COUNT && end - start < 12) {
		uint32_t more = phrase_noun_right(v, end + 1, true);
		if (more == end + 1)
			break;
		end = more;
	}
	struct relation r = relation_start(s, NULL, (struct range){i, i + 1}, i);
	r.source = tokens_of(v, (struct range){start, end - 1});
	r.is_according = true;
	r.frame = FRAME_CLAUSE;
	r.prior = 8;
	uint32_t last = v->stop;
	bool opens = i == v->first || (i == v->first + 1 && view_tag(v, v->first) == TAG_CC);
	if (!opens) {
		uint32_t left_end = view_tag(v, i - 1) == TAG_COMMA ? i - 1 : i, left = left_start(v, left_end);
		/* ", which, according to him, must": only the relative clause */
		if (left_end > v->first && view_tag(v, left_end - 1) == TAG_W)
			left = left_end - 1;
		if (left < left_end)
			add_part(v, &r, tokens_of(v, (struct range){left, left_end - 1}));
	}
	bool has_comma = view_tag(v, end) == TAG_COMMA;
	if (has_comma && end + 1 < last && (opens || view_tag(v, i - 1) == TAG_COMMA) && view_tag(v, end + 1) != TAG_W &&
	    view_tag(v, end + 1) != TAG_VBG)
		add_part(v, &r, tokens_of(v, (struct range){end + 1, complement_end(v, end + 1) - 1}));
	return r.n_parts ? keep(s, &r) : 0;
}

/* --- all of it ----------------------------------------------------------------------------------------------------- */

/* A finite verb that is no cue still tells who the sentence speaks of. */
static void note_subject(struct seeker *s, uint32_t i)
{
	const struct view *v = s->v;
	unsigned tag = view_tag(v, i);
	if (tag != TAG_VBD && tag != TAG_VBP && tag != TAG_MD && tag != TAG_AUX)
		return;
	struct verb_group g = phrase_verb(v, i);
	if (!g.is_finite && tag != TAG_MD && tag != TAG_AUX)
		return;
	uint32_t who;
	struct range r = source_left(v, g.first, RANGE_NONE, &who);
	if (range_is(r)) {
		s->subject = r;
		s->subject_who = who;
		push_clause(s, &g);
	}
}

static int see_item(struct seeker *s, uint32_t i)
{
	const struct view *v = s->v;
	unsigned tag = view_tag(v, i);
	if (view_is_quote(v, i))
		return 0;
	if (view_is(v, i, "according") && view_is(v, i + 1, "to"))
		return see_according(s, i);
	const struct cue_form *f = view_cue(v, i);
	if (f && f->verb && tag_is_verb(tag)) {
		if (hook_gap(v, f->verb, i)) {
			size_t n = s->out->n;
			if (see_gap(s, f->verb, i) < 0)
				return -1;
			if (s->out->n > n)
				return 0;
		}
		return see_verb(s, f->verb, i);
	}
	if (f && f->noun && (tag == TAG_NN || tag == TAG_NNS))
		return see_noun(s, f->noun, i);
	if (f && f->adjective && (tag == TAG_JJ || tag == TAG_VBN || tag == TAG_RB))
		return see_adjective(s, f->adjective, i);
	note_subject(s, i);
	return 0;
}

int relations_find(const struct text *t, const struct lexicon *lx, struct arena *a, struct relations *out)
{
	for (uint32_t k = 0; k < t->n_segments; k++) {
		struct view v = view_of(t, lx, k);
		struct seeker s = {.v = &v,
				   .a = a,
				   .out = out,
				   .segment = k,
				   .paragraph = t->segments[k].paragraph,
				   .subject = RANGE_NONE,
				   .subject_who = PHRASE_NONE};
		for (uint32_t i = v.first; i < v.end; i++)
			if (see_item(&s, i) < 0)
				return -1;
	}
	return 0;
}
