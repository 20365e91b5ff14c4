/* Writes an annotation. */
#include "api/format/json_annotation.h"

#include "api/format/json_statement.h"

static void span_members(struct jw *j, struct span s)
{
	JW_MEMBER(j, "start", s.start);
	JW_MEMBER(j, "end", s.end);
}

void annotation_members(struct jw *j, const struct annotation *x)
{
	JW_NAME(j, "sentences");
	jw_spans(j, (struct spans){x->sentences, x->n_sentences});
	JW_NAME(j, "mentions");
	jw_open_array(j);
	for (size_t i = 0; i < x->n_mentions; i++) {
		jw_open_object(j);
		span_members(j, x->mentions[i].span);
		JW_NAME(j, "kind");
		jw_word(j, terms_word(&terms_mention_kind, (int)x->mentions[i].kind));
		JW_NAME(j, "actor");
		jw_string(j, x->mentions[i].actor->id);
		JW_MEMBER(j, "wikidata", x->mentions[i].actor->wikidata);
		jw_close_object(j);
	}
	jw_close_array(j);
	JW_NAME(j, "times");
	jw_open_array(j);
	for (size_t i = 0; i < x->n_times; i++) {
		jw_open_object(j);
		span_members(j, x->times[i].span);
		JW_NAME(j, "value");
		jw_string(j, x->times[i].value);
		jw_close_object(j);
	}
	jw_close_array(j);
	statements_member(j, x->found.statements, x->found.n_statements, 0);
}
