/* Sources compared. */
#include "db/copies.h"

bool article_has_source(const struct article *a, struct str outlet, struct str url)
{
	bool is_known = (!outlet.n && !url.n) || (str_eq(a->outlet, outlet) && str_eq(a->url, url));
	for (size_t i = 0; i < a->n_sources && !is_known; i++)
		is_known = str_eq(a->sources[i].outlet, outlet) && str_eq(a->sources[i].url, url);
	return is_known;
}
