/* News sentences that nobody annotated, with trees by vote of several networks: what they agree on
 * is right more often than what one of them says, and a network that learns it too is nearly as
 * good as all of them together (Kuncoro and others 2016, "Distilling an ensemble of greedy
 * dependency parsers"). */
#ifndef DEMARCHE_TRAIN_NEWS_H
#define DEMARCHE_TRAIN_NEWS_H

#include "extract/syntax/network.h"
#include "train/treebank.h"

/* Adds the sentences of DATA/directed/train.tsv and DATA/newsmtsc/train.jsonl, cut as the engine
 * cuts, without trees. Exits with a message when a file cannot be read. */
void news_read(struct treebank *b, const char *data);

/* Gives the trees of `b` from number `first` on what more than half of the networks say of a
 * token's tag and head, and of its relation those with this head; unknown where there is no such
 * majority. Exits when memory is out. */
void news_vote(struct treebank *b, size_t first, const struct network *networks, size_t n);

#endif
