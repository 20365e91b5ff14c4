/* Turns, with the statements on either side. */
#include "api/turn.h"

#include "api/format/json_statement.h"

int turn_write(struct request *rq, struct jw *j, struct reader *r, const struct position_change *t,
	       struct err *e)
{
	struct statement before, after;
	if (store_statement(r, t->before, rq->arena, &before, e) ||
	    store_statement(r, t->after, rq->arena, &after, e))
		return -1;
	jw_open_object(j);
	if (t->speaker) {
		JW_NAME(j, "speaker");
		actor_ref_write(j, t->speaker);
	}
	if (t->issue) {
		JW_NAME(j, "issue");
		issue_ref_write(j, t->issue);
	}
	JW_MEMBER(j, "from", terms_word(&terms_position, (int)t->from));
	JW_MEMBER(j, "to", terms_word(&terms_position, (int)t->to));
	JW_MEMBER(j, "articles_before", t->articles_before);
	JW_MEMBER(j, "articles_after", t->articles_after);
	JW_NAME(j, "before");
	statement_write(j, &before);
	JW_NAME(j, "after");
	statement_write(j, &after);
	jw_close_object(j);
	return 0;
}

struct str turn_rule(struct arena *a, int articles)
{
	return arena_printf(a,
			    "what counts is support and opposition, on the issues that are asked "
			    "for; each article counts once, with the position that most of its "
			    "statements take; a position holds once %d article%s in a row take%s "
			    "it, and changes once so many in a row "
			    "take the other",
			    articles, articles == 1 ? "" : "s", articles == 1 ? "s" : "");
}
