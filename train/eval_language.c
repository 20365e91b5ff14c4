/* eval_language english|other FILE ...: how often texts, and windows of 20, 50 and 200 words of
 * them, are taken for another language than English (extract/text/language.h). A file is JSON lines
 * with "text", or one plain text. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "extract/text/language.h"
#include "train/file_text.h"

enum { SIZES = 4, WHOLE = 3, ROOM = 1 << 28 };

static const uint32_t sizes[SIZES] = {20, 50, 200, 0};

struct tally {
	size_t n[SIZES], foreign[SIZES];
};

static void weigh(struct tally *t, size_t size, struct str text, bool tells, const char *id)
{
	bool foreign = language_is_foreign(text);
	t->n[size]++;
	t->foreign[size] += foreign;
	if (tells == foreign && (size == WHOLE || getenv("SHOW_WINDOWS")))
		printf("  %s (%u words): %.150s\n", id, sizes[size], text.p);
}

/* Windows one after another; those that the text's end cuts short are left out. */
static void read_windows(struct tally *t, size_t size, struct str text, bool tells, const char *id)
{
	struct str word;
	uint32_t n = 0;
	size_t first = 0;
	for (size_t at = 0; language_next_word(text, &at, &word);) {
		if (n == 0)
			first = (size_t)(word.p - text.p);
		if (++n < sizes[size])
			continue;
		weigh(t, size, str_sub(text, first, at), tells, id);
		n = 0;
	}
}

static void read_text(struct tally *t, struct str text, bool is_english, const char *id)
{
	for (size_t size = 0; size < WHOLE; size++)
		read_windows(t, size, text, is_english, id);
	weigh(t, WHOLE, text, is_english, id);
}

static void read_lines(struct tally *t, struct str file, bool is_english)
{
	struct str line;
	while (str_split(&file, '\n', &line)) {
		json_t *root = json_loadb(line.p, line.n, 0, NULL);
		const char *text = json_string_value(json_object_get(root, "text")),
			   *id = json_string_value(json_object_get(root, "id"));
		if (text)
			read_text(t, str_of(text), is_english, id ? id : "?");
		json_decref(root);
	}
}

int main(int argc, char **argv)
{
	if (argc < 3) {
		fprintf(stderr, "usage: eval_language english|other FILE ...\n");
		return 2;
	}
	bool is_english = strcmp(argv[1], "english") == 0;
	for (int i = 2; i < argc; i++) {
		struct tally t = {0};
		struct arena a;
		arena_init(&a, ROOM);
		struct str file = file_text_or_exit(argv[i], &a);
		if (strstr(argv[i], ".jsonl"))
			read_lines(&t, file, is_english);
		else
			read_text(&t, file, is_english, argv[i]);
		printf("%s: taken for other than English:", argv[i]);
		for (size_t size = 0; size < SIZES; size++) {
			printf(" %zu of %zu", t.foreign[size], t.n[size]);
			if (size < WHOLE)
				printf(" of %u words,", sizes[size]);
		}
		printf(" whole\n");
		arena_release(&a);
	}
	return 0;
}
