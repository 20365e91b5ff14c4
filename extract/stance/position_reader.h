/* The reader of positions: which words of a statement are the object that its speaker is for,
 * against or concerned about (position_network.h), and how sure that is (position_reading.h).
 * Fitted by train/fit_positions.c; the model is data/positions.bin. Beside it a network reads
 * the act from the same words (act_network.h): data/act_network.bin. Immutable once open; any
 * thread may ask. */
#ifndef DEMARCHE_EXTRACT_STANCE_POSITION_READER_H
#define DEMARCHE_EXTRACT_STANCE_POSITION_READER_H

#include "extract/stance/act_network.h"
#include "extract/stance/position_reading.h"
#include "extract/stance/tie.h"

#define POSITIONS_KIND "DMpositn"
enum { POSITIONS_VERSION = 3 };

/* All that is fitted. In the file, the network as halves (syntax/half.h), then the weights of
 * settling and those of ties. */
struct position_model {
	struct position_weights weights;
	float settling[SETTLING_WEIGHTS];
	struct hit_weights ties; /* tie.h */
};
enum {
	POSITIONS_BYTES = sizeof(struct position_weights) / 2 + SETTLING_WEIGHTS * sizeof(float) +
			  sizeof(struct hit_weights)
};
void position_model_pack(const struct position_model *m, unsigned char *bytes);

struct position_reader;

/* Opens the model inside the program (path NULL) or another one's file. NULL with *e set
 * (ERR_INPUT): not this kind of model, cut short, another version, damaged. */
struct position_reader *position_reader_open(const char *path, struct err *e) MUST_CHECK;
void position_reader_close(struct position_reader *r); /* NULL is allowed */

/* Of a statement whose issues are known; all but its speaker and the confidences. `room` is to work
 * in. */
struct position_reader_room {
	struct position_view view;
	struct position_room network;
	struct act_room acts;
};
void position_read(const struct position_reader *r, const struct view_scene *scene,
		   const struct attribution *at, const struct statement *s,
		   const struct stance_facts *facts, struct position_reader_room *room,
		   struct position_reading *out);
/* The confidences of an article's readings. */
void position_reader_settle(const struct position_reader *r, struct position_reading *v, size_t n);
/* How probable it is that an object is hit h of its statement, its side turned or not. */
float position_reader_tie(const struct position_reader *r, const struct tie_scene *s, size_t h,
			  const struct tie_object *o, bool turns);

#endif
