/* CoNLL-U: what is read, what is refused with its line, and that it comes back byte for byte. */
#include "extract/syntax/conllu.h"

#include "tests/unit/unit.h"

enum { BYTES = 1 << 20 };

static const char sample[] = "# newdoc id = one\n"
			     "# sent_id = 1\n"
			     "# text = He can't go.\n"
			     "1\tHe\the\tPRON\tPRP\t_\t4\tnsubj\t_\t_\n"
			     "2-3\tcan't\t_\t_\t_\t_\t_\t_\t_\t_\n"
			     "2\tca\tcan\tAUX\tMD\t_\t4\taux\t_\t_\n"
			     "3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_\n"
			     "4\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\tGloss=x|SpaceAfter=No\n"
			     "4.1\tthere\tthere\tADV\tRB\t_\t_\t_\t4:advmod\t_\n"
			     "5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_\n"
			     "\n"
			     "# sent_id = 2\n"
			     "1\tNew York\t_\t_\t_\t_\t_\t_\t_\t_\n"
			     "\n";

static struct arena arena;

static void set_up(void)
{
	arena_init(&arena, BYTES);
}

static struct str copy_of(const char *text, struct buf *out)
{
	struct conllu_reader r = {.rest = str_of(text)};
	struct conllu_sentence s;
	struct err e = {0};
	int got;
	buf_init(out, BYTES);
	while ((got = conllu_next(&r, &arena, &s, &e)) > 0)
		conllu_write(out, &s);
	ck_assert_msg(got == 0, "%s", e.message);
	return buf_str(out);
}

START_TEST(conllu_next__all_kinds_of_lines__words_comments_heads)
{
	struct conllu_reader r = {.rest = str_of(sample)};
	struct conllu_sentence s;
	struct err e = {0};
	set_up();
	ck_assert_int_eq(conllu_next(&r, &arena, &s, &e), 1);
	ck_assert_uint_eq(s.n_words, 5);
	ck_assert_uint_eq(s.n_lines, 10);
	ck_assert_uint_eq(s.number, 1);
	assert_str(conllu_comment(&s, STR("text")), "He can't go.");
	assert_str(conllu_comment(&s, STR("newdoc")), "id = one");
	ck_assert_ptr_null(conllu_comment(&s, STR("newpar")).p);
	assert_str(conllu_word(&s, 3)->cell[CONLLU_FORM], "n't");
	ck_assert_int_eq(s.lines[4].kind, CONLLU_MULTIWORD);
	ck_assert_uint_eq(s.lines[4].word, 2);
	ck_assert_uint_eq(s.lines[4].last, 3);
	ck_assert_int_eq(s.lines[8].kind, CONLLU_EMPTY);
	ck_assert_int_eq(conllu_head(&s, 1), 4);
	ck_assert_int_eq(conllu_head(&s, 4), 0);
	ck_assert(conllu_has(conllu_word(&s, 4)->cell[CONLLU_MISC], STR("SpaceAfter=No")));
	ck_assert(!conllu_has(conllu_word(&s, 5)->cell[CONLLU_MISC], STR("SpaceAfter=No")));
	ck_assert_int_eq(conllu_next(&r, &arena, &s, &e), 1);
	ck_assert_uint_eq(s.number, 12);
	assert_str(conllu_word(&s, 1)->cell[CONLLU_FORM], "New York");
	ck_assert_int_eq(conllu_head(&s, 1), -1);
	ck_assert_int_eq(conllu_next(&r, &arena, &s, &e), 0);
	arena_release(&arena);
}
END_TEST

START_TEST(conllu_write__what_was_read__the_same_bytes)
{
	static const char *const texts[] = {
		sample,
		"",
		"# only\r\n1\ta\t_\t_\t_\t_\t_\t_\t_\t_\r\n\r\n",
		"# a comment alone\n\n",
		"0.1\tgone\t_\t_\t_\t_\t_\t_\t_\t_\n1\ta\t\t\t\t\t\t\t\t\n\n",
	};
	set_up();
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		struct buf out;
		assert_str(copy_of(texts[i], &out), texts[i]);
		buf_release(&out);
	}
	struct buf out; /* the end is made whole, blank lines too many are dropped */
	assert_str(copy_of("\n\n1\ta\t_\t_\t_\t_\t_\t_\t_\t_", &out),
		   "1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n\n");
	buf_release(&out);
	arena_release(&arena);
}
END_TEST

START_TEST(conllu_next__broken_lines__refused_by_their_number)
{
	static const struct {
		const char *text, *message;
	} cases[] = {
		{"1\ta\tb\n", "line 1: 3 columns, where a word has 10 divided by tabs"},
		{"1\ta\t_\t_\t_\t_\t_\t_\t_\t_\t_\n",
		 "line 1: 11 columns, where a word has 10 divided by tabs"},
		{"# x\n2\ta\t_\t_\t_\t_\t_\t_\t_\t_\n",
		 "line 2: the number \"2\" is not the next one"},
		{"\n\n0\ta\t_\t_\t_\t_\t_\t_\t_\t_\n",
		 "line 3: the number \"0\" is not the next one"},
		{"-1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n",
		 "line 1: the number \"-1\" is not the next one"},
		{"1\t\t_\t_\t_\t_\t_\t_\t_\t_\n", "line 1: the word is empty"},
		{"1\t\xff\t_\t_\t_\t_\t_\t_\t_\t_\n", "line 1: it is not UTF-8"},
		{"1-2\tab\t_\t_\t_\t_\t_\t_\t_\t_\n1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n",
		 "line 2: the sentence ends before the words of its multiword token"},
		{"1-2\tab\t_\t_\t_\t_\t_\t_\t_\t_\n1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n2-3\tb\t_\t_\t_\t_"
		 "\t_\t_\t_\t_\n",
		 "line 3: the multiword token overlaps the one before it"},
		{"1-1\tab\t_\t_\t_\t_\t_\t_\t_\t_\n",
		 "line 1: the number \"1-1\" is not the next one"},
		{"1.1\tab\t_\t_\t_\t_\t_\t_\t_\t_\n",
		 "line 1: the number \"1.1\" is not the next one"},
	};
	set_up();
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct conllu_reader r = {.rest = str_of(cases[i].text)};
		struct conllu_sentence s;
		struct err e = {0};
		ck_assert_int_eq(conllu_next(&r, &arena, &s, &e), -1);
		ck_assert_int_eq(e.kind, ERR_INPUT);
		ck_assert_str_eq(e.message, cases[i].message);
	}
	arena_release(&arena);
}
END_TEST

START_TEST(conllu_next__a_full_arena__too_large)
{
	struct conllu_reader r = {.rest = str_of(sample)};
	struct conllu_sentence s;
	struct err e = {0};
	arena_init(&arena, 512);
	ck_assert_int_eq(conllu_next(&r, &arena, &s, &e), -1);
	ck_assert_int_eq(e.kind, ERR_TOO_LARGE);
	arena_release(&arena);
}
END_TEST

UNIT_MAIN("conllu", conllu_next__all_kinds_of_lines__words_comments_heads,
	  conllu_write__what_was_read__the_same_bytes,
	  conllu_next__broken_lines__refused_by_their_number, conllu_next__a_full_arena__too_large)
