/* Reads an actor from JSON: one table of members. */
#include "api/format/json_actor.h"

#include "api/format/json_body.h"
#include "api/format/json_line.h"
#include "base/fold.h"
#include "base/nearest.h"

static int take_name(const json_t *v, struct arena *a, struct actor *out, struct err *e)
{
	if (line_decode("name", v, ACTOR_NAME_MAX, a, &out->name, e))
		return -1;
	struct str slug = str_slug(a, out->name);
	if (!slug.p)
		return arena_full(e);
	if (!slug.n)
		return err_set(e, ERR_VALUE, "name", "\"name\" has neither letter nor digit");
	if (!out->id.n)
		out->id = slug;
	return 0;
}

static int take_kind(const json_t *v, struct arena *a, struct actor *out, struct err *e)
{
	struct str word;
	char space[TERMS_LIST_ROOM];
	if (line_decode("kind", v, ACTOR_NAME_MAX, a, &word, e))
		return -1;
	int kind = terms_find(&terms_actor_kind, word);
	if (kind < 0)
		return err_set(e, ERR_VALUE, "kind", "\"kind\" is \"%.*s\", not %.*s",
			       STR_ARG(str_clip(word)),
			       STR_ARG(terms_list(&terms_actor_kind, space)));
	out->kind = (enum actor_kind)kind;
	return 0;
}

static int take_code(const char *name, const json_t *v, struct arena *a, struct str *out,
		     struct err *e)
{
	*out = STR_EMPTY;
	if (!v || json_is_null(v))
		return 0;
	if (line_decode(name, v, ACTOR_NAME_MAX, a, out, e))
		return -1;
	bool is_code = out->n == 3;
	for (size_t i = 0; i < out->n; i++)
		is_code &= out->p[i] >= 'A' && out->p[i] <= 'Z';
	return is_code ? 0
		       : err_set(e, ERR_VALUE, name,
				 "\"%s\" is \"%.*s\", not a country's code of three capitals, such "
				 "as CHN",
				 name, STR_ARG(str_clip(*out)));
}

static int take_country(const json_t *v, struct arena *a, struct actor *out, struct err *e)
{
	return take_code("country", v, a, &out->country, e);
}

static int take_wikidata(const json_t *v, struct arena *a, struct actor *out, struct err *e)
{
	int64_t number;
	out->wikidata = STR_EMPTY;
	if (json_is_null(v))
		return 0;
	if (line_decode("wikidata", v, ACTOR_NAME_MAX, a, &out->wikidata, e))
		return -1;
	struct str id = out->wikidata;
	if (id.p[0] == 'Q' && str_to_i64(str_sub(id, 1, id.n), &number) && number > 0)
		return 0;
	return err_set(e, ERR_VALUE, "wikidata", "\"wikidata\" is \"%.*s\", not an id such as Q30",
		       STR_ARG(str_clip(id)));
}

static int take_aliases(const json_t *v, struct arena *a, struct actor *out, struct err *e)
{
	size_t n = json_array_size(v);
	if (!json_is_array(v) || n > ACTOR_ALIASES_MAX)
		return err_set(e, ERR_VALUE, "aliases",
			       "\"aliases\" is no list of at most %d names", ACTOR_ALIASES_MAX);
	struct str *names = arena_array(a, n, sizeof *names);
	if (!names)
		return arena_full(e);
	for (size_t i = 0; i < n; i++)
		if (line_decode("aliases", json_array_get(v, i), ACTOR_NAME_MAX, a, &names[i], e))
			return -1;
	out->aliases = (struct strs){names, n};
	return 0;
}

static int take_day(const json_t *v, struct arena *a, day_t *out, struct err *e)
{
	struct str s;
	*out = DAY_NONE;
	if (!v || json_is_null(v))
		return 0;
	if (line_decode("roles", v, ACTOR_NAME_MAX, a, &s, e))
		return -1;
	return day_parse(s, out)
		       ? 0
		       : err_set(e, ERR_VALUE, "roles", "\"%.*s\" is no date such as 2024-04-26",
				 STR_ARG(str_clip(s)));
}

static int take_role(const json_t *v, struct arena *a, struct role *out, struct err *e)
{
	const json_t *title = json_object_get(v, "title");
	const char *key;
	json_t *value;
	json_object_foreach((json_t *)v, key, value)
	{
		if (!str_is_one_of(str_of(key), "title country from to"))
			return err_set(e, ERR_VALUE, "roles",
				       "a role has title, country, from and to");
	}
	if (!title)
		return err_set(e, ERR_VALUE, "roles", "a role is an object with a \"title\"");
	return line_decode("roles", title, ACTOR_NAME_MAX, a, &out->title, e) ||
			       take_code("roles", json_object_get(v, "country"), a, &out->country,
					 e) ||
			       take_day(json_object_get(v, "from"), a, &out->from, e) ||
			       take_day(json_object_get(v, "to"), a, &out->to, e)
		       ? -1
		       : 0;
}

static int take_roles(const json_t *v, struct arena *a, struct actor *out, struct err *e)
{
	size_t n = json_array_size(v);
	if (!json_is_array(v) || n > ACTOR_ROLES_MAX)
		return err_set(e, ERR_VALUE, "roles", "\"roles\" is no list of at most %d roles",
			       ACTOR_ROLES_MAX);
	struct role *roles = arena_array(a, n, sizeof *roles);
	if (!roles)
		return arena_full(e);
	for (size_t i = 0; i < n; i++)
		if (take_role(json_array_get(v, i), a, &roles[i], e))
			return -1;
	out->roles = roles;
	out->n_roles = n;
	return 0;
}

static const struct member {
	const char *name;
	int (*take)(const json_t *v, struct arena *a, struct actor *out, struct err *e);
} members[] = {
	{"name", take_name},	     {"kind", take_kind},	{"country", take_country},
	{"wikidata", take_wikidata}, {"aliases", take_aliases}, {"roles", take_roles},
};
enum { MEMBERS = sizeof members / sizeof members[0] };

static int take_member(struct str name, const json_t *value, struct arena *a, struct actor *out,
		       struct err *e)
{
	struct nearest near = nearest_start(name);
	for (size_t i = 0; i < MEMBERS; i++) {
		if (str_eq(name, str_of(members[i].name)))
			return members[i].take(value, a, out, e);
		nearest_try(&near, str_of(members[i].name));
	}
	return json_unknown(&near, "member",
			    "an actor has name, kind, country, wikidata, aliases and roles", e);
}

int actor_decode(struct str json, struct arena *a, struct actor *out, struct err *e)
{
	json_t *root = json_body(json, "an actor is a JSON object with a \"name\"", e);
	if (!root)
		return -1;
	int rc = 0;
	const char *key;
	json_t *value;
	json_object_foreach(root, key, value)
	{
		if (rc == 0)
			rc = take_member(str_of(key), value, a, out, e);
	}
	json_decref(root);
	if (rc)
		return -1;
	return out->name.n ? 0 : err_set(e, ERR_MISSING, "name", "\"name\" is missing");
}

int into_decode(struct str json, struct arena *a, struct str *into, struct err *e)
{
	json_t *root = json_body(json, "a merge is a JSON object with \"into\", an id", e);
	if (!root)
		return -1;
	const json_t *v = json_object_get(root, "into");
	int rc = v && json_object_size(root) == 1
			 ? line_decode("into", v, ACTOR_NAME_MAX, a, into, e)
			 : err_set(e, ERR_VALUE, "into",
				   "a merge has one member, \"into\": the id of the one that "
				   "remains");
	json_decref(root);
	return rc;
}
