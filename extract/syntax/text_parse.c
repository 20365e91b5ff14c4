#include "extract/syntax/text_parse.h"

/* Tags of words by their Penn tag. What tags alone do not tell, subordinators and auxiliaries,
 * comes from the tree. */
static const uint8_t coarse[XPOS_COUNT] = {
	[XPOS_NN] = TAG_NN,	[XPOS_NNS] = TAG_NNS,	  [XPOS_NNP] = TAG_NNP,
	[XPOS_NNPS] = TAG_NNP,	[XPOS_PRP] = TAG_PRP,	  [XPOS_PRPS] = TAG_PRPS,
	[XPOS_DT] = TAG_DT,	[XPOS_PDT] = TAG_DT,	  [XPOS_WDT] = TAG_W,
	[XPOS_WP] = TAG_W,	[XPOS_WPS] = TAG_W,	  [XPOS_WRB] = TAG_W,
	[XPOS_EX] = TAG_PRP,	[XPOS_IN] = TAG_IN,	  [XPOS_TO] = TAG_TO,
	[XPOS_RP] = TAG_RB,	[XPOS_CC] = TAG_CC,	  [XPOS_MD] = TAG_MD,
	[XPOS_VB] = TAG_VB,	[XPOS_VBD] = TAG_VBD,	  [XPOS_VBG] = TAG_VBG,
	[XPOS_VBN] = TAG_VBN,	[XPOS_VBP] = TAG_VBP,	  [XPOS_VBZ] = TAG_VBP,
	[XPOS_JJ] = TAG_JJ,	[XPOS_JJR] = TAG_JJ,	  [XPOS_JJS] = TAG_JJ,
	[XPOS_RB] = TAG_RB,	[XPOS_RBR] = TAG_RB,	  [XPOS_RBS] = TAG_RB,
	[XPOS_CD] = TAG_CD,	[XPOS_POS] = TAG_POS,	  [XPOS_UH] = TAG_RB,
	[XPOS_FW] = TAG_NN,	[XPOS_SYM] = TAG_PUNCT,	  [XPOS_CURRENCY] = TAG_PUNCT,
	[XPOS_LS] = TAG_CD,	[XPOS_ADD] = TAG_NN,	  [XPOS_AFX] = TAG_JJ,
	[XPOS_GW] = TAG_NN,	[XPOS_NFP] = TAG_PUNCT,	  [XPOS_HYPH] = TAG_PUNCT,
	[XPOS_STOP] = TAG_STOP, [XPOS_COMMA] = TAG_COMMA, [XPOS_COLON] = TAG_PUNCT,
	[XPOS_OPEN] = TAG_OPEN, [XPOS_CLOSE] = TAG_CLOSE, [XPOS_LRB] = TAG_PUNCT,
	[XPOS_RRB] = TAG_PUNCT,
};

/* Of a mark, by its form alone: no tagger is surer of a comma. */
static unsigned mark_tag(const struct text *t, size_t i)
{
	const struct token *k = &t->tokens[i];
	char c = text_token(t, i).p[0];
	if (k->flags & TOK_TERMINAL)
		return TAG_STOP;
	if (k->mark == MARK_OPEN || k->mark == MARK_SINGLE_OPEN)
		return TAG_OPEN;
	if (k->mark)
		return TAG_CLOSE;
	return c == ',' ? TAG_COMMA : c == '.' ? TAG_STOP : TAG_PUNCT;
}

unsigned text_coarse_tag(unsigned xpos, unsigned deprel)
{
	bool is_verb = xpos >= XPOS_VB && xpos <= XPOS_VBZ;
	if (is_verb && (deprel == DEPREL_AUX || deprel == DEPREL_AUX_PASS || deprel == DEPREL_COP))
		return TAG_AUX;
	if (xpos == XPOS_IN && deprel == DEPREL_MARK)
		return TAG_SC;
	return coarse[xpos] >= TAG_COMMA
		       ? TAG_NN
		       : coarse[xpos]; /* letters that the network took for a mark */
}

static unsigned coarse_tag(const struct text *t, size_t i)
{
	const struct token *k = &t->tokens[i];
	if (!(k->flags & TOK_WORD))
		return mark_tag(t, i);
	if (k->flags & TOK_NUMBER)
		return TAG_CD;
	return text_coarse_tag(k->xpos, k->deprel);
}

/* What the network is given for a token: "the WHO" is a name and no pronoun, but of capitals it
 * knows little. */
static struct str form_of(const struct text *t, size_t i)
{
	bool is_body = i > 0 && str_eq(text_token(t, i), STR("WHO")) && text_is(t, i - 1, "the");
	return is_body ? STR("UN") : text_token(t, i);
}

/* Tokens that are parsed at a time, but for a longer sentence: many batches, in memory that does
 * not grow with the text. */
enum { AT_A_TIME = 4096 };

static void set_token(struct text *t, size_t i, uint32_t sentence_first,
		      const struct syntax_node *node)
{
	struct token *k = &t->tokens[i];
	k->xpos = node->xpos;
	k->deprel = node->deprel;
	k->head = sentence_first + node->head;
	k->tag = (uint8_t)coarse_tag(t, i);
}

/* Sentences `from` to `end`; what they need beside the tokens is in `scratch`. */
static int parse_some(struct text *t, const struct syntax *sx, size_t from, size_t end,
		      struct arena *scratch)
{
	uint32_t first = t->sentences[from].first, n = t->sentences[end - 1].end - first;
	struct str *forms = arena_room(scratch, n, sizeof *forms);
	struct syntax_node *nodes = arena_room(scratch, n, sizeof *nodes);
	struct syntax_sentence *sentences = arena_room(scratch, end - from, sizeof *sentences);
	if (!forms || !nodes || !sentences)
		return -1;
	const struct states states = {t->states->v + first, t->states->scales + first};
	for (size_t i = 0; i < n; i++)
		forms[i] = form_of(t, first + i);
	for (size_t k = from; k < end; k++) {
		const struct sentence *s = &t->sentences[k];
		sentences[k - from] = (struct syntax_sentence){
			forms + (s->first - first), nodes + (s->first - first), s->end - s->first};
	}
	if (syntax_parse_all(sx, sentences, end - from, &states, scratch) < 0)
		return -1;
	for (size_t k = from; k < end; k++)
		for (uint32_t i = t->sentences[k].first; i < t->sentences[k].end; i++)
			set_token(t, i, t->sentences[k].first, &nodes[i - first]);
	return 0;
}

int text_parse(struct text *t, const struct syntax *sx, struct arena *a)
{
	t->syntax = sx;
	struct states *states = arena_alloc(a, sizeof *states);
	if (!states)
		return -1;
	*states = (struct states){arena_room(a, t->n_tokens, sizeof *states->v),
				  arena_room(a, t->n_tokens, sizeof *states->scales)};
	if (!states->v || !states->scales)
		return -1;
	t->states = states;
	for (size_t from = 0, end; from < t->n_sentences; from = end) {
		struct arena scratch;
		for (end = from + 1; end < t->n_sentences; end++)
			if (t->sentences[end].end - t->sentences[from].first > AT_A_TIME)
				break;
		arena_init_beside(&scratch, a);
		int rc = parse_some(t, sx, from, end, &scratch);
		arena_release(&scratch);
		if (rc < 0)
			return -1;
	}
	return 0;
}

int text_find_lemmas(struct text *t, const struct lemmas *ls, struct arena *a)
{
	t->lemmas = arena_array(a, t->n_tokens, sizeof *t->lemmas);
	if (!t->lemmas)
		return -1;
	for (size_t i = 0; i < t->n_tokens; i++) {
		t->lemmas[i] = lemma_of(ls, text_lower(t, i), t->tokens[i].xpos, a);
		if (!t->lemmas[i].p || !budget_allows_step(a->budget, i))
			return -1;
	}
	return 0;
}
