/* The API's form of statements, actors, issues and articles, letter by letter. */
#include "api/format/json_statement.h"

#include "tests/unit/actor.h"
#include "tests/unit/unit.h"

static struct buf buf;

static struct buf *start(void)
{
	buf_release(&buf);
	buf_init(&buf, 1 << 20);
	return &buf;
}

START_TEST(statement_encode__unstored_and_bare__nulls)
{
	const struct statement s = {.content = STR("a \"b\"\n")};
	statement_encode(start(), &s);
	assert_str(
		buf_str(&buf),
		"{\"id\":null,\"article\":null,\"kind\":\"direct\",\"content\":\"a \\\"b\\\"\\n\","
		"\"spans\":{\"source\":[],\"cue\":[],\"content\":[],\"addressee\":[],\"time\":[],"
		"\"target\":[]},"
		"\"speaker\":null,\"addressee\":null,\"reported_by\":null,\"issues\":[],"
		"\"stance\":{\"position\":\"neutral\",\"act\":\"STATE\",\"target\":null,\"target_"
		"position\":null,"
		"\"intensity\":0,\"evidence\":[],\"confidence\":null},"
		"\"polarity\":\"affirmed\",\"modality\":\"actual\",\"said_on\":null,\"confidence\":"
		"0,\"status\":\"machine\",\"nested\":false,"
		"\"engine\":null}");
}
END_TEST

START_TEST(statement_encode__stored_and_full__every_member)
{
	static const struct span one[] = {{1, 2}}, two[] = {{3, 4}, {5, 6}};
	const struct actor wang = ACTOR("wang-yi", "Wang Yi", PERSON, "CHN");
	const struct actor usa = ACTOR("USA", "United States", COUNTRY, "USA");
	const struct issue issue = {.id = STR("core-interests"),
				    .label = STR("core interests"),
				    .kind = ISSUE_VALUE,
				    .cap_major = 19,
				    .cap_sub = 1900};
	const struct issue open = {
		.id = STR("x"), .label = STR("x"), .cap_major = 0, .is_open = true};
	const struct issue_hit hits[] = {
		{.issue = &issue,
		 .score = 0.95f,
		 .evidence = {one, 1},
		 .position = POSITION_OPPOSE,
		 .position_confidence = 0.62f,
		 .position_evidence = {two, 2}},
		{.issue = &open,
		 .score = 0.4f,
		 .position = POSITION_NONE,
		 .position_confidence = 0.9f},
		{.issue = &open, .score = 0.3f, .position = POSITION_CONCERN}};
	const struct statement s = {
		.id = 7,
		.article_id = 9,
		.article_title = STR("T"),
		.outlet = STR("O"),
		.published_at = STR("2024-04-26"),
		.kind = KIND_MIXED,
		.content = STR("c"),
		.spans = {.source = {one, 1}, .content = {two, 2}},
		.speaker = &wang,
		.speaker_via = VIA_TITLE_SURNAME,
		.speaker_role = STR("foreign minister"),
		.addressee = &usa,
		.issues = hits,
		.n_issues = 3,
		.stance = {.position = POSITION_OPPOSE,
			   .act = ACT_ACCUSE,
			   .target = &usa,
			   .target_position = POSITION_SUPPORT,
			   .intensity = -0.5f,
			   .evidence = {one, 1},
			   .confidence = 0.71f},
		.polarity = POLARITY_DENIED,
		.modality = MODALITY_FUTURE,
		.said_on = {.text = STR("Friday"), .date = STR("2024-04-26"), .rule = STR("r")},
		.confidence = 0.875f,
		.status = STATUS_EDITED,
		.is_nested = true,
		.engine = STR("0.1.0"),
	};
	statement_encode(start(), &s);
	assert_str(
		buf_str(&buf),
		"{\"id\":7,\"article\":9,\"article_title\":\"T\",\"article_url\":null,"
		"\"outlet\":\"O\",\"published_at\":\"2024-"
		"04-26\",\"article_group\":9,"
		"\"kind\":\"mixed\",\"content\":\"c\","
		"\"spans\":{\"source\":[[1,2]],\"cue\":[],\"content\":[[3,4],[5,6]],"
		"\"addressee\":[],\"time\":[],\"target\":[]}"
		","
		"\"speaker\":{\"id\":\"wang-yi\",\"name\":\"Wang "
		"Yi\",\"kind\":\"person\",\"country\":\"CHN\",\"via\":\"title+surname\","
		"\"role\":\"foreign minister\"},"
		"\"addressee\":{\"id\":\"USA\",\"name\":\"United "
		"States\",\"kind\":\"country\",\"country\":\"USA\"},\"reported_by\":null,"
		"\"issues\":[{\"id\":\"core-interests\",\"label\":\"core "
		"interests\",\"kind\":\"value\",\"cap\":1900,\"score\":0.95,\"evidence\":[[1,2]],"
		"\"position\":\"oppose\",\"position_confidence\":0.62,"
		"\"position_evidence\":[[3,4],[5,6]]},"
		"{\"id\":\"x\",\"label\":\"x\",\"kind\":\"measure\",\"cap\":null,\"score\":0.4,"
		"\"evidence\":[],\"position\":null,\"position_confidence\":null,"
		"\"position_evidence\":[]},"
		"{\"id\":\"x\",\"label\":\"x\",\"kind\":\"measure\",\"cap\":null,\"score\":0.3,"
		"\"evidence\":[],\"position\":\"concern\",\"position_confidence\":null,"
		"\"position_evidence\":[]}],"
		"\"stance\":{\"position\":\"oppose\",\"act\":\"ACCUSE\",\"target\":{\"id\":"
		"\"USA\",\"name\":\"United States\","
		"\"kind\":\"country\",\"country\":\"USA\"},\"target_position\":\"support\","
		"\"intensity\":-0.5,\"evidence\":[[1,"
		"2]],\"confidence\":0.71},"
		"\"polarity\":\"denied\",\"modality\":\"future\","
		"\"said_on\":{\"text\":\"Friday\",\"date\":\"2024-04-26\",\"precision\":\"day\","
		"\"rule\":\"r\"},"
		"\"confidence\":0.875,\"status\":\"edited\",\"nested\":true,\"engine\":\"0.1.0\"}");
}
END_TEST

START_TEST(statement_encode__no_position__null)
{
	const struct actor usa = ACTOR("USA", "United States", COUNTRY, "USA");
	const struct statement s = {.stance = {.position = POSITION_NONE,
					       .target = &usa,
					       .target_position = POSITION_NONE}};
	statement_encode(start(), &s);
	ck_assert(str_find(buf_str(&buf), STR("\"stance\":{\"position\":null,"), 0) != SIZE_MAX);
	ck_assert(str_find(buf_str(&buf), STR("\"target_position\":null,"), 0) != SIZE_MAX);
}
END_TEST

START_TEST(statement_encode__time_without_a_date__no_precision)
{
	const struct statement s = {.said_on = {.text = STR("recently")}};
	statement_encode(start(), &s);
	ck_assert(str_find(buf_str(&buf),
			   STR("\"said_on\":{\"text\":\"recently\",\"date\":null,\"precision\":"
			       "null,\"rule\":null}"),
			   0) != SIZE_MAX);
}
END_TEST

START_TEST(actor_write__open_role__null_days)
{
	const struct str aliases[] = {STR("Mr. Wang")};
	const struct role roles[] = {{STR("foreign minister"), STR("CHN"), 19564, DAY_NONE}};
	struct actor a = ACTOR("wang-yi", "Wang Yi", PERSON, "");
	a.aliases = (struct strs){aliases, 1};
	a.roles = roles;
	a.n_roles = 1;
	struct jw j = jw_into(start());
	actor_write(&j, &a);
	assert_str(buf_str(&buf),
		   "{\"id\":\"wang-yi\",\"name\":\"Wang "
		   "Yi\",\"kind\":\"person\",\"country\":null,\"wikidata\":null,\"aliases\":[\"Mr. "
		   "Wang\"],"
		   "\"roles\":[{\"title\":\"foreign "
		   "minister\",\"country\":\"CHN\",\"from\":\"2023-07-26\",\"to\":null}],"
		   "\"statement_count\":0,\"merged\":[],\"edit\":null}");
}
END_TEST

START_TEST(article_write__instants__before_and_after_the_epoch)
{
	static const struct {
		int64_t ms;
		const char *text;
	} cases[] = {{0, "1970-01-01T00:00:00.000Z"},
		     {-1, "1969-12-31T23:59:59.999Z"},
		     {1714123456789, "2024-04-26T09:24:16.789Z"},
		     {-86400000, "1969-12-31T00:00:00.000Z"}};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct article a = {.id = 1, .received_ms = cases[i].ms, .text = STR("t")};
		struct jw j = jw_into(start());
		article_write(&j, &a, i % 2);
		ck_assert_msg(str_find(buf_str(&buf), str_of(cases[i].text), 0) != SIZE_MAX, "%.*s",
			      STR_ARG(buf_str(&buf)));
		ck_assert_int_eq(str_find(buf_str(&buf), STR("\"text\":\"t\""), 0) != SIZE_MAX,
				 (int)(i % 2));
	}
}
END_TEST

UNIT_MAIN("json_statement", statement_encode__unstored_and_bare__nulls,
	  statement_encode__stored_and_full__every_member, statement_encode__no_position__null,
	  statement_encode__time_without_a_date__no_precision, actor_write__open_role__null_days,
	  article_write__instants__before_and_after_the_epoch)
