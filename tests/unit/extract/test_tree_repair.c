/* Trees before and after they are mended. A tree is written as words with a tag, the number of the
 * head (1 is the first word, 0 none) and a relation: "Lee/NNP/2/nsubj". */
#include "extract/syntax/tree_repair.h"

#include <stdio.h>

#include "extract/syntax/labels.h"
#include "tests/unit/unit.h"

enum { WORDS = 24 };

struct built {
	struct str forms[WORDS];
	struct syntax_node nodes[WORDS];
	size_t n;
};

static void build(const char *text, struct built *t)
{
	struct str rest = str_of(text), word;
	for (t->n = 0; str_split(&rest, ' ', &word); t->n++) {
		struct str part[4];
		int64_t head;
		for (size_t k = 0; k < 4; k++)
			ck_assert_msg(str_split(&word, '/', &part[k]), "%s", text);
		ck_assert(str_to_i64(part[2], &head));
		t->forms[t->n] = part[0];
		t->nodes[t->n] =
			(struct syntax_node){.xpos = (uint8_t)xpos_find(part[1]),
					     .deprel = (uint8_t)deprel_find(part[3]),
					     .head = head ? (uint32_t)head - 1 : (uint32_t)t->n};
	}
}

/* `changed`: the one word that gets another head, with its new head and relation; or NULL. */
static void check(const char *text, const char *changed, const char *head, const char *relation)
{
	struct built before, after;
	build(text, &before);
	build(text, &after);
	tree_repair(after.forms, after.nodes, after.n);
	for (size_t i = 0; i < after.n; i++) {
		struct syntax_node a = after.nodes[i], b = before.nodes[i];
		if (!changed || !str_eq(after.forms[i], str_of(changed))) {
			ck_assert_msg(a.head == b.head && a.deprel == b.deprel, "%s: %.*s moved",
				      text, STR_ARG(after.forms[i]));
			continue;
		}
		ck_assert_msg(str_eq(after.forms[a.head], str_of(head)), "%s: its head is %.*s",
			      text, STR_ARG(after.forms[a.head]));
		ck_assert_int_eq(a.deprel, deprel_find(str_of(relation)));
	}
}

START_TEST(syntax_mend__two_subjects__one)
{
	check("chairman/NN/4/nsubj Ann/NNP/4/nsubj Lee/NNP/2/flat spoke/VBD/0/root", "chairman",
	      "Ann", "nmod:desc");
	check("wrote/VBD/0/root protester/NN/1/nsubj Ann/NNP/1/nsubj Lee/NNP/3/flat", "protester",
	      "Ann", "nmod:desc");
	check("talks/NN/5/nsubj ,/,/1/punct Lee/NNP/5/nsubj has/VBZ/5/aux said/VBD/0/root "
	      "are/VBP/7/cop over/JJ/5/ccomp",
	      "talks", "over", "nsubj");
	check("columns/NNS/3/nsubj Lee/NNP/3/nsubj wrote/VBD/0/root", NULL, NULL, NULL);
	check("speech/NN/3/nsubj Tuesday/NNP/3/nsubj failed/VBD/0/root", NULL, NULL, NULL);
}
END_TEST

START_TEST(syntax_mend__a_conjunct_of_another_number__goes_to_the_clause_that_agrees)
{
	check("Lee/NNP/2/nsubj says/VBZ/0/root exports/NNS/4/nsubj threaten/VBP/2/ccomp "
	      "jobs/NNS/4/obj and/CC/7/cc "
	      "warns/VBZ/4/conj",
	      "warns", "says", "conj");
	check("Lee/NNP/2/nsubj says/VBZ/0/root exports/NNS/4/nsubj threaten/VBP/2/ccomp "
	      "jobs/NNS/4/obj and/CC/7/cc "
	      "harm/VBP/4/conj",
	      NULL, NULL, NULL);
	check("Lee/NNP/2/nsubj says/VBZ/0/root exports/NNS/4/nsubj grew/VBD/2/ccomp and/CC/7/cc "
	      "she/PRP/7/nsubj "
	      "warns/VBZ/4/conj",
	      NULL, NULL, NULL);
}
END_TEST

START_TEST(deprel_universal__each_relation__its_name_up_to_the_colon)
{
	for (unsigned deprel = 0; deprel < DEPREL_COUNT; deprel++) {
		const struct str name = str_of(deprel_name(deprel));
		const size_t colon = str_find(name, STR(":"), 0);
		ck_assert_int_eq(deprel_find(str_sub(name, 0, colon)),
				 (int)deprel_universal(deprel));
	}
}
END_TEST

UNIT_MAIN("tree repair", syntax_mend__two_subjects__one,
	  syntax_mend__a_conjunct_of_another_number__goes_to_the_clause_that_agrees,
	  deprel_universal__each_relation__its_name_up_to_the_colon)
