/* Who is called so: persons whose post or relation, as articles give it beside the name, has the
 * words that a question gives ("mayor London", "Khashoggi fiancée", "NATO"). One thread; memory in
 * the arena. */
#ifndef DEMARCHE_API_QUERY_HOLDER_H
#define DEMARCHE_API_QUERY_HOLDER_H

#include "base/arena.h"
#include "db/store.h"

enum { HOLDERS_MAX = 12 };

struct holder_list {
	struct str country; /* whose post it is, by id: persons of others are none; "" for any */
	struct str ids[HOLDERS_MAX], names[HOLDERS_MAX];
	size_t n;
};

/* Once, and where there is room. */
void holders_add(struct holder_list *h, const struct actor *a);
/* Of the newest statements near which the words stand, those that are current, each once. A word
 * stands for longer ones that begin so, and a plural for its singular: "democrats" finds
 * "Democratic". 0, or -1 with *e. */
int holders_find(struct reader *r, struct str words, struct arena *a, struct holder_list *out,
		 struct err *e) MUST_CHECK;

#endif
