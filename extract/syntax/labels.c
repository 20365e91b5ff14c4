/* Names of tags and relations, both ways. */
#include "extract/syntax/labels.h"

#include <limits.h>
#include <string.h>

static const char *const xpos_names[] = {
#define X(name, word) word,
	XPOS_TAGS(X)
#undef X
};

static const char *const deprel_names[] = {
#define X(name, word) word,
	DEPRELS(X)
#undef X
};

const char *xpos_name(unsigned xpos)
{
	return xpos < XPOS_COUNT ? xpos_names[xpos] : "_";
}

const char *deprel_name(unsigned deprel)
{
	return deprel < DEPREL_COUNT ? deprel_names[deprel] : "_";
}

static int find(const char *const *names, int n, struct str name)
{
	for (int i = 0; i < n; i++)
		if (str_eq(str_of(names[i]), name))
			return i;
	return -1;
}

int xpos_find(struct str name)
{
	return find(xpos_names, XPOS_COUNT, name);
}

static struct str without_subtype(struct str name)
{
	const char *colon = name.n ? memchr(name.p, ':', name.n) : NULL;
	return colon ? (struct str){name.p, (size_t)(colon - name.p)} : name;
}

int deprel_find(struct str name)
{
	int found = find(deprel_names, DEPREL_COUNT, name);
	return found >= 0 ? found : find(deprel_names, DEPREL_COUNT, without_subtype(name));
}

unsigned deprel_universal(unsigned deprel)
{
	switch (deprel) {
	case DEPREL_DET_PREDET:
		return DEPREL_DET;
	case DEPREL_NSUBJ_PASS:
	case DEPREL_NSUBJ_OUTER:
		return DEPREL_NSUBJ;
	case DEPREL_CSUBJ_PASS:
	case DEPREL_CSUBJ_OUTER:
		return DEPREL_CSUBJ;
	case DEPREL_OBL_UNMARKED:
	case DEPREL_OBL_AGENT:
		return DEPREL_OBL;
	case DEPREL_NMOD_POSS:
	case DEPREL_NMOD_UNMARKED:
	case DEPREL_NMOD_DESC:
		return DEPREL_NMOD;
	case DEPREL_CC_PRECONJ:
		return DEPREL_CC;
	case DEPREL_COMPOUND_PRT:
		return DEPREL_COMPOUND;
	case DEPREL_AUX_PASS:
		return DEPREL_AUX;
	case DEPREL_ADVCL_RELCL:
		return DEPREL_ADVCL;
	case DEPREL_ACL_RELCL:
		return DEPREL_ACL;
	default:
		return deprel < DEPREL_COUNT ? deprel : UINT_MAX;
	}
}
