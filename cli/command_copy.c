/* copy: a database into a new one, from a file onto a server, back, or from file to file. */
#include <stdio.h>

#include "cli/command.h"
#include "cli/progress.h"
#include "db/transfer.h"

static void show(void *progress, enum transfer_step step, const char *what, int64_t done,
		 int64_t total)
{
	static const char *const steps[] = {[TRANSFER_ROWS] = "copying",
					    [TRANSFER_INDEXES] = "making the index",
					    [TRANSFER_COMPARISON] = "comparing"};
	char text[160];
	double share = total > 0 ? (double)done / (double)total : 0;
	snprintf(text, sizeof text, "%s %s", steps[step], what);
	progress_show(progress, step == TRANSFER_INDEXES ? 0 : share, text, false);
}

static void tell(void *progress, const char *table, int64_t rows)
{
	progress_clear(progress);
	printf("%-18s %12lld rows, the same\n", table, (long long)rows);
}

int command_copy(const struct options *o)
{
	struct err e = {0};
	struct progress p = progress_begin();
	const struct transfer_listener l = {show, tell, &p};
	if (!*o->from || !*o->to) {
		err_set(&e, ERR_INPUT, NULL, "%s is missing", *o->from ? "--to" : "--from");
		command_fail(&e);
		return STATUS_USAGE;
	}
	if (transfer(o->from, o->to, &l, &e)) {
		progress_clear(&p);
		return command_fail(&e);
	}
	printf("%s\n", o->to);
	return STATUS_OK;
}
