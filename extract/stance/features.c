/* Extracts the features of two actors. */
#include "extract/stance/features.h"

#include <string.h>

#include "extract/syntax/form_hash.h"
#include "extract/syntax/syntax.h"
#include "extract/tables/key.h"
#include "extract/tables/lexicon.h"
#include "extract/text/text.h"

/* Features on their way. Tokens are counted from the first of the window. */
struct extractor {
	const struct feature_tables *w;
	const struct text *t;
	struct stance_features *p;
	uint32_t first; /* token of the article */
	uint32_t n;
	struct range source, target;
	uint16_t head[FEATURE_TOKENS]; /* its own number for a root */
	int8_t act[FEATURE_TOKENS];    /* or -1 */
	bool is_name[FEATURE_TOKENS];
	struct str lemma[FEATURE_TOKENS];
	bool on_path_up[FEATURE_TOKENS],
		on_path_down[FEATURE_TOKENS]; /* from the source, from the target, to the top */
};

static const struct token *token_of(const struct extractor *s, uint32_t i)
{
	return &s->t->tokens[s->first + i];
}

static bool is_verb(const struct extractor *s, uint32_t i)
{
	unsigned x = token_of(s, i)->xpos;
	return x >= XPOS_VB && x <= XPOS_VBZ;
}

/* --- which tokens ----------------------------------------------------------------------------- */

/* Of a long sentence, what lies around the two. */
static struct sentence window_of(struct sentence s, struct range a, struct range b)
{
	enum { BEFORE = FEATURE_TOKENS / 3 };
	if (s.end - s.first <= FEATURE_TOKENS)
		return s;
	uint32_t from = range_is(a) ? a.first : s.first;
	if (range_is(b) && b.first < from)
		from = b.first;
	from = from > s.first + BEFORE ? from - BEFORE : s.first;
	if (from > s.end - FEATURE_TOKENS)
		from = s.end - FEATURE_TOKENS;
	return (struct sentence){from, from + FEATURE_TOKENS};
}

static struct range part_of(struct range r, uint32_t first, uint32_t n)
{
	if (!range_is(r) || r.last < first || r.first >= first + n)
		return RANGE_NONE;
	r.first = r.first < first ? 0 : r.first - first;
	r.last = r.last - first >= n ? n - 1 : r.last - first;
	return r;
}

/* Names, and the article of source and target, are features by their place alone: what is said of a
 * country must not depend on which country it is. An adjective with a capital within a sentence
 * ("Chinese") is a name, too. */
static bool is_name(const struct extractor *s, uint32_t i)
{
	const struct token *k = token_of(s, i);
	bool is_party = range_holds(s->source, i) || range_holds(s->target, i);
	if (k->tag == TAG_NNP || (is_party && k->xpos == XPOS_DT))
		return true;
	bool is_inside = i > 0 && token_of(s, i - 1)->mark == MARK_NONE;
	return k->tag == TAG_JJ && (k->flags & TOK_CAPITAL) && (is_inside || is_party);
}

static void extract_words(struct extractor *s)
{
	for (uint32_t i = 0; i < s->n; i++) {
		const struct token *k = token_of(s, i);
		uint32_t head = k->head - s->first;
		s->head[i] = (uint16_t)(k->head < s->first || head >= s->n ? i : head);
		s->lemma[i] = s->t->lemmas[s->first + i];
		s->is_name[i] = is_name(s, i);
	}
}

static bool is_case_mark(const struct text *t, uint32_t i)
{
	return t->tokens[i].deprel == DEPREL_CASE || t->tokens[i].deprel == DEPREL_MARK;
}

bool stance_is_particle(const struct text *t, uint32_t i, uint32_t of)
{
	unsigned deprel = t->tokens[i].deprel;
	uint32_t up = t->tokens[i].head;
	if (is_case_mark(t, i))
		return t->tokens[up].head == of && up != of;
	return up == of && i != of &&
	       (deprel == DEPREL_COMPOUND_PRT || deprel == DEPREL_OBJ || deprel == DEPREL_ADVMOD);
}

/* The act that a word names with what hangs on it, before that of the word alone. */
static void extract_acts(struct extractor *s)
{
	enum act_word_class class;
	for (uint32_t i = 0; i < s->n; i++) {
		class = is_verb(s, i) ? ACT_WORD_VERB : ACT_WORD_OTHER;
		s->act[i] =
			(int8_t)(token_of(s, i)->flags & TOK_WORD
					 ? act_words_find(s->w->acts, class, s->lemma[i], STR_EMPTY)
					 : -1);
	}
	for (uint32_t i = 0; i < s->n; i++) {
		uint32_t up = is_case_mark(s->t, s->first + i) ? s->head[s->head[i]] : s->head[i];
		if (!stance_is_particle(s->t, s->first + i, s->first + up))
			continue;
		class = is_verb(s, up) ? ACT_WORD_VERB : ACT_WORD_OTHER;
		int act = act_words_find(s->w->acts, class, s->lemma[up], s->lemma[i]);
		if (act >= 0)
			s->act[up] = (int8_t)act;
	}
}

/* --- points ----------------------------------------------------------------------------------- */

/* The token of a range that hangs on one outside of it; the last such, as titles come first. */
static uint32_t head_of(const struct extractor *s, struct range r)
{
	uint32_t best = FEATURE_NONE;
	for (uint32_t i = r.first; range_is(r) && i <= r.last; i++)
		if (!range_holds(r, s->head[i]) || s->head[i] == i)
			if (best == FEATURE_NONE || token_of(s, best)->deprel == DEPREL_PUNCT ||
			    (token_of(s, i)->tag >= TAG_NN && token_of(s, i)->tag <= TAG_NNP))
				best = i;
	return best;
}

/* Marks the path up from a token; FEATURE_NONE where it meets nothing that is marked in `other`. */
static uint32_t climb(const struct extractor *s, uint32_t from, bool *marks, const bool *other)
{
	uint32_t i = from;
	for (uint32_t steps = 0; i != FEATURE_NONE && steps < s->n; steps++) {
		if (other && other[i])
			return i;
		marks[i] = true;
		if (s->head[i] == i)
			break;
		i = s->head[i];
	}
	return FEATURE_NONE;
}

static bool is_predicate(const struct extractor *s, uint32_t i)
{
	if (is_verb(s, i) && token_of(s, i)->deprel != DEPREL_AMOD)
		return true;
	for (uint32_t k = 0; k < s->n; k++)
		if (s->head[k] == i && (token_of(s, k)->deprel == DEPREL_COP ||
					token_of(s, k)->deprel == DEPREL_NSUBJ))
			return true;
	return false;
}

static uint32_t governor_of(const struct extractor *s, uint32_t from)
{
	uint32_t i = from;
	for (uint32_t steps = 0; i != FEATURE_NONE && steps < s->n; steps++) {
		if (i != from && is_predicate(s, i))
			return i;
		if (s->head[i] == i)
			return steps ? i : FEATURE_NONE;
		i = s->head[i];
	}
	return FEATURE_NONE;
}

/* "agreed to lift": what comes after the first verb says more than the verb. */
static uint32_t object_of(const struct extractor *s, uint32_t predicate)
{
	uint32_t object = FEATURE_NONE;
	for (uint32_t i = 0; predicate != FEATURE_NONE && i < s->n; i++) {
		unsigned deprel = token_of(s, i)->deprel;
		if (s->head[i] != predicate || i == predicate)
			continue;
		if (deprel == DEPREL_XCOMP || deprel == DEPREL_CCOMP)
			return i;
		if (deprel == DEPREL_OBJ || (object == FEATURE_NONE && deprel == DEPREL_NSUBJ_PASS))
			object = i;
	}
	return object;
}

static void extract_points(struct extractor *s)
{
	uint32_t source = head_of(s, s->source), target = head_of(s, s->target);
	climb(s, source, s->on_path_up, NULL);
	uint32_t top = climb(s, target, s->on_path_down, s->on_path_up);
	if (top == FEATURE_NONE)
		top = source != FEATURE_NONE ? governor_of(s, source) : governor_of(s, target);
	/* Above the top the path of the source does not lead to the target. */
	for (uint32_t i = top, steps = 0; i != FEATURE_NONE && steps < s->n; steps++) {
		if (i != top)
			s->on_path_up[i] = s->on_path_down[i] = false;
		if (s->head[i] == i)
			break;
		i = s->head[i];
	}
	uint32_t predicate = governor_of(s, source == FEATURE_NONE ? target : source);
	const uint32_t points[POINT_COUNT] = {
		source, target, top, predicate, governor_of(s, target), object_of(s, predicate)};
	for (size_t k = 0; k < POINT_COUNT; k++)
		s->p->points[k] = (uint8_t)points[k];
}

/* --- rows ------------------------------------------------------------------------------------- */

static uint16_t distance_class(struct range r, uint32_t i)
{
	if (!range_is(r))
		return 7;
	if (range_holds(r, i))
		return 3;
	uint32_t d = i < r.first ? r.first - i : i - r.last;
	uint16_t class = d <= 2 ? 1 : d <= 6 ? 2 : 3;
	return (uint16_t)(i < r.first ? 3 - class : 3 + class);
}

/* Where a token stands in the tree, relative to the two. */
static uint16_t place_of(const struct extractor *s, uint32_t i, bool *is_near)
{
	uint32_t up = s->head[i];
	const uint8_t *at = s->p->points;
	uint16_t place = range_holds(s->source, i)	? 1
			 : range_holds(s->target, i)	? 2
			 : i == at[POINT_TOP]		? 3
			 : s->on_path_up[i]		? 4
			 : s->on_path_down[i]		? 5
			 : i == at[POINT_PREDICATE]	? 6
			 : up == at[POINT_TOP]		? 7
			 : s->on_path_up[up]		? 8
			 : s->on_path_down[up]		? 9
			 : up == at[POINT_PREDICATE]	? 10
			 : s->head[up] == at[POINT_TOP] ? 11
							: 0;
	bool both = range_is(s->source) && range_is(s->target);
	bool is_between = both && ((i > s->source.last && i < s->target.first) ||
				   (i > s->target.last && i < s->source.first));
	*is_near = place || is_between;
	return (uint16_t)(place * 2 + is_between);
}

enum { FLAG_GOOD = 1, FLAG_BAD = 2, FLAG_NEGATED = 4, FLAG_MODAL = 8, FLAG_QUOTED = 16 };

static void extract_flags(struct extractor *s)
{
	for (uint32_t i = 0; i < s->n; i++) {
		const struct token *k = token_of(s, i);
		unsigned valence = lexicon_valence(s->w->lexicon, word_key(s->lemma[i]));
		unsigned flags = (valence & VALENCE_POSITIVE ? FLAG_GOOD : 0) |
				 (valence & VALENCE_NEGATIVE ? FLAG_BAD : 0) |
				 (k->quote ? FLAG_QUOTED : 0);
		s->p->tokens[i].rows[FEATURE_flags] |= (uint16_t)flags;
		uint16_t *up = &s->p->tokens[s->head[i]].rows[FEATURE_flags];
		if (text_is_in(s->t, s->first + i, SET_NEGATION))
			*up |= FLAG_NEGATED;
		if (k->xpos == XPOS_MD)
			*up |= FLAG_MODAL;
	}
}

static void extract_tokens(struct extractor *s)
{
	const struct vectors *vectors = syntax_vectors(s->t->syntax);
	for (uint32_t i = 0; i < s->n; i++) {
		struct feature_token *x = &s->p->tokens[i];
		const struct token *k = token_of(s, i);
		struct form_hashes v;
		form_hashes_of(text_token(s->t, s->first + i), &v);
		x->vector = s->is_name[i] ? VECTOR_NONE : vectors_find(vectors, v.low);
		enum { WORDS = 6144 };
		x->rows[FEATURE_word] =
			(uint16_t)(x->vector >= 0 && x->vector < WORDS - 1 ? x->vector + 1 : 0);
		x->rows[FEATURE_xpos] = k->xpos == XPOS_NNPS ? XPOS_NNP : k->xpos;
		x->rows[FEATURE_deprel] = k->deprel;
		x->rows[FEATURE_from_source] = distance_class(s->source, i);
		x->rows[FEATURE_from_target] = distance_class(s->target, i);
		x->rows[FEATURE_place] = place_of(s, i, &x->is_near);
		x->rows[FEATURE_act] =
			(uint16_t)(s->act[i] < 0 ? 0 : 1 + 2 * s->act[i] + is_verb(s, i));
	}
}

/* --- hashed features -------------------------------------------------------------------------- */

enum template {
	T_WORD_NEAR,
	T_ACT_NEAR,
	T_PATH,
	T_PATH_ACTS,
	T_TOP,
	T_PREDICATE,
	T_GOVERNOR,
	T_OBJECT,
	T_TOP_ACT,
	T_PREDICATE_ACT,
	T_GOVERNOR_ACT,
	T_OBJECT_ACT,
	T_ACTS,
	T_CHILD,
	T_ORDER,
	T_ACT_ANY,
	T_PATH_LEMMA,
	T_PATH_RELATION,
	T_CHILD_ACT,
	T_NEGATED,
	T_NEAR_SIDE
};

static void put(struct extractor *s, enum template template, uint64_t x)
{
	struct stance_features *p = s->p;
	if (p->n_sparse < FEATURE_SPARSE)
		p->sparse[p->n_sparse++] =
			(uint32_t)(key_mix(key_mix(77, template), x) >> (64 - FEATURE_SPARSE_BITS));
}

static uint64_t lemma_at(const struct extractor *s, uint32_t i)
{
	return i == FEATURE_NONE ? 1 : s->is_name[i] ? 2 : str_hash(s->lemma[i]);
}

static uint64_t act_at(const struct extractor *s, uint32_t i)
{
	return i == FEATURE_NONE ? 99 : (uint64_t)(s->act[i] + 1);
}

static uint64_t mood_at(const struct extractor *s, uint32_t i)
{
	return i == FEATURE_NONE
		       ? 99
		       : s->p->tokens[i].rows[FEATURE_flags] & (FLAG_NEGATED | FLAG_MODAL);
}

static void put_path(struct extractor *s)
{
	uint64_t relations = 1, acts = 1;
	for (uint32_t i = 0; i < s->n; i++) {
		if (!s->on_path_up[i] && !s->on_path_down[i] && i != s->p->points[POINT_TOP])
			continue;
		uint64_t side = s->on_path_up[i] ? 1 : s->on_path_down[i] ? 2 : 3;
		relations = key_mix(relations, token_of(s, i)->deprel * 4 + side);
		if (!range_holds(s->source, i) && !range_holds(s->target, i)) {
			acts = key_mix(acts, act_at(s, i));
			put(s, T_PATH_LEMMA, key_mix(lemma_at(s, i), side));
		}
		put(s, T_PATH_RELATION, token_of(s, i)->deprel * 4 + side);
	}
	put(s, T_PATH, relations);
	put(s, T_PATH_ACTS, acts);
}

static void put_points(struct extractor *s)
{
	const uint8_t *at = s->p->points;
	put(s, T_TOP, lemma_at(s, at[POINT_TOP]));
	put(s, T_PREDICATE, lemma_at(s, at[POINT_PREDICATE]));
	put(s, T_GOVERNOR, lemma_at(s, at[POINT_GOVERNOR]));
	put(s, T_OBJECT, lemma_at(s, at[POINT_OBJECT]));
	put(s, T_OBJECT, key_mix(lemma_at(s, at[POINT_PREDICATE]), lemma_at(s, at[POINT_OBJECT])));
	put(s, T_TOP_ACT, key_mix(act_at(s, at[POINT_TOP]), mood_at(s, at[POINT_TOP])));
	put(s, T_PREDICATE_ACT,
	    key_mix(act_at(s, at[POINT_PREDICATE]), mood_at(s, at[POINT_PREDICATE])));
	put(s, T_GOVERNOR_ACT,
	    key_mix(act_at(s, at[POINT_GOVERNOR]), mood_at(s, at[POINT_GOVERNOR])));
	put(s, T_OBJECT_ACT, key_mix(act_at(s, at[POINT_OBJECT]), 1));
	put(s, T_ACTS, key_mix(act_at(s, at[POINT_PREDICATE]), act_at(s, at[POINT_OBJECT])));
	put(s, T_ACTS,
	    key_mix(key_mix(act_at(s, at[POINT_PREDICATE]), 7), act_at(s, at[POINT_GOVERNOR])));
	put(s, T_ORDER, s->source.first < s->target.first);
	for (unsigned k = 0; k < 2; k++)
		if (at[k] != FEATURE_NONE)
			put(s, T_ORDER, 16 + token_of(s, at[k])->deprel * 2u + k);
}

static void put_words(struct extractor *s)
{
	const uint8_t *at = s->p->points;
	for (uint32_t i = 0; i < s->n; i++) {
		const struct token *k = token_of(s, i);
		uint32_t up = s->head[i];
		if (!(k->flags & TOK_WORD) || range_holds(s->source, i) ||
		    range_holds(s->target, i))
			continue;
		if (s->act[i] >= 0)
			put(s, T_ACT_ANY, act_at(s, i));
		if (!s->p->tokens[i].is_near)
			continue;
		put(s, T_WORD_NEAR, lemma_at(s, i));
		if (s->act[i] >= 0)
			put(s, T_ACT_NEAR, act_at(s, i));
		if (up == at[POINT_TOP] || up == at[POINT_PREDICATE]) {
			uint64_t side = up == at[POINT_TOP];
			put(s, T_CHILD, key_mix(lemma_at(s, i), k->deprel * 2 + side));
			if (s->act[i] >= 0)
				put(s, T_CHILD_ACT, key_mix(act_at(s, i), k->deprel * 2 + side));
		}
	}
}

void stance_features_extract(const struct feature_tables *w, const struct text *t,
			     struct sentence sentence, struct range source, struct range target,
			     struct stance_features *out)
{
	struct sentence window = window_of(sentence, source, target);
	struct extractor s = {
		.w = w, .t = t, .p = out, .first = window.first, .n = window.end - window.first};
	memset(out, 0, sizeof *out);
	out->n = s.n;
	s.source = part_of(source, s.first, s.n);
	s.target = part_of(target, s.first, s.n);
	extract_words(&s);
	extract_acts(&s);
	extract_points(&s);
	extract_tokens(&s);
	extract_flags(&s);
	put_points(&s);
	put_path(&s);
	put_words(&s);
}
