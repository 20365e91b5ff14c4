/* Numbers of seven bits a byte, low first, and strings behind their length: what blobs are made
 * of. */
#ifndef DEMARCHE_DB_VARINT_H
#define DEMARCHE_DB_VARINT_H

#include "base/buf.h"

static inline void varint_put(struct buf *b, uint64_t v)
{
	for (; v >= 0x80; v >>= 7)
		buf_add_char(b, (char)(v | 0x80));
	buf_add_char(b, (char)v);
}

static inline void varint_put_str(struct buf *b, struct str s)
{
	varint_put(b, s.n);
	buf_add(b, s);
}

/* Reading: `bad` is sticky and checked once at the end; after it every take gives 0. */
struct varint_taker {
	struct str rest;
	bool bad;
};

static inline uint64_t varint_take(struct varint_taker *t)
{
	uint64_t v = 0;
	if (t->rest.n && (unsigned char)*t->rest.p < 0x80) { /* most are */
		t->rest.n--;
		return (unsigned char)*t->rest.p++;
	}
	for (int shift = 0; shift < 64 && t->rest.n; shift += 7) {
		unsigned char c = (unsigned char)*t->rest.p++;
		t->rest.n--;
		v |= (uint64_t)(c & 0x7F) << shift;
		if (c < 0x80)
			return v;
	}
	t->bad = true;
	t->rest = STR_EMPTY;
	return 0;
}

/* Of an enum, or a place in a list. */
static inline int varint_take_below(struct varint_taker *t, uint64_t count)
{
	uint64_t v = varint_take(t);
	t->bad |= v >= count;
	return v < count ? (int)v : 0;
}

static inline struct str varint_take_str(struct varint_taker *t)
{
	uint64_t n = varint_take(t);
	if (n > t->rest.n) {
		t->bad = true;
		return STR_EMPTY;
	}
	struct str s = {t->rest.p, (size_t)n};
	t->rest.p += n;
	t->rest.n -= (size_t)n;
	return s;
}

/* The length of a list whose members take a byte or more each. */
static inline size_t varint_take_count(struct varint_taker *t)
{
	uint64_t n = varint_take(t);
	t->bad |= n > t->rest.n;
	return n > t->rest.n ? 0 : (size_t)n;
}

#endif
