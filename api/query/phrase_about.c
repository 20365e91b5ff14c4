/* What a question is about: issues by name, else words to search for. */
#include "api/query/phrase_about.h"

#include "base/fold.h"

/* An issue by name of which one can be for or against; a place or a field is only spoken of, and
 * the words find more of it. */
bool span_is_issue(const struct phrase_span *s)
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

int about_words(struct phrase_reader *r, const struct phrase_item *it, struct str *out)
{
	*out = STR_EMPTY;
	for (size_t i = 0; i < it->n; i++) {
		const struct phrase_span *s = it->v[i];
		const char *mark = s->kind == SPAN_QUOTED ? "\"" : "";
		if (reader_note_mended(r, s))
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
static void keep_topic(struct phrase_reader *r, const struct phrase_item *it, size_t term)
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
		if (is_name_of && s->actors.n && span_is_country(s))
			t->country[i] = s->actors.v[0].actor.id;
		if (is_name_of && span_is_issue(s) && s->to - s->from > 1 && !is_label(r, s))
			t->issue[i] = s->issues.v[0].issue.label;
	}
	t->n = it->n;
}

int about_add(struct phrase_reader *r, const struct phrase_item *it)
{
	const struct phrase_span *s = it->v[0];
	size_t from = r->place_from < s->from ? r->place_from : s->from;
	struct str words;
	if (it->n == 1 && span_is_issue(s) && (r->clause || r->is_not || is_label(r, s)) &&
	    !(s->kind == SPAN_NAME && s->mended.n))
		return reader_add(r, STR("issue"), reader_negated(r, span_text(r, s)), from, s->to);
	if (r->clause && it->n > 1) {
		struct str name = reader_words(r, s->from, item_to(it));
		int known = is_open_issue(r, name);
		if (known)
			return known < 0 ? -1
					 : reader_add(r, STR("issue"), reader_negated(r, name),
						      from, item_to(it));
	}
	if (it->n == 1 && s->kind == SPAN_QUOTED && !r->is_not)
		return reader_add(r, STR("text"), span_text(r, s), from, s->to);
	if (it->n == 1 && s->outlet.n && !s->actors.n)
		return reader_add(r, STR("outlet"), reader_negated(r, s->outlet), from, s->to);
	if (r->is_not) {
		reader_leave(r, s->from, item_to(it));
		return reader_note(r, STR("what no issue is called cannot be excluded"));
	}
	if (about_words(r, it, &words))
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
	struct phrase_item it;
	for (size_t at = 0; item_next(r, &at, &it);)
		if (it.n > 1 || !span_is_issue(it.v[0]))
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
	struct phrase_item it;
	struct str all = STR_EMPTY, words;
	for (size_t at = 0; item_next(r, &at, &it);) {
		if (about_words(r, &it, &words))
			return -1;
		all = arena_printf(r->a, "%.*s%s%.*s", STR_ARG(all), all.n ? " | " : "",
				   STR_ARG(words));
		if (!all.p)
			return arena_full(r->e);
	}
	return reader_add(r, STR("about"), all, r->place_from, r->held[r->n_held - 1]->to);
}

int about_end(struct phrase_reader *r)
{
	struct phrase_item it;
	if (!are_issues(r) && has_or(r) && !r->is_not)
		return add_alternatives(r);
	for (size_t at = 0; item_next(r, &at, &it);)
		if (about_add(r, &it))
			return -1;
	return 0;
}
