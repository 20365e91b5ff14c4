/* The program's care for its database: one process writes it, those that read it change nothing,
 * and a copy is whole or not there. */
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/http/json.h"
#include "tests/http/place.h"
#include "tests/unit/unit.h"

#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})
static const char article[] = "{\"text\":\"\\\"No,\\\" Wang Yi said.\"}";

/* The program's end: its status, and a part of what it says on either output. */
static void run(const char *const *args, struct str input, int status, const char *part)
{
	char *out, *err;
	int got = program_run(args, input, &out, &err);
	ck_assert_msg(got == status, "%s: status %d\n%s%s", args[0], got, out, err);
	ck_assert_msg(strstr(out, part) || strstr(err, part), "%s: no \"%s\" in\n%s%s", args[0],
		      part, out, err);
	free(out);
	free(err);
}

static void post_article(const struct server *s)
{
	struct reply r = http_post(s, "/v1/articles", "application/json", str_of(article));
	ck_assert_int_eq(r.status, 201);
	reply_release(&r);
}

START_TEST(second_writer__beside_a_service__is_told_who_and_how_to_go_on)
{
	struct place p;
	char pid[48], way[160];
	place_make(&p);
	struct server *s = server_start_on(p.db, NULL);
	snprintf(pid, sizeof pid, "process %d: demarche serve", (int)server_pid(s));
	snprintf(way, sizeof way, "--data-binary @FILE http://127.0.0.1:%d/v1/articles/batch",
		 server_port(s));
	run(ARGS("import", "--db", p.db, "-"), str_of(article), 1, p.db);
	run(ARGS("import", "--db", p.db, "-"), str_of(article), 1, pid);
	run(ARGS("import", "--db", p.db, "-"), str_of(article), 1, way);
	run(ARGS("serve", "--listen", "127.0.0.1:0", "--db", p.db), STR_EMPTY, 1, pid);
	run(ARGS("serve", "--listen", "127.0.0.1:0", "--db", p.db), STR_EMPTY, 1, p.db);
	run(ARGS("check", "--repair", "--db", p.db), STR_EMPTY, 1, pid);
	post_article(s);
	/* Who reads is not refused. */
	run(ARGS("query", "--db", p.db, "statements by Wang Yi"), STR_EMPTY, 0, "1 statement");
	run(ARGS("export", "--db", p.db), STR_EMPTY, 0, "wang-yi");
	run(ARGS("check", "--db", p.db), STR_EMPTY, 0, "no faults");
	run(ARGS("backup", "--db", p.db, p.copy), STR_EMPTY, 0, p.copy);
	server_stop(s);
	run(ARGS("import", "--db", p.db, "-"), STR("{\"text\":\"\\\"Yes,\\\" Wang Yi said.\"}"), 0,
	    "1 articles added");
	run(ARGS("check", "--repair", "--db", p.db), STR_EMPTY, 0, "no faults");
	place_remove(&p);
}
END_TEST

START_TEST(writer__killed__lets_go_and_the_log_tells_of_the_recovery)
{
	struct place p;
	place_make(&p);
	struct server *s = server_start_on(p.db, NULL);
	post_article(s);
	kill(server_pid(s), SIGKILL);
	ck_assert(WIFSIGNALED(server_wait(s)));
	run(ARGS("query", "--db", p.db, "statements by Wang Yi"), STR_EMPTY, 0, "1 statement");
	s = server_start_on(p.db, NULL);
	free(server_await_log(s, "\"message\":\"database\",\"news\":\"recovered "));
	server_stop(s);
	run(ARGS("check", "--db", p.db), STR_EMPTY, 0, "no faults");
	place_remove(&p);
}
END_TEST

/* Readiness is what the service last saw when it looked, which it does again and again. */
static void await_ready(const struct server *s, int status)
{
	int got = 0;
	for (int waited_ms = 0; got != status && waited_ms < WAIT_MS; waited_ms += 20) {
		struct reply r = http_get(s, "/readyz");
		got = r.status;
		reply_release(&r);
		if (got != status)
			usleep(20000);
	}
	ck_assert_int_eq(got, status);
}

START_TEST(readyz__database_moved_away__503_until_it_is_back)
{
	struct place p;
	place_make(&p);
	struct server *s = server_start_on(p.db, NULL);
	post_article(s);
	ck_assert_int_eq(rename(p.db, p.copy), 0);
	await_ready(s, 503);
	struct reply r =
		http_post(s, "/v1/articles", "application/json", STR("{\"text\":\"lost\"}"));
	ck_assert_int_eq(r.status, 500);
	reply_release(&r);
	free(server_await_log(s, "moved, replaced or deleted"));
	ck_assert_int_eq(rename(p.copy, p.db), 0);
	r = http_post(s, "/v1/articles", "application/json", STR("{\"text\":\"kept\"}"));
	ck_assert_int_eq(r.status, 201);
	reply_release(&r);
	await_ready(s, 200);
	server_stop(s);
	place_remove(&p);
}
END_TEST

/* A shell that lets its child write files of so many blocks of 512 bytes at most, as a full disk
 * would. */
static int run_limited(int blocks, const char *rest)
{
	char command[4096];
	snprintf(command, sizeof command, "ulimit -f %d; exec %s %s 2>/dev/null >/dev/null", blocks,
		 program_path(), rest);
	int status = system(command);
	ck_assert_msg(WIFEXITED(status), "\"%s\" was ended by a signal", rest);
	return WEXITSTATUS(status);
}

START_TEST(commands__file_may_not_grow__fail_without_a_signal_and_leave_nothing)
{
	struct place p;
	struct stat st;
	char rest[512];
	place_make(&p);
	run(ARGS("import", "--db", p.db, "-"), str_of(article), 0, "1 articles added");
	snprintf(rest, sizeof rest, "backup --db %s %s", p.db, p.copy);
	ck_assert_int_eq(run_limited(8, rest), 1);
	ck_assert_int_ne(access(p.copy, F_OK), 0);
	snprintf(rest, sizeof rest, "import --db %s/new.db %s", p.folder, p.db);
	ck_assert_int_eq(run_limited(8, rest), 1);
	run(ARGS("backup", "--db", p.db, p.copy), STR_EMPTY, 0, p.copy);
	ck_assert(stat(p.db, &st) == 0 && (st.st_mode & 0777) == 0600);
	ck_assert(stat(p.copy, &st) == 0 && (st.st_mode & 0777) == 0600);
	place_remove(&p);
}
END_TEST

START_TEST(check_repair__counts_tampered_with__mends_and_says_so)
{
	struct place p;
	sqlite3 *db;
	place_make(&p);
	run(ARGS("import", "--db", p.db, "-"), str_of(article), 0, "1 articles added");
	ck_assert_int_eq(sqlite3_open(p.db, &db), SQLITE_OK);
	ck_assert_int_eq(sqlite3_exec(db, "UPDATE state SET articles = -3", NULL, NULL, NULL),
			 SQLITE_OK);
	sqlite3_close(db);
	run(ARGS("check", "--db", p.db), STR_EMPTY, 1, "the count of articles is wrong");
	run(ARGS("check", "--repair", "--db", p.db), STR_EMPTY, 0, "mended: the count of articles");
	run(ARGS("check", "--db", p.db), STR_EMPTY, 0, "no faults");
	place_remove(&p);
}
END_TEST

UNIT_MAIN("care", second_writer__beside_a_service__is_told_who_and_how_to_go_on,
	  writer__killed__lets_go_and_the_log_tells_of_the_recovery,
	  readyz__database_moved_away__503_until_it_is_back,
	  commands__file_may_not_grow__fail_without_a_signal_and_leave_nothing,
	  check_repair__counts_tampered_with__mends_and_says_so)
