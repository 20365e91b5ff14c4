/* How far each statement is from the one before, then its places behind their length. */
#include "db/postgresql/posting_block.h"

#include "db/varint.h"

enum { ENTRY_HEAD_MAX = 16 };

bool posting_block_has_room(const struct posting_block *b, const struct posting_entry *e)
{
	return b->n == 0 || (b->n < POSTING_ENTRIES_MAX && b->last - e->statement < POSTING_SPAN &&
			     b->bytes.n + e->places.n + ENTRY_HEAD_MAX <= POSTING_BYTES_MAX);
}

void posting_block_add(struct posting_block *b, const struct posting_entry *e)
{
	if (b->n++ == 0)
		b->first = b->last = e->statement;
	varint_put(&b->bytes, (uint64_t)(b->first - e->statement));
	varint_put_str(&b->bytes, e->places);
	b->first = e->statement;
}

int posting_block_read(struct str bytes, int64_t last, struct posting_entry *out)
{
	struct varint_taker t = {.rest = bytes};
	int n = 0, most = (int)posting_block_entries(bytes.n);
	for (; t.rest.n && !t.bad && n < most; n++) {
		last -= (int64_t)varint_take(&t);
		out[n] = (struct posting_entry){last, varint_take_str(&t)};
	}
	return t.bad || t.rest.n ? -1 : n;
}
