/* Statements read: one by one, and pages by keyset over one range or merged from many. */
#include <stdlib.h>
#include <string.h>

#include "db/id.h"
#include "db/packed_fields.h"
#include "db/page.h"
#include "db/record.h"
#include "db/sqlite/block_filter.h"
#include "db/sqlite/block_read.h"
#include "db/sqlite/origin.h"
#include "db/sqlite/page_ahead.h"
#include "db/sqlite/planner.h"
#include "db/sqlite/word_walk.h"

static int read_actor(struct reader *r, int64_t key, struct arena *a, const struct actor **out,
		      struct err *e)
{
	*out = key ? name_cache_actor(&r->names, key, a, e) : NULL;
	return key && !*out ? -1 : 0;
}

static int read_names(struct reader *r, const struct raw_row *raw, int64_t reported_by,
		      const int64_t *issues, struct arena *a, struct statement *s, struct err *e)
{
	struct issue_hit *hits =
		(struct issue_hit *)s->issues; /* from record_read, ours to finish */
	if (read_actor(r, raw->speaker, a, &s->speaker, e) ||
	    read_actor(r, raw->target, a, &s->stance.target, e) ||
	    read_actor(r, raw->addressee, a, &s->addressee, e) ||
	    read_actor(r, reported_by, a, &s->reported_by, e))
		return -1;
	for (size_t i = 0; i < s->n_issues; i++) {
		hits[i].issue = name_cache_issue(&r->names, issues[i], a, e);
		if (!hits[i].issue)
			return -1;
	}
	return 0;
}

/* Of the few that are of copies, or do not tell their origin. */
static int read_article(struct reader *r, struct arena *a, struct statement *s, struct err *e)
{
	struct str *const views[] = {&s->article_title, &s->article_url, &s->outlet,
				     &s->published_at};
	enum { COPY_OF = sizeof views / sizeof views[0] };
	sqlite3_stmt *st = r->st[R_SHOWN_ARTICLE];
	bool is_full = false;
	sqlite3_bind_int64(st, 1, s->article_id);
	int row = sql_row(st, e);
	if (row <= 0)
		return row < 0 ? -1
			       : err_set(e, ERR_DB, NULL, "article %lld is missing",
					 (long long)s->article_id);
	for (int i = 0; i < COPY_OF; i++) {
		*views[i] = sql_copy(st, i, a);
		is_full |= !views[i]->p;
	}
	s->copy_of = sqlite3_column_int64(st, COPY_OF);
	sqlite3_reset(st);
	return is_full ? arena_full(e) : 0;
}

/* All three by one allocation, each with a zero byte behind it; false when the arena is full. */
static bool copy_texts(struct raw_row *raw, struct arena *a)
{
	struct str *const texts[] = {&raw->content, &raw->record, &raw->origin};
	enum { TEXTS = sizeof texts / sizeof texts[0] };
	char *p = arena_alloc(a, raw->content.n + raw->record.n + raw->origin.n + TEXTS);
	for (int i = 0; p && i < TEXTS; i++) {
		memcpy(p, texts[i]->p, texts[i]->n);
		texts[i]->p = p;
		p += texts[i]->n;
		*p++ = '\0';
	}
	return p != NULL;
}

static int make_statement(struct reader *r, struct raw_row *raw, struct arena *a,
			  struct statement *s, struct err *e)
{
	*s = (struct statement){.id = raw->id,
				.article_id = raw->article,
				.version = raw->version,
				.edit = raw->edit};
	fields_unpack(raw->fields, s);
	int64_t reported_by;
	const int64_t *issues;
	if (!copy_texts(raw, a))
		return arena_full(e);
	s->content = raw->content;
	if (record_read(raw->record, a, s, &reported_by, &issues, e) ||
	    read_names(r, raw, reported_by, issues, a, s, e))
		return -1;
	return origin_read(raw->origin, s) && !fields_are_of_copy(raw->fields)
		       ? 0
		       : read_article(r, a, s, e);
}

/* A row of STATEMENT_COLUMNS. */
static int read_statement(struct reader *r, sqlite3_stmt *st, struct arena *a, struct statement *s,
			  struct err *e)
{
	struct raw_row raw;
	page_ahead_names(r, st);
	raw_row_of(st, &raw);
	return make_statement(r, &raw, a, s, e);
}

int store_statement(struct reader *r, int64_t id, struct arena *a, struct statement *out,
		    struct err *e)
{
	if (reader_call(r, e))
		return -1;
	sqlite3_stmt *st = r->st[R_STATEMENT];
	sqlite3_bind_int64(st, 1, id);
	int row = sql_row(st, e);
	if (row <= 0)
		return row < 0 ? -1
			       : err_set(e, ERR_NOT_FOUND, NULL, "there is no statement %lld",
					 (long long)id);
	int result = read_statement(r, st, a, out, e);
	sqlite3_reset(st);
	return result;
}

/* The usual case: all from one range, in one pass. */
static int read_one_range(struct reader *r, struct plan *p, struct arena *a,
			  struct statement_list *out, int64_t *next, struct err *e)
{
	sqlite3_stmt *st = plan_open(r, p, &p->ranges[0], PLAN_STATEMENTS, e);
	size_t cap = 0, first = p->limit < 64 ? (size_t)p->limit
					      : 64; /* a page's room at once, not by doubling */
	if (!st)
		return -1;
	int row;
	int64_t ordinal = 0;
	while ((row = sql_row(st, e)) > 0 && out->n < (size_t)p->limit) {
		if (out->n == cap &&
		    arena_grow(a, (void **)&out->v, &cap, out->n + first, sizeof *out->v)) {
			row = arena_full(e);
			break;
		}
		if (read_statement(r, st, a, &out->v[out->n], e)) {
			row = -1;
			break;
		}
		ordinal = id_ordinal_key(sqlite3_column_int64(st, STATEMENT_ORDINAL),
					 out->v[out->n++].id);
	}
	sqlite3_reset(st);
	*next = row > 0 ? (p->q->article ? ordinal : out->v[out->n - 1].id) : 0;
	return row < 0 ? -1 : 0;
}

static int read_by_id(struct reader *r, int64_t id, struct arena *a, struct statement *out,
		      struct err *e)
{
	sqlite3_stmt *st = r->st[R_STATEMENT];
	sqlite3_bind_int64(st, 1, id);
	int row = sql_row(st, e);
	if (row <= 0)
		return row < 0 ? -1
			       : err_set(e, ERR_DB, NULL, "statement %lld is missing",
					 (long long)id);
	int result = read_statement(r, st, a, out, e);
	sqlite3_reset(st);
	return result;
}

static int read_by_ids(struct reader *r, const int64_t *ids, size_t n, struct arena *a,
		       struct statement_list *out, struct err *e)
{
	struct raw_row raw;
	struct str *rows = arena_array(a, n, sizeof *rows);
	out->v = arena_room(a, n, sizeof *out->v);
	if (!out->v || !rows)
		return arena_full(e);
	page_ahead_statements(r, (struct keys){ids, n});
	page_ahead_rows(r, (struct keys){ids, n}, rows);
	for (; out->n < n; out->n++) {
		struct statement *to = &out->v[out->n];
		int result = rows[out->n].n && raw_row_read(rows[out->n], ids[out->n], &raw)
				     ? make_statement(r, &raw, a, to, e)
				     : read_by_id(r, ids[out->n], a, to, e);
		if (result)
			return -1;
	}
	return 0;
}

/* The next of a plan's ranges, whose text is made and looked up for the first one. */
static sqlite3_stmt *open_next(struct reader *r, struct plan *p, size_t at,
			       enum plan_columns columns, sqlite3_stmt *st, struct err *e)
{
	if (at == 0)
		return plan_open(r, p, &p->ranges[0], columns, e);
	plan_bind(p, &p->ranges[at], st);
	return st;
}

/* The page's ids, of one range or merged from many. */
static int find_ids(struct reader *r, struct plan *p, struct arena *a, struct keys *out,
		    int64_t *next, struct err *e)
{
	struct page page;
	if (page_init(&page, a, p->limit, p->q->oldest_first, e))
		return -1;
	sqlite3_stmt *st = NULL;
	for (size_t i = 0; i < p->n_ranges; i++) {
		page_narrow(&page, &p->above, &p->below);
		st = open_next(r, p, i, PLAN_IDS, st, e);
		if (!st)
			return -1;
		int row;
		while ((row = sql_row(st, e)) > 0)
			page_add(&page, sqlite3_column_int64(st, 0));
		if (row < 0)
			return -1;
	}
	size_t n = page_end(&page, next);
	*out = (struct keys){page.ids, n};
	return 0;
}

/* Confidence and id in one number, as pages go by when they go by confidence: an id has 53 bits. */
enum { SURE_SHIFT = 53 };

static int64_t sure_key(sqlite3_stmt *st)
{
	int64_t confidence = sqlite3_column_int64(st, 1) & FIELD_CONFIDENCE_MASK;
	return confidence << SURE_SHIFT | sqlite3_column_int64(st, 0);
}

static int find_by_confidence(struct reader *r, struct plan *p, int64_t after, struct arena *a,
			      struct keys *out, int64_t *next, struct err *e)
{
	struct page page;
	if (page_init(&page, a, p->limit, p->q->oldest_first, e))
		return -1;
	p->limit = INT32_MAX - 1;
	sqlite3_stmt *st = NULL;
	for (size_t i = 0; i < p->n_ranges; i++) {
		st = open_next(r, p, i, PLAN_FIELDS, st, e);
		int row;
		if (!st)
			return -1;
		while ((row = sql_row(st, e)) > 0) {
			int64_t key = sure_key(st);
			if (!after || (p->q->oldest_first ? key > after : key < after))
				page_add(&page, key);
		}
		if (row < 0)
			return -1;
	}
	size_t n = page_end(&page, next);
	for (size_t i = 0; i < n; i++)
		page.ids[i] &= ((int64_t)1 << SURE_SHIFT) - 1;
	*out = (struct keys){page.ids, n};
	return 0;
}

/* --- a page by blocks --- */

/* Where no index leads to what is asked for, all statements would be walked, row by row: blocks are
 * walked instead. */
static bool is_by_blocks(const struct plan *p)
{
	const struct statement_query *q = p->q;
	bool is_chosen = p->where_n || q->by_confidence || q->nested == NESTED_ALONE;
	return p->driver == BY_ID && is_chosen && block_filter_fits(p);
}

struct paging {
	struct block_filter filter;
	struct page page;
	bool by_confidence;
	int64_t after; /* by confidence: the last one of the page before, or 0 */
};

static void add_place(struct paging *g, const struct block *b, size_t at)
{
	int64_t id = block_id(b, at), confidence = block_fields(b, at) & FIELD_CONFIDENCE_MASK;
	int64_t key = g->by_confidence ? confidence << SURE_SHIFT | id : id;
	if (!g->by_confidence || !g->after ||
	    (g->page.oldest_first ? key > g->after : key < g->after))
		page_add(&g->page, key);
}

/* By ids a page that is full is the page: what comes is further behind. */
static int take_block(void *context, const struct block *b, struct err *e)
{
	struct paging *g = context;
	(void)e;
	uint16_t places[BLOCK_STATEMENTS_MAX];
	const size_t n = block_filter_select(&g->filter, b, places);
	for (size_t i = 0; i < n; i++)
		add_place(g, b, places[g->page.oldest_first ? i : n - 1 - i]);
	return !g->by_confidence && g->page.n == g->page.most;
}

static int find_in_blocks(struct reader *r, struct plan *p, int64_t after, struct arena *a,
			  struct keys *out, int64_t *next, struct err *e)
{
	struct paging g = {.by_confidence = p->q->by_confidence, .after = after};
	if (page_init(&g.page, a, p->limit, p->q->oldest_first, e) ||
	    block_filter_init(&g.filter, r, p, a, e))
		return -1;
	const unsigned columns =
		g.filter.columns | BLOCK_IDS | (g.by_confidence ? BLOCK_BIT(BLOCK_SURE) : 0);
	if (blocks_walk(r, columns, p->above, p->below, !p->q->oldest_first, take_block, &g, e))
		return -1;
	size_t n = page_end(&g.page, next);
	for (size_t i = 0; i < n && g.by_confidence; i++)
		g.page.ids[i] &= ((int64_t)1 << SURE_SHIFT) - 1;
	*out = (struct keys){g.page.ids, n};
	return 0;
}

/* --- a page of what has a word --- */

/* A question's plan, and a word that is looked for in what it finds, or NULL. */
struct listing {
	struct plan plan;
	struct word_walk *word;
	int64_t after; /* the place of the page before, or 0 */
};

/* One phrase among what is said by someone on something, newest or oldest first. */
static bool may_seek_word(const struct statement_query *q)
{
	return q->phrases.n == 1 && q->speakers.n && q->issues.n && !q->n_about && !q->article &&
	       !q->ids.n && !q->by_confidence;
}

/* What the speakers say on the issues is walked, and the word looked for among that. The full text
 * would walk the lists of speakers, issues and word side by side, which
 * grow with the database, to the end where not many have all three. Of many pairs of speaker and
 * issue each bunch would be looked for in all: they are left to the full text. */
static int plan_by_word(struct reader *r, const struct statement_query *q, struct arena *a,
			struct listing *l, struct err *e)
{
	enum { RANGES_MOST = 64 };
	if (!may_seek_word(q))
		return 0;
	if (word_walk_open(r, q->phrases.v[0], a, &l->word, e))
		return -1;
	if (l->word && plan_make_by(r, q, BY_FACET, a, &l->plan, e))
		return -1;
	if (l->plan.n_ranges > RANGES_MOST)
		l->word = NULL;
	l->plan.is_empty |= l->word && word_walk_is_over(l->word);
	return 0;
}

static int by_id(const void *va, const void *vb)
{
	const int64_t a = *(const int64_t *)va, b = *(const int64_t *)vb;
	return (a > b) - (a < b);
}

struct bunch {
	struct arena *a;
	int64_t *v;
	size_t n, cap;
};

/* As many of a range as there may be in all; of the next ones none behind the last of these. */
static int add_range(struct bunch *b, struct plan *p, sqlite3_stmt *st, struct err *e)
{
	int64_t n = 0, id = 0;
	int row = 0;
	for (; n < p->limit && (row = sql_row(st, e)) > 0; n++) {
		if (arena_grow(b->a, (void **)&b->v, &b->cap, b->n + 1, sizeof *b->v))
			return arena_full(e);
		b->v[b->n++] = id = sqlite3_column_int64(st, 0);
	}
	sqlite3_reset(st);
	if (n == p->limit)
		*(p->q->oldest_first ? &p->below : &p->above) = id;
	return row < 0 ? -1 : 0;
}

/* The first p->limit ids of all ranges in the order of the page, all where there are fewer. They
 * are made to rise. */
static int find_bunch(struct reader *r, struct plan *p, struct bunch *b, struct err *e)
{
	const struct plan whole = *p;
	sqlite3_stmt *st = NULL;
	size_t n = 0;
	for (size_t i = 0; i < p->n_ranges; i++) {
		st = open_next(r, p, i, PLAN_IDS, st, e);
		if (!st || add_range(b, p, st, e))
			return -1;
	}
	p->above = whole.above;
	p->below = whole.below;
	if (!b->v)
		return 0;
	qsort(b->v, b->n, sizeof *b->v, by_id);
	for (size_t i = 0; i < b->n; i++)
		if (n == 0 || b->v[n - 1] != b->v[i])
			b->v[n++] = b->v[i];
	b->n = n < (size_t)p->limit ? n : (size_t)p->limit;
	b->v += p->q->oldest_first ? 0 : n - b->n;
	return 0;
}

/* In bunches, each much larger than the one before, until the page is full. */
static int find_with_word(struct reader *r, struct listing *l, struct arena *a, struct keys *out,
			  int64_t *next, struct err *e)
{
	enum { FIRST = 1 << 9, LARGER = 8, LARGEST = 1 << 18 };
	struct plan *p = &l->plan;
	struct page page;
	bool is_last = false;
	if (page_init(&page, a, p->limit, p->q->oldest_first, e))
		return -1;
	for (p->limit = FIRST; !is_last && page.n < page.most;
	     p->limit *= p->limit < LARGEST ? LARGER : 1) {
		struct bunch b = {.a = a};
		if (find_bunch(r, p, &b, e) ||
		    (!l->word && word_walk_open(r, p->q->phrases.v[0], a, &l->word, e)))
			return -1;
		is_last = !b.v || b.n < (size_t)p->limit;
		if (!is_last)
			*(page.oldest_first ? &p->above : &p->below) =
				b.v[page.oldest_first ? b.n - 1 : 0];
		if (word_walk_keep(l->word, b.v, &b.n, e))
			return -1;
		l->word = NULL;
		for (size_t i = 0; i < b.n; i++)
			page_add(&page, b.v[page.oldest_first ? i : b.n - 1 - i]);
	}
	*out = (struct keys){page.ids, page_end(&page, next)};
	return 0;
}

/* The listing of *whole, which is to last as long. The plan has no ranges where it is empty. */
static int plan_page(struct reader *r, struct statement_query *whole, struct arena *a,
		     struct listing *l, struct err *e)
{
	*l = (struct listing){.after = whole->after};
	if (whole->by_confidence)
		whole->after = 0; /* may be a page's place, and no id */
	if (reader_call(r, e) || plan_by_word(r, whole, a, l, e) ||
	    (!l->word && plan_make(r, whole, a, &l->plan, e)))
		return -1;
	if (l->plan.is_empty)
		l->plan.n_ranges = 0;
	return 0;
}

static int find_page(struct reader *r, struct listing *l, struct arena *a, struct keys *out,
		     int64_t *next, struct err *e)
{
	struct plan *p = &l->plan;
	if (l->word)
		return find_with_word(r, l, a, out, next, e);
	if (is_by_blocks(p))
		return find_in_blocks(r, p, l->after, a, out, next, e);
	return p->q->by_confidence ? find_by_confidence(r, p, l->after, a, out, next, e)
				   : find_ids(r, p, a, out, next, e);
}

int store_statement_ids(struct reader *r, const struct statement_query *q, struct arena *a,
			struct keys *out, int64_t *next, struct err *e)
{
	struct listing l;
	struct statement_query whole = *q;
	*out = (struct keys){0};
	*next = 0;
	if (q->article)
		return err_set(e, ERR_INTERNAL, NULL, "an article's page goes by its text");
	if (plan_page(r, &whole, a, &l, e))
		return -1;
	if (l.plan.n_ranges && find_page(r, &l, a, out, next, e))
		return -1;
	page_ahead_statements(r, *out);
	return 0;
}

/* From one range, in one pass. */
static bool is_one_pass(struct reader *r, const struct listing *l)
{
	const struct plan *p = &l->plan;
	return !p->q->by_confidence && p->n_ranges == 1 && !l->word && !is_by_blocks(p) &&
	       !(p->driver == BY_FACET && page_ahead_takes_ids(r));
}

int store_statements(struct reader *r, const struct statement_query *q, struct arena *a,
		     struct statement_list *out, int64_t *next, struct err *e)
{
	struct listing l;
	struct keys ids;
	struct statement_query whole = *q;
	*out = (struct statement_list){0};
	*next = 0;
	whole.by_confidence = q->by_confidence && !q->article;
	if (plan_page(r, &whole, a, &l, e))
		return -1;
	if (!l.plan.n_ranges)
		return 0;
	if (is_one_pass(r, &l))
		return read_one_range(r, &l.plan, a, out, next, e);
	return find_page(r, &l, a, &ids, next, e) || read_by_ids(r, ids.v, ids.n, a, out, e) ? -1
											     : 0;
}
