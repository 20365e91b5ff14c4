/* The end of a place: what has one of its own file, and the other places. */
#include "api/query/phrase_places.h"

#include <string.h>

#include "api/query/phrase_about.h"
#include "api/query/phrase_speaker.h"

bool held_speaks(const struct phrase_reader *r, bool is_verb)
{
	for (size_t i = 0; i < r->n_held; i++)
		if (span_is_name(r->held[i]))
			return true;
	const struct phrase_span *s = r->held[0];
	return s->kind != SPAN_QUOTED &&
	       (is_verb || span_is_post(r, s) || is_capital(r->words[s->from].text.p[0]));
}

/* --- towards whom --- */

/* Is it about one actor and nothing else? */
static bool is_actor_alone(const struct phrase_reader *r)
{
	struct phrase_item it;
	for (size_t at = 0; item_next(r, &at, &it);)
		if (it.n > 1 || !span_is_name(it.v[0]) || span_is_anonymous(it.v[0]) ||
		    span_is_issue(it.v[0]))
			return false;
	return true;
}

static int end_actors(struct phrase_reader *r, struct str parameter)
{
	struct phrase_item it;
	size_t from = r->place_from;
	for (size_t at = 0; item_next(r, &at, &it);) {
		size_t name = speaker_find(r, &it);
		struct str value = name < it.n ? span_text(r, it.v[name])
					       : reader_words(r, item_from(&it), item_to(&it));
		if ((name < it.n && reader_note_mended(r, it.v[name])) ||
		    reader_add(r, parameter, reader_negated(r, value), from, item_to(&it)))
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
	return to_actor ? end_actors(r, STR("target")) : about_end(r);
}

static int end_texts(struct phrase_reader *r, struct str parameter)
{
	struct phrase_item it = {r->held, r->n_held};
	struct str value =
		it.n == 1 ? span_text(r, it.v[0]) : reader_words(r, item_from(&it), item_to(&it));
	return reader_add(r, parameter, value, r->place_from, item_to(&it));
}

/* As the outlet writes itself; a name that printed nothing empties the answer, which says so. */
static int end_outlets(struct phrase_reader *r)
{
	struct phrase_item it;
	size_t from = r->place_from;
	for (size_t at = 0; item_next(r, &at, &it); from = item_to(&it)) {
		bool is_known = it.v[0]->outlet.n > 0;
		struct phrase_item rest = {it.v + 1, is_known ? it.n - 1 : 0};
		struct str name =
			is_known ? it.v[0]->outlet : reader_words(r, item_from(&it), item_to(&it));
		size_t end = is_known ? it.v[0]->to : item_to(&it);
		if (reader_add(r, STR("outlet"), reader_negated(r, name), from, end) ||
		    (rest.n && about_add(r, &rest)))
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
	return span_is_name(s) && !span_is_anonymous(s) && !span_is_issue(s) &&
	       s->actors.v[0].actor.statement_count >= often;
}

/* Somebody else; "health" of "health secretary" is an issue by name and part of the post. */
static bool is_other_name(const struct phrase_reader *r, const struct phrase_span *s)
{
	return span_is_name(s) && !span_is_anonymous(s) && !span_is_post(r, s);
}

/* The name with the post beside it: "Tunisian prime minister niqab", "president trump tariffs". */
static void with_post(const struct phrase_reader *r, size_t name, size_t *first, size_t *n)
{
	enum { WORDS_OF_POST = 4 };
	size_t from = name, to = name + 1;
	for (size_t i = name + 1; i < r->n_held && i <= name + WORDS_OF_POST; i++) {
		if (is_other_name(r, r->held[i]))
			break;
		if (span_is_post(r, r->held[i]) || reader_has(r, r->held[i], ROLE_RELATIVE))
			to = i + 1;
	}
	/* "senator Quux Iran": a word that nothing explains is whose post it is. */
	for (size_t i = name; i-- > 0 && name - i <= WORDS_OF_POST;) {
		if (span_is_post(r, r->held[i]))
			from = i;
		else if (r->held[i]->kind == SPAN_WORD && !span_is_person(r->held[name]))
			break;
	}
	*first = from;
	*n = to - from;
}

/* "Tunisian prime minister", "khashoggi fiancee": words that make it who speaks. */
static bool has_office(const struct phrase_reader *r, size_t name)
{
	enum { WORDS_BEFORE_POST = 2 };
	if (span_is_person(r->held[name]))
		return name + 1 < r->n_held && reader_has(r, r->held[name + 1], ROLE_RELATIVE);
	for (size_t i = name + 1; i < r->n_held && i <= name + 1 + WORDS_BEFORE_POST; i++) {
		if (span_is_post(r, r->held[i]))
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
	return n > 1 && n <= WORDS_OF_NAME + 1 && span_is_post(r, r->held[n - 1]) &&
	       is_capital(r->words[r->held[0]->from].text.p[0]) && !span_is_post(r, r->held[0]);
}

static int end_open(struct phrase_reader *r)
{
	size_t speaker = r->n_held, n = 0, n_speaking = 0;
	for (size_t i = 0; i < r->n_held; i++)
		if (span_is_name(r->held[i]) && !span_is_issue(r->held[i])) {
			n++;
			n_speaking += r->held[i]->actors.v[0].actor.statement_count > 0;
		}
	bool is_versus = r->out->wish == WISH_COMPARE;
	r->out->is_keywords = true;
	/* One name alone, or two against each other. */
	if ((r->n_held == 1 && n == 1) || is_versus)
		return speaker_end(r);
	for (size_t i = r->n_held; i-- > 0;)
		if (is_known_speaker(r->held[i]) ||
		    (span_is_name(r->held[i]) && !span_is_issue(r->held[i]) &&
		     (has_office(r, i) ||
		      (n_speaking == 1 && r->held[i]->actors.v[0].actor.statement_count))))
			speaker = i;
	if (speaker == r->n_held && n_speaking == 0 && r->n_held > 1 && r->held[0]->is_stranger)
		speaker = 0;
	if (speaker == r->n_held && is_post_alone(r))
		return speaker_end(r);
	/* "senator Quux Iran": somebody unknown is asked about, not the country. */
	bool is_post_of_other = r->n_held > 2 && span_is_post(r, r->held[0]) &&
				r->held[1]->kind == SPAN_WORD && speaker > 1;
	if (is_post_of_other && speaker < r->n_held && !span_is_person(r->held[speaker]))
		speaker = r->n_held;
	if (speaker == r->n_held || r->held[speaker]->kind == SPAN_QUOTED)
		return about_end(r);
	size_t first, n_of;
	with_post(r, speaker, &first, &n_of);
	const struct phrase_span *of[PHRASE_WORDS_MAX];
	memcpy(of, &r->held[first], n_of * sizeof of[0]);
	struct phrase_item one = {of, n_of};
	if (speaker_add(r, &one, item_from(&one), item_to(&one)))
		return -1;
	memmove(&r->held[first], &r->held[first + n_of],
		(r->n_held - first - n_of) * sizeof r->held[0]);
	r->n_held -= n_of;
	if (!r->n_held)
		return 0;
	r->place_from = r->held[0]->from;
	return about_end(r);
}

int place_end(struct phrase_reader *r)
{
	if (r->clause)
		return end_clause(r);
	switch (r->place) {
	case PLACE_SPEAKER:
		return speaker_end(r);
	case PLACE_ABOUT:
		return about_end(r);
	case PLACE_TARGET:
		return is_actor_alone(r) ? end_actors(r, STR("target")) : about_end(r);
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
