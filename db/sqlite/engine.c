/* The functions of this folder as a table. */
#include "db/engine.h"

const struct engine DB_ENGINE = {
#define X(result, name, parameters, arguments) .do_##name = name,
	ENGINE_CALLS(X) ENGINE_ORDERS(X) ENGINE_PATHS(X) ENGINE_PATH_OPENINGS(X) ENGINE_OPENINGS(X)
		ENGINE_LENDING(X) ENGINE_NOTICES(X)
#undef X
};
