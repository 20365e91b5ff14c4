/* Words are kept for a transaction, and written word by word: neighbors of the index together. */
#include "db/postgresql/postings.h"

#include <stdlib.h>

#include "db/postgresql/array.h"
#include "db/postgresql/small_rows.h"
#include "db/postgresql/word_bag.h"
#include "db/sqlite/tokenizer.h"
#include "db/varint.h"

enum { PLACES_BYTES_MAX = 64 * 1024 * 1024 };
/* So many places are kept, in 16 bytes each. */
enum { KEEP_MAX = 2000000 };

/* What is prepared for the table. */
enum { TO_ADD, TO_DROP, TO_FIND, TO_MERGE, TEXTS };

static const char *const texts[TEXTS] = {
	[TO_ADD] = "INSERT INTO posting_block(word, last, first, entries)"
		   " SELECT * FROM unnest($1::bytea[], $2::bigint[], $3::bigint[], $4::bytea[])",
	[TO_DROP] = "DELETE FROM posting_block p USING unnest($1::bytea[], $2::bigint[])"
		    " AS d(word, last) WHERE p.word = d.word AND p.last = d.last",
	/* Each row once, whatever number of its statements goes. 68719476736: POSTING_SPAN */
	[TO_FIND] = "SELECT p.word, p.last, p.entries FROM (SELECT DISTINCT b.word, b.last"
		    " FROM unnest($1::bytea[], $2::bigint[]) AS d(word, statement)"
		    " JOIN posting_block b ON b.word = d.word AND b.last >= d.statement"
		    " AND b.last <= d.statement + 68719476736 AND b.first <= d.statement) k"
		    " JOIN posting_block p ON p.word = k.word AND p.last = k.last",
	/* Four times SMALL_ROWS, since others may lie between; less than SMALL_ROW_BYTES. */
	[TO_MERGE] = "SELECT d.word, p.last, p.entries"
		     " FROM unnest($1::bytea[], $2::bigint[]) AS d(word, since),"
		     " LATERAL (SELECT b.last, b.entries FROM posting_block b"
		     " WHERE b.word = d.word AND b.last >= d.since"
		     " AND b.last <= (d.since | 68719476735) AND length(b.entries) < 512"
		     " ORDER BY b.last DESC LIMIT 64) p"};
_Static_assert(POSTING_SPAN == INT64_C(68719476736) && SMALL_ROW_BYTES == 512 && SMALL_ROWS == 16,
	       "as the texts have it");

struct postings {
	struct tokenizer *tokenizer;
	struct word_bag adds, drops;
	struct array words, lasts, firsts, entries; /* rows */
	struct small_rows *small;
	bool is_merging;
	struct array merged, since; /* words whose small rows are to be merged, from where on */
	struct posting_block block;
	struct buf places, numbers; /* scratch of an entry */
	char names[TEXTS][16];	    /* prepared statements, "" before they are there */
	int generation;		    /* of the connection that has them */
	/* While a statement is read: */
	struct word_bag *into;
	int64_t statement;
	uint32_t column, position;
};

static struct postings *have(sqlite3 *db)
{
	struct err why = {0};
	if (db->postings)
		return db->postings;
	struct postings *p = calloc(1, sizeof *p);
	if (p) {
		word_bag_init(&p->adds);
		word_bag_init(&p->drops);
		buf_init(&p->block.bytes, PLACES_BYTES_MAX);
		buf_init(&p->places, PLACES_BYTES_MAX);
		buf_init(&p->numbers, PLACES_BYTES_MAX);
		p->small = small_rows_new();
		p->tokenizer = p->small ? tokenizer_open(&why) : NULL;
	}
	if (!p || !p->tokenizer) {
		free(p ? p->small : NULL);
		free(p);
		connection_fail(db, SQLITE_ERROR, "cannot make a tokenizer");
		return NULL;
	}
	return db->postings = p;
}

static int no_memory(sqlite3 *db)
{
	return connection_fail(db, SQLITE_ERROR, "out of memory");
}

/* --- keeping --- */

static int keep(void *context, struct str word)
{
	struct postings *p = context;
	return word_bag_add(p->into, str_sub(word, 0, POSTING_WORD_MAX), p->statement,
			    p->position++ * POSTING_COLUMNS + p->column);
}

static int keep_columns(sqlite3 *db, struct postings *p, struct word_bag *into, int64_t statement,
			const struct str columns[POSTING_COLUMNS])
{
	p->into = into;
	p->statement = statement;
	for (p->column = 0; p->column < POSTING_COLUMNS; p->column++) {
		p->position = 0;
		if (tokenizer_each(p->tokenizer, columns[p->column], keep, p))
			return no_memory(db);
	}
	return into->n_places < KEEP_MAX ? SQLITE_OK : postings_send(db);
}

/* What is kept to be dropped goes before what is kept to be added, and is in the table. */
static bool is_in_order(const struct word_bag *adds, int64_t statement, bool is_drop)
{
	int64_t newest = adds->n_places ? adds->places[adds->n_places - 1].statement : 0;
	return is_drop ? statement > newest : statement >= newest;
}

int postings_add(sqlite3 *db, int64_t statement, const struct str columns[POSTING_COLUMNS])
{
	struct postings *p = have(db);
	if (!p || (!is_in_order(&p->adds, statement, false) && postings_send(db) != SQLITE_OK))
		return db->code;
	return keep_columns(db, p, &p->adds, statement, columns);
}

int postings_drop(sqlite3 *db, int64_t statement, const struct str columns[POSTING_COLUMNS])
{
	struct postings *p = have(db);
	if (!p || (!is_in_order(&p->adds, statement, true) && postings_send(db) != SQLITE_OK))
		return db->code;
	return keep_columns(db, p, &p->drops, statement, columns);
}

/* --- rows --- */

static void clear_rows(struct postings *p)
{
	array_clear(&p->words);
	array_clear(&p->lasts);
	array_clear(&p->firsts);
	array_clear(&p->entries);
}

static void add_pair(struct postings *p, struct str word, int64_t number)
{
	struct value v = value_bytes(word.p, word.n, PG_BYTEA), n = value_number(number);
	array_add(&p->words, &v);
	array_add(&p->lasts, &n);
}

static void note_small(struct postings *p, struct str word)
{
	int64_t since;
	if (p->block.bytes.n >= SMALL_ROW_BYTES ||
	    !small_rows_add(p->small, word, p->block.last, &since))
		return;
	struct value v = value_bytes(word.p, word.n, PG_BYTEA), from = value_number(since);
	array_add(&p->merged, &v);
	array_add(&p->since, &from);
}

static void end_row(struct postings *p, struct str word)
{
	struct posting_block *b = &p->block;
	if (b->n == 0)
		return;
	if (!p->is_merging)
		note_small(p, word);
	struct value first = value_number(b->first),
		     entries = value_bytes(b->bytes.p, b->bytes.n, PG_BYTEA);
	add_pair(p, word, b->last);
	array_add(&p->firsts, &first);
	array_add(&p->entries, &entries);
	buf_clear(&b->bytes);
	b->n = 0;
}

static void add_entry(struct postings *p, struct str word, const struct posting_entry *e)
{
	if (!posting_block_has_room(&p->block, e))
		end_row(p, word);
	posting_block_add(&p->block, e);
}

static int by_number(const void *va, const void *vb)
{
	const uint32_t *a = va, *b = vb;
	return *a < *b ? -1 : *a > *b;
}

/* The places of one statement, backwards from *at, which becomes the next statement's. */
static struct str pack_places(struct postings *p, uint32_t *at)
{
	const struct bag_place *places = p->adds.places;
	int64_t statement = places[*at - 1].statement;
	buf_clear(&p->numbers);
	buf_clear(&p->places);
	for (; *at && places[*at - 1].statement == statement; *at = places[*at - 1].before)
		buf_add(&p->numbers,
			(struct str){(const char *)&places[*at - 1].place, sizeof(uint32_t)});
	uint32_t *v = (uint32_t *)(void *)p->numbers.p;
	size_t n = p->numbers.n / sizeof *v;
	if (n > 1)
		qsort(v, n, sizeof *v, by_number);
	for (size_t i = 0; i < n; i++)
		varint_put(&p->places, i ? v[i] - v[i - 1] : v[0]);
	return buf_str(&p->places);
}

static void make_rows(struct postings *p)
{
	word_bag_sort(&p->adds);
	for (size_t i = 0; i < p->adds.n_words; i++) {
		const struct bag_word *w = &p->adds.words[i];
		struct str word = word_bag_text(&p->adds, w);
		for (uint32_t at = w->last; at;) {
			struct posting_entry e = {.statement = p->adds.places[at - 1].statement};
			e.places = pack_places(p, &at);
			add_entry(p, word, &e);
		}
		end_row(p, word);
	}
}

static int run(sqlite3 *db, struct postings *p, int text, int n, enum awaited awaited)
{
	static const pg_oid types[] = {PG_BYTEA_ARRAY, PG_INT8_ARRAY, PG_INT8_ARRAY,
				       PG_BYTEA_ARRAY};
	if (p->words.has_failed || p->lasts.has_failed || p->firsts.has_failed ||
	    p->entries.has_failed || p->merged.has_failed || p->since.has_failed ||
	    p->block.bytes.failed || p->places.failed || p->numbers.failed)
		return no_memory(db);
	for (int i = 0; p->generation != db->generation && i < TEXTS; i++)
		*p->names[i] = '\0';
	p->generation = db->generation;
	if (!*p->names[text]) {
		connection_name(db, 'p', p->names[text]);
		if (connection_prepare(db, p->names[text], texts[text], types, n) != SQLITE_OK)
			return db->code;
	}
	struct array *const rows[] = {&p->words, &p->lasts, &p->firsts, &p->entries};
	struct array *const merges[] = {&p->merged, &p->since};
	struct array *const *columns = text == TO_MERGE ? merges : rows;
	struct value v[4];
	for (int i = 0; i < n; i++)
		v[i] = array_value(columns[i]);
	return connection_send(db, p->names[text], NULL, v, n, awaited);
}

/* --- dropping --- */

static int find_rows(sqlite3 *db, struct postings *p, PGresult **rows)
{
	clear_rows(p);
	for (size_t i = 0; i < p->drops.n_words; i++) {
		const struct bag_word *w = &p->drops.words[i];
		int64_t statement = 0;
		for (uint32_t at = w->last; at; at = p->drops.places[at - 1].before) {
			if (p->drops.places[at - 1].statement != statement)
				add_pair(p, word_bag_text(&p->drops, w),
					 p->drops.places[at - 1].statement);
			statement = p->drops.places[at - 1].statement;
		}
	}
	return run(db, p, TO_FIND, 2, AWAIT_ROWS) == SQLITE_OK ? connection_wait(db, rows)
							       : db->code;
}

static struct str field(const sqlite3 *db, const PGresult *rows, int row, int at)
{
	return (struct str){db->pq->PQgetvalue(rows, row, at),
			    (size_t)db->pq->PQgetlength(rows, row, at)};
}

/* What is left of a row. Both its statements and those that go come newest first. */
static int thin_row(sqlite3 *db, struct postings *p, const PGresult *rows, int row)
{
	struct posting_entry v[POSTING_ENTRIES_MAX];
	struct str word = field(db, rows, row, 0);
	const struct bag_word *w = word_bag_find(&p->drops, word);
	int n = posting_block_read(field(db, rows, row, 2), read_number(field(db, rows, row, 1).p),
				   v);
	if (n < 0)
		return connection_fail(db, SQLITE_ERROR, "a row of the full text is damaged");
	uint32_t at = w ? w->last : 0;
	for (int i = 0; i < n; i++) {
		while (at && p->drops.places[at - 1].statement > v[i].statement)
			at = p->drops.places[at - 1].before;
		if (!at || p->drops.places[at - 1].statement != v[i].statement)
			add_entry(p, word, &v[i]);
	}
	end_row(p, word);
	return SQLITE_OK;
}

/* Leaves what is to be written again among the rows. */
static int send_drops(sqlite3 *db, struct postings *p)
{
	PGresult *rows = NULL;
	int code = find_rows(db, p, &rows), n = code == SQLITE_OK ? db->pq->PQntuples(rows) : 0;
	clear_rows(p);
	for (int i = 0; i < n; i++)
		add_pair(p, field(db, rows, i, 0), read_number(field(db, rows, i, 1).p));
	if (n)
		code = run(db, p, TO_DROP, 2, AWAIT_NOTHING);
	clear_rows(p);
	for (int i = 0; i < n && code == SQLITE_OK; i++)
		code = thin_row(db, p, rows, i);
	db->pq->PQclear(rows);
	return code;
}

/* --- merging --- */

static int by_statement(const void *va, const void *vb)
{
	const struct posting_entry *a = va, *b = vb;
	return a->statement > b->statement ? -1 : a->statement < b->statement;
}

/* The rows of a word, from the one up to the other, as few. */
static int merge_word(sqlite3 *db, struct postings *p, const PGresult *rows, int from, int to)
{
	size_t room = 1, n = 0;
	for (int i = from; i < to; i++)
		room += posting_block_entries(field(db, rows, i, 2).n);
	struct posting_entry *v = malloc(room * sizeof *v);
	int code = v ? SQLITE_OK : no_memory(db);
	for (int i = from; i < to && code == SQLITE_OK; i++) {
		int read = posting_block_read(field(db, rows, i, 2),
					      read_number(field(db, rows, i, 1).p), v + n);
		if (read < 0)
			code = connection_fail(db, SQLITE_ERROR,
					       "a row of the full text is damaged");
		n += read > 0 ? (size_t)read : 0;
	}
	if (v && code == SQLITE_OK && n) {
		struct str word = field(db, rows, from, 0);
		qsort(v, n, sizeof *v, by_statement);
		for (size_t i = 0; i < n; i++)
			add_entry(p, word, &v[i]);
		end_row(p, word);
	}
	free(v);
	return code;
}

/* What is written was written by this transaction, or before. */
static int merge_rows(sqlite3 *db, struct postings *p, const PGresult *rows)
{
	int n = db->pq->PQntuples(rows), code;
	clear_rows(p);
	for (int i = 0; i < n; i++)
		add_pair(p, field(db, rows, i, 0), read_number(field(db, rows, i, 1).p));
	code = run(db, p, TO_DROP, 2, AWAIT_NOTHING);
	clear_rows(p);
	for (int at = 0, next; at < n && code == SQLITE_OK; at = next) {
		struct str word = field(db, rows, at, 0);
		for (next = at + 1; next < n && str_eq(field(db, rows, next, 0), word);)
			next++;
		code = merge_word(db, p, rows, at, next);
	}
	return code == SQLITE_OK ? run(db, p, TO_ADD, 4, AWAIT_NOTHING) : code;
}

static int send_merges(sqlite3 *db, struct postings *p)
{
	PGresult *rows = NULL;
	if (p->merged.n == 0)
		return SQLITE_OK;
	int code = run(db, p, TO_MERGE, 2, AWAIT_ROWS);
	if (code == SQLITE_OK)
		code = connection_wait(db, &rows);
	p->is_merging = true;
	if (code == SQLITE_OK && db->pq->PQntuples(rows))
		code = merge_rows(db, p, rows);
	p->is_merging = false;
	db->pq->PQclear(rows);
	return code;
}

int postings_send(sqlite3 *db)
{
	struct postings *p = db->postings;
	int code = SQLITE_OK;
	if (!p || (p->adds.n_places == 0 && p->drops.n_places == 0))
		return SQLITE_OK;
	clear_rows(p);
	if (p->drops.n_places)
		code = send_drops(db, p);
	make_rows(p);
	if (code == SQLITE_OK && p->words.n)
		code = run(db, p, TO_ADD, 4, AWAIT_NOTHING);
	if (code == SQLITE_OK)
		code = send_merges(db, p);
	postings_forget(db);
	return code;
}

int postings_words(sqlite3 *db, struct str phrase, int (*take)(void *, struct str word),
		   void *context)
{
	struct postings *p = have(db);
	return p ? tokenizer_each(p->tokenizer, phrase, take, context) : -1;
}

void postings_forget(sqlite3 *db)
{
	struct postings *p = db->postings;
	if (!p)
		return;
	word_bag_clear(&p->adds);
	word_bag_clear(&p->drops);
	clear_rows(p);
	array_clear(&p->merged);
	array_clear(&p->since);
}

void postings_release(sqlite3 *db)
{
	struct postings *p = db->postings;
	if (!p)
		return;
	tokenizer_close(p->tokenizer);
	word_bag_release(&p->adds);
	word_bag_release(&p->drops);
	array_release(&p->words);
	array_release(&p->lasts);
	array_release(&p->firsts);
	array_release(&p->entries);
	array_release(&p->merged);
	array_release(&p->since);
	free(p->small);
	buf_release(&p->block.bytes);
	buf_release(&p->places);
	buf_release(&p->numbers);
	free(p);
	db->postings = NULL;
}
