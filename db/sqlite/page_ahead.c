/* The database is in this process. */
#include "db/sqlite/page_ahead.h"

void page_ahead_statements(struct reader *r, struct keys ids)
{
	(void)r;
	(void)ids;
}

void page_ahead_names(struct reader *r, sqlite3_stmt *st)
{
	(void)r;
	(void)st;
}
