/* How well a network tags and parses a treebank whose tokens and sentences are given. */
#ifndef DEMARCHE_TRAIN_SCORE_H
#define DEMARCHE_TRAIN_SCORE_H

#include "extract/syntax/network.h"
#include "train/treebank.h"

/* Percent. Heads (UAS), and heads with the relation without subtype (LAS), over tokens whose gold relation is not punct. */
struct score {
	double xpos, uas, las;
	double tokens_per_second;
};

/* Exits when memory is out. */
struct score score_treebank(const struct network *nw, const struct treebank *b);

#endif
