/* The model of acts and stance, and what it says of two actors. */
#include "extract/stance/classifier.h"

#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "extract/syntax/matrix.h"
#include "extract/syntax/model_file.h"
#include "extract/syntax/syntax.h"
#include "extract/text/text.h"

EMBED(embedded_attitude, "data/stance.bin");

/* "None" is three quarters of what the model was fitted on; it must be so many times likelier than
 * another class. Chosen on the development part. */
static const float NONE_SHARE = 0.5f;

struct classifier {
	struct act_words *acts;
	struct feature_tables words;
	struct classifier_weights *w;
	struct classifier_network network;
	struct confidence confidence;
	struct choice_model choices;
};

static int read_weights(struct classifier *at, const char *path, struct err *e)
{
	struct model_file f = {0};
	int rc = path ? model_file_open(&f, path, CLASSIFIER_KIND, CLASSIFIER_VERSION, e)
		      : model_file_embedded(&f, EMBEDDED(embedded_attitude), "stance.bin",
					    CLASSIFIER_KIND, CLASSIFIER_VERSION, e);
	if (rc < 0)
		return -1;
	if (f.body.n != CLASSIFIER_BYTES) {
		err_set(e, ERR_INPUT, "model",
			"the model file has %zu bytes of weights: this program's network has %zu",
			f.body.n, (size_t)CLASSIFIER_BYTES);
		rc = -1;
	} else {
		classifier_unpack((const unsigned char *)f.body.p, at->w);
	}
	model_file_close(&f);
	return rc;
}

/* Without weights. */
static struct classifier *classifier_new(const struct lexicon *lx, struct err *e)
{
	struct classifier *at = calloc(1, sizeof *at);
	if (at)
		at->w = calloc(1, sizeof *at->w);
	if (!at || !at->w) {
		free(at);
		arena_full(e);
		return NULL;
	}
	at->network = classifier_network_of(at->w);
	at->acts = act_words_open(e);
	at->words = (struct feature_tables){lx, at->acts};
	if (at->acts && confidence_read(&at->confidence, e) == 0 &&
	    choice_model_open(&at->choices, e) == 0)
		return at;
	classifier_close(at);
	return NULL;
}

struct classifier *classifier_open(const struct lexicon *lx, const char *path, struct err *e)
{
	struct classifier *at = classifier_new(lx, e);
	if (at && read_weights(at, path, e) == 0) {
		if (classifier_network_pack(&at->network) == 0)
			return at;
		arena_full(e);
	}
	classifier_close(at);
	return NULL;
}

struct classifier *classifier_of_weights(const struct lexicon *lx,
					 const struct classifier_weights *w, struct err *e)
{
	struct classifier *at = classifier_new(lx, e);
	if (at)
		*at->w = *w;
	return at;
}

void classifier_close(struct classifier *at)
{
	if (!at)
		return;
	act_words_close(at->acts);
	choice_model_close(&at->choices);
	classifier_network_release(&at->network);
	free(at->w);
	free(at);
}

void classifier_predict_features(const struct classifier_network *nw, const struct vectors *v,
				 const struct stance_features *p, struct prediction *out)
{
	float x[A_READ], hidden[A_HIDDEN], stance[A_COLUMNS];
	const struct classifier_weights *w = nw->w;
	classifier_encode(nw, v, p, x);
	classifier_head_forward(&w->stance, &nw->stance, x, hidden, stance);
	classifier_wide(w->stance_wide, CLASSIFIER_CLASSES, p, stance);
	matrix_softmax(stance, STANCE_CLASSES);
	matrix_softmax(stance + STANCE_CLASSES, CLASSIFIER_CLASSES - STANCE_CLASSES);
	memcpy(out->stance, stance, sizeof out->stance);
	memcpy(out->towards, stance + STANCE_CLASSES, sizeof out->towards);
}

void classifier_predict_act(const struct classifier_network *nw, const struct vectors *v,
			    const struct stance_features *p, float act[CLASSIFIER_ACTS_COUNT])
{
	float x[A_ACT_INPUT], hidden[A_HIDDEN], logits[A_COLUMNS];
	const struct classifier_weights *w = nw->w;
	classifier_act_input(nw, v, p, x);
	classifier_head_forward(&w->act, &nw->act, x, hidden, logits);
	classifier_wide(w->act_wide, CLASSIFIER_ACTS_COUNT, p, logits);
	matrix_softmax(logits, CLASSIFIER_ACTS_COUNT);
	memcpy(act, logits, CLASSIFIER_ACTS_COUNT * sizeof *act);
}

void classifier_predict(const struct classifier *at, const struct text *t, struct sentence s,
			struct range source, struct range target, struct prediction *out)
{
	struct stance_features p;
	stance_features_extract(&at->words, t, s, source, target, &p);
	classifier_predict_features(&at->network, syntax_vectors(t->syntax), &p, out);
}

int classifier_act_word(const struct classifier *at, const struct text *t, uint32_t token)
{
	enum { REACH = 8 };
	struct str lemma = t->lemmas[token];
	unsigned xpos = t->tokens[token].xpos;
	enum act_word_class class =
		xpos >= XPOS_VB && xpos <= XPOS_VBZ ? ACT_WORD_VERB : ACT_WORD_OTHER;
	for (uint32_t i = token + 1; i < t->n_tokens && i < token + REACH; i++) {
		if (!stance_is_particle(t, i, token))
			continue;
		int act = act_words_find(at->acts, class, lemma, t->lemmas[i]);
		if (act != -1)
			return act;
	}
	return act_words_find(at->acts, class, lemma, STR_EMPTY);
}

const struct choice_model *classifier_choices(const struct classifier *at)
{
	return &at->choices;
}

float classifier_confidence(const struct classifier *at, const struct stance_facts *f)
{
	return confidence_of(&at->confidence, f);
}

enum stance_class classifier_stance(const struct prediction *j)
{
	enum stance_class best = STANCE_NONE;
	float most = j->stance[STANCE_NONE] * NONE_SHARE;
	for (unsigned c = STANCE_FOR; c < STANCE_CLASSES; c++)
		if (j->stance[c] > most) {
			best = (enum stance_class)c;
			most = j->stance[c];
		}
	return best;
}

enum act classifier_act(const float act[CLASSIFIER_ACTS_COUNT], float *share)
{
	size_t best = 0;
	for (size_t k = 1; k < CLASSIFIER_ACTS_COUNT; k++)
		if (act[k] > act[best])
			best = k;
	*share = act[best];
	return classifier_acts[best];
}
