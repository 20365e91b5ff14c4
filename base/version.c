/* The order of versions, part by part. */
#include "base/version.h"

#include <string.h>

static struct str before(struct str s, char end)
{
	const char *at = s.n ? memchr(s.p, end, s.n) : NULL;
	return at ? str_sub(s, 0, (size_t)(at - s.p)) : s;
}

static bool is_number(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n > 0;
}

/* However long: without leading zeros the longer one is the greater. */
static int compare_numbers(struct str a, struct str b)
{
	while (a.n && *a.p == '0')
		a = str_sub(a, 1, a.n);
	while (b.n && *b.p == '0')
		b = str_sub(b, 1, b.n);
	if (a.n != b.n)
		return a.n < b.n ? -1 : 1;
	return a.n ? memcmp(a.p, b.p, a.n) : 0;
}

/* Numbers come before words. */
static int compare_parts(struct str a, struct str b)
{
	bool a_counts = is_number(a), b_counts = is_number(b);
	if (a_counts && b_counts)
		return compare_numbers(a, b);
	return a_counts != b_counts ? (b_counts ? 1 : -1) : str_cmp(a, b);
}

/* Part by part; of two that agree so far the shorter one is older. */
static int compare_lists(struct str a, struct str b, bool is_padded)
{
	struct str x, y;
	for (;;) {
		bool has_x = str_split(&a, '.', &x), has_y = str_split(&b, '.', &y);
		if (!has_x && !has_y)
			return 0;
		if (!is_padded && has_x != has_y)
			return has_x ? 1 : -1;
		int order = compare_parts(has_x ? x : STR("0"), has_y ? y : STR("0"));
		if (order)
			return order;
	}
}

int version_compare(struct str a, struct str b)
{
	if (!a.n || !b.n)
		return (a.n > 0) - (b.n > 0);
	a = before(a, '+');
	b = before(b, '+');
	struct str x = before(a, '-'), y = before(b, '-');
	int order = compare_lists(x, y, true);
	if (order)
		return order;
	if (x.n == a.n || y.n == b.n)
		return (x.n == a.n) - (y.n == b.n);
	return compare_lists(str_sub(a, x.n + 1, a.n), str_sub(b, y.n + 1, b.n), false);
}
