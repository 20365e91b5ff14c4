/* Runs the cases of tests/cases/annotate: texts with the mentions they hold.
 *
 * "### name", the text, "---", then lines in the order of the text: words | kind | key of the
 * actor. Mentions that no line names may stand between. "words | none" says that no mention reads
 * so. */
#include <dirent.h>
#include <stdio.h>

#include "base/arena.h"
#include "extract/extract.h"
#include "tests/unit/extract/case_file.h"
#include "tests/unit/unit.h"

enum { CASE_BYTES = 256 << 20 };

static struct str words_of(struct str text, struct span s)
{
	size_t byte = 0, from = 0;
	for (uint32_t point = 0; point < s.end; point++) {
		from = point == s.start ? byte : from;
		do
			byte++;
		while (byte < text.n && ((unsigned char)text.p[byte] & 0xC0) == 0x80);
	}
	return str_sub(text, from, byte);
}

static struct str describe(struct arena *a, struct str text, const struct actor_span *m)
{
	return arena_printf(a, "%.*s | %.*s | %.*s", STR_ARG(words_of(text, m->span)),
			    STR_ARG(terms_word(&terms_mention_kind, (int)m->kind)),
			    STR_ARG(m->actor->id));
}

/* True of every annotation: spans lie in the text, in order, and mentions of one actor share its
 * pointer's id. */
static void check(const struct annotation *x, struct str text)
{
	size_t points = 0;
	for (size_t i = 0; i < text.n; i++)
		points += ((unsigned char)text.p[i] & 0xC0) != 0x80;
	for (size_t i = 0; i < x->n_mentions; i++) {
		const struct span s = x->mentions[i].span;
		ck_assert_uint_lt(s.start, s.end);
		ck_assert_uint_le(s.end, points);
		ck_assert_ptr_nonnull(x->mentions[i].actor);
		ck_assert_uint_gt(x->mentions[i].actor->id.n, 0);
		ck_assert(i == 0 || x->mentions[i - 1].span.start <= s.start);
	}
	for (size_t i = 0; i < x->n_sentences; i++)
		ck_assert(x->sentences[i].start < x->sentences[i].end &&
			  x->sentences[i].end <= points &&
			  (i == 0 || x->sentences[i - 1].end <= x->sentences[i].start));
}

static bool reads(struct arena *a, struct str text, const struct annotation *x, struct str words)
{
	(void)a;
	for (size_t i = 0; i < x->n_mentions; i++)
		if (str_eq(words_of(text, x->mentions[i].span), words))
			return true;
	return false;
}

static bool finds(struct arena *a, struct str text, const struct annotation *x, struct str want,
		  struct str *missing)
{
	size_t at = 0;
	struct str line;
	while (str_split(&want, '\n', &line)) {
		line = str_trim(line);
		*missing = line;
		if (line.n == 0)
			continue;
		if (str_ends(line, STR(" | none"))) {
			if (reads(a, text, x, str_sub(line, 0, line.n - 7)))
				return false;
			continue;
		}
		while (at < x->n_mentions && !str_eq(line, describe(a, text, &x->mentions[at])))
			at++;
		if (at == x->n_mentions)
			return false;
		at++;
	}
	return true;
}

/* The day of a case, from its first line ("@ 2016-07-20"), which is taken away. */
static struct str day_of(struct str *text)
{
	struct str line = STR("2024-04-26");
	if (!str_starts(*text, STR("@ ")))
		return line;
	(void)str_split(text, '\n', &line);
	return str_trim(str_sub(line, 2, line.n));
}

static int run(const struct engine *en, struct str name, struct str text, struct str want)
{
	struct arena a;
	struct err e = {0};
	struct annotation x;
	struct str missing = STR_EMPTY, day = day_of(&text);
	struct article article = article_of(text, day);
	arena_init(&a, CASE_BYTES);
	assert_ok(engine_annotate(en, &article, &a, &x, &e), e);
	check(&x, text);
	bool ok = finds(&a, text, &x, want, &missing);
	if (!ok)
		printf("### %.*s\nwant: %.*s\nfound:\n", STR_ARG(name), STR_ARG(missing));
	for (size_t i = 0; !ok && i < x.n_mentions; i++)
		printf("%.*s\n", STR_ARG(describe(&a, text, &x.mentions[i])));
	arena_release(&a);
	return ok ? 0 : 1;
}

static int run_file(const struct engine *en, struct str file, int *n)
{
	int failed = 0;
	size_t at = str_find(file, STR("### "), 0);
	while (at != SIZE_MAX) {
		size_t next = str_find(file, STR("\n### "), at);
		struct str block = str_sub(file, at + 4, next == SIZE_MAX ? file.n : next), name;
		(void)str_split(&block, '\n', &name);
		size_t cut = str_find(block, STR("\n---"), 0);
		ck_assert_msg(cut != SIZE_MAX, "case \"%.*s\" has no line of dashes",
			      STR_ARG(name));
		failed += run(en, name, str_trim(str_sub(block, 0, cut)),
			      str_sub(block, cut + 4, block.n));
		++*n;
		at = next == SIZE_MAX ? SIZE_MAX : next + 1;
	}
	return failed;
}

START_TEST(annotate_finds__cases__their_mentions)
{
	struct err e = {0};
	struct arena a;
	struct engine *en = engine_open(&e);
	ck_assert_msg(en != NULL, "%s", e.message);
	arena_init(&a, CASE_BYTES);
	DIR *folder = opendir("tests/cases/annotate");
	ck_assert_msg(folder != NULL, "run from the root of the project");
	int failed = 0, n = 0;
	for (struct dirent *f; (f = readdir(folder)) != NULL;) {
		char path[512];
		if (!str_ends(str_of(f->d_name), STR(".txt")))
			continue;
		snprintf(path, sizeof path, "tests/cases/annotate/%s", f->d_name);
		failed += run_file(en, case_file_read(&a, path), &n);
	}
	closedir(folder);
	arena_release(&a);
	engine_close(en);
	ck_assert_int_ge(n, 40);
	ck_assert_msg(failed == 0, "%d of %d cases failed", failed, n);
}
END_TEST

START_TEST(annotate_refuses__what_extract_refuses)
{
	struct err e = {0};
	struct arena a;
	struct annotation x;
	struct engine *en = engine_open(&e);
	struct article bad = {.text = STR("caf\xe9")},
		       french = {.text = STR("Jean Martin a dit non."), .language = STR("fr")};
	arena_init(&a, CASE_BYTES);
	ck_assert_int_eq(engine_annotate(en, &bad, &a, &x, &e), -1);
	ck_assert_int_eq(e.kind, ERR_INPUT);
	e = (struct err){0};
	assert_ok(engine_annotate(en, &french, &a, &x, &e), e);
	ck_assert_uint_eq(x.n_mentions, 0);
	arena_release(&a);
	engine_close(en);
}
END_TEST

START_TEST(annotate_finds__country_in_the_title__body_of_it)
{
	struct err e = {0};
	struct arena a;
	struct annotation x;
	struct engine *en = engine_open(&e);
	ck_assert_msg(en != NULL, "%s", e.message);
	arena_init(&a, CASE_BYTES);
	struct article article = {.title = STR("Kenya counts again"),
				  .text = STR("The Supreme Court upheld the election.")};
	assert_ok(engine_annotate(en, &article, &a, &x, &e), e);
	ck_assert_uint_ge(x.n_mentions, 1);
	assert_str(x.mentions[0].actor->id, "ken-supreme-court");
	assert_str(x.mentions[0].actor->country, "KEN");
	arena_release(&a);
	engine_close(en);
}
END_TEST

UNIT_MAIN("annotate", annotate_finds__country_in_the_title__body_of_it,
	  annotate_finds__cases__their_mentions, annotate_refuses__what_extract_refuses)
