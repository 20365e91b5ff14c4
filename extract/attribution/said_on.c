#include "extract/attribution/said_on.h"

/* Tokens on either side of the cue: subjects, places and addressees stand between ("told reporters
 * in Beijing on Friday"). */
enum { REACH = 12, SOURCE_REACH = 40 };

/* The expression that holds a token, or NULL. They are in order. */
static const struct time_expression *time_at(const struct time_list *times, uint32_t token)
{
	size_t low = 0, high = times->n;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (times->v[middle].last < token)
			low = middle + 1;
		else
			high = middle;
	}
	return low < times->n && times->v[low].first <= token ? &times->v[low] : NULL;
}

bool time_covers(const struct text *t, const struct time_list *times, struct range phrase)
{
	const struct time_expression *x;
	for (uint32_t i = phrase.last + 1; i-- > phrase.first;) {
		x = time_at(times, i);
		if (!x && t->tokens[i].tag != TAG_IN)
			return false;
		if (x)
			i = x->first > phrase.first ? x->first : phrase.first;
	}
	return true;
}

static const struct time_expression *
find_behind(const struct text *t, const struct time_list *times, const struct attribution *at)
{
	for (uint32_t i = at->head + 1; i < t->n_tokens && i <= at->cue.last + REACH; i++) {
		const struct time_expression *x = time_at(times, i);
		if (attribution_holds(at, i) || (t->tokens[i].flags & TOK_PARAGRAPH_START) ||
		    t->tokens[i].tag == TAG_STOP)
			return NULL;
		if (x)
			return x;
	}
	return NULL;
}

static const struct time_expression *
find_before(const struct text *t, const struct time_list *times, const struct attribution *at)
{
	uint32_t low = at->cue.last > REACH ? at->cue.last - REACH : 0;
	if (range_is(at->source) && at->source.first < low &&
	    at->source.first + SOURCE_REACH > at->cue.first)
		low = at->source.first;
	for (uint32_t i = at->cue.first; i-- > low;) {
		bool in_source =
			range_is(at->source) && i >= at->source.first && i <= at->source.last;
		const struct time_expression *x = time_at(times, i);
		if (attribution_holds(at, i) || t->tokens[i].tag == TAG_STOP ||
		    (t->tokens[i].tag == TAG_W && !in_source))
			return NULL;
		if (x && !in_source)
			return x;
		if (t->tokens[i].flags & (TOK_PARAGRAPH_START | TOK_SEGMENT_START))
			return NULL;
	}
	return NULL;
}

/* Days, months and years have a date of their own precision; a week, a quarter, a decade keep their
 * words alone. */
static void set_date(const struct time_expression *x, struct said_on *out)
{
	struct str value = str_of(x->value);
	size_t n = x->unit == TIME_DAY	   ? 10
		   : x->unit == TIME_MONTH ? 7
		   : x->unit == TIME_YEAR  ? 4
					   : 0;
	if (n == 0)
		return;
	out->date = str_sub(value, 0, n);
	out->precision = n == 10 ? PRECISION_DAY : n == 7 ? PRECISION_MONTH : PRECISION_YEAR;
	out->rule = x->rule;
	out->from = x->from;
	out->to = x->to;
}

void said_on_find(const struct text *t, const struct time_list *times, const struct attribution *at,
		  struct said_on *out, struct range *where)
{
	*out = (struct said_on){.text = STR_EMPTY};
	*where = RANGE_NONE;
	if (!range_is(at->cue))
		return;
	const struct time_expression *x = find_behind(t, times, at);
	if (!x)
		x = find_before(t, times, at);
	if (!x || attribution_holds(at, x->first) || attribution_holds(at, x->last))
		return;
	*where = (struct range){x->first, x->last};
	if (where->first > 0 && text_is_one_of(t, where->first - 1, "on in at during since") &&
	    !attribution_holds(at, where->first - 1))
		where->first--;
	out->text = text_range(t, where->first, where->last);
	set_date(x, out);
}
