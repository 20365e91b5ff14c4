/* Statements from attributions: kind, content, spans, speaker, confidence. */
#include "extract/statement.h"

#include <string.h>

#include "base/version.h"
#include "extract/attribution/said_on.h"
#include "extract/document.h"
#include "extract/engine.h"
#include "extract/entity/joint_sources.h"
#include "extract/entity/resolution.h"
#include "extract/entity/speaker_phrase.h"
#include "extract/stance/positions.h"
#include "extract/stance/stance.h"

struct maker {
	const struct engine *en;
	const struct issue_background *background;
	struct entities *es;
	const struct attributions *attrs;
	const struct actor **speakers; /* by attribution */
	const struct actor *issuer;    /* that says "we" outside of quotations and turns, or NULL */
	struct referent *turns;	       /* who speaks in them; in blocks, once one is made */
	const struct time_list *times;
	day_t published;
	struct statement *v;
	uint32_t *made_of; /* by statement: the number of its attribution */
	struct stance_facts *facts;
	size_t n, cap, made_of_cap, facts_cap;
};

static int set_spans(const struct maker *m, const struct range *v, size_t n, struct spans *out)
{
	const struct text *t = m->es->t;
	struct span *s = arena_array(m->es->a, n, sizeof *s);
	if (!s)
		return -1;
	for (size_t i = 0; i < n; i++)
		s[i] = text_span(t, v[i].first, v[i].last);
	*out = (struct spans){s, n};
	return 0;
}

static int set_span(const struct maker *m, struct range r, struct spans *out)
{
	return range_is(r) ? set_spans(m, &r, 1, out) : 0;
}

/* Direct when all parts are whole quotations, mixed when some words are quoted. */
static enum statement_kind kind_of(const struct text *t, const struct attribution *attr)
{
	bool all = true, any = false;
	for (size_t p = 0; p < attr->n_parts; p++) {
		uint32_t inside = attr->quote;
		for (uint32_t i = attr->parts[p].first; i <= attr->parts[p].last; i++) {
			bool quoted = t->tokens[i].quote && t->tokens[i].quote != inside;
			any = any || quoted;
			all = all && (quoted || !(t->tokens[i].flags & TOK_WORD));
		}
	}
	return any && all ? KIND_DIRECT : any ? KIND_MIXED : KIND_INDIRECT;
}

/* A part's words without the marks around a whole quotation. */
static struct str words_of(const struct text *t, struct range r)
{
	uint32_t q = t->tokens[r.first].quote;
	if (q && t->quotes[q - 1].open == r.first && t->quotes[q - 1].close == r.last) {
		if (r.first < r.last)
			r.first++;
		if (t->quotes[q - 1].is_closed && r.last > r.first)
			r.last--;
	}
	return text_range(t, r.first, r.last);
}

static int set_content(const struct maker *m, const struct attribution *attr, struct statement *out)
{
	const struct text *t = m->es->t;
	size_t n = 0, at = 0;
	for (size_t i = 0; i < attr->n_parts; i++)
		n += words_of(t, attr->parts[i]).n + 1;
	char *p = arena_alloc(m->es->a, n + 1);
	if (!p)
		return -1;
	for (size_t i = 0; i < attr->n_parts; i++) {
		struct str s = words_of(t, attr->parts[i]);
		if (i > 0)
			p[at++] = ' ';
		memcpy(p + at, s.p, s.n);
		at += s.n;
	}
	out->content = (struct str){p, at};
	return set_spans(m, attr->parts, attr->n_parts, &out->spans.content);
}

/* The speaker of the quotation that an attribution lies in, which comes first in the order of the
 * text, or of its turn. */
static const struct actor *speaker_around(const struct maker *m, const struct attribution *attr)
{
	if (attr->quote)
		return m->es->quoted[attr->quote - 1];
	return attr->turn && !attr->is_turn ? m->turns[attr->turn - 1].actor : NULL;
}

static void note_quoted(struct maker *m, const struct attribution *attr,
			const struct actor *speaker)
{
	const struct text *t = m->es->t;
	if (attr->quote)
		return;
	for (size_t p = 0; p < attr->n_parts; p++)
		for (uint32_t i = attr->parts[p].first; i <= attr->parts[p].last; i++) {
			uint32_t q = t->tokens[i].quote;
			if (!q)
				continue;
			m->es->quoted[q - 1] = speaker;
			if (t->quotes[q - 1].close > i)
				i = t->quotes[q - 1].close;
		}
}

/* "They hope" within what China and the United States said: the speaker around, where number and
 * gender allow it. */
static const struct actor *speaker_by_pronoun(const struct maker *m, size_t index)
{
	const struct attribution *attr = &m->attrs->v[index];
	const struct text *t = m->es->t;
	if (!range_is(attr->source) || attr->source.first != attr->source.last)
		return NULL;
	bool they = text_is(t, attr->source.first, "they"),
	     person = text_is_one_of(t, attr->source.first, "he she"),
	     it = text_is(t, attr->source.first, "it");
	for (size_t k = index, steps = 0; (they || person || it) && k-- > 0 && steps < 6; steps++) {
		const struct attribution *b = &m->attrs->v[k];
		const struct actor *a = m->speakers[k];
		bool inside = false;
		for (size_t p = 0; p < b->n_parts; p++)
			inside = inside || (b->parts[p].first <= attr->source.first &&
					    attr->source.first <= b->parts[p].last);
		if (!a || b->paragraph != attr->paragraph || (!inside && !they))
			continue;
		bool group =
			a->kind == ACTOR_GROUP ||
			(inside && (a->kind == ACTOR_COUNTRY || a->kind == ACTOR_ORGANIZATION));
		bool fits =
			they ? group
			: it ? inside && (a->kind == ACTOR_COUNTRY || a->kind == ACTOR_ORGANIZATION)
			     : inside && a->kind == ACTOR_PERSON &&
					entities_gender_fits(
						m->es, a,
						text_is(t, attr->source.first, "he") ? 'm' : 'f');
		if (fits)
			return a;
	}
	return NULL;
}

/* "They said they would encourage exchanges": the inner cue tells the end of what the outer one
 * told already. */
static bool says_again(const struct maker *m, size_t index, const struct actor *speaker)
{
	enum { BACK = 6 };
	const struct attribution *attr = &m->attrs->v[index];
	for (size_t k = index, steps = 0; k-- > 0 && steps < BACK; steps++) {
		const struct attribution *b = &m->attrs->v[k];
		if (m->speakers[k] == speaker && b->n_parts > 0 &&
		    b->parts[b->n_parts - 1].last == attr->parts[attr->n_parts - 1].last)
			return true;
	}
	return false;
}

static int add_statement(struct maker *m, const struct statement *s,
			 const struct stance_facts *facts, size_t made_of)
{
	if (arena_grow(m->es->a, (void **)&m->v, &m->cap, m->n + 1, sizeof *m->v) < 0 ||
	    arena_grow(m->es->a, (void **)&m->made_of, &m->made_of_cap, m->n + 1,
		       sizeof *m->made_of) < 0 ||
	    arena_grow(m->es->a, (void **)&m->facts, &m->facts_cap, m->n + 1, sizeof *m->facts) < 0)
		return -1;
	m->facts[m->n] = *facts;
	m->made_of[m->n] = (uint32_t)made_of;
	struct statement *kept = &m->v[m->n++];
	*kept = *s;
	if (kept->speaker && kept->speaker_role.n == 0)
		kept->speaker_role = actor_post(kept->speaker, m->published);
	return 0;
}

/* "The president", described twice. */
static bool is_same_post(const struct actor *a, const struct actor *b)
{
	return a->kind == ACTOR_ANONYMOUS && b->kind == ACTOR_ANONYMOUS && str_eq(a->name, b->name);
}

/* "He added", whom nothing names: who spoke last, in this paragraph or the one before; "they
 * added": the body that did, in the sentence before. */
static const struct actor *last_speaker(const struct maker *m, size_t index)
{
	enum { BACK = 4 };
	const struct attribution *attr = &m->attrs->v[index];
	const struct text *t = m->es->t;
	uint32_t at = attr->source.first;
	bool he = text_is_in(t, at, SET_MASCULINE), she = text_is_in(t, at, SET_FEMININE),
	     they = text_is(t, at, "they");
	if (attr->source.last != at || attr->quote || !(he || she || they))
		return NULL;
	for (size_t k = index, steps = 0; k-- > 0 && steps < BACK; steps++) {
		const struct attribution *b = &m->attrs->v[k];
		const struct actor *a = m->speakers[k];
		if (b->paragraph + 1 < attr->paragraph)
			break;
		if (!a || b->quote)
			continue;
		if (they)
			return a->kind == ACTOR_ORGANIZATION &&
					       text_sentence(t, b->head) + 1 == text_sentence(t, at)
				       ? a
				       : NULL;
		if ((a->kind == ACTOR_PERSON || a->kind == ACTOR_ANONYMOUS) &&
		    entities_gender_fits(m->es, a, he ? 'm' : 'f'))
			return a;
	}
	return NULL;
}

/* Who says it, and to whom. Also say it: the others of joined sources. */
struct parties {
	struct referent who, to, also[JOINT_SOURCES_MOST];
	size_t n_also;
};

/* The words of a source that name who speaks; RANGE_NONE where nobody does. */
static struct range speaker_in(const struct maker *m, struct range source, uint32_t antecedent)
{
	struct range who;
	return range_is(source) && speaker_phrase(m->es, source, antecedent, &who) == SPEAKER_IS
		       ? who
		       : RANGE_NONE;
}

/* 1 when the statement only says again what is told already, -1 when the arena is full. */
static int find_parties(struct maker *m, size_t index, const struct actor *around,
			struct parties *p)
{
	const struct attribution *attr = &m->attrs->v[index];
	struct range sources[JOINT_SOURCES_MOST];
	*p = (struct parties){.who.role = STR_EMPTY, .to.role = STR_EMPTY};
	if (attr->is_carried) {
		p->who.actor = m->speakers[attr->carried_from];
		p->who.via = p->who.actor ? VIA_CONTINUATION : VIA_NONE;
		return 0;
	}
	if (attr->is_turn && !range_is(attr->cue)) {
		p->who = m->turns[attr->turn - 1];
		return 0;
	}
	size_t n = joint_sources(m->es, attr->source, sources);
	struct range first = speaker_in(m, sources[0], attr->antecedent);
	if (entities_resolve(m->es, first, attr->antecedent, around, &p->who) < 0 ||
	    entities_resolve(m->es, attr->addressee, TOKEN_NONE, around, &p->to) < 0)
		return -1;
	for (size_t i = 1; i < n; i++)
		if (entities_resolve(m->es, speaker_in(m, sources[i], TOKEN_NONE), TOKEN_NONE,
				     around, &p->also[p->n_also++]) < 0)
			return -1;
	if (n > 1 && sources[0].last < attr->source.first) /* "both leaders" */
		p->who.via = p->also[0].via = VIA_ROLE;
	const struct document_scene scene = {m->es, m->attrs->v, m->speakers, index};
	const struct actor *maker = document_maker(&scene, first);
	if (maker)
		p->who = (struct referent){maker, VIA_ROLE, STR_EMPTY};
	const struct actor *same = around ? NULL : speaker_by_pronoun(m, index);
	if (same && says_again(m, index, same))
		return 1;
	const struct actor *last = range_is(attr->source) ? last_speaker(m, index) : NULL;
	if (!same && last && (!p->who.actor || is_same_post(p->who.actor, last)))
		same = last;
	if (same)
		p->who = (struct referent){same, VIA_PRONOUN, STR_EMPTY};
	return 0;
}

/* "spoke on Friday", "spoke in Oslo", "spoke to reporters", "talked on the phone": when, where, to
 * whom and by what are nothing said. */
static bool is_setting(const struct maker *m, const struct attribution *attr)
{
	const struct text *t = m->es->t;
	struct range p = attr->parts[0];
	uint32_t place = m->es->mention_at[p.first],
		 noun = p.first + (t->tokens[p.first].tag == TAG_DT && p.first < p.last);
	if (attr->n_parts > 1)
		return false;
	if (time_covers(t, m->times, p) || text_is_in(t, noun, SET_AUDIENCE))
		return true;
	return place && m->es->mentions[place - 1].last == p.last && p.first > 0 &&
	       text_is_in(t, p.first - 1, SET_PLACE_PREPOSITION);
}

/* "which he supported", "she thinks so": a small word in place of what is said tells nothing, and
 * neither does "the subpoena was issued by". */
static bool is_word_for_content(const struct maker *m, const struct attribution *attr)
{
	const struct text *t = m->es->t;
	struct range p = attr->parts[0];
	if (attr->is_passive && attr->n_parts == 1 && p.first + 1 == p.last &&
	    t->tokens[p.first].tag == TAG_DT &&
	    (gazetteer_noun(m->es->g, &t->tokens[p.last], NULL) & NOUN_DOCUMENT))
		return true;
	return attr->n_parts == 1 && p.first == p.last && !t->tokens[p.first].quote &&
	       !attr->is_turn && text_is_in(t, p.first, SET_WORD_FOR_CONTENT);
}

/* "The United States condemns the attack. We urge ...": a text that opens with what a country does
 * by saying so speaks for it. */
static void find_issuer(struct maker *m, const struct attribution *attr, struct referent *who)
{
	enum { HEAD_PARAGRAPHS = 2, SOURCE_WORDS = 3 };
	const struct text *t = m->es->t;
	if (attr->quote || attr->turn || !range_is(attr->source) ||
	    attr->source.last - attr->source.first >= SOURCE_WORDS)
		return;
	unsigned xpos = t->tokens[attr->head].xpos;
	if (!m->issuer && who->actor && who->actor->kind == ACTOR_COUNTRY &&
	    (xpos == XPOS_VBZ || xpos == XPOS_VBP) && attr->paragraph < HEAD_PARAGRAPHS)
		m->issuer = who->actor;
	bool is_we = !who->actor && m->issuer && text_is(t, attr->source.first, "we");
	for (size_t p = 0; is_we && p < attr->n_parts; p++)
		for (uint32_t i = attr->parts[p].first; i <= attr->parts[p].last; i++)
			is_we = is_we && !text_is_in(t, i, SET_SECOND_PERSON); /* a letter */
	if (is_we)
		*who = (struct referent){m->issuer, VIA_PRONOUN, STR_EMPTY};
}

static int make_one(struct maker *m, size_t index)
{
	const struct attribution *attr = &m->attrs->v[index];
	const struct actor *around = speaker_around(m, attr);
	struct parties p;
	struct range time;
	struct stance_facts facts;
	struct first_candidates *first = arena_alloc(m->es->a, sizeof *first);
	if (attr->n_parts == 0 || is_setting(m, attr) || is_word_for_content(m, attr))
		return 0;
	int rc = find_parties(m, index, around, &p);
	if (rc != 0)
		return rc < 0 ? -1 : 0;
	if (attr->turn && !attr->is_turn && !p.who.actor)
		return 0; /* "they say", within what somebody says who is named */
	find_issuer(m, attr, &p.who);
	m->speakers[index] = p.who.actor;
	if (attr->is_turn)
		m->turns[attr->turn - 1] = p.who;
	note_quoted(m, attr, p.who.actor);
	struct statement s = {.kind = attr->is_turn ? KIND_DIRECT : kind_of(m->es->t, attr),
			      .engine = STR(ENGINE_VERSION),
			      .speaker = p.who.actor,
			      .speaker_via = p.who.actor ? p.who.via : VIA_NONE,
			      .speaker_role = p.who.role,
			      .addressee = p.to.actor,
			      .reported_by = around && around != p.who.actor ? around : NULL};
	said_on_find(m->es->t, m->times, attr, &s.said_on, &time);
	if (!first || set_content(m, attr, &s) < 0 ||
	    set_span(m, attr->source, &s.spans.source) < 0 ||
	    set_span(m, attr->cue, &s.spans.cue) < 0 ||
	    set_span(m, attr->addressee, &s.spans.addressee) < 0 ||
	    set_span(m, time, &s.spans.time) < 0 ||
	    issues_find(m->background, attr->parts, attr->n_parts, &s, first, m->es->a) < 0 ||
	    stance_find(m->en->classifier, m->es, attr, &s, m->es->a, &facts) < 0)
		return -1;
	facts.first = first;
	s.confidence = attr->p;
	s.is_nested = s.is_uncounted = attr->is_inner;
	if (add_statement(m, &s, &facts, index) < 0)
		return -1;
	for (size_t i = 0; i < p.n_also; i++) {
		if (!p.also[i].actor || p.also[i].actor == p.who.actor)
			continue;
		s.speaker = p.also[i].actor;
		s.speaker_via = p.also[i].via;
		s.speaker_role = p.also[i].role;
		if (add_statement(m, &s, &facts, index) < 0)
			return -1;
	}
	return 0;
}

/* Does it pass on what others say: "Xinhua", "state television", "agency reports"? */
static bool is_outlet(const struct word_sets *ws, const struct actor *a)
{
	struct str rest = a ? a->name : STR_EMPTY, word;
	while (a && a->kind != ACTOR_PERSON && str_split(&rest, ' ', &word))
		if (word_sets_has_nocase(ws, word, SET_OUTLET))
			return true;
	return false;
}

/* Is all of a statement, its source too, told in another's content? */
static bool is_told_in(const struct maker *m, size_t i, size_t outer)
{
	const struct attribution *at = &m->attrs->v[m->made_of[i]],
				 *holds = &m->attrs->v[m->made_of[outer]];
	bool is_told = at != holds && range_is(at->source) && !at->is_turn && !holds->is_turn &&
		       attribution_holds(holds, at->head) &&
		       attribution_holds(holds, at->source.first);
	for (size_t k = 0; is_told && k < at->n_parts; k++)
		is_told = attribution_holds(holds, at->parts[k].first) &&
			  attribution_holds(holds, at->parts[k].last);
	return is_told;
}

/* "According to Xinhua, Lee said that ...": Lee says it, reported by Xinhua, whose own statement
 * holds no more. */
static void find_reporters(struct maker *m)
{
	enum { NEAR = 3 };
	const struct word_sets *ws = m->es->t->word_sets;
	for (size_t o = 0; o < m->n; o++) {
		bool was_nested = m->v[o].is_nested;
		if (!is_outlet(ws, m->v[o].speaker))
			continue;
		for (size_t i = o < NEAR ? 0 : o - NEAR; i < m->n && i <= o + NEAR; i++) {
			struct statement *s = &m->v[i], *outer = &m->v[o];
			if (!s->speaker || s->speaker->kind != ACTOR_PERSON || s->reported_by ||
			    is_outlet(ws, s->speaker) || !is_told_in(m, i, o))
				continue;
			s->reported_by = outer->speaker;
			s->is_nested = s->is_uncounted = was_nested;
			outer->is_nested = outer->is_uncounted = true;
		}
	}
}

/* Without a reader, in the programs that fit it, no sides are told. */
static int find_positions(const struct maker *m, const struct forest *f)
{
	struct view_scene scene;
	if (!m->en->reader)
		return 0;
	if (view_scene_init(&scene, m->en->classifier, f, m->background, m->es->a) < 0)
		return -1;
	return positions_find(&(struct positions_input){.reader = m->en->reader,
							.sure = m->en->positions_sure,
							.issues = m->background->it,
							.scene = &scene,
							.attributions = m->attrs,
							.made_of = m->made_of,
							.facts = m->facts,
							.v = m->v,
							.n = m->n,
							.a = m->es->a});
}

int statements_make(const struct engine *en, const struct issue_table *issues, struct analysis *an,
		    struct extraction *out)
{
	struct entities *es = &an->entities;
	const struct attributions *attrs = &an->attributions;
	struct issue_background background;
	struct maker m = {.en = en,
			  .background = &background,
			  .es = es,
			  .attrs = attrs,
			  .turns = an->speakers,
			  .times = &an->times,
			  .published = an->published};
	if (an->text.issuer)
		m.issuer = an->speakers[an->text.issuer - 1].actor;
	m.speakers = arena_array(es->a, attrs->n + 1, sizeof *m.speakers);
	if (!m.speakers || issue_background_make(&background, issues ? issues : en->issues, es,
						 an->title, es->a) < 0)
		return -1;
	for (size_t i = 0; i < attrs->n; i++)
		if (!budget_allows(es->a->budget) || make_one(&m, i) < 0)
			return -1;
	find_reporters(&m);
	if (find_positions(&m, &an->forest) < 0)
		return -1;
	*out = (struct extraction){m.v, m.n};
	an->made_of = m.made_of;
	an->facts = m.facts;
	return entities_finish(es);
}
