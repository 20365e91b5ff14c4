/* What a question may name, of what is stored, besides the actors and issues by their names; a part
 * of the store's contract. Memory of results: the arena. All return 0, or -1 with *e. */
#ifndef DEMARCHE_DB_RECORD_NAMES_H
#define DEMARCHE_DB_RECORD_NAMES_H

#include "db/store.h"

/* An outlet whose name folds to `name`, as written;
 * "" for none. */
int store_find_outlet(struct reader *r, struct str name, struct arena *a, struct str *out,
		      struct err *e) MUST_CHECK;
/* The name of an actor that is spelled like `name` (folded): the same first letter, and one edit
 * apart, from eight letters on two; of several the nearest, then the one with most statements. A
 * shorter name must be of who speaks: "hats" is near to many surnames. As folded, "" for none. */
int store_near_name(struct reader *r, struct str name, struct arena *a, struct str *out,
		    struct err *e) MUST_CHECK;
/* The name of an actor of three words or more with these initials ("cpsc", folded), with or without
 * its small words; of several that of most statements. As folded, "" for none. */
int store_initials_name(struct reader *r, struct str initials, struct arena *a, struct str *out,
			struct err *e) MUST_CHECK;
/* The person whom a given name alone ("Tedros", folded) means: of those who speak and whose whole
 * name begins with it the one who is alone, or speaks four times as often as the next. One match,
 * or none. */
int store_find_given(struct reader *r, struct str given, struct arena *a, struct actor_matches *out,
		     struct err *e) MUST_CHECK;
/* Is the word, or one of its stem, in a statement or near one? */
int store_has_word(struct reader *r, struct str word, bool *out, struct err *e) MUST_CHECK;
/* The day of the newest article; DAY_NONE when there is none. */
int store_newest_day(struct reader *r, day_t *out, struct err *e) MUST_CHECK;
/* The issues below one (its id), of whatever depth. */
int store_issues_below(struct reader *r, struct str parent, struct arena *a,
		       struct issue_matches *out, struct err *e) MUST_CHECK;
/* All names that the actor goes by, as written. */
int store_actor_names(struct reader *r, int64_t key, struct arena *a, struct strs *out,
		      struct err *e) MUST_CHECK;

#endif
