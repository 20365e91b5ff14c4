/* Bytes as a model file, and as scores of heads. Whatever they are: a file is refused with a reason
 * or taken whole, a search in a table of vectors ends, and any floats give a tree with one root. */
#include <string.h>

#include "extract/attribution/model.h"
#include "extract/issue/hit_weights.h"
#include "extract/issue/topic.h"
#include "extract/stance/position_reader.h"
#include "extract/syntax/network.h"
#include "extract/syntax/tree.h"
#include "tests/fuzz/fuzz.h"

static void check_file(struct str bytes, const char *kind, uint32_t version)
{
	struct model_file f = {0};
	struct err e = {0};
	if (model_file_check(&f, bytes, "input", kind, version, &e) < 0) {
		fuzz_check_refusal(&e);
		return;
	}
	FUZZ_CHECK(f.body.n + sizeof(struct model_head) == bytes.n);
}

static void check_vectors(struct str bytes)
{
	struct vectors v;
	struct err e = {0};
	if (vectors_view(&v, bytes, &e) < 0) {
		fuzz_check_refusal(&e);
		return;
	}
	for (uint32_t key = 0; key < 64; key++) {
		int32_t found = vectors_find(&v, key * 0x9E3779B9u);
		FUZZ_CHECK(found == VECTOR_NONE || (uint32_t)found < v.n_vectors);
	}
}

static void check_tree(struct str bytes)
{
	enum { MAX = 24 };
	float scores[MAX * (MAX + 1)] = {0};
	uint16_t heads[MAX];
	size_t n = 1 + (unsigned char)bytes.p[0] % MAX, roots = 0;
	size_t length = bytes.n - 1 < sizeof scores ? bytes.n - 1 : sizeof scores;
	memcpy(scores, bytes.p + 1, length);
	tree_find(scores, n + 1, n, heads);
	for (size_t i = 0; i < n; i++) {
		size_t up = i, steps = 0;
		while (up != n) {
			FUZZ_CHECK(up < n && steps++ < n);
			up = heads[up];
		}
		roots += heads[i] == n;
	}
	FUZZ_CHECK(roots == 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str bytes = fuzz_input(data, size);
	check_file(bytes, NETWORK_KIND, NETWORK_VERSION);
	check_file(bytes, ATTRIBUTION_KIND, ATTRIBUTION_VERSION);
	check_file(bytes, TOPIC_KIND, TOPIC_VERSION);
	check_file(bytes, HIT_KIND, HIT_VERSION);
	check_file(bytes, POSITIONS_KIND, POSITIONS_VERSION);
	if (size == 0)
		return 0;
	check_tree(bytes);
	/* The parts of a table are read as numbers: a copy lies as they must. */
	char *aligned = malloc(size);
	FUZZ_CHECK(aligned);
	memcpy(aligned, data, size);
	check_vectors((struct str){aligned, size});
	free(aligned);
	return 0;
}
