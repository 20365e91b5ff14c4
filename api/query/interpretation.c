/* Resolving a question's names and telling how it was understood. */
#include "api/query/interpretation.h"

#include <string.h>

#include "api/query/about.h"
#include "api/query/meant.h"
#include "base/nearest.h"
#include "db/outlet.h"
#include "db/record_names.h"

static const char note_unknown[] = "nothing in the store has this name, so the answer is empty";
static const char note_unknown_beside[] =
	"nothing in the store has this name, so it adds nothing to the others";
static const char note_turned[] = "this names the contrary of the issue: who opposes it supports "
				  "the issue, and the positions "
				  "are read so";
static const char note_unknown_not[] = "nothing in the store has this name, so nothing is excluded";

/* What the conditions of one resolution gather. */
struct gathering {
	const struct question *q;
	struct statement_filter *filter;
	struct reader *r;
	struct lookup *names;
	struct interpretation *parts;
	struct err *e;
	struct keys cap; /* issues of the cap conditions */
	bool has_speaker, has_country, has_issue, has_cap;
	size_t issues_named, issues_turned; /* matches of the issue conditions */
};

static int add_key(struct gathering *g, struct keys *keys, int64_t key)
{
	for (size_t i = 0; i < keys->n; i++)
		if (keys->v[i] == key)
			return 0;
	/* Doubling at powers of two: the capacity follows from the count. */
	if ((keys->n & (keys->n - 1)) == 0) {
		int64_t *v = arena_array(g->q->arena, keys->n ? keys->n * 2 : 1, sizeof *v);
		if (!v)
			return arena_full(g->e);
		if (keys->n)
			memcpy(v, keys->v, keys->n * sizeof *v);
		keys->v = v;
	}
	((int64_t *)keys->v)[keys->n++] = key;
	return 0;
}

static int note_stranger(struct gathering *g, const struct condition *c, enum suggested what,
			 struct part *part)
{
	part->note = c->is_not ? note_unknown_not : note_unknown;
	return g->r ? meant_find(g->r, c->value, what, g->q->arena, &part->meant, g->e) : 0;
}

static int find_actors(struct gathering *g, const struct condition *c, struct part *part)
{
	if (lookup_actors(g->names, c->value, &part->actors, g->e))
		return -1;
	return part->actors.n ? 0 : note_stranger(g, c, SUGGESTED_ACTOR, part);
}

static bool is_body(const struct actor *a)
{
	return a->kind == ACTOR_COUNTRY || a->kind == ACTOR_ORGANIZATION || a->kind == ACTOR_GROUP;
}

static int take_speaker(struct gathering *g, const struct condition *c, struct part *part)
{
	if (find_actors(g, c, part))
		return -1;
	for (size_t i = 0; i < part->actors.n; i++)
		if (is_body(&part->actors.v[i].actor))
			part->reading = g->q->alone ? "alone" : "with those who speak for it";
	for (size_t i = 0; i < part->actors.n && c->is_not; i++)
		if (add_key(g, &g->filter->q.not_speakers,
			    speaker_key(part->actors.v[i].key, !g->q->alone)))
			return -1;
	g->has_speaker |= !c->is_not;
	return 0;
}

/* Of those who have the name, the countries. */
static int keep_countries(struct gathering *g, struct actor_matches *found)
{
	struct actor_match *v = arena_array(g->q->arena, found->n, sizeof *v);
	size_t n = 0;
	if (!v)
		return arena_full(g->e);
	for (size_t i = 0; i < found->n; i++)
		if (found->v[i].actor.kind == ACTOR_COUNTRY)
			v[n++] = found->v[i];
	*found = (struct actor_matches){v, n};
	return 0;
}

static int take_country(struct gathering *g, const struct condition *c, struct part *part)
{
	if (find_actors(g, c, part) || keep_countries(g, &part->actors))
		return -1;
	part->reading = "the country and those who speak for it";
	if (part->actors.n == 0)
		part->note = c->is_not ? note_unknown_not : note_unknown;
	for (size_t i = 0; i < part->actors.n && c->is_not; i++)
		if (add_key(g, &g->filter->q.not_speakers,
			    speaker_key(part->actors.v[i].key, true)))
			return -1;
	g->has_country |= !c->is_not;
	return 0;
}

static int take_actor_keys(struct gathering *g, const struct condition *c, struct part *part,
			   struct keys *keys, struct keys *not_keys)
{
	if (find_actors(g, c, part))
		return -1;
	for (size_t i = 0; i < part->actors.n; i++)
		if (add_key(g, c->is_not ? not_keys : keys, part->actors.v[i].key))
			return -1;
	return 0;
}

static int take_target(struct gathering *g, const struct condition *c, struct part *part)
{
	return take_actor_keys(g, c, part, &g->filter->q.targets, &g->filter->q.not_targets);
}

static int take_addressee(struct gathering *g, const struct condition *c, struct part *part)
{
	return take_actor_keys(g, c, part, &g->filter->q.addressees, &g->filter->q.not_addressees);
}

/* An issue stands for those below it, too; a position is on one issue. */
static int take_below(struct gathering *g, const struct condition *c, struct part *part,
		      const struct issue *issue)
{
	struct issue_matches below;
	if (issue->is_open || query_asks_position(&g->filter->q) || g->q->table == &params_changes)
		return 0;
	if (store_issues_below(g->r, issue->id, g->q->arena, &below, g->e))
		return -1;
	for (size_t i = 0; i < below.n; i++)
		if (add_key(g, c->is_not ? &g->filter->q.not_issues : &g->filter->q.issues,
			    below.v[i].key))
			return -1;
	if (below.n)
		part->reading = "with the issues below it";
	return 0;
}

static int take_issue(struct gathering *g, const struct condition *c, struct part *part)
{
	if (lookup_issues(g->names, c->value, &part->issues, g->e))
		return -1;
	/* Issues are known by the singular. */
	if (part->issues.n == 0 && c->value.n > 1 && c->value.p[c->value.n - 1] == 's' &&
	    lookup_issues(g->names, str_sub(c->value, 0, c->value.n - 1), &part->issues, g->e))
		return -1;
	if (part->issues.n == 0 && note_stranger(g, c, SUGGESTED_ISSUE, part))
		return -1;
	for (size_t i = 0; i < part->issues.n; i++) {
		bool turns = issue_match_turns(&part->issues.v[i]);
		g->issues_named += !c->is_not;
		g->issues_turned += !c->is_not && turns;
		if (turns && query_asks_position(&g->filter->q) && !c->is_not)
			part->note = note_turned;
		if (add_key(g, c->is_not ? &g->filter->q.not_issues : &g->filter->q.issues,
			    part->issues.v[i].key) ||
		    take_below(g, c, part, &part->issues.v[i].issue))
			return -1;
	}
	g->has_issue |= !c->is_not;
	return 0;
}

static int take_about(struct gathering *g, const struct condition *c, struct part *part)
{
	struct statement_query *q = &g->filter->q;
	struct about *v = arena_array(g->q->arena, q->n_about + 1, sizeof *v);
	if (!v)
		return arena_full(g->e);
	if (q->n_about)
		memcpy(v, q->about, q->n_about * sizeof *v);
	q->about = v;
	part->reading = "in the statement, the title of its article or the words around it, in any "
			"order, or filed under an issue of this name";
	return about_read(c->value, g->names, g->r, g->q->arena, &v[q->n_about++], &part->actors,
			  &part->issues, g->e);
}

static int take_cap(struct gathering *g, const struct condition *c, struct part *part)
{
	enum { MAJOR_MAX = 31, SUB_MIN = 100, SUB_MAX = 3199 };
	int64_t code;
	if (!str_to_i64(c->value, &code) || code < 1 || (code > MAJOR_MAX && code < SUB_MIN) ||
	    code > SUB_MAX)
		return err_set(g->e, ERR_VALUE, "cap",
			       "\"cap\" is \"%.*s\", not a major topic from 1 to 31 or a sub topic "
			       "from 100 to 3199",
			       STR_ARG(str_clip(c->value)));
	if (store_issues_by_cap(g->r, (int)code, g->q->arena, &part->issues, g->e))
		return -1;
	if (part->issues.n == 0)
		part->note = "no issue in the store has this code";
	for (size_t i = 0; i < part->issues.n; i++)
		if (add_key(g, c->is_not ? &g->filter->q.not_issues : &g->cap,
			    part->issues.v[i].key))
			return -1;
	g->has_cap |= !c->is_not;
	return 0;
}

static const struct {
	const char *name;
	int (*take)(struct gathering *g, const struct condition *c, struct part *part);
} takers[] = {
	{"speaker", take_speaker}, {"country", take_country}, {"issue", take_issue},
	{"cap", take_cap},	   {"target", take_target},   {"addressee", take_addressee},
	{"about", take_about},
};

static int take_outlet(struct gathering *g, const struct condition *c, struct part *part)
{
	bool is_known = c->value.n == 0 || !g->r;
	if (!is_known && store_has_outlet(g->r, c->value, &is_known, g->e))
		return -1;
	return is_known ? 0 : note_stranger(g, c, SUGGESTED_OUTLET, part);
}

static int take(struct gathering *g, const struct condition *c, struct part *part)
{
	if (strcmp(c->spec->name, "outlet") == 0)
		return take_outlet(g, c, part);
	if (c->spec->use != PARAM_NAME)
		return 0;
	for (size_t i = 0; i < sizeof takers / sizeof takers[0]; i++)
		if (strcmp(takers[i].name, c->spec->name) == 0)
			return takers[i].take(g, c, part);
	return 0;
}

/* A country beside a speaker narrows it: "Wang Yi" of CHN. */
static bool is_of_countries(const struct gathering *g, const struct actor *a)
{
	for (size_t i = 0; i < g->parts->n; i++) {
		const struct part *p = &g->parts->v[i];
		if (strcmp(p->condition->spec->name, "country") != 0 || p->condition->is_not)
			continue;
		for (size_t k = 0; k < p->actors.n; k++)
			if (str_eq(p->actors.v[k].actor.id, a->id) ||
			    (a->country.n && str_eq(p->actors.v[k].actor.country, a->country)))
				return true;
	}
	return false;
}

static int gather_speakers(struct gathering *g)
{
	const char *from = g->has_speaker ? "speaker" : "country";
	for (size_t i = 0; i < g->parts->n; i++) {
		const struct part *p = &g->parts->v[i];
		if (p->condition->is_not || strcmp(p->condition->spec->name, from) != 0)
			continue;
		for (size_t k = 0; k < p->actors.n; k++) {
			bool is_wanted = !g->has_speaker || !g->has_country ||
					 is_of_countries(g, &p->actors.v[k].actor);
			bool with_members = !g->has_speaker || !g->q->alone;
			if (is_wanted && add_key(g, &g->filter->q.speakers,
						 speaker_key(p->actors.v[k].key, with_members)))
				return -1;
		}
	}
	return 0;
}

static bool has_key(const struct keys *keys, int64_t key)
{
	for (size_t i = 0; i < keys->n; i++)
		if (keys->v[i] == key)
			return true;
	return false;
}

/* Issue and topic together: what is in both. */
static void gather_issues(struct gathering *g)
{
	struct statement_query *q = &g->filter->q;
	if (!g->has_cap)
		return;
	if (!g->has_issue) {
		q->issues = g->cap;
		return;
	}
	int64_t *v = (int64_t *)q->issues.v;
	size_t kept = 0;
	for (size_t i = 0; i < q->issues.n; i++)
		if (has_key(&g->cap, v[i]))
			v[kept++] = v[i];
	q->issues.n = kept;
}

/* What is asked for less what is excluded; an empty rest finds nothing. */
static void take_bits(struct statement_query *q, uint32_t *wanted, uint32_t excluded,
		      const struct terms *terms)
{
	if (excluded == 0)
		return;
	uint32_t all = (UINT32_C(1) << terms->count) - 1;
	*wanted = (*wanted ? *wanted : all) & ~excluded;
	if (*wanted == 0)
		q->is_void = true;
}

/* Support becomes opposition and the reverse. */
static uint32_t turned(uint32_t positions)
{
	const uint32_t support = 1U << POSITION_SUPPORT, oppose = 1U << POSITION_OPPOSE;
	uint32_t others = positions & ~(support | oppose);
	return others | (positions & support ? oppose : 0) | (positions & oppose ? support : 0);
}

static int complete(struct gathering *g)
{
	struct statement_query *q = &g->filter->q;
	if (g->issues_turned && g->issues_turned == g->issues_named) {
		q->positions = turned(q->positions);
		g->filter->not_positions = turned(g->filter->not_positions);
	}
	take_bits(q, &q->kinds, g->filter->not_kinds, &terms_statement_kind);
	take_bits(q, &q->positions, g->filter->not_positions, &terms_position);
	take_bits(q, &q->target_positions, g->filter->not_target_positions, &terms_position);
	take_bits(q, &q->acts, g->filter->not_acts, &terms_act);
	take_bits(q, &q->polarities, g->filter->not_polarities, &terms_polarity);
	take_bits(q, &q->statuses, g->filter->not_statuses, &terms_status);
	if (gather_speakers(g))
		return -1;
	gather_issues(g);
	q->is_void |= (g->has_speaker || g->has_country) && q->speakers.n == 0;
	q->is_void |= (g->has_issue || g->has_cap) && q->issues.n == 0;
	q->is_void |= question_has(g->q, "target") && q->targets.n == 0;
	q->is_void |= question_has(g->q, "addressee") && q->addressees.n == 0;
	q->limit = g->q->limit;
	q->oldest_first = g->q->oldest_first;
	q->by_confidence = g->q->by_confidence;
	size_t issues = q->issues.n ? q->issues.n : 1, speakers = q->speakers.n ? q->speakers.n : 1;
	if (speakers > (size_t)QUERY_RANGES_MAX / issues)
		return err_set(g->e, ERR_VALUE,
			       g->has_speaker ? "speaker"
			       : g->has_issue ? "issue"
					      : "cap",
			       "%zu speakers and %zu issues have these names; more than %d pairs "
			       "of them are too many",
			       q->speakers.n, q->issues.n, QUERY_RANGES_MAX);
	return 0;
}

static bool is_unknown(const struct part *p)
{
	return p->note == note_unknown || p->note == note_unknown_beside;
}

/* An unknown name beside a known one of the same parameter leaves an answer. */
static void note_alternatives(const struct interpretation *parts)
{
	for (size_t i = 0; i < parts->n; i++)
		for (size_t k = 0; k < parts->n && parts->v[i].note == note_unknown; k++) {
			const struct part *other = &parts->v[k];
			if (other->condition->spec == parts->v[i].condition->spec &&
			    !other->condition->is_not && !is_unknown(other))
				parts->v[i].note = note_unknown_beside;
		}
}

static bool is_reported(const struct condition *c)
{
	return c->spec->use != PARAM_PAGE && c->spec->use != PARAM_PHRASE;
}

/* Which of an article's two dates a day is compared with. */
static const char *day_reading(const struct condition *c)
{
	if (c->spec->use != PARAM_DAY)
		return NULL;
	return str_starts(str_of(c->spec->name), STR("said"))
		       ? "by the day it was said, where the text gives one"
		       : "by the article's date";
}

int question_interpret(const struct question *q, struct statement_filter *f, struct reader *r,
		       struct lookup *names, struct interpretation *out, struct err *e)
{
	struct lookup own = lookup_in_store(r, q->arena);
	struct gathering g = {
		.q = q, .filter = f, .r = r, .names = names ? names : &own, .parts = out, .e = e};
	*out = (struct interpretation){.v = arena_array(q->arena, q->n, sizeof *out->v)};
	if (!out->v)
		return arena_full(e);
	for (size_t i = 0; i < q->n; i++) {
		const struct condition *c = &q->conditions[i];
		if (!is_reported(c))
			continue;
		struct part *part = &out->v[out->n++];
		*part = (struct part){.condition = c, .reading = day_reading(c)};
		if (take(&g, c, part))
			return -1;
	}
	note_alternatives(out);
	return complete(&g);
}

/* At most so many matches are listed: a topic may have hundreds of issues. */
enum { MATCHES_LISTED = 20 };

static void matches_write(struct jw *j, const struct part *p)
{
	JW_NAME(j, "matched");
	jw_open_array(j);
	for (size_t i = 0; i < p->actors.n && i < MATCHES_LISTED; i++) {
		jw_open_object(j);
		JW_MEMBER(j, "id", p->actors.v[i].actor.id);
		JW_MEMBER(j, "name", p->actors.v[i].actor.name);
		JW_MEMBER(j, "alias", p->actors.v[i].alias);
		jw_close_object(j);
	}
	for (size_t i = 0; i < p->issues.n && i < MATCHES_LISTED; i++) {
		jw_open_object(j);
		JW_MEMBER(j, "id", p->issues.v[i].issue.id);
		JW_MEMBER(j, "name", p->issues.v[i].issue.label);
		JW_MEMBER(j, "alias", p->issues.v[i].alias);
		jw_close_object(j);
	}
	jw_close_array(j);
}

void interpretation_write(struct jw *j, const struct interpretation *in)
{
	jw_open_array(j);
	for (size_t i = 0; i < in->n; i++) {
		const struct part *p = &in->v[i];
		const struct condition *c = p->condition;
		jw_open_object(j);
		JW_MEMBER(j, "parameter", str_of(c->spec->name));
		JW_MEMBER(j, "value", c->value);
		JW_MEMBER(j, "not", c->is_not);
		if (c->words.n)
			JW_MEMBER(j, "words", c->words);
		if (c->spec->use == PARAM_NAME)
			matches_write(j, p);
		if (p->reading)
			JW_MEMBER(j, "reading", str_of(p->reading));
		if (p->note)
			JW_MEMBER(j, "note", str_of(p->note));
		if (p->meant.n)
			JW_MEMBER(j, "did_you_mean", p->meant);
		jw_close_object(j);
	}
	jw_close_array(j);
}
