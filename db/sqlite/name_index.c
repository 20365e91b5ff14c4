/* The names one after another, and for each letter the numbers of those that have a word which
 * begins so. */
#include "db/sqlite/name_index.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

enum { LETTERS = 256, NAMES_MAX_BYTES = 4 << 20 };

struct entry {
	uint32_t at, n; /* of the name, among the texts */
	int64_t key;
	enum suggested what;
};

struct name_index {
	uint64_t version;
	struct buf texts, entries; /* struct entry */
	uint32_t *numbers;	   /* of entries, by letter */
	uint32_t from[LETTERS + 1];
};

bool name_index_is_of(const struct name_index *x, uint64_t version)
{
	return x && version && x->version == version;
}

/* Without names, which says that they are too many. */
static void clear(struct name_index *x)
{
	buf_release(&x->texts);
	buf_release(&x->entries);
	free(x->numbers);
	x->numbers = NULL;
}

void name_index_free(struct name_index *x)
{
	if (x)
		clear(x);
	free(x);
}

static size_t count(const struct name_index *x)
{
	return x->entries.n / sizeof(struct entry);
}

static struct entry entry_at(const struct name_index *x, size_t i)
{
	struct entry e;
	memcpy(&e, x->entries.p + i * sizeof e, sizeof e);
	return e;
}

static struct str text_of(const struct name_index *x, const struct entry *e)
{
	return str_sub(buf_str(&x->texts), e->at, e->at + e->n);
}

static int add_rows(struct name_index *x, sqlite3_stmt *st, enum suggested what, struct err *e)
{
	int row;
	while ((row = sql_row(st, e)) > 0) {
		struct str name = sql_column(st, 0);
		struct entry entry = {(uint32_t)x->texts.n, (uint32_t)name.n,
				      sqlite3_column_int64(st, 1), what};
		buf_add(&x->texts, name);
		buf_add(&x->entries, (struct str){(const char *)&entry, sizeof entry});
		if (x->texts.failed || x->entries.failed) {
			sqlite3_reset(st);
			return 0;
		}
	}
	return row;
}

/* For each letter of a word's beginning in the name, once. */
static void each_letter(const struct name_index *x, const struct entry *e, uint32_t number,
			uint32_t at[LETTERS], uint32_t *numbers)
{
	struct str name = text_of(x, e), word;
	uint64_t seen[LETTERS / 64] = {0};
	while (str_split(&name, ' ', &word)) {
		unsigned char c = word.n ? (unsigned char)word.p[0] : ' ';
		if (seen[c / 64] >> c % 64 & 1)
			continue;
		seen[c / 64] |= UINT64_C(1) << c % 64;
		if (numbers)
			numbers[at[c]] = number;
		at[c]++;
	}
}

static int number_letters(struct name_index *x)
{
	uint32_t counts[LETTERS] = {0}, at[LETTERS];
	for (size_t i = 0; i < count(x); i++) {
		struct entry e = entry_at(x, i);
		each_letter(x, &e, 0, counts, NULL);
	}
	for (int c = 0; c < LETTERS; c++) {
		at[c] = x->from[c];
		x->from[c + 1] = x->from[c] + counts[c];
	}
	x->numbers = calloc(x->from[LETTERS] + 1U, sizeof *x->numbers);
	if (!x->numbers)
		return -1;
	for (size_t i = 0; i < count(x); i++) {
		struct entry e = entry_at(x, i);
		each_letter(x, &e, (uint32_t)i, at, x->numbers);
	}
	return 0;
}

int name_index_make(struct name_index **x, uint64_t version, sqlite3_stmt *aliases,
		    sqlite3_stmt *terms, struct err *e)
{
	name_index_free(*x);
	*x = NULL;
	struct name_index *made = calloc(1, sizeof *made);
	if (!made)
		return 0;
	made->version = version;
	buf_init(&made->texts, NAMES_MAX_BYTES);
	buf_init(&made->entries, NAMES_MAX_BYTES);
	if (add_rows(made, aliases, SUGGESTED_ACTOR, e) ||
	    add_rows(made, terms, SUGGESTED_ISSUE, e)) {
		name_index_free(made);
		return -1;
	}
	if (made->texts.failed || made->entries.failed || number_letters(made))
		clear(made);
	*x = made;
	return 0;
}

int name_index_meet(const struct name_index *x, struct str typed, uint32_t what, struct arena *a,
		    struct met_names *out, struct err *e)
{
	unsigned char c = typed.n ? (unsigned char)typed.p[0] : 0;
	if (!x || !x->numbers)
		return 0;
	size_t n = x->from[c + 1] - x->from[c], at[MEETING_COUNT] = {0};
	struct indexed_name *met = arena_array(a, n, sizeof *met);
	unsigned char *how = arena_array(a, n, sizeof *how);
	*out = (struct met_names){.v = arena_array(a, n, sizeof *out->v)};
	if (!met || !how || !out->v)
		return arena_full(e);
	for (size_t i = 0; i < n; i++) {
		struct entry entry = entry_at(x, x->numbers[x->from[c] + i]);
		met[i] = (struct indexed_name){text_of(x, &entry), entry.key, entry.what};
		how[i] = (unsigned char)(what >> entry.what & 1 ? meeting_of(typed, met[i].folded)
								: MEETING_NONE);
		out->from[how[i] + 1]++;
	}
	for (int m = 0; m < MEETING_COUNT; m++) {
		at[m] = out->from[m];
		out->from[m + 1] += out->from[m];
	}
	for (size_t i = 0; i < n; i++)
		out->v[at[how[i]]++] = met[i];
	return 1;
}
