/* An article's text as the steps see it: tokens in paragraphs, quotations, segments.
 * Built once for an article in its arena and not changed afterwards; token numbers index
 * text.tokens. */
#ifndef DEMARCHE_EXTRACT_TEXT_TEXT_H
#define DEMARCHE_EXTRACT_TEXT_TEXT_H

#include "base/arena.h"
#include "base/model.h"

struct lexicon;
struct word_tags;
struct cue;
struct syntax;

/* Parts of speech: the Penn Treebank's, made coarser. VBP is any finite present; W are wh-words; SC
 * subordinators. */
#define TAGS(X)                                                                                    \
	X(DT, "DT")                                                                                \
	X(PRPS, "PRPS")                                                                            \
	X(PRP, "PRP")                                                                              \
	X(W, "W")                                                                                  \
	X(IN, "IN")                                                                                \
	X(SC, "SC")                                                                                \
	X(CC, "CC")                                                                                \
	X(TO, "TO")                                                                                \
	X(MD, "MD")                                                                                \
	X(AUX, "AUX")                                                                              \
	X(VBD, "VBD")                                                                              \
	X(VBP, "VBP")                                                                              \
	X(VB, "VB")                                                                                \
	X(VBG, "VBG")                                                                              \
	X(VBN, "VBN")                                                                              \
	X(NN, "NN")                                                                                \
	X(NNS, "NNS")                                                                              \
	X(NNP, "NNP")                                                                              \
	X(JJ, "JJ")                                                                                \
	X(RB, "RB")                                                                                \
	X(CD, "CD")                                                                                \
	X(POS, "POS")                                                                              \
	X(COMMA, ",")                                                                              \
	X(STOP, ".")                                                                               \
	X(OPEN, "``")                                                                              \
	X(CLOSE, "''")                                                                             \
	X(PUNCT, "-P")
#define X_TAG(name, word) TAG_##name,
enum tag { TAGS(X_TAG) TAG_COUNT };
#undef X_TAG

static inline bool tag_is_verb(unsigned tag)
{
	return tag == TAG_VBD || tag == TAG_VBP || tag == TAG_VB || tag == TAG_VBG ||
	       tag == TAG_VBN;
}
static inline bool tag_is_noun(unsigned tag)
{
	return tag == TAG_NN || tag == TAG_NNS || tag == TAG_NNP;
}

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
	TOK_INITIALISM = 1024 /* "U.S." */
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
	uint32_t open, close; /* tokens of the marks; `close` is the last token of the quotation
				 where its mark is missing */
	uint32_t words;	      /* words inside */
	bool is_closed;
	bool is_single;	   /* by single marks */
	bool is_continued; /* goes on from the paragraph before, whose closing mark is missing on
			      purpose */
	bool is_speech;	   /* long or whole enough to be what somebody said, rather than a word at a
			      distance */
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

struct text {
	const struct syntax *syntax; /* that parsed it */
	struct str bytes, lower;     /* `lower`: ASCII letters in lower case, same offsets */
	struct token *tokens;
	size_t n_tokens;
	uint32_t *paragraphs; /* first token of each, and n_tokens after the last */
	size_t n_paragraphs;
	struct sentence
		*sentences; /* they cover all tokens, in order, and none crosses a paragraph */
	size_t n_sentences;
	struct quote *quotes;
	size_t n_quotes;
	struct item *items;
	size_t n_items;
	struct segment *segments; /* in the order of the text */
	size_t n_segments;
};

/* Each returns 0, or -1 when the arena is full or its budget has given out. */
int text_tokenize(struct text *t, struct str bytes, const struct lexicon *lx,
		  struct arena *a) MUST_CHECK;
int text_find_quotes(struct text *t, struct arena *a) MUST_CHECK;
/* Needs the quotations. */
int text_find_sentences(struct text *t, struct arena *a) MUST_CHECK;
/* The coarse tag (enum tag) of a word with this Penn tag and relation. */
unsigned text_coarse_tag(unsigned xpos, unsigned deprel);
/* Fills xpos, deprel, head and tag of every token (extract/syntax/text_parse.c). Needs the
 * sentences. */
int text_parse(struct text *t, const struct syntax *sx, struct arena *a) MUST_CHECK;
/* Tells speech from words at a distance, by the tags. */
void text_judge_quotes(struct text *t);
int text_find_segments(struct text *t, struct arena *a) MUST_CHECK;

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
/* Does token i, in lower case, read like this literal? */
bool text_is(const struct text *t, size_t i, const char *word);
/* Is it one of the words of a list (str_is_one_of)? */
static inline bool text_is_one_of(const struct text *t, size_t i, const char *words)
{
	return str_is_one_of(text_lower(t, i), words);
}
/* Is it a hyphen that holds two words together: "state-owned"? Phrases are compared without it. */
bool text_is_joint(const struct text *t, size_t i);
/* The paragraph and the sentence that a token stands in, by bisection. */
uint32_t text_paragraph(const struct text *t, uint32_t token);
uint32_t text_sentence(const struct text *t, uint32_t token);
/* The article's bytes from token `first` to token `last`, inclusive. */
struct str text_range(const struct text *t, size_t first, size_t last);

/* Hash of one folded word, for tokens and tables alike: case and accents gone, full stops and
 * apostrophes left out. */
uint64_t word_key(struct str s);
/* The hash of the form without a plural ending. */
uint64_t word_stem(struct str s);
/* Continues a phrase's hash by a word's. */
static inline uint64_t phrase_key(uint64_t phrase, uint64_t word)
{
	uint64_t h = (phrase ^ word) * 0x9E3779B97F4A7C15u;
	return h ^ (h >> 29);
}

#endif
