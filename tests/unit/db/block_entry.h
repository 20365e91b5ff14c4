/* Entries of blocks of statements compared, for the tests of what makes and converts them. */
#ifndef DEMARCHE_TESTS_UNIT_DB_BLOCK_ENTRY_H
#define DEMARCHE_TESTS_UNIT_DB_BLOCK_ENTRY_H

#include "db/statement_block.h"
#include "tests/unit/unit.h"

static inline void assert_same_entry(const struct block_entry *v,
				     const struct block_entry *expected)
{
	ck_assert(v->id == expected->id && v->fields == expected->fields &&
		  v->article == expected->article && v->said == expected->said &&
		  v->speaker == expected->speaker && v->target == expected->target &&
		  v->member_of == expected->member_of && v->outlet == expected->outlet);
	ck_assert_uint_eq(v->n_pairs, expected->n_pairs);
	for (size_t k = 0; k < v->n_pairs; k++)
		ck_assert(v->pairs[k].issue == expected->pairs[k].issue &&
			  v->pairs[k].position == expected->pairs[k].position);
}

#endif
