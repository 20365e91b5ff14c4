/* A growable buffer of bytes that knows its maximum. One thread at a time. */
#ifndef DEMARCHE_BASE_BUF_H
#define DEMARCHE_BASE_BUF_H

#include <string.h>

#include "base/str.h"

struct budget;

struct buf {
	char *p;
	size_t n, cap, max;
	/* Charged for `cap`. NULL unless set after buf_init; outlives the buffer. */
	struct budget *budget;
	/* The maximum or memory ran out; what was appended since is lost. Check once,
	 * at the end. */
	bool failed;
};

void buf_init(struct buf *b, size_t max); /* takes no memory yet */
void buf_release(struct buf *b);	  /* keeps the maximum and the budget */
void buf_clear(struct buf *b);		  /* keeps the memory, forgets the failure */

void buf_printf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Room for `n` more bytes at the end, or NULL; after writing k of them, add k to b->n. */
char *buf_reserve(struct buf *b, size_t n);
/* In line, as most pieces are short and there is room for them. */
static inline void buf_add(struct buf *b, struct str s)
{
	if (!s.n)
		return;
	char *p = s.n <= b->cap - b->n && !b->failed ? b->p + b->n : buf_reserve(b, s.n);
	if (!p)
		return;
	memcpy(p, s.p, s.n);
	b->n += s.n;
}

static inline void buf_add_char(struct buf *b, char c)
{
	buf_add(b, (struct str){&c, 1});
}

struct str buf_str(const struct buf *b);
/* The bytes are the caller's to free() from here on, and charged to nobody; the buffer is as
 * buf_release leaves it. NULL when it took no memory. */
char *buf_take(struct buf *b);

#endif
