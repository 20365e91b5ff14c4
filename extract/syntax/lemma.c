/* Looks words up in lists of endings, the longest first, and then changes their ends. */
#include "extract/syntax/lemma.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "extract/syntax/labels.h"
#include "extract/tables/map.h"
#include "extract/tables/tables.h"

enum { LEMMAS_BYTES = 16 << 20 };

/* Take `cut` bytes off the end, which are whole characters, put `add` there. */
struct edit {
	uint16_t cut;
	bool keeps_case; /* of a list of capitals */
	struct str add;
};

struct lemmas {
	struct arena a;
	struct map map;
	struct edit *edits;
	size_t n, cap;
	uint64_t words[XPOS_COUNT], endings[XPOS_COUNT]; /* hashes of the lists; 0 for none */
};

static const struct {
	uint8_t xpos;
	const char *list;
} inflected[] = {
	{XPOS_VBD, "past"},   {XPOS_VBN, "past"},   {XPOS_VBG, "ing"},	{XPOS_VBZ, "s"},
	{XPOS_NNS, "plural"}, {XPOS_NNPS, "names"}, {XPOS_JJR, "more"}, {XPOS_RBR, "more"},
	{XPOS_JJS, "most"},   {XPOS_RBS, "most"},
};

const char *lemma_endings(unsigned xpos)
{
	for (size_t i = 0; i < sizeof inflected / sizeof inflected[0]; i++)
		if (inflected[i].xpos == xpos)
			return inflected[i].list;
	return NULL;
}

enum lemma_case lemma_case_of(unsigned xpos)
{
	switch (xpos) {
	case XPOS_NNP:
	case XPOS_NNPS:
	case XPOS_ADD:
	case XPOS_FW:
	case XPOS_GW:
	case XPOS_CURRENCY:
	case XPOS_SYM:
	case XPOS_AFX:
		return LEMMA_KEPT;
	case XPOS_NN:
	case XPOS_NNS:
	case XPOS_JJ:
	case XPOS_CD:
		return LEMMA_LISTED;
	default:
		return LEMMA_SMALL;
	}
}

static bool is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

static char small(char c)
{
	return is_capital(c) ? (char)(c + 32) : c;
}

const char *lemma_case_list(struct str form, unsigned xpos)
{
	size_t capitals = 0;
	for (size_t i = 1; i < form.n; i++)
		capitals += is_capital(form.p[i]);
	bool is_adjective = xpos == XPOS_JJ;
	if (capitals)
		return xpos == XPOS_CD ? "capitals-number"
		       : is_adjective  ? "capitals-adjective"
				       : "capitals-noun";
	return xpos == XPOS_CD ? "capital-number"
	       : is_adjective  ? "capital-adjective"
			       : "capital-noun";
}

uint64_t lemma_start(const char *list)
{
	return str_hash(str_of(list));
}

static const struct edit *at_key(const struct lemmas *ls, uint64_t h)
{
	uint32_t at = map_get(&ls->map, h ? h : 1);
	return at == MAP_NONE ? NULL : &ls->edits[at];
}

static const struct edit *find_word(const struct lemmas *ls, uint64_t h, struct str form)
{
	for (size_t i = form.n; i > 0; i--)
		h = lemma_step(h, small(form.p[i - 1]));
	return at_key(ls, lemma_step(h, '^'));
}

/* The longest ending in whole characters that the list has; *length: its bytes. */
static const struct edit *find_ending(const struct lemmas *ls, uint64_t h, struct str form,
				      size_t *length)
{
	const struct edit *best = at_key(ls, h), *found;
	*length = 0;
	for (size_t i = form.n; i > 0 && form.n - i < LEMMA_ENDING_MAX; i--) {
		h = lemma_step(h, small(form.p[i - 1]));
		if (utf8_is_border(form, i - 1) && (found = at_key(ls, h))) {
			best = found;
			*length = form.n - i + 1;
		}
	}
	return best;
}

/* The rule for any ending was fitted on English words: what it takes off beyond the ending that it
 * knows is of the alphabet. */
static bool knows_letters(const struct edit *e, struct str form, size_t length)
{
	size_t from = e->cut < form.n ? form.n - e->cut : 0;
	for (size_t i = from; i < form.n - length; i++)
		if ((unsigned char)form.p[i] >= 0x80)
			return false;
	return utf8_is_border(form, from);
}

static const struct edit *find_edit(const struct lemmas *ls, struct str form, unsigned xpos)
{
	static const struct edit bare = {.cut = 1}; /* "cafés" */
	size_t length;
	const struct edit *e = find_word(ls, ls->words[xpos], form);
	if (e || !ls->endings[xpos])
		return e;
	e = find_ending(ls, ls->endings[xpos], form, &length);
	if (e && knows_letters(e, form, length))
		return e;
	return e && (xpos == XPOS_NNS || xpos == XPOS_VBZ) && form.n > 1 &&
			       form.p[form.n - 1] == 's'
		       ? &bare
		       : NULL;
}

static bool keeps_case(const struct lemmas *ls, struct str form, unsigned xpos)
{
	enum lemma_case c = lemma_case_of(xpos);
	if (c != LEMMA_LISTED)
		return c == LEMMA_KEPT;
	uint64_t list = lemma_start(lemma_case_list(form, xpos));
	const struct edit *found = find_word(ls, list, form);
	size_t length;
	if (!found)
		found = find_ending(ls, list, form, &length);
	return found && found->keeps_case;
}

/* The form in small letters: itself when it has no others. */
static struct str in_small_letters(struct str form, size_t n, struct arena *a)
{
	size_t i = 0;
	while (i < n && !is_capital(form.p[i]))
		i++;
	if (i == n)
		return (struct str){form.p, n};
	struct str copy = arena_str(a, (struct str){form.p, n});
	if (!copy.p)
		return copy;
	for (char *p = (char *)(uintptr_t)copy.p; i < n; i++)
		p[i] = small(p[i]);
	return copy;
}

/* "200,000": without the commas. */
static struct str plain_number(struct str form, struct arena *a)
{
	struct str copy = arena_str(a, form);
	char *p = (char *)(uintptr_t)copy.p;
	size_t n = 0;
	if (!p)
		return copy;
	for (size_t i = 0; i < form.n; i++)
		if (form.p[i] != ',')
			p[n++] = form.p[i];
	return (struct str){p, n};
}

static bool is_number_with_commas(struct str form)
{
	return form.n > 3 && form.p[0] >= '0' && form.p[0] <= '9' && memchr(form.p, ',', form.n);
}

struct str lemma_of(const struct lemmas *ls, struct str form, unsigned xpos, struct arena *a)
{
	const struct edit *e = NULL;
	if (form.n == 0)
		return form;
	if (xpos < XPOS_COUNT && form.n <= LEMMA_WORD_MAX)
		e = find_edit(ls, form, xpos);
	if (xpos == XPOS_CD && !e && is_number_with_commas(form))
		return plain_number(form, a);
	if (e && e->cut >= form.n && e->add.n == 0)
		e = NULL;
	if (e && e->cut >= form.n)
		return e->add;
	size_t kept = form.n - (e ? e->cut : 0);
	bool has_capital = false;
	for (size_t i = 0; i < form.n && !has_capital; i++)
		has_capital = is_capital(form.p[i]);
	struct str stem = !has_capital || keeps_case(ls, form, xpos)
				  ? str_sub(form, 0, kept)
				  : in_small_letters(form, kept, a);
	if (!e || e->add.n == 0 || !stem.p)
		return stem;
	return arena_printf(a, "%.*s%.*s", STR_ARG(stem), STR_ARG(e->add));
}

/* --- opening ---------------------------------------------------------------------------------- */

static uint64_t key_of(struct str list, struct str ending)
{
	uint64_t h = str_hash(list);
	for (size_t i = ending.n; i > 0; i--)
		h = lemma_step(h, ending.p[i - 1]);
	return h ? h : 1;
}

static int read_rule(struct lemmas *ls, const struct table *t, struct err *e)
{
	int64_t cut = 0;
	bool keeps = str_eq(t->cell[2], STR("keep"));
	if (t->n < 3 ||
	    (!keeps && !str_eq(t->cell[2], STR("lower")) && !str_to_i64(t->cell[2], &cut)) ||
	    cut < 0 || cut > LEMMA_WORD_MAX)
		return table_fail(t, "the change is wrong", e);
	struct str ending = t->cell[1];
	if (str_eq(ending, STR("*"))) /* any */
		ending = STR_EMPTY;
	if (arena_grow(&ls->a, (void **)&ls->edits, &ls->cap, ls->n + 1, sizeof *ls->edits) < 0)
		return arena_full(e);
	uint32_t *at = map_at(&ls->map, key_of(t->cell[0], ending), &ls->a);
	if (!at)
		return arena_full(e);
	if (*at == MAP_NONE)
		*at = (uint32_t)ls->n++;
	ls->edits[*at] = (struct edit){(uint16_t)cut, keeps, t->cell[3]};
	return 0;
}

struct lemmas *lemmas_open(struct err *e)
{
	struct lemmas *ls = calloc(1, sizeof *ls);
	if (!ls) {
		arena_full(e);
		return NULL;
	}
	arena_init(&ls->a, LEMMAS_BYTES);
	for (unsigned x = 0; x < XPOS_COUNT; x++) {
		const char *endings = lemma_endings(x);
		ls->words[x] = lemma_start(xpos_name(x));
		ls->endings[x] = endings ? lemma_start(endings) : 0;
	}
	struct table t = tables_open(TABLE_LEMMAS);
	while (table_next(&t))
		if (read_rule(ls, &t, e) < 0) {
			lemmas_close(ls);
			return NULL;
		}
	return ls;
}

void lemmas_close(struct lemmas *ls)
{
	if (!ls)
		return;
	arena_release(&ls->a);
	free(ls);
}
