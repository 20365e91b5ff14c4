/* What is held, item by item, and what a span of it names. */
#include "api/query/phrase_item.h"

size_t item_from(const struct phrase_item *it)
{
	return it->v[0]->from;
}

size_t item_to(const struct phrase_item *it)
{
	return it->v[it->n - 1]->to;
}

struct str reader_words(const struct phrase_reader *r, size_t from, size_t to)
{
	const struct phrase_word *first = &r->words[from], *last = &r->words[to - 1];
	if (to - from == 1)
		return first->text;
	return (struct str){first->text.p, (size_t)(last->text.p + last->text.n - first->text.p)};
}

struct str span_text(const struct phrase_reader *r, const struct phrase_span *s)
{
	return s->mended.n ? s->mended : reader_words(r, s->from, s->to);
}

int reader_note_mended(struct phrase_reader *r, const struct phrase_span *s)
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

bool item_next(const struct phrase_reader *r, size_t *at, struct phrase_item *it)
{
	while (*at < r->n_held && is_separator(r, r->held[*at]))
		++*at;
	*it = (struct phrase_item){.v = &r->held[*at]};
	while (*at < r->n_held && !is_separator(r, r->held[*at])) {
		it->n++;
		if (r->words[r->held[(*at)++]->to - 1].has_comma)
			break;
	}
	return it->n > 0;
}

struct str reader_negated(struct phrase_reader *r, struct str value)
{
	return r->is_not ? arena_printf(r->a, "!%.*s", STR_ARG(value)) : value;
}

bool span_is_name(const struct phrase_span *s)
{
	return (s->kind == SPAN_NAME || s->kind == SPAN_QUOTED) && s->actors.n > 0;
}

bool span_is_post(const struct phrase_reader *r, const struct phrase_span *s)
{
	return s->kind != SPAN_QUOTED && word_has(&r->words[s->to - 1], ROLE_POST);
}

bool span_is_country(const struct phrase_span *s)
{
	return s->actors.v[0].actor.kind == ACTOR_COUNTRY;
}

bool span_is_person(const struct phrase_span *s)
{
	return s->actors.v[0].actor.kind == ACTOR_PERSON;
}

bool is_capital(char first)
{
	return first < 'a' || first > 'z';
}
