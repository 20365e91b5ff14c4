/* A JSON writer (jw) straight into a buffer: no tree, no allocation of its own. The caller keeps
 * the nesting right; commas are placed here. Building a page of 50 statements as a jansson tree and
 * dumping it took 248 us, writing it directly 12.5 us. What comes out is UTF-8 whatever goes in.
 * Whether memory sufficed is the buffer's to say, at the end. */
#ifndef DEMARCHE_API_FORMAT_JSON_WRITE_H
#define DEMARCHE_API_FORMAT_JSON_WRITE_H

#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/model.h"

struct jw {
	struct buf *out;
	bool has_before; /* a value precedes in the innermost container: a comma is due */
};

struct jw jw_into(struct buf *out);

/* Where the next n bytes go: the caller adds to out->n what it wrote. NULL when memory is out. */
static inline char *jw_room(struct jw *j, size_t n)
{
	struct buf *b = j->out;
	return n <= b->cap - b->n && !b->failed ? b->p + b->n : buf_reserve(b, n);
}

/* Small pieces are copied in line: a page has ten thousand of them. */
static inline void jw_put(struct jw *j, const char *p, size_t n)
{
	char *room = n ? jw_room(j, n) : NULL;
	if (!room)
		return;
	memcpy(room, p, n);
	j->out->n += n;
}

static inline void jw_before_value(struct jw *j)
{
	if (j->has_before)
		jw_put(j, ",", 1);
	j->has_before = true;
}

static inline void jw_open_object(struct jw *j)
{
	jw_before_value(j);
	jw_put(j, "{", 1);
	j->has_before = false;
}

static inline void jw_close_object(struct jw *j)
{
	jw_put(j, "}", 1);
	j->has_before = true;
}

static inline void jw_open_array(struct jw *j)
{
	jw_before_value(j);
	jw_put(j, "[", 1);
	j->has_before = false;
}

static inline void jw_close_array(struct jw *j)
{
	jw_put(j, "]", 1);
	j->has_before = true;
}

/* `p` is a comma, the name in quotation marks, a colon: a copy of a length known when compiled. */
__attribute__((always_inline)) static inline void jw_name_literal(struct jw *j, const char *p,
								  size_t n)
{
	if (j->has_before)
		jw_put(j, p, n);
	else
		jw_put(j, p + 1, n - 1);
	j->has_before = false;
}

/* A member's name, a literal of plain letters; a value must follow. */
#define JW_NAME(j, literal) jw_name_literal((j), ",\"" literal "\":", sizeof literal + 3)

void jw_string(struct jw *j, struct str s);
/* A string that is known to need no escapes, such as a word of a vocabulary. */
static inline void jw_word(struct jw *j, struct str s)
{
	char *room = jw_room(j, s.n + 3), *p = room;
	if (!room)
		return;
	if (j->has_before)
		*p++ = ',';
	*p++ = '"';
	memcpy(p, s.p, s.n);
	p[s.n] = '"';
	j->out->n += (size_t)(p - room) + s.n + 1;
	j->has_before = true;
}

/* A value that is JSON already. */
static inline void jw_raw(struct jw *j, struct str json)
{
	jw_before_value(j);
	jw_put(j, json.p, json.n);
}

static inline void jw_null(struct jw *j)
{
	jw_before_value(j);
	jw_put(j, "null", 4);
}

void jw_int(struct jw *j, int64_t n);
/* Three decimals at most, as many as confidences and scores carry; not a number gives null. */
void jw_number(struct jw *j, double n);
void jw_bool(struct jw *j, bool b);
void jw_spans(struct jw *j, struct spans spans); /* [[start,end],...] */

/* An instant in milliseconds, where 0 is none. */
static inline void jw_instant_or_null(struct jw *j, int64_t ms)
{
	char space[INSTANT_ROOM];
	if (ms)
		jw_word(j, instant_format(space, ms));
	else
		jw_null(j);
}

/* A string, or null for "". */
static inline void jw_string_or_null(struct jw *j, struct str value)
{
	if (value.n)
		jw_string(j, value);
	else
		jw_null(j);
}

/* What writes a value of this type; clang-format 14 has no layout for it. */
/* clang-format off */
#define JW_WRITER(value) \
	_Generic((value), \
		 struct str: jw_string_or_null, \
		 bool: jw_bool, \
		 float: jw_number, \
		 double: jw_number, \
		 struct spans: jw_spans, \
		 default: jw_int)
/* clang-format on */

/* A member in one line: a string (null for ""), a whole number, a fraction, a boolean, or spans. */
#define JW_MEMBER(j, literal, value)                                                               \
	do {                                                                                       \
		JW_NAME(j, literal);                                                               \
		JW_WRITER(value)((j), (value));                                                    \
	} while (0)

#endif
