/* A common word has thousands of rows, and a phrase of such words that nowhere occurs walks them
 * all: what is done for each statement is kept to a few steps. */
#include "db/postgresql/match_term.h"

#include <stdlib.h>
#include <string.h>

/* Rows of a word that are read at once: of full ones no more than fill a portion, of small ones,
 * which transactions of one article leave, so many more. */
enum { ROWS_MIN = 4, ROWS_MAX = 64, SMALL_ROWS_MAX = 1024 };
/* Words whose first rows are asked for together. */
enum { FIRST_MAX = 32 };

void term_init(const struct walk *w, struct term *t, struct str word)
{
	*t = (struct term){.word = word,
			   .size = ROWS_MIN,
			   .read_to = w->ascending ? 0 : INT64_MAX,
			   .horizon = INT64_MIN};
}

void term_release(const struct walk *w, struct term *t)
{
	connection_forget_ahead(w->db, &t->ahead);
	w->db->pq->PQclear(t->ahead);
	w->db->pq->PQclear(t->rows);
	for (struct opened *o = t->opened, *next; o; o = next) {
		next = o->next;
		free(o);
	}
	free(t->spare);
}

/* --- reading rows --- */

/* Rows that the walk is not past at $2. 68719476736: POSTING_SPAN */
static int prepare(sqlite3 *db, bool ascending)
{
	static const pg_oid types[] = {PG_BYTEA, PG_INT8, PG_INT8, PG_INT8, PG_INT8};
	static const char *const texts[] = {
		"SELECT last, first, entries FROM posting_block WHERE word = $1 AND last < $3"
		" AND last < $2 + 68719476736 AND first <= $2 AND last > $4"
		" ORDER BY last DESC LIMIT $5",
		"SELECT last, first, entries FROM posting_block WHERE word = $1 AND last > $3"
		" AND last >= $2 AND first < $4 ORDER BY last LIMIT $5"};
	if (db->knows_postings[ascending] == db->generation + 1)
		return SQLITE_OK;
	db->knows_postings[ascending] = db->generation + 1;
	return connection_prepare(db, ascending ? "up" : "down", texts[ascending], types, 5);
}

static int64_t number_at(const struct walk *w, const struct term *t, int row, int column)
{
	return read_number(w->db->pq->PQgetvalue(t->rows, row, column));
}

static int rows_max(const struct walk *w, const struct term *t)
{
	int bytes = 1;
	for (int i = 0; i < t->n; i++)
		bytes += w->db->pq->PQgetlength(t->rows, i, 2);
	int fit = ROWS_MAX * POSTING_BYTES_MAX / bytes * t->n;
	return fit < ROWS_MAX ? ROWS_MAX : fit > SMALL_ROWS_MAX ? SMALL_ROWS_MAX : fit;
}

/* Is `turn` no further behind the rows at hand than these reach? Then they are passed one by one,
 * as where each statement is looked up in a word that few have. */
static bool is_near(const struct walk *w, const struct term *t, int64_t turn)
{
	int64_t to = turn_of(w->ascending, t->read_to);
	return t->n && turn - to <= to - turn_of(w->ascending, number_at(w, t, 0, 0));
}

/* Of a word whose rows are mostly leapt over fewer are read. */
static void choose_size(const struct walk *w, struct term *t, int64_t turn)
{
	int most = rows_max(w, t);
	t->size = 4 * t->used >= t->n || is_near(w, t, turn) ? 4 * t->size : t->size / 2;
	t->size = t->size < ROWS_MIN ? ROWS_MIN : t->size > most ? most : t->size;
}

static int send_for_rows(struct walk *w, struct term *t, int64_t turn, bool ahead)
{
	sqlite3 *db = w->db;
	const char *name = w->ascending ? "up" : "down";
	const int64_t most = INT64_MAX - POSTING_SPAN; /* that can be added to; no id is */
	const int64_t id = turn_of(w->ascending, turn), end = turn_of(w->ascending, w->end);
	const struct value v[] = {value_bytes(t->word.p, t->word.n, PG_BYTEA),
				  value_number(id < most ? id : most), value_number(t->read_to),
				  value_number(end), value_number(t->size)};
	if (prepare(db, w->ascending) != SQLITE_OK)
		return db->code;
	return ahead ? connection_send_ahead(db, name, v, 5, &t->ahead)
		     : connection_send(db, name, NULL, v, 5, AWAIT_ROWS);
}

/* Before the turn of a row's newest statement none of its others has one: not the newest first, and
 * not the oldest first by more than the row can span. */
static int64_t horizon_of(const struct walk *w, int64_t last)
{
	return w->ascending ? last - POSTING_SPAN : turn_of(false, last);
}

/* The row at t->at is the one at hand. */
static void look_at_row(const struct walk *w, struct term *t)
{
	if (t->at == t->n) {
		t->horizon = t->is_last ? w->end : horizon_of(w, t->read_to);
		return;
	}
	int64_t last = number_at(w, t, t->at, 0);
	t->horizon = horizon_of(w, last);
	t->passed = turn_of(w->ascending, w->ascending ? last : number_at(w, t, t->at, 1));
}

/* `rows` are ours from here on, of `size` that were asked for. */
static void take_rows(const struct walk *w, struct term *t, PGresult *rows, int size)
{
	const struct libpq *pq = w->db->pq;
	pq->PQclear(t->rows);
	t->rows = rows;
	t->at = t->used = 0;
	t->n = rows ? pq->PQntuples(rows) : 0;
	t->is_last = t->n < size;
	if (t->n)
		t->read_to = number_at(w, t, t->n - 1, 0);
	look_at_row(w, t);
}

static void wait_for_ahead(struct walk *w, struct term *t)
{
	PGresult *rows = t->ahead;
	int size = t->n_ahead;
	if (!rows && connection_wait(w->db, NULL) == SQLITE_OK)
		rows = t->ahead;
	w->has_failed |= !rows;
	t->ahead = NULL;
	t->n_ahead = 0;
	take_rows(w, t, rows, size);
}

/* A word that is walked by full portions: the server reads the next one while this one is walked.
 */
static void read_ahead(struct walk *w, struct term *t, int64_t turn)
{
	if (w->has_failed || t->is_last || t->size < rows_max(w, t))
		return;
	t->n_ahead = t->size;
	w->has_failed |= send_for_rows(w, t, turn, true) != SQLITE_OK;
}

static void read_rows(struct walk *w, struct term *t, int64_t turn)
{
	PGresult *rows = NULL;
	if (t->rows)
		choose_size(w, t, turn);
	if (t->n_ahead) {
		wait_for_ahead(w, t);
	} else {
		if (send_for_rows(w, t, turn, false) != SQLITE_OK ||
		    connection_wait(w->db, &rows) != SQLITE_OK)
			w->has_failed = true;
		take_rows(w, t, rows, t->size);
	}
	read_ahead(w, t, turn);
}

void terms_read_first(struct walk *w, struct term **terms, size_t n_terms, int64_t turn)
{
	PGresult *rows[FIRST_MAX] = {NULL};
	int n = n_terms <= FIRST_MAX ? (int)n_terms : 0, code = SQLITE_OK;
	if (n < 2 || turn >= w->end)
		return;
	for (int i = 0; i < n && code == SQLITE_OK; i++)
		code = send_for_rows(w, terms[i], turn, false);
	if (code != SQLITE_OK || connection_wait_all(w->db, rows, n) != SQLITE_OK)
		w->has_failed = true;
	for (int i = 0; i < n; i++)
		take_rows(w, terms[i], rows[i], terms[i]->size);
}

bool term_is_rarer(const struct walk *w, const struct term *a, const struct term *b)
{
	if (a->is_last != b->is_last)
		return a->is_last;
	return a->is_last ? a->n < b->n
			  : turn_of(w->ascending, b->read_to) < turn_of(w->ascending, a->read_to);
}

/* --- walking --- */

/* Room for a row of so many bytes, and for them behind its entries. */
static struct opened *opened_new(struct term *t, size_t bytes)
{
	struct opened *o = t->spare;
	size_t n = posting_block_entries(bytes) + 1;
	size_t room = n * sizeof o->v[0] + bytes;
	t->spare = NULL;
	if (o && o->room >= room)
		return o;
	free(o);
	o = malloc(sizeof *o + room);
	if (o)
		o->room = room;
	return o;
}

/* One is kept for the next row: rows of a word mostly follow one another. */
static void opened_done(struct term *t, struct opened *o)
{
	free(t->spare);
	t->spare = o;
}

static void put_in_order(const struct walk *w, struct posting_entry *v, int n)
{
	for (int i = 0; i < n / 2 && w->ascending; i++) {
		struct posting_entry left = v[i];
		v[i] = v[n - 1 - i];
		v[n - 1 - i] = left;
	}
	for (int i = 0; i < n && !w->ascending; i++)
		v[i].statement = turn_of(false, v[i].statement);
	v[n].statement = INT64_MAX;
}

static struct opened *open_row(struct walk *w, struct term *t)
{
	const struct libpq *pq = w->db->pq;
	size_t bytes = (size_t)pq->PQgetlength(t->rows, t->at, 2);
	struct opened *o = opened_new(t, bytes);
	int n = -1;
	if (o) { /* the bytes outlive their result */
		char *copy = (char *)o->v + o->room - bytes;
		memcpy(copy, pq->PQgetvalue(t->rows, t->at, 2), bytes);
		n = posting_block_read((struct str){copy, bytes}, number_at(w, t, t->at, 0), o->v);
	}
	if (n <= 0) {
		free(o);
		connection_fail(w->db, SQLITE_ERROR, "a row of the full text cannot be read");
		w->has_failed = true;
		return NULL;
	}
	put_in_order(w, o->v, n);
	o->at = o->v;
	return o;
}

/* Moves what is opened to `turn`; of the statements there, or after, the next one; w->stop for
 * none. */
static int64_t nearest(const struct walk *w, struct term *t, int64_t turn)
{
	int64_t best = w->stop;
	for (struct opened **at = &t->opened; *at;) {
		struct opened *o = *at;
		while (o->at->statement < turn)
			o->at++;
		if (o->at->statement == INT64_MAX) {
			*at = o->next;
			opened_done(t, o);
			continue;
		}
		if (o->at->statement < best) {
			t->now = o->at;
			best = o->at->statement;
		}
		at = &o->next;
	}
	return best;
}

/* Opens rows from the one at hand on, until none can have a statement before the one found. */
static int64_t open_rows(struct walk *w, struct term *t, int64_t turn, int64_t best)
{
	while (t->horizon < best) {
		if (t->at == t->n && !t->is_last) {
			read_rows(w, t, turn);
			if (w->has_failed)
				return w->stop;
			continue;
		}
		if (t->at == t->n)
			break;
		if (t->passed >= turn) {
			struct opened *o = open_row(w, t);
			if (!o)
				return w->stop;
			o->next = t->opened;
			t->opened = o;
			t->used++;
			best = nearest(w, t, turn);
		}
		t->at++;
		look_at_row(w, t);
	}
	return best;
}

int64_t term_seek_on(struct walk *w, struct term *t, int64_t turn)
{
	if (turn >= w->stop || w->has_failed)
		return w->stop;
	int64_t best = nearest(w, t, turn);
	return t->horizon < best ? open_rows(w, t, turn, best) : best;
}

/* --- places --- */

/* Of the number whose first byte is `v`. */
static uint64_t rest_of_number(struct place_taker *t, uint64_t v)
{
	v &= 0x7F;
	for (int shift = 7; t->p < t->end && shift < 64; shift += 7) {
		unsigned char c = *t->p++;
		v |= (uint64_t)(c & 0x7F) << shift;
		if (c < 0x80)
			break;
	}
	return v;
}

/* For a loop that runs for each place of common words: mostly a byte. */
static inline bool next_place(struct place_taker *t)
{
	if (t->p == t->end)
		return false;
	uint64_t v = *t->p++;
	t->at += v < 0x80 ? v : rest_of_number(t, v);
	return true;
}

/* On the first place. */
static struct place_taker places_of(const struct term *t)
{
	const unsigned char *p = (const unsigned char *)t->now->places.p;
	struct place_taker out = {.p = p, .end = p + t->now->places.n};
	if (!next_place(&out))
		out.at = UINT64_MAX;
	return out;
}

/* Asked for in rising order. Of a copy, which can stay in registers. */
static inline bool has_place(struct place_taker *of, uint64_t place)
{
	struct place_taker t = *of;
	bool is_there = true;
	while (t.at < place && is_there)
		is_there = next_place(&t);
	*of = t;
	return is_there && t.at == place;
}

bool terms_are_phrase(struct term *terms, size_t n, unsigned columns)
{
	size_t lead = 0;
	if (n == 1 && columns == POSTING_ALL_COLUMNS)
		return true;
	for (size_t i = 0; i < n; i++) {
		terms[i].places = places_of(&terms[i]);
		lead = terms[i].now->places.n < terms[lead].now->places.n ? i : lead;
	}
	struct place_taker t = terms[lead].places;
	for (bool is_one = t.at < UINT64_MAX; is_one; is_one = next_place(&t)) {
		uint64_t first = t.at - lead * POSTING_COLUMNS;
		size_t i = 0;
		if (t.at < lead * POSTING_COLUMNS || !(columns >> t.at % POSTING_COLUMNS & 1))
			continue;
		while (i < n &&
		       (i == lead || has_place(&terms[i].places, first + i * POSTING_COLUMNS)))
			i++;
		if (i == n)
			return true;
	}
	return false;
}
