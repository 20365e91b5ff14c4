/* What the tests of questions ask an oracle: some hundred articles with random statements, and
 * whether a statement fits a question, by looking at it alone. The seed is given, so a failure
 * repeats. */
#ifndef DEMARCHE_TESTS_CONFORMANCE_WORLD_H
#define DEMARCHE_TESTS_CONFORMANCE_WORLD_H

#include "tests/conformance/fixture.h"

enum {
	ACTORS = 24,
	ISSUES = 14,
	OUTLETS = 5,
	WORDS = 12,
	ROLES = 4,
	ARTICLES = 700,
	STATEMENTS_MAX = 9,
	LIST = 3,
	FIRST_DAY = 19800,
	DAYS = 40,
};

/* Marsaglia's xorshift. */
static inline uint32_t dice(uint64_t *state, uint32_t sides)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return (uint32_t)(*state >> 32) % sides;
}

struct row {
	int64_t id, article;
	struct statement s;
	const struct article *of;
	day_t said_from, said_to;
	int speaker, target, addressee;	    /* -1 for none */
	const struct issue_hit *on[ISSUES]; /* the first of this issue, NULL for none */
	bool is_gone;
};

struct world {
	struct fixture f;
	uint64_t random;
	struct actor actors[ACTORS];
	struct issue issues[ISSUES];
	int64_t actor_keys[ACTORS], issue_keys[ISSUES];
	struct row *rows;
	struct write *writes;
	size_t n_rows;
};

/* A question in the oracle's own terms beside the store's. */
struct question {
	struct statement_query q;
	int64_t keys[8][LIST];
	int speakers[LIST], not_speakers[LIST], targets[LIST], not_targets[LIST], addressees[LIST],
		not_addressees[LIST];
	int issues[LIST], not_issues[LIST];
	bool members[LIST], not_members[LIST];
	bool is_count; /* which no statement is in that is not counted */
	struct str outlets[LIST], not_outlets[LIST], roles[LIST], phrases[LIST];
};

extern const char *const world_words[WORDS], *const world_roles[ROLES],
						     *const world_outlets[OUTLETS];

void world_open(struct world *w, uint64_t seed);
void world_close(struct world *w);

/* Does a statement fit? And is the position on one of its issues one that is asked for? */
bool world_matches(const struct world *w, const struct question *x, const struct row *r);
bool world_takes(const struct issue_hit *hit, const struct statement_query *q);

static inline bool in_strs(struct strs v, struct str x)
{
	for (size_t i = 0; i < v.n; i++)
		if (str_eq(v.v[i], x))
			return true;
	return false;
}

#endif
