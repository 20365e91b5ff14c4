/* How well found attributions go with marked ones: counts of an article, which add up, and the
 * figures read off them.
 *
 * attribution: content overlaps (shared over all pieces of both) by half, in a one-to-one pairing,
 * best overlap first, then most shared pieces of the cue; with source: and a piece of the source is
 * shared, where one is marked. Tight: content overlaps by 80 %. Span exact: each run of a role by
 * itself, however often it is told. Exact, as Citron counts (github.com/bbc/citron): the cue has
 * the same runs; source or content has, and the cues touch; all three have. */
#ifndef DEMARCHE_TRAIN_ATTRIBUTION_SCORE_H
#define DEMARCHE_TRAIN_ATTRIBUTION_SCORE_H

#include "train/runs.h"

enum { ROLE_CUE, ROLE_SOURCE, ROLE_CONTENT, ROLE_COUNT };

/* An attribution, found or marked, in code points. */
struct marked {
	struct spans role[ROLE_COUNT];
};

struct marked_list {
	struct marked *v;
	size_t n;
};

/* Groups of marked contents: by enum directness, and MIXED and FULL together. */
enum { GROUP_DIRECT = FULL + 1, GROUP_COUNT };
/* Ways to be exact: each role, and all. */
enum { EXACT_ALL = ROLE_COUNT, EXACT_COUNT };

enum count {
	COUNT_GOLD,
	COUNT_SAID,
	COUNT_PIECES,
	COUNT_MATCHED,
	COUNT_RIGHT, /* matched, and the source too */
	COUNT_TIGHT,
	COUNT_SOURCES, /* matched, with a marked source */
	COUNT_SOURCES_RIGHT,
	COUNT_SPANS_SAME,
	COUNT_SPANS_SAID = COUNT_SPANS_SAME + ROLE_COUNT,
	COUNT_SPANS_GOLD = COUNT_SPANS_SAID + ROLE_COUNT,
	COUNT_EXACT = COUNT_SPANS_GOLD + ROLE_COUNT,
	COUNT_EXACT_GOLD = COUNT_EXACT +
			   EXACT_COUNT, /* exact, and marked ones that no found one is exact with */
	COUNT_GROUP_GOLD = COUNT_EXACT_GOLD + EXACT_COUNT,
	COUNT_GROUP_MATCHED = COUNT_GROUP_GOLD + GROUP_COUNT,
	COUNT_GROUP_RIGHT = COUNT_GROUP_MATCHED + GROUP_COUNT,
	COUNT_COUNT = COUNT_GROUP_RIGHT + GROUP_COUNT
};

struct counts {
	uint32_t of[COUNT_COUNT];
};

/* Adds an article to *sum. is_right[i], if not NULL: found one i has a partner, and its source.
 * Ends the process when the arena is full. */
void attribution_count(struct str text, struct marked_list gold, struct marked_list said,
		       struct arena *a, struct counts *sum, bool *is_right);

/* A figure by its counts: precision hit / said and recall hit / gold; where `said` and `gold` are
 * one, a share. */
struct figure {
	const char *name;
	enum count hit, said, gold;
};

extern const struct figure attribution_figures[];
extern const size_t attribution_figures_n;

/* 0 to 1; 0 where nothing is there to be divided by. */
double figure_precision(const struct figure *f, const struct counts *c);
double figure_recall(const struct figure *f, const struct counts *c);
double figure_f1(const struct figure *f, const struct counts *c);

#endif
