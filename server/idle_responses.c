/* Taken and given by an exchange of pointers; a ring of places says whose turn it is to go. */
#include "server/idle_responses.h"

#include <stddef.h>

void idle_places_init(struct idle_places *p)
{
	*p = (struct idle_places){.next = 0};
	pthread_mutex_init(&p->lock, NULL);
}

struct MHD_Response *idle_take(struct idle_responses *of, enum idle_form form)
{
	return atomic_exchange(&of->forms[form], NULL);
}

/* Under the lock. The place first: what is given after it was seen to be taken away takes another
 * one; what was given before is seen here. */
static void clear(struct idle_places *p, struct idle_responses *of)
{
	unsigned place = atomic_exchange(&of->place, 0);
	if (place)
		p->v[place - 1] = NULL;
	for (int i = 0; i < IDLE_FORMS; i++) {
		struct MHD_Response *r = atomic_exchange(&of->forms[i], NULL);
		if (r)
			MHD_destroy_response(r);
	}
}

void idle_places_release(struct idle_places *p)
{
	for (int i = 0; i < IDLE_PLACES; i++)
		if (p->v[i])
			clear(p, p->v[i]);
	pthread_mutex_destroy(&p->lock);
}

static void take_place(struct idle_places *p, struct idle_responses *of)
{
	pthread_mutex_lock(&p->lock);
	if (!atomic_load(&of->place)) {
		unsigned at = p->next++ % IDLE_PLACES;
		if (p->v[at])
			clear(p, p->v[at]);
		p->v[at] = of;
		atomic_store(&of->place, at + 1);
	}
	pthread_mutex_unlock(&p->lock);
}

void idle_give(struct idle_places *p, struct idle_responses *of, enum idle_form form,
	       struct MHD_Response *r)
{
	struct MHD_Response *none = NULL;
	if (!atomic_compare_exchange_strong(&of->forms[form], &none, r))
		MHD_destroy_response(r);
	else if (!atomic_load(&of->place))
		take_place(p, of);
}

void idle_drop(struct idle_places *p, struct idle_responses *of)
{
	pthread_mutex_lock(&p->lock);
	clear(p, of);
	pthread_mutex_unlock(&p->lock);
}
