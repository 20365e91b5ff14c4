/* Reads a person's say on a statement from JSON: one table of members. */
#include "api/format/json_statement_edit.h"

#include <stddef.h>
#include <string.h>

#include "api/format/json_body.h"
#include "api/format/json_line.h"
#include "api/format/json_span.h"
#include "base/nearest.h"
#include "db/label.h"

struct decoding {
	const struct edit_source *from;
	struct statement *s;
	bool has_position; /* the statement's own was given */
};

struct member;
typedef int taker(const json_t *v, const struct member *m, struct decoding *d, struct err *e);
struct member {
	const char *name;
	taker *take;
	size_t at; /* in the statement */
	const struct terms *terms;
};

static void *place(const struct decoding *d, const struct member *m)
{
	return (char *)d->s + m->at;
}

/* --- words, names --- */

static int take_term(const json_t *v, const struct member *m, struct decoding *d, struct err *e)
{
	struct str word;
	char space[TERMS_LIST_ROOM];
	if (json_is_null(v) && m->terms == &terms_position) {
		*(int *)place(d, m) = POSITION_NONE;
		return 0;
	}
	if (line_decode(m->name, v, EDIT_LINE_MAX, d->from->arena, &word, e))
		return -1;
	int number = terms_find(m->terms, word);
	if (number < 0)
		return err_set(e, ERR_VALUE, m->name, "\"%s\" is \"%.*s\", not %.*s", m->name,
			       STR_ARG(str_clip(word)), STR_ARG(terms_list(m->terms, space)));
	*(int *)place(d, m) = number;
	return 0;
}

static int take_own_position(const json_t *v, const struct member *m, struct decoding *d,
			     struct err *e)
{
	d->has_position = true;
	return take_term(v, m, d, e);
}

static int take_actor(const json_t *v, const struct member *m, struct decoding *d, struct err *e)
{
	struct str id;
	struct actor_match found;
	struct err why = {0};
	const struct actor **to = place(d, m);
	*to = NULL;
	if (json_is_null(v))
		return 0;
	if (line_decode(m->name, v, EDIT_LINE_MAX, d->from->arena, &id, e))
		return -1;
	if (store_actor(d->from->r, id, d->from->arena, &found, &why))
		return err_set(e, why.kind == ERR_NOT_FOUND ? ERR_VALUE : why.kind, m->name, "%s",
			       why.message);
	struct actor *actor = arena_alloc(d->from->arena, sizeof *actor);
	if (!actor)
		return arena_full(e);
	*actor = found.actor;
	*to = actor;
	return 0;
}

/* Who it is, is what a person says; how the text names the speaker is not known. */
static int take_speaker(const json_t *v, const struct member *m, struct decoding *d, struct err *e)
{
	const struct actor *before = d->s->speaker;
	if (take_actor(v, m, d, e))
		return -1;
	bool is_same = before && d->s->speaker && str_eq(before->id, d->s->speaker->id);
	if (is_same)
		return 0;
	d->s->speaker_via = VIA_NONE;
	d->s->speaker_role = STR_EMPTY;
	return 0;
}

static int take_line(const json_t *v, const struct member *m, struct decoding *d, struct err *e)
{
	struct str *to = place(d, m);
	*to = STR_EMPTY;
	return json_is_null(v) ? 0 : line_decode(m->name, v, EDIT_LINE_MAX, d->from->arena, to, e);
}

static int take_intensity(const json_t *v, const struct member *m, struct decoding *d,
			  struct err *e)
{
	double number = json_number_value(v);
	if (!json_is_number(v) || !(number >= -1 && number <= 1))
		return err_set(e, ERR_VALUE, m->name, "\"%s\" is no number from -1 to 1", m->name);
	*(float *)place(d, m) = (float)number;
	return 0;
}

/* --- spans --- */

static int take_spans(const json_t *v, const struct member *m, struct decoding *d, struct err *e)
{
	static const char *const names[] = {"source",	 "cue",	 "content",
					    "addressee", "time", "target"};
	struct spans *const lists[] = {&d->s->spans.source,  &d->s->spans.cue,
				       &d->s->spans.content, &d->s->spans.addressee,
				       &d->s->spans.time,    &d->s->spans.target};
	const char *key;
	json_t *value;
	if (!json_is_object(v))
		return err_set(e, ERR_VALUE, m->name, "\"spans\" is %s, not an object",
			       json_type_word(v));
	json_object_foreach((json_t *)v, key, value)
	{
		size_t i = 0;
		while (i < sizeof names / sizeof *names && strcmp(names[i], key) != 0)
			i++;
		if (i == sizeof names / sizeof *names)
			return err_set(e, ERR_VALUE, m->name,
				       "\"spans\" has source, cue, content, addressee, time and "
				       "target");
		if (spans_decode(value, m->name, d->from->article->text, EDIT_SPANS_MAX,
				 d->from->arena, lists[i], e))
			return -1;
	}
	struct nearby in = {.title = STR_EMPTY, .text = d->from->article->text};
	return label_content(&in, d->s->spans.content, d->from->arena, &d->s->content, e);
}

/* --- dates --- */

static int take_date(const json_t *v, struct decoding *d, struct said_on *to, struct err *e)
{
	static const struct {
		size_t n;
		enum precision precision;
	} forms[] = {{10, PRECISION_DAY}, {7, PRECISION_MONTH}, {4, PRECISION_YEAR}};
	if (line_decode("said_on", v, EDIT_LINE_MAX, d->from->arena, &to->date, e))
		return -1;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		if (to->date.n != forms[i].n)
			continue;
		to->precision = forms[i].precision;
		said_on_set_days(to);
		if (to->from != DAY_NONE)
			return 0;
	}
	return err_set(e, ERR_VALUE, "said_on",
		       "\"%.*s\" is no date: give 2024-04-26, 2024-04 or 2024",
		       STR_ARG(str_clip(to->date)));
}

/* {text?, date} or the date alone. */
static int take_said_on(const json_t *v, const struct member *m, struct decoding *d, struct err *e)
{
	struct said_on said = {
		.text = d->s->said_on.text, .date = STR_EMPTY, .rule = STR("a person")};
	const json_t *date = json_is_object(v) ? json_object_get(v, "date") : v;
	const json_t *text = json_object_get(v, "text");
	said.from = said.to = DAY_NONE;
	if (json_is_null(v)) {
		d->s->said_on =
			(struct said_on){.text = STR_EMPTY, .date = STR_EMPTY, .rule = STR_EMPTY};
		d->s->spans.time = (struct spans){0};
		return 0;
	}
	if (text && line_decode(m->name, text, EDIT_LINE_MAX, d->from->arena, &said.text, e))
		return -1;
	if (!date || take_date(date, d, &said, e))
		return err_set(e, ERR_VALUE, m->name, "\"said_on\" has a \"date\"");
	if (!said.text.n)
		said.text = said.date;
	d->s->said_on = said;
	return 0;
}

/* --- issues --- */

static int take_issue(const json_t *v, const struct member *m, struct decoding *d,
		      struct issue_hit *to, struct err *e)
{
	const json_t *id = json_is_object(v) ? json_object_get(v, "id") : v;
	const json_t *position = json_object_get(v, "position");
	struct issue_match found;
	struct err why = {0};
	struct str slug;
	if (!id || line_decode(m->name, id, EDIT_LINE_MAX, d->from->arena, &slug, e))
		return err_set(e, ERR_VALUE, m->name, "an issue has an \"id\" and a \"position\"");
	if (store_issue(d->from->r, slug, d->from->arena, &found, &why))
		return err_set(e, why.kind == ERR_NOT_FOUND ? ERR_VALUE : why.kind, m->name, "%s",
			       why.message);
	struct issue *issue = arena_alloc(d->from->arena, sizeof *issue);
	if (!issue)
		return arena_full(e);
	*issue = found.issue;
	/* What the engine found for it stays as its evidence. */
	for (size_t i = 0; i < d->s->n_issues; i++)
		if (str_eq(d->s->issues[i].issue->id, issue->id))
			*to = d->s->issues[i];
	to->issue = issue;
	to->score = 1;
	if (!position)
		return 0;
	struct statement held = {0};
	struct decoding inner = {.from = d->from, .s = &held};
	const struct member as = {m->name, take_term, offsetof(struct statement, stance.position),
				  &terms_position};
	if (take_term(position, &as, &inner, e))
		return -1;
	to->position = held.stance.position;
	return 0;
}

static int take_issues(const json_t *v, const struct member *m, struct decoding *d, struct err *e)
{
	if (!json_is_array(v) || json_array_size(v) > EDIT_ISSUES_MAX)
		return err_set(e, ERR_VALUE, m->name, "\"issues\" is no list of at most %d issues",
			       EDIT_ISSUES_MAX);
	size_t n = json_array_size(v);
	struct issue_hit *hits = arena_array(d->from->arena, n, sizeof *hits);
	if (!hits)
		return arena_full(e);
	for (size_t i = 0; i < n; i++) {
		hits[i].position = POSITION_NONE;
		if (take_issue(json_array_get(v, i), m, d, &hits[i], e))
			return -1;
		for (size_t k = 0; k < i; k++)
			if (str_eq(hits[k].issue->id, hits[i].issue->id))
				return err_set(e, ERR_VALUE, m->name,
					       "\"issues\" has \"%.*s\" twice",
					       STR_ARG(hits[i].issue->id));
	}
	d->s->issues = hits;
	d->s->n_issues = n;
	return 0;
}

/* --- the whole --- */

#define AT(member) offsetof(struct statement, member)
static const struct member members[] = {
	{"status", take_term, AT(status), &terms_status},
	{"kind", take_term, AT(kind), &terms_statement_kind},
	{"spans", take_spans, 0, NULL},
	{"speaker", take_speaker, AT(speaker), NULL},
	{"role", take_line, AT(speaker_role), NULL},
	{"addressee", take_actor, AT(addressee), NULL},
	{"reported_by", take_actor, AT(reported_by), NULL},
	{"issues", take_issues, 0, NULL},
	{"position", take_own_position, AT(stance.position), &terms_position},
	{"act", take_term, AT(stance.act), &terms_act},
	{"target", take_actor, AT(stance.target), NULL},
	{"target_position", take_term, AT(stance.target_position), &terms_position},
	{"intensity", take_intensity, AT(stance.intensity), NULL},
	{"polarity", take_term, AT(polarity), &terms_polarity},
	{"modality", take_term, AT(modality), &terms_modality},
	{"said_on", take_said_on, 0, NULL},
};
enum { MEMBERS = sizeof members / sizeof members[0] };

static int take_member(struct str name, const json_t *value, struct decoding *d, bool *changes,
		       struct err *e)
{
	struct nearest near = nearest_start(name);
	for (size_t i = 0; i < MEMBERS; i++) {
		if (str_eq(name, str_of(members[i].name))) {
			*changes |= i > 0;
			return members[i].take(value, &members[i], d, e);
		}
		nearest_try(&near, str_of(members[i].name));
	}
	return json_unknown(&near, "member",
			    "what can be said of a statement is its status, kind, spans, speaker, "
			    "role, addressee, reported_by, issues, position, act, target, "
			    "target_position, intensity, polarity, modality and said_on",
			    e);
}

/* What a person says is sure. */
static int be_sure(struct decoding *d, struct err *e)
{
	struct statement *s = d->s;
	if (s->status == STATUS_REJECTED)
		return 0;
	struct issue_hit *hits = arena_array(d->from->arena, s->n_issues, sizeof *hits);
	if (!hits)
		return arena_full(e);
	for (size_t i = 0; i < s->n_issues; i++) {
		hits[i] = s->issues[i];
		hits[i].score = 1;
		hits[i].position_confidence = hits[i].position == POSITION_NONE ? 0 : 1;
	}
	s->issues = hits;
	s->confidence = s->stance.confidence = 1;
	/* The statement's own position is that on its first issue. */
	if (s->n_issues && hits[0].position != POSITION_NONE && !d->has_position)
		s->stance.position = hits[0].position;
	if (s->n_issues && d->has_position && s->stance.position != POSITION_NONE) {
		hits[0].position = s->stance.position;
		hits[0].position_confidence = 1;
	}
	return 0;
}

int statement_edit_decode(struct str json, const struct edit_source *from, struct statement *s,
			  bool *changes, struct err *e)
{
	struct decoding d = {.from = from, .s = s};
	json_t *root = json_body(json,
				 "what is said of a statement is a JSON object, such as "
				 "{\"status\": \"confirmed\"}",
				 e);
	*changes = false;
	if (!root)
		return -1;
	int rc = 0;
	const char *key;
	json_t *value;
	json_object_foreach(root, key, value)
	{
		if (rc == 0)
			rc = take_member(str_of(key), value, &d, changes, e);
	}
	json_decref(root);
	return rc || be_sure(&d, e) ? -1 : 0;
}
