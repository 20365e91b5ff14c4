/* What the store's tests share: a fresh store in a folder of its own, and short words for actors,
 * issues and writes. */
#ifndef DEMARCHE_TESTS_DB_FIXTURE_H
#define DEMARCHE_TESTS_DB_FIXTURE_H

#include <sqlite3.h>
#include <stdio.h>
#include <unistd.h>

#include "db/maintenance.h"
#include "db/store.h"
#include "tests/unit/unit.h"

#define UNUSED __attribute__((unused))

struct fixture {
	char folder[32], path[128];
	struct store *store;
	struct arena arena;
	struct err e;
};

static const int64_t LONG_NS = 60000000000;

static UNUSED struct store_options fixture_options(const struct fixture *f)
{
	return (struct store_options){.path = f->path,
				      .readers = 2,
				      .reader_cache_mb = 2,
				      .writer_cache_mb = 8,
				      .queue_max = 1000,
				      .group_max = 128};
}

static UNUSED void fixture_folder(struct fixture *f)
{
	memset(f, 0, sizeof *f);
	snprintf(f->folder, sizeof f->folder, "/tmp/demarche-test-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(f->folder));
	snprintf(f->path, sizeof f->path, "%s/test.db", f->folder);
	arena_init(&f->arena, (size_t)1 << 30);
}

static UNUSED void fixture_reopen(struct fixture *f)
{
	struct store_options o = fixture_options(f);
	store_close(f->store);
	f->store = store_open(&o, &f->e);
	ck_assert_msg(f->store != NULL, "%s", f->e.message);
}

static UNUSED void fixture_open(struct fixture *f)
{
	fixture_folder(f);
	fixture_reopen(f);
}

static UNUSED void fixture_close(struct fixture *f)
{
	static const char *const endings[] = {"",      "-wal",	    "-shm",	 "-lock",
					      ".copy", ".copy-wal", ".copy-shm", ".copy-lock"};
	store_close(f->store);
	arena_release(&f->arena);
	for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
		char name[128];
		snprintf(name, sizeof name, "%s%s", f->path, endings[i]);
		unlink(name);
	}
	rmdir(f->folder);
}

static UNUSED struct reader *fixture_reader(struct fixture *f)
{
	struct reader *r = store_reader(f->store, now_monotonic_ns() + LONG_NS, &f->e);
	ck_assert_msg(r != NULL, "%s", f->e.message);
	return r;
}

/* A query without conditions. */
static UNUSED struct statement_query query_all(int limit)
{
	return (struct statement_query){.said_after = DAY_NONE,
					.said_before = DAY_NONE,
					.published_after = DAY_NONE,
					.published_before = DAY_NONE,
					.limit = limit};
}

static UNUSED const struct actor wang = {
	.id = {"wang-yi", 7}, .name = {"Wang Yi", 7}, .kind = ACTOR_PERSON, .country = {"CHN", 3}};
static UNUSED const struct actor china = {
	.id = {"CHN", 3}, .name = {"China", 5}, .kind = ACTOR_COUNTRY, .country = {"CHN", 3}};
static UNUSED const struct actor usa = {.id = {"USA", 3},
					.name = {"United States", 13},
					.kind = ACTOR_COUNTRY,
					.country = {"USA", 3}};
static UNUSED const struct issue core = {.id = {"core-interests", 14},
					 .label = {"core interests", 14}};
static UNUSED const struct issue trade = {.id = {"trade", 5},
					  .label = {"trade", 5},
					  .cap_major = 18,
					  .cap_sub = 1800,
					  .is_open = true};

static UNUSED struct statement plain_statement(struct str content, const struct actor *speaker)
{
	return (struct statement){
		.content = content, .speaker = speaker, .confidence = 0.5F, .engine = STR("test")};
}

static UNUSED struct write article_write(struct str text, struct str published,
					 const struct statement *v, size_t n)
{
	return (struct write){
		.op = WRITE_ARTICLE,
		.article = {.text = text, .published_at = published, .received_ms = 1714089600000},
		.extraction = {v, n}};
}

static UNUSED int64_t fixture_write(struct fixture *f, struct write *w)
{
	assert_ok(store_write_all(f->store, &w, 1, &f->e), f->e);
	return w->id;
}

static UNUSED int64_t actor_key_of(struct fixture *f, struct str id)
{
	struct actor_match m;
	struct reader *r = fixture_reader(f);
	assert_ok(store_actor(r, id, &f->arena, &m, &f->e), f->e);
	reader_return(r);
	return m.key;
}

static UNUSED int64_t issue_key_of(struct fixture *f, struct str id)
{
	struct issue_match m;
	struct reader *r = fixture_reader(f);
	assert_ok(store_issue(r, id, &f->arena, &m, &f->e), f->e);
	reader_return(r);
	return m.key;
}

static UNUSED struct statement_list fixture_ask(struct fixture *f, const struct statement_query *q,
						int64_t *next)
{
	struct statement_list list;
	struct reader *r = fixture_reader(f);
	assert_ok(store_statements(r, q, &f->arena, &list, next, &f->e), f->e);
	reader_return(r);
	return list;
}

/* As another program would, past the store. */
static UNUSED void raw_sql(const char *path, const char *sql)
{
	sqlite3 *db;
	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
	ck_assert_msg(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, "%s",
		      sqlite3_errmsg(db));
	sqlite3_close(db);
}

static UNUSED void no_fault(void *context, const char *what)
{
	(void)context;
	ck_abort_msg("check: %s", what);
}

static UNUSED void fixture_check(struct fixture *f)
{
	assert_ok(store_check(f->path, no_fault, NULL, &f->e), f->e);
}

#endif
