/* The facts of the model that are made of others. */
#include "base/model.h"

#include <string.h>

bool article_publish(struct article *a, struct str published_at)
{
	a->published_at = published_at;
	a->published_on = DAY_NONE;
	return published_at.n == 0 || day_parse(published_at, &a->published_on);
}

struct article article_of(struct str text, struct str published_at)
{
	struct article a = {.text = text};
	(void)article_publish(&a, published_at);
	return a;
}

void said_on_set_days(struct said_on *s)
{
	static const char *const rest[PRECISION_COUNT] = {"", "-01", "-01-01"};
	enum { YEAR_BYTES = 4, MONTH_BYTES = 7, DAY_BYTES = 10 };
	static const size_t lengths[PRECISION_COUNT] = {DAY_BYTES, MONTH_BYTES, YEAR_BYTES};
	char text[DAY_BYTES + 1];
	s->from = s->to = DAY_NONE;
	if (s->date.n != lengths[s->precision])
		return;
	memcpy(text, s->date.p, s->date.n);
	memcpy(text + s->date.n, rest[s->precision], strlen(rest[s->precision]) + 1);
	if (!day_parse(str_of(text), &s->from))
		return;
	struct civil c = civil_from_day(s->from);
	if (s->precision == PRECISION_YEAR)
		c.month = 12;
	if (s->precision != PRECISION_DAY)
		c.day = days_in_month(c.year, c.month);
	s->to = day_from_civil(c);
}
