/* Features of the places between tokens. */
#include "extract/text/boundary.h"

#include "extract/tables/key.h"
#include "extract/tables/lexicon.h"
#include "extract/text/text.h"

/* The shape of a token, for sentences: marks one by one, words by their letters and what they
 * may be. */
enum shape {
	SHAPE_NONE, /* outside of the paragraph */
	SHAPE_SMALL,
	SHAPE_CAPITAL,	      /* a capital, and no word of the lexicon: a name */
	SHAPE_CAPITAL_WORD,   /* a capital, and a word that has none by itself */
	SHAPE_CAPITAL_CLOSED, /* "The", "He", "But" */
	SHAPE_ALL_CAPITALS,
	SHAPE_INITIAL,	    /* "J." */
	SHAPE_ABBREVIATION, /* "Mr." */
	SHAPE_INITIALISM,   /* "U.S." */
	SHAPE_NUMBER,
	SHAPE_STOP,
	SHAPE_ELLIPSIS,
	SHAPE_QUESTION, /* and "!" and their runs */
	SHAPE_COMMA,
	SHAPE_COLON,
	SHAPE_SEMICOLON,
	SHAPE_DASH,
	SHAPE_OPEN_BRACKET,
	SHAPE_CLOSE_BRACKET,
	SHAPE_OPEN_QUOTE,
	SHAPE_CLOSE_QUOTE,
	SHAPE_LOOSE_QUOTE, /* of no quotation */
	SHAPE_BULLET,
	SHAPE_OTHER
};

static enum shape word_shape(const struct text *t, uint32_t i)
{
	const struct token *k = &t->tokens[i];
	struct str s = text_token(t, i);
	if (k->flags & TOK_NUMBER)
		return SHAPE_NUMBER;
	if (k->flags & TOK_INITIALISM)
		return SHAPE_INITIALISM;
	if (k->flags & TOK_ABBREVIATION)
		return s.n == 2 ? SHAPE_INITIAL : SHAPE_ABBREVIATION;
	if (k->flags & TOK_ALL_CAPITALS)
		return SHAPE_ALL_CAPITALS;
	if (!(k->flags & TOK_CAPITAL))
		return SHAPE_SMALL;
	if (!k->word)
		return SHAPE_CAPITAL;
	return k->word->tags[0] <= TAG_AUX ? SHAPE_CAPITAL_CLOSED : SHAPE_CAPITAL_WORD;
}

static enum shape mark_shape(const struct text *t, uint32_t i)
{
	const struct token *k = &t->tokens[i];
	struct str s = text_token(t, i);
	if (k->mark) {
		if (!k->quote)
			return SHAPE_LOOSE_QUOTE;
		const struct quote *q = &t->quotes[k->quote - 1];
		return q->open == i    ? SHAPE_OPEN_QUOTE
		       : q->close == i ? SHAPE_CLOSE_QUOTE
				       : SHAPE_LOOSE_QUOTE;
	}
	if (k->flags & TOK_TERMINAL)
		return s.p[0] == '.'		       ? (s.n == 1 ? SHAPE_STOP : SHAPE_ELLIPSIS)
		       : (unsigned char)s.p[0] >= 0x80 ? SHAPE_ELLIPSIS
						       : SHAPE_QUESTION;
	static const struct {
		const char *marks;
		enum shape shape;
	} shapes[] = {{",", SHAPE_COMMA},
		      {":", SHAPE_COLON},
		      {";", SHAPE_SEMICOLON},
		      {"- – — -- ― ---", SHAPE_DASH},
		      {"( [ {", SHAPE_OPEN_BRACKET},
		      {") ] }", SHAPE_CLOSE_BRACKET},
		      {"• * · > >> ~", SHAPE_BULLET}};
	for (size_t n = 0; n < sizeof shapes / sizeof shapes[0]; n++)
		if (text_is_one_of(t, i, shapes[n].marks))
			return shapes[n].shape;
	return SHAPE_OTHER;
}

/* Token number i counted from `at`, when it is in the paragraph's part that may be looked at. */
static enum shape shape_at(const struct boundary *b, const struct text *t, uint32_t first,
			   uint32_t at, int offset)
{
	int64_t i = (int64_t)at + offset;
	if (i < (int64_t)first || i >= (int64_t)b->end)
		return SHAPE_NONE;
	return t->tokens[i].flags & TOK_WORD ? word_shape(t, (uint32_t)i)
					     : mark_shape(t, (uint32_t)i);
}

void boundary_start(struct boundary *b, uint32_t first, uint32_t end)
{
	*b = (struct boundary){.start = first, .end = end};
}

void boundary_step(struct boundary *b, const struct text *t, uint32_t i)
{
	const struct token *k = &t->tokens[i];
	if (text_is_one_of(t, i, "( [ {"))
		b->brackets++;
	else if (b->brackets && text_is_one_of(t, i, ") ] }"))
		b->brackets--;
	b->small_words += (k->flags & (TOK_WORD | TOK_CAPITAL | TOK_NUMBER)) == TOK_WORD;
}

static unsigned bucket(uint32_t n)
{
	static const uint32_t steps[] = {1, 2, 3, 5, 8, 13, 21, 40};
	unsigned i = 0;
	while (i < sizeof steps / sizeof steps[0] && n > steps[i])
		i++;
	return i;
}

/* Does a verb of saying come soon: `"Why?" he asked.` */
static bool says_soon(const struct text *t, uint32_t i, uint32_t end)
{
	for (uint32_t k = i; k < end && k < i + 8; k++) {
		if (t->tokens[k].flags & TOK_TERMINAL || t->tokens[k].mark)
			return false;
		if (text_is_in(t, k, SET_QUOTATIVE) || text_is_in(t, k, SET_REPORTING))
			return true;
	}
	return false;
}

struct collector {
	uint32_t *out;
	size_t n;
	uint64_t id;
};

static void add(struct collector *c, uint64_t value)
{
	uint64_t h = (value + 1) * 0x9E3779B97F4A7C15u + ++c->id * 0xC2B2AE3D27D4EB4Fu;
	h = (h ^ (h >> 31)) * 0xBF58476D1CE4E5B9u;
	if (c->n < BOUNDARY_FEATURES)
		c->out[c->n++] = (uint32_t)(h >> (64 - BOUNDARY_BITS));
}

static uint64_t pair(uint64_t a, uint64_t b)
{
	return a * 0x9E3779B97F4A7C15u + b + 1;
}

static uint64_t key_at(const struct boundary *b, const struct text *t, int64_t i)
{
	if (i < (int64_t)b->start || i >= (int64_t)b->end)
		return 1;
	const struct token *k = &t->tokens[i];
	return k->flags & TOK_WORD ? k->key : word_key(text_token(t, (size_t)i));
}

/* The likeliest tag of the word by itself. */
static uint64_t class_at(const struct boundary *b, const struct text *t, int64_t i)
{
	if (i < (int64_t)b->start || i >= (int64_t)b->end)
		return TAG_COUNT + 1;
	const struct token *k = &t->tokens[i];
	return k->word ? k->word->tags[0] : TAG_COUNT;
}

size_t boundary_features(const struct boundary *b, const struct text *t, uint32_t i,
			 uint32_t out[BOUNDARY_FEATURES])
{
	struct collector c = {.out = out};
	uint64_t s[7]; /* shapes from i - 2 to i + 4 */
	for (int k = 0; k < 7; k++)
		s[k] = shape_at(b, t, b->start, i, k - 2);
	const uint64_t *at = s + 2;
	uint64_t key = key_at(b, t, i), next = key_at(b, t, (int64_t)i + 1),
		 before = key_at(b, t, (int64_t)i - 1);
	uint64_t class = class_at(b, t, i), next_class = class_at(b, t, (int64_t)i + 1);
	const struct token *now = &t->tokens[i], *after = &t->tokens[i + 1];
	uint64_t space = (after->flags & TOK_SPACE_BEFORE) != 0, length = bucket(i - b->start + 1);
	uint64_t rest = bucket(b->end - i - 1), titled = b->small_words == 0;
	/* 0 outside, 1 inside of a quotation, 2 at its end, 3 before its start */
	uint64_t quote = after->quote && after->quote == now->quote ? 1
			 : now->quote				    ? 2
			 : after->quote				    ? 3
								    : 0;
	uint64_t state = quote * 6 + (b->brackets > 1 ? 2 : b->brackets) * 2 + space;
	bool ends_quote = at[0] == SHAPE_CLOSE_QUOTE || at[0] == SHAPE_CLOSE_BRACKET ||
			  at[0] == SHAPE_LOOSE_QUOTE;
	uint64_t says = ends_quote && says_soon(t, i + 1, b->end);
	add(&c, 0);
	add(&c, pair(at[0], space));
	add(&c, pair(at[1], space));
	add(&c, pair(pair(at[0], at[1]), space));
	add(&c, pair(pair(at[-1], at[0]), pair(at[1], space)));
	add(&c, pair(pair(at[0], at[1]), pair(at[2], space)));
	add(&c, pair(pair(pair(at[-1], at[0]), pair(at[1], at[2])), space));
	add(&c, pair(pair(pair(at[-2], at[-1]), pair(at[0], at[1])), space));
	add(&c, pair(pair(pair(at[0], at[1]), pair(at[2], at[3])), space));
	add(&c, pair(pair(at[0], at[1]), pair(state, length)));
	add(&c, pair(pair(at[0], at[1]), state));
	add(&c, pair(pair(at[-1], at[0]), pair(at[1], state)));
	add(&c, pair(at[0], pair(length, titled)));
	add(&c, pair(pair(at[0], at[1]), pair(length, titled)));
	add(&c, pair(pair(at[0], at[1]), rest));
	add(&c, pair(pair(at[0], at[1]), pair(says, quote)));
	add(&c, pair(key, at[1]));
	add(&c, pair(key, space));
	add(&c, pair(next, at[0]));
	add(&c, pair(pair(next, at[1]), at[0]));
	add(&c, pair(next, pair(at[0], at[-1])));
	add(&c, pair(pair(before, at[0]), at[1]));
	add(&c, pair(pair(key_at(b, t, (int64_t)i + 2), at[1]), at[0]));
	add(&c, pair(pair(class, next_class), pair(at[0], at[1])));
	add(&c, pair(pair(class_at(b, t, (int64_t)i - 1), next_class), pair(at[0], at[1])));
	add(&c, pair(pair(next_class, class_at(b, t, (int64_t)i + 2)), pair(at[0], at[1])));
	add(&c, pair(pair(class, next_class), pair(class_at(b, t, (int64_t)i + 2), at[1])));
	add(&c, pair(pair(class, at[1]), pair(length, state)));
	add(&c, pair(key_at(b, t, b->start), pair(at[0], at[1])));
	add(&c, pair(pair(at[0], at[1]), pair(rest, length)));
	add(&c, pair(key, next));
	return c.n;
}
