/* Blobs of labels: a table of names, then what refers to it by number. */
#include "db/label.h"

#include <string.h>

#include "base/utf8.h"
#include "db/packed_fields.h"
#include "db/record.h"
#include "db/varint.h"

enum { VERSION = 1, DAY_UNITS = 1 << 30 };

/* --- what it says of the text --- */

static uint64_t mix(uint64_t h, uint64_t v)
{
	return (h ^ v) * 0x100000001b3; /* FNV-1a, number by number */
}

uint64_t label_anchor(struct nearby *in, const struct statement *s)
{
	const struct spans *const lists[] = {&s->spans.source, &s->spans.cue, &s->spans.content};
	uint64_t h = 0xcbf29ce484222325;
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		for (size_t k = 0; k < lists[i]->n; k++) {
			struct span at = lists[i]->v[k];
			uint32_t before = at.start > LABEL_CONTEXT ? at.start - LABEL_CONTEXT : 0;
			size_t from = nearby_byte_of(in, before);
			size_t to = nearby_byte_of(in, at.end + LABEL_CONTEXT);
			h = mix(mix(h, str_hash(str_sub(in->text, from, to))), i);
		}
	return h;
}

/* Which mark ends what this one begins, or 0. */
static uint32_t closing_mark(uint32_t opening)
{
	static const uint32_t pairs[][2] = {{'"', '"'},	      {'\'', '\''},	{0x201C, 0x201D},
					    {0x201E, 0x201C}, {0x2018, 0x2019}, {0xAB, 0xBB},
					    {0x300C, 0x300D}};
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		if (pairs[i][0] == opening)
			return pairs[i][1];
	return 0;
}

static struct str without_marks(struct str part)
{
	size_t first_end, last = part.n;
	if (!part.n)
		return part;
	uint32_t closing = closing_mark(utf8_decode(part, 0, &first_end));
	while (last > 0 && !utf8_is_border(part, --last))
		;
	size_t end;
	if (!closing || last < first_end || utf8_decode(part, last, &end) != closing)
		return part;
	/* "A", she said, "B": two quotations are no whole one. */
	struct str inside = str_sub(part, first_end, last);
	for (size_t at = 0; at < inside.n;)
		if (utf8_decode(inside, at, &at) == closing && closing != 0x2019 && closing != '\'')
			return part;
	return inside;
}

int label_content(struct nearby *in, struct spans content, struct arena *a, struct str *out,
		  struct err *e)
{
	size_t room = content.n + 1, n = 0;
	for (size_t i = 0; i < content.n; i++) {
		size_t from = nearby_byte_of(in, content.v[i].start);
		room += nearby_byte_of(in, content.v[i].end) - from;
	}
	char *p = arena_alloc(a, room);
	if (!p)
		return arena_full(e);
	for (size_t i = 0; i < content.n; i++) {
		size_t from = nearby_byte_of(in, content.v[i].start);
		size_t to = nearby_byte_of(in, content.v[i].end);
		struct str part = without_marks(str_sub(in->text, from, to));
		if (i > 0)
			p[n++] = ' ';
		memcpy(p + n, part.p, part.n);
		n += part.n;
	}
	*out = (struct str){p, n};
	return 0;
}

/* --- writing --- */

static void put_actor_name(struct buf *b, const struct actor *a)
{
	varint_put_str(b, a->id);
	varint_put_str(b, a->name);
	varint_put(b, (uint64_t)a->kind);
	varint_put_str(b, a->country);
	varint_put_str(b, a->wikidata);
}

static void put_issue_name(struct buf *b, const struct issue *i)
{
	varint_put_str(b, i->id);
	varint_put_str(b, i->label);
	varint_put_str(b, i->parent);
	varint_put(b, (uint64_t)i->kind);
	varint_put(b, (uint64_t)i->cap_major);
	varint_put(b, (uint64_t)i->cap_sub);
	varint_put(b, i->is_open);
}

enum { ROLES = 4, LABEL_ISSUES_MAX = 64 };

void label_write_statement(struct buf *b, const struct statement *s, uint64_t anchor)
{
	const struct actor *const actors[ROLES] = {s->speaker, s->stance.target, s->addressee,
						   s->reported_by};
	int64_t numbers[LABEL_ISSUES_MAX];
	struct statement kept = *s;
	if (kept.n_issues > LABEL_ISSUES_MAX)
		kept.n_issues = LABEL_ISSUES_MAX;
	varint_put(b, VERSION);
	varint_put(b, LABEL_STATEMENT);
	varint_put(b, anchor);
	varint_put(b, (uint64_t)fields_pack(&kept));
	for (size_t i = 0; i < ROLES; i++) {
		varint_put(b, actors[i] != NULL);
		if (actors[i])
			put_actor_name(b, actors[i]);
	}
	varint_put(b, kept.n_issues);
	for (size_t i = 0; i < kept.n_issues; i++) {
		numbers[i] = (int64_t)i;
		put_issue_name(b, kept.issues[i].issue);
	}
	record_write(b, &kept, 0, numbers);
}

static void put_day(struct buf *b, day_t day)
{
	varint_put(b, day == DAY_NONE ? 0 : (uint64_t)((int64_t)day + DAY_UNITS));
}

void label_write_actor(struct buf *b, const struct actor *a, struct str merged_into)
{
	varint_put(b, VERSION);
	varint_put(b, LABEL_ACTOR);
	put_actor_name(b, a);
	varint_put_str(b, merged_into);
	varint_put(b, a->aliases.n);
	for (size_t i = 0; i < a->aliases.n; i++)
		varint_put_str(b, a->aliases.v[i]);
	varint_put(b, a->n_roles);
	for (size_t i = 0; i < a->n_roles; i++) {
		varint_put_str(b, a->roles[i].title);
		varint_put_str(b, a->roles[i].country);
		put_day(b, a->roles[i].from);
		put_day(b, a->roles[i].to);
	}
}

void label_write_issue(struct buf *b, const struct issue *i, struct str merged_into)
{
	varint_put(b, VERSION);
	varint_put(b, LABEL_ISSUE);
	put_issue_name(b, i);
	varint_put_str(b, merged_into);
}

/* --- reading --- */

static void take_actor_name(struct varint_taker *t, struct actor *a)
{
	a->id = varint_take_str(t);
	a->name = varint_take_str(t);
	a->kind = (enum actor_kind)varint_take_below(t, ACTOR_KIND_COUNT);
	a->country = varint_take_str(t);
	a->wikidata = varint_take_str(t);
}

static void take_issue_name(struct varint_taker *t, struct issue *i)
{
	enum { CAP_MAX = 10000 };
	i->id = varint_take_str(t);
	i->label = varint_take_str(t);
	i->parent = varint_take_str(t);
	i->kind = (enum issue_kind)varint_take_below(t, ISSUE_KIND_COUNT);
	i->cap_major = varint_take_below(t, CAP_MAX);
	i->cap_sub = varint_take_below(t, CAP_MAX);
	i->is_open = varint_take_below(t, 2) == 1;
}

static int damaged(struct err *e)
{
	return err_set(e, ERR_DB, NULL, "an edit is damaged");
}

static int take_names(struct varint_taker *t, struct arena *a, struct statement *s,
		      struct issue **issues, size_t *n, struct err *e)
{
	const struct actor **const actors[ROLES] = {&s->speaker, &s->stance.target, &s->addressee,
						    &s->reported_by};
	for (size_t i = 0; i < ROLES; i++) {
		if (!varint_take_below(t, 2))
			continue;
		struct actor *actor = arena_alloc(a, sizeof *actor);
		if (!actor)
			return arena_full(e);
		take_actor_name(t, actor);
		*actors[i] = actor;
	}
	*n = varint_take_count(t);
	*issues = arena_array(a, *n, sizeof **issues);
	if (!*issues)
		return arena_full(e);
	for (size_t i = 0; i < *n; i++)
		take_issue_name(t, &(*issues)[i]);
	return 0;
}

static int take_statement(struct varint_taker *t, struct arena *a, struct label *out, struct err *e)
{
	struct statement *s = &out->statement;
	struct issue *issues = NULL;
	size_t n = 0;
	int64_t ignored;
	const int64_t *numbers;
	out->anchor = varint_take(t);
	fields_unpack((int64_t)varint_take(t), s);
	s->content = STR_EMPTY;
	if (take_names(t, a, s, &issues, &n, e))
		return -1;
	if (t->bad || record_read(t->rest, a, s, &ignored, &numbers, e) || s->n_issues != n)
		return damaged(e);
	struct issue_hit *hits = (struct issue_hit *)s->issues; /* ours to finish */
	for (size_t i = 0; i < n; i++) {
		if (numbers[i] < 0 || (size_t)numbers[i] >= n)
			return damaged(e);
		hits[i].issue = &issues[numbers[i]];
	}
	said_on_set_days(&s->said_on);
	return 0;
}

static day_t take_day(struct varint_taker *t)
{
	uint64_t v = varint_take(t);
	t->bad |= v > (uint64_t)2 * DAY_UNITS;
	return v == 0 || t->bad ? DAY_NONE : (day_t)((int64_t)v - DAY_UNITS);
}

static int take_actor(struct varint_taker *t, struct arena *a, struct label *out, struct err *e)
{
	struct actor *actor = &out->actor;
	take_actor_name(t, actor);
	out->merged_into = varint_take_str(t);
	size_t n = varint_take_count(t);
	struct str *aliases = arena_array(a, n, sizeof *aliases);
	for (size_t i = 0; aliases && i < n; i++)
		aliases[i] = varint_take_str(t);
	actor->aliases = (struct strs){aliases, n};
	actor->n_roles = varint_take_count(t);
	struct role *roles = arena_array(a, actor->n_roles, sizeof *roles);
	if (!aliases || !roles)
		return arena_full(e);
	for (size_t i = 0; i < actor->n_roles; i++) {
		roles[i].title = varint_take_str(t);
		roles[i].country = varint_take_str(t);
		roles[i].from = take_day(t);
		roles[i].to = take_day(t);
	}
	actor->roles = roles;
	return t->bad || t->rest.n ? damaged(e) : 0;
}

int label_read(struct str blob, struct arena *a, struct label *out, struct err *e)
{
	struct varint_taker t = {.rest = blob};
	*out = (struct label){.merged_into = STR_EMPTY};
	if (!blob.n)
		return 0;
	if (varint_take(&t) != VERSION)
		return damaged(e);
	switch (varint_take_below(&t, LABEL_ISSUE + 1)) {
	case LABEL_STATEMENT:
		out->kind = LABEL_STATEMENT;
		return take_statement(&t, a, out, e);
	case LABEL_ACTOR:
		out->kind = LABEL_ACTOR;
		return take_actor(&t, a, out, e);
	case LABEL_ISSUE:
		out->kind = LABEL_ISSUE;
		take_issue_name(&t, &out->issue);
		out->merged_into = varint_take_str(&t);
		return t.bad || t.rest.n ? damaged(e) : 0;
	default:
		return damaged(e);
	}
}
