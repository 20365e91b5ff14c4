/* What the store knows a text by: its SHA-256, made once by whoever takes the text in. Any thread.
 */
#ifndef DEMARCHE_DB_DIGEST_H
#define DEMARCHE_DB_DIGEST_H

#include "base/str.h"

enum { DIGEST_BYTES = 32 };

void digest_text(struct str text, unsigned char out[DIGEST_BYTES]);

#endif
