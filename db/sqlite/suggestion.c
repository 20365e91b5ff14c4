/* Names looked through: those that begin as what is typed by a range of their index; the others, by
 * their later words and their spelling, in one walk over all, which ends when its time is over. */
#include "db/suggestion.h"

#include "base/fold.h"
#include "db/outlet.h"
#include "db/sqlite/reader.h"

struct suggesting {
	struct reader *r;
	const struct suggestion_query *q;
	struct arena *a;
	struct suggestions *out;
};

static bool is_wanted(const struct suggesting *g, enum suggested what)
{
	return !g->q->what || g->q->what >> what & 1;
}

static bool is_before(const struct suggestion *x, const struct suggestion *y)
{
	int rank_x = suggestion_rank(x), rank_y = suggestion_rank(y);
	return rank_x != rank_y ? rank_x < rank_y : x->statements > y->statements;
}

/* Its place among what was found, the same thing by a worse name taken out; SIZE_MAX where it comes
 * after all that are shown, or is there by a better one. */
static size_t make_room(struct suggesting *g, const struct suggestion *s)
{
	struct suggestions *l = g->out;
	size_t at = 0, end = l->n;
	while (at < l->n && !is_before(s, &l->v[at])) {
		if (l->v[at].what == s->what && l->v[at].key == s->key &&
		    (s->key || str_eq(l->v[at].id, s->id)))
			return SIZE_MAX;
		at++;
	}
	for (size_t i = at; i < l->n; i++)
		if (l->v[i].what == s->what && s->key && l->v[i].key == s->key)
			end = i;
	if (end == l->n && l->n == (size_t)g->q->limit)
		end--;
	else if (end == l->n)
		l->n++;
	if (at >= (size_t)g->q->limit)
		return SIZE_MAX;
	for (size_t i = end; i > at; i--)
		l->v[i] = l->v[i - 1];
	return at;
}

/* The strings may be gone after the next step: copied when it is kept. */
static int offer(struct suggesting *g, const struct suggestion *s, struct err *e)
{
	const struct suggestions *l = g->out;
	if (s->meeting == MEETING_NONE ||
	    (l->n == (size_t)g->q->limit && !is_before(s, &l->v[l->n - 1])))
		return 0;
	size_t at = make_room(g, s);
	if (at == SIZE_MAX)
		return 0;
	struct suggestion *kept = &g->out->v[at];
	*kept = *s;
	struct str *const strings[] = {&kept->id, &kept->label, &kept->name, &kept->country};
	for (size_t i = 0; i < sizeof strings / sizeof strings[0]; i++) {
		*strings[i] = arena_str(g->a, *strings[i]);
		if (!strings[i]->p)
			return arena_full(e);
	}
	return 0;
}

/* A row: folded, as written, key, statements, id, label, kind, country. */
static int offer_rows(struct suggesting *g, sqlite3_stmt *st, enum suggested what, struct err *e)
{
	int row;
	while ((row = sql_row(st, e)) > 0) {
		struct suggestion s = {.what = what,
				       .meeting = meeting_of(g->q->typed, sql_column(st, 0)),
				       .name = sql_column(st, 1),
				       .key = sqlite3_column_int64(st, 2),
				       .statements = sqlite3_column_int64(st, 3),
				       .id = sql_column(st, 4),
				       .label = sql_column(st, 5),
				       .kind = (enum actor_kind)sqlite3_column_int(st, 6),
				       .country = sql_column(st, 7)};
		if (offer(g, &s, e)) {
			sqlite3_reset(st);
			return -1;
		}
	}
	return row;
}

/* Those that begin so. */
static int offer_range(struct suggesting *g, enum reader_sql sql, enum suggested what,
		       struct err *e)
{
	sqlite3_stmt *st = g->r->st[sql];
	struct str start = g->q->typed;
	struct str end = arena_printf(g->a, "%.*s\xF4\x8F\xBF\xBF", STR_ARG(start));
	if (!end.p)
		return arena_full(e);
	sql_bind_str(st, 1, start);
	sql_bind_str(st, 2, end);
	return offer_rows(g, st, what, e);
}

static int offer_outlets(struct suggesting *g, struct err *e)
{
	struct str after = STR_EMPTY;
	for (;;) {
		struct outlets list;
		struct outlet_query q = {.after = after, .limit = 1, .names_alone = true};
		if (store_outlets(g->r, &q, g->a, &list, &after, e))
			return -1;
		if (list.n == 0)
			return 0;
		struct str folded = str_fold(g->a, list.v[0].name);
		if (!folded.p)
			return arena_full(e);
		struct suggestion s = {.what = SUGGESTED_OUTLET,
				       .meeting = meeting_of(g->q->typed, folded),
				       .id = list.v[0].name,
				       .label = list.v[0].name,
				       .name = list.v[0].name,
				       .country = STR_EMPTY};
		if (s.meeting != MEETING_NONE &&
		    (outlet_statements(g->r, s.id, &s.statements, e) || offer(g, &s, e)))
			return -1;
		if (after.n == 0)
			return 0;
	}
}

/* Every name of a list of names and keys, which an index has; of few is more asked, by `one`. */
static int look_through(struct suggesting *g, enum reader_sql names, enum reader_sql one,
			enum suggested what, struct err *e)
{
	sqlite3_stmt *st = g->r->st[names], *row_of = g->r->st[one];
	int row;
	while ((row = sql_row(st, e)) > 0) {
		struct str name = sql_column(st, 0);
		if (meeting_of(g->q->typed, name) == MEETING_NONE)
			continue;
		sqlite3_bind_int64(row_of, 1, sqlite3_column_int64(st, 1));
		sql_bind_str(row_of, 2, name);
		if (offer_rows(g, row_of, what, e)) {
			sqlite3_reset(st);
			return -1;
		}
	}
	return row;
}

/* Nothing that is still to come would be seen. */
static bool is_full(const struct suggesting *g)
{
	const struct suggestions *l = g->out;
	return l->n == (size_t)g->q->limit && l->v[l->n - 1].statements > 0;
}

/* Of one or two letters any walk gives more than anybody reads. */
enum { OPEN_ISSUES_FROM = 3 };

static int look(struct suggesting *g, struct err *e)
{
	struct str typed = g->q->typed;
	if ((is_wanted(g, SUGGESTED_OUTLET) && offer_outlets(g, e)) ||
	    (is_wanted(g, SUGGESTED_ISSUE) &&
	     look_through(g, R_SUGGEST_TERMS, R_SUGGEST_ISSUE, SUGGESTED_ISSUE, e)) ||
	    (is_wanted(g, SUGGESTED_ACTOR) && offer_range(g, R_SUGGEST_ACTORS, SUGGESTED_ACTOR, e)))
		return -1;
	if (!is_full(g) && typed.n >= OPEN_ISSUES_FROM && is_wanted(g, SUGGESTED_ISSUE) &&
	    offer_range(g, R_SUGGEST_OPEN_ISSUES, SUGGESTED_ISSUE, e))
		return -1;
	return is_full(g) || !is_wanted(g, SUGGESTED_ACTOR)
		       ? 0
		       : look_through(g, R_SUGGEST_ALIASES, R_SUGGEST_ACTOR, SUGGESTED_ACTOR, e);
}

int store_suggest(struct reader *r, const struct suggestion_query *q, struct arena *a,
		  struct suggestions *out, struct err *e)
{
	struct suggesting g = {.r = r, .q = q, .a = a, .out = out};
	struct err why = {0};
	*out = (struct suggestions){.v = arena_array(a, (size_t)q->limit + 1, sizeof *out->v)};
	if (!out->v)
		return arena_full(e);
	if (reader_call(r, e))
		return -1;
	int64_t deadline_ns = reader_hurry(r, q->until_ns, 0);
	int rc = look(&g, &why);
	return reader_hurry_end(r, deadline_ns, q->until_ns, rc, &why, &out->is_partial, e);
}
