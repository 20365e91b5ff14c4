/* Looks for the table's phrases in each sentence once, and counts them. */
#include "extract/issue/background.h"

#include <stdlib.h>
#include <string.h>

#include "extract/issue/headline.h"
#include "extract/tables/key.h"
#include "extract/tables/word_sets.h"
#include "extract/text/text.h"
#include "extract/text/token.h"

enum {
	LEAD_SENTENCES = 3,
	PART_TOKENS = 256, /* of a sentence that are looked at together */
	COUNT_MAX = 255
};

/* The weights order issues; they were set by reading. */
static const float TITLE = 3, LEAD = 1, HINT = 0.2f;
/* The same of nouns. */
static const float KEYWORD_TITLE = 3.5f, KEYWORD_LEAST = 2;

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

static void count(uint8_t *n)
{
	*n = (uint8_t)(*n + (*n < COUNT_MAX));
}

static struct issue_tally *tally(struct issue_background *bg, uint32_t issue, struct arena *a)
{
	uint32_t *at = &bg->tally_of[issue];
	if (*at == 0) {
		if (arena_grow(a, (void **)&bg->tallies, &bg->cap, bg->n + 1, sizeof *bg->tallies) <
		    0)
			return NULL;
		bg->tallies[bg->n++] = (struct issue_tally){.issue = issue, .place = UINT32_MAX};
		*at = (uint32_t)bg->n;
	}
	return &bg->tallies[*at - 1];
}

static int add_place(struct issue_background *bg, const struct issue_evidence *e, uint32_t sentence,
		     struct arena *a)
{
	struct issue_place p = {*e, sentence, is_of_name(bg->es, e)};
	if (e->sense == SENSE_HINT && bg->is_name[e->where[0].first])
		return 0; /* a name is no hint: whoever does it, it is about the same */
	if (arena_grow(a, (void **)&bg->places, &bg->cap_places, bg->n_places + 1,
		       sizeof *bg->places) < 0)
		return -1;
	bg->places[bg->n_places++] = p;
	if (p.is_of_name)
		return 0;
	struct issue_tally *t = tally(bg, e->issue, a);
	if (!t)
		return -1;
	bool is_term = e->sense == SENSE_TERM;
	if (t->place == UINT32_MAX || (is_term && t->terms == 0))
		t->place = (uint32_t)bg->n_places - 1;
	count(is_term ? &t->terms : &t->hints);
	t->weight += is_term ? 1 : HINT;
	if (is_term && sentence < LEAD_SENTENCES) {
		count(&t->lead);
		t->weight += LEAD;
	}
	return 0;
}

/* A sentence of a table without a full stop may be very long: part by part. */
static int read_sentence(struct issue_background *bg, uint32_t sentence, struct arena *a)
{
	const struct sentence *s = &bg->es->t->sentences[sentence];
	int rc = 0;
	for (uint32_t first = s->first; rc == 0 && first < s->end; first += PART_TOKENS) {
		struct range r = {first, s->end - first > PART_TOKENS ? first + PART_TOKENS - 1
								      : s->end - 1};
		struct arena scratch;
		arena_init_beside(&scratch, a);
		struct issue_finding f = {
			.it = bg->it, .t = bg->es->t, .es = bg->es, .a = &scratch};
		rc = issue_match(&f, &r, 1);
		for (size_t i = 0; rc == 0 && i < f.n_evidence; i++)
			rc = add_place(bg, &f.evidence[i], sentence, a);
		arena_release(&scratch);
	}
	return rc;
}

static int read_title(struct issue_background *bg, const struct text *t, struct arena *scratch,
		      struct arena *a)
{
	struct issue_finding f = {.it = bg->it, .t = t, .a = scratch};
	struct range all = {0, (uint32_t)t->n_tokens - 1};
	if (issue_match(&f, &all, 1) < 0)
		return -1;
	for (size_t i = 0; i < f.n_evidence; i++) {
		struct issue_tally *at = tally(bg, f.evidence[i].issue, a);
		bool is_term = f.evidence[i].sense == SENSE_TERM;
		if (!at)
			return -1;
		count(is_term ? &at->title : &at->title_hints);
		at->weight += TITLE * (is_term ? 1 : HINT);
	}
	return 0;
}

static int count_in(struct map *m, uint64_t key, struct arena *a)
{
	uint32_t *at = map_at(m, key, a);
	if (!at)
		return -1;
	*at = *at == MAP_NONE ? 1 : *at + 1;
	return 0;
}

static int count_nouns(struct issue_background *bg, const struct text *title, struct arena *a)
{
	const struct text *t = bg->es->t;
	for (uint32_t i = 0; i < t->n_tokens; i++)
		if (tag_is_noun(t->tokens[i].tag) && !bg->es->mention_at[i] &&
		    count_in(&bg->nouns, word_key(t->lemmas[i]), a) < 0)
			return -1;
	for (uint32_t i = 0; i < title->n_tokens; i++)
		if (title->tokens[i].stem &&
		    count_in(&bg->title_nouns, title->tokens[i].stem, a) < 0)
			return -1;
	return 0;
}

unsigned issue_nouns_like(const struct issue_background *bg, uint32_t i)
{
	uint32_t n = map_get(&bg->nouns, word_key(bg->es->t->lemmas[i]));
	return n == MAP_NONE ? 0 : n;
}

bool issue_title_says(const struct issue_background *bg, uint32_t i)
{
	uint64_t stem = bg->es->t->tokens[i].stem;
	return stem && map_get(&bg->title_nouns, stem) != MAP_NONE;
}

bool issue_noun_is_vague(const struct text *t, uint32_t i)
{
	uint32_t row = word_sets_row(t->word_sets, t->lemmas[i]);
	return word_sets_has(t->word_sets, row, SET_GENERIC_NOUN) ||
	       word_sets_has(t->word_sets, row, SET_VAGUE_NOUN);
}

struct keyword {
	uint64_t key;
	float weight;
};

static void add_keyword(struct keyword *v, size_t *n, struct keyword k)
{
	size_t at = *n;
	for (size_t i = 0; i < *n; i++)
		if (v[i].key == k.key)
			return;
	while (at > 0 && v[at - 1].weight < k.weight)
		at--;
	if (at == ISSUE_KEYWORDS)
		return;
	*n += *n < ISSUE_KEYWORDS;
	memmove(v + at + 1, v + at, (*n - 1 - at) * sizeof *v);
	v[at] = k;
}

/* In the order of the text where two weigh the same. */
static void find_keywords(struct issue_background *bg)
{
	const struct text *t = bg->es->t;
	struct keyword v[ISSUE_KEYWORDS] = {{0}};
	for (uint32_t i = 0; i < t->n_tokens; i++) {
		if (!tag_is_noun(t->tokens[i].tag) || bg->es->mention_at[i] || bg->is_name[i])
			continue;
		float weight = (float)issue_nouns_like(bg, i) +
			       (issue_title_says(bg, i) ? KEYWORD_TITLE : 0);
		if (weight >= KEYWORD_LEAST && !issue_noun_is_vague(t, i))
			add_keyword(v, &bg->n_keywords,
				    (struct keyword){word_key(t->lemmas[i]), weight});
	}
	for (size_t i = 0; i < bg->n_keywords; i++)
		bg->keywords[i] = v[i].key;
}

/* Issues that are places say who is there, and not what it is about. */
static bool is_place(const struct issue_background *bg, uint32_t issue)
{
	return bg->it->issues[issue].kind == ISSUE_PLACE;
}

/* By token of the title: is it a word of a name of the text? What an article is about does not hang
 * on who is in it. */
static bool *names_in(const struct issue_background *bg, const struct text *title,
		      struct arena *scratch)
{
	const struct entities *es = bg->es;
	struct map words = {0};
	bool *is_name = arena_array(scratch, title->n_tokens + 1, sizeof *is_name);
	for (size_t m = 0; is_name && m < es->n_mentions; m++)
		for (uint32_t i = es->mentions[m].first; i <= es->mentions[m].last; i++) {
			uint32_t *at = map_at(&words, es->t->tokens[i].key, scratch);
			if (!at)
				return NULL;
			*at = 1;
		}
	for (size_t i = 0; is_name && i < title->n_tokens; i++)
		is_name[i] =
			title->tokens[i].key && map_get(&words, title->tokens[i].key) != MAP_NONE;
	return is_name;
}

static void add_issue(const struct issue_background *bg, const struct issue_evidence *e,
		      struct topic_words *w)
{
	const struct issue *is = &bg->it->issues[e->issue];
	if (!is_place(bg, e->issue))
		topic_words_add_issue(is->id, is->cap_major, e->sense == SENSE_HINT, e->words, w);
}

/* The topic of the title and the first sentences. */
static int find_topic(struct issue_background *bg, const struct text *title, struct arena *scratch)
{
	const struct text *t = bg->es->t;
	struct topic_words w = {0};
	if (title->n_tokens) {
		struct range all = {0, (uint32_t)title->n_tokens - 1};
		const bool *names = names_in(bg, title, scratch);
		if (!names)
			return -1;
		topic_words_add(&bg->it->topics, title, all, names, &w);
	}
	for (size_t s = 0; s < LEAD_SENTENCES && s < t->n_sentences; s++) {
		struct range r = {t->sentences[s].first, t->sentences[s].end - 1};
		topic_words_add(&bg->it->topics, t, r, bg->is_name, &w);
	}
	for (size_t i = 0; i < bg->n_places && bg->places[i].sentence < LEAD_SENTENCES; i++)
		add_issue(bg, &bg->places[i].evidence, &w);
	topics_tell(&bg->it->topics, &w, &bg->topic);
	nearness_direction(&bg->it->topics, &w, bg->direction);
	return 0;
}

static int by_weight(const void *a, const void *b)
{
	const struct issue_tally *x = a, *y = b;
	bool x_in = x->place != UINT32_MAX, y_in = y->place != UINT32_MAX;
	if (x_in != y_in)
		return x_in ? -1 : 1;
	if (x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	return x->issue < y->issue ? -1 : x->issue > y->issue;
}

static void rank(struct issue_background *bg)
{
	if (bg->n)
		qsort(bg->tallies, bg->n, sizeof *bg->tallies, by_weight);
	unsigned ranks[2] = {0};
	for (size_t i = 0; i < bg->n; i++) {
		struct issue_tally *t = &bg->tallies[i];
		bool place = is_place(bg, t->issue);
		t->rank = (uint8_t)(ranks[place] < COUNT_MAX ? ranks[place]++ : COUNT_MAX);
		bg->n_in_text += t->place != UINT32_MAX;
		bg->weight += place ? 0 : t->weight;
		bg->tally_of[t->issue] = (uint32_t)i + 1;
	}
}

static int mark_names(struct issue_background *bg, struct arena *a)
{
	const struct entities *es = bg->es;
	bg->is_name = arena_array(a, es->t->n_tokens + 1, sizeof *bg->is_name);
	for (size_t m = 0; bg->is_name && m < es->n_mentions; m++) {
		const struct mention *k = &es->mentions[m];
		for (uint32_t i = k->outer < k->first ? k->outer : k->first; i <= k->last; i++)
			bg->is_name[i] = i < k->first || (es->t->tokens[i].flags & TOK_CAPITAL);
	}
	return bg->is_name ? 0 : -1;
}

int issue_background_make(struct issue_background *bg, const struct issue_table *it,
			  const struct entities *es, struct str title, struct arena *a)
{
	struct arena scratch;
	struct text t;
	*bg = (struct issue_background){.it = it, .es = es};
	bg->tally_of = arena_array(a, it->n_issues, sizeof *bg->tally_of);
	if (!bg->tally_of || mark_names(bg, a) < 0)
		return -1;
	arena_init_beside(&scratch, a);
	int rc = text_tokenize(&t, title, es->lx, &scratch);
	/* Of a headline no tagger is sure: any word may be a noun or a verb. */
	for (size_t i = 0; rc == 0 && i < t.n_tokens; i++)
		t.tokens[i].tag = TAG_NN;
	for (uint32_t s = 0; rc == 0 && s < es->t->n_sentences; s++)
		rc = read_sentence(bg, s, a);
	if (rc == 0 && t.n_tokens > 0)
		rc = read_title(bg, &t, &scratch, a);
	if (rc == 0)
		rc = count_nouns(bg, &t, a);
	if (rc == 0)
		rc = find_topic(bg, &t, &scratch);
	arena_release(&scratch);
	if (rc == 0) {
		find_keywords(bg);
		rank(bg);
	}
	return rc;
}

size_t issue_place_from(const struct issue_background *bg, uint32_t sentence)
{
	size_t low = 0, high = bg->n_places;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (bg->places[middle].sentence < sentence)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct issue_tally *issue_tally_of(const struct issue_background *bg, uint32_t issue)
{
	uint32_t at = bg->tally_of[issue];
	return at ? &bg->tallies[at - 1] : NULL;
}
