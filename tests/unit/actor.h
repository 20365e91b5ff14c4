/* An actor of a test in one line, static or not:
 * static const struct actor wang = ACTOR("wang-yi", "Wang Yi", PERSON, "CHN"); */
#ifndef DEMARCHE_TESTS_ACTOR_H
#define DEMARCHE_TESTS_ACTOR_H

#include "base/model.h"

/* STR as an initializer of what is static. */
#define STR_INIT(literal)                                                                          \
	{                                                                                          \
		"" literal, sizeof(literal) - 1                                                    \
	}

#define ACTOR(id_, name_, kind_, country_)                                                         \
	{                                                                                          \
		.id = STR_INIT(id_), .name = STR_INIT(name_), .kind = ACTOR_##kind_,               \
		.country = STR_INIT(country_)                                                      \
	}

#endif
