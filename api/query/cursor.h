/* Cursors of pages: opaque to clients, hostile input to us. A cursor carries the last row's key and
 * is tied to the question (and its order) by a check sum, so that the cursor of another question is
 * refused rather than answered wrongly. It holds no secret: a forged one leads to rows that the
 * same client may read anyway. Any thread. */
#ifndef DEMARCHE_API_QUERY_CURSOR_H
#define DEMARCHE_API_QUERY_CURSOR_H

#include "base/arena.h"

enum { CURSOR_KEY_MAX = 1000 };

/* base64url text in `a`; p is NULL when the arena is full or the key too long. */
struct str cursor_encode(struct arena *a, struct str key, uint64_t question);
struct str cursor_encode_id(struct arena *a, int64_t id, uint64_t question);
/* 0, or -1 with ERR_CURSOR, field "cursor". */
int cursor_decode(struct str text, uint64_t question, struct arena *a, struct str *key,
		  struct err *e) MUST_CHECK;
int cursor_decode_id(struct str text, uint64_t question, struct arena *a, int64_t *id,
		     struct err *e) MUST_CHECK;

#endif
