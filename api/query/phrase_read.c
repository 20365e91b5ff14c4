/* Reading a phrase: from spans to places, from places to parameters. */
#include "api/query/phrase_read.h"

#include <string.h>

#include "api/query/phrase_places.h"
#include "base/nearest.h"

static void go_to(struct phrase_reader *r, enum place place, size_t at)
{
	r->place = place;
	r->place_from = r->spans.v[at].from;
}

/* What is held ends here. */
static int flush(struct phrase_reader *r)
{
	bool is_idle = r->n_held == 0 && !r->clause;
	if (is_idle && r->needs_name)
		reader_leave(r, r->place_from, r->place_from + 1);
	int rc = is_idle ? 0 : place_end(r);
	r->needs_name = false;
	r->verb_to = 0;
	r->n_held = 0;
	r->clause = NULL;
	r->is_not = false;
	r->place = PLACE_OPEN;
	return rc;
}

static int hold(struct phrase_reader *r, size_t at)
{
	if (r->n_held == 0 && r->place == PLACE_OPEN)
		r->place_from = r->spans.v[at].from;
	r->held[r->n_held++] = &r->spans.v[at];
	return 0;
}

static bool next_is_actor(const struct phrase_reader *r, size_t at)
{
	const struct phrase_span *s = at < r->spans.n ? &r->spans.v[at] : NULL;
	while (s && s->kind == SPAN_KEY && reader_has(r, s, ROLE_EMPTY | ROLE_POST) &&
	       ++at < r->spans.n)
		s = &r->spans.v[at];
	return s && (s->actors.n > 0 || s->kind == SPAN_QUOTED);
}

static bool next_has(const struct phrase_reader *r, size_t at, unsigned roles)
{
	return at + 1 < r->spans.n && r->spans.v[at + 1].kind == SPAN_KEY &&
	       reader_has(r, &r->spans.v[at + 1], roles);
}

/* --- keys --- */

/* statements; reactions to: who was named before speaks. */
static int take_noun(struct phrase_reader *r, size_t at)
{
	const struct phrase_span *s = &r->spans.v[at];
	r->has_head = true;
	r->is_answer = reader_has(r, s, ROLE_ANSWER);
	r->has_noun |= reader_has(r, s, ROLE_NOUN);
	r->answer_from = s->from;
	r->verb_to = s->to;
	if (r->n_held && r->place == PLACE_OPEN)
		r->place = held_speaks(r, false) ? PLACE_SPEAKER : PLACE_ABOUT;
	bool has_speaker = r->n_held && r->place == PLACE_SPEAKER;
	r->has_given |= has_speaker;
	if (flush(r))
		return -1;
	if (at + 1 < r->spans.n &&
	    reader_is(r, &r->spans.v[at + 1], "of")) /* "A's view of B", "criticism of B" */
		go_to(r, has_speaker || reader_has(r, s, ROLE_OWN) ? PLACE_ABOUT : PLACE_SPEAKER,
		      at + 1);
	return 0;
}

/* "her verdict on", "the mayor's reasons for": the next word leads on to what it is about. */
static bool is_own(const struct phrase_reader *r, size_t at)
{
	const struct phrase_span *s = &r->spans.v[at];
	return reader_has(r, s, ROLE_OWN) && s->from > 0 && r->words[s->from - 1].is_possessive &&
	       (next_has(r, at, ROLE_ASIDE | ROLE_CLAUSE) ||
		(at + 1 < r->spans.n && reader_is(r, &r->spans.v[at + 1], "of")));
}

/* No word says that such a one speaks: "Russia's attack on Ukraine" may be what it is about. */
static int take_own(struct phrase_reader *r, size_t at)
{
	const struct phrase_span *who = r->held[r->n_held - 1];
	r->has_head = true;
	r->out->is_keywords |= who->actors.n && who->actors.v[0].actor.kind == ACTOR_COUNTRY;
	r->verb_to = r->spans.v[at].to;
	if (r->place == PLACE_OPEN)
		r->place = PLACE_SPEAKER;
	if (flush(r))
		return -1;
	go_to(r, PLACE_ABOUT, at);
	return 0;
}

static bool has_topic(const struct phrase_reader *r)
{
	for (size_t i = 0; i < r->out->n; i++)
		if (str_eq(r->out->terms[i].name, STR("about")) ||
		    str_eq(r->out->terms[i].name, STR("issue")))
			return true;
	return false;
}

/* said: who was named before speaks, and what comes is said. */
static int take_say(struct phrase_reader *r, size_t at)
{
	if (r->place == PLACE_OPEN && r->n_held)
		r->place = held_speaks(r, true) ? PLACE_SPEAKER : PLACE_ABOUT;
	r->verb_to = r->spans.v[at].to;
	if (flush(r))
		return -1;
	go_to(r, PLACE_ABOUT, at);
	r->said_at = at + 1;
	/* "did she apologize": all that there is to say. */
	if (at + 1 == r->spans.n && reader_has(r, &r->spans.v[at], ROLE_OWN) && !has_topic(r))
		return hold(r, at);
	return 0;
}

static enum place place_of(struct str parameter)
{
	static const struct {
		const char *name;
		enum place place;
	} places[] = {{"speaker", PLACE_SPEAKER}, {"about", PLACE_ABOUT},
		      {"target", PLACE_TARGET},	  {"addressee", PLACE_ADDRESSEE},
		      {"text", PLACE_TEXT},	  {"role", PLACE_ROLE},
		      {"outlet", PLACE_OUTLET}};
	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
		if (str_eq(parameter, str_of(places[i].name)))
			return places[i].place;
	return PLACE_OPEN;
}

/* A word before a name: its place begins. What was named before "opposes" or "on" speaks. */
static int take_clause(struct phrase_reader *r, size_t at)
{
	const struct phrase_span *s = &r->spans.v[at];
	const struct phrase_clause *c = &r->words[s->from].clause;
	bool is_not = r->is_not && r->n_held == 0;
	if (r->place == PLACE_OPEN && r->n_held)
		r->place = held_speaks(r, c->else_also.n > 0) ? PLACE_SPEAKER : PLACE_ABOUT;
	if (flush(r))
		return -1;
	r->is_not = is_not;
	go_to(r, place_of(c->parameter), at);
	r->clause = c->else_also.n ? c : NULL;
	r->needs_name = !r->clause;
	return 0;
}

/* "to" begins a place only after what is said to somebody, and after an answer. */
static bool is_idle_to(struct phrase_reader *r, size_t at)
{
	const struct phrase_clause *c = &r->words[r->spans.v[at].from].clause;
	if (!str_eq(c->parameter, STR("addressee")))
		return false;
	return !(r->said_at && r->n_held == 0 && r->place == PLACE_ABOUT) ||
	       !next_is_actor(r, at + 1);
}

static int take_wish(struct phrase_reader *r, size_t at)
{
	enum phrase_wish wish = r->words[r->spans.v[at].from].wish;
	if (r->out->wish == WISH_LIST || wish == WISH_COMPARE)
		r->out->wish = wish;
	r->has_head = true;
	r->is_asked |= wish == WISH_COUNT;
	if (wish == WISH_COMPARE)
		go_to(r, PLACE_SPEAKER, at);
	return 0;
}

/* What a clause begins inside the words of what it is about: "protests against the bill" goes on,
 * "... by Putin" does not. */
static bool clause_ends_about(const struct phrase_reader *r, size_t at)
{
	const struct phrase_clause *c = &r->words[r->spans.v[at].from].clause;
	enum place to = place_of(c->parameter);
	if (r->n_held == 0 || r->is_not)
		return true;
	if (to == PLACE_SPEAKER) /* "who opposes the withdrawal from Syria" */
		return next_has(r, at, ROLE_NEGATION) ||
		       (r->out->wish != WISH_ACTORS && next_is_actor(r, at + 1));
	if (to == PLACE_ROLE)
		return next_has(r, at, ROLE_POST);
	return to == PLACE_TEXT || to == PLACE_OUTLET || (to == PLACE_TARGET && !c->else_also.n);
}

static bool is_one_person(const struct phrase_span *s)
{
	return s->actors.n && s->actors.v[0].actor.kind == ACTOR_PERSON;
}

/* "attacks" and "support" are verbs behind somebody, and before what they are towards. */
static bool is_noun(const struct phrase_reader *r, size_t at)
{
	const struct phrase_span *s = &r->spans.v[at];
	if (!reader_has(r, s, ROLE_OWN))
		return false;
	bool has_who = r->out->wish == WISH_ACTORS ||
		       (r->n_held > 0 &&
			(r->place == PLACE_SPEAKER || is_one_person(r->held[r->n_held - 1])));
	bool is_possessed = s->from > 0 && r->words[s->from - 1].is_possessive;
	return !has_who || is_possessed || next_has(r, at, ROLE_ASIDE) || at + 1 == r->spans.n;
}

static bool has_speaker(const struct phrase_reader *r)
{
	for (size_t i = 0; i < r->out->n; i++)
		if (str_eq(r->out->terms[i].name, STR("speaker")))
			return true;
	return false;
}

/* "what is known about Rouhani's stance on": his statements are asked for. */
static bool is_stance_of(const struct phrase_reader *r, size_t at)
{
	const struct phrase_span *s = &r->spans.v[at];
	return reader_has(r, s, ROLE_NOUN) && r->n_held == 1 && r->held[0]->actors.n &&
	       r->words[s->from - 1].is_possessive && !has_speaker(r) && !r->is_not && !r->clause;
}

static int take_stance_of(struct phrase_reader *r, size_t at)
{
	r->place = PLACE_SPEAKER;
	return take_noun(r, at);
}

/* "not about", and behind a comma or in more than one word somebody: "on cholera, except Quux". */
static int take_negation_about(struct phrase_reader *r, size_t at)
{
	size_t from = r->spans.v[at].from;
	bool excludes = r->words[from].length > 1 || (from > 0 && r->words[from - 1].has_comma);
	bool is_who = excludes && next_is_actor(r, at + 1);
	if (!is_who && !next_has(r, at, ROLE_CLAUSE | ROLE_EMPTY))
		return 0;
	if (flush(r))
		return -1;
	r->is_not = true;
	go_to(r, is_who ? PLACE_SPEAKER : PLACE_ABOUT, at);
	return 0;
}

/* A word of the table among those of what it is about: the small ones are left out, others are
 * searched for. */
static int take_key_about(struct phrase_reader *r, size_t at)
{
	const struct phrase_span *s = &r->spans.v[at];
	bool is_noun = reader_has(r, s, ROLE_OWN); /* "what did she say about attacks on" */
	if (reader_has(r, s, ROLE_CLAUSE) && !is_noun && !is_idle_to(r, at) &&
	    clause_ends_about(r, at))
		return take_clause(r, at);
	if (is_stance_of(r, at))
		return take_stance_of(r, at);
	if (reader_has(r, s, ROLE_NEGATION))
		return take_negation_about(r, at);
	if (reader_has(r, s, ROLE_JOINT | ROLE_VERSUS))
		return hold(r, at);
	if (reader_has(r, s,
		       ROLE_EMPTY | ROLE_ASIDE | ROLE_AUXILIARY | ROLE_ASK | ROLE_WHO |
			       ROLE_FILLER | ROLE_DATE | ROLE_RANGE))
		return 0;
	/* "what did A say about" is one clause: verbs before anything is held lead on to it. */
	bool leads_on = r->n_held == 0 && reader_has(r, s, ROLE_SAY | ROLE_MAKE | ROLE_NOUN);
	return leads_on ? 0 : hold(r, at);
}

static bool is_person_of(const struct phrase_span *s)
{
	return s->actors.v[0].actor.kind == ACTOR_PERSON &&
	       !str_ends(s->actors.v[0].actor.name, STR("s"));
}

/* "which ministers say", "which Democrats back" */
static bool asks_which(const struct phrase_reader *r, size_t at)
{
	const struct phrase_span *s = &r->spans.v[at], *who = s + 1;
	if (!reader_has(r, s, ROLE_ASK) || at + 2 >= r->spans.n)
		return false;
	bool is_group = who->kind == SPAN_WORD ||
			(who->kind == SPAN_NAME && who->actors.n && !is_person_of(who));
	return (is_group || reader_has(r, who, ROLE_POST)) &&
	       next_has(r, at + 1, ROLE_SAY | ROLE_CLAUSE | ROLE_MAKE | ROLE_AUXILIARY) &&
	       !next_has(r, at + 1, ROLE_ASIDE);
}

/* The shape that is wished for: "who", "how many", "compare", "A and B compared". 1 where it is
 * that, 0 where it is not, -1 with the error. */
static int take_shape(struct phrase_reader *r, size_t at)
{
	const struct phrase_span *s = &r->spans.v[at];
	bool is_first = r->n_held == 0 && r->place == PLACE_OPEN;
	if (is_first && (reader_has(r, s, ROLE_WHO) || asks_which(r, at))) {
		r->out->wish = r->out->wish == WISH_LIST ? WISH_ACTORS : r->out->wish;
		return 1;
	}
	if (!reader_has(r, s, ROLE_WISH) || r->words[s->from].wish == WISH_GROUPS)
		return 0;
	if (is_first || next_has(r, at, ROLE_SAY))
		return take_wish(r, at) ? -1 : 1;
	if (r->n_held == 0 || r->words[s->from].wish != WISH_COMPARE)
		return 0;
	r->place = PLACE_SPEAKER;
	return flush(r) || take_wish(r, at) ? -1 : 1;
}

/* "on", which only leads on to what it is about; "against" takes a side, too. */
static bool leads_to_about(const struct phrase_reader *r, const struct phrase_span *s)
{
	const struct phrase_clause *c = &r->words[s->from].clause;
	return reader_has(r, s, ROLE_CLAUSE) && place_of(c->parameter) == PLACE_ABOUT &&
	       !c->else_also.n;
}

/* "compare A with B", but not "compare A and B on the French budget" */
static bool joins_compared(const struct phrase_reader *r, size_t at)
{
	const struct phrase_span *s = &r->spans.v[at];
	return r->out->wish == WISH_COMPARE && r->place == PLACE_SPEAKER && r->n_held &&
	       reader_has(r, s, ROLE_ASIDE) && !leads_to_about(r, s) && next_is_actor(r, at + 1);
}

/* "did": who speaks comes. What was asked for before it is what it is about: "how many people did
 * the WHO say", but not "what reason did she give". */
static int take_auxiliary(struct phrase_reader *r, size_t at)
{
	size_t from = r->n_held ? r->held[0]->from : r->spans.v[at].from;
	bool says_nothing = true;
	for (size_t i = 0; i < r->n_held; i++)
		says_nothing &= reader_has(r, r->held[i], ROLE_OWN | ROLE_NOUN | ROLE_ANSWER);
	if (says_nothing)
		r->n_held = 0;
	else
		r->place = PLACE_ABOUT;
	if (flush(r))
		return -1;
	go_to(r, PLACE_SPEAKER, at);
	if (says_nothing)
		r->place_from = from;
	return 0;
}

/* "makes", "and", "versus": behind somebody. */
static int take_between(struct phrase_reader *r, size_t at)
{
	const struct phrase_span *s = &r->spans.v[at];
	bool is_make = reader_has(r, s, ROLE_MAKE);
	if (!is_make && reader_has(r, s, ROLE_VERSUS))
		r->out->wish = WISH_COMPARE;
	if (!r->n_held)
		return 0;
	r->has_given |= is_make;
	return is_make ? take_noun(r, at) : hold(r, at);
}

/* "gave for", "China in": what it is about comes. */
static int take_aside(struct phrase_reader *r, size_t at)
{
	const struct phrase_span *s = &r->spans.v[at];
	bool is_aside = reader_has(r, s, ROLE_ASIDE | ROLE_DATE) && r->out->wish != WISH_COMPARE;
	bool is_said = r->place == PLACE_OPEN && r->has_given && r->n_held == 0; /* "gave for" */
	if (is_aside && (is_said || (r->place == PLACE_SPEAKER && r->n_held))) {
		if (flush(r))
			return -1;
		go_to(r, PLACE_ABOUT, at);
	}
	return 0;
}

/* In whatever other place. */
static int take_key(struct phrase_reader *r, size_t at)
{
	const struct phrase_span *s = &r->spans.v[at];
	int shape = take_shape(r, at);
	if (shape)
		return shape < 0 ? -1 : 0;
	if (joins_compared(r, at))
		return hold(r, at);
	if (r->is_answer && reader_is(r, s, "to") && r->n_held == 0) {
		r->is_answer = false;
		go_to(r, PLACE_ABOUT, at);
		r->place_from = r->answer_from;
		return 0;
	}
	if (reader_has(r, s, ROLE_NEGATION)) {
		if (r->n_held && flush(r))
			return -1;
		r->is_not = true;
		return 0;
	}
	if (reader_has(r, s, ROLE_CLAUSE) && !is_idle_to(r, at) && !is_noun(r, at))
		return take_clause(r, at);
	bool is_target_done = r->place == PLACE_TARGET && r->n_held;
	if (is_target_done && reader_has(r, s, ROLE_ASIDE | ROLE_EMPTY)) {
		if (flush(r))
			return -1;
		go_to(r, PLACE_ABOUT, at);
		return 0;
	}
	if (r->n_held && (r->place == PLACE_OPEN || r->place == PLACE_SPEAKER) && is_own(r, at))
		return take_own(r, at);
	if (reader_has(r, s, ROLE_NOUN | ROLE_ANSWER) &&
	    (r->place == PLACE_OPEN || r->place == PLACE_SPEAKER))
		return take_noun(r, at);
	if (reader_has(r, s, ROLE_SAY) && !(r->place == PLACE_ADDRESSEE && r->n_held == 0))
		return take_say(r, at);
	if (reader_has(r, s, ROLE_MAKE | ROLE_JOINT | ROLE_VERSUS))
		return take_between(r, at);
	if (reader_has(r, s, ROLE_AUXILIARY) && r->place == PLACE_OPEN &&
	    (r->n_held == 0 || r->is_asked))
		return take_auxiliary(r, at);
	if (reader_has(r, s, ROLE_ASK | ROLE_REQUEST | ROLE_FILLER)) {
		r->is_asked |= reader_has(r, s, ROLE_ASK);
		/* "her response when" */
		if (reader_has(r, s, ROLE_ASK) && r->place == PLACE_OPEN && r->n_held == 0 &&
		    has_speaker(r))
			go_to(r, PLACE_ABOUT, at);
		r->has_head |= reader_has(r, s, ROLE_REQUEST | ROLE_FILLER);
		return 0;
	}
	if (reader_has(r, s, ROLE_POST | ROLE_OWN | ROLE_PAST | ROLE_RELATIVE) &&
	    !reader_has(r, s, ROLE_EMPTY))
		return hold(r, at);
	/* "the government", but neither "of China" nor "Chinese" */
	if (reader_has(r, s, ROLE_ANYONE) && r->n_held == 0 && !next_is_actor(r, at + 1))
		return hold(r, at);
	return take_aside(r, at);
}

/* --- spans --- */

static bool is_kind(struct phrase_reader *r, size_t at)
{
	const struct phrase_span *s = &r->spans.v[at];
	return s->to - s->from == 1 && r->place != PLACE_ABOUT &&
	       terms_find(&terms_statement_kind, r->words[s->from].text) >= 0;
}

static int take_kind(struct phrase_reader *r, size_t at)
{
	const struct phrase_span *s = &r->spans.v[at];
	int kind = terms_find(&terms_statement_kind, r->words[s->from].text);
	return reader_add(r, STR("kind"), terms_word(&terms_statement_kind, kind), s->from, s->to);
}

/* In what it is about, "by October 31" is part of it: it says when something is to be. */
static bool is_date_about(const struct phrase_reader *r, size_t at)
{
	size_t from = r->spans.v[at].from;
	return r->place == PLACE_ABOUT && r->n_held && from > 0 &&
	       word_is(&r->words[from - 1], "by");
}

/* "the strike: Quux's reaction": what it is about stands before. */
static int end_heading(struct phrase_reader *r, size_t at)
{
	size_t from = r->spans.v[at].from;
	if (from == 0 || !r->words[from - 1].has_colon || !r->n_held || r->place != PLACE_OPEN)
		return 0;
	r->place = PLACE_ABOUT;
	return flush(r);
}

/* "per month", "change" */
static bool is_group_word(const struct phrase_reader *r, const struct phrase_span *s)
{
	return s->kind == SPAN_KEY && reader_has(r, s, ROLE_WISH) &&
	       r->words[s->from].wish == WISH_GROUPS;
}

/* "Change" may be a word of what it is about, but for "how did her position change". */
static bool is_group(const struct phrase_reader *r, size_t at)
{
	const struct phrase_span *s = &r->spans.v[at];
	bool is_change = at + 1 == r->spans.n && r->has_noun && r->is_asked;
	return is_group_word(r, s) && (r->words[s->from].length > 1 || is_change);
}

/* Nothing that is said. */
static void take_group(struct phrase_reader *r, const struct phrase_span *s)
{
	struct phrase *p = r->out;
	if (p->n_groups < PHRASE_GROUPS_MAX)
		p->groups[p->n_groups++] = r->words[s->from].group;
	if (p->wish == WISH_LIST || p->wish == WISH_COUNT)
		p->wish = WISH_GROUPS;
	r->has_head = true;
}

static int take_span(struct phrase_reader *r, size_t at)
{
	const struct phrase_span *s = &r->spans.v[at];
	if (end_heading(r, at))
		return -1;
	r->out->asks_all |= reader_has(r, s, ROLE_WHOLE);
	if (s->kind == SPAN_DATE && !is_date_about(r, at))
		return reader_add_period(r, s);
	if (is_group(r, at)) {
		take_group(r, s);
		if (!reader_has(r, s, ROLE_SAY))
			return 0;
	} else if (is_group_word(r, s)) {
		return hold(r, at);
	}
	if (s->kind == SPAN_KEY)
		return r->place == PLACE_ABOUT ? take_key_about(r, at) : take_key(r, at);
	if (is_kind(r, at) && (at + 1 == r->spans.n || next_has(r, at, ROLE_NOUN)))
		return take_kind(r, at);
	return hold(r, at);
}

static int check_is_something(const struct phrase_reader *r, struct str text)
{
	if (r->out->n > 0 || (r->has_head && r->out->n_unparsed == 0))
		return 0;
	return err_set(r->e, ERR_VALUE, "q",
		       "nothing in \"%.*s\" is understood; ask for example: all statements by Wang "
		       "Yi about core interests",
		       STR_ARG(str_clip(text)));
}

int phrase_read(struct str text, struct lookup *names, struct phrase_days days, struct arena *a,
		struct phrase *out, struct err *e)
{
	struct phrase_reader *r = arena_alloc(a, sizeof *r);
	if (!r)
		return arena_full(e);
	memset(r, 0, sizeof *r);
	memset(out, 0, sizeof *out);
	*r = (struct phrase_reader){
		.text = text, .names = names, .a = a, .out = out, .e = e, .days = days};
	size_t n;
	if (words_split(text, r->words, &n, e) ||
	    phrase_spans_find(r->words, n, names, days, &r->spans, e))
		return -1;
	out->is_yes_no = r->spans.n && reader_has(r, &r->spans.v[0], ROLE_AUXILIARY);
	for (size_t i = 0; i < r->spans.n; i++)
		if (take_span(r, i))
			return -1;
	if (flush(r) || check_is_something(r, text))
		return -1;
	reader_sort(r);
	if (out->wish == WISH_FIRST)
		return reader_add(r, STR("sort"), STR("oldest"), n, n);
	return 0;
}
