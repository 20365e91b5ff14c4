/* Lemmas and universal parts of speech, by tables of words with their tags. */
#include "extract/syntax/lemma.h"

#include "extract/syntax/labels.h"
#include "extract/syntax/upos.h"
#include "tests/unit/unit.h"

enum { BYTES = 1 << 20 };

static struct lemmas *open_lemmas(void)
{
	struct err e = {0};
	struct lemmas *ls = lemmas_open(&e);
	ck_assert_msg(ls != NULL, "%s", e.message);
	return ls;
}

START_TEST(lemma_of__words_with_tags__their_dictionary_forms)
{
	static const struct {
		const char *form, *xpos, *lemma;
	} cases[] = {
		{"said", "VBD", "say"},
		{"Said", "VBD", "say"},
		{"went", "VBD", "go"},
		{"stopped", "VBN", "stop"},
		{"hoping", "VBG", "hope"},
		{"denies", "VBZ", "deny"},
		{"urges", "VBZ", "urge"},
		{"is", "VBZ", "be"},
		{"'re", "VBP", "be"},
		{"has", "VBZ", "have"},
		{"n't", "RB", "not"},
		{"wo", "MD", "will"},
		{"ca", "MD", "can"},
		{"'ll", "MD", "will"},
		{"'s", "POS", "'s"},
		{"’s", "POS", "'s"},
		{"’s", "VBZ", "be"},
		{"talks", "NNS", "talk"},
		{"countries", "NNS", "country"},
		{"men", "NNS", "man"},
		{"crises", "NNS", "crisis"},
		{"sanctions", "NNS", "sanction"},
		{"better", "JJR", "good"},
		{"better", "RBR", "well"},
		{"biggest", "JJS", "big"},
		{"happier", "JJR", "happy"},
		{"them", "PRP", "they"},
		{"I", "PRP", "I"},
		{"me", "PRP", "I"},
		{"an", "DT", "a"},
		{"These", "DT", "this"},
		{"The", "DT", "the"},
		{"China", "NNP", "China"},
		{"NATO", "NNP", "NATO"},
		{"Iraqis", "NNPS", "Iraqi"},
		{"Chinese", "JJ", "Chinese"},
		{"Great", "JJ", "great"},
		{"TV", "NN", "TV"},
		/* What a rule takes off are whole characters. */
		{"women俸", "NNS", "women俸"},
		{"caf\u00e9", "NNS", "caf\u00e9"},
		{"caf\u00e9s", "NNS", "caf\u00e9"},
		{"30\u00b0", "NNS", "30\u00b0"},
		{"n\u00fa\u0219s", "VBZ", "n\u00fa\u0219"},
		{"Talks", "NNS", "talk"},
		{"20,000", "CD", "20000"},
		{"Two", "CD", "two"},
		{"sued", "VBN", "sue"},
		{"zorbled", "VBD", "zorble"},
		{"...", ",", "..."},
		{",", ",", ","},
		{"s", "VBZ", "be"},
		{"É", "NN", "É"},
	};
	struct lemmas *ls = open_lemmas();
	struct arena a;
	arena_init(&a, BYTES);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		int xpos = xpos_find(str_of(cases[i].xpos));
		ck_assert_int_ge(xpos, 0);
		struct str got = lemma_of(ls, str_of(cases[i].form), (unsigned)xpos, &a);
		ck_assert_msg(str_eq(got, str_of(cases[i].lemma)),
			      "%s/%s gave \"%.*s\", want \"%s\"", cases[i].form, cases[i].xpos,
			      STR_ARG(got), cases[i].lemma);
	}
	arena_release(&a);
	lemmas_close(ls);
}
END_TEST

START_TEST(lemma_of__small_letters_and_a_cut__takes_no_memory)
{
	static const struct {
		const char *form;
		unsigned xpos;
	} cases[] = {{"talks", XPOS_NNS},
		     {"supported", XPOS_VBD},
		     {"house", XPOS_NN},
		     {"went", XPOS_VBD},
		     {"China", XPOS_NNP}};
	struct lemmas *ls = open_lemmas();
	struct arena a;
	arena_init(&a, BYTES);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		ck_assert_uint_gt(lemma_of(ls, str_of(cases[i].form), cases[i].xpos, &a).n, 0);
	ck_assert_uint_eq(a.used, 0);
	arena_release(&a);
	lemmas_close(ls);
}
END_TEST

START_TEST(lemma_of__odd_input__form_or_null)
{
	struct lemmas *ls = open_lemmas();
	struct arena a, none;
	static char longest[300];
	arena_init(&a, BYTES);
	arena_init(&none, 1);
	memset(longest, 's', sizeof longest);
	struct str s = {longest, sizeof longest};
	ck_assert(str_eq(lemma_of(ls, s, XPOS_NNS, &a), s));
	assert_str(lemma_of(ls, STR("Word"), XPOS_COUNT, &a), "word");
	ck_assert_uint_eq(lemma_of(ls, STR_EMPTY, XPOS_NNS, &a).n, 0);
	ck_assert_ptr_null(lemma_of(ls, STR("Word"), XPOS_VB, &none).p);
	for (unsigned x = 0; x <= XPOS_COUNT; x++) /* endings alone are words too */
		for (const char *const *p =
			     (const char *const[]){"s", "ed", "ing", "'", ".", "es", "S", NULL};
		     *p; p++)
			ck_assert_uint_gt(lemma_of(ls, str_of(*p), x, &a).n, 0);
	arena_release(&none);
	arena_release(&a);
	lemmas_close(ls);
}
END_TEST

START_TEST(upos_of__tags_with_relations__universal_tags)
{
	static const struct {
		const char *form;
		unsigned xpos, deprel;
		const char *upos;
	} cases[] = {
		{"talk", XPOS_NN, DEPREL_NSUBJ, "NOUN"},
		{"China", XPOS_NNP, DEPREL_NSUBJ, "PROPN"},
		{"is", XPOS_VBZ, DEPREL_COP, "AUX"},
		{"was", XPOS_VBD, DEPREL_AUX_PASS, "AUX"},
		{"says", XPOS_VBZ, DEPREL_ROOT, "VERB"},
		{"that", XPOS_IN, DEPREL_MARK, "SCONJ"},
		{"in", XPOS_IN, DEPREL_CASE, "ADP"},
		{"that", XPOS_DT, DEPREL_NSUBJ, "PRON"},
		{"that", XPOS_DT, DEPREL_NSUBJ_PASS, "PRON"},
		{"the", XPOS_DT, DEPREL_DET, "DET"},
		{"all", XPOS_DT, DEPREL_NSUBJ, "DET"},
		{"Not", XPOS_RB, DEPREL_ADVMOD, "PART"},
		{"soon", XPOS_RB, DEPREL_ADVMOD, "ADV"},
		{"nobody", XPOS_NN, DEPREL_NSUBJ, "PRON"},
		{"to", XPOS_TO, DEPREL_MARK, "PART"},
		{"which", XPOS_WDT, DEPREL_DET, "DET"},
		{",", XPOS_COMMA, DEPREL_PUNCT, "PUNCT"},
		{"$", XPOS_CURRENCY, DEPREL_OBJ, "SYM"},
		{"x", XPOS_COUNT, DEPREL_COUNT, "X"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		ck_assert_str_eq(upos_of(str_of(cases[i].form), cases[i].xpos, cases[i].deprel),
				 cases[i].upos);
	for (unsigned x = 0; x < XPOS_COUNT; x++)
		ck_assert_ptr_nonnull(upos_of(STR("x"), x, DEPREL_DEP));
}
END_TEST

UNIT_MAIN("lemma", lemma_of__words_with_tags__their_dictionary_forms,
	  lemma_of__small_letters_and_a_cut__takes_no_memory, lemma_of__odd_input__form_or_null,
	  upos_of__tags_with_relations__universal_tags)
