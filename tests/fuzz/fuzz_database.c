/* A database file with some bytes changed, as a bad disk would: opened, checked, asked everything,
 * written to. Nothing crashes or hangs; every failure is told as one, in UTF-8; and what is
 * answered can be written as JSON that is valid UTF-8.
 *
 * The input is a list of changes to a small file made by the program itself, four bytes each: an
 * offset (24 bits, low first, modulo the file's size) and the byte to put there. An empty input
 * leaves the file sound. */
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/format/json_statement.h"
#include "base/clock.h"
#include "db/count.h"
#include "db/grid.h"
#include "db/issue_edit.h"
#include "db/maintenance.h"
#include "db/position_change.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/actor.h"

enum {
	ARENA_MAX = 64 << 20,
	JSON_MAX = 64 << 20,
	ARTICLES = 8,
	PER_ARTICLE = 3,
	LIMIT = 100,
	CHANGE_BYTES = 4,
	CHANGES_MAX = 64,
};
static const int64_t PATIENCE_NS = 600000000000; /* the fuzzer has its own */

static struct {
	char folder[64], path[96];
	char *bytes; /* the sound file */
	size_t n;
} file;

/* --- the sound file */

static const struct actor wang = ACTOR("wang-yi", "Wang Yi", PERSON, "CHN");
static const struct actor usa = ACTOR("USA", "United States", COUNTRY, "USA");
static const struct issue trade = {
	.id = {"trade", 5}, .label = {"trade", 5}, .cap_major = 18, .cap_sub = 1800};
static const struct issue reefs = {.id = {"reefs", 5}, .label = {"reefs", 5}, .is_open = true};

static struct store *open_file(struct err *e)
{
	struct store_options o = {.path = file.path,
				  .readers = 1,
				  .reader_cache_mb = 1,
				  .writer_cache_mb = 1,
				  .queue_max = 10,
				  .group_max = 4};
	return store_open(&o, e);
}

static int store_article_number(struct store *s, int number, struct err *e)
{
	static const struct span spans[] = {{0, 4}, {6, 12}};
	static const struct issue_hit hits[] = {{.issue = &trade,
						 .score = 0.9F,
						 .evidence = {spans, 2},
						 .position = POSITION_OPPOSE,
						 .position_confidence = 0.75F,
						 .position_evidence = {spans, 2}},
						{.issue = &reefs,
						 .score = 0.5F,
						 .evidence = {spans, 1},
						 .position = POSITION_CONCERN,
						 .position_confidence = 0.5F}};
	struct statement v[PER_ARTICLE] = {0};
	char text[64], content[64];
	for (int i = 0; i < PER_ARTICLE; i++)
		v[i] = (struct statement){
			.content = STR("tariffs must end é"),
			.speaker = i % 2 ? &wang : &usa,
			.speaker_role = STR("foreign minister"),
			.addressee = i ? &usa : NULL,
			.spans.content = {spans, 2},
			.stance = {.position = POSITION_OPPOSE,
				   .target = &usa,
				   .evidence = {spans, 1},
				   .confidence = 0.5F},
			.said_on = {.text = STR("on Monday"),
				    .date = STR("2024-04-22"),
				    .rule = STR("weekday"),
				    .from = 19835,
				    .to = 19835},
			.confidence = 0.75F,
			.engine = STR("test"),
			.issues = hits,
			.n_issues = 2,
		};
	int n = snprintf(text, sizeof text, "Text %d: tariffs must end, said Wang.", number);
	snprintf(content, sizeof content, "https://example.org/%d", number);
	struct write w = {
		.op = WRITE_ARTICLE,
		.article = article_of((struct str){text, (size_t)n}, STR("2024-04-26")),
		.extraction = {v, PER_ARTICLE},
	};
	w.article.url = str_of(content);
	w.article.outlet = STR("Example");
	w.article.title = STR("Tariffs");
	w.article.received_ms = 1714089600000;
	struct write *one = &w;
	digest_text(w.article.text, w.article.sha256);
	return store_write_all(s, &one, 1, e);
}

static int change_issue(struct store *s, enum issue_change what, struct err *e)
{
	static const struct str term = {"export quotas", 13};
	struct issue_write iw = {.write = {.op = WRITE_ISSUE}, .change = what};
	struct write *one = &iw.write;
	iw.issue = (struct issue){.id = STR("quotas"), .label = STR("quotas"), .terms = {&term, 1}};
	return store_write_all(s, &one, 1, e);
}

static void put_file(const char *bytes, size_t n)
{
	char path[128];
	static const char *const beside[] = {"-wal", "-shm", "-journal"};
	for (size_t i = 0; i < sizeof beside / sizeof beside[0]; i++) {
		snprintf(path, sizeof path, "%s%s", file.path, beside[i]);
		unlink(path);
	}
	FILE *f = fopen(file.path, "wbe");
	FUZZ_CHECK(f && fwrite(bytes, 1, n, f) == n);
	FUZZ_CHECK(fclose(f) == 0);
}

static void read_file(void)
{
	struct stat st;
	FUZZ_CHECK(stat(file.path, &st) == 0);
	file.n = (size_t)st.st_size;
	file.bytes = malloc(file.n);
	FILE *f = fopen(file.path, "rbe");
	FUZZ_CHECK(f && file.bytes && fread(file.bytes, 1, file.n, f) == file.n);
	fclose(f);
}

static void remove_folder(void)
{
	put_file("", 0);
	unlink(file.path);
	rmdir(file.folder);
	free(file.bytes);
}

/* SQLite's log of a damaged file would be most of the output. */
int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc, (void)argv;
	struct err e = {0};
	const char *memory = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
	snprintf(file.folder, sizeof file.folder, "%s/demarche-fuzz-XXXXXX", memory);
	FUZZ_CHECK(mkdtemp(file.folder));
	snprintf(file.path, sizeof file.path, "%s/file.db", file.folder);
	struct store *s = open_file(&e);
	FUZZ_CHECK(s);
	for (int i = 0; i < ARTICLES; i++)
		FUZZ_CHECK(store_article_number(s, i, &e) == 0);
	FUZZ_CHECK(change_issue(s, ISSUE_ADD, &e) == 0);
	store_close(s);
	read_file();
	atexit(remove_folder);
	return 0;
}

/* --- questions */

struct asking {
	struct reader *r;
	struct arena a;
	struct buf json;
	bool is_sound; /* nothing was changed: nothing may fail */
};

/* A failure names itself; a file that is damaged is the store's error, whatever was asked. */
static bool went_well(const struct asking *k, int rc, const struct err *e)
{
	FUZZ_CHECK(rc == 0 || e->kind != ERR_NONE);
	if (rc == 0)
		return true;
	FUZZ_CHECK(!k->is_sound);
	FUZZ_CHECK(e->kind == ERR_DB || e->kind == ERR_NOT_FOUND || e->kind == ERR_TOO_LARGE ||
		   e->kind == ERR_INPUT);
	FUZZ_CHECK(e->message[0] && fuzz_is_utf8(str_of(e->message)));
	return false;
}

static void check_json(struct asking *k)
{
	FUZZ_CHECK(fuzz_is_utf8(buf_str(&k->json)));
	k->json.n = 0;
}

static void check_statements(struct asking *k, const struct statement_list *list)
{
	struct jw j = jw_into(&k->json);
	statements_member(&j, list->v, list->n, 0);
	check_json(k);
}

static void ask_statements(struct asking *k, const struct statement_query *q)
{
	struct err e = {0};
	struct statement_list list;
	int64_t next;
	if (!went_well(k, store_statements(k->r, q, &k->a, &list, &next, &e), &e))
		return;
	FUZZ_CHECK(list.n <= LIMIT);
	check_statements(k, &list);
	for (size_t i = 0; i < list.n; i++) {
		struct statement one;
		e = (struct err){0};
		if (went_well(k, store_statement(k->r, list.v[i].id, &k->a, &one, &e), &e))
			check_statements(k, &(struct statement_list){&one, 1});
	}
}

static struct statement_query all_statements(void)
{
	return (struct statement_query){.said_after = DAY_NONE,
					.said_before = DAY_NONE,
					.published_after = DAY_NONE,
					.published_before = DAY_NONE,
					.limit = LIMIT};
}

static void ask_counts(struct asking *k, const struct statement_query *q)
{
	for (unsigned by = 0; by <= COUNTED_COUNT; by++) {
		struct err e = {0};
		struct counts out;
		const unsigned pairs = 1U << COUNTED_ISSUE | 1U << COUNTED_POSITION;
		struct count_query c = {.q = q,
					.by = by < COUNTED_COUNT ? 1U << by : pairs,
					.interval = INTERVAL_MONTH,
					.with_open = true,
					.limit = LIMIT};
		if (!went_well(k, store_count(k->r, &c, &k->a, &out, &e), &e))
			continue;
		struct jw j = jw_into(&k->json);
		for (size_t i = 0; i < out.n; i++) {
			const struct count_group *g = &out.v[i];
			actor_ref_write(&j, g->speaker);
			actor_ref_write(&j, g->target);
			if (g->issue)
				issue_ref_write(&j, g->issue);
		}
		check_json(k);
	}
}

/* By each of the indexes, and by position on an issue in two of them. */
static void ask_all_statements(struct asking *k, int64_t actor, int64_t issue, int64_t article)
{
	static const struct str phrase = {"tariffs must", 12}, outlet = {"Example", 7};
	enum { QUESTIONS = 9 };
	struct statement_query q[QUESTIONS];
	int64_t speaker = speaker_key(actor, true);
	for (size_t i = 0; i < QUESTIONS; i++)
		q[i] = all_statements();
	q[1].speakers = (struct keys){&speaker, 1};
	q[2].issues = (struct keys){&issue, 1};
	q[3].phrases = (struct strs){&phrase, 1};
	q[4].outlets = (struct strs){&outlet, 1};
	q[5].targets = (struct keys){&actor, 1};
	q[6].article = article;
	q[7].phrases = (struct strs){&phrase, 1};
	for (size_t i = 7; i < QUESTIONS; i++) {
		q[i].issues = (struct keys){&issue, 1};
		q[i].positions = 1U << POSITION_OPPOSE | 1U << POSITION_CONCERN;
		q[i].min_position_confidence = 0.1F;
	}
	for (size_t i = 0; i < QUESTIONS; i++) {
		struct err e = {0};
		struct position_changes turns;
		ask_statements(k, &q[i]);
		q[i].oldest_first = true;
		ask_statements(k, &q[i]);
		if (i < 4 || i >= 7)
			ask_counts(k, &q[i]);
		went_well(k, store_position_changes(k->r, &q[i], 2, &k->a, &turns, &e), &e);
	}
}

static int64_t ask_articles(struct asking *k)
{
	struct err e = {0};
	struct article_list list = {0};
	struct article one;
	struct article_query q = {
		.published_after = DAY_NONE, .published_before = DAY_NONE, .limit = LIMIT};
	int64_t next;
	if (!went_well(k, store_articles(k->r, &q, &k->a, &list, &next, &e), &e))
		list.n = 0;
	struct jw j = jw_into(&k->json);
	for (size_t i = 0; i < list.n; i++) {
		e = (struct err){0};
		article_write(&j, &list.v[i], false);
		if (went_well(k, store_article(k->r, list.v[i].id, &k->a, &one, &e), &e))
			article_write(&j, &one, true);
	}
	check_json(k);
	e = (struct err){0};
	unsigned char sha256[DIGEST_BYTES];
	digest_text(STR("Text 1: tariffs must end, said Wang."), sha256);
	went_well(k, store_article_of(k->r, sha256, &k->a, &one, &e), &e);
	return list.n ? list.v[0].id : 0;
}

static int64_t ask_actors(struct asking *k)
{
	struct err e = {0};
	struct name_query q = {.kind = -1, .limit = LIMIT, .with_statements = true};
	struct actor_matches list;
	struct actor_match one = {0};
	struct str next;
	struct jw j = jw_into(&k->json);
	if (went_well(k, store_actors(k->r, &q, &k->a, &list, &next, &e), &e))
		for (size_t i = 0; i < list.n; i++)
			actor_write(&j, &list.v[i].actor);
	e = (struct err){0};
	if (went_well(k, store_find_actors(k->r, STR("wang yi"), &k->a, &list, &e), &e))
		for (size_t i = 0; i < list.n; i++)
			actor_ref_write(&j, &list.v[i].actor);
	e = (struct err){0};
	if (went_well(k, store_actor(k->r, STR("USA"), &k->a, &one, &e), &e))
		actor_write(&j, &one.actor);
	check_json(k);
	return one.key ? one.key : 1;
}

static int64_t ask_issues(struct asking *k)
{
	struct err e = {0};
	struct name_query q = {.kind = -1, .limit = LIMIT};
	struct issue_matches list;
	struct issue_match one = {0};
	struct issue *edited;
	size_t n;
	int64_t edition;
	struct str next;
	struct jw j = jw_into(&k->json);
	if (went_well(k, store_issues(k->r, &q, &k->a, &list, &next, &e), &e))
		for (size_t i = 0; i < list.n; i++)
			issue_write(&j, &list.v[i].issue);
	e = (struct err){0};
	went_well(k, store_issues_by_cap(k->r, 18, &k->a, &list, &e), &e);
	e = (struct err){0};
	if (went_well(k, store_edited_issues(k->r, &k->a, &edited, &n, &edition, &e), &e))
		for (size_t i = 0; i < n; i++)
			issue_write(&j, &edited[i]);
	e = (struct err){0};
	if (went_well(k, store_issue(k->r, STR("trade"), &k->a, &one, &e), &e))
		issue_write(&j, &one.issue);
	check_json(k);
	return one.key ? one.key : 1;
}

static void ask_grid(struct asking *k, int64_t actor)
{
	struct err e = {0};
	struct grid grid;
	struct grid_query q = {.sides = {speaker_key(actor, true), speaker_key(actor + 1, true)},
			       .published_after = DAY_NONE,
			       .published_before = DAY_NONE,
			       .min_position_confidence = 0.1F,
			       .with_open = true,
			       .limit = LIMIT};
	went_well(k, store_grid(k->r, &q, &k->a, &grid, &e), &e);
}

static int64_t ask_everything(struct store *s, bool is_sound)
{
	struct err e = {0};
	struct asking k = {.is_sound = is_sound};
	k.r = store_reader(s, now_monotonic_ns() + PATIENCE_NS, &e);
	if (!went_well(&k, k.r ? 0 : -1, &e))
		return 0;
	arena_init(&k.a, ARENA_MAX);
	buf_init(&k.json, JSON_MAX);
	int64_t article = ask_articles(&k), actor = ask_actors(&k), issue = ask_issues(&k);
	ask_all_statements(&k, actor, issue, article);
	ask_grid(&k, actor);
	reader_return(k.r);
	buf_release(&k.json);
	arena_release(&k.a);
	return article;
}

/* --- the target */

static void count_fault(void *context, const char *what)
{
	++*(int *)context;
	FUZZ_CHECK(what && what[0]);
}

static void check_file(bool is_sound)
{
	struct err e = {0};
	int faults = 0;
	int rc = store_check(file.path, count_fault, &faults, &e);
	FUZZ_CHECK(rc == 0 || (!is_sound && e.kind == ERR_DB && fuzz_is_utf8(str_of(e.message))));
	FUZZ_CHECK(!is_sound || faults == 0);
}

/* An error or none: what is written into a damaged file is not the question here. */
static void write_some(struct store *s, int64_t article)
{
	struct err e[3] = {0};
	struct write w = {.op = WRITE_DELETE, .id = article}, *one = &w;
	int rc[3] = {store_article_number(s, ARTICLES, &e[0]), change_issue(s, ISSUE_CHANGE, &e[1]),
		     0};
	rc[2] = store_write_all(s, &one, 1, &e[2]);
	for (int i = 0; i < 3; i++)
		FUZZ_CHECK((rc[i] == 0) == (e[i].kind == ERR_NONE) &&
			   fuzz_is_utf8(str_of(e[i].message)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t n = size / CHANGE_BYTES < CHANGES_MAX ? size / CHANGE_BYTES : CHANGES_MAX;
	char *bytes = memcpy(malloc(file.n), file.bytes, file.n);
	for (size_t i = 0; i < n; i++) {
		const uint8_t *change = data + i * CHANGE_BYTES;
		size_t at = (size_t)change[0] | (size_t)change[1] << 8 | (size_t)change[2] << 16;
		bytes[at % file.n] = (char)change[3];
	}
	put_file(bytes, file.n);
	bool is_sound = memcmp(bytes, file.bytes, file.n) == 0;
	free(bytes);
	struct err e = {0};
	struct store *s = open_file(&e);
	if (s) {
		check_file(is_sound);
		write_some(s, ask_everything(s, is_sound));
	} else {
		FUZZ_CHECK(!is_sound && e.kind == ERR_DB && e.message[0] &&
			   fuzz_is_utf8(str_of(e.message)));
	}
	store_close(s);
	return 0;
}
