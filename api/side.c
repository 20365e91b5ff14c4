/* Finding it, and telling who it is. */
#include "api/side.h"

#include "api/format/json_statement.h"
#include "base/fold.h"

int side_find(const struct question *q, struct side *s, struct err *e)
{
	for (size_t i = 0; i < q->n; i++)
		if (strcmp(q->conditions[i].spec->name, s->name) == 0)
			s->value = q->conditions[i].value;
	return s->value.n ? 0
			  : err_set(e, ERR_INPUT, s->name,
				    "\"%s\" is missing; ask for example: a=China&b=United States",
				    s->name);
}

int side_resolve(struct reader *r, struct side *s, bool alone, struct arena *a, speaker_key_t *key,
		 struct err *e)
{
	struct actor_matches found;
	struct str folded = str_fold(a, s->value);
	if (!folded.p)
		return arena_full(e);
	if (store_find_actors(r, folded, a, &found, e))
		return -1;
	if (found.n == 0)
		return err_set(e, ERR_INPUT, s->name, "nobody in the store has the name \"%.*s\"",
			       STR_ARG(s->value));
	s->actor = found.v[0].actor;
	s->others = found.n - 1;
	bool has_members = s->actor.kind == ACTOR_COUNTRY || s->actor.kind == ACTOR_ORGANIZATION;
	s->reading = !has_members ? NULL : alone ? "alone" : "with those who speak for it";
	*key = speaker_key(found.v[0].key, has_members && !alone);
	return 0;
}

void side_write(struct jw *j, const struct side *s, int64_t statements)
{
	jw_open_object(j);
	JW_NAME(j, "actor");
	actor_ref_write(j, &s->actor);
	if (s->reading)
		JW_MEMBER(j, "reading", str_of(s->reading));
	if (s->others)
		JW_MEMBER(j, "note",
			  STR("others have this name too; the one with the most statements is "
			      "taken"));
	JW_MEMBER(j, "statements", statements);
	jw_close_object(j);
}
