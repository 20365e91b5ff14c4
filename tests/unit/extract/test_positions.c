/* The reader of positions: models that are refused, what is seen of a statement, guesses and how
 * they are settled, and positions on the issues of plain sentences. */
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "extract/analysis.h"
#include "extract/engine.h"
#include "extract/extract.h"
#include "extract/issue/object_issue.h"
#include "extract/stance/act_side.h"
#include "extract/stance/positions.h"
#include "extract/statement.h"
#include "extract/syntax/half.h"
#include "extract/syntax/model_file.h"
#include "tests/unit/extract/case_file.h"
#include "tests/unit/unit.h"

enum { CASE_BYTES = 64 << 20 };

/* --- the model -------------------------------------------------------------------------------- */

static void check_refused(const char *bytes, size_t n, const char *why)
{
	char path[] = "/tmp/demarche-positions-XXXXXX";
	struct err e = {0};
	int fd = mkstemp(path);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, bytes, n), (ssize_t)n);
	close(fd);
	ck_assert_ptr_null(position_reader_open(path, &e));
	ck_assert_int_eq(e.kind, ERR_INPUT);
	ck_assert_msg(strstr(e.message, why) != NULL, "\"%s\" does not say \"%s\"", e.message, why);
	unlink(path);
}

START_TEST(position_reader_open__wrong_files__refused_with_the_reason)
{
	struct arena a;
	arena_init(&a, CASE_BYTES);
	struct str model = case_file_read(&a, "data/positions.bin");
	char *bytes = arena_alloc(&a, model.n + 1);
	ck_assert_ptr_nonnull(bytes);
	memcpy(bytes, model.p, model.n);
	check_refused(bytes, model.n - 1, "cut short");
	check_refused(bytes, model.n + 1, "too long");
	bytes[model.n / 2] ^= 1;
	check_refused(bytes, model.n, "checksum");
	bytes[model.n / 2] ^= 1;
	struct model_head head;
	memcpy(&head, bytes, sizeof head);
	head.body_bytes -= 2;
	head.checksum =
		model_file_checksum((struct str){bytes + sizeof head, model.n - sizeof head - 2});
	memcpy(bytes, &head, sizeof head);
	check_refused(bytes, model.n - 2, "weights");
	arena_release(&a);
}
END_TEST

START_TEST(position_model_pack__any_model__halves_in_the_order_of_the_struct)
{
	static struct position_model m;
	static unsigned char bytes[POSITIONS_BYTES];
	const size_t wide = offsetof(struct position_weights, wide) / sizeof(float);
	const unsigned char *settling = bytes + sizeof m.weights / 2;
	float input, of_wide, base;
	m.weights.deep.input[3] = 0.3F;
	m.weights.wide[5] = -2.5F;
	m.settling[SETTLING_BASE] = 0.123456F;
	position_model_pack(&m, bytes);
	half_unpack(bytes + 2 * 3, 1, &input);
	half_unpack(bytes + 2 * (wide + 5), 1, &of_wide);
	memcpy(&base, settling + SETTLING_BASE * sizeof base, sizeof base);
	ck_assert_float_eq_tol(input, 0.3F, 0.002F);
	ck_assert_float_eq_tol(of_wide, -2.5F, 0.02F);
	ck_assert_float_eq_tol(base, 0.123456F, 1e-7F);
}
END_TEST

/* --- what is seen ----------------------------------------------------------------------------- */

struct scene {
	struct engine *en;
	struct arena a;
	struct analysis an;
	struct extraction x;
	struct issue_background bg;
	struct view_scene v;
};

static void scene_open(struct scene *s, const char *text)
{
	struct err e = {0};
	struct article article = article_of(str_of(text), STR("2024-04-26"));
	arena_init(&s->a, CASE_BYTES);
	s->en = engine_open(&e);
	ck_assert_msg(s->en != NULL, "%s", e.message);
	assert_ok(engine_analyze(s->en, &article, &s->a, &s->an, &e), e);
	ck_assert_int_eq(statements_make(s->en, NULL, &s->an, &s->x), 0);
	ck_assert_int_eq(
		issue_background_make(&s->bg, s->en->issues, &s->an.entities, s->an.title, &s->a),
		0);
	ck_assert_int_eq(view_scene_init(&s->v, s->en->classifier, &s->an.forest, &s->bg, &s->a),
			 0);
}

static void scene_close(struct scene *s)
{
	engine_close(s->en);
	arena_release(&s->a);
}

static bool has_candidate(const struct scene *s, const struct position_view *v, const char *word)
{
	for (size_t c = 0; c < v->n_candidates; c++)
		if (text_is(&s->an.text, v->candidates[c].token, word))
			return true;
	return false;
}

START_TEST(position_view__a_sentence__its_nouns_and_verbs_are_candidates)
{
	static struct position_view v;
	struct scene s;
	scene_open(&s, "The senator said that the city should scrap the new tax on fuel.");
	ck_assert_uint_eq(s.x.n_statements, 1);
	position_view(&s.v, analysis_made_of(&s.an, 0), &s.x.statements[0], &s.an.facts[0], &v);
	ck_assert(has_candidate(&s, &v, "tax") && has_candidate(&s, &v, "fuel") &&
		  has_candidate(&s, &v, "scrap"));
	ck_assert(!has_candidate(&s, &v, "the") && !has_candidate(&s, &v, "should") &&
		  !has_candidate(&s, &v, "senator"));
	ck_assert(v.cue != VIEW_NONE && v.top != VIEW_NONE && v.n_features > 0);
	for (size_t k = 0; k < v.n_features; k++)
		ck_assert_uint_lt(v.features[k], 1U << VIEW_SPARSE_BITS);
	scene_close(&s);
}
END_TEST

START_TEST(position_view__a_pronoun__what_stands_before_is_a_candidate)
{
	static struct position_view v;
	struct scene s;
	scene_open(&s, "The council voted on the merger. The mayor said it would be a mistake.");
	ck_assert_uint_ge(s.x.n_statements, 1);
	position_view(&s.v, analysis_made_of(&s.an, s.x.n_statements - 1),
		      &s.x.statements[s.x.n_statements - 1], &s.an.facts[s.x.n_statements - 1], &v);
	ck_assert(has_candidate(&s, &v, "it") && has_candidate(&s, &v, "merger"));
	scene_close(&s);
}
END_TEST

START_TEST(position_view__other_names__the_same_features)
{
	static struct position_view a, b;
	struct scene s, t;
	scene_open(&s, "The minister said that China should lift the tariffs.");
	scene_open(&t, "The minister said that Peru should lift the tariffs.");
	position_view(&s.v, analysis_made_of(&s.an, 0), &s.x.statements[0], &s.an.facts[0], &a);
	position_view(&t.v, analysis_made_of(&t.an, 0), &t.x.statements[0], &t.an.facts[0], &b);
	ck_assert_uint_eq(a.n_features, b.n_features);
	ck_assert_int_eq(memcmp(a.features, b.features, a.n_features * sizeof a.features[0]), 0);
	ck_assert_int_eq(memcmp(a.tokens, b.tokens, a.n * sizeof a.tokens[0]), 0);
	scene_close(&s);
	scene_close(&t);
}
END_TEST

static const struct {
	const char *text, *word;
	bool is_turned;
} effects[] = {
	{"The governor vowed to repeal the fuel tax.", "tax", true},
	{"The governor vowed to veto the repeal of the fuel tax.", "tax", false},
	{"The governor vowed not to repeal the fuel tax.", "tax", false},
	{"The governor said she would extend the fuel tax.", "tax", false},
	{"The governor warned against delaying the vote.", "vote", false},
	{"The governor said the council should call off the parade.", "parade", true},
};

static void check_effect(const char *text, const char *word, bool is_turned)
{
	static struct position_view v;
	struct scene s;
	size_t c = 0;
	scene_open(&s, text);
	ck_assert_uint_ge(s.x.n_statements, 1);
	position_view(&s.v, analysis_made_of(&s.an, 0), &s.x.statements[0], &s.an.facts[0], &v);
	while (c < v.n_candidates && !text_is(&s.an.text, v.candidates[c].token, word))
		c++;
	ck_assert_msg(c < v.n_candidates && (v.candidates[c].effect & 1) == is_turned, "%s", text);
	scene_close(&s);
}

START_TEST(position_view__undoing_and_negation__each_turns_the_side)
{
	for (size_t i = 0; i < sizeof effects / sizeof *effects; i++)
		check_effect(effects[i].text, effects[i].word, effects[i].is_turned);
}
END_TEST

/* --- guesses ---------------------------------------------------------------------------------- */

START_TEST(position_reading_of__scores__likeliest_first_and_apart)
{
	static struct position_view v;
	struct position_reading r;
	float p[1 + 3 * SIDES] = {0.1F, 0.05F, 0.4F, 0, 0.3F, 0, 0, 0.15F, 0, 0};
	v.n_candidates = 3;
	v.to = 9;
	v.candidates[0].phrase = (struct range){2, 5};
	v.candidates[1].phrase = (struct range){5, 6}; /* overlaps with the first */
	v.candidates[2].phrase = (struct range){8, 9};
	for (size_t c = 0; c < v.n_candidates; c++)
		v.candidates[c].words = v.candidates[c].phrase;
	position_reading_of(&v, p, &r);
	ck_assert_uint_eq(r.n, 2);
	ck_assert(r.v[0].candidate == 0 && r.v[0].side == POSITION_OPPOSE);
	ck_assert(r.v[1].candidate == 2 && r.v[1].side == POSITION_SUPPORT);
	ck_assert_float_eq_tol(r.v[0].p, 0.4F, 1e-6F);
	ck_assert_float_eq_tol(r.v[0].near, 0.4F, 1e-6F);
	ck_assert_float_eq_tol(r.v[0].other, 0.35F, 1e-6F);
	ck_assert_float_eq_tol(r.none, 0.1F, 1e-6F);
}
END_TEST

START_TEST(position_settle__any_readings__probabilities)
{
	static const float ps[] = {0, 0.5F, 1};
	float w[SETTLING_WEIGHTS];
	struct position_reading v[4] = {{0}};
	for (size_t d = 0; d < SETTLING_WEIGHTS; d++)
		w[d] = d % 2 ? 3 : -3;
	for (size_t i = 0; i < 4; i++) {
		v[i] = (struct position_reading){.speaker = i % 2,
						 .none = ps[i % 3],
						 .words = 1 + (uint32_t)i * 100,
						 .candidates = 1,
						 .n = i % 3};
		for (size_t k = 0; k < v[i].n; k++)
			v[i].v[k] = (struct position_guess){.object = 7,
							    .side = POSITION_SUPPORT,
							    .p = ps[k],
							    .near = ps[k],
							    .expected = ps[k],
							    .other = 1 - ps[k]};
	}
	position_settle(w, v, 4);
	for (size_t i = 0; i < 4; i++)
		for (size_t k = 0; k < v[i].n; k++)
			ck_assert(v[i].v[k].confidence >= 0 && v[i].v[k].confidence <= 1);
}
END_TEST

/* --- acts and sides --- */

START_TEST(act_with_side__sides__draw_the_act)
{
	float acts[ACT_COUNT] = {
		[ACT_STATE] = 0.4f, [ACT_SUPPORT] = 0.3f, [ACT_ACCUSE] = 0.2f, [ACT_REJECT] = 0.1f};
	ck_assert_int_eq(act_with_side(acts, POSITION_NEUTRAL, 0.85f), ACT_STATE);
	ck_assert_int_eq(act_with_side(acts, POSITION_SUPPORT, 0.9f), ACT_SUPPORT);
	ck_assert_int_eq(act_with_side(acts, POSITION_OPPOSE, 0.9f), ACT_ACCUSE);
	ck_assert_int_eq(act_with_side(acts, POSITION_OPPOSE, 0.01f), ACT_STATE);
	acts[ACT_STATE] = 0.99f; /* sure of it */
	ck_assert_int_eq(act_with_side(acts, POSITION_SUPPORT, 0.5f), ACT_STATE);
}
END_TEST

/* --- issues of objects --- */

/* A phrase of the text "They want ...", by its words and the word that heads it. */
static const struct {
	const char *text, *first, *last, *head, *label; /* "": no issue */
} objects[] = {
	{"They want the new parking fees on Sundays.", "the", "sundays", "fees",
	 "parking fees on Sundays"},
	{"They want the decision.", "the", "decision", "decision", ""},
	{"They want it.", "it", "it", "it", ""},
	{"They want to unify the party.", "unify", "party", "unify", "unifying the party"},
	{"They want to protect the soldiers on the ground in the northern desert, as well as "
	 "friends.",
	 "protect", "friends", "protect",
	 "protecting the soldiers on the ground in the northern desert"},
	{"They want a very long list of all kinds of small things that nobody needs at home.", "a",
	 "home", "list", ""},
	/* a deed is called by what it keeps or brings, */
	{"The plan undercuts our old safety rules.", "undercuts", "rules", "undercuts",
	 "undercutting our old safety rules"},
	{"They will not tolerate it and lift the harbor levy.", "lift", "levy", "lift",
	 "lifting the harbor levy"},
	{"They said the city raised the water price.", "raised", "price", "raised", "water price"},
	{"They want to get rent reform.", "get", "reform", "get", "rent reform"},
	{"They refuse to fund the night buses.", "refuse", "buses", "refuse",
	 "refusing to fund the night buses"},
	{"Fishing rights must be restored.", "fishing", "restored", "restored", "fishing rights"},
	/* else by its noun, */
	{"They have sacrificed their own harvest.", "have", "harvest", "sacrificed",
	 "sacrificing their own harvest"},
	{"They will begin to treat farm hands as guests.", "begin", "guests", "begin",
	 "treating farm hands as guests"},
	{"They dredge the canal and sell seed.", "dredge", "seed", "dredge", "dredging the canal"},
	{"They ask them to plan the canal.", "ask", "canal", "ask", "planning the canal"},
	/* and what is judged by itself */
	{"Closing village schools is wrong.", "closing", "wrong", "wrong",
	 "closing village schools"},
	{"The new bread levy is unfair.", "the", "unfair", "unfair", "bread levy"},
	/* not where that tells nothing */
	{"They hope that the levy ends.", "hope", "ends", "hope", ""},
	{"They said it was over.", "said", "over", "said", ""},
	/* capitals of the words' own, and no marks of quotation */
	{"They fear for the Hungarian farm workers.", "the", "workers", "workers",
	 "Hungarian farm workers"},
	{"They want a \"second fast\" railway line.", "a", "line", "line", "fast railway line"},
	{"Harbor fees for ships are wrong.", "harbor", "ships", "fees", "harbor fees for ships"},
	/* no clause, no joint, nothing told behind a mark */
	{"They attacked the tax reform, which nobody wanted.", "the", "wanted", "reform",
	 "tax reform"},
	{"They back fish quotas that protect the herring.", "fish", "herring", "quotas",
	 "fish quotas"},
	{"They want the harbor tunnel: a slow one.", "the", "one", "tunnel", "harbor tunnel"},
	{"They oppose the fees and tariffs for farm goods.", "and", "goods", "tariffs",
	 "tariffs for farm goods"},
	{"They ask how many cargo trains run.", "how", "trains", "trains", "cargo trains"},
	{"There are not enough cargo trains.", "are", "trains", "trains", "cargo trains"},
	/* no participle that is left alone */
	{"They back a harbor scheme called simple.", "a", "called", "scheme", "harbor scheme"},
	{"They like the river bridges built.", "the", "built", "bridges", "river bridges"},
	/* no clause without its verb, no praise alone */
	{"They fear harbor talks that the towns on the river and the lake say will fail.", "harbor",
	 "fail", "talks", "harbor talks"},
	{"They have an essential role.", "an", "role", "role", ""},
	{"They want a remarkable fish market.", "a", "market", "market", "fish market"},
	/* what is counted */
	{"They praise a number of harbor projects.", "a", "projects", "number", "harbor projects"},
	{"They want a range of ferry tickets.", "a", "tickets", "range", "ferry tickets"},
	{"They fear a series of forest fires.", "a", "fires", "series", "forest fires"},
	{"They reject 60 percent of the fish quotas.", "60", "quotas", "percent", "fish quotas"},
	{"They miss part of the milk fund.", "part", "fund", "part", "milk fund"},
	{"They want the number of teachers.", "the", "number", "number", ""},
	{"They want much cheaper milk.", "much", "milk", "milk", "cheaper milk"},
	{"They want food aid, seeds and tools.", "food", "tools", "aid",
	 "food aid, seeds and tools"},
};

static uint32_t token_at(const struct text *t, const char *word)
{
	uint32_t i = 0;
	while (i < t->n_tokens && !text_is(t, i, word))
		i++;
	ck_assert_uint_lt(i, t->n_tokens);
	return i;
}

START_TEST(issue_of_object__phrases__names_that_say_something)
{
	for (size_t i = 0; i < sizeof objects / sizeof *objects; i++) {
		struct scene s;
		struct issue_hit hit = {0};
		scene_open(&s, objects[i].text);
		const struct text *t = &s.an.text;
		struct range phrase = {token_at(t, objects[i].first), token_at(t, objects[i].last)};
		struct object o = {phrase, token_at(t, objects[i].head), 1};
		int rc =
			issue_of_object(s.en->issues, &s.an.forest, &s.an.entities, &o, &hit, &s.a);
		ck_assert_msg(rc == (objects[i].label[0] != 0), "%s: %d", objects[i].text, rc);
		if (rc == 1) {
			assert_str(hit.issue->label, objects[i].label);
			ck_assert(hit.issue->is_open && hit.evidence.n == 1 && hit.score > 0);
		}
		scene_close(&s);
	}
}
END_TEST

/* --- positions on issues ---------------------------------------------------------------------- */

static const struct {
	const char *text, *issue;
	enum position position;
} plain[] = {
	{"“We strongly oppose the death penalty,” the minister said.", "death-penalty",
	 POSITION_OPPOSE},
	{"The governor urged the council to scrap the new tariffs.", "tariffs", POSITION_OPPOSE},
	{"Hospitals in Norland have 400 beds, the minister said.", "hospitals", POSITION_NONE},
};

static const struct issue_hit *hit_of(const struct statement *s, const char *id)
{
	for (size_t h = 0; h < s->n_issues; h++)
		if (str_eq(s->issues[h].issue->id, str_of(id)))
			return &s->issues[h];
	return NULL;
}

static void check_hits(const struct statement *s)
{
	bool was_sided = true;
	for (size_t h = 0; h < s->n_issues; h++) {
		const struct issue_hit *hit = &s->issues[h];
		bool is_sided = hit->position != POSITION_NONE && hit->position != POSITION_NEUTRAL;
		ck_assert(was_sided || !is_sided);
		ck_assert(is_sided == (hit->position_confidence >= POSITIONS_SURE));
		ck_assert(is_sided == (hit->position_evidence.n > 0));
		ck_assert(h == 0 || hit->score <= s->issues[h - 1].score);
		was_sided = is_sided;
	}
}

START_TEST(engine_extract__plain_sentences__positions_on_their_issues)
{
	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
		struct scene s;
		scene_open(&s, plain[i].text);
		ck_assert_uint_ge(s.x.n_statements, 1);
		const struct statement *last = &s.x.statements[s.x.n_statements - 1];
		check_hits(last);
		const struct issue_hit *hit = hit_of(last, plain[i].issue);
		ck_assert_msg(hit != NULL, "%s: no %s", plain[i].text, plain[i].issue);
		ck_assert_msg(hit->position == plain[i].position ||
				      (plain[i].position == POSITION_NONE &&
				       hit->position == POSITION_NEUTRAL),
			      "%s: %s", plain[i].text, terms_position.words[hit->position]);
		scene_close(&s);
	}
}
END_TEST

START_TEST(engine_extract__an_object_of_many_words__no_issue_of_some_of_them)
{
	static const char *const contents[] = {
		"Governor Ann Lee called for smart enforcement of the coastal rules.",
		"Mayor Carla Voss said she opposes the slow closure of village post offices.",
		"Minister Dan Holt demanded the quick return of the stolen church paintings.",
		"Ella Kessel criticized the late delivery of winter coats to the volunteers.",
		"Frank Lund said he supports free bus rides for night workers.",
	};
	for (size_t i = 0; i < sizeof contents / sizeof *contents; i++) {
		struct scene s;
		size_t sided = 0;
		scene_open(&s, contents[i]);
		ck_assert_uint_ge(s.x.n_statements, 1);
		const struct statement *last = &s.x.statements[s.x.n_statements - 1];
		for (size_t h = 0; h < last->n_issues; h++) {
			const struct issue_hit *hit = &last->issues[h];
			sided += hit->issue->is_open && hit->position_confidence > 0;
			ck_assert_msg(!hit->issue->is_open || hit->position_confidence > 0,
				      "%s: %.*s", contents[i], STR_ARG(hit->issue->label));
		}
		ck_assert_msg(sided == 1, "%s", contents[i]);
		scene_close(&s);
	}
}
END_TEST

UNIT_MAIN("positions", position_reader_open__wrong_files__refused_with_the_reason,
	  position_model_pack__any_model__halves_in_the_order_of_the_struct,
	  position_view__a_sentence__its_nouns_and_verbs_are_candidates,
	  position_view__a_pronoun__what_stands_before_is_a_candidate,
	  position_view__other_names__the_same_features,
	  position_view__undoing_and_negation__each_turns_the_side,
	  position_reading_of__scores__likeliest_first_and_apart,
	  position_settle__any_readings__probabilities, act_with_side__sides__draw_the_act,
	  issue_of_object__phrases__names_that_say_something,
	  engine_extract__plain_sentences__positions_on_their_issues,
	  engine_extract__an_object_of_many_words__no_issue_of_some_of_them)
