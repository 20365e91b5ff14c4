/* eval_links LINKS.tsv NEWS.jsonl...: whom mentions are linked to, against what a reader said of
 * them from the text alone (corpus/links.tsv; corpus/README.md tells its columns). Prints what is
 * wrong or missed, then a table by form. The texts are those of DATA/news/articles.jsonl and of
 * DATA/polnear/train.jsonl, whose ids stand behind "polnear:". */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "extract/extract.h"
#include "train/file_text.h"

enum { ROOM = 1 << 28, ARTICLE_ROOM = 1 << 26, MOST = 4096, CELLS = 8 };
enum cell { ARTICLE, START, END, WORDS, FORM, CLASS, WHO, IDS };
enum form { NAME, SURNAME, POST, OTHER, FORMS };

static const char *const form_names[FORMS] = {"name", "surname", "post", "other"};

struct mention {
	struct str cell[CELLS];
	struct span span;
	enum form form;
};

struct tally {
	size_t n, linked, right, holders, found;
};

struct links {
	struct mention v[MOST];
	size_t n;
	struct tally tallies[FORMS];
};

static void read_links(struct links *l, struct str file)
{
	struct str line;
	while (l->n < MOST && str_split(&file, '\n', &line)) {
		struct mention *m = &l->v[l->n];
		int64_t start, end;
		size_t k = 0;
		if (line.n == 0 || line.p[0] == '#')
			continue;
		while (k < CELLS && str_split(&line, '\t', &m->cell[k]))
			k++;
		if (k < IDS || !str_to_i64(m->cell[START], &start) ||
		    !str_to_i64(m->cell[END], &end)) {
			fprintf(stderr, "eval_links: line %zu is none\n", l->n + 1);
			exit(1);
		}
		m->span = (struct span){(uint32_t)start, (uint32_t)end};
		while (m->form < OTHER && !str_eq(m->cell[FORM], str_of(form_names[m->form])))
			m->form++;
		l->n++;
	}
}

static bool overlaps(struct span a, struct span b)
{
	return a.start < b.end && b.start < a.end;
}

/* Whom the engine takes it for: the speaker of the turn that it is the label of, else the mention
 * that ends where it does, else one that it shares letters with. */
static const struct actor *found_at(const struct annotation *x, const struct mention *m)
{
	const struct actor *best = NULL;
	for (size_t i = 0; i < x->found.n_statements; i++) {
		const struct statement *s = &x->found.statements[i];
		for (size_t k = 0;
		     s->speaker && s->speaker_via == VIA_TURN && k < s->spans.source.n; k++)
			if (overlaps(s->spans.source.v[k], m->span))
				return s->speaker;
	}
	for (size_t i = 0; i < x->n_mentions; i++) {
		const struct actor_span *k = &x->mentions[i];
		bool is_person = k->kind == MENTION_PERSON;
		if (!overlaps(k->span, m->span) || (m->form == POST && !is_person))
			continue;
		if (!best || (is_person && k->span.end == m->span.end))
			best = k->actor;
	}
	return best;
}

static bool is_one_of_ids(struct str id, struct str ids)
{
	struct str one;
	while (str_split(&ids, ' ', &one))
		if (str_eq(one, id))
			return true;
	return false;
}

static void weigh(struct tally *t, const struct mention *m, const struct actor *a)
{
	bool is_linked = a && a->kind == ACTOR_PERSON && (a->wikidata.n || a->n_roles),
	     is_right = is_linked && is_one_of_ids(a->id, m->cell[IDS]),
	     is_holder = str_eq(m->cell[CLASS], STR("holder"));
	t->n++;
	t->linked += is_linked;
	t->right += is_right;
	t->holders += is_holder;
	t->found += is_holder && is_right;
	if (is_linked != is_right || (is_holder && !is_right))
		printf("%s %.*s %u \"%.*s\" is %.*s, taken for %.*s\n",
		       is_linked ? "wrong " : "missed", STR_ARG(m->cell[ARTICLE]), m->span.start,
		       STR_ARG(m->cell[WORDS]), STR_ARG(m->cell[WHO]), a ? (int)a->id.n : 6,
		       a ? a->id.p : "nobody");
}

static void read_article(const struct engine *en, struct links *l, struct str id,
			 const json_t *root)
{
	const char *title = json_string_value(json_object_get(root, "title")),
		   *day = json_string_value(json_object_get(root, "published_at")),
		   *text = json_string_value(json_object_get(root, "text"));
	if (!day)
		day = json_string_value(json_object_get(root, "date"));
	struct article article = {.title = str_of(title ? title : ""),
				  .text = str_of(text ? text : "")};
	struct annotation x = {0};
	struct arena a;
	struct err e = {0};
	arena_init(&a, ARTICLE_ROOM);
	if (!article_publish(&article, str_of(day ? day : "")) ||
	    engine_annotate(en, &article, &a, &x, &e) < 0) {
		fprintf(stderr, "eval_links: %s\n", e.message);
		exit(1);
	}
	for (size_t i = 0; i < l->n; i++)
		if (str_eq(l->v[i].cell[ARTICLE], id))
			weigh(&l->tallies[l->v[i].form], &l->v[i], found_at(&x, &l->v[i]));
	arena_release(&a);
}

/* The article's id in LINKS.tsv, or nothing where no mention is of it. */
static struct str id_of(const struct links *l, const char *id)
{
	const struct str polnear = STR("polnear:");
	for (size_t i = 0; id && i < l->n; i++) {
		struct str wanted = l->v[i].cell[ARTICLE];
		size_t from = str_starts(wanted, polnear) ? polnear.n : 0;
		if (str_eq(str_sub(wanted, from, wanted.n), str_of(id)))
			return wanted;
	}
	return STR_EMPTY;
}

static void read_news(const struct engine *en, struct links *l, struct str news)
{
	struct str line;
	while (str_split(&news, '\n', &line)) {
		json_t *root = json_loadb(line.p, line.n, 0, NULL);
		struct str id = id_of(l, json_string_value(json_object_get(root, "id")));
		if (id.n)
			read_article(en, l, id, root);
		json_decref(root);
	}
}

int main(int argc, char **argv)
{
	static struct links l;
	struct arena a;
	struct err e = {0};
	if (argc < 3) {
		fprintf(stderr, "usage: eval_links LINKS.tsv NEWS.jsonl...\n");
		return 2;
	}
	arena_init(&a, ROOM);
	struct engine *en = engine_open(&e);
	read_links(&l, file_text_or_exit(argv[1], &a));
	for (int i = 2; en && i < argc; i++)
		read_news(en, &l, file_text_or_exit(argv[i], &a));
	printf("form     mentions  linked  right  of holders  linked\n");
	for (size_t k = 0; k < FORMS; k++)
		printf("%-8s %8zu  %6zu %6zu  %10zu  %6zu\n", form_names[k], l.tallies[k].n,
		       l.tallies[k].linked, l.tallies[k].right, l.tallies[k].holders,
		       l.tallies[k].found);
	engine_close(en);
	arena_release(&a);
	return 0;
}
