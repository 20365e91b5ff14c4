/* From scores of heads to a tree. Pure. */
#ifndef DEMARCHE_EXTRACT_SYNTAX_TREE_H
#define DEMARCHE_EXTRACT_SYNTAX_TREE_H

#include "extract/syntax/node.h"

/* Gives each of n tokens (1 to SYNTAX_TOKENS_MAX) a head: another token, or n for the one root.
 * scores: a row of `step` floats for each token, a column for each head, column n for the root.
 * Every token takes its best head; of several roots the one that loses most by another head stays;
 * then each cycle is cut where that costs least. This is the maximum spanning tree of Chu and Liu
 * (1965) and Edmonds (1967) but for cycles that touch one another. Any floats give a tree, in n * n
 * steps. */
void tree_find(const float *scores, size_t step, size_t n, uint16_t *heads);

#endif
