/* The words of what a network may be. */
#include "db/network.h"

#define WORD(name, word) word,
#define VOCABULARY(name, said, list)                                                               \
	static const char *const name##_words[] = {list(WORD)};                                    \
	const struct terms terms_##name = {said, name##_words,                                     \
					   sizeof name##_words / sizeof name##_words[0]}

VOCABULARY(network_mode, "mode", NETWORK_MODES);
VOCABULARY(agreement, "agreement", AGREEMENTS);
VOCABULARY(normalization, "normalization", NORMALIZATIONS);
VOCABULARY(duplicates, "duplicates", DUPLICATES);
