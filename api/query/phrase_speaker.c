/* Who speaks, with posts and titles, or words for somebody who has no name. */
#include "api/query/phrase_speaker.h"

#include "api/query/phrase_about.h"

size_t speaker_find(const struct phrase_reader *r, const struct phrase_item *it)
{
	size_t found = it->n;
	for (size_t i = 0; i < it->n; i++) {
		if (!span_is_name(it->v[i]) || span_is_post(r, it->v[i]))
			continue;
		bool is_body_of = found == 0 && i == 1 && span_is_country(it->v[0]) &&
				  !span_is_country(it->v[1]);
		if (found == it->n || span_is_person(it->v[i]) || is_body_of)
			found = i;
	}
	return found;
}

/* "foreign minister" of "Chinese foreign minister", "mayor" of "mayor of London": the words beside
 * the name, whichever side has a post. */
static bool find_post(const struct phrase_reader *r, const struct phrase_item *it, size_t name,
		      size_t *from, size_t *to)
{
	*from = *to = 0;
	for (size_t i = 0; i < it->n; i++) {
		bool is_before = i < name;
		if (i == name || !span_is_post(r, it->v[i]))
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
	return to - from == 1 && long_form.n ? long_form : reader_words(r, from, to);
}

static const char note_officials[] = "officials are read as all who speak for the one named";

/* A post beside a name that is no person's. */
static int add_office(struct phrase_reader *r, const struct phrase_item *it, size_t name,
		      size_t from, size_t to)
{
	bool is_anyone = true;
	for (size_t i = from; i < to; i++)
		is_anyone &= word_has(&r->words[i], ROLE_ANYONE);
	struct str post = post_text(r, from, to), owner = span_text(r, it->v[name]);
	size_t first = from < it->v[name]->from ? from : it->v[name]->from;
	size_t last = to > it->v[name]->to ? to : it->v[name]->to;
	r->out->office = (struct phrase_office){reader_words(r, first, last), post, owner};
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
static bool is_relative(const struct phrase_reader *r, const struct phrase_item *it, size_t name)
{
	return name + 1 < it->n && span_is_person(it->v[name]) &&
	       (r->words[it->v[name]->to - 1].is_possessive ||
		reader_has(r, it->v[name + 1], ROLE_RELATIVE));
}

/* "Cooke's daughter" of "Alistair Cooke's daughter": articles call her so. */
static struct str called_text(const struct phrase_reader *r, const struct phrase_item *it)
{
	size_t from = item_from(it), owner = from;
	while (owner < item_to(it) && !r->words[owner].is_possessive && !r->words[owner].roles)
		owner++;
	bool is_owned = owner < item_to(it) && r->words[owner].is_possessive;
	return reader_words(r, is_owned ? owner : from, item_to(it));
}

static int add_relative(struct phrase_reader *r, const struct phrase_item *it, size_t from,
			size_t to)
{
	struct str words;
	if (about_words(r, it, &words))
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
static bool are_words(const struct phrase_reader *r, const struct phrase_item *it, size_t from,
		      size_t to)
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
static struct str owner_of(const struct phrase_reader *r, const struct phrase_item *it, size_t post)
{
	if (post == 0 && are_words(r, it, 1, it->n))
		return reader_words(r, it->v[1]->from, item_to(it));
	for (size_t i = post; i-- > 0;)
		if (r->words[it->v[i]->to - 1].is_possessive && are_words(r, it, 0, i + 1))
			return reader_words(r, item_from(it), it->v[i]->to);
	size_t owner = post > 0 ? 0 : it->n - 1;
	return owner == post || span_is_post(r, it->v[owner]) ? STR_EMPTY
							      : span_text(r, it->v[owner]);
}

/* Of nobody whose name is known: "officials", a post alone, or a name that the answer says is
 * unknown. */
static int add_unknown_speaker(struct phrase_reader *r, const struct phrase_item *it, size_t from,
			       size_t to)
{
	struct str text = reader_words(r, item_from(it), item_to(it));
	struct actor_matches found;
	size_t post = 0;
	while (post < it->n && !span_is_post(r, it->v[post]))
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
	return reader_note_mended(r, it->v[0])
		       ? -1
		       : reader_add(r, STR("speaker"), reader_negated(r, text), from, to);
}

static bool is_same(const struct phrase_span *a, const struct phrase_span *b)
{
	return str_eq(a->actors.v[0].actor.id, b->actors.v[0].actor.id);
}

int speaker_add(struct phrase_reader *r, const struct phrase_item *it, size_t from, size_t to)
{
	size_t at = speaker_find(r, it), post_from, post_to;
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
	if (reader_note_mended(r, s) ||
	    reader_add(r, STR("speaker"), reader_negated(r, span_text(r, s)), from, to))
		return -1;
	/* A title beside a person says nothing more. */
	if (has_post && !span_is_person(s) && !r->is_not)
		return add_office(r, it, at, post_from, post_to);
	/* Words before a name are its title where a post is among them. */
	for (size_t i = 0; i < it->n; i++) {
		bool says_who = span_is_post(r, it->v[i]) ||
				(span_is_name(it->v[i]) && !span_is_person(it->v[i])) ||
				(span_is_name(it->v[i]) && is_same(it->v[i], s));
		if (i != at && !(has_post && i < at) && !says_who)
			reader_leave(r, it->v[i]->from, it->v[i]->to);
	}
	return 0;
}

/* "did Dana Quux doubt that Trump": how many words with capitals begin it of which no table and no
 * name knows one, and behind which a small word comes; 0 for none. */
static size_t unknown_person(const struct phrase_reader *r, const struct phrase_item *it)
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
static int add_speaker_of(struct phrase_reader *r, const struct phrase_item *it, size_t from,
			  size_t to)
{
	size_t at = speaker_find(r, it), words = at + 1, unknown = unknown_person(r, it);
	if (unknown) {
		words = unknown;
	} else if (at == it->n || !span_is_person(it->v[at]) || is_relative(r, it, at) ||
		   r->is_not || r->needs_name)
		return speaker_add(r, it, from, to);
	while (words < it->n &&
	       (span_is_post(r, it->v[words]) || reader_has(r, it->v[words], ROLE_EMPTY)))
		words++;
	struct phrase_item who = {it->v, words}, what = {it->v + words, it->n - words};
	if (!what.n)
		return speaker_add(r, it, from, to);
	r->place_from = item_from(&what);
	return speaker_add(r, &who, from, item_to(&who)) || about_add(r, &what) ? -1 : 0;
}

int speaker_end(struct phrase_reader *r)
{
	struct phrase_item it;
	size_t from = r->place_from;
	for (size_t at = 0; item_next(r, &at, &it);) {
		size_t end = item_to(&it);
		if (at == r->n_held && r->verb_to > end)
			end = r->verb_to;
		if (add_speaker_of(r, &it, from, end))
			return -1;
		from = end;
	}
	return 0;
}
