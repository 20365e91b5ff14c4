/* Pages and feeds as articles: the cases of tests/cases/pages, and what is made to be dear or to
 * break the reader. */
#include "api/format/webpage.h"

#include <dirent.h>
#include <stdio.h>
#include <time.h>

#include "api/format/article_field.h"
#include "api/format/charset.h"
#include "api/format/feed.h"
#include "api/format/stamp.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "tests/unit/unit.h"

#define CASES "tests/cases/pages/"
#define SENTENCE                                                                                   \
	"<p>China has denied supplying weapons to Russia, Foreign Minister Wang Yi said.</p>"

enum { FILE_MAX = 1 << 20, HOSTILE_BYTES = 2 << 20, ARENA_MAX = 1 << 30 };

static struct arena arena;

static void setup(void)
{
	arena_release(&arena);
	arena_init(&arena, ARENA_MAX);
}

/* A file, in memory of its size. */
static struct str file_of(const char *name, const char *ending)
{
	char path[512];
	snprintf(path, sizeof path, CASES "%s%s", name, ending);
	FILE *f = fopen(path, "rb");
	ck_assert_msg(f != NULL, "cannot open %s", path);
	char *p = arena_room(&arena, FILE_MAX, 1);
	ck_assert_ptr_nonnull(p);
	size_t n = fread(p, 1, FILE_MAX, f);
	fclose(f);
	return arena_str(&arena, (struct str){p, n});
}

static void print_article(struct buf *out, const struct article *a)
{
	for (int i = FIELD_TEXT + 1; i < ARTICLE_FIELD_COUNT; i++) {
		struct str value = article_field_get(a, (enum article_field)i);
		if (value.n)
			buf_printf(out, "%s: %.*s\n", article_field_name((enum article_field)i),
				   STR_ARG(value));
	}
	buf_printf(out, "\n%.*s\n", STR_ARG(a->text));
}

static void print_error(struct buf *out, const struct err *e)
{
	ck_assert_int_eq(err_status(e->kind) / 100, 4);
	buf_printf(out, "error: %s\n", e->message);
}

static void read_html(struct str bytes, struct buf *out)
{
	struct article a = {0};
	struct err e = {0};
	struct str html;
	assert_ok(charset_to_utf8(bytes, &arena, &html, &e), e);
	if (webpage_read(html, &arena, &a, &e))
		print_error(out, &e);
	else
		print_article(out, &a);
}

static void read_xml(struct str bytes, struct buf *out)
{
	struct feed feed;
	struct err e = {0};
	if (feed_read(bytes, &arena, &feed, &e))
		print_error(out, &e);
	for (size_t i = 0; e.kind == ERR_NONE && i < feed.n; i++) {
		if (i)
			buf_add(out, STR("----\n"));
		if (feed.entries[i].err.kind != ERR_NONE)
			print_error(out, &feed.entries[i].err);
		else
			print_article(out, &feed.entries[i].article);
	}
}

/* The same, but that what is expected of an error is a part of its message. */
static void compare(const char *name, struct str want, struct str got)
{
	struct str w, g;
	while (str_split(&want, '\n', &w)) {
		ck_assert_msg(str_split(&got, '\n', &g), "%s: \"%.*s\" is missing", name,
			      STR_ARG(w));
		bool is_part = str_starts(w, STR("error: ")) && str_find(g, w, 0) == 0;
		bool is_error = str_starts(w, STR("error: ")) &&
				str_find(g, str_sub(w, 7, w.n), 0) != SIZE_MAX;
		ck_assert_msg(is_part || is_error || str_eq(w, g), "%s: \"%.*s\", not \"%.*s\"",
			      name, STR_ARG(g), STR_ARG(w));
	}
	ck_assert_msg(got.n == 0, "%s: \"%.*s\" is too much", name, STR_ARG(got));
}

static int run_cases(const char *ending, void (*read)(struct str bytes, struct buf *out))
{
	int cases = 0;
	DIR *d = opendir(CASES);
	ck_assert_ptr_nonnull(d);
	for (struct dirent *entry; (entry = readdir(d));) {
		struct str name = str_of(entry->d_name);
		if (!str_ends(name, str_of(ending)))
			continue;
		setup();
		char base[256];
		snprintf(base, sizeof base, "%.*s", (int)(name.n - strlen(ending)), name.p);
		struct buf out;
		buf_init(&out, FILE_MAX);
		read(file_of(base, ending), &out);
		compare(base, file_of(base, ".expected"), buf_str(&out));
		buf_release(&out);
		cases++;
	}
	closedir(d);
	return cases;
}

START_TEST(webpage_read__the_cases__each_as_expected)
{
	ck_assert_int_ge(run_cases(".html", read_html), 11);
}
END_TEST

START_TEST(feed_read__the_cases__each_as_expected)
{
	ck_assert_int_ge(run_cases(".xml", read_xml), 8);
}
END_TEST

START_TEST(webpage_read__what_the_article_has__is_kept)
{
	struct article a = {.title = STR("Mine"), .language = STR("de")};
	struct err e = {0};
	setup();
	assert_ok(webpage_read(STR("<html lang=en><title>Theirs</title><meta name=author "
				   "content=Theirs>" SENTENCE),
			       &arena, &a, &e),
		  e);
	assert_str(a.title, "Mine");
	assert_str(a.language, "de");
	assert_str(a.author, "Theirs");
}
END_TEST

/* --- what is hostile --- */

/* `unit`, filled up; a number in the place of '#', counted up, where it has one. */
static struct str repeated(const char *start, const char *unit, const char *end)
{
	struct buf b;
	buf_init(&b, HOSTILE_BYTES + 4096);
	buf_add(&b, str_of(start));
	for (int i = 0; b.n < HOSTILE_BYTES; i++) {
		const char *mark = strchr(unit, '~');
		if (mark)
			buf_printf(&b, "%.*s%x%s", (int)(mark - unit), unit, i, mark + 1);
		else
			buf_add(&b, str_of(unit));
	}
	buf_add(&b, str_of(end));
	struct str s = arena_str(&arena, buf_str(&b));
	buf_release(&b);
	ck_assert_ptr_nonnull(s.p);
	return s;
}

static const struct {
	const char *start, *unit, *end;
} hostile[] = {
	{"<html>", "<div>", ""},
	{"<html>", "<p>", SENTENCE},
	{"<html>", "<p>a.", ""},
	{"<html>", "<table><tr><td>", SENTENCE},
	{"<html><a", " a~", ">" SENTENCE},
	{"<html><a", " a~=b", ">" SENTENCE},
	{"<html><p title='", "x", "'>" SENTENCE},
	{"<html>", "<!--", SENTENCE},
	{"<html>", "<b ", SENTENCE},
	{"<html>", "<b a='", SENTENCE},
	{"<html><i><i><i><i><i><i><i><i><i><i><i><i>", "</x>", SENTENCE},
	{"<html>", "&#x", SENTENCE},
	{"<html>", "&", SENTENCE},
	{"<html>", "&a~;", SENTENCE},
	{"<html>", "<", SENTENCE},
	{"<html>", "<![CDATA[", SENTENCE},
	{"<html><script>", "</", SENTENCE},
	{"", "<!DOCTYPE html [<!ENTITY a 'b'>", SENTENCE},
	{"<html>", "<?x ", SENTENCE},
	{"<html>", "<select><option>", SENTENCE},
	{"<html><", "x", ">" SENTENCE},
	{"<html>", "<x~>", SENTENCE},
	{"<html><p class='", "a~ ", "'>" SENTENCE},
	{"<html>", "<title>", SENTENCE},
	{"<html>", "<h1>a</h1>", SENTENCE},
	{"<html>", "<meta name=author content=x>", SENTENCE},
	{"<html><script type='application/ld+json'>", "[", "</script>" SENTENCE},
	{"<html><script type='application/ld+json'>", "{\"a\":", "</script>" SENTENCE},
	{"<html><script type='application/ld+json'>[", "{\"@id\":\"~\"},", "{}]</script>" SENTENCE},
	{"<html>", "<script type='application/ld+json'>{\"@type\":\"Article\"}</script>", SENTENCE},
	{"<html><p>", "word, ", "end.</p>"},
	{"<html>", "<p>Two sentences, one of them short. And this.</p>", ""},
	{"<html>", "\xE2\x80\x8B", SENTENCE},
	{"<html>", "<br>", SENTENCE},
};

/* Each ends in time and is either an article or refused; none takes more memory than its share. */
START_TEST(webpage_read__hostile__bounded)
{
	const int64_t cpu_max_ns = 20000000000; /* the worst takes 1 s of them */
	setup();
	struct str html = repeated(hostile[_i].start, hostile[_i].unit, hostile[_i].end);
	struct memory memory = {.max_bytes = 12 * (int64_t)HOSTILE_BYTES};
	struct budget budget = {.memory = &memory, .cpu_max_ns = cpu_max_ns};
	struct arena a;
	struct article article = {0};
	struct err e = {0};
	arena_init(&a, ARENA_MAX);
	a.budget = &budget;
	budget_start(&budget);
	if (webpage_read(html, &a, &article, &e) == 0)
		ck_assert_uint_eq(utf8_valid_prefix(article.text), article.text.n);
	else
		ck_assert_msg(err_status(e.kind) / 100 == 4 || e.kind == ERR_BUSY, "%s", e.message);
	ck_assert_msg(budget.end != BUDGET_CPU, "%s", hostile[_i].unit);
	arena_release(&a);
	ck_assert_int_eq(memory_used(&memory), 0);
}
END_TEST

START_TEST(webpage_read__too_deep_or_too_many__says_so)
{
	struct article a = {0};
	struct err e = {0};
	setup();
	assert_fails(webpage_read(repeated("<html>", "<div>", ""), &arena, &a, &e), e, ERR_VALUE);
	assert_str(str_of(e.field), "html");
	assert_fails(webpage_read(repeated("<html>", "<p>a.", ""), &arena, &a, &e), e, ERR_COSTLY);
}
END_TEST

START_TEST(feed_read__hostile__refused_or_read)
{
	static const struct {
		const char *start, *unit, *end;
	} documents[] = {
		{"<rss>", "<a>", ""},
		{"<rss><a", " a~='b'", "/></rss>"},
		{"<rss><a", " xmlns:a~='b'", "/></rss>"},
		{"<rss><channel>", "<item/>", "</channel></rss>"},
		{"<rss><channel><item><description>", "&lt;p>",
		 "</description></item></channel></rss>"},
		{"<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='xhtml'>", "<p/>",
		 "</content></entry></feed>"},
		{"<rss><channel><item><description><![CDATA[", "<",
		 "]]></description></item></channel></rss>"},
		{"<rss>", "&amp;", "</rss>"},
		{"<rss>", "<!-- -->", "</rss>"},
		{"<rss>", "<?a b?>", "</rss>"},
	};
	setup();
	for (size_t i = 0; i < sizeof documents / sizeof documents[0]; i++) {
		struct feed feed;
		struct err e = {0};
		struct str xml = repeated(documents[i].start, documents[i].unit, documents[i].end);
		if (feed_read(xml, &arena, &feed, &e))
			ck_assert_msg(err_status(e.kind) / 100 == 4, "%s", e.message);
		setup();
	}
}
END_TEST

/* Memory that gives out at each of its steps is an error, never a crash. */
START_TEST(webpage_read__arena_too_small__too_large)
{
	setup();
	struct str html = file_of("graph", ".html");
	for (size_t max = 0; max < 400000; max += 997) {
		struct arena a;
		struct article article = {0};
		struct err e = {0};
		arena_init(&a, max);
		if (webpage_read(html, &a, &article, &e) != 0)
			ck_assert_int_eq(e.kind, ERR_TOO_LARGE);
		else
			ck_assert_uint_gt(article.text.n, 0);
		arena_release(&a);
	}
}
END_TEST

START_TEST(stamp_read__forms__iso)
{
	static const char *const forms[][2] = {
		{"2024-04-26", "2024-04-26"},
		{"2024-04-26T09:30:00Z", "2024-04-26T09:30:00Z"},
		{"2024-04-26T09:30:00+0800", "2024-04-26T09:30:00+08:00"},
		{"2024-04-26 09:30:00 +0800", "2024-04-26T09:30:00+08:00"},
		{"2024-04-26T09:30:00", "2024-04-26"},
		{"2024-04-26 09:30", "2024-04-26"},
		{"2024/04/26", "2024-04-26"},
		{"20240426", "2024-04-26"},
		{"20240426T0930", "2024-04-26"},
		{"Fri, 26 Apr 2024 09:30:00 GMT", "2024-04-26T09:30:00Z"},
		{"26 Apr 24 09:30 -0500", "2024-04-26T09:30-05:00"},
		{"Fri, 26 Apr 2024 09:30:00 EST", "2024-04-26"},
		{"April 26, 2024", "2024-04-26"},
		{"26 April 2024", "2024-04-26"},
		{"2024-02-30", ""},
		{"yesterday evening", ""},
		{"April 2024", ""},
		{"", ""},
		{"99999999", ""},
		{"0000-00-00 00:00:00", ""},
	};
	setup();
	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
		assert_str(stamp_read(str_of(forms[i][0]), &arena), forms[i][1]);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("webpage");
	TCase *cases = tcase_create("webpage");
	tcase_set_timeout(cases, 300);
	tcase_add_test(cases, webpage_read__the_cases__each_as_expected);
	tcase_add_test(cases, feed_read__the_cases__each_as_expected);
	tcase_add_test(cases, webpage_read__what_the_article_has__is_kept);
	tcase_add_loop_test(cases, webpage_read__hostile__bounded, 0,
			    sizeof hostile / sizeof hostile[0]);
	tcase_add_test(cases, webpage_read__too_deep_or_too_many__says_so);
	tcase_add_test(cases, feed_read__hostile__refused_or_read);
	tcase_add_test(cases, webpage_read__arena_too_small__too_large);
	tcase_add_test(cases, stamp_read__forms__iso);
	suite_add_tcase(suite, cases);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
