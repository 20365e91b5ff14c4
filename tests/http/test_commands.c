/* The commands beside serve: what they print, store and refuse, and their exit status. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "tests/http/json.h"
#include "tests/http/place.h"
#include "tests/unit/unit.h"

#define TEXT "\"We oppose the tariffs,\" Wang Yi said on Friday.\n"

static void write_file(const struct place *p, const char *name, const char *text)
{
	char path[256];
	snprintf(path, sizeof path, "%s/%s", p->folder, name);
	FILE *f = fopen(path, "w");
	ck_assert_ptr_nonnull(f);
	fputs(text, f);
	fclose(f);
}

#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* Runs and checks the exit status and parts of both outputs (NULL: not looked at). */
static void run(const char *const *args, struct str input, int status, const char *out_part,
		const char *err_part)
{
	char *out, *err;
	int got = program_run(args, input, &out, &err);
	ck_assert_msg(got == status, "%s: status %d\n%s%s", args[0], got, out, err);
	if (out_part)
		ck_assert_msg(strstr(out, out_part) != NULL, "%s: no \"%s\" in %s", args[0],
			      out_part, out);
	if (err_part)
		ck_assert_msg(strstr(err, err_part) != NULL, "%s: no \"%s\" in %s", args[0],
			      err_part, err);
	free(out);
	free(err);
}

START_TEST(extract_prints__statements__in_three_formats)
{
	run(ARGS("extract", "--published-at", "2024-04-26"), STR(TEXT), 0, "1. Wang Yi", NULL);
	run(ARGS("extract", "--published-at", "2024-04-26"), STR(TEXT), 0, "on Friday = 2024-04-26",
	    NULL);
	run(ARGS("extract", "--format", "json"), STR(TEXT), 0, "{\"statements\":[{\"id\":null",
	    NULL);
	run(ARGS("extract", "--format", "json"),
	    STR("{\"text\":\"\\\"We oppose it,\\\" Wang Yi said.\"}"), 0, "\"id\":\"wang-yi\"",
	    NULL);
	run(ARGS("extract"), STR("It rained in May.\n"), 0, "no statements", NULL);
	run(ARGS("extract"), STR("caf\xe9"), 1, NULL, "not UTF-8 from byte 3");
	run(ARGS("extract"), STR(" \n"), 1, NULL, "empty");
	run(ARGS("extract", "--published-at", "yesterday"), STR(TEXT), 1, NULL,
	    "it takes a date such as");
	run(ARGS("extract", "/nonexistent"), STR_EMPTY, 1, NULL, "cannot open \"/nonexistent\"");
	run(ARGS("extract", "--format", "xml"), STR_EMPTY, 2, NULL, "one of text|json|jsonl");
}
END_TEST

START_TEST(extract_lines__echo_ids_of_any_type__and_go_on_after_bad_ones)
{
	static const char lines[] =
		"{\"id\":[1,{\"a\":\"\\u00e9\"}],\"text\":\"\\\"No,\\\" Wang Yi said.\"}\n"
		"{bad\n"
		"\n"
		"{\"id\":7}\n"
		"{\"text\":\"Nothing.\"}\n"
		"[1]\n"
		"{\"id\":\"last\",\"text\":\"\\\"No,\\\" Wang Yi "
		"said.\",\"published_at\":\"2024-04-26\",\"title\":\"t\"}";
	char *out, *err;
	int status = program_run(ARGS("extract", "--format", "jsonl"), str_of(lines), &out, &err);
	ck_assert_int_eq(status, 1);
	static const char *const starts[] = {"{\"id\":[1,{\"a\":\"\xc3\xa9\"}],\"statements\":[{",
					     "{\"id\":null,\"error\":\"",
					     "{\"id\":7,\"error\":\"\\\"text\\\" is missing",
					     "{\"id\":null,\"statements\":[],\"not_read\":null}",
					     "{\"id\":null,\"error\":\"",
					     "{\"id\":\"last\",\"statements\":[{"};
	struct str rest = str_of(out), line;
	for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
		ck_assert(str_split(&rest, '\n', &line));
		ck_assert_msg(str_starts(line, str_of(starts[i])), "line %zu: %.*s", i,
			      STR_ARG(line));
	}
	free(out);
	free(err);
	run(ARGS("extract", "--format", "jsonl"), STR("{\"text\":\"\\\"No,\\\" Wang Yi said.\"}\n"),
	    0, "\"content\":[[0,5]]", NULL);
}
END_TEST

START_TEST(annotate_prints__mentions__in_three_formats)
{
	static const char text[] =
		"Peter Stone met the mayor in Boston on 3 May 2024. \"I am glad,\" he said.";
	run(ARGS("annotate"), str_of(text), 0, "person        peter-stone = Peter Stone", NULL);
	run(ARGS("annotate"), str_of(text), 0, "place         boston = Boston", NULL);
	run(ARGS("annotate"), str_of(text), 0, "says          peter-stone = said", NULL);
	run(ARGS("annotate"), str_of(text), 0, "time          2024-05-03 = 3 May 2024", NULL);
	run(ARGS("annotate", "--format", "json"), str_of(text), 0, "{\"sentences\":[[0,", NULL);
	run(ARGS("annotate"), STR("caf\xe9"), 1, NULL, "not UTF-8 from byte 3");
	run(ARGS("annotate", "--format", "xml"), STR_EMPTY, 2, NULL, "one of text|json|jsonl");
	char *out, *err;
	int status = program_run(ARGS("annotate", "--format", "jsonl"),
				 STR("{\"id\":\"\u00e9\",\"text\":\"\u201cI am glad,\u201d Peter "
				     "Stone said.\"}\n{bad\n"),
				 &out, &err);
	ck_assert_int_eq(status, 1);
	/* offsets are code points, the mark in front is one */
	ck_assert_msg(strstr(out, "\"mentions\":[{\"start\":1,\"end\":2,\"kind\":\"person\","
				  "\"actor\":\"peter-stone\",\"wikidata\":null},"
				  "{\"start\":13,\"end\":24,\"kind\":\"person\",\"actor\":\"peter-"
				  "stone\",\"wikidata\":null}],\"times\":[],"
				  "\"statements\":[{") != NULL,
		      "%s", out);
	ck_assert_msg(strstr(out, "\n{\"id\":null,\"error\":\"") != NULL, "%s", out);
	free(out);
	free(err);
}
END_TEST

START_TEST(explain_prints__what_decided__of_one_statement_or_all)
{
	static const char text[] = "Ann Lee said that the bridge would be rebuilt.\n\n\"It is old "
				   "and it has been a danger for years.\"\n";
	run(ARGS("explain"), str_of(text), 0,
	    "   Cue: [said], a word for saying, thinking or wanting with probability 0.", NULL);
	run(ARGS("explain"), str_of(text), 0, "   Complement: a clause, with or without \"that\"\n",
	    NULL);
	run(ARGS("explain"), str_of(text), 0,
	    "   Content: [that the bridge would be rebuilt], chosen among ", NULL);
	run(ARGS("explain"), str_of(text), 0, "\n      rather than [", NULL);
	run(ARGS("explain"), str_of(text), 0, "   Source: [Ann Lee], chosen among ", NULL);
	run(ARGS("explain"), str_of(text), 0, "goes on with what was said in statement 1\n", NULL);
	run(ARGS("explain", "--statement", "2"), str_of(text), 0, "2. Ann Lee: It is old", NULL);
	run(ARGS("explain", "--statement", "3"), str_of(text), 1, NULL,
	    "--statement is 3: the article has 2 statements");
	run(ARGS("explain", "--format", "json", "--statement", "2"), str_of(text), 0,
	    "{\"explanations\":[{\"number\":2,", NULL);
	run(ARGS("explain", "--format", "jsonl"), STR("{\"id\":7,\"text\":\"It rained.\"}\n"), 0,
	    "{\"id\":7,\"explanations\":[]}", NULL);
	run(ARGS("explain"), STR("Russia and China said that they would meet in May.\n"), 0,
	    "   as statement 1: its source names two speakers\n", NULL);
	run(ARGS("explain"), STR("It rained.\n"), 0, "no statements", NULL);
	run(ARGS("extract", "--statement", "1"), str_of(text), 2, NULL, "unknown option");
}
END_TEST

START_TEST(import_stores__lines_and_folders__and_counts_bad_ones)
{
	struct place p;
	place_make(&p);
	write_file(&p, "a.txt", TEXT);
	write_file(&p, "b.txt", "\"We support trade,\" Antony Blinken said.\n");
	write_file(&p, "c.dat", "not a text");
	write_file(&p, "empty.txt", "");
	run(ARGS("import", "--db", p.db, "--published-at", "2024-04-26", p.folder), STR_EMPTY, 1,
	    "2 articles added, 0 known already, 1 bad", "empty.txt: the text is empty");
	static const char lines[] =
		"{\"text\":\"\\\"Third,\\\" Wang Yi "
		"said.\"}\n{bad\n{\"id\":5,\"text\":\"\\\"Fourth,\\\" Wang Yi said.\"}\n";
	run(ARGS("import", "--db", p.db, "-"), str_of(lines), 1,
	    "2 articles added, 0 known already, 1 bad", "standard input:2: ");
	run(ARGS("import", "--db", p.db, "-"), STR("{\"text\":\"\\\"Third,\\\" Wang Yi said.\"}"),
	    0, "0 articles added, 1 known already", NULL);
	run(ARGS("import", "--db", p.db, "/nonexistent"), STR_EMPTY, 1, NULL, "cannot open");
	run(ARGS("import"), STR_EMPTY, 2, NULL, "PATH... is missing");
	run(ARGS("query", "--db", p.db, "all", "statements", "by", "Wang", "Yi"), STR_EMPTY, 0,
	    "3 statements", NULL);
	run(ARGS("query", "--db", p.db, "--format", "json", "statements by Antony Blinken"),
	    STR_EMPTY, 0, "We support trade", NULL);
	run(ARGS("query", "--db", p.db, "statements by Wang Yi by country"), STR_EMPTY, 0,
	    "3 of 3  China\n\nWang Yi: ", NULL);
	run(ARGS("query", "--db", p.db, "Wang Yi vs Antony Blinken"), STR_EMPTY, 0, "3  Wang Yi",
	    NULL);
	run(ARGS("query", "--db", p.db, "?!"), STR_EMPTY, 1, "", NULL);
	run(ARGS("export", "--db", p.db, "speaker=Wang Yi"), STR_EMPTY, 0, "id,article,", NULL);
	run(ARGS("export", "--db", p.db, "--format", "ndjson", "speaker=Antony Blinken"), STR_EMPTY,
	    0, "{\"id\":", NULL);
	run(ARGS("export", "--db", p.db, "speker=x"), STR_EMPTY, 1, NULL, "speaker");
	run(ARGS("export", "--db", p.db, "speaker"), STR_EMPTY, 1, NULL, "KEY=VALUE");
	run(ARGS("check", "--db", p.db), STR_EMPTY, 0, "no faults", NULL);
	place_remove(&p);
}
END_TEST

#define MARK "\xEF\xBB\xBF"

START_TEST(extract_reads__a_byte_order_mark__as_no_part_of_the_file)
{
	static const char *const commands[] = {"extract", "annotate", "explain"};
	run(ARGS("extract", "--format", "json"), STR(MARK TEXT), 0, "\"content\":[[0,24]]", NULL);
	run(ARGS("extract", "--format", "json"),
	    STR(MARK " {\"text\":\"\\\"No,\\\" Wang Yi said.\"}\n"), 0, "\"content\":[[0,5]]",
	    NULL);
	/* in a string of JSON it is a character of the text */
	run(ARGS("extract", "--format", "json"),
	    STR("{\"text\":\"\\ufeff\\\"No,\\\" Wang Yi said.\"}"), 0, "\"content\":[[1,6]]", NULL);
	for (size_t i = 0; i < 3; i++) {
		run(ARGS(commands[i]), STR(MARK TEXT), 0, "tariffs", NULL);
		run(ARGS(commands[i], "--format", "jsonl"),
		    STR(MARK "{\"id\":7,\"text\":\"No.\"}\n"), 0, "{\"id\":7,", NULL);
	}
	run(ARGS("parse"), STR(MARK "It rained.\n"), 0, "1\tIt\t", NULL);
}
END_TEST

/* By its start or by the name of its file. */
START_TEST(extract_never_reads__json__as_a_text)
{
	struct place p;
	char path[256], lines[256];
	place_make(&p);
	run(ARGS("extract"), STR(" \n [ {\"text\":\"No.\"} ]"), 1, NULL, "it is a JSON list");
	run(ARGS("annotate"), STR("[]"), 1, NULL, "it is a JSON list");
	run(ARGS("extract"), STR("[Note: \"We oppose it,\" Wang Yi said.]"), 0, "Wang Yi", NULL);
	snprintf(lines, sizeof lines, "{\"text\":\"No.\"}\n{\"text\":\"Yes.\"}\n");
	run(ARGS("explain"), str_of(lines), 1, NULL,
	    "an article on each line: give --format jsonl");
	run(ARGS("extract"), STR("{\"articles\":[]}"), 1, NULL, "unknown field \"articles\"");
	write_file(&p, "a.json", "\n{\n \"text\": \"\\\"No,\\\" Wang Yi said.\"\n}\n");
	write_file(&p, "b.json", "\"We oppose it,\" Wang Yi said.");
	snprintf(path, sizeof path, "%s/a.json", p.folder);
	run(ARGS("extract", path), STR_EMPTY, 0, "Wang Yi", NULL);
	snprintf(path, sizeof path, "%s/b.json", p.folder);
	run(ARGS("extract", path), STR_EMPTY, 1, NULL, "not a JSON object");
	place_remove(&p);
}
END_TEST

/* Read at once by several threads they are stored, and told of, in the order in which they came. */
START_TEST(import_stores__many_lines__in_their_order)
{
	enum { LINES = 300, BAD = 29 };
	struct place p;
	struct buf lines;
	char *out, *err;
	place_make(&p);
	buf_init(&lines, 1 << 20);
	for (int i = 1; i <= LINES; i++) {
		if (i % BAD == 0)
			buf_printf(&lines, "{bad %d\n", i);
		else
			buf_printf(&lines,
				   "{\"title\":\"t%03d\",\"published_at\":\"2024-04-26\","
				   "\"text\":\"%s\\\"Number %d,\\\" Wang Yi said.\"}\n",
				   i, i % 7 ? "" : "It rained all day. ", i);
	}
	int status = program_run(
		ARGS("import", "--db", p.db, "--extractors", "4", "--write-group", "16", "-"),
		buf_str(&lines), &out, &err);
	ck_assert_int_eq(status, 1);
	ck_assert_msg(strstr(out, "290 articles added, 0 known already, 10 bad") != NULL, "%s",
		      out);
	/* What is no terminal is shown no progress. */
	ck_assert_ptr_null(strchr(err, '\r'));
	const char *at = err;
	for (int i = BAD; i <= LINES; i += BAD) {
		char where[40];
		snprintf(where, sizeof where, "standard input:%d: ", i);
		at = strstr(at, where);
		ck_assert_msg(at != NULL, "no \"%s\" in its turn:\n%s", where, err);
	}
	free(out);
	free(err);
	/* Newest first is their order turned round. */
	ck_assert_int_eq(program_run(ARGS("export", "--db", p.db, "--format", "ndjson"), STR_EMPTY,
				     &out, &err),
			 0);
	at = out;
	for (int i = LINES; i >= 1; i--) {
		char title[16];
		snprintf(title, sizeof title, "\"t%03d\"", i);
		const char *found = i % BAD ? strstr(at, title) : at;
		ck_assert_msg(found != NULL, "no %s in its turn", title);
		at = found;
	}
	free(out);
	free(err);
	buf_release(&lines);
	place_remove(&p);
}
END_TEST

START_TEST(import_reads__marks_and_whole_documents__and_refuses_lists)
{
	struct place p;
	char path[256];
	place_make(&p);
	run(ARGS("import", "--db", p.db, "-"),
	    STR(MARK "{\"text\":\"One.\"}\n{\"text\":\"Two.\"}\n"), 0, "2 articles added", NULL);
	write_file(&p, "a.json", MARK "{\n \"text\": \"Three.\"\n}\n");
	write_file(&p, "lines.json", "{\"text\":\"Four.\"}\n{\"text\":\"Five.\"}\n");
	write_file(&p, "list.json", "[{\"text\":\"Six.\"}]\n");
	snprintf(path, sizeof path, "%s/a.json", p.folder);
	run(ARGS("import", "--db", p.db, path), STR_EMPTY, 0, "1 articles added", NULL);
	snprintf(path, sizeof path, "%s/lines.json", p.folder);
	run(ARGS("import", "--db", p.db, path), STR_EMPTY, 0, "2 articles added", NULL);
	snprintf(path, sizeof path, "%s/list.json", p.folder);
	run(ARGS("import", "--db", p.db, path), STR_EMPTY, 1,
	    "0 articles added, 0 known already, 1 bad", "it is a JSON list");
	write_file(&p, "text.txt", MARK "Six.");
	write_file(&p, "json.txt", "{\"text\":\"Six.\"}\n");
	run(ARGS("import", "--db", p.db, p.folder), STR_EMPTY, 0,
	    "1 articles added, 1 known already, 0 bad", NULL);
	place_remove(&p);
}
END_TEST

START_TEST(import_reads__a_pipe_by_its_name__from_its_first_byte)
{
	struct place p;
	char command[512];
	place_make(&p);
	snprintf(command, sizeof command, "%s import --db %s /dev/stdin", program_path(), p.db);
	FILE *pipe = popen(command, "w");
	ck_assert_ptr_nonnull(pipe);
	fputs("{\"text\":\"\\\"First,\\\" Wang Yi said.\"}\n", pipe);
	ck_assert_int_eq(pclose(pipe), 0);
	run(ARGS("query", "--db", p.db, "statements by Wang Yi"), STR_EMPTY, 0, "First", NULL);
	place_remove(&p);
}
END_TEST

START_TEST(import_stores__an_article_without_a_date__under_the_day_of_its_arrival)
{
	struct place p;
	place_make(&p);
	run(ARGS("import", "--db", p.db, "-"), STR("{\"text\":\"\\\"Third,\\\" Wang Yi said.\"}"),
	    0, "1 articles added", NULL);
	struct server *s = server_start_on(p.db, NULL);
	json_t *page = json_of(http_get(s, "/v1/articles?published_from=2020-01-01"), 200);
	const json_t *article = json_array_get(json_object_get(page, "articles"), 0);
	ck_assert_msg(article != NULL, "it stands among those of 1970");
	ck_assert_str_gt(text_at(article, "received_at"), "2020-01-01");
	json_decref(page);
	server_stop(s);
	place_remove(&p);
}
END_TEST

START_TEST(backup_copies__a_database_being_served__whole)
{
	struct server *s = server_start(NULL);
	struct place p;
	char copy[128];
	place_make(&p);
	snprintf(copy, sizeof copy, "%s/copy.db", p.folder);
	struct reply r = http_post(s, "/v1/articles", "application/json",
				   STR("{\"text\":\"\\\"No,\\\" Wang Yi said.\"}"));
	ck_assert_int_eq(r.status, 201);
	reply_release(&r);
	run(ARGS("backup", "--db", server_db(s), copy), STR_EMPTY, 0, copy, NULL);
	run(ARGS("backup", "--db", server_db(s), copy), STR_EMPTY, 1, NULL, "copy.db");
	server_stop(s);
	run(ARGS("check", "--db", copy), STR_EMPTY, 0, "no faults", NULL);
	run(ARGS("query", "--db", copy, "statements by Wang Yi"), STR_EMPTY, 0, "1 statement",
	    NULL);
	place_remove(&p);
}
END_TEST

START_TEST(reading_commands__without_a_database__do_not_make_one)
{
	struct place p;
	place_make(&p);
	run(ARGS("check", "--db", p.db), STR_EMPTY, 1, NULL, p.db);
	run(ARGS("query", "--db", p.db, "statements by Wang Yi"), STR_EMPTY, 1, NULL, p.db);
	run(ARGS("backup", "--db", p.db, "/tmp/never.db"), STR_EMPTY, 1, NULL, p.db);
	ck_assert_int_ne(access(p.db, F_OK), 0);
	write_file(&p, "a.db",
		   "this is not a database, and long enough to be seen as none "
		   "..........................................");
	run(ARGS("check", "--db", p.db), STR_EMPTY, 1, NULL, p.db);
	run(ARGS("serve", "--listen", "127.0.0.1:0", "--db", p.db), STR_EMPTY, 1, NULL, p.db);
	place_remove(&p);
}
END_TEST

START_TEST(commands_refuse__an_address_with_a_password__without_saying_it)
{
	char *out, *err;
	int status = program_run(ARGS("export", "--db", "postgresql://ann:secret@db.example/news"),
				 STR_EMPTY, &out, &err);
	ck_assert_int_eq(status, 1);
	ck_assert_msg(strstr(err, "PGPASSFILE") != NULL, "%s", err);
	ck_assert_ptr_null(strstr(err, "secret"));
	free(out);
	free(err);
}
END_TEST

START_TEST(help_and_version__tell__what_there_is)
{
	run(ARGS("help"), STR_EMPTY, 0, "extract   print the statements", NULL);
	run(ARGS("--help"), STR_EMPTY, 0, "Exit status: 0 all well, 1 failed, 2 wrong usage", NULL);
	run(ARGS("serve", "--help"), STR_EMPTY, 0, "environment: DEMARCHE_LISTEN", NULL);
	run(ARGS("help", "extract"), STR_EMPTY, 0, "--format text|json|jsonl", NULL);
	run(ARGS("help", "nothing"), STR_EMPTY, 2, NULL, "unknown command");
	run(ARGS("version"), STR_EMPTY, 0, "demarche 0.", NULL);
	run(ARGS("version", "--markdown"), STR_EMPTY, 2, NULL, "unknown option");
}
END_TEST

UNIT_MAIN("commands", extract_prints__statements__in_three_formats,
	  extract_lines__echo_ids_of_any_type__and_go_on_after_bad_ones,
	  annotate_prints__mentions__in_three_formats,
	  explain_prints__what_decided__of_one_statement_or_all,
	  extract_reads__a_byte_order_mark__as_no_part_of_the_file,
	  extract_never_reads__json__as_a_text,
	  import_reads__marks_and_whole_documents__and_refuses_lists,
	  import_stores__lines_and_folders__and_counts_bad_ones,
	  import_reads__a_pipe_by_its_name__from_its_first_byte,
	  import_stores__many_lines__in_their_order,
	  import_stores__an_article_without_a_date__under_the_day_of_its_arrival,
	  backup_copies__a_database_being_served__whole,
	  reading_commands__without_a_database__do_not_make_one,
	  commands_refuse__an_address_with_a_password__without_saying_it,
	  help_and_version__tell__what_there_is)
