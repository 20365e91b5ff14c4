/* One function a struct each way, in the order of its members. */
#include "db/packed_extraction.h"

#include <string.h>

#include "base/version.h"
#include "db/varint.h"

/* Raised when the form changes within a version of the program. */
#define FORM PROGRAM_VERSION "/1"

/* --- there --- */

/* Pointers by the number of their first occurrence, from 1; 0 is NULL. */
struct numbered {
	const void **v;
	size_t n, cap;
};

struct packing {
	struct arena *arena;
	struct buf *out;
	struct numbered actors, issues;
};

static void number(struct packing *p, struct numbered *l, const void *it)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->v[i] == it)
			return;
	if (!it)
		return;
	if (arena_grow(p->arena, (void **)&l->v, &l->cap, l->n + 1, sizeof *l->v))
		p->out->failed = true;
	else
		l->v[l->n++] = it;
}

static void put_number(struct packing *p, const struct numbered *l, const void *it)
{
	size_t i = 0;
	while (it && i < l->n && l->v[i] != it)
		i++;
	varint_put(p->out, it ? i + 1 : 0);
}

static void put_signed(struct buf *b, int64_t v)
{
	varint_put(b, (uint64_t)v << 1 ^ (uint64_t)(v >> 63));
}

static void put_float(struct buf *b, float v)
{
	uint32_t bits;
	memcpy(&bits, &v, sizeof bits);
	varint_put(b, bits);
}

static void put_strs(struct buf *b, struct strs s)
{
	varint_put(b, s.n);
	for (size_t i = 0; i < s.n; i++)
		varint_put_str(b, s.v[i]);
}

static void put_spans(struct buf *b, struct spans s)
{
	varint_put(b, s.n);
	for (size_t i = 0; i < s.n; i++) {
		varint_put(b, s.v[i].start);
		varint_put(b, s.v[i].end);
	}
}

static void put_actor(struct buf *b, const struct actor *a)
{
	varint_put_str(b, a->id);
	varint_put_str(b, a->name);
	varint_put(b, a->kind);
	varint_put_str(b, a->country);
	varint_put_str(b, a->wikidata);
	put_strs(b, a->aliases);
	varint_put(b, a->n_roles);
	for (size_t i = 0; i < a->n_roles; i++) {
		varint_put_str(b, a->roles[i].title);
		varint_put_str(b, a->roles[i].country);
		put_signed(b, a->roles[i].from);
		put_signed(b, a->roles[i].to);
	}
}

static void put_issue(struct buf *b, const struct issue *i)
{
	varint_put_str(b, i->id);
	varint_put_str(b, i->label);
	varint_put_str(b, i->parent);
	varint_put(b, i->kind);
	put_signed(b, i->cap_major);
	put_signed(b, i->cap_sub);
	put_strs(b, i->terms);
	varint_put(b, i->is_charge);
	varint_put(b, i->is_open);
}

static void put_hit(struct packing *p, const struct issue_hit *h)
{
	put_number(p, &p->issues, h->issue);
	put_float(p->out, h->score);
	put_spans(p->out, h->evidence);
	varint_put(p->out, h->turns);
	varint_put(p->out, h->position);
	put_float(p->out, h->position_confidence);
	put_spans(p->out, h->position_evidence);
}

static void put_stance(struct packing *p, const struct stance *s)
{
	varint_put(p->out, s->position);
	varint_put(p->out, s->act);
	put_number(p, &p->actors, s->target);
	varint_put(p->out, s->target_position);
	put_float(p->out, s->intensity);
	put_spans(p->out, s->evidence);
	put_float(p->out, s->confidence);
}

static void put_said_on(struct buf *b, const struct said_on *s)
{
	varint_put_str(b, s->text);
	varint_put_str(b, s->date);
	varint_put(b, s->precision);
	varint_put_str(b, s->rule);
	put_signed(b, s->from);
	put_signed(b, s->to);
}

static void put_statement(struct packing *p, const struct statement *s)
{
	struct buf *b = p->out;
	varint_put(b, s->kind);
	varint_put_str(b, s->content);
	const struct spans spans[] = {s->spans.source,	  s->spans.cue,	 s->spans.content,
				      s->spans.addressee, s->spans.time, s->spans.target};
	for (size_t i = 0; i < sizeof spans / sizeof spans[0]; i++)
		put_spans(b, spans[i]);
	put_number(p, &p->actors, s->speaker);
	varint_put(b, s->speaker_via);
	varint_put_str(b, s->speaker_role);
	put_number(p, &p->actors, s->addressee);
	put_number(p, &p->actors, s->reported_by);
	varint_put(b, s->n_issues);
	for (size_t i = 0; i < s->n_issues; i++)
		put_hit(p, &s->issues[i]);
	put_stance(p, &s->stance);
	varint_put(b, s->polarity);
	varint_put(b, s->modality);
	put_said_on(b, &s->said_on);
	put_float(b, s->confidence);
	varint_put(b, s->status);
	varint_put(b, s->is_uncounted);
	varint_put(b, s->is_nested);
	varint_put_str(b, s->engine);
}

void extraction_pack(const struct extraction *x, struct arena *a, struct buf *out)
{
	struct packing p = {.arena = a, .out = out};
	for (size_t i = 0; i < x->n_statements; i++) {
		const struct statement *s = &x->statements[i];
		number(&p, &p.actors, s->speaker);
		number(&p, &p.actors, s->addressee);
		number(&p, &p.actors, s->reported_by);
		number(&p, &p.actors, s->stance.target);
		for (size_t k = 0; k < s->n_issues; k++)
			number(&p, &p.issues, s->issues[k].issue);
	}
	varint_put_str(out, STR(FORM));
	varint_put(out, p.actors.n);
	for (size_t i = 0; i < p.actors.n; i++)
		put_actor(out, p.actors.v[i]);
	varint_put(out, p.issues.n);
	for (size_t i = 0; i < p.issues.n; i++)
		put_issue(out, p.issues.v[i]);
	varint_put(out, x->n_statements);
	for (size_t i = 0; i < x->n_statements; i++)
		put_statement(&p, &x->statements[i]);
}

/* --- and back --- */

struct unpacking {
	struct varint_taker from;
	struct arena *arena;
	bool is_full;
	struct actor *actors;
	struct issue *issues;
	size_t n_actors, n_issues;
};

/* Room for so many as are named next, each of a byte or more; NULL with *n 0 for none. */
static void *take_room(struct unpacking *u, size_t size, size_t *n)
{
	*n = varint_take_count(&u->from);
	void *v = *n ? arena_array(u->arena, *n, size) : NULL;
	u->is_full |= *n && !v;
	*n = v ? *n : 0;
	return v;
}

static const struct actor *take_actor_number(struct unpacking *u)
{
	int i = varint_take_below(&u->from, u->n_actors + 1);
	return i ? &u->actors[i - 1] : NULL;
}

static int64_t take_signed(struct unpacking *u)
{
	uint64_t v = varint_take(&u->from);
	return (int64_t)(v >> 1 ^ (0 - (v & 1)));
}

static float take_float(struct unpacking *u)
{
	uint32_t bits = (uint32_t)varint_take(&u->from);
	float v;
	memcpy(&v, &bits, sizeof v);
	return v;
}

static bool take_bool(struct unpacking *u)
{
	return varint_take_below(&u->from, 2);
}

static struct strs take_strs(struct unpacking *u)
{
	size_t n;
	struct str *v = take_room(u, sizeof *v, &n);
	for (size_t i = 0; i < n; i++)
		v[i] = varint_take_str(&u->from);
	return (struct strs){v, n};
}

static struct spans take_spans(struct unpacking *u)
{
	size_t n;
	struct span *v = take_room(u, sizeof *v, &n);
	for (size_t i = 0; i < n; i++) {
		v[i].start = (uint32_t)varint_take(&u->from);
		v[i].end = (uint32_t)varint_take(&u->from);
	}
	return (struct spans){v, n};
}

static void take_actor(struct unpacking *u, struct actor *a)
{
	struct varint_taker *t = &u->from;
	*a = (struct actor){0};
	a->id = varint_take_str(t);
	a->name = varint_take_str(t);
	a->kind = (enum actor_kind)varint_take_below(t, ACTOR_KIND_COUNT);
	a->country = varint_take_str(t);
	a->wikidata = varint_take_str(t);
	a->aliases = take_strs(u);
	struct role *roles = take_room(u, sizeof *roles, &a->n_roles);
	a->roles = roles;
	for (size_t i = 0; i < a->n_roles; i++) {
		roles[i].title = varint_take_str(t);
		roles[i].country = varint_take_str(t);
		roles[i].from = (day_t)take_signed(u);
		roles[i].to = (day_t)take_signed(u);
	}
}

static void take_issue(struct unpacking *u, struct issue *i)
{
	struct varint_taker *t = &u->from;
	*i = (struct issue){0};
	i->id = varint_take_str(t);
	i->label = varint_take_str(t);
	i->parent = varint_take_str(t);
	i->kind = (enum issue_kind)varint_take_below(t, ISSUE_KIND_COUNT);
	i->cap_major = (int)take_signed(u);
	i->cap_sub = (int)take_signed(u);
	i->terms = take_strs(u);
	i->is_charge = take_bool(u);
	i->is_open = take_bool(u);
}

static void take_hit(struct unpacking *u, struct issue_hit *h)
{
	int issue = varint_take_below(&u->from, u->n_issues + 1);
	u->from.bad |= issue == 0;
	*h = (struct issue_hit){.issue = issue ? &u->issues[issue - 1] : NULL};
	h->score = take_float(u);
	h->evidence = take_spans(u);
	h->turns = take_bool(u);
	h->position = (enum position)varint_take_below(&u->from, POSITION_COUNT);
	h->position_confidence = take_float(u);
	h->position_evidence = take_spans(u);
}

static void take_stance(struct unpacking *u, struct stance *s)
{
	s->position = (enum position)varint_take_below(&u->from, POSITION_COUNT);
	s->act = (enum act)varint_take_below(&u->from, ACT_COUNT);
	s->target = take_actor_number(u);
	s->target_position = (enum position)varint_take_below(&u->from, POSITION_COUNT);
	s->intensity = take_float(u);
	s->evidence = take_spans(u);
	s->confidence = take_float(u);
}

static void take_said_on(struct unpacking *u, struct said_on *s)
{
	s->text = varint_take_str(&u->from);
	s->date = varint_take_str(&u->from);
	s->precision = (enum precision)varint_take_below(&u->from, PRECISION_COUNT);
	s->rule = varint_take_str(&u->from);
	s->from = (day_t)take_signed(u);
	s->to = (day_t)take_signed(u);
}

static void take_statement(struct unpacking *u, struct statement *s)
{
	struct varint_taker *t = &u->from;
	*s = (struct statement){.kind = (enum statement_kind)varint_take_below(t, KIND_COUNT)};
	s->content = varint_take_str(t);
	struct spans *const spans[] = {&s->spans.source,    &s->spans.cue,  &s->spans.content,
				       &s->spans.addressee, &s->spans.time, &s->spans.target};
	for (size_t i = 0; i < sizeof spans / sizeof spans[0]; i++)
		*spans[i] = take_spans(u);
	s->speaker = take_actor_number(u);
	s->speaker_via = (enum speaker_via)varint_take_below(t, VIA_COUNT);
	s->speaker_role = varint_take_str(t);
	s->addressee = take_actor_number(u);
	s->reported_by = take_actor_number(u);
	struct issue_hit *hits = take_room(u, sizeof *hits, &s->n_issues);
	s->issues = hits;
	for (size_t i = 0; i < s->n_issues; i++)
		take_hit(u, &hits[i]);
	take_stance(u, &s->stance);
	s->polarity = (enum polarity)varint_take_below(t, POLARITY_COUNT);
	s->modality = (enum modality)varint_take_below(t, MODALITY_COUNT);
	take_said_on(u, &s->said_on);
	s->confidence = take_float(u);
	s->status = (enum status)varint_take_below(t, STATUS_COUNT);
	s->is_uncounted = take_bool(u);
	s->is_nested = take_bool(u);
	s->engine = varint_take_str(t);
}

int extraction_unpack(struct str blob, struct arena *a, struct extraction *out, struct err *e)
{
	struct unpacking u = {.from = {.rest = blob}, .arena = a};
	if (!str_eq(varint_take_str(&u.from), STR(FORM)))
		return err_set(e, ERR_DB, NULL, "statements were packed by another version");
	u.actors = take_room(&u, sizeof *u.actors, &u.n_actors);
	for (size_t i = 0; i < u.n_actors; i++)
		take_actor(&u, &u.actors[i]);
	u.issues = take_room(&u, sizeof *u.issues, &u.n_issues);
	for (size_t i = 0; i < u.n_issues; i++)
		take_issue(&u, &u.issues[i]);
	struct statement *v = take_room(&u, sizeof *v, &out->n_statements);
	for (size_t i = 0; i < out->n_statements; i++)
		take_statement(&u, &v[i]);
	out->statements = v;
	if (u.is_full)
		return arena_full(e);
	return u.from.bad || u.from.rest.n
		       ? err_set(e, ERR_DB, NULL, "packed statements are damaged")
		       : 0;
}
