#include "extract/tables/tables.h"

#include "base/embed.h"

#define X(name, file) EMBED(embedded_##name, "data/" file);
TABLES(X)
#undef X

struct table tables_open(enum table_id id)
{
	switch (id) {
#define X(name, file)                                                                              \
	case TABLE_##name:                                                                         \
		return table_of(file, EMBEDDED(embedded_##name));
		TABLES(X)
#undef X
	}
	return table_of("", STR_EMPTY);
}
