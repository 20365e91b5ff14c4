/* Sending, and reading what comes back. */
#include "db/postgresql/connection.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* So often whoever waits for the server asks whether it should. */
enum { ASK_MS = 10 };

int connection_fail(sqlite3 *db, int code, const char *message)
{
	db->code = code;
	snprintf(db->message, sizeof db->message, "%s", message);
	for (char *p = db->message; *p; p++)
		if (*p == '\n')
			*p = p[1] ? ' ' : '\0';
	return code;
}

static void ignore_notice(void *context, const char *message)
{
	(void)context;
	(void)message;
}

/* SQLite's questions name the order of their joins, and an index gives each step. */
static void write_settings(const sqlite3 *db, bool is_local, char out[512])
{
	/* A writer that is held up in the middle of a transaction keeps no other from its turn. */
	snprintf(out, 512,
		 "SELECT set_config(name, value, %s) FROM (VALUES ('join_collapse_limit', '1'),"
		 " ('enable_seqscan', 'off'), ('enable_bitmapscan', 'off'),"
		 " ('enable_hashjoin', 'off'), ('enable_mergejoin', 'off'), ('jit', 'off'),"
		 " ('plan_cache_mode', 'force_generic_plan')%s) AS v(name, value)",
		 is_local ? "true" : "false",
		 db->is_writer ? ", ('idle_in_transaction_session_timeout', '6000')" : "");
}

/* A text that is sent each time it is run. */
struct prepared_text {
	char name[16];
	char *text;
	pg_oid *types;
};

/* A pooler tells a number of its own for the server's process. */
static int look_for_pooler(sqlite3 *db)
{
	PGresult *r = db->pq->PQexec(db->c, "SELECT pg_backend_pid()");
	bool is_told = db->pq->PQresultStatus(r) == PG_TUPLES_OK;
	if (is_told)
		db->is_pooled = strtol(db->pq->PQgetvalue(r, 0, 0), NULL, 10) !=
				db->pq->PQbackendPID(db->c);
	db->pq->PQclear(r);
	return is_told ? 0 : -1;
}

static int set_up(sqlite3 *db)
{
	char settings[512];
	bool is_set = look_for_pooler(db) == 0;
	if (is_set && !db->is_pooled) {
		write_settings(db, false, settings);
		PGresult *r = db->pq->PQexec(db->c, settings);
		is_set = db->pq->PQresultStatus(r) == PG_TUPLES_OK;
		db->pq->PQclear(r);
	}
	return is_set && db->pq->PQenterPipelineMode(db->c) ? 0 : -1;
}

int connection_set_up(sqlite3 *db)
{
	char settings[512];
	write_settings(db, true, settings);
	return db->is_pooled ? connection_send(db, NULL, settings, NULL, 0, AWAIT_NOTHING)
			     : SQLITE_OK;
}

sqlite3 *connection_open(const char *uri, bool is_writer, struct err *e)
{
	/* The first two are what the address may say otherwise. */
	const char *const names[] = {"connect_timeout",	 "tcp_user_timeout", "dbname",
				     "application_name", "client_encoding",  NULL};
	const char *const values[] = {"5", "10000", uri, "demarche", "UTF8", NULL};
	const struct libpq *pq = libpq_load(e);
	sqlite3 *db = pq ? calloc(1, sizeof *db) : NULL;
	if (!db) {
		err_set(e, ERR_DB, NULL, "out of memory");
		return NULL;
	}
	db->pq = pq;
	db->is_writer = is_writer;
	db->c = pq->PQconnectdbParams(names, values, 1);
	pq->PQsetNoticeProcessor(db->c, ignore_notice, NULL);
	if (pq->PQstatus(db->c) == PG_CONNECTION_OK && set_up(db) == 0)
		return db;
	connection_fail(db, SQLITE_ERROR, pq->PQerrorMessage(db->c));
	err_set(e, ERR_DB, NULL, "cannot open the database on the server: %s", db->message);
	connection_close(db);
	return NULL;
}

void connection_close(sqlite3 *db)
{
	db->pq->PQfinish(db->c);
	for (size_t i = 0; i < db->n_texts; i++) {
		free(db->texts[i].text);
		free(db->texts[i].types);
	}
	free(db->texts);
	free(db);
}

bool connection_is_lost(const sqlite3 *db)
{
	return db->pq->PQstatus(db->c) != PG_CONNECTION_OK;
}

int connection_renew(sqlite3 *db)
{
	if (!connection_is_lost(db))
		return SQLITE_OK;
	db->generation++;
	db->n_pending = 0;
	db->has_missed = false;
	db->pq->PQreset(db->c);
	if (connection_is_lost(db) || set_up(db))
		return connection_fail(db, SQLITE_ERROR, db->pq->PQerrorMessage(db->c));
	db->has_failed = false;
	return SQLITE_OK;
}

static int lost(sqlite3 *db)
{
	db->has_failed = true;
	return connection_fail(db, SQLITE_ERROR, db->pq->PQerrorMessage(db->c));
}

/* Before something is sent: rows are left to who asks for them, which is several at a time. What
 * failed shows at the next statement, since ROLLBACK is sent all the same. */
static int have_room(sqlite3 *db)
{
	enum { TOGETHER = 32 };
	if (db->n_pending < PENDING_MAX - TOGETHER)
		return SQLITE_OK;
	for (int i = 0; i < db->n_pending; i++)
		if (db->pending[i] == AWAIT_ROWS)
			return db->n_pending < PENDING_MAX
				       ? SQLITE_OK
				       : connection_fail(db, SQLITE_ERROR, "too much is awaited");
	connection_wait(db, NULL);
	return connection_is_lost(db) ? db->code : SQLITE_OK;
}

static int sent(sqlite3 *db, int is_sent, enum awaited awaited)
{
	if (!is_sent)
		return lost(db);
	db->pending[db->n_pending++] = (unsigned char)awaited;
	return SQLITE_OK;
}

static struct prepared_text *find_text(const sqlite3 *db, const char *name)
{
	for (size_t i = db->n_texts; i-- > 0;)
		if (strcmp(db->texts[i].name, name) == 0)
			return &db->texts[i];
	return NULL;
}

static int keep_text(sqlite3 *db, const char *name, const char *text, const pg_oid *types, int n)
{
	struct prepared_text *t;
	if (find_text(db, name))
		return SQLITE_OK;
	if (db->n_texts == db->cap_texts) {
		size_t cap = db->cap_texts ? 2 * db->cap_texts : 64;
		t = realloc(db->texts, cap * sizeof *t);
		if (!t)
			return connection_fail(db, SQLITE_ERROR, "out of memory");
		db->texts = t;
		db->cap_texts = cap;
	}
	t = &db->texts[db->n_texts];
	*t = (struct prepared_text){.text = strdup(text),
				    .types = calloc((size_t)n + 1, sizeof *types)};
	if (!t->text || !t->types) {
		free(t->text);
		free(t->types);
		return connection_fail(db, SQLITE_ERROR, "out of memory");
	}
	snprintf(t->name, sizeof t->name, "%s", name);
	memcpy(t->types, types, (size_t)n * sizeof *types);
	db->n_texts++;
	return SQLITE_OK;
}

int connection_prepare(sqlite3 *db, const char *name, const char *text, const pg_oid *types, int n)
{
	if (db->is_pooled)
		return keep_text(db, name, text, types, n);
	if (have_room(db) != SQLITE_OK)
		return db->code;
	return sent(db, db->pq->PQsendPrepare(db->c, name, text, n, types), AWAIT_TEXT);
}

int connection_amend(sqlite3 *db)
{
	if (!db->has_missed || db->has_failed)
		return SQLITE_OK;
	db->has_missed = false;
	db->generation++;
	if (connection_send(db, NULL, "DEALLOCATE ALL", NULL, 0, AWAIT_NOTHING) == SQLITE_OK &&
	    !db->in_transaction)
		connection_end(db);
	return db->has_failed ? db->code : SQLITE_OK;
}

void connection_forget(sqlite3 *db, const char *name, int generation)
{
	char text[32];
	struct prepared_text *t = db->is_pooled ? find_text(db, name) : NULL;
	if (t) {
		free(t->text);
		free(t->types);
		*t = db->texts[--db->n_texts];
	} else if (*name && generation == db->generation && !db->has_failed) {
		snprintf(text, sizeof text, "DEALLOCATE %s", name);
		connection_send(db, NULL, text, NULL, 0, AWAIT_NOTHING);
		if (!db->in_transaction) /* what follows is a transaction of its own */
			connection_end(db);
	}
}

int connection_send(sqlite3 *db, const char *name, const char *text, const struct value *v, int n,
		    enum awaited awaited)
{
	const char *p[VALUES_MAX];
	int lengths[VALUES_MAX], binary[VALUES_MAX];
	pg_oid types[VALUES_MAX];
	if (have_room(db) != SQLITE_OK)
		return db->code;
	for (int i = 0; i < n; i++) {
		types[i] = v[i].type;
		p[i] = !v[i].type ? NULL : v[i].p ? v[i].p : v[i].number;
		lengths[i] = (int)v[i].n;
		binary[i] = 1;
	}
	const struct prepared_text *kept = name && db->is_pooled ? find_text(db, name) : NULL;
	if (kept) {
		memcpy(types, kept->types, (size_t)n * sizeof *types);
		text = kept->text;
		name = NULL;
	}
	int is_sent =
		name ? db->pq->PQsendQueryPrepared(db->c, name, n, p, lengths, binary, 1)
		     : db->pq->PQsendQueryParams(db->c, text, n, types, p, lengths, binary, 1);
	return sent(db, is_sent, awaited);
}

void connection_name(sqlite3 *db, char letter, char out[16])
{
	snprintf(out, 16, "%c%d", letter, ++db->last_name);
}

struct value value_number(int64_t v)
{
	struct value out = {.type = PG_INT8, .n = sizeof out.number};
	for (int i = 0; i < 8; i++)
		out.number[i] = (char)((uint64_t)v >> (56 - 8 * i));
	return out;
}

struct value value_bytes(const void *p, size_t n, pg_oid type)
{
	return (struct value){.type = type, .p = p ? p : "", .n = n};
}

int64_t read_number(const char *p)
{
	uint64_t v = 0;
	for (int i = 0; i < 8; i++)
		v = v << 8 | (unsigned char)p[i];
	return (int64_t)v;
}

static void cancel(sqlite3 *db)
{
	char ignored[256];
	PGcancel *c = db->pq->PQgetCancel(db->c);
	if (c)
		db->pq->PQcancel(c, ignored, sizeof ignored);
	db->pq->PQfreeCancel(c);
}

static PGresult *next_result(sqlite3 *db, bool *is_cancelled)
{
	const struct libpq *pq = db->pq;
	while (pq->PQisBusy(db->c)) {
		struct pollfd fd = {.fd = pq->PQsocket(db->c), .events = POLLIN};
		if (pq->PQflush(db->c) > 0)
			fd.events |= POLLOUT;
		int ready = poll(&fd, 1, ASK_MS);
		if (ready == 0 && db->is_over && !*is_cancelled &&
		    db->is_over(db->is_over_context)) {
			*is_cancelled = true;
			cancel(db);
		}
		if (!pq->PQconsumeInput(db->c))
			break;
	}
	return pq->PQgetResult(db->c);
}

static void fail_by(sqlite3 *db, const PGresult *r)
{
	static const struct {
		const char *state;
		int code;
	} known[] = {{"57014", SQLITE_INTERRUPT} /* canceled */, {"55P03", SQLITE_BUSY}};
	const char *state = db->pq->PQresultErrorField(r, PG_SQLSTATE);
	int code = SQLITE_ERROR;
	if (db->has_failed)
		return; /* the first error is the one that says why */
	db->has_failed = true;
	for (size_t i = 0; state && i < sizeof known / sizeof known[0]; i++)
		if (strcmp(state, known[i].state) == 0)
			code = known[i].code;
	connection_fail(db, code, db->pq->PQresultErrorMessage(r));
}

/* Results with rows, in order; of more than there is room for the last stays. */
struct results {
	PGresult **v;
	int n, most;
};

static void take(sqlite3 *db, int at, PGresult *r, struct results *rows)
{
	enum awaited awaited = db->pending[at];
	PGresult **into = db->ahead[at];
	int status = db->pq->PQresultStatus(r);
	db->has_missed |= awaited == AWAIT_TEXT && status != PG_COMMAND_OK;
	if (awaited == AWAIT_END) {
		db->has_failed |= status != PG_PIPELINE_SYNC;
	} else if (status != PG_COMMAND_OK && status != PG_TUPLES_OK) {
		if (status == PG_FATAL_ERROR)
			fail_by(db, r);
		db->has_failed = true;
	} else if (awaited == AWAIT_COUNT || awaited == AWAIT_IDS) {
		db->changes += strtoll(db->pq->PQcmdTuples(r), NULL, 10);
		for (int i = 0; awaited == AWAIT_IDS && db->note && i < db->pq->PQntuples(r); i++)
			db->note(db->note_context, SQLITE_UPDATE, "main", "statement",
				 read_number(db->pq->PQgetvalue(r, i, 0)));
	} else if (awaited == AWAIT_AHEAD && into) {
		*into = r;
		return;
	} else if (awaited == AWAIT_ROWS && rows->most) {
		if (rows->n == rows->most)
			db->pq->PQclear(rows->v[--rows->n]);
		rows->v[rows->n++] = r;
		return;
	}
	db->pq->PQclear(r);
}

int connection_end(sqlite3 *db)
{
	if (have_room(db) != SQLITE_OK)
		return db->code;
	if (!db->pq->PQpipelineSync(db->c) || db->pq->PQflush(db->c) < 0)
		return lost(db);
	db->pending[db->n_pending++] = AWAIT_END;
	return SQLITE_OK;
}

int connection_send_ahead(sqlite3 *db, const char *name, const struct value *v, int n,
			  PGresult **into)
{
	if (have_room(db) != SQLITE_OK)
		return db->code;
	db->ahead[db->n_pending] = into;
	*into = NULL;
	int code = connection_send(db, name, NULL, v, n, AWAIT_AHEAD);
	return code == SQLITE_OK ? connection_end(db) : code;
}

void connection_forget_ahead(sqlite3 *db, PGresult **into)
{
	for (int i = 0; i < db->n_pending; i++)
		if (db->ahead[i] == into)
			db->ahead[i] = NULL;
}

int connection_wait(sqlite3 *db, PGresult **rows)
{
	return connection_wait_all(db, rows, rows ? 1 : 0);
}

int connection_wait_all(sqlite3 *db, PGresult **rows, int n)
{
	bool is_cancelled = false, is_lost = !db->pq->PQpipelineSync(db->c);
	struct results got = {.v = rows, .most = n};
	PGresult *end = NULL;
	for (int i = 0; i < db->n_pending && !is_lost; i++) {
		PGresult *r = next_result(db, &is_cancelled);
		if (r)
			take(db, i, r, &got);
		is_lost = !r || db->pq->PQstatus(db->c) != PG_CONNECTION_OK;
		if (!is_lost && db->pending[i] != AWAIT_END)
			db->pq->PQclear(next_result(db, &is_cancelled)); /* a result ends by none */
	}
	db->n_pending = 0;
	if (!is_lost) {
		end = next_result(db, &is_cancelled);
		is_lost = db->pq->PQresultStatus(end) != PG_PIPELINE_SYNC;
		db->pq->PQclear(end);
	}
	if (is_lost)
		lost(db);
	while (rows && db->has_failed && got.n) {
		db->pq->PQclear(rows[--got.n]);
		rows[got.n] = NULL;
	}
	if (!db->has_failed) {
		db->has_begun = false;
		return SQLITE_OK;
	}
	db->has_failed = db->in_transaction || is_lost;
	return db->code;
}
