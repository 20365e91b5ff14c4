/* Articles that have words: candidates from the full-text index of their statements, or all, each
 * looked at. */
#include "db/sqlite/article_search.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/fold.h"
#include "db/copies.h"
#include "db/id.h"
#include "db/packed_fields.h"
#include "db/sqlite/article_row.h"
#include "db/sqlite/planner.h"

/* Of one page: time, and articles, which stay in memory. */
enum { LOOK_MS = 500, LOOKED_AT_MAX = 20000, CANDIDATES_A_DAY = 100000 };

struct searching {
	struct reader *r;
	const struct article_query *q;
	struct arena *a;
	struct article_list *out;
	int64_t until_ns;
	int64_t group; /* by its first article */
	int64_t last;  /* looked at */
	int looked_at;
	bool is_full, is_late;
};

bool article_query_searches(const struct article_query *q)
{
	return q->title.n || q->url.n || q->phrases.n || q->group;
}

static bool has_words(struct str folded_words, struct str text)
{
	struct str word;
	while (str_split(&folded_words, ' ', &word)) {
		bool is_there = false;
		for (size_t at = 0; !is_there && (at = str_find(text, word, at)) != SIZE_MAX; at++)
			is_there = at == 0 || text.p[at - 1] == ' ';
		if (!is_there)
			return false;
	}
	return true;
}

/* `part` is in lower case. */
static bool has_part(struct str part, struct str text)
{
	for (size_t at = 0; at + part.n <= text.n; at++)
		if (str_eq_nocase(str_sub(text, at, at + part.n), part))
			return true;
	return false;
}

static bool is_one_of(struct strs outlets, struct str outlet)
{
	for (size_t i = 0; i < outlets.n; i++)
		if (str_eq(outlets.v[i], outlet))
			return true;
	return false;
}

/* Did one of the outlets print it, first or later? */
static bool is_of_outlets(const struct article_query *q, const struct article *a)
{
	bool is_of = q->outlets.n == 0 || is_one_of(q->outlets, a->outlet);
	for (size_t i = 0; i < a->n_sources && !is_of; i++)
		is_of = is_one_of(q->outlets, a->sources[i].outlet);
	return is_of;
}

/* Has one of its addresses the part that is asked for? */
static bool has_url(const struct article_query *q, const struct article *a)
{
	bool has = q->url.n == 0 || has_part(q->url, a->url);
	for (size_t i = 0; i < a->n_sources && !has; i++)
		has = has_part(q->url, a->sources[i].url);
	return has;
}

/* 1, 0, or -1 with *e. */
static int fits(struct searching *s, const struct article *article, struct err *e)
{
	const struct article_query *q = s->q;
	if (!is_of_outlets(q, article) || !has_url(q, article))
		return 0;
	uint32_t copies = copies_mask(q->copies);
	if ((copies && !(copies >> (article->copy_of > 0) & 1)) ||
	    (s->group && article_group(article->id, article->copy_of) != s->group))
		return 0;
	if (q->title.n == 0)
		return 1;
	struct str title = str_fold(s->a, article->title);
	return title.p ? has_words(q->title, title) : arena_full(e);
}

/* 1 to go on, 0 when the page is full or the time is over, -1 with *e. */
static int look_at(struct searching *s, int64_t id, struct err *e)
{
	struct article *article = &s->out->v[s->out->n];
	bool asks_sources = s->q->outlets.n || s->q->url.n;
	if (article_fetch(s->r, R_ARTICLE_ROW, id, s->a, article, e) ||
	    (asks_sources && article_read_sources(s->r, s->a, article, e)))
		return -1;
	int is_fit = fits(s, article, e);
	if (is_fit < 0)
		return -1;
	s->is_full = is_fit && s->out->n == (size_t)s->q->limit;
	if (s->is_full)
		return 0;
	if (is_fit && !asks_sources && article_read_sources(s->r, s->a, article, e))
		return -1;
	s->out->n += (size_t)is_fit;
	s->last = id;
	s->is_late = ++s->looked_at == LOOKED_AT_MAX || now_monotonic_ns() > s->until_ns;
	return !s->is_late;
}

/* All, or all of the group, in the order of the page. */
static int look_at_all(struct searching *s, struct err *e)
{
	int64_t above, below;
	const struct article_query *q = s->q;
	id_bounds(q->published_after, q->published_before, q->oldest_first, q->after, &above,
		  &below);
	static const enum reader_sql texts[2][2] = {{R_ARTICLE_IDS_DOWN, R_ARTICLE_IDS_UP},
						    {R_GROUP_DOWN, R_GROUP_UP}};
	sqlite3_stmt *st = s->r->st[texts[s->group != 0][q->oldest_first]];
	sqlite3_bind_int64(st, 1, s->group ? s->group : above);
	sqlite3_bind_int64(st, 2, s->group ? above : below);
	if (s->group)
		sqlite3_bind_int64(st, 3, below);
	int row, goes_on = 1;
	while (goes_on > 0 && (row = sql_row(st, e)) > 0)
		goes_on = look_at(s, sqlite3_column_int64(st, 0), e);
	sqlite3_reset(st);
	return goes_on < 0 || (goes_on && row < 0) ? -1 : 0;
}

/* --- by the words of statements --- */

struct candidates {
	int64_t *v;
	size_t n, cap;
	day_t day;
};

static int up(const void *x, const void *y)
{
	int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
	return a < b ? -1 : a > b;
}

/* Those of a day, each once, in the order of the page. 1, 0, -1 as look_at. */
static int look_at_day(struct searching *s, struct candidates *c, struct err *e)
{
	const struct article_query *q = s->q;
	int goes_on = 1;
	if (c->n)
		qsort(c->v, c->n, sizeof *c->v, up);
	for (size_t i = 0; i < c->n && goes_on > 0; i++) {
		size_t at = q->oldest_first ? i : c->n - 1 - i;
		bool is_again = i > 0 && c->v[at] == c->v[q->oldest_first ? at - 1 : at + 1];
		bool is_past =
			q->after && (q->oldest_first ? c->v[at] <= q->after : c->v[at] >= q->after);
		if (!is_again && !is_past)
			goes_on = look_at(s, c->v[at], e);
	}
	c->n = 0;
	return goes_on;
}

static int add_candidate(struct searching *s, struct candidates *c, int64_t article, struct err *e)
{
	if (c->n == CANDIDATES_A_DAY)
		return err_set(e, ERR_TOO_LARGE, "text",
			       "too many articles of one day have these words");
	if (arena_grow(s->a, (void **)&c->v, &c->cap, c->n + 1, sizeof *c->v))
		return arena_full(e);
	c->v[c->n++] = article;
	return 0;
}

static int walk(struct searching *s, sqlite3_stmt *st, struct err *e)
{
	struct candidates c = {0};
	int row, goes_on = 1;
	while ((row = sql_row(st, e)) > 0) {
		day_t day = id_day(sqlite3_column_int64(st, 0));
		if (c.n && day != c.day && (goes_on = look_at_day(s, &c, e)) <= 0)
			break;
		c.day = day;
		if (add_candidate(s, &c, sqlite3_column_int64(st, 1), e)) {
			row = -1;
			break;
		}
	}
	sqlite3_reset(st);
	if (row < 0 || goes_on < 0)
		return -1;
	return goes_on == 0 || look_at_day(s, &c, e) >= 0 ? 0 : -1;
}

static int look_at_found(struct searching *s, struct err *e)
{
	struct plan p;
	struct statement_query of = {.phrases = s->q->phrases,
				     .said_after = DAY_NONE,
				     .said_before = DAY_NONE,
				     .published_after = s->q->published_after,
				     .published_before = s->q->published_before,
				     .oldest_first = s->q->oldest_first,
				     .limit = 1};
	day_t from = s->q->after ? id_day(s->q->after) : DAY_NONE;
	if (from != DAY_NONE && s->q->oldest_first)
		of.published_after = from;
	else if (from != DAY_NONE)
		of.published_before = from;
	if (plan_make(s->r, &of, s->a, &p, e))
		return -1;
	if (p.is_empty)
		return 0;
	p.limit = INT32_MAX - 1;
	sqlite3_stmt *st = plan_open(s->r, &p, &p.ranges[0], PLAN_ARTICLES, e);
	return st ? walk(s, st, e) : -1;
}

/* Any article of a group stands for it. */
static int find_group(struct searching *s, struct err *e)
{
	struct article named;
	struct err why = {0};
	s->group = s->q->group;
	if (!s->group || article_fetch(s->r, R_ARTICLE_ROW, s->group, s->a, &named, &why) == 0) {
		s->group = s->group ? article_group(named.id, named.copy_of) : 0;
		return 0;
	}
	return why.kind == ERR_NOT_FOUND ? 0 : err_set(e, why.kind, NULL, "%s", why.message);
}

int article_search(struct reader *r, const struct article_query *q, struct arena *a,
		   struct article_list *out, int64_t *next, struct err *e)
{
	struct searching s = {.r = r,
			      .q = q,
			      .a = a,
			      .out = out,
			      .until_ns = now_monotonic_ns() + LOOK_MS * INT64_C(1000000)};
	out->v = arena_array(a, (size_t)q->limit + 1, sizeof *out->v);
	if (!out->v)
		return arena_full(e);
	if (find_group(&s, e))
		return -1;
	if (q->phrases.n ? look_at_found(&s, e) : look_at_all(&s, e))
		return -1;
	r->was_cut |= s.is_late;
	*next = s.is_full || s.is_late ? s.last : 0;
	return 0;
}
