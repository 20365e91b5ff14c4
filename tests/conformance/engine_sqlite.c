/* SQLite: a file in a folder of its own. */
#include "tests/conformance/fixture.h"

const bool engine_has_backup = true;

void engine_make(struct fixture *f)
{
	snprintf(f->folder, sizeof f->folder, "/tmp/demarche-test-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(f->folder));
	snprintf(f->path, sizeof f->path, "%s/test.db", f->folder);
}

void engine_remove(struct fixture *f)
{
	static const char *const endings[] = {"",      "-wal",	    "-shm",	 "-lock",
					      ".copy", ".copy-wal", ".copy-shm", ".copy-lock"};
	for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
		char name[sizeof f->path + 16];
		snprintf(name, sizeof name, "%s%s", f->path, endings[i]);
		unlink(name);
	}
	rmdir(f->folder);
}
