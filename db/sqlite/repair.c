/* Makes the rows that are counted and derived right again from those that are not. */
#include <stdlib.h>

#include "db/maintenance.h"
#include "db/sqlite/block_build.h"
#include "db/sqlite/migrate.h"
#include "db/sqlite/rules.h"
#include "db/sqlite/writer_lock.h"

enum { CACHE_MB = 48 };

struct repairing {
	sqlite3 *db;
	void (*report)(void *, const char *repaired);
	void *context;
	bool has_repaired;
};

static void note(struct repairing *r, const char *repaired)
{
	r->has_repaired = true;
	r->report(r->context, repaired);
}

static int repair_rule(struct repairing *r, const struct rule *rule, struct err *e)
{
	sqlite3_stmt *st = rule->repaired ? sql_prepare(r->db, rule->faults, e) : NULL;
	if (!st)
		return rule->repaired ? -1 : 0;
	int row = sql_row(st, e);
	sqlite3_finalize(st);
	if (row <= 0)
		return row;
	for (size_t i = 0; i < sizeof rule->repair / sizeof rule->repair[0] && rule->repair[i]; i++)
		if (sql_once(r->db, rule->repair[i], e))
			return -1;
	note(r, rule->repaired);
	return 0;
}

static int repair_full_text(struct repairing *r, struct err *e)
{
	struct err why = {0};
	if (sql_once(r->db,
		     "INSERT INTO statement_fts(statement_fts, rank) VALUES ('integrity-check', 1)",
		     &why) == 0)
		return 0;
	if ((sqlite3_errcode(r->db) & 0xFF) != SQLITE_CORRUPT)
		return err_set(e, why.kind, NULL, "%s", why.message);
	if (sql_once(r->db, "INSERT INTO statement_fts(statement_fts) VALUES ('rebuild')", e))
		return -1;
	note(r, "the full-text index");
	return 0;
}

static int repair_blocks(struct repairing *r, struct err *e)
{
	bool are_same;
	if (blocks_compare(r->db, &are_same, e))
		return -1;
	if (are_same)
		return 0;
	note(r, "the blocks of statements");
	return blocks_build(r->db, e);
}

static int repair_all(struct repairing *r, struct err *e)
{
	int version;
	if (migrate_version(r->db, &version, e))
		return -1;
	if (version != migrate_newest())
		return err_set(e, ERR_DB, NULL,
			       "the database has schema version %d: start demarche serve on it "
			       "once, then repair it",
			       version);
	if (rules_prepare(r->db, e) || sql_once(r->db, "BEGIN IMMEDIATE", e))
		return -1;
	for (size_t i = 0; i < rules_count; i++)
		if (repair_rule(r, &rules[i], e))
			return -1;
	/* What asks for changes since a commit must hear of these. */
	if (repair_blocks(r, e) || repair_full_text(r, e) ||
	    (r->has_repaired && sql_once(r->db, "UPDATE state SET commits = commits + 1", e)))
		return -1;
	return sql_once(r->db, "COMMIT", e);
}

int store_repair(const char *path, void (*report)(void *, const char *repaired), void *context,
		 struct err *e)
{
	char *real = sql_real_path(path, false, e);
	struct repairing r = {.report = report, .context = context};
	struct writer_lock *lock = real ? writer_lock_take(real, "check --repair", e) : NULL;
	int result = -1;
	if (lock) {
		r.db = sql_open(real, SQL_WRITE, CACHE_MB, e);
		result = r.db ? repair_all(&r, e) : -1;
		if (sqlite3_close(r.db) && result == 0) /* what is not committed is rolled back */
			result = err_set(e, ERR_DB, NULL, "cannot close the database");
	}
	writer_lock_release(lock);
	free(real);
	return result;
}
