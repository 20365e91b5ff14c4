/* Rows of actors and issues, and the names that lead to them. */
#include "db/sqlite/entity_key.h"

#include "base/fold.h"
#include "db/knowledge.h"

/* Names that texts add to one actor; a table's actor has what the table says. */
enum { FOUND_ALIASES_MAX = 32 };

/* --- names --- */

/* A name by which look-up finds it. */
static int add_name(struct transaction *t, enum writer_sql insert, int64_t key, struct str name,
		    struct err *e)
{
	struct str folded = str_fold(&t->arena, name);
	if (!folded.p)
		return arena_full(e);
	if (!folded.n)
		return 0;
	sqlite3_stmt *st = transaction_sql(t, insert);
	sql_bind_str(st, 1, folded);
	sqlite3_bind_int64(st, 2, key);
	sql_bind_str(st, 3, name);
	return sql_do(st, e);
}

static int add_names(struct transaction *t, enum writer_sql insert, int64_t key, struct strs names,
		     size_t most, struct err *e)
{
	for (size_t i = 0; i < names.n && i < most; i++)
		if (add_name(t, insert, key, names.v[i], e))
			return -1;
	return 0;
}

static void bind_day(sqlite3_stmt *st, int at, day_t d)
{
	if (d == DAY_NONE)
		sqlite3_bind_null(st, at);
	else
		sqlite3_bind_int64(st, at, d);
}

static int add_roles(struct transaction *t, int64_t key, const struct actor *a, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_ADD_ROLE);
	for (size_t i = 0; i < a->n_roles; i++) {
		sqlite3_bind_int64(st, 1, key);
		sqlite3_bind_int64(st, 2, (int64_t)i);
		sql_bind_str(st, 3, a->roles[i].title);
		sql_bind_str(st, 4, a->roles[i].country);
		bind_day(st, 5, a->roles[i].from);
		bind_day(st, 6, a->roles[i].to);
		if (sql_do(st, e))
			return -1;
	}
	return 0;
}

/* The name first: where two names fold to the same, it is the one that is kept. */
static int name_actor(struct transaction *t, const struct actor *a, int64_t key, size_t most,
		      struct err *e)
{
	return add_name(t, W_ADD_ALIAS, key, a->name, e) ||
			       add_name(t, W_ADD_ALIAS, key, a->id, e) ||
			       add_names(t, W_ADD_ALIAS, key, a->aliases, most, e) ||
			       add_roles(t, key, a, e)
		       ? -1
		       : 0;
}

static int name_issue(struct transaction *t, const struct issue *i, int64_t key, struct err *e)
{
	return add_name(t, W_ADD_TERM, key, i->label, e) ||
			       add_name(t, W_ADD_TERM, key, i->id, e) ||
			       add_names(t, W_ADD_TERM, key, i->terms, SIZE_MAX, e)
		       ? -1
		       : 0;
}

/* --- rows --- */

static int find_row(sqlite3_stmt *st, struct str slug, struct entity_row *out, struct err *e)
{
	sql_bind_str(st, 1, slug);
	int row = sql_row(st, e);
	*out = (struct entity_row){0};
	if (row > 0)
		*out = (struct entity_row){sqlite3_column_int64(st, 0), sqlite3_column_int(st, 1),
					   sqlite3_column_int(st, 2), sqlite3_column_int64(st, 3),
					   sqlite3_column_int64(st, 4)};
	sqlite3_reset(st);
	return row < 0 ? -1 : 0;
}

int actor_find(struct transaction *t, struct str slug, struct entity_row *out, struct err *e)
{
	return find_row(transaction_sql(t, W_FIND_ACTOR), slug, out, e);
}

int issue_find(struct transaction *t, struct str slug, struct entity_row *out, struct err *e)
{
	return find_row(transaction_sql(t, W_FIND_ISSUE), slug, out, e);
}

int actor_insert(struct transaction *t, const struct actor *a, bool is_known, int64_t *key,
		 struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_ADD_ACTOR);
	sql_bind_str(st, 1, a->id);
	sql_bind_str(st, 2, a->name);
	sqlite3_bind_int64(st, 3, a->kind);
	sql_bind_str(st, 4, a->country);
	sql_bind_str(st, 5, a->wikidata);
	sqlite3_bind_int64(st, 6, is_known);
	sqlite3_bind_int64(st, 7, t->commit);
	if (sql_do(st, e))
		return -1;
	*key = sqlite3_last_insert_rowid(t->connection->db);
	t->state.actors++;
	return name_actor(t, a, *key, is_known ? SIZE_MAX : FOUND_ALIASES_MAX, e);
}

int actor_drop_names(struct transaction *t, int64_t key, struct err *e)
{
	sqlite3_stmt *aliases = transaction_sql(t, W_DROP_ALIASES);
	sqlite3_stmt *roles = transaction_sql(t, W_DROP_ROLES);
	sqlite3_bind_int64(aliases, 1, key);
	sqlite3_bind_int64(roles, 1, key);
	return sql_do(aliases, e) || sql_do(roles, e) ? -1 : 0;
}

int actor_put_names(struct transaction *t, const struct actor *a, int64_t key, struct err *e)
{
	return name_actor(t, a, key, SIZE_MAX, e);
}

int actor_update(struct transaction *t, const struct actor *a, int64_t key, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_SET_ACTOR);
	sqlite3_bind_int64(st, 1, key);
	sql_bind_str(st, 2, a->name);
	sqlite3_bind_int64(st, 3, a->kind);
	sql_bind_str(st, 4, a->country);
	sql_bind_str(st, 5, a->wikidata);
	sqlite3_bind_int64(st, 6, t->commit);
	return sql_do(st, e) || actor_drop_names(t, key, e) || actor_put_names(t, a, key, e) ? -1
											     : 0;
}

int issue_insert(struct transaction *t, const struct issue *i, int64_t *key, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_ADD_ISSUE);
	sql_bind_str(st, 1, i->id);
	sql_bind_str(st, 2, i->label);
	sql_bind_str(st, 3, i->parent);
	sqlite3_bind_int64(st, 4, i->cap_major);
	sqlite3_bind_int64(st, 5, i->cap_sub);
	/* Of a stale article it is one that was dropped since, and will be gone when that is read
	 * again. */
	sqlite3_bind_int64(st, 6, i->is_open || t->is_stale);
	sqlite3_bind_int64(st, 7, t->commit);
	sqlite3_bind_int64(st, 8, i->kind);
	if (sql_do(st, e))
		return -1;
	*key = sqlite3_last_insert_rowid(t->connection->db);
	t->state.issues++;
	return name_issue(t, i, *key, e);
}

int issue_update(struct transaction *t, const struct issue *i, int64_t key, struct err *e)
{
	sqlite3_stmt *set = transaction_sql(t, W_SET_ISSUE);
	sqlite3_stmt *terms = transaction_sql(t, W_DROP_TERMS);
	sqlite3_bind_int64(set, 1, key);
	sql_bind_str(set, 2, i->label);
	sql_bind_str(set, 3, i->parent);
	sqlite3_bind_int64(set, 4, i->cap_major);
	sqlite3_bind_int64(set, 5, i->cap_sub);
	sqlite3_bind_int64(set, 6, i->is_open);
	sqlite3_bind_int64(set, 7, t->commit);
	sqlite3_bind_int64(set, 8, i->kind);
	sqlite3_bind_int64(terms, 1, key);
	if (sql_do(set, e) || sql_do(terms, e))
		return -1;
	return name_issue(t, i, key, e);
}

/* --- keys --- */

static int touch_actor(struct transaction *t, int64_t key, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_TOUCH_ACTOR);
	sqlite3_bind_int64(st, 1, key);
	sqlite3_bind_int64(st, 2, t->commit);
	return sql_do(st, e);
}

/* The names that lead to an actor, folded. */
struct folded_names {
	struct str v[FOUND_ALIASES_MAX];
	size_t n; /* no more than there is room for */
};

static int read_folded(struct transaction *t, int64_t key, struct folded_names *out, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_FOLDED_OF);
	int row = 0;
	out->n = 0;
	sqlite3_bind_int64(st, 1, key);
	while (out->n < FOUND_ALIASES_MAX && (row = sql_row(st, e)) > 0) {
		out->v[out->n] = sql_copy(st, 0, &t->arena);
		if (!out->v[out->n++].p) {
			sqlite3_reset(st);
			return arena_full(e);
		}
	}
	sqlite3_reset(st);
	return row < 0 ? -1 : 0;
}

static bool leads_to(const struct folded_names *known, struct str folded)
{
	for (size_t i = 0; i < known->n; i++)
		if (str_eq(known->v[i], folded))
			return true;
	return false;
}

static int add_new_name(struct transaction *t, const struct folded_names *known, int64_t key,
			struct str name, bool *is_new, struct err *e)
{
	struct str folded = str_fold(&t->arena, name);
	if (!folded.p)
		return arena_full(e);
	if (!folded.n || leads_to(known, folded))
		return 0;
	*is_new = true;
	return add_name(t, W_ADD_ALIAS, key, name, e);
}

/* New names of an actor that only texts know. Its first name stays; the others lead to it too. */
static int add_found_names(struct transaction *t, const struct actor *a, int64_t key, struct err *e)
{
	struct folded_names known;
	bool has_more = false;
	if (read_folded(t, key, &known, e))
		return -1;
	size_t room = FOUND_ALIASES_MAX - known.n;
	if (room && add_new_name(t, &known, key, a->name, &has_more, e))
		return -1;
	for (size_t i = 0; i < a->aliases.n && i < room; i++)
		if (add_new_name(t, &known, key, a->aliases.v[i], &has_more, e))
			return -1;
	return has_more ? touch_actor(t, key, e) : 0;
}

int actor_key(struct transaction *t, const struct actor *a, int64_t *key, struct err *e)
{
	*key = 0;
	if (!a)
		return 0;
	if (!a->id.n)
		return err_set(e, ERR_INTERNAL, NULL, "the actor \"%.*s\" has no id",
			       STR_ARG(a->name));
	const struct cached_key *cached = key_cache_find(t->keys->actors, a->id);
	uint64_t names = knowledge_names_hash(a);
	if (cached && (cached->is_known || cached->names == names)) {
		*key = cached->key;
		return 0;
	}
	struct entity_row row;
	if (actor_find(t, a->id, &row, e))
		return -1;
	bool is_known = row.is_known || row.is_edited;
	if (!row.key ? actor_insert(t, a, false, &row.key, e)
		     : !is_known && add_found_names(t, a, row.key, e))
		return -1;
	*key = row.merged ? row.merged : row.key;
	key_cache_put(t->keys->actors, a->id, *key, is_known, names);
	return 0;
}

int country_key(struct transaction *t, struct str code, int64_t *key, struct err *e)
{
	*key = 0;
	if (!code.n)
		return 0;
	const struct cached_key *cached = key_cache_find(t->keys->actors, code);
	if (cached) {
		*key = cached->key;
		return 0;
	}
	struct actor country = {.id = code,
				.name = code,
				.kind = ACTOR_COUNTRY,
				.country = code,
				.wikidata = STR_EMPTY};
	return actor_key(t, &country, key, e);
}

int issue_key(struct transaction *t, const struct issue *i, int64_t *key, struct err *e)
{
	if (!i || !i->id.n)
		return err_set(e, ERR_INTERNAL, NULL, "an issue has no id");
	const struct cached_key *cached = key_cache_find(t->keys->issues, i->id);
	if (cached) {
		*key = cached->key;
		return 0;
	}
	struct entity_row row;
	if (issue_find(t, i->id, &row, e) || (!row.key && issue_insert(t, i, &row.key, e)))
		return -1;
	*key = row.merged ? row.merged : row.key;
	key_cache_put(t->keys->issues, i->id, *key, row.is_known, 0);
	return 0;
}
