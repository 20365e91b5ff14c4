/* What a writer says of itself to others, as lines of a note that stands beside the database. */
#ifndef DEMARCHE_DB_HOLDER_H
#define DEMARCHE_DB_HOLDER_H

#include "base/buf.h"
#include "db/store.h"

enum { HOLDER_NOTE_MAX = 1024 };

/* Of this process, now; `command` may be NULL. */
void holder_write(struct buf *note, const char *command);
/* A note with where the process can be reached (store_announce). */
void holder_add_address(struct buf *note, const char *old, const char *address);
struct store_holder holder_read(const char *note);
/* Sets *e to ERR_BUSY: this one has the database open. Returns -1. */
int holder_refuse(const char *path, const struct store_holder *h, struct err *e);

#endif
