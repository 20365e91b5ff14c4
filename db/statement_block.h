/* Blocks of statements by columns: of some hundred statements whose ids follow each other, the few
 * numbers that counting asks for, each kind of number beside its like. A million statements are
 * looked through in some milliseconds. Of most kinds a block has each number once, and of each
 * statement which of them it is, in a byte or two: so little is read, and what is asked of a number
 * is asked once a block. Stored, a blob a column, in the processor's own order of bytes, which is
 * the little-endian one: append only. */
#ifndef DEMARCHE_DB_STATEMENT_BLOCK_H
#define DEMARCHE_DB_STATEMENT_BLOCK_H

#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "db/id.h"
#include "db/packed_fields.h"

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "columns are stored as they are");

/* Of a block that is written: one that is larger is parted. A commit writes some 30 bytes of each
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

/* The first ones are coded: how many values there are (32 bits), these, and of each statement the
 * place of its value: in no byte where there is one value, else in one, two or four. */
enum block_column {
	/* 64 bits: of the packed fields what is asked for always: status, whether the statement is
	 * counted, nested, and of a copy. */
	BLOCK_FLAGS,
	BLOCK_TRAITS,	/* 32 bits: the others, less BLOCK_TRAITS_SHIFT, but confidences */
	BLOCK_SPEAKERS, /* 64 bits: the speaker, and above it member_of */
	BLOCK_TARGETS,	/* 32 bits */
	BLOCK_DAYS,	/* 32 bits: what is above the number in an id */
	BLOCK_OUTLETS,	/* 32 bits */
	BLOCK_SAID,	/* 32 bits */
	BLOCK_ARTICLES, /* 64 bits */
	BLOCK_CODED,
	/* How many issues each statement has, coded (32 bits); all issues, coded (32); all
	 * positions on them, a byte each. */
	BLOCK_PAIRS = BLOCK_CODED,
	BLOCK_NUMBERS, /* 32 bits each: of ids, what is below the day */
	/* The three confidences of the packed fields, 10 bits each in 32; and those of all
	 * positions, 16 bits each. */
	BLOCK_SURE,
	/* What BLOCK_PAIRS tells, by issues: how many there are (32 bits), these, where the
	 * statements of each end (32 each), all statements on them by their places, those of an
	 * issue rising (16 each), and the positions of these, a byte each. */
	BLOCK_BY_ISSUE,
	BLOCK_COLUMNS
};
#define BLOCK_BIT(column) (1U << (column))
#define BLOCK_IDS	  (BLOCK_BIT(BLOCK_DAYS) | BLOCK_BIT(BLOCK_NUMBERS))
#define BLOCK_ALL	  (BLOCK_BIT(BLOCK_COLUMNS) - 1)

/* Their names as columns of SQL, in that order; before them stands how many statements it has. */
#define BLOCK_COLUMN_NAMES                                                                         \
	"statements, flags, traits, speakers, targets, days, outlets, said, articles, pairs, "     \
	"numbers,"                                                                                 \
	" sure, by_issue"

/* A coded column: the values, unaligned, and the place of each statement's. */
struct block_coded {
	size_t n;
	const char *values;
	uint16_t at[BLOCK_STATEMENTS_MAX];
};

/* The issues of all pairs, as they are stored: places of 0, 1, 2 or 4 bytes. */
struct block_issues {
	size_t n;
	const char *values;
	const unsigned char *places;
	unsigned width;
};

/* What is on each issue, as it is stored, unaligned. */
struct block_by_issue {
	size_t n;
	const char *issues, *ends, *places;
	const unsigned char *positions;
};

/* A block as it is stored, and what block_open makes of the columns that were read; others are "".
 */
struct block {
	size_t n, n_pairs;
	struct str columns[BLOCK_COLUMNS];
	struct block_coded coded[BLOCK_CODED];
	/* Where BLOCK_PAIRS was read. Where each statement's pairs begin, and the last one's end.
	 */
	uint32_t pairs[BLOCK_STATEMENTS_MAX + 1];
	struct block_issues issues;
	const unsigned char *positions;
	struct block_by_issue by_issue; /* where BLOCK_BY_ISSUE was read */
};

/* Columns need no alignment. */
static inline uint32_t block_number32(const char *column, size_t at)
{
	uint32_t v;
	memcpy(&v, column + at * sizeof v, sizeof v);
	return v;
}
static inline uint32_t block_by_issue_end(const struct block_by_issue *by, size_t at)
{
	return block_number32(by->ends, at);
}
static inline uint32_t block_by_issue_value(const struct block_by_issue *by, size_t at)
{
	return block_number32(by->issues, at);
}
/* The place of a statement. */
static inline uint16_t block_by_issue_place(const struct block_by_issue *by, size_t at)
{
	uint16_t place;
	memcpy(&place, by->places + at * sizeof place, sizeof place);
	return place;
}

/* Compares the columns that `read` (bits) names with b->n, and makes all else of *b. 0, or -1 with
 * *e (ERR_DB: damaged). Columns need no alignment, and must last as long. */
int block_open(struct block *b, unsigned read, struct err *e) MUST_CHECK;
/* The same of columns that block_open has found whole before: without a look at each place. */
int block_open_known(struct block *b, unsigned read, struct err *e) MUST_CHECK;

static inline uint64_t block_value64(const struct block_coded *c, size_t place)
{
	uint64_t v;
	memcpy(&v, c->values + place * sizeof v, sizeof v);
	return v;
}
static inline uint32_t block_value32(const struct block_coded *c, size_t place)
{
	return block_number32(c->values, place);
}
static inline uint64_t block_coded64(const struct block *b, enum block_column column, size_t at)
{
	const struct block_coded *c = &b->coded[column];
	return block_value64(c, c->at[at]);
}
static inline uint32_t block_coded32(const struct block *b, enum block_column column, size_t at)
{
	const struct block_coded *c = &b->coded[column];
	return block_value32(c, c->at[at]);
}

#define BLOCK_TRAITS_SHIFT	  FIELD_KIND_SHIFT
#define BLOCK_SURE_STANCE_SHIFT	  10
#define BLOCK_SURE_POSITION_SHIFT 20

/* The packed fields: BLOCK_FLAGS, and what of them else was read, of BLOCK_TRAITS and BLOCK_SURE.
 */
static inline int64_t block_fields(const struct block *b, size_t at)
{
	int64_t fields = (int64_t)block_coded64(b, BLOCK_FLAGS, at);
	uint32_t sure;
	if (b->columns[BLOCK_TRAITS].n)
		fields |= (int64_t)block_coded32(b, BLOCK_TRAITS, at) << BLOCK_TRAITS_SHIFT;
	if (!b->columns[BLOCK_SURE].n)
		return fields;
	memcpy(&sure, b->columns[BLOCK_SURE].p + at * sizeof sure, sizeof sure);
	return fields | (sure & FIELD_CONFIDENCE_MASK) |
	       (int64_t)(sure >> BLOCK_SURE_STANCE_SHIFT & FIELD_CONFIDENCE_MASK)
		       << FIELD_STANCE_CONFIDENCE_SHIFT |
	       (int64_t)(sure >> BLOCK_SURE_POSITION_SHIFT & FIELD_CONFIDENCE_MASK)
		       << FIELD_POSITION_CONFIDENCE_SHIFT;
}
/* Of its id, below the day. */
static inline uint32_t block_number(const struct block *b, size_t at)
{
	return block_number32(b->columns[BLOCK_NUMBERS].p, at);
}
static inline int64_t block_id(const struct block *b, size_t at)
{
	return (int64_t)block_coded32(b, BLOCK_DAYS, at) << ID_DAY_SHIFT | block_number(b, at);
}
static inline day_t block_day(const struct block *b, size_t at)
{
	return id_day((int64_t)block_coded32(b, BLOCK_DAYS, at) << ID_DAY_SHIFT);
}
static inline int64_t block_article(const struct block *b, size_t at)
{
	return (int64_t)block_coded64(b, BLOCK_ARTICLES, at);
}
static inline uint32_t block_speaker(const struct block *b, size_t at)
{
	return (uint32_t)block_coded64(b, BLOCK_SPEAKERS, at);
}
static inline uint32_t block_member_of(const struct block *b, size_t at)
{
	return (uint32_t)(block_coded64(b, BLOCK_SPEAKERS, at) >> 32);
}
static inline uint32_t block_target(const struct block *b, size_t at)
{
	return block_coded32(b, BLOCK_TARGETS, at);
}
static inline uint32_t block_outlet(const struct block *b, size_t at)
{
	return block_coded32(b, BLOCK_OUTLETS, at);
}
static inline day_t block_said(const struct block *b, size_t at)
{
	return (day_t)(int32_t)block_coded32(b, BLOCK_SAID, at);
}

/* Of the block's pairs, which stand in the order of its statements. */
static inline size_t block_issue_place(const struct block *b, size_t at)
{
	uint32_t four;
	uint16_t two;
	switch (b->issues.width) {
	case 0:
		return 0;
	case 1:
		return b->issues.places[at];
	case sizeof two:
		memcpy(&two, b->issues.places + at * sizeof two, sizeof two);
		return two;
	default:
		memcpy(&four, b->issues.places + at * sizeof four, sizeof four);
		return four;
	}
}
static inline uint32_t block_issue_value(const struct block *b, size_t place)
{
	uint32_t issue;
	memcpy(&issue, b->issues.values + place * sizeof issue, sizeof issue);
	return issue;
}
/* Its position's confidence is 0 where BLOCK_SURE was not read. */
static inline struct block_pair block_pair(const struct block *b, size_t at)
{
	uint16_t sure = 0;
	if (b->columns[BLOCK_SURE].n)
		memcpy(&sure, b->columns[BLOCK_SURE].p + b->n * sizeof(uint32_t) + at * sizeof sure,
		       sizeof sure);
	return (struct block_pair){block_issue_value(b, block_issue_place(b, at)),
				   (uint16_t)(b->positions[at] | sure << 3)};
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

/* All statements of a block that was read whole, and a block of these, in `a`: n and columns, to be
 * stored. 0, or -1 with *e. */
int block_entries(const struct block *b, struct arena *a, struct block_entry **out,
		  struct err *e) MUST_CHECK;
int block_make(const struct block_entry *v, size_t n, struct arena *a, struct block *out,
	       struct err *e) MUST_CHECK;

#endif
