/* Reads marks, and the articles that they are of through the engine. */
#include "train/marks.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

enum { ARTICLE_ROOM = 1 << 26 };

void marks_read(struct marks *m, struct str file, size_t least)
{
	struct str line;
	while (m->n < MARKS_MOST && str_split(&file, '\n', &line)) {
		struct mark *k = &m->v[m->n];
		int64_t start, end;
		size_t n = 0;
		if (line.n == 0 || line.p[0] == '#')
			continue;
		while (n < MARK_CELLS && str_split(&line, '\t', &k->cell[n]))
			n++;
		if (n < least || !str_to_i64(k->cell[MARK_START], &start) ||
		    !str_to_i64(k->cell[MARK_END], &end)) {
			fprintf(stderr, "mark %zu is none\n", m->n + 1);
			exit(1);
		}
		k->span = (struct span){(uint32_t)start, (uint32_t)end};
		m->n++;
	}
}

/* The article's id as marks spell it, or nothing where none is of it. */
static struct str id_of(const struct marks *m, const char *id)
{
	const struct str polnear = STR("polnear:");
	for (size_t i = 0; id && i < m->n; i++) {
		struct str wanted = m->v[i].cell[MARK_ARTICLE];
		size_t from = str_starts(wanted, polnear) ? polnear.n : 0;
		if (str_eq(str_sub(wanted, from, wanted.n), str_of(id)))
			return wanted;
	}
	return STR_EMPTY;
}

static void read_article(const struct engine *en, struct str id, const json_t *root, marks_fn *fn,
			 void *user)
{
	const char *title = json_string_value(json_object_get(root, "title")),
		   *day = json_string_value(json_object_get(root, "published_at")),
		   *text = json_string_value(json_object_get(root, "text")),
		   *source = json_string_value(json_object_get(root, "source"));
	if (!day)
		day = json_string_value(json_object_get(root, "date"));
	struct article article = {.title = str_of(title ? title : ""),
				  .text = str_of(text ? text : ""),
				  .outlet = str_of(source ? source : "")};
	struct annotation x = {0};
	struct arena a;
	struct err e = {0};
	arena_init(&a, ARTICLE_ROOM);
	if (!article_publish(&article, str_of(day ? day : "")) ||
	    engine_annotate(en, &article, &a, &x, &e) < 0) {
		fprintf(stderr, "%.*s: %s\n", STR_ARG(id), e.message);
		exit(1);
	}
	fn(user, id, &x);
	arena_release(&a);
}

void marks_walk(const struct marks *m, const struct engine *en, struct str news, marks_fn *fn,
		void *user)
{
	struct str line;
	while (str_split(&news, '\n', &line)) {
		json_t *root = json_loadb(line.p, line.n, 0, NULL);
		struct str id = id_of(m, json_string_value(json_object_get(root, "id")));
		if (id.n)
			read_article(en, id, root, fn, user);
		json_decref(root);
	}
}
