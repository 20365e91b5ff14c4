/* Loading libpq. */
#include "db/postgresql/libpq.h"

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
/* Written once, before anybody reads it. */
static struct libpq library;
static bool is_loaded;
static char why_not[256];

static bool find(void *handle, const char *name, void *out)
{
	void *function = dlsym(handle, name);
	memcpy(out, &function, sizeof function);
	return function != NULL;
}

static void load(void)
{
	void *handle = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
	is_loaded = handle != NULL;
#define X(result, name, parameters) is_loaded = is_loaded && find(handle, #name, &library.name);
	LIBPQ_FUNCTIONS(X)
#undef X
	const char *why = is_loaded ? NULL : dlerror();
	strncpy(why_not, why ? why : "", sizeof why_not - 1);
}

const struct libpq *libpq_load(struct err *e)
{
	pthread_once(&once, load);
	if (is_loaded)
		return &library;
	err_set(e, ERR_DB, NULL,
		"PostgreSQL's client library, libpq 14 or newer, cannot be loaded (on Debian: the "
		"package libpq5): %s",
		why_not);
	return NULL;
}
