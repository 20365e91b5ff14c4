/* A file as one string. */
#ifndef DEMARCHE_TRAIN_FILE_TEXT_H
#define DEMARCHE_TRAIN_FILE_TEXT_H

#include "base/arena.h"
#include "base/err.h"

/* In `a`; p is NULL with *e set (ERR_INPUT) when the file cannot be read. */
struct str file_text(const char *path, struct arena *a, struct err *e);

#endif
