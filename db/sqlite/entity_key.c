/* Actors and issues as the writer meets them: found by slug, added when new, seeded from the
 * tables. */
#include <string.h>

#include "base/fold.h"
#include "base/version.h"
#include "db/sqlite/writer.h"

/* Names that texts add to one actor; a table's actor has what the table says. */
enum { FOUND_ALIASES_MAX = 32 };

static struct slug *slug_at(struct slug *table, struct str slug)
{
	return &table[str_hash(slug) % SLUGS];
}

static bool slug_holds(const struct slug *at, struct str slug)
{
	return at->key && at->n == slug.n && memcmp(at->slug, slug.p, slug.n) == 0;
}

static void slug_keep(struct slug *at, struct str slug, int64_t key, bool is_known, uint64_t names)
{
	if (slug.n > SLUG_MAX)
		return;
	*at = (struct slug){
		.key = key, .is_known = is_known, .names = names, .n = (unsigned char)slug.n};
	memcpy(at->slug, slug.p, slug.n);
}

static int find_row(sqlite3_stmt *st, struct str slug, struct row *out, struct err *e)
{
	sql_bind_str(st, 1, slug);
	int row = sql_row(st, e);
	*out = (struct row){0};
	if (row > 0)
		*out = (struct row){sqlite3_column_int64(st, 0), sqlite3_column_int(st, 1),
				    sqlite3_column_int(st, 2)};
	sqlite3_reset(st);
	return row < 0 ? -1 : 0;
}

/* A name by which look-up finds it. */
static int add_name(struct group *g, enum writer_sql insert, int64_t key, struct str name,
		    struct err *e)
{
	struct str folded = str_fold(&g->arena, name);
	if (!folded.p)
		return arena_full(e);
	if (!folded.n)
		return 0;
	sqlite3_stmt *st = g->w->st[insert];
	sql_bind_str(st, 1, folded);
	sqlite3_bind_int64(st, 2, key);
	sql_bind_str(st, 3, name);
	return sql_do(st, e);
}

static int add_names(struct group *g, enum writer_sql insert, int64_t key, struct strs names,
		     size_t most, struct err *e)
{
	for (size_t i = 0; i < names.n && i < most; i++)
		if (add_name(g, insert, key, names.v[i], e))
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

static int add_roles(struct group *g, int64_t key, const struct actor *a, struct err *e)
{
	sqlite3_stmt *st = g->w->st[W_ADD_ROLE];
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

static int insert_actor(struct group *g, const struct actor *a, bool is_known, int64_t *key,
			struct err *e)
{
	sqlite3_stmt *st = g->w->st[W_ADD_ACTOR];
	sql_bind_str(st, 1, a->id);
	sql_bind_str(st, 2, a->name);
	sqlite3_bind_int64(st, 3, a->kind);
	sql_bind_str(st, 4, a->country);
	sql_bind_str(st, 5, a->wikidata);
	sqlite3_bind_int64(st, 6, is_known);
	sqlite3_bind_int64(st, 7, g->commit);
	if (sql_do(st, e))
		return -1;
	*key = sqlite3_last_insert_rowid(g->w->db);
	g->state.actors++;
	return 0;
}

/* The name first: where two names fold to the same, it is the one that is kept. */
static int name_actor(struct group *g, const struct actor *a, int64_t key, size_t most,
		      struct err *e)
{
	return add_name(g, W_ADD_ALIAS, key, a->name, e) ||
			       add_name(g, W_ADD_ALIAS, key, a->id, e) ||
			       add_names(g, W_ADD_ALIAS, key, a->aliases, most, e) ||
			       add_roles(g, key, a, e)
		       ? -1
		       : 0;
}

static uint64_t hash_more(uint64_t h, struct str s)
{
	/* FNV's prime: the order and the borders of the strings count. */
	return (h ^ str_hash(s) ^ (uint64_t)s.n << 56) * 0x100000001b3;
}

static uint64_t hash_names(uint64_t h, struct strs names)
{
	for (size_t i = 0; i < names.n; i++)
		h = hash_more(h, names.v[i]);
	return h;
}

/* What tells whether a found actor comes with names that were not seen just before. */
static uint64_t hash_found(const struct actor *a)
{
	return hash_names(hash_more(0, a->name), a->aliases);
}

static int touch_actor(struct group *g, int64_t key, struct err *e)
{
	sqlite3_stmt *st = g->w->st[W_TOUCH_ACTOR];
	sqlite3_bind_int64(st, 1, key);
	sqlite3_bind_int64(st, 2, g->commit);
	return sql_do(st, e);
}

/* New names of an actor that only texts know. Its first name stays; the others lead to it too. */
static int add_found_names(struct group *g, const struct actor *a, int64_t key, struct err *e)
{
	sqlite3_stmt *st = g->w->st[W_COUNT_ALIASES];
	sqlite3_bind_int64(st, 1, key);
	if (sql_row(st, e) < 0)
		return -1;
	int64_t have = sqlite3_column_int64(st, 0);
	sqlite3_reset(st);
	if (have >= FOUND_ALIASES_MAX)
		return 0;
	int64_t changes = sqlite3_total_changes64(g->w->db);
	if (add_name(g, W_ADD_ALIAS, key, a->name, e) ||
	    add_names(g, W_ADD_ALIAS, key, a->aliases, (size_t)(FOUND_ALIASES_MAX - have), e))
		return -1;
	return sqlite3_total_changes64(g->w->db) == changes ? 0 : touch_actor(g, key, e);
}

int actor_key(struct group *g, const struct actor *a, int64_t *key, struct err *e)
{
	*key = 0;
	if (!a)
		return 0;
	if (!a->id.n)
		return err_set(e, ERR_INTERNAL, NULL, "the actor \"%.*s\" has no id",
			       STR_ARG(a->name));
	struct slug *at = slug_at(g->w->actors, a->id);
	uint64_t names = hash_found(a);
	bool holds = slug_holds(at, a->id);
	if (holds && (at->is_known || at->names == names)) {
		*key = at->key;
		return 0;
	}
	struct row row;
	if (find_actor(g, a->id, &row, e))
		return -1;
	if (!row.key) {
		if (insert_actor(g, a, false, &row.key, e) ||
		    name_actor(g, a, row.key, FOUND_ALIASES_MAX, e))
			return -1;
	} else if (!row.is_known && !row.is_edited && add_found_names(g, a, row.key, e)) {
		return -1;
	}
	slug_keep(at, a->id, row.key, row.is_known || row.is_edited, names);
	*key = row.key;
	return 0;
}

int country_key(struct group *g, struct str code, int64_t *key, struct err *e)
{
	*key = 0;
	if (!code.n)
		return 0;
	struct slug *at = slug_at(g->w->actors, code);
	if (slug_holds(at, code)) {
		*key = at->key;
		return 0;
	}
	struct actor country = {.id = code,
				.name = code,
				.kind = ACTOR_COUNTRY,
				.country = code,
				.wikidata = STR_EMPTY};
	return actor_key(g, &country, key, e);
}

int find_actor(struct group *g, struct str slug, struct row *out, struct err *e)
{
	return find_row(g->w->st[W_FIND_ACTOR], slug, out, e);
}

int find_issue(struct group *g, struct str slug, struct row *out, struct err *e)
{
	return find_row(g->w->st[W_FIND_ISSUE], slug, out, e);
}

int insert_issue(struct group *g, const struct issue *i, int64_t *key, struct err *e)
{
	sqlite3_stmt *st = g->w->st[W_ADD_ISSUE];
	sql_bind_str(st, 1, i->id);
	sql_bind_str(st, 2, i->label);
	sql_bind_str(st, 3, i->parent);
	sqlite3_bind_int64(st, 4, i->cap_major);
	sqlite3_bind_int64(st, 5, i->cap_sub);
	/* Of a stale article it is one that was dropped since, and will be gone when that is read
	 * again. */
	sqlite3_bind_int64(st, 6, i->is_open || g->is_stale);
	sqlite3_bind_int64(st, 7, g->commit);
	if (sql_do(st, e))
		return -1;
	*key = sqlite3_last_insert_rowid(g->w->db);
	g->state.issues++;
	return 0;
}

int name_issue(struct group *g, const struct issue *i, int64_t key, struct err *e)
{
	return add_name(g, W_ADD_TERM, key, i->label, e) ||
			       add_name(g, W_ADD_TERM, key, i->id, e) ||
			       add_names(g, W_ADD_TERM, key, i->terms, SIZE_MAX, e)
		       ? -1
		       : 0;
}

int issue_key(struct group *g, const struct issue *i, int64_t *key, struct err *e)
{
	if (!i || !i->id.n)
		return err_set(e, ERR_INTERNAL, NULL, "an issue has no id");
	struct slug *at = slug_at(g->w->issues, i->id);
	if (slug_holds(at, i->id)) {
		*key = at->key;
		return 0;
	}
	struct row row;
	if (find_issue(g, i->id, &row, e))
		return -1;
	if (!row.key && (insert_issue(g, i, &row.key, e) || name_issue(g, i, row.key, e)))
		return -1;
	slug_keep(at, i->id, row.key, row.is_known, 0);
	*key = row.key;
	return 0;
}

/* --- seeding
 * -------------------------------------------------------------------------------------------------
 */

static int seed_actor(struct group *g, const struct actor *a, struct err *e)
{
	sqlite3_stmt **st = g->w->st;
	struct row row;
	if (find_actor(g, a->id, &row, e))
		return -1;
	if (row.is_edited)
		return 0;
	if (!row.key)
		return insert_actor(g, a, true, &row.key, e) ||
				       name_actor(g, a, row.key, SIZE_MAX, e)
			       ? -1
			       : 0;
	sqlite3_bind_int64(st[W_SET_ACTOR], 1, row.key);
	sql_bind_str(st[W_SET_ACTOR], 2, a->name);
	sqlite3_bind_int64(st[W_SET_ACTOR], 3, a->kind);
	sql_bind_str(st[W_SET_ACTOR], 4, a->country);
	sql_bind_str(st[W_SET_ACTOR], 5, a->wikidata);
	sqlite3_bind_int64(st[W_SET_ACTOR], 6, g->commit);
	sqlite3_bind_int64(st[W_DROP_ALIASES], 1, row.key);
	sqlite3_bind_int64(st[W_DROP_ROLES], 1, row.key);
	if (sql_do(st[W_SET_ACTOR], e) || sql_do(st[W_DROP_ALIASES], e) ||
	    sql_do(st[W_DROP_ROLES], e))
		return -1;
	return name_actor(g, a, row.key, SIZE_MAX, e);
}

int set_issue(struct group *g, const struct issue *i, int64_t key, struct err *e)
{
	sqlite3_stmt **st = g->w->st;
	sqlite3_bind_int64(st[W_SET_ISSUE], 1, key);
	sql_bind_str(st[W_SET_ISSUE], 2, i->label);
	sql_bind_str(st[W_SET_ISSUE], 3, i->parent);
	sqlite3_bind_int64(st[W_SET_ISSUE], 4, i->cap_major);
	sqlite3_bind_int64(st[W_SET_ISSUE], 5, i->cap_sub);
	sqlite3_bind_int64(st[W_SET_ISSUE], 6, i->is_open);
	sqlite3_bind_int64(st[W_SET_ISSUE], 7, g->commit);
	sqlite3_bind_int64(st[W_DROP_TERMS], 1, key);
	if (sql_do(st[W_SET_ISSUE], e) || sql_do(st[W_DROP_TERMS], e))
		return -1;
	return name_issue(g, i, key, e);
}

static int seed_issue(struct group *g, const struct issue *i, struct err *e)
{
	struct row row;
	if (find_issue(g, i->id, &row, e))
		return -1;
	if (row.is_edited)
		return 0;
	if (row.key)
		return set_issue(g, i, row.key, e);
	return insert_issue(g, i, &row.key, e) || name_issue(g, i, row.key, e) ? -1 : 0;
}

static uint64_t hash_number(uint64_t h, int64_t v)
{
	return hash_more(h, (struct str){(const char *)&v, sizeof v});
}

static uint64_t hash_actor(uint64_t h, const struct actor *a)
{
	h = hash_more(hash_more(hash_more(hash_more(h, a->id), a->name), a->country), a->wikidata);
	h = hash_names(hash_number(h, a->kind), a->aliases);
	for (size_t i = 0; i < a->n_roles; i++) {
		const struct role *r = &a->roles[i];
		h = hash_number(hash_number(hash_more(hash_more(h, r->title), r->country), r->from),
				r->to);
	}
	return hash_number(h, (int64_t)a->n_roles);
}

static uint64_t hash_knowledge(const struct knowledge *k)
{
	uint64_t h = 1;
	for (size_t i = 0; i < k->n_actors; i++)
		h = hash_actor(h, &k->actors[i]);
	for (size_t i = 0; i < k->n_issues; i++) {
		const struct issue *s = &k->issues[i];
		h = hash_names(hash_more(hash_more(hash_more(h, s->id), s->label), s->parent),
			       s->terms);
		h = hash_number(hash_number(hash_number(h, s->cap_major), s->cap_sub), s->is_open);
	}
	return h ? h : 1;
}

/* How the version of the engine stands to the newest that the database has seen: -1, 0 or 1. */
static int compare_engine(struct group *g, struct str version, int *order, struct err *e)
{
	sqlite3_stmt *st = g->w->st[W_ENGINE];
	int row = sql_row(st, e);
	if (row <= 0)
		return row < 0 ? -1 : err_set(e, ERR_DB, NULL, "the table \"reread\" is empty");
	*order = version_compare(version, sql_column(st, 0));
	sqlite3_reset(st);
	return 0;
}

static int note_engine(struct group *g, struct str version, struct err *e)
{
	sqlite3_stmt *st = g->w->st[W_SAVE_ENGINE];
	sql_bind_str(st, 1, version);
	return sql_do(st, e);
}

static int put_in(struct group *g, const struct knowledge *k, struct err *e)
{
	for (size_t i = 0; i < k->n_actors; i++)
		if (seed_actor(g, &k->actors[i], e))
			return -1;
	for (size_t i = 0; i < k->n_issues; i++)
		if (seed_issue(g, &k->issues[i], e))
			return -1;
	writer_forget(g->w);
	g->renames = true;
	return 0;
}

int seed(struct group *g, const struct knowledge *k, struct err *e)
{
	int order = 0;
	int64_t hash = (int64_t)hash_knowledge(k);
	if (compare_engine(g, k->engine, &order, e))
		return -1;
	g->state.reread.is_outdated = order < 0;
	bool hash_is_other = hash != g->state.knowledge;
	if (order < 0 || (order == 0 && !hash_is_other))
		return 0;
	if ((order > 0 && note_engine(g, k->engine, e)) || (hash_is_other && put_in(g, k, e)))
		return -1;
	g->state.knowledge = hash;
	reread_raise(g);
	return 0;
}
