/* One buffer, filled and emptied in turns: a slow client costs one piece of memory and no thread.
 */
#include "server/stream.h"

#include <string.h>

int stream_start(struct stream *t, const struct body_stream *from, struct budget *budget,
		 struct err *e)
{
	buf_init(&t->piece, SIZE_MAX / 2);
	t->piece.budget = budget;
	stream_fill(t, from, e);
	t->is_active = !t->has_failed;
	return t->has_failed ? -1 : 0;
}

/* Appends until a piece is worth sending. */
void stream_fill(struct stream *t, const struct body_stream *from, struct err *e)
{
	buf_clear(&t->piece);
	t->taken = 0;
	while (t->piece.n < STREAM_PIECE_BYTES / 2 && !t->is_done && !t->has_failed) {
		int rc = from->more(from->state, &t->piece, e);
		t->is_done = rc == 0;
		t->has_failed = rc < 0 || t->piece.failed;
	}
}

size_t stream_take(struct stream *t, char *out, size_t max)
{
	size_t left = t->piece.n - t->taken;
	size_t n = left < max ? left : max;
	if (n > 0)
		memcpy(out, t->piece.p + t->taken, n);
	t->taken += n;
	return n;
}

void stream_release(struct stream *t)
{
	buf_release(&t->piece);
}
