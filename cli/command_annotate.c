/* annotate: what the engine sees in an article: sentences, who is mentioned where, times,
 * statements. */
#include <stdio.h>

#include "api/format/json_annotation.h"
#include "cli/article_command.h"
#include "cli/command.h"
#include "extract/extract.h"

/* The bytes of a span: spans come in rising order, so that one walk over the text serves all. */
struct walk {
	struct str text;
	uint32_t point;
	size_t byte;
};

static size_t walk_to(struct walk *w, uint32_t point)
{
	if (point < w->point)
		*w = (struct walk){.text = w->text};
	while (w->point < point && w->byte < w->text.n) {
		w->byte++;
		while (w->byte < w->text.n && ((unsigned char)w->text.p[w->byte] & 0xC0) == 0x80)
			w->byte++;
		w->point++;
	}
	return w->byte;
}

static struct str words(struct walk *w, struct span s)
{
	size_t from = walk_to(w, s.start);
	struct walk end = *w;
	return str_sub(w->text, from, walk_to(&end, s.end));
}

static void print_line(struct walk *w, struct span s, const char *what, struct str value)
{
	printf("%6u %6u  %-13s %.*s", s.start, s.end, what, STR_ARG(value));
	struct str text = words(w, s);
	printf("%s", value.n ? " = " : "");
	for (size_t i = 0; i < text.n; i++)
		putchar(text.p[i] == '\n' || text.p[i] == '\r' ? ' ' : text.p[i]);
	putchar('\n');
}

static int print(const struct engine *en, const struct options *o, const struct article *article,
		 struct arena *a, struct err *e)
{
	(void)o;
	struct annotation x;
	if (engine_annotate(en, article, a, &x, e) != 0)
		return -1;
	struct walk w = {.text = article->text};
	for (size_t i = 0; i < x.n_sentences; i++)
		print_line(&w, x.sentences[i], "sentence", STR_EMPTY);
	for (size_t i = 0; i < x.n_mentions; i++)
		print_line(&w, x.mentions[i].span, terms_mention_kind.words[x.mentions[i].kind],
			   x.mentions[i].actor->id);
	for (size_t i = 0; i < x.n_times; i++)
		print_line(&w, x.times[i].span, "time", x.times[i].value);
	for (size_t i = 0; i < x.found.n_statements; i++) {
		const struct statement *s = &x.found.statements[i];
		if (s->spans.cue.n)
			print_line(&w, s->spans.cue.v[0], "says",
				   s->speaker ? s->speaker->id : STR_EMPTY);
		for (size_t k = 0; k < s->spans.content.n; k++)
			print_line(&w, s->spans.content.v[k], "content",
				   s->speaker ? s->speaker->id : STR_EMPTY);
	}
	return 0;
}

static int write(const struct engine *en, const struct options *o, const struct article *article,
		 struct arena *a, struct jw *j, struct err *e)
{
	(void)o;
	struct annotation x;
	if (engine_annotate(en, article, a, &x, e) != 0)
		return -1;
	annotation_members(j, &x);
	return 0;
}

int command_annotate(const struct options *o)
{
	static const struct article_task task = {print, write};
	return article_command_run(o, &task);
}
