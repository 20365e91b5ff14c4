/* A file as one string. */
#ifndef DEMARCHE_TRAIN_FILE_TEXT_H
#define DEMARCHE_TRAIN_FILE_TEXT_H

#include "base/arena.h"
#include "base/err.h"

/* In `a`, with a NUL behind it; p is NULL with *e set (ERR_INPUT) when the file cannot be read. */
struct str file_text(const char *path, struct arena *a, struct err *e);
/* The same; exits with the message. */
struct str file_text_or_exit(const char *path, struct arena *a);

#endif
