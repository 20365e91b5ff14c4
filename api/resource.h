/* What the resources share: links, ids in paths, pages. One file a resource beside this. */
#ifndef DEMARCHE_API_RESOURCE_H
#define DEMARCHE_API_RESOURCE_H

#include "api/format/json_write.h"
#include "api/handlers.h"
#include "api/query/question.h"
#include "db/store.h"

/* For a resource that takes no parameters: 0, or -1 with the error of the first. */
int params_none(const struct request *rq, struct err *e) MUST_CHECK;
/* The id of the path's first part, of an "article" or a "statement"; ERR_NOT_FOUND when it is no
 * number, since no such thing can be there. */
int path_id(const struct request *rq, const char *noun, int64_t *id, struct err *e) MUST_CHECK;
/* "../../v1/statements?<query>" as seen from the request's URL. p is NULL: the arena is full. */
struct str relative_link(const struct request *rq, struct str path, struct str query);
/* The reader for this request, or NULL with *e. */
struct reader *request_reader(const struct request *rq, struct err *e) MUST_CHECK;
/* A deadline for reading that starts now, for continuations: the writing has used up the request's
 * own. */
int64_t fresh_deadline(const struct request *rq);

/* When counting that began with the request has taken so long (now_monotonic_ns). */
int64_t counting_deadline(const struct request *rq, int ms);

/* Ends an answer to a reading request, whose JSON is complete: the newline, and a client may keep
 * it (304). */
void answer_end(struct response *rs);

/* An answer that was made of this reader's snapshot alone, by the request's target and Accept
 * header, and, but for DAY_NONE, by the day: it may be given again as long as these stay. To be
 * called when all was read. */
void answer_keep(struct response *rs, const struct reader *r, day_t day);

enum representation { AS_JSON, AS_CSV, AS_NDJSON, AS_NONE };
/* What the Accept header likes best of these, JSON without one; AS_NONE with *e. The answer says to
 * caches that it depends on the header. */
enum representation choose_representation(struct request *rq, struct response *rs, struct err *e);

/* Closes a list: "next" (null without a cursor), the object, the Link header, the newline. 0, or -1
 * with *e. */
int page_finish(struct request *rq, struct response *rs, const struct question *q, struct jw *j,
		struct str cursor, struct err *e) MUST_CHECK;
/* API_DONE, or API_ERROR when the body's buffer ran out. */
enum api_result finish(struct response *rs, struct err *e);

#endif
