/* Makes data/lemmas.tsv: fit_lemmas IRREGULAR.tsv PLURALS.tsv FILE.conllu ... >data/lemmas.tsv
 * For each list the most common change of every ending, kept where it differs from that of the next
 * shorter ending; then the whole words that still come out wrong. Deterministic. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "extract/syntax/conllu.h"
#include "extract/syntax/labels.h"
#include "extract/syntax/lemma.h"
#include "extract/tables/map.h"
#include "extract/tables/table.h"
#include "train/file_text.h"

enum {
	ARENA_MAX = 1 << 30,
	CHANGES_MAX = 6, /* of one ending that are counted */
	LEAST_GAIN = 2,	 /* more words right, for a rule by an ending */
	TABLE_WEIGHT = 3 /* occurrences that a line of a table counts for */
};

struct change {
	uint16_t cut;
	struct str add;
	uint32_t count;
};

/* An ending, or a whole word, of a list. */
struct node {
	struct str list, ending;
	bool is_word, is_case;
	struct change changes[CHANGES_MAX];
	size_t n;
	int rule; /* number of the change that is written, or -1 */
};

struct fit {
	struct arena a;
	struct map map, bases;
	struct node *nodes;
	size_t n, cap;
};

static void die(const char *what)
{
	fprintf(stderr, "fit_lemmas: %s\n", what);
	exit(EXIT_FAILURE);
}

static uint64_t key_of(struct str list, struct str ending, bool is_word)
{
	uint64_t h = str_hash(list);
	for (size_t i = ending.n; i > 0; i--)
		h = lemma_step(h, ending.p[i - 1]);
	return is_word ? lemma_step(h, '^') : h;
}

static struct node *find_node(struct fit *f, struct str list, struct str ending, bool is_word)
{
	uint32_t i = map_get(&f->map, key_of(list, ending, is_word));
	return i == MAP_NONE ? NULL : &f->nodes[i];
}

static bool same_change(const struct change *a, const struct change *b)
{
	return a->cut == b->cut && str_eq(a->add, b->add);
}

static void count(struct fit *f, struct str list, struct str ending, bool is_word, bool is_case,
		  struct change c)
{
	uint32_t *at = map_at(&f->map, key_of(list, ending, is_word), &f->a);
	if (!at || arena_grow(&f->a, (void **)&f->nodes, &f->cap, f->n + 1, sizeof *f->nodes) < 0)
		die("memory is used up");
	if (*at == MAP_NONE) {
		*at = (uint32_t)f->n;
		f->nodes[f->n++] = (struct node){.list = list,
						 .ending = ending,
						 .is_word = is_word,
						 .is_case = is_case,
						 .rule = -1};
	}
	struct node *node = &f->nodes[*at];
	size_t i = 0;
	while (i < node->n && !same_change(&node->changes[i], &c))
		i++;
	if (i == node->n && i < CHANGES_MAX)
		node->changes[node->n++] = (struct change){c.cut, c.add, 0};
	if (i < node->n)
		node->changes[i].count += c.count;
}

static void count_endings(struct fit *f, struct str list, struct str word, bool is_case,
			  struct change c)
{
	for (size_t n = 0; n <= word.n && n <= LEMMA_ENDING_MAX; n++)
		if (utf8_is_border(word, word.n - n))
			count(f, list, str_sub(word, word.n - n, word.n), false, is_case, c);
}

static struct str small_letters(struct fit *f, struct str s)
{
	struct str copy = arena_str(&f->a, s);
	for (size_t i = 0; copy.p && i < copy.n; i++)
		if (copy.p[i] >= 'A' && copy.p[i] <= 'Z')
			((char *)(uintptr_t)copy.p)[i] = (char)(copy.p[i] + 32);
	return copy;
}

static struct change change_between(struct str form, struct str lemma, uint32_t weight)
{
	size_t same = 0;
	while (same < form.n && same < lemma.n && form.p[same] == lemma.p[same])
		same++;
	while (same > 0 && same < lemma.n &&
	       ((unsigned char)lemma.p[same] & 0xC0) == 0x80) /* characters stay whole */
		same--;
	return (struct change){(uint16_t)(form.n - same), str_sub(lemma, same, lemma.n), weight};
}

static bool starts_capital(struct str s)
{
	return s.n && s.p[0] >= 'A' && s.p[0] <= 'Z';
}

static void see(struct fit *f, struct str form, struct str lemma, unsigned xpos, uint32_t weight)
{
	struct str small = small_letters(f, form), small_lemma = small_letters(f, lemma);
	bool is_listed = lemma_case_of(xpos) == LEMMA_LISTED, has_capital = !str_eq(small, form);
	bool keeps = has_capital && !str_eq(lemma, small_lemma);
	if (form.n > LEMMA_WORD_MAX || str_eq(lemma, STR("_")))
		return;
	if (is_listed && has_capital) {
		struct str list = str_of(lemma_case_list(form, xpos));
		struct change c = {keeps, STR_EMPTY, weight};
		count_endings(f, list, small, true, c);
		count(f, list, small, true, true, c);
	}
	bool by_case = lemma_case_of(xpos) != LEMMA_SMALL && (keeps || starts_capital(lemma));
	struct change c = change_between(small, by_case ? small_lemma : lemma, weight);
	if (xpos == XPOS_CD && memchr(form.p, ',', form.n))
		return;
	if (lemma_endings(xpos))
		count_endings(f, str_of(lemma_endings(xpos)), small, false, c);
	count(f, str_of(xpos_name(xpos)), small, true, false, c);
}

/* --- regular forms ---------------------------------------------------------------------------- */

static bool is_vowel(char c)
{
	return c && strchr("aeiou", c);
}

static struct str join(struct fit *f, struct str base, size_t cut, const char *end)
{
	struct str s = arena_printf(&f->a, "%.*s%s", (int)(base.n - cut), base.p, end);
	if (!s.p)
		die("memory is used up");
	return s;
}

/* What a regular word puts before an ending with a vowel: "tim|ed", "stopp|ed", "tri|ed",
 * "visit|ed". */
static struct str stem_of(struct fit *f, struct str w, bool is_before_i)
{
	char last = w.p[w.n - 1], before = w.p[w.n - 2], third = w.n > 2 ? w.p[w.n - 3] : 'a';
	if (last == 'e' && !(is_before_i && strchr("eoy", before)))
		return str_sub(w, 0, w.n - 1);
	if (last == 'y' && !is_vowel(before) && !is_before_i)
		return join(f, w, 1, "i");
	char twice[2] = {last, 0};
	bool is_short = w.n <= 4 && !is_vowel(last) && !strchr("wxy", last) && is_vowel(before) &&
			!is_vowel(third);
	return is_short ? join(f, w, 0, twice) : w;
}

/* The regular forms of a base that the corpora have, so that what they lack comes out right too: of
 * verbs, nouns, short adjectives. A form that nobody uses does no harm. */
static void see_regular(struct fit *f, struct str lemma, unsigned xpos)
{
	for (size_t i = 0; i < lemma.n; i++)
		if (lemma.p[i] < 'a' || lemma.p[i] > 'z')
			return;
	if (lemma.n < 3)
		return;
	char last = lemma.p[lemma.n - 1], before = lemma.p[lemma.n - 2];
	bool hisses = strchr("sxz", last) || (last == 'h' && strchr("cs", before));
	bool ends_y = last == 'y' && !is_vowel(before);
	if (xpos == XPOS_VB) {
		see(f, join(f, stem_of(f, lemma, false), 0, "ed"), lemma, XPOS_VBD, 1);
		see(f, join(f, stem_of(f, lemma, false), 0, "ed"), lemma, XPOS_VBN, 1);
		see(f, join(f, stem_of(f, lemma, true), 0, "ing"), lemma, XPOS_VBG, 1);
	}
	if (xpos == XPOS_VB || xpos == XPOS_NN)
		see(f,
		    join(f, lemma, ends_y,
			 ends_y	  ? "ies"
			 : hisses ? "es"
				  : "s"),
		    lemma, xpos == XPOS_VB ? XPOS_VBZ : XPOS_NNS, 1);
	if (xpos == XPOS_JJ && lemma.n <= 6) {
		see(f, join(f, stem_of(f, lemma, false), 0, "er"), lemma, XPOS_JJR, 1);
		see(f, join(f, stem_of(f, lemma, false), 0, "est"), lemma, XPOS_JJS, 1);
	}
}

/* Each base once, however often it stands in the corpora; typing errors are seen once only. */
static void see_base(struct fit *f, struct str form, struct str lemma, unsigned xpos)
{
	enum { LEAST_TIMES = 2 };
	struct str list = xpos == XPOS_VB || xpos == XPOS_VBP ? STR("base VB")
			  : xpos == XPOS_NN		      ? STR("base NN")
							      : STR("base JJ");
	if ((xpos != XPOS_VB && xpos != XPOS_VBP && xpos != XPOS_NN && xpos != XPOS_JJ) ||
	    !str_eq(form, lemma))
		return;
	uint32_t *times = map_at(&f->bases, key_of(list, lemma, true), &f->a);
	if (!times)
		die("memory is used up");
	*times = *times == MAP_NONE ? 1 : *times + 1;
	if (*times == LEAST_TIMES)
		see_regular(f, lemma, xpos == XPOS_VBP ? XPOS_VB : xpos);
}

/* --- reading ---------------------------------------------------------------------------------- */

static void read_corpus(struct fit *f, struct str bytes)
{
	struct conllu_reader r = {.rest = bytes};
	struct conllu_sentence s;
	struct err e = {0};
	int got;
	while ((got = conllu_next(&r, &f->a, &s, &e)) > 0)
		for (size_t k = 1; k <= s.n_words; k++) {
			const struct conllu_line *l = conllu_word(&s, k);
			int xpos = xpos_find(l->cell[CONLLU_XPOS]);
			if (xpos < 0)
				continue;
			see(f, l->cell[CONLLU_FORM], l->cell[CONLLU_LEMMA], (unsigned)xpos, 1);
			see_base(f, l->cell[CONLLU_FORM], l->cell[CONLLU_LEMMA], (unsigned)xpos);
		}
	if (got < 0)
		die(e.message);
}

static void read_tables(struct fit *f, struct str irregular, struct str plurals)
{
	struct table t = table_of("irregular", irregular);
	while (table_next(&t))
		for (size_t i = 1; i < t.n; i++) {
			if (t.cell[i].n && i != 2)
				see(f, t.cell[i], t.cell[0], XPOS_VBD, TABLE_WEIGHT);
			struct str participle = t.cell[2].n ? t.cell[2] : t.cell[1];
			if (i == 1)
				see(f, participle, t.cell[0], XPOS_VBN, TABLE_WEIGHT);
		}
	t = table_of("plurals", plurals);
	while (table_next(&t))
		see(f, t.cell[1], t.cell[0], XPOS_NNS, TABLE_WEIGHT);
}

/* --- choosing --------------------------------------------------------------------------------- */

static const struct change unchanged = {0, {"", 0}, 0};

/* What the rules chosen so far make of the words of a node. */
static const struct change *predict(struct fit *f, struct str list, struct str word, size_t longest)
{
	for (size_t n = longest < word.n ? longest : word.n;; n--) {
		const struct node *node =
			find_node(f, list, str_sub(word, word.n - n, word.n), false);
		if (node && node->rule >= 0)
			return &node->changes[node->rule];
		if (n == 0)
			return &unchanged;
	}
}

static void choose(struct node *node, const struct change *predicted, uint32_t gain)
{
	uint32_t right = 0;
	int best = 0;
	for (size_t i = 0; i < node->n; i++) {
		if (same_change(&node->changes[i], predicted))
			right = node->changes[i].count;
		if (node->changes[i].count > node->changes[best].count)
			best = (int)i;
	}
	if (node->changes[best].count >= right + gain &&
	    !same_change(&node->changes[best], predicted))
		node->rule = best;
}

static const char *endings_of_tag(struct str tag)
{
	int xpos = xpos_find(tag);
	return xpos < 0 ? NULL : lemma_endings((unsigned)xpos);
}

static void choose_rules(struct fit *f)
{
	for (size_t length = 0; length <= LEMMA_ENDING_MAX; length++)
		for (size_t i = 0; i < f->n; i++) {
			struct node *node = &f->nodes[i];
			if (!node->is_word && node->ending.n == length)
				choose(node,
				       length ? predict(f, node->list, node->ending, length - 1)
					      : &unchanged,
				       LEAST_GAIN);
		}
	for (size_t i = 0; i < f->n; i++) {
		struct node *node = &f->nodes[i];
		if (!node->is_word)
			continue;
		const char *endings = node->is_case ? NULL : endings_of_tag(node->list);
		struct str list = node->is_case ? node->list : str_of(endings);
		const struct change *predicted =
			list.n ? predict(f, list, node->ending, LEMMA_ENDING_MAX) : &unchanged;
		choose(node, predicted, endings || node->is_case ? 1 : 2);
	}
}

static int by_name(const void *a, const void *b)
{
	const struct node *x = a, *y = b;
	int order = str_cmp(x->list, y->list);
	if (order == 0)
		order = (int)x->is_word - (int)y->is_word;
	return order ? order : str_cmp(x->ending, y->ending);
}

static void print(struct fit *f)
{
	printf("# Rules for lemmas (extract/syntax/lemma.c). Columns: list, ending (^ and a whole "
	       "word; * for any), bytes to take off the end, what to\n"
	       "# put there; for lists of capitals: keep or lower.\n"
	       "# Origin: made by train/fit_lemmas.c from Universal Dependencies English EWT (CC "
	       "BY-SA 4.0) and GUM (annotations CC BY 4.0), train\n"
	       "# parts, and from irregular.tsv and plurals.tsv. License of this table: CC BY-SA "
	       "4.0.\n");
	qsort(f->nodes, f->n, sizeof *f->nodes, by_name);
	for (size_t i = 0; i < f->n; i++) {
		const struct node *node = &f->nodes[i];
		if (node->rule < 0)
			continue;
		const struct change *c = &node->changes[node->rule];
		printf("%.*s\t%s%.*s\t", STR_ARG(node->list),
		       node->is_word	? "^"
		       : node->ending.n ? ""
					: "*",
		       STR_ARG(node->ending));
		if (node->is_case)
			printf("%s\n", c->cut ? "keep" : "lower");
		else
			printf("%u%s%.*s\n", c->cut, c->add.n ? "\t" : "", STR_ARG(c->add));
	}
}

int main(int argc, char **argv)
{
	struct fit f = {0};
	if (argc < 4) {
		fprintf(stderr, "usage: fit_lemmas IRREGULAR.tsv PLURALS.tsv FILE.conllu ...\n");
		return EXIT_FAILURE;
	}
	arena_init(&f.a, ARENA_MAX);
	read_tables(&f, file_text_or_exit(argv[1], &f.a), file_text_or_exit(argv[2], &f.a));
	for (int i = 3; i < argc; i++)
		read_corpus(&f, file_text_or_exit(argv[i], &f.a)); /* the nodes hold views of it */
	choose_rules(&f);
	print(&f);
	arena_release(&f.a);
	return EXIT_SUCCESS;
}
