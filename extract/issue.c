/* A trie of the table's phrases over stems, walked from every token of a content; pairs of phrases that must stand near each
 * other; and open issues from the noun phrases that are left. */
#include "extract/issue.h"

#include <stdlib.h>

#include "base/fold.h"
#include "extract/lexicon.h"
#include "extract/map.h"
#include "extract/table.h"
#include "extract/tables.h"

enum { ISSUE_BYTES = 32 << 20, NEAR = 10, MOST_HITS = 64, MOST_ISSUES = 6, MOST_OPEN = 3, LONGEST_PHRASE = 8 };

/* What a phrase says: an issue alone, or half of pairs. */
struct node {
	uint32_t issue; /* MAP_NONE when no issue is named by the phrase alone */
	uint32_t pairs; /* first of the pairs it starts, MAP_NONE for none */
	bool is_phrase; /* not the mere start of longer ones */
};

struct near_pair {
	uint32_t other; /* node */
	uint32_t issue;
	uint32_t next;
};

struct issue_table {
	struct arena a;
	struct issue *issues;
	size_t n_issues;
	struct node *nodes;
	size_t n_nodes, cap_nodes;
	struct near_pair *pairs;
	size_t n_pairs, cap_pairs;
	struct map by_phrase, by_id;
};

static int add_phrase(struct issue_table *it, const struct lexicon *lx, struct str phrase, uint32_t *node)
{
	struct text t;
	uint64_t key = 0;
	*node = MAP_NONE;
	if (text_tokenize(&t, phrase, lx, &it->a) < 0)
		return -1;
	for (size_t i = 0; i < t.n_tokens; i++) {
		if (!(t.tokens[i].flags & TOK_WORD))
			continue;
		key = phrase_key(key, t.tokens[i].stem);
		uint32_t *at = map_at(&it->by_phrase, key, &it->a);
		if (!at)
			return -1;
		if (*at == MAP_NONE) {
			if (arena_grow(&it->a, (void **)&it->nodes, &it->cap_nodes, it->n_nodes + 1, sizeof *it->nodes) < 0)
				return -1;
			it->nodes[it->n_nodes] = (struct node){MAP_NONE, MAP_NONE, false};
			*at = (uint32_t)it->n_nodes++;
		}
		*node = *at;
	}
	if (*node != MAP_NONE)
		it->nodes[*node].is_phrase = true;
	return 0;
}

static int add_term(struct issue_table *it, const struct lexicon *lx, struct str term, uint32_t issue)
{
	size_t amp = str_find(term, STR("&"), 0);
	uint32_t first, second;
	if (amp == SIZE_MAX) {
		if (add_phrase(it, lx, term, &first) < 0)
			return -1;
		if (first != MAP_NONE && it->nodes[first].issue == MAP_NONE)
			it->nodes[first].issue = issue;
		return 0;
	}
	if (add_phrase(it, lx, str_sub(term, 0, amp), &first) < 0 ||
	    add_phrase(it, lx, str_sub(term, amp + 1, term.n), &second) < 0)
		return -1;
	if (first == MAP_NONE || second == MAP_NONE ||
	    arena_grow(&it->a, (void **)&it->pairs, &it->cap_pairs, it->n_pairs + 1, sizeof *it->pairs) < 0)
		return -1;
	it->pairs[it->n_pairs] = (struct near_pair){second, issue, it->nodes[first].pairs};
	it->nodes[first].pairs = (uint32_t)it->n_pairs++;
	return 0;
}

/* The label is a term itself. The issue's number is where it stands in the list. */
static int add_issue(struct issue_table *it, const struct lexicon *lx, const struct issue *is, struct err *e)
{
	uint32_t number = (uint32_t)it->n_issues;
	uint32_t *at = map_at(&it->by_id, str_hash(is->id), &it->a);
	if (!at)
		return arena_full(e);
	*at = number;
	it->issues[it->n_issues++] = *is;
	if (add_term(it, lx, is->label, number) < 0)
		return arena_full(e);
	for (size_t i = 0; i < is->terms.n; i++)
		if (add_term(it, lx, is->terms.v[i], number) < 0)
			return arena_full(e);
	return 0;
}

static int read_issue(struct issue_table *it, const struct lexicon *lx, struct table *t, size_t n_extra, struct err *e)
{
	int64_t major = 0, sub = 0;
	if ((t->cell[2].n && !str_to_i64(t->cell[2], &major)) || (t->cell[3].n && !str_to_i64(t->cell[3], &sub)))
		return table_fail(t, "a CAP code is no number", e);
	struct issue is = {.label = t->cell[0], .cap_major = (int)major, .cap_sub = (int)sub};
	is.id = str_slug(&it->a, t->cell[0]);
	is.parent = t->cell[1].n ? str_slug(&it->a, t->cell[1]) : STR_EMPTY;
	struct str rest = t->cell[4], term;
	size_t n = 1;
	for (size_t i = 0; i < rest.n; i++)
		n += rest.p[i] == ';';
	struct str *terms = arena_array(&it->a, n, sizeof *terms);
	if (!terms || !is.id.p)
		return arena_full(e);
	uint32_t known = map_get(&it->by_id, str_hash(is.id));
	if (known != MAP_NONE)
		return known < n_extra ? 0 : table_fail(t, "the issue is there twice", e);
	for (n = 0; str_split(&rest, ';', &term);)
		terms[n++] = str_trim(term);
	is.terms = (struct strs){terms, n};
	return add_issue(it, lx, &is, e);
}

static bool copy_str(struct issue_table *it, struct str *s)
{
	*s = s->n ? arena_str(&it->a, *s) : STR_EMPTY;
	return s->p != NULL;
}

/* First, so that their terms are theirs. */
static int add_extra(struct issue_table *it, const struct lexicon *lx, const struct issue *extra, struct err *e)
{
	struct issue is = *extra;
	struct str *terms = arena_array(&it->a, extra->terms.n, sizeof *terms);
	bool fits = terms && copy_str(it, &is.id) && copy_str(it, &is.label) && copy_str(it, &is.parent);
	for (size_t i = 0; i < extra->terms.n && fits; i++) {
		terms[i] = extra->terms.v[i];
		fits = copy_str(it, &terms[i]);
	}
	is.terms = (struct strs){terms, extra->terms.n};
	return fits ? add_issue(it, lx, &is, e) : arena_full(e);
}

/* Parents of the table are in it; of an extra one's parent nothing is asked here. */
static int check_parents(const struct issue_table *it, size_t n_extra, struct err *e)
{
	for (size_t i = n_extra; i < it->n_issues; i++)
		if (it->issues[i].parent.n && map_get(&it->by_id, str_hash(it->issues[i].parent)) == MAP_NONE)
			return err_set(e, ERR_INTERNAL, NULL, "table \"issues.tsv\": no issue \"%.*s\" for a parent",
				       STR_ARG(it->issues[i].parent));
	return 0;
}

struct issue_table *issue_table_open(const struct lexicon *lx, const struct issue *extra, size_t n_extra, struct err *e)
{
	enum { MOST = 1024 };
	struct issue_table *it = calloc(1, sizeof *it);
	if (!it) {
		arena_full(e);
		return NULL;
	}
	arena_init(&it->a, ISSUE_BYTES);
	it->issues = arena_array(&it->a, MOST + n_extra, sizeof *it->issues);
	struct table t = table_of("issues.tsv", table_text(TABLE_ISSUES));
	int rc = it->issues ? 0 : -1;
	if (rc)
		arena_full(e);
	for (size_t i = 0; rc == 0 && i < n_extra; i++)
		rc = add_extra(it, lx, &extra[i], e);
	while (rc == 0 && table_next(&t))
		rc = it->n_issues == MOST + n_extra ? table_fail(&t, "too many issues", e) : read_issue(it, lx, &t, n_extra, e);
	if (rc < 0 || check_parents(it, n_extra, e) < 0) {
		issue_table_close(it);
		return NULL;
	}
	return it;
}

void issue_table_close(struct issue_table *it)
{
	if (!it)
		return;
	arena_release(&it->a);
	free(it);
}

const struct issue *issue_table_all(const struct issue_table *it, size_t *n)
{
	*n = it->n_issues;
	return it->issues;
}

/* --- a content's issues -------------------------------------------------------------------------------------------- */

struct hit {
	uint32_t node, first, last; /* tokens */
};

struct found {
	uint32_t issue;
	float score;
	struct range where;
};

struct finding {
	const struct issue_table *it;
	const struct cast *c;
	struct hit hits[MOST_HITS];
	size_t n_hits;
	struct found found[MOST_HITS];
	size_t n_found;
};

static void note(struct finding *f, uint32_t issue, float score, struct range where)
{
	for (size_t i = 0; i < f->n_found; i++)
		if (f->found[i].issue == issue) {
			if (score > f->found[i].score)
				f->found[i].score = score;
			f->found[i].score += 0.05f;
			return;
		}
	if (f->n_found < MOST_HITS)
		f->found[f->n_found++] = (struct found){issue, score, where};
}

static void walk(struct finding *f, uint32_t i, uint32_t last)
{
	const struct text *t = f->c->t;
	uint64_t key = 0;
	uint32_t alone = MAP_NONE, alone_last = i;
	for (uint32_t k = i; k <= last && k < i + LONGEST_PHRASE; k++) {
		if (text_is_joint(t, k))
			continue; /* "cease-fire" */
		if (!(t->tokens[k].flags & TOK_WORD))
			break;
		key = phrase_key(key, t->tokens[k].stem);
		uint32_t n = map_get(&f->it->by_phrase, key);
		if (n == MAP_NONE)
			break;
		const struct node *node = &f->it->nodes[n];
		if (node->is_phrase && f->n_hits < MOST_HITS)
			f->hits[f->n_hits++] = (struct hit){n, i, k};
		if (node->issue != MAP_NONE) {
			alone = node->issue;
			alone_last = k;
		}
	}
	if (alone != MAP_NONE)
		note(f, alone, alone_last > i ? 0.9f : 0.7f, (struct range){i, alone_last});
}

static void join_pairs(struct finding *f)
{
	for (size_t i = 0; i < f->n_hits; i++)
		for (uint32_t p = f->it->nodes[f->hits[i].node].pairs; p != MAP_NONE; p = f->it->pairs[p].next)
			for (size_t k = 0; k < f->n_hits; k++) {
				if (f->hits[k].node != f->it->pairs[p].other)
					continue;
				const struct hit *a = f->hits[i].first < f->hits[k].first ? &f->hits[i] : &f->hits[k];
				const struct hit *b = a == &f->hits[i] ? &f->hits[k] : &f->hits[i];
				if (b->first > a->last && b->first - a->last <= NEAR)
					note(f, f->it->pairs[p].issue, 0.85f, (struct range){a->first, b->last});
			}
}

static int by_score(const void *a, const void *b)
{
	const struct found *x = a, *y = b;
	return x->score != y->score ? (x->score > y->score ? -1 : 1) : x->issue < y->issue ? -1 : x->issue > y->issue;
}

static const char generic[] = "thing things people person man woman men women time times year years day days week weeks month "
			      "months way ways lot part parts kind sort "
			      "number side sides country countries nation nations place point fact idea question questions "
			      "issue issues problem problems matter case "
			      "reason work world life end start change group groups member members moment night morning level "
			      "area areas something anything nothing "
			      "someone everyone everybody anyone nobody one ones two percent million billion others today "
			      "tomorrow yesterday statement decision effort "
			      "efforts process situation position view result results bit need hand course job step steps "
			      "sense look help plan plans order line";

static bool is_plain(const struct text *t, uint32_t i)
{
	unsigned tag = t->tokens[i].tag;
	return tag == TAG_NN || tag == TAG_NNS || tag == TAG_JJ;
}

/* Two or more adjectives and nouns that end in a noun, none of them a word that says nothing. */
static bool is_salient(const struct text *t, uint32_t first, uint32_t head)
{
	static const char empty[] =
		"last next other same many more most own such few several first second new good great big bad monday friday";
	uint32_t words = head - first + 1;
	for (uint32_t k = first; k <= head; k++)
		words -= text_is_joint(t, k) ? 2 : 0; /* "state-owned" is one */
	bool good = head > first && words > 1 && words <= 4 && t->tokens[head].tag != TAG_JJ &&
		    !text_is_one_of(t, head, generic) && text_token(t, head).n > 2;
	for (uint32_t k = first; k <= head; k++)
		good = good && (text_is_joint(t, k) || (text_token(t, k).n > 1 && !text_is_one_of(t, k, empty)));
	return good;
}

static int add_open(const struct finding *f, uint32_t first, uint32_t head, struct issue_hit *out, size_t *n, struct arena *a)
{
	const struct text *t = f->c->t;
	struct issue *is = arena_alloc(a, sizeof *is);
	struct span *span = arena_alloc(a, sizeof *span);
	if (!is || !span)
		return -1;
	*is = (struct issue){.label = text_range(t, first, head), .is_open = true};
	is->id = str_slug(a, is->label);
	if (!is->id.p)
		return -1;
	*span = (struct span){t->tokens[first].point, t->tokens[head].point_end};
	bool known = map_get(&f->it->by_id, str_hash(is->id)) != MAP_NONE || is->id.n == 0;
	for (size_t k = 0; k < *n; k++)
		known = known || str_eq(out[k].issue->id, is->id);
	if (!known)
		out[(*n)++] = (struct issue_hit){is, 0.4f, {span, 1}};
	return 0;
}

/* Runs of adjectives and nouns outside of names, up to `most` hits in all. */
static int open_issues(struct finding *f, struct range part, struct issue_hit *out, size_t *n, size_t most, struct arena *a)
{
	const struct text *t = f->c->t;
	for (uint32_t i = part.first; i <= part.last && *n < most; i++) {
		if (!is_plain(t, i) || f->c->mention_at[i])
			continue;
		uint32_t last = i;
		for (uint32_t step; last + (step = text_is_joint(t, last + 1) ? 2 : 1) <= part.last; last += step)
			if ((step == 1 && !is_plain(t, last + 1)) || f->c->mention_at[last + step])
				break;
		uint32_t first = i, head = last;
		for (int parts = 1; parts < 4 && first >= part.first + 2 && text_is_joint(t, first - 1); parts++)
			first -= 2; /* "long-term debt" */
		while (head > i && t->tokens[head].tag == TAG_JJ)
			head--;
		if (is_salient(t, first, head) && add_open(f, first, head, out, n, a) < 0)
			return -1;
		i = last;
	}
	return 0;
}

int issues_find(const struct issue_table *it, const struct cast *c, const struct range *parts, size_t n_parts,
		struct statement *out, struct arena *a)
{
	struct finding f = {.it = it, .c = c};
	for (size_t p = 0; p < n_parts; p++)
		for (uint32_t i = parts[p].first; i <= parts[p].last; i++)
			if (c->t->tokens[i].flags & TOK_WORD)
				walk(&f, i, parts[p].last);
	join_pairs(&f);
	qsort(f.found, f.n_found, sizeof *f.found, by_score);
	size_t n = 0, most = f.n_found < MOST_ISSUES ? f.n_found : MOST_ISSUES;
	struct issue_hit *hits = arena_array(a, MOST_ISSUES + MOST_OPEN, sizeof *hits);
	struct span *spans = arena_array(a, MOST_ISSUES, sizeof *spans);
	if (!hits || !spans)
		return -1;
	for (; n < most; n++) {
		spans[n] = (struct span){c->t->tokens[f.found[n].where.first].point,
					 c->t->tokens[f.found[n].where.last].point_end};
		hits[n] = (struct issue_hit){
			&it->issues[f.found[n].issue], f.found[n].score > 1 ? 1 : f.found[n].score, {&spans[n], 1}};
	}
	size_t limit = n + MOST_OPEN;
	for (size_t p = 0; p < n_parts; p++)
		if (open_issues(&f, parts[p], hits, &n, limit, a) < 0)
			return -1;
	out->issues = hits;
	out->n_issues = n;
	return 0;
}
