/* Two rows that every transaction reads and most write. */
#include "db/sqlite/state.h"
#include "base/clock.h"

#include <string.h>

enum { COUNTS = 7, REREAD_COLUMNS = 7 };

/* In the order of the columns. */
static void list_counts(struct state *s, int64_t *out[COUNTS])
{
	int64_t *const columns[COUNTS] = {&s->counter, &s->articles,  &s->statements, &s->actors,
					  &s->issues,  &s->knowledge, &s->commits};
	memcpy(out, columns, sizeof columns);
}

static void list_reread(struct reread_state *s, int64_t *out[REREAD_COLUMNS])
{
	int64_t *const columns[REREAD_COLUMNS] = {&s->edition,	  &s->stale,  &s->done,
						  &s->changed,	  &s->failed, &s->started_ms,
						  &s->finished_ms};
	memcpy(out, columns, sizeof columns);
}

static int read_row(sqlite3_stmt *st, int64_t *const *columns, int n, const char *table,
		    struct err *e)
{
	int row = sql_row(st, e);
	if (row <= 0)
		return row < 0 ? -1 : err_set(e, ERR_DB, NULL, "the table \"%s\" is empty", table);
	for (int i = 0; i < n; i++)
		*columns[i] = sqlite3_column_int64(st, i);
	sqlite3_reset(st);
	return 0;
}

static int write_row(sqlite3_stmt *st, int64_t *const *columns, int n, struct err *e)
{
	for (int i = 0; i < n; i++)
		sqlite3_bind_int64(st, i + 1, *columns[i]);
	return sql_do(st, e);
}

/* In the order of the columns, without a lock on the row. */
int state_prepare_look(sqlite3 *db, sqlite3_stmt **counts, sqlite3_stmt **reread, struct err *e)
{
	*counts = sql_prepare(db,
			      "SELECT counter, articles, statements, actors, issues, knowledge,"
			      " commits FROM state",
			      e);
	*reread =
		sql_prepare(db,
			    "SELECT edition, stale, done, changed, failed, started_ms, finished_ms"
			    " FROM reread",
			    e);
	return *counts && *reread ? 0 : -1;
}

int state_look(sqlite3_stmt *counts, sqlite3_stmt *reread, struct state *out, struct err *e)
{
	int64_t *a[COUNTS], *b[REREAD_COLUMNS];
	*out = (struct state){0};
	list_counts(out, a);
	list_reread(&out->reread, b);
	return read_row(counts, a, COUNTS, "state", e) ||
			       read_row(reread, b, REREAD_COLUMNS, "reread", e)
		       ? -1
		       : 0;
}

struct store_stats state_stats(const struct state *s)
{
	return (struct store_stats){.articles = s->articles,
				    .statements = s->statements,
				    .actors = s->actors,
				    .issues = s->issues,
				    .commits = s->commits,
				    .reread = s->reread};
}

static int read_counts(struct write_connection *c, struct state *out, struct err *e)
{
	int64_t *columns[COUNTS];
	list_counts(out, columns);
	return read_row(c->st[W_STATE], columns, COUNTS, "state", e);
}

int state_load(struct write_connection *c, struct state *out, struct err *e)
{
	int64_t *columns[REREAD_COLUMNS];
	*out = (struct state){0};
	list_reread(&out->reread, columns);
	return read_counts(c, out, e) ||
			       read_row(c->st[W_REREAD], columns, REREAD_COLUMNS, "reread", e)
		       ? -1
		       : 0;
}

int state_check(struct write_connection *c, const struct state *committed, struct err *e)
{
	struct state now = *committed;
	if (sql_in_place(c->db, e) || read_counts(c, &now, e))
		return -1;
	if (memcmp(&now, committed, sizeof now) != 0)
		return err_set(e, ERR_DB, NULL,
			       "another program has changed the database: nothing is written until "
			       "a new start");
	return 0;
}

/* When something becomes stale, and when nothing is any more. */
static void note_times(struct reread_state *now, const struct reread_state *before)
{
	bool is_new = now->edition != before->edition;
	if (now->stale > 0 && (before->stale == 0 || is_new)) {
		now->started_ms = now_unix_ms();
		now->finished_ms = 0;
	}
	if (now->stale == 0 && now->started_ms && now->finished_ms == 0)
		now->finished_ms = now_unix_ms();
}

int state_save(struct write_connection *c, struct state *now, const struct state *committed,
	       int64_t commit, bool changes, struct err *e)
{
	int64_t *reread[REREAD_COLUMNS], *counts[COUNTS];
	if (!changes && memcmp(now, committed, sizeof *now) == 0)
		return 0;
	if (memcmp(&now->reread, &committed->reread, sizeof now->reread) != 0) {
		note_times(&now->reread, &committed->reread);
		list_reread(&now->reread, reread);
		if (write_row(c->st[W_SAVE_REREAD], reread, REREAD_COLUMNS, e))
			return -1;
	}
	now->commits = commit;
	list_counts(now, counts);
	return write_row(c->st[W_SAVE_STATE], counts, COUNTS, e);
}

int state_take_numbers(struct state *s, size_t n, struct err *e)
{
	enum { COUNTER_MAX = INT32_MAX };
	if (n > (size_t)(COUNTER_MAX - s->counter))
		return err_set(e, ERR_DB, NULL, "the counter of ids is used up");
	s->counter += (int64_t)n;
	return 0;
}

void state_raise_edition(struct state *s)
{
	s->reread.edition++;
	s->reread.stale = s->articles;
	s->reread.done = s->reread.changed = s->reread.failed = 0;
}

int64_t state_add_article(struct state *s, int64_t edition)
{
	struct reread_state *r = &s->reread;
	if (r->is_outdated)
		edition = 0;
	s->articles++;
	r->stale += edition < r->edition;
	return edition < r->edition ? edition : r->edition;
}

void state_drop_article(struct state *s, int64_t edition)
{
	s->articles--;
	s->reread.stale -= edition < s->reread.edition;
}
