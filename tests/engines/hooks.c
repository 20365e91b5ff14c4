/* The hooks of both engines: the first fixture is a file, the next is on the server. */
#include "tests/conformance/fixture.h"

void file_make(struct fixture *f);
void file_remove(struct fixture *f);
void server_make(struct fixture *f);
void server_remove(struct fixture *f);

#define engine_make	  file_make
#define engine_remove	  file_remove
#define engine_has_backup file_has_backup
#include "tests/conformance/engine_sqlite.c"
#undef engine_make
#undef engine_remove
#undef engine_has_backup
#define engine_make	  server_make
#define engine_remove	  server_remove
#define engine_has_backup server_has_backup
#include "tests/conformance/engine_postgresql.c"
#undef engine_make
#undef engine_remove
#undef engine_has_backup

const bool engine_has_backup = false;

void engine_make(struct fixture *f)
{
	static int made;
	if (made++ % 2 == 0)
		file_make(f);
	else
		server_make(f);
}

void engine_remove(struct fixture *f)
{
	if (*f->path == '/')
		file_remove(f);
	else
		server_remove(f);
}
