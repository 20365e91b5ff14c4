/* Universal parts of speech from Penn tags: a table by tag, and exceptions by relation and by word.
 */
#include "extract/syntax/upos.h"

#include <string.h>

#include "extract/syntax/labels.h"

static const char *const by_xpos[XPOS_COUNT] = {
	[XPOS_NN] = "NOUN",    [XPOS_NNS] = "NOUN",    [XPOS_NNP] = "PROPN",
	[XPOS_NNPS] = "PROPN", [XPOS_PRP] = "PRON",    [XPOS_PRPS] = "PRON",
	[XPOS_DT] = "DET",     [XPOS_PDT] = "DET",     [XPOS_WDT] = "PRON",
	[XPOS_WP] = "PRON",    [XPOS_WPS] = "PRON",    [XPOS_WRB] = "ADV",
	[XPOS_EX] = "PRON",    [XPOS_IN] = "ADP",      [XPOS_TO] = "PART",
	[XPOS_RP] = "ADP",     [XPOS_CC] = "CCONJ",    [XPOS_MD] = "AUX",
	[XPOS_VB] = "VERB",    [XPOS_VBD] = "VERB",    [XPOS_VBG] = "VERB",
	[XPOS_VBN] = "VERB",   [XPOS_VBP] = "VERB",    [XPOS_VBZ] = "VERB",
	[XPOS_JJ] = "ADJ",     [XPOS_JJR] = "ADJ",     [XPOS_JJS] = "ADJ",
	[XPOS_RB] = "ADV",     [XPOS_RBR] = "ADV",     [XPOS_RBS] = "ADV",
	[XPOS_CD] = "NUM",     [XPOS_POS] = "PART",    [XPOS_UH] = "INTJ",
	[XPOS_FW] = "X",       [XPOS_SYM] = "SYM",     [XPOS_CURRENCY] = "SYM",
	[XPOS_LS] = "NUM",     [XPOS_ADD] = "PROPN",   [XPOS_AFX] = "X",
	[XPOS_GW] = "X",       [XPOS_NFP] = "PUNCT",   [XPOS_HYPH] = "PUNCT",
	[XPOS_STOP] = "PUNCT", [XPOS_COMMA] = "PUNCT", [XPOS_COLON] = "PUNCT",
	[XPOS_OPEN] = "PUNCT", [XPOS_CLOSE] = "PUNCT", [XPOS_LRB] = "PUNCT",
	[XPOS_RRB] = "PUNCT",
};

/* Those by relation; a row's relation stands for its subtypes too. */
static const struct {
	uint8_t xpos, deprel;
	const char *upos;
} by_deprel[] = {
	{XPOS_IN, DEPREL_MARK, "SCONJ"},   {XPOS_NNP, DEPREL_AMOD, "ADJ"},
	{XPOS_DT, DEPREL_NSUBJ, "PRON"},   {XPOS_DT, DEPREL_OBJ, "PRON"},
	{XPOS_DT, DEPREL_OBL, "PRON"},	   {XPOS_DT, DEPREL_NMOD, "PRON"},
	{XPOS_WDT, DEPREL_DET, "DET"},	   {XPOS_NFP, DEPREL_DISCOURSE, "SYM"},
	{XPOS_COMMA, DEPREL_CC, "SYM"},	   {XPOS_NN, DEPREL_GOESWITH, "X"},
	{XPOS_RB, DEPREL_GOESWITH, "X"},   {XPOS_JJ, DEPREL_GOESWITH, "X"},
	{XPOS_TO, DEPREL_CASE, "ADP"},	   {XPOS_FW, DEPREL_ADVMOD, "ADV"},
	{XPOS_SYM, DEPREL_PUNCT, "PUNCT"},
};

static const struct {
	uint8_t xpos;
	const char *words, *upos;
} by_word[] = {
	{XPOS_RB, "not n't n’t nt", "PART"},
	{XPOS_DT, "all both some", "DET"},
	{XPOS_NN, "#", "SYM"},
};

/* "someone", "nothing": an indefinite pronoun, though tagged as a noun. */
static bool is_indefinite(struct str form)
{
	static const char *const firsts[] = {"some", "any", "every", "no"};
	for (size_t i = 0; i < sizeof firsts / sizeof firsts[0]; i++) {
		size_t n = strlen(firsts[i]);
		if (form.n > n && str_eq_nocase(str_sub(form, 0, n), str_of(firsts[i])) &&
		    str_is_one_of_nocase(str_sub(form, n, form.n), "one body thing"))
			return true;
	}
	return false;
}

const char *upos_of(struct str form, unsigned xpos, unsigned deprel)
{
	if (xpos >= XPOS_COUNT)
		return "X";
	for (size_t i = 0; i < sizeof by_word / sizeof by_word[0]; i++)
		if (by_word[i].xpos == xpos && str_is_one_of_nocase(form, by_word[i].words))
			return by_word[i].upos;
	if (xpos == XPOS_NN && is_indefinite(form))
		return "PRON";
	unsigned relation = deprel < DEPREL_COUNT ? deprel_universal(deprel) : DEPREL_COUNT;
	bool is_verb = xpos >= XPOS_VB && xpos <= XPOS_VBZ;
	if (is_verb && (relation == DEPREL_AUX || relation == DEPREL_COP))
		return "AUX";
	for (size_t i = 0; i < sizeof by_deprel / sizeof by_deprel[0]; i++)
		if (by_deprel[i].xpos == xpos && by_deprel[i].deprel == relation)
			return by_deprel[i].upos;
	return by_xpos[xpos];
}
