/* Discourse networks: who speaks of which issue, and who sides with whom; a part of the store's
 * contract.
 *
 * The model is discourse network analysis (Leifeld 2017, "Discourse network analysis: policy
 * debates as dynamic networks", in The Oxford Handbook of Political Networks) as its program DNA
 * computes it (Leifeld, Gruber, Bossner, the DNA manual). What is counted are pairs of statement
 * and issue. Let x(a,i,k) be how many pairs actor a has on issue i at level k. With
 * AGREEMENT_IGNORE there is one level, which every pair has; else there are two, support and
 * opposition, and pairs with neither count nowhere.
 *
 * Two modes. The weight of (a,i): IGNORE x(a,i); CONGRUENCE x(a,i,support); CONFLICT
 * x(a,i,oppose); SUBTRACT the first of these less the second. Normalized: ACTIVITY divides by the
 * sum of x over all that a has, PROMINENCE by the sum over all that i has.
 *
 * One mode, of actors (of issues the same with a and i changed over). The weight of (a,b):
 * CONGRUENCE sums x(a,i,k) x(b,i,k) over all i and k, and IGNORE likewise; CONFLICT sums
 * x(a,i,k) x(b,i,l) over all i and k other than l; SUBTRACT is congruence less conflict.
 * Normalized: AVERAGE divides by the mean of the sums of x of a and of b; JACCARD by the number of
 * (i,k) on which at least one of them has a pair; COSINE by the product of the lengths of their
 * vectors x. */
#ifndef DEMARCHE_DB_NETWORK_H
#define DEMARCHE_DB_NETWORK_H

#include "db/store.h"

#define NETWORK_MODES(X)                                                                           \
	X(TWO_MODE, "actor-issue")                                                                 \
	X(ACTORS, "actors")                                                                        \
	X(ISSUES, "issues")
#define AGREEMENTS(X)                                                                              \
	X(IGNORE, "ignore")                                                                        \
	X(CONGRUENCE, "congruence")                                                                \
	X(CONFLICT, "conflict")                                                                    \
	X(SUBTRACT, "subtract")
#define NORMALIZATIONS(X)                                                                          \
	X(NONE, "none")                                                                            \
	X(ACTIVITY, "activity")                                                                    \
	X(PROMINENCE, "prominence")                                                                \
	X(AVERAGE, "average")                                                                      \
	X(JACCARD, "jaccard")                                                                      \
	X(COSINE, "cosine")
/* Pairs of the same actor, issue and level count once within one of these, which are of the
 * article's date; weeks begin on Monday. */
#define DUPLICATES(X)                                                                              \
	X(INCLUDE, "include")                                                                      \
	X(DOCUMENT, "document")                                                                    \
	X(WEEK, "week")                                                                            \
	X(MONTH, "month")                                                                          \
	X(YEAR, "year")                                                                            \
	X(RANGE, "range")

#define X_MODE(name, word) NETWORK_##name,
enum network_mode { NETWORK_MODES(X_MODE) NETWORK_MODE_COUNT };
#undef X_MODE
#define X_AGREEMENT(name, word) AGREEMENT_##name,
enum agreement { AGREEMENTS(X_AGREEMENT) AGREEMENT_COUNT };
#undef X_AGREEMENT
#define X_NORMALIZATION(name, word) NORMALIZATION_##name,
enum normalization { NORMALIZATIONS(X_NORMALIZATION) NORMALIZATION_COUNT };
#undef X_NORMALIZATION
#define X_DUPLICATES(name, word) DUPLICATES_##name,
enum duplicates { DUPLICATES(X_DUPLICATES) DUPLICATES_COUNT };
#undef X_DUPLICATES

extern const struct terms terms_network_mode, terms_agreement, terms_normalization,
	terms_duplicates;

struct network_query {
	const struct statement_query *q; /* its limit, cursor and order do not count */
	enum network_mode mode;
	enum agreement agreement;
	/* Of two modes NONE, ACTIVITY, PROMINENCE; of one all but these two. */
	enum normalization normalization;
	enum duplicates duplicates;
	uint32_t actor_kinds; /* 1u << enum actor_kind; 0 for all. Of what is a node */
	bool folds;	      /* who speaks for a country at the article's date is that country */
	bool with_open;	      /* open issues, too, where the question names none */
	bool with_isolates;   /* nodes without an edge, too */
	double min_weight;    /* of an edge, without its sign */
	/* Nodes, of each mode those with the most pairs that count, between which weights are
	 * computed; of the edges the heaviest without their sign. */
	int max_nodes, max_edges;
};

enum {
	NETWORK_NODES_MAX = 2000,
	NETWORK_EDGES_MAX = 50000,
	/* Pairs of actor and issue; and pairs of statement and issue compared with each other. */
	NETWORK_TIES_MAX = 500000,
	NETWORK_COMPARED_MAX = 2000000,
};

struct network_node {
	int64_t key;
	const struct actor *actor; /* or */
	const struct issue *issue;
	int64_t pairs[POSITION_COUNT]; /* that fit the question, by position */
	int64_t counted;	       /* the sum of its x */
	int64_t degree;		       /* edges returned */
	day_t first, last;	       /* of the articles */
};

struct network_edge {
	uint32_t from, to; /* nodes; of two modes from the actor to the issue */
	double weight;
	/* Of one mode, before normalization; `conflict` is 0 where agreement is ignored; `common`
	 * is the number of issues (actors) on which both have a pair that counts. */
	double congruence, conflict;
	int64_t common;
	/* Of two modes, as of a node. */
	int64_t pairs[POSITION_COUNT], counted;
	day_t first, last;
};

struct network {
	struct network_node *nodes; /* those with the most pairs that count first; actors first */
	size_t n_nodes, n_actors;
	struct network_edge *edges; /* the heaviest first */
	size_t n_edges;
	/* Nodes that are not returned: beyond max_nodes, or without an edge that is. Edges between
	 * nodes within max_nodes that are not: lighter than min_weight, or beyond max_edges. */
	int64_t nodes_left_out, edges_left_out;
	/* Pairs of those who can be a node, and of them: without a side where sides are asked for,
	 * and duplicates. What is left is what counts. */
	int64_t pairs, without_side, duplicates;
	int64_t without_speaker; /* pairs whose speaker the text does not name */
};

/* ERR_INPUT when there are more ties than NETWORK_TIES_MAX, or more pairs to compare than
 * NETWORK_COMPARED_MAX; ERR_DEADLINE: a network is whole or an error; the errors of reading. */
int store_network(struct reader *r, const struct network_query *n, struct arena *a,
		  struct network *out, struct err *e) MUST_CHECK;

#endif
