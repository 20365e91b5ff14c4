/* fit_positions DATA OUT: fits data/positions.bin on the train part of the coded corpus
 * (train/coded.h), about a quarter of an hour on two cores.
 *
 * The networks are fitted without each of some folds in turn, and what they say of the fold's
 * articles is what the weights of settling are fitted on; then the networks on all. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "extract/extract.h"
#include "extract/stance/position_reader.h"
#include "extract/syntax/syntax.h"
#include "train/model_write.h"
#include "train/position_fit.h"
#include "train/room.h"
#include "train/settling_fit.h"

enum { FOLDS = 3 };

struct fitting {
	const struct vectors *vectors;
	const struct position_cases *cases;
	struct position_example *examples; /* room for all */
	struct arena a;
};

static size_t fold_of(const struct position_case *c)
{
	return c->number * 2654435761u / 65536 % FOLDS;
}

/* The networks by all articles but those of a fold; FOLDS: by all. */
static void fit_networks(const struct fitting *f, size_t without, struct position_networks *out)
{
	size_t n = 0;
	memset(out->wide, 0, sizeof out->wide);
	for (size_t i = 0; i < f->cases->n; i++) {
		const struct position_case *c = &f->cases->v[i];
		if (c->example.weight > 0 && fold_of(c) != without)
			f->examples[n++] = c->example;
	}
	for (size_t k = 0; k < P_NETWORKS; k++) {
		struct position_weights *w = position_fit(f->vectors, f->examples, n,
							  POSITION_ROUNDS, POSITION_SEED + k);
		out->deep[k] = w->deep;
		for (size_t i = 0; i < (size_t)P_WIDE * SIDES; i++)
			out->wide[i] += w->wide[i] / P_NETWORKS;
		free(w);
	}
}

/* The cases of the same article from `first` on that the engine finds: they stand together. */
static size_t found_together(const struct position_cases *cases, size_t first)
{
	size_t end = first;
	while (end < cases->n && cases->v[end].number == cases->v[first].number &&
	       cases->v[end].is_found)
		end++;
	return end - first;
}

static void read_fold(struct fitting *f, const struct position_networks *nets, size_t fold,
		      struct settling_examples *out)
{
	const struct position_cases *cases = f->cases;
	struct position_room *room = room_for(&f->a, 1, sizeof *room);
	for (size_t i = 0, n; i < cases->n; i += n ? n : 1) {
		const struct position_case *c = &cases->v[i];
		n = fold_of(c) == fold ? found_together(cases, i) : 0;
		struct position_reading *v = room_for(&f->a, n, sizeof *v);
		for (size_t k = 0; k < n; k++) {
			position_run(nets->deep, P_NETWORKS, nets->wide, f->vectors, c[k].view,
				     room);
			position_reading_of(c[k].view, room->pass.p, &v[k]);
			v[k].speaker = c[k].speaker;
			v[k].attribution = c[k].attribution;
		}
		settling_add(out, c, v, n, &f->a);
	}
}

static void fit(struct fitting *f, struct position_model *m)
{
	struct settling_examples settling = {0};
	for (size_t fold = 0; fold < FOLDS; fold++) {
		fit_networks(f, fold, &m->networks);
		read_fold(f, &m->networks, fold, &settling);
	}
	settling_fit(&settling, m->settling);
	fit_networks(f, FOLDS, &m->networks);
}

int main(int argc, char **argv)
{
	struct err e = {0};
	struct coded corpus;
	struct position_cases cases;
	static struct position_model model;
	static unsigned char bytes[POSITIONS_BYTES];
	struct fitting f = {.cases = &cases};
	if (argc != 3) {
		fprintf(stderr, "usage: fit_positions DATA OUT\n");
		return 2;
	}
	arena_init(&f.a, SIZE_MAX);
	struct engine *en = engine_open_without_positions(&e);
	if (!en || coded_read(argv[1], &f.a, &corpus, &e) < 0) {
		fprintf(stderr, "fit_positions: %s\n", e.message);
		return 1;
	}
	position_cases_read(en, &corpus, CODED_TRAIN, &f.a, &cases);
	f.vectors = syntax_vectors(en->syntax);
	f.examples = room_for(&f.a, cases.n, sizeof *f.examples);
	fit(&f, &model);
	position_model_pack(&model, bytes);
	engine_close(en);
	arena_release(&f.a);
	const struct str body = {(const char *)bytes, sizeof bytes};
	return model_write(argv[2], POSITIONS_KIND, POSITIONS_VERSION, &body, 1) ? 0 : 1;
}
