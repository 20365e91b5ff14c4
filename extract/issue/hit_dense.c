/* Numbers, all of about the size of one. */
#include "extract/issue/hit_dense.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "extract/syntax/labels.h"

enum {
	PLACES = 5
}; /* in the content by a term, by a hint; in its sentence; before it; elsewhere */

enum dense {
	D_PLACE,
	D_KIND = D_PLACE + PLACES,
	D_TERMS = D_KIND + ISSUE_KIND_COUNT,
	D_HINTS,
	D_BEST,
	D_DEPTH,
	D_LABEL,
	D_NAME,
	D_WORDS,
	D_ABOVE,
	D_BEFORE,
	D_SHARE,
	D_RANK,
	D_TITLE,
	D_TITLE_HINTS,
	D_LEAD,
	D_COUNT,
	D_ALL_HINTS,
	D_TOPIC,
	D_OWN_TOPIC,
	D_NEAR_TOPIC,
	D_TOPIC_TO_BEST,
	D_OWN_TOPIC_TO_BEST,
	D_NEAR_TOPIC_TO_BEST,
	D_NEAR,
	D_NEAR_ARTICLE,
	D_NEAR_RANK,
	D_NEAR_ARTICLE_RANK,
	D_NAMED,
	D_NAMED_BETTER,
	D_BACK,
	D_REFERS,
	D_LENGTH,
	D_EARLY,
	D_OPEN,
	D_OPEN_WORDS,
	D_OPEN_COUNT,
	D_OPEN_TITLE,
	D_OPEN_VAGUE,
	D_OPEN_DEPTH,
	D_OPEN_OBJECT,
	D_OPEN_SUBJECT,
	D_END
};
static_assert((int)D_END <= (int)HIT_DENSE, "the network has too few inputs");

static float log_of(unsigned n)
{
	return logf(1 + (float)n);
}

static unsigned place_of(const struct issue_candidate *k)
{
	return k->terms			       ? 0
	       : k->hints		       ? 1
	       : k->sentences_back == 0	       ? 2
	       : k->sentences_back < ISSUE_FAR ? 3
					       : 4;
}

/* The share of the content's words that stand before a token; a name is one, however long. */
static float share_before(const struct issue_content *c, uint32_t token)
{
	const bool *is_name = c->bg->is_name;
	unsigned before = 0, all = 0;
	for (size_t p = 0; p < c->n_parts; p++)
		for (uint32_t i = c->parts[p].first; i <= c->parts[p].last; i++) {
			bool counts = !is_name[i] || !is_name[i + 1];
			all += counts;
			before += counts && i < token;
		}
	return all ? (float)before / (float)all : 0;
}

/* How a topic stands to the likeliest one: 0 for that itself, about -1 for none. */
static float to_best(const struct topic_shares *s, int major)
{
	const float least = 1e-3f, scale = 7;
	float best = 1e-6f;
	for (int m = 0; m < TOPIC_MAJORS; m++)
		best = s->v[m] > best ? s->v[m] : best;
	return logf(s->v[major] / best + least) / scale;
}

static void add_named(const struct issue_content *c, const struct issue_candidate *k, float *d)
{
	const struct issue_evidence *e = k->best.evidence;
	d[D_DEPTH] = (float)(k->best.depth < 6 ? k->best.depth : 6) / 6;
	d[D_LABEL] = e->is_label;
	d[D_NAME] = e->is_name;
	d[D_WORDS] = (float)e->words / 3;
	d[D_BEFORE] = share_before(c, k->where[0].first);
}

static void add_tally(const struct issue_background *bg, uint32_t issue, float *d)
{
	const struct issue_tally none = {.rank = UINT8_MAX}, *t = issue_tally_of(bg, issue);
	t = t ? t : &none;
	float share = bg->weight > 0 ? t->weight / bg->weight : 0;
	d[D_SHARE] = share < 1 ? share : 1;
	d[D_RANK] = 1 / (1 + (float)t->rank);
	d[D_TITLE] = t->title > 0;
	d[D_TITLE_HINTS] = t->title_hints > 0;
	d[D_LEAD] = log_of(t->lead) / 2;
	d[D_COUNT] = log_of(t->terms) / 3;
	d[D_ALL_HINTS] = log_of(t->hints) / 3;
}

static void add_topics(const struct issue_content *c, int major, float *d)
{
	const struct issue_background *bg = c->bg;
	major = major > 0 && major < TOPIC_MAJORS ? major : 0;
	d[D_TOPIC] = bg->topic.v[major];
	d[D_OWN_TOPIC] = c->topic.v[major];
	d[D_NEAR_TOPIC] = c->near.v[major];
	d[D_TOPIC_TO_BEST] = to_best(&bg->topic, major);
	d[D_OWN_TOPIC_TO_BEST] = to_best(&c->topic, major);
	d[D_NEAR_TOPIC_TO_BEST] = to_best(&c->near, major);
}

static bool is_named(const struct issue_content *c, const struct issue_candidate *k)
{
	return k->terms && c->bg->it->issues[k->issue].kind != ISSUE_PLACE;
}

/* Beside the other candidates. */
static void add_ranks(const struct issue_content *c, const struct issue_candidates *l,
		      const struct issue_candidate *k, float *d)
{
	unsigned nearer = 0, nearer_article = 0, named = 0, better = 0;
	for (size_t i = 0; i < l->n; i++) {
		const struct issue_candidate *o = &l->v[i];
		nearer += o->near > k->near;
		nearer_article += o->near_article > k->near_article;
		named += is_named(c, o);
		better += is_named(c, o) && o->best.score > k->best.score;
	}
	d[D_NEAR_RANK] = 1 / (1 + (float)nearer);
	d[D_NEAR_ARTICLE_RANK] = 1 / (1 + (float)nearer_article);
	d[D_NAMED] = log_of(named) / 2;
	d[D_NAMED_BETTER] = log_of(better) / 2;
}

static void add_content(const struct issue_content *c, float *d)
{
	d[D_REFERS] = c->refers;
	d[D_LENGTH] = log_of(c->words) / 4;
}

void hit_dense_of(const struct issue_content *c, const struct issue_candidates *l, size_t i,
		  float d[HIT_DENSE])
{
	const struct issue_candidate *k = &l->v[i];
	const struct issue *is = &c->bg->it->issues[k->issue];
	memset(d, 0, HIT_DENSE * sizeof *d);
	d[D_PLACE + place_of(k)] = 1;
	d[D_KIND + is->kind] = 1;
	d[D_TERMS] = log_of(k->terms);
	d[D_HINTS] = log_of(k->hints);
	d[D_BEST] = k->best.score;
	d[D_DEPTH] = 1;
	d[D_ABOVE] = k->is_above;
	d[D_NEAR] = k->near;
	d[D_NEAR_ARTICLE] = k->near_article;
	d[D_BACK] = (float)k->sentences_back / ISSUE_FAR;
	d[D_EARLY] = 1 / (1 + (float)c->first_sentence);
	if (k->terms)
		add_named(c, k, d);
	add_tally(c->bg, k->issue, d);
	add_topics(c, is->cap_major, d);
	add_ranks(c, l, k, d);
	add_content(c, d);
}

void open_dense_of(const struct issue_content *c, const struct issue_candidates *l,
		   const struct open_issue *o, unsigned depth, float d[HIT_DENSE])
{
	const struct text *t = c->bg->es->t;
	unsigned relation = deprel_universal(t->tokens[o->head].deprel), named = 0;
	for (size_t i = 0; i < l->n; i++)
		named += is_named(c, &l->v[i]);
	memset(d, 0, HIT_DENSE * sizeof *d);
	d[D_NAMED] = log_of(named) / 2;
	d[D_OPEN] = 1;
	d[D_OPEN_WORDS] = (float)(o->head - o->first + 1) / 4;
	d[D_OPEN_COUNT] = log_of(issue_nouns_like(c->bg, o->head)) / 3;
	d[D_OPEN_TITLE] = issue_title_says(c->bg, o->head);
	d[D_OPEN_VAGUE] = issue_noun_is_vague(t, o->head);
	d[D_OPEN_DEPTH] = (float)depth / 6;
	d[D_OPEN_OBJECT] = relation == DEPREL_OBJ;
	d[D_OPEN_SUBJECT] = relation == DEPREL_NSUBJ;
	add_content(c, d);
}
