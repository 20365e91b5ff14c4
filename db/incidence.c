/* A hash table of ties; duplicates are found by sorting what tells pairs apart. */
#include "db/incidence.h"

#include <stdlib.h>

struct mark {
	int64_t within; /* the article, week, month or year */
	uint32_t tie, level;
};

/* --- ties --- */

static uint32_t *slot_of(const struct incidence *t, int64_t actor, int64_t issue)
{
	uint64_t mixed = (uint64_t)actor + (uint64_t)issue * UINT64_C(0xD1B54A32D192ED03);
	size_t at = (size_t)((mixed * UINT64_C(0x9E3779B97F4A7C15)) >> 20) & (t->n_slots - 1);
	while (t->slots[at]) {
		const struct tie *found = &t->ties[t->slots[at] - 1];
		if (found->actor == actor && found->issue == issue)
			break;
		at = (at + 1) & (t->n_slots - 1);
	}
	return &t->slots[at];
}

/* At most half full. */
static int grow_slots(struct incidence *t, struct err *e)
{
	size_t n = t->n_slots ? t->n_slots * 2 : 1024;
	uint32_t *larger = arena_array(t->a, n, sizeof *larger);
	if (!larger)
		return arena_full(e);
	t->slots = larger;
	t->n_slots = n;
	for (size_t i = 0; i < t->n; i++)
		*slot_of(t, t->ties[i].actor, t->ties[i].issue) = (uint32_t)i + 1;
	return 0;
}

static struct tie *find_tie(struct incidence *t, const struct incident *p, struct err *e)
{
	if (t->n * 2 >= t->n_slots && grow_slots(t, e))
		return NULL;
	uint32_t *slot = slot_of(t, p->actor, p->issue);
	if (*slot)
		return &t->ties[*slot - 1];
	if (t->n == NETWORK_TIES_MAX) {
		err_set(e, ERR_INPUT, NULL,
			"more than %d pairs of actor and issue; narrow the question",
			NETWORK_TIES_MAX);
		return NULL;
	}
	if (arena_grow(t->a, (void **)&t->ties, &t->cap, t->n + 1, sizeof *t->ties)) {
		arena_full(e);
		return NULL;
	}
	t->ties[t->n] =
		(struct tie){.actor = p->actor, .issue = p->issue, .first = p->day, .last = p->day};
	*slot = (uint32_t)++t->n;
	return &t->ties[t->n - 1];
}

/* --- duplicates --- */

static int64_t period_of(const struct incident *p, enum duplicates within)
{
	if (within == DUPLICATES_DOCUMENT)
		return p->article;
	if (within == DUPLICATES_WEEK)
		return p->day - day_weekday(p->day);
	struct civil c = civil_from_day(p->day);
	enum { MONTHS = 12 };
	return within == DUPLICATES_YEAR ? c.year : (int64_t)c.year * MONTHS + c.month;
}

static int mark(struct incidence *t, const struct incident *p, const struct tie *tie, int level,
		struct err *e)
{
	if (t->n_marks == NETWORK_COMPARED_MAX)
		return err_set(e, ERR_INPUT, "duplicates",
			       "more than %d statements to look for duplicates in; narrow the "
			       "question, or let \"duplicates\" be include or range",
			       NETWORK_COMPARED_MAX);
	if (arena_grow(t->a, (void **)&t->marks, &t->cap_marks, t->n_marks + 1, sizeof *t->marks))
		return arena_full(e);
	t->marks[t->n_marks++] = (struct mark){.within = period_of(p, t->duplicates),
					       .tie = (uint32_t)(tie - t->ties),
					       .level = (uint32_t)level};
	return 0;
}

static int by_mark(const void *va, const void *vb)
{
	const struct mark *a = va, *b = vb;
	if (a->tie != b->tie)
		return a->tie < b->tie ? -1 : 1;
	if (a->within != b->within)
		return a->within < b->within ? -1 : 1;
	return (a->level > b->level) - (a->level < b->level);
}

static void count_marks(struct incidence *t)
{
	if (t->n_marks)
		qsort(t->marks, t->n_marks, sizeof *t->marks, by_mark);
	for (size_t i = 0; i < t->n_marks; i++)
		if (i == 0 || by_mark(&t->marks[i - 1], &t->marks[i]) != 0)
			t->ties[t->marks[i].tie].counts[t->marks[i].level]++;
}

/* --- the table --- */

/* -1 for none: the pair takes no side. */
static int level_of(const struct incidence *t, int position)
{
	if (t->agreement == AGREEMENT_IGNORE || position == POSITION_SUPPORT)
		return LEVEL_SUPPORT;
	return position == POSITION_OPPOSE ? LEVEL_OPPOSE : -1;
}

int incidence_add(struct incidence *t, const struct incident *p, struct err *e)
{
	struct tie *tie = find_tie(t, p, e);
	if (!tie)
		return -1;
	bool is_known = p->position >= 0 && p->position < POSITION_COUNT;
	tie->pairs[is_known ? p->position : POSITION_NONE]++;
	tie->first = p->day < tie->first ? p->day : tie->first;
	tie->last = p->day > tie->last ? p->day : tie->last;
	int level = level_of(t, p->position);
	if (level < 0)
		return 0;
	if (t->duplicates == DUPLICATES_INCLUDE)
		tie->counts[level]++;
	else if (t->duplicates == DUPLICATES_RANGE)
		tie->counts[level] = 1;
	else
		return mark(t, p, tie, level, e);
	return 0;
}

static int by_keys(const void *va, const void *vb)
{
	const struct tie *a = va, *b = vb;
	if (a->actor != b->actor)
		return a->actor < b->actor ? -1 : 1;
	return (a->issue > b->issue) - (a->issue < b->issue);
}

void incidence_end(struct incidence *t)
{
	count_marks(t);
	if (t->n)
		qsort(t->ties, t->n, sizeof *t->ties, by_keys);
	t->slots = NULL; /* which stood for the places before */
	t->n_slots = t->n_marks = 0;
}
