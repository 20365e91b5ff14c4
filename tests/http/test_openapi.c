/* The document against the program's tables, both ways: version, paths and methods, parameters,
 * media types of bodies. */
#include "api/query/parameters.h"
#include "api/routes.h"
#include "base/version.h"
#include "server/health.h"
#include "tests/http/document.h"
#include "tests/unit/unit.h"

static json_t *document;

static void setup(void)
{
	if (!document)
		document = document_load();
}

static const char *const method_words[METHOD_COUNT] = {"get", "post", "put", "patch", "delete"};

/* The API's rows and then the server's own. */
static size_t rows(void)
{
	return api_routes_count + health_routes_count;
}

static const struct route *row(size_t i)
{
	return i < api_routes_count ? &api_routes[i] : &health_routes[i - api_routes_count];
}

static const json_t *operation(const char *path, const char *method)
{
	return json_object_get(json_object_get(json_object_get(document, "paths"), path), method);
}

START_TEST(document__version__is_the_program_s)
{
	setup();
	const json_t *info = json_object_get(document, "info");
	ck_assert_str_eq(json_string_value(json_object_get(info, "version")), PROGRAM_VERSION);
}
END_TEST

START_TEST(routes__each_row__is_in_the_document)
{
	setup();
	for (size_t i = 0; i < rows(); i++)
		ck_assert_msg(operation(row(i)->path, method_words[row(i)->method]) != NULL,
			      "openapi.yaml lacks %s %s", method_words[row(i)->method],
			      row(i)->path);
}
END_TEST

static bool is_row(const char *path, const char *method)
{
	for (size_t i = 0; i < rows(); i++)
		if (strcmp(path, row(i)->path) == 0 &&
		    strcmp(method, method_words[row(i)->method]) == 0)
			return true;
	return false;
}

START_TEST(routes__each_operation_of_the_document__is_a_row)
{
	const char *path, *method;
	json_t *item, *op;
	size_t n = 0;
	setup();
	json_object_foreach(json_object_get(document, "paths"), path, item)
	{
		json_object_foreach(item, method, op)
		{
			if (strcmp(method, "parameters") == 0)
				continue;
			ck_assert_msg(is_row(path, method), "no route for %s %s", method, path);
			n++;
		}
	}
	ck_assert_uint_eq(n, rows());
}
END_TEST

START_TEST(routes__media_types_of_bodies__as_in_the_document)
{
	setup();
	for (size_t i = 0; i < rows(); i++) {
		const struct route *r = row(i);
		const json_t *body =
			json_object_get(operation(r->path, method_words[r->method]), "requestBody");
		ck_assert_msg((r->consumes != NULL) == (body != NULL), "%s %s",
			      method_words[r->method], r->path);
		const char *type;
		json_t *media;
		size_t length = 0;
		json_object_foreach(json_object_get(body, "content"), type, media)
		{
			ck_assert_msg(strstr(r->consumes, type) != NULL, "%s does not take %s",
				      r->path, type);
			length += strlen(type) + (length ? 2 : 0);
		}
		ck_assert_uint_eq(length, r->consumes ? strlen(r->consumes) : 0);
	}
}
END_TEST

/* What a row answers in is what its successes are documented in. */
START_TEST(routes__media_types_of_answers__as_in_the_document)
{
	setup();
	for (size_t i = 0; i < rows(); i++) {
		const struct route *r = row(i);
		const char *produces = r->produces ? r->produces : "application/json";
		const char *status, *type;
		json_t *response, *media;
		if (strcmp(produces, "*") == 0)
			continue;
		json_object_foreach(
			json_object_get(operation(r->path, method_words[r->method]), "responses"),
			status, response)
		{
			size_t length = 0;
			if (*status != '2')
				continue;
			json_object_foreach(json_object_get(response, "content"), type, media)
			{
				ck_assert_msg(strstr(produces, type) != NULL, "%s: %s", r->path,
					      type);
				length += strlen(type) + (length ? 2 : 0);
			}
			ck_assert_msg(length == strlen(produces), "%s: not all of %s", r->path,
				      produces);
		}
	}
}
END_TEST

/* A row's scope is what the operation's security asks for. */
START_TEST(routes__scopes__as_in_the_document)
{
	static const char *const words[] = {
		[SCOPE_NONE] = "",	   [SCOPE_READ] = "read",   [SCOPE_WRITE] = "write",
		[SCOPE_CURATE] = "curate", [SCOPE_ADMIN] = "admin", [SCOPE_READ_KEY] = "read"};
	setup();
	for (size_t i = 0; i < rows(); i++) {
		const struct route *r = row(i);
		const json_t *security =
			json_object_get(operation(r->path, method_words[r->method]), "security");
		const json_t *scopes = json_object_get(json_array_get(security, 0), "bearer");
		const char *scope = json_string_value(json_array_get(scopes, 0));
		ck_assert_msg(strcmp(scope ? scope : "", words[r->scope]) == 0, "%s %s: %s",
			      method_words[r->method], r->path, scope ? scope : "none");
		bool takes_key = json_object_get(json_array_get(security, 1), "readKey") != NULL;
		ck_assert_msg(takes_key == (r->scope == SCOPE_READ_KEY), "%s: a read key?",
			      r->path);
	}
}
END_TEST

static const json_t *query_parameter(const json_t *op, size_t i)
{
	return document_resolve(document, json_array_get(json_object_get(op, "parameters"), i));
}

/* Former names stand behind those of the table. */
static size_t count_present(const json_t *op)
{
	size_t n = json_array_size(json_object_get(op, "parameters"));
	while (n && json_is_true(json_object_get(query_parameter(op, n - 1), "deprecated")))
		n--;
	return n;
}

START_TEST(parameters__tables_and_document__the_same_in_the_same_order)
{
	setup();
	for (size_t t = 0; params_all[t]; t++) {
		const struct param_table *table = params_all[t];
		const json_t *op = operation(table->path, table->method);
		ck_assert_uint_eq(count_present(op), table->n);
		for (size_t i = 0; i < table->n; i++) {
			const struct param_spec *spec = &table->specs[i];
			const json_t *p = query_parameter(op, i);
			const json_t *schema =
				document_resolve(document, json_object_get(p, "schema"));
			const char *type = json_string_value(json_object_get(schema, "type"));
			const char *help = json_string_value(json_object_get(p, "description"));
			ck_assert_str_eq(json_string_value(json_object_get(p, "name")), spec->name);
			ck_assert_str_eq(json_string_value(json_object_get(p, "in")), "query");
			ck_assert_msg(spec->can_repeat == (strcmp(type, "array") == 0),
				      "%s %s: can it repeat?", table->path, spec->name);
			ck_assert_msg(help != NULL, "%s %s is not described", table->path,
				      spec->name);
			ck_assert_msg(spec->can_negate == (strstr(help, "`!`") != NULL),
				      "%s %s: can it be negated?", table->path, spec->name);
		}
	}
}
END_TEST

START_TEST(parameters__operations_without_a_table__have_none)
{
	const char *path, *method;
	json_t *item, *op;
	setup();
	json_object_foreach(json_object_get(document, "paths"), path, item)
	{
		json_object_foreach(item, method, op)
		{
			bool has_table = false;
			for (size_t t = 0; params_all[t]; t++)
				has_table |= strcmp(params_all[t]->path, path) == 0 &&
					     strcmp(params_all[t]->method, method) == 0;
			if (!has_table && strcmp(method, "parameters") != 0)
				ck_assert_msg(!json_object_get(op, "parameters"), "%s %s", method,
					      path);
		}
	}
}
END_TEST

/* Each vocabulary of the program is the enum of its schema. */
START_TEST(schemas__vocabularies__as_in_the_program)
{
	static const struct {
		const char *schema, *member;
		const struct terms *terms;
	} cases[] = {
		{"ActorKind", NULL, &terms_actor_kind},
		{"Act", NULL, &terms_act},
		{"Position", NULL, &terms_position},
		{"IssueKind", NULL, &terms_issue_kind},
		{"Statement", "kind", &terms_statement_kind},
		{"Statement", "polarity", &terms_polarity},
		{"Statement", "modality", &terms_modality},
		{"Statement", "status", &terms_status},
		{"Speaker", "via", &terms_speaker_via},
		{"Edit", "action", &terms_edit_action},
	};
	setup();
	const json_t *schemas = json_object_get(json_object_get(document, "components"), "schemas");
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const json_t *s = json_object_get(schemas, cases[i].schema);
		if (cases[i].member)
			s = json_object_get(json_object_get(s, "properties"), cases[i].member);
		const json_t *words = json_object_get(s, "enum");
		ck_assert_msg((int)json_array_size(words) == cases[i].terms->count, "%s",
			      cases[i].schema);
		for (int k = 0; k < cases[i].terms->count; k++) {
			const json_t *word = json_array_get(words, (size_t)k);
			if (cases[i].terms == &terms_position && k == POSITION_NONE)
				ck_assert(json_is_null(word));
			else
				ck_assert_str_eq(json_string_value(word), cases[i].terms->words[k]);
		}
	}
}
END_TEST

UNIT_MAIN("openapi", document__version__is_the_program_s, routes__each_row__is_in_the_document,
	  routes__each_operation_of_the_document__is_a_row,
	  routes__media_types_of_bodies__as_in_the_document,
	  routes__media_types_of_answers__as_in_the_document, routes__scopes__as_in_the_document,
	  parameters__tables_and_document__the_same_in_the_same_order,
	  parameters__operations_without_a_table__have_none,
	  schemas__vocabularies__as_in_the_program)
