/* The memory and time that the process uses, as the system reports them. */
#ifndef DEMARCHE_SERVER_PROCESS_H
#define DEMARCHE_SERVER_PROCESS_H

#include <stdint.h>

#include "base/buf.h"

/* Resident memory that is no file's; 0 where the system does not tell. */
int64_t process_anonymous_bytes(void);
/* Adds memory, time and the start as metrics by the names that Prometheus gives them. */
void process_write(struct buf *out, int64_t started_ms);

#endif
