/* Paragraphs that are no text of the article: credits, captions, notices of the page. */
#ifndef DEMARCHE_EXTRACT_TEXT_FURNITURE_H
#define DEMARCHE_EXTRACT_TEXT_FURNITURE_H

#include "extract/text/text.h"

/* By the phrases of data/furniture.tsv, in short paragraphs only. */
bool text_is_furniture(const struct text *t, uint32_t paragraph);

#endif
