/* Decisions page by page, each text before the first decision on it. */
#include "cli/label_lines.h"

#include <stdio.h>

#include "api/format/json_write.h"

enum {
	LABELS_A_PAGE = 200,
	PAGE_ARENA_MAX = 256 * 1024 * 1024,
	LINE_MAX_BYTES = 256 * 1024 * 1024
};

struct printing {
	struct reader *r;
	struct arena arena; /* of a page */
	struct buf line;
	int64_t *articles; /* whose text was printed; in `kept` */
	size_t n, cap;
	struct arena kept;
};

static int end_line(struct printing *p, struct err *e)
{
	buf_add_char(&p->line, '\n');
	if (p->line.failed)
		return arena_full(e);
	fwrite(p->line.p, 1, p->line.n, stdout); /* commands.c tells that standard output failed */
	buf_clear(&p->line);
	return 0;
}

static int print_text(struct printing *p, int64_t id, struct err *e)
{
	struct article a;
	for (size_t i = 0; i < p->n; i++)
		if (p->articles[i] == id)
			return 0;
	if (arena_grow(&p->kept, (void **)&p->articles, &p->cap, p->n + 1, sizeof *p->articles))
		return arena_full(e);
	p->articles[p->n++] = id;
	if (store_article(p->r, id, &p->arena, &a, e))
		return -1;
	struct jw j = jw_into(&p->line);
	jw_open_object(&j);
	JW_MEMBER(&j, "article", id);
	JW_MEMBER(&j, "title", a.title);
	JW_MEMBER(&j, "published_at", a.published_at);
	JW_MEMBER(&j, "text", a.text);
	jw_close_object(&j);
	return end_line(p, e);
}

/* [start, end) of the first and the last of them. */
static void write_hull(struct jw *j, struct spans s)
{
	if (!s.n) {
		jw_null(j);
		return;
	}
	jw_open_array(j);
	jw_int(j, s.v[0].start);
	jw_int(j, s.v[s.n - 1].end);
	jw_close_array(j);
}

static const char *side_word(enum position p)
{
	return p == POSITION_SUPPORT   ? "for"
	       : p == POSITION_OPPOSE  ? "against"
	       : p == POSITION_CONCERN ? "concern"
	       : p == POSITION_MIXED   ? "mixed"
				       : "none";
}

static const struct issue_hit *taken_side_on(const struct statement *s)
{
	for (size_t i = 0; i < s->n_issues; i++)
		if (s->issues[i].position != POSITION_NONE)
			return &s->issues[i];
	return NULL;
}

static void write_issues(struct jw *j, const struct statement *s)
{
	JW_NAME(j, "issues");
	jw_open_array(j);
	for (size_t i = 0; i < s->n_issues; i++) {
		jw_open_object(j);
		JW_MEMBER(j, "id", s->issues[i].issue->id);
		JW_MEMBER(j, "turns", false);
		JW_MEMBER(j, "topic_only", s->issues[i].position == POSITION_NONE);
		jw_close_object(j);
	}
	jw_close_array(j);
}

static int print_label(struct printing *p, const struct edit *d, struct err *e)
{
	const struct statement *s = &d->after.statement;
	const struct issue_hit *on = taken_side_on(s);
	struct jw j = jw_into(&p->line);
	jw_open_object(&j);
	JW_MEMBER(&j, "article", d->article);
	JW_NAME(&j, "content");
	write_hull(&j, s->spans.content);
	JW_MEMBER(&j, "speaker", s->speaker ? s->speaker->name : STR_EMPTY);
	JW_NAME(&j, "source");
	write_hull(&j, s->spans.source);
	JW_MEMBER(&j, "kind", terms_word(&terms_statement_kind, (int)s->kind));
	JW_MEMBER(&j, "act", terms_word(&terms_act, (int)s->stance.act));
	JW_NAME(&j, "object");
	write_hull(&j, on && on->position_evidence.n ? (struct spans){on->position_evidence.v, 1}
						     : (struct spans){0});
	JW_MEMBER(&j, "name", on ? on->issue->label : STR_EMPTY);
	JW_MEMBER(&j, "side", str_of(side_word(on ? on->position : POSITION_NONE)));
	write_issues(&j, s);
	JW_MEMBER(&j, "towards", s->stance.target ? s->stance.target->name : STR_EMPTY);
	JW_MEMBER(&j, "status", terms_word(&terms_status, (int)s->status));
	JW_MEMBER(&j, "coder", d->who);
	jw_close_object(&j);
	return end_line(p, e);
}

static int print_page(struct printing *p, struct edit_query *q, size_t *orphans, struct err *e)
{
	struct edit_list list;
	if (store_edits(p->r, q, &p->arena, &list, &q->after, e))
		return -1;
	for (size_t i = 0; i < list.n; i++) {
		*orphans += !list.v[i].fits;
		if (list.v[i].fits &&
		    (print_text(p, list.v[i].article, e) || print_label(p, &list.v[i], e)))
			return -1;
	}
	return 0;
}

int label_lines_print(struct reader *r, size_t *orphans, struct err *e)
{
	struct printing p = {.r = r};
	struct edit_query q = {.only_labels = true,
			       .limit = LABELS_A_PAGE,
			       .actor = STR_EMPTY,
			       .issue = STR_EMPTY,
			       .who = STR_EMPTY};
	int rc;
	*orphans = 0;
	buf_init(&p.line, LINE_MAX_BYTES);
	arena_init(&p.kept, PAGE_ARENA_MAX);
	do {
		arena_init(&p.arena, PAGE_ARENA_MAX);
		rc = print_page(&p, &q, orphans, e);
		arena_release(&p.arena);
	} while (rc == 0 && q.after);
	arena_release(&p.kept);
	buf_release(&p.line);
	return rc;
}
