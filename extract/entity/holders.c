/* The table of office holders where it lies. */
#include "extract/entity/holders.h"

#include "base/embed.h"
#include "base/utf8.h"
#include "extract/syntax/model_file.h"
#include "extract/tables/key.h"

EMBED(embedded_holders, "data/holders.bin");

enum { DAY_1900 = -25567 }; /* 1900-01-01 */

/* --- the file --------------------------------------------------------------------------------- */

/* The next n rows of a size; NULL where the file ends before. */
static const void *take(struct str *rest, size_t n, size_t size)
{
	size_t bytes = (n * size + 3) / 4 * 4;
	if (bytes > rest->n)
		return NULL;
	const void *p = rest->p;
	*rest = str_sub(*rest, bytes, rest->n);
	return p;
}

static bool take_lookups(struct holders *h, struct str *rest)
{
	static const unsigned bits[] = {
#define X(name, bits) bits,
		HOLDERS_LOOKUPS(X)
#undef X
	};
	for (unsigned i = 0; i < LOOKUP_COUNT; i++) {
		struct lookup *l = &h->lookups[i];
		l->bits = bits[i];
		l->starts = take(rest, ((size_t)1 << bits[i]) + 1, sizeof *l->starts);
		l->entries = take(rest, h->head->n_entries[i], sizeof *l->entries);
		if (!l->starts || !l->entries)
			return false;
	}
	return true;
}

int holders_view(struct holders *h, struct str file, struct err *e)
{
	struct model_head head;
	struct str rest = str_sub(file, sizeof head, file.n);
	*h = (struct holders){0};
	h->head = file.n > sizeof head ? take(&rest, 1, sizeof *h->head) : NULL;
	if (!h->head)
		return err_set(e, ERR_INPUT, "model", "the file of holders is cut short");
	h->persons = take(&rest, h->head->n_persons + 1u, sizeof *h->persons);
	h->offices = take(&rest, h->head->n_offices, sizeof *h->offices);
	h->titles = take(&rest, h->head->n_titles + 1u, sizeof *h->titles);
	h->bodies = take(&rest, h->head->n_bodies + 1u, sizeof *h->bodies);
	h->units = take(&rest, h->head->n_units + 1u, sizeof *h->units);
	h->held = take(&rest, h->head->n_held, sizeof *h->held);
	h->countries = take(&rest, h->head->n_countries, sizeof *h->countries);
	if (!h->persons || !h->offices || !h->titles || !h->bodies || !h->units || !h->held ||
	    !h->countries || !take_lookups(h, &rest) || rest.n != h->head->text_bytes)
		return err_set(e, ERR_INPUT, "model",
			       "the parts of the file of holders do not fit");
	h->text = rest.p;
	return 0;
}

int holders_open(struct holders *h, struct err *e)
{
	return holders_view(h, EMBEDDED(embedded_holders), e);
}

/* --- looking up ------------------------------------------------------------------------------- */

uint32_t holders_next(const struct holders *h, enum holders_lookup which, uint64_t key,
		      uint32_t *at)
{
	const struct lookup *l = &h->lookups[which];
	uint32_t bucket = (uint32_t)(key >> (64 - l->bits));
	uint32_t n = l->starts[bucket + 1] - l->starts[bucket];
	const uint32_t *v = &l->entries[l->starts[bucket]];
	while (*at < n) {
		uint32_t value = v[(*at)++] ^ lookup_check(key);
		if (value >> LOOKUP_VALUE_BITS == 0)
			return value;
	}
	return UINT32_MAX;
}

static struct str text_of(const struct holders *h, uint32_t start, uint32_t end)
{
	return (struct str){h->text + start, end - start - 1};
}

struct str holder_names(const struct holders *h, uint32_t person)
{
	return text_of(h, h->persons[person].names, h->persons[person + 1].names);
}

struct str holder_name(const struct holders *h, uint32_t person)
{
	struct str rest = holder_names(h, person), name = rest;
	(void)str_split(&rest, ';', &name);
	return name;
}

struct str title_names(const struct holders *h, uint32_t title)
{
	return text_of(h, h->titles[title].names, h->titles[title + 1].names);
}

struct str body_names(const struct holders *h, uint32_t body)
{
	return text_of(h, h->bodies[body].names, h->bodies[body + 1].names);
}

struct str holders_country(const struct holders *h, unsigned country)
{
	return str_of(h->countries[country].code);
}

struct str holders_unit(const struct holders *h, unsigned unit)
{
	return text_of(h, h->units[unit], h->units[unit + 1]);
}

day_t office_day(uint16_t day)
{
	return day ? DAY_1900 + day : DAY_NONE;
}

bool office_is_held(const struct office_row *o, day_t day)
{
	return day != DAY_NONE && o->from != 0 && o->to != 0 && office_day(o->from) <= day &&
	       day <= office_day(o->to);
}

bool office_is_held_still(const struct office_row *o, day_t day)
{
	day_t from = office_day(o->from);
	return office_is_held(o, day) || (o->is_open && from != DAY_NONE && from <= day);
}

bool title_is(const struct holders *h, uint32_t title, uint64_t key)
{
	struct str rest = title_names(h, title), name;
	while (str_split(&rest, ';', &name))
		if (holder_title_key(name) == key)
			return true;
	return false;
}

bool titles_are_one(const struct holders *h, uint64_t a, uint64_t b)
{
	uint32_t at = 0, title;
	if (a == b)
		return true;
	while ((title = holders_next(h, LOOKUP_TITLES, a, &at)) != UINT32_MAX)
		if (title_is(h, title, a) && title_is(h, title, b))
			return true;
	return false;
}

uint32_t title_kinds(const struct holders *h, uint64_t key)
{
	uint32_t at = 0, title, kinds = 0;
	while ((title = holders_next(h, LOOKUP_TITLES, key, &at)) != UINT32_MAX)
		if (title_is(h, title, key))
			kinds |= 1u << h->titles[title].kind;
	return kinds;
}

bool title_is_head(const struct holders *h, uint64_t key)
{
	return title_kinds(h, key) & (1u << OFFICE_HEAD_OF_STATE | 1u << OFFICE_HEAD_OF_GOVERNMENT);
}

/* For how long after its first day an office is surely held by the same person, in days: the ends
 * of terms are those of the next holder known, who may have had others before. */
static day_t sure_days(unsigned kind)
{
	enum { YEAR = 365 };
	return kind == OFFICE_AMBASSADOR					   ? 3 * YEAR
	       : kind == OFFICE_HEAD_OF_STATE || kind == OFFICE_HEAD_OF_GOVERNMENT ? 60 * YEAR
										   : 6 * YEAR;
}

/* Where the offices of a title begin in the order of `held`. */
static uint32_t held_from(const struct holders *h, uint32_t title)
{
	uint32_t low = 0, high = h->head->n_held;
	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		if (h->offices[h->held[mid]].title < title)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static uint32_t person_of(const struct holders *h, uint32_t office)
{
	uint32_t low = 0, high = h->head->n_persons;
	while (high - low > 1) {
		uint32_t mid = low + (high - low) / 2;
		if (h->persons[mid].offices <= office)
			low = mid;
		else
			high = mid;
	}
	return low;
}

uint32_t holders_in_office(const struct holders *h, uint64_t key, struct str country,
			   struct str unit, day_t day)
{
	uint32_t at = 0, title, found = UINT32_MAX;
	while ((title = holders_next(h, LOOKUP_TITLES, key, &at)) != UINT32_MAX) {
		if (!title_is(h, title, key))
			continue;
		for (uint32_t i = held_from(h, title); i < h->head->n_held; i++) {
			const struct office_row *o = &h->offices[h->held[i]];
			if (o->title != title)
				break;
			if (!office_is_held(o, day) ||
			    day - office_day(o->from) > sure_days(office_kind(h, o)) ||
			    !str_eq(holders_unit(h, o->unit), unit) ||
			    !str_eq(holders_country(h, o->country), country))
				continue;
			uint32_t person = person_of(h, h->held[i]);
			if (found != UINT32_MAX && found != person)
				return UINT32_MAX;
			found = person;
		}
	}
	return found;
}

/* --- keys ------------------------------------------------------------------------------------- */

uint64_t holder_share(uint64_t word)
{
	uint64_t h = word * 0x9e3779b97f4a7c15u;
	h ^= h >> 32;
	h *= 0xd6e8feb86659fd93u;
	return h ^ h >> 29;
}

/* What parts the words of names: blanks, hyphens, dashes, commas. */
static bool is_separator(uint32_t c)
{
	return c <= ' ' || c == '-' || c == ',' || c == '/' || c == 0xA0 ||
	       (c >= 0x2010 && c <= 0x2015);
}

/* The mark that closes what this one opens in a name: "William (Bill) Marsh"; 0 for others. */
static uint32_t closing_mark(uint32_t c, bool is_inside_word)
{
	switch (c) {
	case '(':
		return ')';
	case '"':
		return '"';
	case 0x201C: /* “ */
		return 0x201D;
	case 0x2018: /* ‘ */
		return 0x2019;
	case '\'':
		return is_inside_word ? 0 : '\'';
	default:
		return 0;
	}
}

/* The next word of a name from *at on; "" at the end. */
static struct str next_word(struct str s, size_t *at)
{
	size_t start = *at, next = *at;
	uint32_t close = 0;
	for (size_t i = *at; i < s.n; i = next) {
		uint32_t c = utf8_decode(s, i, &next);
		if (close) {
			close = c == close ? 0 : close;
			start = next;
			continue;
		}
		close = closing_mark(c, i > start);
		if (!is_separator(c) && !close)
			continue;
		if (i > start) {
			*at = close ? i : next;
			return str_sub(s, start, i);
		}
		start = next;
	}
	*at = s.n;
	return close ? STR_EMPTY : str_sub(s, start, s.n);
}

/* An initial ("J.", "Ł."), or a word that names go without: "Jr.", "al". */
static bool is_forgotten(struct str word)
{
	size_t next = 0;
	(void)utf8_decode(word, 0, &next);
	return next >= word.n || (next + 1 == word.n && word.p[next] == '.') ||
	       str_is_one_of_nocase(word, "al el jr jr. sr sr. ii iii");
}

/* Letters that stand for one sound in ways to write names of other scripts: "Mahmoud" and "Mahmud",
 * "Djibril" and "Jibril", "Mustapha" and "Mustafa". */
static const struct {
	const char *from;
	char to;
} sounds[] = {{"ou", 'u'}, {"dj", 'j'}, {"ph", 'f'}};

/* The letter that two letters stand for, or 0. */
static char sound_of(const char *p)
{
	for (size_t i = 0; i < sizeof sounds / sizeof sounds[0]; i++)
		if (p[0] == sounds[i].from[0] && p[1] == sounds[i].from[1])
			return sounds[i].to;
	return 0;
}

/* The key of a word of a name, which may be written in Latin letters in several ways: "Zelenskyy",
 * "Zelensky", "Zelenskiy"; "Lipavský", "Lipavsky"; "Mohammed", "Mohamed", "Muhammad". */
static uint64_t name_word_key(struct str word)
{
	enum { SHORT = 4, LONGEST = 48 };
	char folded[LONGEST], buf[LONGEST];
	size_t n = 0;
	if (word.n < SHORT || word.n > LONGEST)
		return word_key(word);
	word = (struct str){folded, word_fold(word, folded, sizeof folded)};
	for (size_t i = 0; i < word.n; i++) {
		char sound = i + 1 < word.n ? sound_of(word.p + i) : 0;
		char c = sound ? sound : word.p[i] == 'y' ? 'i' : word.p[i];
		i += sound != 0;
		bool is_again = n > 0 && c == buf[n - 1] && (c == 'i' || word.n > SHORT) &&
				c >= 'a' && c <= 'z';
		if (!is_again)
			buf[n++] = c;
	}
	word = (struct str){buf, n};
	return word_key(str_is_one_of(word, "mohamad muhamed muhamad mohamud") ? STR("mohamed")
			: str_eq(word, STR("ahmad"))			       ? STR("ahmed")
									       : word);
}

uint64_t holder_name_key(struct str name, unsigned *n)
{
	uint64_t key = 0;
	size_t at = 0;
	unsigned words = 0;
	for (struct str word; (word = next_word(name, &at)).n;)
		if (!is_forgotten(word)) {
			key += holder_share(name_word_key(word));
			words++;
		}
	if (n)
		*n = words;
	return key;
}

uint64_t holder_ends_key(struct str name)
{
	uint64_t first = 0, last = 0;
	size_t at = 0;
	unsigned n = 0;
	for (struct str word; (word = next_word(name, &at)).n;) {
		if (is_forgotten(word))
			continue;
		last = holder_share(name_word_key(word));
		if (n++ == 0)
			first = last;
	}
	return n > 2 ? first + last : 0;
}

static bool has_word(struct str name, uint64_t key)
{
	size_t at = 0;
	for (struct str word; (word = next_word(name, &at)).n;)
		if (name_word_key(word) == key)
			return true;
	return false;
}

bool holder_name_within(struct str a, struct str b)
{
	size_t at = 0;
	for (struct str word; (word = next_word(a, &at)).n;)
		if (!is_forgotten(word) && !has_word(b, name_word_key(word)))
			return false;
	return true;
}

bool holder_same_order(struct str a, struct str b)
{
	size_t at_a = 0, at_b = 0;
	for (;;) {
		struct str x, y;
		do
			x = next_word(a, &at_a);
		while (x.n && is_forgotten(x));
		do
			y = next_word(b, &at_b);
		while (y.n && is_forgotten(y));
		if (x.n == 0 || y.n == 0)
			return x.n == y.n;
		if (name_word_key(x) != name_word_key(y))
			return false;
	}
}

struct str holder_peerage(struct str name)
{
	struct str rank, word;
	return str_split(&name, ' ', &rank) &&
			       str_is_one_of(rank, "Lord Baroness Viscount Viscountess Earl "
						   "Countess Marquess Duke") &&
			       str_split(&name, ' ', &word)
		       ? word
		       : STR_EMPTY;
}

bool holder_has_surname(const struct holders *h, uint32_t person, uint64_t surname)
{
	struct str rest = holder_names(h, person), name = rest, other;
	(void)str_split(&rest, ';', &name);
	size_t at = 0;
	bool is_first = !(h->persons[person].flags & HOLDER_FAMILY_FIRST);
	for (struct str word; (word = next_word(name, &at)).n; is_first = false)
		if (!is_first && word_key(word) == surname)
			return true;
	while (str_split(&rest, ';', &other))
		if (holder_peerage(other).n && word_key(holder_peerage(other)) == surname)
			return true;
	return false;
}

bool holder_is_small_word(struct str word)
{
	return str_is_one_of_nocase(word, "of for the and & de");
}

uint64_t holder_title_key(struct str title)
{
	uint64_t key = 0;
	size_t at = 0;
	for (struct str word; (word = next_word(title, &at)).n;)
		if (!holder_is_small_word(word))
			key += holder_share(word_key(word));
	return key;
}
