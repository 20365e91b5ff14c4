/* The evidence for the type of a name. */
#include "extract/entity/name_type.h"

#include "extract/tables/lexicon.h"
#include "extract/text/text.h"

/* What a word right before or inside of a name says for person, organization and place. */
struct hint {
	enum word_set set;
	float w[WEIGH_COUNT];
};

static void give(float *w, float person, float organization, float place)
{
	w[WEIGH_PERSON] += person;
	w[WEIGH_ORGANIZATION] += organization;
	w[WEIGH_PLACE] += place;
}

/* By the first set that has the word. */
static void hint(const struct text *t, size_t i, const struct hint *hints, size_t n, float *w)
{
	for (size_t k = 0; k < n; k++)
		if (text_is_in(t, i, hints[k].set)) {
			give(w, hints[k].w[0], hints[k].w[1], hints[k].w[2]);
			return;
		}
}

static const struct hint words_before[] = {
	{SET_DEFINITE_ARTICLE, {-1.5f, 1.2f, 0.7f}}, {SET_INDEFINITE_ARTICLE, {-1, 0.5f, 0}},
	{SET_PREPOSITION_INSIDE, {-0.8f, 0.3f, 2}},  {SET_PREPOSITION_AROUND, {-0.8f, 0, 2}},
	{SET_PREPOSITION_AT, {-0.6f, 0.8f, 1.2f}},   {SET_PREPOSITION_FROM, {0, 0.2f, 0.9f}},
	{SET_PREPOSITION_TO, {0.2f, 0.2f, 0.5f}},    {SET_COMPANY_WORD, {0.7f, 0.2f, 0}},
	{SET_SAYING_WORD, {1.2f, 0.3f, 0}},	     {SET_SIDE_WORD, {0.3f, 0.4f, 0}},
};

static const struct hint first_words[] = {
	{SET_PLACE_NAME_START, {0, 0.2f, 1.6f}},
	{SET_BODY_NAME_START, {-1, 2, 0}},
};

/* "PolitiFact", "TfL", but "McDonald", "FitzGerald": a capital behind many small letters, or last
 * of all. */
static bool is_coined(struct str word)
{
	enum { LONGEST_PARTICLE = 4 };
	for (size_t i = 1; i < word.n; i++)
		if (word.p[i] >= 'A' && word.p[i] <= 'Z' && word.p[i - 1] >= 'a' &&
		    (i > LONGEST_PARTICLE || i + 1 == word.n))
			return true;
	return false;
}

static void weigh_word(const struct gazetteer *g, const struct text *t, uint32_t first,
		       uint32_t last, uint32_t i, float *w)
{
	const struct token *k = &t->tokens[i];
	uint32_t given = map_get(&g->given, k->key);
	unsigned class = gazetteer_noun(g, k, NULL);
	struct str word = text_token(t, i);
	if (given != MAP_NONE && (i == first || i < last))
		give(w,
		     (i == first ? 2.5f : 0.8f) - (given == 'u' ? 1.0f : 0.0f) -
			     (first == last ? 1.0f : 0.0f),
		     0, 0);
	/* "Bradford Council": a surname, too, may be a place's name */
	if (given != MAP_NONE && i == first && first < last &&
	    map_get(&g->surnames, k->key) != MAP_NONE &&
	    (gazetteer_noun(g, &t->tokens[last], NULL) & NOUN_SUFFIX_ORGANIZATION))
		give(w, -1.5f, 0, 0);
	if (first == last && is_coined(word))
		give(w, -1, 1.5f, 0);
	if (i > first && i < last && word.n <= 2 && (k->flags & TOK_CAPITAL))
		give(w, 1.5f, 0, -0.5f);
	if (i == last && (class & NOUN_SUFFIX_ORGANIZATION))
		give(w, first == last ? -1 : -0.5f, 3, 0);
	else if (class & NOUN_SUFFIX_ORGANIZATION)
		give(w, 0, 1.2f, 0);
	if (i == last && (class & NOUN_SUFFIX_PLACE))
		give(w, first == last ? -1 : -0.5f, 0, 3);
	if (first == last && (class & (NOUN_ORGANIZATION | NOUN_PLACE)))
		give(w, -2, class & NOUN_ORGANIZATION ? 1.0f : 0.0f,
		     class & NOUN_PLACE ? 1.0f : 0.0f);
	if (text_is_in(t, i, SET_GENERATION))
		give(w, i == last ? 3 : 0, 0, 0);
	if (text_is_in(t, i, SET_NAME_PARTICLE))
		give(w, 0.8f, 0, 0.3f);
	if (k->flags & (TOK_ALL_CAPITALS | TOK_INITIALISM) && word.n > 1)
		give(w, first == last ? -0.5f : 0, first == last ? 2.5f : 0.5f, 0);
}

/* "the actress Ann Lee", "the town of Lee", "Lee, a lawyer", "Lee, 52, ..." */
static void weigh_description(const struct gazetteer *g, const struct text *t, uint32_t i,
			      float sure, float *w)
{
	unsigned class =
		t->tokens[i].flags & TOK_CAPITAL ? 0 : gazetteer_noun(g, &t->tokens[i], NULL);
	if (class & NOUN_HUMAN)
		give(w, sure, 0, 0);
	else if (class & NOUN_ORGANIZATION)
		give(w, -0.5f, sure, 0);
	else if (class & NOUN_PLACE)
		give(w, -0.5f, 0, sure);
}

static void weigh_after(const struct gazetteer *g, const struct text *t, uint32_t after, float *w)
{
	if (after >= t->n_tokens || (t->tokens[after].flags & TOK_PARAGRAPH_START))
		return;
	bool comma = t->tokens[after].tag == TAG_COMMA && after + 1 < t->n_tokens;
	uint32_t i = comma ? after + 1 : after;
	if (text_is_one_of(t, i, "who whom whose"))
		give(w, 3, 0, 0);
	if (comma && (t->tokens[i].flags & TOK_NUMBER) && i + 1 < t->n_tokens &&
	    t->tokens[i + 1].tag == TAG_COMMA && text_token(t, i).n == 2)
		give(w, 3, 0, 0);
	if (comma && (t->tokens[i].tag == TAG_DT || t->tokens[i].tag == TAG_PRPS))
		for (uint32_t k = i + 1; k < t->n_tokens && k < i + 6; k++) {
			unsigned tag = t->tokens[k].tag, next = text_tag(t, k + 1);
			if (tag == TAG_NN && next != TAG_NN && next != TAG_NNS)
				weigh_description(g, t, k, 2.5f, w);
			if (tag != TAG_JJ && tag != TAG_NNP && tag != TAG_NN)
				break;
		}
	if (comma && (t->tokens[i].flags & TOK_CAPITAL) && i + 1 < t->n_tokens &&
	    t->tokens[i + 1].tag == TAG_COMMA)
		give(w, 0, 0, 0.6f);
	if (t->tokens[after].tag == TAG_POS)
		give(w, 0.5f, 0.2f, -0.7f);
	if (t->tokens[after].tag == TAG_POS && after + 1 < t->n_tokens &&
	    (gazetteer_noun(g, &t->tokens[after + 1], NULL) & (NOUN_MAN | NOUN_WOMAN)))
		give(w, 1.5f, 0, 0);
	if (tag_is_verb(t->tokens[after].tag))
		give(w, 0.6f, 0.3f, 0);
}

/* A name of several words, none of which is one of names alone. */
static bool is_of_language(const struct gazetteer *g, const struct text *t, uint32_t first,
			   uint32_t last)
{
	for (uint32_t i = first; i <= last; i++)
		if ((t->tokens[i].flags & TOK_WORD) &&
		    (!t->tokens[i].word || map_get(&g->given, t->tokens[i].key) != MAP_NONE ||
		     t->tokens[i].end - t->tokens[i].start <= 2))
			return false;
	return last > first;
}

/* Does an apposition end before this token? */
static bool closes(const struct text *t, uint32_t i)
{
	return i >= t->n_tokens || t->tokens[i].tag == TAG_COMMA || t->tokens[i].tag == TAG_STOP;
}

void name_type_weigh(const struct gazetteer *g, const struct text *t, uint32_t outer,
		     uint32_t first, uint32_t last, float *w)
{
	for (uint32_t i = first; i <= last; i++)
		weigh_word(g, t, first, last, i, w);
	if (first == last && t->tokens[first].word &&
	    map_get(&g->given, t->tokens[first].key) == MAP_NONE)
		give(w, -0.8f, 0,
		     0); /* a word of the language, in a title of a work more often than not */
	if (outer == first && is_of_language(g, t, first, last))
		give(w, -1.5f, 0.5f, 0);		 /* "Tourism Track" */
	if (gazetteer_is_place(g, t, first, last, NULL)) /* "Victoria", though some are called so */
		give(w, 0, 0, map_get(&g->given, t->tokens[last].key) == MAP_NONE ? 2.2f : 3);
	hint(t, first, first_words, sizeof first_words / sizeof first_words[0], w);
	give(w,
	     first == last	 ? 0.5f
	     : last == first + 1 ? 1
				 : 0.3f,
	     last > first + 2 ? 0.5f : 0, first == last ? 0 : -0.3f);
	if (outer < first) /* the caller says that these are titles */
		give(w, 4, 0, 0);
	if (outer > 0 && !(t->tokens[outer].flags & TOK_PARAGRAPH_START)) {
		hint(t, outer - 1, words_before, sizeof words_before / sizeof words_before[0], w);
		if (t->tokens[outer - 1].tag == TAG_NN)
			weigh_description(g, t, outer - 1, 3, w);
		else if (outer > 1 &&
			 (text_is(t, outer - 1, "of") ||
			  (t->tokens[outer - 1].tag == TAG_COMMA && closes(t, last + 1))) &&
			 t->tokens[outer - 2].tag == TAG_NN)
			weigh_description(g, t, outer - 2,
					  text_is(t, outer - 1, "of") ? 1.2f : 1.5f, w);
	}
	weigh_after(g, t, last + 1, w);
}

unsigned name_type_best(const float *w)
{
	unsigned best = WEIGH_PERSON;
	for (unsigned i = 1; i < WEIGH_COUNT; i++)
		if (w[i] > w[best])
			best = i;
	return best;
}
