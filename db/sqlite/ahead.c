/* Sorted lists of what is asked about, and a table of signatures. */
#include "db/sqlite/ahead.h"

#include <stdlib.h>
#include <string.h>

static int by_digest(const void *a, const void *b)
{
	return memcmp(((const struct ahead_text *)a)->sha256,
		      ((const struct ahead_text *)b)->sha256, DIGEST_BYTES);
}

static int by_key(const void *va, const void *vb)
{
	const struct ahead_band *a = va, *b = vb;
	return a->key < b->key ? -1 : a->key > b->key;
}

static void list_texts(struct ahead *a, struct write *const *v, int n)
{
	a->n_texts = (size_t)n;
	for (int i = 0; i < n; i++)
		memcpy(a->texts[i].sha256, v[i]->article.sha256, DIGEST_BYTES);
	qsort(a->texts, a->n_texts, sizeof *a->texts, by_digest);
	for (size_t i = 1; i < a->n_texts; i++)
		if (by_digest(&a->texts[i - 1], &a->texts[i]) == 0)
			a->texts[i - 1].is_known = a->texts[i].is_known = true;
}

static void list_bands(struct ahead *a, struct write *const *v, int n)
{
	size_t all = 0;
	for (int i = 0; i < n; i++)
		for (int k = 0; v[i]->signature.is_given && k < SIGNATURE_BANDS; k++)
			a->bands[all++].key = signature_band(&v[i]->signature, k);
	qsort(a->bands, all, sizeof *a->bands, by_key);
	for (size_t i = 0; i < all; i++)
		if (i == 0 || a->bands[i].key != a->bands[i - 1].key)
			a->bands[a->n_bands++].key = a->bands[i].key;
}

struct ahead *ahead_new(struct arena *arena, struct write *const *v, int n)
{
	struct ahead *a = arena_alloc(arena, sizeof *a);
	if (!a)
		return NULL;
	*a = (struct ahead){.arena = arena};
	a->texts = arena_array(arena, (size_t)n, sizeof *a->texts);
	a->bands = arena_array(arena, (size_t)n * SIGNATURE_BANDS, sizeof *a->bands);
	if (!a->texts || !a->bands)
		return NULL;
	list_texts(a, v, n);
	list_bands(a, v, n);
	return a;
}

bool ahead_is_new_text(const struct ahead *a, const unsigned char sha256[DIGEST_BYTES])
{
	struct ahead_text key = {.is_known = false};
	memcpy(key.sha256, sha256, DIGEST_BYTES);
	const struct ahead_text *text = bsearch(&key, a->texts, a->n_texts, sizeof key, by_digest);
	return text && !text->is_known;
}

void ahead_take_band(struct ahead_band *b, int64_t article)
{
	int at = b->n;
	while (at > 0 && b->articles[at - 1] < article)
		at--;
	if (at == AHEAD_NEAR_EACH)
		return;
	b->n += b->n < AHEAD_NEAR_EACH;
	memmove(&b->articles[at + 1], &b->articles[at],
		(size_t)(b->n - 1 - at) * sizeof b->articles[0]);
	b->articles[at] = article;
}

static uint32_t *slot_of(const struct ahead *a, int64_t article)
{
	uint64_t hash = (uint64_t)article * UINT64_C(0x9e3779b97f4a7c15) >> 20;
	size_t at = hash & (a->n_slots - 1);
	while (a->slots[at] && a->signatures[a->slots[at] - 1].article != article)
		at = (at + 1) & (a->n_slots - 1);
	return &a->slots[at];
}

static int have_room(struct ahead *a)
{
	enum { SLOTS_MIN = 1024 };
	if (arena_grow(a->arena, (void **)&a->signatures, &a->cap_signatures, a->n_signatures + 1,
		       sizeof *a->signatures))
		return -1;
	if (2 * a->n_signatures < a->n_slots)
		return 0;
	a->n_slots = a->n_slots ? 2 * a->n_slots : SLOTS_MIN;
	a->slots = arena_array(a->arena, a->n_slots, sizeof *a->slots);
	for (uint32_t i = 0; a->slots && i < a->n_signatures; i++)
		*slot_of(a, a->signatures[i].article) = i + 1;
	return a->slots ? 0 : -1;
}

int ahead_keep_signature(struct ahead *a, int64_t article, const struct signature *s)
{
	if (have_room(a))
		return -1;
	*slot_of(a, article) = (uint32_t)a->n_signatures + 1;
	a->signatures[a->n_signatures++] = (struct ahead_signature){article, *s};
	return 0;
}

int ahead_add_signature(struct ahead *a, int64_t article, const struct signature *s)
{
	if (ahead_keep_signature(a, article, s))
		return -1;
	for (int i = 0; i < SIGNATURE_BANDS; i++) {
		struct ahead_band key = {.key = signature_band(s, i)};
		struct ahead_band *b = bsearch(&key, a->bands, a->n_bands, sizeof key, by_key);
		if (b)
			ahead_take_band(b, article);
	}
	return 0;
}

static const struct ahead_signature *find_signature(const struct ahead *a, int64_t article)
{
	uint32_t at = a->n_slots ? *slot_of(a, article) : 0;
	return at ? &a->signatures[at - 1] : NULL;
}

int ahead_near(const struct ahead *a, const struct signature *s,
	       const struct ahead_signature ***out)
{
	int n = 0;
	*out = arena_array(a->arena, (size_t)SIGNATURE_BANDS * AHEAD_NEAR_EACH, sizeof **out);
	for (int i = 0; *out && i < SIGNATURE_BANDS; i++) {
		struct ahead_band key = {.key = signature_band(s, i)};
		const struct ahead_band *b =
			bsearch(&key, a->bands, a->n_bands, sizeof key, by_key);
		for (int k = 0; b && k < b->n; k++) {
			const struct ahead_signature *found = find_signature(a, b->articles[k]);
			if (found)
				(*out)[n++] = found;
		}
	}
	return *out ? n : -1;
}
