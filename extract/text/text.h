/* An article's text as the steps see it: tokens in paragraphs, quotations, segments.
 * Built once for an article in its arena and not changed afterwards; token numbers index
 * text.tokens. */
#ifndef DEMARCHE_EXTRACT_TEXT_TEXT_H
#define DEMARCHE_EXTRACT_TEXT_TEXT_H

#include "base/arena.h"
#include "base/model.h"
#include "extract/tables/tag.h"
#include "extract/tables/word_sets.h"

struct word_tags;
struct syntax;
struct states;

enum mark {
	MARK_NONE,
	MARK_OPEN,
	MARK_CLOSE,
	MARK_STRAIGHT,
	MARK_SINGLE_OPEN,
	MARK_SINGLE_CLOSE,
	MARK_SINGLE
};

enum {
	TOK_WORD = 1,	      /* letters or digits */
	TOK_NUMBER = 2,	      /* starts with a digit */
	TOK_CAPITAL = 4,      /* starts with a capital letter */
	TOK_ALL_CAPITALS = 8, /* two letters or more, all capitals: an acronym, or a shout */
	TOK_SPACE_BEFORE = 16,
	TOK_NEWLINE_BEFORE = 32,
	TOK_PARAGRAPH_START = 64,
	TOK_TERMINAL = 128,	/* . ! ? ... */
	TOK_ABBREVIATION = 256, /* ends in a full stop of its own */
	TOK_SEGMENT_START = 512,
	TOK_INITIALISM = 1024, /* "U.S." */
	TOK_LABEL_END = 2048   /* of a turn */
};

struct token {
	uint32_t start, end;	      /* bytes */
	uint32_t point, point_end;    /* code points */
	uint64_t key;		      /* hash of the folded form */
	uint64_t stem;		      /* the same without a plural ending */
	const struct word_tags *word; /* the lexicon's entry, or NULL */
	uint32_t quote; /* 1 + the quotation it stands in, marks included; 0 outside */
	uint32_t head;	/* token of the article that this one hangs on; its own number for a root */
	uint16_t flags;
	uint16_t sets;	/* row of the word sets */
	uint8_t xpos;	/* enum xpos, of syntax/labels.h */
	uint8_t deprel; /* enum deprel */
	uint8_t tag;	/* enum tag: coarser than xpos */
	uint8_t mark;	/* enum mark */
};

/* A sentence as a grammarian cuts it: `"I will," he said.` is one, and so is each sentence of a
 * longer quotation. */
struct sentence {
	uint32_t first, end; /* tokens */
};

/* What stands between two quotation marks. */
struct quote {
	uint32_t open, close; /* tokens of the marks; the last token where the second is missing */
	uint32_t words;	      /* words inside */
	bool is_closed;
	bool is_single;	   /* by single marks */
	bool is_continued; /* goes on from the one before, left open at its paragraph's end */
	bool is_speech;	   /* what somebody said, rather than a word at a distance */
};

/* A sentence outside of speech, with each quotation in it as one item; or a sentence inside of one.
 */
struct item {
	uint32_t first, last; /* tokens, inclusive */
	uint8_t tag;
	bool is_quote; /* a whole quotation of speech */
};

struct segment {
	uint32_t first, end; /* items, in text.items */
	uint32_t paragraph;
	uint32_t quote; /* 1 + the quotation it lies in, or 0 */
};

/* Tokens, inclusive; absent where first > last. */
struct range {
	uint32_t first, last;
};

/* What one person says in a transcript or a debate, from behind the label to the next one; or in a
 * block quotation, behind its cue. */
struct turn {
	struct range label;  /* without the mark behind it; RANGE_NONE: the text has none */
	uint32_t first, end; /* tokens */
	uint32_t cue;	     /* of a block quotation: "said"; 0 in others */
	bool is_left_open;   /* a block that goes on with a quotation left open before it */
	bool is_letter;	     /* a block that a salutation opens; the cue is the noun for it */
	bool is_quoted;	     /* a block with marks, which is a quotation: only its first token */
	bool is_question;    /* asked by somebody who is not named */
	bool is_name;	     /* by a mere name, which has yet to be found a person's */
	bool is_prose;	     /* a whole text of one author, who reports as prose does */
};

struct text {
	const struct syntax *syntax; /* that parsed it */
	const struct word_sets *word_sets;
	struct str bytes, lower; /* `lower`: ASCII letters in lower case, same offsets */
	struct token *tokens;
	size_t n_tokens;
	const struct states *states; /* of each token (syntax/state.h); set by text_parse */
	struct str *lemmas;	     /* of each token, in small letters; set by text_find_lemmas */
	uint32_t *paragraphs;	     /* first token of each, and n_tokens after the last */
	size_t n_paragraphs;
	struct turn *turns; /* in the order of the text; none in prose */
	size_t n_turns;
	uint32_t issuer; /* 1 + the turn of the body that issues the text and says what nobody else
			    does, a turn without tokens; 0 for none */
	struct sentence *sentences; /* cover all tokens, in order; none crosses a paragraph */
	size_t n_sentences;
	struct quote *quotes;
	size_t n_quotes;
	struct item *items;
	size_t n_items;
	struct segment *segments; /* in the order of the text */
	size_t n_segments;
};

#define RANGE_NONE ((struct range){1, 0})
#define TOKEN_NONE UINT32_MAX

static inline bool range_is(struct range r)
{
	return r.first <= r.last;
}
static inline bool range_holds(struct range r, uint32_t token)
{
	return token >= r.first && token <= r.last;
}

static inline struct str text_token(const struct text *t, size_t i)
{
	return (struct str){t->bytes.p + t->tokens[i].start, t->tokens[i].end - t->tokens[i].start};
}
static inline struct str text_lower(const struct text *t, size_t i)
{
	return (struct str){t->lower.p + t->tokens[i].start, t->tokens[i].end - t->tokens[i].start};
}
/* The code points of tokens `first` to `last`. */
static inline struct span text_span(const struct text *t, size_t first, size_t last)
{
	return (struct span){t->tokens[first].point, t->tokens[last].point_end};
}
/* The coarse tag of token i, a full stop's behind the last one. */
static inline unsigned text_tag(const struct text *t, size_t i)
{
	return i < t->n_tokens ? t->tokens[i].tag : TAG_STOP;
}
/* Does token i, in lower case, read like this literal? Nothing is past the end. */
bool text_is(const struct text *t, size_t i, const char *word);
/* Is it one of a set of words? Nothing is past the end. */
static inline bool text_is_in(const struct text *t, size_t i, enum word_set set)
{
	return i < t->n_tokens && word_sets_has(t->word_sets, t->tokens[i].sets, set);
}
/* Is it one of the words of a list (str_is_one_of)? */
static inline bool text_is_one_of(const struct text *t, size_t i, const char *words)
{
	return i < t->n_tokens && str_is_one_of(text_lower(t, i), words);
}
/* Is it a word that a name may be made of: none of the language's, or one that is a name too? */
bool text_is_name_word(const struct text *t, size_t i);
/* Is it a hyphen that holds two words together: "state-owned"? Phrases are compared without it. */
bool text_is_joint(const struct text *t, size_t i);
/* The paragraph and the sentence that a token stands in, by bisection. */
uint32_t text_paragraph(const struct text *t, uint32_t token);
uint32_t text_sentence(const struct text *t, uint32_t token);
/* How many turns start at a token or before, by bisection. */
uint32_t text_turns_until(const struct text *t, uint32_t token);
/* 1 + the turn that a token stands in, by bisection; 0 for none, and in a label. */
uint32_t text_turn(const struct text *t, uint32_t token);
/* The article's bytes from token `first` to token `last`, inclusive. */
struct str text_range(const struct text *t, size_t first, size_t last);

#endif
