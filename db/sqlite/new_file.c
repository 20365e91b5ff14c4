/* Giving a file its name. */
#include "db/sqlite/new_file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Never onto a file that is there. Not every file system knows a renaming that promises so. */
static int rename_new(const char *from, const char *to)
{
	if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
		return 0;
	if (errno != EINVAL && errno != ENOSYS && errno != EOPNOTSUPP)
		return -1;
	return link(from, to) == 0 ? unlink(from) : -1;
}

static int sync_folder(const char *path)
{
	char *copied = strdup(path);
	int fd = copied ? open(dirname(copied), O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
	int rc = fd >= 0 ? fsync(fd) : -1;
	if (fd >= 0)
		close(fd);
	free(copied);
	return rc;
}

int new_file_finish(int fd, const char *partial, const char *target, struct err *e)
{
	if (fsync(fd) != 0)
		return err_set(e, ERR_DB, NULL, "cannot write \"%s\": %s", partial,
			       strerror(errno));
	if (rename_new(partial, target) != 0)
		return errno == EEXIST ? err_set(e, ERR_INPUT, NULL, "\"%s\" exists", target)
				       : err_set(e, ERR_DB, NULL, "cannot name the file \"%s\": %s",
						 target, strerror(errno));
	if (sync_folder(target) != 0)
		return err_set(e, ERR_DB, NULL, "cannot write the folder of \"%s\": %s", target,
			       strerror(errno));
	return 0;
}
