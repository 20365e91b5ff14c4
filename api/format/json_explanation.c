/* Writes explanations. */
#include "api/format/json_explanation.h"

#include "api/format/json_statement.h"

static void reasons_members(struct jw *j, const struct reasons *r)
{
	JW_NAME(j, "reasons");
	jw_open_array(j);
	for (size_t i = 0; i < r->n; i++) {
		jw_open_object(j);
		JW_NAME(j, "what");
		jw_string(j, r->v[i].what);
		JW_MEMBER(j, "weight", r->v[i].weight);
		jw_close_object(j);
	}
	jw_close_array(j);
	JW_MEMBER(j, "other_reasons", r->rest);
}

static void place_members(struct jw *j, struct str words, struct spans spans)
{
	JW_MEMBER(j, "words", words);
	JW_MEMBER(j, "spans", spans);
}

static void decision_write(struct jw *j, const struct decision *d)
{
	jw_open_object(j);
	place_members(j, d->words, d->spans);
	JW_MEMBER(j, "candidates", (int64_t)d->n_candidates);
	JW_MEMBER(j, "probability", d->p);
	JW_MEMBER(j, "score", d->score);
	reasons_members(j, &d->reasons);
	JW_NAME(j, "rejected");
	jw_open_array(j);
	for (size_t i = 0; i < d->n_rejected; i++) {
		jw_open_object(j);
		place_members(j, d->rejected[i].words, d->rejected[i].spans);
		JW_MEMBER(j, "lead", d->rejected[i].lead);
		reasons_members(j, &d->rejected[i].reasons);
		jw_close_object(j);
	}
	jw_close_array(j);
	jw_close_object(j);
}

static void decisions_write(struct jw *j, const struct explanation *x)
{
	jw_open_object(j);
	JW_NAME(j, "cue");
	decision_write(j, &x->by.cue);
	JW_NAME(j, "content");
	decision_write(j, &x->by.content);
	JW_NAME(j, "source");
	decision_write(j, &x->by.source);
	JW_NAME(j, "whole");
	decision_write(j, &x->by.whole);
	jw_close_object(j);
}

void explanation_write(struct jw *j, const struct explanation *x)
{
	jw_open_object(j);
	JW_MEMBER(j, "number", (int64_t)x->number);
	JW_NAME(j, "content");
	jw_string(j, x->statement->content);
	JW_NAME(j, "speaker");
	actor_ref_write(j, x->statement->speaker);
	JW_MEMBER(j, "is_turn", x->is_turn);
	JW_MEMBER(j, "is_carried", x->is_carried);
	JW_NAME(j, "carried_from");
	if (x->carried_number)
		jw_int(j, (int64_t)x->carried_number);
	else
		jw_null(j);
	JW_MEMBER(j, "complement", x->complement);
	JW_MEMBER(j, "is_extended", x->is_extended);
	JW_NAME(j, "decisions");
	if (x->is_carried || x->is_turn)
		jw_null(j);
	else
		decisions_write(j, x);
	jw_close_object(j);
}
