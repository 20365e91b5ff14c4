/* The speaker's statements without the topic, then the texts of their articles, word by word. That
 * somebody who speaks often says nothing near a word tells something; of one who is quoted once or
 * twice it does not. */
#include "api/asked_articles.h"

#include <string.h>

#include "api/query/about_text.h"
#include "base/fold.h"

static const char note_none[] =
	"no statement has these words near it; they stand elsewhere in the articles of these";
static const char note_few[] = "few statements have these words near them; in the articles of the "
			       "others they stand elsewhere";
static const char note_most[] = "no statement has these words near it; most of them, not all, "
				"stand in the articles of these";

/* Of who speaks more often nothing is taken. */
enum { SELDOM = 12, WAYS_MAX = PARAM_VALUE_MAX / 2 };

struct words_of_topic {
	const struct about *about; /* all of these */
	size_t n;
	bool most;    /* more than half of the words are enough, and two */
	size_t often; /* a word stands in the article so many times, on average */
};

/* How many words a topic has, how many of them stand in an article, and how often all do. */
struct tally {
	size_t words, found, times;
};

/* The way of which most stands there. */
static int count_about(struct str text, const struct about *about, struct arena *a,
		       struct tally *out, struct err *e)
{
	struct tally best = {0};
	for (size_t i = 0; i < about->n; i++) {
		const struct about_way *way = &about->ways[i];
		struct tally t = {.words = way->n};
		for (size_t k = 0; k < way->n; k++) {
			size_t times;
			if (about_group_count(&way->groups[k], text, a, &times, e))
				return -1;
			t.found += times > 0;
			t.times += times;
		}
		if (i == 0 || t.found * best.words > best.found * t.words)
			best = t;
	}
	out->words += best.words;
	out->found += best.found;
	out->times += best.times;
	return 0;
}

static int is_of_topic(struct reader *r, int64_t id, const struct words_of_topic *topic,
		       struct arena *a, bool *out, struct err *e)
{
	struct article article;
	struct tally t = {0};
	if (store_article(r, id, a, &article, e))
		return -1;
	struct str text = str_fold(
		a, arena_printf(a, "%.*s\n%.*s", STR_ARG(article.title), STR_ARG(article.text)));
	if (!text.p)
		return arena_full(e);
	for (size_t i = 0; i < topic->n; i++)
		if (count_about(text, &topic->about[i], a, &t, e))
			return -1;
	*out = t.found == t.words ? t.times >= t.words * topic->often
				  : topic->most && t.found > 1 && 2 * t.found > t.words;
	return 0;
}

struct seen_articles {
	int64_t ids[SELDOM];
	bool is_of_topic[SELDOM];
	size_t n;
};

/* Its place among those seen, looked at where it is new. */
static int look_at(struct reader *r, int64_t id, const struct words_of_topic *topic,
		   struct seen_articles *seen, struct arena *a, size_t *at, struct err *e)
{
	for (*at = 0; *at < seen->n; ++*at)
		if (seen->ids[*at] == id)
			return 0;
	seen->ids[seen->n] = id;
	return is_of_topic(r, id, topic, a, &seen->is_of_topic[seen->n++], e);
}

/* A title as a way of the parameter about: " | \"words\"". */
static struct str way_of(struct str title, struct arena *a)
{
	struct str way = arena_printf(a, " | \"%.*s\"", STR_ARG(title));
	for (size_t i = strlen(" | \""); i + 1 < way.n; i++)
		if (way.p[i] == '"' || way.p[i] == '|')
			((char *)way.p)[i] = ' ';
	return way;
}

/* The titles of those of their articles that are of the topic, which stand near each statement
 * there, as ways; "" for none. */
static int choose(struct reader *r, const struct statement_list *list,
		  const struct words_of_topic *topic, struct arena *a, struct str *ways,
		  struct err *e)
{
	struct seen_articles seen = {.n = 0};
	*ways = STR_EMPTY;
	for (size_t i = 0; i < list->n; i++) {
		size_t at, before = seen.n;
		if (look_at(r, list->v[i].article_id, topic, &seen, a, &at, e))
			return -1;
		if (seen.n == before || !seen.is_of_topic[at] || !list->v[i].article_title.n)
			continue;
		struct str way = way_of(list->v[i].article_title, a);
		*ways = arena_printf(a, "%.*s%.*s", STR_ARG(*ways), STR_ARG(way));
		if (!way.p || !ways->p)
			return arena_full(e);
	}
	return 0;
}

int asked_articles(struct request *rq, struct reader *r, struct asked *k, const struct phrase *p,
		   bool most, struct phrase *out, struct err *e)
{
	struct phrase *all = arena_alloc(rq->arena, sizeof *all);
	struct statement_list list = {0};
	struct keys near = {0};
	struct str ways;
	int64_t next;
	if (!all)
		return arena_full(e);
	if (!phrase_without_topic(p, all))
		return 0;
	if (asked_take(rq, r, k, p, e))
		return -1;
	struct statement_query some = k->filter.q;
	struct words_of_topic topic = {some.about, some.n_about, most, 1};
	some.limit = SELDOM;
	if ((!some.is_void && store_statement_ids(r, &some, rq->arena, &near, &next, e)) ||
	    asked_take(rq, r, k, all, e))
		return -1;
	topic.often += near.n > 0; /* in passing is enough only where there is nothing else */
	some = k->filter.q;
	some.limit = SELDOM + 1;
	if (some.is_void || some.speakers.n == 0 || topic.n == 0)
		return 0;
	if (store_statements(r, &some, rq->arena, &list, &next, e))
		return -1;
	if (list.n > SELDOM)
		return 0;
	if (choose(r, &list, &topic, rq->arena, &ways, e))
		return -1;
	const char *note = near.n ? note_few : most ? note_most : note_none;
	return ways.n && ways.n < WAYS_MAX ? phrase_or_near(p, ways, note, rq->arena, out, e) : 0;
}
