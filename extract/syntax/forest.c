/* Children and yields from the heads of an article's tokens. */
#include "extract/syntax/forest.h"

#include "extract/tables/key.h"
#include "extract/text/text.h"

static void link_children(struct forest *f)
{
	for (uint32_t i = (uint32_t)f->t->n_tokens; i-- > 0;) {
		uint32_t head = f->t->tokens[i].head;
		if (head == i)
			continue;
		f->next[i] = f->child[head];
		f->child[head] = i;
	}
}

/* Up from each token, until nothing changes: what a token's yield holds, those of its heads hold
 * already. */
static void spread_yields(struct forest *f)
{
	for (uint32_t i = 0; i < f->t->n_tokens; i++)
		for (uint32_t at = i; f->t->tokens[at].head != at;) {
			at = f->t->tokens[at].head;
			if (f->left[at] <= i && i <= f->right[at])
				break;
			f->left[at] = i < f->left[at] ? i : f->left[at];
			f->right[at] = i > f->right[at] ? i : f->right[at];
		}
}

int forest_make(struct forest *f, const struct text *t, struct arena *a)
{
	size_t n = t->n_tokens;
	uint8_t universal[DEPREL_COUNT];
	*f = (struct forest){t,
			     arena_array(a, n, sizeof *f->child),
			     arena_array(a, n, sizeof *f->next),
			     arena_array(a, n, sizeof *f->left),
			     arena_array(a, n, sizeof *f->right),
			     arena_array(a, n, sizeof *f->sentence),
			     arena_array(a, n, sizeof *f->lemma),
			     arena_array(a, n, sizeof *f->relation)};
	if (!f->child || !f->next || !f->left || !f->right || !f->sentence || !f->lemma ||
	    !f->relation)
		return -1;
	for (unsigned i = 0; i < DEPREL_COUNT; i++)
		universal[i] = (uint8_t)deprel_universal(i);
	for (uint32_t i = 0; i < n; i++) {
		f->child[i] = f->next[i] = FOREST_NONE;
		f->left[i] = f->right[i] = i;
		f->relation[i] = universal[t->tokens[i].deprel];
		f->lemma[i] = word_key(t->lemmas[i]);
	}
	for (uint32_t k = 0; k < t->n_sentences; k++)
		for (uint32_t i = t->sentences[k].first; i < t->sentences[k].end; i++)
			f->sentence[i] = k;
	link_children(f);
	spread_yields(f);
	return 0;
}

uint32_t forest_child(const struct forest *f, uint32_t token, unsigned relation)
{
	for (uint32_t i = f->child[token]; i != FOREST_NONE; i = f->next[i])
		if (f->relation[i] == relation)
			return i;
	return FOREST_NONE;
}
