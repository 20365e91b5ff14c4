/* Compares what the engine finds in the articles of tests/cases/wikinews with what a reader found.
 *
 * Every difference that is known stands at the head of the article's list, a line for each kind of
 * difference; one more or one less fails the test, which then prints the lines as they would be
 * now. With WIKINEWS_SHOW set, all differences and the figures over all articles are printed. */
#include <dirent.h>
#include <stdio.h>

#include "base/fold.h"
#include "extract/extract.h"
#include "tests/unit/extract/case_file.h"
#include "tests/unit/extract/expected_list.h"
#include "tests/unit/unit.h"

#define FOLDER "tests/cases/wikinews"

enum { ARENA_BYTES = 256 << 20, PATH_BYTES = 512, NONE = -1 };

/* Kinds of differences. missing, extra: a statement that is not found, or is none; cue: no word in
 * common; content: other ends; issue: not found; astray: an issue that is none of the statement's;
 * side: another position on an issue that is found; order: behind one that comes after it in the
 * list; the others: another value. From act to by they are the fields of a list. */
#define DIFFERENCES(X)                                                                             \
	X(MISSING, "missing")                                                                      \
	X(EXTRA, "extra")                                                                          \
	X(SPEAKER, "speaker")                                                                      \
	X(KIND, "kind")                                                                            \
	X(CUE, "cue")                                                                              \
	X(CONTENT, "content")                                                                      \
	X(ISSUE, "issue")                                                                          \
	X(ASTRAY, "astray")                                                                        \
	X(SIDE, "side")                                                                            \
	X(ACT, "act")                                                                              \
	X(POSITION, "position")                                                                    \
	X(TARGET, "target")                                                                        \
	X(SAID, "said")                                                                            \
	X(POLARITY, "polarity")                                                                    \
	X(VIA, "via")                                                                              \
	X(BY, "by")                                                                                \
	X(ORDER, "order")
#define X_ENUM(name, word) DIFFERS_##name,
#define X_WORD(name, word) word,
enum difference { DIFFERENCES(X_ENUM) DIFFERENCE_COUNT };
static const char *const difference_words[] = {DIFFERENCES(X_WORD)};
#undef X_ENUM
#undef X_WORD

/* Over all articles. */
struct tally {
	size_t n_expected, n_optional;	   /* in the lists */
	size_t n_found;			   /* of the statements that count */
	size_t n_pairs, n_pairs_optional;  /* expected and found */
	size_t compared[DIFFERENCE_COUNT]; /* among the pairs that are not optional */
	size_t differing[DIFFERENCE_COUNT];
};

/* One article. */
struct comparison {
	struct str name, text;
	struct expected_list list;
	struct extraction found;
	int *pair_of;	/* by expected statement: the one found, or NONE */
	bool *is_taken; /* by found statement */
	struct knowledge known;
	struct str measured[DIFFERENCE_COUNT]; /* names of statements, " 3 12" */
	struct str report;		       /* a line for each difference */
	struct tally *tally;
	struct arena *a;
};

static void differ(struct comparison *c, enum difference kind, struct str name, struct str want,
		   struct str got)
{
	c->tally->differing[kind]++;
	c->measured[kind] =
		arena_printf(c->a, "%.*s %.*s", STR_ARG(c->measured[kind]), STR_ARG(name));
	c->report = arena_printf(c->a, "%.*s%.*s %s %.*s: want %.*s, got %.*s\n",
				 STR_ARG(c->report), STR_ARG(c->name), difference_words[kind],
				 STR_ARG(name), STR_ARG(want), STR_ARG(got));
}

/* --- which found statement is which expected one --- */

static struct str id_of(const struct actor *actor)
{
	return actor ? actor->id : STR("-");
}

static size_t length_of(const struct span *v, size_t n)
{
	size_t length = 0;
	for (size_t i = 0; i < n; i++)
		length += v[i].end - v[i].start;
	return length;
}

/* What both contents share, as a part of the longer one. */
static double overlap(const struct expected *want, const struct statement *got)
{
	size_t shared = 0;
	for (size_t i = 0; i < want->n_parts; i++)
		for (size_t k = 0; k < got->spans.content.n; k++) {
			struct span w = want->parts[i], g = got->spans.content.v[k];
			uint32_t from = w.start > g.start ? w.start : g.start;
			uint32_t to = w.end < g.end ? w.end : g.end;
			shared += to > from ? to - from : 0;
		}
	size_t a = length_of(want->parts, want->n_parts);
	size_t b = length_of(got->spans.content.v, got->spans.content.n);
	return (double)shared / (double)(a > b ? a : b);
}

/* How well they go together: the right speaker weighs most, then that the statement is asked for;
 * 0 where the contents do not overlap by half. */
static double fit(const struct expected *want, const struct statement *got)
{
	double part = overlap(want, got);
	if (part < 0.5)
		return 0;
	return part + (expected_has(want->speaker, id_of(got->speaker)) ? 2 : 0) +
	       (want->is_optional ? 0 : 1);
}

/* Pairs off the best two that are left, until none fit. */
static void pair_off(struct comparison *c)
{
	for (;;) {
		double best = 0;
		size_t want = 0, got = 0;
		for (size_t i = 0; i < c->list.n; i++)
			for (size_t k = 0; k < c->found.n_statements; k++) {
				const struct statement *s = &c->found.statements[k];
				if (c->pair_of[i] != NONE || c->is_taken[k] || s->is_uncounted)
					continue;
				double now = fit(&c->list.v[i], s);
				if (now > best) {
					best = now;
					want = i;
					got = k;
				}
			}
		if (best <= 0)
			return;
		c->pair_of[want] = (int)got;
		c->is_taken[got] = true;
	}
}

/* --- one pair --- */

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

static struct str cue_of(const struct comparison *c, const struct statement *s)
{
	struct str cue = STR_EMPTY;
	for (size_t i = 0; i < s->spans.cue.n; i++)
		cue = arena_printf(c->a, "%.*s%s%.*s", STR_ARG(cue), i ? " " : "",
				   STR_ARG(words_of(c->text, s->spans.cue.v[i])));
	return cue;
}

static bool share_word(struct str a, struct str b)
{
	struct str word, other;
	while (str_split(&a, ' ', &word))
		for (struct str rest = b; str_split(&rest, ' ', &other);)
			if (str_eq_nocase(word, other))
				return true;
	return false;
}

/* Concern, where the engine has no word for it, is neutral or opposed. */
static bool has_position(struct str alternatives, enum position got)
{
	if (expected_has(alternatives, terms_word(&terms_position, (int)got)))
		return true;
	return expected_has(alternatives, STR("concern")) &&
	       terms_find(&terms_position, STR("concern")) < 0 &&
	       (got == POSITION_NEUTRAL || got == POSITION_OPPOSE);
}

/* The position on the issue: so far a statement has one, that on its first. */
static enum position position_on(const struct statement *s, size_t issue)
{
	return issue == 0 ? s->stance.position : POSITION_NEUTRAL;
}

/* "?a/b:support/neutral", taken apart. */
struct issue_field {
	bool is_optional;
	struct str names, positions;
};

static struct issue_field issue_field(struct str field)
{
	struct issue_field f = {.is_optional = str_starts(field, STR("?"))};
	f.positions = str_sub(field, f.is_optional, field.n);
	(void)str_split(&f.positions, ':', &f.names);
	return f;
}

static bool is_issue(struct str field)
{
	return field.n > 0 && str_find(field, STR("="), 0) == SIZE_MAX;
}

/* The positions that the reader has for an issue; "" for none. */
static struct str positions_on(const struct expected *want, struct str id)
{
	struct str fields = want->fields, field;
	while (str_split(&fields, ' ', &field))
		if (is_issue(field) && expected_has(issue_field(field).names, id))
			return issue_field(field).positions;
	return STR_EMPTY;
}

static void compare_issue(struct comparison *c, const struct expected *want,
			  const struct statement *got, struct str field)
{
	struct issue_field f = issue_field(field);
	struct str rest = f.names, first;
	(void)str_split(&rest, '/', &first);
	struct str name = arena_printf(c->a, "%.*s:%.*s", STR_ARG(want->number), STR_ARG(first));
	size_t i = 0;
	while (i < got->n_issues && !expected_has(f.names, got->issues[i].issue->id))
		i++;
	c->tally->compared[DIFFERS_ISSUE] += !f.is_optional;
	if (i == got->n_issues) {
		if (!f.is_optional)
			differ(c, DIFFERS_ISSUE, name, f.names, STR("none"));
		return;
	}
	if (f.positions.n == 0 || (f.is_optional && position_on(got, i) == POSITION_NEUTRAL))
		return;
	c->tally->compared[DIFFERS_SIDE]++;
	if (!has_position(f.positions, position_on(got, i)))
		differ(c, DIFFERS_SIDE, name, f.positions,
		       terms_word(&terms_position, (int)position_on(got, i)));
}

static const struct issue *issue_named(const struct comparison *c, struct str id)
{
	for (size_t i = 0; i < c->known.n_issues; i++)
		if (str_eq(c->known.issues[i].id, id))
			return &c->known.issues[i];
	return NULL;
}

/* Is it one that the reader names, or a wider one? */
static bool is_expected_issue(const struct comparison *c, const struct expected *want,
			      struct str id)
{
	struct str fields = want->fields, field, name;
	while (str_split(&fields, ' ', &field)) {
		if (!is_issue(field))
			continue;
		struct str names = issue_field(field).names;
		while (str_split(&names, '/', &name)) {
			const struct issue *is = issue_named(c, name);
			while (is && !str_eq(is->id, id))
				is = issue_named(c, is->parent);
			if (is)
				return true;
		}
	}
	return false;
}

/* Open issues are nobody's mistake: a reader names none. */
static void compare_issues_astray(struct comparison *c, const struct expected *want,
				  const struct statement *got)
{
	for (size_t i = 0; i < got->n_issues; i++) {
		struct str id = got->issues[i].issue->id;
		if (got->issues[i].issue->is_open)
			continue;
		c->tally->compared[DIFFERS_ASTRAY]++;
		if (!is_expected_issue(c, want, id))
			differ(c, DIFFERS_ASTRAY,
			       arena_printf(c->a, "%.*s:%.*s", STR_ARG(want->number), STR_ARG(id)),
			       STR("none"), id);
	}
}

static struct str value_of(const struct statement *s, enum difference field)
{
	switch (field) {
	case DIFFERS_ACT:
		return terms_word(&terms_act, (int)s->stance.act);
	case DIFFERS_POSITION:
		return terms_word(&terms_position, (int)s->stance.position);
	case DIFFERS_TARGET:
		return id_of(s->stance.target);
	case DIFFERS_SAID:
		return s->said_on.date.n ? s->said_on.date : STR("-");
	case DIFFERS_POLARITY:
		return terms_word(&terms_polarity, (int)s->polarity);
	case DIFFERS_VIA:
		return terms_word(&terms_speaker_via, (int)s->speaker_via);
	default:
		ck_assert_int_eq(field, DIFFERS_BY);
		return id_of(s->reported_by);
	}
}

/* Its position is that on its first issue, and where the list has one for that, that is compared.
 */
static bool is_compared(const struct expected *want, const struct statement *got,
			enum difference field)
{
	return field != DIFFERS_POSITION || got->n_issues == 0 ||
	       positions_on(want, got->issues[0].issue->id).n == 0;
}

/* "act=STATE/DENY" */
static void compare_field(struct comparison *c, const struct expected *want,
			  const struct statement *got, struct str field)
{
	struct str key, alternatives = field;
	(void)str_split(&alternatives, '=', &key);
	for (int i = DIFFERS_ACT; i <= DIFFERS_BY; i++) {
		if (!str_eq(key, str_of(difference_words[i])))
			continue;
		if (!is_compared(want, got, (enum difference)i))
			return;
		struct str value = value_of(got, (enum difference)i);
		c->tally->compared[i]++;
		if (i == DIFFERS_POSITION ? !has_position(alternatives, got->stance.position)
					  : !expected_has(alternatives, value))
			differ(c, (enum difference)i, want->number, alternatives, value);
		return;
	}
	ck_abort_msg("%.*s %.*s: no field \"%.*s\"", STR_ARG(c->name), STR_ARG(want->number),
		     STR_ARG(field));
}

static void compare(struct comparison *c, const struct expected *want, const struct statement *got)
{
	struct str fields = want->fields, field, content = expected_words(got->content, c->a);
	struct str kind = terms_word(&terms_statement_kind, (int)got->kind), cue = cue_of(c, got);
	for (int i = DIFFERS_SPEAKER; i <= DIFFERS_CUE; i++)
		c->tally->compared[i]++;
	if (!expected_has(want->speaker, id_of(got->speaker)))
		differ(c, DIFFERS_SPEAKER, want->number, want->speaker, id_of(got->speaker));
	if (!expected_has(want->kind, kind))
		differ(c, DIFFERS_KIND, want->number, want->kind, kind);
	if (!share_word(want->cue, cue))
		differ(c, DIFFERS_CUE, want->number, want->cue, cue);
	c->tally->compared[DIFFERS_CONTENT] += !want->is_loose;
	if (!want->is_loose && !str_eq(content, want->content))
		differ(c, DIFFERS_CONTENT, want->number, want->content, content);
	while (str_split(&fields, ' ', &field))
		if (is_issue(field))
			compare_issue(c, want, got, field);
		else if (field.n > 0)
			compare_field(c, want, got, field);
	compare_issues_astray(c, want, got);
}

/* --- one article --- */

static void compare_expected(struct comparison *c)
{
	int last = NONE;
	for (size_t i = 0; i < c->list.n; i++) {
		const struct expected *want = &c->list.v[i];
		int at = c->pair_of[i];
		c->tally->n_expected += !want->is_optional;
		c->tally->n_optional += want->is_optional;
		if (want->is_optional) {
			c->tally->n_pairs_optional += at != NONE;
			continue;
		}
		if (at == NONE) {
			differ(c, DIFFERS_MISSING, want->number,
			       arena_printf(c->a, "%.*s: %.*s", STR_ARG(want->speaker),
					    STR_ARG(want->content)),
			       STR("none"));
			continue;
		}
		c->tally->n_pairs++;
		compare(c, want, &c->found.statements[at]);
		if (at < last)
			differ(c, DIFFERS_ORDER, want->number, STR("later"), STR("earlier"));
		last = at > last ? at : last;
	}
}

/* An extra statement is named by its speaker and its cue. */
static void compare_extra(struct comparison *c)
{
	for (size_t k = 0; k < c->found.n_statements; k++) {
		const struct statement *s = &c->found.statements[k];
		if (s->is_uncounted)
			continue;
		c->tally->n_found++;
		if (c->is_taken[k])
			continue;
		struct str cue = str_slug(c->a, cue_of(c, s));
		differ(c, DIFFERS_EXTRA,
		       arena_printf(c->a, "%.*s:%.*s", STR_ARG(id_of(s->speaker)), STR_ARG(cue)),
		       STR("none"), s->content);
	}
}

/* The issues of the list are issues of the table. */
static void check_names(const struct comparison *c)
{
	for (size_t i = 0; i < c->list.n; i++) {
		struct str fields = c->list.v[i].fields, field, name;
		while (str_split(&fields, ' ', &field)) {
			struct str names = is_issue(field) ? issue_field(field).names : STR_EMPTY;
			while (str_split(&names, '/', &name))
				ck_assert_msg(issue_named(c, name) != NULL,
					      "%.*s %.*s: no issue \"%.*s\"", STR_ARG(c->name),
					      STR_ARG(c->list.v[i].number), STR_ARG(name));
		}
	}
}

/* The lines of known differences, as they would be now. */
static struct str known_now(const struct comparison *c)
{
	struct str lines = STR_EMPTY;
	for (int i = 0; i < DIFFERENCE_COUNT; i++)
		if (c->measured[i].n > 0)
			lines = arena_printf(c->a, "%.*sknown %s%.*s\n", STR_ARG(lines),
					     difference_words[i], STR_ARG(c->measured[i]));
	return lines;
}

/* Is it as known? */
static bool run_article(const struct engine *en, const char *file_name, struct tally *tally)
{
	struct arena a;
	struct err e = {0};
	char path[PATH_BYTES];
	arena_init(&a, ARENA_BYTES);
	struct comparison c = {.a = &a,
			       .tally = tally,
			       .known = engine_knowledge(en),
			       .report = STR_EMPTY,
			       .name = str_of(file_name)};
	c.name.n -= strlen(".txt");
	for (int i = 0; i < DIFFERENCE_COUNT; i++)
		c.measured[i] = STR_EMPTY;
	snprintf(path, sizeof path, FOLDER "/%s", file_name);
	c.text = case_file_read(&a, path);
	snprintf(path, sizeof path, FOLDER "/%.*s.statements", STR_ARG(c.name));
	expected_list_read(&c.list, case_file_read(&a, path), c.text, &a);
	check_names(&c);

	struct article article = article_of(c.text, c.list.published_at);
	assert_ok(engine_extract(en, &article, &a, &c.found, &e), e);
	c.pair_of = arena_array(&a, c.list.n, sizeof *c.pair_of);
	c.is_taken = arena_array(&a, c.found.n_statements + 1, sizeof *c.is_taken);
	ck_assert(c.pair_of && c.is_taken);
	for (size_t i = 0; i < c.list.n; i++)
		c.pair_of[i] = NONE;
	for (size_t k = 0; k < c.found.n_statements; k++)
		case_check_spans(&c.found.statements[k], c.text);
	pair_off(&c);
	compare_expected(&c);
	compare_extra(&c);

	struct str now = known_now(&c);
	bool as_known = str_eq(now, c.list.known);
	if (!as_known || getenv("WIKINEWS_SHOW"))
		printf("%.*s", STR_ARG(c.report));
	if (!as_known)
		printf("--- %s: the lines of known differences would now be:\n%.*s---\n", path,
		       STR_ARG(now));
	arena_release(&a);
	return as_known;
}

/* --- all of them --- */

static void print_share(const char *what, size_t part, size_t whole)
{
	printf("%-44s %4zu of %4zu  %5.1f %%\n", what, part, whole,
	       whole ? 100.0 * (double)part / (double)whole : 0.0);
}

static void print_right(const char *what, const struct tally *t, enum difference kind)
{
	print_share(what, t->compared[kind] - t->differing[kind], t->compared[kind]);
}

static void print_tally(const struct tally *t)
{
	size_t right = t->n_pairs - t->differing[DIFFERS_SPEAKER];
	size_t asked = t->n_found - t->n_pairs_optional;
	print_share("recall: found, speaker right", right, t->n_expected);
	print_share("recall: found", t->n_pairs, t->n_expected);
	print_share("precision: a statement, speaker right", right, asked);
	print_share("precision: a statement", t->n_pairs, asked);
	print_share("optional statements found", t->n_pairs_optional, t->n_optional);
	print_right("of those found: speaker", t, DIFFERS_SPEAKER);
	print_right("  kind", t, DIFFERS_KIND);
	print_right("  content exact", t, DIFFERS_CONTENT);
	print_right("  issues: found of those asked for", t, DIFFERS_ISSUE);
	print_right("  issues: right of those found", t, DIFFERS_ASTRAY);
	print_right("  position on an issue found", t, DIFFERS_SIDE);
	print_right("  position as a whole", t, DIFFERS_POSITION);
	print_right("  act", t, DIFFERS_ACT);
	print_right("  target", t, DIFFERS_TARGET);
	print_right("  day", t, DIFFERS_SAID);
}

static int is_article(const struct dirent *f)
{
	return str_ends(str_of(f->d_name), STR(".txt"));
}

START_TEST(extract_finds__wikinews_articles__what_a_reader_finds)
{
	struct err e = {0};
	struct tally tally = {0};
	struct dirent **files;
	int n = scandir(FOLDER, &files, is_article, alphasort), changed = 0;
	ck_assert_msg(n >= 14, "run from the root of the project");
	struct engine *en = engine_open(&e);
	ck_assert_msg(en != NULL, "%s", e.message);
	for (int i = 0; i < n; i++) {
		changed += !run_article(en, files[i]->d_name, &tally);
		free(files[i]);
	}
	free(files);
	engine_close(en);
	if (changed > 0 || getenv("WIKINEWS_SHOW"))
		print_tally(&tally);
	fflush(stdout);
	ck_assert_msg(changed == 0,
		      "%d of %d articles differ otherwise than known: where that is right, put the "
		      "lines printed above at the head of their lists",
		      changed, n);
}
END_TEST

UNIT_MAIN("wikinews", extract_finds__wikinews_articles__what_a_reader_finds)
