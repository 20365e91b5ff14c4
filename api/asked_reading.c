/* The likeliest reading, then others until one finds something, and what finds more like it. */
#include "api/asked_reading.h"

#include <limits.h>

#include "api/asked_articles.h"
#include "api/asked_office.h"
#include "api/asked_position.h"
#include "api/query/phrase_read.h"
#include "api/resource.h"
#include "base/clock.h"
#include "db/record_names.h"

/* Fewer statements than these are few: more is looked for. */
enum { ENOUGH = 3 };

/* Their rows are not read; an article's page goes by its text. */
static int count_to(struct request *rq, struct reader *r, const struct asked *k, int most,
		    size_t *out, struct err *e)
{
	struct statement_query some = k->filter.q;
	struct statement_list list = {0};
	struct keys ids = {0};
	int64_t next;
	some.limit = most;
	int rc = some.is_void	? 0
		 : some.article ? store_statements(r, &some, rq->arena, &list, &next, e)
				: store_statement_ids(r, &some, rq->arena, &ids, &next, e);
	*out = list.n + ids.n;
	return rc;
}

/* Takes the other reading where it finds more than *n, counted to `most`: 1; else 0. */
static int take_if_more(struct request *rq, struct reader *r, struct asked *k, struct phrase *other,
			int most, size_t *n, struct err *e)
{
	struct phrase *before = arena_alloc(rq->arena, sizeof *before);
	size_t more;
	if (!before)
		return arena_full(e);
	*before = k->phrase;
	if ((other->is_office_near ? asked_office(rq, r, k, other, e)
				   : asked_take(rq, r, k, other, e)) ||
	    count_to(rq, r, k, most, &more, e))
		return -1;
	if (more <= *n)
		return asked_take(rq, r, k, before, e);
	*n = more;
	return 1;
}

/* What is said in articles of the topic. The first reading that has words for it tells it. */
static int take_in_articles(struct request *rq, struct reader *r, struct asked *k,
			    const struct phrase *of, bool most, size_t *n, struct phrase *other,
			    struct err *e)
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
	int rc = asked_articles(rq, r, k, other, most, found, e);
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
	return (of->is_keywords && take_in_articles(rq, r, k, of, false, n, other, e)) ||
			       (*n == 0 && take_readings(rq, r, k, of, &number, 1, n, other, e)) ||
			       (*n == 0 && take_in_articles(rq, r, k, of, false, n, other, e)) ||
			       take_readings(rq, r, k, of, &number, INT_MAX, n, other, e) ||
			       (*n == 0 && take_in_articles(rq, r, k, of, true, n, other, e))
		       ? -1
		       : 0;
}

/* Those who hold a post by what some of their statements say, on whatever topic: an article names
 * the post once, and then it is "she". */
static int find_in_post(struct request *rq, struct reader *r, struct asked *k, struct phrase *other,
			struct holder_list *who, struct err *e)
{
	enum { LOOKED_AT = 60 };
	struct phrase *before = arena_alloc(rq->arena, sizeof *before);
	struct statement_list rows = {0};
	int64_t next;
	if (!before)
		return arena_full(e);
	*before = k->phrase;
	if (phrase_without_topic(&k->likeliest, other) < 0 || asked_take(rq, r, k, other, e))
		return -1;
	struct statement_query q = k->filter.q;
	q.limit = LOOKED_AT;
	if (!q.is_void && store_statements(r, &q, rq->arena, &rows, &next, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++)
		if (rows.v[i].speaker && rows.v[i].speaker->kind == ACTOR_PERSON)
			holders_add(who, rows.v[i].speaker);
	return asked_take(rq, r, k, before, e);
}

/* Those who are called as the question says. */
static int take_called(struct request *rq, struct reader *r, struct asked *k, size_t *n,
		       struct phrase *called, bool *has, struct err *e)
{
	struct holder_list who = {.n = 0};
	size_t none = 0;
	if (!k->likeliest.called.n || (*n >= ENOUGH && !k->likeliest.is_called_first))
		return 0;
	if (asked_office_country(k, &k->likeliest, &who.country, e) ||
	    holders_find(r, k->likeliest.called, rq->arena, &who, e) ||
	    (!who.n && k->likeliest.office.whole.n && find_in_post(rq, r, k, called, &who, e)))
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

/* Of people who are few: those whom another reading finds. "Who praised Mugabe" are also those who
 * are for something in his article. */
static int take_more_people(struct request *rq, struct reader *r, struct asked *k, size_t *n,
			    struct phrase *other, struct err *e)
{
	for (int number = 1; *n > 0 && *n < ENOUGH && k->phrase.wish == WISH_ACTORS; number++) {
		int rc = phrase_reading(&k->likeliest, number, rq->arena, other, e);
		if (rc <= 0 || other->left_out.n)
			return rc < 0 ? -1 : 0;
		if (take_if_more(rq, r, k, other, ENOUGH, n, e) < 0)
			return -1;
	}
	return 0;
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
	return *n < (size_t)most && take_if_more(rq, r, k, other, most, n, e) < 0 ? -1 : 0;
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
	struct holder_list who = {.n = 0};
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

/* Of who is seldom quoted: what is said in other articles of the topic. */
static int take_elsewhere(struct request *rq, struct reader *r, struct asked *k, size_t *n,
			  struct phrase *other, struct err *e)
{
	struct phrase *now = arena_alloc(rq->arena, sizeof *now);
	if (!now)
		return arena_full(e);
	*now = k->phrase;
	if (*n == 0 || !is_few(k, *n) || now->left_out.n || phrase_takes_side_near(now) ||
	    k->likeliest.office.whole.n || !phrase_is_of_one(now) ||
	    !phrase_without_topic(now, other))
		return 0;
	return take_in_articles(rq, r, k, now, false, n, other, e);
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
	size_t n, own;
	if (!other || !called)
		return arena_full(e);
	if (asked_take(rq, r, k, &k->likeliest, e) || count_to(rq, r, k, ENOUGH, &own, e))
		return -1;
	n = own;
	if (take_called(rq, r, k, &n, called, &has_called, e) ||
	    take_first(rq, r, k, &k->likeliest, &n, other, e) ||
	    (has_called && take_first(rq, r, k, called, &n, other, e)))
		return -1;
	return take_more_people(rq, r, k, &n, other, e) || take_nested(rq, r, k, &n, other, e) ||
			       take_related(rq, r, k, &n, other, e) ||
			       take_elsewhere(rq, r, k, &n, other, e) ||
			       take_less(rq, r, k, &n, other, e) ||
			       asked_position(rq, r, k, own, n, e)
		       ? -1
		       : 0;
}

int asked_interpret(struct request *rq, struct reader *r, struct asked *k, struct err *e)
{
	struct phrase_days days;
	k->names = lookup_in_store(r, rq->arena);
	if (!k->is_phrase)
		return asked_take_given(rq, r, k, e);
	k->today = days.today = (day_t)(now_unix_ms() / (24 * 60 * 60 * 1000));
	if (store_newest_day(r, &days.newest, e))
		return -1;
	if (days.newest > days.today) /* an article dated amiss: "in June" is no June to come */
		days.newest = days.today;
	if (phrase_read(k->outer.phrase, &k->names, days, rq->arena, &k->likeliest, e))
		return -1;
	return choose_reading(rq, r, k, e);
}
