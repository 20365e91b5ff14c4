/* Reads the tables of words and cues, and makes the inflected forms of every cue. */
#include "extract/tables/lexicon.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "extract/tables/key.h"
#include "extract/tables/map.h"
#include "extract/tables/tables.h"

enum { LEXICON_BYTES = 64 << 20 };

struct lexicon {
	struct arena a;
	struct word_tags *words;
	size_t n_words;
	struct cue *cues;
	size_t n_cues;
	struct cue_form *forms;
	size_t n_forms, cap_forms;
	struct map word_map, form_map, abbreviations, irregular, valences, effects;
	struct str (*irregular_forms)[3];
	struct word_sets sets;
	struct contraction *contractions;
	struct map contraction_map;
};

#define X_TAG(name, word) word,
static const char *const tag_words[] = {TAGS(X_TAG)};
#undef X_TAG

static int find_tag(struct str s)
{
	for (int i = 0; i < TAG_COUNT; i++)
		if (str_eq(s, str_of(tag_words[i])))
			return i;
	return -1;
}

static size_t count_lines(struct str s)
{
	size_t n = 1;
	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == '\n';
	return n;
}

static int read_word(struct table *t, struct word_tags *w, struct err *e)
{
	for (size_t i = 1; i < t->n && w->n < WORD_TAGS; i++) {
		size_t colon = str_find(t->cell[i], STR(":"), 1);
		int tag = colon == SIZE_MAX ? -1 : find_tag(str_sub(t->cell[i], 0, colon));
		if (tag < 0)
			return table_fail(t, "a tag with its count is wrong", e);
		w->tags[w->n++] = (uint8_t)tag;
	}
	return 0;
}

static int read_words(struct lexicon *lx, struct err *e)
{
	struct table t = tables_open(TABLE_WORDS);
	lx->words = arena_array(&lx->a, count_lines(t.rest), sizeof *lx->words);
	if (!lx->words)
		return arena_full(e);
	while (table_next(&t)) {
		struct word_tags *w = &lx->words[lx->n_words];
		if (read_word(&t, w, e) < 0)
			return -1;
		uint32_t *at = map_at(&lx->word_map, word_key(t.cell[0]), &lx->a);
		if (!at)
			return arena_full(e);
		if (*at == MAP_NONE)
			*at = (uint32_t)lx->n_words++;
	}
	return 0;
}

static int read_keys(struct lexicon *lx, struct err *e)
{
	struct table t = tables_open(TABLE_ABBREVIATIONS);
	while (table_next(&t)) {
		uint32_t *at = map_at(&lx->abbreviations, word_key(t.cell[0]), &lx->a);
		if (!at)
			return arena_full(e);
		*at = t.cell[0].p[0] >= 'A' && t.cell[0].p[0] <= 'Z';
	}
	t = tables_open(TABLE_IRREGULAR);
	lx->irregular_forms = arena_array(&lx->a, count_lines(t.rest), sizeof *lx->irregular_forms);
	uint32_t n = 0;
	while (lx->irregular_forms && table_next(&t)) {
		uint32_t *at = map_at(&lx->irregular, word_key(t.cell[0]), &lx->a);
		if (!at)
			return arena_full(e);
		for (size_t i = 0; i < 3; i++)
			lx->irregular_forms[n][i] = t.cell[i + 1];
		*at = n++;
	}
	return lx->irregular_forms ? 0 : arena_full(e);
}

/* Of a word, or of two that a plus joins. */
static uint64_t joined_key(struct str word)
{
	size_t plus = str_find(word, STR("+"), 0);
	return plus == SIZE_MAX ? word_key(word)
				: key_mix(word_key(str_sub(word, 0, plus)),
					  word_key(str_sub(word, plus + 1, word.n)));
}

/* Sets bit `names[i]` of each word in lines that begin with that name. */
static int read_bits(struct lexicon *lx, struct table t, const char *const *names, unsigned n,
		     struct map *out, struct err *e)
{
	while (table_next(&t)) {
		unsigned bit = 0;
		for (unsigned i = 0; i < n; i++)
			bit |= str_eq(t.cell[0], str_of(names[i])) ? 1u << i : 0;
		if (bit == 0)
			return table_fail(&t, "the first cell is no word of its head", e);
		struct str list = t.cell[1], word;
		while (str_split(&list, ' ', &word)) {
			uint32_t *at = map_at(out, joined_key(word), &lx->a);
			if (!at)
				return arena_full(e);
			*at = (*at == MAP_NONE ? 0 : *at) | bit;
		}
	}
	return 0;
}

static int read_valences(struct lexicon *lx, struct err *e)
{
	static const char *const names[] = {"positive", "negative", "demand", "accuse", "shifter"};
	return read_bits(lx, tables_open(TABLE_VALENCE), names, sizeof names / sizeof *names,
			 &lx->valences, e);
}

static int read_effects(struct lexicon *lx, struct err *e)
{
#define X(name, word) word,
	static const char *const names[] = {EFFECTS(X)};
#undef X
	return read_bits(lx, tables_open(TABLE_EFFECTS), names, sizeof names / sizeof *names,
			 &lx->effects, e);
}

/* By the word in small letters. */
static uint64_t contraction_key(struct str word)
{
	char small[16];
	if (word.n > sizeof small)
		return 0;
	for (size_t i = 0; i < word.n; i++)
		small[i] =
			word.p[i] >= 'A' && word.p[i] <= 'Z' ? (char)(word.p[i] + 32) : word.p[i];
	return str_hash((struct str){small, word.n});
}

static int read_contractions(struct lexicon *lx, struct err *e)
{
	struct table t = tables_open(TABLE_CONTRACTIONS);
	uint32_t n = 0;
	lx->contractions = arena_array(&lx->a, count_lines(t.rest), sizeof *lx->contractions);
	if (!lx->contractions)
		return arena_full(e);
	while (table_next(&t)) {
		struct contraction *c = &lx->contractions[n];
		struct str rest = t.cell[1], part;
		size_t end = 0;
		while (str_split(&rest, ' ', &part) && (end += part.n) < t.cell[0].n && c->n < 2)
			c->cuts[c->n++] = (uint8_t)end;
		if (end != t.cell[0].n)
			return table_fail(&t, "the parts are not the word", e);
		uint32_t *at = map_at(&lx->contraction_map, contraction_key(t.cell[0]), &lx->a);
		if (!at)
			return arena_full(e);
		*at = n++;
	}
	return 0;
}

/* --- cues ------------------------------------------------------------------------------------- */

static int add_form(struct lexicon *lx, const struct cue *c, struct str form, struct err *e)
{
	uint32_t *at = map_at(&lx->form_map, word_key(form), &lx->a);
	if (!at)
		return arena_full(e);
	if (*at == MAP_NONE) {
		if (arena_grow(&lx->a, (void **)&lx->forms, &lx->cap_forms, lx->n_forms + 1,
			       sizeof *lx->forms) < 0)
			return arena_full(e);
		*at = (uint32_t)lx->n_forms++;
	}
	struct cue_form *f = &lx->forms[*at];
	const struct cue **slot = c->class == CUE_VERB	 ? &f->verb
				  : c->class == CUE_NOUN ? &f->noun
							 : &f->adjective;
	if (!*slot)
		*slot = c;
	return 0;
}

static bool is_vowel(char c)
{
	return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

static int add_joined(struct lexicon *lx, const struct cue *c, struct str base, const char *ending,
		      struct err *e)
{
	struct str form = arena_printf(&lx->a, "%.*s%s", STR_ARG(base), ending);
	return form.p ? add_form(lx, c, form, e) : arena_full(e);
}

/* plan, plans, planned, planning; deny, denies; urge, urged, urging. A form that is no word does no
 * harm. */
static int add_verb_forms(struct lexicon *lx, const struct cue *c, struct err *e)
{
	struct str w = c->lemma;
	char last = w.p[w.n - 1], before = w.n > 1 ? w.p[w.n - 2] : 'a';
	struct str cut = str_sub(w, 0, w.n - 1);
	int rc = add_form(lx, c, w, e);
	if (last == 'e') {
		rc |= add_joined(lx, c, w, "s", e) | add_joined(lx, c, w, "d", e) |
		      add_joined(lx, c, cut, "ing", e);
	} else if (last == 'y' && !is_vowel(before)) {
		rc |= add_joined(lx, c, cut, "ies", e) | add_joined(lx, c, cut, "ied", e) |
		      add_joined(lx, c, w, "ing", e);
	} else {
		bool hisses = last == 's' || last == 'x' || last == 'z' ||
			      (last == 'h' && (before == 'c' || before == 's')) || last == 'o';
		rc |= add_joined(lx, c, w, hisses ? "es" : "s", e) | add_joined(lx, c, w, "ed", e) |
		      add_joined(lx, c, w, "ing", e);
		if (!is_vowel(last) && is_vowel(before) && last != 'w' && last != 'y') {
			char twice[2] = {last, 0};
			struct str doubled = arena_printf(&lx->a, "%.*s%s", STR_ARG(w), twice);
			if (!doubled.p)
				return arena_full(e);
			rc |= add_joined(lx, c, doubled, "ed", e) |
			      add_joined(lx, c, doubled, "ing", e);
		}
	}
	uint32_t odd = map_get(&lx->irregular, word_key(w));
	for (size_t i = 0; odd != MAP_NONE && i < 3; i++)
		if (lx->irregular_forms[odd][i].n)
			rc |= add_form(lx, c, lx->irregular_forms[odd][i], e);
	return rc;
}

static int add_noun_forms(struct lexicon *lx, const struct cue *c, struct err *e)
{
	struct str w = c->lemma;
	if (add_form(lx, c, w, e) < 0)
		return -1;
	if (w.p[w.n - 1] == 'y' && !is_vowel(w.p[w.n - 2]))
		return add_joined(lx, c, str_sub(w, 0, w.n - 1), "ies", e);
	return add_joined(lx, c, w, w.p[w.n - 1] == 's' || w.p[w.n - 1] == 'h' ? "es" : "s", e);
}

static int read_cue(struct lexicon *lx, struct table *t, struct cue *c, struct err *e)
{
	c->lemma = t->cell[0];
	if (c->lemma.n < 2)
		return table_fail(t, "the lemma is too short", e);
	c->class = str_eq(t->cell[1], STR("v"))	  ? CUE_VERB
		   : str_eq(t->cell[1], STR("n")) ? CUE_NOUN
						  : CUE_ADJECTIVE;
	struct str rest = t->cell[2], word;
	while (str_split(&rest, ' ', &word)) {
		if (c->n_prepositions == CUE_PREPOSITIONS)
			return table_fail(t, "too many prepositions", e);
		c->prepositions[c->n_prepositions++] = word_key(word);
	}
	int act = t->cell[3].n ? terms_find(&terms_act, t->cell[3]) : ACT_STATE;
	int position = t->cell[4].n ? terms_find(&terms_position, t->cell[4]) : POSITION_NEUTRAL;
	if (act < 0 || position < 0)
		return table_fail(t, "the act or the position is no word of the vocabulary", e);
	c->act = (enum act)act;
	c->position = (enum position)position;
	if (c->class == CUE_VERB)
		return add_verb_forms(lx, c, e);
	return c->class == CUE_NOUN ? add_noun_forms(lx, c, e) : add_form(lx, c, c->lemma, e);
}

static int read_cues(struct lexicon *lx, struct err *e)
{
	struct table t = tables_open(TABLE_CUES);
	lx->cues = arena_array(&lx->a, count_lines(t.rest), sizeof *lx->cues);
	if (!lx->cues)
		return arena_full(e);
	while (table_next(&t))
		if (read_cue(lx, &t, &lx->cues[lx->n_cues++], e) < 0)
			return -1;
	return 0;
}

struct lexicon *lexicon_open(struct err *e)
{
	struct lexicon *lx = calloc(1, sizeof *lx);
	if (!lx) {
		arena_full(e);
		return NULL;
	}
	arena_init(&lx->a, LEXICON_BYTES);
	if (word_sets_read(&lx->sets, &lx->a, e) < 0 || read_words(lx, e) < 0 ||
	    read_keys(lx, e) < 0 || read_valences(lx, e) < 0 || read_effects(lx, e) < 0 ||
	    read_contractions(lx, e) < 0 || read_cues(lx, e) < 0) {
		lexicon_close(lx);
		return NULL;
	}
	return lx;
}

void lexicon_close(struct lexicon *lx)
{
	if (!lx)
		return;
	arena_release(&lx->a);
	free(lx);
}

const struct word_tags *lexicon_word(const struct lexicon *lx, uint64_t key)
{
	uint32_t i = map_get(&lx->word_map, key);
	return i == MAP_NONE ? NULL : &lx->words[i];
}

const struct cue_form *lexicon_cue(const struct lexicon *lx, uint64_t key)
{
	uint32_t i = map_get(&lx->form_map, key);
	return i == MAP_NONE ? NULL : &lx->forms[i];
}

unsigned lexicon_valence(const struct lexicon *lx, uint64_t key)
{
	uint32_t bits = map_get(&lx->valences, key);
	return bits == MAP_NONE ? 0 : bits;
}

enum effect lexicon_effect(const struct lexicon *lx, uint64_t key)
{
	uint32_t bits = map_get(&lx->effects, key), k = 0;
	while (bits != MAP_NONE && k + 1 < EFFECT_COUNT && !(bits >> k & 1))
		k++;
	return bits == MAP_NONE ? EFFECT_NONE : (enum effect)(k + 1);
}

bool lexicon_is_abbreviation(const struct lexicon *lx, uint64_t key, bool is_capital)
{
	uint32_t wants_capital = map_get(&lx->abbreviations, key);
	return wants_capital == 0 || (wants_capital == 1 && is_capital);
}

const struct word_sets *lexicon_word_sets(const struct lexicon *lx)
{
	return &lx->sets;
}

const struct contraction *lexicon_contraction(const struct lexicon *lx, struct str word)
{
	uint64_t key = contraction_key(word);
	uint32_t i = key ? map_get(&lx->contraction_map, key) : MAP_NONE;
	return i == MAP_NONE ? NULL : &lx->contractions[i];
}
