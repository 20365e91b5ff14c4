/* Names looked through: those that a reader keeps by the letters of their words. Where these are
 * too many, those that begin as what is typed by a range of their index, and the others, by their
 * later words and their spelling, in one walk over all, which ends when its time is over. */
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

/* The rows of a name of which there is more to tell. */
static int offer_name(struct suggesting *g, const struct indexed_name *name, struct err *e)
{
	bool is_actor = name->what == SUGGESTED_ACTOR;
	sqlite3_stmt *st = g->r->st[is_actor ? R_SUGGEST_ACTOR : R_SUGGEST_ISSUE];
	sqlite3_bind_int64(st, 1, name->key);
	sql_bind_str(st, 2, name->folded);
	return offer_rows(g, st, name->what, e);
}

/* Every name of a list of names and keys, which an index has. */
static int look_through(struct suggesting *g, enum reader_sql names, enum suggested what,
			struct err *e)
{
	sqlite3_stmt *st = g->r->st[names];
	int row;
	while ((row = sql_row(st, e)) > 0) {
		struct indexed_name name = {sql_column(st, 0), sqlite3_column_int64(st, 1), what};
		if (meeting_of(g->q->typed, name.folded) != MEETING_NONE &&
		    offer_name(g, &name, e)) {
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

static int offer_open_issues(struct suggesting *g, struct err *e)
{
	return is_full(g) || g->q->typed.n < OPEN_ISSUES_FROM || !is_wanted(g, SUGGESTED_ISSUE)
		       ? 0
		       : offer_range(g, R_SUGGEST_OPEN_ISSUES, SUGGESTED_ISSUE, e);
}

/* Where there are too many names to keep. */
static int look_at_rows(struct suggesting *g, struct err *e)
{
	if ((is_wanted(g, SUGGESTED_ISSUE) &&
	     look_through(g, R_SUGGEST_TERMS, SUGGESTED_ISSUE, e)) ||
	    offer_open_issues(g, e))
		return -1;
	return is_full(g) || !is_wanted(g, SUGGESTED_ACTOR)
		       ? 0
		       : look_through(g, R_SUGGEST_ALIASES, SUGGESTED_ACTOR, e);
}

/* Would a name that meets so come before the last of those that are shown, were it used? */
static bool can_be_seen(const struct suggesting *g, enum meeting meeting)
{
	const struct suggestion best = {.meeting = meeting, .statements = INT64_MAX};
	return g->out->n < (size_t)g->q->limit || is_before(&best, &g->out->v[g->out->n - 1]);
}

/* Actors whose names begin so are there by their range. */
static int offer_met(struct suggesting *g, const struct met_names *met, int from, int to,
		     struct err *e)
{
	enum { NAMES_BETWEEN_LOOKS = 16 };
	for (int m = from; m < to; m++)
		for (size_t i = met->from[m]; i < met->from[m + 1]; i++) {
			bool is_new = met->v[i].what != SUGGESTED_ACTOR || m > MEETING_START;
			if (is_new && can_be_seen(g, (enum meeting)m) &&
			    ((i % NAMES_BETWEEN_LOOKS == 0 && reader_call(g->r, e)) ||
			     offer_name(g, &met->v[i], e)))
				return -1;
		}
	return 0;
}

/* The names that what is typed meets, made ready where the reader has none of the version. 1, 0
 * where they are not kept, -1 with *e. */
static int meet(struct suggesting *g, struct met_names *met, struct err *e)
{
	struct reader *r = g->r;
	uint64_t version = r->lookups.version;
	if (version && !name_index_is_of(r->name_index, version) &&
	    name_index_make(&r->name_index, version, r->st[R_SUGGEST_ALIASES],
			    r->st[R_SUGGEST_TERMS], e))
		return -1;
	return version ? name_index_meet(r->name_index, g->q->typed,
					 g->q->what ? g->q->what : UINT32_MAX, g->a, met, e)
		       : 0;
}

static int look(struct suggesting *g, struct err *e)
{
	struct met_names met;
	if (reader_call(g->r, e) || (is_wanted(g, SUGGESTED_OUTLET) && offer_outlets(g, e)) ||
	    (is_wanted(g, SUGGESTED_ACTOR) && offer_range(g, R_SUGGEST_ACTORS, SUGGESTED_ACTOR, e)))
		return -1;
	int rc = meet(g, &met, e);
	if (rc <= 0)
		return rc < 0 ? -1 : look_at_rows(g, e);
	return offer_met(g, &met, MEETING_WHOLE, MEETING_WORD, e) || offer_open_issues(g, e) ||
			       offer_met(g, &met, MEETING_WORD, MEETING_NONE, e)
		       ? -1
		       : 0;
}

int store_suggest(struct reader *r, const struct suggestion_query *q, struct arena *a,
		  struct suggestions *out, struct err *e)
{
	struct suggesting g = {.r = r, .q = q, .a = a, .out = out};
	struct err why = {0};
	*out = (struct suggestions){.v = arena_array(a, (size_t)q->limit + 1, sizeof *out->v)};
	if (!out->v)
		return arena_full(e);
	if (r->is_brief) /* all names are compared, without a step of SQLite's */
		return err_set(e, ERR_DEADLINE, NULL, "suggestions take too long");
	if (reader_call(r, e))
		return -1;
	int64_t deadline_ns = reader_hurry(r, q->until_ns, 0);
	int rc = look(&g, &why);
	return reader_hurry_end(r, deadline_ns, q->until_ns, rc, &why, &out->is_partial, e);
}
