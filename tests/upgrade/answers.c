/* Statements by lists, words, positions and counts, held against RELEASE.tsv. */
#include "tests/upgrade/answers.h"

#include "db/count.h"
#include "db/edit.h"

enum { LINES_MAX = 64 };

struct lines {
	char *v[LINES_MAX];
	size_t n;
};

static void read_lines(const char *release, struct lines *l)
{
	char path[128], *line = NULL;
	size_t room = 0;
	ssize_t n;
	snprintf(path, sizeof path, "tests/upgrade/%s.tsv", release);
	FILE *file = fopen(path, "rb");
	ck_assert_msg(file != NULL, "%s", path);
	while ((n = getline(&line, &room, file)) > 0) {
		ck_assert_uint_lt(l->n, LINES_MAX);
		line[n - 1] = '\0';
		l->v[l->n++] = strdup(line);
	}
	free(line);
	fclose(file);
	ck_assert_uint_gt(l->n, 0);
}

static size_t count_with(const struct lines *l, const char *part)
{
	size_t n = 0;
	for (size_t i = 0; i < l->n; i++)
		n += strcasestr(l->v[i], part) != NULL;
	return n;
}

/* As tests/upgrade/record writes it. */
static struct str line_of(struct fixture *f, const struct statement *s)
{
	struct str issues = STR_EMPTY;
	for (size_t i = 0; i < s->n_issues; i++)
		issues = arena_printf(&f->arena, "%.*s%s%.*s", STR_ARG(issues), i ? "; " : "",
				      STR_ARG(s->issues[i].issue->id));
	return arena_printf(&f->arena, "%lld\t%.*s\t%.*s\t%.*s\t%.*s\t%.*s\t%.*s\t%.*s",
			    (long long)s->id, STR_ARG(s->speaker->id),
			    STR_ARG(terms_word(&terms_position, s->stance.position)),
			    STR_ARG(terms_word(&terms_act, s->stance.act)), STR_ARG(issues),
			    STR_ARG(s->said_on.date), STR_ARG(terms_word(&terms_status, s->status)),
			    STR_ARG(s->content));
}

static void same_list(struct fixture *f, const struct lines *l)
{
	struct statement_query q = query_all(LINES_MAX);
	int64_t next;
	const struct statement_list list = fixture_ask(f, &q, &next);
	ck_assert_uint_eq(list.n, l->n);
	for (size_t i = 0; i < list.n; i++)
		ck_assert_str_eq(line_of(f, &list.v[i]).p, l->v[i]);
}

static void same_by_words(struct fixture *f, const struct lines *l)
{
	static const struct str words = STR_INIT("shipping levy");
	struct statement_query q = query_all(LINES_MAX);
	int64_t next;
	q.phrases = (struct strs){&words, 1};
	ck_assert_uint_eq(fixture_ask(f, &q, &next).n, count_with(l, "shipping levy"));
}

static void same_by_position(struct fixture *f, const struct lines *l)
{
	struct statement_query q = query_all(LINES_MAX);
	int64_t next;
	q.positions = 1U << POSITION_OPPOSE;
	ck_assert_uint_eq(fixture_ask(f, &q, &next).n, count_with(l, "\toppose\t"));
}

static void same_counts(struct fixture *f, const struct lines *l)
{
	struct statement_query q = query_all(1);
	struct counts c;
	/* Twice: of rows that tell it, and of the statements in their blocks. */
	for (int turn = 0; turn < 2; turn++) {
		struct count_query of = {
			.q = &q, .by = 1U << COUNTED_POSITION | 1U << COUNTED_ACT, .limit = 100};
		q.kinds = turn ? (1U << KIND_COUNT) - 1 : 0;
		struct reader *r = fixture_reader(f);
		assert_ok(store_count(r, &of, &f->arena, &c, &f->e), f->e);
		reader_return(r);
		ck_assert_int_eq(c.total, (int64_t)l->n);
	}
	for (size_t i = 0; i < c.n; i++) {
		const struct count_group *g = &c.v[i];
		struct str part = arena_printf(&f->arena, "\t%.*s\t%.*s\t",
					       STR_ARG(terms_word(&terms_position, g->position)),
					       STR_ARG(terms_word(&terms_act, g->act)));
		ck_assert_int_eq(g->count, (int64_t)count_with(l, part.p));
	}
}

void answers_same(struct fixture *f, const char *release)
{
	struct lines l = {0};
	read_lines(release, &l);
	fixture_check(f);
	same_list(f, &l);
	same_by_words(f, &l);
	same_by_position(f, &l);
	same_counts(f, &l);
	struct statement v[] = {plain_statement(STR("the shipping levy of the day after"), &wang)};
	struct write w = made_article(STR("text"), STR("2025-07-01"), v, 1);
	fixture_write(f, &w);
	ck_assert_int_eq(store_stats(f->store).statements, (int64_t)l.n + 1);
	fixture_check(f);
	while (l.n)
		free(l.v[--l.n]);
}
