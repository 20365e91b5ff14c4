/* Reads the options by the table in options.h. */
#include "cli/options.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum option_type { TYPE_TEXT, TYPE_SECRET, TYPE_INT, TYPE_SIZE, TYPE_TIME, TYPE_FLAG, TYPE_CHOICE };

struct option {
	enum option_type type;
	unsigned commands;
	const char *flag, *environment, *standard;
	int64_t min, max;
	const char *noun, *help;
	size_t offset;
};

static const struct option table[] = {
#define X(field, type, flag, environment, standard, min, max, commands, noun, help)                \
	{TYPE_##type, commands, flag, environment, standard,                                       \
	 min,	      max,	noun, help,	   offsetof(struct options, field)},
	OPTIONS(X)
#undef X
};
enum { COUNT = sizeof table / sizeof table[0] };

struct unit {
	const char *word;
	int64_t factor;
};

static const struct unit sizes[] = {
	{"", 1}, {"k", 1 << 10}, {"M", 1 << 20}, {"G", 1 << 30}, {NULL, 0}};
static const struct unit times[] = {{"", 1000}, {"ms", 1}, {"s", 1000}, {"m", 60000}, {NULL, 0}};
static const struct unit plain[] = {{"", 1}, {NULL, 0}};

static const struct unit *units_of(const struct option *o)
{
	return o->type == TYPE_SIZE ? sizes : o->type == TYPE_TIME ? times : plain;
}

static bool parse_number(struct str text, const struct unit *units, int64_t *out)
{
	size_t digits = 0;
	while (digits < text.n && text.p[digits] >= '0' && text.p[digits] <= '9')
		digits++;
	int64_t n;
	if (!str_to_i64(str_sub(text, 0, digits), &n))
		return false;
	for (const struct unit *u = units; u->word; u++)
		if (str_eq_nocase(str_sub(text, digits, text.n), str_of(u->word)))
			return !__builtin_mul_overflow(n, u->factor, out);
	return false;
}

/* A number as a person would write it: 8388608 as "8M". */
static void add_number(struct buf *out, const struct option *o, int64_t n)
{
	const struct unit *best = NULL;
	for (const struct unit *u = units_of(o); u->word; u++)
		if (n % u->factor == 0 && *u->word && (!best || u->factor > best->factor))
			best = u;
	if (best && n)
		buf_printf(out, "%lld%s", (long long)(n / best->factor), best->word);
	else
		buf_printf(out, "%lld", (long long)n);
}

static int bad(const struct option *o, const char *name, const char *value, struct err *e)
{
	struct buf want;
	buf_init(&want, 256);
	if (o->type == TYPE_FLAG) {
		buf_add(&want, STR("true or false"));
	} else if (o->type == TYPE_CHOICE) {
		buf_printf(&want, "one of %s", o->noun);
	} else {
		static const char *const kinds[] = {[TYPE_INT] = "a number",
						    [TYPE_SIZE] = "bytes (with k, M or G)",
						    [TYPE_TIME] = "a time (with ms, s or m)"};
		buf_printf(&want, "%s from ", kinds[o->type]);
		add_number(&want, o, o->min);
		buf_add(&want, STR(" to "));
		add_number(&want, o, o->max);
	}
	err_set(e, ERR_INPUT, NULL, "%s is \"%s\": it takes %.*s", name, value,
		STR_ARG(buf_str(&want)));
	buf_release(&want);
	return -1;
}

static bool find_word(const char *words, struct str value, int *out)
{
	struct str rest = str_of(words), word;
	for (int i = 0; str_split(&rest, '|', &word); i++)
		if (str_eq(word, value)) {
			*out = i;
			return true;
		}
	return false;
}

/* On a large machine the read handles' caches are to leave room in --memory's default. */
enum { WORKERS_AUTO_MAX = 16 };

/* "auto" of a number: by the processors this process may use. */
static int64_t automatic(const struct option *o)
{
	int64_t n = sysconf(_SC_NPROCESSORS_ONLN), max = o->max;
	n = n < 1 ? 1 : n;
	if (o->offset == offsetof(struct options, workers)) {
		n *= 2;
		max = WORKERS_AUTO_MAX;
	}
	return n > max ? max : n;
}

static int set(struct options *options, const struct option *o, const char *name, const char *value,
	       struct err *e)
{
	char *to = (char *)options + o->offset;
	int64_t n = 0;
	int word = 0;
	switch (o->type) {
	case TYPE_TEXT:
	case TYPE_SECRET:
		memcpy(to, &value, sizeof value);
		return 0;
	case TYPE_FLAG:
		if (!find_word("false|true", str_of(value), &word) &&
		    !find_word("0|1", str_of(value), &word))
			return bad(o, name, value, e);
		*(bool *)(void *)to = word;
		return 0;
	case TYPE_CHOICE:
		if (!find_word(o->noun, str_of(value), &word))
			return bad(o, name, value, e);
		memcpy(to, &word, sizeof word);
		return 0;
	case TYPE_INT:
	case TYPE_SIZE:
	case TYPE_TIME:
		break;
	}
	if (strcmp(o->standard, "auto") == 0 && strcmp(value, "auto") == 0)
		n = automatic(o);
	else if (!parse_number(str_of(value), units_of(o), &n) || n < o->min || n > o->max)
		return bad(o, name, value, e);
	memcpy(to, &n, sizeof n);
	return 0;
}

static int set_standard(struct options *options, unsigned command, struct err *e)
{
	for (int i = 0; i < COUNT; i++) {
		if (set(options, &table[i], table[i].flag, table[i].standard, e) != 0)
			return -1;
		const char *value = table[i].environment ? getenv(table[i].environment) : NULL;
		if (value && *value && (table[i].commands & command) &&
		    set(options, &table[i], table[i].environment, value, e) != 0)
			return -1;
	}
	return 0;
}

static const struct option *find(struct str flag, unsigned command, const struct option **nearest)
{
	size_t best = 4;
	*nearest = NULL;
	for (int i = 0; i < COUNT; i++) {
		if (!*table[i].flag || !(table[i].commands & command))
			continue;
		if (str_eq(flag, str_of(table[i].flag)))
			return &table[i];
		size_t distance = str_distance(flag, str_of(table[i].flag));
		if (distance < best) {
			best = distance;
			*nearest = &table[i];
		}
	}
	return NULL;
}

/* argv[*i] is an option; steps over its value when that is an argument of its own. */
static int take(struct options *options, unsigned command, int argc, char **argv, int *i,
		struct err *e)
{
	const char *equals = strchr(argv[*i], '=');
	struct str flag = str_of(argv[*i]);
	if (equals)
		flag.n = (size_t)(equals - argv[*i]);
	const struct option *nearest, *o = find(flag, command, &nearest);
	if (!o && nearest)
		return err_set(e, ERR_INPUT, NULL, "unknown option \"%.*s\": did you mean %s?",
			       STR_ARG(flag), nearest->flag);
	if (!o)
		return err_set(e, ERR_INPUT, NULL, "unknown option \"%.*s\" (--help lists them)",
			       STR_ARG(flag));
	if (o->type == TYPE_FLAG && !equals)
		return set(options, o, o->flag, "true", e);
	if (!equals && *i + 1 >= argc)
		return err_set(e, ERR_INPUT, NULL, "%s needs a value: %s", o->flag, o->noun);
	const char *value = equals ? equals + 1 : argv[++*i];
	return set(options, o, o->flag, value, e);
}

int options_parse(struct options *o, unsigned command, int argc, char **argv, const char **args,
		  struct err *e)
{
	*o = (struct options){.args = args};
	if (set_standard(o, command, e) != 0)
		return -1;
	bool only_args = false;
	for (int i = 0; i < argc; i++) {
		if (only_args || argv[i][0] != '-' || strcmp(argv[i], "-") == 0)
			args[o->n_args++] = argv[i];
		else if (strcmp(argv[i], "--") == 0)
			only_args = true;
		else if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
			o->wants_help = true;
		else if (take(o, command, argc, argv, &i, e) != 0)
			return -1;
	}
	return 0;
}

void options_help(struct buf *out, unsigned command)
{
	for (int i = 0; i < COUNT; i++) {
		const struct option *o = &table[i];
		if (!(o->commands & command))
			continue;
		buf_printf(out, "  %s%s%s", *o->flag ? o->flag : o->environment,
			   *o->noun ? " " : "", o->noun);
		if (*o->standard && o->type != TYPE_FLAG)
			buf_printf(out, "  (%s)", o->standard);
		buf_printf(out, "\n      %s\n", o->help);
		if (o->environment && *o->flag)
			buf_printf(out, "      environment: %s\n", o->environment);
	}
}

static void add_cell(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '|')
			buf_add_char(out, '\\');
		buf_add_char(out, s.p[i]);
	}
}

void options_markdown(struct buf *out)
{
	static const struct {
		unsigned bit;
		const char *name;
	} commands[] = {{FOR_SERVE, "serve"}, {FOR_EXTRACT, "extract"},	  {FOR_IMPORT, "import"},
			{FOR_QUERY, "query"}, {FOR_EXPORT, "export"},	  {FOR_BACKUP, "backup"},
			{FOR_CHECK, "check"}, {FOR_HEALTH, "health"},	  {FOR_HELP, "help"},
			{FOR_PARSE, "parse"}, {FOR_ANNOTATE, "annotate"}, {FOR_EXPLAIN, "explain"},
			{FOR_COPY, "copy"},   {FOR_WORK, "work"}};
	buf_add(out, STR("# Configuration\n\n"
			 "Every option is a flag of its commands and, where one is named, an "
			 "environment variable; the flag wins.\n"
			 "This page is the output of `demarche help --markdown`.\n\n"
			 "| Option | Environment | Value | Default | Range | Commands | Meaning |\n"
			 "|---|---|---|---|---|---|---|\n"));
	for (int i = 0; i < COUNT; i++) {
		const struct option *o = &table[i];
		buf_printf(out, *o->flag ? "| `%s` | " : "| %s | ", o->flag);
		buf_printf(out, o->environment ? "`%s` | " : "%s| ",
			   o->environment ? o->environment : "");
		add_cell(out, str_of(o->noun));
		buf_printf(out, *o->standard ? " | `%s` | " : " | %s| ", o->standard);
		if (o->max > o->min) {
			add_number(out, o, o->min);
			buf_add(out, STR(" to "));
			add_number(out, o, o->max);
		}
		buf_add(out, STR(" |"));
		for (size_t c = 0, n = 0; c < sizeof commands / sizeof commands[0]; c++)
			if (o->commands & commands[c].bit)
				buf_printf(out, "%s%s", n++ ? ", " : " ", commands[c].name);
		buf_add(out, STR(" | "));
		add_cell(out, str_of(o->help));
		buf_add(out, STR(" |\n"));
	}
}
