/* Which issue of the table words are about, whether one of them names it or not: a small network
 * over hashed words of a content, of the sentences around it, of its article and title, over the
 * issues that these name, and over directions and topics of content and article. Fitted on the
 * coded corpus (train/meaning_fit.c). Immutable once open; any thread may ask. */
#ifndef DEMARCHE_EXTRACT_ISSUE_MEANING_H
#define DEMARCHE_EXTRACT_ISSUE_MEANING_H

#include "base/arena.h"
#include "base/model.h"
#include "extract/issue/topic.h"

enum {
	MEANING_ROWS = 1 << 14, /* hashed words and issues */
	MEANING_UNITS = 64,
	MEANING_ISSUES = 352, /* the table has 333 */
	MEANING_INPUTS = 400,
	/* Where the numbers of an input stand. */
	MEANING_DIRECTION = 0,
	MEANING_ARTICLE_DIRECTION = MEANING_DIRECTION + VECTOR_SIZE,
	MEANING_TOPIC = MEANING_ARTICLE_DIRECTION + VECTOR_SIZE,
	MEANING_NEAR_TOPIC = MEANING_TOPIC + TOPIC_MAJORS,
	MEANING_ARTICLE_TOPIC = MEANING_NEAR_TOPIC + TOPIC_MAJORS,
	MEANING_DENSE = MEANING_ARTICLE_TOPIC + TOPIC_MAJORS
};

/* What a row stands for is told by where the word or issue was found, too. */
enum meaning_field {
	MEANING_CONTENT,
	MEANING_CONTEXT, /* the sentence and the one before */
	MEANING_ARTICLE,
	MEANING_TITLE,
	MEANING_NAMED, /* issues: in the content, */
	MEANING_HINTED,
	MEANING_BEFORE,
	MEANING_TALLY, /* in the article, */
	MEANING_TITLED
};

/* Part of the body of data/issues.bin. */
struct meaning_layers {
	uint64_t ids[MEANING_ISSUES]; /* hashes of the issues' ids; 0 where there is none */
	float dense[MEANING_DENSE * MEANING_UNITS], bias[MEANING_UNITS];
	float out[MEANING_UNITS * MEANING_ISSUES], out_bias[MEANING_ISSUES];
	float row_scale; /* of the bytes of rows */
	float unused[7]; /* what follows is aligned */
	int8_t rows[MEANING_ROWS][MEANING_UNITS];
};

struct meaning {
	const struct meaning_layers *layers; /* NULL: nobody knows a meaning */
	uint16_t *outputs;		     /* by issue: its output, or MEANING_ISSUES */
	size_t n;
};

/* What the network reads of an article, or of a content in it. */
struct meaning_input {
	uint32_t rows[MEANING_INPUTS];
	float weights[MEANING_INPUTS];
	size_t n;
	float dense[MEANING_DENSE];
};

/* 0, or -1 with *e set when the arena is full. The layers must outlive m. */
int meaning_open(struct meaning *m, const struct meaning_layers *layers, const struct issue *issues,
		 size_t n, struct arena *a, struct err *e) MUST_CHECK;

/* Adds a word or an issue by its hash; what goes beyond MEANING_INPUTS is left. */
void meaning_add(struct meaning_input *in, enum meaning_field field, uint64_t key, float weight);
/* The weights from the input `first` on become `length` long together. */
void meaning_scale(struct meaning_input *in, size_t first, float length);
/* Adds words that are no names, of contents and the sentences around them. */
void meaning_add_words(struct meaning_input *in, enum meaning_field field, const struct text *t,
		       struct range r, const bool *is_name);
/* Adds what the article says twice and more. 0, or -1 when the arena is full. */
int meaning_add_article(struct meaning_input *in, const struct text *t, const bool *is_name,
			struct arena *scratch) MUST_CHECK;

/* Adds what an input says to the units. */
void meaning_sum(const struct meaning_layers *l, const struct meaning_input *in,
		 float units[MEANING_UNITS]);
/* Probabilities by output, from the units of article and content together. */
void meaning_tell(const struct meaning_layers *l, const float units[MEANING_UNITS],
		  float p[MEANING_ISSUES]);

#endif
