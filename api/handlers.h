/* The handlers, each defined in its resource's file: one a row of the routing table (routes.c). */
#ifndef DEMARCHE_API_HANDLERS_H
#define DEMARCHE_API_HANDLERS_H

#include "api/http.h"

api_handler get_root, get_version, get_document, get_document_json, get_document_page,
	get_dashboard;
api_handler post_article, post_batch, get_articles, get_article, delete_article,
	get_article_statements, post_article_statement;
api_handler post_extract;
api_handler get_statements, get_statement, patch_statement, get_statement_explain,
	get_statement_context, get_query;
api_handler get_actors, get_actor, post_actor, patch_actor, post_actor_merge, post_actor_split,
	get_outlets, get_suggest;
api_handler get_issues, get_issue, post_issue, put_issue, delete_issue, post_issue_merge;
api_handler get_edits, post_edits, post_edit_undo, post_edit_drop, post_edit_attach, get_queue;
api_handler get_facets, get_feed, get_feed_atom, get_feed_json, get_stats, get_changes, get_grid,
	get_network, get_positions, get_silences, get_verify;
/* As files, by their paths' endings. */
api_handler get_statements_file, get_articles_file, get_actors_file, get_issues_file,
	get_stats_file, get_grid_file;
api_handler get_article_annotations;
api_handler get_embed_matrix, get_embed_style;
api_handler get_keys, post_key, delete_key;
api_handler get_jobs;

#endif
