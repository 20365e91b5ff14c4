/* The features of candidates and open issues. */
#include "extract/issue/hit_model.h"

#include "extract/syntax/labels.h"
#include "extract/tables/key.h"
#include "extract/text/text.h"

static void add2(struct features *f, unsigned template, uint64_t a, uint64_t b)
{
	feature(f, template, feature_mix(a + 1, b));
}

/* 0, 1, 2, 3-4, 5-8, 9 and more. */
static unsigned bin_count(unsigned n)
{
	return n < 3 ? n : n < 5 ? 3 : n < 9 ? 4 : 5;
}

static unsigned bin_share(float p)
{
	static const float at[] = {0.003f, 0.01f, 0.03f, 0.08f, 0.2f, 0.4f, 0.7f};
	unsigned bin = 0;
	while (bin < sizeof at / sizeof at[0] && p >= at[bin])
		bin++;
	return bin;
}

/* Cosines, in steps of 0.06. */
static unsigned bin_near(float cosine)
{
	return cosine <= 0 ? 0 : cosine > 0.9f ? 15 : 1 + (unsigned)(cosine / 0.06f);
}

static unsigned bin_rank(unsigned rank)
{
	return rank < 4 ? rank : rank < 8 ? 4 : 5;
}

/* Where the words of the issue stand that are nearest to the content. */
enum where { IN_TERM, IN_HINT, IN_SENTENCE, NEAR_BEFORE, ELSEWHERE };

static unsigned where_of(const struct issue_candidate *k)
{
	return k->terms			       ? IN_TERM
	       : k->hints		       ? IN_HINT
	       : k->sentences_back == 0	       ? IN_SENTENCE
	       : k->sentences_back < ISSUE_FAR ? NEAR_BEFORE
					       : ELSEWHERE;
}

/* The words by which it was found, whatever their number; all names are alike. */
static uint64_t phrase_of(const struct issue_background *bg, const struct issue_evidence *e)
{
	uint64_t h = 0;
	for (size_t w = 0; w < e->n_where; w++)
		for (uint32_t i = e->where[w].first; i <= e->where[w].last; i++)
			h = feature_mix(h, bg->is_name[i] ? 1 : bg->es->t->tokens[i].stem);
	return h;
}

static const struct range *part_at(const struct issue_content *c, uint32_t token)
{
	for (size_t p = 0; p < c->n_parts; p++)
		if (range_holds(c->parts[p], token))
			return &c->parts[p];
	return &c->parts[0];
}

/* The words before a token in its part, in steps of four; a name is one, however long. */
static unsigned bin_before(const struct issue_background *bg, struct range part, uint32_t token)
{
	enum { STEP = 4, FAR = 6 };
	unsigned n = 0;
	for (uint32_t i = part.first; i < token && n < FAR * STEP; i++)
		n += !bg->is_name[i] || !bg->is_name[i + 1];
	return n / STEP;
}

/* Of what stands beside a phrase; all names are alike. */
static uint64_t lemma_at(const struct issue_background *bg, uint32_t i)
{
	return bg->is_name[i] ? 1 : word_key(bg->es->t->lemmas[i]);
}

/* What the article says of the issue. */
struct outline {
	unsigned where, rank, share, title, lead, count, hints, topic, own_topic, near_topic;
	unsigned named, named_better;
};

static struct outline outline_of(const struct issue_content *c, const struct issue_candidates *l,
				 const struct issue_candidate *k)
{
	const struct issue_background *bg = c->bg;
	const struct issue_tally none = {.rank = UINT8_MAX}, *t = issue_tally_of(bg, k->issue);
	t = t ? t : &none;
	int major = bg->it->issues[k->issue].cap_major;
	major = major > 0 && major < TOPIC_MAJORS ? major : 0;
	struct outline o = {.where = where_of(k),
			    .rank = bin_rank(t->rank),
			    .share = bin_share(bg->weight > 0 ? t->weight / bg->weight : 0),
			    .title = t->title	      ? 2
				     : t->title_hints ? 1
						      : 0,
			    .lead = bin_count(t->lead),
			    .count = bin_count(t->terms),
			    .hints = bin_count(t->hints),
			    .topic = bin_share(bg->topic.v[major]),
			    .own_topic = bin_share(c->topic.v[major]),
			    .near_topic = bin_share(c->near.v[major])};
	for (size_t i = 0; i < l->n; i++) {
		bool named = l->v[i].terms > 0 && bg->it->issues[l->v[i].issue].kind != ISSUE_PLACE;
		o.named += named;
		o.named_better += named && l->v[i].best.score > k->best.score;
	}
	o.named = o.named < 4 ? o.named : 4;
	o.named_better = o.named_better < 3 ? o.named_better : 3;
	return o;
}

enum template {
	T_BIAS,
	T_WHERE,
	T_ISSUE,
	T_ISSUE_RANK,
	T_ISSUE_TITLE,
	T_ISSUE_TOPIC,
	T_ISSUE_COUNT,
	T_MAJOR,
	T_PHRASE,
	T_PHRASE_TOPIC,
	T_WORDS,
	T_WORDS_TOPIC,
	T_DEPTH,
	T_TERMS,
	T_HINTS,
	T_ABOVE,
	T_LABEL,
	T_RANK,
	T_SHARE,
	T_TITLE,
	T_LEAD,
	T_COUNT,
	T_ALL_HINTS,
	T_TOPIC,
	T_OWN_TOPIC,
	T_NEAR_TOPIC,
	T_TOPICS,
	T_NAMED,
	T_NAMED_BETTER,
	T_REFERS,
	T_LENGTH,
	T_KIND,
	T_BACK,
	T_BACK_RANK,
	T_PLACE,
	T_NEAR,
	T_NEAR_ARTICLE,
	T_NEARS,
	T_ISSUE_NEAR,
	T_ISSUE_WORD,
	T_MAJOR_WORD,
	T_OPEN,
	T_OPEN_WORDS,
	T_OPEN_HEAD,
	T_OPEN_HEAD_ALONE,
	T_OPEN_MODIFIER,
	T_OPEN_RELATION,
	T_OPEN_DEPTH,
	T_OPEN_GOVERNOR,
	T_OPEN_COUNT,
	T_OPEN_TITLE,
	T_OPEN_BEFORE,
	T_OPEN_AFTER,
	T_OPEN_PLACE,
	T_OPEN_NAMED,
	T_OPEN_LENGTH,
	T_ISSUE_KEYWORD,
	T_MAJOR_KEYWORD
};

/* Of the phrase in the content. */
static void add_named(const struct issue_content *c, const struct issue_candidate *k,
		      const struct outline *o, struct features *f)
{
	const struct issue_evidence *e = k->best.evidence;
	unsigned words = e->is_pattern	? 4
			 : e->words < 3 ? e->words
					: 3,
		 depth = k->best.depth < 5 ? k->best.depth : 5;
	uint64_t phrase = phrase_of(c->bg, e);
	feature(f, T_PHRASE, phrase);
	add2(f, T_PHRASE_TOPIC, phrase, o->near_topic / 2);
	add2(f, T_WORDS, words, depth);
	add2(f, T_WORDS_TOPIC, words, o->own_topic);
	add2(f, T_DEPTH, depth, o->topic);
	add2(f, T_TERMS, bin_count(k->terms), o->count);
	add2(f, T_LABEL, e->is_label, e->is_name);
	add2(f, T_PLACE, bin_before(c->bg, *part_at(c, e->where[0].first), e->where[0].first),
	     words);
	add2(f, T_ABOVE, k->is_above, words);
}

/* Words of a content that are no names: what goes with an issue beside its terms. */
static void add_content_words(const struct issue_content *c, uint64_t id, uint64_t major,
			      struct features *f)
{
	enum { WORDS = 24 };
	const struct text *t = c->bg->es->t;
	unsigned n = 0;
	for (size_t p = 0; p < c->n_parts; p++)
		for (uint32_t i = c->parts[p].first; i <= c->parts[p].last && n < WORDS; i++) {
			unsigned tag = t->tokens[i].tag;
			if (!tag_is_noun(tag) && !tag_is_verb(tag) && tag != TAG_JJ)
				continue;
			if (!(t->tokens[i].flags & TOK_WORD) || (t->tokens[i].flags & TOK_CAPITAL))
				continue;
			add2(f, T_ISSUE_WORD, id, word_key(t->lemmas[i]));
			add2(f, T_MAJOR_WORD, major, word_key(t->lemmas[i]));
			n++;
		}
}

static void add_common(const struct issue_content *c, const struct issue_candidate *k,
		       const struct outline *o, struct features *f)
{
	const struct issue *is = &c->bg->it->issues[k->issue];
	uint64_t id = str_hash(is->id), at = o->where;
	unsigned words = c->words < 6 ? 0 : c->words < 12 ? 1 : c->words < 25 ? 2 : 3;
	feature(f, T_BIAS, 0);
	feature(f, T_WHERE, at);
	add2(f, T_ISSUE, id, at);
	add2(f, T_ISSUE_RANK, id, o->rank);
	add2(f, T_ISSUE_TITLE, id, o->title);
	add2(f, T_ISSUE_TOPIC, id, o->topic / 2);
	add2(f, T_ISSUE_COUNT, id, o->count);
	add2(f, T_MAJOR, (uint64_t)is->cap_major, at);
	add2(f, T_KIND, is->kind, at);
	add2(f, T_HINTS, bin_count(k->hints), at);
	add2(f, T_RANK, o->rank, at);
	add2(f, T_SHARE, o->share, at);
	add2(f, T_TITLE, o->title, at);
	add2(f, T_LEAD, o->lead, at);
	add2(f, T_COUNT, o->count, at);
	add2(f, T_ALL_HINTS, o->hints, at);
	add2(f, T_TOPIC, o->topic, at);
	add2(f, T_OWN_TOPIC, o->own_topic, at);
	add2(f, T_NEAR_TOPIC, o->near_topic, at);
	add2(f, T_TOPICS, o->topic, o->near_topic);
	add2(f, T_NAMED, o->named, at * 8 + o->rank);
	add2(f, T_NAMED_BETTER, o->named_better, at);
	add2(f, T_REFERS, c->refers, at * 8 + k->sentences_back);
	add2(f, T_LENGTH, words, at * 8 + o->named);
	add2(f, T_BACK, k->sentences_back, at);
	add2(f, T_BACK_RANK, k->sentences_back, at * 8 + o->rank);
	unsigned near = bin_near(k->near), near_article = bin_near(k->near_article);
	add2(f, T_NEAR, near, at);
	add2(f, T_NEAR_ARTICLE, near_article, at);
	add2(f, T_NEARS, near, near_article);
	add2(f, T_ISSUE_NEAR, id, near / 2);
	add_content_words(c, id, (uint64_t)is->cap_major, f);
}

void hit_features_of(const struct issue_content *c, const struct issue_candidates *l, size_t i,
		     struct features *out)
{
	const struct issue_candidate *k = &l->v[i];
	struct outline o = outline_of(c, l, k);
	out->n = 0;
	add_common(c, k, &o, out);
	if (k->terms)
		add_named(c, k, &o, out);
}

void main_features_of(const struct issue_content *c, const struct issue_candidate *k,
		      struct features *f)
{
	const struct issue *is = &c->bg->it->issues[k->issue];
	uint64_t id = str_hash(is->id);
	for (size_t i = 0; i < c->bg->n_keywords; i++) {
		add2(f, T_ISSUE_KEYWORD, id, c->bg->keywords[i]);
		add2(f, T_MAJOR_KEYWORD, (uint64_t)is->cap_major, c->bg->keywords[i]);
	}
}

/* --- open issues ------------------------------------------------------------------------------ */

/* Steps from the head up to what its part hangs on. */
static unsigned depth_in(const struct text *t, struct range part, uint32_t i)
{
	enum { DEEP = 6 };
	unsigned depth = 0;
	while (depth < DEEP && t->tokens[i].head != i && range_holds(part, t->tokens[i].head)) {
		i = t->tokens[i].head;
		depth++;
	}
	return depth;
}

void open_features_of(const struct issue_content *c, const struct issue_candidates *l,
		      const struct open_issue *o, struct features *f)
{
	const struct text *t = c->bg->es->t;
	const struct token *head = &t->tokens[o->head];
	const struct range *part = part_at(c, o->head);
	uint32_t words = o->head - o->first + 1 < 4 ? o->head - o->first + 1 : 4;
	unsigned relation = deprel_universal(head->deprel), depth = depth_in(t, *part, o->head);
	uint64_t lemma = word_key(t->lemmas[o->head]);
	unsigned named = 0;
	for (size_t i = 0; i < l->n; i++)
		named += l->v[i].terms > 0 && c->bg->it->issues[l->v[i].issue].kind != ISSUE_PLACE;
	f->n = 0;
	feature(f, T_OPEN, 0);
	feature(f, T_OPEN_HEAD, lemma);
	add2(f, T_OPEN_WORDS, words, relation);
	add2(f, T_OPEN_HEAD_ALONE, lemma, words > 1);
	add2(f, T_OPEN_RELATION, relation, depth);
	add2(f, T_OPEN_DEPTH, depth, words);
	add2(f, T_OPEN_COUNT, bin_count(issue_nouns_like(c->bg, o->head)), words > 1);
	add2(f, T_OPEN_TITLE, issue_title_says(c->bg, o->head), words > 1);
	add2(f, T_OPEN_PLACE, bin_before(c->bg, *part, o->first), depth);
	add2(f, T_OPEN_NAMED, named < 4 ? named : 4, depth);
	add2(f, T_OPEN_LENGTH, c->words < 40 ? c->words / 5 : 8, depth);
	if (head->head != o->head && range_holds(*part, head->head))
		add2(f, T_OPEN_GOVERNOR, lemma_at(c->bg, head->head), relation);
	if (o->first > 0)
		feature(f, T_OPEN_BEFORE, lemma_at(c->bg, o->first - 1));
	if (o->head + 1 < t->n_tokens)
		feature(f, T_OPEN_AFTER, lemma_at(c->bg, o->head + 1));
	for (uint32_t i = o->first; i < o->head; i++)
		feature(f, T_OPEN_MODIFIER, word_key(t->lemmas[i]));
}
