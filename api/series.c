/* Groups put in every interval. */
#include "api/series.h"

#include "api/answer_parts.h"
#include "db/interval.h"

static day_t next_interval(day_t from, enum interval interval)
{
	enum { DAYS_OF_A_WEEK = 7, DAYS_OF_A_YEAR = 366 };
	struct civil c = civil_from_day(from);
	switch (interval) {
	case INTERVAL_WEEK:
		return from + DAYS_OF_A_WEEK;
	case INTERVAL_MONTH:
		return from + days_in_month(c.year, c.month);
	case INTERVAL_YEAR:
		return interval_start(from + DAYS_OF_A_YEAR, INTERVAL_YEAR);
	default:
		return from + 1;
	}
}

static bool is_same_actor(const struct actor *x, const struct actor *y)
{
	return x == y || (x && y && str_eq(x->id, y->id));
}

static bool is_same_issue(const struct issue *x, const struct issue *y)
{
	return x == y || (x && y && str_eq(x->id, y->id));
}

static bool is_same_kind(const struct count_group *x, const struct count_group *y)
{
	return is_same_actor(x->speaker, y->speaker) && is_same_actor(x->country, y->country) &&
	       is_same_actor(x->target, y->target) && is_same_issue(x->issue, y->issue) &&
	       str_eq(x->outlet, y->outlet) && x->position == y->position && x->act == y->act &&
	       x->kind == y->kind && x->polarity == y->polarity;
}

static size_t place_of(const struct count_group *kinds, size_t n, const struct count_group *g)
{
	size_t at = 0;
	while (at < n && !is_same_kind(&kinds[at], g))
		at++;
	return at;
}

/* Each kind once, in the order in which they come. */
static size_t find_kinds(const struct counts *c, struct count_group *kinds, size_t most)
{
	size_t n = 0;
	for (size_t i = 0; i < c->n && n < most; i++)
		if (place_of(kinds, n, &c->v[i]) == n)
			kinds[n++] = c->v[i];
	return n;
}

/* The groups stand by interval. */
static void fill_interval(const struct counts *c, size_t *at, day_t from,
			  const struct count_group *kinds, size_t n_kinds, struct count_group *out)
{
	int64_t of = *at < c->n && c->v[*at].from == from ? c->v[*at].of : 0;
	for (size_t k = 0; k < n_kinds; k++) {
		out[k] = kinds[k];
		out[k].from = from;
		out[k].count = 0;
		out[k].of = of;
	}
	for (; *at < c->n && c->v[*at].from == from; ++*at)
		out[place_of(kinds, n_kinds, &c->v[*at])].count = c->v[*at].count;
}

int series_fill(struct counts *c, const struct stats_filter *s, struct arena *a, struct err *e)
{
	enum { KINDS_MAX = 1000 };
	const struct statement_query *q = &s->of.q;
	if (c->n == 0 || !s->interval)
		return 0;
	day_t first = c->v[0].from, last = c->v[c->n - 1].from;
	if (!s->by_said && q->published_after != DAY_NONE)
		first = interval_start(q->published_after, s->interval);
	if (!s->by_said && q->published_before != DAY_NONE)
		last = interval_start(q->published_before, s->interval);
	struct count_group *kinds = arena_array(a, KINDS_MAX, sizeof *kinds);
	if (!kinds)
		return arena_full(e);
	size_t n_kinds = find_kinds(c, kinds, KINDS_MAX), n = 0, at = 0;
	for (day_t d = first; d <= last && n <= COUNT_GROUPS_MAX; d = next_interval(d, s->interval))
		n += n_kinds;
	if (n > COUNT_GROUPS_MAX || n_kinds == KINDS_MAX)
		return err_set(e, ERR_VALUE, "fill",
			       "\"fill\" makes more than %d groups; count by less, or by longer "
			       "intervals",
			       COUNT_GROUPS_MAX);
	struct count_group *v = arena_array(a, n, sizeof *v);
	if (!v)
		return arena_full(e);
	n = 0;
	for (day_t d = first; d <= last; d = next_interval(d, s->interval), n += n_kinds)
		fill_interval(c, &at, d, kinds, n_kinds, v + n);
	c->v = v;
	c->n = c->groups = n;
	return 0;
}

int series_totals_read(struct request *rq, struct reader *r, const struct stats_filter *s,
		       struct series_totals *out, struct err *e)
{
	struct statement_filter all;
	statement_filter_init(&all);
	all.q.published_after = s->of.q.published_after;
	all.q.published_before = s->of.q.published_before;
	const struct count_query c = {.q = &all.q,
				      .interval = s->interval,
				      .by_said = s->by_said,
				      .limit = COUNT_GROUPS_MAX,
				      .until_ns = counting_deadline(rq, COUNTING_MS)};
	if (store_count(r, &c, rq->arena, &out->all, e))
		return -1;
	out->is_known = !out->all.is_partial;
	return 0;
}

int64_t series_total(const struct series_totals *t, day_t from)
{
	size_t low = 0, high = t->all.n;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (t->all.v[middle].from < from)
			low = middle + 1;
		else
			high = middle;
	}
	return low < t->all.n && t->all.v[low].from == from ? t->all.v[low].count : 0;
}
