/* No queue: one process works on a file. */
#include "db/reading_queue.h"

#include <stdlib.h>

struct reading_queue {
	const struct engine *engine; /* the dispatcher's */
};

struct reading_queue *reading_queue_open(const char *path, int64_t worker, struct err *e)
{
	struct reading_queue *q = calloc(1, sizeof *q);
	(void)path;
	(void)worker;
	if (!q)
		err_set(e, ERR_DB, NULL, "out of memory");
	return q;
}

void reading_queue_close(struct reading_queue *q)
{
	free(q);
}

static int refuse(struct err *e)
{
	return err_set(
		e, ERR_INPUT, NULL,
		"a database in a file is read by the process that writes it: workers are for "
		"one on a server (postgresql://...)");
}

int reading_queue_edition(struct reading_queue *q, const struct knowledge *k, int64_t *edition,
			  struct err *e)
{
	(void)q;
	(void)k;
	*edition = 0;
	return refuse(e);
}

int reading_queue_lend(struct reading_queue *q, int most, int64_t for_ms, struct arena *a,
		       struct keys *out, struct err *e)
{
	(void)q;
	(void)most;
	(void)for_ms;
	(void)a;
	*out = (struct keys){0};
	return refuse(e);
}

int reading_queue_extend(struct reading_queue *q, struct keys articles, int64_t for_ms,
			 struct err *e)
{
	(void)q;
	(void)articles;
	(void)for_ms;
	return refuse(e);
}

int reading_queue_hand_in(struct reading_queue *q, const struct found *v, size_t n, struct err *e)
{
	(void)q;
	(void)v;
	(void)n;
	return refuse(e);
}

void reading_queue_count(struct reading_queue *q)
{
	(void)q;
}

int reading_queue_figures(struct reading_queue *q, struct reading_figures *out)
{
	(void)q;
	*out = (struct reading_figures){0};
	return 0;
}

int reading_queue_look(struct reading_queue *q, struct reading_look *out, struct err *e)
{
	(void)q;
	(void)e;
	*out = (struct reading_look){0};
	return 0;
}

int reading_queue_fill(struct reading_queue *q, int64_t edition, struct err *e)
{
	(void)q;
	(void)edition;
	(void)e;
	return 0;
}

int reading_queue_clear(struct reading_queue *q, struct err *e)
{
	(void)q;
	(void)e;
	return 0;
}

int reading_queue_found(struct reading_queue *q, int most, struct arena *a, struct found **out,
			size_t *n, struct err *e)
{
	(void)q;
	(void)most;
	(void)a;
	(void)e;
	*out = NULL;
	*n = 0;
	return 0;
}

int reading_queue_drop(struct reading_queue *q, const struct found *v, size_t n, struct err *e)
{
	(void)q;
	(void)v;
	(void)n;
	(void)e;
	return 0;
}
