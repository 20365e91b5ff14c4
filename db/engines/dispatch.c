/* The store's functions: each hands its call on to the engine of the database. */
#include <string.h>

#include "db/engine.h"

static const struct engine *engine_of(const void *begins_with_engine)
{
	return *(const struct engine *const *)begins_with_engine;
}

static void *mark(void *begins_with_engine, const struct engine *engine)
{
	if (begins_with_engine)
		*(const struct engine **)begins_with_engine = engine;
	return begins_with_engine;
}

extern const struct engine postgresql_engine;

/* "--db postgresql://..." is a server's, all else a file. */
static const struct engine *engine_named(const char *path)
{
	static const char *const starts[] = {"postgresql://", "postgres://"};
	for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
		if (strncmp(path, starts[i], strlen(starts[i])) == 0)
			return &postgresql_engine;
	return &sqlite_engine;
}

/* The first of the arguments. */
#define FIRST_OF(...)	      FIRST_OF_(__VA_ARGS__, )
#define FIRST_OF_(first, ...) first
#define FIRST(arguments)      FIRST_OF arguments

#define X(result, name, parameters, arguments)                                                     \
	result name parameters                                                                     \
	{                                                                                          \
		return engine_of(FIRST(arguments))->do_##name arguments;                           \
	}
ENGINE_CALLS(X)
#undef X

#define X(result, name, parameters, arguments)                                                     \
	result name parameters                                                                     \
	{                                                                                          \
		if (FIRST(arguments))                                                              \
			engine_of(FIRST(arguments))->do_##name arguments;                          \
	}
ENGINE_ORDERS(X)
#undef X

#define X(result, name, parameters, arguments)                                                     \
	result name parameters                                                                     \
	{                                                                                          \
		return engine_named(FIRST(arguments))->do_##name arguments;                        \
	}
ENGINE_PATHS(X)
#undef X

#define X(result, name, parameters, arguments)                                                     \
	result name parameters                                                                     \
	{                                                                                          \
		const struct engine *engine = engine_named(path);                                  \
		return mark(engine->do_##name arguments, engine);                                  \
	}
ENGINE_PATH_OPENINGS(X)
#undef X

#define X(result, name, parameters, arguments)                                                     \
	result name parameters                                                                     \
	{                                                                                          \
		const struct engine *engine = engine_named(o->path);                               \
		return mark(engine->do_##name arguments, engine);                                  \
	}
ENGINE_OPENINGS(X)
#undef X

#define X(result, name, parameters, arguments)                                                     \
	result name parameters                                                                     \
	{                                                                                          \
		return mark(engine_of(s)->do_##name arguments, engine_of(s));                      \
	}
ENGINE_LENDING(X)
#undef X

#define X(result, name, parameters, arguments)                                                     \
	result name parameters                                                                     \
	{                                                                                          \
		sqlite_engine.do_##name arguments;                                                 \
	}
ENGINE_NOTICES(X)
#undef X
