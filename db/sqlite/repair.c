/* Makes the rows that are counted and derived right again from those that are not. */
#include <stdlib.h>

#include "db/maintenance.h"
#include "db/sqlite/migrate.h"
#include "db/sqlite/rules.h"
#include "db/sqlite/writer_lock.h"

enum { CACHE_MB = 48 };

struct mending {
	sqlite3 *db;
	void (*tell)(void *, const char *mended);
	void *context;
	bool has_mended;
};

static void tell_of(struct mending *m, const char *mended)
{
	m->has_mended = true;
	m->tell(m->context, mended);
}

static int mend_rule(struct mending *m, const struct rule *rule, struct err *e)
{
	sqlite3_stmt *st = rule->what ? sql_prepare(m->db, rule->faults, e) : NULL;
	if (!st)
		return rule->what ? -1 : 0;
	int row = sql_row(st, e);
	sqlite3_finalize(st);
	if (row <= 0)
		return row;
	for (size_t i = 0; i < sizeof rule->mend / sizeof rule->mend[0] && rule->mend[i]; i++)
		if (sql_once(m->db, rule->mend[i], e))
			return -1;
	tell_of(m, rule->what);
	return 0;
}

static int mend_full_text(struct mending *m, struct err *e)
{
	struct err why = {0};
	if (sql_once(m->db,
		     "INSERT INTO statement_fts(statement_fts, rank) VALUES ('integrity-check', 1)",
		     &why) == 0)
		return 0;
	if ((sqlite3_errcode(m->db) & 0xFF) != SQLITE_CORRUPT)
		return err_set(e, why.kind, NULL, "%s", why.message);
	if (sql_once(m->db, "INSERT INTO statement_fts(statement_fts) VALUES ('rebuild')", e))
		return -1;
	tell_of(m, "the full-text index");
	return 0;
}

static int mend_all(struct mending *m, struct err *e)
{
	int version;
	if (migrate_version(m->db, &version, e))
		return -1;
	if (version != migrate_newest())
		return err_set(e, ERR_DB, NULL,
			       "the database has schema version %d: start demarche serve on it "
			       "once, then repair it",
			       version);
	if (rules_prepare(m->db, e) || sql_once(m->db, "BEGIN IMMEDIATE", e))
		return -1;
	for (size_t i = 0; i < rules_count; i++)
		if (mend_rule(m, &rules[i], e))
			return -1;
	/* What asks for changes since a commit must hear of these. */
	if (mend_full_text(m, e) ||
	    (m->has_mended && sql_once(m->db, "UPDATE state SET commits = commits + 1", e)))
		return -1;
	return sql_once(m->db, "COMMIT", e);
}

int store_repair(const char *path, void (*tell)(void *, const char *mended), void *context,
		 struct err *e)
{
	struct lock_file lock = lock_file_none();
	char *real = sql_real_path(path, false, e);
	struct mending m = {.tell = tell, .context = context};
	int result = real ? writer_lock_take(&lock, real, "check --repair", e) : -1;
	if (result == 0) {
		m.db = sql_open(real, SQL_WRITE, CACHE_MB, e);
		result = m.db ? mend_all(&m, e) : -1;
		if (sqlite3_close(m.db) && result == 0) /* what is not committed is rolled back */
			result = err_set(e, ERR_DB, NULL, "cannot close the database");
	}
	lock_file_release(&lock);
	free(real);
	return result;
}
