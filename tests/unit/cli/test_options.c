/* The table of options: defaults, environment, arguments, refusals, and the page made from it. */
#include <stdio.h>

#include "cli/options.h"
#include "server/log.h"
#include "tests/unit/unit.h"

static const char *kept[16];

static int parse(struct options *o, unsigned command, const char *const *args, struct err *e)
{
	char *argv[16];
	int argc = 0;
	*e = (struct err){0};
	for (; args && args[argc]; argc++)
		argv[argc] = (char *)(uintptr_t)args[argc];
	return options_parse(o, command, argc, argv, kept, e);
}
#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

START_TEST(options_parse__without_arguments__gives_the_defaults)
{
	struct options o;
	struct err e;
	assert_ok(parse(&o, FOR_SERVE, NULL, &e), e);
	ck_assert_str_eq(o.listen, "127.0.0.1:8080");
	ck_assert_int_eq(o.max_body, 8 << 20);
	ck_assert_int_eq(o.body_timeout, 30000);
	ck_assert_int_eq(o.drain_delay, 0);
	ck_assert_int_ge(o.pollers, 1);
	ck_assert_int_ge(o.workers, o.pollers);
	ck_assert(!o.open);
	ck_assert_int_eq(o.log_level, LOG_INFO);
}
END_TEST

START_TEST(options_parse__units__become_bytes_and_milliseconds)
{
	struct options o;
	struct err e;
	assert_ok(parse(&o, FOR_SERVE,
			ARGS("--max-body=2M", "--body-timeout", "250ms", "--idle-timeout", "2",
			     "--read-deadline=1m"),
			&e),
		  e);
	ck_assert_int_eq(o.max_body, 2 << 20);
	ck_assert_int_eq(o.body_timeout, 250);
	ck_assert_int_eq(o.idle_timeout, 2000);
	ck_assert_int_eq(o.read_deadline, 60000);
}
END_TEST

START_TEST(options_parse__environment__yields_to_arguments)
{
	struct options o;
	struct err e;
	setenv("DEMARCHE_WORKERS", "3", 1);
	setenv("DEMARCHE_OPEN", "true", 1);
	assert_ok(parse(&o, FOR_SERVE, NULL, &e), e);
	ck_assert_int_eq(o.workers, 3);
	ck_assert(o.open);
	assert_ok(parse(&o, FOR_SERVE, ARGS("--workers", "5"), &e), e);
	ck_assert_int_eq(o.workers, 5);
	setenv("DEMARCHE_WORKERS", "many", 1);
	assert_fails(parse(&o, FOR_SERVE, NULL, &e), e, ERR_INPUT);
	ck_assert_ptr_nonnull(strstr(e.message, "DEMARCHE_WORKERS is \"many\""));
	/* A variable of another command is none of ours. */
	assert_ok(parse(&o, FOR_CHECK, NULL, &e), e);
}
END_TEST

START_TEST(options_parse__bad_values__name_flag_value_and_right)
{
	static const struct {
		const char *args[3];
		const char *says;
	} rows[] = {
		{{"--workers", "65"}, "--workers is \"65\": it takes a number from 1 to 64"},
		{{"--workers", "-1"}, "--workers is \"-1\""},
		{{"--workers", "1x"}, "--workers is \"1x\""},
		{{"--workers", "99999999999999999999"}, "--workers is"},
		{{"--max-body", "99999999999G"}, "from 1k to 1G"},
		{{"--max-body", ""}, "--max-body is \"\""},
		{{"--drain-delay", "5h"}, "a time (with ms, s or m)"},
		{{"--open=maybe"}, "--open is \"maybe\": it takes true or false"},
		{{"--gzip", "on"}, "one of auto|off"},
		{{"--wrokers", "2"}, "did you mean --workers?"},
		{{"--zzzzzzzzzz"}, "--help lists them"},
		{{"--markdown"}, "unknown option"},
		{{"--listen"}, "--listen needs a value: HOST:PORT"},
		{{"-x"}, "unknown option \"-x\""},
	};
	struct options o;
	struct err e;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		assert_fails(parse(&o, FOR_SERVE, rows[i].args, &e), e, ERR_INPUT);
		ck_assert_msg(strstr(e.message, rows[i].says) != NULL, "row %zu: %s", i, e.message);
	}
}
END_TEST

START_TEST(options_parse__arguments__are_kept_in_order)
{
	struct options o;
	struct err e;
	assert_ok(parse(&o, FOR_EXTRACT, ARGS("a", "--title", "t", "-", "--", "--title"), &e), e);
	ck_assert_int_eq(o.n_args, 3);
	ck_assert_str_eq(o.args[0], "a");
	ck_assert_str_eq(o.args[1], "-");
	ck_assert_str_eq(o.args[2], "--title");
	ck_assert_str_eq(o.title, "t");
	assert_ok(parse(&o, FOR_EXTRACT, ARGS("--help"), &e), e);
	ck_assert(o.wants_help);
}
END_TEST

START_TEST(options_markdown__is__the_page_in_docs)
{
	struct buf page, there;
	FILE *f = fopen("docs/configuration.md", "r");
	ck_assert_msg(f != NULL, "no docs/configuration.md: tests run in the root");
	buf_init(&page, 1 << 20);
	buf_init(&there, 1 << 20);
	options_markdown(&page);
	char *room;
	size_t n;
	while ((room = buf_reserve(&there, 4096)) && (n = fread(room, 1, 4096, f)) > 0)
		there.n += n;
	fclose(f);
	ck_assert_msg(str_eq(buf_str(&page), buf_str(&there)),
		      "docs/configuration.md is old: build/release/demarche help --markdown > "
		      "docs/configuration.md");
	buf_release(&page);
	buf_release(&there);
}
END_TEST

UNIT_MAIN("options", options_parse__without_arguments__gives_the_defaults,
	  options_parse__units__become_bytes_and_milliseconds,
	  options_parse__environment__yields_to_arguments,
	  options_parse__bad_values__name_flag_value_and_right,
	  options_parse__arguments__are_kept_in_order, options_markdown__is__the_page_in_docs)
