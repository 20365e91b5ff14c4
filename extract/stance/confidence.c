/* The weights of a stance's confidence, and what they weigh. */
#include "extract/stance/confidence.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "extract/tables/tables.h"

static const char *const names[CONFIDENCE_WEIGHTS] = {
#define X(name, word) [CONFIDENCE_ACT_RULE + ACT_RULE_##name] = "act." word,
	ACT_RULES(X)
#undef X
#define X(name, word) [CONFIDENCE_POSITION_RULE + POSITION_RULE_##name] = "position." word,
		POSITION_RULES(X)
#undef X
#define X(name, word) [CONFIDENCE_##name] = word,
			CONFIDENCE_MORE(X)
#undef X
};

static bool read_weight(struct confidence *c, struct str name, struct str value)
{
	char number[32], *end = NULL;
	if (value.n == 0 || value.n >= sizeof number)
		return false;
	snprintf(number, sizeof number, "%.*s", STR_ARG(value));
	float w = strtof(number, &end);
	if (*end || !isfinite(w))
		return false;
	for (size_t i = 0; i < CONFIDENCE_WEIGHTS; i++)
		if (str_eq(name, str_of(names[i]))) {
			c->w[i] = w;
			return true;
		}
	return false;
}

int confidence_read(struct confidence *c, struct err *e)
{
	struct table t = tables_open(TABLE_CONFIDENCE);
	*c = (struct confidence){{0}};
	while (table_next(&t))
		if (!read_weight(c, t.cell[0], t.cell[1]))
			return table_fail(&t, "no such weight, or it is no number", e);
	return 0;
}

void confidence_weight_name(unsigned weight, char out[32])
{
	snprintf(out, 32, "%s", names[weight]);
}

/* PLOVER's acts that are not done by words alone: as the act of something said they are mostly what
 * it tells of. */
static bool is_deed(enum act act)
{
	static const bool deeds[ACT_COUNT] = {
		[ACT_CONSULT] = true,  [ACT_COOPERATE] = true, [ACT_AID] = true,
		[ACT_RETREAT] = true,  [ACT_PROTEST] = true,   [ACT_SANCTION] = true,
		[ACT_MOBILIZE] = true, [ACT_COERCE] = true,    [ACT_ASSAULT] = true,
	};
	return deeds[act];
}

static bool is_known_to_classifier(enum act act)
{
	return act != ACT_STATE && act != ACT_DENY && act != ACT_DECLINE_COMMENT &&
	       act != ACT_RETREAT;
}

static float up_to(float v, float most)
{
	return v < most ? v : most;
}

void confidence_features(const struct stance_facts *f, float x[CONFIDENCE_WEIGHTS])
{
	enum { WORDS = 2, LONG = 40 };
	bool is_for = f->position == POSITION_SUPPORT, is_against = f->position == POSITION_OPPOSE;
	memset(x, 0, CONFIDENCE_WEIGHTS * sizeof *x);
	x[CONFIDENCE_BASE] = 1;
	x[CONFIDENCE_ACT_RULE + f->act_rule] = 1;
	x[CONFIDENCE_POSITION_RULE + f->position_rule] = 1;
	x[CONFIDENCE_DEED] = is_deed(f->act);
	x[CONFIDENCE_SHARE] =
		f->is_classified && is_known_to_classifier(f->act) ? f->share - 0.5f : 0;
	x[CONFIDENCE_MIXED] = f->position == POSITION_MIXED;
	if (is_for || is_against) {
		x[CONFIDENCE_TOLD] = up_to(is_for ? f->good : f->bad, WORDS);
		x[CONFIDENCE_AGAINST] = up_to(is_for ? f->bad : f->good, WORDS);
		x[CONFIDENCE_VALENCE] = !f->is_classified ? 0 : is_for ? f->valence : -f->valence;
	}
	x[CONFIDENCE_LENGTH] = f->tokens ? up_to(logf((float)f->tokens) / logf(LONG), 1) : 0;
}

float confidence_of(const struct confidence *c, const struct stance_facts *f)
{
	float x[CONFIDENCE_WEIGHTS], score = 0;
	confidence_features(f, x);
	for (size_t i = 0; i < CONFIDENCE_WEIGHTS; i++)
		score += c->w[i] * x[i];
	float hundredths = roundf(100 / (1 + expf(-score)));
	return (hundredths < 1 ? 1 : hundredths > 99 ? 99 : hundredths) / 100;
}
