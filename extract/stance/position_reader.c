/* The model of positions, and what it says of a statement. */
#include "extract/stance/position_reader.h"

#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "extract/syntax/half.h"
#include "extract/syntax/model_file.h"
#include "extract/syntax/syntax.h"

EMBED(embedded_positions, "data/positions.bin");

struct position_reader {
	struct position_model model;
	struct position_network network;
};

enum { HALVES = sizeof(struct position_weights) / sizeof(float) };

void position_model_pack(const struct position_model *m, unsigned char *bytes)
{
	half_pack((const float *)&m->weights, HALVES, bytes);
	bytes += 2 * (size_t)HALVES;
	memcpy(bytes, m->settling, sizeof m->settling);
	memcpy(bytes + sizeof m->settling, &m->ties, sizeof m->ties);
}

void position_model_unpack(const unsigned char *bytes, struct position_model *m)
{
	half_unpack(bytes, HALVES, (float *)&m->weights);
	bytes += 2 * (size_t)HALVES;
	memcpy(m->settling, bytes, sizeof m->settling);
	memcpy(&m->ties, bytes + sizeof m->settling, sizeof m->ties);
}

struct position_reader *position_reader_open(const char *path, struct err *e)
{
	struct model_file f = {0};
	struct position_reader *r = calloc(1, sizeof *r);
	if (!r) {
		arena_full(e);
		return NULL;
	}
	int rc = path ? model_file_open(&f, path, POSITIONS_KIND, POSITIONS_VERSION, e)
		      : model_file_embedded(&f, EMBEDDED(embedded_positions), "positions.bin",
					    POSITIONS_KIND, POSITIONS_VERSION, e);
	if (rc == 0 && f.body.n != POSITIONS_BYTES)
		rc = err_set(e, ERR_INPUT, "model",
			     "the model file has %zu bytes of weights: this program's network has "
			     "%zu",
			     f.body.n, (size_t)POSITIONS_BYTES);
	if (rc == 0) {
		position_model_unpack((const unsigned char *)f.body.p, &r->model);
		r->network = position_network_of(&r->model.weights);
		rc = position_network_pack(&r->network) == 0 ? 0 : arena_full(e);
	}
	model_file_close(&f);
	if (rc == 0)
		return r;
	free(r);
	return NULL;
}

void position_reader_close(struct position_reader *r)
{
	if (r)
		position_network_release(&r->network);
	free(r);
}

void position_read(const struct position_reader *r, const struct view_scene *scene,
		   const struct attribution *at, const struct statement *s,
		   const struct stance_facts *facts, struct position_reader_room *room,
		   struct position_reading *out)
{
	position_view(scene, at, s, facts, &room->view);
	position_run(&r->network, syntax_vectors(scene->f->t->syntax), &room->view, &room->network);
	position_obey_cue(&room->view, room->network.pass.p);
	position_reading_of(&room->view, room->network.pass.p, out);
}

void position_reader_settle(const struct position_reader *r, struct position_reading *v, size_t n)
{
	position_settle(r->model.settling, v, n);
}

float position_reader_tie(const struct position_reader *r, const struct tie_scene *s, size_t h,
			  const struct tie_object *o, bool turns)
{
	struct features f;
	tie_features(s, h, o, turns, &f);
	return hit_probability(&r->model.ties, &f);
}
