/* Writes a model file (extract/syntax/model_file.h). */
#ifndef DEMARCHE_TRAIN_MODEL_WRITE_H
#define DEMARCHE_TRAIN_MODEL_WRITE_H

#include "base/str.h"

/* The body is the parts one after another. False, with a message on standard error, when the file
 * cannot be written. */
bool model_write(const char *path, const char *kind, uint32_t version, const struct str *parts,
		 size_t n);

#endif
