/* The syntax: model files, and sentences to nodes. */
#include "extract/syntax/syntax.h"

#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "extract/syntax/network.h"
#include "extract/syntax/tree_repair.h"

EMBED(embedded_vectors, "data/vectors.bin");
EMBED(embedded_syntax, "data/syntax.bin");

struct syntax {
	struct model_file vectors_file, network_file;
	struct vectors vectors;
	struct network network;
};

struct syntax *syntax_open(const char *path, struct err *e)
{
	struct syntax *sx = calloc(1, sizeof *sx);
	if (!sx) {
		arena_full(e);
		return NULL;
	}
	if (model_file_embedded(&sx->vectors_file, EMBEDDED(embedded_vectors), "vectors.bin",
				VECTORS_KIND, VECTORS_VERSION, e) < 0 ||
	    vectors_view(&sx->vectors, sx->vectors_file.body, e) < 0)
		goto fail;
	if (path ? model_file_open(&sx->network_file, path, NETWORK_KIND, NETWORK_VERSION, e) < 0
		 : model_file_embedded(&sx->network_file, EMBEDDED(embedded_syntax), "syntax.bin",
				       NETWORK_KIND, NETWORK_VERSION, e) < 0)
		goto fail;
	if (sx->network_file.body.n != sizeof *sx->network.w) {
		err_set(e, ERR_INPUT, "model",
			"the model file has %zu bytes of weights: this program's network has %zu",
			sx->network_file.body.n, sizeof *sx->network.w);
		goto fail;
	}
	sx->network = network_of((const void *)sx->network_file.body.p, &sx->vectors);
	if (network_pack(&sx->network) == 0)
		return sx;
	arena_full(e);
fail:
	syntax_close(sx);
	return NULL;
}

void syntax_close(struct syntax *sx)
{
	if (!sx)
		return;
	network_release(&sx->network);
	model_file_close(&sx->vectors_file);
	model_file_close(&sx->network_file);
	free(sx);
}

const struct vectors *syntax_vectors(const struct syntax *sx)
{
	return &sx->vectors;
}

/* Chunks of an overlong sentence were parsed apart: their roots hang on the root of the first. */
static void join_chunks(struct syntax_node *nodes, const uint32_t *sizes, size_t n_chunks)
{
	uint32_t at = 0, root = 0;
	for (size_t k = 0; k < n_chunks; at += sizes[k++])
		for (uint32_t i = at; i < at + sizes[k]; i++) {
			nodes[i].head += at;
			if (nodes[i].head != i)
				continue;
			if (k == 0) {
				root = i;
			} else {
				nodes[i].head = root;
				nodes[i].deprel = DEPREL_PARATAXIS;
			}
		}
}

static size_t chunks_of(size_t n)
{
	return (n + SYNTAX_CHUNK - 1) / SYNTAX_CHUNK;
}

/* Repairs the chunks of a sentence and joins them. */
static void finish(const struct syntax_sentence *s, struct syntax_node *nodes,
		   const uint32_t *sizes)
{
	size_t n_chunks = chunks_of(s->n), at = 0;
	for (size_t k = 0; k < n_chunks; at += sizes[k++])
		tree_repair(s->forms + at, nodes + at, sizes[k]);
	join_chunks(nodes, sizes, n_chunks);
}

int syntax_parse_all(const struct syntax *sx, struct syntax_sentence *sentences, size_t n,
		     const struct states *states, struct arena *a)
{
	size_t n_tokens = 0, n_chunks = 0;
	for (size_t k = 0; k < n; k++) {
		n_tokens += sentences[k].n;
		n_chunks += chunks_of(sentences[k].n);
	}
	struct network_token *tokens = arena_room(a, n_tokens, sizeof *tokens);
	struct syntax_node *nodes = arena_room(a, n_tokens, sizeof *nodes);
	uint32_t *sizes = arena_room(a, n_chunks, sizeof *sizes);
	if (!tokens || !nodes || !sizes)
		return -1;
	size_t at = 0, chunk = 0;
	for (size_t k = 0; k < n; at += sentences[k++].n) {
		if (!budget_allows(a->budget))
			return -1;
		for (size_t i = 0; i < sentences[k].n; i++)
			network_look_up(&sx->network, sentences[k].forms[i], &tokens[at + i]);
		for (size_t left = sentences[k].n; left > 0; left -= sizes[chunk++])
			sizes[chunk] = (uint32_t)(left < SYNTAX_CHUNK ? left : SYNTAX_CHUNK);
	}
	if (network_parse(&sx->network, tokens, sizes, n_chunks, nodes, states, a) < 0)
		return -1;
	at = chunk = 0;
	for (size_t k = 0; k < n; at += sentences[k++].n) {
		if (!budget_allows_step(a->budget, k))
			return -1;
		finish(&sentences[k], nodes + at, sizes + chunk);
		chunk += chunks_of(sentences[k].n);
		if (sentences[k].n)
			memcpy(sentences[k].nodes, nodes + at, sentences[k].n * sizeof *nodes);
	}
	return 0;
}

int syntax_parse(const struct syntax *sx, const struct str *forms, size_t n,
		 struct syntax_node *nodes, struct arena *a)
{
	struct syntax_sentence one = {forms, nodes, n};
	return syntax_parse_all(sx, &one, 1, NULL, a);
}
