/* The model of positions, and what it says of a statement. */
#include "extract/stance/position_reader.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "extract/syntax/half.h"
#include "extract/syntax/model_file.h"
#include "extract/syntax/syntax.h"

EMBED(embedded_positions, "data/positions.bin");
EMBED(embedded_act_network, "data/act_network.bin");

struct position_reader {
	struct position_deep deep;
	float settling[SETTLING_WEIGHTS];
	struct hit_weights ties;
	struct position_network network;
	struct model_file file; /* where the network's wide part is read */
	struct act_deep act_deep;
	struct act_network acts;
};

enum {
	HALVES = sizeof(struct position_weights) / sizeof(float),
	DEEP = sizeof(struct position_deep) / sizeof(float)
};
_Static_assert(offsetof(struct position_weights, wide) == DEEP * sizeof(float),
	       "the wide part follows the deep one");

void position_model_pack(const struct position_model *m, unsigned char *bytes)
{
	half_pack((const float *)&m->weights, HALVES, bytes);
	bytes += 2 * (size_t)HALVES;
	memcpy(bytes, m->settling, sizeof m->settling);
	memcpy(bytes + sizeof m->settling, &m->ties, sizeof m->ties);
}

static int unpack(struct position_reader *r, struct err *e)
{
	const unsigned char *bytes = (const unsigned char *)r->file.body.p;
	half_unpack(bytes, DEEP, (float *)&r->deep);
	r->network = position_network_of_halves(&r->deep, bytes + 2 * (size_t)DEEP);
	bytes += 2 * (size_t)HALVES;
	memcpy(r->settling, bytes, sizeof r->settling);
	memcpy(&r->ties, bytes + sizeof r->settling, sizeof r->ties);
	return position_network_pack(&r->network) == 0 ? 0 : arena_full(e);
}

static int open_acts(struct position_reader *r, struct err *e)
{
	struct model_file f = {0};
	if (model_file_embedded(&f, EMBEDDED(embedded_act_network), "act_network.bin",
				ACT_NETWORK_KIND, ACT_NETWORK_VERSION, e) < 0)
		return -1;
	if (f.body.n != 2 * (size_t)ACT_DEEP)
		return err_set(e, ERR_INPUT, "model", "act_network.bin is of another network");
	half_unpack((const unsigned char *)f.body.p, ACT_DEEP, (float *)&r->act_deep);
	r->acts = act_network_of(&r->act_deep);
	return act_network_pack(&r->acts) == 0 ? 0 : arena_full(e);
}

struct position_reader *position_reader_open(const char *path, struct err *e)
{
	struct position_reader *r = calloc(1, sizeof *r);
	if (!r) {
		arena_full(e);
		return NULL;
	}
	struct model_file *f = &r->file;
	int rc = path ? model_file_open(f, path, POSITIONS_KIND, POSITIONS_VERSION, e)
		      : model_file_embedded(f, EMBEDDED(embedded_positions), "positions.bin",
					    POSITIONS_KIND, POSITIONS_VERSION, e);
	if (rc == 0 && f->body.n != POSITIONS_BYTES)
		rc = err_set(e, ERR_INPUT, "model",
			     "the model file has %zu bytes of weights: this program's network has "
			     "%zu",
			     f->body.n, (size_t)POSITIONS_BYTES);
	if (rc == 0 && unpack(r, e) == 0 && open_acts(r, e) == 0)
		return r;
	position_reader_close(r);
	return NULL;
}

void position_reader_close(struct position_reader *r)
{
	if (!r)
		return;
	position_network_release(&r->network);
	act_network_release(&r->acts);
	model_file_close(&r->file);
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
	if (!facts->is_act_settled)
		act_network_run(&r->acts, syntax_vectors(scene->f->t->syntax), &room->view,
				&room->acts, out->acts);
}

void position_reader_settle(const struct position_reader *r, struct position_reading *v, size_t n)
{
	position_settle(r->settling, v, n);
}

float position_reader_tie(const struct position_reader *r, const struct tie_scene *s, size_t h,
			  const struct tie_object *o, bool turns)
{
	struct features f;
	tie_features(s, h, o, turns, &f);
	return hit_probability(&r->ties, &f);
}
