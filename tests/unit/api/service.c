/* The API without a server. */
#include "tests/unit/api/service.h"

void service_open(struct service *s)
{
	fixture_open(&s->f);
	s->engine = engine_open(&s->f.e);
	ck_assert_msg(s->engine != NULL, "%s", s->f.e.message);
	struct knowledge known = engine_knowledge(s->engine);
	assert_ok(store_seed(s->f.store, &known, &s->f.e), s->f.e);
	s->api = (struct api){
		.store = s->f.store, .engine = s->engine, .extracts = true, .deadline_ms = 60000};
	s->api.issues = issue_registry_open(s->engine, s->f.store, &s->f.e);
	ck_assert_msg(s->api.issues != NULL, "%s", s->f.e.message);
}

void service_close(struct service *s)
{
	fixture_check(&s->f);
	issue_registry_close(s->api.issues);
	fixture_close(&s->f);
	engine_close(s->engine);
}
