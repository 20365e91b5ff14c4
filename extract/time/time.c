/* The walk over an article's time expressions: those outside of speech, then when each quotation
 * was said, then those inside, then the times of the clock. */
#include "extract/time/time.h"

#include "extract/time/normalize.h"
#include "extract/time/patterns.h"

enum { MIDNIGHT = 2400 };

struct finder {
	const struct text *t;
	struct arena *a;
	struct time_context context;
	struct time_match *matches;
	struct time_expression *found; /* by match; value "" when there is none */
	size_t n, cap;
	day_t published;
	struct time_anchor *said; /* by quotation: when it was said */
};

static uint32_t token_of(const struct finder *f, uint32_t word)
{
	return f->context.words.v[word].token;
}

/* 1 + the quotation that a match stands in, 0 outside. A single word between marks is the writer's.
 */
static uint32_t quote_of(const struct finder *f, const struct time_match *m)
{
	uint32_t q = f->t->tokens[token_of(f, m->head)].quote;
	return q && f->t->quotes[q - 1].words > 1 ? q : 0;
}

static struct time_anchor publication(const struct finder *f)
{
	return (struct time_anchor){f->published, TIME_DAY};
}

static bool is_found(const struct finder *f, size_t i, enum time_unit longest)
{
	return f->found[i].value[0] && f->found[i].unit <= longest;
}

/* --- matches ---------------------------------------------------------------------------------- */

static int match_all(struct finder *f, struct arena *kept)
{
	uint32_t n_words = (uint32_t)f->context.words.n, sentence = 0, counted = 0, end = 0;
	for (uint32_t i = 0, steps = 0; i < n_words; i++, steps++) {
		struct time_match m;
		if (!budget_allows_step(f->a->budget, steps))
			return -1;
		if (!time_match_at(&f->context, i, &m))
			continue;
		if (arena_grow(f->a, (void **)&f->matches, &f->cap, f->n + 1, sizeof *f->matches) <
		    0)
			return -1;
		if (m.first < end)
			m.first = end;
		for (; counted <= m.head; counted++)
			sentence += f->context.words.v[counted].starts_segment;
		m.sentence = sentence;
		f->matches[f->n++] = m;
		end = m.last + 1;
		i = m.last;
	}
	f->found = arena_array(kept, f->n + 1, sizeof *f->found);
	return f->found ? 0 : -1;
}

/* The first line is nothing but a full date: an article's own date line, as in Wikinews. A date
 * within a sentence is one of those that the article is about, and no anchor. */
static day_t date_line(const struct finder *f)
{
	const struct text *t = f->t;
	if (f->n == 0 || t->n_paragraphs == 0)
		return DAY_NONE;
	const struct time_match *m = &f->matches[0];
	struct civil c = {m->year, m->month, m->day};
	if (m->form != FORM_DATE || m->year == 0 || m->has_short_year || m->month == 0 ||
	    m->day == 0 || m->month > 12 || m->day > days_in_month(m->year, m->month))
		return DAY_NONE;
	struct range date = {token_of(f, m->first), token_of(f, m->last)};
	for (uint32_t i = 0; i < t->paragraphs[1]; i++)
		if (!range_holds(date, i) && (t->tokens[i].flags & TOK_WORD))
			return DAY_NONE;
	return day_from_civil(c);
}

/* --- outside of speech, and when speech was made ---------------------------------------------- */

static int normalize_outside(struct finder *f)
{
	struct reference_time reference = reference_none();
	for (size_t i = 0; i < f->n; i++) {
		const struct time_match *m = &f->matches[i];
		if (!budget_allows_step(f->a->budget, i))
			return -1;
		if (quote_of(f, m) == 0 &&
		    time_normalize(&f->context, m, publication(f), &reference, &f->found[i]))
			reference_set(&reference, m, &f->found[i], f->published);
	}
	return 0;
}

/* Does another clause start at a word, for whoever looks for a word of saying? */
static bool parts_clauses(unsigned tag)
{
	return tag == TAG_W || tag == TAG_SC || tag == TAG_VBD || tag == TAG_VBP;
}

/* Does a word of saying stand beside an expression, with no other clause between? Before it, or
 * behind it where the expression opens the sentence: "On Friday, he said". */
static bool is_of_saying(const struct finder *f, const struct time_match *m)
{
	enum { REACH = 9 };
	const struct time_word *w = f->context.words.v;
	for (uint32_t k = m->first, n = 0; k > 0 && n < REACH && !w[k].starts_segment; n++) {
		unsigned tag = tag_of(&f->context, --k);
		if (w[k].class == W_SAYING)
			return true;
		if (parts_clauses(tag) || tag == TAG_COMMA)
			return false;
	}
	uint32_t k = m->last + 1;
	for (uint32_t n = 0; k < f->context.words.n && n < REACH && !w[k].starts_segment;
	     k++, n++) {
		if (w[k].class == W_SAYING)
			return true;
		if (parts_clauses(tag_of(&f->context, k)))
			return false;
	}
	return false;
}

/* The expression of a sentence outside of speech that dates its quotations; SIZE_MAX
 * when none does. *from: the first match that is not before the sentence. */
static size_t find_saying_time(const struct finder *f, struct range sentence, size_t *from)
{
	while (*from < f->n && token_of(f, f->matches[*from].head) < sentence.first)
		++*from;
	for (size_t i = *from; i < f->n && token_of(f, f->matches[i].head) <= sentence.last; i++)
		if (is_found(f, i, TIME_YEAR) && quote_of(f, &f->matches[i]) == 0 &&
		    is_of_saying(f, &f->matches[i]))
			return i;
	return SIZE_MAX;
}

static bool has_clause(const struct text *t, const struct segment *g)
{
	for (uint32_t i = g->first; i < g->end; i++)
		if (t->items[i].tag == TAG_VBD || t->items[i].tag == TAG_VBP)
			return true;
	return false;
}

/* When each quotation was said: by the sentence that holds it, else with the one before in its
 * paragraph, else at publication. */
static void date_quotations(struct finder *f)
{
	const struct text *t = f->t;
	struct time_anchor carried = publication(f);
	uint32_t paragraph = UINT32_MAX;
	size_t from = 0, quote = 0;
	for (size_t q = 0; q < t->n_quotes; q++)
		f->said[q] = publication(f);
	for (size_t k = 0; k < t->n_segments; k++) {
		const struct segment *g = &t->segments[k];
		if (g->quote)
			continue;
		if (g->paragraph != paragraph)
			carried = publication(f);
		paragraph = g->paragraph;
		struct range sentence = {t->items[g->first].first, t->items[g->end - 1].last};
		size_t hit = find_saying_time(f, sentence, &from);
		if (hit != SIZE_MAX)
			carried = (struct time_anchor){f->found[hit].from, f->found[hit].unit};
		else if (has_clause(t, g))
			carried = publication(f);
		while (quote < t->n_quotes && t->quotes[quote].open <= sentence.last)
			f->said[quote++] = carried;
	}
}

/* --- inside of speech, and times of the clock ------------------------------------------------- */

static int normalize_inside(struct finder *f)
{
	struct reference_time reference = reference_none();
	uint32_t quote = 0;
	for (size_t i = 0; i < f->n; i++) {
		const struct time_match *m = &f->matches[i];
		uint32_t q = quote_of(f, m);
		if (!budget_allows_step(f->a->budget, i))
			return -1;
		if (q == 0 || m->form == FORM_CLOCK)
			continue;
		if (q != quote)
			reference.at.day = reference.day.day = reference.past.day = DAY_NONE;
		quote = q;
		if (time_normalize(&f->context, m, f->said[q - 1], &reference, &f->found[i]))
			reference_set(&reference, m, &f->found[i], f->published);
	}
	return 0;
}

/* The expression whose day a time of the clock belongs to: one right behind it in its sentence,
 * else the last one before on its side of the quotation marks; of what is past, none that lies
 * ahead. SIZE_MAX: none. */
static size_t find_day_of_clock(const struct finder *f, size_t i, struct time_anchor origin,
				bool is_past)
{
	const struct time_match *m = &f->matches[i], *next = m + 1;
	uint32_t q = quote_of(f, m);
	if (i + 1 < f->n && next->sentence == m->sentence && next->first <= m->last + 3 &&
	    is_found(f, i + 1, TIME_DAY))
		return i + 1;
	for (size_t k = i; k-- > 0 && m->first - f->matches[k].last < REFERENCE_REACH;) {
		bool lies_ahead =
			is_past && origin.day != DAY_NONE && f->found[k].from > origin.day;
		if (is_found(f, k, TIME_DAY) && !lies_ahead && quote_of(f, &f->matches[k]) == q)
			return k;
	}
	return SIZE_MAX;
}

/* A time of the clock without a day nearby is of the day of publication or of its quotation. A
 * midnight of that day that is past is the one that began it: its end is still to come. */
static void normalize_clock(struct finder *f, size_t i)
{
	struct time_match *m = &f->matches[i];
	uint32_t q = quote_of(f, m);
	struct time_anchor at = q ? f->said[q - 1] : publication(f);
	bool is_past = time_is_past(&f->context, m);
	size_t day = find_day_of_clock(f, i, at, is_past);
	if (day != SIZE_MAX)
		at = (struct time_anchor){f->found[day].from, TIME_DAY};
	if (m->clock == MIDNIGHT && is_past && at.day == f->published)
		m->clock = 0;
	if (at.unit == TIME_DAY)
		(void)time_set_period(&f->found[i], TIME_DAY, at.day, RULE_CLOCK);
}

static int normalize_clocks(struct finder *f)
{
	for (size_t i = 0; i < f->n; i++) {
		if (!budget_allows_step(f->a->budget, i))
			return -1;
		if (f->matches[i].form == FORM_CLOCK)
			normalize_clock(f, i);
	}
	return 0;
}

/* --- all together ----------------------------------------------------------------------------- */

/* Parts of a hyphened word are ASCII up to the part: a word of the table stands before. */
static void set_place(const struct finder *f, const struct time_match *m, struct time_expression *x)
{
	const struct time_word *first = &f->context.words.v[m->first],
			       *last = &f->context.words.v[m->last];
	const struct token *a = &f->t->tokens[first->token], *b = &f->t->tokens[last->token];
	x->span.start = a->point + (first->start - a->start);
	x->span.end = last->end == b->end ? b->point_end : b->point + (last->end - b->start);
	x->first = first->token;
	x->last = last->token;
	x->head = token_of(f, m->head);
}

/* Places and times of the day; what has no value falls out. */
static void finish(struct finder *f, struct time_list *out)
{
	size_t n = 0;
	for (size_t i = 0; i < f->n; i++) {
		struct time_expression *x = &f->found[i];
		if (x->value[0] == 0)
			continue;
		if (x->unit == TIME_DAY)
			time_add_clock(x, &f->matches[i]);
		set_place(f, &f->matches[i], x);
		f->found[n++] = *x;
	}
	*out = (struct time_list){f->found, n, f->published};
}

/* Centuries on either side of it must stay inside of the calendar; no article is of another time.
 */
static bool is_of_our_time(day_t published)
{
	struct civil c = civil_from_day(published);
	return c.year >= 1000 && c.year <= 9000;
}

static int find_all(struct finder *f, const struct time_words *tw, struct arena *kept)
{
	f->said = arena_array(f->a, f->t->n_quotes + 1, sizeof *f->said);
	if (!f->said || time_context_open(&f->context, tw, f->t, f->a) < 0 ||
	    match_all(f, kept) < 0)
		return -1;
	if (f->published == DAY_NONE)
		f->published = date_line(f);
	else if (!is_of_our_time(f->published))
		f->published = DAY_NONE;
	if (normalize_outside(f) < 0)
		return -1;
	date_quotations(f);
	return normalize_inside(f) < 0 ? -1 : normalize_clocks(f);
}

int times_find(const struct time_words *tw, const struct text *t, day_t published, struct arena *a,
	       struct time_list *out)
{
	struct arena scratch; /* for all but what is found */
	*out = (struct time_list){.written = DAY_NONE};
	arena_init_beside(&scratch, a);
	struct finder f = {.t = t, .a = &scratch, .published = published};
	int rc = find_all(&f, tw, a);
	if (rc == 0)
		finish(&f, out);
	arena_release(&scratch);
	return rc;
}
