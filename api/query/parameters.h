/* The parameters that each resource takes, a table each, and the structs that they fill in. From
 * the tables derive parsing, error messages and the comparison with openapi.yaml. */
#ifndef DEMARCHE_API_QUERY_PARAMETERS_H
#define DEMARCHE_API_QUERY_PARAMETERS_H

#include "api/query/question.h"
#include "db/breakdown.h"
#include "db/feed.h"
#include "db/grid.h"
#include "db/network.h"
#include "db/store.h"

/* What is asked of statements. The names are set by interpretation.h. */
struct statement_filter {
	struct statement_query q;
	uint32_t not_kinds, not_positions, not_target_positions, not_acts, not_polarities,
		not_statuses;
};

/* The counting resources take the same conditions: their filters begin with the same struct. */
struct stats_filter {
	struct statement_filter of;
	unsigned by; /* 1u << enum counted */
	enum interval interval;
	bool with_open;
	bool by_said;	  /* over the days that were said, not of the articles */
	bool fills;	  /* with intervals of none */
	bool with_shares; /* of the group's statements and of all that are stored */
	int limit, budget_ms;
	bool with_mark; /* of a file */
};

struct facets_filter {
	struct statement_filter of;
	unsigned by; /* 1u << enum counted, 1u << BREAKDOWN_MONTH */
	bool with_open;
	int limit, budget_ms;
};

/* Of files: how many rows (0: all), and a byte order mark. */
struct statements_file {
	struct statement_filter of;
	int limit;
	bool with_mark;
};
struct articles_file {
	struct article_query q;
	bool with_mark;
};
struct names_file {
	struct name_query q;
	bool with_mark;
};
struct grid_file {
	struct grid_query q;
	bool with_mark;
};

struct suggest_filter {
	uint32_t what, not_what;
	int limit, budget_ms;
};

struct context_filter {
	int sentences;
};

struct feed_filter {
	struct statement_filter of;
	struct feed_place after;
};

struct changes_filter {
	struct statement_filter of;
	bool with_open;
	int articles, limit;
};

struct positions_filter {
	struct statement_filter of;
	enum interval interval;
	bool with_open;
	int articles, limit;
};

struct verify_filter {
	struct statement_filter of;
	int limit;
};

struct network_filter {
	struct statement_filter of;
	struct network_query n; /* without its question and bounds */
	uint32_t not_actor_kinds;
	int nodes, limit;
};

struct matrix_filter {
	struct network_filter net;
	int actors, issues;
};

enum queue_order { QUEUE_BOTH, QUEUE_DOUBT, QUEUE_USE };
extern const struct terms terms_queue_order;

struct queue_filter {
	struct statement_filter of;
	int by; /* enum queue_order */
	int limit;
};

struct undo_filter {
	bool together;
};

struct delete_filter {
	bool purges;
};

struct post_filter {
	bool is_later;
};

void statement_filter_init(struct statement_filter *f);

/* The filters of the others are db's: article_query, name_query (actors, issues), grid_query,
 * edit_query. */
extern const struct param_table params_statements, params_query, params_articles,
	params_article_statements, params_actors, params_issues, params_stats, params_changes,
	params_grid, params_facets, params_suggest, params_outlets, params_feed, params_feed_atom,
	params_feed_json, params_context, params_network, params_positions, params_silences,
	params_verify, params_queue, params_edits, params_undo, params_delete, params_post,
	params_batch, params_keys, params_embed_matrix;
/* Of the same as files, by their paths' endings. */
extern const struct param_table params_statements_csv, params_statements_ndjson,
	params_articles_csv, params_articles_ndjson, params_actors_csv, params_actors_ndjson,
	params_issues_csv, params_issues_ndjson, params_stats_csv, params_stats_ndjson,
	params_grid_csv, params_grid_ndjson;
extern const struct param_table *const params_all[]; /* ends in NULL */

#endif
