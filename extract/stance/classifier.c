/* The model of acts and stance, and what it says of a pair. */
#include "extract/stance/classifier.h"

#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "extract/syntax/matrix.h"
#include "extract/syntax/model_file.h"
#include "extract/syntax/syntax.h"

EMBED(embedded_attitude, "data/stance.bin");

/* "None" is three quarters of what the model was fitted on; it must be so many times likelier than
 * another class. Chosen on the development part. */
static const float NONE_SHARE = 0.5f;

struct attitude {
	struct lemmas *lemmas;
	struct act_words *acts;
	struct pair_words words;
	struct attitude_weights *w;
	struct certainty certainty;
};

static int read_weights(struct attitude *at, const char *path, struct err *e)
{
	struct model_file f = {0};
	int rc = path ? model_file_open(&f, path, ATTITUDE_KIND, ATTITUDE_VERSION, e)
		      : model_file_check(&f, EMBEDDED(embedded_attitude), "stance.bin",
					 ATTITUDE_KIND, ATTITUDE_VERSION, e);
	if (rc < 0)
		return -1;
	if (f.body.n != ATTITUDE_BYTES) {
		err_set(e, ERR_INPUT, "model",
			"the model file has %zu bytes of weights: this program's network has %zu",
			f.body.n, (size_t)ATTITUDE_BYTES);
		rc = -1;
	} else {
		attitude_unpack((const unsigned char *)f.body.p, at->w);
	}
	model_file_close(&f);
	return rc;
}

/* Without weights. */
static struct attitude *attitude_new(const struct lexicon *lx, struct err *e)
{
	struct attitude *at = calloc(1, sizeof *at);
	if (at)
		at->w = malloc(sizeof *at->w);
	if (!at || !at->w) {
		free(at);
		arena_full(e);
		return NULL;
	}
	at->lemmas = lemmas_open(e);
	at->acts = at->lemmas ? act_words_open(e) : NULL;
	at->words = (struct pair_words){lx, at->lemmas, at->acts};
	if (at->acts && certainty_read(&at->certainty, e) == 0)
		return at;
	attitude_close(at);
	return NULL;
}

struct attitude *attitude_open(const struct lexicon *lx, const char *path, struct err *e)
{
	struct attitude *at = attitude_new(lx, e);
	if (at && read_weights(at, path, e) == 0)
		return at;
	attitude_close(at);
	return NULL;
}

struct attitude *attitude_of_weights(const struct lexicon *lx, const struct attitude_weights *w,
				     struct err *e)
{
	struct attitude *at = attitude_new(lx, e);
	if (at)
		*at->w = *w;
	return at;
}

void attitude_close(struct attitude *at)
{
	if (!at)
		return;
	act_words_close(at->acts);
	lemmas_close(at->lemmas);
	free(at->w);
	free(at);
}

void attitude_judge_pair(const struct attitude_weights *w, const struct vectors *v,
			 const struct pair *p, struct judgment *out)
{
	float x[A_ACT_INPUT], hidden[A_HIDDEN], stance[A_COLUMNS], act[A_COLUMNS];
	attitude_act_input(w, v, p, x);
	attitude_head_forward(&w->stance, w->stance_hidden, A_READ, x, hidden, stance);
	attitude_wide(w->stance_wide, ATTITUDE_CLASSES, p, stance);
	attitude_head_forward(&w->act, w->act_hidden, A_ACT_INPUT, x, hidden, act);
	attitude_wide(w->act_wide, ATTITUDE_ACTS_COUNT, p, act);
	matrix_softmax(stance, STANCE_CLASSES);
	matrix_softmax(stance + STANCE_CLASSES, ATTITUDE_CLASSES - STANCE_CLASSES);
	matrix_softmax(act, ATTITUDE_ACTS_COUNT);
	memcpy(out->stance, stance, sizeof out->stance);
	memcpy(out->towards, stance + STANCE_CLASSES, sizeof out->towards);
	memcpy(out->act, act, sizeof out->act);
}

int attitude_judge(const struct attitude *at, const struct text *t, struct sentence s,
		   struct range source, struct range target, struct arena *a, struct judgment *out)
{
	struct pair p;
	if (pair_see(&at->words, t, s, source, target, a, &p) < 0)
		return -1;
	attitude_judge_pair(at->w, syntax_vectors(t->syntax), &p, out);
	return 0;
}

struct str attitude_lemma(const struct attitude *at, const struct text *t, uint32_t token,
			  struct arena *a)
{
	return lemma_of(at->lemmas, text_lower(t, token), t->tokens[token].xpos, a);
}

int attitude_act_word(const struct attitude *at, const struct text *t, uint32_t token,
		      struct arena *a)
{
	enum { REACH = 8 };
	struct str lemma = attitude_lemma(at, t, token, a), below;
	unsigned xpos = t->tokens[token].xpos;
	enum act_word_class class =
		xpos >= XPOS_VB && xpos <= XPOS_VBZ ? ACT_WORD_VERB : ACT_WORD_OTHER;
	if (!lemma.p)
		return -2;
	for (uint32_t i = token + 1; i < t->n_tokens && i < token + REACH; i++) {
		if (!pair_is_particle(t, i, token))
			continue;
		below = attitude_lemma(at, t, i, a);
		int act = below.p ? act_words_find(at->acts, class, lemma, below) : -2;
		if (act != -1)
			return act;
	}
	return act_words_find(at->acts, class, lemma, STR_EMPTY);
}

float attitude_certainty(const struct attitude *at, const struct stance_facts *f)
{
	return certainty_of(&at->certainty, f);
}

enum attitude_class attitude_stance(const struct judgment *j)
{
	enum attitude_class best = STANCE_NONE;
	float most = j->stance[STANCE_NONE] * NONE_SHARE;
	for (unsigned c = STANCE_FOR; c < STANCE_CLASSES; c++)
		if (j->stance[c] > most) {
			best = (enum attitude_class)c;
			most = j->stance[c];
		}
	return best;
}

enum act attitude_act(const struct judgment *j, float *share)
{
	size_t best = 0;
	for (size_t k = 1; k < ATTITUDE_ACTS_COUNT; k++)
		if (j->act[k] > j->act[best])
			best = k;
	*share = j->act[best];
	return attitude_acts[best];
}
