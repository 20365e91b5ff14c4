/* Edits as JSON. */
#ifndef DEMARCHE_API_FORMAT_JSON_EDIT_H
#define DEMARCHE_API_FORMAT_JSON_EDIT_H

#include "api/format/json_write.h"
#include "db/edit.h"

void edit_write_json(struct jw *j, const struct edit *d);
void edit_encode(struct buf *out, const struct edit *d);

#endif
