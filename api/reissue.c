/* One step of the walk over stored articles: read some, find their issues again, write them with the walk's place. No reader is
 * held while the engine works. */
#include "api/reissue.h"

#include <string.h>

#include "api/issue_set.h"
#include "base/date.h"
#include "db/edit.h"
#include "extract/extract.h"

enum {
	ARTICLES = 8,			      /* a step, so that its transaction is short */
	STEP_BYTES = 256 * 1024,	      /* of text, after which no further article is taken */
	STATEMENTS_PAGE = 1000,		      /* of one article, read at a time */
	ARENA_BYTES_MAX = 1024 * 1024 * 1024, /* an article of 8 MiB with its trees */
	READING_MS = 60000,
};

struct step {
	const struct api *api;
	const struct issue_set *set;
	struct arena arena;
	struct article articles[ARTICLES];
	struct reissued done[ARTICLES];
	struct reissue_write write;
};

/* All statements of an article, in an array of their own that may be changed. */
static int read_statements(struct step *s, struct reader *r, int64_t article, struct reissued *out, struct err *e)
{
	struct statement_query q = {.said_after = DAY_NONE,
				    .said_before = DAY_NONE,
				    .published_after = DAY_NONE,
				    .published_before = DAY_NONE,
				    .article = article,
				    .limit = STATEMENTS_PAGE};
	struct statement *v = NULL;
	size_t cap = 0;
	do {
		struct statement_list page;
		if (store_statements(r, &q, &s->arena, &page, &q.after, e))
			return -1;
		if (arena_grow(&s->arena, (void **)&v, &cap, out->n + page.n, sizeof *v))
			return arena_full(e);
		if (page.n)
			memcpy(v + out->n, page.v, page.n * sizeof *v);
		out->n += page.n;
	} while (q.after);
	out->v = v;
	return 0;
}

/* One that was deleted meanwhile counts as done. */
static int read_article(struct step *s, struct reader *r, int64_t id, struct err *e)
{
	struct article *article = &s->articles[s->write.n];
	struct reissued *out = &s->done[s->write.n];
	struct err missing = {0};
	*out = (struct reissued){.article = id};
	if (store_article(r, id, &s->arena, article, &missing))
		return missing.kind == ERR_NOT_FOUND ? (s->write.n++, 0)
						     : err_set(e, missing.kind, NULL, "%s", missing.message);
	if (article->statement_count && read_statements(s, r, id, out, e))
		return -1;
	s->write.n++;
	return 0;
}

static int read_articles(struct step *s, struct err *e)
{
	struct reader *r = store_reader(s->api->store, now_monotonic_ns() + (int64_t)READING_MS * 1000000, e);
	struct keys ids;
	if (!r)
		return -1;
	int rc = store_reissue_next(r, ARTICLES, &s->arena, &ids, &s->write.is_late, e);
	size_t bytes = 0;
	for (size_t i = 0; rc == 0 && i < ids.n && bytes < STEP_BYTES; i++) {
		rc = read_article(s, r, ids.v[i], e);
		if (rc == 0)
			bytes += s->articles[i].text.n;
	}
	s->write.is_end = rc == 0 && ids.n == 0;
	reader_return(r);
	return rc;
}

/* An article that the engine refuses keeps the issues it has. */
static void issue_article(struct step *s, size_t i)
{
	struct reissued *r = &s->done[i];
	struct err why = {0};
	if (r->n == 0 || engine_issue_again(s->api->engine, s->set->table, &s->articles[i], (struct statement *)r->v, r->n,
					    &s->arena, &why) == 0)
		return;
	r->n = 0;
	r->has_failed = true;
}

static int run(struct step *s, struct err *e)
{
	struct write *w = &s->write.write;
	if (read_articles(s, e))
		return -1;
	for (size_t i = 0; i < s->write.n; i++)
		issue_article(s, i);
	w->op = WRITE_REISSUE;
	s->write.edition = s->set->edition;
	s->write.v = s->done;
	return store_write_all(s->api->store, &w, 1, e);
}

enum reissue_result reissue_step(const struct api *api, struct err *e)
{
	struct reissue_state now = store_stats(api->store).reissue;
	if (!reissue_is_running(&now))
		return REISSUE_IDLE;
	struct issue_set *set = issue_shelf_take(api->issues);
	int rc = 0;
	/* Just after a change the newer set is about to be put. */
	bool is_current = set->edition == now.edition;
	if (is_current) {
		struct step s = {.api = api, .set = set};
		arena_init(&s.arena, ARENA_BYTES_MAX);
		rc = run(&s, e);
		arena_release(&s.arena);
	}
	issue_set_release(set);
	return rc ? REISSUE_FAILED : is_current ? REISSUE_MORE : REISSUE_IDLE;
}
