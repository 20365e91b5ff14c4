/* The API's document, inside the program; the version; the links at the root. */
#include "api/accept.h"
#include "api/dashboard.h"
#include "api/resource.h"
#include "base/embed.h"
#include "base/version.h"

EMBED(openapi_yaml, "openapi.yaml");

enum api_result get_document(struct request *rq, struct response *rs, struct err *e)
{
	if (params_none(rq, e))
		return API_ERROR;
	rs->content_type = "application/yaml"; /* RFC 9512 */
	rs->fixed = EMBEDDED(openapi_yaml);
	rs->is_cacheable = true;
	return API_DONE;
}

enum api_result get_version(struct request *rq, struct response *rs, struct err *e)
{
	if (params_none(rq, e))
		return API_ERROR;
	struct jw j = jw_into(&rs->body);
	jw_open_object(&j);
	JW_MEMBER(&j, "name", STR("demarche"));
	JW_MEMBER(&j, "version", STR(PROGRAM_VERSION));
	JW_MEMBER(&j, "engine", STR(ENGINE_VERSION));
	jw_close_object(&j);
	buf_add_char(&rs->body, '\n');
	return finish(rs, e);
}

#define LINK(name, path)                                                                           \
	{                                                                                          \
		",\"" name "\":", sizeof name + 3,                                                 \
		{                                                                                  \
			path, sizeof path - 1                                                      \
		}                                                                                  \
	}
static const struct {
	const char *member; /* as jw_name_literal wants it */
	size_t member_n;
	struct str path;
} links[] = {
	LINK("articles", "v1/articles"),
	LINK("statements", "v1/statements"),
	LINK("query", "v1/query"),
	LINK("actors", "v1/actors"),
	LINK("issues", "v1/issues"),
	LINK("stats", "v1/stats"),
	LINK("changes", "v1/changes"),
	LINK("grid", "v1/grid"),
	LINK("network", "v1/network"),
	LINK("positions", "v1/positions"),
	LINK("silences", "v1/silences"),
	LINK("verify", "v1/verify"),
	LINK("queue", "v1/queue"),
	LINK("edits", "v1/edits"),
	LINK("keys", "v1/keys"),
	LINK("facets", "v1/facets"),
	LINK("feed", "v1/feed"),
	LINK("outlets", "v1/outlets"),
	LINK("jobs", "v1/jobs"),
	LINK("document", "openapi.yaml"),
	LINK("docs", "docs"),
	LINK("version", "version"),
};

static int write_json(struct request *rq, struct buf *out, struct err *e)
{
	struct jw j = jw_into(out);
	jw_open_object(&j);
	JW_MEMBER(&j, "name", STR("demarche"));
	JW_MEMBER(&j, "version", STR(PROGRAM_VERSION));
	JW_NAME(&j, "links");
	jw_open_object(&j);
	for (size_t i = 0; i < sizeof links / sizeof links[0]; i++) {
		struct str link = relative_link(rq, links[i].path, STR_EMPTY);
		if (!link.p)
			return arena_full(e);
		jw_name_literal(&j, links[i].member, links[i].member_n);
		jw_string(&j, link);
	}
	jw_close_object(&j);
	jw_close_object(&j);
	buf_add_char(out, '\n');
	return 0;
}

enum api_result get_root(struct request *rq, struct response *rs, struct err *e)
{
	static const char *const offers[] = {"application/json", "text/html"};
	if (params_none(rq, e))
		return API_ERROR;
	int chosen = accept_choose(rq->accept, offers, 2, e);
	if (chosen < 0)
		return API_ERROR;
	response_header(rs, "Vary", STR("Accept"));
	rs->is_cacheable = true;
	if (chosen == 1) {
		return dashboard_page(rs, e);
	}
	if (write_json(rq, &rs->body, e)) {
		return API_ERROR;
	}
	return finish(rs, e);
}
