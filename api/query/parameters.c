/* The parameters of each resource and how each kind of value is read. */
#include <stdlib.h>
#include <string.h>

#include "api/query/interpretation.h"
#include "api/query/question.h"
#include "api/stats.h"
#include "base/fold.h"
#include "base/nearest.h"

static int bad(const struct condition *c, const char *right, struct err *e)
{
	return err_set(e, ERR_INPUT, c->spec->name, "\"%s\" is \"%.*s\", not %s", c->spec->name,
		       STR_ARG(str_clip(c->value)), right);
}

static void *at(struct question *q, size_t offset)
{
	return (char *)q->target + offset;
}

/* Names: looked up in the store when the whole question is known (question.c). */
int set_later(struct question *q, const struct condition *c, struct err *e)
{
	(void)q, (void)c, (void)e;
	return 0;
}

int set_limit(struct question *q, const struct condition *c, struct err *e)
{
	int64_t n;
	if (!str_to_i64(c->value, &n) || n < 1 || n > PAGE_LIMIT_MAX)
		return bad(c, "a number from 1 to 200", e);
	q->limit = (int)n;
	return 0;
}

int set_cursor(struct question *q, const struct condition *c, struct err *e)
{
	(void)e;
	q->cursor = c->value;
	return 0;
}

int set_sort(struct question *q, const struct condition *c, struct err *e)
{
	q->oldest_first = str_eq(c->value, STR("oldest"));
	return q->oldest_first || str_eq(c->value, STR("newest")) ? 0
								  : bad(c, "newest or oldest", e);
}

static int set_bool(const struct condition *c, bool *out, struct err *e)
{
	*out = str_eq(c->value, STR("true"));
	return *out || str_eq(c->value, STR("false")) ? 0 : bad(c, "true or false", e);
}

int set_members(struct question *q, const struct condition *c, struct err *e)
{
	bool with;
	if (set_bool(c, &with, e))
		return -1;
	q->alone = !with;
	return 0;
}

int set_with_statements(struct question *q, const struct condition *c, struct err *e)
{
	return set_bool(c, at(q, c->spec->at), e);
}

int set_phrase(struct question *q, const struct condition *c, struct err *e)
{
	(void)e;
	q->phrase = c->value;
	return 0;
}

int set_day(struct question *q, const struct condition *c, struct err *e)
{
	day_t *day = at(q, c->spec->at);
	return day_parse(c->value, day) && *day != DAY_NONE
		       ? 0
		       : bad(c, "a date such as 2024-04-26", e);
}

int set_terms(struct question *q, const struct condition *c, struct err *e)
{
	const struct terms *terms = c->spec->terms;
	int number = terms_find(terms, c->value);
	if (number < 0) {
		struct str near = terms_nearest(terms, c->value);
		char words[400];
		size_t n = 0;
		for (int i = 0; i < terms->count && !near.n; i++) {
			struct str w = terms_word(terms, i);
			if (n + w.n + 5 > sizeof words)
				break;
			struct str gap = i == 0			 ? STR_EMPTY
					 : i == terms->count - 1 ? STR(" or ")
								 : STR(", ");
			memcpy(words + n, gap.p, gap.n);
			memcpy(words + n + gap.n, w.p, w.n);
			n += gap.n + w.n;
		}
		if (near.n)
			return err_set(e, ERR_INPUT, c->spec->name,
				       "\"%s\" is \"%.*s\", did you mean \"%.*s\"?", c->spec->name,
				       STR_ARG(str_clip(c->value)), STR_ARG(near));
		return err_set(e, ERR_INPUT, c->spec->name, "\"%s\" is \"%.*s\", not %.*s",
			       c->spec->name, STR_ARG(str_clip(c->value)), (int)n, words);
	}
	uint32_t *bits = at(q, c->is_not ? c->spec->not_at : c->spec->at);
	*bits |= UINT32_C(1) << number;
	return 0;
}

static int append(struct question *q, size_t offset, struct str s, struct err *e)
{
	struct strs *list = at(q, offset);
	struct str *v = arena_array(q->arena, list->n + 1, sizeof *v);
	if (!v)
		return arena_full(e);
	if (list->n)
		memcpy(v, list->v, list->n * sizeof *v);
	v[list->n] = s;
	*list = (struct strs){v, list->n + 1};
	return 0;
}

int set_strs(struct question *q, const struct condition *c, struct err *e)
{
	return append(q, c->is_not ? c->spec->not_at : c->spec->at, c->value, e);
}

static int fold_value(struct question *q, const struct condition *c, struct str *folded,
		      struct err *e)
{
	*folded = str_fold(q->arena, c->value);
	if (!folded->p)
		return arena_full(e);
	return folded->n ? 0 : bad(c, "something with a letter or digit in it", e);
}

int set_folded(struct question *q, const struct condition *c, struct err *e)
{
	struct str folded;
	return fold_value(q, c, &folded, e) || append(q, c->spec->at, folded, e) ? -1 : 0;
}

int set_name_text(struct question *q, const struct condition *c, struct err *e)
{
	return fold_value(q, c, at(q, c->spec->at), e);
}

int set_texts(struct question *q, const struct condition *c, struct err *e)
{
	struct str folded;
	return fold_value(q, c, &folded, e) || append(q, c->spec->at, c->value, e) ? -1 : 0;
}

int set_confidence(struct question *q, const struct condition *c, struct err *e)
{
	char text[32], *end;
	bool is_plain = c->value.n < sizeof text;
	for (size_t i = 0; i < c->value.n && is_plain; i++)
		is_plain = (c->value.p[i] >= '0' && c->value.p[i] <= '9') || c->value.p[i] == '.';
	if (!is_plain)
		return bad(c, "a number from 0 to 1", e);
	memcpy(text, c->value.p, c->value.n);
	text[c->value.n] = '\0';
	float *out = at(q, c->spec->at);
	*out = strtof(text, &end);
	return *end == '\0' && end != text && *out >= 0 && *out <= 1
		       ? 0
		       : bad(c, "a number from 0 to 1", e);
}

int set_article(struct question *q, const struct condition *c, struct err *e)
{
	int64_t *id = at(q, c->spec->at);
	return str_to_i64(c->value, id) && *id > 0 ? 0 : bad(c, "an article's id", e);
}

int set_actor_kind(struct question *q, const struct condition *c, struct err *e)
{
	int *kind = at(q, c->spec->at);
	*kind = terms_find(&terms_actor_kind, c->value);
	return *kind >= 0 ? 0 : bad(c, "person, country, organization, group or anonymous", e);
}

int set_country_code(struct question *q, const struct condition *c, struct err *e)
{
	char *code = arena_alloc(q->arena, 4);
	if (!code)
		return arena_full(e);
	for (size_t i = 0; i < c->value.n; i++) {
		char letter = c->value.p[i];
		letter = (char)(letter >= 'a' && letter <= 'z' ? letter - 'a' + 'A' : letter);
		if (c->value.n != 3 || letter < 'A' || letter > 'Z')
			return bad(c, "an ISO 3166 code of three letters such as CHN", e);
		code[i] = letter;
	}
	struct str *out = at(q, c->spec->at);
	*out = (struct str){code, 3};
	return 0;
}

/* "speaker,position": bits of enum counted. */
int set_by(struct question *q, const struct condition *c, struct err *e)
{
	static const struct {
		const char *word;
		enum counted what;
	} words[] = {
#define X(name, word) {word, COUNTED_##name},
		COUNTED(X)
#undef X
	};
	unsigned *by = at(q, c->spec->at);
	struct str rest = c->value, word;
	while (str_split(&rest, ',', &word)) {
		unsigned found = 0;
		struct nearest near = nearest_start(str_trim(word));
		for (size_t i = 0; i < COUNTED_COUNT; i++) {
			nearest_try(&near, str_of(words[i].word));
			if (str_eq(str_trim(word), str_of(words[i].word)))
				found = 1U << words[i].what;
		}
		if (!found && near.best.n)
			return err_set(e, ERR_INPUT, "by",
				       "\"by\" has \"%.*s\", did you mean \"%.*s\"?",
				       STR_ARG(str_clip(word)), STR_ARG(near.best));
		if (!found)
			return err_set(e, ERR_INPUT, "by",
				       "\"by\" has \"%.*s\", not speaker, country, issue, target, "
				       "position, act, kind or polarity; "
				       "over time: interval=month",
				       STR_ARG(str_clip(word)));
		*by |= found;
	}
	return 0;
}

int set_interval(struct question *q, const struct condition *c, struct err *e)
{
	enum interval *interval = at(q, c->spec->at);
	*interval = str_eq(c->value, STR("day"))     ? INTERVAL_DAY
		    : str_eq(c->value, STR("month")) ? INTERVAL_MONTH
		    : str_eq(c->value, STR("year"))  ? INTERVAL_YEAR
						     : INTERVAL_NONE;
	return *interval ? 0 : bad(c, "day, month or year", e);
}

/* From 1 to the spec's not_at. */
int set_number(struct question *q, const struct condition *c, struct err *e)
{
	int64_t n;
	if (!str_to_i64(c->value, &n) || n < 1 || n > (int64_t)c->spec->not_at)
		return err_set(e, ERR_INPUT, c->spec->name,
			       "\"%s\" is \"%.*s\", not a number from 1 to %zu", c->spec->name,
			       STR_ARG(str_clip(c->value)), c->spec->not_at);
	*(int *)at(q, c->spec->at) = (int)n;
	return 0;
}

#define IN(member) offsetof(struct statement_ask, member)
#define NAME(name, help)                                                                           \
	{                                                                                          \
		name, set_later, true, true, 0, 0, NULL, help                                      \
	}
#define TERMS(name, member, vocabulary, help)                                                      \
	{                                                                                          \
		name, set_terms, true, true, IN(q.member), IN(not_##member), &(vocabulary), help   \
	}
#define DAY(name, where, help)                                                                     \
	{                                                                                          \
		name, set_day, false, false, where, 0, NULL, help                                  \
	}
#define LIMIT                                                                                      \
	{                                                                                          \
		"limit", set_limit, false, false, 0, 0, NULL,                                      \
			"rows a page, 1 to 200; 50 unless given"                                   \
	}
#define CURSOR                                                                                     \
	{                                                                                          \
		"cursor", set_cursor, false, false, 0, 0, NULL,                                    \
			"where the next page starts: \"next\" of the page before"                  \
	}
#define SORT                                                                                       \
	{                                                                                          \
		"sort", set_sort, false, false, 0, 0, NULL,                                        \
			"newest first, as unless given, or oldest, by the article's date"          \
	}
#define MEMBERS                                                                                    \
	{                                                                                          \
		"members", set_members, false, false, 0, 0, NULL,                                  \
			"true, as unless given: a speaker that is a country or organization "      \
			"includes those who speak for it"                                          \
	}
#define TABLE(name, path)                                                                          \
	const struct param_table params_##name = {path, name##_specs,                              \
						  sizeof name##_specs / sizeof name##_specs[0]}

/* Conditions of which an answer about what is said over time and by whom leaves some out: positions
 * that are what it counts. */
#define WHO_AND_WHAT                                                                               \
	NAME("speaker", "who said it: an actor's id or any of its names"),                         \
		{"role",      set_folded, true, false,                                             \
		 IN(q.roles), 0,	  NULL, "part of the speaker's role: foreign minister"},   \
		NAME("country", "the speaker's country: a code of three letters or a name"),       \
		NAME("issue", "what it is about: an issue's id, label or one of its terms"),       \
		NAME("cap",                                                                        \
		     "a topic of the Comparative Agendas Project: 1 to 31 major, 100 to 3199 sub")
#define POSITION                                                                                   \
	TERMS("position", positions, terms_position, "the speaker's position towards the issues")
#define REST                                                                                       \
	TERMS("act", acts, terms_act, "what the speaker does by saying it"),                       \
		NAME("target", "towards whom the stance is"),                                      \
		NAME("addressee", "to whom it was said"),                                          \
		TERMS("kind", kinds, terms_statement_kind, "direct, indirect or mixed"),           \
		TERMS("polarity", polarities, terms_polarity, "affirmed or denied"),               \
		DAY("said_after", IN(q.said_after), "said on this day or later"),                  \
		DAY("said_before", IN(q.said_before), "said on this day or earlier"),              \
		DAY("published_after", IN(q.published_after),                                      \
		    "in an article of this day or later"),                                         \
		DAY("published_before", IN(q.published_before),                                    \
		    "in an article of this day or earlier"),                                       \
		{"outlet",	set_strs,	   true, true,                                     \
		 IN(q.outlets), IN(q.not_outlets), NULL, "the article's outlet, exactly"},         \
		{"text",	set_texts,                                                         \
		 true,		false,                                                             \
		 IN(q.phrases), 0,                                                                 \
		 NULL,		"words in this order in the content; given again: all of them"},   \
		{"min_confidence", set_confidence, false, false, IN(q.min_confidence), 0, NULL,    \
		 "from 0 to 1"},                                                                   \
		{"min_stance_confidence",                                                          \
		 set_confidence,                                                                   \
		 false,                                                                            \
		 false,                                                                            \
		 IN(q.min_stance_confidence),                                                      \
		 0,                                                                                \
		 NULL,                                                                             \
		 "from 0 to 1"},                                                                   \
		TERMS("status", statuses, terms_status, "machine, confirmed, edited or rejected"), \
		{"article", set_article, false, false, IN(q.article), 0, NULL, "an article's id"}, \
		MEMBERS

static const struct param_spec statements_specs[] = {WHO_AND_WHAT, POSITION, REST,
						     SORT,	   LIMIT,    CURSOR};
TABLE(statements, "/v1/statements");

static const struct param_spec query_specs[] = {
	{"q", set_phrase, false, false, 0, 0, NULL,
	 "a phrase: all statements by Wang Yi about core interests"},
	MEMBERS,
	SORT,
	LIMIT,
	CURSOR,
};
TABLE(query, "/v1/query");

/* A statement_ask stands first in the targets of these two: the offsets are the same. */
static const struct param_spec stats_specs[] = {
	WHO_AND_WHAT,
	POSITION,
	REST,
	{"by", set_by, true, false, offsetof(struct stats_ask, by), 0, NULL,
	 "what to count by: speaker, country, issue, target, position, act, kind, polarity; "
	 "several divided by commas"},
	{"interval", set_interval, false, false, offsetof(struct stats_ask, interval), 0, NULL,
	 "day, month or year"},
	{"open", set_with_statements, false, false, offsetof(struct stats_ask, with_open), 0, NULL,
	 "true: by issue, those that were found as noun phrases as well"},
	{"limit", set_number, false, false, offsetof(struct stats_ask, limit), 1000, NULL,
	 "groups told, 1 to 1000; 100 unless given"},
};
TABLE(stats, "/v1/stats");

static const struct param_spec changes_specs[] = {
	WHO_AND_WHAT,
	REST,
	{"articles", set_number, false, false, offsetof(struct changes_ask, articles), 20, NULL,
	 "in a row that a position takes to hold, 1 to 20; 2 unless given"},
	{"limit", set_number, false, false, offsetof(struct changes_ask, limit), 200, NULL,
	 "changes told, the newest, 1 to 200; 50 unless given"},
};
TABLE(changes, "/v1/changes");

#define SIDE(name)                                                                                 \
	{                                                                                          \
		name, set_later, false, false, 0, 0, NULL,                                         \
			"one of the two: an actor's id or any of its names"                        \
	}
static const struct param_spec grid_specs[] = {
	SIDE("a"),
	SIDE("b"),
	DAY("published_after", offsetof(struct grid_query, published_after),
	    "in an article of this day or later"),
	DAY("published_before", offsetof(struct grid_query, published_before),
	    "in an article of this day or earlier"),
	{"min_confidence", set_confidence, false, false,
	 offsetof(struct grid_query, min_confidence), 0, NULL, "from 0 to 1"},
	{"min_stance_confidence", set_confidence, false, false,
	 offsetof(struct grid_query, min_stance_confidence), 0, NULL, "from 0 to 1"},
	{"open", set_with_statements, false, false, offsetof(struct grid_query, with_open), 0, NULL,
	 "true: issues that were found as noun phrases as well"},
	{"silences", set_with_statements, false, false, offsetof(struct grid_query, only_silences),
	 0, NULL, "true: only issues that one of the two alone raises"},
	MEMBERS,
	{"limit", set_number, false, false, offsetof(struct grid_query, limit), 200, NULL,
	 "issues told, 1 to 200; 50 unless given"},
};
TABLE(grid, "/v1/grid");

static const struct param_spec articles_specs[] = {
	DAY("published_after", offsetof(struct article_query, published_after),
	    "of this day or later"),
	DAY("published_before", offsetof(struct article_query, published_before),
	    "of this day or earlier"),
	{"outlet", set_strs, true, false, offsetof(struct article_query, outlets), 0, NULL,
	 "the outlet, exactly"},
	SORT,
	LIMIT,
	CURSOR,
};
TABLE(articles, "/v1/articles");

static const struct param_spec article_statements_specs[] = {LIMIT, CURSOR};
TABLE(article_statements, "/v1/articles/{id}/statements");

#define WITH_STATEMENTS                                                                            \
	{                                                                                          \
		"with_statements", set_with_statements, false, false,                              \
			offsetof(struct name_query, with_statements), 0, NULL,                     \
			"true: only those that some statement names"                               \
	}

static const struct param_spec actors_specs[] = {
	{"name", set_name_text, false, false, offsetof(struct name_query, text), 0, NULL,
	 "a name or alias, or how a word of one begins"},
	{"kind", set_actor_kind, false, false, offsetof(struct name_query, kind), 0, NULL,
	 "person, country, organization, group, anonymous"},
	{"country", set_country_code, false, false, offsetof(struct name_query, country), 0, NULL,
	 "a code of three letters"},
	WITH_STATEMENTS,
	LIMIT,
	CURSOR,
};
TABLE(actors, "/v1/actors");

static const struct param_spec issues_specs[] = {
	{"name", set_name_text, false, false, offsetof(struct name_query, text), 0, NULL,
	 "a label or term, or how a word of one begins"},
	WITH_STATEMENTS,
	LIMIT,
	CURSOR,
};
TABLE(issues, "/v1/issues");

const struct param_table *const params_all[] = {&params_statements, &params_query,
						&params_articles,   &params_article_statements,
						&params_actors,	    &params_issues,
						&params_stats,	    &params_changes,
						&params_grid,	    NULL};
