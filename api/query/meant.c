/* What the suggestions while typing find is what an unknown name may mean. */
#include "api/query/meant.h"

#include "base/clock.h"
#include "base/fold.h"

int meant_find(struct reader *r, struct str value, enum suggested what, struct arena *a,
	       struct str *out, struct err *e)
{
	enum { LOOK_MS = 200 };
	struct suggestions found = {0};
	struct suggestion_query s = {.typed = str_fold(a, value),
				     .what = 1U << what,
				     .limit = 1,
				     .until_ns = now_monotonic_ns() + LOOK_MS * INT64_C(1000000)};
	*out = STR_EMPTY;
	if (!s.typed.p)
		return arena_full(e);
	if (s.typed.n && store_suggest(r, &s, a, &found, e))
		return -1;
	if (found.n)
		*out = found.v[0].label;
	return 0;
}
