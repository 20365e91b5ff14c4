/* Reads the table of issues into a trie of phrases. */
#include "extract/issue/issue_table.h"

#include <stdlib.h>

#include "base/fold.h"
#include "extract/issue/hit_weights.h"
#include "extract/syntax/labels.h"
#include "extract/syntax/syntax.h"
#include "extract/tables/key.h"
#include "extract/tables/lexicon.h"
#include "extract/tables/tables.h"
#include "extract/text/text.h"
#include "extract/text/token.h"

enum { ISSUE_BYTES = 64 << 20, MOST_ISSUES = 2048 };

/* Folds "asks for capitals" into a word's key. */
static const uint64_t CAPITALS = 0x5bd1e9955bd1e995u;

/* Stands in a pattern for a country that the text's entities know. */
static const uint64_t COUNTRY = 0x9e3779b97f4a7c15u;

bool issue_skips(const struct text *t, uint32_t i)
{
	return text_is_joint(t, i) || text_is_one_of(t, i, "'s ’s ' ’");
}

static bool is_all_capitals(const struct token *k)
{
	return (k->flags & (TOK_ALL_CAPITALS | TOK_INITIALISM)) && !(k->flags & TOK_NUMBER);
}

static bool add_key(uint64_t *k, size_t *n, uint64_t key)
{
	for (size_t i = 0; i < *n; i++)
		if (k[i] == key)
			return false;
	k[(*n)++] = key;
	return true;
}

/* Words of these tags have one form, which is all that phrases ask of them. */
static bool is_particle(unsigned tag)
{
	return tag < TAG_AUX || tag == TAG_POS || tag == TAG_CD;
}

size_t issue_keys(const struct issue_table *it, const struct text *t, uint32_t i,
		  uint64_t k[ISSUE_FORMS], struct arena *a)
{
	const struct token *w = &t->tokens[i];
	struct str form = text_lower(t, i);
	size_t n = 0;
	add_key(k, &n, w->key);
	if (is_all_capitals(w))
		add_key(k, &n, w->key ^ CAPITALS);
	if (is_particle(w->tag) && !(w->flags & TOK_CAPITAL))
		return n;
	add_key(k, &n, w->stem);
	bool is_past = str_ends(form, STR("ed")), is_ing = str_ends(form, STR("ing"));
	unsigned xpos = is_past ? XPOS_VBN : is_ing ? XPOS_VBG : w->xpos;
	if (is_past || is_ing || lemma_endings(xpos) || w->tag == TAG_VBD || w->tag == TAG_VBN) {
		struct str lemma = lemma_of(it->lemmas, form, xpos, a);
		if (!lemma.p)
			return 0;
		if (lemma.n)
			add_key(k, &n, word_key(lemma));
	}
	return n;
}

/* --- terms ------------------------------------------------------------------------------------ */

struct term_reader {
	struct issue_table *it;
	const struct lexicon *lx;
	uint32_t issue;
};

/* The node of a phrase of n words, made when new; MAP_NONE when the arena is full. */
static uint32_t node_of(struct issue_table *it, const uint64_t *words, size_t n)
{
	uint64_t key = 0;
	uint32_t *at = NULL;
	for (size_t i = 0; i < n; i++) {
		key = key_mix(key, words[i]);
		if (!(at = map_at(&it->by_phrase, key, &it->a)))
			return MAP_NONE;
		if (*at != MAP_NONE)
			continue;
		if (arena_grow(&it->a, (void **)&it->nodes, &it->cap_nodes, it->n_nodes + 1,
			       sizeof *it->nodes) < 0)
			return MAP_NONE;
		it->nodes[it->n_nodes] = MAP_NONE;
		*at = (uint32_t)it->n_nodes++;
	}
	return at ? *at : MAP_NONE;
}

/* A term that a user's issue claims is no other's. */
static bool is_users(const struct issue_table *it, const struct issue_use *u)
{
	return u->sense == SENSE_TERM && u->issue < it->n_extra;
}

static int add_use(struct issue_table *it, const uint64_t *words, size_t n, struct issue_use use)
{
	uint32_t node = node_of(it, words, n);
	if (node == MAP_NONE || arena_grow(&it->a, (void **)&it->uses, &it->cap_uses,
					   it->n_uses + 1, sizeof *it->uses) < 0)
		return -1;
	for (uint32_t u = it->nodes[node]; u != MAP_NONE; u = it->uses[u].next)
		if ((it->uses[u].issue == use.issue && it->uses[u].sense == use.sense &&
		     it->uses[u].slot == use.slot) ||
		    (is_users(it, &it->uses[u]) && use.sense == SENSE_TERM &&
		     use.issue >= it->n_extra))
			return 0;
	use.next = it->nodes[node];
	it->uses[it->n_uses] = use;
	it->nodes[node] = (uint32_t)it->n_uses++;
	return 0;
}

/* "sales", and "Uyghurs", which no list knows; not "news", "gas" or "campus". */
static bool is_plural(const struct lexicon *lx, struct str word)
{
	const struct word_tags *w = lexicon_word(lx, word_key(word));
	return w && w->n ? w->tags[0] == TAG_NNS : word_stem(word) != word_key(word);
}

/* A phrase as written, and with the singular of its last word: "arms sales" finds "arms sale". */
static int add_words(struct term_reader *r, struct str phrase, struct issue_use use,
		     struct arena *scratch)
{
	struct text t;
	uint64_t words[ISSUE_PHRASE_WORDS];
	size_t n = 0;
	struct str last = STR_EMPTY;
	bool is_exact = str_starts(phrase, STR("="));
	if (text_tokenize(&t, is_exact ? str_sub(phrase, 1, phrase.n) : phrase, r->lx, scratch) < 0)
		return -1;
	for (uint32_t i = 0; i < t.n_tokens && n < ISSUE_PHRASE_WORDS; i++) {
		if (!(t.tokens[i].flags & TOK_WORD) || issue_skips(&t, i))
			continue;
		words[n++] = t.tokens[i].key ^ (is_all_capitals(&t.tokens[i]) ? CAPITALS : 0);
		last = is_all_capitals(&t.tokens[i]) ? STR_EMPTY : text_token(&t, i);
	}
	if (n == 0)
		return 0;
	if (add_use(r->it, words, n, use) < 0)
		return -1;
	if (is_exact || last.n == 0 || !is_plural(r->lx, last))
		return 0;
	struct str singular = lemma_of(r->it->lemmas, last, XPOS_NNS, scratch);
	if (!singular.p)
		return -1;
	words[n - 1] = word_key(singular);
	return add_use(r->it, words, n, use);
}

static int add_country(struct issue_table *it, struct issue_use use)
{
	if (add_use(it, &COUNTRY, 1, use) < 0)
		return -1;
	it->country = map_get(&it->by_phrase, key_mix(0, COUNTRY));
	return 0;
}

static int add_phrase(struct term_reader *r, struct str phrase, struct issue_use use)
{
	if (use.sense == SENSE_SLOT && str_eq(phrase, STR("<country>")))
		return add_country(r->it, use);
	struct arena scratch; /* tokens take far more room than what is kept of them */
	arena_init(&scratch, ISSUE_BYTES);
	int rc = add_words(r, phrase, use, &scratch);
	arena_release(&scratch);
	return rc;
}

/* The part of *rest before a separator, which is passed over; false at the end. */
static bool take_until(struct str *rest, struct str separator, struct str *part)
{
	if (!rest->p)
		return false;
	size_t at = str_find(*rest, separator, 0);
	*part = str_trim(str_sub(*rest, 0, at == SIZE_MAX ? rest->n : at));
	*rest = at == SIZE_MAX ? (struct str){NULL, 0} : str_sub(*rest, at + separator.n, rest->n);
	return true;
}

static int add_pattern(struct term_reader *r, struct str term, enum issue_sense sense, bool turns)
{
	struct issue_table *it = r->it;
	struct issue_use use = {.issue = (uint32_t)it->n_patterns, .sense = SENSE_SLOT};
	struct str slot, phrase;
	if (arena_grow(&it->a, (void **)&it->patterns, &it->cap_patterns, it->n_patterns + 1,
		       sizeof *it->patterns) < 0)
		return -1;
	for (; use.slot < ISSUE_SLOTS && take_until(&term, STR(" & "), &slot); use.slot++)
		while (take_until(&slot, STR("/"), &phrase))
			if (add_phrase(r, phrase, use) < 0)
				return -1;
	it->patterns[it->n_patterns++] =
		(struct issue_pattern){r->issue, (uint8_t)sense, use.slot, turns};
	return 0;
}

static int add_term(struct term_reader *r, struct str term, bool is_label)
{
	bool is_hint = str_starts(term, STR("~")), turns = str_starts(term, STR("-"));
	enum issue_sense sense = is_hint ? SENSE_HINT : SENSE_TERM;
	if (is_hint || turns)
		term = str_sub(term, 1, term.n);
	if (str_find(term, STR(" & "), 0) != SIZE_MAX)
		return add_pattern(r, term, sense, turns);
	struct issue_use use = {
		.issue = r->issue, .sense = (uint8_t)sense, .is_label = is_label, .turns = turns};
	use.is_name = term.n && term.p[0] >= 'A' && term.p[0] <= 'Z';
	return add_phrase(r, term, use);
}

static int add_barred(struct term_reader *r, struct str phrase)
{
	if (str_find(phrase, STR(" & "), 0) != SIZE_MAX)
		return add_pattern(r, phrase, SENSE_BARRED, false);
	bool is_near = str_starts(phrase, STR("~"));
	return add_phrase(r, is_near ? str_sub(phrase, 1, phrase.n) : phrase,
			  (struct issue_use){.issue = r->issue,
					     .sense = is_near ? SENSE_BARRED_NEAR : SENSE_BARRED});
}

/* --- lines ------------------------------------------------------------------------------------ */

static int read_terms(struct term_reader *r, const struct table *t, struct issue *is)
{
	struct str rest = t->cell[5], term;
	size_t n = 1;
	for (size_t i = 0; i < rest.n; i++)
		n += rest.p[i] == ';';
	struct str *terms = arena_array(&r->it->a, n, sizeof *terms);
	if (!terms || add_term(r, t->cell[0], true) < 0)
		return -1;
	for (n = 0; str_split(&rest, ';', &term);) {
		term = str_trim(term);
		if (term.n && add_term(r, term, false) < 0)
			return -1;
		if (term.n && !str_starts(term, STR("~"))) /* a hint is no name of the issue */
			terms[n++] = str_starts(term, STR("=")) ? str_sub(term, 1, term.n) : term;
	}
	is->terms = (struct strs){terms, n};
	rest = t->cell[6];
	while (str_split(&rest, ';', &term))
		if (str_trim(term).n && add_barred(r, str_trim(term)) < 0)
			return -1;
	return 0;
}

static int read_issue(struct issue_table *it, const struct lexicon *lx, struct table *t,
		      size_t n_extra, struct err *e)
{
	int64_t major = 0, sub = 0;
	if ((t->cell[2].n && !str_to_i64(t->cell[2], &major)) ||
	    (t->cell[3].n && !str_to_i64(t->cell[3], &sub)) || major < 0 || major >= TOPIC_MAJORS)
		return table_fail(t, "a CAP code is no number", e);
	int kind = terms_find(&terms_issue_kind, t->cell[4]);
	if (kind < 0)
		return table_fail(t, "there is no such kind of issue", e);
	if (t->cell[7].n && !str_eq(t->cell[7], STR("charge")))
		return table_fail(t, "the last column is \"charge\" or empty", e);
	if (it->n_issues == MOST_ISSUES + n_extra)
		return table_fail(t, "too many issues", e);
	struct issue *is = &it->issues[it->n_issues];
	*is = (struct issue){.label = t->cell[0],
			     .kind = (enum issue_kind)kind,
			     .cap_major = (int)major,
			     .cap_sub = (int)sub,
			     .is_charge = str_eq(t->cell[7], STR("charge"))};
	is->id = str_slug(&it->a, t->cell[0]);
	is->parent = t->cell[1].n ? str_slug(&it->a, t->cell[1]) : STR_EMPTY;
	uint32_t *at = is->id.p ? map_at(&it->by_id, str_hash(is->id), &it->a) : NULL;
	if (!at || !is->parent.p)
		return arena_full(e);
	if (*at != MAP_NONE)
		return *at < n_extra ? 0 : table_fail(t, "the issue is there twice", e);
	struct term_reader r = {it, lx, *at = (uint32_t)it->n_issues};
	uint32_t parent = is->parent.n ? map_get(&it->by_id, str_hash(is->parent)) : MAP_NONE;
	if (is->parent.n && (parent == MAP_NONE || parent == r.issue))
		return table_fail(t, "the parent stands on no line before", e);
	it->parents[it->n_issues++] = parent;
	return read_terms(&r, t, is) < 0 ? arena_full(e) : 0;
}

static bool copy_str(struct issue_table *it, struct str *s)
{
	*s = s->n ? arena_str(&it->a, *s) : STR_EMPTY;
	return s->p != NULL;
}

/* Before the table's, so that what both claim is theirs. */
static int add_extra(struct issue_table *it, const struct lexicon *lx, const struct issue *extra,
		     struct err *e)
{
	struct issue *is = &it->issues[it->n_issues];
	struct str *terms = arena_array(&it->a, extra->terms.n, sizeof *terms);
	struct term_reader r = {it, lx, (uint32_t)it->n_issues};
	*is = *extra;
	bool fits = terms && copy_str(it, &is->id) && copy_str(it, &is->label) &&
		    copy_str(it, &is->parent);
	uint32_t *at = fits ? map_at(&it->by_id, str_hash(is->id), &it->a) : NULL;
	if (!at || add_term(&r, is->label, true) < 0)
		return arena_full(e);
	*at = r.issue;
	it->n_issues++;
	for (size_t i = 0; i < extra->terms.n; i++) {
		terms[i] = extra->terms.v[i];
		if (!copy_str(it, &terms[i]) || add_term(&r, terms[i], false) < 0)
			return arena_full(e);
	}
	is->terms = (struct strs){terms, extra->terms.n};
	return 0;
}

static void link_extra(struct issue_table *it, size_t n_extra)
{
	for (size_t i = 0; i < n_extra; i++) {
		struct str parent = it->issues[i].parent;
		it->parents[i] = parent.n ? map_get(&it->by_id, str_hash(parent)) : MAP_NONE;
	}
}

struct issue_table *issue_table_open(const struct lexicon *lx, const struct lemmas *ls,
				     const struct syntax *sx, const struct issue *extra,
				     size_t n_extra, struct err *e)
{
	struct issue_table *it = calloc(1, sizeof *it);
	if (!it) {
		arena_full(e);
		return NULL;
	}
	arena_init(&it->a, ISSUE_BYTES);
	it->country = MAP_NONE;
	it->issues = arena_array(&it->a, MOST_ISSUES + n_extra, sizeof *it->issues);
	it->parents = arena_array(&it->a, MOST_ISSUES + n_extra, sizeof *it->parents);
	it->lemmas = ls;
	if (!it->issues || !it->parents)
		arena_full(e);
	int rc = it->issues && it->parents ? 0 : -1;
	struct table t = tables_open(TABLE_ISSUES);
	it->n_extra = n_extra;
	for (size_t i = 0; rc == 0 && i < n_extra; i++)
		rc = add_extra(it, lx, &extra[i], e);
	while (rc == 0 && table_next(&t))
		rc = read_issue(it, lx, &t, n_extra, e);
	link_extra(it, rc == 0 ? n_extra : 0);
	if (rc == 0 && sx)
		rc = topics_open(&it->topics, syntax_vectors(sx), e) == 0 &&
				     (it->weights = issue_weights_open(e)) != NULL &&
				     nearness_open(&it->nearness, &it->topics, it->issues,
						   it->n_issues, &it->a, e) == 0
			     ? 0
			     : -1;
	if (rc == 0)
		return it;
	issue_table_close(it);
	return NULL;
}

void issue_table_close(struct issue_table *it)
{
	if (!it)
		return;
	topics_close(&it->topics);
	arena_release(&it->a);
	free(it);
}

const struct issue *issue_table_all(const struct issue_table *it, size_t *n)
{
	*n = it->n_issues;
	return it->issues;
}
