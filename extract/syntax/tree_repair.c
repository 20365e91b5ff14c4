/* Second subjects, and conjuncts by the number of verbs and subjects. */
#include "extract/syntax/tree_repair.h"

#include "extract/syntax/labels.h"

enum number { NUMBER_UNKNOWN, SINGULAR, PLURAL };

enum { NONE = SYNTAX_TOKENS_MAX };

struct clauses {
	const struct str *forms;
	struct syntax_node *nodes;
	uint32_t n;
	uint16_t child[SYNTAX_TOKENS_MAX],
		next[SYNTAX_TOKENS_MAX]; /* first child and next sibling from left to right, or NONE
					  */
};

static void link_children(struct clauses *c)
{
	for (uint32_t i = 0; i < c->n; i++)
		c->child[i] = NONE;
	for (uint32_t i = c->n; i-- > 0;) {
		uint32_t head = c->nodes[i].head;
		if (head == i)
			continue;
		c->next[i] = c->child[head];
		c->child[head] = (uint16_t)i;
	}
}

/* Hangs token i on another head, among its children by their place. */
static void hang(struct clauses *c, uint32_t i, uint32_t head)
{
	uint16_t *at = &c->child[c->nodes[i].head];
	while (*at != i)
		at = &c->next[*at];
	*at = c->next[i];
	for (at = &c->child[head]; *at < i;) /* NONE is the largest */
		at = &c->next[*at];
	c->next[i] = *at;
	*at = (uint16_t)i;
	c->nodes[i].head = head;
}

static enum number number_of_finite(const struct clauses *c, uint32_t i)
{
	switch (c->nodes[i].xpos) {
	case XPOS_VBZ:
		return SINGULAR;
	case XPOS_VBP:
		return PLURAL;
	case XPOS_VBD:
		return str_eq(c->forms[i], STR("was"))	  ? SINGULAR
		       : str_eq(c->forms[i], STR("were")) ? PLURAL
							  : NUMBER_UNKNOWN;
	default:
		return NUMBER_UNKNOWN;
	}
}

/* Of the first auxiliary or copula, else of the verb itself. */
static enum number number_of_verb(const struct clauses *c, uint32_t verb)
{
	for (uint32_t i = c->child[verb]; i < verb; i = c->next[i]) {
		unsigned deprel = deprel_universal(c->nodes[i].deprel);
		if (deprel == DEPREL_AUX || deprel == DEPREL_COP)
			return number_of_finite(c, i);
	}
	return number_of_finite(c, verb);
}

static uint32_t child_by(const struct clauses *c, uint32_t head, unsigned deprel)
{
	for (uint32_t i = c->child[head]; i != NONE; i = c->next[i])
		if (deprel_universal(c->nodes[i].deprel) == deprel)
			return i;
	return NONE;
}

/* "I" goes with the plural's forms but for "was", "the United States" with the singular's, "a
 * number of" with either: they tell nothing. */
static enum number number_of_subject(const struct clauses *c, uint32_t i)
{
	unsigned xpos = c->nodes[i].xpos;
	if (child_by(c, i, DEPREL_CONJ) != NONE || xpos == XPOS_NNS ||
	    str_is_one_of_nocase(c->forms[i], "we they you"))
		return PLURAL;
	if (str_is_one_of_nocase(c->forms[i], "he she it") || xpos == XPOS_NNP)
		return SINGULAR;
	return xpos == XPOS_NN && child_by(c, i, DEPREL_NMOD) == NONE ? SINGULAR : NUMBER_UNKNOWN;
}

/* Of the subject of the clause that token `verb` heads. */
static enum number number_above(const struct clauses *c, uint32_t verb)
{
	uint32_t subject = child_by(c, verb, DEPREL_NSUBJ);
	return subject == NONE ? NUMBER_UNKNOWN : number_of_subject(c, subject);
}

static void move_conjunct(struct clauses *c, uint32_t conjunct)
{
	uint32_t up = c->nodes[conjunct].head;
	enum number own = number_of_verb(c, conjunct);
	if (own == NUMBER_UNKNOWN || child_by(c, conjunct, DEPREL_NSUBJ) != NONE)
		return;
	enum number given = number_above(c, up);
	if (given == NUMBER_UNKNOWN || given == own)
		return;
	while (c->nodes[up].head != up) {
		up = c->nodes[up].head;
		if (up < conjunct && number_above(c, up) == own) {
			hang(c, conjunct, up);
			return;
		}
	}
}

/* --- a second subject ------------------------------------------------------------------------- */

static bool is_subject(const struct clauses *c, uint32_t i)
{
	return c->nodes[i].deprel == DEPREL_NSUBJ || c->nodes[i].deprel == DEPREL_NSUBJ_PASS;
}

/* The clause reported behind a verb that has no subject yet. */
static uint32_t open_report(const struct clauses *c, uint32_t verb)
{
	for (uint32_t i = c->child[verb]; i != NONE; i = c->next[i])
		if (i > verb && c->nodes[i].deprel == DEPREL_CCOMP)
			return child_by(c, i, DEPREL_NSUBJ) == NONE ? i : NONE;
	return NONE;
}

/* "chairman Ann Lee", "leaders Lee and Stone"; not "columns Lee wrote", "the speech Tuesday". */
static bool describes(const struct clauses *c, uint32_t noun, uint32_t name)
{
	bool is_name = c->nodes[name].xpos == XPOS_NNP &&
		       !str_is_one_of(c->forms[name],
				      "Monday Tuesday Wednesday Thursday Friday Saturday Sunday");
	return is_name &&
	       (c->nodes[noun].xpos != XPOS_NNS || child_by(c, name, DEPREL_CONJ) != NONE);
}

static void part_subjects(struct clauses *c, uint32_t second)
{
	uint32_t verb = c->nodes[second].head, first = child_by(c, verb, DEPREL_NSUBJ);
	if (first >= second || !is_subject(c, first))
		return;
	if (first + 1 == second && describes(c, first, second)) {
		hang(c, first, second);
		c->nodes[first].deprel = DEPREL_NMOD_DESC;
		return;
	}
	uint32_t report = second < verb ? open_report(c, verb) : NONE;
	if (report != NONE)
		hang(c, first, report);
}

void tree_repair(const struct str *forms, struct syntax_node *nodes, size_t n)
{
	struct clauses c = {.forms = forms, .nodes = nodes, .n = (uint32_t)n};
	link_children(&c);
	for (uint32_t i = 0; i < c.n; i++) {
		if (nodes[i].deprel == DEPREL_CONJ)
			move_conjunct(&c, i);
		if (is_subject(&c, i))
			part_subjects(&c, i);
	}
}
