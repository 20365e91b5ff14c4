/* The issues of the newest statements that take the position with the words near: those that have
 * most of the words in their names. */
#include "api/asked_position.h"

#include "api/query/about_text.h"
#include "api/query/phrase_words.h"
#include "api/resource.h"
#include "base/fold.h"

enum { LOOKED_AT = PAGE_LIMIT_MAX, OBJECTS_MAX = 48, OBJECTS_NAMED = 16 };

struct object {
	struct str label;
	size_t n; /* statements that take the position on it; of one that is not asked about 0 */
};

struct objects {
	struct object v[OBJECTS_MAX];
	size_t n;
	bool has_bare;	/* some take the position on their content, of which no issue is made */
	struct str ids; /* of the statements that take it on what is asked about */
	const struct statement_query *q;
	struct lookup *names;
	struct arena *a;
};

/* Is it an issue that the words of the group name? */
static int is_named(struct objects *o, const struct about_group *g, struct str label, bool *out,
		    struct err *e)
{
	struct issue_matches of;
	*out = false;
	for (size_t i = 0; i < g->any.n && !*out; i++) {
		if (lookup_issues(o->names, g->any.v[i], &of, e))
			return -1;
		for (size_t k = 0; k < of.n && !*out; k++)
			*out = str_eq(of.v[k].issue.label, label);
	}
	return 0;
}

static int is_actor(struct objects *o, const struct about_group *g, bool *out, struct err *e)
{
	struct actor_matches of = {0};
	if (g->any.n && lookup_actors(o->names, g->any.v[0], &of, e))
		return -1;
	*out = of.n > 0;
	return 0;
}

/* "of" of "suspension of parliament". */
static bool is_small(const struct about_group *g)
{
	struct phrase_word words[PHRASE_WORDS_MAX];
	struct err ignored = {0};
	size_t n;
	return g->any.n && words_split(g->any.v[0], words, &n, &ignored) == 0 && n == 1 &&
	       word_has(&words[0], ROLE_EMPTY | ROLE_ASIDE);
}

/* Of the words that name nobody, or where all are names of the names ("sanctions on Russia" are
 * sanctions): the last and half of them ("border wall" is a wall, and "flu vaccine" no flu), or of
 * three and more two thirds. A term of an issue tells only where it is all that is asked about:
 * cholera is the issue of diseases, a flu vaccine is not. */
static int is_about_way(struct objects *o, const struct about_way *way, struct str label,
			struct str folded, bool *out, struct err *e)
{
	struct tally {
		size_t n, fit, last;
		bool fits_last;
	} all[2] = {{0}, {0}}, *t;
	for (size_t i = 0; i < way->n; i++) {
		bool is_name;
		size_t times;
		if (is_small(&way->groups[i]))
			continue;
		if (is_actor(o, &way->groups[i], &is_name, e) ||
		    about_group_count(&way->groups[i], folded, o->a, &times, e))
			return -1;
		t = &all[is_name];
		t->n++;
		t->last = i;
		t->fits_last = times > 0;
		t->fit += times > 0;
	}
	t = &all[all[false].n == 0];
	*out = (t->fits_last && 2 * t->fit >= t->n) || (t->n > 2 && 3 * t->fit >= 2 * t->n);
	return *out || t->n != 1 ? 0 : is_named(o, &way->groups[t->last], label, out, e);
}

/* What it is, without what is said of it farther on: "final say on Brexit" is no Brexit. */
static struct str head_of(struct str folded)
{
	enum { HEAD_WORDS = 4 };
	struct str rest = folded, word;
	for (int n = 0; n < HEAD_WORDS && str_split(&rest, ' ', &word); n++)
		folded.n = (size_t)(word.p + word.n - folded.p);
	return folded;
}

static int is_asked(struct objects *o, struct str label, bool *out, struct err *e)
{
	struct str folded = str_fold(o->a, label);
	if (!folded.p)
		return arena_full(e);
	folded = head_of(folded);
	*out = true;
	for (size_t i = 0; i < o->q->n_about && *out; i++) {
		bool any = false;
		for (size_t k = 0; k < o->q->about[i].n && !any; k++)
			if (is_about_way(o, &o->q->about[i].ways[k], label, folded, &any, e))
				return -1;
		*out = any;
	}
	return 0;
}

/* "Bill de Blasio" is no bill. */
static int is_issue_asked(struct objects *o, struct str label, bool *out, struct err *e)
{
	struct actor_matches of;
	if (is_asked(o, label, out, e) || lookup_actors(o->names, label, &of, e))
		return -1;
	*out = *out && (of.n == 0 || of.v[0].actor.kind != ACTOR_PERSON);
	return 0;
}

static int meet(struct objects *o, struct str label, bool *is_it, struct err *e)
{
	for (size_t i = 0; i < o->n; i++)
		if (str_eq(o->v[i].label, label)) {
			*is_it = o->v[i].n > 0;
			o->v[i].n += *is_it;
			return 0;
		}
	if (is_issue_asked(o, label, is_it, e))
		return -1;
	if (o->n < OBJECTS_MAX)
		o->v[o->n++] = (struct object){label, *is_it};
	return 0;
}

static int look_at(struct objects *o, const struct statement *s, struct err *e)
{
	bool any = false, is_it = false, is_bare = true;
	for (size_t i = 0; i < s->n_issues; i++) {
		is_bare &= s->issues[i].position == POSITION_NONE;
		if (!(o->q->positions >> s->issues[i].position & 1))
			continue;
		if (meet(o, s->issues[i].issue->label, &is_it, e))
			return -1;
		any |= is_it;
	}
	if (is_bare && (is_asked(o, s->content, &any, e)))
		return -1;
	o->has_bare |= is_bare && any;
	if (any)
		o->ids = arena_printf(o->a, "%.*s%s%lld", STR_ARG(o->ids), o->ids.n ? "," : "",
				      (long long)s->id);
	return o->ids.p ? 0 : arena_full(e);
}

/* *all: no more take the position with the words near. */
static int find_objects(struct request *rq, struct reader *r, struct objects *o, bool *all,
			struct err *e)
{
	struct statement_query some = *o->q;
	struct statement_list list = {0};
	int64_t next = 0;
	some.limit = LOOKED_AT;
	if (!some.is_void && store_statements(r, &some, rq->arena, &list, &next, e))
		return -1;
	for (size_t i = 0; i < list.n; i++)
		if (look_at(o, &list.v[i], e))
			return -1;
	*all = next == 0;
	return 0;
}

/* Those that are asked about, the ones of most statements first. */
static int name_objects(const struct objects *o, struct strs *out, struct err *e)
{
	struct str *v = arena_array(o->a, OBJECTS_NAMED, sizeof *v);
	bool taken[OBJECTS_MAX] = {false};
	*out = (struct strs){v, 0};
	if (!v)
		return arena_full(e);
	while (out->n < OBJECTS_NAMED) {
		size_t best = o->n;
		for (size_t i = 0; i < o->n; i++)
			if (o->v[i].n && !taken[i] && (best == o->n || o->v[i].n > o->v[best].n))
				best = i;
		if (best == o->n)
			return 0;
		taken[best] = true;
		v[out->n++] = o->v[best].label;
	}
	return 0;
}

/* Mentions of it where nothing takes the position. */
static int mention(struct asked *k, const struct phrase *of, struct err *e)
{
	int rc = phrase_any_stance(of, &k->mentions, e);
	if (rc == 0)
		k->mentions.n = 0;
	return rc < 0 ? -1 : 0;
}

int asked_position(struct request *rq, struct reader *r, struct asked *k, size_t own, size_t n,
		   struct err *e)
{
	struct phrase *strict = arena_alloc(rq->arena, sizeof *strict);
	struct objects *o = arena_alloc(rq->arena, sizeof *o);
	struct strs labels;
	bool is_all;
	if (!strict || !o)
		return arena_full(e);
	if (n == 0)
		return mention(k, &k->phrase, e);
	if (!phrase_takes_side_near(&k->phrase))
		return 0;
	k->mentions = k->phrase;
	if (own && phrase_takes_side_towards(&k->likeliest))
		return asked_take(rq, r, k, &k->likeliest, e);
	*o = (struct objects){
		.ids = STR(""), .q = &k->filter.q, .names = &k->names, .a = rq->arena};
	if (find_objects(rq, r, o, &is_all, e) || name_objects(o, &labels, e))
		return -1;
	int rc = o->ids.n ? 0 : phrase_in_any_way(&k->likeliest, strict, e);
	if (rc < 0)
		return -1;
	if (rc == 0 && o->has_bare && is_all)
		phrase_of_ids(&k->phrase, o->ids, strict);
	else if (rc == 0)
		phrase_on_issues(&k->phrase, labels, strict);
	return asked_take(rq, r, k, strict, e);
}
