/* Reading a phrase: words, a head, then clauses, each begun by a key word. */
#include "api/query/phrase.h"

#include <string.h>

#include "api/query/phrase_date.h"
#include "base/fold.h"
#include "base/nearest.h"

struct phrase_reader {
	struct str text;
	struct phrase_word words[PHRASE_WORDS_MAX];
	size_t n, at;
	size_t stop; /* no run of name words goes beyond, 0 for none */
	struct lookup *names;
	day_t today;
	struct arena *a;
	struct phrase *out;
	struct err *e;
	bool has_head, is_not;
	const struct phrase_term *text_issue; /* an unknown issue's words: a text to be found */
};

/* --- words --- */

static bool is_word(const struct phrase_reader *r, size_t at, const char *word)
{
	return at < r->n && word_is(&r->words[at], word);
}

/* Any of these roles. */
static bool has_role(const struct phrase_reader *r, size_t at, unsigned roles)
{
	return at < r->n && word_has(&r->words[at], roles);
}

/* The words from `from` to before `to` as they stand in the phrase. */
static struct str words_text(const struct phrase_reader *r, size_t from, size_t to)
{
	if (from >= to)
		return STR_EMPTY;
	const struct phrase_word *first = &r->words[from], *last = &r->words[to - 1];
	if (to - from == 1)
		return first->text;
	const char *end = last->text.p + last->text.n;
	return (struct str){first->text.p, (size_t)(end - first->text.p)};
}

static struct str said_text(const struct phrase_reader *r, size_t from, size_t to)
{
	return from < to ? str_sub(r->text, r->words[from].from, r->words[to - 1].to) : STR_EMPTY;
}

/* --- what was read --- */

static void unparsed(struct phrase_reader *r, size_t from, size_t to)
{
	for (size_t i = from; i < to && r->out->n_unparsed < PHRASE_WORDS_MAX; i++)
		r->out->unparsed[r->out->n_unparsed++] = r->words[i].text;
}

static bool can_come_again(struct str name)
{
	return str_eq(name, STR("speaker")) || str_eq(name, STR("issue")) ||
	       str_eq(name, STR("target")) || str_eq(name, STR("addressee")) ||
	       str_eq(name, STR("text")) || str_eq(name, STR("role"));
}

static bool is_said(const struct phrase_reader *r, struct str name)
{
	for (size_t i = 0; i < r->out->n; i++)
		if (str_eq(r->out->terms[i].name, name))
			return true;
	return false;
}

/* Adds a parameter; one that is said already and cannot be said twice leaves its words unparsed. */
static int add_given(struct phrase_reader *r, struct str name, struct condition given, size_t from,
		     size_t to)
{
	if (r->out->n == PHRASE_TERMS_MAX || (!can_come_again(name) && is_said(r, name))) {
		unparsed(r, from, to);
		return 0;
	}
	given.words = said_text(r, from, to);
	r->out->terms[r->out->n++] = (struct phrase_term){name, given};
	return 0;
}

static int add(struct phrase_reader *r, struct str name, struct str value, bool is_not, size_t from,
	       size_t to)
{
	if (is_not)
		value = arena_printf(r->a, "!%.*s", STR_ARG(value));
	if (!value.p)
		return arena_full(r->e);
	return add_given(r, name, (struct condition){.value = value}, from, to);
}

static void note(struct phrase_reader *r, const char *text)
{
	for (size_t i = 0; i < r->out->n_notes; i++)
		if (r->out->notes[i] == text)
			return;
	if (r->out->n_notes < sizeof r->out->notes / sizeof r->out->notes[0])
		r->out->notes[r->out->n_notes++] = text;
}

/* --- dates --- */

static size_t read_period(const struct phrase_reader *r, size_t at, struct period *p)
{
	enum { LONGEST = 5 }; /* words of a date */
	size_t n = 0;
	while (n < LONGEST && at + n < r->n && !r->words[at + n].is_quoted)
		n++;
	return period_read(&r->words[at], n, r->today, p);
}

static int add_day(struct phrase_reader *r, struct str name, day_t day, size_t from, size_t to)
{
	struct condition given = {.value = day_format(r->a, day), .day = day, .has_day = true};
	return given.value.p ? add_given(r, name, given, from, to) : arena_full(r->e);
}

static int add_period(struct phrase_reader *r, enum phrase_bounds bounds, struct period p,
		      size_t from, size_t to)
{
	int rc = 0;
	if (bounds == BOUNDS_FROM_FIRST || bounds == BOUNDS_WITHIN)
		rc = add_day(r, STR("published_after"), p.from, from, to);
	if (bounds == BOUNDS_FROM_NEXT)
		rc = add_day(r, STR("published_after"), p.to + 1, from, to);
	if (rc == 0 && (bounds == BOUNDS_TO_LAST || bounds == BOUNDS_WITHIN))
		rc = add_day(r, STR("published_before"), p.to, from, to);
	if (bounds == BOUNDS_TO_PREVIOUS)
		rc = add_day(r, STR("published_before"), p.from - 1, from, to);
	return rc;
}

/* 1 when a date clause stood here, 0 when not, -1 on failure. */
static int date_clause(struct phrase_reader *r)
{
	struct period p, last;
	size_t at = r->at, used;
	if (is_word(r, at, "between") && (used = read_period(r, at + 1, &p)) != 0 &&
	    is_word(r, at + 1 + used, "and")) {
		size_t second = at + 2 + used;
		if ((used = read_period(r, second, &last)) != 0) {
			r->at = second + used;
			p.to = last.to;
			return add_period(r, BOUNDS_WITHIN, p, at, r->at) ? -1 : 1;
		}
	}
	if (has_role(r, at, ROLE_DATE) && (used = read_period(r, at + 1, &p)) != 0) {
		r->at = at + 1 + used;
		return add_period(r, r->words[at].bounds, p, at, r->at) ? -1 : 1;
	}
	/* A date without a preposition: yesterday, last week, 2024-04-26. */
	used = read_period(r, at, &p);
	if (used == 0)
		return 0;
	r->at = at + used;
	return add_period(r, BOUNDS_WITHIN, p, at, r->at) ? -1 : 1;
}

/* --- names --- */

static bool starts_date(const struct phrase_reader *r, size_t at)
{
	struct period p;
	return (has_role(r, at, ROLE_DATE) || is_word(r, at, "between")) &&
	       read_period(r, at + 1, &p) != 0;
}

/* Where a run of name words ends: a joint, a comma, a key word, a date. */
static size_t run_end(const struct phrase_reader *r, size_t at)
{
	size_t end = at;
	while (end < (r->stop ? r->stop : r->n)) {
		bool is_key =
			has_role(r, end,
				 ROLE_JOINT | ROLE_CLAUSE | ROLE_SAY | ROLE_NEGATION | ROLE_STOP) ||
			starts_date(r, end);
		if (is_key && (end > at || !r->words[end].is_quoted))
			break;
		end++;
		if (r->words[end - 1].has_comma || r->words[end - 1].is_quoted)
			break;
	}
	return end;
}

/* How well the store knows a name: an open issue is only a noun phrase found in some text. */
enum { NAME_UNKNOWN, NAME_OPEN, NAME_ESTABLISHED };

/* -1 on failure. */
static int is_known(struct phrase_reader *r, struct str param, struct str name)
{
	struct actor_matches actors;
	struct issue_matches issues;
	if (!str_eq(param, STR("issue"))) {
		if (lookup_actors(r->names, name, &actors, r->e))
			return -1;
		return actors.n ? NAME_ESTABLISHED : NAME_UNKNOWN;
	}
	if (lookup_issues(r->names, name, &issues, r->e))
		return -1;
	for (size_t i = 0; i < issues.n; i++)
		if (!issues.v[i].issue.is_open)
			return NAME_ESTABLISHED;
	return issues.n ? NAME_OPEN : NAME_UNKNOWN;
}

/* The longest name that starts at `at` and is known at least so well: the word after it, or 0;
 * SIZE_MAX on failure. */
static size_t longest_name(struct phrase_reader *r, struct str param, size_t at, int least)
{
	size_t most = r->n - at < PHRASE_NAME_WORDS_MAX ? r->n - at : PHRASE_NAME_WORDS_MAX;
	for (size_t n = most; n > 0; n--) {
		int known = is_known(r, param, words_text(r, at, at + n));
		if (known < 0)
			return SIZE_MAX;
		if (known >= least)
			return at + n;
	}
	return 0;
}

static bool needs_look_up(struct str param)
{
	return !str_eq(param, STR("role")) && !str_eq(param, STR("text"));
}

static bool folds_to_something(struct phrase_reader *r, struct str s)
{
	return str_fold(r->a, s).n > 0;
}

static const char note_text_beside[] = "an issue that the store does not know cannot be searched "
				       "as text beside another one, nor be excluded";

/* A run in which no known name was found: taken whole, so that the answer says what is unknown; an
 * issue is searched as text. */
static int add_unknown(struct phrase_reader *r, struct str param, size_t from, size_t at,
		       size_t end)
{
	while (at < end && end - at > 1 && has_role(r, at, ROLE_EMPTY))
		at++;
	struct str value = words_text(r, at, end);
	if (!folds_to_something(r, value)) {
		unparsed(r, from, end);
		return 0;
	}
	if (!str_eq(param, STR("issue")))
		return add(r, param, value, r->is_not && needs_look_up(param), from, end);
	/* Full text narrows what is found: beside a known alternative it would exclude that. */
	if (r->is_not || is_said(r, STR("issue")) || is_said(r, STR("text"))) {
		unparsed(r, at, end);
		note(r, note_text_beside);
		return 0;
	}
	size_t before = r->out->n;
	if (add(r, STR("text"), value, false, from, end))
		return -1;
	if (r->out->n > before)
		r->text_issue = &r->out->terms[before];
	return 0;
}

/* A known issue after one that was to be searched as text: the two cannot be alternatives, so the
 * text gives way. */
static void drop_text_issue(struct phrase_reader *r)
{
	for (size_t i = 0; i < r->out->n; i++) {
		struct phrase_term *t = &r->out->terms[i];
		if (t != r->text_issue)
			continue;
		if (r->out->n_unparsed < PHRASE_WORDS_MAX)
			r->out->unparsed[r->out->n_unparsed++] = t->given.value;
		*t = r->out->terms[--r->out->n];
		r->text_issue = NULL;
		note(r, note_text_beside);
	}
}

/* "foreign minister", "secretary of state". */
static bool has_post(const struct phrase_reader *r, size_t from, size_t to)
{
	while (from < to && !has_role(r, from, ROLE_POST))
		from++;
	return from < to;
}

/* A name found in a run of words. */
struct found {
	size_t from, to;
};

/* The first known name in the run; of an actor rather one that ends the run, since titles stand
 * before: "Chinese Foreign Minister Wang Yi". But "officials", whom some text lets speak, are those
 * of the country before. 1, 0 when there is none, -1 on failure. */
static int find_name(struct phrase_reader *r, struct str param, size_t at, size_t end,
		     struct found *f)
{
	/* Behind words that say something, a noun phrase of some text is likelier part of what was
	 * meant than all of it. */
	int least = NAME_OPEN;
	bool is_issue = str_eq(param, STR("issue"));
	*f = (struct found){0};
	for (size_t start = at; start < end && needs_look_up(param); start++) {
		size_t to = longest_name(r, param, start, least);
		if (to == SIZE_MAX)
			return -1;
		if (f->to && has_role(r, start, ROLE_ASIDE))
			break;
		if (!has_role(r, start, ROLE_EMPTY))
			least = NAME_ESTABLISHED;
		if (to && (f->to == 0 || (to >= end && !has_role(r, to - 1, ROLE_POST))))
			*f = (struct found){start, to};
		if (f->to >= end || (f->to && is_issue))
			break;
		if (to)
			start = to - 1;
	}
	return f->to > 0;
}

/* The words [from, to) beside a name: its post. Few statements call their speaker an official: that
 * is read as all who speak for the country. */
static int add_post(struct phrase_reader *r, size_t from, size_t to)
{
	bool is_anyone = to - from == 1 && has_role(r, from, ROLE_ANYONE);
	if (!is_anyone)
		return add(r, STR("role"), words_text(r, from, to), false, from, to);
	note(r, "officials are read as all who speak for the one named");
	return 0;
}

/* A post beside a country or an organization: "the foreign minister of China", "Chinese foreign
 * minister". Words that are none are reported as not understood. 0, or -1. */
static int take_post(struct phrase_reader *r, struct str param, size_t at, struct found f,
		     size_t end)
{
	size_t last = f.from;
	while (last > at && has_role(r, last - 1, ROLE_EMPTY))
		last--;
	bool is_speaker = str_eq(param, STR("speaker")) && !r->is_not;
	if (is_speaker && last < f.from && has_post(r, at, last)) {
		while (at < last && has_role(r, at, ROLE_EMPTY))
			at++;
		return add_post(r, at, last);
	}
	for (size_t i = at; i < f.from; i++)
		if (!has_role(r, i, ROLE_EMPTY))
			unparsed(r, i, i + 1);
	if (is_speaker && has_post(r, f.to, end)) {
		r->at = end;
		return add_post(r, f.to, end);
	}
	return 0;
}

/* One name at r->at, which is moved past it; `from` is where its words began. */
static int take_name(struct phrase_reader *r, struct str param, size_t from)
{
	size_t end = run_end(r, r->at), at = r->at;
	struct found f;
	if (end == at) {
		unparsed(r, from, at);
		return 0;
	}
	int is_found = find_name(r, param, at, end, &f);
	if (is_found < 0)
		return -1;
	if (!is_found) {
		r->at = end;
		return add_unknown(r, param, from, at, end);
	}
	r->at = f.to;
	if (r->text_issue && !r->is_not && str_eq(param, STR("issue")))
		drop_text_issue(r);
	return add(r, param, words_text(r, f.from, f.to), r->is_not, from, f.to) ||
			       take_post(r, param, at, f, end)
		       ? -1
		       : 0;
}

/* Names joined by "and", "or" and commas. */
static int take_names(struct phrase_reader *r, struct str param, size_t from)
{
	for (;;) {
		size_t before = r->at;
		if (take_name(r, param, from))
			return -1;
		if (r->at == before)
			return 0;
		bool has_comma = r->words[r->at - 1].has_comma;
		size_t next = r->at;
		if (has_role(r, next, ROLE_JOINT))
			next++;
		bool goes_on = next < r->n && (has_comma || next > r->at) &&
			       !has_role(r, next, ROLE_CLAUSE | ROLE_NEGATION) &&
			       !starts_date(r, next);
		if (!goes_on)
			return 0;
		from = r->at = next;
	}
}

/* What a word says by itself: "against" is a position, and before an actor one towards the target.
 */
static struct str said_of(const struct phrase_clause *c, struct str param)
{
	bool is_towards = str_eq(c->also, STR("position")) && str_eq(param, STR("target"));
	return is_towards ? STR("target_position") : c->also;
}

/* "against China" is towards an actor, "against tariffs" a position on an issue; the clause's own
 * reading comes first. */
static int take_clause(struct phrase_reader *r)
{
	size_t from = r->at++;
	const struct phrase_clause *c = &r->words[from].clause;
	struct str param = c->parameter;
	bool is_said_by_itself = c->also.n > 0;
	if (is_said_by_itself && r->at < r->n) {
		struct str other = str_eq(param, STR("issue")) ? STR("target") : STR("issue");
		bool has_article = has_role(r, r->at, ROLE_EMPTY);
		size_t own = longest_name(r, param, r->at + has_article, NAME_OPEN);
		size_t others = own ? 0 : longest_name(r, other, r->at + has_article, NAME_OPEN);
		if (own == SIZE_MAX || others == SIZE_MAX)
			return -1;
		if (others)
			param = other;
	}
	if (is_said_by_itself && add(r, said_of(c, param), c->also_value, false, from, from + 1))
		return -1;
	/* "who opposes" is said without a name. */
	bool is_whole = is_said_by_itself && run_end(r, r->at) == r->at;
	int rc = is_whole ? 0 : take_names(r, param, from);
	r->is_not = false;
	return rc;
}

/* --- the whole --- */

/* who said, who opposes: no speaker is named. */
static void take_who(struct phrase_reader *r)
{
	r->has_head = true;
	r->at++;
	r->at += has_role(r, r->at, ROLE_AUXILIARY) || is_word(r, r->at, "is");
	r->at += has_role(r, r->at, ROLE_SAY | ROLE_SPEAK);
	r->out->asks_who = true;
}

static int take_kind_and_noun(struct phrase_reader *r)
{
	int kind = r->at < r->n && !r->words[r->at].is_quoted
			   ? terms_find(&terms_statement_kind, r->words[r->at].text)
			   : -1;
	if (kind >= 0) {
		if (add(r, STR("kind"), terms_word(&terms_statement_kind, kind), false, r->at,
			r->at + 1))
			return -1;
		r->at++;
	}
	if (has_role(r, r->at, ROLE_NOUN)) {
		r->has_head = true;
		r->at++;
	}
	return 0;
}

/* A speaker without "by": what [did] A say, statements A made, China's statements, Wang Yi
 * about X. */
static int take_bare_speaker(struct phrase_reader *r, bool is_asked)
{
	const unsigned ends = ROLE_SAY | ROLE_MAKE | ROLE_NOUN;
	size_t stop = r->at;
	while (stop < r->n && !has_role(r, stop, ends | ROLE_CLAUSE) && !starts_date(r, stop))
		stop++;
	if (stop == r->at)
		return 0;
	struct found f;
	r->stop = stop;
	int is_found = find_name(r, STR("speaker"), r->at, run_end(r, r->at), &f);
	if (is_found < 0)
		return -1;
	/* A known name, first or before "say", "made", "statements"; or what must be one by its
	 * place. */
	bool is_name = is_found && (has_role(r, stop, ends) || f.from == r->at);
	int rc = is_asked || is_name ? take_names(r, STR("speaker"), r->at) : 0;
	r->stop = 0;
	return rc;
}

/* show us all; the latest, which come first anyway. "us" elsewhere, and "US" anywhere, is a
 * country. */
static void take_fillers(struct phrase_reader *r)
{
	while (has_role(r, r->at, ROLE_FILLER | ROLE_REQUEST)) {
		bool is_request = has_role(r, r->at++, ROLE_REQUEST);
		r->at += is_request && is_word(r, r->at, "us") &&
			 !str_eq(r->words[r->at].text, STR("US"));
	}
}

/* what did A say; did A oppose; who said; [all] [direct] statements [of A]; A (about ...). */
static int take_head(struct phrase_reader *r)
{
	take_fillers(r);
	if (is_word(r, r->at, "who")) {
		take_who(r);
		return 0;
	}
	bool is_what = has_role(r, r->at, ROLE_ASK), is_asked = has_role(r, r->at, ROLE_AUXILIARY);
	r->at += is_what;
	if (take_kind_and_noun(r))
		return -1;
	is_asked |= is_what && (has_role(r, r->at, ROLE_AUXILIARY) || is_word(r, r->at, "was"));
	r->at += is_asked;
	r->has_head |= is_what && is_asked;
	if (is_word(r, r->at, "of")) {
		size_t from = r->at++;
		return take_names(r, STR("speaker"), from);
	}
	if (take_bare_speaker(r, is_asked))
		return -1;
	r->at += has_role(r, r->at, ROLE_SAY | ROLE_MAKE);
	return r->has_head ? 0 : take_kind_and_noun(r);
}

static int take_rest(struct phrase_reader *r)
{
	while (r->at < r->n) {
		int rc = date_clause(r);
		bool is_clause = rc == 0 && has_role(r, r->at, ROLE_CLAUSE);
		if (rc < 0 || (is_clause && take_clause(r)))
			return -1;
		if (rc > 0 || is_clause)
			continue;
		size_t at = r->at++;
		bool leads_on = has_role(r, at + 1, ROLE_CLAUSE) || starts_date(r, at + 1);
		if (has_role(r, at, ROLE_NEGATION) && has_role(r, at + 1, ROLE_CLAUSE) &&
		    !starts_date(r, at + 1))
			r->is_not = true;
		else if (!(leads_on && has_role(r, at, ROLE_JOINT)))
			unparsed(r, at, at + 1);
	}
	return 0;
}

int phrase_read(struct str text, struct lookup *names, day_t today, struct arena *a,
		struct phrase *out, struct err *e)
{
	struct phrase_reader r = {
		.text = text, .names = names, .today = today, .a = a, .out = out, .e = e};
	memset(out, 0, sizeof *out);
	if (words_split(text, r.words, &r.n, e) || take_head(&r) || take_rest(&r))
		return -1;
	if (r.text_issue)
		note(&r, "no issue has this name, so its words are searched in the contents");
	if (out->n == 0 && !(r.has_head && out->n_unparsed == 0))
		return err_set(e, ERR_INPUT, "q",
			       "nothing in \"%.*s\" is understood; ask for example: all statements "
			       "by Wang Yi about core interests",
			       STR_ARG(str_clip(text)));
	return 0;
}

void phrase_write(struct jw *j, const struct phrase *p, struct str canonical)
{
	JW_NAME(j, "unparsed");
	jw_open_array(j);
	for (size_t i = 0; i < p->n_unparsed; i++)
		jw_string(j, p->unparsed[i]);
	jw_close_array(j);
	JW_NAME(j, "notes");
	jw_open_array(j);
	for (size_t i = 0; i < p->n_notes; i++)
		jw_string(j, str_of(p->notes[i]));
	jw_close_array(j);
	JW_MEMBER(j, "canonical", canonical);
}
