/* Issues of a content: the table's by their evidence, then open ones, then those of what the
 * content refers to. */
#include "extract/issue/issue.h"

#include <stdlib.h>
#include <string.h>

#include "extract/issue/issue_match.h"
#include "extract/issue/issue_table.h"
#include "extract/issue/open_issue.h"
#include "extract/syntax/labels.h"

enum {
	MOST_TABLE = 6,
	MOST_CONTEXT = 2,
	MOST_RANGES = 8,
	MOST_FOUND = 48,
	BACK = 2,
	/* Tokens of a part that are looked at: the longest quotation of the corpora has a third of
	   them, and evidence runs full before. */
	PART_TOKENS = 4096,
	HITS = MOST_TABLE + ISSUE_OPEN_MAX + MOST_CONTEXT
};

/* An issue with all that speaks for it. */
struct found {
	uint32_t issue;
	float score;
	bool turns;			 /* by the best evidence */
	float best;			 /* its score */
	struct range where[MOST_RANGES]; /* in the order of the text */
	size_t n;
};

struct found_list {
	struct found v[MOST_FOUND];
	size_t n;
};

/* --- scores ----------------------------------------------------------------------------------- */

/* Steps up the tree from the phrase to the head of the range it stands in. */
static unsigned depth_of(const struct text *t, struct range phrase, struct range in)
{
	uint32_t i = phrase.last;
	unsigned depth = 0;
	for (unsigned step = 0; step < 40; step++) {
		uint32_t head = t->tokens[i].head;
		unsigned rel = t->tokens[i].deprel;
		if (head == i || head < in.first || head > in.last)
			break;
		if ((head < phrase.first || head > phrase.last) && rel != DEPREL_CONJ &&
		    rel != DEPREL_FLAT && rel != DEPREL_FIXED)
			depth++;
		i = head;
	}
	return depth;
}

/* Longer phrases are surer, and so is what stands high in the content's tree. The figures order;
 * they were set by reading. */
static float score_of(const struct text *t, const struct issue_evidence *e, struct range in)
{
	static const float by_words[] = {0.6f, 0.75f, 0.85f}, by_depth[] = {0.1f, 0.1f, 0.05f, 0};
	float score = e->is_pattern ? 0.7f : by_words[e->words < 3 ? e->words - 1 : 2];
	unsigned depth = depth_of(t, e->where[0], in);
	for (size_t i = 1; i < e->n_where; i++) {
		unsigned d = depth_of(t, e->where[i], in);
		depth = d < depth ? d : depth;
	}
	score += depth < 4 ? by_depth[depth] : -0.1f;
	return e->is_label ? score + 0.05f : score;
}

static void add_range(struct found *f, struct range r)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->where[i].first <= r.last && r.first <= f->where[i].last)
			return;
	if (f->n == MOST_RANGES)
		return;
	size_t at = f->n++;
	for (; at > 0 && f->where[at - 1].first > r.first; at--)
		f->where[at] = f->where[at - 1];
	f->where[at] = r;
}

static void note(struct found_list *l, const struct issue_evidence *e, float score)
{
	const float again = 0.05f;
	struct found *f = NULL;
	for (size_t i = 0; i < l->n && !f; i++)
		if (l->v[i].issue == e->issue)
			f = &l->v[i];
	if (!f) {
		if (l->n == MOST_FOUND)
			return;
		f = &l->v[l->n++];
		*f = (struct found){
			.issue = e->issue, .score = score, .turns = e->turns, .best = score};
	} else {
		if (score > f->best) {
			f->best = score;
			f->turns = e->turns;
		}
		f->score = (f->score > score ? f->score : score) + again;
	}
	for (size_t i = 0; i < e->n_where; i++)
		add_range(f, e->where[i]);
}

static bool is_ancestor(const struct issue_table *it, uint32_t above, uint32_t issue)
{
	for (issue = it->parents[issue]; issue != MAP_NONE; issue = it->parents[issue])
		if (issue == above)
			return true;
	return false;
}

static bool lies_in(const struct found *a, const struct found *b)
{
	for (size_t i = 0; i < a->n; i++) {
		bool inside = false;
		for (size_t k = 0; k < b->n; k++)
			inside = inside || (a->where[i].first <= b->where[k].last &&
					    b->where[k].first <= a->where[i].last);
		if (!inside)
			return false;
	}
	return true;
}

/* A wider issue gives way to a narrower one that is found by the same words, and stands behind it
 * in any case. */
static void narrow(const struct issue_table *it, struct found_list *l)
{
	const float behind = 0.1f;
	size_t n = 0;
	for (size_t i = 0; i < l->n; i++)
		for (size_t k = 0; k < l->n; k++)
			if (i != k && l->v[i].score > 0 && l->v[k].score > 0 &&
			    is_ancestor(it, l->v[i].issue, l->v[k].issue)) {
				float most = l->v[k].score - behind;
				l->v[i].score = lies_in(&l->v[i], &l->v[k]) ? 0
						: l->v[i].score > most	    ? most
									    : l->v[i].score;
			}
	for (size_t i = 0; i < l->n; i++)
		if (l->v[i].score > 0)
			l->v[n++] = l->v[i];
	l->n = n;
}

static int by_score(const void *a, const void *b)
{
	const struct found *x = a, *y = b;
	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	return x->where[0].first != y->where[0].first
		       ? (x->where[0].first < y->where[0].first ? -1 : 1)
		       : (x->issue < y->issue ? -1 : x->issue > y->issue);
}

/* Is the phrase a part of a person's name, or what stands before it: "Wolf Blitzer", "Crown Prince
 * Mohammed", "journalist Jamal K."? */
static bool is_of_name(const struct entities *es, const struct issue_evidence *e)
{
	const struct range *r = &e->where[0];
	if (e->is_pattern || e->is_name)
		return false;
	size_t i = es->mention_at[r->last] ? es->mention_at[r->last] - 1
					   : entities_mention_after(es, r->last + 1);
	if (i >= es->n_mentions || es->v[es->mentions[i].entity].kind != MENTION_PERSON)
		return false;
	const struct mention *m = &es->mentions[i];
	unsigned tag = es->t->tokens[r->last].tag;
	return m->outer <= r->last ||
	       (m->first == r->last + 1 && (tag == TAG_NN || tag == TAG_NNP));
}

static bool lies_outside(const struct text *t, const struct issue_evidence *e,
			 const struct spans *s)
{
	for (size_t w = 0; w < e->n_where; w++)
		for (size_t k = 0; k < s->n; k++)
			if (t->tokens[e->where[w].last].point_end > s->v[k].start &&
			    t->tokens[e->where[w].first].point < s->v[k].end)
				return false;
	return true;
}

/* The table's issues in the parts, best first. `not_in`: spans whose words do not count. -1 when
 * the arena is full. */
static int find_table(struct issue_finding *f, const struct entities *es, const struct range *parts,
		      size_t n_parts, const struct spans *not_in, struct found_list *l)
{
	l->n = 0;
	if (issue_match(f, parts, n_parts) < 0)
		return -1;
	for (size_t i = 0; i < f->n_evidence; i++) {
		const struct issue_evidence *e = &f->evidence[i];
		struct range in = parts[0];
		for (size_t p = 0; p < n_parts; p++)
			if (parts[p].first <= e->where[0].first &&
			    e->where[0].last <= parts[p].last)
				in = parts[p];
		if (e->sense == SENSE_TERM && !is_of_name(es, e) &&
		    (!not_in || lies_outside(f->t, e, not_in)))
			note(l, e, score_of(f->t, e, in));
	}
	narrow(f->it, l);
	qsort(l->v, l->n, sizeof *l->v, by_score);
	return 0;
}

/* --- what the content refers to --------------------------------------------------------------- */

/* "It would be a red line", "which crosses a line": does a pronoun stand for the matter? */
static bool has_pronoun_for_it(const struct text *t, const struct range *parts, size_t n_parts)
{
	for (size_t p = 0; p < n_parts; p++)
		for (uint32_t i = parts[p].first; i <= parts[p].last; i++) {
			unsigned rel = deprel_universal(t->tokens[i].deprel);
			if ((rel == DEPREL_NSUBJ || rel == DEPREL_OBJ) &&
			    text_is_one_of(t, i, "it this that these those which what"))
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
static bool lacks_noun(struct issue_finding *f, const struct range *parts, size_t n_parts)
{
	unsigned words = 0, nouns = 0;
	for (size_t p = 0; p < n_parts; p++)
		for (uint32_t i = parts[p].first; i <= parts[p].last; i++) {
			unsigned tag = f->t->tokens[i].tag;
			words += (f->t->tokens[i].flags & TOK_WORD) != 0;
			if (tag == TAG_NNP ||
			    ((tag == TAG_NN || tag == TAG_NNS) && !issue_noun_is_vague(f, i)))
				nouns++;
		}
	return nouns == 0 || (nouns == 1 && words == 2 &&
			      text_is_in(f->t, parts[0].first, SET_DEFINITE_DETERMINER));
}

/* The issues of the words before the content in its sentence, else of the nearest sentence before
 * that names any. */
static int find_context(const struct issue_table *it, const struct entities *es, uint32_t first,
			const struct spans *source, struct arena *a, struct found_list *l)
{
	const float share = 0.5f, less = 0.8f;
	const struct text *t = es->t;
	l->n = 0;
	if (t->n_sentences == 0)
		return 0;
	float weight = share;
	size_t s = text_sentence(t, first);
	struct range r = {t->sentences[s].first, first};
	for (size_t back = 0; back <= BACK; back++) {
		if (r.first < first && (back > 0 || r.last > r.first)) {
			struct issue_finding f = {.it = it, .t = t, .es = es, .a = a};
			r.last -= back == 0;
			if (find_table(&f, es, &r, 1, source, l) < 0)
				return -1;
		}
		if (l->n > 0 || s == 0)
			break;
		r = (struct range){t->sentences[s - 1].first, t->sentences[s - 1].end - 1};
		s--;
		weight *= back > 0 ? less : 1;
	}
	l->n = l->n < MOST_CONTEXT ? l->n : MOST_CONTEXT;
	for (size_t i = 0; i < l->n; i++)
		l->v[i].score *= weight;
	return 0;
}

/* --- a statement's issues --------------------------------------------------------------------- */

static int add_hits(const struct issue_table *it, const struct text *t, const struct found_list *l,
		    size_t most, struct issue_hit *hits, size_t *n, struct arena *a)
{
	for (size_t i = 0; i < l->n && i < most; i++) {
		const struct found *f = &l->v[i];
		struct span *spans = arena_array(a, f->n, sizeof *spans);
		if (!spans)
			return -1;
		for (size_t k = 0; k < f->n; k++)
			spans[k] = text_span(t, f->where[k].first, f->where[k].last);
		hits[(*n)++] = (struct issue_hit){.issue = &it->issues[f->issue],
						  .score = f->score > 0.98f ? 0.98f : f->score,
						  .evidence = {spans, f->n},
						  .turns = f->turns};
	}
	return 0;
}

/* Each kind stands behind the one before, whatever speaks for it: no score is above that of the hit
 * before. */
static void order_scores(struct issue_hit *hits, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (hits[i].score > hits[i - 1].score)
			hits[i].score = hits[i - 1].score;
}

/* All hits into hits[0..*n), of which there is room for HITS. */
static int find_all(const struct issue_table *it, const struct entities *es,
		    const struct range *parts, size_t n_parts, const struct spans *source,
		    struct arena *scratch, struct issue_hit *hits, size_t *n, struct arena *a)
{
	struct issue_finding f = {.it = it, .t = es->t, .es = es, .a = scratch};
	struct found_list l;
	if (find_table(&f, es, parts, n_parts, NULL, &l) < 0)
		return -1;
	size_t n_table = l.n < MOST_TABLE ? l.n : MOST_TABLE;
	if (add_hits(it, es->t, &l, n_table, hits, n, a) < 0 ||
	    issue_find_open(&f, es, parts, n_parts, hits, n, a) < 0)
		return -1;
	if (n_table > 0 || !(has_pronoun_for_it(es->t, parts, n_parts) ||
			     is_relative(es->t, parts[0].first) || lacks_noun(&f, parts, n_parts)))
		return f.is_full ? -1 : 0;
	return f.is_full || find_context(it, es, parts[0].first, source, scratch, &l) < 0
		       ? -1
		       : add_hits(it, es->t, &l, MOST_CONTEXT, hits, n, a);
}

int issues_find(const struct issue_table *it, const struct entities *es, const struct range *parts,
		size_t n_parts, struct statement *out, struct arena *a)
{
	struct issue_hit hits[HITS], *kept;
	struct arena scratch;
	size_t n = 0;
	int rc = -1;
	out->issues = NULL;
	out->n_issues = 0;
	if (n_parts == 0)
		return 0;
	arena_init_beside(&scratch, a);
	struct range *near = arena_room(&scratch, n_parts, sizeof *near);
	for (size_t i = 0; near && i < n_parts; i++)
		near[i] =
			(struct range){parts[i].first, parts[i].last - parts[i].first < PART_TOKENS
							       ? parts[i].last
							       : parts[i].first + PART_TOKENS - 1};
	if (near)
		rc = find_all(it, es, near, n_parts, &out->spans.source, &scratch, hits, &n, a);
	arena_release(&scratch);
	if (rc < 0 || !(kept = arena_array(a, n, sizeof *kept)))
		return -1;
	order_scores(hits, n);
	memcpy(kept, hits, n * sizeof *kept);
	out->issues = kept;
	out->n_issues = n;
	return 0;
}
