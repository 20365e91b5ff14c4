/* Both are read once, and compared by the number of their words and by a sum of hashes: whatever
 * was added to, lost from or changed on one side alone shows, though not where. */
#include "db/postgresql/postings_check.h"

#include <stdio.h>
#include <string.h>

#include "db/postgresql/postings.h"
#include "db/postgresql/statement_texts.h"
#include "db/varint.h"

/* So many rows are read at once: a text's are all held. */
#define AT_ONCE "512"

struct sums {
	uint64_t n, hash;
	int64_t statement;
	uint32_t column, position;
};

static void add(struct sums *s, struct str word, int64_t statement, uint32_t place)
{
	uint64_t z = str_hash(word) ^ (uint64_t)statement * UINT64_C(0x9e3779b97f4a7c15) ^
		     (uint64_t)place << 40;
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	s->hash += z ^ (z >> 31);
	s->n++;
}

static int take_word(void *context, struct str word)
{
	struct sums *s = context;
	add(s, str_sub(word, 0, POSTING_WORD_MAX), s->statement,
	    s->position++ * POSTING_COLUMNS + s->column);
	return 0;
}

struct summing {
	sqlite3 *db;
	struct sums sums;
};

static int sum_statement(void *context, int64_t statement,
			 const struct str columns[POSTING_COLUMNS])
{
	struct summing *to = context;
	struct sums *s = &to->sums;
	s->statement = statement;
	for (s->column = 0; s->column < POSTING_COLUMNS; s->column++) {
		s->position = 0;
		if (postings_words(to->db, columns[s->column], take_word, s))
			return -1;
	}
	return 0;
}

static bool is_in_order(const struct posting_entry *v, int n, int64_t first)
{
	for (int i = 1; i < n; i++)
		if (v[i].statement >= v[i - 1].statement)
			return false;
	return n > 0 && v[n - 1].statement == first && v[0].statement - first < POSTING_SPAN;
}

static bool sum_row(sqlite3_stmt *st, struct sums *s)
{
	struct posting_entry v[POSTING_ENTRIES_MAX];
	int n = posting_block_read(sql_column(st, 3), sqlite3_column_int64(st, 1), v);
	for (int i = 0; i < n; i++) {
		uint32_t place = 0;
		for (struct varint_taker p = {.rest = v[i].places}; p.rest.n;) {
			place += (uint32_t)varint_take(&p);
			add(s, sql_column(st, 0), v[i].statement, place);
		}
	}
	return is_in_order(v, n, sqlite3_column_int64(st, 2));
}

static int sum_rows(sqlite3 *db, struct sums *s, int64_t *damaged, struct err *e)
{
	char key[POSTING_WORD_MAX] = "";
	struct str word = {key, 0};
	int row = 0, any;
	sqlite3_stmt *st =
		sql_prepare(db,
			    "SELECT word, last, first, entries FROM posting_block"
			    " WHERE (word, last) > (?1, ?2) ORDER BY word, last LIMIT " AT_ONCE,
			    e);
	for (any = st ? 1 : -1; any > 0;) {
		sql_bind_str(st, 1, word);
		sqlite3_bind_int64(st, 2, s->statement);
		for (any = 0; (row = sql_row(st, e)) > 0; any = 1) {
			*damaged += !sum_row(st, s);
			s->statement = sqlite3_column_int64(st, 1);
			word.n = sql_column(st, 0).n;
			memcpy(key, sql_column(st, 0).p, word.n);
		}
		any = row < 0 ? -1 : any;
	}
	sqlite3_finalize(st);
	return any;
}

int postings_check(sqlite3 *db, void (*report)(void *, const char *fault), void *context,
		   struct err *e)
{
	struct summing texts = {.db = db};
	struct sums rows = {0};
	int64_t damaged = 0;
	char fault[128];
	if (statement_texts_each(db, sum_statement, &texts, e) || sum_rows(db, &rows, &damaged, e))
		return -1;
	snprintf(fault, sizeof fault, "%lld rows of the full text are damaged", (long long)damaged);
	if (damaged)
		report(context, fault);
	snprintf(fault, sizeof fault,
		 "the full text has other words than the statements: %llu at %llu places",
		 (unsigned long long)rows.n, (unsigned long long)texts.sums.n);
	if (rows.n != texts.sums.n || rows.hash != texts.sums.hash)
		report(context, fault);
	return 0;
}
