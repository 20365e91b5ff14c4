/* A header of the columns' kinds, and then what these hold. */
#include "db/sqlite/raw_row.h"

#include <string.h>

#include "db/sqlite/reader.h"

enum column {
	ID,
	ARTICLE,
	SPEAKER,
	TARGET,
	ADDRESSEE,
	TRAITS,
	SAID_FROM,
	SAID_TO,
	ROLE,
	FACETS,
	CONTENT,
	DETAIL,
	CHANGED,
	PLACE,
	NEARBY,
	EDIT,
	ORIGIN,
	COLUMNS
};

enum { VARINT_MOST = 9, FIRST_TEXT = 12 };

static uint64_t read_varint(const unsigned char *p, unsigned *n)
{
	uint64_t v = 0;
	for (unsigned i = 0; i < VARINT_MOST - 1; i++) {
		v = v << 7 | (p[i] & 0x7f);
		if (p[i] < 0x80) {
			*n = i + 1;
			return v;
		}
	}
	*n = VARINT_MOST;
	return v << 8 | p[VARINT_MOST - 1];
}

uint64_t raw_varint(const unsigned char *p, const unsigned char *end, unsigned *n)
{
	unsigned char last[VARINT_MOST] = {0};
	if (end - p >= VARINT_MOST)
		return read_varint(p, n);
	memcpy(last, p, p < end ? (size_t)(end - p) : 0);
	return read_varint(last, n);
}

/* What one column has: its kind, and where its bytes are. */
struct cell {
	uint64_t kind;
	struct str bytes;
};

static size_t bytes_of(uint64_t kind)
{
	static const unsigned char of_number[FIRST_TEXT] = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0};
	return kind < FIRST_TEXT ? of_number[kind] : (size_t)((kind - FIRST_TEXT) / 2);
}

static bool split(struct str row, struct cell cells[COLUMNS])
{
	const unsigned char *p = (const unsigned char *)row.p, *end = p + row.n;
	unsigned n = 0;
	uint64_t header = row.n ? raw_varint(p, end, &n) : 0;
	if (header < n || header > row.n || !header)
		return false;
	const unsigned char *kinds = p + n, *values = p + header;
	for (int i = 0; i < COLUMNS; i++) {
		if (kinds >= p + header)
			return false;
		cells[i].kind = raw_varint(kinds, p + header, &n);
		kinds += n;
		size_t bytes = bytes_of(cells[i].kind);
		if (bytes > (size_t)(end - values))
			return false;
		cells[i].bytes = (struct str){(const char *)values, bytes};
		values += bytes;
	}
	return kinds == p + header && values == end;
}

/* False where it is no whole number, nor NULL, which is 0 as SQLite has it. */
static bool take_number(const struct cell *c, int64_t *out)
{
	enum { NUMBERS_LAST = 6, ZERO = 8, ONE = 9 };
	const unsigned char *p = (const unsigned char *)c->bytes.p;
	*out = c->kind == ONE;
	if (c->kind > NUMBERS_LAST)
		return c->kind == ZERO || c->kind == ONE;
	uint64_t v = c->bytes.n && p[0] >= 0x80 ? UINT64_MAX : 0;
	for (size_t i = 0; i < c->bytes.n; i++)
		v = v << 8 | p[i];
	*out = (int64_t)v;
	return true;
}

static bool take_bytes(const struct cell *c, struct str *out)
{
	*out = c->bytes.n ? c->bytes : STR_EMPTY;
	return c->kind >= FIRST_TEXT;
}

bool raw_row_read(struct str bytes, int64_t id, struct raw_row *out)
{
	struct cell c[COLUMNS];
	out->id = id;
	return split(bytes, c) && take_number(&c[ARTICLE], &out->article) &&
	       take_number(&c[SPEAKER], &out->speaker) && take_number(&c[TARGET], &out->target) &&
	       take_number(&c[ADDRESSEE], &out->addressee) &&
	       take_number(&c[TRAITS], &out->fields) && take_number(&c[CHANGED], &out->version) &&
	       take_number(&c[EDIT], &out->edit) && take_bytes(&c[CONTENT], &out->content) &&
	       take_bytes(&c[DETAIL], &out->record) && take_bytes(&c[ORIGIN], &out->origin);
}

void raw_row_of(sqlite3_stmt *st, struct raw_row *out)
{
	*out = (struct raw_row){.id = sqlite3_column_int64(st, 0),
				.article = sqlite3_column_int64(st, 1),
				.speaker = sqlite3_column_int64(st, 2),
				.target = sqlite3_column_int64(st, 3),
				.addressee = sqlite3_column_int64(st, 4),
				.fields = sqlite3_column_int64(st, 5),
				.version = sqlite3_column_int64(st, STATEMENT_VERSION),
				.edit = sqlite3_column_int64(st, STATEMENT_EDIT),
				.content = sql_column(st, 6),
				.record = sql_column(st, 7),
				.origin = sql_column(st, 8)};
}
