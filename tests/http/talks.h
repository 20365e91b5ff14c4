/* One article of our own, posted to the real program, and what its answers have. */
#ifndef DEMARCHE_TESTS_HTTP_TALKS_H
#define DEMARCHE_TESTS_HTTP_TALKS_H

#include "tests/http/json.h"

extern struct server *server;
extern long long article_id;

/* The bytes last until the next call. */
struct str talks_body(void);
void start(void);
void stop(void);
/* GET, 200. */
json_t *ask(const char *path);

const json_t *statements(const json_t *j);
const char *speaker_id(const json_t *statement);
bool has_issue(const json_t *statement, const char *id);
bool has_content(const json_t *list, const char *part);
/* How many statements of the answer are by this actor. */
size_t count_by(const json_t *j, const char *actor);
/* Of the interpretation. */
const json_t *part(const json_t *j, size_t i);

#endif
