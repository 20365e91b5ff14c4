/* The write-ahead log kept in bounds: copied back into the file, and started again. The writer's
 * thread alone. */
#ifndef DEMARCHE_DB_SQLITE_CHECKPOINT_H
#define DEMARCHE_DB_SQLITE_CHECKPOINT_H

#include "db/sqlite/write_connection.h"

struct checkpointer {
	const char *path;	 /* for messages */
	int frames;		 /* in the log that make copying them back worth it */
	int copied;		 /* frames in the log at the last checkpoint */
	int64_t reset_failed_ns; /* 0 when the last one succeeded */
};

/* `frames` 0: the usual. */
struct checkpointer checkpointer_make(const char *path, int frames);
/* After a commit. */
void checkpoint(struct checkpointer *k, struct write_connection *c);
/* When there is nothing else to do less is worth it. */
bool checkpoint_is_due_idle(const struct checkpointer *k, const struct write_connection *c);
void checkpoint_idle(struct checkpointer *k, struct write_connection *c);

#endif
