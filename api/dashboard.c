/* The dashboard's files, as dashboard/dist has them: plain, by brotli and by gzip. */
#include "api/dashboard.h"

#include "api/resource.h"
#include "base/embed.h"

/* dashboard/dist/files.inc lists FILE_OF(number, name, media type). */
#define FILE_OF(number, name, type)                                                                \
	EMBED(dashboard_##number, "dashboard/dist/" name);                                         \
	EMBED(dashboard_##number##_br, "dashboard/dist/" name ".br");                              \
	EMBED(dashboard_##number##_gz, "dashboard/dist/" name ".gz");
#include "dashboard/dist/files.inc"
#undef FILE_OF

#define VIEW(name)                                                                                 \
	{                                                                                          \
		name, name##_end                                                                   \
	}
#define FILE_OF(number, name, type)                                                                \
	{name,                                                                                     \
	 type,                                                                                     \
	 {VIEW(dashboard_##number), VIEW(dashboard_##number##_br),                                 \
	  VIEW(dashboard_##number##_gz)}},
enum form { PLAIN, BROTLI, GZIP, FORMS };
static const struct {
	const char *name, *type;
	struct {
		const char *p, *end;
	} forms[FORMS];
} files[] = {
#include "dashboard/dist/files.inc"
};
#undef FILE_OF

/* Nothing from elsewhere, nothing inline, no string that becomes markup or a script: what an
 * article says stays text. A frame of another site may not show it. */
#define POLICY                                                                                     \
	"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "                \
	"connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "        \
	"require-trusted-types-for 'script'; trusted-types 'none'"

static struct str form_of(size_t file, enum form form)
{
	const char *p = files[file].forms[form].p, *end = files[file].forms[form].end;
	return (struct str){p, (size_t)((uintptr_t)end - (uintptr_t)p)};
}

/* False: there is no such file. */
static bool take(struct response *rs, struct str name)
{
	size_t i = 0, n = sizeof files / sizeof files[0];
	while (i < n && !str_eq(name, str_of(files[i].name)))
		i++;
	if (i == n)
		return false;
	rs->content_type = files[i].type;
	rs->fixed = form_of(i, PLAIN);
	rs->fixed_br = form_of(i, BROTLI);
	rs->fixed_gzip = form_of(i, GZIP);
	rs->is_cacheable = true;
	response_header(rs, "X-Content-Type-Options", STR("nosniff"));
	return true;
}

enum api_result dashboard_page(struct response *rs, struct err *e)
{
	if (!take(rs, STR("index.html"))) {
		err_set(e, ERR_INTERNAL, NULL, "the dashboard was built without its page");
		return API_ERROR;
	}
	response_header(rs, "Content-Security-Policy", STR(POLICY));
	response_header(rs, "Referrer-Policy", STR("no-referrer"));
	response_header(rs, "Cross-Origin-Opener-Policy", STR("same-origin"));
	return API_DONE;
}

enum api_result get_document_page(struct request *rq, struct response *rs, struct err *e)
{
	if (params_none(rq, e))
		return API_ERROR;
	if (!take(rs, STR("docs.html"))) {
		err_set(e, ERR_INTERNAL, NULL, "the service was built without its document");
		return API_ERROR;
	}
	response_header(rs, "Content-Security-Policy",
			STR("default-src 'none'; style-src 'self'; base-uri 'none'; "
			    "form-action 'none'; frame-ancestors 'none'"));
	response_header(rs, "Referrer-Policy", STR("no-referrer"));
	return API_DONE;
}

enum api_result get_document_json(struct request *rq, struct response *rs, struct err *e)
{
	if (params_none(rq, e))
		return API_ERROR;
	if (take(rs, STR("openapi.json")))
		return API_DONE;
	err_set(e, ERR_INTERNAL, NULL, "the service was built without its document");
	return API_ERROR;
}

/* Files whose names say nothing of what is in them have paths of their own. */
static bool has_own_path(struct str name)
{
	return str_eq(name, STR("index.html")) || str_eq(name, STR("docs.html")) ||
	       str_eq(name, STR("openapi.json"));
}

/* Not the page, whose links are relative to the root. A file's name holds a hash of what is in it.
 */
enum api_result get_dashboard(struct request *rq, struct response *rs, struct err *e)
{
	if (params_none(rq, e))
		return API_ERROR;
	struct str name = rq->path_args[0];
	if (has_own_path(name) || !take(rs, name)) {
		err_set(e, ERR_NOT_FOUND, NULL, "the dashboard has no such file");
		return API_ERROR;
	}
	rs->is_immutable = true;
	return API_DONE;
}
