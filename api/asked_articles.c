/* The speaker's statements without the topic, then the texts of their articles, word by word. That
 * somebody who speaks often says nothing near a word tells something; of one who is quoted once or
 * twice it does not. */
#include "api/asked_articles.h"

#include "api/query/about_text.h"
#include "base/fold.h"

/* Of who speaks more often nothing is taken. */
enum { SELDOM = 12 };

/* One of the ways with all its groups. */
static int has_about(struct str text, const struct about *about, struct arena *a, bool *out,
		     struct err *e)
{
	*out = false;
	for (size_t i = 0; i < about->n && !*out; i++) {
		const struct about_way *way = &about->ways[i];
		*out = way->n > 0;
		for (size_t k = 0; k < way->n && *out; k++)
			if (about_group_stands_in(&way->groups[k], text, a, out, e))
				return -1;
	}
	return 0;
}

static int is_of_topic(struct reader *r, int64_t id, const struct statement_query *topic,
		       struct arena *a, bool *out, struct err *e)
{
	struct article article;
	if (store_article(r, id, a, &article, e))
		return -1;
	struct str text = str_fold(
		a, arena_printf(a, "%.*s\n%.*s", STR_ARG(article.title), STR_ARG(article.text)));
	if (!text.p)
		return arena_full(e);
	*out = true;
	for (size_t i = 0; i < topic->n_about && *out; i++)
		if (has_about(text, &topic->about[i], a, out, e))
			return -1;
	return 0;
}

struct seen_articles {
	int64_t ids[SELDOM];
	bool is_of_topic[SELDOM];
	size_t n;
};

/* Its place among those seen, looked at where it is new. */
static int look_at(struct reader *r, int64_t id, const struct statement_query *topic,
		   struct seen_articles *seen, struct arena *a, size_t *at, struct err *e)
{
	for (*at = 0; *at < seen->n; ++*at)
		if (seen->ids[*at] == id)
			return 0;
	seen->ids[seen->n] = id;
	return is_of_topic(r, id, topic, a, &seen->is_of_topic[seen->n++], e);
}

/* The ids of those in articles of the topic, as the parameter takes them; "" for none. */
static int choose(struct reader *r, const struct statement_list *list,
		  const struct statement_query *topic, struct arena *a, struct str *ids,
		  struct err *e)
{
	struct seen_articles seen = {.n = 0};
	*ids = STR_EMPTY;
	for (size_t i = 0; i < list->n; i++) {
		size_t at;
		if (look_at(r, list->v[i].article_id, topic, &seen, a, &at, e))
			return -1;
		if (!seen.is_of_topic[at])
			continue;
		*ids = arena_printf(a, "%.*s%s%lld", STR_ARG(*ids), ids->n ? "," : "",
				    (long long)list->v[i].id);
		if (!ids->p)
			return arena_full(e);
	}
	return 0;
}

int asked_articles(struct request *rq, struct reader *r, struct asked *k, const struct phrase *p,
		   struct phrase *out, struct err *e)
{
	struct phrase *all = arena_alloc(rq->arena, sizeof *all);
	struct statement_list list = {0};
	struct str ids;
	int64_t next;
	if (!all)
		return arena_full(e);
	if (!phrase_without_topic(p, all))
		return 0;
	if (asked_take(rq, r, k, p, e))
		return -1;
	struct statement_query topic = k->filter.q;
	if (asked_take(rq, r, k, all, e))
		return -1;
	struct statement_query some = k->filter.q;
	some.limit = SELDOM + 1;
	if (some.is_void || some.speakers.n == 0 || topic.n_about == 0)
		return 0;
	if (store_statements(r, &some, rq->arena, &list, &next, e))
		return -1;
	if (list.n > SELDOM)
		return 0;
	if (choose(r, &list, &topic, rq->arena, &ids, e))
		return -1;
	return ids.n ? phrase_by_ids(p, ids, out) : 0;
}
