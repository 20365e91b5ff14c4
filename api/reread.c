/* One step of reading again: take the next stale article, extract, write; or write what others
 * found. */
#include "api/reread.h"

#include "api/issue_registry.h"
#include "base/clock.h"
#include "db/packed_extraction.h"
#include "db/reading_queue.h"
#include "db/reread.h"
#include "extract/extract.h"

enum {
	ARENA_BYTES_MAX = 1024 * 1024 * 1024, /* an article of 8 MiB with its trees */
	READING_MS = 60000,
	TAKEN_MOST = 2 * RIPE_ARTICLES, /* which share a transaction */
};

/* The article of this id, or 0 for the next that is stale: 1, 0 when there is none (any more), -1.
 */
static int fetch(const struct api *api, int64_t id, struct arena *a, struct article *out,
		 struct err *e)
{
	struct reader *r =
		store_reader(api->store, now_monotonic_ns() + (int64_t)READING_MS * 1000000, e);
	struct keys ids = {&id, 1};
	if (!r)
		return -1;
	int found = !id && store_stale(r, 1, a, &ids, e) ? -1 : (int)ids.n;
	struct err why = {0};
	if (found > 0 && store_article(r, ids.v[0], a, out, &why))
		found = why.kind == ERR_NOT_FOUND ? 0
						  : err_set(e, why.kind, NULL, "%s", why.message);
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

static enum reread_result read_one(const struct api *api, const struct issue_set *set, int64_t id,
				   struct budget *budget, struct err *e)
{
	struct article article;
	struct arena a;
	arena_init(&a, ARENA_BYTES_MAX);
	a.budget = budget;
	budget_start(budget);
	int rc = fetch(api, id, &a, &article, e);
	bool is_found = rc > 0;
	if (is_found)
		rc = read_again(api, set, &article, &a, e);
	arena_release(&a);
	if (budget->end == BUDGET_CANCELLED)
		return REREAD_IDLE;
	return rc ? REREAD_FAILED : is_found ? REREAD_MORE : REREAD_IDLE;
}

/* --- what others found --- */

/* What cannot be taken over, since it was packed by another version or does not fit, is read here.
 */
static int take(const struct api *api, const struct issue_set *set, const struct found *found,
		size_t n, struct arena *a, struct budget *budget, struct err *e)
{
	struct reread_write *v = arena_array(a, n, sizeof *v);
	struct write **writes = arena_array(a, n, sizeof(struct write *));
	size_t n_writes = 0;
	struct err ignored = {0};
	if (!v || !writes)
		return arena_full(e);
	for (size_t i = 0; i < n; i++) {
		struct write *w = &v[i].write;
		*w = (struct write){
			.op = WRITE_REREAD, .id = found[i].article, .edition = found[i].edition};
		v[i].has_failed = found[i].packed.n == 0;
		if (v[i].has_failed ||
		    extraction_unpack(found[i].packed, a, &w->extraction, &w->err) == 0)
			writes[n_writes++] = w;
	}
	int rc = store_write_all(api->store, writes, n_writes, &ignored);
	for (size_t i = 0; rc && i < n; i++)
		if (v[i].write.err.kind != ERR_NONE &&
		    read_one(api, set, found[i].article, budget, e) == REREAD_FAILED)
			return -1;
	return 0;
}

static enum reread_result take_over(const struct api *api, const struct issue_set *set,
				    struct budget *budget, struct err *e)
{
	struct arena a;
	struct found *found;
	size_t n;
	arena_init(&a, ARENA_BYTES_MAX);
	int rc = reading_queue_found(api->queue, TAKEN_MOST, &a, &found, &n, e);
	if (rc == 0 && n)
		rc = take(api, set, found, n, &a, budget, e) ||
				     reading_queue_drop(api->queue, found, n, e)
			     ? -1
			     : 0;
	arena_release(&a);
	return rc ? REREAD_FAILED : n ? REREAD_MORE : REREAD_IDLE;
}

/* Articles go into the queue while others ask for them; else it is empty, and they are read here.
 */
static enum reread_result work_with_others(const struct api *api, const struct issue_set *set,
					   int64_t stale, struct budget *budget, struct err *e)
{
	struct reading_look look;
	if (reading_queue_look(api->queue, &look, e))
		return REREAD_FAILED;
	if (look.is_ripe)
		return take_over(api, set, budget, e);
	if (look.is_lent)
		return look.waiting < QUEUE_LOW && look.held < stale &&
				       reading_queue_fill(api->queue, set->edition, e)
			       ? REREAD_FAILED
			       : REREAD_LENT;
	return look.waiting && reading_queue_clear(api->queue, e) ? REREAD_FAILED : REREAD_IDLE;
}

static enum reread_result step(const struct api *api, const struct issue_set *set, int64_t stale,
			       struct budget *budget, struct err *e)
{
	enum reread_result result =
		api->queue ? work_with_others(api, set, stale, budget, e) : REREAD_IDLE;
	return result == REREAD_IDLE ? read_one(api, set, 0, budget, e) : result;
}

enum reread_result reread_step(const struct api *api, struct budget *budget, struct err *e)
{
	struct store_stats stats = store_stats(api->store);
	struct reread_state now = stats.reread;
	if (api->queue)
		reading_queue_count(api->queue);
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
		set->edition == now.edition ? step(api, set, now.stale, budget, e) : REREAD_IDLE;
	issue_set_release(set);
	return result;
}
