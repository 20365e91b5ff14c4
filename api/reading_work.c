/* One batch: lent, read article by article, handed in together. */
#include "api/reading_work.h"

#include "api/issue_registry.h"
#include "base/clock.h"
#include "db/packed_extraction.h"
#include "db/reading_queue.h"
#include "extract/extract.h"

enum {
	LENT_MOST = 16, /* some tenths of a second, so that what a dead worker had is little */
	ARENA_BYTES_MAX = 1024 * 1024 * 1024,
	PACKED_BYTES_MAX = 64 * 1024 * 1024,
	READING_MS = 60000,
	EXTENDED_AFTER = 3, /* at this part of the time */
};

struct batch {
	const struct api *api;
	const struct issue_set *set;
	struct reading_queue *queue;
	struct budget *budget;
	int64_t for_ms, extend_at_ns;
	struct keys articles;
	struct found *found;
	size_t n_found;
	struct arena arena; /* of what was found */
};

/* An article that is not there any more has nothing to be found in it. */
static int fetch(const struct batch *b, int64_t id, struct arena *a, struct article *out,
		 struct err *e)
{
	struct reader *r =
		store_reader(b->api->store, now_monotonic_ns() + (int64_t)READING_MS * 1000000, e);
	struct err why = {0};
	if (!r)
		return -1;
	int rc = store_article(r, id, a, out, &why);
	reader_return(r);
	if (rc)
		*out = article_of(STR_EMPTY, STR_EMPTY);
	return rc && why.kind != ERR_NOT_FOUND ? err_set(e, why.kind, NULL, "%s", why.message) : 0;
}

/* What the engine refuses has no bytes, nor what is too much to be packed. Too little memory
 * passes. */
static int read_article(struct batch *b, const struct article *article, struct arena *a,
			struct found *out, struct err *e)
{
	struct extraction x;
	struct err why = {0};
	struct buf packed;
	bool is_refused =
		engine_extract_on(b->api->engine, issue_set_tables(b->set), article, a, &x, &why);
	if (is_refused && (why.kind == ERR_BUSY || b->budget->end == BUDGET_CANCELLED))
		return err_set(e, ERR_BUSY, NULL, "%s", why.message);
	buf_init(&packed, PACKED_BYTES_MAX);
	if (!is_refused)
		extraction_pack(&x, a, &packed);
	if (packed.n && !packed.failed)
		out->packed = arena_str(&b->arena, buf_str(&packed));
	buf_release(&packed);
	return out->packed.p ? 0 : arena_full(e);
}

static int read_one(struct batch *b, int64_t id, struct err *e)
{
	struct arena a;
	struct article article;
	struct found *out = &b->found[b->n_found];
	*out = (struct found){.article = id, .edition = b->set->edition, .packed = STR_EMPTY};
	arena_init(&a, ARENA_BYTES_MAX);
	a.budget = b->budget;
	budget_start(b->budget);
	int rc = fetch(b, id, &a, &article, e);
	if (rc == 0 && article.id)
		rc = read_article(b, &article, &a, out, e);
	arena_release(&a);
	b->n_found += rc == 0;
	return rc;
}

static struct keys left(const struct batch *b)
{
	return (struct keys){b->articles.v + b->n_found, b->articles.n - b->n_found};
}

static void set_extension(struct batch *b)
{
	b->extend_at_ns = now_monotonic_ns() + b->for_ms * 1000000 / EXTENDED_AFTER;
}

/* What was read is handed in though the rest could not be. */
static int read_all(struct batch *b, struct err *e)
{
	struct err why = {0}, ignored = {0};
	set_extension(b);
	while (b->n_found < b->articles.n && why.kind == ERR_NONE) {
		if (read_one(b, b->articles.v[b->n_found], &why))
			break;
		if (now_monotonic_ns() < b->extend_at_ns)
			continue;
		set_extension(b);
		if (reading_queue_extend(b->queue, b->articles, b->for_ms, &why))
			break;
	}
	if (left(b).n)
		(void)!reading_queue_extend(b->queue, left(b), 0, &ignored);
	if (reading_queue_hand_in(b->queue, b->found, b->n_found, e))
		return -1;
	return why.kind == ERR_NONE ? 0 : err_set(e, why.kind, NULL, "%s", why.message);
}

static enum work_result work(struct batch *b, size_t *read, struct err *e)
{
	if (reading_queue_lend(b->queue, LENT_MOST, b->for_ms, &b->arena, &b->articles, e))
		return WORK_FAILED;
	if (!b->articles.n)
		return WORK_NONE;
	b->found = arena_array(&b->arena, b->articles.n, sizeof *b->found);
	if (!b->found)
		arena_full(e);
	else if (read_all(b, e) == 0)
		*read += b->n_found;
	return e->kind == ERR_NONE ? WORK_DONE : WORK_FAILED;
}

enum work_result reading_work_step(const struct api *api, struct reading_queue *q,
				   struct budget *budget, int64_t for_ms, size_t *read,
				   struct err *e)
{
	const struct knowledge known = engine_knowledge(api->engine);
	int64_t edition;
	if (reading_queue_edition(q, &known, &edition, e) ||
	    issue_registry_follow_to(api, edition, e))
		return WORK_FAILED;
	struct issue_set *set = issue_registry_take(api->issues);
	struct batch b = {.api = api, .set = set, .queue = q, .budget = budget, .for_ms = for_ms};
	arena_init(&b.arena, ARENA_BYTES_MAX);
	/* The tables that were read last may be newer than the edition: the next step sees. */
	enum work_result result = set->edition == edition ? work(&b, read, e) : WORK_DONE;
	arena_release(&b.arena);
	issue_set_release(set);
	return result;
}
