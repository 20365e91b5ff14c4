/* What one kernel of this processor finds in articles, every number by its bits: `make check-arm64`
 * compares such lists from different processors.
 *
 *   statements                    the names of the kernels that run here
 *   statements KERNEL <ARTICLES   a line an article and a line a statement; articles in NDJSON */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "extract/extract.h"
#include "extract/syntax/kernels.h"

enum { ARTICLE_ROOM = 256 << 20 };

static void must(bool is_well, const char *why)
{
	if (is_well)
		return;
	fprintf(stderr, "statements: %s\n", why);
	exit(1);
}

static void put(struct str s)
{
	printf("\t%.*s", STR_ARG(s));
}

static void put_float(float f)
{
	printf("\t%a", (double)f);
}

static void put_spans(struct spans spans)
{
	printf("\t");
	for (size_t i = 0; i < spans.n; i++)
		printf("%s%u-%u", i ? "," : "", spans.v[i].start, spans.v[i].end);
}

static void put_actor(const struct actor *a)
{
	put(a ? a->id : STR_EMPTY);
	put(a ? a->name : STR_EMPTY);
}

static void put_stance(const struct stance *s)
{
	put(terms_word(&terms_act, (int)s->act));
	put(terms_word(&terms_position, (int)s->position));
	put_actor(s->target);
	put(terms_word(&terms_position, (int)s->target_position));
	put_float(s->intensity);
	put_float(s->confidence);
	put_spans(s->evidence);
}

static void put_issue(const struct issue_hit *hit)
{
	put(hit->issue->id);
	put_float(hit->score);
	put_float(hit->main);
	put(terms_word(&terms_position, (int)hit->position));
	put_float(hit->position_confidence);
	put_spans(hit->evidence);
	put_spans(hit->position_evidence);
}

static void put_statement(const struct statement *s)
{
	put(terms_word(&terms_statement_kind, (int)s->kind));
	put(s->content);
	put_float(s->confidence);
	printf("\t%d %d", s->is_uncounted, s->is_nested);
	put_spans(s->spans.source);
	put_spans(s->spans.cue);
	put_spans(s->spans.content);
	put_spans(s->spans.addressee);
	put_spans(s->spans.time);
	put_spans(s->spans.target);
	put_actor(s->speaker);
	put(terms_word(&terms_speaker_via, (int)s->speaker_via));
	put(s->speaker_role);
	put_actor(s->addressee);
	put_actor(s->reported_by);
	put(terms_word(&terms_polarity, (int)s->polarity));
	put(terms_word(&terms_modality, (int)s->modality));
	put(s->said_on.text);
	put(s->said_on.date);
	put_stance(&s->stance);
	for (size_t i = 0; i < s->n_issues; i++)
		put_issue(&s->issues[i]);
	printf("\n");
}

static struct str member(const json_t *root, const char *name)
{
	const char *s = json_string_value(json_object_get(root, name));
	return str_of(s ? s : "");
}

static void read_article(const struct engine *en, size_t number, const json_t *root)
{
	struct article article = article_of(member(root, "text"), member(root, "published_at"));
	struct extraction x = {0};
	struct arena a;
	struct err e = {0};
	article.title = member(root, "title");
	article.outlet = member(root, "outlet");
	article.language = member(root, "language");
	arena_init(&a, ARTICLE_ROOM);
	must(engine_extract(en, &article, &a, &x, &e) == 0, e.message);
	printf("article %zu: %zu statements\n", number, x.n_statements);
	for (size_t i = 0; i < x.n_statements; i++)
		put_statement(&x.statements[i]);
	arena_release(&a);
}

static void read_articles(const struct engine *en)
{
	char *line = NULL;
	size_t room = 0, number = 0;
	ssize_t n;
	while ((n = getline(&line, &room, stdin)) >= 0) {
		json_t *root = json_loadb(line, (size_t)n, 0, NULL);
		must(root, "a line is no JSON");
		read_article(en, ++number, root);
		json_decref(root);
	}
	free(line);
	must(number > 0, "no article was given");
}

static const struct kernel *kernel_of(const char *name)
{
	for (size_t i = 0; i < n_kernels; i++)
		if (strcmp(kernels[i]->name, name) == 0 && kernels[i]->runs_here())
			return kernels[i];
	return NULL;
}

int main(int argc, char **argv)
{
	struct err e = {0};
	if (argc < 2) {
		for (size_t i = 0; i < n_kernels; i++)
			if (kernels[i]->runs_here())
				puts(kernels[i]->name);
		return 0;
	}
	const struct kernel *k = kernel_of(argv[1]);
	must(k, "this processor has no such kernel");
	kernel_choose(k);
	struct engine *en = engine_open(&e);
	must(en, e.message);
	read_articles(en);
	engine_close(en);
	return 0;
}
