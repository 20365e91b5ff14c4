/* What works on files alone, and is refused. */
#include "db/maintenance.h"

int store_backup(const char *path, const char *target,
		 void (*progress)(void *, int done, int total), void *context, struct err *e)
{
	(void)path;
	(void)target;
	(void)progress;
	(void)context;
	return err_set(e, ERR_INPUT, NULL,
		       "a database on a server is copied by PostgreSQL's own tools, such as "
		       "pg_dump");
}

int store_repair(const char *path, void (*report)(void *, const char *repaired), void *context,
		 struct err *e)
{
	(void)path;
	(void)report;
	(void)context;
	return err_set(e, ERR_INPUT, NULL, "a database on a server cannot be repaired yet");
}
