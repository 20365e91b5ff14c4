/* Growable byte buffer. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/budget.h"

void buf_init(struct buf *b, size_t max)
{
	*b = (struct buf){.max = max};
}

void buf_release(struct buf *b)
{
	free(b->p);
	budget_give(b->budget, b->cap);
	*b = (struct buf){.max = b->max, .budget = b->budget};
}

char *buf_take(struct buf *b)
{
	char *p = b->p;
	b->p = NULL;
	buf_release(b);
	return p;
}

void buf_clear(struct buf *b)
{
	b->n = 0;
	b->failed = false;
}

static bool grow(struct buf *b, size_t cap)
{
	if (!budget_take(b->budget, cap - b->cap))
		return false;
	char *p = realloc(b->p, cap);
	if (!p) {
		budget_refused(b->budget, cap - b->cap);
		return false;
	}
	b->p = p;
	b->cap = cap;
	return true;
}

char *buf_reserve(struct buf *b, size_t n)
{
	if (b->failed || n > b->max - b->n) {
		b->failed = true;
		return NULL;
	}
	if (n > b->cap - b->n) {
		size_t need = b->n + n, cap = b->cap ? b->cap : 256;
		cap = cap > b->max / 2 ? b->max : cap * 2;
		if (cap < need)
			cap = need;
		if (!grow(b, cap)) {
			b->failed = true;
			return NULL;
		}
	}
	return b->p + b->n;
}

__attribute__((format(printf, 3, 0))) static void add_exactly(struct buf *b, size_t n,
							      const char *fmt, va_list args)
{
	char *text = buf_reserve(b, n) ? malloc(n + 1) : NULL;
	if (text) {
		vsnprintf(text, n + 1, fmt, args);
		buf_add(b, (struct str){text, n});
		free(text);
	} else {
		b->failed = true;
	}
}

/* Most texts fit what room there is; else their length is known, and they are printed again. */
void buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list args, again;
	size_t room = b->failed ? 0 : b->cap - b->n;
	va_start(args, fmt);
	va_copy(again, args);
	int n = vsnprintf(room ? b->p + b->n : NULL, room, fmt, args);
	va_end(args);
	/* Room for the zero byte, which is no content: text that fits the maximum exactly is
	 * printed aside and copied. */
	if (n < 0) {
		b->failed = true;
	} else if ((size_t)n < room) {
		b->n += (size_t)n;
	} else if ((size_t)n < b->max - b->n) {
		char *p = buf_reserve(b, (size_t)n + 1);
		if (p) {
			vsnprintf(p, (size_t)n + 1, fmt, again);
			b->n += (size_t)n;
		}
	} else {
		add_exactly(b, (size_t)n, fmt, again);
	}
	va_end(again);
}

struct str buf_str(const struct buf *b)
{
	return b->n ? (struct str){b->p, b->n} : STR_EMPTY;
}
