/* eval_links LINKS.tsv NEWS.jsonl...: whom mentions are linked to, against what a reader said of
 * them from the text alone (corpus/links.tsv; corpus/README.md tells its columns). Prints what is
 * wrong or missed, then a table by form. */
#include <stdio.h>

#include "train/file_text.h"
#include "train/marks.h"

enum { ROOM = 1 << 28 };
enum cell { FORM = MARK_WORDS + 1, CLASS, WHO, IDS };
enum form { NAME, SURNAME, POST, OTHER, FORMS };

static const char *const form_names[FORMS] = {"name", "surname", "post", "other"};

struct tally {
	size_t n, linked, right, holders, found;
};

struct links {
	struct marks marks;
	struct tally tallies[FORMS];
};

static enum form form_of(const struct mark *m)
{
	enum form f = NAME;
	while (f < OTHER && !str_eq(m->cell[FORM], str_of(form_names[f])))
		f++;
	return f;
}

static bool overlaps(struct span a, struct span b)
{
	return a.start < b.end && b.start < a.end;
}

/* Whom the engine takes it for: the speaker of the turn that it is the label of, else the mention
 * that ends where it does, else one that it shares letters with. */
static const struct actor *found_at(const struct annotation *x, const struct mark *m)
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
		if (!overlaps(k->span, m->span) || (form_of(m) == POST && !is_person))
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

static void weigh(struct tally *t, const struct mark *m, const struct actor *a)
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
		       is_linked ? "wrong " : "missed", STR_ARG(m->cell[MARK_ARTICLE]),
		       m->span.start, STR_ARG(m->cell[MARK_WORDS]), STR_ARG(m->cell[WHO]),
		       a ? (int)a->id.n : 6, a ? a->id.p : "nobody");
}

static void weigh_article(void *user, struct str article, const struct annotation *x)
{
	struct links *l = user;
	for (size_t i = 0; i < l->marks.n; i++) {
		const struct mark *m = &l->marks.v[i];
		if (str_eq(m->cell[MARK_ARTICLE], article))
			weigh(&l->tallies[form_of(m)], m, found_at(x, m));
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
	marks_read(&l.marks, file_text_or_exit(argv[1], &a), IDS);
	for (int i = 2; en && i < argc; i++)
		marks_walk(&l.marks, en, file_text_or_exit(argv[i], &a), weigh_article, &l);
	printf("form     mentions  linked  right  of holders  linked\n");
	for (size_t k = 0; k < FORMS; k++)
		printf("%-8s %8zu  %6zu %6zu  %10zu  %6zu\n", form_names[k], l.tallies[k].n,
		       l.tallies[k].linked, l.tallies[k].right, l.tallies[k].holders,
		       l.tallies[k].found);
	engine_close(en);
	arena_release(&a);
	return 0;
}
