/* The words of each vocabulary, made from the lists of the header. */
#include "base/terms.h"

#include <string.h>

#define WORD(name, word) word,
#define VOCABULARY(name, said, list)                                                               \
	static const char *const name##_words[] = {list(WORD)};                                    \
	const struct terms terms_##name = {said, name##_words,                                     \
					   sizeof name##_words / sizeof name##_words[0]}

VOCABULARY(statement_kind, "kind", STATEMENT_KINDS);
VOCABULARY(actor_kind, "kind of actor", ACTOR_KINDS);
VOCABULARY(position, "position", POSITIONS);
VOCABULARY(issue_kind, "kind", ISSUE_KINDS);
VOCABULARY(polarity, "polarity", POLARITIES);
VOCABULARY(modality, "modality", MODALITIES);
VOCABULARY(status, "status", STATUSES);
VOCABULARY(nested, "nested", NESTEDS);
VOCABULARY(copies, "copies", COPIES_WORDS);
VOCABULARY(speaker_via, "way to the speaker", SPEAKER_VIAS);
VOCABULARY(precision, "precision", PRECISIONS);
VOCABULARY(act, "act", ACTS);
VOCABULARY(mention_kind, "kind of mention", MENTION_KINDS);
VOCABULARY(edit_action, "action", EDIT_ACTIONS);

int terms_find(const struct terms *t, struct str word)
{
	for (int i = 0; i < t->count; i++)
		if (str_eq_nocase(word, str_of(t->words[i])))
			return i;
	return -1;
}

struct str terms_word(const struct terms *t, int number)
{
	return number >= 0 && number < t->count ? str_of(t->words[number]) : STR_EMPTY;
}

struct str terms_list(const struct terms *t, char space[TERMS_LIST_ROOM])
{
	size_t n = 0;
	for (int i = 0; i < t->count; i++) {
		struct str w = terms_word(t, i);
		struct str gap = i == 0 ? STR_EMPTY : i == t->count - 1 ? STR(" or ") : STR(", ");
		if (n + gap.n + w.n > TERMS_LIST_ROOM)
			break;
		memcpy(space + n, gap.p, gap.n);
		memcpy(space + n + gap.n, w.p, w.n);
		n += gap.n + w.n;
	}
	return (struct str){space, n};
}

enum { LONGEST = 63 }; /* what str_distance takes */

static struct str lower(struct str s, char out[LONGEST])
{
	for (size_t i = 0; i < s.n; i++)
		out[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] - 'A' + 'a') : s.p[i];
	return (struct str){out, s.n};
}

struct str terms_nearest(const struct terms *t, struct str word)
{
	struct str best = STR_EMPTY;
	char ours[LONGEST], theirs[LONGEST];
	if (word.n > LONGEST)
		return best;
	word = lower(word, ours);
	size_t least = word.n / 3 > 2 ? word.n / 3 : 2;
	for (int i = 0; i < t->count; i++) {
		struct str candidate = str_of(t->words[i]);
		size_t d = str_distance(word, lower(candidate, theirs));
		if (d <= least && (best.n == 0 || d < least)) {
			best = candidate;
			least = d;
		}
	}
	return best;
}
