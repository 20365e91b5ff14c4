/* What was read so far: the parameters, each once, notes, and words that are part of nothing. */
#include "api/query/phrase_reader.h"

bool reader_has(const struct phrase_reader *r, const struct phrase_span *s, unsigned roles)
{
	return s->kind == SPAN_KEY && word_has(&r->words[s->from], roles);
}

bool reader_is(const struct phrase_reader *r, const struct phrase_span *s, const char *word)
{
	return s->to - s->from == 1 && word_is(&r->words[s->from], word);
}

int reader_note(struct phrase_reader *r, struct str text)
{
	if (!text.p)
		return arena_full(r->e);
	for (size_t i = 0; i < r->out->n_notes; i++)
		if (str_eq(r->out->notes[i], text))
			return 0;
	if (r->out->n_notes < PHRASE_NOTES_MAX)
		r->out->notes[r->out->n_notes++] = text;
	return 0;
}

void reader_leave(struct phrase_reader *r, size_t from, size_t to)
{
	for (size_t i = from; i < to && r->out->n_unparsed < PHRASE_WORDS_MAX; i++)
		r->out->unparsed[r->out->n_unparsed++] = r->words[i].text;
}

static bool can_come_again(struct str name)
{
	static const char *const once[] = {"sort", "published_from", "published_to"};
	for (size_t i = 0; i < sizeof once / sizeof once[0]; i++)
		if (str_eq(name, str_of(once[i])))
			return false;
	return true;
}

static bool is_said(const struct phrase_reader *r, struct str name, struct str value)
{
	for (size_t i = 0; i < r->out->n; i++)
		if (str_eq(r->out->terms[i].name, name) &&
		    (!can_come_again(name) || str_eq(r->out->terms[i].given.value, value)))
			return true;
	return false;
}

/* One that is said already and cannot be said twice leaves its words unparsed. */
static int add_given(struct phrase_reader *r, struct str name, struct condition given, size_t from,
		     size_t to)
{
	if (is_said(r, name, given.value)) {
		if (!can_come_again(name))
			reader_leave(r, from, to);
		return 0;
	}
	if (r->out->n == PHRASE_TERMS_MAX) {
		reader_leave(r, from, to);
		return 0;
	}
	if (from < to)
		given.words = str_sub(r->text, r->words[from].from, r->words[to - 1].to);
	r->out->terms[r->out->n++] = (struct phrase_term){name, given};
	return 0;
}

void reader_sort(struct phrase_reader *r)
{
	struct phrase_term *v = r->out->terms;
	const char *end = r->text.p + r->text.n;
	for (size_t i = 1; i < r->out->n; i++)
		for (size_t k = i; k > 0; k--) {
			const char *a = v[k - 1].given.words.n ? v[k - 1].given.words.p : end;
			const char *b = v[k].given.words.n ? v[k].given.words.p : end;
			if (a <= b)
				break;
			struct phrase_term swap = v[k];
			v[k] = v[k - 1];
			v[k - 1] = swap;
			if (r->out->topic.term == k)
				r->out->topic.term = k - 1;
			else if (r->out->topic.term == k - 1)
				r->out->topic.term = k;
		}
}

int reader_add(struct phrase_reader *r, struct str name, struct str value, size_t from, size_t to)
{
	return value.p ? add_given(r, name, (struct condition){.value = value}, from, to)
		       : arena_full(r->e);
}

static int add_day(struct phrase_reader *r, struct str name, day_t day, const struct phrase_span *s)
{
	struct condition given = {.value = day_format(r->a, day), .day = day, .has_day = true};
	return given.value.p ? add_given(r, name, given, s->from, s->to) : arena_full(r->e);
}

struct str reader_said(const struct phrase_reader *r, const struct phrase_span *s)
{
	return str_sub(r->text, r->words[s->from].from, r->words[s->to - 1].to);
}

int reader_add_period(struct phrase_reader *r, const struct phrase_span *s)
{
	enum phrase_bounds b = s->bounds;
	const struct period *p = &s->period;
	int rc = 0;
	if (b == BOUNDS_FROM_FIRST || b == BOUNDS_WITHIN)
		rc = add_day(r, STR("published_from"), p->from, s);
	if (b == BOUNDS_FROM_NEXT)
		rc = add_day(r, STR("published_from"), p->to + 1, s);
	if (rc == 0 && (b == BOUNDS_TO_LAST || b == BOUNDS_WITHIN))
		rc = add_day(r, STR("published_to"), p->to, s);
	if (b == BOUNDS_TO_PREVIOUS)
		rc = add_day(r, STR("published_to"), p->from - 1, s);
	if (rc || !p->lacks_year)
		return rc;
	return reader_note(r,
			   arena_printf(r->a,
					"\"%.*s\" names no year: the latest in what is stored is "
					"meant, that of %d",
					STR_ARG(reader_said(r, s)), civil_from_day(p->from).year));
}
