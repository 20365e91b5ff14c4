/* extract: the engine on one article, or on a line each, without a store. */
#include <stdio.h>

#include "api/format/json_statement.h"
#include "cli/article_command.h"
#include "cli/command.h"
#include "extract/extract.h"

/* Nothing where there is none. */
static void print_position(const char *before, enum position position, float confidence)
{
	if (position == POSITION_NONE)
		return;
	printf("%s%.*s", before, STR_ARG(terms_word(&terms_position, (int)position)));
	if (confidence > 0)
		printf(" (%.2f)", (double)confidence);
}

static void print_one(const struct statement *s, size_t number)
{
	const struct actor *who = s->speaker;
	struct str via = terms_word(&terms_speaker_via, (int)s->speaker_via);
	printf("%zu. %.*s", number, STR_ARG(who ? who->name : STR("(nobody named)")));
	if (s->speaker_role.n)
		printf(", %.*s", STR_ARG(s->speaker_role));
	printf(" [%.*s%s%.*s, %.2f]\n   %.*s\n",
	       STR_ARG(terms_word(&terms_statement_kind, (int)s->kind)), via.n ? ", by " : "",
	       STR_ARG(via), (double)s->confidence, STR_ARG(s->content));
	printf("   %.*s", STR_ARG(terms_word(&terms_act, (int)s->stance.act)));
	if (!s->n_issues)
		print_position(", ", s->stance.position, 0);
	if (s->stance.confidence > 0)
		printf(" (%.2f)", (double)s->stance.confidence);
	if (s->stance.target)
		printf(" towards %.*s", STR_ARG(s->stance.target->name));
	if (s->addressee)
		printf(", said to %.*s", STR_ARG(s->addressee->name));
	if (s->polarity == POLARITY_DENIED)
		printf(", denied");
	if (s->said_on.text.n)
		printf(", %.*s%s%.*s", STR_ARG(s->said_on.text), s->said_on.date.n ? " = " : "",
		       STR_ARG(s->said_on.date));
	printf("\n");
	for (size_t i = 0; i < s->n_issues; i++) {
		const struct issue_hit *hit = &s->issues[i];
		printf("%s%.*s", i ? "; " : "   issues: ", STR_ARG(hit->issue->label));
		print_position(": ", hit->position, hit->position_confidence);
	}
	printf(s->n_issues ? "\n\n" : "\n");
}

static int print(const struct engine *en, const struct options *o, const struct article *article,
		 struct arena *a, struct err *e)
{
	(void)o;
	struct extraction x = {0};
	if (engine_extract(en, article, a, &x, e) != 0)
		return -1;
	for (size_t i = 0; i < x.n_statements; i++)
		print_one(&x.statements[i], i + 1);
	enum unread why = engine_unread(article);
	if (why != UNREAD_NO)
		printf("no statements are looked for: %s\n",
		       why == UNREAD_LANGUAGE_GIVEN ? "the language given is not English"
						    : "the text is not in English by its words");
	else if (x.n_statements == 0)
		printf("no statements\n");
	return 0;
}

static int write(const struct engine *en, const struct options *o, const struct article *article,
		 struct arena *a, struct jw *j, struct err *e)
{
	(void)o;
	struct extraction x = {0};
	if (engine_extract(en, article, a, &x, e) != 0)
		return -1;
	statements_member(j, x.statements, x.n_statements, 0);
	not_read_member(j, article);
	return 0;
}

int command_extract(const struct options *o)
{
	static const struct article_task task = {print, write};
	return article_command_run(o, &task);
}
