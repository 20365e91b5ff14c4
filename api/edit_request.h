/* What the resources that change something by a person's hand share. */
#ifndef DEMARCHE_API_EDIT_REQUEST_H
#define DEMARCHE_API_EDIT_REQUEST_H

#include "api/resource.h"
#include "db/edit.h"

/* The version that If-Match asks for: a tag of this service, or "N" of a member "version"; -1
 * without the header and for "*". 0, or -1 with *e (ERR_INPUT: no such tag). */
int if_match_read(const struct request *rq, int64_t *version, struct err *e) MUST_CHECK;
/* Writes, waiting for it: edits are few and short. 0, or -1 with *e. */
int edit_submit(struct request *rq, struct edit_write *w, struct err *e) MUST_CHECK;
/* {edit, edits, job}: what was made, and the job that follows. */
void edit_made_members(struct request *rq, struct jw *j, const struct edit_write *w);

#endif
