/* One step of reading again: take the next stale article, extract, write. */
#include "api/reread.h"

#include "api/issue_registry.h"
#include "base/date.h"
#include "db/reread.h"
#include "extract/extract.h"

enum {
	ARENA_BYTES_MAX = 1024 * 1024 * 1024, /* an article of 8 MiB with its trees */
	READING_MS = 60000,
};

/* 1, 0 when there is none (any more), -1. */
static int next_article(const struct api *api, struct arena *a, struct article *out, struct err *e)
{
	struct reader *r =
		store_reader(api->store, now_monotonic_ns() + (int64_t)READING_MS * 1000000, e);
	struct keys ids;
	if (!r)
		return -1;
	int found = store_stale(r, 1, a, &ids, e) ? -1 : (int)ids.n;
	if (found > 0 && store_article(r, ids.v[0], a, out, e))
		found = -1;
	reader_return(r);
	return found;
}

static int save(const struct api *api, struct reread_write *rw, struct err *e)
{
	struct write *w = &rw->write;
	w->op = WRITE_REREAD;
	return store_write_all(api->store, &w, 1, e);
}

/* What is wrong with the moment and not with the article. */
static bool will_pass(const struct err *e)
{
	return e->kind == ERR_BUSY || e->kind == ERR_DB || e->kind == ERR_DEADLINE;
}

/* An article that the engine refuses, or whose statements do not fit, keeps those it has. */
static int read_again(const struct api *api, const struct issue_set *set,
		      const struct article *article, struct arena *a, struct err *e)
{
	struct reread_write rw = {.write = {.id = article->id, .edition = set->edition}};
	struct err why = {0};
	rw.has_failed = engine_extract_on(api->engine, issue_set_tables(set), article, a,
					  &rw.write.extraction, &why) != 0;
	if (!rw.has_failed && save(api, &rw, &why) == 0)
		return 0;
	if (will_pass(&why))
		return err_set(e, why.kind, NULL, "article %lld: %s", (long long)article->id,
			       why.message);
	rw.has_failed = true;
	rw.write.extraction = (struct extraction){0};
	return save(api, &rw, e);
}

static enum reread_result step(const struct api *api, const struct issue_set *set,
			       struct budget *budget, struct err *e)
{
	struct article article;
	struct arena a;
	arena_init(&a, ARENA_BYTES_MAX);
	a.budget = budget;
	budget_start(budget);
	int rc = next_article(api, &a, &article, e);
	bool is_found = rc > 0;
	if (is_found)
		rc = read_again(api, set, &article, &a, e);
	arena_release(&a);
	if (budget->end == BUDGET_CANCELLED)
		return REREAD_IDLE;
	return rc ? REREAD_FAILED : is_found ? REREAD_MORE : REREAD_IDLE;
}

enum reread_result reread_step(const struct api *api, struct budget *budget, struct err *e)
{
	struct store_stats stats = store_stats(api->store);
	struct reread_state now = stats.reread;
	if (!api->extracts || !stats.leads || !reread_is_running(&now))
		return REREAD_IDLE;
	issue_registry_lock(api->issues);
	int rc = issue_registry_follow(api, e);
	issue_registry_unlock(api->issues);
	if (rc)
		return REREAD_FAILED;
	struct issue_set *set = issue_registry_take(api->issues);
	/* Just after a change the newer set is about to be put. */
	enum reread_result result =
		set->edition == now.edition ? step(api, set, budget, e) : REREAD_IDLE;
	issue_set_release(set);
	return result;
}
