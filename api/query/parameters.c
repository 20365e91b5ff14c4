/* The tables. What each parameter means stands in openapi.yaml. */
#include "api/query/parameters.h"

#include "api/query/value.h"
#include "db/edit.h"
#include "db/suggestion.h"

void statement_filter_init(struct statement_filter *f)
{
	*f = (struct statement_filter){0};
	f->q.said_after = f->q.said_before = f->q.published_after = f->q.published_before =
		DAY_NONE;
}

/* A row a parameter: clang-format would give each a line a member. */
/* clang-format off */

/* By use. `set` is a setter of value.h without its prefix, `at` where it writes. */
#define CONDITION(name, setter, at) {name, set_##setter, PARAM_CONDITION, 0, 0, at, 0, 0, NULL}
#define ANY_OF(name, setter, at)    {name, set_##setter, PARAM_CONDITION, 1, 0, at, 0, 0, NULL}
#define ANY_OR_NOT(name, setter, at, not) \
	{name, set_##setter, PARAM_CONDITION, 1, 1, at, not, 0, NULL}
#define TERMS(name, member, terms) \
	{name, set_terms, PARAM_CONDITION, 1, 1, IN(q.member), IN(not_##member), 0, &(terms)}
#define ONE_TERM(name, at, terms)   {name, set_term, PARAM_CONDITION, 0, 0, at, 0, 0, &(terms)}
#define DAY(name, at)               {name, set_day, PARAM_DAY, 0, 0, at, 0, 0, NULL}
#define NAME(name)                  {name, set_name, PARAM_NAME, 1, 1, 0, 0, 0, NULL}
#define ONE_NAME(name)              {name, set_name, PARAM_NAME, 0, 0, 0, 0, 0, NULL}
#define ABOUT                       {"about", set_words, PARAM_NAME, 1, 0, 0, 0, 0, NULL}
#define NUMBER(name, at, most)      {name, set_number, PARAM_PAGE, 0, 0, at, 0, most, NULL}
#define PHRASE  {"q", set_phrase, PARAM_PHRASE, 0, 0, 0, 0, 0, NULL}
#define MEMBERS CONDITION("members", members, 0)
#define STATEMENT_SORT {"sort", set_statement_sort, PARAM_ORDER, 0, 0, 0, 0, 0, NULL}
#define FIELDS  {"fields", set_fields, PARAM_PAGE, 1, 0, 0, 0, 0, NULL}
#define SORT    {"sort", set_sort, PARAM_ORDER, 0, 0, 0, 0, 0, NULL}
#define LIMIT   {"limit", set_limit, PARAM_PAGE, 0, 0, 0, 0, 0, NULL}
#define CURSOR  {"cursor", set_cursor, PARAM_PAGE, 0, 0, 0, 0, 0, NULL}

#define MARK(at) CONDITION("bom", bool, at)

#define IN(member)           offsetof(struct statement_filter, member)
#define IN_STATS(member)     offsetof(struct stats_filter, member)
#define IN_FACETS(member)    offsetof(struct facets_filter, member)
#define IN_CONTEXT(member)   offsetof(struct context_filter, member)
#define IN_FEED(member)      offsetof(struct feed_filter, member)
#define IN_SUGGEST(member)   offsetof(struct suggest_filter, member)
#define IN_CHANGES(member)   offsetof(struct changes_filter, member)
#define IN_NETWORK(member)   offsetof(struct network_filter, member)
#define IN_POSITIONS(member) offsetof(struct positions_filter, member)
#define IN_VERIFY(member)    offsetof(struct verify_filter, member)
#define IN_GRID(member)      offsetof(struct grid_query, member)
#define IN_ARTICLES(member)  offsetof(struct article_query, member)
#define IN_EDITS(member)     offsetof(struct edit_query, member)
#define IN_NAMES(member)     offsetof(struct name_query, member)

/* Conditions of which an answer about what is said over time and by whom leaves some out: positions
 * that are what it counts. */
#define WHO_AND_WHAT \
	NAME("speaker"), \
	ANY_OF("role", folded, IN(q.roles)), \
	NAME("country"), \
	NAME("issue"), \
	NAME("cap"), \
	ABOUT
#define POSITION TERMS("position", positions, terms_position)
#define SURE_OF_POSITION \
	CONDITION("min_position_confidence", confidence, IN(q.min_position_confidence))
#define REST \
	HOW_AND_WHEN, \
	TERMS("status", statuses, terms_status), \
	ONE_TERM("nested", IN(q.nested), terms_nested), \
	ONE_TERM("copies", IN(q.copies), terms_copies), \
	WHERE
/* Of what nobody has looked at. */
#define REST_OF_QUEUE HOW_AND_WHEN, WHERE
#define HOW_AND_WHEN \
	TERMS("act", acts, terms_act), \
	NAME("target"), \
	TERMS("target_position", target_positions, terms_position), \
	NAME("addressee"), \
	TERMS("kind", kinds, terms_statement_kind), \
	TERMS("polarity", polarities, terms_polarity), \
	DAY("said_from", IN(q.said_after)), \
	DAY("said_to", IN(q.said_before)), \
	DAY("published_from", IN(q.published_after)), \
	DAY("published_to", IN(q.published_before)), \
	ANY_OR_NOT("outlet", strs, IN(q.outlets), IN(q.not_outlets)), \
	ANY_OF("text", texts, IN(q.phrases)), \
	CONDITION("min_confidence", confidence, IN(q.min_confidence)), \
	CONDITION("min_stance_confidence", confidence, IN(q.min_stance_confidence)), \
	SURE_OF_POSITION
#define WHERE CONDITION("article", article, IN(q.article)), ANY_OF("id", ids, IN(q.ids)), MEMBERS

static const struct param_spec statements[] = {
	WHO_AND_WHAT,
	POSITION,
	REST,
	STATEMENT_SORT,
	FIELDS,
	LIMIT,
	CURSOR,
};

#define ROWS_MAX 1000000000

#define STATEMENTS_FILE \
	PHRASE, \
	WHO_AND_WHAT, \
	POSITION, \
	REST, \
	STATEMENT_SORT, \
	NUMBER("limit", offsetof(struct statements_file, limit), ROWS_MAX)

static const struct param_spec statements_csv[] = {
	STATEMENTS_FILE,
	MARK(offsetof(struct statements_file, with_mark)),
};
static const struct param_spec statements_ndjson[] = {STATEMENTS_FILE, FIELDS};

static const struct param_spec query[] = {
	PHRASE,
	WHO_AND_WHAT,
	POSITION,
	REST,
	STATEMENT_SORT,
	FIELDS,
	LIMIT,
	CURSOR,
};

/* A statement_filter stands first in the filters of these six: the offsets are the same. */
#define STATS \
	WHO_AND_WHAT, \
	POSITION, \
	REST, \
	ANY_OF("by", by, IN_STATS(by)), \
	CONDITION("interval", interval, IN_STATS(interval)), \
	CONDITION("dates", said, IN_STATS(by_said)), \
	CONDITION("fill", bool, IN_STATS(fills)), \
	CONDITION("shares", bool, IN_STATS(with_shares)), \
	CONDITION("open", bool, IN_STATS(with_open))

static const struct param_spec stats[] = {
	STATS,
	NUMBER("limit", IN_STATS(limit), 1000),
	NUMBER("budget_ms", IN_STATS(budget_ms), 10000),
};
static const struct param_spec stats_csv[] = {
	STATS,
	NUMBER("limit", IN_STATS(limit), COUNT_GROUPS_MAX),
	MARK(IN_STATS(with_mark)),
};
static const struct param_spec stats_ndjson[] = {
	STATS,
	NUMBER("limit", IN_STATS(limit), COUNT_GROUPS_MAX),
};

static const struct param_spec facets[] = {
	PHRASE,
	WHO_AND_WHAT,
	POSITION,
	REST,
	ANY_OF("by", facets, IN_FACETS(by)),
	CONDITION("open", bool, IN_FACETS(with_open)),
	NUMBER("limit", IN_FACETS(limit), 100),
	NUMBER("budget_ms", IN_FACETS(budget_ms), 10000),
};

static const struct param_spec suggest[] = {
	PHRASE,
	{"kind", set_terms, PARAM_CONDITION, 1, 0, IN_SUGGEST(what), IN_SUGGEST(not_what), 0,
	 &terms_suggested},
	NUMBER("limit", IN_SUGGEST(limit), 50),
	NUMBER("budget_ms", IN_SUGGEST(budget_ms), 10000),
};

static const struct param_spec outlets[] = {
	LIMIT,
	CURSOR,
};

static const struct param_spec context[] = {
	{"sentences", set_number_or_none, PARAM_CONDITION, 0, 0, IN_CONTEXT(sentences), 0, 20,
	 NULL},
};

#define FEED \
	PHRASE, \
	WHO_AND_WHAT, \
	POSITION, \
	REST, \
	{"since", set_since, PARAM_PAGE, 0, 0, offsetof(struct feed_filter, after), 0, 0, NULL}

static const struct param_spec feed[] = {FEED, FIELDS, LIMIT};
static const struct param_spec feed_file[] = {FEED, LIMIT};

static const struct param_spec changes[] = {
	WHO_AND_WHAT,
	REST,
	NUMBER("articles", IN_CHANGES(articles), 20),
	CONDITION("open", bool, IN_CHANGES(with_open)),
	NUMBER("limit", IN_CHANGES(limit), 200),
};

static const struct param_spec network[] = {
	WHO_AND_WHAT,
	POSITION,
	REST,
	ONE_TERM("mode", IN_NETWORK(n.mode), terms_network_mode),
	ONE_TERM("agreement", IN_NETWORK(n.agreement), terms_agreement),
	ONE_TERM("normalization", IN_NETWORK(n.normalization), terms_normalization),
	ONE_TERM("duplicates", IN_NETWORK(n.duplicates), terms_duplicates),
	{"actor_kind", set_terms, PARAM_CONDITION, 1, 1, IN_NETWORK(n.actor_kinds),
	 IN_NETWORK(not_actor_kinds), 0, &terms_actor_kind},
	CONDITION("fold", bool, IN_NETWORK(n.folds)),
	CONDITION("open", bool, IN_NETWORK(n.with_open)),
	CONDITION("isolates", bool, IN_NETWORK(n.with_isolates)),
	CONDITION("min_weight", weight, IN_NETWORK(n.min_weight)),
	NUMBER("nodes", IN_NETWORK(nodes), NETWORK_NODES_MAX),
	NUMBER("limit", IN_NETWORK(limit), NETWORK_EDGES_MAX),
};

static const struct param_spec embed_matrix[] = {
	PHRASE,
	WHO_AND_WHAT,
	POSITION,
	REST,
	CONDITION("fold", bool, IN_NETWORK(n.folds)),
	CONDITION("open", bool, IN_NETWORK(n.with_open)),
	NUMBER("actors", offsetof(struct matrix_filter, actors), 100),
	NUMBER("issues", offsetof(struct matrix_filter, issues), 50),
};

static const struct param_spec positions[] = {
	WHO_AND_WHAT,
	REST,
	CONDITION("interval", interval, IN_POSITIONS(interval)),
	NUMBER("articles", IN_POSITIONS(articles), 20),
	CONDITION("open", bool, IN_POSITIONS(with_open)),
	NUMBER("limit", IN_POSITIONS(limit), 200),
};

static const struct param_spec verify[] = {
	{"text", set_phrase, PARAM_PHRASE, 0, 0, 0, 0, 0, NULL},
	NAME("speaker"),
	DAY("published_from", IN(q.published_after)),
	DAY("published_to", IN(q.published_before)),
	ONE_TERM("copies", IN(q.copies), terms_copies),
	MEMBERS,
	NUMBER("limit", IN_VERIFY(limit), 50),
};

#define TWO_SIDES \
	ONE_NAME("a"), \
	ONE_NAME("b"), \
	DAY("published_from", IN_GRID(published_after)), \
	DAY("published_to", IN_GRID(published_before)), \
	ONE_TERM("copies", IN_GRID(copies), terms_copies), \
	CONDITION("min_confidence", confidence, IN_GRID(min_confidence)), \
	CONDITION("min_stance_confidence", confidence, IN_GRID(min_stance_confidence)), \
	CONDITION("min_position_confidence", confidence, IN_GRID(min_position_confidence)), \
	CONDITION("open", bool, IN_GRID(with_open))

#define GRID \
	TWO_SIDES, \
	CONDITION("silences", bool, IN_GRID(only_silences)), \
	MEMBERS

static const struct param_spec grid[] = {
	GRID,
	NUMBER("limit", IN_GRID(limit), 200),
};
static const struct param_spec grid_csv[] = {
	GRID,
	NUMBER("limit", IN_GRID(limit), 10000),
	MARK(offsetof(struct grid_file, with_mark)),
};
static const struct param_spec grid_ndjson[] = {
	GRID,
	NUMBER("limit", IN_GRID(limit), 10000),
};

static const struct param_spec silences[] = {
	TWO_SIDES,
	MEMBERS,
	NUMBER("limit", IN_GRID(limit), 200),
};

#define ARTICLES \
	DAY("published_from", IN_ARTICLES(published_after)), \
	DAY("published_to", IN_ARTICLES(published_before)), \
	ANY_OF("outlet", strs, IN_ARTICLES(outlets)), \
	CONDITION("title", name_text, IN_ARTICLES(title)), \
	CONDITION("url", lower, IN_ARTICLES(url)), \
	ANY_OF("text", texts, IN_ARTICLES(phrases)), \
	COPIES_OF_ARTICLES, \
	SORT
#define COPIES_OF_ARTICLES \
	CONDITION("group", article, IN_ARTICLES(group)), \
	ONE_TERM("copies", IN_ARTICLES(copies), terms_copies)

static const struct param_spec articles[] = {
	ARTICLES,
	LIMIT,
	CURSOR,
};
static const struct param_spec articles_csv[] = {
	ARTICLES,
	NUMBER("limit", IN_ARTICLES(limit), ROWS_MAX),
	MARK(offsetof(struct articles_file, with_mark)),
};
static const struct param_spec articles_ndjson[] = {
	ARTICLES,
	NUMBER("limit", IN_ARTICLES(limit), ROWS_MAX),
};

static const struct param_spec article_statements[] = {
	LIMIT,
	CURSOR,
};

#define ACTORS \
	CONDITION("name", name_text, IN_NAMES(text)), \
	CONDITION("kind", actor_kind, IN_NAMES(kind)), \
	CONDITION("country", country_code, IN_NAMES(country)), \
	CONDITION("with_statements", bool, IN_NAMES(with_statements))
#define ISSUES \
	CONDITION("name", name_text, IN_NAMES(text)), \
	CONDITION("with_statements", bool, IN_NAMES(with_statements))
#define NAMES_LIMIT NUMBER("limit", IN_NAMES(limit), ROWS_MAX)
#define NAMES_MARK  MARK(offsetof(struct names_file, with_mark))

static const struct param_spec actors[] = {ACTORS, LIMIT, CURSOR};
static const struct param_spec actors_csv[] = {ACTORS, NAMES_LIMIT, NAMES_MARK};
static const struct param_spec actors_ndjson[] = {ACTORS, NAMES_LIMIT};
static const struct param_spec issues[] = {ISSUES, LIMIT, CURSOR};
static const struct param_spec issues_csv[] = {ISSUES, NAMES_LIMIT, NAMES_MARK};
static const struct param_spec issues_ndjson[] = {ISSUES, NAMES_LIMIT};

static const char *const queue_words[] = {"both", "doubt", "use"};
const struct terms terms_queue_order = {"order", queue_words, 3};

static const struct param_spec queue[] = {
	WHO_AND_WHAT,
	POSITION,
	REST_OF_QUEUE,
	ONE_TERM("by", offsetof(struct queue_filter, by), terms_queue_order),
	NUMBER("limit", offsetof(struct queue_filter, limit), 200),
};

static const struct param_spec edits[] = {
	CONDITION("statement", id, IN_EDITS(statement)),
	CONDITION("batch", id, IN_EDITS(batch)),
	CONDITION("actor", str, IN_EDITS(actor)),
	CONDITION("issue", str, IN_EDITS(issue)),
	CONDITION("who", str, IN_EDITS(who)),
	CONDITION("labels", bool, IN_EDITS(only_labels)),
	CONDITION("orphans", bool, IN_EDITS(only_orphans)),
	LIMIT,
	CURSOR,
};

static const struct param_spec undo[] = {
	CONDITION("together", bool, offsetof(struct undo_filter, together)),
};

static const struct param_spec delete[] = {
	CONDITION("purge", bool, offsetof(struct delete_filter, purges)),
};

static const struct param_spec post[] = {
	CONDITION("later", bool, offsetof(struct post_filter, is_later)),
};

static const struct param_spec keys[] = {
	LIMIT,
	CURSOR,
};

#define TABLE_OF(method, path, rows) {method, path, rows, sizeof rows / sizeof rows[0]}
#define TABLE(path, rows) TABLE_OF("get", path, rows)
const struct param_table params_statements = TABLE("/v1/statements", statements);
const struct param_table params_query = TABLE("/v1/query", query);
const struct param_table params_stats = TABLE("/v1/stats", stats);
const struct param_table params_facets = TABLE("/v1/facets", facets);
const struct param_table params_suggest = TABLE("/v1/suggest", suggest);
const struct param_table params_outlets = TABLE("/v1/outlets", outlets);
const struct param_table params_context = TABLE("/v1/statements/{id}/context", context);
const struct param_table params_feed = TABLE("/v1/feed", feed);
const struct param_table params_feed_atom = TABLE("/v1/feed.atom", feed_file);
const struct param_table params_feed_json = TABLE("/v1/feed.json", feed_file);
const struct param_table params_changes = TABLE("/v1/changes", changes);
const struct param_table params_grid = TABLE("/v1/grid", grid);
const struct param_table params_network = TABLE("/v1/network", network);
const struct param_table params_embed_matrix = TABLE("/embed/matrix", embed_matrix);
const struct param_table params_positions = TABLE("/v1/positions", positions);
const struct param_table params_silences = TABLE("/v1/silences", silences);
const struct param_table params_verify = TABLE("/v1/verify", verify);
const struct param_table params_queue = TABLE("/v1/queue", queue);
const struct param_table params_edits = TABLE("/v1/edits", edits);
const struct param_table params_keys = TABLE("/v1/keys", keys);
const struct param_table params_undo = TABLE_OF("post", "/v1/edits/{id}/undo", undo);
const struct param_table params_delete = TABLE_OF("delete", "/v1/articles/{id}", delete);
const struct param_table params_post = TABLE_OF("post", "/v1/articles", post);
const struct param_table params_batch = TABLE_OF("post", "/v1/articles/batch", post);
const struct param_table params_articles = TABLE("/v1/articles", articles);
const struct param_table params_article_statements =
	TABLE("/v1/articles/{id}/statements", article_statements);
const struct param_table params_actors = TABLE("/v1/actors", actors);
const struct param_table params_issues = TABLE("/v1/issues", issues);
const struct param_table params_statements_csv = TABLE("/v1/statements.csv", statements_csv);
const struct param_table params_statements_ndjson =
	TABLE("/v1/statements.ndjson", statements_ndjson);
const struct param_table params_articles_csv = TABLE("/v1/articles.csv", articles_csv);
const struct param_table params_articles_ndjson = TABLE("/v1/articles.ndjson", articles_ndjson);
const struct param_table params_actors_csv = TABLE("/v1/actors.csv", actors_csv);
const struct param_table params_actors_ndjson = TABLE("/v1/actors.ndjson", actors_ndjson);
const struct param_table params_issues_csv = TABLE("/v1/issues.csv", issues_csv);
const struct param_table params_issues_ndjson = TABLE("/v1/issues.ndjson", issues_ndjson);
const struct param_table params_stats_csv = TABLE("/v1/stats.csv", stats_csv);
const struct param_table params_stats_ndjson = TABLE("/v1/stats.ndjson", stats_ndjson);
const struct param_table params_grid_csv = TABLE("/v1/grid.csv", grid_csv);
const struct param_table params_grid_ndjson = TABLE("/v1/grid.ndjson", grid_ndjson);
/* clang-format on */

const struct param_table *const params_all[] = {
	&params_statements,
	&params_query,
	&params_articles,
	&params_article_statements,
	&params_actors,
	&params_issues,
	&params_stats,
	&params_facets,
	&params_suggest,
	&params_outlets,
	&params_context,
	&params_feed,
	&params_feed_atom,
	&params_feed_json,
	&params_changes,
	&params_grid,
	&params_network,
	&params_embed_matrix,
	&params_positions,
	&params_silences,
	&params_verify,
	&params_queue,
	&params_edits,
	&params_undo,
	&params_keys,
	&params_delete,
	&params_post,
	&params_batch,
	&params_statements_csv,
	&params_statements_ndjson,
	&params_articles_csv,
	&params_articles_ndjson,
	&params_actors_csv,
	&params_actors_ndjson,
	&params_issues_csv,
	&params_issues_ndjson,
	&params_stats_csv,
	&params_stats_ndjson,
	&params_grid_csv,
	&params_grid_ndjson,
	NULL,
};
