/* Explanations: what is named, what was rejected, and that the weights add up to what was decided
 * by. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "extract/extract.h"
#include "tests/unit/unit.h"

enum { ARTICLE_BYTES = 256 << 20 };
static const double near = 0.001;

static struct engine *engine;
static struct arena arena;

static void setup(void)
{
	struct err e = {0};
	engine = engine_open(&e);
	ck_assert_msg(engine != NULL, "%s", e.message);
	arena_init(&arena, ARTICLE_BYTES);
}

static void teardown(void)
{
	arena_release(&arena);
	engine_close(engine);
}

static struct explanations explain(struct article article, const struct statement *only)
{
	struct err e = {0};
	struct explanations x;
	assert_ok(engine_explain(engine, &article, only, &arena, &x, &e), e);
	return x;
}

static struct explanations explain_text(const char *text)
{
	return explain(article_of(str_of(text), STR("2024-04-26")), NULL);
}

static double sum_of(const struct reasons *r)
{
	double sum = (double)r->rest;
	for (size_t i = 0; i < r->n; i++) {
		ck_assert_uint_gt(r->v[i].what.n, 0);
		ck_assert(i == 0 || r->v[i].weight <= r->v[i - 1].weight);
		sum += (double)r->v[i].weight;
	}
	return sum;
}

/* What is true of every decision. */
static void check_decision(const struct decision *d)
{
	ck_assert_double_eq_tol(sum_of(&d->reasons), (double)d->score, near);
	ck_assert(d->p > 0 && d->p <= 1);
	ck_assert_uint_gt(d->n_candidates, d->n_rejected);
	for (size_t i = 0; i < d->n_rejected; i++) {
		const struct rejected *r = &d->rejected[i];
		ck_assert_double_eq_tol(sum_of(&r->reasons), (double)r->lead, near);
		ck_assert(r->lead >= 0 && (i == 0 || r->lead >= d->rejected[i - 1].lead));
		ck_assert_uint_eq(r->words.n > 0, r->spans.n > 0);
	}
}

static void check_explanation(const struct explanation *x)
{
	check_decision(&x->by.cue);
	check_decision(&x->by.content);
	check_decision(&x->by.source);
	check_decision(&x->by.whole);
	ck_assert_double_eq_tol((double)x->by.cue.p, 1 / (1 + exp(-(double)x->by.cue.score)), near);
	ck_assert_double_eq_tol((double)x->by.whole.p, 1 / (1 + exp(-(double)x->by.whole.score)),
				near);
	ck_assert_double_eq_tol((double)x->by.whole.p, (double)x->statement->confidence, near);
}

START_TEST(explain__each_kind_of_statement__names_cue_content_source_and_what_was_rejected)
{
	setup();
	static const struct {
		const char *text, *cue, *content, *source, *complement;
	} cases[] = {
		{"\"We will rebuild the old bridge,\" Ann Lee said.", "said",
		 "\"We will rebuild the old bridge,\"", "Ann Lee", "a quotation"},
		{"The minister said that the talks had failed because of the weather.", "said",
		 "that the talks had failed because of the weather", "The minister", "a clause"},
		{"On Monday the union criticized the new plan for the harbor.", "criticized",
		 "the new plan for the harbor", "the union", "a noun phrase"},
		{"According to the ministry, food prices fell in May.", "According to",
		 "food prices fell in May", "the ministry", "a clause"},
		{"The president wants to visit the island next year.", "wants",
		 "to visit the island next year", "The president", "an infinitive"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct explanations x = explain_text(cases[i].text);
		ck_assert_msg(x.n == 1, "%s: %zu statements", cases[i].text, x.n);
		const struct explanation *one = &x.v[0];
		ck_assert_uint_eq(one->number, 1);
		assert_str(one->by.cue.words, cases[i].cue);
		assert_str(one->by.content.words, cases[i].content);
		assert_str(one->by.source.words, cases[i].source);
		ck_assert_msg(str_starts(one->complement, str_of(cases[i].complement)), "%s: %.*s",
			      cases[i].text, STR_ARG(one->complement));
		ck_assert_uint_ge(one->by.content.n_rejected, 1);
		ck_assert_uint_ge(one->by.source.n_rejected, 1);
		ck_assert_uint_ge(one->by.content.rejected[0].reasons.n, 1);
		ck_assert(!one->is_carried && !one->is_extended && one->is_as_asked);
		check_explanation(one);
	}
	teardown();
}
END_TEST

static const char carried[] = "Ann Lee said that the bridge would be rebuilt.\n\n\"It is old and "
			      "it has been a danger for years.\"\n\n"
			      "The town has two bridges.";

START_TEST(explain__quotation_without_a_cue__is_carried_on_from_a_statement)
{
	setup();
	struct explanations x = explain_text(carried);
	ck_assert_uint_eq(x.n, 2);
	ck_assert(!x.v[0].is_carried && x.v[1].is_carried);
	ck_assert_uint_eq(x.v[1].carried_number, 1);
	ck_assert_uint_eq(x.v[1].by.cue.words.n, 0);
	teardown();
}
END_TEST

START_TEST(explain__long_candidate__is_told_by_its_ends)
{
	setup();
	struct explanations x = explain_text(
		"The minister said that the talks\nabout the harbor, the bridge and the three old "
		"ferries had "
		"failed in the end because there was no money for the repair of the ferries.");
	ck_assert_uint_eq(x.n, 1);
	assert_str(x.v[0].by.content.words,
		   "that the talks about the harbor, ... money for the repair of the ferries");
	ck_assert_uint_eq(x.v[0].by.content.spans.v[0].start, 18);
	teardown();
}
END_TEST

START_TEST(explain__signature__is_a_rule_and_adds_up)
{
	setup();
	struct explanations x = explain_text("\"The harbor is the heart of this town.\" "
					     "\xE2\x80\x94 Ann Lee, mayor\n\nIt rained.");
	bool by_rule = false;
	ck_assert_uint_eq(x.n, 1);
	check_explanation(&x.v[0]);
	for (size_t i = 0; i < x.v[0].by.cue.reasons.n; i++)
		by_rule = by_rule || str_ends(x.v[0].by.cue.reasons.v[i].what, STR("by a rule"));
	ck_assert(by_rule);
	teardown();
}
END_TEST

START_TEST(explain__one_statement__is_found_by_its_place)
{
	setup();
	struct article article = {.text = str_of(carried)};
	struct explanations all = explain(article, NULL), x = explain(article, all.v[1].statement);
	ck_assert_uint_eq(x.n, 1);
	ck_assert_uint_eq(x.v[0].number, 2);
	ck_assert_uint_eq(x.v[0].carried_number, 1);
	ck_assert(x.v[0].is_as_asked);

	struct span part[] = {{20, 30}}, elsewhere[] = {{100, 110}};
	struct statement other = *all.v[0].statement;
	other.spans.content = (struct spans){part, 1};
	x = explain(article, &other);
	ck_assert_uint_eq(x.n, 1);
	ck_assert_uint_eq(x.v[0].number, 1);
	ck_assert(!x.v[0].is_as_asked);
	other.spans.content = (struct spans){elsewhere, 1};
	ck_assert_uint_eq(explain(article, &other).n, 0);
	teardown();
}
END_TEST

START_TEST(explain__nothing_said_or_not_english__explains_nothing)
{
	setup();
	ck_assert_uint_eq(explain_text("It rained.").n, 0);
	ck_assert_uint_eq(
		explain((struct article){.text = str_of(carried), .language = STR("fr")}, NULL).n,
		0);
	struct err e = {0};
	struct explanations x;
	struct article bad = {.text = STR("caf\xe9")};
	ck_assert_int_eq(engine_explain(engine, &bad, NULL, &arena, &x, &e), -1);
	ck_assert_int_eq(e.kind, ERR_INPUT);
	teardown();
}
END_TEST

UNIT_MAIN("explain",
	  explain__each_kind_of_statement__names_cue_content_source_and_what_was_rejected,
	  explain__quotation_without_a_cue__is_carried_on_from_a_statement,
	  explain__long_candidate__is_told_by_its_ends, explain__signature__is_a_rule_and_adds_up,
	  explain__one_statement__is_found_by_its_place,
	  explain__nothing_said_or_not_english__explains_nothing)
