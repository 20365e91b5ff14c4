/* The parse command through the real program: text and CoNLL-U in, CoNLL-U out. What the tags and
 * trees are is the model's matter; here stands what holds with any. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "extract/syntax/conllu.h"
#include "extract/syntax/labels.h"
#include "tests/http/client.h"
#include "tests/unit/unit.h"

enum { BYTES = 64 << 20 };

#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* What the program wrote, read as CoNLL-U. */
struct output {
	char *text;
	struct arena a;
	struct conllu_sentence *sentences;
	size_t n;
};

static void check_tree(const struct conllu_sentence *s)
{
	size_t roots = 0;
	for (size_t k = 1; k <= s->n_words; k++) {
		const struct str *cell = conllu_word(s, k)->cell;
		int64_t head = conllu_head(s, k);
		ck_assert_int_ge(head, 0);
		ck_assert_int_ne(head, (int64_t)k);
		ck_assert_int_ge(xpos_find(cell[CONLLU_XPOS]), 0);
		ck_assert_int_ge(deprel_find(cell[CONLLU_DEPREL]), 0);
		roots += head == 0;
		size_t steps = 0;
		for (int64_t up = (int64_t)k; up > 0 && steps <= s->n_words; steps++)
			up = conllu_head(s, (size_t)up);
		ck_assert_msg(steps <= s->n_words, "word %zu hangs in a circle", k);
	}
	ck_assert_uint_eq(roots, s->n_words > 0);
}

static struct output parse(const char *const *args, struct str input)
{
	struct output o = {0};
	struct err e = {0};
	char *messages;
	size_t cap = 0;
	int status = program_run(args, input, &o.text, &messages), got;
	ck_assert_msg(status == 0, "status %d: %s", status, messages);
	free(messages);
	arena_init(&o.a, BYTES);
	struct conllu_reader r = {.rest = str_of(o.text)};
	struct conllu_sentence s;
	while ((got = conllu_next(&r, &o.a, &s, &e)) > 0) {
		ck_assert_int_eq(arena_grow(&o.a, (void **)&o.sentences, &cap, o.n + 1, sizeof s),
				 0);
		o.sentences[o.n++] = s;
		check_tree(&s);
	}
	ck_assert_msg(got == 0, "%s", e.message);
	return o;
}

static void release(struct output *o)
{
	arena_release(&o->a);
	free(o->text);
}

static void refuses(const char *const *args, struct str input, int want, const char *message)
{
	char *out, *err;
	int status = program_run(args, input, &out, &err);
	ck_assert_msg(status == want, "status %d: %s", status, err);
	ck_assert_msg(strstr(err, message) != NULL, "no \"%s\" in %s", message, err);
	free(out);
	free(err);
}

START_TEST(parse_text__two_paragraphs__tokens_comments_and_spaces)
{
	struct output o = parse(ARGS("parse"),
				STR("Mr. Lee didn't\nagree (he said). \"No!\"\n\nA café–bar."));
	ck_assert_uint_eq(o.n, 3);
	assert_str(conllu_comment(&o.sentences[0], STR("text")), "Mr. Lee didn't agree (he said).");
	assert_str(conllu_comment(&o.sentences[1], STR("text")), "\"No!\"");
	assert_str(conllu_comment(&o.sentences[0], STR("newpar")), "id = p1");
	ck_assert_ptr_null(conllu_comment(&o.sentences[1], STR("newpar")).p);
	assert_str(conllu_comment(&o.sentences[2], STR("newpar")), "id = p2");
	assert_str(conllu_comment(&o.sentences[2], STR("sent_id")), "3");
	ck_assert_ptr_null(conllu_comment(&o.sentences[0], STR("newdoc")).p);
	static const struct {
		const char *form, *misc;
	} words[] = {{"Mr.", "_"},
		     {"Lee", "_"},
		     {"did", "SpaceAfter=No"},
		     {"n't", "_"},
		     {"agree", "_"},
		     {"(", "SpaceAfter=No"},
		     {"he", "_"},
		     {"said", "SpaceAfter=No"},
		     {")", "SpaceAfter=No"},
		     {".", "_"}};
	ck_assert_uint_eq(o.sentences[0].n_words, sizeof words / sizeof words[0]);
	for (size_t k = 0; k < o.sentences[0].n_words; k++) {
		assert_str(conllu_word(&o.sentences[0], k + 1)->cell[CONLLU_FORM], words[k].form);
		assert_str(conllu_word(&o.sentences[0], k + 1)->cell[CONLLU_MISC], words[k].misc);
		ck_assert_uint_gt(conllu_word(&o.sentences[0], k + 1)->cell[CONLLU_LEMMA].n, 0);
		ck_assert_uint_gt(conllu_word(&o.sentences[0], k + 1)->cell[CONLLU_UPOS].n, 0);
	}
	release(&o);
}
END_TEST

START_TEST(parse_text__files__are_documents_of_one_output)
{
	char path[] = "/tmp/demarche-parse-XXXXXX", id[64];
	FILE *f = fdopen(mkstemp(path), "w");
	ck_assert_ptr_nonnull(f);
	fputs("He left. She stayed.\n", f);
	fclose(f);
	snprintf(id, sizeof id, "id = %s", path);
	struct output o = parse(ARGS("parse", path, path), STR_EMPTY);
	ck_assert_uint_eq(o.n, 4);
	assert_str(conllu_comment(&o.sentences[2], STR("newdoc")), id);
	ck_assert_ptr_null(conllu_comment(&o.sentences[3], STR("newdoc")).p);
	assert_str(conllu_comment(&o.sentences[3], STR("sent_id")), "4");
	release(&o);
	unlink(path);
}
END_TEST

START_TEST(parse_text__megabytes__in_parts_without_loss)
{
	enum { LINES = 600, LETTERS = 5000 };
	static char text[LINES * (LETTERS + 64)], letters[LETTERS + 1];
	size_t n = 0;
	memset(letters, 'e', LETTERS);
	/* Paragraphs of three lines; towards the end of the text no blank line is between them. */
	for (int i = 0; i < LINES; i++)
		n += (size_t)snprintf(text + n, sizeof text - n, "The été of %d was %s long.%s", i,
				      letters, i % 3 == 2 && i < LINES * 3 / 5 ? "\n\n" : "\n");
	struct output o = parse(ARGS("parse"), (struct str){text, n});
	ck_assert_uint_eq(o.n, LINES);
	for (size_t i = 0; i < o.n; i++) {
		char want[24];
		snprintf(want, sizeof want, "%zu", i);
		assert_str(conllu_word(&o.sentences[i], 4)->cell[CONLLU_FORM], want);
		ck_assert_uint_eq(conllu_word(&o.sentences[i], 6)->cell[CONLLU_FORM].n, LETTERS);
	}
	release(&o);
}
END_TEST

START_TEST(parse_text__odd_input__little_or_a_clear_error)
{
	static char words[9000], spaces[3 << 20];
	struct output o = parse(ARGS("parse"), STR_EMPTY);
	ck_assert_uint_eq(o.n, 0);
	release(&o);
	memset(spaces, ' ', sizeof spaces);
	o = parse(ARGS("parse"), (struct str){spaces, sizeof spaces});
	ck_assert_uint_eq(o.n, 0);
	release(&o);
	for (size_t i = 0; i < sizeof words; i += 3)
		memcpy(words + i, "ab ", 3);
	o = parse(ARGS("parse"), (struct str){words, sizeof words});
	size_t n = 0;
	for (size_t i = 0; i < o.n; i++)
		n += o.sentences[i].n_words;
	ck_assert_uint_eq(n, sizeof words / 3);
	release(&o);
	refuses(ARGS("parse"), STR("one\ntwo\n\xff\n"), 1,
		"standard input: line 3: it is not UTF-8");
	refuses(ARGS("parse", "/nonexistent"), STR_EMPTY, 1, "cannot open \"/nonexistent\"");
	refuses(ARGS("parse", "--model", "/nonexistent"), STR_EMPTY, 1, "/nonexistent");
	refuses(ARGS("parse", "--format", "xml"), STR_EMPTY, 2, "one of text|conllu");
}
END_TEST

static const char annotated[] = "# newpar\n"
				"# anything = at all\n"
				"1-2\tIt's\t_\t_\t_\t_\t_\t_\t_\t_\n"
				"1\tIt\tIT\tPRON\told\tA=B\t9\told\t7:x\tSpaceAfter=No\n"
				"2\t's\tbe\tAUX\t_\t_\t_\t_\t_\tGloss=a b\n"
				"2.1\tgone\t_\t_\tXX\t_\t_\t_\t1:y\t_\n"
				"3\tNew York\t_\t_\t_\t_\t_\t_\t_\t_\n"
				"\n"
				"# a comment alone\n"
				"\n"
				"1\tYes\t\t\t\t\t\t\t\t\n"
				"\n";

START_TEST(parse_conllu__columns_and_lines__kept_but_for_three)
{
	struct output o = parse(ARGS("parse", "--format", "conllu"), str_of(annotated));
	ck_assert_uint_eq(o.n, 3);
	struct conllu_reader r = {.rest = str_of(annotated)};
	struct conllu_sentence want;
	struct err e = {0};
	for (size_t i = 0; i < o.n; i++) {
		const struct conllu_sentence *s = &o.sentences[i];
		ck_assert_int_eq(conllu_next(&r, &o.a, &want, &e), 1);
		ck_assert_uint_eq(want.n_lines, s->n_lines);
		for (size_t l = 0; l < want.n_lines; l++)
			for (size_t c = 0; c < CONLLU_COLUMNS; c++) {
				bool filled = want.lines[l].kind == CONLLU_WORD &&
					      (c == CONLLU_XPOS || c == CONLLU_HEAD ||
					       c == CONLLU_DEPREL);
				ck_assert(filled ||
					  str_eq(want.lines[l].cell[c], s->lines[l].cell[c]));
			}
	}
	release(&o);
}
END_TEST

START_TEST(parse_conllu__faults__named_by_line_after_what_was_whole)
{
	static const char faulty[] = "1\tYes\t_\t_\t_\t_\t_\t_\t_\t_\n\n# x\n1\tNo\t_\n";
	char *out, *err;
	ck_assert_int_eq(
		program_run(ARGS("parse", "--format", "conllu"), str_of(faulty), &out, &err), 1);
	ck_assert_ptr_nonnull(strstr(err, "standard input: line 4: 3 columns"));
	ck_assert_ptr_nonnull(strstr(out, "1\tYes\t_\t_\t"));
	ck_assert_ptr_null(strstr(out, "No"));
	free(out);
	free(err);
	enum { SENTENCES = 700 }; /* more than are parsed at once */
	static char many[SENTENCES * 32];
	size_t n = 0;
	for (int i = 0; i < SENTENCES; i++)
		n += (size_t)snprintf(many + n, sizeof many - n,
				      "1\tYes\t_\t_\t_\t_\t_\t_\t_\t_\n%s",
				      i + 1 < SENTENCES ? "\n" : "");
	n += (size_t)snprintf(many + n, sizeof many - n, "3\t\n");
	ck_assert_int_eq(
		program_run(ARGS("parse", "--format", "conllu"), (struct str){many, n}, &out, &err),
		1);
	ck_assert_ptr_nonnull(strstr(err, "line 1400: 2 columns"));
	size_t whole = 0;
	for (const char *at = out; (at = strstr(at, "1\tYes")) != NULL; at++)
		whole++;
	ck_assert_uint_eq(whole, SENTENCES - 1);
	free(out);
	free(err);
	refuses(ARGS("parse", "--format", "conllu"), STR("1\t\xff\t_\t_\t_\t_\t_\t_\t_\t_\n\n"), 1,
		"line 1: it is not UTF-8");
	refuses(ARGS("parse", "--format", "conllu"), STR("This is text.\n"), 1,
		"line 1: 1 column, where");
}
END_TEST

START_TEST(parse_help__names__its_options)
{
	char *out;
	ck_assert_int_eq(program_run(ARGS("parse", "--help"), STR_EMPTY, &out, NULL), 0);
	ck_assert_ptr_nonnull(strstr(out, "--format text|conllu"));
	ck_assert_ptr_nonnull(strstr(out, "--model FILE"));
	free(out);
}
END_TEST

UNIT_MAIN("parse", parse_text__two_paragraphs__tokens_comments_and_spaces,
	  parse_text__files__are_documents_of_one_output,
	  parse_text__megabytes__in_parts_without_loss,
	  parse_text__odd_input__little_or_a_clear_error,
	  parse_conllu__columns_and_lines__kept_but_for_three,
	  parse_conllu__faults__named_by_line_after_what_was_whole, parse_help__names__its_options)
