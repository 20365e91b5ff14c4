/* A slot for each hash: one takes another's. */
#include "db/postgresql/small_rows.h"

#include <stdlib.h>

#include "db/postgresql/posting_block.h"

enum { SLOTS = 1 << 16 };

struct small_rows {
	struct {
		uint64_t hash;
		int64_t since;
		int n;
	} v[SLOTS];
};

struct small_rows *small_rows_new(void)
{
	return calloc(1, sizeof(struct small_rows));
}

bool small_rows_add(struct small_rows *s, struct str word, int64_t last, int64_t *since)
{
	uint64_t window = (uint64_t)(last / POSTING_SPAN) * UINT64_C(0x9e3779b97f4a7c15);
	uint64_t hash = str_hash(word) ^ window;
	size_t at = hash >> 20 & (SLOTS - 1);
	bool is_other = s->v[at].n == 0 || s->v[at].hash != hash;
	s->v[at].hash = hash;
	s->v[at].since = is_other || last < s->v[at].since ? last : s->v[at].since;
	s->v[at].n = is_other ? 1 : s->v[at].n + 1;
	if (s->v[at].n < SMALL_ROWS)
		return false;
	*since = s->v[at].since;
	s->v[at].n = 0;
	return true;
}
