/* The API's document, inside the program; the version; the front page. */
#include "api/accept.h"
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

#define LINK(name, path, help)                                                                     \
	{                                                                                          \
		",\"" name "\":", sizeof name + 3, {path, sizeof path - 1}, help                   \
	}
static const struct {
	const char *member; /* as jw_name_literal wants it */
	size_t member_n;
	struct str path;
	const char *help;
} links[] = {
	LINK("articles", "v1/articles", "Articles: post them here, list them"),
	LINK("statements", "v1/statements", "Statements by parameters"),
	LINK("query", "v1/query", "Statements by a phrase: ?q=all statements by ... about ..."),
	LINK("actors", "v1/actors", "Actors"),
	LINK("issues", "v1/issues", "Issues"),
	LINK("stats", "v1/stats",
	     "Statements counted: ?by=position&interval=month&speaker=...&issue=..."),
	LINK("changes", "v1/changes", "Where a position turned: ?speaker=...&issue=..."),
	LINK("grid", "v1/grid", "Two actors, issue by issue: ?a=...&b=..."),
	LINK("network", "v1/network",
	     "Actors and issues as a network: ?mode=actors&agreement=congruence"),
	LINK("positions", "v1/positions",
	     "What somebody says on each issue over time: ?speaker=..."),
	LINK("silences", "v1/silences", "What one raises and another never answers: ?a=...&b=..."),
	LINK("verify", "v1/verify", "Is this quotation in the record: ?text=...&speaker=..."),
	LINK("jobs", "v1/jobs", "Work in the background"),
	LINK("document", "openapi.yaml", "This API's document (OpenAPI 3.1)"),
	LINK("version", "version", "Version"),
};

static void write_html(struct request *rq, struct buf *out)
{
	buf_add(out,
		STR("<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
		    "<meta name=\"viewport\" "
		    "content=\"width=device-width\">\n<title>Demarche</title>\n<h1>Demarche</h1>\n"
		    "<p>Who said what, on which issue, taking which stance, towards "
		    "whom.</p>\n<ul>\n"));
	for (size_t i = 0; i < sizeof links / sizeof links[0]; i++)
		buf_printf(out, "<li><a href=\"%.*s%.*s\">%s</a></li>\n", STR_ARG(rq->path_to_root),
			   STR_ARG(links[i].path), links[i].help);
	buf_add(out, STR("</ul>\n</html>\n"));
}

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
		rs->content_type = "text/html; charset=utf-8";
		write_html(rq, &rs->body);
	} else if (write_json(rq, &rs->body, e)) {
		return API_ERROR;
	}
	return finish(rs, e);
}
