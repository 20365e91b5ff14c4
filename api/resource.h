/* What the resources share: links, ids in paths, pages. One file a resource beside this. */
#ifndef DEMARCHE_API_RESOURCE_H
#define DEMARCHE_API_RESOURCE_H

#include "api/format/json_write.h"
#include "api/http.h"
#include "api/query/interpretation.h"
#include "db/store.h"

/* Handlers, one a row of the routing table. */
api_handler get_root, get_version, get_document;
api_handler post_article, post_batch, get_articles, get_article, delete_article,
	get_article_statements;
api_handler post_extract;
api_handler get_statements, get_statement, get_statement_explain, get_query;
api_handler get_actors, get_actor, get_issues, get_issue;
api_handler post_issue, put_issue, delete_issue, get_jobs;
api_handler get_stats, get_changes, get_grid;

/* The id of the path's first part; ERR_NOT_FOUND when it is no number, since no such thing can be
 * there. */
int path_id(const struct request *rq, const char *noun, int64_t *id, struct err *e) MUST_CHECK;
/* "../../v1/statements?<query>" as seen from the request's URL; p is NULL when the arena is full.
 */
struct str relative_link(const struct request *rq, struct str path, struct str query);
/* The reader for this request, or NULL with *e. */
struct reader *request_reader(const struct request *rq, struct err *e) MUST_CHECK;
/* A deadline for reading that starts now, for continuations: the writing has used up the request's
 * own. */
int64_t fresh_deadline(const struct request *rq);

/* Ends an answer to a reading request, whose JSON is complete: the newline, and a client may keep
 * it (304). */
void answer_end(struct response *rs);

enum representation { AS_JSON, AS_CSV, AS_NDJSON, AS_NONE };
/* What the Accept header likes best of these, JSON without one; AS_NONE with *e. Tells caches that
 * it depends on the header. */
enum representation choose_representation(struct request *rq, struct response *rs, struct err *e);

/* Closes a list: "next" (null without a cursor), the object, the Link header, the newline. 0, or -1
 * with *e. */
int page_finish(struct request *rq, struct response *rs, const struct question *q, struct jw *j,
		struct str cursor, struct err *e) MUST_CHECK;
/* API_DONE, or API_ERROR when the body's buffer ran out. */
enum api_result finish(struct response *rs, struct err *e);

/* Sets the response up as an export of all rows of `q`, page by page. */
int export_start(struct request *rq, struct response *rs, const struct statement_query *q,
		 bool as_csv, struct err *e) MUST_CHECK;

#endif
