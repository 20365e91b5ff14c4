/* Bodies made piece by piece. The library asks on its poller's thread; a worker makes the next
 * piece while the connection is suspended, so a slow client costs one piece of memory and no
 * thread. */
#include <string.h>

#include "server/inside.h"

/* Appends until a piece is worth sending. */
static void fill(struct exchange *x)
{
	struct stream_state *t = &x->stream;
	buf_clear(&t->piece);
	t->taken = 0;
	while (t->piece.n < STREAM_PIECE / 2 && !t->is_done && !t->has_failed) {
		int rc = x->rs.stream.more(x->rs.stream.state, &t->piece, &x->err);
		t->is_done = rc == 0;
		t->has_failed = rc < 0 || t->piece.failed;
	}
}

int stream_start(struct exchange *x)
{
	buf_init(&x->stream.piece, SIZE_MAX / 2);
	x->stream.piece.budget = &x->budget;
	x->stream.is_active = true;
	fill(x);
	x->stream.is_active = !x->stream.has_failed;
	return x->stream.has_failed ? -1 : 0;
}

void stream_fill(struct exchange *x)
{
	if (atomic_load(&x->server->is_stopping)) {
		err_set(&x->err, ERR_INTERNAL, NULL, "the service ended during the response");
		x->stream.has_failed = true;
		return;
	}
	fill(x);
}

static ssize_t read_piece(void *cls, uint64_t position, char *out, size_t max)
{
	struct exchange *x = cls;
	struct stream_state *t = &x->stream;
	(void)position;
	if (t->has_failed)
		return MHD_CONTENT_READER_END_WITH_ERROR;
	size_t left = t->piece.n - t->taken;
	if (left > 0) {
		size_t n = left < max ? left : max;
		memcpy(out, t->piece.p + t->taken, n);
		t->taken += n;
		x->bytes_sent += (int64_t)n;
		return (ssize_t)n;
	}
	if (t->is_done)
		return MHD_CONTENT_READER_END_OF_STREAM;
	if (!exchange_suspend(x)) {
		t->has_failed = true;
		return MHD_CONTENT_READER_END_WITH_ERROR;
	}
	thread_pool_push_begun(x->server->workers, &x->task);
	return 0;
}

struct MHD_Response *stream_response(struct exchange *x)
{
	return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, (size_t)STREAM_PIECE, read_piece,
						 x, NULL);
}
