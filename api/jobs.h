/* Work in the background, as answers report it. */
#ifndef DEMARCHE_API_JOBS_H
#define DEMARCHE_API_JOBS_H

#include "api/format/json_write.h"
#include "api/http.h"
#include "db/store.h"

/* One object: stored articles read again. */
void reread_write_state(struct jw *j, const struct reread_state *s);
/* Of an article that is posted, or of a batch: is it to be read later? 0, or -1 with *e. */
int reread_asked(struct request *rq, bool is_batch, bool *is_later, struct err *e) MUST_CHECK;
/* "Link", with rel="monitor", to where that is told. 0, or -1 with *e. */
int reread_link(struct request *rq, struct response *rs, struct err *e) MUST_CHECK;

#endif
