/* The JSON of an issue as a user gives it: its limits, its checks, its errors. */
#ifndef DEMARCHE_API_FORMAT_JSON_ISSUE_H
#define DEMARCHE_API_FORMAT_JSON_ISSUE_H

#include "base/arena.h"
#include "base/model.h"

enum {
	ISSUE_LABEL_MAX = 100, /* code points */
	ISSUE_TERM_MAX = 200,
	ISSUE_TERMS_MAX = 100, /* of one issue */
	CAP_MAJOR_MAX = 31,    /* as the parameter "cap" takes them */
	CAP_SUB_MIN = 100,
	CAP_SUB_MAX = 3199,
};

/* Decodes one issue into *out, whose strings live in `a`. Members: label (required), parent (an
 * issue's id), cap_major, cap_sub, terms (texts in the language of data/issues.tsv); null counts as
 * absent, and a major topic that is absent is that of the sub topic. The id is made of the label.
 * Whether the parent is there is the store's to say. 0, or -1 with *e: a kind with status 400
 * (e->field names the member), ERR_TOO_LARGE. Any thread. */
int issue_decode(struct str json, struct arena *a, struct issue *out, struct err *e) MUST_CHECK;

#endif
