/* The API without a server: a fresh store, the engine, and the issues in force. */
#ifndef DEMARCHE_TESTS_UNIT_API_SERVICE_H
#define DEMARCHE_TESTS_UNIT_API_SERVICE_H

#include "api/issue_registry.h"
#include "tests/conformance/fixture.h"

struct service {
	struct fixture f;
	struct engine *engine;
	struct api api;
};

void service_open(struct service *s);
void service_close(struct service *s);

#endif
