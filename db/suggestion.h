/* Names that begin as what somebody types: of actors, issues and outlets, ranked by use. A part of
 * the store's contract. */
#ifndef DEMARCHE_DB_SUGGESTION_H
#define DEMARCHE_DB_SUGGESTION_H

#include "db/store.h"

#define SUGGESTED(X)                                                                               \
	X(ACTOR, "actor")                                                                          \
	X(ISSUE, "issue")                                                                          \
	X(OUTLET, "outlet")
enum suggested {
#define X(name, word) SUGGESTED_##name,
	SUGGESTED(X)
#undef X
		SUGGESTED_COUNT
};
extern const struct terms terms_suggested;

/* How a name meets what is typed, the best first. */
#define MEETINGS(X)                                                                                \
	X(WHOLE, "name")    /* it is the name */                                                   \
	X(START, "start")   /* the name begins so */                                               \
	X(WORD, "word")	    /* a later word of it does */                                          \
	X(SPELLING, "near") /* but for a slip: one letter in a short word, two from seven on */    \
	X(NONE, "")
enum meeting {
#define X(name, word) MEETING_##name,
	MEETINGS(X)
#undef X
		MEETING_COUNT
};
extern const struct terms terms_meeting;

/* How what is typed meets a name, both folded (base/fold.h). */
enum meeting meeting_of(struct str typed, struct str name);

struct suggestion {
	enum suggested what;
	enum meeting meeting;
	int64_t key;	      /* of an actor or issue */
	struct str id, label; /* of an outlet its name, both */
	struct str name;      /* the name that met, as written */
	enum actor_kind kind; /* of an actor */
	struct str country;   /* likewise, or "" */
	int64_t statements;   /* that it speaks, is an issue of, or has printed */
};

/* The lower, the earlier: what has statements comes before what has none, but for the name itself
 * and for names that are only spelled alike. */
int suggestion_rank(const struct suggestion *s);

struct suggestion_query {
	struct str typed; /* folded, not "" */
	uint32_t what;	  /* 1u << enum suggested; 0 for all */
	int limit;
	int64_t until_ns; /* after which what was found by then will do */
};

struct suggestions {
	struct suggestion *v; /* by suggestion_rank; of one rank what has more statements first */
	size_t n;
	bool is_partial; /* the time was over before all names were looked at */
};

/* Looks at the names that begin so, and where these do not fill `limit` with what has statements,
 * at all. 0, or -1 with *e. */
int store_suggest(struct reader *r, const struct suggestion_query *q, struct arena *a,
		  struct suggestions *out, struct err *e) MUST_CHECK;

#endif
