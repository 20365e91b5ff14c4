/* By which way acts and positions are decided, and how sure that makes a stance. */
#include <math.h>
#include <stdio.h>

#include "extract/analysis.h"
#include "extract/engine.h"
#include "extract/extract.h"
#include "extract/stance/stance.h"
#include "extract/statement.h"
#include "tests/unit/extract/case_file.h"
#include "tests/unit/unit.h"

enum { ARTICLE_BYTES = 64 << 20 };

/* --- ways ------------------------------------------------------------------------------------- */

static const struct {
	const char *text;
	enum act act;
	enum act_rule act_rule;
	enum position_rule position_rule;
} cases[] = {
	{"Britain said that the talks took place in London.", ACT_STATE, ACT_RULE_NONE,
	 POSITION_RULE_NONE},
	{"China has accused the United States of seeking to contain its growth.", ACT_ACCUSE,
	 ACT_RULE_CUE, POSITION_RULE_CUE},
	{"Norway refused to take part in the mission.", ACT_REJECT, ACT_RULE_CUE,
	 POSITION_RULE_CUE},
	{"Iran denied that it had attacked the tankers.", ACT_DENY, ACT_RULE_DENIAL,
	 POSITION_RULE_DENIAL},
	{"The White House declined to comment on the report.", ACT_DECLINE_COMMENT,
	 ACT_RULE_REFUSAL, POSITION_RULE_CUE},
	{"India said that the troops must leave the valley.", ACT_REQUEST, ACT_RULE_DEMAND,
	 POSITION_RULE_ACT},
	{"“We condemn the attack on the embassy,” France said.", ACT_ACCUSE, ACT_RULE_OWN_VERB,
	 POSITION_RULE_ACT},
	{"Brazil said that the talks were a great success.", ACT_SUPPORT, ACT_RULE_NONE,
	 POSITION_RULE_WORDS},
};

static struct stance_facts read_facts(const struct engine *en, const char *text, float *confidence)
{
	struct arena a;
	struct err e = {0};
	struct analysis an;
	struct extraction x;
	struct stance_facts facts = {0};
	struct article article = article_of(str_of(text), STR("2024-04-26"));
	arena_init(&a, ARTICLE_BYTES);
	assert_ok(engine_analyze(en, &article, &a, &an, &e), e);
	ck_assert_int_eq(statements_make(en, NULL, &an, &x), 0);
	ck_assert_msg(x.n_statements == 1, "%s: %zu statements", text, x.n_statements);
	struct statement s = x.statements[0];
	const struct attribution *at = analysis_made_of(&an, 0);
	s.stance = (struct stance){0};
	ck_assert_int_eq(stance_find(en->classifier, &an.entities, at, &s, &a, &facts), 0);
	*confidence = x.statements[0].stance.confidence;
	ck_assert_float_eq_tol(classifier_confidence(en->classifier, &an.facts[0]), *confidence,
			       0.0001F);
	arena_release(&a);
	return facts;
}

START_TEST(stance_find__sentences__the_way_of_each)
{
	struct err e = {0};
	struct engine *en = engine_open(&e);
	ck_assert_msg(en != NULL, "%s", e.message);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		float confidence;
		struct stance_facts f = read_facts(en, cases[i].text, &confidence);
		ck_assert_msg(f.act == cases[i].act && f.act_rule == cases[i].act_rule &&
				      f.position_rule == cases[i].position_rule,
			      "%s: act %d by way %d, position by way %d", cases[i].text, (int)f.act,
			      (int)f.act_rule, (int)f.position_rule);
		ck_assert(confidence > 0 && confidence < 1);
		ck_assert_uint_gt(f.tokens, 0);
	}
	engine_close(en);
}
END_TEST

/* --- weights ---------------------------------------------------------------------------------- */

static struct confidence weights(void)
{
	struct confidence c;
	struct err e = {0};
	assert_ok(confidence_read(&c, &e), e);
	return c;
}

START_TEST(confidence_read__the_table__has_every_weight)
{
	struct arena a;
	char name[32], line[40];
	arena_init(&a, ARTICLE_BYTES);
	struct str table = case_file_read(&a, "data/confidence.tsv");
	for (unsigned i = 0; i < CONFIDENCE_WEIGHTS; i++) {
		confidence_weight_name(i, name);
		snprintf(line, sizeof line, "\n%s\t", name);
		ck_assert_msg(str_find(table, str_of(line), 0) != SIZE_MAX, "no weight \"%s\"",
			      name);
	}
	arena_release(&a);
}
END_TEST

START_TEST(confidence_of__any_weights_and_ways__hundredths_between_0_and_1)
{
	static const float bases[] = {-1e6F, -50, 0, 50, 1e6F};
	struct confidence c = weights();
	for (size_t b = 0; b < sizeof bases / sizeof bases[0]; b++) {
		c.w[CONFIDENCE_BASE] = bases[b];
		for (int act = 0; act < ACT_RULE_COUNT; act++)
			for (int position = 0; position < POSITION_RULE_COUNT; position++) {
				struct stance_facts f = {.act_rule = (enum act_rule)act,
							 .position_rule =
								 (enum position_rule)position,
							 .position = POSITION_SUPPORT,
							 .good = 1e6F,
							 .tokens = UINT32_MAX};
				float p = confidence_of(&c, &f);
				ck_assert(p >= 0.01F && p <= 0.99F);
				ck_assert_float_eq_tol(p * 100, roundf(p * 100), 0.001F);
			}
	}
}
END_TEST

/* What speaks for a stance never makes it less sure, and the other way: a fit that turned a sign
 * round would have learnt noise. */
START_TEST(confidence_of__more_for_and_against__rises_and_falls)
{
	const struct stance_facts plain = {.act_rule = ACT_RULE_CUE,
					   .position_rule = POSITION_RULE_WORDS,
					   .act = ACT_ACCUSE,
					   .position = POSITION_OPPOSE,
					   .bad = 1,
					   .is_classified = true,
					   .share = 0.5F,
					   .tokens = 10};
	const struct confidence c = weights();
	struct stance_facts share = plain, told = plain, against = plain, valence = plain,
			    length = plain, deed = plain, mixed = plain;
	float p = confidence_of(&c, &plain);
	share.share = 1;
	told.bad = 2;
	valence.valence = -1;
	against.good = 1;
	length.tokens = 40;
	deed.act = ACT_ASSAULT;
	mixed.position = POSITION_MIXED;
	ck_assert(confidence_of(&c, &share) >= p);
	ck_assert(confidence_of(&c, &told) >= p);
	ck_assert(confidence_of(&c, &valence) >= p);
	ck_assert(confidence_of(&c, &against) <= p);
	ck_assert(confidence_of(&c, &length) <= p);
	ck_assert(confidence_of(&c, &deed) < p);
	ck_assert(confidence_of(&c, &mixed) <= p);
}
END_TEST

/* The reader's word counts only where it was asked and knows the act. */
START_TEST(confidence_features__no_word_of_the_reader__nothing)
{
	float x[CONFIDENCE_WEIGHTS];
	struct stance_facts f = {
		.act = ACT_ACCUSE, .position = POSITION_SUPPORT, .share = 0.9F, .valence = 1};
	confidence_features(&f, x);
	ck_assert(x[CONFIDENCE_SHARE] >= 0 && x[CONFIDENCE_SHARE] <= 0 &&
		  x[CONFIDENCE_VALENCE] >= 0 && x[CONFIDENCE_VALENCE] <= 0);
	f.is_classified = true;
	confidence_features(&f, x);
	ck_assert_float_eq_tol(x[CONFIDENCE_SHARE], 0.4F, 0.001F);
	ck_assert_float_eq_tol(x[CONFIDENCE_VALENCE], 1, 0.001F);
	f.act = ACT_STATE;
	confidence_features(&f, x);
	ck_assert(x[CONFIDENCE_SHARE] >= 0 && x[CONFIDENCE_SHARE] <= 0);
}
END_TEST

UNIT_MAIN("confidence", stance_find__sentences__the_way_of_each,
	  confidence_read__the_table__has_every_weight,
	  confidence_of__any_weights_and_ways__hundredths_between_0_and_1,
	  confidence_of__more_for_and_against__rises_and_falls,
	  confidence_features__no_word_of_the_reader__nothing)
