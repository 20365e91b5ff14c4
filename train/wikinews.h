/* Articles of Wikinews (CC BY 2.5) as comma-separated values with a head: url,
 * date, title, text. */
#ifndef DEMARCHE_TRAIN_WIKINEWS_H
#define DEMARCHE_TRAIN_WIKINEWS_H

#include "base/arena.h"
#include "base/err.h"

struct wikinews_article {
	struct str id; /* the url after ".../wiki/" */
	struct str date, text;
};

struct wikinews {
	struct wikinews_article *v;
	size_t n;
};

/* From DATA/wikinews/2019.csv. Everything lives in `a`. 0, or -1 with *e set (ERR_INPUT,
 * ERR_TOO_LARGE). */
int wikinews_read(const char *folder, struct arena *a, struct wikinews *out,
		  struct err *e) MUST_CHECK;

#endif
