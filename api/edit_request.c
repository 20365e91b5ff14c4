/* Preconditions and writes. */
#include "api/edit_request.h"

#include "api/issue_registry.h"
#include "api/jobs.h"

int if_match_read(const struct request *rq, int64_t *version, struct err *e)
{
	struct str tag = str_trim(rq->if_match);
	*version = -1;
	if (!tag.n || str_eq(tag, STR("*")))
		return 0;
	if (str_starts(tag, STR("W/")))
		tag = str_sub(tag, 2, tag.n);
	size_t end = str_find(tag, STR("-"), 0);
	struct str number = str_sub(tag, 1, end < tag.n ? end : tag.n - (tag.n > 1));
	if (tag.n > 2 && tag.p[0] == '"' && tag.p[tag.n - 1] == '"' &&
	    str_to_i64(number, version) && *version >= 0)
		return 0;
	return err_set(e, ERR_VALUE, "If-Match",
		       "\"If-Match\" takes one tag as ETag gives it, or a version in quotation "
		       "marks");
}

/* Is there room for what it says of actors? */
static int check_room(struct request *rq, const struct edit_write *w, struct err *e)
{
	if (w->action == EDIT_UNDO)
		return 0;
	struct issue_set *now = issue_registry_take(rq->api->issues);
	int rc = actor_set_check_room(now->actors, &w->actor, e) ||
				 (w->remains && actor_set_check_room(now->actors, w->remains, e))
			 ? -1
			 : 0;
	issue_set_release(now);
	return rc;
}

/* The actors that the engine knows follow from what is stored: a failure after the write leaves
 * them behind until the next change, or until stored articles are read again, which must wait for
 * them. */
static int submit_of_actors(struct request *rq, struct edit_write *w, struct err *e)
{
	struct write *v = &w->write;
	struct err late = {0};
	struct issue_registry *s = rq->api->issues;
	issue_registry_lock(s);
	int rc = issue_registry_follow(rq->api, e) || check_room(rq, w, e) ||
				 store_write_all(rq->api->store, &v, 1, e)
			 ? -1
			 : 0;
	if (rc == 0 && issue_registry_follow(rq->api, &late))
		issue_registry_wake(s);
	issue_registry_unlock(s);
	return rc;
}

int edit_submit(struct request *rq, struct edit_write *w, struct err *e)
{
	struct write *v = &w->write;
	w->write.op = WRITE_EDIT;
	w->who = rq->who;
	bool is_of_actors = w->action == EDIT_ADD_ACTOR || w->action == EDIT_CHANGE_ACTOR ||
			    w->action == EDIT_UNDO;
	if (is_of_actors && rq->api->issues)
		return submit_of_actors(rq, w, e);
	return store_write_all(rq->api->store, &v, 1, e);
}

void edit_made_members(struct request *rq, struct jw *j, const struct edit_write *w)
{
	struct store_stats stats = store_stats(rq->api->store);
	JW_MEMBER(j, "edit", w->edit);
	JW_MEMBER(j, "edits", (int64_t)w->made);
	JW_NAME(j, "job");
	reread_write_state(j, &stats.reread);
}
