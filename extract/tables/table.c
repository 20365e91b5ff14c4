/* Reading of the text tables. What the cells mean is their owners' matter. */
#include "extract/tables/table.h"

struct table table_of(const char *name, struct str text)
{
	return (struct table){.name = name, .rest = text};
}

bool table_next(struct table *t)
{
	struct str line;
	while (str_split(&t->rest, '\n', &line)) {
		t->line++;
		if (line.n == 0 || line.p[0] == '#')
			continue;
		t->n = 0;
		for (size_t i = 0; i < TABLE_CELLS; i++)
			t->cell[i] = STR_EMPTY;
		struct str cell;
		while (t->n < TABLE_CELLS && str_split(&line, '\t', &cell))
			t->cell[t->n++] = str_trim(cell);
		return true;
	}
	return false;
}

int table_fail(const struct table *t, const char *why, struct err *e)
{
	return err_set(e, ERR_INTERNAL, NULL, "table \"%s\", line %u: %s", t->name, t->line, why);
}
