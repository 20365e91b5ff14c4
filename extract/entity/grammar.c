/* Roles by the tree, or by tags where there is none. */
#include "extract/entity/grammar.h"

#include "extract/syntax/labels.h"

uint32_t grammar_head_of(const struct text *t, uint32_t first, uint32_t last)
{
	for (uint32_t i = first; i <= last; i++)
		if (t->tokens[i].head < first || t->tokens[i].head > last || t->tokens[i].head == i)
			return i;
	return last;
}

/* The relation of a token, or for a member of a list that of its first. */
static unsigned relation_of(const struct text *t, uint32_t *i)
{
	for (unsigned steps = 0;
	     t->tokens[*i].deprel == DEPREL_CONJ && t->tokens[*i].head != *i && steps < 8; steps++)
		*i = t->tokens[*i].head;
	return t->tokens[*i].deprel;
}

static bool is_finite_verb(unsigned tag)
{
	return tag == TAG_VBD || tag == TAG_VBP || tag == TAG_MD || tag == TAG_AUX;
}

static enum gram_role role_by_tags(const struct text *t, uint32_t head)
{
	uint32_t after = head + 1, first = head;
	if (text_tag(t, head) == TAG_PRPS || text_tag(t, after) == TAG_POS)
		return ROLE_POSSESSIVE;
	while (text_tag(t, after) == TAG_RB)
		after++;
	while (first > 0 && t->tokens[head].tag == TAG_NNP && t->tokens[first - 1].tag == TAG_NNP)
		first--;
	unsigned before = first > 0 ? text_tag(t, first - 1) : TAG_STOP;
	if (before == TAG_IN || before == TAG_TO)
		return ROLE_OBLIQUE;
	if (is_finite_verb(text_tag(t, after)))
		return ROLE_SUBJECT;
	if (tag_is_verb(before))
		return ROLE_OBJECT;
	return ROLE_OTHER;
}

bool grammar_has_tree(const struct text *t)
{
	return t->n_tokens > 2 && (t->tokens[1].head || t->tokens[2].head);
}

enum gram_role grammar_role_of(const struct text *t, uint32_t head)
{
	if (!grammar_has_tree(t))
		return role_by_tags(t, head);
	switch (relation_of(t, &head)) {
	case DEPREL_NSUBJ:
	case DEPREL_NSUBJ_OUTER:
	case DEPREL_CSUBJ:
		return ROLE_SUBJECT;
	case DEPREL_NSUBJ_PASS:
		return ROLE_PASSIVE;
	case DEPREL_OBJ:
	case DEPREL_IOBJ:
		return ROLE_OBJECT;
	case DEPREL_OBL:
	case DEPREL_OBL_AGENT:
	case DEPREL_OBL_UNMARKED:
		return ROLE_OBLIQUE;
	case DEPREL_NMOD_POSS:
		return ROLE_POSSESSIVE;
	case DEPREL_APPOS:
		return ROLE_APPOSITION;
	case DEPREL_NMOD:
	case DEPREL_COMPOUND:
	case DEPREL_FLAT:
	case DEPREL_NMOD_DESC:
		return ROLE_MODIFIER;
	default:
		return ROLE_OTHER;
	}
}

enum link grammar_link_of(const struct text *t, uint32_t i)
{
	switch (t->tokens[i].deprel) {
	case DEPREL_ROOT:
		return LINK_ROOT;
	case DEPREL_CCOMP:
	case DEPREL_CSUBJ:
	case DEPREL_CSUBJ_PASS:
		return LINK_COMPLEMENT;
	case DEPREL_ADVCL:
	case DEPREL_ADVCL_RELCL:
		return LINK_ADVERBIAL;
	case DEPREL_ACL:
	case DEPREL_ACL_RELCL:
		return LINK_RELATIVE;
	case DEPREL_CONJ:
		return tag_is_verb(t->tokens[i].tag) ? LINK_CONJUNCT : LINK_NONE;
	case DEPREL_XCOMP:
		return LINK_OPEN;
	case DEPREL_PARATAXIS:
		return LINK_PARATAXIS;
	default:
		return LINK_NONE;
	}
}

uint32_t grammar_clause_of(const struct text *t, uint32_t i)
{
	for (unsigned steps = 0;
	     steps < GRAMMAR_CLIMB && grammar_link_of(t, i) == LINK_NONE && t->tokens[i].head != i;
	     steps++)
		i = t->tokens[i].head;
	return i;
}

bool grammar_is_above(const struct text *t, uint32_t above, uint32_t i)
{
	for (unsigned steps = 0; steps < GRAMMAR_CLIMB && i != above && t->tokens[i].head != i;
	     steps++)
		i = t->tokens[i].head;
	return i == above;
}
