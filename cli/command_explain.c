/* explain: why each statement of an article was found, in words. */
#include <stdio.h>

#include "api/format/json_explanation.h"
#include "cli/article_command.h"
#include "cli/command.h"
#include "extract/extract.h"

static void print_reasons(const struct reasons *r, const char *indent)
{
	bool any = false;
	for (size_t i = 0; i < r->n && r->v[i].weight > 0; i++, any = true)
		printf("%s%+.2f %.*s", any ? "; " : indent, (double)r->v[i].weight,
		       STR_ARG(r->v[i].what));
	if (any)
		printf("\n");
	any = false;
	for (size_t i = 0; i < r->n; i++) {
		if (r->v[i].weight > 0)
			continue;
		printf("%s%s%+.2f %.*s", any ? "; " : indent, any ? "" : "but ",
		       (double)r->v[i].weight, STR_ARG(r->v[i].what));
		any = true;
	}
	if (any)
		printf("\n");
	printf("%s%+.2f all else\n", indent, (double)r->rest);
}

static void print_rejected(const struct decision *d)
{
	for (size_t i = 0; i < d->n_rejected; i++) {
		const struct rejected *r = &d->rejected[i];
		if (r->words.n)
			printf("      rather than [%.*s], by %.2f:\n", STR_ARG(r->words),
			       (double)r->lead);
		else
			printf("      rather than nobody, by %.2f:\n", (double)r->lead);
		print_reasons(&r->reasons, "        ");
	}
}

static void print_choice(const char *what, const struct decision *d)
{
	printf("   %s: ", what);
	if (d->words.n)
		printf("[%.*s]", STR_ARG(d->words));
	else
		printf("nobody is named");
	printf(", chosen among %zu with probability %.2f\n", d->n_candidates, (double)d->p);
	if (d->n_rejected)
		print_rejected(d);
	else
		print_reasons(&d->reasons, "      ");
}

/* Two joined sources give two statements of the same words. */
static bool is_same_place(const struct explanation *x, const struct explanation *y)
{
	const struct statement *a = x->statement, *b = y->statement;
	return a->spans.cue.n && b->spans.cue.n &&
	       a->spans.cue.v[0].start == b->spans.cue.v[0].start &&
	       a->spans.content.v[0].start == b->spans.content.v[0].start;
}

static void print_one(const struct explanation *x, const struct explanation *before)
{
	const struct statement *s = x->statement;
	printf("%zu. %.*s: %.*s\n", x->number,
	       STR_ARG(s->speaker ? s->speaker->name : STR("(nobody named)")), STR_ARG(s->content));
	if (x->is_carried && x->carried_number)
		printf("   no cue of its own: the quotation goes on with what was said in "
		       "statement %zu\n\n",
		       x->carried_number);
	else if (x->is_carried)
		printf("   no cue of its own: the quotation goes on with what was said before "
		       "it\n\n");
	if (x->is_turn)
		printf("   no cue: a sentence of a turn, whose speaker its label names\n\n");
	if (x->is_carried || x->is_turn)
		return;
	if (before && is_same_place(x, before)) {
		printf("   as statement %zu: its source names two speakers\n\n", before->number);
		return;
	}
	printf("   Cue: [%.*s], a word for saying, thinking or wanting with probability %.2f "
	       "(score %+.2f)\n",
	       STR_ARG(x->by.cue.words), (double)x->by.cue.p, (double)x->by.cue.score);
	print_reasons(&x->by.cue.reasons, "      ");
	printf("   Complement: %.*s\n", STR_ARG(x->complement));
	print_choice("Content", &x->by.content);
	if (x->is_extended)
		printf("      the statement's content differs: quotations that belong together "
		       "were joined afterwards\n");
	print_choice("Source", &x->by.source);
	printf("   All of it is right with probability %.2f (score %+.2f)\n", (double)x->by.whole.p,
	       (double)x->by.whole.score);
	print_reasons(&x->by.whole.reasons, "      ");
	printf("\n");
}

/* --statement N leaves that one; 0 stands for all. */
static int explain(const struct engine *en, const struct options *o, const struct article *article,
		   struct arena *a, struct explanations *out, struct err *e)
{
	size_t number = (size_t)o->statement;
	if (engine_explain(en, article, NULL, a, out, e) != 0)
		return -1;
	if (number == 0)
		return 0;
	if (number > out->n)
		return err_set(e, ERR_INPUT, NULL,
			       "--statement is %zu: the article has %zu statements", number,
			       out->n);
	*out = (struct explanations){out->v + number - 1, 1};
	return 0;
}

static int print(const struct engine *en, const struct options *o, const struct article *article,
		 struct arena *a, struct err *e)
{
	struct explanations x;
	if (explain(en, o, article, a, &x, e) != 0)
		return -1;
	for (size_t i = 0; i < x.n; i++)
		print_one(&x.v[i], i ? &x.v[i - 1] : NULL);
	if (x.n == 0)
		printf("no statements\n");
	return 0;
}

static int write(const struct engine *en, const struct options *o, const struct article *article,
		 struct arena *a, struct jw *j, struct err *e)
{
	struct explanations x;
	if (explain(en, o, article, a, &x, e) != 0)
		return -1;
	JW_NAME(j, "explanations");
	jw_open_array(j);
	for (size_t i = 0; i < x.n; i++)
		explanation_write(j, &x.v[i]);
	jw_close_array(j);
	return 0;
}

int command_explain(const struct options *o)
{
	static const struct article_task task = {print, write};
	return article_command_run(o, &task);
}
