/* The phrases of the table of issues in a text. One thread. */
#ifndef DEMARCHE_EXTRACT_ISSUE_ISSUE_MATCH_H
#define DEMARCHE_EXTRACT_ISSUE_ISSUE_MATCH_H

#include "extract/entity/entities.h"
#include "extract/issue/issue_table.h"

/* A phrase of the table in a text. */
struct issue_phrase {
	uint32_t node, first, last; /* tokens */
};

/* Terms, hints and patterns in the text, negative contexts obeyed. */
struct issue_evidence {
	uint32_t issue;
	uint8_t sense; /* term or hint */
	uint8_t words; /* of the phrase; of a pattern's phrases together */
	bool is_label, is_name, is_pattern, is_barred;
	bool turns;			 /* as that of struct issue_use */
	struct range where[ISSUE_SLOTS]; /* in the order of the text */
	size_t n_where;
};

enum { ISSUE_EVIDENCE_MAX = 192 };

struct issue_finding {
	const struct issue_table *it;
	const struct text *t;
	const struct entities
		*es; /* of the text, or NULL: then no pattern with a country is found */
	struct arena *a;
	struct issue_phrase phrases[ISSUE_EVIDENCE_MAX];
	size_t n_phrases;
	struct issue_evidence evidence[ISSUE_EVIDENCE_MAX];
	size_t n_evidence;
	bool is_full; /* `a` was, where no -1 could say so: what is found is not whole */
};

/* Adds what stands in the parts; what goes beyond ISSUE_EVIDENCE_MAX is left. 0, or -1 when the
 * arena is full or its budget spent. */
int issue_match(struct issue_finding *f, const struct range *parts, size_t n_parts);

#endif
