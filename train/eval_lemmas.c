/* Measures lemmas and universal parts of speech by the tags and relations of the files: eval_lemmas
 * [-v] FILE.conllu ... Words whose lemma is "_" are left out. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "extract/syntax/conllu.h"
#include "extract/syntax/labels.h"
#include "extract/syntax/lemma.h"
#include "extract/syntax/upos.h"
#include "train/raw_text.h"

static void measure(const struct lemmas *ls, const char *path, bool is_verbose)
{
	struct raw_text raw;
	struct conllu_sentence s;
	struct err e = {0};
	size_t words = 0, right = 0, right_upos = 0;
	raw_text_read(&raw, path);
	struct conllu_reader r = {.rest = raw.file};
	while (conllu_next(&r, &raw.a, &s, &e) > 0)
		for (size_t k = 1; k <= s.n_words; k++) {
			const struct str *cell = conllu_word(&s, k)->cell;
			if (str_eq(cell[CONLLU_LEMMA], STR("_")))
				continue;
			int xpos = xpos_find(cell[CONLLU_XPOS]);
			struct str got = lemma_of(ls, cell[CONLLU_FORM],
						  xpos < 0 ? XPOS_COUNT : (unsigned)xpos, &raw.a);
			bool is_right = str_eq(got, cell[CONLLU_LEMMA]);
			int deprel = deprel_find(cell[CONLLU_DEPREL]);
			const char *upos =
				upos_of(cell[CONLLU_FORM], xpos < 0 ? XPOS_COUNT : (unsigned)xpos,
					deprel < 0 ? DEPREL_COUNT : (unsigned)deprel);
			right_upos += str_eq(str_of(upos), cell[CONLLU_UPOS]);
			words++;
			right += is_right;
			if (is_verbose && !is_right)
				printf("%.*s\t%.*s\twant %.*s\tgot %.*s\n",
				       STR_ARG(cell[CONLLU_FORM]), STR_ARG(cell[CONLLU_XPOS]),
				       STR_ARG(cell[CONLLU_LEMMA]), STR_ARG(got));
		}
	double all = words ? (double)words : 1;
	printf("%-40s lemmas    %6.2f %%  universal tags %6.2f %%  of %zu words\n", path,
	       100 * (double)right / all, 100 * (double)right_upos / all, words);
	raw_text_release(&raw);
}

int main(int argc, char **argv)
{
	struct err e = {0};
	bool is_verbose = argc > 1 && strcmp(argv[1], "-v") == 0;
	struct lemmas *ls = lemmas_open(&e);
	if (argc < 2 || !ls) {
		fprintf(stderr, "%s\n", ls ? "usage: eval_lemmas [-v] FILE.conllu ..." : e.message);
		return EXIT_FAILURE;
	}
	for (int i = 1 + is_verbose; i < argc; i++)
		measure(ls, argv[i], is_verbose);
	lemmas_close(ls);
	return EXIT_SUCCESS;
}
