/* The same requests to two services, one on a file and one on a server (DEMARCHE_POSTGRESQL,
 * tools/with-postgresql), by dice: articles posted, deleted and posted again, statements corrected,
 * corrections taken back, questions of many kinds and their next pages. The answers are equal byte
 * for byte, but for the times at which something was done, the numbers of commits and what a name
 * may mean. 1500 requests, or as many as OPERATIONS says; OPERATIONS_SEED begins elsewhere (more
 * than half an hour in one test check cannot tell: several runs of fewer). What is refused has the
 * same status. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/conformance/fixture.h"
#include "tests/http/json.h"

enum { SIDES = 2, ARTICLES_MAX = 400, CHANGES_MAX = 64, TARGET_MAX = 600 };

struct trial {
	struct server *s[SIDES];
	uint64_t dice;
	unsigned long number, answers;
	long long articles[ARTICLES_MAX], changes[CHANGES_MAX];
	int n_articles, n_changes;
	char next[2 * TARGET_MAX]; /* a page that was told of, "" for none */
};

/* splitmix64 (Steele, Lea, Flood 2014). */
static uint32_t roll(struct trial *t, uint32_t sides)
{
	uint64_t z = t->dice += UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return (uint32_t)((z ^ (z >> 31)) % sides);
}

#define PICK(t, list) (list)[roll(t, sizeof(list) / sizeof(list)[0])]

/* --- both sides --- */

static bool is_time(const char *p, size_t n)
{
	static const char form[] = "0000-00-00T00:00:00";
	if (n < sizeof form - 1)
		return false;
	for (size_t i = 0; i < sizeof form - 1; i++)
		if (form[i] == '0' ? !isdigit((unsigned char)p[i]) : p[i] != form[i])
			return false;
	return true;
}

/* A time of the clock, to its fraction, or the number of the commit that a statement was last
 * changed in: services commit of their own accord, too, as they read again. */
static size_t passed_over(const char *p, size_t n)
{
	static const char version[] = "\"version\":";
	size_t k = is_time(p, n) ? 19 : 0;
	if (n > sizeof version && memcmp(p, version, sizeof version - 1) == 0)
		k = sizeof version - 1;
	while (k && k < n && (isdigit((unsigned char)p[k]) || p[k] == '.'))
		k++;
	return k;
}

/* What an unknown name may mean, which is looked for no longer than a moment: ,"did_you_mean":"..."
 */
static size_t left_out(const char *p, size_t n)
{
	static const char mark[] = ",\"did_you_mean\":\"";
	size_t k = sizeof mark - 1;
	if (n < k || memcmp(p, mark, k) != 0)
		return 0;
	while (k < n && p[k] != '"')
		k += p[k] == '\\' ? 2 : 1;
	return k < n ? k + 1 : n;
}

/* What both sides tell alike. */
static char *without_times(struct str body)
{
	char *out = malloc(body.n + 1);
	size_t n = 0;
	ck_assert_ptr_nonnull(out);
	for (size_t i = 0, k; i < body.n; i += k ? k : 1) {
		k = left_out(body.p + i, body.n - i);
		if (k)
			continue;
		k = passed_over(body.p + i, body.n - i);
		out[n++] = k ? '0' : body.p[i];
	}
	out[n] = '\0';
	return out;
}

/* Ended by the time it took, or a count was, or tells of a job at work: another each time. */
static bool is_timed(const char *body)
{
	static const char *const marks[] = {"\"is_partial\":true", "\"state\":\"running\"",
					    "\"count\":null"};
	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
		if (strstr(body, marks[i]))
			return true;
	return false;
}

/* The first side's answer, NULL where it was refused; json_decref. */
static json_t *request(struct trial *t, const char *method, const char *target, const char *body)
{
	struct reply r[SIDES];
	char *bodies[SIDES];
	for (int i = 0; i < SIDES; i++) {
		r[i] = http_request(t->s[i], method, target,
				    *body ? "Content-Type: application/json\r\n" : "",
				    str_of(body));
		bodies[i] = without_times(r[i].body);
	}
	t->answers++;
	bool is_given = r[0].status < 300 && r[1].status < 300;
	bool may_differ = !is_given || is_timed(bodies[0]) || is_timed(bodies[1]);
	size_t at = 0;
	while (bodies[0][at] && bodies[0][at] == bodies[1][at])
		at++;
	bool is_same = bodies[0][at] == bodies[1][at];
	size_t from = at < 200 ? 0 : at - 200;
	ck_assert_msg(r[0].status == r[1].status && r[0].status > 0 && r[0].status < 500 &&
			      (is_same || may_differ),
		      "request %lu, %s %.600s %.300s: %d and %d, from byte %zu on:\n%.500s\n%.500s",
		      t->answers, method, target, body, r[0].status, r[1].status, from,
		      bodies[0] + from, bodies[1] + from);
	json_t *j = is_given ? json_loadb(r[0].body.p, r[0].body.n, JSON_ALLOW_NUL, NULL) : NULL;
	for (int i = 0; i < SIDES; i++) {
		reply_release(&r[i]);
		free(bodies[i]);
	}
	return j;
}

/* --- writes --- */

static const char *const names[] = {"Wang Yi", "Antony Blinken", "Ursula von der Leyen",
				    "Ann Lee", "Sergei Lavrov",	 "Élodie Müller"};
static const char *const matters[] = {"China opposes tariffs", "the United States supports Taiwan",
				      "kites must be free",    "sanctions on Russia are wrong",
				      "talks on trade go on",  "the naïve plan of Israel failed"};

/* Half of them long enough to be known again when they come with changes. */
static void post(struct trial *t)
{
	static const char *const verbs[] = {"said", "said on Monday", "denied", "warned"};
	static const char filler[] =
		" The ministers met in the old town hall and spoke for three hours about the "
		"matters that had kept both delegations apart since the spring, among them the "
		"fees at the border, the fish of the northern sea and the letters that nobody had "
		"answered. A second round is planned for the autumn, officials added, though no "
		"date was given and no place was named.";
	char body[1400];
	snprintf(body, sizeof body,
		 "{\"published_at\":\"2024-%02u-%02u\",\"outlet\":\"Outlet %u\",\"title\":\"Talks "
		 "%u\",\"text\":\"%s %s that %s. %s %s that %s, number %lu.%s\"}",
		 1 + roll(t, 12), 1 + roll(t, 28), roll(t, 4), roll(t, 9), PICK(t, names),
		 PICK(t, verbs), PICK(t, matters), PICK(t, names), PICK(t, verbs), PICK(t, matters),
		 t->number - roll(t, 2), roll(t, 2) ? filler : "");
	t->number++;
	json_t *j = request(t, "POST", "/v1/articles", body);
	if (t->n_articles < ARTICLES_MAX)
		t->articles[t->n_articles++] = int_at(j, "id");
	json_decref(j);
}

static void drop(struct trial *t)
{
	char target[100];
	if (t->n_articles == 0)
		return;
	int i = (int)roll(t, (uint32_t)t->n_articles);
	snprintf(target, sizeof target, "/v1/articles/%lld%s", t->articles[i],
		 roll(t, 4) ? "" : "?purge=true");
	json_decref(request(t, "DELETE", target, ""));
	t->articles[i] = t->articles[--t->n_articles];
}

/* An edit that was made may be taken back later. */
static void note(struct trial *t, json_t *answer)
{
	long long edit = int_at(answer, "edit");
	if (edit > 0)
		t->changes[t->n_changes++ % CHANGES_MAX] = edit;
	json_decref(answer);
}

static void correct(struct trial *t)
{
	static const char *const bodies[] = {
		"{\"status\":\"confirmed\"}",
		"{\"status\":\"rejected\"}",
		"{\"speaker\":\"wang-yi\"}",
		"{\"speaker\":\"CHN\"}",
		"{\"issues\":[{\"id\":\"tariffs\",\"position\":\"oppose\"}]}",
		"{\"issues\":[{\"id\":\"taiwan\",\"position\":\"support\"}]}",
	};
	char target[100];
	if (t->n_articles == 0)
		return;
	snprintf(target, sizeof target, "/v1/articles/%lld/statements",
		 t->articles[roll(t, (uint32_t)t->n_articles)]);
	json_t *j = request(t, "GET", target, ""), *list = json_object_get(j, "statements");
	size_t n = json_array_size(list);
	long long id = n ? int_at(json_array_get(list, roll(t, (uint32_t)n)), "id") : 0;
	json_decref(j);
	snprintf(target, sizeof target, "/v1/statements/%lld", id);
	if (id)
		note(t, request(t, "PATCH", target, PICK(t, bodies)));
}

static void take_back(struct trial *t)
{
	char target[100];
	int n = t->n_changes < CHANGES_MAX ? t->n_changes : CHANGES_MAX;
	if (n == 0)
		return;
	snprintf(target, sizeof target, "/v1/edits/%lld/undo", t->changes[roll(t, (uint32_t)n)]);
	note(t, request(t, "POST", target, ""));
	for (int i = 0; i < SIDES; i++)
		await_reread(t->s[i]);
}

/* --- questions --- */

static const char *const conditions[] = {
	"speaker=wang-yi",	"speaker=CHN",	      "speaker=Ann%20Lee", "speaker=!CHN",
	"issue=tariffs",	"issue=taiwan",	      "issue=trade",	   "position=oppose",
	"position=support",	"position=!neutral",  "text=tariffs",	   "text=kites%20must",
	"text=naive",		"text=sanctions",     "outlet=Outlet%201", "published_from=2024-06",
	"published_to=2024-09", "min_confidence=0.5", "copies=false",	   "speaker=nobody",
	"kind=indirect",	"target=CHN",	      "status=confirmed",  "issue=!trade",
};
static const char *const roots[] = {"/v1/statements?",
				    "/v1/statements?",
				    "/v1/statements?",
				    "/v1/statements?",
				    "/v1/stats?by=position",
				    "/v1/stats?by=speaker",
				    "/v1/stats?by=issue",
				    "/v1/stats?interval=month",
				    "/v1/facets?budget_ms=60000",
				    "/v1/statements.csv?",
				    "/v1/network?",
				    "/v1/positions?"};
static const char *const others[] = {
	"/v1/query?q=what%20does%20China%20say%20about%20tariffs",
	"/v1/query?q=who%20opposes%20tariffs",
	"/v1/query?q=how%20many%20statements%20by%20Wang%20Yi",
	"/v1/query?q=Blinken%20on%20Taiwan%20in%20May%202024",
	"/v1/articles?limit=7",
	"/v1/articles?outlet=Outlet%202",
	"/v1/actors?limit=30",
	"/v1/actors?name=lee",
	"/v1/actors/wang-yi",
	"/v1/issues?limit=20",
	"/v1/grid?a=China&b=United%20States",
	"/v1/silences?a=China&b=United%20States",
	"/v1/suggest?q=wa&budget_ms=60000",
	"/v1/outlets",
	"/v1/edits?limit=20",
	"/v1/queue?limit=20",
	"/v1/changes?speaker=china&issue=tariffs",
	"/v1/feed.json",
	"/v1/verify?text=China%20opposes%20tariffs",
};

static void remember_next(struct trial *t, const char *target, const json_t *answer)
{
	const char *next = text_at(answer, "next");
	*t->next = '\0';
	if (*next)
		snprintf(t->next, sizeof t->next, "%.599s%scursor=%.500s", target,
			 strchr(target, '?') ? "&" : "?", next);
}

static void ask(struct trial *t)
{
	char target[TARGET_MAX];
	if (*t->next && roll(t, 2)) {
		json_decref(request(t, "GET", t->next, ""));
		*t->next = '\0';
		return;
	}
	if (roll(t, 4) == 0) {
		json_decref(request(t, "GET", PICK(t, others), ""));
		return;
	}
	int n = snprintf(target, sizeof target, "%s", PICK(t, roots));
	for (uint32_t i = roll(t, 4); i > 0; i--)
		n += snprintf(target + n, sizeof target - (size_t)n, "&%s", PICK(t, conditions));
	if (roll(t, 2) && strncmp(target, "/v1/statements?", 15) == 0)
		snprintf(target + n, sizeof target - (size_t)n, "&limit=%u%s", 1 + roll(t, 20),
			 roll(t, 3) ? "" : "&sort=oldest");
	char *twice = strstr(target, "?&");
	if (twice)
		memmove(twice + 1, twice + 2, strlen(twice + 2) + 1);
	json_t *j = request(t, "GET", target, "");
	remember_next(t, target, j);
	json_decref(j);
}

static void act(struct trial *t)
{
	uint32_t what = roll(t, 100);
	if (what < 14 && t->n_articles < ARTICLES_MAX)
		post(t);
	else if (what < 22)
		drop(t);
	else if (what < 30)
		correct(t);
	else if (what < 34)
		take_back(t);
	else
		ask(t);
}

static unsigned long from_environment(const char *name, unsigned long otherwise)
{
	const char *given = getenv(name);
	return given && *given ? strtoul(given, NULL, 10) : otherwise;
}

START_TEST(services__the_same_requests_on_a_file_and_on_a_server__answer_the_same)
{
	static const char *const options[] = {"--answer-cache", "0", NULL};
	unsigned long asked = from_environment("OPERATIONS", 1500);
	struct trial t = {.dice = from_environment("OPERATIONS_SEED", 31), .number = 1};
	struct fixture f = {0};
	engine_make(&f);
	t.s[0] = server_start(options);
	t.s[1] = server_start_on(f.path, options);
	while (t.answers < asked)
		act(&t);
	for (int i = 0; i < SIDES; i++)
		server_stop(t.s[i]);
	printf("%lu requests answered alike, %lu articles posted\n", t.answers, t.number - 1);
	engine_remove(&f);
}
END_TEST

UNIT_MAIN("operations", services__the_same_requests_on_a_file_and_on_a_server__answer_the_same)
