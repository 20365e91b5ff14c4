/* Where a block quotation begins and ends. */
#include "extract/text/block.h"

/* Tokens before the colon in which the cue stands ("said in a statement on the vote:"); words of a
 * paragraph that can be quoted. */
enum { CUE_REACH = 24, WORDS_LEAST = 5 };

/* Is the noun at i of "issued a brief statement", "sent a letter"? */
static bool is_issued(const struct text *t, uint32_t first, uint32_t i)
{
	enum { BACK = 3 };
	for (uint32_t k = i; k > first + 1 && i - k < BACK; k--)
		if (text_is_one_of(t, k - 1, "a an the another"))
			return text_is_in(t, k - 2, SET_ISSUING) ||
			       (text_is(t, k - 2, "out") && k > first + 2 &&
				text_is_one_of(t, k - 3, "put puts putting"));
	return false;
}

/* "The following is attributable to Spokesperson Lee:" */
static bool is_attribution(const struct text *t, uint32_t i)
{
	enum { BACK = 3 };
	bool is_of_words = false;
	for (uint32_t k = i; k > 0 && i - k < BACK; k--)
		is_of_words = is_of_words || text_is_one_of(t, k - 1, "following below") ||
			      text_is_in(t, k - 1, SET_SPEECH_NOUN);
	return is_of_words && text_is(t, i, "attributable") && text_is(t, i + 1, "to");
}

/* The cue of a paragraph that announces a quotation: its last verb of saying, or "statement"
 * behind "following", "this" or "issued a"; TOKEN_NONE for none. */
static uint32_t cue_of(const struct text *t, uint32_t first, uint32_t end)
{
	uint32_t colon = end - 1;
	if (colon < first + 2 || !text_is(t, colon, ":") || t->tokens[first].mark)
		return TOKEN_NONE;
	for (uint32_t i = colon; i-- > first && i + CUE_REACH > colon;) {
		if (t->tokens[i].flags & TOK_TERMINAL)
			return TOKEN_NONE;
		bool follows = (i > first && text_is_in(t, i - 1, SET_BEFORE_SPEECH_NOUN)) ||
			       text_is(t, i + 1, "by") || text_is(t, i + 1, "from");
		if (is_attribution(t, i))
			return i;
		if ((text_is_in(t, i, SET_BLOCK_CUE) && !(t->tokens[i].flags & TOK_CAPITAL)) ||
		    (text_is_in(t, i, SET_SPEECH_NOUN) && (follows || is_issued(t, first, i))))
			return i;
	}
	return TOKEN_NONE;
}

static bool is_double(const struct text *t, uint32_t i)
{
	return t->tokens[i].mark >= MARK_OPEN && t->tokens[i].mark <= MARK_STRAIGHT;
}

/* "Statement" of "released the following statement after the vote. The vote was on Monday.", or
 * TOKEN_NONE: the same without a colon. */
static uint32_t following(const struct text *t, uint32_t first, uint32_t end)
{
	for (uint32_t i = first + 1; i < end; i++)
		if (text_is_in(t, i, SET_SPEECH_NOUN) && text_is(t, i - 1, "following"))
			return i;
	return TOKEN_NONE;
}

/* Before a paragraph that opens with a mark, "released a statement on the vote." tells it, too. */
static uint32_t cue_before_mark(const struct text *t, uint32_t first, uint32_t end)
{
	uint32_t cue = following(t, first, end);
	for (uint32_t i = first + 1; cue == TOKEN_NONE && i < end; i++)
		if (text_is_in(t, i, SET_SPEECH_NOUN) && is_issued(t, first, i))
			cue = i;
	return cue;
}

/* What a paragraph is made of. */
struct look {
	uint32_t words;
	bool first_person, stops; /* ends like a sentence */
	bool is_text;		  /* starts with a word, and no item of a list */
};

static struct look look_at(const struct text *t, uint32_t p)
{
	uint32_t first = t->paragraphs[p], end = t->paragraphs[p + 1];
	struct look l = {.stops = (t->tokens[end - 1].flags & TOK_TERMINAL) != 0,
			 .is_text = (t->tokens[first].flags & TOK_CAPITAL) != 0 &&
				    !t->tokens[first].mark};
	for (uint32_t i = first; i < end; i++) {
		l.words += (t->tokens[i].flags & TOK_WORD) != 0;
		l.first_person = l.first_person || text_is_in(t, i, SET_FIRST_PERSON_ANY);
	}
	l.is_text = l.is_text && l.words >= WORDS_LEAST && l.stops;
	return l;
}

/* "Begin text:", "End text." */
static bool is_bound(const struct text *t, uint32_t p, const char *word)
{
	enum { LONGEST = 4 };
	uint32_t first = t->paragraphs[p], end = t->paragraphs[p + 1];
	return end - first <= LONGEST && text_is(t, first, word) && text_is(t, first + 1, "text");
}

/* What a paragraph above "Begin text:" tells of it: its first word for what is said. */
static uint32_t cue_before_text(const struct text *t, uint32_t p)
{
	uint32_t i = t->paragraphs[p], end = t->paragraphs[p + 1];
	while (i < end && !text_is_in(t, i, SET_SPEECH_NOUN) &&
	       !text_is_one_of(t, i, "communiqué communique release readout"))
		i++;
	return i < end && i > t->paragraphs[p] ? i : TOKEN_NONE;
}

/* The paragraph behind a text that begins at p, up to "End text." */
static uint32_t text_end(const struct text *t, uint32_t p)
{
	while (p < t->n_paragraphs && !is_bound(t, p, "end"))
		p++;
	return p;
}

/* The paragraph behind the block that begins at p: it goes on while somebody says "I" or "we". */
static uint32_t block_end(const struct text *t, uint32_t p)
{
	uint32_t end = p + 1;
	for (uint32_t k = p + 1; k < t->n_paragraphs && k <= end + 1; k++) {
		struct look l = look_at(t, k);
		if (!l.is_text || cue_of(t, t->paragraphs[k], t->paragraphs[k + 1]) != TOKEN_NONE)
			break;
		if (l.first_person)
			end = k + 1;
	}
	return end;
}

/* --- quotations left open --------------------------------------------------------------------- */

/* Does a mark open, by its kind and by the blanks around it? */
static bool opens(const struct text *t, uint32_t i)
{
	unsigned mark = t->tokens[i].mark;
	bool before = (t->tokens[i].flags & (TOK_SPACE_BEFORE | TOK_PARAGRAPH_START)) != 0;
	bool after = i + 1 >= t->n_tokens ||
		     (t->tokens[i + 1].flags & (TOK_SPACE_BEFORE | TOK_PARAGRAPH_START));
	return mark == MARK_OPEN || (mark == MARK_STRAIGHT && before && !after);
}

/* The mark that a paragraph leaves open, the outer one of several, or TOKEN_NONE. */
static uint32_t left_open(const struct text *t, uint32_t p)
{
	uint32_t open = TOKEN_NONE, depth = 0;
	for (uint32_t i = t->paragraphs[p]; i < t->paragraphs[p + 1]; i++) {
		if (!is_double(t, i))
			continue;
		if (opens(t, i) && depth++ == 0)
			open = i;
		else if (!opens(t, i) && depth > 0)
			depth--;
	}
	return depth > 0 ? open : TOKEN_NONE;
}

/* The mark that closes, in a paragraph from p on that does not begin with one, what was left open
 * before; quotations within are passed over. TOKEN_NONE for none. */
static uint32_t closed_at(const struct text *t, uint32_t p)
{
	enum { PARAGRAPHS_MOST = 40 };
	for (uint32_t k = p; k < t->n_paragraphs && k < p + PARAGRAPHS_MOST; k++) {
		bool inside = false;
		uint32_t first = t->paragraphs[k];
		if (k == p && is_double(t, first))
			return TOKEN_NONE;
		for (uint32_t i = first; i < t->paragraphs[k + 1]; i++) {
			if (!is_double(t, i))
				continue;
			if (!inside && !opens(t, i))
				return i;
			if (i == first) /* the last paragraph opens again */
				continue;
			inside = opens(t, i);
		}
		if (inside)
			return TOKEN_NONE;
	}
	return TOKEN_NONE;
}

/* Its verb: the nearest before the mark, else behind an earlier quotation of the paragraph, else
 * what announces it above. */
static uint32_t cue_of_open(const struct text *t, uint32_t p, uint32_t open)
{
	uint32_t first = t->paragraphs[p];
	for (uint32_t i = open; i-- > first;)
		if ((text_is_in(t, i, SET_BLOCK_CUE) || text_is_in(t, i, SET_QUOTATIVE)) &&
		    i > first && !(t->tokens[i].flags & TOK_CAPITAL))
			return i;
	if (p == 0 || open != first)
		return TOKEN_NONE;
	uint32_t cue = cue_of(t, t->paragraphs[p - 1], first);
	return cue != TOKEN_NONE ? cue : cue_before_mark(t, t->paragraphs[p - 1], first);
}

static int add_block(struct text *t, struct turn k, size_t *cap, struct arena *a)
{
	if (arena_grow(a, (void **)&t->turns, cap, t->n_turns + 1, sizeof *t->turns) < 0)
		return -1;
	t->turns[t->n_turns++] = k;
	return 0;
}

/* "Lee said: "The treaty is dead.|It must be buried."": the paragraphs behind the first one, which
 * is a quotation, are a block. *end: the paragraph behind it. 1 where there is one. */
static int find_open_block(struct text *t, uint32_t p, size_t *cap, uint32_t *end, struct arena *a)
{
	uint32_t open = left_open(t, p), close, cue;
	if (open == TOKEN_NONE || p + 1 >= t->n_paragraphs ||
	    (close = closed_at(t, p + 1)) == TOKEN_NONE ||
	    (cue = cue_of_open(t, p, open)) == TOKEN_NONE)
		return 0;
	*end = text_paragraph(t, close) + 1;
	struct turn k = {.label = RANGE_NONE,
			 .first = t->paragraphs[p + 1],
			 .end = close + 1,
			 .cue = cue,
			 .is_left_open = true};
	return add_block(t, k, cap, a) < 0 ? -1 : 1;
}

/* --- letters ---------------------------------------------------------------------------------- */

/* "Dear Mr. President:" */
static bool is_salutation(const struct text *t, uint32_t p)
{
	enum { LONGEST = 20 };
	uint32_t first = t->paragraphs[p], end = t->paragraphs[p + 1];
	return end - first <= LONGEST && text_is(t, first, "dear") &&
	       text_is_one_of(t, end - 1, ", :");
}

/* Where a paragraph tells of a letter, where *letter (TOKEN_NONE for none) does not tell that it
 * was sent: its noun. */
static void note_letter(const struct text *t, uint32_t p, uint32_t *letter)
{
	uint32_t first = t->paragraphs[p];
	for (uint32_t i = first + 1; i < t->paragraphs[p + 1]; i++) {
		if (!text_is(t, i, "letter"))
			continue;
		if (*letter == TOKEN_NONE)
			*letter = i;
		if (is_issued(t, first, i) && !is_issued(t, 0, *letter))
			*letter = i;
	}
}

/* The paragraphs of a letter whose salutation is p, up to its farewell. */
static int find_letter(struct text *t, uint32_t p, uint32_t letter, size_t *cap, uint32_t *end,
		       struct arena *a)
{
	enum { FAREWELL_LONGEST = 4 };
	*end = p + 1;
	while (*end < t->n_paragraphs &&
	       !(text_is_in(t, t->paragraphs[*end], SET_FAREWELL) &&
		 t->paragraphs[*end + 1] - t->paragraphs[*end] <= FAREWELL_LONGEST))
		++*end;
	if (letter == TOKEN_NONE || *end == p + 1)
		return 0;
	struct turn k = {.label = RANGE_NONE,
			 .first = t->paragraphs[p + 1],
			 .end = t->paragraphs[*end],
			 .cue = letter,
			 .is_letter = true};
	return add_block(t, k, cap, a) < 0 ? -1 : 1;
}

int text_find_blocks(struct text *t, struct arena *a)
{
	size_t cap = t->n_turns;
	uint32_t letter = TOKEN_NONE;
	for (uint32_t p = 0; p + 1 < t->n_paragraphs; p++) {
		if (!budget_allows_step(a->budget, p))
			return -1;
		uint32_t cue = cue_of(t, t->paragraphs[p], t->paragraphs[p + 1]);
		uint32_t first = t->paragraphs[p + 1], end = p + 2, behind = end;
		int rc = is_salutation(t, p) ? find_letter(t, p, letter, &cap, &behind, a)
					     : find_open_block(t, p, &cap, &behind, a);
		note_letter(t, p, &letter);
		if (rc < 0)
			return -1;
		if (rc > 0) {
			p = behind - 1;
			continue;
		}
		if (cue == TOKEN_NONE && is_double(t, first))
			cue = cue_before_mark(t, t->paragraphs[p], first);
		if (cue == TOKEN_NONE && look_at(t, p + 1).first_person)
			cue = following(t, t->paragraphs[p], first);
		bool is_bounded = p + 2 < t->n_paragraphs && is_bound(t, p + 1, "begin");
		if (is_bounded) {
			first = t->paragraphs[p + 2];
			cue = cue != TOKEN_NONE ? cue : cue_before_text(t, p);
		}
		bool is_quoted = cue != TOKEN_NONE && t->tokens[first].mark,
		     is_whole = cue != TOKEN_NONE && (is_bounded || is_attribution(t, cue));
		if (cue == TOKEN_NONE || (!is_quoted && !is_whole && !look_at(t, p + 1).is_text))
			continue;
		if (!is_quoted)
			end = is_whole ? text_end(t, p + 1) : block_end(t, p + 1);
		struct turn k = {.label = RANGE_NONE,
				 .first = first,
				 .end = is_quoted ? first + 1 : t->paragraphs[end],
				 .cue = cue,
				 .is_quoted = is_quoted,
				 .is_prose = is_whole};
		if (add_block(t, k, &cap, a) < 0)
			return -1;
		p = is_quoted ? p : end - 1;
	}
	return 0;
}
