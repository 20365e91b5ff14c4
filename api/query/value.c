/* Reading values. */
#include "api/query/value.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/format/json_statement.h"
#include "base/fold.h"
#include "base/nearest.h"
#include "db/breakdown.h"
#include "db/feed.h"

static int bad(const struct condition *c, const char *right, struct err *e)
{
	return err_set(e, ERR_VALUE, c->spec->name, "\"%s\" is \"%.*s\", not %s", c->spec->name,
		       STR_ARG(str_clip(c->value)), right);
}

/* With or without its letter. */
bool id_parse(struct str s, char letter, int64_t *id)
{
	bool has_letter = s.n > 1 && s.p[0] == letter;
	struct str digits = has_letter ? str_sub(s, 1, s.n) : s;
	bool is_plain = digits.n > 0 && digits.p[0] >= '1' && digits.p[0] <= '9';
	return is_plain && str_to_i64(digits, id) && *id > 0;
}

/* Of a few words, parted by single spaces, the number of the one that the value is; -1 with *e,
 * which names the nearest. */
static int word_of(const struct condition *c, const char *words, const char *right, struct err *e)
{
	struct str rest = str_of(words), word;
	struct nearest near = nearest_start(c->value);
	for (int i = 0; str_split(&rest, ' ', &word); i++) {
		if (str_eq(c->value, word))
			return i;
		nearest_try(&near, word);
	}
	if (!near.best.n)
		return bad(c, right, e);
	return err_set(e, ERR_VALUE, c->spec->name, "\"%s\" is \"%.*s\", did you mean \"%.*s\"?",
		       c->spec->name, STR_ARG(str_clip(c->value)), STR_ARG(near.best));
}

static void *at(struct question *q, size_t offset)
{
	return (char *)q->filter + offset;
}

int set_name(struct question *q, const struct condition *c, struct err *e)
{
	(void)q, (void)c, (void)e;
	return 0;
}

int set_limit(struct question *q, const struct condition *c, struct err *e)
{
	int64_t n;
	if (!str_to_i64(c->value, &n) || n < 1 || n > PAGE_LIMIT_MAX)
		return bad(c, "a number from 1 to 200", e);
	q->limit = (int)n;
	return 0;
}

int set_cursor(struct question *q, const struct condition *c, struct err *e)
{
	(void)e;
	q->cursor = c->value;
	return 0;
}

int set_sort(struct question *q, const struct condition *c, struct err *e)
{
	int word = word_of(c, "newest oldest", "newest or oldest", e);
	q->oldest_first = word == 1;
	return word < 0 ? -1 : 0;
}

int set_statement_sort(struct question *q, const struct condition *c, struct err *e)
{
	int word = word_of(c, "newest oldest surest least_sure",
			   "newest, oldest, surest or least_sure", e);
	q->oldest_first = word == 1 || word == 3;
	q->by_confidence = word >= 2;
	return word < 0 ? -1 : 0;
}

static int read_field(struct str word, const char *name, struct err *e)
{
	struct nearest near = nearest_start(word);
	for (int i = 0; i < STATEMENT_MEMBERS; i++) {
		nearest_try(&near, str_of(statement_members[i]));
		if (str_eq(word, str_of(statement_members[i])))
			return i;
	}
	if (near.best.n)
		return err_set(e, ERR_VALUE, name, "\"%s\" has \"%.*s\", did you mean \"%.*s\"?",
			       name, STR_ARG(str_clip(word)), STR_ARG(near.best));
	return err_set(e, ERR_VALUE, name, "\"%s\" has \"%.*s\", which is no member of a statement",
		       name, STR_ARG(str_clip(word)));
}

int set_fields(struct question *q, const struct condition *c, struct err *e)
{
	struct str rest = c->value, word;
	while (str_split(&rest, ',', &word)) {
		int number = read_field(str_trim(word), c->spec->name, e);
		if (number < 0)
			return -1;
		q->members |= UINT32_C(1) << number;
	}
	return 0;
}

static int read_bool(const struct condition *c, bool *out, struct err *e)
{
	int word = word_of(c, "false true", "true or false", e);
	*out = word == 1;
	return word < 0 ? -1 : 0;
}

int set_members(struct question *q, const struct condition *c, struct err *e)
{
	bool with;
	if (read_bool(c, &with, e))
		return -1;
	q->alone = !with;
	return 0;
}

int set_bool(struct question *q, const struct condition *c, struct err *e)
{
	return read_bool(c, at(q, c->spec->at), e);
}

int set_phrase(struct question *q, const struct condition *c, struct err *e)
{
	(void)e;
	q->phrase = c->value;
	return 0;
}

int set_day(struct question *q, const struct condition *c, struct err *e)
{
	day_t *day = at(q, c->spec->at);
	if (c->has_day) {
		*day = c->day;
		return 0;
	}
	return day_parse(c->value, day) && *day != DAY_NONE
		       ? 0
		       : bad(c, "a date such as 2024-04-26", e);
}

static int read_term_of(const struct terms *terms, const struct condition *c, int *number,
			struct err *e)
{
	*number = terms_find(terms, c->value);
	if (*number >= 0)
		return 0;
	char space[TERMS_LIST_ROOM];
	struct str near = terms_nearest(terms, c->value);
	if (near.n)
		return err_set(e, ERR_VALUE, c->spec->name,
			       "\"%s\" is \"%.*s\", did you mean \"%.*s\"?", c->spec->name,
			       STR_ARG(str_clip(c->value)), STR_ARG(near));
	return err_set(e, ERR_VALUE, c->spec->name, "\"%s\" is \"%.*s\", not %.*s", c->spec->name,
		       STR_ARG(str_clip(c->value)), STR_ARG(terms_list(terms, space)));
}

static int read_term(const struct condition *c, int *number, struct err *e)
{
	return read_term_of(c->spec->terms, c, number, e);
}

int set_terms(struct question *q, const struct condition *c, struct err *e)
{
	int number;
	if (read_term(c, &number, e))
		return -1;
	uint32_t *bits = at(q, c->is_not ? c->spec->not_at : c->spec->at);
	*bits |= UINT32_C(1) << number;
	return 0;
}

int set_term(struct question *q, const struct condition *c, struct err *e)
{
	return read_term(c, at(q, c->spec->at), e);
}

static int append(struct question *q, size_t offset, struct str s, struct err *e)
{
	struct strs *list = at(q, offset);
	struct str *v = arena_array(q->arena, list->n + 1, sizeof *v);
	if (!v)
		return arena_full(e);
	if (list->n)
		memcpy(v, list->v, list->n * sizeof *v);
	v[list->n] = s;
	*list = (struct strs){v, list->n + 1};
	return 0;
}

int set_strs(struct question *q, const struct condition *c, struct err *e)
{
	return append(q, c->is_not ? c->spec->not_at : c->spec->at, c->value, e);
}

static int fold_value(struct question *q, const struct condition *c, struct str *folded,
		      struct err *e)
{
	*folded = str_fold(q->arena, c->value);
	if (!folded->p)
		return arena_full(e);
	return folded->n ? 0 : bad(c, "something with a letter or digit in it", e);
}

int set_folded(struct question *q, const struct condition *c, struct err *e)
{
	struct str folded;
	return fold_value(q, c, &folded, e) || append(q, c->spec->at, folded, e) ? -1 : 0;
}

int set_name_text(struct question *q, const struct condition *c, struct err *e)
{
	return fold_value(q, c, at(q, c->spec->at), e);
}

int set_lower(struct question *q, const struct condition *c, struct err *e)
{
	struct str *out = at(q, c->spec->at);
	char *v = arena_alloc(q->arena, c->value.n);
	if (!v)
		return arena_full(e);
	for (size_t i = 0; i < c->value.n; i++) {
		char letter = c->value.p[i];
		v[i] = (char)(letter >= 'A' && letter <= 'Z' ? letter - 'A' + 'a' : letter);
	}
	*out = (struct str){v, c->value.n};
	return 0;
}

int set_texts(struct question *q, const struct condition *c, struct err *e)
{
	struct str folded;
	return fold_value(q, c, &folded, e) || append(q, c->spec->at, c->value, e) ? -1 : 0;
}

/* Kept as they are: what they name is looked up. */
int set_words(struct question *q, const struct condition *c, struct err *e)
{
	struct str folded;
	return fold_value(q, c, &folded, e);
}

/* Digits and a point, as strtod reads them. */
static bool read_number(struct str s, double *out)
{
	char text[32], *end;
	bool is_plain = s.n < sizeof text;
	for (size_t i = 0; i < s.n && is_plain; i++)
		is_plain = (s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '.';
	if (!is_plain)
		return false;
	memcpy(text, s.p, s.n);
	text[s.n] = '\0';
	*out = strtod(text, &end);
	return *end == '\0' && end != text;
}

int set_confidence(struct question *q, const struct condition *c, struct err *e)
{
	double share;
	if (!read_number(c->value, &share) || share > 1)
		return bad(c, "a number from 0 to 1", e);
	*(float *)at(q, c->spec->at) = (float)share;
	return 0;
}

int set_weight(struct question *q, const struct condition *c, struct err *e)
{
	return read_number(c->value, at(q, c->spec->at)) ? 0
							 : bad(c, "a number such as 2 or 0.5", e);
}

int set_article(struct question *q, const struct condition *c, struct err *e)
{
	int64_t *id = at(q, c->spec->at);
	return id_parse(c->value, 'a', id) ? 0 : bad(c, "an article's id", e);
}

int set_id(struct question *q, const struct condition *c, struct err *e)
{
	int64_t *id = at(q, c->spec->at);
	return str_to_i64(c->value, id) && *id > 0 ? 0 : bad(c, "an id", e);
}

int set_str(struct question *q, const struct condition *c, struct err *e)
{
	(void)e;
	*(struct str *)at(q, c->spec->at) = c->value;
	return 0;
}

int set_ids(struct question *q, const struct condition *c, struct err *e)
{
	struct keys *ids = at(q, c->spec->at);
	struct str rest = c->value, word;
	while (str_split(&rest, ',', &word)) {
		int64_t *v = arena_array(q->arena, ids->n + 1, sizeof *v);
		if (!v)
			return arena_full(e);
		if (!id_parse(str_trim(word), 's', &v[ids->n]))
			return bad(c, "ids of statements, divided by commas", e);
		if (ids->n)
			memcpy(v, ids->v, ids->n * sizeof *v);
		*ids = (struct keys){v, ids->n + 1};
	}
	return 0;
}

/* "12", or in the middle of what came since "12.15.1700": commits, and an article. */
int set_since(struct question *q, const struct condition *c, struct err *e)
{
	struct feed_place *place = at(q, c->spec->at);
	int64_t *const numbers[] = {&place->since, &place->commit, &place->article};
	struct str rest = c->value, part;
	size_t n = 0;
	bool is_right = true;
	while (str_split(&rest, '.', &part)) {
		is_right &= n < 3 && part.n > 0 && part.p[0] >= '0' && part.p[0] <= '9' &&
			    str_to_i64(part, numbers[n < 3 ? n : 0]);
		n++;
	}
	return is_right && (n == 1 || n == 3) ? 0 : bad(c, "the since of an answer", e);
}

int set_said(struct question *q, const struct condition *c, struct err *e)
{
	int word = word_of(c, "published said", "published or said", e);
	*(bool *)at(q, c->spec->at) = word == 1;
	return word < 0 ? -1 : 0;
}

int set_actor_kind(struct question *q, const struct condition *c, struct err *e)
{
	return read_term_of(&terms_actor_kind, c, at(q, c->spec->at), e);
}

int set_country_code(struct question *q, const struct condition *c, struct err *e)
{
	char *code = arena_alloc(q->arena, 4);
	if (!code)
		return arena_full(e);
	for (size_t i = 0; i < c->value.n; i++) {
		char letter = c->value.p[i];
		letter = (char)(letter >= 'a' && letter <= 'z' ? letter - 'a' + 'A' : letter);
		if (c->value.n != 3 || letter < 'A' || letter > 'Z')
			return bad(c, "an ISO 3166 code of three letters such as CHN", e);
		code[i] = letter;
	}
	struct str *out = at(q, c->spec->at);
	*out = (struct str){code, 3};
	return 0;
}

static const char *const counted_words[] = {
#define X(name, word) [COUNTED_##name] = word,
	COUNTED(X)
#undef X
		[BREAKDOWN_MONTH] = "month",
};

/* One of the first n words, or -1 with *e. */
static int read_counted(struct str word, int n, const char *name, struct err *e)
{
	char known[160] = "";
	struct nearest near = nearest_start(word);
	for (int i = 0; i < n; i++) {
		size_t used = strlen(known);
		nearest_try(&near, str_of(counted_words[i]));
		snprintf(known + used, sizeof known - used, "%s%s",
			 i == 0	      ? ""
			 : i == n - 1 ? " or "
				      : ", ",
			 counted_words[i]);
		if (str_eq(word, str_of(counted_words[i])))
			return i;
	}
	if (near.best.n)
		return err_set(e, ERR_VALUE, name, "\"%s\" has \"%.*s\", did you mean \"%.*s\"?",
			       name, STR_ARG(str_clip(word)), STR_ARG(near.best));
	return err_set(e, ERR_VALUE, name, "\"%s\" has \"%.*s\", not %s%s", name,
		       STR_ARG(str_clip(word)), known,
		       n == COUNTED_COUNT ? "; over time: interval=month" : "");
}

/* "speaker,position": a bit each. */
static int set_counted(struct question *q, const struct condition *c, int n, struct err *e)
{
	unsigned *by = at(q, c->spec->at);
	struct str rest = c->value, word;
	while (str_split(&rest, ',', &word)) {
		int what = read_counted(str_trim(word), n, c->spec->name, e);
		if (what < 0)
			return -1;
		*by |= 1U << what;
	}
	return 0;
}

int set_by(struct question *q, const struct condition *c, struct err *e)
{
	return set_counted(q, c, COUNTED_COUNT, e);
}

int set_facets(struct question *q, const struct condition *c, struct err *e)
{
	return set_counted(q, c, BREAKDOWN_PARTS, e);
}

int set_interval(struct question *q, const struct condition *c, struct err *e)
{
	static const enum interval intervals[] = {INTERVAL_DAY, INTERVAL_WEEK, INTERVAL_MONTH,
						  INTERVAL_YEAR};
	int word = word_of(c, "day week month year", "day, week, month or year", e);
	if (word >= 0)
		*(enum interval *)at(q, c->spec->at) = intervals[word];
	return word < 0 ? -1 : 0;
}

static int read_whole(struct question *q, const struct condition *c, int least, struct err *e)
{
	int64_t n;
	if (!str_to_i64(c->value, &n) || n < least || n > c->spec->most)
		return err_set(e, ERR_VALUE, c->spec->name,
			       "\"%s\" is \"%.*s\", not a number from %d to %d", c->spec->name,
			       STR_ARG(str_clip(c->value)), least, c->spec->most);
	*(int *)at(q, c->spec->at) = (int)n;
	return 0;
}

int set_number(struct question *q, const struct condition *c, struct err *e)
{
	return read_whole(q, c, 1, e);
}

int set_number_or_none(struct question *q, const struct condition *c, struct err *e)
{
	return read_whole(q, c, 0, e);
}
