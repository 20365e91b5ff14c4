/* A lattice of candidates and the best way through it, from the end of the phrase. */
#include "api/query/phrase_spans.h"

#include <string.h>

#include "api/query/phrase_person.h"
#include "base/fold.h"

/* What a span is worth, in tenths of a word that nothing explains. A name is worth more than its
 * words alone, a long one more than short ones beside each other; a date with its preposition more
 * than the same words as a name ("in May"), and a month alone less ("May's deal"). */
enum {
	WORTH_WORD = 10,
	WORTH_KEY = 15,
	WORTH_EXPRESSION = 25, /* a word: "how many", of which some text lets many speak */
	WORTH_NAME = 22,       /* a word */
	WORTH_NAME_WHOLE = 13, /* more than what two can be known by */
	WORTH_KNOWN_MAX = 6,
	WORTH_ANONYMOUS = 12,
	WORTH_DATE = 27,
	WORTH_BARE_MONTH = 20,
	WORTH_MENDED = 17,
	WORTH_STRANGER = 16, /* "Boris Jonson" is a slip first */
	WORTH_QUOTED = 60,
};

enum { MENDED_WORDS_MAX = 3 };

struct finder {
	const struct phrase_word *words;
	size_t n;
	struct lookup *names;
	struct phrase_days days;
	bool has_capitals;			   /* who asks writes names with capitals */
	struct phrase_span best[PHRASE_WORDS_MAX]; /* that begins at a word */
	int worth[PHRASE_WORDS_MAX + 1];	   /* of the best way from there to the end */
	enum { NOT_ASKED, IS_THERE, IS_NOT } in_record[PHRASE_WORDS_MAX]; /* each word */
	struct err *e;
};

static bool has_role(const struct finder *f, size_t at, unsigned roles)
{
	return at < f->n && word_has(&f->words[at], roles);
}

static struct str words_text(const struct finder *f, size_t from, size_t to)
{
	const struct phrase_word *first = &f->words[from], *last = &f->words[to - 1];
	if (to - from == 1)
		return first->text;
	return (struct str){first->text.p, (size_t)(last->text.p + last->text.n - first->text.p)};
}

bool span_is_anonymous(const struct phrase_span *s)
{
	if (!s->actors.n || s->outlet.n)
		return false;
	enum actor_kind kind = s->actors.v[0].actor.kind;
	return kind == ACTOR_ANONYMOUS || kind == ACTOR_DOCUMENT;
}

static void offer(struct finder *f, const struct phrase_span *s, int worth)
{
	int whole = worth + f->worth[s->to];
	if (whole <= f->worth[s->from])
		return;
	f->worth[s->from] = whole;
	f->best[s->from] = *s;
}

/* --- dates --- */

static size_t read_period(const struct finder *f, size_t at, struct period *p)
{
	enum { LONGEST = 5 }; /* words of a date */
	size_t n = 0;
	while (n < LONGEST && at + n < f->n && !f->words[at + n].is_quoted)
		n++;
	return period_read(&f->words[at], n, f->days, p);
}

/* between D and D, from D to D. */
static bool read_range(const struct finder *f, size_t at, struct phrase_span *s)
{
	struct period last;
	size_t used = has_role(f, at, ROLE_RANGE) ? read_period(f, at + 1, &s->period) : 0;
	size_t joint = at + 1 + used;
	if (!used || !has_role(f, joint, ROLE_JOINT | ROLE_DATE))
		return false;
	size_t more = read_period(f, joint + 1, &last);
	if (!more)
		return false;
	period_share_year(&s->period, &last);
	s->period.to = last.to;
	s->bounds = BOUNDS_WITHIN;
	s->to = joint + 1 + more;
	return true;
}

static void offer_dates(struct finder *f, size_t at)
{
	struct phrase_span s = {.kind = SPAN_DATE, .from = at, .bounds = BOUNDS_WITHIN};
	if (read_range(f, at, &s))
		offer(f, &s, WORTH_DATE * (int)(s.to - at));
	size_t used = has_role(f, at, ROLE_DATE) ? read_period(f, at + 1, &s.period) : 0;
	if (used && !f->words[at + used].is_possessive) {
		/* "quotes from July" are of July; what one says "from July" on lasts. */
		bool is_of =
			at > 0 && has_role(f, at, ROLE_RANGE) && has_role(f, at - 1, ROLE_NOUN);
		s.bounds = is_of ? BOUNDS_WITHIN : f->words[at].bounds;
		s.to = at + 1 + used;
		offer(f, &s, WORTH_DATE * (int)(s.to - at));
	}
	s.bounds = BOUNDS_WITHIN;
	used = read_period(f, at, &s.period);
	/* "march" may be a verb, and "May's" is a person's. */
	bool is_month = used == 1 && has_role(f, at, ROLE_MONTH | ROLE_SHORT_MONTH);
	char first = f->words[at].text.p[0];
	if (!used || f->words[at].is_possessive || period_is_bare_season(&f->words[at], used) ||
	    (is_month && first >= 'a' && first <= 'z'))
		return;
	s.to = at + used;
	offer(f, &s, is_month ? WORTH_BARE_MONTH : WORTH_DATE * (int)used);
}

/* --- names --- */

/* Words that stand before a name or ask for something are none, but where capitals say so: WHO, US,
 * IT. Letters alone tell: "who" is one of them, "WHO" is not. */
static bool is_closed(const struct phrase_word *w)
{
	if (w->is_quoted ||
	    (w->roles & ~(unsigned)(ROLE_POST | ROLE_OWN | ROLE_PAST | ROLE_RELATIVE | ROLE_MONTH |
				    ROLE_SHORT_MONTH)) == 0)
		return false;
	for (size_t i = 0; i < w->text.n; i++)
		if (w->text.p[i] >= 'a' && w->text.p[i] <= 'z')
			return true;
	return false;
}

static bool is_lower(const struct phrase_word *w)
{
	return w->text.p[0] >= 'a' && w->text.p[0] <= 'z';
}

/* "Trump may declare": where names have capitals, a small month or verb is none. */
static bool is_verb_of_month(const struct finder *f, size_t at)
{
	return f->has_capitals && is_lower(&f->words[at]) && has_role(f, at, ROLE_MONTH);
}

static bool is_letter_or_digit(char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
	       (unsigned char)c >= 0x80;
}

static bool has_letter(struct str word)
{
	for (size_t i = 0; i < word.n; i++)
		if (is_letter_or_digit(word.p[i]))
			return true;
	return false;
}

static bool can_be_name(const struct finder *f, size_t from, size_t to)
{
	if (to - from == 1 && is_verb_of_month(f, from))
		return false;
	if (!has_letter(f->words[from].text) || !has_letter(f->words[to - 1].text))
		return false;
	/* Behind somebody, "support Ukraine" is what they do, though an issue may have it for a
	 * term. */
	if (from > 0 && to - from > 1 && has_role(f, from, ROLE_CLAUSE) &&
	    is_lower(&f->words[from]) && f->words[from].clause.else_also.n)
		return false;
	bool is_head = from == 0 && has_role(f, to, ROLE_CLAUSE | ROLE_ANSWER); /* "us on Iran" */
	bool has_open = to - from == 1 && has_role(f, from, ROLE_PRONOUN) &&
			(is_head || has_role(f, to, ROLE_NOUN)) &&
			!(from > 0 && has_role(f, from - 1, ROLE_REQUEST));
	for (size_t i = from; i < to; i++) {
		const struct phrase_word *w = &f->words[i];
		if (i + 1 < to && (w->has_comma || (w->is_possessive && to - from < 3)))
			return false;
		if (w->is_quoted && to - from > 1)
			return false;
		has_open |= !is_closed(w);
	}
	return has_open && !has_role(f, to - 1, ROLE_EMPTY);
}

static int log_of(uint32_t count)
{
	int log = 0;
	for (; count; count >>= 1)
		log++;
	return log < WORTH_KNOWN_MAX ? log : WORTH_KNOWN_MAX;
}

/* Issues are known by the singular: "tax cuts". */
static int look_up_issues(struct finder *f, struct str name, struct issue_matches *out)
{
	if (lookup_issues(f->names, name, out, f->e))
		return -1;
	if (out->n || name.n < 2 || name.p[name.n - 1] != 's')
		return 0;
	return lookup_issues(f->names, str_sub(name, 0, name.n - 1), out, f->e);
}

/* "Sanctions", of which several statements are, and which one lets speak. */
static bool is_rather_issue(const struct phrase_span *s)
{
	enum { TIMES = 2 };
	return s->actors.n && s->issues.n && !actor_kind_is_named(s->actors.v[0].actor.kind) &&
	       s->issues.v[0].issue.statement_count > TIMES * s->actors.v[0].actor.statement_count;
}

static int look_up(struct finder *f, struct str name, struct phrase_span *s)
{
	struct issue_matches all;
	if (lookup_actors(f->names, name, &s->actors, f->e) || look_up_issues(f, name, &all) ||
	    lookup_outlet(f->names, name, &s->outlet, f->e))
		return -1;
	s->issues = (struct issue_matches){all.v, 0};
	/* The best known first; an open one is a noun phrase of some text, found as its words are.
	 */
	while (s->issues.n < all.n && !all.v[s->issues.n].issue.is_open)
		s->issues.n++;
	if (is_rather_issue(s))
		s->actors.n = 0;
	return 0;
}

static bool is_found(const struct phrase_span *s)
{
	return s->actors.n || s->issues.n || s->outlet.n;
}

static int worth_of(const struct phrase_span *s)
{
	int words = (int)(s->to - s->from);
	uint32_t count = s->actors.n ? s->actors.v[0].actor.statement_count : 0;
	if (s->issues.n && s->issues.v[0].issue.statement_count > count)
		count = s->issues.v[0].issue.statement_count;
	if (span_is_anonymous(s) && !s->issues.n)
		return WORTH_ANONYMOUS * words;
	return WORTH_NAME * words + (words > 1 ? WORTH_NAME_WHOLE : 0) + log_of(count);
}

/* Whom the record calls otherwise, and who is not in it though the surname is. */
static int offer_person(struct finder *f, size_t at, size_t n)
{
	struct phrase_span s = {.kind = SPAN_NAME, .from = at, .to = at + n};
	enum person_found found;
	if (n < 2 || n > PERSON_WORDS_MAX)
		return 0;
	if (person_find(&f->words[at], n, f->names, &found, &s.actors, f->e))
		return -1;
	if (found == PERSON_NONE)
		return 0;
	int worth = WORTH_STRANGER * (int)n + WORTH_NAME_WHOLE;
	if (found == PERSON_FOUND) {
		worth = worth_of(&s);
		s.mended = s.actors.v[0].actor.name;
		s.is_called_so = true;
	} else {
		s.kind = SPAN_WORD;
		s.is_stranger = true;
		s.other = s.actors.n ? s.actors.v[0].actor.name : STR_EMPTY;
		s.actors.n = 0;
	}
	offer(f, &s, worth);
	return 0;
}

/* "York" of "New York", "Thomas" of "Thomas the Tank Engine". */
static bool is_part_of_name(const struct finder *f, size_t at)
{
	const struct phrase_word *w = &f->words[at];
	bool is_behind = at > 0 && (at > 1 || !w[-1].roles) && !w[-1].has_comma &&
			 !w[-1].is_possessive && !is_lower(&w[-1]) && !w[-1].is_quoted;
	return !is_lower(w) &&
	       (is_behind || (at + 2 < f->n && word_is(&w[1], "the") && !is_lower(&w[2])));
}

/* "Tedros", "Greta": by the given name alone, where it is written as a name and one person is
 * meant. */
static int offer_given(struct finder *f, size_t at)
{
	enum { LETTERS_LEAST = 4 };
	struct phrase_span s = {.kind = SPAN_NAME, .from = at, .to = at + 1, .is_called_so = true};
	const struct phrase_word *w = &f->words[at];
	if (w->text.n < LETTERS_LEAST || w->roles || is_part_of_name(f, at) ||
	    (is_lower(w) && (f->has_capitals || !person_is_given(w->text))))
		return 0;
	if (lookup_given(f->names, w->text, &s.actors, f->e))
		return -1;
	if (!s.actors.n)
		return 0;
	s.mended = s.actors.v[0].actor.name;
	offer(f, &s, WORTH_MENDED);
	return 0;
}

/* "Trumps tweets": somebody's, written without the apostrophe. */
static int offer_owner(struct finder *f, size_t at, size_t n)
{
	struct phrase_span s = {.kind = SPAN_NAME, .from = at, .to = at + n};
	struct str name = words_text(f, at, at + n);
	if (!has_role(f, at + n, ROLE_NOUN | ROLE_ANSWER | ROLE_OWN | ROLE_RELATIVE) ||
	    name.n < 4 || name.p[name.n - 1] != 's')
		return 0;
	s.mended = str_sub(name, 0, name.n - 1);
	if (lookup_actors(f->names, s.mended, &s.actors, f->e))
		return -1;
	if (s.actors.n && s.actors.v[0].actor.kind == ACTOR_PERSON)
		offer(f, &s, worth_of(&s));
	return 0;
}

/* Letters and digits of it, in capitals: a name that the table writes so is taken in capitals only
 * where its word is one of the language. */
static int offer_names(struct finder *f, size_t at)
{
	size_t most = f->n - at < PHRASE_NAME_WORDS_MAX ? f->n - at : PHRASE_NAME_WORDS_MAX;
	for (size_t n = 1; n <= most; n++) {
		struct phrase_span s = {.kind = SPAN_NAME, .from = at, .to = at + n};
		if (!can_be_name(f, at, at + n))
			continue;
		if (look_up(f, words_text(f, at, at + n), &s))
			return -1;
		if (is_found(&s))
			offer(f, &s, worth_of(&s));
		else if ((n == 1 && offer_given(f, at)) || offer_owner(f, at, n) ||
			 offer_person(f, at, n))
			return -1;
	}
	return 0;
}

/* Is there a word in it that the record does not have? */
static int has_unknown(struct finder *f, size_t from, size_t to, bool *out)
{
	*out = false;
	for (size_t i = from; i < to && !*out; i++) {
		bool has;
		if (f->words[i].roles || f->words[i].is_quoted)
			continue;
		if (f->in_record[i] == NOT_ASKED) {
			if (lookup_word(f->names, f->words[i].text, &has, f->e))
				return -1;
			f->in_record[i] = has ? IS_THERE : IS_NOT;
		}
		*out = f->in_record[i] == IS_NOT;
	}
	return 0;
}

/* "Sarkozi", "Zelenskyy": endings that are written either way, which the stems of words that the
 * record has do not tell apart. */
static struct str without_ending(struct str name)
{
	while (name.n && strchr("ijy", name.p[name.n - 1]))
		name.n--;
	return name;
}

/* What is spelled like the words and may be meant: "" for none. */
static int find_near(struct finder *f, size_t from, size_t to, struct str *out)
{
	struct str name = words_text(f, from, to);
	bool unknown, has_ending = without_ending(name).n < name.n;
	*out = STR_EMPTY;
	if (has_unknown(f, from, to, &unknown))
		return -1;
	if (!unknown && !has_ending)
		return 0;
	if (lookup_near(f->names, name, out, f->e))
		return -1;
	if (unknown || !out->n)
		return 0;
	struct str folded = str_fold(f->names->arena, name);
	if (!folded.p)
		return arena_full(f->e);
	if (!str_eq(without_ending(*out), without_ending(folded)))
		*out = STR_EMPTY;
	return 0;
}

/* A part of a whole name is not mended alone: no "Ilhan Oman". */
static bool is_behind_given(const struct finder *f, size_t at)
{
	return at > 0 && !f->words[at - 1].roles && !f->words[at - 1].has_comma &&
	       !f->words[at - 1].is_possessive && !is_lower(&f->words[at]) &&
	       person_is_given(f->words[at - 1].text);
}

/* One letter more is another body: no "CPC" of "CPSC". */
static bool is_acronym(struct str word)
{
	enum { LETTERS_MOST = 6 };
	for (size_t i = 0; i < word.n; i++)
		if (word.p[i] < 'A' || word.p[i] > 'Z')
			return false;
	return word.n <= LETTERS_MOST;
}

/* "CPSC" of the Consumer Product Safety Commission. */
static int offer_initials(struct finder *f, size_t at)
{
	struct phrase_span s = {.kind = SPAN_NAME, .from = at, .to = at + 1, .is_called_so = true};
	if (f->words[at].roles || lookup_initials(f->names, f->words[at].text, &s.mended, f->e))
		return f->words[at].roles ? 0 : -1;
	if (s.mended.n && look_up(f, s.mended, &s))
		return -1;
	if (s.actors.n && s.actors.v[0].actor.kind != ACTOR_PERSON)
		offer(f, &s, WORTH_MENDED);
	return 0;
}

static int offer_mended(struct finder *f, size_t at)
{
	if (is_acronym(f->words[at].text))
		return offer_initials(f, at);
	for (size_t n = 1; n <= MENDED_WORDS_MAX && at + n <= f->n; n++) {
		struct phrase_span s = {.kind = SPAN_NAME, .from = at, .to = at + n};
		if (!can_be_name(f, at, at + n) || has_role(f, at, ROLE_EMPTY) ||
		    is_behind_given(f, at))
			continue;
		if (find_near(f, at, at + n, &s.mended) || (s.mended.n && look_up(f, s.mended, &s)))
			return -1;
		if (s.mended.n && is_found(&s))
			offer(f, &s, WORTH_MENDED * (int)n + (n > 1 ? WORTH_NAME_WHOLE : 0));
	}
	return 0;
}

static int offer_all(struct finder *f, size_t at)
{
	const struct phrase_word *w = &f->words[at];
	struct phrase_span s = {.kind = SPAN_WORD, .from = at, .to = at + 1};
	if (w->is_quoted) {
		s.kind = SPAN_QUOTED;
		if (look_up(f, w->text, &s))
			return -1;
		offer(f, &s, WORTH_QUOTED);
		return 0;
	}
	offer(f, &s, WORTH_WORD);
	if (!has_letter(w->text)) { /* "--" says nothing */
		s.kind = SPAN_KEY;
		offer(f, &s, WORTH_KEY);
	}
	if (w->roles & ~(unsigned)(ROLE_MONTH | ROLE_SHORT_MONTH | ROLE_WEEKDAY | ROLE_DAY |
				   ROLE_UNIT | ROLE_UNITS)) {
		s.kind = SPAN_KEY;
		s.to = at + w->length;
		offer(f, &s, w->length > 1 ? WORTH_EXPRESSION * (int)w->length : WORTH_KEY);
	}
	offer_dates(f, at);
	return offer_names(f, at) || offer_mended(f, at) ? -1 : 0;
}

int phrase_spans_find(const struct phrase_word *words, size_t n, struct lookup *names,
		      struct phrase_days days, struct phrase_spans *out, struct err *e)
{
	struct finder f = {.words = words, .n = n, .names = names, .days = days, .e = e};
	for (size_t i = 1; i < n; i++)
		f.has_capitals |= words[i].text.p[0] >= 'A' && words[i].text.p[0] <= 'Z';
	for (size_t at = n; at-- > 0;) {
		f.worth[at] = -1;
		if (offer_all(&f, at))
			return -1;
	}
	out->n = 0;
	for (size_t at = 0; at < n; at = out->v[out->n++].to)
		out->v[out->n] = f.best[at];
	return 0;
}
