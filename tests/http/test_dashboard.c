/* The dashboard as it is served: for whom, in which form, for how long it may be kept, and what its
 * page may do. What it does in a browser is checked by `make check-dashboard`. */
#include <stdio.h>

#include "tests/http/client.h"
#include "tests/unit/unit.h"

#define BROWSER "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"

static struct server *server;

static struct reply ask(const char *method, const char *target, const char *headers)
{
	return http_request(server, method, target, headers, STR_EMPTY);
}

/* The bytes of a file of dashboard/dist; the caller frees. */
static struct str file_of(struct str name, const char *ending)
{
	char path[160];
	snprintf(path, sizeof path, "dashboard/dist/%.*s%s", STR_ARG(name), ending);
	FILE *f = fopen(path, "rb");
	ck_assert_msg(f != NULL, "there is no %s", path);
	fseek(f, 0, SEEK_END);
	size_t n = (size_t)ftell(f);
	rewind(f);
	char *p = malloc(n + 1);
	ck_assert_ptr_nonnull(p);
	ck_assert_uint_eq(fread(p, 1, n, f), n);
	fclose(f);
	return (struct str){p, n};
}

static void assert_is_file(struct str body, struct str name, const char *ending)
{
	struct str want = file_of(name, ending);
	ck_assert_msg(str_eq(body, want), "%.*s%s is served otherwise", STR_ARG(name), ending);
	free((char *)(uintptr_t)want.p);
}

/* Calls `check` for each file that the page names, which are in `dashboard/` beside it. */
static int each_file(void (*check)(struct str name))
{
	struct reply page = ask("GET", "/", BROWSER);
	int n = 0;
	size_t at = 0;
	while ((at = str_find(page.body, STR("=\"dashboard/"), at)) != SIZE_MAX) {
		size_t start = at + strlen("=\"dashboard/");
		size_t end = str_find(page.body, STR("\""), start);
		check(str_sub(page.body, start, end));
		at = end;
		n++;
	}
	reply_release(&page);
	return n;
}

START_TEST(root__for_browsers_and_others__page_and_links)
{
	static const struct {
		const char *accept, *type;
	} rows[] = {
		{BROWSER, "text/html; charset=utf-8"},
		{"Accept: text/html\r\n", "text/html; charset=utf-8"},
		{"Accept: text/*\r\n", "text/html; charset=utf-8"},
		{"", "application/json"},
		{"Accept: */*\r\n", "application/json"},
		{"Accept: application/json\r\n", "application/json"},
		{"Accept: application/json, text/html\r\n", "application/json"},
		{"Accept: text/html;q=0.5, application/json;q=0.6\r\n", "application/json"},
	};
	server = server_start(NULL);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct reply r = ask("GET", "/", rows[i].accept);
		ck_assert_int_eq(r.status, 200);
		assert_str(reply_header(&r, "content-type"), rows[i].type);
		reply_release(&r);
	}
	server_stop(server);
}
END_TEST

START_TEST(page__policy__nothing_from_elsewhere_nothing_inline)
{
	static const char *const parts[] = {
		"default-src 'none';",
		"script-src 'self';",
		"style-src 'self';",
		"connect-src 'self';",
		"base-uri 'none';",
		"frame-ancestors 'none';",
		"require-trusted-types-for 'script';",
		"trusted-types 'none'",
	};
	server = server_start(NULL);
	struct reply r = ask("GET", "/", BROWSER);
	struct str policy = reply_header(&r, "content-security-policy");
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		ck_assert_msg(str_find(policy, str_of(parts[i]), 0) != SIZE_MAX, "%s", parts[i]);
	ck_assert_uint_eq(str_find(policy, STR("unsafe"), 0), SIZE_MAX);
	assert_str(reply_header(&r, "x-content-type-options"), "nosniff");
	assert_str(reply_header(&r, "referrer-policy"), "no-referrer");
	assert_str(reply_header(&r, "cross-origin-opener-policy"), "same-origin");
	/* It names files that change with it: asked for again each time. */
	assert_str(reply_header(&r, "cache-control"), "no-cache");
	assert_is_file(r.body, STR("index.html"), "");
	reply_release(&r);
	server_stop(server);
}
END_TEST

static void check_served(struct str name)
{
	char target[160];
	snprintf(target, sizeof target, "/dashboard/%.*s", STR_ARG(name));
	struct reply r = ask("GET", target, "");
	ck_assert_msg(r.status == 200, "%s: %d", target, r.status);
	assert_str(reply_header(&r, "content-type"),
		   str_ends(name, STR(".js"))	 ? "text/javascript; charset=utf-8"
		   : str_ends(name, STR(".css")) ? "text/css; charset=utf-8"
						 : "image/svg+xml");
	assert_str(reply_header(&r, "cache-control"), "public, max-age=31536000, immutable");
	assert_str(reply_header(&r, "x-content-type-options"), "nosniff");
	assert_str(reply_header(&r, "content-encoding"), "");
	assert_is_file(r.body, name, "");
	reply_release(&r);
}

START_TEST(files__that_the_page_names__served_to_be_kept)
{
	server = server_start(NULL);
	ck_assert_int_eq(each_file(check_served), 4);
	server_stop(server);
}
END_TEST

static void check_forms(struct str name)
{
	static const struct {
		const char *accept, *coding, *ending;
	} rows[] = {
		{"br", "br", ".br"},
		{"gzip, deflate, br, zstd", "br", ".br"},
		{"gzip", "gzip", ".gz"},
		{"gzip, br;q=0", "gzip", ".gz"},
		{"identity", "", ""},
		{"gzip;q=0, br;q=0.0", "", ""},
		{"deflate, zstd", "", ""},
		{"*", "br", ".br"},
		{"BR;q=0.1, gzip", "br", ".br"},
	};
	char target[160], header[120];
	snprintf(target, sizeof target, "/dashboard/%.*s", STR_ARG(name));
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		snprintf(header, sizeof header, "Accept-Encoding: %s\r\n", rows[i].accept);
		struct reply r = ask("GET", target, header);
		ck_assert_int_eq(r.status, 200);
		assert_str(reply_header(&r, "content-encoding"), rows[i].coding);
		assert_str(reply_header(&r, "vary"), "Accept-Encoding");
		assert_is_file(r.body, name, rows[i].ending);
		reply_release(&r);
	}
}

START_TEST(files__by_what_is_accepted__brotli_gzip_plain)
{
	server = server_start(NULL);
	ck_assert_int_eq(each_file(check_forms), 4);
	server_stop(server);
	/* What was compressed beforehand costs nothing. */
	server = server_start((const char *[]){"--gzip", "off", NULL});
	each_file(check_forms);
	server_stop(server);
}
END_TEST

static void check_kept(struct str name)
{
	char target[160], header[200];
	snprintf(target, sizeof target, "/dashboard/%.*s", STR_ARG(name));
	struct reply whole = ask("GET", target, "Accept-Encoding: br\r\n"),
		     head = ask("HEAD", target, "Accept-Encoding: br\r\n");
	struct str tag = reply_header(&whole, "etag");
	static const char *const same[] = {"content-type", "content-encoding", "content-length",
					   "etag",	   "cache-control",    "vary"};
	ck_assert_int_eq(head.status, 200);
	ck_assert_uint_eq(head.body.n, 0);
	for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
		ck_assert_msg(str_eq(reply_header(&whole, same[i]), reply_header(&head, same[i])),
			      "HEAD has another %s", same[i]);
	snprintf(header, sizeof header, "If-None-Match: %.*s\r\n", STR_ARG(tag));
	struct reply known = ask("GET", target, header);
	ck_assert_int_eq(known.status, 304);
	ck_assert_uint_eq(known.body.n, 0);
	assert_str(reply_header(&known, "cache-control"), "public, max-age=31536000, immutable");
	reply_release(&known);
	reply_release(&head);
	reply_release(&whole);
}

START_TEST(files__head_and_known_tag__no_body)
{
	server = server_start(NULL);
	ck_assert_int_eq(each_file(check_kept), 4);
	struct reply page = ask("HEAD", "/", BROWSER);
	ck_assert_int_eq(page.status, 200);
	ck_assert_uint_gt(reply_header(&page, "content-security-policy").n, 0);
	char header[300];
	snprintf(header, sizeof header, BROWSER "If-None-Match: %.*s\r\n",
		 STR_ARG(reply_header(&page, "etag")));
	struct reply known = ask("GET", "/", header);
	ck_assert_int_eq(known.status, 304);
	/* The tag of the page is none of the links. */
	struct reply links = ask("GET", "/", strchr(header, '\n') + 1);
	ck_assert_int_eq(links.status, 200);
	reply_release(&links);
	reply_release(&known);
	reply_release(&page);
	server_stop(server);
}
END_TEST

START_TEST(files__others__refused)
{
	static const struct {
		const char *method, *target;
		int status;
	} rows[] = {
		{"GET", "/dashboard/nothing.js", 404},
		{"GET", "/dashboard/index.html", 404}, /* its links are relative to the root */
		{"GET", "/dashboard/files.inc", 404},
		{"GET", "/dashboard/", 404},
		{"GET", "/dashboard", 404},
		{"GET", "/dashboard/..%2findex.html", 404},
		{"POST", "/dashboard/nothing.js", 405},
		{"GET", "/dashboard/nothing.js?x=1", 400},
	};
	server = server_start(NULL);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct reply r = ask(rows[i].method, rows[i].target, "");
		ck_assert_msg(r.status == rows[i].status, "%s: %d", rows[i].target, r.status);
		assert_str(reply_header(&r, "content-type"), "application/problem+json");
		reply_release(&r);
	}
	server_stop(server);
}
END_TEST

START_TEST(page__below_a_base_path_and_with_tokens__is_open_and_relative)
{
	char path[] = "/tmp/demarche-tokens-XXXXXX";
	int fd = mkstemp(path);
	FILE *f = fdopen(fd, "w");
	fputs("read readers-long-token\n", f);
	fclose(f);
	server = server_start(
		(const char *[]){"--base-path", "/in/here", "--tokens-file", path, NULL});
	struct reply r = ask("GET", "/in/here/", BROWSER);
	ck_assert_int_eq(r.status, 200);
	ck_assert_uint_ne(str_find(r.body, STR("src=\"dashboard/main-"), 0), SIZE_MAX);
	ck_assert_uint_eq(str_find(r.body, STR("=\"/"), 0), SIZE_MAX);
	reply_release(&r);
	r = ask("GET", "/in/here", BROWSER);
	ck_assert_int_eq(r.status, 308);
	assert_str(reply_header(&r, "location"), "here/");
	reply_release(&r);
	server_stop(server);
	remove(path);
}
END_TEST

UNIT_MAIN("dashboard", root__for_browsers_and_others__page_and_links,
	  page__policy__nothing_from_elsewhere_nothing_inline,
	  files__that_the_page_names__served_to_be_kept,
	  files__by_what_is_accepted__brotli_gzip_plain, files__head_and_known_tag__no_body,
	  files__others__refused, page__below_a_base_path_and_with_tokens__is_open_and_relative)
