/* Reading parameters by their table. */
#include "api/query/question.h"

#include <string.h>

#include "base/nearest.h"
#include "base/utf8.h"

void question_init(struct question *q, const struct param_table *table, void *filter,
		   struct arena *a)
{
	*q = (struct question){
		.arena = a, .table = table, .filter = filter, .limit = PAGE_LIMIT_DEFAULT};
}

/* Both ends of a range are inclusive, which these did not say. */
static struct str present_name(struct str name)
{
	static const char *const former[][2] = {{"published_after", "published_from"},
						{"published_before", "published_to"},
						{"said_after", "said_from"},
						{"said_before", "said_to"}};
	for (size_t i = 0; i < sizeof former / sizeof former[0]; i++)
		if (str_eq(name, str_of(former[i][0])))
			return str_of(former[i][1]);
	return name;
}

const struct param_spec *param_find(const struct param_table *table, struct str name)
{
	name = present_name(name);
	for (size_t i = 0; i < table->n; i++)
		if (str_eq(name, str_of(table->specs[i].name)))
			return &table->specs[i];
	return NULL;
}

/* A name for err_set's field, which wants a terminated string. */
static void name_field(char field[64], struct str name)
{
	struct str shown = str_clip(name);
	if (shown.n)
		memcpy(field, shown.p, shown.n);
	field[shown.n] = '\0';
}

static int unknown(const struct param_table *table, struct str name, struct err *e)
{
	char field[64];
	name_field(field, name);
	struct nearest near = nearest_start(name);
	for (size_t i = 0; table && i < table->n; i++)
		nearest_try(&near, str_of(table->specs[i].name));
	if (near.best.n)
		return err_set(e, ERR_PARAMETER, field,
			       "unknown parameter \"%s\", did you mean \"%.*s\"?", field,
			       STR_ARG(near.best));
	if (!table || table->n == 0)
		return err_set(e, ERR_PARAMETER, field,
			       "unknown parameter \"%s\"; none is taken here", field);
	char known[400] = "";
	size_t n = 0;
	for (size_t i = 0; i < table->n; i++) {
		struct str word = str_of(table->specs[i].name);
		if (n + word.n + 3 > sizeof known)
			break;
		if (i) {
			memcpy(known + n, ", ", 2);
			n += 2;
		}
		memcpy(known + n, word.p, word.n);
		n += word.n;
	}
	return err_set(e, ERR_PARAMETER, field, "unknown parameter \"%s\"; known are %.*s", field,
		       (int)n, known);
}

int question_none(const struct param *params, size_t n, struct err *e)
{
	return n ? unknown(NULL, params[0].name, e) : 0;
}

static bool is_given(const struct question *q, const struct param_spec *spec)
{
	for (size_t i = 0; i < q->n; i++)
		if (q->conditions[i].spec == spec)
			return true;
	return false;
}

int question_add(struct question *q, struct str name, struct condition c, struct err *e)
{
	const struct param_spec *spec = param_find(q->table, name);
	if (!spec)
		return unknown(q->table, name, e);
	if (!spec->can_repeat && is_given(q, spec))
		return err_set(e, ERR_REPEATED, spec->name, "\"%s\" is given twice", spec->name);
	if (q->n == CONDITIONS_MAX)
		return err_set(e, ERR_VALUE, spec->name, "more than %d parameters", CONDITIONS_MAX);
	c.spec = spec;
	c.value = str_trim(c.value);
	if (c.value.n && c.value.p[0] == '!') {
		if (!spec->can_negate)
			return err_set(e, ERR_VALUE, spec->name, "\"%s\" takes no \"!\"",
				       spec->name);
		c.is_not = true;
		c.value = str_trim(str_sub(c.value, 1, c.value.n));
	}
	if (c.value.n == 0)
		return err_set(e, ERR_VALUE, spec->name, "\"%s\" is empty", spec->name);
	if (c.value.n > PARAM_VALUE_MAX && utf8_count(c.value) > PARAM_VALUE_MAX)
		return err_set(e, ERR_VALUE, spec->name, "\"%s\" is longer than %d characters",
			       spec->name, PARAM_VALUE_MAX);
	c.value = arena_str(q->arena, c.value); /* an export outlives the handler */
	if (!c.value.p)
		return arena_full(e);
	if (spec->set(q, &c, e))
		return -1;
	if (arena_grow(q->arena, (void **)&q->conditions, &q->cap, q->n + 1, sizeof *q->conditions))
		return arena_full(e);
	q->conditions[q->n++] = c;
	return 0;
}

/* The other end of a range, by its name: of "said_from" "said_to". */
static const struct condition *other_end(const struct question *q, struct str name)
{
	struct str stem = str_sub(name, 0, name.n - strlen("from"));
	for (size_t i = 0; i < q->n; i++) {
		struct str other = str_of(q->conditions[i].spec->name);
		if (str_starts(other, stem) && str_ends(other, STR("_to")))
			return &q->conditions[i];
	}
	return NULL;
}

/* A range that ends before it starts holds nothing: a slip, of which an empty answer would not
 * tell. */
static int check_ranges(const struct question *q, struct err *e)
{
	for (size_t i = 0; i < q->n; i++) {
		const struct condition *from = &q->conditions[i], *to;
		day_t first, last;
		if (from->spec->use != PARAM_DAY ||
		    !str_ends(str_of(from->spec->name), STR("_from")))
			continue;
		to = other_end(q, str_of(from->spec->name));
		if (to && day_parse(from->value, &first) && day_parse(to->value, &last) &&
		    first > last)
			return err_set(e, ERR_RANGE, from->spec->name,
				       "\"%s\" is \"%.*s\", after \"%s\", which is \"%.*s\"",
				       from->spec->name, STR_ARG(str_clip(from->value)),
				       to->spec->name, STR_ARG(str_clip(to->value)));
	}
	return 0;
}

int question_read(struct question *q, const struct param *params, size_t n, struct err *e)
{
	for (size_t i = 0; i < n; i++)
		if (question_add(q, params[i].name, (struct condition){.value = params[i].value},
				 e))
			return -1;
	return check_ranges(q, e);
}

bool question_has(const struct question *q, const char *name)
{
	for (size_t i = 0; i < q->n; i++)
		if (!q->conditions[i].is_not && strcmp(q->conditions[i].spec->name, name) == 0)
			return true;
	return false;
}

static bool is_unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-' || c == '.' || c == '_' || c == '~';
}

static size_t escape_into(char *p, struct str s)
{
	static const char hex[] = "0123456789ABCDEF";
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (is_unreserved(s.p[i])) {
			p[n++] = s.p[i];
			continue;
		}
		p[n++] = '%';
		p[n++] = hex[c >> 4];
		p[n++] = hex[c & 15];
	}
	return n;
}

struct str question_canonical(const struct question *q)
{
	size_t room = 1;
	for (size_t i = 0; i < q->n; i++)
		room += strlen(q->conditions[i].spec->name) + 3 * q->conditions[i].value.n + 3;
	char *p = arena_alloc(q->arena, room);
	if (!p)
		return (struct str){NULL, 0};
	size_t n = 0;
	for (size_t i = 0; i < q->n; i++) {
		const struct condition *c = &q->conditions[i];
		if (c->spec->use == PARAM_PAGE)
			continue;
		if (n)
			p[n++] = '&';
		struct str name = str_of(c->spec->name);
		memcpy(p + n, name.p, name.n);
		n += name.n;
		p[n++] = '=';
		if (c->is_not)
			p[n++] = '!';
		n += escape_into(p + n, c->value);
	}
	return (struct str){p, n};
}

uint64_t question_hash(const struct question *q)
{
	uint64_t sum = str_hash(str_of(q->table->path));
	for (size_t i = 0; i < q->n; i++) {
		const struct condition *c = &q->conditions[i];
		/* The order counts below, so that "sort=newest" and its absence are one. */
		if (c->spec->use == PARAM_PAGE || c->spec->use == PARAM_ORDER)
			continue;
		uint64_t one =
			str_hash(str_of(c->spec->name)) * 31 + str_hash(c->value) * 17 + c->is_not;
		sum += one ^ (one >> 29);
	}
	return sum + q->oldest_first;
}
