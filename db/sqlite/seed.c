/* What the tables say, where it is other than the database last saw. */
#include "db/sqlite/seed.h"

#include "base/version.h"
#include "db/knowledge.h"
#include "db/sqlite/entity_key.h"

static int seed_actor(struct transaction *t, const struct actor *a, struct err *e)
{
	struct entity_row row;
	if (actor_find(t, a->id, &row, e))
		return -1;
	if (row.is_edited)
		return 0;
	return row.key ? actor_update(t, a, row.key, e) : actor_insert(t, a, true, &row.key, e);
}

static int seed_issue(struct transaction *t, const struct issue *i, struct err *e)
{
	struct entity_row row;
	if (issue_find(t, i->id, &row, e))
		return -1;
	if (row.is_edited)
		return 0;
	return row.key ? issue_update(t, i, row.key, e) : issue_insert(t, i, &row.key, e);
}

static int seed_all(struct transaction *t, const struct knowledge *k, struct err *e)
{
	for (size_t i = 0; i < k->n_actors; i++)
		if (seed_actor(t, &k->actors[i], e))
			return -1;
	for (size_t i = 0; i < k->n_issues; i++)
		if (seed_issue(t, &k->issues[i], e))
			return -1;
	key_cache_clear(t->keys);
	t->renames = true;
	return 0;
}

/* How the version of the engine stands to the newest that the database has seen: -1, 0 or 1. */
static int compare_engine(struct transaction *t, struct str version, int *order, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_ENGINE);
	int row = sql_row(st, e);
	if (row <= 0)
		return row < 0 ? -1 : err_set(e, ERR_DB, NULL, "the table \"reread\" is empty");
	*order = version_compare(version, sql_column(st, 0));
	sqlite3_reset(st);
	return 0;
}

static int save_engine(struct transaction *t, struct str version, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_SAVE_ENGINE);
	sql_bind_str(st, 1, version);
	return sql_do(st, e);
}

int seed_write(struct transaction *t, struct write *w, struct err *e)
{
	const struct knowledge *k = ((struct seed_write *)(void *)w)->knowledge;
	int order = 0;
	int64_t hash = (int64_t)knowledge_hash(k);
	if (compare_engine(t, k->engine, &order, e))
		return -1;
	t->state.reread.is_outdated = order < 0;
	bool is_other = hash != t->state.knowledge;
	if (order < 0 || (order == 0 && !is_other))
		return 0;
	if ((order > 0 && save_engine(t, k->engine, e)) || (is_other && seed_all(t, k, e)))
		return -1;
	t->state.knowledge = hash;
	state_raise_edition(&t->state);
	return 0;
}
