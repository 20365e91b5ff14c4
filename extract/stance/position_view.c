/* Which words of a statement are seen, and which of them may be an object. */
#include "extract/stance/position_view.h"

#include <string.h>

#include "extract/stance/view_effects.h"
#include "extract/stance/view_features.h"
#include "extract/syntax/form_hash.h"
#include "extract/syntax/syntax.h"
#include "extract/tables/key.h"

/* Tokens beside the content that are seen, within its sentences. */
enum { AROUND_BEFORE = 24, AROUND_CUE = 40, AROUND_BEHIND = 12 };

int view_scene_init(struct view_scene *v, const struct classifier *cl, const struct forest *f,
		    const struct issue_background *bg, struct arena *a)
{
	*v = (struct view_scene){.cl = cl, .f = f, .es = bg->es, .bg = bg};
	for (uint32_t i = 0; i < f->t->n_tokens; i++) {
		uint32_t *n = f->lemma[i] ? map_at(&v->counts, f->lemma[i], a) : NULL;
		if (f->lemma[i] && !n)
			return -1;
		if (n)
			*n = *n == MAP_NONE ? 1 : *n + 1;
	}
	return 0;
}

/* --- which tokens ----------------------------------------------------------------------------- */

static void find_window(struct viewer *v)
{
	const struct attribution *at = v->at;
	const struct text *t = v->t;
	uint32_t from = at->parts[0].first, to = at->parts[at->n_parts - 1].last;
	uint32_t first = t->sentences[text_sentence(t, from)].first,
		 end = t->sentences[text_sentence(t, to)].end;
	if (from - first > AROUND_BEFORE)
		first = from - AROUND_BEFORE;
	if (range_is(at->cue) && at->cue.first < first && from - at->cue.first <= AROUND_CUE)
		first = at->cue.first;
	if (end > to + 1 + AROUND_BEHIND)
		end = to + 1 + AROUND_BEHIND;
	v->out->first = first;
	v->out->n = end - first < VIEW_TOKENS ? end - first : VIEW_TOKENS;
	v->out->from = (uint8_t)(from - first);
	v->out->to = (uint8_t)(to - first < v->out->n ? to - first : v->out->n - 1);
}

/* The content's word that the fewest others stand above. */
static uint32_t top_of(const struct viewer *v)
{
	enum { DEEP = 40 };
	uint32_t best = TOKEN_NONE;
	unsigned least = DEEP + 1;
	for (uint32_t k = v->out->from; k <= v->out->to; k++) {
		uint32_t i = v->out->first + k, up = v->t->tokens[i].head;
		unsigned depth = 0;
		if (!(v->t->tokens[i].flags & TOK_WORD) || !attribution_holds(v->at, i) ||
		    (up != i && attribution_holds(v->at, up)))
			continue;
		for (uint32_t at = i; depth < DEEP && v->t->tokens[at].head != at; depth++)
			at = v->t->tokens[at].head;
		if (depth < least) {
			best = i;
			least = depth;
		}
	}
	return best;
}

/* --- words ------------------------------------------------------------------------------------ */

static uint64_t word_of(const struct viewer *v, uint32_t i)
{
	enum { NAME = 2, PERSON = 3 };
	const struct entity *e = entities_named_at(v->scene->es, i);
	return !viewer_is_name(v, i)		? v->f->lemma[i]
	       : e && e->kind == MENTION_PERSON ? PERSON
						: NAME;
}

static int32_t vector_of(const struct viewer *v, const struct vectors *vectors, uint32_t i)
{
	struct form_hashes h;
	if (viewer_is_name(v, i))
		return VECTOR_NONE;
	form_hashes_of(text_token(v->t, i), &h);
	return vectors_find(vectors, h.low);
}

static void set_bit(struct viewer *v, uint32_t i, enum view_bit bit)
{
	v->out->tokens[i - v->out->first].bits |= 1u << bit;
}

static void note_valence(struct viewer *v, uint32_t i)
{
	static const struct {
		unsigned valence;
		enum view_bit bit;
	} bits[] = {{VALENCE_POSITIVE, VIEW_GOOD},
		    {VALENCE_NEGATIVE, VIEW_BAD},
		    {VALENCE_DEMAND, VIEW_DEMAND},
		    {VALENCE_ACCUSE, VIEW_ACCUSE},
		    {VALENCE_SHIFTER, VIEW_SHIFTER}};
	unsigned valence = lexicon_valence(v->scene->es->lx, v->f->lemma[i]);
	for (size_t k = 0; k < sizeof bits / sizeof *bits; k++)
		if (valence & bits[k].valence)
			set_bit(v, i, bits[k].bit);
}

/* By itself, or with a particle or a preposition that one of its own has. */
static enum effect effect_of(const struct viewer *v, uint32_t i)
{
	const struct lexicon *lx = v->scene->es->lx;
	for (uint32_t k = v->f->child[i]; k != FOREST_NONE; k = v->f->next[k]) {
		enum effect e = view_effect_with(v, k, i);
		if (e)
			return e;
	}
	return lexicon_effect(lx, v->f->lemma[i]);
}

static void note_token(struct viewer *v, const struct vectors *vectors, uint32_t k)
{
	uint32_t i = v->out->first + k, up = v->t->tokens[i].head;
	const struct token *x = &v->t->tokens[i];
	struct view_token *out = &v->out->tokens[k];
	bool is_word = x->flags & TOK_WORD;
	v->word[k] = is_word ? word_of(v, i) : v->f->lemma[i];
	v->act[k] = (int8_t)(is_word ? classifier_act_word(v->scene->cl, v->t, i) : -1);
	out->vector = vector_of(v, vectors, i);
	out->governor = up == i ? VECTOR_NONE : vector_of(v, vectors, up);
	out->rows[VIEW_deprel] = viewer_relation(v, i);
	out->rows[VIEW_xpos] = viewer_is_name(v, i) ? XPOS_NNP : x->xpos;
	out->rows[VIEW_act] = (uint8_t)(v->act[k] + 1);
	if (attribution_holds(v->at, i))
		set_bit(v, i, VIEW_CONTENT);
	else if (k > v->out->to)
		set_bit(v, i, VIEW_BEHIND);
	if (range_holds(v->at->cue, i))
		set_bit(v, i, VIEW_CUE);
	if (i == v->top)
		set_bit(v, i, VIEW_TOP);
	if (is_word && viewer_is_name(v, i))
		set_bit(v, i, VIEW_NAME);
	else if (is_word) {
		note_valence(v, i);
		enum effect e = effect_of(v, i);
		if (e)
			set_bit(v, i, VIEW_EFFECT + (enum view_bit)(e - 1));
	}
	if (x->quote && v->t->quotes[x->quote - 1].is_speech)
		set_bit(v, i, VIEW_QUOTED);
	if (text_is_in(v->t, i, SET_NEGATION) && viewer_sees(v, up))
		set_bit(v, up, VIEW_NEGATED);
	if (x->xpos == XPOS_MD && viewer_sees(v, up))
		set_bit(v, up, VIEW_MODAL);
}

/* The first token of the window that ends behind a point. */
static uint32_t token_at(const struct viewer *v, uint32_t point)
{
	uint32_t low = v->out->first, high = v->out->first + v->out->n;
	while (low < high) {
		uint32_t middle = (low + high) / 2;
		if (v->t->tokens[middle].point_end <= point)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void note_hits(struct viewer *v)
{
	for (size_t h = 0; h < v->n_hits; h++)
		for (size_t e = 0; e < v->hits[h].evidence.n; e++) {
			struct span s = v->hits[h].evidence.v[e];
			for (uint32_t i = token_at(v, s.start);
			     viewer_sees(v, i) && v->t->tokens[i].point < s.end; i++)
				set_bit(v, i, v->hits[h].issue->is_open ? VIEW_OPEN : VIEW_ISSUE);
		}
}

/* --- candidates ------------------------------------------------------------------------------- */

static bool is_noun(unsigned xpos)
{
	return xpos == XPOS_NN || xpos == XPOS_NNS || xpos == XPOS_NNP || xpos == XPOS_NNPS;
}

/* Can something be for or against what this word heads? */
static bool may_be_object(const struct viewer *v, uint32_t i)
{
	const struct token *k = &v->t->tokens[i];
	if (!(k->flags & TOK_WORD))
		return false;
	switch (v->f->relation[i]) {
	case DEPREL_AUX:
	case DEPREL_COP:
	case DEPREL_CASE:
	case DEPREL_MARK:
	case DEPREL_CC:
	case DEPREL_DET:
	case DEPREL_FLAT:
	case DEPREL_FIXED:
	case DEPREL_ADVMOD:
	case DEPREL_DISCOURSE:
	case DEPREL_EXPL:
		return false;
	case DEPREL_COMPOUND:
		return k->deprel == DEPREL_COMPOUND && k->xpos == XPOS_NNP;
	case DEPREL_AMOD:
	case DEPREL_NUMMOD:
		return is_noun(k->xpos) || (k->xpos >= XPOS_VB && k->xpos <= XPOS_VBZ);
	default:
		break;
	}
	if (k->xpos == XPOS_WP || k->xpos == XPOS_WDT)
		return v->f->relation[i] == DEPREL_NSUBJ || v->f->relation[i] == DEPREL_OBJ;
	return is_noun(k->xpos) || k->xpos == XPOS_PRP || k->xpos == XPOS_DT ||
	       (k->xpos >= XPOS_VB && k->xpos <= XPOS_VBZ) || k->xpos == XPOS_JJ ||
	       k->xpos == XPOS_CD || k->xpos == XPOS_RB;
}

/* Does what hangs on the head by this relation stand beside its phrase rather than in it? */
static bool is_beside(unsigned relation, unsigned deprel, bool is_verb)
{
	switch (relation) {
	case DEPREL_PUNCT:
	case DEPREL_CONJ:
	case DEPREL_CC:
	case DEPREL_PARATAXIS:
	case DEPREL_APPOS:
	case DEPREL_CASE:
	case DEPREL_MARK:
	case DEPREL_COP:
	case DEPREL_ADVCL:
	case DEPREL_AUX:
		return true;
	case DEPREL_NSUBJ:
		return !is_verb;
	default:
		return deprel == DEPREL_ACL_RELCL;
	}
}

/* Within the tokens that `in` holds. */
static struct range phrase_of(const struct viewer *v, uint32_t head, struct range in)
{
	struct range r = {head, head};
	bool is_verb = v->t->tokens[head].xpos >= XPOS_VB && v->t->tokens[head].xpos <= XPOS_VBZ;
	for (uint32_t k = v->f->child[head]; k != FOREST_NONE; k = v->f->next[k]) {
		if (is_beside(v->f->relation[k], v->t->tokens[k].deprel, is_verb))
			continue;
		if (v->f->left[k] < r.first && v->f->left[k] >= in.first)
			r.first = v->f->left[k];
		if (v->f->right[k] > r.last && v->f->right[k] <= in.last)
			r.last = v->f->right[k];
	}
	while (r.last > head && !(v->t->tokens[r.last].flags & TOK_WORD))
		r.last--;
	while (r.first < head && !(v->t->tokens[r.first].flags & TOK_WORD))
		r.first++;
	return r;
}

static void add_candidate(struct viewer *v, uint32_t token, struct range in, bool is_before)
{
	struct position_view *out = v->out;
	uint32_t up = v->t->tokens[token].head;
	if (out->n_candidates == VIEW_CANDIDATES)
		return;
	for (int k = 0; k < 6 && v->f->relation[token] == DEPREL_CONJ && up != token &&
			v->f->relation[up] == DEPREL_CONJ;
	     k++)
		up = v->t->tokens[up].head;
	if (v->f->relation[token] == DEPREL_CONJ && up != token)
		up = v->t->tokens[up].head;
	unsigned xpos = v->t->tokens[token].xpos;
	out->candidates[out->n_candidates++] = (struct view_candidate){
		.lemma = v->f->lemma[token],
		.is_pronoun = xpos == XPOS_PRP || xpos == XPOS_DT || xpos == XPOS_WDT,
		.token = token,
		.phrase = phrase_of(v, token, in),
		.at = (uint8_t)(viewer_sees(v, token) ? token - out->first : VIEW_NONE),
		.governor = (uint8_t)(viewer_sees(v, up) ? up - out->first : VIEW_NONE),
		.is_before = is_before};
	if (viewer_sees(v, token) && !is_before)
		set_bit(v, token, VIEW_CANDIDATE);
}

static bool stands_for_something(const struct viewer *v, uint32_t i)
{
	unsigned xpos = v->t->tokens[i].xpos;
	return (xpos == XPOS_PRP &&
		(text_is_in(v->t, i, SET_NEUTER) || text_is_in(v->t, i, SET_THIRD_PLURAL))) ||
	       (xpos == XPOS_DT && text_is_in(v->t, i, SET_DEMONSTRATIVE)) || xpos == XPOS_WDT;
}

/* Nouns before the content, the nearest first, in its sentence and the one before. */
static void add_before(struct viewer *v)
{
	const struct text *t = v->t;
	uint32_t from = v->at->parts[0].first, s = (uint32_t)text_sentence(t, from), added = 0,
		 first = t->sentences[s ? s - 1 : 0].first;
	for (uint32_t i = from; i-- > first && added < VIEW_BEFORE;) {
		if (!is_noun(t->tokens[i].xpos) || !may_be_object(v, i) ||
		    range_holds(v->at->cue, i) || range_holds(v->at->source, i) ||
		    (entities_named_at(v->scene->es, i) &&
		     entities_named_at(v->scene->es, i)->kind == MENTION_PERSON))
			continue;
		add_candidate(v, i, (struct range){first, from - 1}, true);
		added++;
	}
}

static void find_candidates(struct viewer *v)
{
	bool has_pronoun = false;
	uint32_t nouns = 0;
	for (size_t p = 0; p < v->at->n_parts; p++) {
		struct range in = v->at->parts[p];
		for (uint32_t i = in.first; i <= in.last && viewer_sees(v, i); i++) {
			has_pronoun = has_pronoun || stands_for_something(v, i);
			nouns += is_noun(v->t->tokens[i].xpos);
			if (may_be_object(v, i) && !viewer_is_within_name(v, i) &&
			    v->out->n_candidates < VIEW_CANDIDATES - VIEW_BEFORE)
				add_candidate(v, i, in, false);
		}
	}
	if (has_pronoun || nouns < 2)
		add_before(v);
}

/* --- names as one ----------------------------------------------------------------------------- */

/* Of each token of the window the place of what stands for it once words within names are left
 * out: of a word within a name, of the one it hangs on. */
struct places {
	uint8_t of[VIEW_TOKENS], before[VIEW_TOKENS]; /* before: how many are kept before it */
	bool is_left_out[VIEW_TOKENS];
	uint32_t n;
};

static uint8_t place_in(const struct places *p, uint8_t k)
{
	return k == VIEW_NONE ? k : p->of[k];
}

static void find_places(const struct viewer *v, struct places *p)
{
	p->n = 0;
	for (uint32_t k = 0; k < v->out->n; k++) {
		p->before[k] = (uint8_t)p->n;
		p->is_left_out[k] = viewer_is_within_name(v, v->out->first + k);
		p->n += !p->is_left_out[k];
	}
	for (uint32_t k = 0; k < v->out->n; k++) {
		uint32_t i = k;
		while (p->is_left_out[i])
			i = v->t->tokens[v->out->first + i].head - v->out->first;
		p->of[k] = p->before[i];
	}
}

/* How many tokens the article has before one, where those left out of the window do not count. */
static uint32_t words_before(const struct viewer *v, const struct places *p, uint32_t i)
{
	uint32_t first = v->out->first, n = v->out->n;
	return i < first ? i : i < first + n ? first + p->before[i - first] : i - n + p->n;
}

static void move_tokens(struct position_view *out, const struct places *p)
{
	static const uint32_t found = 1u << VIEW_ISSUE | 1u << VIEW_OPEN;
	uint32_t bits[VIEW_TOKENS] = {0};
	for (uint32_t k = 0; k < out->n; k++)
		bits[p->of[k]] |= out->tokens[k].bits & found;
	for (uint32_t k = 0; k < out->n; k++)
		if (!p->is_left_out[k])
			out->tokens[p->of[k]] = out->tokens[k];
	for (uint32_t k = 0; k < p->n; k++)
		out->tokens[k].bits |= bits[k];
	for (size_t c = 0; c < out->n_candidates; c++) {
		out->candidates[c].at = place_in(p, out->candidates[c].at);
		out->candidates[c].governor = place_in(p, out->candidates[c].governor);
	}
	out->top = place_in(p, out->top);
	out->cue = place_in(p, out->cue);
	out->from = p->of[out->from];
	out->to = p->of[out->to];
	out->n = p->n;
}

static void find_words(const struct viewer *v, const struct places *p)
{
	for (size_t c = 0; c < v->out->n_candidates; c++) {
		struct view_candidate *x = &v->out->candidates[c];
		uint32_t end = words_before(v, p, x->phrase.last + 1);
		x->words.first = words_before(v, p, x->phrase.first);
		x->words.last = end > x->words.first ? end - 1 : x->words.first;
	}
}

/* --- all of it -------------------------------------------------------------------------------- */

void position_view(const struct view_scene *scene, const struct attribution *at,
		   const struct statement *s, const struct stance_facts *facts,
		   struct position_view *out)
{
	const struct text *t = scene->es->t;
	const struct vectors *vectors = syntax_vectors(t->syntax);
	struct viewer v = {.scene = scene,
			   .t = t,
			   .f = scene->f,
			   .at = at,
			   .hits = s->issues,
			   .n_hits = s->n_issues,
			   .facts = facts,
			   .out = out};
	struct places p = {0};
	out->n_features = out->n_candidates = 0;
	out->rule = (uint8_t)facts->position;
	out->way = (uint8_t)facts->position_rule;
	find_window(&v);
	memset(out->tokens, 0, out->n * sizeof *out->tokens);
	v.top = top_of(&v);
	v.cue = range_is(at->cue) ? at->head : TOKEN_NONE;
	out->top = (uint8_t)(v.top == TOKEN_NONE ? VIEW_NONE : v.top - out->first);
	out->cue = (uint8_t)(v.cue != TOKEN_NONE && viewer_sees(&v, v.cue) ? v.cue - out->first
									   : VIEW_NONE);
	for (uint32_t k = 0; k < out->n; k++)
		note_token(&v, vectors, k);
	note_hits(&v);
	find_candidates(&v);
	find_places(&v, &p);
	find_words(&v, &p);
	view_features_of_whole(&v);
	for (size_t k = 0; k < out->n_candidates; k++)
		view_features_of_candidate(&v, k);
	move_tokens(out, &p);
}
