/* A copy of the database that is whole or not there. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/maintenance.h"
#include "db/sqlite/lock_file.h"
#include "db/sqlite/migrate.h"
#include "db/sqlite/new_file.h"

enum { BACKUP_PAGES = 1024, CACHE_MB = 8 };

struct progress {
	void (*report)(void *, int done, int total);
	void *context;
};

/* The source holds one snapshot all the while: without it every commit would start the copy again.
 */
static int copy_pages(sqlite3 *from, sqlite3 *to, const struct progress *p, struct err *e)
{
	sqlite3_backup *b = sqlite3_backup_init(to, "main", from, "main");
	if (!b)
		return sql_fail(to, "cannot start the backup", e);
	int code;
	do {
		code = sqlite3_backup_step(b, BACKUP_PAGES);
		int total = sqlite3_backup_pagecount(b);
		if (p->report)
			p->report(p->context, total - sqlite3_backup_remaining(b), total);
	} while (code == SQLITE_OK);
	return sqlite3_backup_finish(b) ? sql_fail(to, "cannot write the backup", e) : 0;
}

/* The file comes with the source's mark for a log. Without it the copy is one file, which can be
 * asked on a disk that is read-only. */
static int end_log(sqlite3 *db, struct err *e)
{
	sqlite3_stmt *st = sql_prepare(db, "PRAGMA journal_mode = DELETE", e);
	int row = st ? sql_row(st, e) : -1;
	bool is_one_file = row > 0 && str_eq(sql_column(st, 0), STR("delete"));
	sqlite3_finalize(st);
	return is_one_file ? 0 : err_set(e, ERR_DB, NULL, "cannot make the backup one file");
}

static int copy(const char *path, const char *partial, const struct progress *p, struct err *e)
{
	int version, result = -1;
	int64_t ignored;
	sqlite3 *to = NULL, *from = sql_open(path, SQL_LOOK, CACHE_MB, e);
	if (!from || migrate_version(from, &version, e) || sql_once(from, "BEGIN", e) ||
	    sql_number(from, "SELECT counter FROM state", &ignored, e))
		goto out;
	to = sql_open(partial, SQL_WRITE, CACHE_MB, e);
	if (to && copy_pages(from, to, p, e) == 0)
		result = end_log(to, e);
out:
	if (sqlite3_close(to) && result == 0)
		result = err_set(e, ERR_DB, NULL, "cannot close the backup");
	sqlite3_close(from);
	return result;
}

/* What a killed copy has left beside its file. */
static void drop_leavings(const char *partial)
{
	static const char *const endings[] = {"-journal", "-wal", "-shm"};
	for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
		char *name = sql_beside(partial, endings[i]);
		if (name)
			unlink(name);
		free(name);
	}
}

/* An empty file under the name of the copy in the making, and nobody else's until it has another
 * name or is removed. */
static int take_name(struct lock_file *lock, const char *partial, const char *target, struct err *e)
{
	struct err why = {0};
	if (lock_file_take(lock, partial, NULL, &why))
		return why.kind == ERR_BUSY
			       ? err_set(e, ERR_BUSY, NULL, "another backup to \"%s\" is under way",
					 target)
			       : err_set(e, ERR_DB, NULL, "cannot create \"%s\": %s", target,
					 why.message);
	if (access(target, F_OK) == 0)
		return err_set(e, ERR_INPUT, NULL, "\"%s\" exists", target);
	drop_leavings(partial);
	return ftruncate(lock->fd, 0) == 0 ? 0
					   : err_set(e, ERR_DB, NULL, "cannot write \"%s\": %s",
						     partial, strerror(errno));
}

int store_backup(const char *path, const char *target, void (*report)(void *, int done, int total),
		 void *context, struct err *e)
{
	const struct progress p = {report, context};
	char *real = sql_real_path(path, false, e), *partial = sql_beside(target, PARTIAL_ENDING);
	struct lock_file lock = lock_file_none();
	int result = -1;
	if (real && partial && take_name(&lock, partial, target, e) == 0) {
		result = copy(real, partial, &p, e);
		if (result)
			drop_leavings(partial);
		else
			result = new_file_finish(lock.fd, partial, target, e);
	}
	lock_file_release(&lock); /* and with it the file, if it has not got its name */
	free(partial);
	free(real);
	return result;
}
