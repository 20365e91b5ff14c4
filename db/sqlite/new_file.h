/* A file that is made under another name and gets its own when it is whole. */
#ifndef DEMARCHE_DB_SQLITE_NEW_FILE_H
#define DEMARCHE_DB_SQLITE_NEW_FILE_H

#include "base/err.h"

/* Syncs `fd`, which is open at `partial`, and renames it, durably. Never onto a file that is there:
 * ERR_INPUT. */
int new_file_finish(int fd, const char *partial, const char *target, struct err *e) MUST_CHECK;

#endif
