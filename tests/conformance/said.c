/* Statements that differ in speaker, issue and position. */
#include "tests/conformance/said.h"

const struct actor blinken = ACTOR("antony-blinken", "Antony Blinken", PERSON, "USA");
const struct issue taiwan = {.id = {"taiwan", 6}, .label = {"Taiwan", 6}};

void said_open(struct fixture *f)
{
	static const struct actor actors[] = {ACTOR("CHN", "China", COUNTRY, "CHN"),
					      ACTOR("USA", "U.S.", COUNTRY, "USA")};
	static const struct issue issues[] = {
		{.id = {"core-interests", 14}, .label = {"core interests", 14}},
		{.id = {"taiwan", 6}, .label = {"Taiwan", 6}}};
	struct knowledge k = {.actors = actors, .n_actors = 2, .issues = issues, .n_issues = 2};
	fixture_open(f);
	assert_ok(store_seed(f->store, &k, &f->e), f->e);
}

int64_t said_write(struct fixture *f, const char *day, const struct said *said, size_t n,
		   const struct actor *target)
{
	static int number;
	struct statement v[32];
	struct issue_hit hits[32];
	for (size_t i = 0; i < n; i++) {
		hits[i] = (struct issue_hit){
			.issue = said[i].issue, .score = 0.5F, .position = said[i].position};
		v[i] = plain_statement(STR("something"), said[i].speaker);
		v[i].issues = &hits[i];
		v[i].n_issues = said[i].issue ? 1 : 0;
		v[i].stance.position = said[i].position;
		v[i].stance.target = target;
	}
	struct str text = arena_printf(&f->arena, "text %d", number++);
	struct write w = made_article(text, str_of(day), v, n);
	return fixture_write(f, &w);
}

int64_t said_write_pairs(struct fixture *f, const char *day)
{
	const struct issue_hit both[] = {
		{.issue = &core, .position = POSITION_SUPPORT, .position_confidence = 0.9F},
		{.issue = &taiwan, .position = POSITION_OPPOSE, .position_confidence = 0.6F}};
	const struct issue_hit none = {.issue = &taiwan, .position = POSITION_NONE};
	struct statement v[] = {plain_statement(STR("both"), &wang),
				plain_statement(STR("none"), &wang)};
	v[0].issues = both;
	v[0].n_issues = 2;
	v[1].issues = &none;
	v[1].n_issues = 1;
	struct write w = made_article(str_of(day), str_of(day), v, 2);
	return fixture_write(f, &w);
}
