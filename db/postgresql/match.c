/* An expression is a tree of nodes that can each be moved to the next statement at or after an id.
 */
#include "db/postgresql/match.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "db/postgresql/postings.h"
#include "db/varint.h"

enum { MATCH_BYTES_MAX = 16 * 1024 * 1024, ALL_COLUMNS = (1 << POSTING_COLUMNS) - 1 };
/* Rows of a word that are read at once: of full ones no more than fill a portion, of small ones,
 * which transactions of one article leave, so many more. */
enum { ROWS_MIN = 4, ROWS_MAX = 64, SMALL_ROWS_MAX = 1024 };
/* Words whose first rows are asked for together. */
enum { FIRST_MAX = 32 };

/* A row that is being walked, in the order of the walk; its bytes follow. */
struct opened {
	struct opened *next;
	int at, n;
	struct posting_entry v[];
};

/* A word's rows: those at hand, from `at` on, and those that the walk is within. They come in the
 * order of their newest statements, and may lie across one another. */
struct term {
	struct str word;
	PGresult *rows;
	int at, n, size;
	int used; /* of the rows at hand, those that were opened */
	bool is_last;
	int64_t read_to; /* the newest statement of the last row that was at hand */
	struct opened *opened;
	struct posting_entry now; /* where it stands */
};

enum node_kind { NODE_PHRASE, NODE_AND, NODE_OR, NODE_NOT };

struct node {
	enum node_kind kind;
	unsigned columns; /* of a phrase: bits */
	struct term *terms;
	size_t n_terms, cap_terms;
	struct node *left, *right;
};

struct match {
	sqlite3 *db;
	struct arena arena;
	struct node *root;
	bool ascending, has_failed;
	int64_t at, end;	  /* the next id to look at; the bound */
	int64_t stop;		  /* the bound of the seek at hand */
	struct term *terms[4096]; /* all, to be released */
	size_t n_terms;
};

/* --- the expression --- */

struct parsing {
	struct match *m;
	const char *p, *end;
	bool has_failed;
};

static void skip_space(struct parsing *s)
{
	while (s->p < s->end && *s->p == ' ')
		s->p++;
}

static bool accept(struct parsing *s, const char *word)
{
	skip_space(s);
	size_t n = strlen(word);
	if ((size_t)(s->end - s->p) < n || memcmp(s->p, word, n) != 0)
		return false;
	s->p += n;
	return true;
}

static struct node *node_new(struct parsing *s, enum node_kind kind, struct node *left,
			     struct node *right)
{
	struct node *n = arena_alloc(&s->m->arena, sizeof *n);
	if (!n)
		s->has_failed = true;
	else
		*n = (struct node){.kind = kind, .left = left, .right = right};
	return n;
}

struct adding {
	struct match *m;
	struct node *node;
};

static int add_term(void *context, struct str word)
{
	struct adding *a = context;
	struct node *n = a->node;
	struct str copy = arena_str(&a->m->arena, word);
	if (!copy.p || arena_grow(&a->m->arena, (void **)&n->terms, &n->cap_terms, n->n_terms + 1,
				  sizeof *n->terms))
		return -1;
	n->terms[n->n_terms++] = (struct term){
		.word = copy, .size = ROWS_MIN, .read_to = a->m->ascending ? 0 : INT64_MAX};
	return 0;
}

static struct node *phrase_of(struct parsing *s, struct str text, unsigned columns)
{
	struct node *n = node_new(s, NODE_PHRASE, NULL, NULL);
	if (!n)
		return NULL;
	n->columns = columns;
	struct adding adding = {s->m, n};
	s->has_failed |= postings_words(s->m->db, text, add_term, &adding) != 0;
	for (size_t i = 0; i < n->n_terms; i++) {
		s->has_failed |= s->m->n_terms == sizeof s->m->terms / sizeof s->m->terms[0];
		if (!s->has_failed)
			s->m->terms[s->m->n_terms++] = &n->terms[i];
	}
	return n;
}

/* "a ""word""" */
static struct node *quoted(struct parsing *s, unsigned columns)
{
	char *text = arena_alloc(&s->m->arena, (size_t)(s->end - s->p) + 1);
	size_t n = 0;
	if (!text) {
		s->has_failed = true;
		return NULL;
	}
	while (s->p < s->end) {
		if (*s->p == '"' && (s->p + 1 == s->end || s->p[1] != '"'))
			break;
		s->p += *s->p == '"';
		text[n++] = *s->p++;
	}
	s->has_failed |= s->p == s->end;
	s->p++;
	return phrase_of(s, (struct str){text, n}, columns);
}

static unsigned column_named(struct str name)
{
	static const char *const names[POSTING_COLUMNS] = {"content", "facets", "nearby", "role"};
	for (unsigned i = 0; i < POSTING_COLUMNS; i++)
		if (str_eq(name, str_of(names[i])))
			return 1U << i;
	return 0;
}

static struct str bare_word(struct parsing *s)
{
	skip_space(s);
	const char *from = s->p;
	while (s->p < s->end && (isalnum((unsigned char)*s->p) || *s->p == '_'))
		s->p++;
	return (struct str){from, (size_t)(s->p - from)};
}

static struct node *any_of(struct parsing *s, unsigned columns);

/* {content nearby} : (...) */
static struct node *in_columns(struct parsing *s, unsigned columns)
{
	unsigned named = 0;
	while (!accept(s, "}") && !s->has_failed) {
		unsigned one = column_named(bare_word(s));
		named |= one;
		s->has_failed |= one == 0;
	}
	s->has_failed |= !accept(s, ":") || !accept(s, "(");
	struct node *n = s->has_failed ? NULL : any_of(s, columns & named);
	s->has_failed |= !accept(s, ")");
	return n;
}

static struct node *primary(struct parsing *s, unsigned columns)
{
	if (accept(s, "(")) {
		struct node *n = any_of(s, columns);
		s->has_failed |= !accept(s, ")");
		return n;
	}
	if (accept(s, "\""))
		return quoted(s, columns);
	if (accept(s, "{"))
		return in_columns(s, columns);
	struct str word = bare_word(s);
	s->has_failed |= word.n == 0;
	if (s->has_failed || !accept(s, ":"))
		return s->has_failed ? NULL : phrase_of(s, word, columns);
	s->has_failed |= column_named(word) == 0;
	return primary(s, columns & column_named(word));
}

/* NOT binds closer than AND, and that than OR. */
static struct node *without(struct parsing *s, unsigned columns)
{
	struct node *n = primary(s, columns);
	while (!s->has_failed && accept(s, "NOT "))
		n = node_new(s, NODE_NOT, n, primary(s, columns));
	return n;
}

static struct node *all_of(struct parsing *s, unsigned columns)
{
	struct node *n = without(s, columns);
	while (!s->has_failed && accept(s, "AND "))
		n = node_new(s, NODE_AND, n, without(s, columns));
	return n;
}

static struct node *any_of(struct parsing *s, unsigned columns)
{
	struct node *n = all_of(s, columns);
	while (!s->has_failed && accept(s, "OR "))
		n = node_new(s, NODE_OR, n, all_of(s, columns));
	return n;
}

/* --- a word --- */

static bool is_before(const struct match *m, int64_t a, int64_t b)
{
	return m->ascending ? a < b : a > b;
}

static int64_t after(const struct match *m, int64_t id)
{
	return m->ascending ? id + 1 : id - 1;
}

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

static int rows_max(const struct match *m, const struct term *t)
{
	int bytes = 1;
	for (int i = 0; i < t->n; i++)
		bytes += m->db->pq->PQgetlength(t->rows, i, 2);
	int fit = ROWS_MAX * POSTING_BYTES_MAX / bytes * t->n;
	return fit < ROWS_MAX ? ROWS_MAX : fit > SMALL_ROWS_MAX ? SMALL_ROWS_MAX : fit;
}

/* Of a word whose rows are mostly passed over fewer are read. */
static void choose_size(const struct match *m, struct term *t)
{
	int most = rows_max(m, t);
	t->size = 4 * t->used >= t->n ? 4 * t->size : t->size / 2;
	t->size = t->size < ROWS_MIN ? ROWS_MIN : t->size > most ? most : t->size;
}

static int send_for_rows(struct match *m, struct term *t, int64_t id)
{
	sqlite3 *db = m->db;
	const int64_t most = INT64_MAX - POSTING_SPAN; /* that can be added to; no id is */
	const struct value v[] = {value_bytes(t->word.p, t->word.n, PG_BYTEA),
				  value_number(id < most ? id : most), value_number(t->read_to),
				  value_number(m->end), value_number(t->size)};
	return prepare(db, m->ascending) == SQLITE_OK
		       ? connection_send(db, m->ascending ? "up" : "down", NULL, v, 5, AWAIT_ROWS)
		       : db->code;
}

/* `rows` are ours from here on. */
static void take_rows(struct match *m, struct term *t, PGresult *rows)
{
	const struct libpq *pq = m->db->pq;
	pq->PQclear(t->rows);
	t->rows = rows;
	t->at = t->used = 0;
	t->n = rows ? pq->PQntuples(rows) : 0;
	t->is_last = t->n < t->size;
	if (t->n)
		t->read_to = read_number(pq->PQgetvalue(rows, t->n - 1, 0));
}

static void read_rows(struct match *m, struct term *t, int64_t id)
{
	PGresult *rows = NULL;
	if (t->rows)
		choose_size(m, t);
	if (send_for_rows(m, t, id) != SQLITE_OK || connection_wait(m->db, &rows) != SQLITE_OK)
		m->has_failed = true;
	take_rows(m, t, rows);
}

/* The first rows of all words, in one round trip. */
static void read_first(struct match *m)
{
	PGresult *rows[FIRST_MAX] = {NULL};
	int n = m->n_terms <= FIRST_MAX ? (int)m->n_terms : 0, code = SQLITE_OK;
	if (n < 2 || !is_before(m, m->at, m->end))
		return;
	for (int i = 0; i < n && code == SQLITE_OK; i++)
		code = send_for_rows(m, m->terms[i], m->at);
	if (code != SQLITE_OK || connection_wait_all(m->db, rows, n) != SQLITE_OK)
		m->has_failed = true;
	for (int i = 0; i < n; i++)
		take_rows(m, m->terms[i], rows[i]);
}

static void reverse(struct posting_entry *v, int n)
{
	for (int i = 0; i < n / 2; i++) {
		struct posting_entry left = v[i];
		v[i] = v[n - 1 - i];
		v[n - 1 - i] = left;
	}
}

static struct opened *open_row(struct match *m, const struct term *t)
{
	const struct libpq *pq = m->db->pq;
	struct posting_entry v[POSTING_ENTRIES_MAX];
	size_t bytes = (size_t)pq->PQgetlength(t->rows, t->at, 2);
	struct opened *o = NULL;
	int64_t last = read_number(pq->PQgetvalue(t->rows, t->at, 0));
	const char *p = pq->PQgetvalue(t->rows, t->at, 2);
	int n = posting_block_read((struct str){p, bytes}, last, v);
	if (n > 0)
		o = malloc(sizeof *o + (size_t)n * sizeof *v + bytes);
	if (!o) {
		connection_fail(m->db, SQLITE_ERROR, "a row of the full text cannot be read");
		m->has_failed = true;
		return NULL;
	}
	char *copy = (char *)&o->v[n];
	memcpy(copy, p, bytes);
	for (int i = 0; i < n; i++)
		o->v[i] = (struct posting_entry){v[i].statement,
						 {copy + (v[i].places.p - p), v[i].places.n}};
	if (m->ascending)
		reverse(o->v, n);
	o->at = 0;
	o->n = n;
	return o;
}

/* Moves what is opened to `id`; of the statements there, or after, the next one; m->stop for none.
 */
static int64_t nearest(struct match *m, struct term *t, int64_t id)
{
	int64_t best = m->stop;
	for (struct opened **at = &t->opened; *at;) {
		struct opened *o = *at;
		while (o->at < o->n && is_before(m, o->v[o->at].statement, id))
			o->at++;
		if (o->at == o->n) {
			*at = o->next;
			free(o);
			continue;
		}
		if (is_before(m, o->v[o->at].statement, best)) {
			t->now = o->v[o->at];
			best = t->now.statement;
		}
		at = &o->next;
	}
	return best;
}

/* No row from the one at hand on has a statement that the walk comes to before `id`. */
static bool are_all_after(const struct match *m, const struct term *t, int64_t id)
{
	int64_t last = read_number(m->db->pq->PQgetvalue(t->rows, t->at, 0));
	return !is_before(m, m->ascending ? last - POSTING_SPAN : last, id);
}

/* Is the row at hand past? */
static bool is_passed(const struct match *m, const struct term *t, int64_t id)
{
	return is_before(m, read_number(m->db->pq->PQgetvalue(t->rows, t->at, !m->ascending)), id);
}

/* The first statement at `id` or after it that has the word; m->stop for none. */
static int64_t term_seek(struct match *m, struct term *t, int64_t id)
{
	if (!is_before(m, id, m->stop))
		return m->stop;
	for (int64_t best = nearest(m, t, id);; t->at++) {
		while (t->at == t->n && !t->is_last && !m->has_failed)
			read_rows(m, t, id);
		if (m->has_failed)
			return m->stop;
		if (t->at == t->n || are_all_after(m, t, best))
			return best;
		if (is_passed(m, t, id))
			continue;
		struct opened *o = open_row(m, t);
		if (!o)
			return m->stop;
		o->next = t->opened;
		t->opened = o;
		t->used++;
		best = nearest(m, t, id);
	}
}

static bool has_place(const struct term *t, uint32_t place)
{
	struct varint_taker p = {.rest = t->now.places};
	while (p.rest.n) {
		uint64_t at = varint_take(&p);
		if (at >= place)
			return at == place;
	}
	return false;
}

/* Do the words of the statement at hand follow one another, in a column that is asked for? */
static bool is_phrase(const struct node *n)
{
	if (n->n_terms == 1 && n->columns == ALL_COLUMNS)
		return true;
	struct varint_taker p = {.rest = n->terms[0].now.places};
	while (p.rest.n) {
		uint32_t place = (uint32_t)varint_take(&p);
		size_t i = 1;
		if (!(n->columns >> place % POSTING_COLUMNS & 1))
			continue;
		while (i < n->n_terms &&
		       has_place(&n->terms[i], place + (uint32_t)i * POSTING_COLUMNS))
			i++;
		if (i == n->n_terms)
			return true;
	}
	return false;
}

/* --- nodes: the first statement at `id` or after it that fits; m->stop for none --- */

static int64_t phrase_seek(struct match *m, struct node *n, int64_t id)
{
	if (n->n_terms == 0 || n->columns == 0)
		return m->stop;
	for (;;) {
		int64_t at = id;
		for (size_t i = 0; i < n->n_terms; i++)
			at = term_seek(m, &n->terms[i], at);
		if (at == m->stop)
			return at;
		if (at == id && is_phrase(n))
			return at;
		id = at == id ? after(m, id) : at;
	}
}

static int64_t node_seek(struct match *m, struct node *n, int64_t id);

/* Looks no further: where the next one is that fits does not matter.
 * NOLINTNEXTLINE(misc-no-recursion): as below. */
static bool fits(struct match *m, struct node *n, int64_t id)
{
	int64_t stop = m->stop;
	m->stop = after(m, id);
	bool does = node_seek(m, n, id) == id;
	m->stop = stop;
	return does;
}

/* NOLINTNEXTLINE(misc-no-recursion): as deep as the expression, which full_text.c bounds. */
static int64_t node_seek(struct match *m, struct node *n, int64_t id)
{
	int64_t left, right;
	if (n->kind == NODE_PHRASE)
		return phrase_seek(m, n, id);
	for (;;) {
		left = node_seek(m, n->left, id);
		if (left == m->stop && n->kind != NODE_OR)
			return left;
		if (n->kind == NODE_NOT) {
			if (!fits(m, n->right, left))
				return left;
			id = after(m, left);
			continue;
		}
		right = node_seek(m, n->right, n->kind == NODE_OR ? id : left);
		if (n->kind == NODE_OR)
			return is_before(m, right, left) ? right : left;
		if (left == right)
			return left;
		id = right;
	}
}

struct match *match_open(sqlite3 *db, struct str expression, int64_t above, int64_t below,
			 bool ascending)
{
	struct match *m = calloc(1, sizeof *m);
	if (!m) {
		connection_fail(db, SQLITE_ERROR, "out of memory");
		return NULL;
	}
	m->db = db;
	m->ascending = ascending;
	m->at = ascending ? above + 1 : below - 1;
	m->end = m->stop = ascending ? below : above;
	arena_init(&m->arena, MATCH_BYTES_MAX);
	struct parsing s = {.m = m, .p = expression.p, .end = expression.p + expression.n};
	m->root = any_of(&s, ALL_COLUMNS);
	skip_space(&s);
	if (!s.has_failed && s.p == s.end) {
		read_first(m);
		return m;
	}
	connection_fail(db, SQLITE_ERROR, "an expression of words cannot be read");
	match_close(m);
	return NULL;
}

int match_next(struct match *m, int64_t *ids, int most)
{
	int n = 0;
	while (n < most && is_before(m, m->at, m->end)) {
		int64_t id = node_seek(m, m->root, m->at);
		m->at = id == m->end ? id : after(m, id);
		if (id != m->end)
			ids[n++] = id;
	}
	return m->has_failed ? -1 : n;
}

void match_close(struct match *m)
{
	if (!m)
		return;
	for (size_t i = 0; i < m->n_terms; i++) {
		m->db->pq->PQclear(m->terms[i]->rows);
		for (struct opened *o = m->terms[i]->opened, *next; o; o = next) {
			next = o->next;
			free(o);
		}
	}
	arena_release(&m->arena);
	free(m);
}
