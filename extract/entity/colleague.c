/* Members who go by no name: who spoke before, or who answers. */
#include "extract/entity/colleague.h"

#include "extract/entity/sitting.h"

/* The turn that a token stands in, or n_turns. */
static size_t turn_of(const struct text *t, uint32_t i)
{
	size_t low = 0, high = t->n_turns; /* the last turn that begins at i or before */
	while (low < high) {
		size_t mid = (low + high) / 2;
		if (t->turns[mid].first <= i)
			low = mid + 1;
		else
			high = mid;
	}
	return low > 0 && i < t->turns[low - 1].end ? low - 1 : t->n_turns;
}

uint32_t colleague_meant(const struct entities *es, uint32_t first, uint32_t head)
{
	/* tokens from the beginning of a turn: further on others are friends, too */
	enum { NEAR_FRIEND = 40, NEAR = 400 };
	const struct text *t = es->t;
	size_t k = sitting_is_colleague(t, head) && es->speakers ? turn_of(t, head) : t->n_turns;
	if (k == t->n_turns ||
	    first - t->turns[k].first > (text_is(t, head, "friend") ? NEAR_FRIEND : NEAR) ||
	    text_is_one_of(t, head + 1, "the for from who ( in of") || es->mention_at[head] ||
	    (text_is(t, head + 1, ",") && text_is(t, head + 2, "the")))
		return MAP_NONE;
	const struct actor *own = es->speakers[k].actor, *other = own;
	while (k-- > 0 && other == own)
		other = es->speakers[k].actor;
	if (!other || other == own || other->kind != ACTOR_PERSON)
		return MAP_NONE;
	uint32_t index = map_get(&es->by_id, str_hash(other->id));
	char gender = text_is_one_of(t, head, "lady baroness")	  ? 'f'
		      : text_is_one_of(t, head, "gentleman lord") ? 'm'
								  : 0;
	bool fits = index != MAP_NONE &&
		    (!gender || !es->v[index].gender || es->v[index].gender == gender);
	return fits ? index : MAP_NONE;
}

/* The speaker of a turn; MAP_NONE for none. */
static uint32_t speaker_of(const struct entities *es, size_t turn)
{
	const struct actor *who = es->speakers[turn].actor;
	return who && who->kind == ACTOR_PERSON ? map_get(&es->by_id, str_hash(who->id)) : MAP_NONE;
}

/* Those found so far to hold a post. */
struct found {
	uint32_t entity;
	bool is_several;
};

static void add(struct found *f, uint32_t entity)
{
	f->is_several = f->is_several || (f->entity != MAP_NONE && f->entity != entity);
	f->entity = entity;
}

uint32_t colleague_in_post(const struct entities *es, const struct post *p,
			   bool (*holds)(const struct entities *, const struct referent *,
					 uint32_t entity, const struct post *))
{
	enum { TURNS_AROUND = 30 };
	size_t n = es->t->n_turns, k = es->speakers ? turn_of(es->t, p->head) : n;
	uint32_t own = k < n ? speaker_of(es, k) : MAP_NONE;
	struct found beside = {.entity = MAP_NONE}, all = {.entity = MAP_NONE};
	if (own == MAP_NONE || holds(es, &es->speakers[k], own, p))
		return MAP_NONE;
	for (int step = -1; step <= 1; step += 2) {
		bool is_beside = true; /* no other one has spoken between */
		size_t i = k + (size_t)step;
		for (size_t far = 0; i < n && far < TURNS_AROUND; far++, i += (size_t)step) {
			uint32_t who = speaker_of(es, i);
			if (who == own)
				continue;
			if (who != MAP_NONE && holds(es, &es->speakers[i], who, p)) {
				add(&all, who);
				if (is_beside)
					add(&beside, who);
			}
			is_beside = false;
		}
	}
	const struct found *best = beside.entity == MAP_NONE ? &all : &beside;
	return best->is_several ? MAP_NONE : best->entity;
}
