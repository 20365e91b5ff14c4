/* The open issue that an object of a position is. */
#ifndef DEMARCHE_EXTRACT_ISSUE_OBJECT_ISSUE_H
#define DEMARCHE_EXTRACT_ISSUE_OBJECT_ISSUE_H

#include "extract/entity/entities.h"
#include "extract/syntax/forest.h"

struct issue_table;

struct object {
	struct range phrase;  /* tokens */
	uint32_t head, times; /* how often the head stands in the article */
};

/* An issue is called by a noun phrase: a deed by what it keeps or brings, else by its noun in -ing
 * (deed.h). One noun that tells little ("the bill") is named by the nearest phrase before it that
 * tells more of the same, "the asylum bill". *out has a score and no position. 1; 0 where nothing
 * names an issue: a pronoun, one noun that is vague or that the article does not come back to; -1
 * when the arena is full. */
int issue_of_object(const struct issue_table *it, const struct forest *f, const struct entities *es,
		    const struct object *o, struct issue_hit *out, struct arena *a) MUST_CHECK;

#endif
