/* Issues of a content: those of the table that it is about, by what speaks for each, and open ones.
 */
#include "extract/issue/issue.h"

#include <stdlib.h>
#include <string.h>

#include "extract/issue/hit_model.h"
#include "extract/issue/issue_table.h"
#include "extract/issue/open_issue.h"
#include "extract/syntax/labels.h"
#include "extract/syntax/matrix.h"

enum {
	MOST_TABLE = 6,
	/* Tokens of a part that are looked at: the longest quotation of the corpora has a third of
	   them. */
	PART_TOKENS = 4096,
	HITS = MOST_TABLE + ISSUE_OPEN_MAX
};

/* A content is about what its words name when that is so probable; about what only the words around
 * it name when that is more probable, or is the likeliest of all. Chosen by cross-validation over
 * the training part of the corpus. What is less probable than MAYBE in both ways does not go first.
 */
static const float NAMED = 0.3f, AROUND = 0.5f, LIKELIEST = 0.18f, SURE = 0.98f, MAYBE = 0.02f;

/* --- what the content refers to --------------------------------------------------------------- */

/* "It would be a red line", "which crosses a line": does a pronoun stand for the matter? */
static bool has_pronoun_for_it(const struct text *t, const struct range *parts, size_t n_parts)
{
	for (size_t p = 0; p < n_parts; p++)
		for (uint32_t i = parts[p].first; i <= parts[p].last; i++) {
			unsigned rel = deprel_universal(t->tokens[i].deprel);
			if ((rel == DEPREL_NSUBJ || rel == DEPREL_OBJ) &&
			    text_is_in(t, i, SET_PRONOUN_OF_MATTER))
				return true;
		}
	return false;
}

/* The clause hangs on a noun before it, by itself or under the verb that reports it. */
static bool is_relative(const struct text *t, uint32_t first)
{
	uint32_t i = first;
	for (unsigned step = 0; step < 40 && t->tokens[i].head != i; step++) {
		if (t->tokens[i].deprel == DEPREL_ACL_RELCL && t->tokens[i].head < first)
			return true;
		i = t->tokens[i].head;
	}
	return false;
}

/* "Nobody agrees", "the decision", "his program": are its nouns none, vague, or one that was named
 * before? */
static bool lacks_noun(const struct text *t, const struct range *parts, size_t n_parts)
{
	unsigned words = 0, nouns = 0;
	for (size_t p = 0; p < n_parts; p++)
		for (uint32_t i = parts[p].first; i <= parts[p].last; i++) {
			unsigned tag = t->tokens[i].tag;
			words += (t->tokens[i].flags & TOK_WORD) != 0;
			if (tag == TAG_NNP ||
			    ((tag == TAG_NN || tag == TAG_NNS) && !issue_noun_is_vague(t, i)))
				nouns++;
		}
	return nouns == 0 ||
	       (nouns == 1 && words == 2 && text_is_in(t, parts[0].first, SET_DEFINITE_DETERMINER));
}

/* --- a statement's issues --------------------------------------------------------------------- */

static int by_probability(const void *a, const void *b)
{
	const struct issue_candidate *x = a, *y = b;
	if (x->p != y->p)
		return x->p > y->p ? -1 : 1;
	return x->issue < y->issue ? -1 : x->issue > y->issue;
}

static int by_open(const void *a, const void *b)
{
	const struct open_issue *x = a, *y = b;
	if (x->p != y->p)
		return x->p > y->p ? -1 : 1;
	return x->first < y->first ? -1 : x->first > y->first;
}

/* What a user's issue is called by stands for it whatever the model, which does not know it, may
 * say. */
static bool is_users(const struct issue_table *it, const struct issue_candidate *k)
{
	return k->issue < it->n_extra && k->terms;
}

/* One softmax over the scores of the issues of the table and of the open ones. Places are none of
 * them: what is said of sanctions is about the same whatever country they are on. */
static void share_main(const struct issue_table *it, struct issue_candidates *l,
		       struct open_issues *open)
{
	float v[ISSUE_CANDIDATES + OPEN_ISSUES];
	size_t n = 0;
	for (size_t i = 0; i < l->n; i++)
		if (it->issues[l->v[i].issue].kind != ISSUE_PLACE)
			v[n++] = l->v[i].main;
	for (size_t i = 0; i < open->n; i++)
		v[n++] = open->v[i].main;
	if (n)
		matrix_softmax(v, n);
	n = 0;
	for (size_t i = 0; i < l->n; i++) {
		struct issue_candidate *k = &l->v[i];
		k->main = it->issues[k->issue].kind != ISSUE_PLACE ? v[n++] : 0;
		if (is_users(it, k) && k->best.score > k->main)
			k->main = k->best.score;
	}
	for (size_t i = 0; i < open->n; i++)
		open->v[i].main = v[n++];
}

/* Both kinds with their probabilities, the likeliest first. */
static void judge(const struct issue_content *c, struct issue_candidates *l,
		  struct open_issues *open)
{
	const struct issue_table *it = c->bg->it;
	struct features f;
	for (size_t i = 0; i < l->n; i++) {
		struct issue_candidate *k = &l->v[i];
		hit_features_of(c, l, i, &f);
		k->p = hit_probability(&it->weights->about, &f);
		main_features_of(c, k, &f);
		k->main = hit_score(&it->weights->main, &f);
		if (is_users(it, k) && k->best.score > k->p)
			k->p = k->best.score;
		k->p = k->p < SURE ? k->p : SURE;
	}
	for (size_t i = 0; i < open->n; i++) {
		struct open_issue *o = &open->v[i];
		open_features_of(c, l, o, &f);
		o->main = hit_score(&it->weights->main, &f);
		o->p = hit_probability(&it->weights->about, &f);
		o->p = o->p < SURE ? o->p : SURE;
	}
	share_main(it, l, open);
	qsort(l->v, l->n, sizeof *l->v, by_probability);
	qsort(open->v, open->n, sizeof *open->v, by_open);
}

static int add_hit(const struct issue_content *c, const struct issue_candidate *k,
		   struct issue_hit *hits, size_t *n, struct arena *a)
{
	const struct issue_evidence *e = k->terms ? k->best.evidence : k->before;
	const struct range *where = k->terms ? k->where : e->where;
	size_t n_where = k->terms ? k->n_where : e->n_where;
	struct span *spans = arena_array(a, n_where, sizeof *spans);
	if (!spans)
		return -1;
	for (size_t i = 0; i < n_where; i++)
		spans[i] = text_span(c->bg->es->t, where[i].first, where[i].last);
	hits[(*n)++] = (struct issue_hit){.issue = &c->bg->it->issues[k->issue],
					  .score = k->p,
					  .main = k->main,
					  .evidence = {spans, n_where},
					  .turns = e->turns};
	return 0;
}

/* A place of which an article speaks keeps no matter from being the likeliest: nobody is for or
 * against it. */
static int add_hits(const struct issue_content *c, const struct issue_candidates *l,
		    struct issue_hit *hits, size_t *n, struct arena *a)
{
	size_t matters = 0;
	for (size_t i = 0; i < l->n && *n < MOST_TABLE; i++) {
		const struct issue_candidate *k = &l->v[i];
		bool is_matter = c->bg->it->issues[k->issue].kind != ISSUE_PLACE;
		bool is_likeliest = is_matter ? matters == 0 : *n == 0;
		float least = is_likeliest ? LIKELIEST : k->terms ? NAMED : AROUND;
		if (k->p < least || !(k->terms || k->before))
			continue;
		if (add_hit(c, k, hits, n, a) < 0)
			return -1;
		matters += is_matter;
	}
	return 0;
}

static int keep_first(const struct issue_content *c, const struct issue_candidates *l,
		      struct first_candidates *out, struct arena *a)
{
	struct first_candidate *v = arena_array(a, l->n, sizeof *v);
	*out = (struct first_candidates){v, 0};
	if (!v)
		return -1;
	for (size_t i = 0; i < l->n; i++) {
		const struct issue_candidate *k = &l->v[i];
		struct first_candidate *to = &v[out->n];
		size_t made = 0;
		if ((k->p < MAYBE && k->main < MAYBE) || !(k->terms || k->before))
			continue;
		if (add_hit(c, k, &to->hit, &made, a) < 0)
			return -1;
		first_own_evidence(c, l, i, to->own);
		to->least = is_users(c->bg->it, k) ? k->best.score : 0;
		out->n++;
	}
	return 0;
}

/* The better ones first; of equal ones those of the table. */
static void order(struct issue_hit *hits, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct issue_hit h = hits[i];
		size_t at = i;
		for (; at > 0 && hits[at - 1].score < h.score; at--)
			hits[at] = hits[at - 1];
		hits[at] = h;
	}
}

void issues_consider(struct issue_content *c, struct issue_candidates *out)
{
	const struct text *t = c->bg->es->t;
	c->refers = has_pronoun_for_it(t, c->parts, c->n_parts) ||
		    is_relative(t, c->parts[0].first) || lacks_noun(t, c->parts, c->n_parts);
	issue_candidates_find(c, out);
}

/* At most ISSUE_OPEN_MAX open issues, those first on which a position is the likeliest. */
static int add_open(const struct issue_content *c, const struct open_issues *open,
		    struct issue_hit *hits, size_t *n, struct arena *a)
{
	size_t most = *n + ISSUE_OPEN_MAX;
	for (size_t i = 0; i < open->n && *n < most; i++) {
		int rc = open_issue_hit(c, &open->v[i], &hits[*n], a);
		bool known = rc == 0;
		if (rc < 0)
			return -1;
		for (size_t k = 0; k < *n; k++)
			known = known || str_eq(hits[k].issue->id, hits[*n].issue->id);
		*n += !known;
	}
	return 0;
}

/* All hits into hits[0..*n), of which there is room for HITS. */
static int find_all(struct issue_content *c, struct issue_hit *hits, size_t *n,
		    struct first_candidates *first, struct arena *a)
{
	struct issue_candidates l;
	struct open_issues open;
	issues_consider(c, &l);
	open_issues_find(c, &l, &open);
	judge(c, &l, &open);
	if (add_hits(c, &l, hits, n, a) < 0 || (first && keep_first(c, &l, first, a) < 0) ||
	    add_open(c, &open, hits, n, a) < 0)
		return -1;
	order(hits, *n);
	return 0;
}

int issues_find(const struct issue_background *bg, const struct range *parts, size_t n_parts,
		struct statement *out, struct first_candidates *first, struct arena *a)
{
	struct issue_hit hits[HITS], *kept;
	size_t n = 0;
	out->issues = NULL;
	out->n_issues = 0;
	if (first)
		*first = (struct first_candidates){0};
	if (n_parts == 0)
		return 0;
	struct range *near = arena_room(a, n_parts, sizeof *near);
	for (size_t i = 0; near && i < n_parts; i++)
		near[i] =
			(struct range){parts[i].first, parts[i].last - parts[i].first < PART_TOKENS
							       ? parts[i].last
							       : parts[i].first + PART_TOKENS - 1};
	struct issue_content c = {
		.bg = bg, .parts = near, .n_parts = n_parts, .source = &out->spans.source};
	if (!near || find_all(&c, hits, &n, first, a) < 0 ||
	    !(kept = arena_array(a, n, sizeof *kept)))
		return -1;
	memcpy(kept, hits, n * sizeof *kept);
	out->issues = kept;
	out->n_issues = n;
	return 0;
}
