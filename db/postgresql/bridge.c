/* The bridge's words for connections, and those for which a server has no use. */
#include "db/postgresql/connection.h"

int sqlite3_errcode(sqlite3 *db)
{
	return db->code;
}

int sqlite3_extended_errcode(sqlite3 *db)
{
	return db->code;
}

const char *sqlite3_errmsg(sqlite3 *db)
{
	return db->message;
}

int sqlite3_get_autocommit(sqlite3 *db)
{
	return !db->in_transaction;
}

sqlite3_int64 sqlite3_last_insert_rowid(sqlite3 *db)
{
	return db->last_key;
}

void sqlite3_progress_handler(sqlite3 *db, int steps, int (*is_over)(void *), void *context)
{
	(void)steps;
	db->is_over = is_over;
	db->is_over_context = context;
}

void *sqlite3_update_hook(sqlite3 *db,
			  void (*note)(void *, int, const char *, const char *, sqlite3_int64),
			  void *context)
{
	db->note = note;
	db->note_context = context;
	return NULL;
}

int sqlite3_busy_timeout(sqlite3 *db, int ms)
{
	(void)db;
	(void)ms;
	return SQLITE_OK;
}

void *sqlite3_wal_hook(sqlite3 *db, int (*hook)(void *, sqlite3 *, const char *, int),
		       void *context)
{
	(void)db;
	(void)hook;
	(void)context;
	return NULL;
}

int sqlite3_wal_checkpoint_v2(sqlite3 *db, const char *name, int mode, int *frames, int *done)
{
	(void)db;
	(void)name;
	(void)mode;
	(void)frames;
	(void)done;
	return SQLITE_OK;
}

int sqlite3_config(int option, ...)
{
	(void)option;
	return SQLITE_OK;
}

void sqlite3_log(int code, const char *format, ...)
{
	(void)code;
	(void)format;
}
