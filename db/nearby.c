/* The hull of a statement's spans, widened on both sides, less its content. */
#include "db/nearby.h"

#include <string.h>

#include "base/utf8.h"

size_t nearby_byte_of(struct nearby *n, uint32_t point)
{
	while (n->point > point) {
		while (!utf8_is_border(n->text, --n->byte))
			;
		n->point--;
	}
	while (n->point < point && n->byte < n->text.n) {
		(void)utf8_decode(n->text, n->byte, &n->byte);
		n->point++;
	}
	return n->byte;
}

static void widen(struct span *hull, const struct spans *with)
{
	if (!with->n)
		return;
	if (with->v[0].start < hull->start)
		hull->start = with->v[0].start;
	if (with->v[with->n - 1].end > hull->end)
		hull->end = with->v[with->n - 1].end;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

struct pieces {
	char *p;
	size_t n;
};

static void put(struct pieces *to, struct str s)
{
	if (!s.n)
		return;
	if (to->n)
		to->p[to->n++] = '\n';
	memcpy(to->p + to->n, s.p, s.n);
	to->n += s.n;
}

/* Without the part of a word at an end that was cut. */
static struct str whole_words(struct str text, size_t from, size_t to, bool cut_first,
			      bool cut_last)
{
	while (cut_first && from > 0 && from < to && !is_space(text.p[from - 1]))
		from++;
	while (cut_last && to < text.n && to > from && !is_space(text.p[to]))
		to--;
	return str_trim(str_sub(text, from, to));
}

int nearby_of(struct nearby *n, const struct statement *s, struct arena *a, struct str *out,
	      struct err *e)
{
	const struct spans *content = &s->spans.content;
	struct span hull = {UINT32_MAX, 0};
	widen(&hull, &s->spans.source);
	widen(&hull, &s->spans.cue);
	widen(&hull, content);
	if (hull.start > hull.end)
		hull.start = hull.end = 0;
	size_t first = nearby_byte_of(n, hull.start > NEARBY_REACH ? hull.start - NEARBY_REACH : 0);
	size_t last = nearby_byte_of(n, hull.end + NEARBY_REACH);
	struct pieces to = {.p = arena_alloc(a, n->title.n + (last - first) + content->n + 3)};
	if (!to.p)
		return arena_full(e);
	put(&to, n->title);
	size_t from = first;
	for (size_t i = 0; i < content->n; i++) {
		size_t start = nearby_byte_of(n, content->v[i].start);
		if (start > from)
			put(&to, whole_words(n->text, from, start, from == first, false));
		size_t end = nearby_byte_of(n, content->v[i].end);
		from = end > from ? end : from;
	}
	if (last > from)
		put(&to, whole_words(n->text, from, last, false, true));
	*out = (struct str){to.p, to.n};
	return 0;
}
