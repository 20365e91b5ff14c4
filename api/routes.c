/* The routing table. Rows of one path stand together. */
#include "api/routes.h"

#include "api/handlers.h"

#define JSON_BODY   "application/json"
#define NDJSON_BODY "application/x-ndjson"
#define CSV	    "text/csv"
#define ALL_THREE   "application/json, text/csv, application/x-ndjson"

const struct route api_routes[] = {
	{METHOD_GET, "/", get_root, SCOPE_NONE, NULL, true, "application/json, text/html"},
	{METHOD_GET, "/dashboard/{file}", get_dashboard, SCOPE_NONE, NULL, true, "*"},
	{METHOD_GET, "/version", get_version, SCOPE_NONE, NULL, true, NULL},
	{METHOD_GET, "/openapi.yaml", get_document, SCOPE_NONE, NULL, true, "*"},
	{METHOD_GET, "/v1/articles", get_articles, SCOPE_READ, NULL, false, NULL},
	{METHOD_POST, "/v1/articles", post_article, SCOPE_WRITE, JSON_BODY, false, NULL},
	{METHOD_POST, "/v1/articles/batch", post_batch, SCOPE_WRITE, NDJSON_BODY, false,
	 NDJSON_BODY},
	{METHOD_GET, "/v1/articles/{id}", get_article, SCOPE_READ, NULL, false, NULL},
	{METHOD_DELETE, "/v1/articles/{id}", delete_article, SCOPE_WRITE, NULL, false, "*"},
	{METHOD_GET, "/v1/articles/{id}/statements", get_article_statements, SCOPE_READ, NULL,
	 false, NULL},
	{METHOD_POST, "/v1/extract", post_extract, SCOPE_READ, JSON_BODY, false, NULL},
	{METHOD_GET, "/v1/statements", get_statements, SCOPE_READ, NULL, false, ALL_THREE},
	{METHOD_GET, "/v1/statements/{id}", get_statement, SCOPE_READ, NULL, false, NULL},
	{METHOD_GET, "/v1/statements/{id}/explain", get_statement_explain, SCOPE_READ, NULL, false,
	 NULL},
	{METHOD_GET, "/v1/query", get_query, SCOPE_READ, NULL, false, ALL_THREE},
	{METHOD_GET, "/v1/actors", get_actors, SCOPE_READ, NULL, false, NULL},
	{METHOD_GET, "/v1/actors/{id}", get_actor, SCOPE_READ, NULL, false, NULL},
	{METHOD_GET, "/v1/issues", get_issues, SCOPE_READ, NULL, false, NULL},
	{METHOD_POST, "/v1/issues", post_issue, SCOPE_WRITE, JSON_BODY, false, NULL},
	{METHOD_GET, "/v1/issues/{id}", get_issue, SCOPE_READ, NULL, false, NULL},
	{METHOD_PUT, "/v1/issues/{id}", put_issue, SCOPE_WRITE, JSON_BODY, false, NULL},
	{METHOD_DELETE, "/v1/issues/{id}", delete_issue, SCOPE_WRITE, NULL, false, NULL},
	{METHOD_GET, "/v1/facets", get_facets, SCOPE_READ, NULL, false, NULL},
	{METHOD_GET, "/v1/suggest", get_suggest, SCOPE_READ, NULL, false, NULL},
	{METHOD_GET, "/v1/outlets", get_outlets, SCOPE_READ, NULL, false, NULL},
	{METHOD_GET, "/v1/stats", get_stats, SCOPE_READ, NULL, false, ALL_THREE},
	{METHOD_GET, "/v1/changes", get_changes, SCOPE_READ, NULL, false, NULL},
	{METHOD_GET, "/v1/grid", get_grid, SCOPE_READ, NULL, false, NULL},
	{METHOD_GET, "/v1/network", get_network, SCOPE_READ, NULL, false,
	 "application/json, text/csv, application/graphml+xml, application/gexf+xml"},
	{METHOD_GET, "/v1/positions", get_positions, SCOPE_READ, NULL, false, NULL},
	{METHOD_GET, "/v1/silences", get_silences, SCOPE_READ, NULL, false, NULL},
	{METHOD_GET, "/v1/verify", get_verify, SCOPE_READ, NULL, false, NULL},
	{METHOD_GET, "/v1/statements.csv", get_statements_file, SCOPE_READ, NULL, false, CSV},
	{METHOD_GET, "/v1/statements.ndjson", get_statements_file, SCOPE_READ, NULL, false,
	 NDJSON_BODY},
	{METHOD_GET, "/v1/articles.csv", get_articles_file, SCOPE_READ, NULL, false, CSV},
	{METHOD_GET, "/v1/articles.ndjson", get_articles_file, SCOPE_READ, NULL, false,
	 NDJSON_BODY},
	{METHOD_GET, "/v1/actors.csv", get_actors_file, SCOPE_READ, NULL, false, CSV},
	{METHOD_GET, "/v1/actors.ndjson", get_actors_file, SCOPE_READ, NULL, false, NDJSON_BODY},
	{METHOD_GET, "/v1/issues.csv", get_issues_file, SCOPE_READ, NULL, false, CSV},
	{METHOD_GET, "/v1/issues.ndjson", get_issues_file, SCOPE_READ, NULL, false, NDJSON_BODY},
	{METHOD_GET, "/v1/stats.csv", get_stats_file, SCOPE_READ, NULL, false, CSV},
	{METHOD_GET, "/v1/stats.ndjson", get_stats_file, SCOPE_READ, NULL, false, NDJSON_BODY},
	{METHOD_GET, "/v1/grid.csv", get_grid_file, SCOPE_READ, NULL, false, CSV},
	{METHOD_GET, "/v1/grid.ndjson", get_grid_file, SCOPE_READ, NULL, false, NDJSON_BODY},
	{METHOD_GET, "/v1/jobs", get_jobs, SCOPE_READ, NULL, false, NULL},
};
const size_t api_routes_count = sizeof api_routes / sizeof api_routes[0];
