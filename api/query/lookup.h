/* Names looked up in the store: each once a question, however often its words are tried while a
 * phrase is read and however many conditions give it. One thread; memory in the arena. */
#ifndef DEMARCHE_API_QUERY_LOOKUP_H
#define DEMARCHE_API_QUERY_LOOKUP_H

#include "base/arena.h"
#include "db/store.h"

/* Who and what has a name (folded, base/fold.h, never ""). 0, or -1 with *e. */
struct name_source {
	int (*actors)(void *context, struct str name, struct arena *a, struct actor_matches *out,
		      struct err *e);
	int (*issues)(void *context, struct str name, struct arena *a, struct issue_matches *out,
		      struct err *e);
	/* The rest may be NULL: then there is none. */
	/* An outlet as it is written; "" for none. */
	int (*outlet)(void *context, struct str name, struct arena *a, struct str *out,
		      struct err *e);
	/* A name that is spelled like it: "" for none. */
	int (*near)(void *context, struct str name, struct arena *a, struct str *out,
		    struct err *e);
	/* A name of which these are the initials: "" for none. */
	int (*initials)(void *context, struct str name, struct arena *a, struct str *out,
			struct err *e);
	/* Who alone has it for a given name. */
	int (*given)(void *context, struct str name, struct arena *a, struct actor_matches *out,
		     struct err *e);
	/* Is the word in any statement, or near one? */
	int (*has_word)(void *context, struct str word, bool *out, struct err *e);
	void *context;
};

struct lookup_entry;
struct lookup {
	struct name_source source;
	struct arena *arena;
	struct lookup_entry *v; /* what was asked so far */
	size_t n, cap;
};

/* Asks the store, in the reader's snapshot. */
struct lookup lookup_in_store(struct reader *r, struct arena *a);
struct lookup lookup_in(struct name_source source, struct arena *a);

/* None for a name without letter or digit. The matches are the lookup's: not to be changed. */
int lookup_actors(struct lookup *l, struct str name, struct actor_matches *out,
		  struct err *e) MUST_CHECK;
int lookup_outlet(struct lookup *l, struct str name, struct str *out, struct err *e) MUST_CHECK;
int lookup_near(struct lookup *l, struct str name, struct str *out, struct err *e) MUST_CHECK;
int lookup_initials(struct lookup *l, struct str name, struct str *out, struct err *e) MUST_CHECK;
int lookup_given(struct lookup *l, struct str name, struct actor_matches *out,
		 struct err *e) MUST_CHECK;
int lookup_word(struct lookup *l, struct str word, bool *out, struct err *e) MUST_CHECK;
int lookup_issues(struct lookup *l, struct str name, struct issue_matches *out,
		  struct err *e) MUST_CHECK;

#endif
