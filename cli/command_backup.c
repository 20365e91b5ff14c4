/* backup: a copy of the database, with the progress on a terminal. */
#include <stdio.h>
#include <unistd.h>

#include "cli/command.h"
#include "db/maintenance.h"

static void show(void *context, int done, int total)
{
	(void)context;
	fprintf(stderr, "\r%d of %d pages", done, total);
}

int command_backup(const struct options *o)
{
	struct err e = {0};
	bool is_terminal = isatty(STDERR_FILENO);
	int rc = store_backup(o->db, o->args[0], is_terminal ? show : NULL, NULL, &e);
	if (is_terminal && rc == 0)
		fprintf(stderr, "\n");
	if (rc == 0)
		printf("%s\n", o->args[0]);
	else if (e.kind == ERR_DB)
		command_name_db(o, &e);
	return rc == 0 ? STATUS_OK : command_fail(&e);
}
