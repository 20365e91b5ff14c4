/* Blocks of statements by columns: of some hundred statements whose ids follow each other, the few
 * numbers that counting asks for, each kind of number beside its like. A million statements are
 * looked through in some milliseconds. Stored, a blob a column, in the processor's own order of
 * bytes, which is the little-endian one: append only. */
#ifndef DEMARCHE_DB_STATEMENT_BLOCK_H
#define DEMARCHE_DB_STATEMENT_BLOCK_H

#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "db/packed_fields.h"

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "columns are stored as they are");

/* Of a block that is written: one that is larger is parted. A commit writes some 60 bytes of each
 * statement of the block that it adds to. */
enum { BLOCK_STATEMENTS_MAX = 1024 };
/* Keys, and issues of one statement: what the columns hold. */
enum { BLOCK_KEY_MAX = INT32_MAX, BLOCK_ISSUES_MAX = UINT16_MAX };

/* A statement on one of its issues: position, and its confidence in thousandths above that. */
struct block_pair {
	uint32_t issue;
	uint16_t position;
};

/* Keys of actors, 0 for none; of the speaker as a speaker key: twice the key, and one more where it
 * speaks for its members, too (db/facets.h). */
struct block_entry {
	int64_t id, article;
	int64_t fields; /* packed, the statement's own */
	uint32_t speaker, member_of, target;
	uint32_t outlet; /* the outlet's key, 0 for none */
	day_t said;	 /* the first day of said_on, or DAY_NONE */
	size_t n_pairs;
	const struct block_pair *pairs; /* each issue once */
};

/* BLOCK_PAIRS: how many issues each statement has (16 bits), all issues (32), all positions (16).
 */
enum block_column {
	BLOCK_FIELDS,	/* 64 bits */
	BLOCK_ACTORS,	/* all speakers, all member_of, all targets, 32 bits each */
	BLOCK_PAIRS,	/* see above */
	BLOCK_IDS,	/* 64 bits, rising */
	BLOCK_SOURCES,	/* all outlets, 32 bits each; all days of what was said, 32 bits each */
	BLOCK_ARTICLES, /* 64 bits */
	BLOCK_COLUMNS
};

/* Their names as columns of SQL, in that order. */
#define BLOCK_COLUMN_NAMES "fields, actors, pairs, ids, sources, articles"

/* A block as it is stored; columns that were not read are "". */
struct block {
	size_t n, n_pairs;
	struct str columns[BLOCK_COLUMNS];
	/* Where each statement's pairs begin, and the last one's end; where BLOCK_PAIRS was read.
	 */
	uint32_t pairs[BLOCK_STATEMENTS_MAX + 1];
};

/* Counts statements and pairs, and compares the lengths of the columns that `read` (bits) names,
 * BLOCK_FIELDS among them. 0, or -1 with *e (ERR_DB: damaged). Columns need no alignment. */
int block_open(struct block *b, unsigned read, struct err *e) MUST_CHECK;

static inline int64_t block_i64(const struct block *b, enum block_column column, size_t at)
{
	int64_t v;
	memcpy(&v, b->columns[column].p + at * sizeof v, sizeof v);
	return v;
}

static inline uint32_t block_u32(const struct block *b, enum block_column column, size_t at)
{
	uint32_t v;
	memcpy(&v, b->columns[column].p + at * sizeof v, sizeof v);
	return v;
}

static inline uint16_t block_u16(const struct block *b, size_t byte)
{
	uint16_t v;
	memcpy(&v, b->columns[BLOCK_PAIRS].p + byte, sizeof v);
	return v;
}

static inline int64_t block_fields(const struct block *b, size_t at)
{
	return block_i64(b, BLOCK_FIELDS, at);
}
static inline int64_t block_id(const struct block *b, size_t at)
{
	return block_i64(b, BLOCK_IDS, at);
}
static inline int64_t block_article(const struct block *b, size_t at)
{
	return block_i64(b, BLOCK_ARTICLES, at);
}
static inline uint32_t block_speaker(const struct block *b, size_t at)
{
	return block_u32(b, BLOCK_ACTORS, at);
}
static inline uint32_t block_member_of(const struct block *b, size_t at)
{
	return block_u32(b, BLOCK_ACTORS, b->n + at);
}
static inline uint32_t block_target(const struct block *b, size_t at)
{
	return block_u32(b, BLOCK_ACTORS, 2 * b->n + at);
}
static inline uint32_t block_outlet(const struct block *b, size_t at)
{
	return block_u32(b, BLOCK_SOURCES, at);
}
static inline day_t block_said(const struct block *b, size_t at)
{
	return (day_t)(int32_t)block_u32(b, BLOCK_SOURCES, b->n + at);
}
/* Of the block's pairs, which stand in the order of its statements. */
static inline uint32_t block_issue(const struct block *b, size_t at)
{
	uint32_t issue;
	size_t issues = b->n * sizeof(uint16_t);
	memcpy(&issue, b->columns[BLOCK_PAIRS].p + issues + at * sizeof issue, sizeof issue);
	return issue;
}
static inline struct block_pair block_pair(const struct block *b, size_t at)
{
	size_t positions = b->n * sizeof(uint16_t) + b->n_pairs * sizeof(uint32_t);
	return (struct block_pair){block_issue(b, at),
				   block_u16(b, positions + at * sizeof(uint16_t))};
}

static inline uint16_t block_position(int64_t pair_fields)
{
	return (uint16_t)(fields_position(pair_fields) |
			  (pair_fields >> FIELD_POSITION_CONFIDENCE_SHIFT & FIELD_CONFIDENCE_MASK)
				  << 3);
}
/* The packed fields on that issue, of the statement's own. */
static inline int64_t block_pair_fields(int64_t own, uint16_t position)
{
	const int64_t mask = (int64_t)FIELD_POSITION_MASK << FIELD_POSITION_SHIFT |
			     (int64_t)FIELD_CONFIDENCE_MASK << FIELD_POSITION_CONFIDENCE_SHIFT;
	return (own & ~mask) | (int64_t)(position & FIELD_POSITION_MASK) << FIELD_POSITION_SHIFT |
	       (int64_t)(position >> 3) << FIELD_POSITION_CONFIDENCE_SHIFT;
}

/* The place of an id, or n; `near`, below n, is looked at first, and then what is after it. */
size_t block_find(const struct block *b, int64_t id, size_t near);

/* All statements of a block that was read whole, and a block of these, in `a`. 0, or -1 with *e. */
int block_entries(const struct block *b, struct arena *a, struct block_entry **out,
		  struct err *e) MUST_CHECK;
int block_make(const struct block_entry *v, size_t n, struct arena *a, struct block *out,
	       struct err *e) MUST_CHECK;

#endif
