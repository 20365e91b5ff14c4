/* Sample texts as articles of a service, each statement of which is compared with a fresh
 * extraction of the same text, member by member; and the job that reads stored articles. */
#ifndef DEMARCHE_TESTS_HTTP_TEXTS_H
#define DEMARCHE_TESTS_HTTP_TEXTS_H

#include "tests/http/json.h"

#define TEXTS_SAMPLES "tests/cases/wikinews"

struct texts {
	json_t *articles; /* as sent */
	json_t *ids;	  /* as answered, in the same order */
};

/* Puts sample articles, or single sentences, into the list of those to be sent. */
void texts_add_samples(struct texts *t);
void texts_add_sentences(struct texts *t);
/* Posts all of these in a batch, to /v1/articles/batch. */
struct texts texts_post(const struct server *s, const char *target);
/* Posts what is in the list, each to be read later. */
void texts_post_later(const struct server *s, struct texts *t);
void texts_release(struct texts *t);
/* All statements of an article. */
json_t *stored_of(const struct server *s, long long id);
/* Fails unless what is stored is what is found now; the number of statements. */
size_t all_fresh(const struct server *s, const struct texts *t);

json_t *reread_job(const struct server *s);
/* What it says when it is done, with so many articles refused at least; or with none. */
json_t *await_end(const struct server *s, long long failed);
json_t *await_job(const struct server *s);

#endif
