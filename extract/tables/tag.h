/* Parts of speech as the tables and the steps know them. */
#ifndef DEMARCHE_EXTRACT_TABLES_TAG_H
#define DEMARCHE_EXTRACT_TABLES_TAG_H

#include <stdbool.h>

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
/* May it be a predicate's first word? */
static inline bool tag_is_finite(unsigned tag)
{
	return tag == TAG_VBD || tag == TAG_VBP || tag == TAG_MD || tag == TAG_AUX;
}
static inline bool tag_is_noun(unsigned tag)
{
	return tag == TAG_NN || tag == TAG_NNS || tag == TAG_NNP;
}

#endif
