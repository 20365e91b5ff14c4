/* eval_coref GAP.tsv: scores the engine's coreference, as `demarche annotate` gives it, on a file
 * of GAP. A name counts as meant when the actor of the pronoun's mention is that of a mention that
 * overlaps the name. */
#include <stdio.h>

#include "extract/extract.h"
#include "train/gap.h"

enum { ARTICLE_BYTES = 256 << 20, FILE_BYTES = 1 << 30 };

static bool overlaps(struct span a, struct span b)
{
	return a.start < b.end && b.start < a.end;
}

static const struct actor *meant(const struct annotation *x, struct span pronoun)
{
	for (size_t i = 0; i < x->n_mentions; i++)
		if (x->mentions[i].span.start == pronoun.start &&
		    x->mentions[i].span.end == pronoun.end)
			return x->mentions[i].actor;
	return NULL;
}

static bool is_named(const struct annotation *x, struct span name, const struct actor *who)
{
	for (size_t i = 0; who && i < x->n_mentions; i++)
		if (overlaps(x->mentions[i].span, name) && x->mentions[i].actor == who)
			return true;
	return false;
}

/* How many of the names are inside of any mention, and how many pronouns have an actor. */
struct coverage {
	size_t names, found, resolved;
};

static int score_one(const struct engine *en, const struct gap_case *g, struct gap_score *s,
		     struct coverage *cover, struct err *e)
{
	struct arena a;
	struct annotation x;
	struct article article = {.text = g->text};
	arena_init(&a, ARTICLE_BYTES);
	int rc = engine_annotate(en, &article, &a, &x, e);
	if (rc == 0) {
		const struct actor *who = meant(&x, g->pronoun);
		bool said[2] = {is_named(&x, g->name[0], who), is_named(&x, g->name[1], who)};
		gap_count(s, g, said);
		cover->resolved += who != NULL;
		for (int k = 0; k < 2; k++) {
			bool found = false;
			for (size_t i = 0; i < x.n_mentions; i++)
				found = found || (overlaps(x.mentions[i].span, g->name[k]) &&
						  x.mentions[i].kind == MENTION_PERSON);
			cover->names++;
			cover->found += found;
		}
	}
	arena_release(&a);
	return rc;
}

int main(int argc, char **argv)
{
	struct err e = {0};
	struct arena a;
	struct gap gap;
	struct gap_score s = {0};
	struct coverage cover = {0};
	if (argc != 2) {
		fprintf(stderr, "usage: eval_coref GAP.tsv\n");
		return 2;
	}
	arena_init(&a, FILE_BYTES);
	struct engine *en = engine_open(&e);
	int rc = en ? gap_read(argv[1], &a, &gap, &e) : -1;
	for (size_t i = 0; rc == 0 && i < gap.n; i++)
		rc = score_one(en, &gap.v[i], &s, &cover, &e);
	if (rc == 0) {
		gap_print(stdout, &s, "annotate");
		printf("names found as persons: %zu of %zu; pronouns resolved: %zu of %zu\n",
		       cover.found, cover.names, cover.resolved, gap.n);
	} else {
		fprintf(stderr, "eval_coref: %s\n", e.message);
	}
	engine_close(en);
	arena_release(&a);
	return rc == 0 ? 0 : 1;
}
