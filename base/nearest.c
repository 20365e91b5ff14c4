/* The nearest name. */
#include "base/nearest.h"

#include "base/utf8.h"

struct nearest nearest_start(struct str word)
{
	size_t third = word.n / 3;
	return (struct nearest){
		.word = word, .best = STR_EMPTY, .least = (third > 2 ? third : 2) + 1};
}

void nearest_try(struct nearest *n, struct str candidate)
{
	size_t d = str_distance(n->word, candidate);
	/* A name that shares no letter with a short word is not near it. */
	if (d < n->least && d < candidate.n && d < n->word.n) {
		n->least = d;
		n->best = candidate;
	}
}

struct str str_clip(struct str s)
{
	enum { SHOWN = 48 };
	if (s.n <= SHOWN)
		return s;
	s.n = SHOWN;
	s.n = utf8_valid_prefix(s);
	return s;
}
