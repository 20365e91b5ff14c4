/* Open issues: runs of adjectives and nouns that end in a noun which says something, outside of
 * names. */
#include "extract/issue/open_issue.h"

#include "base/fold.h"
#include "extract/syntax/labels.h"
#include "extract/text/text.h"

static bool is_plain(const struct text *t, uint32_t i)
{
	unsigned tag = t->tokens[i].tag;
	return (tag == TAG_NN || tag == TAG_NNS || tag == TAG_JJ) && t->tokens[i].xpos != XPOS_FW;
}

/* Is the head inside of what an issue of the table was found by? */
static bool is_covered(const struct issue_candidates *l, uint32_t head)
{
	for (size_t i = 0; i < l->n; i++)
		for (size_t k = 0; k < l->v[i].n_where; k++)
			if (range_holds(l->v[i].where[k], head))
				return true;
	return false;
}

bool issue_word_is_capital(const struct entities *es, uint32_t i)
{
	const struct text *t = es->t;
	bool is_start = i == 0 || (t->tokens[i].flags & TOK_PARAGRAPH_START) ||
			t->sentences[text_sentence(t, i)].first == i ||
			(!(t->tokens[i - 1].flags & TOK_WORD) && !text_is_joint(t, i - 1));
	bool goes_on = i + 1 < t->n_tokens && (t->tokens[i + 1].flags & TOK_CAPITAL);
	return es->mention_at[i] || !is_start || (t->tokens[i].tag == TAG_NNP && goes_on);
}

/* "Russian tariff" of "new Russian tariffs": the head as its lemma. */
static struct str label_of(const struct entities *es, uint32_t first, uint32_t head,
			   struct arena *a)
{
	const struct text *t = es->t;
	bool is_acronym = t->tokens[head].flags & TOK_ALL_CAPITALS;
	struct str last = is_acronym ? text_token(t, head) : t->lemmas[head], words = last;
	for (uint32_t i = head; i-- > first;) {
		const char *bytes = (issue_word_is_capital(es, i) ? t->bytes : t->lower).p;
		bool is_apart = t->tokens[i + 1].start > t->tokens[i].end;
		struct str word = {bytes + t->tokens[i].start,
				   t->tokens[i].end - t->tokens[i].start};
		words = arena_printf(a, "%.*s%s%.*s", STR_ARG(word), is_apart ? " " : "",
				     STR_ARG(words));
	}
	return words;
}

int open_issue_make(const struct issue_table *it, const struct text *t, struct str label,
		    struct range where, float score, struct issue_hit *out, struct arena *a)
{
	struct issue *is = arena_alloc(a, sizeof *is);
	struct span *span = arena_alloc(a, sizeof *span);
	if (!is || !span || !label.p)
		return -1;
	*is = (struct issue){.id = str_slug(a, label), .label = label, .is_open = true};
	if (!is->id.p)
		return -1;
	*span = text_span(t, where.first, where.last);
	*out = (struct issue_hit){.issue = is, .score = score, .evidence = {span, 1}};
	return is->id.n > 0 && map_get(&it->by_id, str_hash(is->id)) == MAP_NONE;
}

int open_issue_hit(const struct issue_content *c, const struct open_issue *o, struct issue_hit *out,
		   struct arena *a)
{
	const struct text *t = c->bg->es->t;
	int rc = open_issue_make(c->bg->it, t, label_of(c->bg->es, o->first, o->head, a),
				 (struct range){o->first, o->head}, o->p, out, a);
	out->main = rc > 0 ? o->main : 0;
	return rc;
}

static bool is_in(const struct text *t, struct str lemma, enum word_set set)
{
	return word_sets_has(t->word_sets, word_sets_row(t->word_sets, lemma), set);
}

/* The phrase of tokens first to head without empty words at its start; false where nothing that
 * says something is left: a noun alone does where the article keeps coming back to it. */
static bool trim(const struct issue_content *c, const struct issue_candidates *l, uint32_t *first,
		 uint32_t head)
{
	const struct text *t = c->bg->es->t;
	enum { LONGEST = 4, OFTEN = 6, OFTEN_IN_TITLE = 3 };
	while (*first < head && !text_is_joint(t, *first + 1) &&
	       text_is_in(t, *first, SET_EMPTY_MODIFIER))
		*first += 1;
	if (*first > head || t->tokens[head].tag == TAG_JJ || text_token(t, head).n < 3 ||
	    is_covered(l, head) || is_in(t, t->lemmas[head], SET_GENERIC_NOUN))
		return false;
	uint32_t words = 0;
	for (uint32_t k = *first; k <= head; k++) {
		words += !text_is_joint(t, k) && !(k > *first && text_is_joint(t, k - 1));
		if (k < head && !text_is_joint(t, k + 1) && text_is_in(t, k, SET_EMPTY_MODIFIER))
			return false;
	}
	if (words == 1)
		return !issue_noun_is_vague(t, head) &&
		       !is_in(t, t->lemmas[head], SET_SHELL_NOUN) &&
		       issue_nouns_like(c->bg, head) >=
			       (issue_title_says(c->bg, head) ? OFTEN_IN_TITLE : OFTEN);
	return words <= LONGEST;
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

static void find_in(const struct issue_content *c, const struct issue_candidates *l,
		    struct range part, struct open_issues *out)
{
	const struct entities *es = c->bg->es;
	const struct text *t = es->t;
	for (uint32_t i = part.first; i <= part.last && out->n < OPEN_ISSUES; i++) {
		if (!is_plain(t, i) || es->mention_at[i])
			continue;
		uint32_t last = run_end(es, part, i), first = i, head = last;
		for (int parts = 1;
		     parts < 4 && first >= part.first + 2 && text_is_joint(t, first - 1); parts++)
			first -= 2; /* "long-term debt" */
		while (head > i && t->tokens[head].tag == TAG_JJ)
			head--;
		if (trim(c, l, &first, head))
			out->v[out->n++] = (struct open_issue){.first = first, .head = head};
		i = last;
	}
}

void open_issues_find(const struct issue_content *c, const struct issue_candidates *l,
		      struct open_issues *out)
{
	out->n = 0;
	for (size_t p = 0; p < c->n_parts; p++)
		find_in(c, l, c->parts[p], out);
}
