/* Sets of issues, and the registry that holds the newest. */
#include "api/issue_registry.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/clock.h"
#include "db/issue_edit.h"

/* ISSUES_EDITED_MAX issues with 100 terms of 30 characters. */
enum { SET_BYTES_MAX = 64 * 1024 * 1024, OPEN_MS = 60000 };

struct issue_registry {
	pthread_mutex_t changing; /* held over a whole change */
	pthread_mutex_t lock;	  /* guards what follows; never held for long */
	pthread_cond_t news;
	struct issue_set *newest;
	bool has_news;
};

/* --- sets --- */

static struct issue_set *set_new(struct err *e)
{
	struct issue_set *set = calloc(1, sizeof *set);
	if (!set) {
		arena_full(e);
		return NULL;
	}
	arena_init(&set->arena, SET_BYTES_MAX);
	atomic_init(&set->holders, 1);
	return set;
}

void issue_set_release(struct issue_set *set)
{
	if (!set || atomic_fetch_sub(&set->holders, 1) > 1)
		return;
	engine_issues_close(set->table);
	actor_set_release(set->actors);
	arena_release(&set->arena);
	free(set);
}

static int copy(struct arena *a, const struct issue *from, struct issue *to, struct err *e)
{
	struct str *terms = arena_array(a, from->terms.n, sizeof *terms);
	*to = *from;
	to->id = arena_str(a, from->id);
	to->label = arena_str(a, from->label);
	to->parent = from->parent.n ? arena_str(a, from->parent) : STR_EMPTY;
	bool fits = terms && to->id.p && to->label.p && to->parent.p;
	for (size_t i = 0; i < from->terms.n && fits; i++) {
		terms[i] = arena_str(a, from->terms.v[i]);
		fits = terms[i].p != NULL;
	}
	to->terms = (struct strs){terms, from->terms.n};
	return fits ? 0 : arena_full(e);
}

static int fill(struct issue_set *set, const struct issue_set *base, const struct issue *put,
		struct str left_out, struct err *e)
{
	size_t have = base ? base->n : 0;
	struct issue *v = arena_array(&set->arena, have + 1, sizeof *v);
	bool is_put = false;
	if (!v)
		return arena_full(e);
	for (size_t i = 0; i < have; i++) {
		bool is_same = put && str_eq(put->id, base->v[i].id);
		is_put |= is_same;
		if (str_eq(left_out, base->v[i].id))
			continue;
		if (copy(&set->arena, is_same ? put : &base->v[i], &v[set->n++], e))
			return -1;
	}
	if (put && !is_put && copy(&set->arena, put, &v[set->n++], e))
		return -1;
	set->v = v;
	if (put && !is_put && set->n > ISSUES_EDITED_MAX)
		return err_set(e, ERR_TOO_LARGE, NULL,
			       "users have added and changed %d issues already", ISSUES_EDITED_MAX);
	return 0;
}

/* Without issues of users the engine's own table, which NULL stands for, is the same and there
 * already. */
static int open_table(struct issue_set *set, const struct engine *en, struct err *e)
{
	if (set->n == 0)
		return 0;
	set->table = engine_issues_open(en, set->v, set->n, e);
	return set->table ? 0 : -1;
}

struct issue_set *issue_set_with(const struct engine *en, const struct issue_set *base,
				 const struct issue *put, struct str left_out, struct err *e)
{
	struct issue_set *set = set_new(e);
	if (!set)
		return NULL;
	struct err why = {0};
	int rc = fill(set, base, put, left_out, e);
	if (rc == 0 && open_table(set, en, &why))
		rc = err_set(e, why.kind, "terms",
			     "the issues of users have too many terms together");
	set->actors = base ? actor_set_hold(base->actors) : NULL;
	if (rc == 0)
		return set;
	issue_set_release(set);
	return NULL;
}

/* --- the registry --- */

static struct issue_set *load(const struct engine *en, struct store *store, struct err *e)
{
	struct reader *r = store_reader(store, now_monotonic_ns() + (int64_t)OPEN_MS * 1000000, e);
	struct issue_set *set = r ? set_new(e) : NULL;
	struct issue *v;
	int rc = set ? store_edited_issues(r, &set->arena, &v, &set->n, &set->edition, e) : -1;
	if (rc == 0) {
		set->v = v;
		set->actors = actor_set_load(en, r, e);
		rc = set->actors ? open_table(set, en, e) : -1;
	}
	reader_return(r);
	if (rc == 0)
		return set;
	issue_set_release(set);
	return NULL;
}

struct issue_registry *issue_registry_open(const struct engine *en, struct store *store,
					   struct err *e)
{
	struct issue_registry *s = calloc(1, sizeof *s);
	if (!s) {
		arena_full(e);
		return NULL;
	}
	s->newest = load(en, store, e);
	if (!s->newest) {
		free(s);
		return NULL;
	}
	pthread_mutex_init(&s->changing, NULL);
	pthread_mutex_init(&s->lock, NULL);
	pthread_condattr_t clock;
	pthread_condattr_init(&clock);
	pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
	pthread_cond_init(&s->news, &clock);
	pthread_condattr_destroy(&clock);
	return s;
}

void issue_registry_close(struct issue_registry *s)
{
	if (!s)
		return;
	issue_set_release(s->newest);
	pthread_mutex_destroy(&s->changing);
	pthread_mutex_destroy(&s->lock);
	pthread_cond_destroy(&s->news);
	free(s);
}

struct issue_set *issue_registry_take(struct issue_registry *s)
{
	pthread_mutex_lock(&s->lock);
	struct issue_set *set = s->newest;
	atomic_fetch_add(&set->holders, 1);
	pthread_mutex_unlock(&s->lock);
	return set;
}

static void release_lent(void *set)
{
	issue_set_release(set);
}

struct engine_tables issue_set_tables(const struct issue_set *set)
{
	return (struct engine_tables){set->table, actor_set_table(set->actors)};
}

int issue_registry_extract(const struct api *api, const struct article *article, struct arena *a,
			   struct extraction *out, int64_t *edition, struct err *e)
{
	if (!api->issues)
		return engine_extract(api->engine, article, a, out, e);
	struct issue_set *set = issue_registry_take(api->issues);
	if (arena_defer(a, release_lent, set)) {
		issue_set_release(set);
		return arena_full(e);
	}
	if (edition)
		*edition = set->edition;
	return engine_extract_on(api->engine, issue_set_tables(set), article, a, out, e);
}

void issue_registry_lock(struct issue_registry *s)
{
	pthread_mutex_lock(&s->changing);
}

void issue_registry_unlock(struct issue_registry *s)
{
	pthread_mutex_unlock(&s->changing);
}

static void wake(struct issue_registry *s)
{
	s->has_news = true;
	pthread_cond_broadcast(&s->news);
}

void issue_registry_put(struct issue_registry *s, struct issue_set *set)
{
	pthread_mutex_lock(&s->lock);
	struct issue_set *old = s->newest;
	s->newest = set;
	wake(s);
	pthread_mutex_unlock(&s->lock);
	issue_set_release(old);
}

static int follow(const struct api *api, int64_t edition, struct err *e)
{
	struct issue_set *now = issue_registry_take(api->issues);
	bool is_behind = now->edition != edition;
	issue_set_release(now);
	struct issue_set *next = is_behind ? load(api->engine, api->store, e) : NULL;
	if (next)
		issue_registry_put(api->issues, next);
	return is_behind && !next ? -1 : 0;
}

int issue_registry_follow(const struct api *api, struct err *e)
{
	return follow(api, store_stats(api->store).reread.edition, e);
}

int issue_registry_follow_to(const struct api *api, int64_t edition, struct err *e)
{
	issue_registry_lock(api->issues);
	int rc = follow(api, edition, e);
	issue_registry_unlock(api->issues);
	return rc;
}

void issue_registry_wake(struct issue_registry *s)
{
	pthread_mutex_lock(&s->lock);
	wake(s);
	pthread_mutex_unlock(&s->lock);
}

void issue_registry_wait(struct issue_registry *s, int64_t timeout_ms)
{
	const int64_t second_ns = 1000000000;
	int64_t until = now_monotonic_ns() + timeout_ms * 1000000;
	struct timespec at = {.tv_sec = until / second_ns, .tv_nsec = until % second_ns};
	pthread_mutex_lock(&s->lock);
	while (!s->has_news && pthread_cond_timedwait(&s->news, &s->lock, &at) == 0)
		;
	s->has_news = false;
	pthread_mutex_unlock(&s->lock);
}
