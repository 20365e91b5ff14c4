/* A body made piece by piece: the piece that is being sent, and what makes the next one. One thread
 * at a time. */
#ifndef DEMARCHE_SERVER_STREAM_H
#define DEMARCHE_SERVER_STREAM_H

#include <sys/types.h>

#include "api/http.h"

enum { STREAM_PIECE_BYTES = 32 * 1024 };

struct stream {
	struct buf piece;
	size_t taken; /* of it */
	bool is_active, is_done, has_failed;
};

/* Makes the first piece; -1 with *e. stream_release in either case. */
int stream_start(struct stream *t, const struct body_stream *from, struct budget *budget,
		 struct err *e) MUST_CHECK;
/* Makes the next piece, which may be empty at the end; failures show in t->has_failed. */
void stream_fill(struct stream *t, const struct body_stream *from, struct err *e);
/* Copies what is left of the piece, at most `max` bytes. 0: the next piece must be made, unless
 * t->is_done. */
size_t stream_take(struct stream *t, char *out, size_t max);
void stream_release(struct stream *t);

#endif
