/* Statements by dice, and questions answered by looking at each. */
#include "tests/conformance/world.h"

const char *const world_words[WORDS] = {"kabo", "limu", "tiro", "vanu", "zelo", "pira",
					"domu", "fako", "gilo", "hutu", "juma", "zürich"};
const char *const world_roles[ROLES] = {"", "Foreign Minister", "Prime Minister", "spokesman"};
const char *const world_outlets[OUTLETS] = {"", "Alpha", "Beta", "Gamma", "O'Delta"};

/* Four countries, then organizations, persons and groups of them, some of none. */
static void make_names(struct world *w)
{
	static const char *const codes[] = {"AAA", "BBB", "CCC", "DDD"};
	for (int i = 0; i < ACTORS; i++) {
		struct actor *a = &w->actors[i];
		*a = (struct actor){.kind = i < 4 ? ACTOR_COUNTRY
						  : (enum actor_kind)(i % ACTOR_KIND_COUNT)};
		if (i >= 4 && a->kind == ACTOR_COUNTRY)
			a->kind = ACTOR_PERSON;
		a->id = i < 4 ? str_of(codes[i]) : arena_printf(&w->f.arena, "actor-%d", i);
		a->name = arena_printf(&w->f.arena, "Actor %d", i);
		a->country = i % 7 == 6 ? STR_EMPTY : str_of(codes[i % 4]);
	}
	for (int i = 0; i < ISSUES; i++)
		w->issues[i] = (struct issue){.id = arena_printf(&w->f.arena, "issue-%d", i),
					      .label = arena_printf(&w->f.arena, "issue %d", i)};
}

static struct str random_content(struct world *w)
{
	char text[128] = "";
	size_t n = 0;
	for (uint32_t left = 2 + dice(&w->random, 6); left; left--)
		n += (size_t)snprintf(text + n, sizeof text - n, "%s%s",
				      world_words[dice(&w->random, WORDS)], left > 1 ? " " : ".");
	return arena_str(&w->f.arena, str_of(text));
}

static void random_said(struct world *w, struct row *r)
{
	struct arena *a = &w->f.arena;
	r->said_from = r->said_to = DAY_NONE;
	day_t day = FIRST_DAY + (day_t)dice(&w->random, DAYS);
	struct civil c = civil_from_day(day);
	r->s.said_on.text = STR("then");
	switch (dice(&w->random, 5)) {
	case 0:
		r->s.said_on.date = day_format(a, day);
		r->said_from = r->said_to = day;
		break;
	case 1:
		r->s.said_on.date = arena_printf(a, "%04d-%02d", c.year, c.month);
		r->s.said_on.precision = PRECISION_MONTH;
		r->said_from = day_from_civil((struct civil){c.year, c.month, 1});
		r->said_to = day_from_civil(
			(struct civil){c.year, c.month, days_in_month(c.year, c.month)});
		break;
	case 2:
		r->s.said_on.date = arena_printf(a, "%04d", c.year);
		r->s.said_on.precision = PRECISION_YEAR;
		r->said_from = day_from_civil((struct civil){c.year, 1, 1});
		r->said_to = day_from_civil((struct civil){c.year, 12, 31});
		break;
	case 3:
		break;
	default:
		r->s.said_on =
			(struct said_on){.text = STR_EMPTY, .date = STR_EMPTY, .rule = STR_EMPTY};
	}
	r->s.said_on.from = r->said_from;
	r->s.said_on.to = r->said_to;
}

/* The square makes the first ones frequent. */
static int random_actor(struct world *w)
{
	uint32_t v = dice(&w->random, ACTORS + 4);
	return v >= ACTORS ? -1 : (int)(v * (1 + dice(&w->random, ACTORS)) / ACTORS);
}

static enum position random_position(struct world *w)
{
	return (enum position)dice(&w->random, POSITION_COUNT);
}

static void random_row(struct world *w, struct row *r)
{
	struct issue_hit *hits = arena_array(&w->f.arena, LIST, sizeof *hits);
	memset(r, 0, sizeof *r);
	r->speaker = random_actor(w);
	r->target = dice(&w->random, 3) ? -1 : random_actor(w);
	r->addressee = dice(&w->random, 3) ? -1 : random_actor(w);
	r->s = plain_statement(random_content(w), r->speaker < 0 ? NULL : &w->actors[r->speaker]);
	r->s.stance.target = r->target < 0 ? NULL : &w->actors[r->target];
	r->s.addressee = r->addressee < 0 ? NULL : &w->actors[r->addressee];
	r->s.kind = (enum statement_kind)dice(&w->random, KIND_COUNT);
	r->s.stance.position = random_position(w);
	r->s.stance.target_position = random_position(w);
	r->s.stance.act = (enum act)dice(&w->random, ACT_COUNT);
	r->s.polarity = (enum polarity)dice(&w->random, POLARITY_COUNT);
	r->s.status = (enum status)dice(&w->random, STATUS_COUNT);
	r->s.is_nested = dice(&w->random, 8) == 0;
	r->s.confidence = (float)dice(&w->random, 1001) / 1000;
	r->s.stance.confidence = (float)dice(&w->random, 1001) / 1000;
	r->s.speaker_role = str_of(world_roles[dice(&w->random, ROLES)]);
	r->s.issues = hits;
	for (r->s.n_issues = dice(&w->random, LIST + 1); hits < r->s.issues + r->s.n_issues;
	     hits++) {
		/* The same issue twice is allowed. */
		uint32_t issue = dice(&w->random, ISSUES);
		*hits = (struct issue_hit){.issue = &w->issues[issue],
					   .score = 0.5F,
					   .position = random_position(w),
					   .position_confidence =
						   (float)dice(&w->random, 1001) / 1000};
		if (!r->on[issue])
			r->on[issue] = hits;
	}
	if (r->s.n_issues && r->s.issues[0].position != POSITION_NONE)
		r->s.stance.position = r->s.issues[0].position;
	random_said(w, r);
}

void world_open(struct world *w, uint64_t seed)
{
	memset(w, 0, sizeof *w);
	fixture_open(&w->f);
	w->random = seed;
	make_names(w);
	struct knowledge all = {w->actors, ACTORS, w->issues, ISSUES, STR_EMPTY};
	assert_ok(store_seed(w->f.store, &all, &w->f.e), w->f.e);
	w->rows = calloc((size_t)ARTICLES * STATEMENTS_MAX, sizeof *w->rows);
	w->writes = calloc(ARTICLES, sizeof *w->writes);
	struct write **group = calloc(ARTICLES, sizeof(struct write *));
	for (int i = 0; i < ARTICLES; i++) {
		size_t n = dice(&w->random, STATEMENTS_MAX + 1);
		struct statement *v = arena_array(&w->f.arena, n, sizeof *v);
		for (size_t k = 0; k < n; k++) {
			random_row(w, &w->rows[w->n_rows + k]);
			v[k] = w->rows[w->n_rows + k].s;
		}
		day_t day = FIRST_DAY + (day_t)dice(&w->random, DAYS);
		w->writes[i] = made_article(arena_printf(&w->f.arena, "text %d", i),
					    day_format(&w->f.arena, day), v, n);
		w->writes[i].article.outlet = str_of(world_outlets[dice(&w->random, OUTLETS)]);
		group[i] = &w->writes[i];
		w->n_rows += n;
	}
	assert_ok(store_write_all(w->f.store, group, ARTICLES, &w->f.e), w->f.e);
	free(group);
	struct row *r = w->rows;
	for (int i = 0; i < ARTICLES; i++)
		for (size_t k = 0; k < w->writes[i].extraction.n_statements; k++, r++) {
			r->article = w->writes[i].id;
			r->id = r->article - 1 - (int64_t)k;
			r->of = &w->writes[i].article;
		}
	for (int i = 0; i < ACTORS; i++)
		w->actor_keys[i] = fixture_actor(&w->f, w->actors[i].id).key;
	for (int i = 0; i < ISSUES; i++)
		w->issue_keys[i] = fixture_issue(&w->f, w->issues[i].id).key;
}

void world_close(struct world *w)
{
	free(w->rows);
	free(w->writes);
	fixture_close(&w->f);
}

static bool speaks_for(const struct world *w, const struct row *r, int actor, bool members)
{
	if (r->speaker < 0)
		return false;
	if (r->speaker == actor)
		return true;
	const struct actor *a = &w->actors[actor];
	return members && a->kind == ACTOR_COUNTRY && str_eq(w->actors[r->speaker].country, a->id);
}

static bool in_list(const int *v, size_t n, int x)
{
	for (size_t i = 0; i < n; i++)
		if (v[i] == x)
			return true;
	return false;
}

static bool has_issue(const struct row *r, const int *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (r->on[v[i]])
			return true;
	return false;
}

static bool in_mask(uint32_t mask, int value)
{
	return !mask || (mask >> value & 1);
}

/* The position on an issue; none has no confidence. */
bool world_takes(const struct issue_hit *hit, const struct statement_query *q)
{
	enum position position = hit->position;
	float confidence = position != POSITION_NONE ? hit->position_confidence : 0;
	return in_mask(q->positions, (int)position) &&
	       confidence >= q->min_position_confidence - 0.0001F;
}

/* The statement's own: where the first issue is only mentioned, or there is none, it has no
 * confidence. */
static bool takes_its_own(const struct row *r, const struct statement_query *q)
{
	struct issue_hit own = {.position = r->s.stance.position};
	if (r->s.n_issues && r->s.issues[0].position != POSITION_NONE)
		own.position_confidence = r->s.issues[0].position_confidence;
	return world_takes(&own, q);
}

/* On one of the issues that are asked for; else its own. */
static bool takes_position(const struct question *x, const struct row *r)
{
	for (size_t i = 0; i < x->q.issues.n; i++)
		if (r->on[x->issues[i]] && world_takes(r->on[x->issues[i]], &x->q))
			return true;
	return !x->q.issues.n && takes_its_own(r, &x->q);
}

static bool has_speaker(const struct world *w, const struct row *r, const int *v,
			const bool *members, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (speaks_for(w, r, v[i], members[i]))
			return true;
	return false;
}

static bool has_role(const struct row *r, struct strs wanted)
{
	static const char *const folded[] = {"minister", "foreign minister", "prime", "spokesman",
					     "min"};
	static const int of[] = {0x6, 0x2, 0x4, 0x8, 0};
	for (size_t i = 0; i < wanted.n; i++)
		for (int k = 0; k < 5; k++)
			for (int role = 0; role < ROLES; role++)
				if (str_eq(wanted.v[i], str_of(folded[k])) && (of[k] >> role & 1) &&
				    str_eq(r->s.speaker_role, str_of(world_roles[role])))
					return true;
	return !wanted.n;
}

static bool has_phrases(const struct row *r, struct strs phrases)
{
	for (size_t i = 0; i < phrases.n; i++)
		if (str_find(r->s.content, phrases.v[i], 0) == SIZE_MAX)
			return false;
	return true;
}

static bool dates_match(const struct row *r, const struct statement_query *q)
{
	day_t published = article_day(r->of);
	if (published == DAY_NONE)
		return false;
	bool has_said = r->said_from != DAY_NONE;
	return (q->published_after == DAY_NONE || published >= q->published_after) &&
	       (q->published_before == DAY_NONE || published <= q->published_before) &&
	       (q->said_after == DAY_NONE || (has_said && r->said_to >= q->said_after)) &&
	       (q->said_before == DAY_NONE || (has_said && r->said_from <= q->said_before));
}

/* One that is not counted is told by its article, when no facet is asked for; a nested one to who
 * asks for such. */
static bool is_told(const struct row *r, const struct question *x)
{
	const struct statement_query *q = &x->q;
	bool is_rejected = r->s.status == STATUS_REJECTED;
	if (q->nested == NESTED_ALONE)
		return r->s.is_nested && !is_rejected;
	if (!is_rejected && (!r->s.is_nested || q->nested == NESTED_INCLUDED))
		return true;
	return q->article && !x->is_count && !q->speakers.n && !q->issues.n && !q->not_speakers.n &&
	       !q->not_issues.n;
}

bool world_matches(const struct world *w, const struct question *x, const struct row *r)
{
	const struct statement_query *q = &x->q;
	return !r->is_gone && !q->is_void && is_told(r, x) &&
	       (!q->article || q->article == r->article) &&
	       (!q->speakers.n || has_speaker(w, r, x->speakers, x->members, q->speakers.n)) &&
	       !has_speaker(w, r, x->not_speakers, x->not_members, q->not_speakers.n) &&
	       (!q->issues.n || has_issue(r, x->issues, q->issues.n)) &&
	       !has_issue(r, x->not_issues, q->not_issues.n) &&
	       (!q->targets.n || in_list(x->targets, q->targets.n, r->target)) &&
	       !in_list(x->not_targets, q->not_targets.n, r->target) &&
	       (!q->addressees.n || in_list(x->addressees, q->addressees.n, r->addressee)) &&
	       !in_list(x->not_addressees, q->not_addressees.n, r->addressee) &&
	       in_mask(q->kinds, (int)r->s.kind) &&
	       (!q->target_positions ||
		(r->target >= 0 &&
		 in_mask(q->target_positions, (int)r->s.stance.target_position))) &&
	       takes_position(x, r) && in_mask(q->acts, (int)r->s.stance.act) &&
	       in_mask(q->polarities, (int)r->s.polarity) &&
	       in_mask(q->statuses, (int)r->s.status) && dates_match(r, q) &&
	       (!q->outlets.n || in_strs(q->outlets, r->of->outlet)) &&
	       !in_strs(q->not_outlets, r->of->outlet) && has_role(r, q->roles) &&
	       has_phrases(r, q->phrases) && r->s.confidence >= q->min_confidence - 0.0001F &&
	       r->s.stance.confidence >= q->min_stance_confidence - 0.0001F;
}
