/* The conditions of a question that blocks of statements can tell (db/statement_block.h). */
#ifndef DEMARCHE_DB_SQLITE_BLOCK_FILTER_H
#define DEMARCHE_DB_SQLITE_BLOCK_FILTER_H

#include "db/sqlite/key_bits.h"
#include "db/sqlite/plan.h"
#include "db/statement_block.h"

enum { SPEAKERS_FEW = 2 };

/* Which speaker keys of statements fit, and whom those speak for who fit (db/facets.h). */
struct speaker_bits {
	struct key_bits own, member_of;
	/* The same of one speaker or two, as most ask; KEY_OF_NONE for less. */
	bool are_few;
	uint32_t few_own[2 * SPEAKERS_FEW], few_member_of[SPEAKERS_FEW];
};

struct block_filter {
	const struct statement_query *q;
	int64_t above, below; /* ids, both exclusive */
	bool has_days, has_traits, has_position, has_confidence;
	bool has_issues; /* it tests whether a statement has one of the issues asked for */
	uint32_t copies, positions;
	int64_t least, least_stance, least_position;
	struct keys outlets, not_outlets; /* keys */
	struct key_bits issues, not_issues, targets, not_targets;
	struct speaker_bits speakers, not_speakers;
	unsigned columns; /* bits of those that it reads */
};

/* Can it tell all conditions of a question whose rows are so planned? And all but phrases? */
bool block_filter_fits(const struct plan *p);
bool block_filter_fits_but_words(const struct plan *p);
/* Of such a plan, which must last as long. 0, or -1 with *e. */
int block_filter_init(struct block_filter *f, struct reader *r, const struct plan *p,
		      struct arena *a, struct err *e) MUST_CHECK;
/* The places of the statements that fit, rising; how many. */
size_t block_filter_select(const struct block_filter *f, const struct block *b,
			   uint16_t out[BLOCK_STATEMENTS_MAX]);
/* Of these n places, which rise, those of statements that fit; how many. */
size_t block_filter_keep(const struct block_filter *f, const struct block *b,
			 uint16_t v[BLOCK_STATEMENTS_MAX], size_t n);
/* Is the position on an issue one that is asked for? */
static inline bool block_filter_takes_pair(const struct block_filter *f, uint16_t position)
{
	return (!f->positions || f->positions >> (position & FIELD_POSITION_MASK) & 1) &&
	       position >> 3 >= f->least_position;
}

#endif
