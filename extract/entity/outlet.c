/* A state's outlets, by a noun for its bodies and a name of the country beside it. */
#include "extract/entity/outlet.h"

#include "extract/text/token.h"

/* "GOV.UK" as two words: an address is none. */
static struct str parted(struct str outlet, struct arena *a)
{
	char *p = str_eq_nocase(outlet, STR("gov.uk")) ? arena_alloc(a, outlet.n) : NULL;
	for (size_t i = 0; p && i < outlet.n; i++)
		p[i] = outlet.p[i] == '.' ? ' ' : (char)(outlet.p[i] & ~0x20);
	return p ? (struct str){p, outlet.n} : outlet;
}

int outlet_find_home(struct entities *es, struct str outlet)
{
	struct text t;
	bool is_states = false;
	uint32_t home = MAP_NONE;
	es->home_of_outlet = MAP_NONE;
	if (outlet.n == 0)
		return 0;
	if (text_tokenize(&t, parted(outlet, es->a), es->lx, es->a) < 0)
		return -1;
	for (size_t i = 0, len; i < t.n_tokens; i += len ? len : 1) {
		struct name_entry n;
		len = t.tokens[i].flags & TOK_CAPITAL
			      ? gazetteer_match(es->g, &t, i, t.n_tokens, &n)
			      : 0;
		if (len && n.kind != NAME_BODY && home == MAP_NONE)
			home = es->g->homes[n.actor];
		for (size_t k = i; k < i + (len ? len : 1); k++)
			is_states = is_states || text_is_in(&t, (uint32_t)k, SET_STATE_OUTLET);
	}
	if (is_states)
		es->home = es->home_of_outlet = home;
	return 0;
}
