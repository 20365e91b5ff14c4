/* From conditions to the store's query: what each name, topic and exclusion becomes, and what is
 * said of it. */
#include "api/query/interpretation.h"

#include "api/query/phrase_read.h"
#include "tests/conformance/fixture.h"

enum { ISSUES = 40, ACTORS = 30 };

static struct fixture f;
static struct reader *r;
static struct statement_filter filter;
static struct question q;
static struct interpretation in;
static struct err err;

static void write_statement(const struct actor *speaker, const struct issue *issue)
{
	static int number;
	struct issue_hit hit = {.issue = issue, .score = 0.5F};
	struct statement s = plain_statement(STR("said"), speaker);
	s.issues = &hit;
	s.n_issues = 1;
	struct write w =
		made_article(arena_printf(&f.arena, "text %d", number++), STR("2024-04-26"), &s, 1);
	fixture_write(&f, &w);
}

/* Wang of China on core interests, the United States on trade (CAP 18). */
static void open_world(void)
{
	fixture_open(&f);
	write_statement(&wang, &core);
	write_statement(&china, &core);
	write_statement(&usa, &trade);
	r = fixture_reader(&f);
}

static void close_world(void)
{
	reader_return(r);
	fixture_close(&f);
}

/* "speaker=China&issue=trade", without escapes. */
static int ask(const char *conditions, struct lookup *names)
{
	struct str rest = str_of(conditions), part, name;
	err = (struct err){0};
	statement_filter_init(&filter);
	question_init(&q, &params_statements, &filter, &f.arena);
	while (str_split(&rest, '&', &part)) {
		ck_assert(str_split(&part, '=', &name));
		assert_ok(question_add(&q, name, (struct condition){.value = part}, &err), err);
	}
	return question_interpret(&q, &filter, r, names, &in, &err);
}

static void assert_key(struct keys keys, int64_t want)
{
	ck_assert_uint_eq(keys.n, 1);
	ck_assert_int_eq(keys.v[0], want);
}

static int64_t key_of(const struct actor *a)
{
	return fixture_actor(&f, a->id).key;
}

START_TEST(speaker__a_country__is_asked_for_with_those_who_speak_for_it)
{
	open_world();
	assert_ok(ask("speaker=china", NULL), err);
	assert_key(filter.q.speakers, speaker_key(key_of(&china), true));
	ck_assert_str_eq(in.v[0].reading, "with those who speak for it");
	assert_ok(ask("speaker=China&members=false", NULL), err);
	assert_key(filter.q.speakers, speaker_key(key_of(&china), false));
	ck_assert_str_eq(in.v[0].reading, "alone");
	assert_ok(ask("speaker=!China", NULL), err);
	assert_key(filter.q.not_speakers, speaker_key(key_of(&china), true));
	ck_assert(!filter.q.is_void && filter.q.speakers.n == 0);
	close_world();
}
END_TEST

START_TEST(speaker__beside_a_country__must_be_of_it)
{
	open_world();
	assert_ok(ask("speaker=Wang Yi&country=CHN", NULL), err);
	ck_assert(!filter.q.is_void);
	assert_key(filter.q.speakers, speaker_key(key_of(&wang), true));
	assert_ok(ask("speaker=Wang Yi&country=USA", NULL), err);
	ck_assert(filter.q.is_void);
	assert_ok(ask("country=Wang Yi", NULL), err); /* who is no country */
	ck_assert(filter.q.is_void && in.v[0].actors.n == 0 && in.v[0].note);
	close_world();
}
END_TEST

START_TEST(name__unknown__empties_the_answer_unless_others_are_asked_for_too)
{
	open_world();
	assert_ok(ask("speaker=Nobody", NULL), err);
	ck_assert(filter.q.is_void && strstr(in.v[0].note, "the answer is empty"));
	assert_ok(ask("speaker=Nobody&speaker=Wang Yi", NULL), err);
	ck_assert(!filter.q.is_void && strstr(in.v[0].note, "adds nothing to the others"));
	assert_ok(ask("issue=!Nothing", NULL), err);
	ck_assert(!filter.q.is_void && strstr(in.v[0].note, "nothing is excluded"));
	assert_ok(ask("target=Nobody", NULL), err);
	ck_assert(filter.q.is_void);
	assert_ok(ask("addressee=...", NULL), err); /* folds to nothing */
	ck_assert(filter.q.is_void);
	close_world();
}
END_TEST

START_TEST(issue__beside_a_topic__is_what_is_in_both)
{
	open_world();
	int64_t key = fixture_issue(&f, trade.id).key;
	assert_ok(ask("issue=trade&cap=18", NULL), err);
	assert_key(filter.q.issues, key);
	assert_ok(ask("cap=1800", NULL), err);
	assert_key(filter.q.issues, key);
	assert_ok(ask("issue=core interests&cap=18", NULL), err);
	ck_assert(filter.q.is_void);
	assert_ok(ask("cap=!18", NULL), err);
	assert_key(filter.q.not_issues, key);
	assert_fails(ask("cap=99", NULL), err, ERR_VALUE);
	ck_assert_str_eq(err.field, "cap");
	close_world();
}
END_TEST

START_TEST(terms__excluded__leave_the_others_or_nothing)
{
	open_world();
	assert_ok(ask("position=!oppose", NULL), err);
	ck_assert_uint_eq(filter.q.positions,
			  ((1U << POSITION_COUNT) - 1) & ~(1U << POSITION_OPPOSE));
	assert_ok(ask("kind=direct&kind=!direct", NULL), err);
	ck_assert(filter.q.is_void);
	close_world();
}
END_TEST

START_TEST(pairs__of_speakers_and_issues__are_bounded)
{
	open_world();
	for (int i = 0; i < ISSUES; i++) {
		struct issue issue = {.cap_major = 5};
		struct actor actor = {.kind = ACTOR_PERSON};
		issue.id = issue.label = arena_printf(&f.arena, "issue-%d", i);
		actor.id = actor.name = arena_printf(&f.arena, "actor-%d", i);
		write_statement(&actor, &issue);
	}
	reader_return(r);
	r = fixture_reader(&f);
	struct buf b;
	buf_init(&b, 1 << 16);
	buf_add(&b, STR("cap=5"));
	for (int i = 0; i < ACTORS; i++)
		buf_printf(&b, "&speaker=actor-%d", i);
	buf_add_char(&b, '\0');
	assert_fails(ask(b.p, NULL), err, ERR_VALUE);
	ck_assert_str_eq(err.field, "speaker");
	ck_assert_msg(strstr(err.message, "30 speakers and 40 issues"), "%s", err.message);
	buf_release(&b);
	close_world();
}
END_TEST

START_TEST(interpretation_write__a_question__names_what_matched)
{
	struct buf out;
	open_world();
	assert_ok(ask("speaker=wang yi&said_from=2024-04-01&limit=3", NULL), err);
	buf_init(&out, 1 << 16);
	struct jw j = jw_into(&out);
	interpretation_write(&j, &in);
	assert_str(buf_str(&out),
		   "[{\"parameter\":\"speaker\",\"value\":\"wang yi\",\"not\":false,\"matched\":"
		   "[{\"id\":\"wang-yi\",\"name\":\"Wang Yi\",\"alias\":\"Wang Yi\"}]},"
		   "{\"parameter\":\"said_from\",\"value\":\"2024-04-01\",\"not\":false,"
		   "\"reading\":\"by the day it was said, where the text gives one\"}]");
	ck_assert_int_eq(filter.q.limit, 3);
	buf_release(&out);
	close_world();
}
END_TEST

/* --- each name once --- */

enum { ASKED_MAX = 200 };
static struct str asked[ASKED_MAX];
static int n_asked;

static void note_asked(struct str name)
{
	for (int i = 0; i < n_asked; i++)
		ck_assert_msg(!str_eq(asked[i], name), "\"%.*s\" is asked for twice",
			      STR_ARG(name));
	ck_assert_int_lt(n_asked, ASKED_MAX);
	asked[n_asked++] = name;
}

static int find_actors(void *context, struct str name, struct arena *a, struct actor_matches *out,
		       struct err *e)
{
	note_asked(name);
	return store_find_actors(context, name, a, out, e);
}

static int no_issues(void *context, struct str name, struct arena *a, struct issue_matches *out,
		     struct err *e)
{
	(void)context, (void)name, (void)a, (void)e;
	*out = (struct issue_matches){0};
	return 0;
}

START_TEST(lookup__names_of_a_phrase__are_asked_for_once)
{
	struct phrase p;
	open_world();
	n_asked = 0;
	struct name_source source = {.actors = find_actors, .issues = no_issues, .context = r};
	struct lookup names = lookup_in(source, &f.arena);
	assert_ok(phrase_read(STR("What did China and Wang Yi say to China, by CHINA and wang yi?"),
			      &names, (struct phrase_days){0, DAY_NONE}, &f.arena, &p, &err),
		  err);
	int before = n_asked;
	ck_assert_int_gt(before, 0);
	assert_ok(ask("speaker=China&speaker=Wang Yi&addressee=china&country=China", &names), err);
	ck_assert_int_eq(n_asked, before);
	/* A country narrows a copy: what was found for a speaker of the same name stays. */
	assert_ok(ask("country=Wang Yi&speaker=Wang Yi", &names), err);
	ck_assert(in.v[0].actors.n == 0 && in.v[1].actors.n == 1);
	close_world();
}
END_TEST

UNIT_MAIN("interpretation", speaker__a_country__is_asked_for_with_those_who_speak_for_it,
	  speaker__beside_a_country__must_be_of_it,
	  name__unknown__empties_the_answer_unless_others_are_asked_for_too,
	  issue__beside_a_topic__is_what_is_in_both, terms__excluded__leave_the_others_or_nothing,
	  pairs__of_speakers_and_issues__are_bounded,
	  interpretation_write__a_question__names_what_matched,
	  lookup__names_of_a_phrase__are_asked_for_once)
