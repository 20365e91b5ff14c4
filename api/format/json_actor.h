/* The JSON of an actor as a user gives it: its limits, its checks, its errors. */
#ifndef DEMARCHE_API_FORMAT_JSON_ACTOR_H
#define DEMARCHE_API_FORMAT_JSON_ACTOR_H

#include "base/arena.h"
#include "base/model.h"

enum {
	ACTOR_NAME_MAX = 200, /* code points, of a name, an alias or a title */
	ACTOR_ALIASES_MAX = 200,
	ACTOR_ROLES_MAX = 100,
};

/* Decodes members onto *out, which is the actor as it was, or an empty one: each that is given
 * replaces what was there. Members: name, kind, country (ISO 3166-1 alpha-3, null for none),
 * wikidata, aliases (all of them), roles (all of them: title, country, from, to). An actor without
 * an id gets one of its name. 0, or -1 with *e: ERR_INPUT (e->field names the member),
 * ERR_TOO_LARGE. Any thread. */
int actor_decode(struct str json, struct arena *a, struct actor *out, struct err *e) MUST_CHECK;

/* {"into": id}, of a merge. */
int into_decode(struct str json, struct arena *a, struct str *into, struct err *e) MUST_CHECK;

#endif
