/* What a network that scores each arc by itself gets wrong about subjects. Pure. */
#ifndef DEMARCHE_EXTRACT_SYNTAX_TREE_REPAIR_H
#define DEMARCHE_EXTRACT_SYNTAX_TREE_REPAIR_H

#include "base/str.h"
#include "extract/syntax/node.h"

/* Nodes of n tokens, SYNTAX_TOKENS_MAX at most as the time is quadratic, heads as syntax_parse
 * gives them; they stay one tree.
 *
 * A verb has one subject. Of two, one that stands right before a name describes it ("chairman Ann
 * Lee said"), and one that stands before a report belongs to the reported clause that has none
 * ("The treaty, Lee said, is dead").
 *
 * A conjunct without a subject of its own shares that of the first; where the two differ in number,
 * the conjunct goes to the nearest clause above whose subject agrees ("She is concerned that
 * exports threaten jobs and is afraid"). */
void tree_repair(const struct str *forms, struct syntax_node *nodes, size_t n);

#endif
