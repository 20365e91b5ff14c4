/* Cutting a text into pieces, and the arithmetic of runs. */
#include "train/runs.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "train/room.h"

static bool is_word(uint32_t c)
{
	utf8proc_category_t k = utf8proc_category((utf8proc_int32_t)c);
	return (k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_LO) ||
	       (k >= UTF8PROC_CATEGORY_ND && k <= UTF8PROC_CATEGORY_NO) || c == '_';
}

static bool is_space(uint32_t c)
{
	return (c >= '\t' && c <= '\r') || (c >= 0x1C && c <= 0x1F) || c == 0x85 || c == 0x2028 ||
	       c == 0x2029 || utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_ZS;
}

/* A place in a text. */
struct place {
	struct str text;
	size_t byte;
	uint32_t point;
};

static uint32_t peek(const struct place *at, size_t *next)
{
	return at->byte < at->text.n ? utf8_decode(at->text, at->byte, next) : 0;
}

static void take(struct place *at, size_t next)
{
	at->byte = next;
	at->point++;
}

/* The next piece; with `pairs`, `` and '' are one each. False at the end. */
static bool next_piece(struct place *at, bool pairs, struct piece *out)
{
	size_t next = 0;
	while (at->byte < at->text.n && is_space(peek(at, &next)))
		take(at, next);
	if (at->byte == at->text.n)
		return false;
	*out = (struct piece){.points = {at->point, 0}, .byte = at->byte};
	uint32_t first = peek(at, &next);
	take(at, next);
	if (is_word(first)) {
		while (at->byte < at->text.n && is_word(peek(at, &next)))
			take(at, next);
	} else if (pairs && (first == '`' || first == '\'') && peek(at, &next) == first) {
		take(at, next);
	}
	out->points.end = at->point;
	out->byte_end = at->byte;
	return true;
}

struct pieces pieces_of(struct str text, struct arena *a)
{
	struct pieces p = {.text = text};
	struct piece one;
	size_t n = 0;
	for (struct place at = {.text = text}; next_piece(&at, false, &one);)
		n++;
	p.v = room_for(a, n, sizeof *p.v);
	for (struct place at = {.text = text}; next_piece(&at, false, &one);)
		p.v[p.n++] = one;
	return p;
}

/* --- runs */

static int by_start(const void *a, const void *b)
{
	const struct span *x = a, *y = b;
	return x->start != y->start ? (x->start > y->start) - (x->start < y->start)
				    : (x->end > y->end) - (x->end < y->end);
}

/* The first piece that ends after a point. */
static uint32_t piece_after(const struct pieces *p, uint32_t point)
{
	size_t low = 0, high = p->n;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (p->v[middle].points.end <= point)
			low = middle + 1;
		else
			high = middle;
	}
	return (uint32_t)low;
}

struct runs runs_of(const struct pieces *p, struct spans spans, struct arena *a)
{
	struct runs r = {.v = room_for(a, spans.n, sizeof *r.v)};
	struct span *sorted = room_for(a, spans.n, sizeof *sorted);
	for (size_t i = 0; i < spans.n; i++)
		sorted[i] = spans.v[i];
	qsort(sorted, spans.n, sizeof *sorted, by_start);
	for (size_t i = 0; i < spans.n; i++) {
		uint32_t first = piece_after(p, sorted[i].start), end = first;
		while (end < p->n && p->v[end].points.start < sorted[i].end)
			end++;
		if (end == first || sorted[i].start >= sorted[i].end)
			continue;
		if (r.n && first <= r.v[r.n - 1].end)
			r.v[r.n - 1].end = end > r.v[r.n - 1].end ? end : r.v[r.n - 1].end;
		else
			r.v[r.n++] = (struct run){first, end};
	}
	return r;
}

bool runs_equal(struct runs a, struct runs b)
{
	bool same = a.n == b.n;
	for (size_t i = 0; same && i < a.n; i++)
		same = a.v[i].first == b.v[i].first && a.v[i].end == b.v[i].end;
	return same;
}

uint32_t runs_size(struct runs r)
{
	uint32_t n = 0;
	for (size_t i = 0; i < r.n; i++)
		n += r.v[i].end - r.v[i].first;
	return n;
}

uint32_t runs_shared(struct runs a, struct runs b)
{
	uint32_t n = 0;
	for (size_t i = 0; i < a.n; i++)
		for (size_t k = 0; k < b.n; k++) {
			uint32_t first = a.v[i].first > b.v[k].first ? a.v[i].first : b.v[k].first;
			uint32_t end = a.v[i].end < b.v[k].end ? a.v[i].end : b.v[k].end;
			n += first < end ? end - first : 0;
		}
	return n;
}

/* --- directness */

/* The pieces of a content, and those in quotation marks, the marks included. */
struct quoted {
	bool is_open, has_mark;
	uint32_t inside, all;
};

enum { LEFT_MARK = 1, RIGHT_MARK, STRAIGHT_MARK };

static int mark_of(const struct pieces *p, const struct piece *one)
{
	static const struct {
		const char *words;
		int mark;
	} marks[] = {{"“", LEFT_MARK},	{"„", LEFT_MARK},      {"«", LEFT_MARK},
		     {"``", LEFT_MARK}, {"”", RIGHT_MARK},     {"‟", RIGHT_MARK},
		     {"»", RIGHT_MARK}, {"\"", STRAIGHT_MARK}, {"''", STRAIGHT_MARK}};
	struct str s = str_sub(p->text, one->byte, one->byte_end);
	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
		if (str_eq(s, str_of(marks[i].words)))
			return marks[i].mark;
	return 0;
}

static void take_piece(struct quoted *q, int mark)
{
	q->all++;
	q->has_mark = q->has_mark || mark;
	q->inside += mark || q->is_open;
	q->is_open = mark == LEFT_MARK || (mark == 0 && q->is_open) ||
		     (mark == STRAIGHT_MARK && !q->is_open);
}

enum directness runs_directness(const struct pieces *p, struct runs r)
{
	struct quoted q = {.all = 0};
	for (size_t i = 0; i < r.n; i++) {
		struct place at = {.text = {p->text.p, p->v[r.v[i].end - 1].byte_end},
				   .byte = p->v[r.v[i].first].byte};
		for (struct piece one; next_piece(&at, true, &one);)
			take_piece(&q, mark_of(p, &one));
	}
	return !q.has_mark ? INDIRECT : 2 * q.inside >= q.all ? FULL : MIXED;
}
