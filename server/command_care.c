/* backup and check: care for the database file. */
#include <unistd.h>

#include "db/store.h"
#include "server/command.h"

static void show(void *context, int done, int total)
{
	(void)context;
	fprintf(stderr, "\r%d of %d pages", done, total);
}

int command_backup(const struct options *o)
{
	struct err e = {0};
	struct store *s = command_store(o, 1, true, &e);
	bool is_terminal = isatty(STDERR_FILENO);
	int rc = s ? store_backup(s, o->args[0], is_terminal ? show : NULL, NULL, &e) : -1;
	if (is_terminal && rc == 0)
		fprintf(stderr, "\n");
	store_close(s);
	if (rc == 0)
		printf("%s\n", o->args[0]);
	return rc == 0 ? STATUS_OK : command_fail(&e);
}

static void print_fault(void *context, const char *what)
{
	int *count = context;
	++*count;
	printf("%s\n", what);
}

int command_check(const struct options *o)
{
	struct err e = {0};
	int faults = 0;
	struct store *s = command_store(o, 1, true, &e);
	int rc = s ? store_check(s, print_fault, &faults, &e) : -1;
	store_close(s);
	if (rc == 0 && faults == 0)
		printf("%s: no faults\n", o->db);
	if (rc != 0 && faults == 0)
		return command_fail(&e);
	return rc == 0 && faults == 0 ? STATUS_OK : STATUS_FAILED;
}
