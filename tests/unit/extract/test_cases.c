/* Runs the cases of tests/cases/extract: texts with the statements they hold.
 *
 * A file of cases: "### name", perhaps "@ 2024-04-26" (the day of publication, that one when left
 * out; an outlet may stand behind it), the text, "---", then one line a statement in the order of
 * the text: kind | speaker | content | fields. Fields are key=value with blanks between, of: via
 * country act position target to by said polarity kind issue (several issues: the key again) first
 * (the issue that goes first); "|" parts values of which any will do; only those that are named are
 * compared. "-" is no speaker. A name that begins with "?" is of a case that the engine fails. */
#include <dirent.h>
#include <stdio.h>

#include "base/arena.h"
#include "extract/extract.h"
#include "tests/unit/extract/case_file.h"
#include "tests/unit/unit.h"

enum { CASE_BYTES = 256 << 20, LONGEST_LINE = 8192 };

/* --- a statement as a line -------------------------------------------------------------------- */

struct line {
	char p[LONGEST_LINE];
	size_t n;
};

static void put(struct line *l, const char *key, struct str value)
{
	int n = snprintf(l->p + l->n, sizeof l->p - l->n, "%s%.*s", key, STR_ARG(value));
	l->n += n > 0 ? (size_t)n : 0;
	if (l->n >= sizeof l->p)
		l->n = sizeof l->p - 1;
}

static void put_actor(struct line *l, const char *key, const struct actor *a)
{
	if (a)
		put(l, key, a->id);
}

static struct str describe(struct arena *a, const struct statement *s)
{
	static struct line l;
	l.n = 0;
	put(&l, "", terms_word(&terms_statement_kind, s->kind));
	put(&l, " | ", s->speaker ? s->speaker->id : STR("-"));
	put(&l, " | ", s->content);
	/* fields hold no blanks: the last word of the way to the speaker */
	put(&l, " | via=",
	    s->speaker_via == VIA_CONTINUATION ? STR("continuation")
					       : terms_word(&terms_speaker_via, s->speaker_via));
	if (s->speaker && s->speaker->country.n)
		put(&l, " country=", s->speaker->country);
	put(&l, " act=", terms_word(&terms_act, s->stance.act));
	put(&l, " position=", terms_word(&terms_position, s->stance.position));
	put_actor(&l, " target=", s->stance.target);
	put_actor(&l, " to=", s->addressee);
	put_actor(&l, " by=", s->reported_by);
	if (s->said_on.text.n)
		put(&l, " said=", s->said_on.date.n ? s->said_on.date : STR("none"));
	else
		put(&l, " said=", STR("-"));
	if (s->polarity == POLARITY_DENIED)
		put(&l, " polarity=", STR("denied"));
	if (s->is_nested)
		put(&l, " nested=", STR("yes"));
	if (s->speaker)
		put(&l, " kind=", terms_word(&terms_actor_kind, (int)s->speaker->kind));
	for (size_t i = 0; i < s->n_issues; i++)
		put(&l, " issue=", s->issues[i].issue->id);
	if (s->n_issues > 0)
		put(&l, " first=", s->issues[0].issue->id);
	for (size_t i = 0; i < l.n; i++)
		if (l.p[i] == '\n')
			l.p[i] = ' ';
	return arena_str(a, (struct str){l.p, l.n});
}

/* Does one of the values stand behind the key: "first=coal|energy"? */
static bool field_fits(struct str field, struct str got)
{
	struct str key = str_sub(field, 0, str_find(field, STR("="), 0)), value;
	field = str_sub(field, key.n + 1, field.n);
	while (str_split(&field, '|', &value)) {
		char word[512];
		size_t at = 0;
		int n = snprintf(word, sizeof word, " %.*s=%.*s", STR_ARG(key), STR_ARG(value));
		while ((at = str_find(got, (struct str){word, (size_t)n}, at)) != SIZE_MAX) {
			at += (size_t)n;
			if (at == got.n || got.p[at] == ' ')
				return true;
		}
	}
	return false;
}

/* The fields before the third bar are compared whole; of the rest each named one must be there. */
static bool line_fits(struct str want, struct str got)
{
	size_t bar = str_find(want, STR(" | "), 0);
	for (int i = 0; i < 2 && bar != SIZE_MAX; i++) {
		size_t next = str_find(want, STR(" | "), bar + 3);
		bar = next;
		if (next == SIZE_MAX)
			break;
	}
	struct str head = bar == SIZE_MAX ? want : str_sub(want, 0, bar);
	struct str start = str_sub(got, 0, head.n + 3);
	if (!str_starts(start, head) || !str_ends(start, STR(" | ")))
		return false;
	struct str fields = bar == SIZE_MAX ? STR_EMPTY : str_sub(want, bar + 3, want.n), field;
	struct str tail = str_sub(got, head.n + 2, got.n);
	while (str_split(&fields, ' ', &field))
		if (field.n > 0 && !field_fits(field, tail))
			return false;
	return true;
}

/* --- running ---------------------------------------------------------------------------------- */

static void show(const struct extraction *x, struct arena *a)
{
	for (size_t i = 0; i < x->n_statements; i++) {
		struct str l = describe(a, &x->statements[i]);
		printf("%.*s\n", STR_ARG(l));
	}
}

/* The lines are all of the statements, in order. */
static int run(const struct engine *en, struct str name, struct str text, struct str published,
	       struct str want)
{
	struct arena a;
	struct err e = {0};
	struct extraction x;
	struct str day = STR_EMPTY;
	(void)str_split(&published, ' ', &day);
	struct article article = article_of(text, day);
	article.outlet = published;
	arena_init(&a, CASE_BYTES);
	assert_ok(engine_extract(en, &article, &a, &x, &e), e);
	for (size_t i = 0; i < x.n_statements; i++)
		case_check_spans(&x.statements[i], text);
	size_t at = 0;
	struct str line, missing = STR_EMPTY;
	while (missing.n == 0 && str_split(&want, '\n', &line)) {
		line = str_trim(line);
		if (line.n == 0)
			continue;
		if (at >= x.n_statements || !line_fits(line, describe(&a, &x.statements[at])))
			missing = line;
		at++;
	}
	bool ok = missing.n == 0 && at == x.n_statements;
	if (!ok) {
		printf("### %.*s\nwant: %.*s\nfound:\n", STR_ARG(name), STR_ARG(missing));
		show(&x, &a);
		fflush(stdout);
	}
	arena_release(&a);
	return ok ? 0 : 1;
}

static struct str take_date(struct str *text)
{
	struct str line;
	if (!str_starts(*text, STR("@ ")))
		return STR("2024-04-26");
	(void)str_split(text, '\n', &line);
	return str_trim(str_sub(line, 2, line.n));
}

/* A case whose name begins with "?" is known to fail: it is counted apart. */
static int run_file(const struct engine *en, struct str file, int *n, int *known)
{
	int failed = 0;
	size_t at = str_find(file, STR("### "), 0);
	while (at != SIZE_MAX) {
		size_t next = str_find(file, STR("\n### "), at);
		struct str block = str_sub(file, at + 4, next == SIZE_MAX ? file.n : next), name;
		(void)str_split(&block, '\n', &name);
		struct str published = take_date(&block);
		size_t cut = str_find(block, STR("\n---"), 0);
		ck_assert_msg(cut != SIZE_MAX, "case \"%.*s\" has no line of dashes",
			      STR_ARG(name));
		int *count = str_starts(name, STR("?")) ? known : &failed;
		*count += run(en, name, str_trim(str_sub(block, 0, cut)), published,
			      str_sub(block, cut + 4, block.n));
		++*n;
		at = next == SIZE_MAX ? SIZE_MAX : next + 1;
	}
	return failed;
}

/* They only become fewer. */
enum { KNOWN_FAILURES_MAX = 7 };

START_TEST(extract_finds__synthetic_cases__their_statements)
{
	struct err e = {0};
	struct arena a;
	struct engine *en = engine_open(&e);
	ck_assert_msg(en != NULL, "%s", e.message);
	DIR *folder = opendir("tests/cases/extract");
	ck_assert_msg(folder != NULL, "run from the root of the project");
	arena_init(&a, CASE_BYTES);
	int failed = 0, n = 0, known = 0;
	for (struct dirent *f; (f = readdir(folder)) != NULL;) {
		char path[512];
		if (!str_ends(str_of(f->d_name), STR(".txt")))
			continue;
		snprintf(path, sizeof path, "tests/cases/extract/%s", f->d_name);
		failed += run_file(en, case_file_read(&a, path), &n, &known);
	}
	closedir(folder);
	arena_release(&a);
	engine_close(en);
	ck_assert_int_ge(n, 80);
	ck_assert_msg(failed == 0, "%d of %d cases failed", failed, n);
	ck_assert_int_le(known, KNOWN_FAILURES_MAX);
}
END_TEST

UNIT_MAIN("extract cases", extract_finds__synthetic_cases__their_statements)
