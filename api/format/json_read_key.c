/* One table of members in, one out. */
#include "api/format/json_read_key.h"

#include "api/format/json_body.h"
#include "api/format/json_line.h"

/* "https://example.org:8443": it stands in a policy, where a space or semicolon would begin
 * something else. */
static bool is_origin(struct str s)
{
	struct str host = str_starts(s, STR("https://"))  ? str_sub(s, 8, s.n)
			  : str_starts(s, STR("http://")) ? str_sub(s, 7, s.n)
							  : STR_EMPTY;
	for (size_t i = 0; i < host.n; i++) {
		char c = host.p[i];
		bool is_plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ||
				c == '-' || (c == ':' && i > 0);
		if (!is_plain)
			return false;
	}
	return host.n > 0;
}

static int take_sites(const json_t *v, struct arena *a, struct str *out, struct err *e)
{
	struct str site, all = STR_EMPTY;
	if (!json_is_array(v))
		return err_set(e, ERR_VALUE, "sites", "\"sites\" is %s, not a list of origins",
			       json_type_word(v));
	for (size_t i = 0; i < json_array_size(v); i++) {
		if (line_decode("sites", json_array_get(v, i), READ_KEY_NAME_MAX, a, &site, e))
			return -1;
		if (!is_origin(site))
			return err_set(e, ERR_VALUE, "sites",
				       "\"sites\" has \"%.*s\": an origin is like "
				       "https://example.org, in lower case and without a path",
				       STR_ARG(str_clip(site)));
		all = arena_printf(a, "%.*s%s%.*s", STR_ARG(all), all.n ? " " : "", STR_ARG(site));
		if (!all.p)
			return arena_full(e);
		if (all.n > READ_KEY_SITES_MAX)
			return err_set(e, ERR_VALUE, "sites",
				       "\"sites\" has more than %d characters in all",
				       READ_KEY_SITES_MAX);
	}
	*out = all;
	return 0;
}

static int take_member(const char *name, const json_t *v, struct arena *a, struct read_key *out,
		       struct err *e)
{
	struct nearest near = nearest_start(str_of(name));
	nearest_try(&near, STR("name"));
	nearest_try(&near, STR("sites"));
	if (str_eq(str_of(name), STR("name")))
		return line_decode("name", v, READ_KEY_NAME_MAX, a, &out->name, e);
	if (str_eq(str_of(name), STR("sites")))
		return take_sites(v, a, &out->sites, e);
	return json_unknown(&near, "member", "a key has name and sites", e);
}

int read_key_decode(struct str json, struct arena *a, struct read_key *out, struct err *e)
{
	json_t *root = json_body(json, "a key is a JSON object with a \"name\"", e), *value;
	const char *name;
	int rc = 0;
	*out = (struct read_key){.name = STR_EMPTY, .sites = STR_EMPTY};
	if (!root)
		return -1;
	json_object_foreach(root, name, value)
	{
		if (rc == 0)
			rc = take_member(name, value, a, out, e);
	}
	json_decref(root);
	if (rc)
		return -1;
	return out->name.n ? 0 : err_set(e, ERR_MISSING, "name", "\"name\" is missing");
}

void read_key_members(struct jw *j, const struct read_key *k)
{
	struct str rest = k->sites, site;
	JW_MEMBER(j, "id", k->id);
	JW_MEMBER(j, "name", k->name);
	JW_NAME(j, "sites");
	jw_open_array(j);
	while (str_split(&rest, ' ', &site))
		jw_string(j, site);
	jw_close_array(j);
	JW_MEMBER(j, "who", k->who);
	JW_NAME(j, "made_at");
	jw_instant_or_null(j, k->made_ms);
	JW_NAME(j, "revoked_at");
	jw_instant_or_null(j, k->revoked_ms);
	JW_MEMBER(j, "revoked_by", k->revoked_by);
}
