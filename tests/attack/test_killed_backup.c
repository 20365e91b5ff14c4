/* A backup that was killed is none: `backup` is killed at moments spread over its work. What it
 * left is nothing that `check` calls sound, and the next backup to the same place succeeds.
 *
 * How far the backup is shows in the bytes it has written. The moment between the last of them and
 * the file's own name is no middle: what holds every article then is a whole copy, whatever its
 * name. */
#include <dirent.h>
#include <limits.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <sys/stat.h>

#include "tests/attack/common.h"
#include "tests/bench/bench.h"
#include "tests/http/client.h"
#include "tests/unit/unit.h"

enum {
	KILLS_FULL = 12,
	KILLS_SAMPLE = 3,
	STATEMENTS_FULL = 200000, /* about 240 MB */
	STATEMENTS_SAMPLE = 16000,
	MISSES = 10, /* kills that came too late, in turn */
};

struct bed {
	char folder[64], db[96], copies[96], copy[128];
	long long articles;
	off_t size;
	int whole; /* copies found whole after a kill */
};

static void bed_open(struct bed *b)
{
	struct err e = {0};
	*b = (struct bed){0};
	folder_make(b->folder);
	snprintf(b->db, sizeof b->db, "%s/d.db", b->folder);
	snprintf(b->copies, sizeof b->copies, "%s/copies", b->folder);
	snprintf(b->copy, sizeof b->copy, "%s/copy.db", b->copies);
	ck_assert_int_eq(mkdir(b->copies, 0700), 0);
	assert_ok(
		bench_fill_file(b->db, torture_is_full() ? STATEMENTS_FULL : STATEMENTS_SAMPLE, &e),
		e);
	struct stat st;
	ck_assert_int_eq(stat(b->db, &st), 0);
	b->size = st.st_size;
}

/* Of the files in the folder of copies. */
static off_t bytes_written(const struct bed *b)
{
	off_t sum = 0;
	DIR *d = opendir(b->copies);
	ck_assert(d);
	for (struct dirent *f; (f = readdir(d)) != NULL;) {
		struct stat st;
		if (fstatat(dirfd(d), f->d_name, &st, 0) == 0 && S_ISREG(st.st_mode))
			sum += st.st_size;
	}
	closedir(d);
	return sum;
}

/* Articles in a file that may be anything; -1 where it is no database of ours. */
static long long count_articles(const char *path)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *st = NULL;
	long long n = -1;
	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
	    sqlite3_prepare_v2(db, "SELECT count(*) FROM article", -1, &st, NULL) == SQLITE_OK &&
	    sqlite3_step(st) == SQLITE_ROW)
		n = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	sqlite3_close(db);
	return n;
}

static void empty_copies(const struct bed *b)
{
	char command[256];
	snprintf(command, sizeof command, "rm -rf %s && mkdir %s", b->copies, b->copies);
	ck_assert_int_eq(system(command), 0);
}

/* Kills a backup once it has written that many bytes; false when it ended before. */
static bool kill_at(struct bed *b, off_t bytes)
{
	struct child c;
	child_start(&c, b->folder, (const char *[]){"backup", "--db", b->db, b->copy, NULL});
	while (!child_has_ended(&c) && bytes_written(b) < bytes)
		;
	child_signal(&c, SIGKILL);
	child_wait(&c);
	bool is_killed = c.status == -1;
	if (!is_killed) {
		char *text = child_text(&c);
		ck_assert_msg(c.status == 0, "the backup failed: %s", text);
		free(text);
	}
	unlink(c.output);
	return is_killed;
}

/* Nothing in the folder passes for a database, but one that holds all. */
static void check_leftovers(struct bed *b)
{
	char names[16][NAME_MAX + 1];
	int n = 0;
	DIR *d = opendir(b->copies);
	for (struct dirent *f; (f = readdir(d)) != NULL && n < 16;)
		if (f->d_name[0] != '.' || (f->d_name[1] && f->d_name[1] != '.'))
			snprintf(names[n++], sizeof names[0], "%s", f->d_name);
	closedir(d);
	for (int i = 0; i < n; i++) {
		char path[sizeof b->copies + NAME_MAX + 2];
		struct child c;
		snprintf(path, sizeof path, "%s/%.*s", b->copies, NAME_MAX, names[i]);
		child_start(&c, b->folder, (const char *[]){"check", "--db", path, NULL});
		if (child_wait(&c) == 0) {
			long long articles = count_articles(path);
			ck_assert_msg(articles == b->articles,
				      "check calls \"%s\" sound, which holds %lld of %lld articles",
				      names[i], articles, b->articles);
			b->whole++;
		}
		unlink(c.output);
	}
}

START_TEST(backup_killed__at_any_moment__leaves_nothing_that_passes)
{
	struct bed b;
	struct dice d = {.x = torture_seed()};
	int kills = torture_is_full() ? KILLS_FULL : KILLS_SAMPLE;
	bed_open(&b);
	b.articles = count_articles(b.db);
	ck_assert_int_gt(b.articles, 0);
	for (int i = 0, misses = 0; i < kills;) {
		off_t bytes = b.size * i / kills + (off_t)roll(&d, (uint64_t)(b.size / kills)) -
			      b.size / 50;
		empty_copies(&b);
		if (!kill_at(&b, bytes > 0 ? bytes : 1)) {
			ck_assert_msg(++misses < MISSES, "no kill hits the middle of a backup");
			continue;
		}
		check_leftovers(&b);
		misses = 0;
		i++;
	}
	ck_assert_int_eq(
		run_program(b.folder, (const char *[]){"backup", "--db", b.db, b.copy, NULL}), 0);
	ck_assert_int_eq(run_program(b.folder, (const char *[]){"check", "--db", b.copy, NULL}), 0);
	ck_assert_int_eq(count_articles(b.copy), b.articles);
	printf("%d backups of %lld MB killed: %d left a whole copy, none half a one that passes\n",
	       kills, (long long)b.size / 1000000, b.whole);
	folder_remove(b.folder);
}
END_TEST

UNIT_MAIN("killed backup", backup_killed__at_any_moment__leaves_nothing_that_passes)
