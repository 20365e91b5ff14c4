/* A phrase becomes the parameters that it says; from there on it is the same question. */
#include "api/asked.h"

#include <limits.h>

#include "api/asked_articles.h"
#include "api/query/phrase_read.h"
#include "api/resource.h"
#include "db/record_names.h"

static void ask_nothing(struct request *rq, struct asked *k)
{
	statement_filter_init(&k->filter);
	question_init(&k->q, &params_statements, &k->filter, rq->arena);
}

void asked_init(struct request *rq, struct asked *k, const struct param_table *table, void *filter)
{
	*k = (struct asked){.today = DAY_NONE};
	question_init(&k->outer, table, filter, rq->arena);
	ask_nothing(rq, k);
}

/* By the parameters of /v1/statements themselves nothing has to be said again. */
static bool is_plain(const struct asked *k)
{
	return k->outer.table == &params_statements;
}

int asked_read(struct request *rq, struct asked *k, struct err *e)
{
	struct question *q = is_plain(k) ? &k->q : &k->outer;
	if (question_read(q, rq->params, rq->n_params, e))
		return -1;
	k->is_phrase = q->phrase.n > 0;
	return 0;
}

/* Those of the outer parameters that /v1/statements has, too. */
static int add_outer(struct request *rq, struct asked *k, struct err *e)
{
	for (size_t i = 0; i < k->outer.n; i++) {
		const struct condition *given = &k->outer.conditions[i];
		const struct param_spec *spec =
			param_find(&params_statements, str_of(given->spec->name));
		struct condition c = {.value = given->value};
		if (!spec || spec->set != given->spec->set)
			continue;
		if (given->is_not)
			c.value = arena_printf(rq->arena, "!%.*s", STR_ARG(c.value));
		if (!c.value.p)
			return arena_full(e);
		if (question_add(&k->q, str_of(spec->name), c, e))
			return -1;
	}
	return 0;
}

int asked_take(struct request *rq, struct reader *r, struct asked *k, const struct phrase *p,
	       struct err *e)
{
	k->phrase = *p;
	ask_nothing(rq, k);
	for (size_t i = 0; i < p->n; i++)
		if (question_add(&k->q, p->terms[i].name, p->terms[i].given, e))
			return -1;
	return add_outer(rq, k, e) ||
			       question_interpret(&k->q, &k->filter, r, &k->names, &k->parts, e)
		       ? -1
		       : 0;
}

/* Fewer statements than these are few: more is looked for. */
enum { ENOUGH = 3 };

static int count_to(struct request *rq, struct reader *r, const struct asked *k, int most,
		    size_t *out, struct err *e)
{
	struct statement_query some = k->filter.q;
	struct statement_list list = {0};
	int64_t next;
	some.limit = most;
	if (!some.is_void && store_statements(r, &some, rq->arena, &list, &next, e))
		return -1;
	*out = list.n;
	return 0;
}

/* Takes the other reading where it finds more than *n, counted to `most`: 1; else 0. */
static int take_if_more(struct request *rq, struct reader *r, struct asked *k,
			const struct phrase *other, int most, size_t *n, struct err *e)
{
	struct phrase *before = arena_alloc(rq->arena, sizeof *before);
	size_t more;
	if (!before)
		return arena_full(e);
	*before = k->phrase;
	if (asked_take(rq, r, k, other, e) || count_to(rq, r, k, most, &more, e))
		return -1;
	if (more <= *n)
		return asked_take(rq, r, k, before, e);
	*n = more;
	return 1;
}

/* What is said in articles of the topic. The first reading that has words for it tells it. */
static int take_in_articles(struct request *rq, struct reader *r, struct asked *k,
			    const struct phrase *of, size_t *n, struct phrase *other, struct err *e)
{
	struct phrase *found = arena_alloc(rq->arena, sizeof *found);
	struct phrase *before = arena_alloc(rq->arena, sizeof *before);
	if (!found || !before)
		return arena_full(e);
	*before = k->phrase;
	*other = *of;
	for (int number = 1; !phrase_without_topic(other, found); number++) {
		int rc = phrase_reading(of, number, rq->arena, other, e);
		if (rc <= 0 || other->left_out.n)
			return rc < 0 ? -1 : 0;
	}
	int rc = asked_articles(rq, r, k, other, found, e);
	if (rc < 0 || asked_take(rq, r, k, before, e))
		return -1;
	return rc > 0 && take_if_more(rq, r, k, found, ENOUGH, n, e) < 0 ? -1 : 0;
}

/* Readings from the *number'th on, to the first that finds something, or that is one too many of
 * those that leave out words. */
static int take_readings(struct request *rq, struct reader *r, struct asked *k,
			 const struct phrase *of, int *number, int most_less, size_t *n,
			 struct phrase *other, struct err *e)
{
	for (int less = 0; *n == 0; ++*number) {
		int rc = phrase_reading(of, *number, rq->arena, other, e);
		if (rc <= 0)
			return rc;
		less += other->left_out.n > 0;
		if (less > most_less)
			return 0;
		if (!other->is_loose && take_if_more(rq, r, k, other, ENOUGH, n, e) < 0)
			return -1;
	}
	return 0;
}

/* The first reading that finds something; when none does, the likeliest. That all words of the
 * topic are in the article says more than that few of them are near the statement, and less than
 * that all but one are. */
static int take_first(struct request *rq, struct reader *r, struct asked *k,
		      const struct phrase *of, size_t *n, struct phrase *other, struct err *e)
{
	int number = 1;
	if (*n)
		return 0;
	return take_readings(rq, r, k, of, &number, 1, n, other, e) ||
			       (*n == 0 && take_in_articles(rq, r, k, of, n, other, e)) ||
			       take_readings(rq, r, k, of, &number, INT_MAX, n, other, e)
		       ? -1
		       : 0;
}

/* Those who are called as the question says. */
static int take_called(struct request *rq, struct reader *r, struct asked *k, size_t *n,
		       struct phrase *called, bool *has, struct err *e)
{
	struct holder_list who;
	size_t none = 0;
	if (!k->likeliest.called.n || (*n >= ENOUGH && !k->likeliest.is_called_first))
		return 0;
	if (holders_find(r, k->likeliest.called, rq->arena, &who, e))
		return -1;
	int rc = phrase_called(&k->likeliest, &who, rq->arena, called, e);
	if (rc <= 0)
		return rc;
	*has = true;
	if (!k->likeliest.is_called_first)
		return take_if_more(rq, r, k, called, ENOUGH, n, e) < 0 ? -1 : 0;
	rc = take_if_more(rq, r, k, called, ENOUGH, &none, e);
	*n = rc > 0 ? none : *n;
	return rc < 0 ? -1 : 0;
}

static bool is_few(const struct asked *k, size_t n)
{
	return k->phrase.wish != WISH_COUNT && (n < ENOUGH || k->likeliest.asks_all);
}

/* Who asks for people is told of those, too, whom others say to say so. */
static int take_nested(struct request *rq, struct reader *r, struct asked *k, size_t *n,
		       struct phrase *other, struct err *e)
{
	bool is_all = k->phrase.wish == WISH_ACTORS || k->likeliest.asks_all;
	int most = is_all ? PAGE_LIMIT_MAX : ENOUGH;
	if (question_has(&k->outer, "nested") || !(is_few(k, *n) || is_all) ||
	    !phrase_nested(&k->phrase, other))
		return 0;
	if (is_all && count_to(rq, r, k, most, n, e))
		return -1;
	return take_if_more(rq, r, k, other, most, n, e) < 0 ? -1 : 0;
}

/* Those who speak for a country, where they are not too many to tell of it. */
static int find_people(struct request *rq, struct reader *r, struct str country,
		       struct holder_list *out, struct err *e)
{
	struct name_query q = {
		.kind = -1, .country = country, .with_statements = true, .limit = HOLDERS_MAX + 1};
	struct actor_matches found;
	struct str next;
	out->n = 0;
	if (store_actors(r, &q, rq->arena, &found, &next, e))
		return -1;
	for (size_t i = 0; i < found.n && found.n <= HOLDERS_MAX; i++) {
		if (found.v[i].actor.kind == ACTOR_COUNTRY)
			continue;
		out->ids[out->n] = found.v[i].actor.id;
		out->names[out->n++] = found.v[i].actor.name;
	}
	return 0;
}

/* By the issue of a name, and by those who speak for a country. */
static int take_related(struct request *rq, struct reader *r, struct asked *k, size_t *n,
			struct phrase *other, struct err *e)
{
	const struct phrase_topic *t = &k->likeliest.topic;
	struct holder_list who;
	if (*n == 0 || !is_few(k, *n) || !k->phrase.topic.n)
		return 0;
	int rc = phrase_by_issue(&k->phrase, rq->arena, other, e);
	if (rc < 0 || (rc > 0 && take_if_more(rq, r, k, other, ENOUGH, n, e) < 0))
		return -1;
	for (size_t i = 0; i < t->n && is_few(k, *n); i++) {
		if (!t->country[i].n)
			continue;
		if (find_people(rq, r, t->country[i], &who, e))
			return -1;
		rc = phrase_by_people(&k->phrase, i, &who, rq->arena, other, e);
		if (rc > 0)
			rc = take_if_more(rq, r, k, other, PAGE_LIMIT_MAX, n, e);
		if (rc != 0)
			return rc < 0 ? -1 : 0;
	}
	return 0;
}

static int take_less(struct request *rq, struct reader *r, struct asked *k, size_t *n,
		     struct phrase *other, struct err *e)
{
	if (*n == 0 || *n >= ENOUGH || k->phrase.wish == WISH_COUNT || k->phrase.left_out.n)
		return 0;
	for (int number = 1;; number++) {
		int rc = phrase_less(&k->phrase, number, (int)*n, rq->arena, other, e);
		if (rc <= 0 || other->is_loose)
			return rc < 0 ? -1 : 0;
		rc = take_if_more(rq, r, k, other, ENOUGH, n, e);
		if (rc != 0)
			return rc < 0 ? -1 : 0;
	}
}

/* The first reading that finds something, and where that is little, what finds more like it. */
static int choose_reading(struct request *rq, struct reader *r, struct asked *k, struct err *e)
{
	struct phrase *other = arena_alloc(rq->arena, sizeof *other);
	struct phrase *called = arena_alloc(rq->arena, sizeof *called);
	bool has_called = false;
	size_t n;
	if (!other || !called)
		return arena_full(e);
	if (asked_take(rq, r, k, &k->likeliest, e) || count_to(rq, r, k, ENOUGH, &n, e) ||
	    take_called(rq, r, k, &n, called, &has_called, e) ||
	    take_first(rq, r, k, &k->likeliest, &n, other, e) ||
	    (has_called && take_first(rq, r, k, called, &n, other, e)))
		return -1;
	return take_nested(rq, r, k, &n, other, e) || take_related(rq, r, k, &n, other, e) ||
			       take_less(rq, r, k, &n, other, e)
		       ? -1
		       : 0;
}

int asked_interpret(struct request *rq, struct reader *r, struct asked *k, struct err *e)
{
	struct phrase_days days;
	k->names = lookup_in_store(r, rq->arena);
	if (!k->is_phrase)
		return (!is_plain(k) && add_outer(rq, k, e)) ||
				       question_interpret(&k->q, &k->filter, r, &k->names,
							  &k->parts, e)
			       ? -1
			       : 0;
	k->today = days.today = (day_t)(now_unix_ms() / (24 * 60 * 60 * 1000));
	if (store_newest_day(r, &days.newest, e) ||
	    phrase_read(k->outer.phrase, &k->names, days, rq->arena, &k->likeliest, e))
		return -1;
	return choose_reading(rq, r, k, e);
}

int canonical_member(struct request *rq, struct jw *j, const struct question *q, struct err *e)
{
	struct str same = question_canonical(q);
	struct str canonical = same.p ? relative_link(rq, STR("/v1/statements"), same) : same;
	if (!canonical.p)
		return arena_full(e);
	JW_MEMBER(j, "canonical", canonical);
	return 0;
}
