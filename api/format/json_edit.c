/* An edit: who, when, what, and both states whole. */
#include "api/format/json_edit.h"

#include "api/format/json_statement.h"

static void write_label(struct jw *j, const struct label *l)
{
	switch (l->kind) {
	case LABEL_NONE:
		jw_null(j);
		return;
	case LABEL_STATEMENT:
		statement_write(j, &l->statement);
		return;
	case LABEL_ACTOR:
		jw_open_object(j);
		actor_name_members(j, &l->actor);
		break;
	case LABEL_ISSUE:
		jw_open_object(j);
		JW_MEMBER(j, "id", l->issue.id);
		JW_MEMBER(j, "label", l->issue.label);
		break;
	}
	JW_MEMBER(j, "merged_into", l->merged_into);
	jw_close_object(j);
}

static const char *thing_word(const struct edit *d)
{
	if (d->has_text)
		return "statement";
	return d->before.kind == LABEL_ISSUE || d->after.kind == LABEL_ISSUE ? "issue" : "actor";
}

static void number_or_null(struct jw *j, int64_t n)
{
	if (n)
		jw_int(j, n);
	else
		jw_null(j);
}

static void write_text(struct jw *j, const struct edit *d)
{
	JW_NAME(j, "article");
	number_or_null(j, d->article);
	JW_NAME(j, "statement");
	number_or_null(j, d->statement);
	JW_NAME(j, "sha256");
	if (d->has_text)
		sha256_write(j, d->sha256);
	else
		jw_null(j);
	JW_NAME(j, "fits");
	if (d->has_text)
		jw_bool(j, d->fits);
	else
		jw_null(j);
}

void edit_write_json(struct jw *j, const struct edit *d)
{
	char space[INSTANT_ROOM];
	jw_open_object(j);
	JW_MEMBER(j, "id", d->id);
	JW_NAME(j, "made_at");
	jw_word(j, instant_format(space, d->made_ms));
	JW_MEMBER(j, "who", d->who);
	JW_NAME(j, "action");
	jw_word(j, terms_word(&terms_edit_action, (int)d->action));
	JW_NAME(j, "of");
	jw_word(j, str_of(thing_word(d)));
	JW_MEMBER(j, "subject", d->subject);
	JW_MEMBER(j, "batch", d->batch);
	JW_NAME(j, "undoes");
	number_or_null(j, d->undoes);
	JW_MEMBER(j, "can_be_undone", d->can_be_undone);
	write_text(j, d);
	JW_NAME(j, "before");
	write_label(j, &d->before);
	JW_NAME(j, "after");
	write_label(j, &d->after);
	jw_close_object(j);
}

void edit_encode(struct buf *out, const struct edit *d)
{
	struct jw j = jw_into(out);
	edit_write_json(&j, d);
}
