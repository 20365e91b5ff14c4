/* The CAP major topic of a short text: what the table of issues finds in it, and how near its words
 * are to the table's. */
#include "extract/issue/headline.h"

#include <math.h>

#include "extract/issue/issue_match.h"
#include "extract/text/text.h"
#include "extract/text/token.h"

/* How much a term, a hint and the nearness of words say. A second piece of evidence for one topic
 * adds less than the first. The numbers were set by hand over the odd rows of the headlines that
 * train/eval_issues.c measures; SHARPNESS so that the confidence is about the share of right
 * answers there. */
static const float TERM_WORDS[] = {1.5f, 2.2f, 3.0f}, HINT = 1.0f, HINT_PHRASE = 1.5f, MORE = 0.4f,
		   WORDS = 3.0f, SHARPNESS = 1.0f;

static float weight_of(const struct issue_evidence *e)
{
	if (e->sense == SENSE_HINT)
		return e->words > 1 ? HINT_PHRASE : HINT;
	return TERM_WORDS[e->words < 3 ? e->words - 1 : 2];
}

static void weigh_evidence(const struct issue_finding *f, float weight[TOPIC_MAJORS])
{
	for (size_t i = 0; i < f->n_evidence; i++) {
		float *w = &weight[f->it->issues[f->evidence[i].issue].cap_major],
		      more = weight_of(&f->evidence[i]);
		*w = *w > more ? *w + MORE * more : more + MORE * *w;
	}
}

int issue_topic(const struct issue_table *it, const struct text *t, struct range r, struct arena *a,
		struct topic *out)
{
	struct issue_finding f = {.it = it, .t = t, .a = a};
	float weight[TOPIC_MAJORS] = {0}, near[TOPIC_MAJORS] = {0}, sum = 0;
	unsigned words = 0;
	*out = (struct topic){0};
	if (issue_match(&f, &r, 1) < 0)
		return -1;
	weigh_evidence(&f, weight);
	for (uint32_t i = r.first; i <= r.last; i++)
		words += (t->tokens[i].flags & TOK_WORD) &&
			 topics_add_word(&it->topics, text_token(t, i), near);
	if (words == 0 && f.n_evidence == 0)
		return 0;
	for (size_t m = 0; m < TOPIC_MAJORS; m++) {
		weight[m] += WORDS * near[m] / sqrtf((float)words + 1);
		if (it->topics.has[m] &&
		    (out->cap_major == 0 || weight[m] > weight[out->cap_major]))
			out->cap_major = (int)m;
	}
	for (size_t m = 0; m < TOPIC_MAJORS; m++)
		if (it->topics.has[m])
			sum += expf(SHARPNESS * (weight[m] - weight[out->cap_major]));
	out->confidence = 1 / sum;
	return 0;
}

int issue_topic_of(const struct issue_table *it, const struct lexicon *lx, struct str words,
		   struct arena *a, struct topic *out)
{
	struct text t;
	*out = (struct topic){0};
	if (text_tokenize(&t, words, lx, a) < 0)
		return -1;
	/* Of a headline no tagger is sure: any word may be a noun or a verb. */
	for (size_t i = 0; i < t.n_tokens; i++)
		t.tokens[i].tag = TAG_NN;
	return t.n_tokens ? issue_topic(it, &t, (struct range){0, (uint32_t)t.n_tokens - 1}, a, out)
			  : 0;
}
