/* Speakers with their posts, what it is about, and the other places. */
#include "api/query/phrase_places.h"

#include <string.h>

#include "base/fold.h"

/* --- words of what is held --- */

struct item {
	const struct phrase_span *const *v;
	size_t n;
};

static size_t item_from(const struct item *it)
{
	return it->v[0]->from;
}

static size_t item_to(const struct item *it)
{
	return it->v[it->n - 1]->to;
}

static struct str words_text(const struct phrase_reader *r, size_t from, size_t to)
{
	const struct phrase_word *first = &r->words[from], *last = &r->words[to - 1];
	if (to - from == 1)
		return first->text;
	return (struct str){first->text.p, (size_t)(last->text.p + last->text.n - first->text.p)};
}

static struct str span_text(const struct phrase_reader *r, const struct phrase_span *s)
{
	return s->mended.n ? s->mended : words_text(r, s->from, s->to);
}

static int note_mended(struct phrase_reader *r, const struct phrase_span *s)
{
	struct str said = reader_said(r, s);
	if (s->is_stranger && s->other.n)
		return reader_note(r, arena_printf(r->a,
						   "nobody is called \"%.*s\" here; another of the "
						   "surname is %.*s",
						   STR_ARG(said), STR_ARG(s->other)));
	if (!s->mended.n)
		return 0;
	struct str name = s->actors.n ? s->actors.v[0].actor.name : s->mended;
	const char *how = s->is_called_so ? "nobody is called" : "no statement has";
	return reader_note(r, arena_printf(r->a, "%s \"%.*s\" here; it is read as \"%.*s\"", how,
					   STR_ARG(said), STR_ARG(name)));
}

/* "compare A with B": a preposition that is held stands between two. */
static bool is_separator(const struct phrase_reader *r, const struct phrase_span *s)
{
	return reader_has(r, s, ROLE_JOINT | ROLE_VERSUS) ||
	       (r->out->wish == WISH_COMPARE && r->place == PLACE_SPEAKER &&
		reader_has(r, s, ROLE_ASIDE));
}

/* The next item of what is held, from *at on: up to "and", "or" or a comma. */
static bool next_item(const struct phrase_reader *r, size_t *at, struct item *it)
{
	while (*at < r->n_held && is_separator(r, r->held[*at]))
		++*at;
	*it = (struct item){.v = &r->held[*at]};
	while (*at < r->n_held && !is_separator(r, r->held[*at])) {
		it->n++;
		if (r->words[r->held[(*at)++]->to - 1].has_comma)
			break;
	}
	return it->n > 0;
}

static struct str negated(struct phrase_reader *r, struct str value)
{
	return r->is_not ? arena_printf(r->a, "!%.*s", STR_ARG(value)) : value;
}

/* --- speakers --- */

static bool is_name(const struct phrase_span *s);
static bool is_post(const struct phrase_reader *r, const struct phrase_span *s);

static bool is_capital(char first)
{
	return first < 'a' || first > 'z';
}

bool held_speaks(const struct phrase_reader *r, bool is_verb)
{
	for (size_t i = 0; i < r->n_held; i++)
		if (is_name(r->held[i]))
			return true;
	const struct phrase_span *s = r->held[0];
	return s->kind != SPAN_QUOTED &&
	       (is_verb || is_post(r, s) || is_capital(r->words[s->from].text.p[0]));
}

static bool is_name(const struct phrase_span *s)
{
	return (s->kind == SPAN_NAME || s->kind == SPAN_QUOTED) && s->actors.n > 0;
}

/* "minister", and "foreign minister" where some text lets one speak. */
static bool is_post(const struct phrase_reader *r, const struct phrase_span *s)
{
	return s->kind != SPAN_QUOTED && word_has(&r->words[s->to - 1], ROLE_POST);
}

static bool is_country(const struct phrase_span *s)
{
	return s->actors.v[0].actor.kind == ACTOR_COUNTRY;
}

static bool is_person(const struct phrase_span *s)
{
	return s->actors.v[0].actor.kind == ACTOR_PERSON;
}

/* Whom an item names: of several the last person, since titles and countries stand before; a body
 * behind its country; else the first. item.n for none. */
static size_t find_speaker(const struct phrase_reader *r, const struct item *it)
{
	size_t found = it->n;
	for (size_t i = 0; i < it->n; i++) {
		if (!is_name(it->v[i]) || is_post(r, it->v[i]))
			continue;
		bool is_body_of =
			found == 0 && i == 1 && is_country(it->v[0]) && !is_country(it->v[1]);
		if (found == it->n || is_person(it->v[i]) || is_body_of)
			found = i;
	}
	return found;
}

/* "foreign minister" of "Chinese foreign minister", "mayor" of "mayor of London": the words beside
 * the name, whichever side has a post. */
static bool find_post(const struct phrase_reader *r, const struct item *it, size_t name,
		      size_t *from, size_t *to)
{
	*from = *to = 0;
	for (size_t i = 0; i < it->n; i++) {
		bool is_before = i < name;
		if (i == name || !is_post(r, it->v[i]))
			continue;
		*from = is_before ? it->v[0]->from : it->v[name + 1]->from;
		*to = is_before ? it->v[name - 1]->to : it->v[it->n - 1]->to;
	}
	while (*from < *to &&
	       (word_has(&r->words[*from], ROLE_EMPTY) ||
		(word_has(&r->words[*from], ROLE_PAST) && r->words[*from].number == PAST_BUT_NOW)))
		++*from;
	while (*to > *from && word_has(&r->words[*to - 1], ROLE_EMPTY))
		--*to;
	return *from < *to;
}

static struct str post_text(const struct phrase_reader *r, size_t from, size_t to)
{
	struct str long_form = r->words[from].long_form;
	return to - from == 1 && long_form.n ? long_form : words_text(r, from, to);
}

static const char note_officials[] = "officials are read as all who speak for the one named";

/* A post beside a name that is no person's. */
static int add_office(struct phrase_reader *r, const struct item *it, size_t name, size_t from,
		      size_t to)
{
	bool is_anyone = true;
	for (size_t i = from; i < to; i++)
		is_anyone &= word_has(&r->words[i], ROLE_ANYONE);
	struct str post = post_text(r, from, to), owner = span_text(r, it->v[name]);
	size_t first = from < it->v[name]->from ? from : it->v[name]->from;
	size_t last = to > it->v[name]->to ? to : it->v[name]->to;
	r->out->office = (struct phrase_office){words_text(r, first, last), post, owner};
	for (size_t i = 0; i < it->n; i++)
		if (i != name && (it->v[i]->to <= from || it->v[i]->from >= to))
			reader_leave(r, it->v[i]->from, it->v[i]->to);
	if (is_anyone)
		return reader_note(r, str_of(note_officials));
	r->out->called = arena_printf(r->a, "%.*s %.*s", STR_ARG(post), STR_ARG(owner));
	return r->out->called.p ? reader_add(r, STR("role"), post, from, to) : arena_full(r->e);
}

/* Words behind a person's name that are no title, as "fiancée" of "Khashoggi's fiancée": somebody
 * else is meant. */
static bool is_relative(const struct phrase_reader *r, const struct item *it, size_t name)
{
	return name + 1 < it->n && is_person(it->v[name]) &&
	       (r->words[it->v[name]->to - 1].is_possessive ||
		reader_has(r, it->v[name + 1], ROLE_RELATIVE));
}

static int add_words(struct phrase_reader *r, const struct item *it, struct str *out);
static int add_about(struct phrase_reader *r, const struct item *it);

/* "Cooke's daughter" of "Alistair Cooke's daughter": articles call her so. */
static struct str called_text(const struct phrase_reader *r, const struct item *it)
{
	size_t from = item_from(it), owner = from;
	while (owner < item_to(it) && !r->words[owner].is_possessive && !r->words[owner].roles)
		owner++;
	bool is_owned = owner < item_to(it) && r->words[owner].is_possessive;
	return words_text(r, is_owned ? owner : from, item_to(it));
}

static int add_relative(struct phrase_reader *r, const struct item *it, size_t from, size_t to)
{
	struct str words;
	if (add_words(r, it, &words))
		return -1;
	r->out->called = words;
	r->out->is_called_first = true;
	return reader_add(r, STR("about"), words, from, to);
}

/* "ministers" are of those who each are a minister. */
static struct str singular(struct str post)
{
	bool is_plural = str_ends(post, STR("s")) && !str_ends(post, STR("ss"));
	return is_plural ? str_sub(post, 0, post.n - 1) : post;
}

/* Unknown words; "New York" begins with one that "the new governor" has, too. */
static bool are_words(const struct phrase_reader *r, const struct item *it, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		const struct phrase_span *s = it->v[i];
		bool is_new = i + 1 < to && reader_has(r, s, ROLE_PAST) &&
			      is_capital(r->words[s->from].text.p[0]);
		if (s->kind != SPAN_WORD && !is_new)
			return false;
	}
	return from < to;
}

/* Whose post it is: the words behind it ("governor of New York"), those before it up to a
 * possessive ("New York's governor"), or the first span; "" where the first is a post. */
static struct str owner_of(const struct phrase_reader *r, const struct item *it, size_t post)
{
	if (post == 0 && are_words(r, it, 1, it->n))
		return words_text(r, it->v[1]->from, item_to(it));
	for (size_t i = post; i-- > 0;)
		if (r->words[it->v[i]->to - 1].is_possessive && are_words(r, it, 0, i + 1))
			return words_text(r, item_from(it), it->v[i]->to);
	size_t owner = post > 0 ? 0 : it->n - 1;
	return owner == post || is_post(r, it->v[owner]) ? STR_EMPTY : span_text(r, it->v[owner]);
}

/* Of nobody whose name is known: "officials", a post alone, or a name that the answer says is
 * unknown. */
static int add_unknown_speaker(struct phrase_reader *r, const struct item *it, size_t from,
			       size_t to)
{
	struct str text = words_text(r, item_from(it), item_to(it));
	struct actor_matches found;
	size_t post = 0;
	while (post < it->n && !is_post(r, it->v[post]))
		post++;
	if (lookup_actors(r->names, text, &found, r->e))
		return -1;
	if (post < it->n && !found.n && !r->is_not) {
		struct str owner = owner_of(r, it, post);
		if (owner.n)
			r->out->office =
				(struct phrase_office){text, span_text(r, it->v[post]), owner};
		r->out->called = text;
		return reader_add(r, STR("role"), singular(text), from, to);
	}
	r->out->is_anonymous = true;
	r->out->called = called_text(r, it);
	return note_mended(r, it->v[0]) ? -1
					: reader_add(r, STR("speaker"), negated(r, text), from, to);
}

static bool is_same(const struct phrase_span *a, const struct phrase_span *b)
{
	return str_eq(a->actors.v[0].actor.id, b->actors.v[0].actor.id);
}

static int add_speaker(struct phrase_reader *r, const struct item *it, size_t from, size_t to)
{
	size_t at = find_speaker(r, it), post_from, post_to;
	if (at == it->n)
		return add_unknown_speaker(r, it, from, to);
	const struct phrase_span *s = it->v[at];
	if (is_relative(r, it, at) && !r->is_not)
		return add_relative(r, it, from, to);
	enum actor_kind kind = s->actors.v[0].actor.kind;
	r->out->is_anonymous = !actor_kind_is_named(kind);
	/* Some texts take "Democrats" for a person. */
	bool is_one = kind == ACTOR_PERSON && !str_ends(s->actors.v[0].actor.name, STR("s"));
	if (kind != ACTOR_COUNTRY && !is_one)
		r->out->called = span_text(r, s);
	bool has_post = find_post(r, it, at, &post_from, &post_to);
	if (note_mended(r, s) ||
	    reader_add(r, STR("speaker"), negated(r, span_text(r, s)), from, to))
		return -1;
	/* A title beside a person says nothing more. */
	if (has_post && !is_person(s) && !r->is_not)
		return add_office(r, it, at, post_from, post_to);
	/* Words before a name are its title where a post is among them. */
	for (size_t i = 0; i < it->n; i++) {
		bool says_who = is_post(r, it->v[i]) ||
				(is_name(it->v[i]) && !is_person(it->v[i])) ||
				(is_name(it->v[i]) && is_same(it->v[i], s));
		if (i != at && !(has_post && i < at) && !says_who)
			reader_leave(r, it->v[i]->from, it->v[i]->to);
	}
	return 0;
}

/* "did Dana Quux doubt that Trump": how many words with capitals begin it of which no table and no
 * name knows one, and behind which a small word comes; 0 for none. */
static size_t unknown_person(const struct phrase_reader *r, const struct item *it)
{
	size_t n = 0;
	if (r->place != PLACE_SPEAKER || r->needs_name || r->is_not)
		return 0;
	while (n < it->n && it->v[n]->kind == SPAN_WORD &&
	       is_capital(r->words[it->v[n]->from].text.p[0]))
		n++;
	bool goes_on = n < it->n && it->v[n]->kind == SPAN_WORD;
	return goes_on && item_from(it) > 0 ? n : 0;
}

/* "did Jain blame the owner": behind the name of a person come a verb that no table has and what it
 * is about. */
static int add_speaker_of(struct phrase_reader *r, const struct item *it, size_t from, size_t to)
{
	size_t at = find_speaker(r, it), words = at + 1, unknown = unknown_person(r, it);
	if (unknown) {
		words = unknown;
	} else if (at == it->n || !is_person(it->v[at]) || is_relative(r, it, at) || r->is_not ||
		   r->needs_name)
		return add_speaker(r, it, from, to);
	while (words < it->n &&
	       (is_post(r, it->v[words]) || reader_has(r, it->v[words], ROLE_EMPTY)))
		words++;
	struct item who = {it->v, words}, what = {it->v + words, it->n - words};
	if (!what.n)
		return add_speaker(r, it, from, to);
	r->place_from = item_from(&what);
	return add_speaker(r, &who, from, item_to(&who)) || add_about(r, &what) ? -1 : 0;
}

static int end_speaker(struct phrase_reader *r)
{
	struct item it;
	size_t from = r->place_from;
	for (size_t at = 0; next_item(r, &at, &it);) {
		size_t end = item_to(&it);
		if (at == r->n_held && r->verb_to > end)
			end = r->verb_to;
		if (add_speaker_of(r, &it, from, end))
			return -1;
		from = end;
	}
	return 0;
}

/* --- what it is about --- */

/* An issue by name of which one can be for or against; a place or a field is only spoken of, and
 * the words find more of it. */
static bool is_issue(const struct phrase_span *s)
{
	bool is_actor = s->actors.n > 0 && !span_is_anonymous(s);
	return s->issues.n > 0 && s->issues.v[0].issue.kind != ISSUE_PLACE && !is_actor;
}

/* Is it what the issue is called? What it is found by otherwise is often narrower, and then its
 * words are searched. */
static bool is_label(struct phrase_reader *r, const struct phrase_span *s)
{
	for (size_t i = 0; i < s->issues.n; i++) {
		struct str label = str_fold(r->a, s->issues.v[i].issue.label);
		struct str name = str_fold(r->a, span_text(r, s));
		if (label.p && name.p && str_eq(label, name))
			return true;
	}
	return false;
}

static int add_words(struct phrase_reader *r, const struct item *it, struct str *out)
{
	*out = STR_EMPTY;
	for (size_t i = 0; i < it->n; i++) {
		const struct phrase_span *s = it->v[i];
		const char *mark = s->kind == SPAN_QUOTED ? "\"" : "";
		if (note_mended(r, s))
			return -1;
		*out = arena_printf(r->a, "%.*s%s%s%.*s%s", STR_ARG(*out), out->n ? " " : "", mark,
				    STR_ARG(span_text(r, s)), mark);
		if (!out->p)
			return arena_full(r->e);
	}
	return 0;
}

/* A position on a noun phrase of some text is told by that text. 1, 0, or -1 with the error. */
static int is_open_issue(struct phrase_reader *r, struct str name)
{
	struct issue_matches found;
	return lookup_issues(r->names, name, &found, r->e) ? -1 : found.n > 0;
}

/* What may be left out of it when nothing has all of it. */
static void keep_topic(struct phrase_reader *r, const struct item *it, size_t term)
{
	struct phrase_topic *t = &r->out->topic;
	if (t->n || it->n > PHRASE_TOPIC_MAX)
		return;
	t->term = term;
	for (size_t i = 0; i < it->n; i++) {
		const struct phrase_span *s = it->v[i];
		bool is_name_of = s->kind == SPAN_NAME || s->kind == SPAN_QUOTED;
		t->v[i] = span_text(r, s);
		t->is_name[i] = is_name_of;
		t->is_actor[i] = is_name_of && s->actors.n && !span_is_anonymous(s);
		if (is_name_of && s->actors.n && is_country(s))
			t->country[i] = s->actors.v[0].actor.id;
		if (is_name_of && is_issue(s) && s->to - s->from > 1 && !is_label(r, s))
			t->issue[i] = s->issues.v[0].issue.label;
	}
	t->n = it->n;
}

static int add_about(struct phrase_reader *r, const struct item *it)
{
	const struct phrase_span *s = it->v[0];
	size_t from = r->place_from < s->from ? r->place_from : s->from;
	struct str words;
	if (it->n == 1 && is_issue(s) && (r->clause || r->is_not || is_label(r, s)) &&
	    !(s->kind == SPAN_NAME && s->mended.n))
		return reader_add(r, STR("issue"), negated(r, span_text(r, s)), from, s->to);
	if (r->clause && it->n > 1) {
		struct str name = words_text(r, s->from, item_to(it));
		int known = is_open_issue(r, name);
		if (known)
			return known < 0 ? -1
					 : reader_add(r, STR("issue"), negated(r, name), from,
						      item_to(it));
	}
	if (it->n == 1 && s->kind == SPAN_QUOTED && !r->is_not)
		return reader_add(r, STR("text"), span_text(r, s), from, s->to);
	if (it->n == 1 && s->outlet.n && !s->actors.n)
		return reader_add(r, STR("outlet"), negated(r, s->outlet), from, s->to);
	if (r->is_not) {
		reader_leave(r, s->from, item_to(it));
		return reader_note(r, STR("what no issue is called cannot be excluded"));
	}
	if (add_words(r, it, &words))
		return -1;
	size_t before = r->out->n;
	if (reader_add(r, STR("about"), words, from, item_to(it)))
		return -1;
	if (r->out->n > before)
		keep_topic(r, it, before);
	return 0;
}

/* Are there several items, each an issue by name? Then any of them; and so where "or" joins. */
static bool are_issues(const struct phrase_reader *r)
{
	struct item it;
	for (size_t at = 0; next_item(r, &at, &it);)
		if (it.n > 1 || !is_issue(it.v[0]))
			return false;
	return true;
}

static bool has_or(const struct phrase_reader *r)
{
	for (size_t i = 0; i < r->n_held; i++)
		if (reader_is(r, r->held[i], "or"))
			return true;
	return false;
}

/* "tariffs or giraffes": one condition of alternatives. */
static int add_alternatives(struct phrase_reader *r)
{
	struct item it;
	struct str all = STR_EMPTY, words;
	for (size_t at = 0; next_item(r, &at, &it);) {
		if (add_words(r, &it, &words))
			return -1;
		all = arena_printf(r->a, "%.*s%s%.*s", STR_ARG(all), all.n ? " | " : "",
				   STR_ARG(words));
		if (!all.p)
			return arena_full(r->e);
	}
	return reader_add(r, STR("about"), all, r->place_from, r->held[r->n_held - 1]->to);
}

static int end_about(struct phrase_reader *r)
{
	struct item it;
	if (!are_issues(r) && has_or(r) && !r->is_not)
		return add_alternatives(r);
	for (size_t at = 0; next_item(r, &at, &it);)
		if (add_about(r, &it))
			return -1;
	return 0;
}

/* --- towards whom --- */

/* Is it about one actor and nothing else? */
static bool is_actor_alone(const struct phrase_reader *r)
{
	struct item it;
	for (size_t at = 0; next_item(r, &at, &it);)
		if (it.n > 1 || !is_name(it.v[0]) || span_is_anonymous(it.v[0]) ||
		    is_issue(it.v[0]))
			return false;
	return true;
}

static int end_actors(struct phrase_reader *r, struct str parameter)
{
	struct item it;
	size_t from = r->place_from;
	for (size_t at = 0; next_item(r, &at, &it);) {
		size_t name = find_speaker(r, &it);
		struct str value = name < it.n ? span_text(r, it.v[name])
					       : words_text(r, item_from(&it), item_to(&it));
		if ((name < it.n && note_mended(r, it.v[name])) ||
		    reader_add(r, parameter, negated(r, value), from, item_to(&it)))
			return -1;
		from = item_to(&it);
	}
	return 0;
}

/* "act=DENY,act=REJECT" */
static int add_said(struct phrase_reader *r, struct str said, size_t from, size_t to)
{
	struct str one, name;
	while (str_split(&said, ',', &one)) {
		if (!str_split(&one, '=', &name))
			continue;
		if (reader_add(r, name, one, from, to))
			return -1;
	}
	return 0;
}

static int end_clause(struct phrase_reader *r)
{
	const struct phrase_clause *c = r->clause;
	bool to_actor = r->n_held > 0 ? is_actor_alone(r)
				      : str_eq(c->parameter, STR("target")); /* "was accused" */
	size_t after = r->place_from + r->words[r->place_from].length;
	if (add_said(r, to_actor ? c->to_actor : c->else_also, r->place_from, after))
		return -1;
	if (r->n_held == 0)
		return 0;
	return to_actor ? end_actors(r, STR("target")) : end_about(r);
}

static int end_texts(struct phrase_reader *r, struct str parameter)
{
	struct item it = {r->held, r->n_held};
	struct str value =
		it.n == 1 ? span_text(r, it.v[0]) : words_text(r, item_from(&it), item_to(&it));
	return reader_add(r, parameter, value, r->place_from, item_to(&it));
}

/* As the outlet writes itself; a name that printed nothing empties the answer, which says so. */
static int end_outlets(struct phrase_reader *r)
{
	struct item it;
	size_t from = r->place_from;
	for (size_t at = 0; next_item(r, &at, &it); from = item_to(&it)) {
		bool is_known = it.v[0]->outlet.n > 0;
		struct item rest = {it.v + 1, is_known ? it.n - 1 : 0};
		struct str name =
			is_known ? it.v[0]->outlet : words_text(r, item_from(&it), item_to(&it));
		size_t end = is_known ? it.v[0]->to : item_to(&it);
		if (reader_add(r, STR("outlet"), negated(r, name), from, end) ||
		    (rest.n && add_about(r, &rest)))
			return -1;
	}
	return 0;
}

/* --- no place --- */

/* Who speaks more than once in what is stored, or is named in full, may be who is asked for; who is
 * named in passing is likelier what is asked about. */
static bool is_known_speaker(const struct phrase_span *s)
{
	const uint32_t often = s->to - s->from > 1 ? 1 : 2;
	return is_name(s) && !span_is_anonymous(s) && !is_issue(s) &&
	       s->actors.v[0].actor.statement_count >= often;
}

/* Somebody else; "health" of "health secretary" is an issue by name and part of the post. */
static bool is_other_name(const struct phrase_reader *r, const struct phrase_span *s)
{
	return is_name(s) && !span_is_anonymous(s) && !is_post(r, s);
}

/* The name with the post beside it: "Tunisian prime minister niqab", "president trump tariffs". */
static void with_post(const struct phrase_reader *r, size_t name, size_t *first, size_t *n)
{
	enum { WORDS_OF_POST = 4 };
	size_t from = name, to = name + 1;
	for (size_t i = name + 1; i < r->n_held && i <= name + WORDS_OF_POST; i++) {
		if (is_other_name(r, r->held[i]))
			break;
		if (is_post(r, r->held[i]) || reader_has(r, r->held[i], ROLE_RELATIVE))
			to = i + 1;
	}
	/* "senator Quux Iran": a word that nothing explains is whose post it is. */
	for (size_t i = name; i-- > 0 && name - i <= WORDS_OF_POST;) {
		if (is_post(r, r->held[i]))
			from = i;
		else if (r->held[i]->kind == SPAN_WORD && !is_person(r->held[name]))
			break;
	}
	*first = from;
	*n = to - from;
}

/* "Tunisian prime minister", "khashoggi fiancee": words that make it who speaks. */
static bool has_office(const struct phrase_reader *r, size_t name)
{
	enum { WORDS_BEFORE_POST = 2 };
	if (is_person(r->held[name]))
		return name + 1 < r->n_held && reader_has(r, r->held[name + 1], ROLE_RELATIVE);
	for (size_t i = name + 1; i < r->n_held && i <= name + 1 + WORDS_BEFORE_POST; i++) {
		if (is_post(r, r->held[i]))
			return true;
		if (is_other_name(r, r->held[i]))
			return false;
	}
	return false;
}

/* "Ohio governor": a name that nobody has and a post, and nothing else. */
static bool is_post_alone(const struct phrase_reader *r)
{
	enum { WORDS_OF_NAME = 2 };
	size_t n = r->n_held;
	return n > 1 && n <= WORDS_OF_NAME + 1 && is_post(r, r->held[n - 1]) &&
	       is_capital(r->words[r->held[0]->from].text.p[0]) && !is_post(r, r->held[0]);
}

static int end_open(struct phrase_reader *r)
{
	size_t speaker = r->n_held, n = 0, n_speaking = 0;
	for (size_t i = 0; i < r->n_held; i++)
		if (is_name(r->held[i]) && !is_issue(r->held[i])) {
			n++;
			n_speaking += r->held[i]->actors.v[0].actor.statement_count > 0;
		}
	bool is_versus = r->out->wish == WISH_COMPARE;
	r->out->is_keywords = true;
	/* One name alone, or two against each other. */
	if ((r->n_held == 1 && n == 1) || is_versus)
		return end_speaker(r);
	for (size_t i = r->n_held; i-- > 0;)
		if (is_known_speaker(r->held[i]) ||
		    (is_name(r->held[i]) && !is_issue(r->held[i]) &&
		     (has_office(r, i) ||
		      (n_speaking == 1 && r->held[i]->actors.v[0].actor.statement_count))))
			speaker = i;
	if (speaker == r->n_held && n_speaking == 0 && r->n_held > 1 && r->held[0]->is_stranger)
		speaker = 0;
	if (speaker == r->n_held && is_post_alone(r))
		return end_speaker(r);
	/* "senator Quux Iran": somebody unknown is asked about, not the country. */
	bool is_post_of_other = r->n_held > 2 && is_post(r, r->held[0]) &&
				r->held[1]->kind == SPAN_WORD && speaker > 1;
	if (is_post_of_other && speaker < r->n_held && !is_person(r->held[speaker]))
		speaker = r->n_held;
	if (speaker == r->n_held || r->held[speaker]->kind == SPAN_QUOTED)
		return end_about(r);
	size_t first, n_of;
	with_post(r, speaker, &first, &n_of);
	const struct phrase_span *of[PHRASE_WORDS_MAX];
	memcpy(of, &r->held[first], n_of * sizeof of[0]);
	struct item one = {of, n_of};
	if (add_speaker(r, &one, item_from(&one), item_to(&one)))
		return -1;
	memmove(&r->held[first], &r->held[first + n_of],
		(r->n_held - first - n_of) * sizeof r->held[0]);
	r->n_held -= n_of;
	if (!r->n_held)
		return 0;
	r->place_from = r->held[0]->from;
	return end_about(r);
}

int place_end(struct phrase_reader *r)
{
	if (r->clause)
		return end_clause(r);
	switch (r->place) {
	case PLACE_SPEAKER:
		return end_speaker(r);
	case PLACE_ABOUT:
		return end_about(r);
	case PLACE_TARGET:
		return is_actor_alone(r) ? end_actors(r, STR("target")) : end_about(r);
	case PLACE_ADDRESSEE:
		return end_actors(r, STR("addressee"));
	case PLACE_TEXT:
		return end_texts(r, STR("text"));
	case PLACE_ROLE:
		return end_texts(r, STR("role"));
	case PLACE_OUTLET:
		return end_outlets(r);
	case PLACE_OPEN:
		break;
	}
	return end_open(r);
}
