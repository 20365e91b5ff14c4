/* The hashed features of a view. Internal to position_view. */
#ifndef DEMARCHE_EXTRACT_STANCE_VIEW_FEATURES_H
#define DEMARCHE_EXTRACT_STANCE_VIEW_FEATURES_H

#include "extract/stance/view_words.h"

/* The features of the whole, and of candidate number `rank`. */
void view_features_of_whole(const struct viewer *v);
void view_features_of_candidate(const struct viewer *v, size_t rank);

#endif
