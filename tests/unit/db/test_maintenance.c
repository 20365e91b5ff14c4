/* Care for the file: one writer, readers that change nothing, copies that are whole or not there, a
 * check that finds what is wrong, and repair. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "db/sqlite/lock_file.h"
#include "db/sqlite/migrate.h"
#include "db/sqlite/sql.h"
#include "tests/unit/db/raw.h"

static const struct span spans_a[] = {{0, 4}, {9, 12}};
static const struct issue_hit hits[] = {{.issue = &core,
					 .score = 0.9F,
					 .evidence = {spans_a, 2},
					 .position = POSITION_SUPPORT,
					 .position_confidence = 0.9F,
					 .position_evidence = {spans_a, 2}},
					{.issue = &trade,
					 .score = 0.25F,
					 .position = POSITION_OPPOSE,
					 .position_confidence = 0.6F}};

/* An article with two statements that name actors in every part. */
static int64_t write_article(struct fixture *f, int number, size_t padding)
{
	struct statement v[] = {plain_statement(STR("the first said"), &wang),
				plain_statement(STR("the second said"), &usa)};
	v[0].issues = v[1].issues = hits;
	v[0].n_issues = 2;
	v[1].n_issues = 1;
	v[0].stance.target = &usa;
	v[0].addressee = &usa;
	v[1].reported_by = &wang;
	struct str text = arena_printf(&f->arena, "text %d %0*d", number, (int)padding, 0);
	struct write w = made_article(text, STR("2024-04-26"), v, 2);
	w.article.title = STR("A title");
	return fixture_write(f, &w);
}

static char *name_of(struct fixture *f, const char *ending)
{
	return (char *)(uintptr_t)arena_printf(&f->arena, "%s%s", f->path, ending).p;
}

/* --- one writer --- */

/* A process that has the store open until it is killed. */
static pid_t start_holder(const struct fixture *f)
{
	int ready[2];
	char byte;
	ck_assert_int_eq(pipe(ready), 0);
	pid_t pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		struct store_options o = fixture_options(f);
		struct err e = {0};
		o.command = "holder";
		struct store *s = store_open(&o, &e);
		if (s)
			store_announce(s, "http://127.0.0.1:1");
		if (s && write(ready[1], "x", 1) == 1)
			for (;;)
				pause();
		_exit(1);
	}
	close(ready[1]);
	ck_assert_int_eq(read(ready[0], &byte, 1), 1);
	close(ready[0]);
	return pid;
}

static void kill_and_wait(pid_t pid)
{
	int status;
	kill(pid, SIGKILL);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
}

static void assert_held(struct fixture *f, const char *path, pid_t holder)
{
	struct store_options o = fixture_options(f);
	char pid[32];
	o.path = path;
	f->e = (struct err){0};
	ck_assert_ptr_null(store_open(&o, &f->e));
	ck_assert_int_eq(f->e.kind, ERR_BUSY);
	snprintf(pid, sizeof pid, "process %d", (int)holder);
	ck_assert_msg(strstr(f->e.message, pid) && strstr(f->e.message, f->path) &&
			      strstr(f->e.message, "holder"),
		      "%s", f->e.message);
	f->e = (struct err){0};
}

START_TEST(store_open__held_by_another_process__is_refused_until_that_is_gone)
{
	struct fixture f;
	fixture_make(&f);
	pid_t holder = start_holder(&f);
	assert_held(&f, f.path, holder);
	/* By another name, too. */
	const char *link = name_of(&f, ".copy");
	ck_assert_int_eq(symlink(f.path, link), 0);
	assert_held(&f, link, holder);
	ck_assert_str_eq(store_holder(link).address, "http://127.0.0.1:1");
	/* Repair writes; check does not. */
	assert_fails(store_repair(f.path, no_fault, NULL, &f.e), f.e, ERR_BUSY);
	f.e = (struct err){0};
	fixture_check(&f);
	kill_and_wait(holder);
	fixture_reopen(&f);
	write_article(&f, 1, 1);
	fixture_close(&f);
}
END_TEST

START_TEST(store_close__any__leaves_no_lock_and_a_private_file)
{
	struct fixture f;
	mode_t old = umask(0);
	fixture_open(&f);
	write_article(&f, 1, 1);
	static const char *const endings[] = {"", "-wal", "-shm", "-lock"};
	for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
		struct stat st;
		ck_assert_int_eq(stat(name_of(&f, endings[i]), &st), 0);
		ck_assert_msg((st.st_mode & 0777) == 0600, "%s has mode %o", endings[i],
			      st.st_mode & 0777U);
	}
	store_close(f.store);
	f.store = NULL;
	ck_assert_int_ne(access(name_of(&f, "-lock"), F_OK), 0);
	ck_assert_int_ne(access(name_of(&f, "-wal"), F_OK), 0);
	umask(old);
	fixture_close(&f);
}
END_TEST

/* Opens and closes again and again; counts itself in while it is open. */
static void contend(const struct fixture *f, atomic_int *inside, atomic_int *opened, int times)
{
	for (int i = 0; i < times;) {
		struct store_options o = fixture_options(f);
		struct err e = {0};
		struct store *s = store_open(&o, &e);
		if (!s && e.kind != ERR_BUSY)
			_exit(2);
		if (!s)
			continue;
		if (atomic_fetch_add(inside, 1) != 0)
			_exit(3);
		struct statement v[] = {plain_statement(STR("said"), &wang)};
		char text[32];
		int n = snprintf(text, sizeof text, "%d %d", (int)getpid(), i++);
		struct write w = made_article((struct str){text, (size_t)n}, STR("2024-04-26"), v,
					      1),
			     *one = &w;
		if (store_write_all(s, &one, 1, &e))
			_exit(4);
		atomic_fetch_add(opened, 1);
		atomic_fetch_sub(inside, 1);
		store_close(s);
	}
	_exit(0);
}

START_TEST(store_open__processes_open_and_close_at_once__one_is_inside)
{
	enum { PROCESSES = 4, TIMES = 25 };
	struct fixture f;
	fixture_make(&f);
	atomic_int *shared =
		mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	ck_assert(shared != MAP_FAILED);
	pid_t pids[PROCESSES];
	for (int i = 0; i < PROCESSES; i++) {
		pids[i] = fork();
		if (pids[i] == 0)
			contend(&f, &shared[0], &shared[1], TIMES);
	}
	for (int i = 0; i < PROCESSES; i++) {
		int status;
		ck_assert_int_eq(waitpid(pids[i], &status, 0), pids[i]);
		ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0, "process %d: %x", i,
			      (unsigned)status);
	}
	ck_assert_int_eq(atomic_load(&shared[1]), PROCESSES * TIMES);
	munmap(shared, 4096);
	fixture_reopen(&f);
	ck_assert_int_eq(store_stats(f.store).articles, PROCESSES * TIMES);
	fixture_check(&f);
	fixture_close(&f);
}
END_TEST

static int try_write(struct fixture *f, const char *text)
{
	struct write w = made_article(str_of(text), STR("2024-04-26"), NULL, 0), *one = &w;
	f->e = (struct err){0};
	return store_write_all(f->store, &one, 1, &f->e);
}

START_TEST(store_write__another_program_has_written__is_refused)
{
	struct fixture f;
	fixture_open(&f);
	write_article(&f, 1, 1);
	raw_sql(f.path, "UPDATE state SET counter = counter + 7");
	assert_fails(try_write(&f, "another"), f.e, ERR_DB);
	ck_assert_msg(strstr(f.e.message, "another program") != NULL, "%s", f.e.message);
	f.e = (struct err){0};
	ck_assert_int_eq(store_stats(f.store).articles, 1);
	fixture_reopen(&f);
	assert_ok(try_write(&f, "another"), f.e);
	fixture_check(&f);
	fixture_close(&f);
}
END_TEST

START_TEST(store_ready__file_moved_away__is_not_and_writes_are_refused)
{
	struct fixture f;
	fixture_open(&f);
	assert_ok(store_ready(f.store, &f.e), f.e);
	ck_assert_int_eq(rename(f.path, name_of(&f, ".copy")), 0);
	assert_fails(store_ready(f.store, &f.e), f.e, ERR_DB);
	assert_fails(try_write(&f, "lost"), f.e, ERR_DB);
	ck_assert_msg(strstr(f.e.message, "moved") != NULL, "%s", f.e.message);
	ck_assert_int_eq(rename(name_of(&f, ".copy"), f.path), 0);
	assert_ok(try_write(&f, "kept"), f.e);
	assert_ok(store_ready(f.store, &f.e), f.e);
	fixture_close(&f);
}
END_TEST

/* --- reading --- */

static struct store *open_reading(const char *path, struct err *e)
{
	struct store_options o = {.path = path, .readers = 1, .reader_cache_mb = 2};
	*e = (struct err){0};
	return store_open_reading(&o, e);
}

START_TEST(store_open_reading__beside_a_writer__sees_its_commits_and_takes_no_write)
{
	struct fixture f;
	fixture_open(&f);
	struct store *s = open_reading(f.path, &f.e);
	ck_assert_msg(s != NULL, "%s", f.e.message);
	write_article(&f, 1, 1);
	struct reader *r = store_reader(s, now_monotonic_ns() + LONG_NS, &f.e);
	struct article_query q = {
		.published_after = DAY_NONE, .published_before = DAY_NONE, .limit = 5};
	struct article_list list;
	int64_t next;
	assert_ok(store_articles(r, &q, &f.arena, &list, &next, &f.e), f.e);
	ck_assert_uint_eq(list.n, 1);
	reader_return(r);
	struct write w = made_article(STR("x"), STR("2024-04-26"), NULL, 0);
	assert_fails(store_submit(s, &w, &f.e), f.e, ERR_BUSY);
	f.e = (struct err){0};
	store_close(s);
	write_article(&f, 2, 1);
	fixture_check(&f);
	fixture_close(&f);
}
END_TEST

struct bytes {
	char *p;
	size_t n;
};

static struct bytes bytes_at(const char *path)
{
	struct stat st;
	FILE *file = fopen(path, "rb");
	ck_assert_msg(file != NULL, "%s", path);
	ck_assert_int_eq(fstat(fileno(file), &st), 0);
	struct bytes b = {malloc((size_t)st.st_size + 1), (size_t)st.st_size};
	ck_assert_uint_eq(fread(b.p, 1, b.n, file), b.n);
	fclose(file);
	return b;
}

static void assert_unchanged(const char *path, struct bytes before)
{
	struct bytes now = bytes_at(path);
	ck_assert_msg(now.n == before.n && memcmp(now.p, before.p, now.n) == 0, "%s has changed",
		      path);
	free(now.p);
}

static void copy_file(const char *from, const char *to)
{
	struct bytes b = bytes_at(from);
	FILE *file = fopen(to, "wb");
	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(b.p, 1, b.n, file), b.n);
	fclose(file);
	free(b.p);
}

/* A file of an older schema with an article, in WAL mode; its last change stays in the log when
 * `keeps_log`. */
static void make_old(struct fixture *f, int version, bool keeps_log)
{
	const char *working = name_of(f, ".copy");
	sqlite3 *db = sql_open(working, SQL_CREATE, 2, &f->e);
	ck_assert_ptr_nonnull(db);
	assert_ok(migrate_to(db, version, &f->e), f->e);
	assert_ok(sql_once(db, "PRAGMA journal_mode = WAL", &f->e), f->e);
	assert_ok(sql_once(db,
			   "INSERT INTO article(id, sha256, received_ms, statement_count, "
			   "published_at, outlet, title, url, "
			   "author, language) VALUES (1586994710839297, "
			   "x'982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1',"
			   " 0, 0, '2024-04-26', '', 'A title', '', '', 'en')",
			   &f->e),
		  f->e);
	assert_ok(
		sql_once(db,
			 "INSERT INTO article_text VALUES (1586994710839297, CAST('text' AS BLOB))",
			 &f->e),
		f->e);
	assert_ok(sql_once(db, "UPDATE state SET counter = 1, articles = 1", &f->e), f->e);
	if (keeps_log) {
		copy_file(working, f->path);
		copy_file(name_of(f, ".copy-wal"), name_of(f, "-wal"));
	}
	sqlite3_close(db);
	if (!keeps_log)
		copy_file(working, f->path);
	unlink(working);
}

START_TEST(commands__older_schema__leave_every_byte_as_it_was)
{
	for (int version = 1; version <= migrate_newest(); version++)
		for (int keeps_log = 0; keeps_log < 2; keeps_log++) {
			struct fixture f;
			fixture_make(&f);
			make_old(&f, version, keeps_log);
			struct bytes file = bytes_at(f.path), log = {0};
			if (keeps_log)
				log = bytes_at(name_of(&f, "-wal"));
			ck_assert(!keeps_log || log.n > 0);
			fixture_check(&f);
			const char *copy = name_of(&f, ".copy");
			assert_ok(store_backup(f.path, copy, NULL, NULL, &f.e), f.e);
			struct store *s = open_reading(f.path, &f.e);
			ck_assert_int_eq(s != NULL, version == migrate_newest());
			if (!s)
				ck_assert_msg(f.e.kind == ERR_DB && strstr(f.e.message, "serve"),
					      "%s", f.e.message);
			store_close(s);
			f.e = (struct err){0};
			assert_unchanged(f.path, file);
			if (keeps_log)
				assert_unchanged(name_of(&f, "-wal"), log);
			/* The copy is whole, of the same schema, and the writer brings it up. */
			assert_ok(store_check(copy, no_fault, NULL, &f.e), f.e);
			ck_assert_int_ne(access(name_of(&f, ".copy-wal"), F_OK), 0);
			snprintf(f.path, sizeof f.path, "%.100s", copy);
			fixture_reopen(&f);
			ck_assert_int_eq(store_stats(f.store).articles, 1);
			fixture_check(&f);
			store_close(f.store);
			f.store = NULL;
			unlink(copy);
			f.path[strlen(f.path) - strlen(".copy")] = '\0';
			fixture_close(&f);
			free(file.p);
			free(log.p);
		}
}
END_TEST

START_TEST(commands__newer_or_foreign_or_empty__are_refused)
{
	static const char *const making[] = {"PRAGMA user_version = 99",
					     "PRAGMA application_id = 7"};
	for (size_t i = 0; i < 3; i++) {
		struct fixture f;
		fixture_open(&f);
		store_close(f.store);
		f.store = NULL;
		if (i < 2)
			raw_sql(f.path, making[i]);
		else
			ck_assert_int_eq(truncate(f.path, 0), 0);
		const char *copy = name_of(&f, ".copy");
		assert_fails(store_check(f.path, no_fault, NULL, &f.e), f.e, ERR_DB);
		f.e = (struct err){0};
		assert_fails(store_backup(f.path, copy, NULL, NULL, &f.e), f.e, ERR_DB);
		ck_assert_int_ne(access(copy, F_OK), 0);
		ck_assert_int_ne(access(name_of(&f, ".copy.partial"), F_OK), 0);
		ck_assert_ptr_null(open_reading(f.path, &f.e));
		fixture_close(&f);
	}
}
END_TEST

/* The folder read-only for this process and its children, as a disk can be: permissions do not bind
 * root. 0 where the system does not let a test do so. */
static bool make_read_only(const char *folder)
{
	return unshare(CLONE_NEWNS) == 0 &&
	       mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
	       mount(folder, folder, NULL, MS_BIND, NULL) == 0 &&
	       mount(NULL, folder, NULL, MS_REMOUNT | MS_BIND | MS_RDONLY, NULL) == 0;
}

enum { WORKED = 0, NOT_POSSIBLE = 77 };

/* In a child: gives its exit status. */
static int look_read_only(struct fixture *f, const char *elsewhere, bool has_log)
{
	if (!make_read_only(f->folder))
		return NOT_POSSIBLE;
	struct err e = {0};
	int checked = store_check(f->path, no_fault, NULL, &e);
	bool says_why = strstr(e.message, "the log beside it") != NULL;
	struct store *s = open_reading(f->path, &e);
	bool is_open = s != NULL;
	store_close(s);
	e = (struct err){0};
	int copied = store_backup(f->path, elsewhere, NULL, NULL, &e);
	if (has_log)
		return checked && says_why && !is_open && copied ? WORKED : 1;
	return checked == 0 && is_open && copied == 0 ? WORKED : 2;
}

START_TEST(commands__read_only_disk__read_a_file_without_a_log_and_refuse_another)
{
	for (int has_log = 0; has_log < 2; has_log++) {
		struct fixture f, other;
		fixture_open(&f);
		fixture_make(&other);
		write_article(&f, 1, 1);
		if (has_log) {
			copy_file(f.path, name_of(&f, ".copy"));
			copy_file(name_of(&f, "-wal"), name_of(&f, ".copy-wal"));
			store_close(f.store);
			f.store = NULL;
			ck_assert_int_eq(rename(name_of(&f, ".copy"), f.path), 0);
			ck_assert_int_eq(rename(name_of(&f, ".copy-wal"), name_of(&f, "-wal")), 0);
		}
		store_close(f.store);
		f.store = NULL;
		int status;
		pid_t pid = fork();
		if (pid == 0)
			_exit(look_read_only(&f, other.path, has_log));
		ck_assert_int_eq(waitpid(pid, &status, 0), pid);
		ck_assert(WIFEXITED(status));
		if (WEXITSTATUS(status) == NOT_POSSIBLE)
			printf("not possible here: a read-only place needs the right to mount\n");
		else
			ck_assert_int_eq(WEXITSTATUS(status), WORKED);
		fixture_close(&f);
		fixture_close(&other);
	}
}
END_TEST

/* --- backup --- */

static int64_t count_articles(const char *path)
{
	struct err e = {0};
	int64_t n = -1;
	sqlite3 *db = sql_open(path, SQL_LOOK, 2, &e);
	if (db && sql_number(db, "SELECT count(*) FROM article", &n, &e))
		n = -1;
	sqlite3_close(db);
	return n;
}

static void count_fault(void *context, const char *what)
{
	ck_assert(what[0]);
	++*(int *)context;
}

/* Does the check call it sound? */
static bool is_sound(const char *path)
{
	struct err e = {0};
	int faults = 0;
	return store_check(path, count_fault, &faults, &e) == 0 && faults == 0;
}

struct moment {
	int step; /* of the copying at which the process kills itself; -1: it is killed from outside
		   */
	int at;
};

static void die_at(void *context, int done, int total)
{
	struct moment *m = context;
	(void)done, (void)total;
	if (m->at++ == m->step)
		raise(SIGKILL);
}

/* What a killed copy leaves: nothing under its name, or all of it; and nothing else that passes for
 * one, under whatever name. */
static void assert_no_lie(struct fixture *f, const char *copy, int articles)
{
	const char *partial = name_of(f, ".copy.partial"), *moved = name_of(f, ".moved");
	if (access(copy, F_OK) == 0) {
		ck_assert(is_sound(copy));
		ck_assert_int_eq(count_articles(copy), articles);
		unlink(copy);
	}
	if (access(partial, F_OK) != 0)
		return;
	ck_assert(!is_sound(partial));
	copy_file(partial, moved);
	ck_assert(!is_sound(moved) || count_articles(moved) == articles);
	unlink(moved);
}

static void back_up_and_die(const struct fixture *f, const char *copy, int step)
{
	struct moment m = {.step = step};
	struct err e = {0};
	_exit(store_backup(f->path, copy, die_at, &m, &e) ? 1 : 0);
}

START_TEST(store_backup__killed_at_any_moment__leaves_nothing_that_lies)
{
	enum { ARTICLES = 120, BYTES = 200000, STEPS = 4, TIMES = 20 };
	struct fixture f;
	fixture_open(&f);
	for (int i = 0; i < ARTICLES; i++)
		write_article(&f, i, BYTES);
	const char *copy = name_of(&f, ".copy");
	int64_t start = now_monotonic_ns();
	assert_ok(store_backup(f.path, copy, NULL, NULL, &f.e), f.e);
	int64_t whole_ns = now_monotonic_ns() - start;
	assert_no_lie(&f, copy, ARTICLES);
	int killed = 0;
	for (int round = 0; round < STEPS + TIMES; round++) {
		int status;
		pid_t pid = fork();
		ck_assert_int_ge(pid, 0);
		if (pid == 0)
			back_up_and_die(&f, copy, round < STEPS ? round : -1);
		if (round >= STEPS) {
			usleep((useconds_t)(whole_ns / 1000 * (round - STEPS) / TIMES));
			kill(pid, SIGKILL);
		}
		ck_assert_int_eq(waitpid(pid, &status, 0), pid);
		killed += WIFSIGNALED(status);
		ck_assert(round >= STEPS || WIFSIGNALED(status));
		assert_no_lie(&f, copy, ARTICLES);
	}
	ck_assert_int_ge(killed, 12);
	/* What they left is in nobody's way. */
	assert_ok(store_backup(f.path, copy, NULL, NULL, &f.e), f.e);
	assert_no_lie(&f, copy, ARTICLES);
	ck_assert_int_ne(access(name_of(&f, ".copy.partial"), F_OK), 0);
	fixture_close(&f);
}
END_TEST

START_TEST(store_backup__target_or_its_maker_there__is_refused)
{
	struct fixture f;
	fixture_open(&f);
	write_article(&f, 1, 1);
	const char *copy = name_of(&f, ".copy"), *partial = name_of(&f, ".copy.partial");
	FILE *file = fopen(copy, "w");
	fputs("mine", file);
	fclose(file);
	struct bytes mine = bytes_at(copy);
	assert_fails(store_backup(f.path, copy, NULL, NULL, &f.e), f.e, ERR_INPUT);
	f.e = (struct err){0};
	assert_unchanged(copy, mine);
	free(mine.p);
	unlink(copy);
	struct lock_file lock;
	assert_ok(lock_file_take(&lock, partial, NULL, &f.e), f.e);
	assert_fails(store_backup(f.path, copy, NULL, NULL, &f.e), f.e, ERR_BUSY);
	f.e = (struct err){0};
	lock_file_release(&lock);
	assert_fails(store_backup(f.path, "/nonexistent/folder/x.db", NULL, NULL, &f.e), f.e,
		     ERR_DB);
	f.e = (struct err){0};
	assert_ok(store_backup(f.path, copy, NULL, NULL, &f.e), f.e);
	struct stat st;
	ck_assert_int_eq(stat(copy, &st), 0);
	ck_assert_uint_eq(st.st_mode & 0777, 0600);
	fixture_close(&f);
}
END_TEST

/* --- check and repair --- */

struct heard {
	char text[4096];
	int n;
};

static void hear(void *context, const char *what)
{
	struct heard *h = context;
	size_t n = strlen(h->text);
	snprintf(h->text + n, sizeof h->text - n, "%s\n", what);
	h->n++;
}

static void assert_heard(const struct heard *h, const char *part, const char *after)
{
	ck_assert_msg(strstr(h->text, part) != NULL, "after \"%s\" no \"%s\" in:\n%s", after, part,
		      h->text);
}

/* Damage, what the check says of it, and what repair says to have mended (NULL: it cannot be). */
static const struct damage {
	const char *sql, *fault, *mended;
} damages[] = {
	{"UPDATE state SET articles = 7, statements = 9", "the count of articles",
	 "the count of articles"},
	{"UPDATE state SET actors = 7, issues = -3", "the count of actors", "the count of issues"},
	{"UPDATE state SET counter = 1", "counter has not given", "the counter of ids"},
	{"UPDATE actor SET statement_count = 5", "counts its statements wrongly",
	 "the actors' counts of statements"},
	{"UPDATE actor SET mention_count = 0", "counts its mentions wrongly",
	 "the actors' counts of mentions"},
	{"UPDATE issue SET statement_count = 5", "counts its statements wrongly",
	 "the issues' counts"},
	{"UPDATE article SET statement_count = 5", "counts its statements wrongly",
	 "the articles' counts"},
	{"DELETE FROM facet WHERE speaker = 0", "lacks a facet", "facets that were missing"},
	{"UPDATE facet SET traits = traits + 1", "differs from statement", "facets that differ"},
	/* The position of a pair, then its confidence, then those on the first issue. */
	{"UPDATE facet SET traits = traits & ~(7 << 13) | 1 << 13 WHERE issue > 0",
	 "differs from statement", "facets that differ"},
	{"UPDATE facet SET traits = traits & ~(1023 << 44) WHERE issue > 0",
	 "differs from statement", "facets that differ"},
	{"UPDATE statement SET traits = traits & ~(7 << 13) | 2 << 13",
	 "another position than on its first issue", "positions that were not those"},
	{"UPDATE statement SET traits = traits | 1 << 44",
	 "another position than on its first issue", "positions that were not those"},
	{"INSERT INTO facet SELECT speaker, issue, statement + 99, traits FROM facet",
	 "differs from statement", "facets"},
	{"UPDATE tally SET statements = 7", "the tally", "the tallies"},
	{"DELETE FROM tally", "the tally", "the tallies"},
	{"DELETE FROM statement_block", "blocks of statements differ", "the blocks of statements"},
	{"UPDATE statement_block SET targets = zeroblob(length(targets))",
	 "blocks of statements differ", "the blocks of statements"},
	{"UPDATE statement_block SET pairs = substr(pairs, 2)", "blocks of statements differ",
	 "the blocks of statements"},
	{"UPDATE statement_block SET by_issue = zeroblob(length(by_issue))",
	 "blocks of statements differ", "the blocks of statements"},
	{"UPDATE statement_block SET first = first + 2000000000000000",
	 "blocks of statements differ", "the blocks of statements"},
	{"UPDATE statement SET facets = 'u ' || facets", "say otherwise whether it counts",
	 "facets that said otherwise"},
	{"UPDATE reread SET stale = 3", "stale articles", "the count of stale articles"},
	{"UPDATE article SET edition = 99", "never in force", "editions that were never in force"},
	{"UPDATE actor SET changed = 999", "by a commit that has not been",
	 "the number of commits"},
	{"UPDATE issue SET uncounted_count = 4", "counts its uncounted statements wrongly",
	 "uncounted statements"},
	{"UPDATE article SET copy_of = 999", "is a copy of one that is missing",
	 "copies of articles that are missing"},
	{"UPDATE statement SET traits = traits | 1 << 55", "is marked otherwise than its article",
	 "statements marked otherwise"},
	{"UPDATE statement SET origin = 'x' || origin", "shows another article than its own",
	 "statements that showed other articles"},
	{"INSERT INTO article_band(band, article) VALUES (7, 7)", "band 7 of article 7 is wrong",
	 "bands of signatures"},
	{"INSERT INTO article_signature(article, signature) SELECT id, x'00' FROM article",
	 "a signature that is damaged", "signatures that were damaged"},
	{"UPDATE statement SET traits = traits | 1 << 43", "differs from statement",
	 "facets that differ"},
	{"INSERT INTO statement_fts(statement_fts) VALUES ('delete-all')", "full-text index",
	 "the full-text index"},
	{"UPDATE statement SET content = 'other words entirely'", "full-text index",
	 "the full-text index"},
	{"DELETE FROM statement_fts_data WHERE id > 10", "full-text index", "the full-text index"},
	{"UPDATE article_text SET text = CAST('textual' AS BLOB)", "differs from its digest", NULL},
	{"UPDATE statement SET detail = x'01020304'", "details that cannot be read", NULL},
	{"UPDATE statement SET detail = substr(detail, 1, length(detail) - 1)",
	 "details that cannot be read", NULL},
	{"UPDATE article SET title = CAST(x'41E44B' AS TEXT)",
	 "a row of article has a \"title\" that is not UTF-8", NULL},
	{"UPDATE actor_alias SET alias = CAST(x'41E44B' AS TEXT)", "\"alias\" that is not UTF-8",
	 NULL},
	{"UPDATE statement SET speaker = 999", "names an actor that is missing", NULL},
	{"DELETE FROM article_text", "has no text", NULL},
};

START_TEST(store_repair__each_kind_of_damage__is_found_and_mended_where_it_can_be)
{
	for (size_t i = 0; i < sizeof damages / sizeof damages[0]; i++) {
		const struct damage *d = &damages[i];
		struct fixture f;
		struct heard faults = {0}, mended = {0}, left = {0};
		fixture_open(&f);
		write_article(&f, 1, 1);
		write_article(&f, 2, 1);
		fixture_check(&f);
		store_close(f.store);
		f.store = NULL;
		raw_sql(f.path, d->sql);
		assert_ok(store_check(f.path, hear, &faults, &f.e), f.e);
		assert_heard(&faults, d->fault, d->sql);
		assert_ok(store_repair(f.path, hear, &mended, &f.e), f.e);
		assert_ok(store_check(f.path, hear, &left, &f.e), f.e);
		if (d->mended)
			assert_heard(&mended, d->mended, d->sql);
		ck_assert_msg((left.n == 0) == (d->mended != NULL), "after \"%s\": %s", d->sql,
			      left.text);
		if (d->mended) { /* and it works on */
			fixture_reopen(&f);
			struct write drop = {.op = WRITE_DELETE, .id = write_article(&f, 3, 1)};
			fixture_write(&f, &drop);
			fixture_check(&f);
		}
		fixture_close(&f);
	}
}
END_TEST

START_TEST(store_repair__one_count_wrong__mends_that_alone_as_the_next_commit)
{
	struct fixture f;
	struct heard mended = {0};
	int64_t before, after, changed;
	fixture_open(&f);
	write_article(&f, 1, 1);
	store_close(f.store);
	f.store = NULL;
	raw_sql(f.path, "UPDATE actor SET statement_count = 5 WHERE slug = 'wang-yi'");
	sqlite3 *db = sql_open(f.path, SQL_WRITE, 2, &f.e);
	ck_assert_ptr_nonnull(db);
	assert_ok(sql_number(db, "SELECT commits FROM state", &before, &f.e), f.e);
	assert_ok(store_repair(f.path, hear, &mended, &f.e), f.e);
	assert_ok(sql_number(db, "SELECT commits FROM state", &after, &f.e), f.e);
	assert_ok(
		sql_number(db, "SELECT changed FROM actor WHERE slug = 'wang-yi'", &changed, &f.e),
		f.e);
	sqlite3_close(db);
	ck_assert_str_eq(mended.text, "the actors' counts of statements\n");
	ck_assert_int_eq(after, before + 1);
	ck_assert_int_eq(changed, after);
	fixture_check(&f);
	fixture_close(&f);
}
END_TEST

START_TEST(store_repair__nothing_wrong__mends_nothing)
{
	struct fixture f;
	fixture_open(&f);
	write_article(&f, 1, 1);
	store_close(f.store);
	f.store = NULL;
	assert_ok(store_repair(f.path, no_fault, NULL, &f.e), f.e);
	fixture_check(&f);
	fixture_close(&f);
}
END_TEST

START_TEST(store_check__hundreds_of_faults__tells_fifty_of_a_kind)
{
	struct fixture f;
	struct heard h = {0};
	fixture_open(&f);
	for (int i = 0; i < 150; i++)
		write_article(&f, i, 1);
	raw_sql(f.path, "DELETE FROM article_text");
	assert_ok(store_check(f.path, hear, &h, &f.e), f.e);
	ck_assert_int_eq(h.n, CHECK_FAULTS_MAX + 1);
	assert_heard(&h, "and 100 more", "deletion");
	fixture_close(&f);
}
END_TEST

START_TEST(store_check__pages_damaged__tells_so_and_goes_on)
{
	struct fixture f;
	struct heard h = {0};
	fixture_open(&f);
	for (int i = 0; i < 50; i++)
		write_article(&f, i, 8000);
	store_close(f.store);
	f.store = NULL;
	int fd = open(f.path, O_WRONLY);
	static const char junk[4096 * 8] = {1, 2, 3};
	ck_assert_int_eq(pwrite(fd, junk, sizeof junk, 4096 * 60L), (ssize_t)sizeof junk);
	close(fd);
	assert_ok(store_check(f.path, hear, &h, &f.e), f.e);
	ck_assert_int_gt(h.n, 0);
	fixture_close(&f);
}
END_TEST

UNIT_MAIN("care", store_open__held_by_another_process__is_refused_until_that_is_gone,
	  store_close__any__leaves_no_lock_and_a_private_file,
	  store_open__processes_open_and_close_at_once__one_is_inside,
	  store_write__another_program_has_written__is_refused,
	  store_ready__file_moved_away__is_not_and_writes_are_refused,
	  store_open_reading__beside_a_writer__sees_its_commits_and_takes_no_write,
	  commands__older_schema__leave_every_byte_as_it_was,
	  commands__newer_or_foreign_or_empty__are_refused,
	  commands__read_only_disk__read_a_file_without_a_log_and_refuse_another,
	  store_backup__killed_at_any_moment__leaves_nothing_that_lies,
	  store_backup__target_or_its_maker_there__is_refused,
	  store_repair__each_kind_of_damage__is_found_and_mended_where_it_can_be,
	  store_repair__one_count_wrong__mends_that_alone_as_the_next_commit,
	  store_repair__nothing_wrong__mends_nothing,
	  store_check__hundreds_of_faults__tells_fifty_of_a_kind,
	  store_check__pages_damaged__tells_so_and_goes_on)
