/* Questions as people type them, over the articles of tests/cases/wikinews:
 * tests/http/questions.tsv says of each what a right answer holds. */
#include "tests/http/json.h"
#include "tests/unit/api/lines.h"

static struct server *server;
static int n_right, n_wrong, n_known;

static struct str read_file(const char *path)
{
	static char text[100000];
	FILE *f = fopen(path, "rb");
	ck_assert_msg(f != NULL, "cannot open %s", path);
	size_t n = fread(text, 1, sizeof text, f);
	fclose(f);
	return (struct str){text, n};
}

/* "| name.txt | title | date | <url> |" */
static void post_article(const struct line *l)
{
	struct str row = l->columns[0], cells[5];
	int n = 0;
	while (n < 5 && str_split(&row, '|', &cells[n]))
		n++;
	if (n < 5 || !str_ends(str_trim(cells[1]), STR(".txt")))
		return;
	char path[200];
	snprintf(path, sizeof path, "tests/cases/wikinews/%.*s", STR_ARG(str_trim(cells[1])));
	struct str text = read_file(path), title = str_trim(cells[2]), date = str_trim(cells[3]);
	json_t *article =
		json_pack("{s:s%, s:s%, s:s%, s:s}", "text", text.p, text.n, "title", title.p,
			  title.n, "published_at", date.p, date.n, "outlet", "Wikinews");
	char *body = json_dumps(article, 0);
	json_decref(
		json_of(http_post(server, "/v1/articles", "application/json", str_of(body)), 201));
	free(body);
	json_decref(article);
	n_known++;
}

static json_t *ask(struct str q)
{
	char target[2000];
	size_t n = (size_t)snprintf(target, sizeof target, "/v1/query?limit=200&q=");
	for (size_t i = 0; i < q.n && n + 4 < sizeof target; i++)
		n += (size_t)snprintf(target + n, sizeof target - n, "%%%02X",
				      (unsigned char)q.p[i]);
	return json_of(http_request(server, "GET", target, "", STR_EMPTY), 200);
}

static bool holds(const json_t *statements, struct str content)
{
	const json_t *s;
	size_t i;
	json_array_foreach(statements, i, s) if (str_find(str_of(text_at(s, "content")), content,
							  0) != SIZE_MAX) return true;
	return false;
}

static bool is_listed(struct str ids, const char *id)
{
	struct str one;
	while (str_split(&ids, ',', &one))
		if (str_eq(one, str_of(id)))
			return true;
	return false;
}

/* At most three rows of ten by others than those asked for. */
static bool is_clean(const json_t *statements, struct str ids)
{
	const json_t *s;
	size_t i, others = 0;
	json_array_foreach(statements, i, s) others +=
		!is_listed(ids, text_at(json_object_get(s, "speaker"), "id"));
	return ids.n == 0 || others * 10 <= json_array_size(statements) * 3;
}

static void run_question(const struct line *l)
{
	bool is_miss = str_starts(l->columns[0], STR("?"));
	struct str q = str_sub(l->columns[0], is_miss, l->columns[0].n);
	json_t *j = ask(q);
	const json_t *rows = json_object_get(j, "statements");
	bool is_right = l->columns[1].n
				? holds(rows, l->columns[1]) && is_clean(rows, l->columns[2])
				: json_array_size(rows) == 0 && *text_at(j, "why");
	n_right += is_right;
	if (is_right == is_miss) {
		n_wrong++;
		fprintf(stderr, "line %d: \"%.*s\": %s\n", l->number, STR_ARG(q),
			is_right ? "is right now: take the ? away" : text_at(j, "canonical"));
	}
	json_decref(j);
}

START_TEST(query__questions_as_people_type_them__answered)
{
	server = server_start(NULL);
	each_line("tests/cases/wikinews/README.md", post_article);
	ck_assert_int_eq(n_known, 14);
	int n = each_line("tests/http/questions.tsv", run_question);
	ck_assert_int_ge(n, 45);
	ck_assert_int_eq(n_wrong, 0);
	ck_assert_msg(n_right * 100 >= n * 85, "%d of %d are right", n_right, n);
	server_stop(server);
}
END_TEST

UNIT_MAIN("questions", query__questions_as_people_type_them__answered)
