/* MinHash: of each of many orders of all shingles, the first that the text has. */
#include "db/signature.h"

#include <string.h>

#include "base/char.h"

/* MurmurHash3's finalizer: every bit of the input moves every bit of the output. */
static uint32_t mix(uint32_t h)
{
	h ^= h >> 16;
	h *= 0x85EBCA6BU;
	h ^= h >> 13;
	h *= 0xC2B2AE35U;
	return h ^ h >> 16;
}

/* Is there a character of a word? In lower case as far as it is ASCII, which is told here: a text
 * has thousands. */
static bool take_letter(struct str text, size_t at, size_t *next, uint32_t *c)
{
	*c = (unsigned char)text.p[at];
	*next = at + 1;
	if (*c >= 0x80) {
		*c = point_at(text, at, next);
		return point_is_word(*c);
	}
	if (*c - 'A' < 26)
		*c += 'a' - 'A';
	return *c - 'a' < 26 || *c - '0' < 10;
}

/* The next word from *at on; false at the end. */
static bool next_word(struct str text, size_t *at, uint32_t *hash)
{
	const uint32_t basis = 2166136261U, prime = 16777619U; /* FNV-1a */
	bool is_word = false;
	*hash = basis;
	for (size_t next; *at < text.n; *at = next) {
		uint32_t c;
		if (!take_letter(text, *at, &next, &c)) {
			if (is_word)
				return true;
			continue;
		}
		is_word = true;
		*hash = (*hash ^ c) * prime;
	}
	return is_word;
}

/* The words of a shingle in their order. */
static uint32_t shingle_of(const uint32_t *words, size_t last)
{
	uint32_t h = 0;
	for (size_t i = 1; i <= SIGNATURE_SHINGLE; i++)
		h = mix(h ^ words[(last + i) % SIGNATURE_SHINGLE]) + (uint32_t)i;
	return h;
}

/* Each shingle in each order, the least of which stays: WIDTH orders at a time over some shingles,
 * mixed as by mix(). Of an article's time to be written this was a third, one by one. */
#define TAKE(name, WIDTH, attributes)                                                              \
	attributes static void name(uint32_t *least, const uint32_t *shingles, size_t n)           \
	{                                                                                          \
		typedef uint32_t vector __attribute__((vector_size(4 * (WIDTH))));                 \
		const uint32_t golden = 0x9E3779B9U;                                               \
		for (uint32_t at = 0; at < SIGNATURE_LENGTH; at += (WIDTH)) {                      \
			vector order = {0}, low, h;                                                \
			for (uint32_t k = 0; k < (WIDTH); k++)                                     \
				order[k] = (at + k) * golden;                                      \
			memcpy(&low, least + at, sizeof low);                                      \
			for (size_t i = 0; i < n; i++) {                                           \
				h = order ^ shingles[i];                                           \
				h = (h ^ h >> 16) * 0x85EBCA6BU;                                   \
				h = (h ^ h >> 13) * 0xC2B2AE35U;                                   \
				h ^= h >> 16;                                                      \
				vector is_less = (vector)(h < low);                                \
				low = (h & is_less) | (low & ~is_less);                            \
			}                                                                          \
			memcpy(least + at, &low, sizeof low);                                      \
		}                                                                                  \
	}

TAKE(take_plain, 4, )
#if defined(__x86_64__)
TAKE(take_avx2, 8, __attribute__((target("avx2"))))
#endif

static void take(uint32_t *least, const uint32_t *shingles, size_t n)
{
#if defined(__x86_64__)
	if (__builtin_cpu_supports("avx2")) {
		take_avx2(least, shingles, n);
		return;
	}
#endif
	take_plain(least, shingles, n);
}

void signature_of(struct str text, struct signature *out)
{
	enum { AT_ONCE = 64 };
	uint32_t least[SIGNATURE_LENGTH], words[SIGNATURE_SHINGLE], shingles[AT_ONCE], word;
	size_t n = 0, waiting = 0;
	memset(least, 0xFF, sizeof least);
	for (size_t at = 0; next_word(text, &at, &word); n++) {
		words[n % SIGNATURE_SHINGLE] = word;
		if (n + 1 >= SIGNATURE_SHINGLE)
			shingles[waiting++] = shingle_of(words, n % SIGNATURE_SHINGLE);
		if (waiting == AT_ONCE) {
			take(least, shingles, waiting);
			waiting = 0;
		}
	}
	take(least, shingles, waiting);
	*out = (struct signature){.is_given = n >= SIGNATURE_WORDS_MIN};
	for (size_t i = 0; i < SIGNATURE_LENGTH && out->is_given; i++)
		out->v[i] = (uint16_t)(least[i] & 0xFFFF);
}

int signature_common(const struct signature *a, const struct signature *b)
{
	int n = 0;
	for (size_t i = 0; i < SIGNATURE_LENGTH; i++)
		n += a->v[i] == b->v[i];
	return a->is_given && b->is_given ? n : 0;
}

struct sketch signature_sketch(const struct signature *s)
{
	enum { IN_WORD = 32 };
	struct sketch k = {0};
	for (size_t i = 0; i < SIGNATURE_LENGTH; i++)
		k.bits[i / IN_WORD] |= (uint64_t)(s->v[i] & 3) << 2 * (i % IN_WORD);
	return k;
}

/* The pairs of bits that are equal, of three words in one sum: not every processor counts bits. */
int sketch_common(const struct sketch *a, const struct sketch *b)
{
	const uint64_t pairs = UINT64_C(0x5555555555555555), fours = UINT64_C(0x3333333333333333),
		       bytes = UINT64_C(0x0F0F0F0F0F0F0F0F), ones = UINT64_C(0x0101010101010101);
	_Static_assert(sizeof a->bits == 3 * sizeof a->bits[0], "a pair of bits counts to three");
	uint64_t n = 0;
	for (int i = 0; i < 3; i++) {
		uint64_t differs = a->bits[i] ^ b->bits[i];
		n += ~(differs | differs >> 1) & pairs;
	}
	n = (n & fours) + (n >> 2 & fours);
	n = (n + (n >> 4)) & bytes;
	return (int)(n * ones >> 56);
}

int64_t signature_band(const struct signature *s, int band)
{
	int64_t key = band;
	for (int i = 0; i < SIGNATURE_BAND; i++)
		key = key << 16 | s->v[band * SIGNATURE_BAND + i];
	return key;
}

void signature_write(const struct signature *s, unsigned char out[SIGNATURE_BYTES])
{
	for (size_t i = 0; i < SIGNATURE_LENGTH; i++) {
		out[2 * i] = (unsigned char)(s->v[i] & 0xFF);
		out[2 * i + 1] = (unsigned char)(s->v[i] >> 8);
	}
}

bool signature_read(struct str bytes, struct signature *out)
{
	const unsigned char *p = (const unsigned char *)bytes.p;
	*out = (struct signature){.is_given = bytes.n == SIGNATURE_BYTES};
	for (size_t i = 0; i < SIGNATURE_LENGTH && out->is_given; i++)
		out->v[i] = (uint16_t)(p[2 * i] | p[2 * i + 1] << 8);
	return out->is_given;
}
