/* Issues of a content: from the table, by their phrases; and salient noun phrases as open issues.
 */
#ifndef DEMARCHE_EXTRACT_ISSUE_ISSUE_H
#define DEMARCHE_EXTRACT_ISSUE_ISSUE_H

#include "extract/entity/entities.h"
#include "extract/extract.h"

struct issue_table;
struct syntax;

/* The table's issues and `extra` ones, which are copied: an extra one stands in for the table's of
 * the same id, and what several claim as their term is the extra one's. NULL with *e set when the
 * table is damaged, or ERR_TOO_LARGE. The lexicon is only needed during the call; the syntax, whose
 * word vectors tell topics, must outlive the table, or is NULL: then only terms and hints do. */
struct issue_table *issue_table_open(const struct lexicon *lx, const struct syntax *sx,
				     const struct issue *extra, size_t n_extra,
				     struct err *e) MUST_CHECK;
void issue_table_close(struct issue_table *it); /* NULL is allowed */
const struct issue *issue_table_all(const struct issue_table *it, size_t *n);

/* The issues of the content in `parts`, best first, into out->issues; of its text nothing but the
 * parse is needed. Where the content itself names none, those of what it refers to. 0, or -1 when
 * the arena is full. */
int issues_find(const struct issue_table *it, const struct entities *c, const struct range *parts,
		size_t n_parts, struct statement *out, struct arena *a) MUST_CHECK;

/* The CAP major topic of a headline or another short text, as engine_topic. 0, or -1 when the arena
 * is full. */
int issue_topic_of(const struct issue_table *it, const struct lexicon *lx, struct str words,
		   struct arena *a, struct topic *out) MUST_CHECK;

#endif
