/* The features of an object and an issue. */
#include "extract/stance/tie.h"

#include "extract/issue/issue_table.h"
#include "extract/tables/key.h"

enum template {
	T_BIAS,
	T_WHERE,
	T_KIND,
	T_ISSUE,
	T_ISSUE_WHERE,
	T_ISSUE_SIDE,
	T_ISSUE_HEAD,
	T_ISSUE_WORD,
	T_ISSUE_GOVERNOR,
	T_HEAD,
	T_EFFECT,
	T_TURNS,
	T_UNDONE,
	T_CHAIN,
	T_CHAIN_KIND,
	T_SCORE,
	T_RANK,
	T_RIVAL,
	T_CLASS,
	T_LENGTH,
	T_NEAR,
	T_GOVERNOR,
	T_EVIDENCE
};

/* Where the issue's words stand, seen from the object. */
enum where { IS_HEAD, IN_PHRASE, ABOVE, IN_CONTENT, OUTSIDE };

struct tie {
	const struct tie_scene *s;
	const struct text *t;
	const struct forest *f;
	const struct issue_hit *hit;
	const struct tie_object *o;
	uint32_t word; /* the last of the issue's words in the phrase, else before it, or NONE */
	enum where where;
};

static bool holds(const struct spans *evidence, const struct token *k)
{
	for (size_t e = 0; e < evidence->n; e++)
		if (k->point >= evidence->v[e].start && k->point < evidence->v[e].end)
			return true;
	return false;
}

/* The last of the issue's words in a range; of a longer one than quotations are, in its beginning.
 */
static uint32_t word_in(const struct tie *x, struct range r)
{
	enum { LONGEST = 4096 };
	if (r.last - r.first >= LONGEST)
		r.last = r.first + LONGEST - 1;
	for (uint32_t i = r.last + 1; i-- > r.first;)
		if (holds(&x->hit->evidence, &x->t->tokens[i]))
			return i;
	return FOREST_NONE;
}

static enum where find(struct tie *x)
{
	enum { DEEP = 6 };
	const struct tie_object *o = x->o;
	x->word = o->head;
	if (holds(&x->hit->evidence, &x->t->tokens[o->head]))
		return IS_HEAD;
	x->word = word_in(x, o->phrase);
	if (x->word != FOREST_NONE)
		return IN_PHRASE;
	uint32_t i = o->head;
	for (int k = 0; k < DEEP && x->t->tokens[i].head != i; k++) {
		i = x->t->tokens[i].head;
		x->word = i;
		if (attribution_holds(x->s->at, i) && holds(&x->hit->evidence, &x->t->tokens[i]))
			return ABOVE;
	}
	for (size_t p = 0; p < x->s->at->n_parts; p++) {
		x->word = word_in(x, x->s->at->parts[p]);
		if (x->word != FOREST_NONE)
			return IN_CONTENT;
	}
	return OUTSIDE;
}

/* All names are alike. */
static uint64_t lemma(const struct tie *x, uint32_t i)
{
	return x->s->view->bg->is_name[i] ? 1 : x->f->lemma[i];
}

static unsigned class_of(const struct tie *x)
{
	const struct token *k = &x->t->tokens[x->o->head];
	return x->o->is_pronoun				   ? 1
	       : x->s->view->bg->is_name[x->o->head]	   ? 2
	       : k->xpos >= XPOS_VB && k->xpos <= XPOS_VBZ ? 3
	       : tag_is_noun(k->tag)			   ? 4
							   : 5;
}

static uint64_t case_of(const struct tie *x, uint32_t i)
{
	uint32_t k = forest_child(x->f, i, DEPREL_CASE);
	return k == FOREST_NONE ? 0 : x->f->lemma[k];
}

/* Is what stands below a word undone by it ("lift the sanctions"), or thought ill of ("criticism of
 * the pact")? Who is against that is for the thing. */
static bool is_undoing(const struct tie *x, uint32_t low, uint32_t up)
{
	const struct lexicon *lx = x->s->view->es->lx;
	uint64_t lemma = x->f->lemma[up], with = case_of(x, low);
	enum effect e = with ? lexicon_effect(lx, key_mix(lemma, with)) : EFFECT_NONE;
	e = e ? e : lexicon_effect(lx, lemma);
	return e == EFFECT_UNDO || e == EFFECT_DISFAVOR ||
	       (lexicon_valence(lx, lemma) & VALENCE_SHIFTER);
}

/* The way from the issue's words up to the object's head; *undone: is it an odd number of its
 * words, the head's among them, that undo what stands below? */
static uint64_t chain(const struct tie *x, bool *undone)
{
	enum { DEEP = 5 };
	uint64_t h = 0;
	uint32_t i = x->word;
	*undone = false;
	for (int k = 0; x->where == IN_PHRASE && k < DEEP && i != x->o->head; k++) {
		h = key_mix(h, x->f->relation[i] * 64u + 1);
		h = key_mix(h, case_of(x, i));
		if (x->t->tokens[i].head == i)
			break;
		uint32_t up = x->t->tokens[i].head;
		if (x->f->relation[i] != DEPREL_NSUBJ && is_undoing(x, i, up))
			*undone = !*undone;
		i = up;
	}
	return h;
}

static unsigned bin_score(float p)
{
	return p < 0.3f ? 0 : p < 0.45f ? 1 : p < 0.6f ? 2 : p < 0.75f ? 3 : p < 0.9f ? 4 : 5;
}

static unsigned bin_near(float cosine)
{
	return cosine <= 0 ? 0 : cosine > 0.9f ? 15 : 1 + (unsigned)(cosine / 0.06f);
}

static float nearness(const struct tie *x)
{
	const struct issue_table *it = x->s->view->bg->it;
	struct topic_words w = {0};
	float direction[VECTOR_SIZE];
	topic_words_add(&it->topics, x->t, x->o->phrase, x->s->view->bg->is_name, &w);
	nearness_direction(&it->topics, &w, direction);
	return nearness_of(&it->nearness, (size_t)(x->hit->issue - it->issues), direction);
}

static void add(struct features *f, unsigned template, bool turns, uint64_t a, uint64_t b)
{
	feature(f, template, feature_mix(feature_mix(a + 1, b), turns));
}

/* Words of another issue stand at the head, or in the phrase. */
static unsigned rival_of(const struct tie *x, size_t h)
{
	unsigned rival = 0;
	for (size_t k = 0; k < x->s->n_hits; k++) {
		struct tie other = *x;
		other.hit = &x->s->hits[k];
		if (k == h || other.hit->issue->is_open)
			continue;
		if (holds(&other.hit->evidence, &x->t->tokens[x->o->head]))
			rival = 2;
		else if (rival == 0 && word_in(&other, x->o->phrase) != FOREST_NONE)
			rival = 1;
	}
	return rival;
}

static unsigned rank_of(const struct tie *x, size_t h)
{
	enum { MOST = 4 };
	unsigned n = 0;
	for (size_t k = 0; k < h && n < MOST; k++)
		n += tie_is_possible(x->s->hits[k].issue);
	return n;
}

static void add_words(const struct tie *x, bool turns, struct features *f)
{
	enum { WORDS = 10 };
	uint64_t id = str_hash(x->hit->issue->id);
	unsigned n = 0;
	for (uint32_t i = x->o->phrase.first; i <= x->o->phrase.last && n < WORDS; i++) {
		unsigned tag = x->t->tokens[i].tag;
		if (!tag_is_noun(tag) && !tag_is_verb(tag) && tag != TAG_JJ)
			continue;
		add(f, T_ISSUE_WORD, turns, id, lemma(x, i));
		n++;
	}
}

bool tie_is_possible(const struct issue *is)
{
	return !is->is_open && is->kind != ISSUE_PLACE && is->kind != ISSUE_DOMAIN;
}

/* Is it a verb that undoes its object? Not if it is a word of the issue's own ("ban" of a ban). */
static bool is_undoing_verb(const struct tie *x, uint32_t i)
{
	return tag_is_verb(x->t->tokens[i].tag) && !holds(&x->hit->evidence, &x->t->tokens[i]) &&
	       lexicon_effect(x->s->view->es->lx, x->f->lemma[i]) == EFFECT_UNDO;
}

/* "Attempt", "plan", not "failure", "threat": whose noun says nothing of its own. */
static bool is_plain_noun(const struct tie *x, uint32_t i)
{
	const struct lexicon *lx = x->s->view->es->lx;
	uint64_t lemma = x->f->lemma[i];
	enum effect e = lexicon_effect(lx, lemma);
	return tag_is_noun(x->t->tokens[i].tag) && e != EFFECT_UNDO && e != EFFECT_DREAD &&
	       e != EFFECT_DISFAVOR &&
	       !(lexicon_valence(lx, lemma) & (VALENCE_NEGATIVE | VALENCE_SHIFTER));
}

bool tie_is_turned(const struct tie_scene *s, size_t h, const struct tie_object *o)
{
	struct tie x = {.s = s, .t = s->view->f->t, .f = s->view->f, .hit = &s->hits[h], .o = o};
	x.where = find(&x);
	if (x.where != IN_PHRASE || x.hit->turns || x.f->relation[x.word] != DEPREL_OBJ)
		return false;
	uint32_t verb = x.t->tokens[x.word].head, up = x.t->tokens[verb].head;
	bool is_planned =
		x.f->relation[verb] == DEPREL_ACL && up == o->head && is_plain_noun(&x, up);
	return is_undoing_verb(&x, verb) && (verb == o->head || is_planned);
}

void tie_features(const struct tie_scene *s, size_t h, const struct tie_object *o, bool turns,
		  struct features *f)
{
	struct tie x = {.s = s, .t = s->view->f->t, .f = s->view->f, .hit = &s->hits[h], .o = o};
	bool undone;
	x.where = find(&x);
	const struct issue *is = x.hit->issue;
	uint64_t id = str_hash(is->id), where = x.where, way = chain(&x, &undone),
		 at = where * 16 + is->kind, sided = at * 8 + o->side;
	uint32_t up = x.t->tokens[o->head].head;
	unsigned words = o->phrase.last - o->phrase.first + 1;
	f->n = 0;
	turns = turns != x.hit->turns;
	add(f, T_BIAS, turns, 0, 0);
	add(f, T_WHERE, turns, where, o->side);
	add(f, T_KIND, turns, sided, x.hit->turns);
	add(f, T_ISSUE, turns, id, 0);
	add(f, T_ISSUE_WHERE, turns, id, where);
	add(f, T_ISSUE_SIDE, turns, id, o->side * 2u + x.hit->turns);
	add(f, T_ISSUE_HEAD, turns, id, lemma(&x, o->head));
	add(f, T_HEAD, turns, lemma(&x, o->head), at);
	add(f, T_EFFECT, turns, lexicon_effect(s->view->es->lx, x.f->lemma[o->head]), sided);
	add(f, T_TURNS, turns, x.hit->turns, at);
	add(f, T_UNDONE, turns, undone, sided);
	add(f, T_CHAIN, turns, way, where);
	add(f, T_CHAIN_KIND, turns, way, sided);
	add(f, T_SCORE, turns, bin_score(x.hit->score), where);
	add(f, T_RANK, turns, rank_of(&x, h), where);
	add(f, T_RIVAL, turns, rival_of(&x, h), where);
	add(f, T_CLASS, turns, class_of(&x), at);
	add(f, T_LENGTH, turns, words < 4 ? words : words < 8 ? 4 : words < 14 ? 5 : 6, where);
	add(f, T_NEAR, turns, bin_near(nearness(&x)), where);
	if (up != o->head) {
		add(f, T_GOVERNOR, turns, lemma(&x, up), where);
		add(f, T_ISSUE_GOVERNOR, turns, id, lemma(&x, up));
	}
	if (x.where != OUTSIDE)
		add(f, T_EVIDENCE, turns, lemma(&x, x.word), where * 8 + o->side);
	add_words(&x, turns, f);
}
