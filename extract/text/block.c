/* Where a block quotation begins and ends. */
#include "extract/text/block.h"

/* Tokens before the colon in which the cue stands ("said in a statement on the vote:"); words of a
 * paragraph that can be quoted. */
enum { CUE_REACH = 24, WORDS_LEAST = 5 };

/* The cue of a paragraph that announces a quotation: its last verb of saying, or "statement"
 * behind "following" or "this"; TOKEN_NONE for none. */
static uint32_t cue_of(const struct text *t, uint32_t first, uint32_t end)
{
	uint32_t colon = end - 1;
	if (colon < first + 2 || !text_is(t, colon, ":") || t->tokens[first].mark)
		return TOKEN_NONE;
	for (uint32_t i = colon; i-- > first && i + CUE_REACH > colon;) {
		if (t->tokens[i].flags & TOK_TERMINAL)
			return TOKEN_NONE;
		bool follows = i > first && text_is_one_of(t, i - 1, "following this");
		if ((text_is_in(t, i, SET_BLOCK_CUE) && !(t->tokens[i].flags & TOK_CAPITAL)) ||
		    (follows && text_is_in(t, i, SET_SPEECH_NOUN)))
			return i > first ? i : TOKEN_NONE;
	}
	return TOKEN_NONE;
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

int text_find_blocks(struct text *t, struct arena *a)
{
	size_t cap = t->n_turns;
	for (uint32_t p = 0; p + 1 < t->n_paragraphs; p++) {
		if (!budget_allows_step(a->budget, p))
			return -1;
		uint32_t cue = cue_of(t, t->paragraphs[p], t->paragraphs[p + 1]);
		uint32_t first = t->paragraphs[p + 1], end = p + 2;
		bool is_quoted = cue != TOKEN_NONE && t->tokens[first].mark;
		if (cue == TOKEN_NONE || (!is_quoted && !look_at(t, p + 1).is_text))
			continue;
		if (!is_quoted)
			end = block_end(t, p + 1);
		if (arena_grow(a, (void **)&t->turns, &cap, t->n_turns + 1, sizeof *t->turns) < 0)
			return -1;
		t->turns[t->n_turns++] =
			(struct turn){.label = RANGE_NONE,
				      .first = first,
				      .end = is_quoted ? first + 1 : t->paragraphs[end],
				      .cue = cue,
				      .is_quoted = is_quoted};
		p = is_quoted ? p : end - 1;
	}
	return 0;
}
