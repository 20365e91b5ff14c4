/* Accept headers: ranges with weights; the most specific one that fits an offer gives its weight.
 */
#include "api/accept.h"

#include <string.h>

enum { WEIGHT_ONE = 1000 };

/* "0.8" as 800; what is no weight counts as 1, as lenient servers do. */
static int weight(struct str s)
{
	int q = 0, unit = WEIGHT_ONE;
	if (s.n == 0 || (s.p[0] != '0' && s.p[0] != '1'))
		return WEIGHT_ONE;
	for (size_t i = 0; i < s.n && unit > 0; i++) {
		if (s.p[i] == '.')
			continue;
		if (s.p[i] < '0' || s.p[i] > '9')
			return WEIGHT_ONE;
		q += (s.p[i] - '0') * unit;
		unit /= 10;
	}
	return q > WEIGHT_ONE ? WEIGHT_ONE : q;
}

/* How exactly a range fits an offer: 3 the type, 2 "text/...", 1 anything, 0 not at all. */
static int fit(struct str range, struct str offer)
{
	if (str_eq_nocase(range, offer))
		return 3;
	if (str_eq(range, STR("*/*")))
		return 1;
	if (str_ends(range, STR("/*")) && offer.n > range.n - 1 &&
	    str_eq_nocase(str_sub(range, 0, range.n - 1), str_sub(offer, 0, range.n - 1)))
		return 2;
	return 0;
}

static int offer_weight(struct str header, struct str offer)
{
	int best_fit = 0, q = 0;
	struct str range;
	while (str_split(&header, ',', &range)) {
		struct str type, parameter;
		int w = WEIGHT_ONE;
		if (!str_split(&range, ';', &type))
			continue;
		while (str_split(&range, ';', &parameter)) {
			parameter = str_trim(parameter);
			if (str_starts(parameter, STR("q=")) || str_starts(parameter, STR("Q=")))
				w = weight(str_trim(str_sub(parameter, 2, parameter.n)));
		}
		int f = fit(str_trim(type), offer);
		if (f > best_fit) {
			best_fit = f;
			q = w;
		}
	}
	return q;
}

static int not_acceptable(struct str types, struct err *e)
{
	return err_set(e, ERR_NOT_ACCEPTABLE, NULL, "the Accept header fits none of %.*s",
		       STR_ARG(types));
}

int accept_choose(struct str header, const char *const *offers, int n, struct err *e)
{
	int best = -1, best_weight = 0;
	if (str_trim(header).n == 0)
		return 0;
	for (int i = 0; i < n; i++) {
		int w = offer_weight(header, str_of(offers[i]));
		if (w > best_weight) {
			best = i;
			best_weight = w;
		}
	}
	if (best < 0) {
		char list[200] = "";
		for (int i = 0; i < n; i++) {
			size_t used = strlen(list);
			if (used + strlen(offers[i]) + 3 > sizeof list)
				break;
			if (i)
				memcpy(list + used, ", ", 3);
			memcpy(list + strlen(list), offers[i], strlen(offers[i]) + 1);
		}
		not_acceptable(str_of(list), e);
	}
	return best;
}

int accept_check(struct str header, const char *produces, struct err *e)
{
	struct str types = produces ? str_of(produces) : STR("application/json"), rest = types,
		   type;
	if (str_trim(header).n == 0 || str_eq(types, STR("*")))
		return 0;
	while (str_split(&rest, ',', &type))
		if (offer_weight(header, str_trim(type)) > 0)
			return 0;
	return not_acceptable(types, e);
}
