/* Sentences with gaps, filled by a small generator of numbers. */
#include "tests/bench/prose.h"

#include "base/date.h"

/* What a gap is filled with; the letter of a gap names the list: "{P}" a person with title at first
 * mention and so on. */
static const char *const people[] = {
	"Foreign Minister Arvo Lindqvist", "Trade Minister Mara Okonedo",
	"Prime Minister Tomas Reyl",	   "President Ilse Vandermeer",
	"Defense Minister Joon Hadley",	   "Secretary of State Ruth Camden",
	"Ambassador Pavel Duran",	   "Finance Minister Noor Baptiste",
};
static const char *const surnames[] = {"Mr. Lindqvist",	 "Ms. Okonedo", "Mr. Reyl",
				       "Ms. Vandermeer", "Mr. Hadley",	"Ms. Camden",
				       "Mr. Duran",	 "Ms. Baptiste"};
static const char *const countries[] = {"China",  "the United States",
					"Russia", "Ukraine",
					"France", "Germany",
					"Japan",  "India",
					"Brazil", "Iran",
					"Israel", "Egypt",
					"Turkey", "South Korea",
					"Mexico", "Canada"};
static const char *const officials[] = {
	"U.S. officials",     "Chinese officials", "a senior administration official",
	"the Kremlin",	      "Beijing",	   "a spokesperson for the foreign ministry",
	"European diplomats", "the White House"};
static const char *const issues[] = {"the new tariffs on steel",
				     "arms sales to the region",
				     "the ceasefire talks",
				     "fentanyl precursors",
				     "human rights",
				     "the climate agreement",
				     "export controls on chips",
				     "freedom of navigation",
				     "the nuclear program",
				     "core interests",
				     "the border dispute",
				     "humanitarian aid",
				     "the sanctions regime",
				     "development rights",
				     "grain exports",
				     "the maritime security pact",
				     "detained citizens",
				     "the price of natural gas"};
static const char *const verbs[] = {"said",	"told reporters", "added",    "warned",
				    "stressed", "argued",	  "insisted", "announced"};
static const char *const days[] = {"Monday", "Tuesday",	 "Wednesday", "Thursday",
				   "Friday", "Saturday", "Sunday"};
static const char *const adjectives[] = {"serious",   "practical",    "long-standing", "unexpected",
					 "difficult", "constructive", "legitimate"};
static const char *const nouns[] = {"concern",	  "progress",	  "pressure",	"resistance",
				    "confidence", "disagreement", "cooperation"};

enum { SAYING = 8 }; /* sentences of which somebody says something; the others are narrative */
static const char *const sentences[] = {
	"“We cannot accept that {I} is decided without us,” {P} {V} on {D}.",
	"{P} said that {C} would not change its position on {I}.",
	"“There is {A} {N} over {I}, and it will not go away by itself,” {S} {V}.",
	"According to {O}, {C} has agreed to discuss {I} before the end of the year.",
	"{C} has denied that it put any {N} on its neighbors over {I}.",
	"{S} called on {C} to show {A} {N} on {I}.",
	"{O} welcomed the decision and said {I} would be on the agenda again on {D}.",
	"“Our two countries have {A} differences on {I},” {P} {V}. “But we are talking, and that "
	"matters.”",
	"The delegations met for {K} hours in a hotel near the old harbor, with the doors closed "
	"to the press.",
	"It was the {K}th round of talks since the two sides broke off contact two winters ago.",
	"Trade between {C} and {C} fell by {K} percent last year, the steepest drop in a decade.",
	"Outside, a small crowd waited behind the barriers in light rain, some of them with "
	"banners.",
	"The motorcade left the airport shortly after noon and crossed the river by the northern "
	"bridge.",
	"A draft of the joint text ran to {K} pages, most of it on procedure.",
	"The question of {I} has weighed on relations for years and has outlived several "
	"governments.",
	"No date was set for the next meeting, though both capitals have kept the week of the "
	"{K}th free.",
	"Markets in {C} closed slightly lower, with the currency down against the dollar.",
	"The committee on {I} was founded {K} years ago and meets twice a year, usually in spring "
	"and autumn.",
	"Ships carrying {K} thousand tons of cargo were waiting at anchor when the talks began.",
	"A dinner planned for the evening was moved to {D} and then dropped from the program.",
};

struct dice {
	uint64_t x;
};

/* splitmix64 (Steele, Lea, Flood 2014). */
static uint64_t roll(struct dice *d, size_t sides)
{
	uint64_t z = (d->x += 0x9e3779b97f4a7c15u);
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return (z ^ (z >> 31)) % sides;
}

#define PICK(list) str_of((list)[roll(d, sizeof(list) / sizeof *(list))])

static struct str fill(struct dice *d, char gap)
{
	switch (gap) {
	case 'P':
		return PICK(people);
	case 'S':
		return PICK(surnames);
	case 'C':
		return PICK(countries);
	case 'O':
		return PICK(officials);
	case 'I':
		return PICK(issues);
	case 'V':
		return PICK(verbs);
	case 'D':
		return PICK(days);
	case 'A':
		return PICK(adjectives);
	default:
		return PICK(nouns);
	}
}

static void add_sentence(struct buf *out, struct dice *d)
{
	bool is_start = true;
	/* One in five says something: about eight an article of 4 kB. */
	size_t n = sizeof sentences / sizeof *sentences,
	       which = roll(d, 5) ? SAYING + roll(d, n - SAYING) : roll(d, SAYING);
	for (const char *p = sentences[which]; *p; p++) {
		size_t at = out->n;
		if (*p == '{' && p[1] == 'K')
			buf_printf(out, "%u", (unsigned)roll(d, 88) + 4);
		else if (*p == '{')
			buf_add(out, fill(d, p[1]));
		else
			buf_add_char(out, *p);
		if (*p == '{')
			p += 2;
		if (is_start && !out->failed && out->p[at] >= 'a' && out->p[at] <= 'z')
			out->p[at] = (char)(out->p[at] - 'a' + 'A');
		is_start = false;
	}
}

void prose_text(struct buf *out, uint64_t n, size_t bytes)
{
	struct dice d = {.x = n * 0x2545f4914f6cdd1du + 1};
	size_t until = out->n + bytes;
	/* The number stands in the text: no two articles are the same. */
	buf_printf(out, "Dispatch %llu. ", (unsigned long long)n);
	for (int i = 1; out->n < until && !out->failed; i++) {
		add_sentence(out, &d);
		buf_add_char(out, i % 4 == 0 ? '\n' : ' ');
	}
}

void prose_json(struct buf *out, uint64_t n, size_t bytes)
{
	struct dice d = {.x = n};
	day_t day = day_from_civil((struct civil){.year = 2025, .month = 2, .day = 1}) +
		    (day_t)roll(&d, 14); /* today's news */
	struct civil c = civil_from_day(day);
	buf_printf(out,
		   "{\"title\":\"Dispatch %llu\",\"outlet\":\"Outlet "
		   "%u\",\"published_at\":\"%04d-%02d-%02d\",\"text\":\"",
		   (unsigned long long)n, (unsigned)roll(&d, 20), c.year, c.month, c.day);
	struct buf text;
	buf_init(&text, bytes + 4096);
	prose_text(&text, n, bytes);
	for (size_t i = 0; i < text.n;
	     i++) { /* newlines are all that JSON wants escaped in these texts */
		if (text.p[i] == '\n')
			buf_add(out, STR("\\n"));
		else
			buf_add_char(out, text.p[i]);
	}
	buf_release(&text);
	buf_add(out, STR("\"}"));
}

size_t prose_words(struct str text)
{
	size_t n = 0;
	bool is_in = false;
	for (size_t i = 0; i < text.n; i++) {
		bool is_blank = text.p[i] == ' ' || text.p[i] == '\n' || text.p[i] == '\t';
		n += !is_blank && !is_in;
		is_in = !is_blank;
	}
	return n;
}
