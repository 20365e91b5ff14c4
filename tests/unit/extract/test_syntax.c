/* The syntax: trees of plain sentences, what holds for any tree, and model files that are refused.
 */
#include "extract/syntax/syntax.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "extract/syntax/model_file.h"
#include "extract/syntax/network.h"
#include "tests/unit/unit.h"

enum { WORDS = 1200 };

static struct syntax *syntax;
static struct arena arena;

static void set_up(void)
{
	struct err e = {0};
	arena_init(&arena, 64 << 20);
	syntax = syntax_open(NULL, &e);
	ck_assert_msg(syntax != NULL, "%s", e.message);
}

static void tear_down(void)
{
	syntax_close(syntax);
	syntax = NULL;
	arena_release(&arena);
}

/* Cuts at spaces. */
static size_t cut(const char *text, struct str *forms)
{
	size_t n = 0;
	for (const char *at = text; *at; n++) {
		size_t length = strcspn(at, " ");
		forms[n] = (struct str){at, length};
		at += length + (at[length] == ' ');
	}
	return n;
}

/* word, its tag, the head's word ("-" for the root), the relation */
struct want {
	const char *word, *tag, *head, *relation;
};

static size_t place(const struct str *forms, size_t n, const char *word)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(forms[i], str_of(word)))
			return i;
	ck_abort_msg("no word \"%s\"", word);
}

static void check_sentence(const char *text, const struct want *wants)
{
	struct str forms[64];
	struct syntax_node nodes[64];
	size_t n = cut(text, forms);
	ck_assert_int_eq(syntax_parse(syntax, forms, n, nodes, &arena), 0);
	for (const struct want *w = wants; w->word; w++) {
		size_t i = place(forms, n, w->word),
		       head = w->head[0] == '-' ? i : place(forms, n, w->head);
		ck_assert_msg(
			strcmp(xpos_name(nodes[i].xpos), w->tag) == 0 && nodes[i].head == head &&
				strcmp(deprel_name(nodes[i].deprel), w->relation) == 0,
			"%s: \"%s\" is %s, %s of \"%.*s\"", text, w->word, xpos_name(nodes[i].xpos),
			deprel_name(nodes[i].deprel), STR_ARG(forms[nodes[i].head]));
	}
}

START_TEST(syntax_parse__plain_news__its_tree)
{
	set_up();
	check_sentence("The foreign minister said that China opposes the new tariffs .",
		       (const struct want[]){{"minister", "NN", "said", "nsubj"},
					     {"foreign", "JJ", "minister", "amod"},
					     {"said", "VBD", "-", "root"},
					     {"that", "IN", "opposes", "mark"},
					     {"China", "NNP", "opposes", "nsubj"},
					     {"opposes", "VBZ", "said", "ccomp"},
					     {"tariffs", "NNS", "opposes", "obj"},
					     {0}});
	check_sentence("Sanctions were imposed by the council on Friday .",
		       (const struct want[]){{"Sanctions", "NNS", "imposed", "nsubj:pass"},
					     {"were", "VBD", "imposed", "aux:pass"},
					     {"council", "NN", "imposed", "obl:agent"},
					     {"Friday", "NNP", "imposed", "obl"},
					     {0}});
	check_sentence("The senator who met her in May told reporters that they want to leave .",
		       (const struct want[]){{"they", "PRP", "want", "nsubj"},
					     {"leave", "VB", "want", "xcomp"},
					     {"met", "VBD", "senator", "acl:relcl"},
					     {"senator", "NN", "told", "nsubj"},
					     {0}});
	tear_down();
}
END_TEST

START_TEST(syntax_parse__typographic_marks__as_plain_ones)
{
	set_up();
	struct str plain[16], fine[16];
	struct syntax_node a[16], b[16];
	size_t n = cut("\" We do n't agree , \" he said .", plain);
	ck_assert_uint_eq(
		cut("\xE2\x80\x9C We do n\xE2\x80\x99t agree , \xE2\x80\x9D he said .", fine), n);
	ck_assert_int_eq(syntax_parse(syntax, plain, n, a, &arena) |
				 syntax_parse(syntax, fine, n, b, &arena),
			 0);
	for (size_t i = 0; i < n; i++)
		ck_assert(a[i].head == b[i].head && a[i].deprel == b[i].deprel &&
			  a[i].xpos == b[i].xpos);
	tear_down();
}
END_TEST

/* Words of all kinds in no order. */
static size_t make_noise(struct str *forms, size_t n, unsigned seed)
{
	static const char *const words[] = {
		"the",	"Wang",	 "said",  ",",	    "of",  "\"",  "tariffs",
		"2024", "(",	 "which", "has",    "not", "'s",  "on",
		".",	"Xqzzj", "to",	  "agreed", "-",   "red", "\xE4\xB8\xAD"};
	for (size_t i = 0; i < n; i++) {
		seed = seed * 1103515245u + 12345;
		forms[i] = str_of(words[(seed >> 16) % (sizeof words / sizeof words[0])]);
	}
	return n;
}

static void check_tree(const struct syntax_node *nodes, size_t n)
{
	size_t roots = 0;
	for (size_t i = 0; i < n; i++) {
		size_t up = i, steps = 0;
		ck_assert_uint_lt(nodes[i].head, n);
		ck_assert_uint_lt(nodes[i].xpos, XPOS_COUNT);
		ck_assert_uint_lt(nodes[i].deprel, DEPREL_COUNT);
		ck_assert_int_eq(nodes[i].head == i, nodes[i].deprel == DEPREL_ROOT);
		while (nodes[up].head != up) {
			up = nodes[up].head;
			ck_assert_uint_le(++steps, n);
		}
		roots += nodes[i].head == i;
	}
	ck_assert_uint_eq(roots, 1);
}

START_TEST(syntax_parse__noise_of_any_length__one_tree)
{
	set_up();
	static const size_t sizes[] = {1, 2, 3, 7, 31, 32, 33, 200, 399, 400, 401, 800, 1200};
	static struct str forms[WORDS];
	static struct syntax_node nodes[WORDS];
	for (unsigned k = 0; k < sizeof sizes / sizeof sizes[0]; k++) {
		size_t n = make_noise(forms, sizes[k], k + 1);
		ck_assert_int_eq(syntax_parse(syntax, forms, n, nodes, &arena), 0);
		check_tree(nodes, n);
	}
	ck_assert_int_eq(syntax_parse(syntax, forms, 0, nodes, &arena), 0);
	tear_down();
}
END_TEST

START_TEST(syntax_parse_all__many_sentences__as_each_alone)
{
	set_up();
	enum { SENTENCES = 40 };
	static struct str forms[SENTENCES][64];
	static struct syntax_node together[SENTENCES][64], alone[64];
	struct syntax_sentence s[SENTENCES];
	for (unsigned k = 0; k < SENTENCES; k++)
		s[k] = (struct syntax_sentence){forms[k], together[k],
						make_noise(forms[k], 1 + k * 7 % 64, k + 9)};
	ck_assert_int_eq(syntax_parse_all(syntax, s, SENTENCES, NULL, &arena), 0);
	for (unsigned k = 0; k < SENTENCES; k++) {
		ck_assert_int_eq(syntax_parse(syntax, forms[k], s[k].n, alone, &arena), 0);
		for (size_t i = 0; i < s[k].n; i++)
			ck_assert(alone[i].head == together[k][i].head &&
				  alone[i].deprel == together[k][i].deprel &&
				  alone[i].xpos == together[k][i].xpos);
	}
	tear_down();
}
END_TEST

/* More forms than places to keep what is known of them. */
START_TEST(syntax_parse_all__many_forms_some_again__states_as_of_each_alone)
{
	set_up();
	enum { SENTENCES = 60, TOKENS = 30, NAMES = 1500 };
	static char names[NAMES][8];
	static struct str forms[SENTENCES][TOKENS];
	static struct syntax_node nodes[SENTENCES][TOKENS], alone[TOKENS];
	static uint8_t v[SENTENCES * TOKENS][STATE_SIZE], one[TOKENS][STATE_SIZE];
	static float scales[SENTENCES * TOKENS], one_scales[TOKENS];
	struct syntax_sentence s[SENTENCES];
	unsigned seed = 1;
	for (unsigned k = 0; k < NAMES; k++)
		snprintf(names[k], sizeof names[k], "%x%c", k * 37, (char)('a' + k % 26));
	for (unsigned k = 0; k < SENTENCES; k++) {
		make_noise(forms[k], TOKENS, k);
		for (size_t i = 0; i < TOKENS; i += 2, seed = seed * 1103515245u + 12345)
			forms[k][i] = str_of(names[(seed >> 16) % NAMES]);
		s[k] = (struct syntax_sentence){forms[k], nodes[k], TOKENS};
	}
	const struct states all = {v, scales}, of_one = {one, one_scales};
	ck_assert_int_eq(syntax_parse_all(syntax, s, SENTENCES, &all, &arena), 0);
	for (unsigned k = 0; k < SENTENCES; k++) {
		struct syntax_sentence again = {forms[k], alone, TOKENS};
		size_t at = (size_t)k * TOKENS;
		ck_assert_int_eq(syntax_parse_all(syntax, &again, 1, &of_one, &arena), 0);
		ck_assert_mem_eq(v[at], one, sizeof one);
		ck_assert_mem_eq(&scales[at], one_scales, sizeof one_scales);
	}
	tear_down();
}
END_TEST

/* Writes a file of the bytes, opens it as a model, and looks for words of the refusal. */
static void check_refusal(const void *bytes, size_t n, const char *words)
{
	char path[] = "/tmp/demarche-model-XXXXXX";
	struct err e = {0};
	int fd = mkstemp(path);
	ck_assert(fd >= 0 && write(fd, bytes, n) == (ssize_t)n && close(fd) == 0);
	ck_assert_ptr_null(syntax_open(path, &e));
	unlink(path);
	ck_assert_int_eq(e.kind, ERR_INPUT);
	ck_assert_msg(strstr(e.message, words) != NULL, "\"%s\" does not say \"%s\"", e.message,
		      words);
}

START_TEST(syntax_open__what_is_no_model__a_reason)
{
	struct {
		struct model_head head;
		char body[64];
	} file = {.head = {.kind = NETWORK_KIND,
			   .version = NETWORK_VERSION,
			   .body_bytes = sizeof file.body}};
	struct err e = {0};
	ck_assert_ptr_null(syntax_open("/nowhere/model", &e));
	ck_assert_ptr_nonnull(strstr(e.message, "cannot open"));
	file.head.checksum = model_file_checksum((struct str){file.body, sizeof file.body});
	check_refusal("", 0, "is no model file");
	check_refusal(&file, 20, "is no model file");
	check_refusal(&file, sizeof file - 1, "cut short");
	check_refusal(&file, sizeof file, "bytes of weights");
	file.body[10] ^= 1;
	check_refusal(&file, sizeof file, "checksum");
	file.head.version++;
	check_refusal(&file, sizeof file, "version");
	file.head.kind[2] = 'X';
	check_refusal(&file, sizeof file, "kind");
}
END_TEST

UNIT_MAIN("syntax", syntax_parse__plain_news__its_tree,
	  syntax_parse__typographic_marks__as_plain_ones,
	  syntax_parse__noise_of_any_length__one_tree,
	  syntax_parse_all__many_sentences__as_each_alone,
	  syntax_parse_all__many_forms_some_again__states_as_of_each_alone,
	  syntax_open__what_is_no_model__a_reason)
