/* Issues: a list in the order of their ids, one by id; added, changed and taken back by users. A
 * change is a set of issues of its own: compiled by the engine before it is written, registered
 * once it is durable, so that articles read afterwards are read with it. Stored articles are read
 * again in the background (reread.c).
 *
 * Changes come one at a time and wait for their write here: they are rare, and short. */
#include "api/format/csv_record.h"
#include "api/format/json_issue.h"
#include "api/format/json_statement.h"
#include "api/issue_registry.h"
#include "api/jobs.h"
#include "api/name_list.h"
#include "db/issue_edit.h"

/* --- reading --- */

enum api_result get_issues(struct request *rq, struct response *rs, struct err *e)
{
	struct name_list names;
	struct issue_matches list;
	struct str next = STR_EMPTY;
	if (name_list_begin(&names, rq, &params_issues, e))
		return API_ERROR;
	struct reader *r = request_reader(rq, e);
	if (!r)
		return API_ERROR;
	int rc = store_issues(r, &names.query, rq->arena, &list, &next, e);
	if (rc == 0) {
		struct jw j = jw_into(&rs->body);
		jw_open_object(&j);
		JW_NAME(&j, "issues");
		jw_open_array(&j);
		for (size_t i = 0; i < list.n; i++)
			issue_write(&j, &list.v[i].issue);
		rc = name_list_end(&names, rq, rs, &j, next, e);
	}
	answer_keep(rs, r, DAY_NONE);
	reader_return(r);
	return rc ? API_ERROR : finish(rs, e);
}

static int issue_rows(void *state, struct reader *r, const struct rows_wanted *w,
		      struct rows_given *g, struct err *e)
{
	struct name_rows *names = state;
	struct name_query *q = &names->query;
	struct issue_matches list;
	struct str next = STR_EMPTY;
	q->limit = w->most;
	if (store_issues(r, q, w->arena, &list, &next, e))
		return -1;
	for (; g->n < list.n; g->n++) {
		if (w->as_csv) {
			csv_issue(g->out, &list.v[g->n].issue);
			continue;
		}
		struct jw j = jw_into(g->out);
		issue_write(&j, &list.v[g->n].issue);
		buf_add_char(g->out, '\n');
	}
	g->is_last = next.n == 0;
	return name_rows_go_on(names, next, e);
}

enum api_result get_issues_file(struct request *rq, struct response *rs, struct err *e)
{
	bool as_csv = path_representation(rq) == AS_CSV;
	const struct export_list list = {.csv_head = CSV_ISSUE_HEAD, .rows = issue_rows};
	return name_file(rq, rs, as_csv ? &params_issues_csv : &params_issues_ndjson, "issues",
			 list, e);
}

enum api_result get_issue(struct request *rq, struct response *rs, struct err *e)
{
	struct issue_match m;
	if (params_none(rq, e))
		return API_ERROR;
	struct reader *r = request_reader(rq, e);
	if (!r)
		return API_ERROR;
	int rc = store_issue(r, rq->path_args[0], rq->arena, &m, e);
	if (rc == 0) {
		struct jw j = jw_into(&rs->body);
		issue_write(&j, &m.issue);
		rs->version = m.issue.edit;
		answer_end(rs);
	}
	answer_keep(rs, r, DAY_NONE);
	reader_return(r);
	return rc ? API_ERROR : finish(rs, e);
}

/* --- changing --- */

/* Is it in the program's own table? Then *out is what that says. */
static bool find_own(const struct engine *en, struct str id, struct issue *out)
{
	struct knowledge known = engine_knowledge(en);
	for (size_t i = 0; i < known.n_issues; i++) {
		if (!str_eq(known.issues[i].id, id))
			continue;
		*out = known.issues[i];
		return true;
	}
	return false;
}

/* What a dropped issue is called as long as statements name it. */
static void keep_label(const struct issue_set *set, struct issue *i)
{
	for (size_t k = 0; k < set->n; k++)
		if (str_eq(set->v[k].id, i->id))
			i->label = set->v[k].label;
}

/* Under the registry's lock. */
static int change(const struct api *api, struct issue_write *iw, struct err *e)
{
	bool is_put = iw->change == ISSUE_ADD || iw->change == ISSUE_CHANGE;
	if (issue_registry_follow(api, e))
		return -1;
	struct issue_set *now = issue_registry_take(api->issues);
	struct issue_set *next = issue_set_with(api->engine, now, is_put ? &iw->issue : NULL,
						is_put ? STR_EMPTY : iw->issue.id, e);
	struct write *w = &iw->write;
	if (iw->change == ISSUE_DROP)
		keep_label(now, &iw->issue);
	w->op = WRITE_ISSUE;
	int rc = next ? store_write_all(api->store, &w, 1, e) : -1;
	issue_set_release(now);
	if (rc) {
		issue_set_release(next);
		return -1;
	}
	next->edition = iw->edition;
	issue_registry_put(api->issues, next);
	return 0;
}

/* {issue, job}: the issue is null when it is gone. */
static int write_change(struct request *rq, struct response *rs, struct str id, struct err *e)
{
	struct issue_match m;
	struct err gone = {0};
	struct reader *r = store_reader(rq->api->store, fresh_deadline(rq), e);
	if (!r)
		return -1;
	int rc = store_issue(r, id, rq->arena, &m, &gone);
	reader_return(r);
	if (rc && gone.kind != ERR_NOT_FOUND)
		return err_set(e, gone.kind, NULL, "%s", gone.message);
	struct store_stats stats = store_stats(rq->api->store);
	struct jw j = jw_into(&rs->body);
	jw_open_object(&j);
	JW_NAME(&j, "issue");
	if (rc)
		jw_null(&j);
	else
		issue_write(&j, &m.issue);
	JW_NAME(&j, "job");
	reread_write_state(&j, &stats.reread);
	jw_close_object(&j);
	buf_add_char(&rs->body, '\n');
	return 0;
}

/* 202: done for the articles to come, under way for those that are stored. */
static int answer(struct request *rq, struct response *rs, struct str id, struct err *e)
{
	struct str path = arena_printf(rq->arena, "v1/issues/%.*s", STR_ARG(id));
	struct str location = path.p ? relative_link(rq, path, STR_EMPTY) : path;
	if (!location.p)
		return arena_full(e);
	if (write_change(rq, rs, id, e) || reread_link(rq, rs, e))
		return -1;
	rs->status = 202;
	if (rq->method == METHOD_POST)
		response_header(rs, "Location", location);
	return 0;
}

static enum api_result make(struct request *rq, struct response *rs, struct issue_write *iw,
			    struct err *e)
{
	issue_registry_lock(rq->api->issues);
	int rc = change(rq->api, iw, e);
	issue_registry_unlock(rq->api->issues);
	return rc || answer(rq, rs, iw->issue.id, e) ? API_ERROR : finish(rs, e);
}

enum api_result post_issue(struct request *rq, struct response *rs, struct err *e)
{
	struct issue_write iw = {.change = ISSUE_ADD};
	if (params_none(rq, e) || issue_decode(rq->body, rq->arena, &iw.issue, e))
		return API_ERROR;
	return make(rq, rs, &iw, e);
}

/* The whole issue: PUT says the same however often it is sent, and leaves no doubt about what an
 * absent member means. The id stays what it is when the label changes. */
enum api_result put_issue(struct request *rq, struct response *rs, struct err *e)
{
	struct issue_write iw = {.change = ISSUE_CHANGE};
	if (params_none(rq, e) || issue_decode(rq->body, rq->arena, &iw.issue, e))
		return API_ERROR;
	iw.issue.id = rq->path_args[0];
	return make(rq, rs, &iw, e);
}

enum api_result delete_issue(struct request *rq, struct response *rs, struct err *e)
{
	struct str id = rq->path_args[0];
	struct issue_write iw = {.change = ISSUE_DROP, .issue = {.id = id, .label = id}};
	if (params_none(rq, e))
		return API_ERROR;
	if (find_own(rq->api->engine, id, &iw.issue))
		iw.change = ISSUE_RESET;
	return make(rq, rs, &iw, e);
}
