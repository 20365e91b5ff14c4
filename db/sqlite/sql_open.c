/* Opening connections safely. */
#include "db/sqlite/sql.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* An article's body is bounded far below this at the edge; a group's SQL texts are ours. */
enum { LENGTH_MAX = 64 * 1024 * 1024, SQL_LENGTH_MAX = 256 * 1024, BUSY_TIMEOUT_MS = 10000 };

static pthread_once_t once = PTHREAD_ONCE_INIT;

/* Statistics of memory take a global lock at every allocation. Refused, harmlessly, where the
 * library is in use already. */
static void configure(void)
{
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static int guard(sqlite3 *db)
{
	static const struct {
		int id, value;
	} limits[] = {
		{SQLITE_LIMIT_LENGTH, LENGTH_MAX},
		{SQLITE_LIMIT_SQL_LENGTH, SQL_LENGTH_MAX},
		{SQLITE_LIMIT_ATTACHED, 0},
		{SQLITE_LIMIT_EXPR_DEPTH, 200},
		{SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 256},
		{SQLITE_LIMIT_WORKER_THREADS, 0},
	};
	for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++)
		sqlite3_limit(db, limits[i].id, limits[i].value);
	sqlite3_extended_result_codes(db, 1);
	sqlite3_busy_timeout(db, BUSY_TIMEOUT_MS);
	return sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)NULL) ||
	       sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)NULL) ||
	       sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, (int *)NULL) ||
	       sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, (int *)NULL);
}

static int set_up(sqlite3 *db, enum sql_mode mode, int cache_mb, struct err *e)
{
	if (guard(db))
		return sql_fail(db, "cannot configure the database", e);
	char cache[64];
	snprintf(cache, sizeof cache, "PRAGMA cache_size = %d",
		 -1024 * (cache_mb > 0 ? cache_mb : 2));
	if (sql_once(db, cache, e) || sql_once(db, "PRAGMA foreign_keys = ON", e) ||
	    sql_once(db, "PRAGMA temp_store = MEMORY", e))
		return -1;
	if (mode == SQL_READ || mode == SQL_LOOK)
		/* The last to close a log copies it back into the file: a reader must not. */
		return sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)NULL)
			       ? sql_fail(db, "cannot configure the database", e)
			       : 0;
	/* FULL: a commit that was acknowledged survives a power cut. NORMAL gains nothing once
	 * commits are shared. */
	return sql_once(db, "PRAGMA synchronous = FULL", e);
}

/* Private from the start: the log and its index get the mode of the database. Not through SQLite,
 * which goes by the umask. */
static int create_private(const char *path, struct err *e)
{
	struct stat st;
	if (stat(path, &st) == 0)
		return 0; /* and not opened: to close it would drop the locks that this process may
			     have on it */
	int fd = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);
	if (fd < 0)
		return err_set(e, ERR_DB, NULL, "cannot create \"%s\": %s", path, strerror(errno));
	close(fd);
	return 0;
}

char *sql_real_path(const char *path, bool create, struct err *e)
{
	if (create && create_private(path, e))
		return NULL;
	char *real = realpath(path, NULL);
	if (!real)
		err_set(e, ERR_DB, NULL, "cannot open \"%s\": %s", path, strerror(errno));
	return real;
}

char *sql_beside(const char *path, const char *ending)
{
	size_t room = strlen(path) + strlen(ending) + 1;
	char *name = malloc(room);
	if (name)
		snprintf(name, room, "%s%s", path, ending);
	return name;
}

static sqlite3 *open_raw(const char *name, int flags, struct err *e)
{
	sqlite3 *db = NULL;
	if (sqlite3_open_v2(name, &db, flags | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK)
		return db;
	err_set(e, ERR_DB, NULL, "cannot open \"%s\": %s", name,
		db ? sqlite3_errmsg(db) : "out of memory");
	sqlite3_close(db);
	return NULL;
}

/* --- looking --- */

/* "file:/a%20b.db?immutable=1" */
static char *immutable_name(const char *path)
{
	static const char start[] = "file:", end[] = "?immutable=1";
	char *name = malloc(3 * strlen(path) + sizeof start + sizeof end), *to = name;
	if (!name)
		return NULL;
	to += snprintf(to, sizeof start, "%s", start);
	for (const char *p = path; *p; p++) {
		bool is_plain = isalnum((unsigned char)*p) || strchr("/._-", *p);
		to += snprintf(to, 4, is_plain ? "%c" : "%%%02X", (unsigned char)*p);
	}
	memcpy(to, end, sizeof end);
	return name;
}

/* Is there something beside the file that belongs to it? */
static bool has_beside(const char *path, const char *ending)
{
	struct stat st;
	char *name = sql_beside(path, ending);
	bool has = !name || (stat(name, &st) == 0 && st.st_size > 0);
	free(name);
	return has;
}

/* A reader is set up when it has read: only then the log and its index are opened. */
static int set_up_reader(sqlite3 *db, int cache_mb, struct err *e)
{
	int64_t ignored;
	return set_up(db, SQL_LOOK, cache_mb, e) ||
			       sql_number(db, "SELECT count(*) FROM sqlite_schema", &ignored, e)
		       ? -1
		       : 0;
}

/* What SQLite's answers come down to where a reader may not make the log's index, nor roll back
 * what a kill left. */
static bool needs_writing(sqlite3 *db, const char *path)
{
	int code = sqlite3_errcode(db) & 0xFF;
	char *folder = strdup(path);
	bool is_closed = folder && access(dirname(folder), W_OK) != 0;
	free(folder);
	return code == SQLITE_READONLY || (code == SQLITE_CANTOPEN && is_closed);
}

/* Nobody can write here, and all is in the one file. */
static sqlite3 *look_immutable(const char *path, int cache_mb, struct err *e)
{
	char *name = immutable_name(path);
	sqlite3 *db = name ? open_raw(name, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, e) : NULL;
	free(name);
	if (db && set_up_reader(db, cache_mb, e) == 0)
		return db;
	sqlite3_close(db);
	err_set(e, ERR_DB, NULL, "out of memory");
	return NULL;
}

static sqlite3 *look(const char *path, int cache_mb, struct err *e)
{
	struct err why = {0};
	sqlite3 *db = open_raw(path, SQLITE_OPEN_READONLY, e);
	if (!db || set_up_reader(db, cache_mb, &why) == 0)
		return db;
	bool is_refused = needs_writing(db, path);
	sqlite3_close(db);
	if (is_refused && !has_beside(path, "-wal") && !has_beside(path, "-journal"))
		return look_immutable(path, cache_mb, e);
	if (is_refused)
		err_set(e, ERR_DB, NULL,
			"the last changes of \"%s\" are still in the log beside it, and cannot be "
			"read where nothing can be "
			"written: copy all its files to a folder that can be written to, or start "
			"demarche serve on it once",
			path);
	else
		err_set(e, why.kind, NULL, "%s", why.message);
	return NULL;
}

sqlite3 *sql_open(const char *path, enum sql_mode mode, int cache_mb, struct err *e)
{
	pthread_once(&once, configure);
	if (mode == SQL_LOOK)
		return look(path, cache_mb, e);
	if (mode == SQL_CREATE && create_private(path, e))
		return NULL;
	sqlite3 *db =
		open_raw(path, mode == SQL_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE, e);
	if (db && set_up(db, mode, cache_mb, e)) {
		sqlite3_close(db);
		return NULL;
	}
	return db;
}

/* The one who asks and the one who answers are the same process. */
void sql_deadline(sqlite3 *db, int64_t deadline_ns)
{
	(void)db;
	(void)deadline_ns;
}

bool sql_is_near(void)
{
	return true;
}

/* Of the engine's 3,000 actors those that most pages name. */
size_t sql_names_kept(void)
{
	return 2048;
}

int sql_in_place(sqlite3 *db, struct err *e)
{
	int has_moved = 0;
	if (sqlite3_file_control(db, "main", SQLITE_FCNTL_HAS_MOVED, &has_moved) == SQLITE_OK &&
	    has_moved)
		return err_set(e, ERR_DB, NULL,
			       "the database file was moved, replaced or deleted while it was "
			       "open: put it back, or start again");
	return 0;
}
