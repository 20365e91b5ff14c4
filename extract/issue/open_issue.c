/* Open issues: runs of adjectives and nouns that end in a noun which says something, outside of
 * names. */
#include "extract/issue/open_issue.h"

#include "base/fold.h"
#include "extract/issue/issue_match.h"
#include "extract/syntax/labels.h"
#include "extract/text/text.h"

static bool is_plain(const struct text *t, uint32_t i)
{
	unsigned tag = t->tokens[i].tag;
	return (tag == TAG_NN || tag == TAG_NNS || tag == TAG_JJ) && t->tokens[i].xpos != XPOS_FW;
}

/* Is the head inside of what an issue of the table was found by? */
static bool is_covered(const struct issue_finding *f, uint32_t head)
{
	for (size_t i = 0; i < f->n_evidence; i++) {
		const struct issue_evidence *e = &f->evidence[i];
		for (size_t k = 0; e->sense == SENSE_TERM && k < e->n_where; k++)
			if (e->where[k].first <= head && head <= e->where[k].last)
				return true;
	}
	return false;
}

static bool has_table_issue(const struct issue_finding *f)
{
	for (size_t i = 0; i < f->n_evidence; i++)
		if (f->evidence[i].sense == SENSE_TERM)
			return true;
	return false;
}

/* "tariff" of "new tariffs": the words from `first` on in small letters, the head as its lemma. */
static struct str label_of(const struct issue_finding *f, uint32_t first, uint32_t head,
			   struct arena *a)
{
	const struct text *t = f->t;
	bool is_acronym = t->tokens[head].flags & TOK_ALL_CAPITALS;
	struct str last = is_acronym ? text_token(t, head) : t->lemmas[head];
	if (first == head)
		return last;
	struct str before = {t->lower.p + t->tokens[first].start,
			     t->tokens[head].start - t->tokens[first].start};
	return arena_printf(a, "%.*s%.*s", STR_ARG(before), STR_ARG(last));
}

static int add(const struct issue_finding *f, uint32_t first, uint32_t head, struct issue_hit *hits,
	       size_t *n, struct arena *a)
{
	const float phrase = 0.4f, word = 0.3f;
	struct issue *is = arena_alloc(a, sizeof *is);
	struct span *span = arena_alloc(a, sizeof *span);
	if (!is || !span)
		return -1;
	*is = (struct issue){.label = label_of(f, first, head, a), .is_open = true};
	is->id = is->label.p ? str_slug(a, is->label) : is->label;
	if (!is->id.p)
		return -1;
	bool known = is->id.n == 0 || map_get(&f->it->by_id, str_hash(is->id)) != MAP_NONE;
	for (size_t k = 0; k < *n; k++)
		known = known || str_eq(hits[k].issue->id, is->id);
	*span = text_span(f->t, first, head);
	if (!known)
		hits[(*n)++] = (struct issue_hit){
			.issue = is, .score = first == head ? word : phrase, .evidence = {span, 1}};
	return 0;
}

static bool is_in(const struct text *t, struct str lemma, enum word_set set)
{
	return word_sets_has(t->word_sets, word_sets_row(t->word_sets, lemma), set);
}

bool issue_noun_is_vague(struct issue_finding *f, uint32_t i)
{
	struct str lemma = f->t->lemmas[i];
	return is_in(f->t, lemma, SET_GENERIC_NOUN) || is_in(f->t, lemma, SET_VAGUE_NOUN);
}

/* The phrase of tokens first to head without empty words at its start; false where nothing that
 * says something is left. */
static bool trim(struct issue_finding *f, uint32_t *first, uint32_t head, bool single)
{
	const struct text *t = f->t;
	enum { LONGEST = 4 };
	while (*first < head && !text_is_joint(t, *first + 1) &&
	       text_is_in(t, *first, SET_EMPTY_MODIFIER))
		*first += 1;
	if (*first > head || t->tokens[head].tag == TAG_JJ || text_token(t, head).n < 3 ||
	    is_covered(f, head))
		return false;
	uint32_t words = 0;
	for (uint32_t k = *first; k <= head; k++) {
		words += !text_is_joint(t, k) && !(k > *first && text_is_joint(t, k - 1));
		if (k < head && !text_is_joint(t, k + 1) && text_is_in(t, k, SET_EMPTY_MODIFIER))
			return false;
	}
	struct str lemma = f->t->lemmas[head];
	return words <= LONGEST && (words > 1 || (single && !is_in(t, lemma, SET_VAGUE_NOUN))) &&
	       !is_in(t, lemma, SET_GENERIC_NOUN);
}

/* Subjects, objects, and what stands as high as they. */
static bool stands_high(const struct text *t, uint32_t head)
{
	switch (deprel_universal(t->tokens[head].deprel)) {
	case DEPREL_NSUBJ:
	case DEPREL_OBJ:
	case DEPREL_ROOT:
	case DEPREL_CCOMP:
	case DEPREL_XCOMP:
	case DEPREL_CONJ:
		return true;
	default:
		return false;
	}
}

/* Where the run of plain words ends that starts at i. */
static uint32_t run_end(const struct entities *es, struct range part, uint32_t i)
{
	uint32_t last = i;
	for (uint32_t step; last + (step = text_is_joint(es->t, last + 1) ? 2 : 1) <= part.last;
	     last += step)
		if ((step == 1 && !is_plain(es->t, last + 1)) || es->mention_at[last + step])
			break;
	return last;
}

/* Which nouns may be an issue without a modifier. */
enum single { SINGLE_NONE, SINGLE_HIGH, SINGLE_ANY };

static int find_in(struct issue_finding *f, const struct entities *es, struct range part,
		   enum single single, size_t most, struct issue_hit *hits, size_t *n,
		   struct arena *a)
{
	const struct text *t = es->t;
	for (uint32_t i = part.first; i <= part.last && *n < most; i++) {
		if (!is_plain(t, i) || es->mention_at[i])
			continue;
		uint32_t last = run_end(es, part, i), first = i, head = last;
		for (int parts = 1;
		     parts < 4 && first >= part.first + 2 && text_is_joint(t, first - 1); parts++)
			first -= 2; /* "long-term debt" */
		while (head > i && t->tokens[head].tag == TAG_JJ)
			head--;
		bool alone =
			single == SINGLE_ANY || (single == SINGLE_HIGH && stands_high(t, head));
		if (trim(f, &first, head, alone) && add(f, first, head, hits, n, a) < 0)
			return -1;
		i = last;
	}
	return 0;
}

int issue_find_open(struct issue_finding *f, const struct entities *es, const struct range *parts,
		    size_t n_parts, struct issue_hit *hits, size_t *n, struct arena *a)
{
	size_t before = *n, most = *n + ISSUE_OPEN_MAX;
	enum single single = has_table_issue(f) ? SINGLE_NONE : SINGLE_HIGH,
		    last = single ? SINGLE_ANY : SINGLE_NONE;
	for (; single <= last && *n == before; single++)
		for (size_t p = 0; p < n_parts; p++)
			if (find_in(f, es, parts[p], single, most, hits, n, a) < 0)
				return -1;
	return 0;
}
