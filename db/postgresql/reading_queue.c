/* Three tables: articles to be read, each with the moment until which it is lent, what was found
 * in articles, and when each worker was heard of. No more is lost with a crash of the server than
 * is read again, so that no call waits for the disk. */
#include "db/reading_queue.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "db/sqlite/sql.h"

#include "base/clock.h"
#include "base/version.h"
#include "db/knowledge.h"
#include "db/postgresql/array.h"
#include "db/sqlite/migrate.h"

enum {
	TRIES = 3,
	WAIT_MS = 5000,
	TELL_MS = WORKER_HEARD_MS / 4, /* how often a worker is heard of */
	COUNT_MS = 1000,
	FIGURES = 4,
	TEXTS = 24,
	FORGET_MS = 86400000, /* a worker that did not say that it ended */
};

/* By the server's clock, at the start of the transaction. */
#define NOW_MS "(extract(epoch FROM now()) * 1000)::bigint"

/* The row that says that somebody waits has no article. */
#define BELL "0"

/* A literal that was sent, and the prepared statement that it is. */
struct queue_text {
	const char *text;
	char name[16];
	int generation; /* of the connection that has it */
};

struct reading_queue {
	const struct engine *engine; /* the dispatcher's */
	sqlite3 *db;
	int64_t known;			  /* knowledge_hash; 0: not counted yet */
	int64_t worker, next_ns;	  /* when it tells of itself, or counts, again */
	int64_t ripe_ns;		  /* when what was handed in is taken over at the latest */
	_Atomic int64_t figures[FIGURES]; /* in the order of struct reading_figures */
	struct queue_text texts[TEXTS];	  /* the first without a text ends them */
};

/* Before the service has made its tables, or brought them up, there is nothing to be read. */
static int tables_fit(sqlite3 *db, struct err *e)
{
	int version;
	if (migrate_version(db, &version, e))
		return -1;
	if (version == migrate_newest())
		return 0;
	return err_set(e, ERR_DB, NULL,
		       "the database has schema version %d and this program asks for %d: start "
		       "demarche serve of this version on it first",
		       version, migrate_newest());
}

struct reading_queue *reading_queue_open(const char *path, int64_t worker, struct err *e)
{
	char *name = sql_real_path(path, false, e);
	struct reading_queue *q = name ? calloc(1, sizeof *q) : NULL;
	if (q)
		q->db = sql_open(name, SQL_WRITE, 0, e);
	free(name);
	if (q)
		q->worker = worker;
	if (q && q->db && tables_fit(q->db, e) == 0)
		return q;
	if (q)
		sqlite3_close(q->db);
	free(q);
	err_set(e, ERR_DB, NULL, "out of memory");
	return NULL;
}

/* --- calls --- */

static int send(struct reading_queue *q, const char *text, const struct value *v, int n,
		enum awaited awaited)
{
	struct queue_text *t = q->texts, *end = t + TEXTS;
	pg_oid types[4];
	while (t < end && t->text && t->text != text)
		t++;
	if (t == end)
		return connection_send(q->db, NULL, text, v, n, awaited);
	if (!t->text || t->generation != q->db->generation) {
		for (int i = 0; i < n; i++)
			types[i] = v[i].type;
		if (!t->text)
			connection_name(q->db, 'q', t->name);
		t->text = text;
		t->generation = q->db->generation;
		if (connection_prepare(q->db, t->name, text, types, n) != SQLITE_OK)
			return q->db->code;
	}
	return connection_send(q->db, t->name, NULL, v, n, awaited);
}

static int try_once(struct reading_queue *q, const char *text, const struct value *v, int n,
		    PGresult **rows)
{
	static const char unsynced[] = "SELECT set_config('synchronous_commit', 'off', true)";
	sqlite3 *db = q->db;
	if (connection_renew(db) == SQLITE_OK && connection_amend(db) == SQLITE_OK &&
	    send(q, unsynced, NULL, 0, AWAIT_NOTHING) == SQLITE_OK &&
	    send(q, text, v, n, AWAIT_ROWS) == SQLITE_OK)
		return connection_wait(db, rows);
	return db->code;
}

/* Every call may be made twice: a connection was lost, or two workers stood in each other's way.
 * The rows are to be cleared by the caller. NULL with *e. */
static PGresult *call(struct reading_queue *q, const char *text, const struct value *v, int n,
		      struct err *e)
{
	PGresult *rows = NULL;
	for (int i = 0; i < TRIES; i++)
		if (try_once(q, text, v, n, &rows) == SQLITE_OK && rows)
			return rows;
	sql_fail(q->db, "cannot use the queue of articles", e);
	return NULL;
}

static int call_only(struct reading_queue *q, const char *text, const struct value *v, int n,
		     struct err *e)
{
	PGresult *rows = call(q, text, v, n, e);
	if (!rows)
		return -1;
	q->db->pq->PQclear(rows);
	return 0;
}

/* Is it time again? */
static bool is_due(struct reading_queue *q, int64_t every_ms)
{
	int64_t now = now_monotonic_ns();
	if (now < q->next_ns)
		return false;
	q->next_ns = now + every_ms * 1000000;
	return true;
}

static int64_t number_at(const struct reading_queue *q, const PGresult *rows, int row, int column)
{
	return read_number(q->db->pq->PQgetvalue(rows, row, column));
}

static struct str bytes_at(const struct reading_queue *q, const PGresult *rows, int row, int column)
{
	return (struct str){q->db->pq->PQgetvalue(rows, row, column),
			    (size_t)q->db->pq->PQgetlength(rows, row, column)};
}

static void add_number(struct array *to, int64_t v)
{
	struct value value = value_number(v);
	array_add(to, &value);
}

/* Calls with a list of articles as the first value, and a number as the second. */
static int call_for(struct reading_queue *q, const char *text, struct keys articles, int64_t number,
		    struct err *e)
{
	struct array list = {0};
	if (!articles.n)
		return 0;
	for (size_t i = 0; i < articles.n; i++)
		add_number(&list, articles.v[i]);
	struct value v[] = {value_number(0), value_number(number)};
	int rc = list.has_failed ? arena_full(e) : 0;
	if (rc == 0) {
		v[0] = array_value(&list);
		rc = call_only(q, text, v, 2, e);
	}
	array_release(&list);
	return rc;
}

/* --- for a worker --- */

/* That fails with what follows. */
static void tell(struct reading_queue *q)
{
	const struct value v[] = {value_number(q->worker), value_number(FORGET_MS)};
	struct err ignored = {0};
	if (q->worker && is_due(q, TELL_MS))
		(void)!call_only(q,
				 "WITH d AS (DELETE FROM worker WHERE id IN (SELECT id FROM worker"
				 " WHERE heard_ms < " NOW_MS " - $2 FOR UPDATE SKIP LOCKED))"
				 " INSERT INTO worker(id, heard_ms) VALUES ($1, " NOW_MS ")"
				 " ON CONFLICT (id) DO UPDATE SET heard_ms = excluded.heard_ms",
				 v, 2, &ignored);
}

void reading_queue_close(struct reading_queue *q)
{
	if (!q)
		return;
	const struct value v[] = {value_number(q->worker)};
	PGresult *rows = NULL;
	if (q->worker && !connection_is_lost(q->db))
		try_once(q, "DELETE FROM worker WHERE id = $1", v, 1, &rows);
	q->db->pq->PQclear(rows);
	sqlite3_close(q->db);
	free(q);
}

int reading_queue_edition(struct reading_queue *q, const struct knowledge *k, int64_t *edition,
			  struct err *e)
{
	if (!q->known)
		q->known = (int64_t)knowledge_hash(k);
	PGresult *rows =
		call(q, "SELECT edition, engine, knowledge FROM reread, state", NULL, 0, e);
	if (!rows)
		return -1;
	struct str engine = bytes_at(q, rows, 0, 1);
	int rc = 0;
	*edition = number_at(q, rows, 0, 0);
	if (version_compare(engine, k->engine) != 0)
		rc = err_set(e, ERR_INPUT, NULL,
			     "the database was read by engine \"%.*s\", and this program's is "
			     "\"%.*s\": run the version that the service runs",
			     STR_ARG(engine), STR_ARG(k->engine));
	else if (number_at(q, rows, 0, 2) != q->known)
		rc = err_set(e, ERR_INPUT, NULL,
			     "this program knows other actors or issues than the service: run the "
			     "version that the service runs");
	q->db->pq->PQclear(rows);
	return rc;
}

int reading_queue_lend(struct reading_queue *q, int most, int64_t for_ms, struct arena *a,
		       struct keys *out, struct err *e)
{
	const struct value v[] = {value_number(most), value_number(for_ms)};
	const struct value wait[] = {value_number(WAIT_MS)};
	int64_t *articles = arena_array(a, (size_t)most, sizeof *articles);
	if (!articles)
		return arena_full(e);
	tell(q);
	PGresult *rows = call(q,
			      "WITH l AS (SELECT article FROM reading WHERE until_ms < " NOW_MS
			      " AND article > " BELL " ORDER BY article DESC LIMIT $1"
			      " FOR UPDATE SKIP LOCKED) UPDATE reading r SET until_ms = " NOW_MS
			      " + $2 FROM l WHERE r.article = l.article RETURNING r.article",
			      v, 2, e);
	if (!rows)
		return -1;
	*out = (struct keys){articles, (size_t)q->db->pq->PQntuples(rows)};
	for (size_t i = 0; i < out->n; i++)
		articles[i] = number_at(q, rows, (int)i, 0);
	q->db->pq->PQclear(rows);
	return out->n ? 0
		      : call_only(q,
				  "INSERT INTO reading(article, until_ms) VALUES (" BELL ", " NOW_MS
				  " + $1) ON CONFLICT (article) DO UPDATE"
				  " SET until_ms = excluded.until_ms",
				  wait, 1, e);
}

int reading_queue_extend(struct reading_queue *q, struct keys articles, int64_t for_ms,
			 struct err *e)
{
	tell(q);
	return call_for(q,
			"UPDATE reading SET until_ms = CASE WHEN $2 = 0 THEN 0 ELSE " NOW_MS
			" + $2 END WHERE article = ANY($1)",
			articles, for_ms, e);
}

/* Articles, editions, and, where `packed` is given, what was found, as three values. */
static int list_found(const struct found *v, size_t n, struct array lists[3], struct err *e)
{
	for (size_t i = 0; i < n; i++) {
		struct value packed = value_bytes(v[i].packed.p, v[i].packed.n, PG_BYTEA);
		add_number(&lists[0], v[i].article);
		add_number(&lists[1], v[i].edition);
		array_add(&lists[2], &packed);
	}
	return lists[0].has_failed || lists[1].has_failed || lists[2].has_failed ? arena_full(e)
										 : 0;
}

static int call_found(struct reading_queue *q, const char *text, const struct found *v, size_t n,
		      int n_lists, struct err *e)
{
	struct array lists[3] = {0};
	struct value values[3];
	if (!n)
		return 0;
	int rc = list_found(v, n, lists, e);
	if (rc == 0) {
		for (int i = 0; i < 3; i++)
			values[i] = array_value(&lists[i]);
		rc = call_only(q, text, values, n_lists, e);
	}
	for (int i = 0; i < 3; i++)
		array_release(&lists[i]);
	return rc;
}

int reading_queue_hand_in(struct reading_queue *q, const struct found *v, size_t n, struct err *e)
{
	return call_found(q,
			  "WITH d AS (DELETE FROM reading WHERE article = ANY($1))"
			  " INSERT INTO found(article, edition, packed)"
			  " SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bytea[])"
			  " ON CONFLICT (article) DO UPDATE SET edition = excluded.edition,"
			  " packed = excluded.packed WHERE found.edition <= excluded.edition",
			  v, n, 3, e);
}

/* --- how it stands --- */

void reading_queue_count(struct reading_queue *q)
{
	const struct value v[] = {value_number(WORKER_HEARD_MS)};
	PGresult *rows = NULL;
	if (is_due(q, COUNT_MS))
		try_once(q,
			 "SELECT count(*) FILTER (WHERE until_ms < " NOW_MS "),"
			 " count(*) FILTER (WHERE until_ms >= " NOW_MS "),"
			 " (SELECT count(*) FROM found), (SELECT count(*) FROM worker"
			 " WHERE heard_ms >= " NOW_MS " - $1) FROM reading WHERE article > " BELL,
			 v, 1, &rows);
	for (int i = 0; rows && i < FIGURES; i++)
		atomic_store(&q->figures[i], number_at(q, rows, 0, i));
	q->db->pq->PQclear(rows);
}

int reading_queue_figures(struct reading_queue *q, struct reading_figures *out)
{
	int64_t v[FIGURES];
	for (int i = 0; i < FIGURES; i++)
		v[i] = atomic_load(&q->figures[i]);
	*out = (struct reading_figures){v[0], v[1], v[2], v[3]};
	return 1;
}

/* --- for the writer --- */

int reading_queue_look(struct reading_queue *q, struct reading_look *out, struct err *e)
{
	enum { LENT, WAITING, FOUND, HELD };
	const struct value v[] = {value_number(QUEUE_LOW)};
	PGresult *rows = call(q,
			      "SELECT (SELECT count(*) FROM (SELECT 1 FROM reading"
			      " WHERE until_ms >= " NOW_MS " LIMIT 1) a),"
			      " (SELECT count(*) FROM (SELECT 1 FROM reading"
			      " WHERE until_ms < " NOW_MS " LIMIT $1) b),"
			      " (SELECT count(*) FROM found),"
			      " (SELECT count(*) FROM reading WHERE article > " BELL ")",
			      v, 1, e);
	if (!rows)
		return -1;
	int64_t found = number_at(q, rows, 0, FOUND), held = number_at(q, rows, 0, HELD);
	int64_t now = now_monotonic_ns();
	if (!found)
		q->ripe_ns = now + INT64_C(1000000) * RIPE_MS;
	*out = (struct reading_look){.is_lent = number_at(q, rows, 0, LENT) > 0,
				     .waiting = number_at(q, rows, 0, WAITING),
				     .held = held + found};
	out->is_ripe = found &&
		       (found >= RIPE_ARTICLES || now >= q->ripe_ns || !out->is_lent || held == 0);
	q->db->pq->PQclear(rows);
	return 0;
}

/* -1 with *e; 0 where there is none, else 1. */
static int next_edition(struct reading_queue *q, int64_t after, int64_t below, int64_t *out,
			struct err *e)
{
	const struct value v[] = {value_number(after), value_number(below)};
	PGresult *rows = call(
		q, "SELECT min(edition) FROM article WHERE edition > $1 AND edition < $2", v, 2, e);
	if (!rows)
		return -1;
	int found = !q->db->pq->PQgetisnull(rows, 0, 0);
	if (found)
		*out = number_at(q, rows, 0, 0);
	q->db->pq->PQclear(rows);
	return found;
}

int reading_queue_fill(struct reading_queue *q, int64_t edition, struct err *e)
{
	int64_t of = WRITE_EDITION_NEVER - 1, room = QUEUE_FULL;
	int found;
	while (room > 0 && (found = next_edition(q, of, edition, &of, e)) != 0) {
		const struct value v[] = {value_number(of), value_number(room)};
		PGresult *rows =
			found < 0 ? NULL
				  : call(q,
					 "INSERT INTO reading(article, until_ms) SELECT a.id, 0"
					 " FROM article a WHERE a.edition = $1 AND NOT EXISTS"
					 " (SELECT 1 FROM reading r WHERE r.article = a.id)"
					 " AND NOT EXISTS"
					 " (SELECT 1 FROM found f WHERE f.article = a.id)"
					 " ORDER BY a.id DESC LIMIT $2 ON CONFLICT DO NOTHING",
					 v, 2, e);
		if (!rows)
			return -1;
		room -= strtoll(q->db->pq->PQcmdTuples(rows), NULL, 10);
		q->db->pq->PQclear(rows);
	}
	return 0;
}

int reading_queue_clear(struct reading_queue *q, struct err *e)
{
	return call_only(q, "DELETE FROM reading", NULL, 0, e);
}

int reading_queue_found(struct reading_queue *q, int most, struct arena *a, struct found **out,
			size_t *n, struct err *e)
{
	const struct value v[] = {value_number(most)};
	PGresult *rows = call(
		q, "SELECT article, edition, packed FROM found ORDER BY article LIMIT $1", v, 1, e);
	if (!rows)
		return -1;
	q->ripe_ns = now_monotonic_ns() + INT64_C(1000000) * RIPE_MS;
	*n = (size_t)q->db->pq->PQntuples(rows);
	*out = arena_array(a, *n, sizeof **out);
	bool fits = *out;
	for (size_t i = 0; i < *n && fits; i++) {
		struct found *f = &(*out)[i];
		*f = (struct found){.article = number_at(q, rows, (int)i, 0),
				    .edition = number_at(q, rows, (int)i, 1),
				    .packed = arena_str(a, bytes_at(q, rows, (int)i, 2))};
		fits = f->packed.p;
	}
	q->db->pq->PQclear(rows);
	return fits ? 0 : arena_full(e);
}

int reading_queue_drop(struct reading_queue *q, const struct found *v, size_t n, struct err *e)
{
	return call_found(q,
			  "DELETE FROM found f USING unnest($1::bigint[], $2::bigint[])"
			  " AS d(article, edition)"
			  " WHERE f.article = d.article AND f.edition = d.edition",
			  v, n, 2, e);
}
