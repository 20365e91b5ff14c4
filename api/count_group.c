/* What was counted by, in its order, then the counts. */
#include "api/count_group.h"

#include "api/format/interval_text.h"
#include "api/format/json_statement.h"

/* The names and words that a group is of: members as they are asked for. */
static void write_names(struct jw *j, const struct stats_filter *s, const struct count_group *g)
{
	if (count_is_by(s, COUNTED_SPEAKER)) {
		JW_NAME(j, "speaker");
		actor_ref_write(j, g->speaker);
	}
	if (count_is_by(s, COUNTED_COUNTRY)) {
		JW_NAME(j, "country");
		actor_ref_write(j, g->country);
	}
	if (count_is_by(s, COUNTED_ISSUE)) {
		JW_NAME(j, "issue");
		issue_ref_write(j, g->issue);
	}
	if (count_is_by(s, COUNTED_TARGET)) {
		JW_NAME(j, "target");
		actor_ref_write(j, g->target);
	}
	if (count_is_by(s, COUNTED_POSITION))
		JW_MEMBER(j, "position",
			  g->position == POSITION_NONE ? STR_EMPTY
						       : terms_word(&terms_position, g->position));
	if (count_is_by(s, COUNTED_ACT))
		JW_MEMBER(j, "act", terms_word(&terms_act, g->act));
	if (count_is_by(s, COUNTED_KIND))
		JW_MEMBER(j, "kind", terms_word(&terms_statement_kind, g->kind));
	if (count_is_by(s, COUNTED_POLARITY))
		JW_MEMBER(j, "polarity", terms_word(&terms_polarity, g->polarity));
	if (count_is_by(s, COUNTED_OUTLET))
		JW_MEMBER(j, "outlet", g->outlet);
}

static void write_share(struct jw *j, int64_t count, int64_t of)
{
	if (of > 0)
		jw_number(j, (double)count / (double)of);
	else
		jw_null(j);
}

static void write_shares(struct jw *j, const struct series_totals *t, const struct count_group *g)
{
	int64_t of_all = series_total(t, g->from);
	JW_NAME(j, "share");
	write_share(j, g->count, g->of);
	JW_NAME(j, "of_all");
	if (t->is_known)
		jw_int(j, of_all);
	else
		jw_null(j);
	JW_NAME(j, "share_of_all");
	write_share(j, g->count, t->is_known ? of_all : 0);
}

int count_group_write(struct jw *j, const struct stats_filter *s, const struct series_totals *t,
		      const struct count_group *g, struct arena *a, struct err *e)
{
	jw_open_object(j);
	if (s->interval) {
		struct str from = interval_text(a, g->from, s->interval);
		if (!from.p)
			return arena_full(e);
		JW_MEMBER(j, "interval", from);
	}
	write_names(j, s, g);
	JW_MEMBER(j, "count", g->count);
	JW_MEMBER(j, "of", g->of);
	if (t)
		write_shares(j, t, g);
	jw_close_object(j);
	return 0;
}
