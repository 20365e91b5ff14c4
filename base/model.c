/* The one fact of the model that is made of another. */
#include "base/model.h"

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
