/* An expression is a tree of nodes that can each be moved to the next statement at or after an id.
 */
#include "db/postgresql/match.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "db/postgresql/match_term.h"
#include "db/postgresql/postings.h"

enum { MATCH_BYTES_MAX = 16 * 1024 * 1024 };

enum node_kind { NODE_PHRASE, NODE_AND, NODE_OR, NODE_NOT };

struct node {
	enum node_kind kind;
	unsigned columns; /* of a phrase: bits */
	struct term *terms;
	size_t n_terms, cap_terms;
	struct term **rarest_first; /* the same, of match.terms */
	bool is_ordered;
	struct node *left, *right;
};

struct match {
	struct walk walk;
	struct arena arena;
	struct node *root;
	int64_t at;		  /* the next turn to look at */
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
	term_init(&a->m->walk, &n->terms[n->n_terms++], copy);
	return 0;
}

static struct node *phrase_of(struct parsing *s, struct str text, unsigned columns)
{
	struct node *n = node_new(s, NODE_PHRASE, NULL, NULL);
	if (!n)
		return NULL;
	n->columns = columns;
	struct adding adding = {s->m, n};
	s->has_failed |= postings_words(s->m->walk.db, text, add_term, &adding) != 0;
	n->rarest_first = &s->m->terms[s->m->n_terms];
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

/* --- nodes: the first statement at `turn` or after it that fits; w->stop for none --- */

/* The rarest word is walked, the others are looked up. */
static void order_terms(const struct walk *w, struct node *n)
{
	struct term **v = n->rarest_first;
	for (size_t i = 1; i < n->n_terms; i++)
		for (size_t k = i; k > 0 && term_is_rarer(w, v[k], v[k - 1]); k--) {
			struct term *left = v[k - 1];
			v[k - 1] = v[k];
			v[k] = left;
		}
	n->is_ordered = true;
}

static int64_t phrase_seek(struct walk *w, struct node *n, int64_t turn)
{
	size_t i = 0;
	if (n->n_terms == 0 || n->columns == 0)
		return w->stop;
	if (!n->is_ordered)
		order_terms(w, n);
	while (i < n->n_terms) {
		int64_t at = term_seek(w, n->rarest_first[i], turn);
		if (at == w->stop)
			return at;
		i = at == turn || i == 0 ? i + 1 : 0;
		turn = at;
		if (i == n->n_terms && !terms_are_phrase(n->terms, n->n_terms, n->columns)) {
			turn++;
			i = 0;
		}
	}
	return turn;
}

static int64_t node_seek(struct walk *w, struct node *n, int64_t turn);

/* Looks no further: where the next one is that fits does not matter.
 * NOLINTNEXTLINE(misc-no-recursion): as below. */
static bool fits(struct walk *w, struct node *n, int64_t turn)
{
	int64_t stop = w->stop;
	w->stop = turn + 1;
	bool does = node_seek(w, n, turn) == turn;
	w->stop = stop;
	return does;
}

/* NOLINTNEXTLINE(misc-no-recursion): as deep as the expression, which full_text.c bounds. */
static int64_t node_seek(struct walk *w, struct node *n, int64_t turn)
{
	int64_t left, right;
	if (n->kind == NODE_PHRASE)
		return phrase_seek(w, n, turn);
	for (;;) {
		left = node_seek(w, n->left, turn);
		if (left == w->stop && n->kind != NODE_OR)
			return left;
		if (n->kind == NODE_NOT) {
			if (!fits(w, n->right, left))
				return left;
			turn = left + 1;
			continue;
		}
		right = node_seek(w, n->right, n->kind == NODE_OR ? turn : left);
		if (n->kind == NODE_OR)
			return right < left ? right : left;
		if (left == right)
			return left;
		turn = right;
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
	m->walk = (struct walk){.db = db, .ascending = ascending};
	m->walk.end = m->walk.stop = turn_of(ascending, ascending ? below : above);
	m->at = turn_of(ascending, ascending ? above : below) + 1;
	arena_init(&m->arena, MATCH_BYTES_MAX);
	struct parsing s = {.m = m, .p = expression.p, .end = expression.p + expression.n};
	m->root = any_of(&s, POSTING_ALL_COLUMNS);
	skip_space(&s);
	if (!s.has_failed && s.p == s.end) {
		terms_read_first(&m->walk, m->terms, m->n_terms, m->at);
		return m;
	}
	connection_fail(db, SQLITE_ERROR, "an expression of words cannot be read");
	match_close(m);
	return NULL;
}

int match_next(struct match *m, int64_t *ids, int most)
{
	struct walk *w = &m->walk;
	int n = 0;
	while (n < most && m->at < w->end) {
		int64_t turn = node_seek(w, m->root, m->at);
		if (turn != w->end)
			ids[n++] = turn_of(w->ascending, turn++);
		m->at = turn;
	}
	return w->has_failed ? -1 : n;
}

void match_close(struct match *m)
{
	if (!m)
		return;
	for (size_t i = 0; i < m->n_terms; i++)
		term_release(&m->walk, m->terms[i]);
	arena_release(&m->arena);
	free(m);
}
