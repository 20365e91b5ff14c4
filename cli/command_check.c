/* check: the faults of the database, and with --repair what can be mended of them. */
#include <stdio.h>

#include "cli/command.h"
#include "db/maintenance.h"

static void print_fault(void *context, const char *what)
{
	int *count = context;
	++*count;
	printf("%s\n", what);
}

static void print_mended(void *context, const char *what)
{
	int *count = context;
	++*count;
	printf("mended: %s\n", what);
}

int command_check(const struct options *o)
{
	struct err e = {0};
	int faults = 0, mended = 0;
	int rc = o->repair ? store_repair(o->db, print_mended, &mended, &e) : 0;
	if (rc == 0)
		rc = store_check(o->db, print_fault, &faults, &e);
	if (rc == 0 && faults == 0)
		printf("%s: no faults\n", o->db);
	if (rc != 0) {
		command_name_db(o, &e);
		return command_fail(&e);
	}
	return faults == 0 ? STATUS_OK : STATUS_FAILED;
}
