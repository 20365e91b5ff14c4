/* The two label sets of the syntax: Penn Treebank tags (Marcus et al. 1993, with the web treebank's
 * additions) and the relations of Universal Dependencies v2 with the English subtypes. The order is
 * part of the model file's version. */
#ifndef DEMARCHE_EXTRACT_SYNTAX_LABELS_H
#define DEMARCHE_EXTRACT_SYNTAX_LABELS_H

#include "base/str.h"

/* Name in C, as written in CoNLL-U. */
#define XPOS_TAGS(X)                                                                               \
	X(NN, "NN")                                                                                \
	X(NNS, "NNS")                                                                              \
	X(NNP, "NNP")                                                                              \
	X(NNPS, "NNPS")                                                                            \
	X(PRP, "PRP")                                                                              \
	X(PRPS, "PRP$")                                                                            \
	X(DT, "DT")                                                                                \
	X(PDT, "PDT")                                                                              \
	X(WDT, "WDT")                                                                              \
	X(WP, "WP")                                                                                \
	X(WPS, "WP$")                                                                              \
	X(WRB, "WRB")                                                                              \
	X(EX, "EX")                                                                                \
	X(IN, "IN")                                                                                \
	X(TO, "TO")                                                                                \
	X(RP, "RP")                                                                                \
	X(CC, "CC")                                                                                \
	X(MD, "MD")                                                                                \
	X(VB, "VB")                                                                                \
	X(VBD, "VBD")                                                                              \
	X(VBG, "VBG")                                                                              \
	X(VBN, "VBN")                                                                              \
	X(VBP, "VBP")                                                                              \
	X(VBZ, "VBZ")                                                                              \
	X(JJ, "JJ")                                                                                \
	X(JJR, "JJR")                                                                              \
	X(JJS, "JJS")                                                                              \
	X(RB, "RB")                                                                                \
	X(RBR, "RBR")                                                                              \
	X(RBS, "RBS")                                                                              \
	X(CD, "CD")                                                                                \
	X(POS, "POS")                                                                              \
	X(UH, "UH")                                                                                \
	X(FW, "FW")                                                                                \
	X(SYM, "SYM")                                                                              \
	X(CURRENCY, "$")                                                                           \
	X(LS, "LS")                                                                                \
	X(ADD, "ADD")                                                                              \
	X(AFX, "AFX")                                                                              \
	X(GW, "GW")                                                                                \
	X(NFP, "NFP")                                                                              \
	X(HYPH, "HYPH")                                                                            \
	X(STOP, ".")                                                                               \
	X(COMMA, ",")                                                                              \
	X(COLON, ":")                                                                              \
	X(OPEN, "``")                                                                              \
	X(CLOSE, "''")                                                                             \
	X(LRB, "-LRB-")                                                                            \
	X(RRB, "-RRB-")

#define DEPRELS(X)                                                                                 \
	X(ROOT, "root")                                                                            \
	X(PUNCT, "punct")                                                                          \
	X(CASE, "case")                                                                            \
	X(DET, "det")                                                                              \
	X(DET_PREDET, "det:predet")                                                                \
	X(NSUBJ, "nsubj")                                                                          \
	X(NSUBJ_PASS, "nsubj:pass")                                                                \
	X(NSUBJ_OUTER, "nsubj:outer")                                                              \
	X(CSUBJ, "csubj")                                                                          \
	X(CSUBJ_PASS, "csubj:pass")                                                                \
	X(CSUBJ_OUTER, "csubj:outer")                                                              \
	X(OBJ, "obj")                                                                              \
	X(IOBJ, "iobj")                                                                            \
	X(OBL, "obl")                                                                              \
	X(OBL_UNMARKED, "obl:unmarked")                                                            \
	X(OBL_AGENT, "obl:agent")                                                                  \
	X(NMOD, "nmod")                                                                            \
	X(NMOD_POSS, "nmod:poss")                                                                  \
	X(NMOD_UNMARKED, "nmod:unmarked")                                                          \
	X(NMOD_DESC, "nmod:desc")                                                                  \
	X(AMOD, "amod")                                                                            \
	X(ADVMOD, "advmod")                                                                        \
	X(CONJ, "conj")                                                                            \
	X(CC, "cc")                                                                                \
	X(CC_PRECONJ, "cc:preconj")                                                                \
	X(COMPOUND, "compound")                                                                    \
	X(COMPOUND_PRT, "compound:prt")                                                            \
	X(MARK, "mark")                                                                            \
	X(AUX, "aux")                                                                              \
	X(AUX_PASS, "aux:pass")                                                                    \
	X(COP, "cop")                                                                              \
	X(ADVCL, "advcl")                                                                          \
	X(ADVCL_RELCL, "advcl:relcl")                                                              \
	X(XCOMP, "xcomp")                                                                          \
	X(CCOMP, "ccomp")                                                                          \
	X(ACL, "acl")                                                                              \
	X(ACL_RELCL, "acl:relcl")                                                                  \
	X(FLAT, "flat")                                                                            \
	X(FIXED, "fixed")                                                                          \
	X(APPOS, "appos")                                                                          \
	X(NUMMOD, "nummod")                                                                        \
	X(PARATAXIS, "parataxis")                                                                  \
	X(DISCOURSE, "discourse")                                                                  \
	X(EXPL, "expl")                                                                            \
	X(LIST, "list")                                                                            \
	X(DEP, "dep")                                                                              \
	X(VOCATIVE, "vocative")                                                                    \
	X(GOESWITH, "goeswith")                                                                    \
	X(REPARANDUM, "reparandum")                                                                \
	X(ORPHAN, "orphan")                                                                        \
	X(DISLOCATED, "dislocated")

enum xpos {
#define X(name, word) XPOS_##name,
	XPOS_TAGS(X)
#undef X
		XPOS_COUNT
};

enum deprel {
#define X(name, word) DEPREL_##name,
	DEPRELS(X)
#undef X
		DEPREL_COUNT
};

const char *xpos_name(unsigned xpos);	  /* "PRP$" */
const char *deprel_name(unsigned deprel); /* "nsubj:pass" */
/* The label of this name, or -1. A subtype that is not in the list gives its relation without the
 * subtype. */
int xpos_find(struct str name);
int deprel_find(struct str name);
/* The relation without its subtype: nsubj for nsubj:pass. */
unsigned deprel_universal(unsigned deprel);

#endif
