/* The index is some segments, newer and older ones, each with all of its words in order; of a word
 * there are the statements, rising, each with the places where it stands. The same statement in a
 * newer segment counts. A segment is a row of pages, found by its words in statement_fts_idx.
 * (https://www.sqlite.org/fts5.html, and the head of fts5_index.c) */
#include "db/sqlite/word_walk.h"

#include <string.h>

enum {
	STRUCTURE_ROW = 10, /* what segments there are */
	COOKIE_BYTES = 4,
	SEGMENT_SHIFT = 37, /* in the numbers of rows, above the page's number */
	PAGE_HEAD = 4,	    /* where its first statement is, or 0; where its list of words begins */
	WORD_MAX = 256,	    /* bytes; longer ones are FTS5's */
	SEGMENTS_MAX = 64,
	ANOTHER_COLUMN = 1, /* where places begin so, none is in the first column, the content */
};

struct bytes {
	const unsigned char *p;
	size_t at, n;
	bool failed;
};

struct page_copy {
	int64_t number;
	unsigned char *v;
	size_t n, cap;
};

/* Of one segment: the page at hand, and the statement. */
struct list {
	int64_t segment, page, last_page;
	int64_t end;		     /* the last page that the list may reach */
	struct page_copy now, ahead; /* that page, and one behind it */
	int64_t sought, behind; /* on the page `sought` all come before the statement `behind` */
	struct bytes in;	/* ends with the list, or the page */
	bool is_last;		/* page: the list ends on it */
	bool is_absolute;	/* the next statement's id: else what it is more */
	int64_t id;
	bool is_there;
	bool is_over; /* nothing is to be read behind this statement */
	bool at_end;  /* there is no statement at hand */
};

struct word_walk {
	struct reader *r;
	struct arena *a;
	unsigned char word[1 + WORD_MAX]; /* with the prefix of the main index, "0" */
	size_t word_n;
	int words;
	struct list *lists; /* the older segments first */
	size_t n;
	struct list *now;
	int64_t until; /* the next statement of another list */
};

/* As SQLite writes numbers: seven bits a byte, the highest first; the ninth byte is whole. */
static uint64_t long_number(struct bytes *b)
{
	enum { LONGEST = 9 };
	uint64_t v = 0;
	for (int i = 1; b->at < b->n; i++) {
		const unsigned char c = b->p[b->at++];
		if (i == LONGEST)
			return v << 8 | c;
		v = v << 7 | (c & 0x7f);
		if (c < 0x80)
			return v;
	}
	b->failed = true;
	return 0;
}

static inline uint64_t number(struct bytes *b)
{
	return b->at < b->n && b->p[b->at] < 0x80 ? b->p[b->at++] : long_number(b);
}

static size_t u16(const unsigned char *p)
{
	return (size_t)p[0] << 8 | p[1];
}

static int damaged(struct err *e)
{
	return err_set(e, ERR_DB, NULL, "the full-text index is damaged");
}

/* --- the word --- */

static int take_token(void *context, struct str token)
{
	struct word_walk *w = context;
	w->words += token.n && token.n <= WORD_MAX ? 1 : 2; /* as if there were several */
	if (w->words > 1)
		return 1;
	w->word[0] = '0';
	memcpy(w->word + 1, token.p, token.n);
	w->word_n = token.n + 1;
	return 0;
}

static int read_word(struct word_walk *w, struct str phrase, struct err *e)
{
	if (!w->r->tokenizer)
		w->r->tokenizer = tokenizer_open(e);
	if (!w->r->tokenizer)
		return -1;
	if (tokenizer_each(w->r->tokenizer, phrase, take_token, w) < 0)
		return err_set(e, ERR_DB, NULL, "out of memory");
	return 0;
}

/* --- pages --- */

static int copy_page(struct word_walk *w, const struct list *l, int64_t number,
		     struct page_copy *to, struct err *e)
{
	sqlite3_stmt *st = reader_prepare(w->r, STR(WORD_WALK_PAGE), e);
	if (!st)
		return -1;
	sqlite3_bind_int64(st, 1, l->segment << SEGMENT_SHIFT | number);
	int row = sql_row(st, e);
	if (row <= 0)
		return row < 0 ? -1 : damaged(e);
	struct str page = sql_column(st, 0);
	int rc = page.n < PAGE_HEAD					  ? damaged(e)
		 : arena_grow(w->a, (void **)&to->v, &to->cap, page.n, 1) ? arena_full(e)
									  : 0;
	if (rc == 0)
		memcpy(to->v, page.p, page.n);
	to->n = page.n;
	to->number = number;
	sqlite3_reset(st);
	return rc;
}

/* The page at hand; its list of words begins at *words. */
static int read_page(struct word_walk *w, struct list *l, size_t *words, struct err *e)
{
	if (l->ahead.v && l->ahead.number == l->page) {
		const struct page_copy ahead = l->ahead;
		l->ahead = l->now;
		l->now = ahead;
	} else if (copy_page(w, l, l->page, &l->now, e)) {
		return -1;
	}
	*words = u16(l->now.v + 2);
	l->in = (struct bytes){.p = l->now.v, .at = PAGE_HEAD, .n = l->now.n};
	return *words < PAGE_HEAD || *words > l->now.n ? damaged(e) : 0;
}

/* The page of the index's list of pages that `sql` finds beside the word; *page stays where there
 * is none. */
static int find_beside(struct word_walk *w, const struct list *l, struct str sql, int64_t *page,
		       struct err *e)
{
	sqlite3_stmt *st = reader_prepare(w->r, sql, e);
	if (!st)
		return -1;
	sqlite3_bind_int64(st, 1, l->segment);
	sqlite3_bind_blob(st, 2, w->word, (int)w->word_n, SQLITE_STATIC);
	int row = sql_row(st, e);
	if (row < 0)
		return -1;
	/* The lowest bit tells of something else. */
	if (row > 0)
		*page = sqlite3_column_int64(st, 0) >> 1;
	sqlite3_reset(st);
	return 0;
}

/* The first page that may have the word. */
static int find_page(struct word_walk *w, struct list *l, struct err *e)
{
	int64_t page = l->page;
	if (find_beside(w, l, STR(WORD_WALK_FIND), &page, e))
		return -1;
	l->page = page > l->page ? page : l->page;
	return 0;
}

/* Sets l->in to the word's list, on the page that was read. Words are written as what they have
 * in common with the one before, and the rest. */
static int find_word(const struct word_walk *w, struct list *l, size_t words, struct err *e)
{
	unsigned char word[WORD_MAX + 2];
	struct bytes places = {.p = l->now.v, .at = words, .n = l->in.n};
	size_t at = 0;
	l->is_over = true;
	for (bool is_first = true; places.at < places.n; is_first = false) {
		at += number(&places);
		struct bytes in = {.p = l->now.v, .at = at, .n = words};
		const size_t same = is_first ? 0 : number(&in), rest = number(&in);
		if (places.failed || in.failed || rest > in.n - in.at)
			return damaged(e);
		const size_t known = same < sizeof word ? same : sizeof word,
			     more = rest < sizeof word - known ? rest : sizeof word - known;
		memcpy(word + known, l->now.v + in.at, more);
		if (same + rest != w->word_n || memcmp(word, w->word, w->word_n) != 0)
			continue;
		in.at += rest;
		l->is_last = places.at < places.n;
		if (l->is_last)
			in.n = at + number(&places);
		if (in.n > words || in.n < in.at)
			return damaged(e);
		l->in = in;
		l->is_over = false;
		l->is_absolute = true;
		return 0;
	}
	return 0;
}

/* --- statements of a list --- */

/* The next page, with `left` bytes of the places of a statement before it at its head; the first of
 * these bytes in *first, where it is wanted. */
static int next_page(struct word_walk *w, struct list *l, size_t *left, unsigned char *first,
		     struct err *e)
{
	size_t words;
	if (l->is_last || l->page == l->last_page) {
		l->is_over = true;
		return *left ? damaged(e) : 0;
	}
	l->page++;
	if (read_page(w, l, &words, e))
		return -1;
	const size_t head = u16(l->now.v);
	const bool has_words = words < l->in.n;
	if (first && *left && words > PAGE_HEAD)
		*first = l->now.v[PAGE_HEAD];
	struct bytes places = {.p = l->now.v, .at = words, .n = l->in.n};
	const size_t end = has_words ? number(&places) : words;
	if (end > words || head > end || (head && head < PAGE_HEAD))
		return damaged(e);
	if (!head && !has_words) { /* the same statement's places, all of it */
		if (*left < words - PAGE_HEAD)
			return damaged(e);
		*left -= words - PAGE_HEAD;
		l->in.at = l->in.n = words;
		return 0;
	}
	*left = 0;
	l->is_over = !head;
	l->is_last = has_words;
	l->is_absolute = true;
	l->in.at = head;
	l->in.n = end;
	return 0;
}

/* Passes over the places, which go on behind the page, and all pages that they fill. */
static int pass_pages(struct word_walk *w, struct list *l, size_t n, struct err *e)
{
	unsigned char first = l->in.at < l->in.n ? l->in.p[l->in.at] : ANOTHER_COLUMN;
	size_t left = n - (l->in.n - l->in.at);
	unsigned char *wanted = l->in.at < l->in.n ? NULL : &first;
	for (l->in.at = l->in.n; left; wanted = NULL)
		if (next_page(w, l, &left, wanted, e))
			return -1;
	l->is_there = first != ANOTHER_COLUMN;
	return 0;
}

static inline int pass_places(struct word_walk *w, struct list *l, size_t n, struct err *e)
{
	if (n > l->in.n - l->in.at)
		return pass_pages(w, l, n, e);
	l->is_there = n && l->in.p[l->in.at] != ANOTHER_COLUMN;
	l->in.at += n;
	return 0;
}

static int turn_pages(struct word_walk *w, struct list *l, struct err *e)
{
	while (!l->is_over && l->in.at == l->in.n) {
		size_t left = 0;
		if (next_page(w, l, &left, NULL, e))
			return -1;
	}
	return 0;
}

/* The next statement that the list has, there or not: l->id; or at_end. */
static inline int next_of(struct word_walk *w, struct list *l, struct err *e)
{
	if (l->in.at == l->in.n && turn_pages(w, l, e))
		return -1;
	l->at_end = l->is_over;
	if (l->at_end)
		return 0;
	l->id = (l->is_absolute ? 0 : l->id) + (int64_t)number(&l->in);
	const uint64_t size = number(&l->in); /* its lowest bit: one that older segments have */
	l->is_absolute = false;
	return l->in.failed ? damaged(e) : pass_places(w, l, size >> 1, e);
}

/* --- all lists --- */

static int open_list(struct word_walk *w, struct list *l, struct err *e)
{
	size_t words;
	return find_page(w, l, e) || read_page(w, l, &words, e) || find_word(w, l, words, e) ||
			       next_of(w, l, e)
		       ? -1
		       : 0;
}

/* 1 where the structure is as it is read here, 0 where not, -1 with *e. The levels stand with the
 * newest first, in each the segments with the oldest first. */
static int read_structure(struct word_walk *w, struct err *e)
{
	static const unsigned char another[] = {0xff, 0, 0, 1}; /* of FTS5's newer forms */
	sqlite3_stmt *st = reader_prepare(w->r, STR(WORD_WALK_PAGE), e);
	if (!st)
		return -1;
	sqlite3_bind_int64(st, 1, STRUCTURE_ROW);
	int row = sql_row(st, e);
	if (row <= 0)
		return row;
	struct str s = sql_column(st, 0);
	struct bytes in = {.p = (const unsigned char *)s.p, .at = COOKIE_BYTES, .n = s.n};
	const bool is_known = s.n >= COOKIE_BYTES + sizeof another &&
			      memcmp(s.p + COOKIE_BYTES, another, sizeof another) != 0;
	const uint64_t levels = is_known ? number(&in) : 0, segments = is_known ? number(&in) : 0;
	if (is_known)
		number(&in); /* writes */
	w->n = segments <= SEGMENTS_MAX ? segments : 0;
	size_t end = w->n;
	for (uint64_t level = 0; level < levels && end && !in.failed; level++) {
		number(&in); /* merged */
		const uint64_t many = number(&in);
		if (many > end)
			break;
		for (uint64_t i = 0; i < many; i++) {
			struct list *l = &w->lists[end - many + i];
			l->segment = (int64_t)number(&in);
			l->page = (int64_t)number(&in);
			l->last_page = (int64_t)number(&in);
		}
		end -= many;
	}
	sqlite3_reset(st);
	return is_known && segments <= SEGMENTS_MAX && !end && !in.failed;
}

/* The list that goes on, and up to where: that with the least statement, of several the newest. */
static void choose(struct word_walk *w)
{
	w->now = NULL;
	w->until = INT64_MAX;
	for (size_t i = 0; i < w->n; i++) {
		struct list *l = &w->lists[i];
		if (l->at_end)
			continue;
		if (!w->now || l->id <= w->now->id) {
			w->until = w->now ? w->now->id : INT64_MAX;
			w->now = l;
		} else if (l->id < w->until) {
			w->until = l->id;
		}
	}
}

/* Past a statement in the lists that are older. */
static int skip_older(struct word_walk *w, int64_t id, struct err *e)
{
	for (struct list *l = w->lists; l < w->lists + w->n; l++)
		if (l != w->now && !l->at_end && l->id == id && next_of(w, l, e))
			return -1;
	return 0;
}

/* Past the statement at hand, in all lists; was it there? 1, 0, or -1 with *e. */
static int pass(struct word_walk *w, struct err *e)
{
	struct list *l = w->now;
	const int64_t id = l->id;
	const bool is_there = l->is_there, is_shared = id == w->until;
	if ((is_shared && skip_older(w, id, e)) || next_of(w, l, e))
		return -1;
	if (l->at_end || l->id >= w->until || is_shared)
		choose(w);
	return is_there;
}

int word_walk_next(struct word_walk *w, int64_t *id, struct err *e)
{
	int there = 0;
	while (w->now && there == 0) {
		*id = w->now->id;
		there = pass(w, e);
	}
	return there;
}

/* As many of the list as stand on the page at hand and are short: as next_of, one after another. */
static size_t take_near(struct list *l, int64_t until, int64_t *ids, size_t most)
{
	enum { HEAD = 2, SHORT = 0x80 }; /* two numbers of a byte */
	const unsigned char *const p = l->in.p;
	const size_t n = l->is_over || l->is_absolute ? 0 : l->in.n;
	size_t at = l->in.at, many = 0;
	int64_t id = l->id;
	bool is_there = l->is_there;
	while (many < most && id < until && at + HEAD < n && (p[at] | p[at + 1]) < SHORT) {
		const size_t places = p[at + 1] >> 1;
		if (places > n - at - HEAD)
			break;
		ids[many] = id;
		many += is_there;
		id += p[at];
		at += HEAD;
		is_there = places && p[at] != ANOTHER_COLUMN;
		at += places;
	}
	l->id = id;
	l->is_there = is_there;
	l->in.at = at;
	return many;
}

int word_walk_below(struct word_walk *w, int64_t before, int64_t *ids, size_t most, size_t *n,
		    struct err *e)
{
	size_t many = 0;
	while (many < most && w->now && w->now->id < before) {
		struct list *l = w->now;
		const int64_t until = w->until < before ? w->until : before;
		if (l->id == w->until) {
			ids[many] = l->id;
			const int there = pass(w, e);
			if (there < 0)
				return -1;
			many += (size_t)there;
			continue;
		}
		while (many < most && l->id < until && !l->at_end) {
			many += take_near(l, until, ids + many, most - many);
			if (many == most || l->id >= until)
				break;
			ids[many] = l->id;
			many += l->is_there;
			if (next_of(w, l, e))
				return -1;
		}
		if (l->at_end || l->id >= w->until)
			choose(w);
	}
	*n = many;
	return 0;
}

/* --- some statements --- */

/* Where the pages begin whose words come behind it. None between has another word. */
static int find_end(struct word_walk *w, struct list *l, struct err *e)
{
	int64_t end = l->last_page;
	if (find_beside(w, l, STR(WORD_WALK_BEHIND), &end, e))
		return -1;
	l->end = end > l->page ? end : l->page;
	return 0;
}

/* Of the list on a page, the first statement that begins there; INT64_MAX where none does. */
static int first_of(struct word_walk *w, struct list *l, int64_t page, int64_t *first,
		    struct err *e)
{
	const bool is_there = l->ahead.v && l->ahead.number == page;
	if (!is_there && (reader_spend(w->r, 1, e) || copy_page(w, l, page, &l->ahead, e)))
		return -1;
	struct bytes in = {.p = l->ahead.v, .at = u16(l->ahead.v), .n = l->ahead.n};
	*first = in.at ? (int64_t)number(&in) : INT64_MAX;
	return in.failed ? damaged(e) : 0;
}

/* The last page that begins at or before a statement, from the one at hand on, by steps that grow
 * and then by halves: no page between is read. */
static int seek_page(struct word_walk *w, struct list *l, int64_t id, int64_t *page, struct err *e)
{
	int64_t low = l->page, high = l->end + 1, step = 1, first;
	l->behind = INT64_MAX;
	while (low + 1 < high) {
		const int64_t at = step && low + step < high ? low + step : low + (high - low) / 2;
		if (first_of(w, l, at, &first, e))
			return -1;
		if (first > id) {
			high = at;
			step = 0;
			l->behind = first;
		} else {
			low = at;
			step *= 2;
		}
	}
	*page = l->sought = low;
	return 0;
}

static int turn_to(struct word_walk *w, struct list *l, int64_t id, struct err *e)
{
	int64_t page = l->page;
	size_t left = 0;
	if (l->is_over || l->is_last)
		return 0;
	if ((!l->end && find_end(w, l, e)) || seek_page(w, l, id, &page, e))
		return -1;
	if (page == l->page)
		return 0;
	l->page = page - 1;
	return next_page(w, l, &left, NULL, e) || next_of(w, l, e) ? -1 : 0;
}

/* To the statement, or the first one behind it. */
static int go_to(struct word_walk *w, struct list *l, int64_t id, struct err *e)
{
	while (!l->at_end && l->id < id) {
		const bool is_near = l->sought == l->page && id < l->behind;
		if (!is_near && turn_to(w, l, id, e))
			return -1;
		for (const int64_t page = l->page; !l->at_end && l->id < id && l->page == page;)
			if (next_of(w, l, e))
				return -1;
	}
	return 0;
}

bool word_walk_is_over(const struct word_walk *w)
{
	return !w->now;
}

int word_walk_keep(struct word_walk *w, int64_t *ids, size_t *n, struct err *e)
{
	enum { UNKNOWN, THERE, NOT_THERE };
	unsigned char *known = arena_alloc(w->a, *n + 1);
	size_t many = 0;
	if (!known)
		return arena_full(e);
	memset(known, UNKNOWN, *n + 1);
	for (struct list *l = w->lists + w->n; l-- > w->lists;)
		for (size_t i = 0; i < *n && !l->at_end; i++) {
			if (known[i] == UNKNOWN && go_to(w, l, ids[i], e))
				return -1;
			if (known[i] == UNKNOWN && !l->at_end && l->id == ids[i])
				known[i] = l->is_there ? THERE : NOT_THERE;
		}
	for (size_t i = 0; i < *n; i++)
		if (known[i] == THERE)
			ids[many++] = ids[i];
	*n = many;
	w->now = NULL;
	return 0;
}

int word_walk_open(struct reader *r, struct str phrase, struct arena *a, struct word_walk **out,
		   struct err *e)
{
	struct word_walk *w = arena_alloc(a, sizeof *w);
	*out = NULL;
	if (!w)
		return arena_full(e);
	*w = (struct word_walk){.r = r, .a = a};
	if (read_word(w, phrase, e))
		return -1;
	if (w->words != 1)
		return 0;
	w->lists = arena_array(a, SEGMENTS_MAX, sizeof *w->lists);
	if (!w->lists)
		return arena_full(e);
	int known = read_structure(w, e);
	if (known <= 0)
		return known;
	for (size_t i = 0; i < w->n; i++)
		if (open_list(w, &w->lists[i], e))
			return -1;
	choose(w);
	*out = w;
	return 0;
}
