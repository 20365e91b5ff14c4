/* Folders of tests. */
#include "tests/http/place.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/unit/unit.h"

void place_make(struct place *p)
{
	snprintf(p->folder, sizeof p->folder, "/tmp/demarche-place-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(p->folder));
	snprintf(p->db, sizeof p->db, "%s/a.db", p->folder);
	snprintf(p->copy, sizeof p->copy, "%s/copy.db", p->folder);
}

void place_remove(const struct place *p)
{
	char command[128];
	snprintf(command, sizeof command, "rm -r %s", p->folder);
	ck_assert_int_eq(system(command), 0);
}

void place_stop(const struct place *p, struct server *s)
{
	char *out, *err;
	server_stop(s);
	int status =
		program_run((const char *[]){"check", "--db", p->db, NULL}, STR_EMPTY, &out, &err);
	ck_assert_msg(status == 0, "%s%s", out, err);
	free(out);
	free(err);
}
