/* The forest: children, yields and lemmas of trees made by hand and at random. */
#include "extract/syntax/forest.h"

#include "extract/syntax/text_parse.h"
#include "extract/tables/key.h"
#include "extract/tables/lexicon.h"
#include "extract/text/quote.h"
#include "extract/text/sentence.h"
#include "extract/text/token.h"
#include "tests/unit/unit.h"

enum { TOKENS_MAX = 3000 };

static struct arena arena;
static struct lexicon *lexicon;
static struct lemmas *lemmas;
static struct text text;
static struct forest forest;

static void set_up(void)
{
	struct err e = {0};
	arena_init(&arena, 64 << 20);
	lexicon = lexicon_open(&e);
	lemmas = lexicon ? lemmas_open(&e) : NULL;
	ck_assert_msg(lemmas != NULL, "%s", e.message);
}

static void tear_down(void)
{
	lemmas_close(lemmas);
	lexicon_close(lexicon);
	arena_release(&arena);
}

static void read_text(const char *words)
{
	text = (struct text){.n_tokens = 0};
	ck_assert_int_eq(text_tokenize(&text, str_of(words), lexicon, &arena), 0);
	ck_assert_int_eq(text_find_quotes(&text, &arena) | text_find_sentences(&text, &arena), 0);
}

static void make_forest(void)
{
	ck_assert_int_eq(text_find_lemmas(&text, lemmas, &arena), 0);
	ck_assert_int_eq(forest_make(&forest, &text, &arena), 0);
}

static void hang(uint32_t token, uint32_t head, unsigned deprel, unsigned xpos)
{
	text.tokens[token].head = head;
	text.tokens[token].deprel = (uint8_t)deprel;
	text.tokens[token].xpos = (uint8_t)xpos;
}

START_TEST(forest_make__two_sentences__children_yields_lemmas)
{
	set_up();
	/* 0 The 1 ministers 2 said 3 that 4 talks 5 had 6 failed 7 . 8 Nobody 9 agreed 10 . */
	read_text("The ministers said that talks had failed. Nobody agreed.");
	ck_assert_uint_eq(text.n_tokens, 11);
	hang(0, 1, DEPREL_DET, XPOS_DT);
	hang(1, 2, DEPREL_NSUBJ, XPOS_NNS);
	hang(2, 2, DEPREL_ROOT, XPOS_VBD);
	hang(3, 6, DEPREL_MARK, XPOS_IN);
	hang(4, 6, DEPREL_NSUBJ, XPOS_NNS);
	hang(5, 6, DEPREL_AUX_PASS, XPOS_VBD);
	hang(6, 2, DEPREL_CCOMP, XPOS_VBN);
	hang(7, 2, DEPREL_PUNCT, XPOS_STOP);
	hang(8, 9, DEPREL_NSUBJ, XPOS_NN);
	hang(9, 9, DEPREL_ROOT, XPOS_VBD);
	hang(10, 9, DEPREL_PUNCT, XPOS_STOP);
	make_forest();
	static const uint32_t children[] = {1, 6, 7};
	uint32_t k = forest.child[2];
	for (size_t i = 0; i < 3; i++, k = forest.next[k])
		ck_assert_uint_eq(k, children[i]);
	ck_assert_uint_eq(k, FOREST_NONE);
	ck_assert(forest.left[6] == 3 && forest.right[6] == 6 && forest.left[2] == 0 &&
		  forest.right[2] == 7);
	ck_assert(forest.left[0] == 0 && forest.right[0] == 0 && forest.left[9] == 8 &&
		  forest.right[9] == 10);
	ck_assert(forest.sentence[7] == 0 && forest.sentence[8] == 1);
	ck_assert_uint_eq(forest.lemma[2], word_key(STR("say")));
	ck_assert_uint_eq(forest.lemma[1], word_key(STR("minister")));
	ck_assert_uint_eq(forest.lemma[6], word_key(STR("fail")));
	ck_assert_uint_eq(forest.relation[5], DEPREL_AUX); /* without its subtype */
	ck_assert_uint_eq(forest_child(&forest, 6, DEPREL_AUX), 5);
	ck_assert_uint_eq(forest_child(&forest, 2, DEPREL_NSUBJ), 1);
	ck_assert_uint_eq(forest_child(&forest, 2, DEPREL_OBJ), FOREST_NONE);
	ck_assert_uint_eq(forest_child(&forest, 0, DEPREL_NSUBJ), FOREST_NONE);
	tear_down();
}
END_TEST

START_TEST(forest_make__empty_and_one_token__no_children)
{
	set_up();
	read_text("");
	make_forest();
	read_text("No");
	hang(0, 0, DEPREL_ROOT, XPOS_UH);
	make_forest();
	ck_assert(forest.child[0] == FOREST_NONE && forest.next[0] == FOREST_NONE &&
		  forest.left[0] == 0 && forest.right[0] == 0);
	tear_down();
}
END_TEST

static uint32_t next_random(uint32_t *state)
{
	*state = *state * 1664525u + 1013904223u;
	return *state >> 8;
}

static void read_words(size_t n)
{
	char *words = arena_alloc(&arena, 2 * n + 1);
	ck_assert(words != NULL);
	for (size_t i = 0; i < n; i++)
		memcpy(words + 2 * i, "x ", 2);
	read_text(words);
	ck_assert_uint_eq(text.n_tokens, n);
}

/* Any heads without a ring: each token hangs on one before it in a random order, or on none. Trees
 * may cross. */
static void hang_at_random(uint32_t seed)
{
	static uint32_t order[TOKENS_MAX];
	uint32_t n = (uint32_t)text.n_tokens;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t k = next_random(&seed) % (i + 1);
		order[i] = order[k];
		order[k] = i;
	}
	for (uint32_t i = 0; i < n; i++) {
		bool is_root = i == 0 || next_random(&seed) % 9 == 0;
		hang(order[i], is_root ? order[i] : order[next_random(&seed) % i], DEPREL_DEP,
		     XPOS_NN);
	}
}

/* Against the definitions, one token after another. */
static void check_forest(void)
{
	uint32_t n = (uint32_t)text.n_tokens, linked = 0, roots = 0;
	static uint32_t left[TOKENS_MAX], right[TOKENS_MAX];
	for (uint32_t i = 0; i < n; i++)
		left[i] = right[i] = i;
	for (uint32_t i = 0; i < n; i++) {
		roots += text.tokens[i].head == i;
		for (uint32_t at = i; text.tokens[at].head != at;) {
			at = text.tokens[at].head;
			left[at] = i < left[at] ? i : left[at];
			right[at] = i > right[at] ? i : right[at];
		}
	}
	for (uint32_t i = 0; i < n; i++) {
		ck_assert(forest.left[i] == left[i] && forest.right[i] == right[i]);
		for (uint32_t k = forest.child[i], before = 0; k != FOREST_NONE;
		     before = k + 1, k = forest.next[k]) {
			ck_assert(k >= before && k != i && text.tokens[k].head == i);
			linked++;
		}
	}
	ck_assert_uint_eq(linked + roots, n);
}

START_TEST(forest_make__random_and_deep_trees__as_defined)
{
	set_up();
	for (uint32_t seed = 1; seed <= 60; seed++) {
		read_words(1 + seed * 7 % 90);
		hang_at_random(seed);
		make_forest();
		check_forest();
	}
	read_words(TOKENS_MAX); /* one chain, each way */
	for (uint32_t i = 0; i < TOKENS_MAX; i++)
		hang(i, i ? i - 1 : 0, DEPREL_DEP, XPOS_NN);
	make_forest();
	check_forest();
	for (uint32_t i = 0; i < TOKENS_MAX; i++)
		hang(i, i + 1 < TOKENS_MAX ? i + 1 : i, DEPREL_DEP, XPOS_NN);
	make_forest();
	check_forest();
	tear_down();
}
END_TEST

START_TEST(forest_make__small_arena__refused)
{
	set_up();
	struct arena small;
	read_words(100);
	hang_at_random(3);
	ck_assert_int_eq(text_find_lemmas(&text, lemmas, &arena), 0);
	for (size_t bytes = 16; bytes < 3000; bytes += 400) {
		arena_init(&small, bytes);
		ck_assert_int_eq(forest_make(&forest, &text, &small), -1);
		arena_release(&small);
	}
	tear_down();
}
END_TEST

UNIT_MAIN("forest", forest_make__two_sentences__children_yields_lemmas,
	  forest_make__empty_and_one_token__no_children,
	  forest_make__random_and_deep_trees__as_defined, forest_make__small_arena__refused)
