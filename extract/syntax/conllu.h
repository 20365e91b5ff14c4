/* CoNLL-U, the file format of Universal Dependencies
 * (https://universaldependencies.org/format.html): one sentence at a time out of memory, and back.
 * Everything read is a view into the buffer that was given; what is not changed is written as it
 * was, byte for byte. Pure; any thread. */
#ifndef DEMARCHE_EXTRACT_SYNTAX_CONLLU_H
#define DEMARCHE_EXTRACT_SYNTAX_CONLLU_H

#include "base/arena.h"
#include "base/buf.h"

enum conllu_column {
	CONLLU_ID,
	CONLLU_FORM,
	CONLLU_LEMMA,
	CONLLU_UPOS,
	CONLLU_XPOS,
	CONLLU_FEATS,
	CONLLU_HEAD,
	CONLLU_DEPREL,
	CONLLU_DEPS,
	CONLLU_MISC,
	CONLLU_COLUMNS
};

/* What a line holds: "# ...", "7 ...", "7-8 ..." or "7.1 ...". */
enum conllu_kind { CONLLU_COMMENT, CONLLU_WORD, CONLLU_MULTIWORD, CONLLU_EMPTY };

struct conllu_line {
	enum conllu_kind kind;
	bool has_return;     /* ended in \r\n */
	uint32_t word, last; /* from 1, inclusive: the words of a multiword token, or its own */
	struct str cell[CONLLU_COLUMNS]; /* a comment is cell[0], "#" included */
};

struct conllu_sentence {
	struct conllu_line *lines;
	size_t n_lines;
	uint32_t *words; /* word k stands in lines[words[k - 1]] */
	size_t n_words;
	size_t number; /* of the first line in the file, from 1 */
	bool has_return;
};

/* Start with the file's bytes (and `number` 0, or the number of lines before them). */
struct conllu_reader {
	struct str rest;
	size_t number; /* lines read so far */
};

/* The next sentence; what it needs besides the buffer lives in `a`. Further blank lines are passed
 * over; comments between blank lines are a sentence without words. Gives 1, 0 at the end, or -1
 * with *e set: ERR_INPUT names the line at fault (columns that are missing, numbers out of order,
 * an empty form, bytes that are not UTF-8), ERR_TOO_LARGE when the arena is full. Heads and
 * relations are not looked at. */
int conllu_next(struct conllu_reader *r, struct arena *a, struct conllu_sentence *out,
		struct err *e) MUST_CHECK;

static inline struct conllu_line *conllu_word(const struct conllu_sentence *s,
					      size_t k) /* from 1 */
{
	return &s->lines[s->words[k - 1]];
}
/* The word's head: 0 is the root, -1 none that is a word of the sentence ("_" and what is no number
 * too). */
int64_t conllu_head(const struct conllu_sentence *s, size_t k);
/* The value of a comment "# key = value" ("" for "# key"); p is NULL when there is none. */
struct str conllu_comment(const struct conllu_sentence *s, struct str key);
/* Does MISC (or FEATS) hold this item, such as "SpaceAfter=No"? */
bool conllu_has(struct str items, struct str item);

/* The sentence with the blank line after it. */
void conllu_write(struct buf *out, const struct conllu_sentence *s);

#endif
