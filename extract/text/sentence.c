/* Sentences: between any two tokens of a paragraph a small linear model says whether one ends there
 * (features: boundary.c; weights: data/sentences.model, made by train/fit_sentences.c). Greedy,
 * from left to right. */
#include "extract/text/sentence.h"

#include "base/embed.h"
#include "extract/tables/lexicon.h"
#include "extract/text/boundary.h"

EMBED(weights, "data/sentences.model");

/* What does not end is cut: a parser's time grows with a sentence's length. */
enum { SENTENCE_TOKENS_MAX = 400 };

enum ruling { RULE_NONE, RULE_ENDS, RULE_GOES_ON };

/* "The", "He", "But", "In": what a capital says nothing of but that a sentence starts. */
static bool is_starter(const struct token *k)
{
	return (k->flags & TOK_CAPITAL) && k->word && (k->flags & TOK_SPACE_BEFORE) &&
	       (k->word->tags[0] <= TAG_PRP || k->word->tags[0] == TAG_CC ||
		k->word->tags[0] == TAG_IN);
}

/* Do the marks that end at i, a few at most, close right behind a comma? */
static bool comma_before_marks(const struct text *t, uint32_t i)
{
	for (int left = 3; left > 0 && i > 0 && t->tokens[i].mark; left--) {
		if (t->tokens[i].flags & (TOK_SPACE_BEFORE | TOK_PARAGRAPH_START))
			break;
		i--;
	}
	return text_is(t, i, ",");
}

/* What is rare in the treebanks and common in news. */
static enum ruling rule(const struct text *t, uint32_t i)
{
	const struct token *k = &t->tokens[i];
	if (k->flags & TOK_LABEL_END)
		return RULE_ENDS;
	if (k->mark && comma_before_marks(t, i))
		return RULE_GOES_ON;	      /* `"We oppose it," Wang said.` */
	if (text_is_one_of(t, i, "hon. rt.")) /* "my hon. Friend" */
		return RULE_GOES_ON;
	if (text_is(t, i, ".") && text_is_in(t, i + 1, SET_QUOTATIVE) &&
	    !(t->tokens[i + 1].flags & TOK_CAPITAL)) /* "Mr Lee. said": a slip */
		return RULE_GOES_ON;
	if (!(k->flags & TOK_INITIALISM))
		return RULE_NONE;
	if (text_is_one_of(t, i, "a.m. p.m.") && text_is_in(t, i + 1, SET_AFTER_CLOCK))
		return RULE_GOES_ON;
	if (text_is_one_of(t, i, "e.g. i.e. p.s."))
		return RULE_GOES_ON;
	return is_starter(&t->tokens[i + 1]) ? RULE_ENDS : RULE_NONE; /* "the U.S. He left." */
}

static bool ends_after(const struct boundary *b, const struct text *t, uint32_t i)
{
	uint32_t features[BOUNDARY_FEATURES];
	const signed char *w = (const signed char *)weights;
	if (i + 1 >= b->end || i + 1 - b->start >= SENTENCE_TOKENS_MAX)
		return true;
	enum ruling ruled = rule(t, i);
	if (ruled != RULE_NONE)
		return ruled == RULE_ENDS;
	int sum = 0;
	size_t n = boundary_features(b, t, i, features);
	for (size_t k = 0; k < n; k++)
		sum += w[features[k]];
	return sum > 0;
}

int text_find_sentences(struct text *t, struct arena *a)
{
	size_t cap = 0;
	t->n_sentences = 0;
	for (size_t p = 0; p < t->n_paragraphs; p++) {
		struct boundary b;
		boundary_start(&b, t->paragraphs[p], t->paragraphs[p + 1]);
		for (uint32_t i = b.start; i < b.end; i++) {
			if (!budget_allows_step(a->budget, i))
				return -1;
			boundary_step(&b, t, i);
			if (!ends_after(&b, t, i))
				continue;
			if (arena_grow(a, (void **)&t->sentences, &cap, t->n_sentences + 1,
				       sizeof *t->sentences) < 0)
				return -1;
			t->sentences[t->n_sentences++] = (struct sentence){b.start, i + 1};
			boundary_start(&b, i + 1, b.end);
		}
	}
	return 0;
}
