/* One of two actors whose words are laid side by side. */
#ifndef DEMARCHE_API_SIDE_H
#define DEMARCHE_API_SIDE_H

#include "api/format/json_write.h"
#include "api/query/question.h"
#include "db/store.h"

struct side {
	const char *name; /* of the parameter */
	struct str value;
	struct actor actor;
	const char *reading;
	size_t others; /* that have the name too */
};

/* The condition of its name, or -1 with *e: it is missing. */
int side_find(const struct question *q, struct side *s, struct err *e) MUST_CHECK;
/* The best known of those who have the name; `alone`: without those who speak for it. 0, or -1 with
 * *e: ERR_INPUT (nobody has it), the errors of reading. */
int side_resolve(struct reader *r, struct side *s, bool alone, struct arena *a, speaker_key_t *key,
		 struct err *e) MUST_CHECK;
/* {actor, reading?, note?, statements} */
void side_write(struct jw *j, const struct side *s, int64_t statements);

#endif
