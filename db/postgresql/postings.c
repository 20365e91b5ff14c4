/* Words are kept for a transaction, and sent sorted: neighbors of the index are written together.
 */
#include "db/postgresql/postings.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "db/postgresql/array.h"
#include "db/sqlite/tokenizer.h"

/* A longer word is found by its beginning: an index of PostgreSQL has room for 2.7 kB. */
enum { TEXT_BYTES_MAX = 256 * 1024 * 1024, SEND_ROWS = 65536, WORD_BYTES_MAX = 1024 };

/* A word at a place; all places of a word in a statement become one row. */
struct token {
	size_t word; /* in `text`; its length stands in n */
	uint32_t n, place;
	int64_t statement;
};

struct postings {
	struct tokenizer *tokenizer;
	struct buf text; /* the words */
	struct token *v;
	size_t n, cap;
	struct array words, statements, places;
	char add[16], drop[16]; /* prepared statements, "" before they are there */
	int generation;		/* of the connection that has them */
	/* While a statement is read: */
	int64_t statement;
	uint32_t column, position;
};

uint32_t place_read(const unsigned char **p, const unsigned char *end)
{
	uint32_t v = 0;
	for (int shift = 0; *p < end && shift < 32; shift += 7) {
		unsigned char c = *(*p)++;
		v |= (uint32_t)(c & 127) << shift;
		if (c < 128)
			break;
	}
	return v;
}

static void place_add(struct buf *b, uint32_t v)
{
	for (; v > 127; v >>= 7)
		buf_add_char(b, (char)(v | 128));
	buf_add_char(b, (char)v);
}

static struct postings *have(sqlite3 *db)
{
	struct err why = {0};
	if (db->postings)
		return db->postings;
	struct postings *p = calloc(1, sizeof *p);
	if (p) {
		buf_init(&p->text, TEXT_BYTES_MAX);
		p->tokenizer = tokenizer_open(&why);
	}
	if (!p || !p->tokenizer) {
		free(p);
		connection_fail(db, SQLITE_ERROR, "cannot make a tokenizer");
		return NULL;
	}
	return db->postings = p;
}

static int keep(void *context, struct str word)
{
	struct postings *p = context;
	word = str_sub(word, 0, WORD_BYTES_MAX);
	if (p->n == p->cap) {
		size_t cap = p->cap ? 2 * p->cap : 1024;
		struct token *v = realloc(p->v, cap * sizeof *v);
		if (!v)
			return -1;
		p->v = v;
		p->cap = cap;
	}
	p->v[p->n++] = (struct token){.word = p->text.n,
				      .n = (uint32_t)word.n,
				      .place = p->position++ * POSTING_COLUMNS + p->column,
				      .statement = p->statement};
	buf_add(&p->text, word);
	return p->text.failed ? -1 : 0;
}

static int read_columns(sqlite3 *db, struct postings *p, int64_t statement,
			const struct str columns[POSTING_COLUMNS])
{
	p->statement = statement;
	for (p->column = 0; p->column < POSTING_COLUMNS; p->column++) {
		p->position = 0;
		if (tokenizer_each(p->tokenizer, columns[p->column], keep, p))
			return connection_fail(db, SQLITE_ERROR, "out of memory");
	}
	return SQLITE_OK;
}

static int by_word(const void *va, const void *vb, void *context)
{
	const struct token *a = va, *b = vb;
	const char *text = ((const struct postings *)context)->text.p;
	uint32_t n = a->n < b->n ? a->n : b->n;
	int order = memcmp(text + a->word, text + b->word, n);
	if (order)
		return order;
	if (a->n != b->n)
		return a->n < b->n ? -1 : 1;
	if (a->statement != b->statement)
		return a->statement < b->statement ? -1 : 1;
	return a->place < b->place ? -1 : a->place > b->place;
}

static bool same_row(const struct postings *p, const struct token *a, const struct token *b)
{
	return a->statement == b->statement && a->n == b->n &&
	       memcmp(p->text.p + a->word, p->text.p + b->word, a->n) == 0;
}

static void make_rows(struct postings *p)
{
	struct buf places;
	buf_init(&places, TEXT_BYTES_MAX);
	qsort_r(p->v, p->n, sizeof *p->v, by_word, p);
	for (size_t i = 0, next; i < p->n; i = next) {
		const struct token *t = &p->v[i];
		buf_clear(&places);
		for (next = i; next < p->n && same_row(p, t, &p->v[next]); next++)
			place_add(&places, p->v[next].place);
		struct value row[] = {value_bytes(p->text.p + t->word, t->n, PG_BYTEA),
				      value_number(t->statement),
				      value_bytes(places.p, places.n, PG_BYTEA)};
		array_add(&p->words, &row[0]);
		array_add(&p->statements, &row[1]);
		array_add(&p->places, &row[2]);
	}
	buf_release(&places);
}

static void clear(struct postings *p)
{
	p->n = 0;
	buf_clear(&p->text);
	array_clear(&p->words);
	array_clear(&p->statements);
	array_clear(&p->places);
}

static int send_rows(sqlite3 *db, struct postings *p, char name[16], const char *text)
{
	static const pg_oid types[] = {PG_BYTEA_ARRAY, PG_INT8_ARRAY, PG_BYTEA_ARRAY};
	int n = name == p->add ? 3 : 2, code = SQLITE_OK;
	if (p->n == 0)
		return SQLITE_OK;
	make_rows(p);
	if (p->words.has_failed || p->statements.has_failed || p->places.has_failed)
		code = connection_fail(db, SQLITE_ERROR, "out of memory");
	if (p->generation != db->generation)
		*p->add = *p->drop = '\0';
	p->generation = db->generation;
	if (code == SQLITE_OK && !*name) {
		connection_name(db, 'p', name);
		code = connection_prepare(db, name, text, types, n);
	}
	if (code == SQLITE_OK) {
		struct value v[] = {array_value(&p->words), array_value(&p->statements),
				    array_value(&p->places)};
		code = connection_send(db, name, NULL, v, n, AWAIT_NOTHING);
	}
	clear(p);
	return code;
}

int postings_send(sqlite3 *db)
{
	struct postings *p = db->postings;
	return p ? send_rows(db, p, p->add,
			     "INSERT INTO posting SELECT * FROM unnest($1::bytea[], $2::bigint[],"
			     " $3::bytea[])")
		 : SQLITE_OK;
}

int postings_add(sqlite3 *db, int64_t statement, const struct str columns[POSTING_COLUMNS])
{
	struct postings *p = have(db);
	if (!p || read_columns(db, p, statement, columns) != SQLITE_OK)
		return db->code;
	return p->n < SEND_ROWS ? SQLITE_OK : postings_send(db);
}

int postings_drop(sqlite3 *db, int64_t statement, const struct str columns[POSTING_COLUMNS])
{
	struct postings *p = have(db);
	if (!p || postings_send(db) != SQLITE_OK ||
	    read_columns(db, p, statement, columns) != SQLITE_OK)
		return db->code;
	return send_rows(db, p, p->drop,
			 "DELETE FROM posting p USING unnest($1::bytea[], $2::bigint[])"
			 " AS d(word, statement) WHERE p.word = d.word"
			 " AND p.statement = d.statement");
}

int postings_words(sqlite3 *db, struct str phrase, int (*take)(void *, struct str word),
		   void *context)
{
	struct postings *p = have(db);
	return p ? tokenizer_each(p->tokenizer, phrase, take, context) : -1;
}

void postings_forget(sqlite3 *db)
{
	if (db->postings)
		clear(db->postings);
}

void postings_release(sqlite3 *db)
{
	struct postings *p = db->postings;
	if (!p)
		return;
	tokenizer_close(p->tokenizer);
	buf_release(&p->text);
	array_release(&p->words);
	array_release(&p->statements);
	array_release(&p->places);
	free(p->v);
	free(p);
	db->postings = NULL;
}
