#include "extract/time/feasts.h"

#include <stdlib.h>

#include "extract/tables/key.h"
#include "extract/tables/map.h"
#include "extract/tables/tables.h"

enum { FEASTS_BYTES = 1 << 17, FEASTS_MAX = 200, WORDS_MAX = 5, ANY_DAY = -1 };

struct feast {
	uint64_t words[WORDS_MAX]; /* keys */
	uint32_t n_words;
	uint32_t next;	       /* another feast whose name starts alike, or MAP_NONE */
	int month, day;	       /* month 0: days from Easter Sunday */
	int weekday;	       /* the first on or after that day, or ANY_DAY */
	int period, remainder; /* of its years */
};

struct feasts {
	struct arena a;
	struct map first; /* by the first word's key */
	struct feast v[FEASTS_MAX];
	uint32_t n;
};

static bool read_numbers(const struct table *t, struct feast *feast)
{
	int64_t v[4] = {0};
	struct str weekday = t->cell[3];
	bool is_any = str_eq(weekday, STR("-"));
	int64_t day_of_week = ANY_DAY;
	for (size_t i = 0; i < 4; i++)
		if (!str_to_i64(t->cell[i < 2 ? i + 1 : i + 2], &v[i]))
			return false;
	if (!is_any && (!str_to_i64(weekday, &day_of_week) || day_of_week < 0 || day_of_week > 6))
		return false;
	feast->month = (int)v[0];
	feast->day = (int)v[1];
	feast->weekday = (int)day_of_week;
	feast->period = (int)v[2];
	feast->remainder = (int)v[3];
	bool is_date =
		v[0] >= 1 && v[0] <= 12 && v[1] >= 1 && v[1] <= days_in_month(2001, (int)v[0]);
	return (v[0] == 0 || is_date) && v[2] >= 1;
}

static int read_row(struct feasts *f, const struct table *t, struct err *e)
{
	struct str words = t->cell[0], word;
	if (f->n == FEASTS_MAX)
		return table_fail(t, "too many days", e);
	struct feast *feast = &f->v[f->n];
	while (str_split(&words, ' ', &word)) {
		if (feast->n_words == WORDS_MAX)
			return table_fail(t, "a name has too many words", e);
		feast->words[feast->n_words++] = word_key(word);
	}
	if (feast->n_words == 0 || !read_numbers(t, feast))
		return table_fail(t, "a name, month, day, weekday and years are missing", e);
	uint32_t *at = map_at(&f->first, feast->words[0], &f->a);
	if (!at)
		return arena_full(e);
	feast->next = *at;
	*at = f->n++;
	return 0;
}

struct feasts *feasts_open(struct err *e)
{
	struct feasts *f = calloc(1, sizeof *f);
	if (!f) {
		arena_full(e);
		return NULL;
	}
	arena_init(&f->a, FEASTS_BYTES);
	struct table t = tables_open(TABLE_FEASTS);
	while (table_next(&t))
		if (read_row(f, &t, e) < 0) {
			feasts_close(f);
			return NULL;
		}
	return f;
}

void feasts_close(struct feasts *f)
{
	if (!f)
		return;
	arena_release(&f->a);
	free(f);
}

/* The last token of a name that starts at one, or TOKEN_NONE. */
static uint32_t match_name(const struct feast *feast, const struct text *t, uint32_t token)
{
	uint32_t n = 0, i = token;
	for (; n < feast->n_words && i < t->n_tokens; i++) {
		const struct token *k = &t->tokens[i];
		bool is_possessive = n > 0 && k->tag == TAG_POS;
		bool is_word = k->key == feast->words[n] &&
			       ((k->flags & TOK_CAPITAL) || text_is_in(t, i, SET_SMALL_WORD));
		if (i > token && (k->flags & TOK_PARAGRAPH_START))
			return TOKEN_NONE;
		if (is_word)
			n++;
		else if (!is_possessive)
			return TOKEN_NONE;
	}
	return n == feast->n_words ? i - 1 : TOKEN_NONE;
}

const struct feast *feasts_match(const struct feasts *f, const struct text *t, uint32_t token,
				 uint32_t *last)
{
	const struct feast *found = NULL;
	for (uint32_t i = map_get(&f->first, t->tokens[token].key); i != MAP_NONE;
	     i = f->v[i].next) {
		uint32_t end = match_name(&f->v[i], t, token);
		if (end == TOKEN_NONE || (found && f->v[i].n_words < found->n_words))
			continue;
		found = &f->v[i];
		*last = end;
	}
	return found;
}

/* Of the Gregorian calendar, by the rule as Meeus, Jones and Butcher wrote it. */
static day_t easter(int year)
{
	int a = year % 19, b = year / 100, c = year % 100;
	int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
	int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
	int m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;
	return day_from_civil((struct civil){year, n / 31, n % 31 + 1});
}

day_t feast_day(const struct feast *feast, int year)
{
	enum { WEEK = 7 };
	if (year < 1 || year > 9998 || year % feast->period != feast->remainder)
		return DAY_NONE;
	if (feast->month == 0)
		return easter(year) + feast->day;
	day_t day = day_from_civil((struct civil){year, feast->month, feast->day});
	int away = feast->weekday == ANY_DAY ? 0 : feast->weekday - day_weekday(day);
	return day + (away + WEEK) % WEEK;
}
