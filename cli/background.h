/* The thread that works in the background, at a low priority, beside a running service: it reads
 * stored articles again. */
#ifndef DEMARCHE_CLI_BACKGROUND_H
#define DEMARCHE_CLI_BACKGROUND_H

#include "api/http.h"
#include "server/log.h"

struct background;

/* NULL with *e. What `api` points to and the memory of `limits`, which hold for each article, must
 * outlive it; the log may be NULL. */
struct background *background_start(const struct api *api, const struct budget *limits,
				    struct log *log, struct err *e) MUST_CHECK;
/* Gives up reading and ends after the write under way; what is left goes on at the next start. NULL
 * is allowed. */
void background_stop(struct background *b);

#endif
