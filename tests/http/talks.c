/* The article is tests/http/articles/talks.json. */
#include "tests/http/talks.h"

#include <stdio.h>

#include "tests/unit/unit.h"

struct server *server;
long long article_id;

struct str talks_body(void)
{
	static char text[100000];
	FILE *f = fopen("tests/http/articles/talks.json", "rb");
	ck_assert_ptr_nonnull(f);
	size_t n = fread(text, 1, sizeof text, f);
	fclose(f);
	return (struct str){text, n};
}

void start(void)
{
	server = server_start(NULL);
	json_t *j =
		json_of(http_post(server, "/v1/articles", "application/json", talks_body()), 201);
	article_id = int_at(j, "id");
	json_decref(j);
}

void stop(void)
{
	server_stop(server);
}

/* "a b" in a target: spaces as %20, the rest of our own texts needs no more. */
json_t *ask(const char *path)
{
	char target[4000];
	size_t n = 0;
	for (; *path; path++) {
		const char *unsafe = strchr(" \"<>*()^|", *path);
		if (unsafe || (unsigned char)*path >= 0x80)
			n += (size_t)snprintf(target + n, sizeof target - n, "%%%02X",
					      (unsigned char)*path);
		else
			target[n++] = *path;
	}
	target[n] = '\0';
	return json_of(http_get(server, target), 200);
}

const json_t *statements(const json_t *j)
{
	return json_object_get(j, "statements");
}

const char *speaker_id(const json_t *statement)
{
	return text_at(json_object_get(statement, "speaker"), "id");
}

bool has_issue(const json_t *statement, const char *id)
{
	size_t i;
	json_t *issue;
	json_array_foreach(json_object_get(statement, "issues"), i,
			   issue) if (strcmp(text_at(issue, "id"), id) == 0) return true;
	return false;
}

bool has_content(const json_t *list, const char *part)
{
	size_t i;
	json_t *s;
	json_array_foreach(list, i, s) if (strstr(text_at(s, "content"), part)) return true;
	return false;
}

size_t count_by(const json_t *j, const char *actor)
{
	size_t i, n = 0;
	json_t *s;
	json_array_foreach(statements(j), i, s) n += strcmp(speaker_id(s), actor) == 0;
	return n;
}

const json_t *part(const json_t *j, size_t i)
{
	return json_array_get(json_object_get(j, "interpretation"), i);
}
