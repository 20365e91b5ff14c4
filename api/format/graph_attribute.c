/* The lists of attributes. */
#include "api/format/graph_attribute.h"

#include <stdio.h>
#include <string.h>

#define ATTRIBUTE(name, type, what)                                                                \
	{                                                                                          \
		{",\"" name "\":", sizeof name + 3}, ATTRIBUTE_##type, what                        \
	}

/* Below these stand the positions, by their number. */
enum {
	LABEL = POSITION_COUNT,
	TYPE,
	SLUG,
	KIND,
	COUNTRY,
	CAP_MAJOR,
	CAP_SUB,
	PAIRS,
	COUNTED,
	DEGREE,
	FIRST,
	LAST,
	WEIGHT,
	CONGRUENCE,
	CONFLICT,
	COMMON,
};

#define POSITION_ATTRIBUTE(name, word) ATTRIBUTE(word, INTEGER, POSITION_##name),

static const struct graph_attribute of_nodes[] = {
	ATTRIBUTE("label", TEXT, LABEL),
	ATTRIBUTE("type", TEXT, TYPE),
	ATTRIBUTE("slug", TEXT, SLUG),
	ATTRIBUTE("kind", TEXT, KIND),
	ATTRIBUTE("country", TEXT, COUNTRY),
	ATTRIBUTE("cap_major", INTEGER, CAP_MAJOR),
	ATTRIBUTE("cap_sub", INTEGER, CAP_SUB),
	ATTRIBUTE("pairs", INTEGER, PAIRS),
	ATTRIBUTE("counted", INTEGER, COUNTED),
	ATTRIBUTE("degree", INTEGER, DEGREE),
	POSITIONS(POSITION_ATTRIBUTE) ATTRIBUTE("first", TEXT, FIRST),
	ATTRIBUTE("last", TEXT, LAST),
};
static const struct graph_attribute of_ties[] = {
	ATTRIBUTE("weight", FRACTION, WEIGHT),
	ATTRIBUTE("pairs", INTEGER, PAIRS),
	ATTRIBUTE("counted", INTEGER, COUNTED),
	POSITIONS(POSITION_ATTRIBUTE) ATTRIBUTE("first", TEXT, FIRST),
	ATTRIBUTE("last", TEXT, LAST),
};
static const struct graph_attribute of_dyads[] = {
	ATTRIBUTE("weight", FRACTION, WEIGHT),
	ATTRIBUTE("congruence", FRACTION, CONGRUENCE),
	ATTRIBUTE("conflict", FRACTION, CONFLICT),
	ATTRIBUTE("common", INTEGER, COMMON),
};

#define LIST(rows) ((struct graph_attributes){rows, sizeof rows / sizeof rows[0]})

struct graph_attributes node_attributes(void)
{
	return LIST(of_nodes);
}

struct graph_attributes edge_attributes(enum network_mode mode)
{
	return mode == NETWORK_TWO_MODE ? LIST(of_ties) : LIST(of_dyads);
}

struct str attribute_name(const struct graph_attribute *a)
{
	return str_sub(a->member, 2, a->member.n - 2);
}

static struct str integer(int64_t n, char space[ATTRIBUTE_ROOM])
{
	int length = snprintf(space, ATTRIBUTE_ROOM, "%lld", (long long)n);
	return (struct str){space, (size_t)length};
}

/* As many digits as a double has for certain. */
static struct str fraction(double x, char space[ATTRIBUTE_ROOM])
{
	int length = snprintf(space, ATTRIBUTE_ROOM, "%.15g", x);
	return (struct str){space, (size_t)length};
}

static struct str date(day_t day, char space[ATTRIBUTE_ROOM])
{
	struct civil c = civil_from_day(day);
	int length = snprintf(space, ATTRIBUTE_ROOM, "%04d-%02d-%02d", c.year, c.month, c.day);
	return (struct str){space, (size_t)length};
}

static struct str pairs(const int64_t v[POSITION_COUNT], int what, char space[ATTRIBUTE_ROOM])
{
	int64_t sum = 0;
	if (what < POSITION_COUNT)
		return integer(v[what], space);
	for (int p = 0; p < POSITION_COUNT; p++)
		sum += v[p];
	return integer(sum, space);
}

static struct str actor_value(const struct actor *a, int what)
{
	switch (what) {
	case LABEL:
		return a->name;
	case TYPE:
		return STR("actor");
	case SLUG:
		return a->id;
	case KIND:
		return terms_word(&terms_actor_kind, (int)a->kind);
	case COUNTRY:
		return a->country;
	default:
		return STR_EMPTY;
	}
}

static struct str issue_value(const struct issue *i, int what, char space[ATTRIBUTE_ROOM])
{
	switch (what) {
	case LABEL:
		return i->label;
	case TYPE:
		return STR("issue");
	case SLUG:
		return i->id;
	case KIND:
		return terms_word(&terms_issue_kind, (int)i->kind);
	case CAP_MAJOR:
		return i->cap_major ? integer(i->cap_major, space) : STR_EMPTY;
	case CAP_SUB:
		return i->cap_sub ? integer(i->cap_sub, space) : STR_EMPTY;
	default:
		return STR_EMPTY;
	}
}

struct str node_value(const struct network_node *n, const struct graph_attribute *a,
		      char space[ATTRIBUTE_ROOM])
{
	if (a->what < POSITION_COUNT || a->what == PAIRS)
		return pairs(n->pairs, a->what, space);
	switch (a->what) {
	case COUNTED:
		return integer(n->counted, space);
	case DEGREE:
		return integer(n->degree, space);
	case FIRST:
		return date(n->first, space);
	case LAST:
		return date(n->last, space);
	default:
		return n->actor ? actor_value(n->actor, a->what)
				: issue_value(n->issue, a->what, space);
	}
}

struct str edge_value(const struct network_edge *e, const struct graph_attribute *a,
		      char space[ATTRIBUTE_ROOM])
{
	if (a->what < POSITION_COUNT || a->what == PAIRS)
		return pairs(e->pairs, a->what, space);
	switch (a->what) {
	case WEIGHT:
		return fraction(e->weight, space);
	case CONGRUENCE:
		return fraction(e->congruence, space);
	case CONFLICT:
		return fraction(e->conflict, space);
	case COMMON:
		return integer(e->common, space);
	case COUNTED:
		return integer(e->counted, space);
	case FIRST:
		return date(e->first, space);
	case LAST:
		return date(e->last, space);
	default:
		return STR_EMPTY;
	}
}

struct str node_id(const struct network_node *n, struct arena *a)
{
	return n->actor ? arena_printf(a, "actor:%.*s", STR_ARG(n->actor->id))
			: arena_printf(a, "issue:%.*s", STR_ARG(n->issue->id));
}
