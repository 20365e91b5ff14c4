/* The engine's inside: what it has open, for the files of this folder and the programs that measure
 * its steps one by one. */
#ifndef DEMARCHE_EXTRACT_ENGINE_H
#define DEMARCHE_EXTRACT_ENGINE_H

#include "extract/attribution/model.h"
#include "extract/entity/gazetteer.h"

struct engine {
	struct syntax *syntax;
	struct lemmas *lemmas;
	struct lexicon *lexicon;
	struct gazetteer gazetteer;
	struct time_words *time_words;
	struct attribution_model attribution;
	struct issue_table *issues;
	struct classifier *classifier;
	struct position_reader *reader; /* NULL: statements take no sides */
	float positions_sure;		/* from this confidence on sides are told */
};

/* engine_open without the reader of positions, for the program that fits it. */
struct engine *engine_open_without_positions(struct err *e) MUST_CHECK;

#endif
