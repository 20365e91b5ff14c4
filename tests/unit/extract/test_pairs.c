/* Positions of the sentences in tests/cases/pairs.tsv, two by two. */
#include <stdio.h>

#include "base/fold.h"
#include "base/utf8.h"
#include "extract/extract.h"
#include "tests/unit/extract/case_file.h"
#include "tests/unit/unit.h"

enum { CASE_BYTES = 64 << 20, KINDS_MAX = 64, PAIRS_MIN = 200 };

/* Pairs marked as failures of the engine. They only become fewer. */
enum { KNOWN_FAILURES_MAX = 136 };

/* What a pair asks for: on what, whose, towards whom. */
struct wanted {
	struct str words, speaker; /* "a/b"; "" for anybody */
	bool is_target;
};

/* What was found of it in one sentence. */
struct found {
	bool is_named, is_labeled, is_support, is_oppose, is_mixed, is_concern;
};

struct reading {
	struct arena a;
	struct str text;
	struct extraction x;
};

/* --- what a statement says of some words ------------------------------------------------------ */

/* Do the words of `part` stand in `whole`, as whole words? */
static bool holds(struct arena *a, struct str whole, struct str part)
{
	struct str in = arena_printf(a, " %.*s ", STR_ARG(str_fold(a, whole))),
		   words = arena_printf(a, " %.*s ", STR_ARG(str_fold(a, part)));
	return words.n > 2 && str_find(in, words, 0) != SIZE_MAX;
}

/* The noun of a phrase: "ban" of "ban on strikes", "treaty" of "border treaty". */
static struct str head_of(struct str phrase)
{
	static const char *const links[] = {" on ", " with ", " from ", " of "};
	for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
		size_t at = str_find(phrase, str_of(links[i]), 0);
		if (at != SIZE_MAX)
			phrase = str_sub(phrase, 0, at);
	}
	size_t start = phrase.n;
	while (start > 0 && phrase.p[start - 1] != ' ')
		start--;
	return str_sub(phrase, start, phrase.n);
}

/* Does one of the spans hold the noun of the phrase, where the phrase stands in the text? */
static bool spans_hold(const struct reading *r, struct spans spans, struct str phrase)
{
	struct str head = head_of(phrase);
	size_t in = (size_t)(head.p - phrase.p);
	for (size_t at = 0; (at = str_find(r->text, phrase, at)) != SIZE_MAX; at++) {
		uint32_t start = (uint32_t)utf8_count(str_sub(r->text, 0, at + in)),
			 end = start + (uint32_t)utf8_count(head);
		for (size_t i = 0; i < spans.n; i++)
			if (spans.v[i].start < end && start < spans.v[i].end)
				return true;
	}
	return false;
}

static bool is_labeled(struct reading *r, const struct issue_hit *hit, struct str words)
{
	struct str label = str_fold(&r->a, hit->issue->label), part;
	while (str_split(&words, '/', &part))
		if (str_eq(label, str_fold(&r->a, part)))
			return true;
	return false;
}

static bool names(struct reading *r, const struct issue_hit *hit, struct str words)
{
	struct str part;
	while (str_split(&words, '/', &part))
		if (holds(&r->a, hit->issue->label, part))
			return true;
	return false;
}

/* Do its words hold them? */
static bool is_found_by(const struct reading *r, const struct issue_hit *hit, struct str words)
{
	struct str part;
	while (str_split(&words, '/', &part))
		if (spans_hold(r, hit->position_evidence, part) ||
		    spans_hold(r, hit->evidence, part))
			return true;
	return false;
}

static void take(struct found *f, enum position p)
{
	f->is_named = true;
	f->is_support = f->is_support || p == POSITION_SUPPORT;
	f->is_oppose = f->is_oppose || p == POSITION_OPPOSE;
	f->is_mixed = f->is_mixed || p == POSITION_MIXED;
	f->is_concern = f->is_concern || p == POSITION_CONCERN;
}

static void take_target(struct reading *r, const struct statement *s, struct str words,
			struct found *f)
{
	struct str rest = words, part;
	while (s->stance.target && str_split(&rest, '/', &part))
		if (holds(&r->a, s->stance.target->name, part))
			take(f, s->stance.target_position);
}

/* No side is taken on a field or a place: the statement's own position is on the thing that brought
 * it there ("stadium": sports). */
static enum position position_on(const struct statement *s, size_t i)
{
	enum issue_kind kind = s->issues[i].issue->kind;
	return i == 0 && (kind == ISSUE_DOMAIN || kind == ISSUE_PLACE) ? s->stance.position
								       : s->issues[i].position;
}

/* Of an issue that its words turn ("coup" for democracy), the position on the words. */
static enum position towards_words(const struct issue_hit *hit, enum position p)
{
	bool is_side = p == POSITION_SUPPORT || p == POSITION_OPPOSE;
	return !hit->turns || !is_side ? p
	       : p == POSITION_SUPPORT ? POSITION_OPPOSE
				       : POSITION_SUPPORT;
}

static void take_issues(struct reading *r, const struct statement *s, struct str words,
			struct found *f)
{
	for (size_t i = 0; i < s->n_issues; i++) {
		f->is_labeled = f->is_labeled || is_labeled(r, &s->issues[i], words);
		if (names(r, &s->issues[i], words))
			take(f, position_on(s, i));
		else if (is_found_by(r, &s->issues[i], words))
			take(f, towards_words(&s->issues[i], position_on(s, i)));
	}
	/* Of a statement without issues the position is on the object of its content. */
	struct str rest = words, part;
	while (s->n_issues == 0 && str_split(&rest, '/', &part))
		if (holds(&r->a, s->content, part))
			take(f, s->stance.position);
}

static struct found look(struct reading *r, const struct wanted *w)
{
	struct found f = {0};
	for (size_t i = 0; i < r->x.n_statements; i++) {
		const struct statement *s = &r->x.statements[i];
		if (w->speaker.n && (!s->speaker || !holds(&r->a, s->speaker->name, w->speaker)))
			continue;
		if (w->is_target)
			take_target(r, s, w->words, &f);
		else
			take_issues(r, s, w->words, &f);
	}
	return f;
}

/* --- one sentence ----------------------------------------------------------------------------- */

static struct str word_of(const struct found *f)
{
	if (f->is_mixed || (f->is_support && f->is_oppose))
		return STR("mixed");
	return f->is_support   ? STR("support")
	       : f->is_oppose  ? STR("oppose")
	       : f->is_concern ? STR("concern")
			       : STR("neutral");
}

static bool fits(const struct found *f, struct str wanted)
{
	struct str one;
	if (str_eq(wanted, STR("named")) || str_eq(wanted, STR("absent")))
		return f->is_labeled == str_eq(wanted, STR("named"));
	while (str_split(&wanted, '|', &one))
		if (str_eq(one, word_of(f)))
			return true;
	return false;
}

static struct wanted wanted_of(struct str cell)
{
	struct wanted w = {.is_target = cell.n > 0 && cell.p[0] == '>'};
	cell = str_sub(cell, w.is_target, cell.n);
	(void)str_split(&cell, '@', &w.words);
	w.speaker = cell;
	return w;
}

static bool run_sentence(const struct engine *en, struct str text, struct str on,
			 struct str position, bool is_loud)
{
	struct reading r = {.text = text};
	struct err e = {0};
	struct wanted w = wanted_of(on);
	arena_init(&r.a, CASE_BYTES);
	struct article article = article_of(text, STR("2024-04-26"));
	assert_ok(engine_extract(en, &article, &r.a, &r.x, &e), e);
	struct found f = look(&r, &w);
	bool ok = fits(&f, position);
	if (!ok && is_loud)
		printf("%.*s\n  on %.*s: want %.*s, found %.*s%s\n", STR_ARG(text), STR_ARG(on),
		       STR_ARG(position), STR_ARG(word_of(&f)), f.is_named ? "" : " (not named)");
	arena_release(&r.a);
	return ok;
}

/* --- the file --------------------------------------------------------------------------------- */

struct pair {
	struct str kind, first, on, position, second, second_position;
	bool is_known_failure;
};

struct tally {
	struct str kind;
	int right, n;
};

/* Takes the next pair off the front of *rest; false at the end. */
static bool next_pair(struct str *rest, struct pair *p)
{
	struct str line = STR_EMPTY;
	while (line.n == 0 || line.p[0] == '#')
		if (!str_split(rest, '\n', &line))
			return false;
	p->is_known_failure = line.p[0] == '?';
	line = str_sub(line, p->is_known_failure, line.n);
	struct str *cells[] = {&p->kind,     &p->first,	 &p->on,
			       &p->position, &p->second, &p->second_position};
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
		ck_assert_msg(str_split(&line, '\t', cells[i]), "a column is missing: %.*s",
			      STR_ARG(p->kind));
	return true;
}

static struct tally *tally_of(struct tally *tallies, struct str kind)
{
	size_t i = 0;
	while (tallies[i].n && !str_eq(tallies[i].kind, kind))
		i++;
	ck_assert_uint_lt(i, KINDS_MAX);
	tallies[i].kind = kind;
	return &tallies[i];
}

/* PAIRS_SHOW=1 in the environment tells what was found of each pair that fails. */
static bool run_pair(const struct engine *en, const struct pair *p)
{
	bool is_loud = !p->is_known_failure || getenv("PAIRS_SHOW");
	bool first = run_sentence(en, p->first, p->on, p->position, is_loud),
	     second = run_sentence(en, p->second, p->on, p->second_position, is_loud);
	bool is_right = first && second;
	if (is_right == p->is_known_failure)
		printf("%s: %.*s\n", is_right ? "passes now, take its mark away" : "fails",
		       STR_ARG(p->first));
	return is_right;
}

static void print_tallies(const struct tally *tallies)
{
	int right = 0, n = 0;
	for (size_t i = 0; i < KINDS_MAX && tallies[i].n; i++) {
		printf("%-20.*s %3d of %3d\n", STR_ARG(tallies[i].kind), tallies[i].right,
		       tallies[i].n);
		right += tallies[i].right;
		n += tallies[i].n;
	}
	printf("pairs right: %d of %d, %.1f %%\n", right, n, 100.0 * right / n);
	fflush(stdout); /* the test runs in a process of its own */
}

START_TEST(engine_extract__two_sentences__the_positions_that_part_them)
{
	struct err e = {0};
	struct arena a;
	arena_init(&a, CASE_BYTES);
	struct str rest = case_file_read(&a, "tests/cases/pairs.tsv");
	struct engine *en = engine_open(&e);
	ck_assert_msg(en != NULL, "%s", e.message);
	struct tally tallies[KINDS_MAX + 1] = {0};
	struct pair p;
	int n = 0, failed = 0, known = 0;
	for (; next_pair(&rest, &p); n++) {
		bool ok = run_pair(en, &p);
		struct tally *t = tally_of(tallies, p.kind);
		t->n++;
		t->right += ok;
		failed += !ok && !p.is_known_failure;
		known += p.is_known_failure;
	}
	print_tallies(tallies);
	ck_assert_int_ge(n, PAIRS_MIN);
	ck_assert_msg(failed == 0, "%d of %d pairs fail", failed, n);
	ck_assert_int_le(known, KNOWN_FAILURES_MAX);
	engine_close(en);
	arena_release(&a);
}
END_TEST

UNIT_MAIN("pairs", engine_extract__two_sentences__the_positions_that_part_them)
