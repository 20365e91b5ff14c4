/* The reader of the coded corpus, on a folder of two articles. */
#include "train/coded.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tests/unit/unit.h"
#include "train/coded_sentences.h"

static struct arena arena;
static char folder[] = "/tmp/test_coded.XXXXXX";

static void set_up(void)
{
	arena_init(&arena, 1 << 20);
	ck_assert_ptr_nonnull(mkdtemp(folder));
}

static const char *path_of(const char *name)
{
	return arena_printf(&arena, "%s/%s", folder, name).p;
}

static void write_file(const char *name, const char *words)
{
	FILE *f = fopen(path_of(name), "w");
	ck_assert(f && fputs(words, f) >= 0 && fclose(f) == 0);
}

static void tear_down(void)
{
	static const char *const names[] = {"texts.jsonl", "articles.tsv", "positions.jsonl",
					    "polnear.jsonl", "sentences.tsv"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		(void)unlink(path_of(names[i]));
	(void)rmdir(folder);
	arena_release(&arena);
}

static const char *const TEXTS =
	"{\"id\": \"a\", \"source\": \"House of Commons Hansard\", \"title\": \"Tax\", "
	"\"text\": \"Ann Lee said the tax must go.\"}\n"
	"{\"id\": \"polnear:b\", \"source\": \"polnear\"}\n";
static const char *const LINES =
	"{\"article\": \"a\", \"content\": [13, 28], \"speaker\": \"Ann Lee\", \"source\": [0, 7], "
	"\"kind\": \"indirect\", \"act\": \"REJECT\", \"object\": [13, 20], \"name\": \"tax\", "
	"\"side\": \"against\", \"issues\": [{\"id\": \"taxes\", \"turns\": true, \"topic_only\": "
	"false}], \"towards\": null, \"optional\": true, \"nested\": false, \"question\": false}\n"
	"{\"article\": \"polnear:b\", \"content\": [0, 4], \"speaker\": \"B\", \"source\": null, "
	"\"kind\": \"direct\", \"act\": \"STATE\", \"object\": null, \"name\": null, \"side\": "
	"\"none\", \"issues\": [], \"towards\": \"Ann Lee\"}\n";

START_TEST(coded_read_from__two_articles__lines_and_texts)
{
	struct coded c;
	struct err e = {0};
	set_up();
	write_file("texts.jsonl", TEXTS);
	write_file("articles.tsv", "id\tsplit\tform\na\tdev\tspeech\tx\npolnear:b\ttrain\tnews\n");
	write_file("positions.jsonl", LINES);
	write_file("polnear.jsonl",
		   "{\"id\": \"b\", \"date\": \"2016-01-02\", \"text\": \"Well.\"}\n"
		   "{\"id\": \"c\", \"text\": \"Not coded.\"}\n");
	ck_assert_msg(coded_read_from(folder, path_of("polnear.jsonl"), NULL, &arena, &c, &e) == 0,
		      "%s", e.message);
	ck_assert_uint_eq(c.n, 2);
	ck_assert_int_eq(c.v[0].split, CODED_DEV);
	ck_assert(str_eq(c.v[0].form, STR("speech")) && c.v[0].n_lines == 1);
	const struct coded_line *l = c.v[0].lines;
	ck_assert(l->side == POSITION_OPPOSE && l->act == ACT_REJECT && l->is_optional);
	ck_assert(l->object.start == 13 && l->object.end == 20 && l->issues[0].turns);
	ck_assert(str_eq(c.v[1].text, STR("Well.")) &&
		  str_eq(c.v[1].published_at, STR("2016-01-02")));
	l = c.v[1].lines;
	ck_assert(l->side == POSITION_NEUTRAL && l->object.end == 0 && l->source.end == 0);
	ck_assert(str_eq(l->towards, STR("Ann Lee")) && l->n_issues == 0);
	tear_down();
}
END_TEST

START_TEST(coded_read_from__unknown_side__tells_the_file)
{
	struct coded c;
	struct err e = {0};
	set_up();
	write_file("texts.jsonl", TEXTS);
	write_file("positions.jsonl",
		   "{\"article\": \"a\", \"kind\": \"direct\", \"act\": \"STATE\", "
		   "\"side\": \"perhaps\"}\n");
	write_file("polnear.jsonl", "\n");
	ck_assert_int_eq(coded_read_from(folder, path_of("polnear.jsonl"), NULL, &arena, &c, &e),
			 -1);
	ck_assert_int_eq(e.kind, ERR_INPUT);
	ck_assert_ptr_nonnull(strstr(e.message, "positions.jsonl"));
	tear_down();
}
END_TEST

START_TEST(coded_sentences_read__two_positions_of_one_sentence__an_article)
{
	struct coded c;
	struct err e = {0};
	set_up();
	write_file(
		"sentences.tsv",
		"# head\n"
		"Ardo wants the tax gone and the dam built.\tthe tax gone and the dam built\tArdo\t"
		"Ardo\tREQUEST\ttax\ttax\tagainst\ttaxes\t-\n"
		"Ardo wants the tax gone and the dam built.\tthe tax gone and the dam built\tArdo\t"
		"Ardo\tREQUEST\tdam\tdam\tfor\t!water,~energy\tNorland\n"
		"\"It rains,\" Bell said.\tIt rains,\tBell\tBell\tSTATE\t-\t-\tnone\t-\t-\n");
	ck_assert_msg(coded_sentences_read(path_of("sentences.tsv"), &arena, &c, &e) == 0, "%s",
		      e.message);
	ck_assert(c.n == 2 && c.v[0].n_lines == 2 && c.v[1].n_lines == 1);
	const struct coded_line *l = &c.v[0].lines[1];
	ck_assert(l->object.start == 32 && l->object.end == 35 && l->side == POSITION_SUPPORT);
	ck_assert(l->n_issues == 2 && l->issues[0].turns && l->issues[1].is_topic_only);
	ck_assert(str_eq(l->issues[1].id, STR("energy")) && str_eq(l->towards, STR("Norland")));
	l = c.v[1].lines;
	ck_assert(l->kind == KIND_DIRECT && l->object.end == 0 && l->n_issues == 0);
	tear_down();
}
END_TEST

START_TEST(coded_sentences_read__content_elsewhere__tells_the_line)
{
	struct coded c;
	struct err e = {0};
	set_up();
	write_file("sentences.tsv", "It rains.\tIt snows\tBell\tBell\tSTATE\t-\t-\tnone\t-\t-\n");
	ck_assert_int_eq(coded_sentences_read(path_of("sentences.tsv"), &arena, &c, &e), -1);
	ck_assert_ptr_nonnull(strstr(e.message, "line 1"));
	tear_down();
}
END_TEST

UNIT_MAIN("coded corpus", coded_read_from__two_articles__lines_and_texts,
	  coded_read_from__unknown_side__tells_the_file,
	  coded_sentences_read__two_positions_of_one_sentence__an_article,
	  coded_sentences_read__content_elsewhere__tells_the_line)
