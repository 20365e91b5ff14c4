/* Text as its writer meant it: without soft hyphens and other marks that do not show, with
 * apostrophes for the marks that stand for them, a blank behind a full stop, one quotation mark
 * for two. Offsets of the original are kept by a list of edits. */
#ifndef DEMARCHE_EXTRACT_TEXT_CLEAN_H
#define DEMARCHE_EXTRACT_TEXT_CLEAN_H

#include "base/arena.h"

/* From byte `at` of the clean text on, the original is `shift` code points further. */
struct text_edit {
	uint32_t at;
	int32_t shift; /* of all edits so far */
};

struct text_edits {
	struct text_edit *v;
	size_t n, cap;
};

/* *clean is `bytes` itself where there is nothing to do, else a copy in the arena. `bytes`: valid
 * UTF-8. 0, or -1 when the arena is full. */
int text_clean(struct str bytes, struct arena *a, struct str *clean,
	       struct text_edits *edits) MUST_CHECK;

#endif
