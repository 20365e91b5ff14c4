/* The CAP major topic of a short text: what the network of topics says of its words and of what the
 * table of issues finds in it. */
#include "extract/issue/headline.h"

#include "extract/issue/issue_match.h"
#include "extract/text/text.h"
#include "extract/text/token.h"

int issue_topic_words(const struct issue_table *it, const struct text *t, struct range r,
		      struct arena *a, struct topic_words *out)
{
	struct issue_finding f = {.it = it, .t = t, .a = a};
	*out = (struct topic_words){0};
	if (issue_match(&f, &r, 1) < 0)
		return -1;
	topic_words_add(&it->topics, t, r, NULL, out);
	for (size_t i = 0; i < f.n_evidence; i++) {
		const struct issue_evidence *e = &f.evidence[i];
		const struct issue *is = &it->issues[e->issue];
		topic_words_add_issue(is->id, is->cap_major, e->sense == SENSE_HINT, e->words, out);
	}
	return 0;
}

int issue_topic_words_of(const struct issue_table *it, const struct lexicon *lx, struct str words,
			 struct arena *a, struct topic_words *out)
{
	struct text t;
	*out = (struct topic_words){0};
	if (text_tokenize(&t, words, lx, a) < 0)
		return -1;
	/* Of a headline no tagger is sure: any word may be a noun or a verb. */
	for (size_t i = 0; i < t.n_tokens; i++)
		t.tokens[i].tag = TAG_NN;
	if (t.n_tokens == 0)
		return 0;
	struct range all = {0, (uint32_t)t.n_tokens - 1};
	return issue_topic_words(it, &t, all, a, out);
}

int issue_topic_of(const struct issue_table *it, const struct lexicon *lx, struct str words,
		   struct arena *a, struct topic *out)
{
	struct topic_words w;
	struct topic_shares shares;
	*out = (struct topic){0};
	if (issue_topic_words_of(it, lx, words, a, &w) < 0)
		return -1;
	topics_tell(&it->topics, &w, &shares);
	*out = topic_best(&shares);
	return 0;
}
