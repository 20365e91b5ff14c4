/* A server: a schema of its own for each database, or behind a pooler, who lets none be chosen, a
 * database. The address is in DEMARCHE_POSTGRESQL (tools/with-postgresql, tools/with-pgbouncer). */
#include <stdlib.h>

#include "base/clock.h"
#include "tests/conformance/fixture.h"

const bool engine_has_backup = false;

/* Through psql: the tests have no client of their own. */
static void run_sql(const char *before, const char *name, const char *after)
{
	char sql[128], command[768];
	snprintf(sql, sizeof sql, "%s %s %s", before, name, after);
	snprintf(command, sizeof command,
		 "psql -qX -v ON_ERROR_STOP=1 -c '%s' '%s' >/dev/null 2>&1", sql,
		 getenv("DEMARCHE_POSTGRESQL"));
	ck_assert_msg(system(command) == 0, "%s", command); /* NOLINT(cert-env33-c) */
}

void engine_make(struct fixture *f)
{
	const char *address = getenv("DEMARCHE_POSTGRESQL");
	ck_assert_msg(address != NULL, "no DEMARCHE_POSTGRESQL: tools/with-postgresql sets it");
	snprintf(f->folder, sizeof f->folder, "t%d_%llx", (int)getpid(),
		 (unsigned long long)now_monotonic_ns());
	const char *query = strchr(address, '?');
	if (getenv("DEMARCHE_POOLED") && query) {
		run_sql("CREATE DATABASE", f->folder, "");
		snprintf(f->path, sizeof f->path, "postgresql://demarche@:6432/%s%s", f->folder,
			 query);
		return;
	}
	run_sql("CREATE SCHEMA", f->folder, "");
	snprintf(f->path, sizeof f->path, "%s&options=-csearch_path%%3D%s", address, f->folder);
}

void engine_remove(struct fixture *f)
{
	if (getenv("DEMARCHE_POOLED"))
		run_sql("DROP DATABASE", f->folder, "WITH (FORCE)");
	else
		run_sql("DROP SCHEMA", f->folder, "CASCADE");
}
