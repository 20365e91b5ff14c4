/* What db/sqlite/sql.h promises of opening, for a database on a server. */
#include "db/sqlite/sql.h"

#include <stdlib.h>
#include <string.h>

#include "db/postgresql/connection.h"

/* Addresses stand in lists of processes, in logs and in messages. */
static bool has_password(const char *uri)
{
	const char *host = strstr(uri, "://"), *at = host ? strchr(host, '@') : NULL;
	const char *colon = host ? strchr(host + 3, ':') : NULL;
	return (at && colon && colon < at) || strstr(uri, "password=");
}

char *sql_real_path(const char *path, bool create, struct err *e)
{
	(void)create;
	char *copy = has_password(path) ? NULL : strdup(path);
	if (!copy)
		err_set(e, ERR_DB, NULL,
			"a password does not belong into the database's address: it is taken from "
			"PGPASSFILE, ~/.pgpass or PGPASSWORD");
	return copy;
}

sqlite3 *sql_open(const char *path, enum sql_mode mode, int cache_mb, struct err *e)
{
	(void)cache_mb;
	return connection_open(path, mode == SQL_CREATE || mode == SQL_WRITE, e);
}

void sql_deadline(sqlite3 *db, int64_t deadline_ns)
{
	db->deadline_ns = deadline_ns;
}

bool sql_is_near(void)
{
	return false;
}

/* A page whose names are all known is a round trip less. The engine's table has some 3,000 actors.
 */
size_t sql_names_kept(void)
{
	return 4096;
}

int sql_in_place(sqlite3 *db, struct err *e)
{
	return db->pq->PQstatus(db->c) == PG_CONNECTION_OK
		       ? 0
		       : err_set(e, ERR_DB, NULL, "the connection to the server is lost");
}
