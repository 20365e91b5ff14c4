/* Tokens, paragraphs, quotations and segments: tables of texts and what they are cut into. */
#include "extract/text/text.h"

#include <stdio.h>

#include "extract/syntax/syntax.h"
#include "extract/syntax/text_parse.h"
#include "extract/tables/key.h"
#include "extract/tables/lexicon.h"
#include "extract/text/quote.h"
#include "extract/text/segment.h"
#include "extract/text/sentence.h"
#include "extract/text/token.h"
#include "tests/unit/unit.h"

enum { TEXT_BYTES = 64 << 20, LINE = 4096 };

struct cut {
	const char *text, *want;
};

static struct lexicon *lexicon;
static struct syntax *syntax;
static struct arena arena;

static void set_up(void)
{
	struct err e = {0};
	arena_init(&arena, TEXT_BYTES);
	lexicon = lexicon_open(&e);
	syntax = syntax_open(NULL, &e);
	ck_assert_msg(lexicon && syntax, "%s", e.message);
}

static void tear_down(void)
{
	lexicon_close(lexicon);
	syntax_close(syntax);
	arena_release(&arena);
}

static struct text read_text(const char *s)
{
	struct text t;
	ck_assert_int_eq(text_tokenize(&t, str_of(s), lexicon, &arena), 0);
	ck_assert_int_eq(text_find_quotes(&t, &arena), 0);
	ck_assert_int_eq(text_find_sentences(&t, &arena), 0);
	ck_assert_int_eq(text_parse(&t, syntax, &arena), 0);
	ck_assert_int_eq(text_find_segments(&t, &arena), 0);
	return t;
}

static void append(char *line, const char *separator, struct str s)
{
	size_t n = strlen(line);
	snprintf(line + n, LINE - n, "%s%.*s", n ? separator : "", STR_ARG(s));
}

static void check(const struct cut *c, const char *got)
{
	ck_assert_msg(strcmp(got, c->want) == 0, "\"%s\" gave\n\"%s\", want\n\"%s\"", c->text, got,
		      c->want);
}

START_TEST(text_tokenize__words_and_marks__as_the_treebanks_cut_them)
{
	static const struct cut cases[] = {
		{"He said no.", "He|said|no|."},
		/* clitics */
		{"don't can’t cannot", "do|n't|ca|n’t|can|not"},
		{"could've couldn't've I'd've", "could|'ve|could|n't|'ve|I|'d|'ve"},
		{"China's Mr. Wang’s", "China|'s|Mr.|Wang|’s"},
		{"gonna wanna gotta lemme dunno", "gon|na|wan|na|got|ta|lem|me|du|n|no"},
		{"dont isnt Im youre thats", "do|nt|is|nt|I|m|you|re|that|s"},
		{"the workers' pay in the 1990's and the '90s",
		 "the|workers|'|pay|in|the|1990's|and|the|'90s"},
		{"O'Neill's Ba'athist L'Enfant", "O'Neill|'s|Ba'athist|L'Enfant"},
		/* hyphens */
		{"a well-known state-owned bank", "a|well|-|known|state|-|owned|bank"},
		{"an e-mail from a non-profit ex-minister",
		 "an|e-mail|from|a|non-profit|ex-minister"},
		{"mid-August anti-war re-elected co-founder",
		 "mid-August|anti-war|re-elected|co-founder"},
		{"over-the-counter two-year-old", "over|-|the|-|counter|two|-|year|-|old"},
		{"Ann Smith-Jones met al-Sadr", "Ann|Smith|-|Jones|met|al|-|Sadr"},
		{"Kim Jong-un and Ban Ki-moon", "Kim|Jong-un|and|Ban|Ki-moon"},
		{"a U.S.-led, Berlin-based group", "a|U.S.|-|led|,|Berlin|-|based|group"},
		{"call 555-010-4477 or 555-0144 in 2001-2004",
		 "call|555-010-4477|or|555-0144|in|2001|-|2004"},
		{"pages 10–12, wait — no--yes", "pages|10|–|12|,|wait|—|no|--|yes"},
		/* abbreviations and initials */
		{"the U.S. and J. R. Lee", "the|U.S.|and|J.|R.|Lee"},
		{"Mr. Lee and Dr. Ng of Acme Inc. met Sen. Fox (D-N.Y.).",
		 "Mr.|Lee|and|Dr.|Ng|of|Acme|Inc.|met|Sen.|Fox|(|D|-|N.Y.|)|."},
		{"He sells pens, paper, etc.", "He|sells|pens|,|paper|,|etc|."},
		{"at No. 5, e.g. here, says Low et al. in vol. 2",
		 "at|No.|5|,|e.g.|here|,|says|Low|et|al.|in|vol.|2"},
		{"no. He sat. It was us.", "no|.|He|sat|.|It|was|us|."},
		/* numbers, money, times */
		{"1,000.5 and 3:30 p.m.", "1,000.5|and|3:30|p.m|."},
		{"at 7pm, 7:30PM or 8 a.m. today", "at|7|pm|,|7:30|PM|or|8|a.m.|today"},
		{"50% of $20 and US$3.5bn or €4m", "50|%|of|$|20|and|US$|3.5|bn|or|€|4|m"},
		{"the 20th on 9/11 and 11/28/2000, 24/7, 1/2",
		 "the|20th|on|9/11|and|11/28/2000|,|24|/|7|,|1|/|2"},
		{"he/she and/or w/o it", "he|/|she|and|/|or|w/o|it"},
		{"up .04 to +44 since ’72", "up|.04|to|+44|since|’72"},
		/* addresses */
		{"see https://a.example/x?y=1, now", "see|https://a.example/x?y=1|,|now"},
		{"(http://a.example/b_(c)) ok", "(|http://a.example/b_(c)|)|ok"},
		{"mail ann.lee@b.org.", "mail|ann.lee@b.org|."},
		{"on news.example.com/x and report.pdf.", "on|news.example.com/x|and|report.pdf|."},
		{"@ann_lee likes #Peace and #1", "@ann_lee|likes|#Peace|and|#|1"},
		{"the end.Next one", "the|end|.|Next|one"},
		/* marks */
		{"``Yes,'' he said", "``|Yes|,|''|he|said"},
		{"‘‘Yes,’’ he said", "‘‘|Yes|,|’’|he|said"},
		{"wait... what?! No!!!", "wait|...|what|?!|No|!!!"},
		{"good :) bye :-(", "good|:)|bye|:-("},
		{"«Non», „nein“ [sic]", "«|Non|»|,|„|nein|“|[|sic|]"},
		{"a B&B by AT&T", "a|B&B|by|AT&T"},
		{"Erdoğan élan", "Erdoğan|élan"},
		{"a\u00a0b", "a|b"},
		{"", ""},
	};
	set_up();
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char line[LINE] = "";
		struct text t = read_text(cases[i].text);
		for (size_t k = 0; k < t.n_tokens; k++)
			append(line, "|", text_token(&t, k));
		check(&cases[i], line);
	}
	tear_down();
}
END_TEST

START_TEST(text_tokenize__accents_before_a_word__offsets_in_code_points)
{
	set_up();
	struct text t = read_text("Ça “été” 😀 ok");
	ck_assert_uint_eq(t.n_tokens, 6);
	ck_assert_uint_eq(t.tokens[5].point, 11);
	ck_assert_uint_eq(t.tokens[5].point_end, 13);
	ck_assert_uint_eq(t.tokens[2].point, 4);
	tear_down();
}
END_TEST

START_TEST(text_find_sentences__news_and_letters__as_a_grammarian_cuts)
{
	static const struct cut cases[] = {
		{"He left. She stayed.", "He left.|She stayed."},
		{"Mr. Lee met Gen. Fox. They spoke.", "Mr. Lee met Gen. Fox.|They spoke."},
		{"He came from the U.S. He left.", "He came from the U.S.|He left."},
		{"The U.S. Army left.", "The U.S. Army left."},
		{"J. R. Lee spoke to George W. Stone. It helped.",
		 "J. R. Lee spoke to George W. Stone.|It helped."},
		{"They met at 3 p.m. Tuesday. It rained.",
		 "They met at 3 p.m. Tuesday.|It rained."},
		{"It was 5 p.m. He slept.", "It was 5 p.m.|He slept."},
		{"It rose 3.5 percent. Then it fell.", "It rose 3.5 percent.|Then it fell."},
		{"A headline without a stop\n\nHe left.", "A headline without a stop|He left."},
		{"A headline without a stop\nHe left.", "A headline without a stop|He left."},
		{"A line that is\nwrapped here. He left.",
		 "A line that is\nwrapped here.|He left."},
		{"BERLIN (Reuters) - The talks failed. He left.",
		 "BERLIN (Reuters) - The talks failed.|He left."},
		{"“Will you go?” he asked. She laughed.", "“Will you go?” he asked.|She laughed."},
		{"\"Will you go?\" Mr. Stone asked.", "\"Will you go?\" Mr. Stone asked."},
		{"\"We oppose it,\" Wang said. \"We always did,\" he added.",
		 "\"We oppose it,\" Wang said.|\"We always did,\" he added."},
		{"He said: \"We lost. We will win.\" Then he left.",
		 "He said: \"We lost.|We will win.\"|Then he left."},
		{"He left (she stayed). They met.", "He left (she stayed).|They met."},
		{"What now?! Nobody knows... yet.", "What now?!|Nobody knows... yet."},
		{"", ""},
	};
	set_up();
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char line[LINE] = "";
		struct text t = read_text(cases[i].text);
		for (size_t k = 0; k < t.n_sentences; k++)
			append(line, "|",
			       text_range(&t, t.sentences[k].first, t.sentences[k].end - 1));
		check(&cases[i], line);
	}
	tear_down();
}
END_TEST

START_TEST(text_find_sentences__a_list_without_an_end__cut_at_the_limit)
{
	enum { WORDS = 1000, MOST = 400 };
	static char list[WORDS * 3 + 1];
	set_up();
	for (size_t i = 0; i < WORDS; i++)
		memcpy(list + i * 3, "a, ", 3);
	struct text t = read_text(list);
	size_t covered = 0;
	for (size_t k = 0; k < t.n_sentences; k++) {
		ck_assert_uint_eq(t.sentences[k].first, covered);
		ck_assert_uint_le(t.sentences[k].end - t.sentences[k].first, MOST);
		covered = t.sentences[k].end;
	}
	ck_assert_uint_eq(covered, t.n_tokens);
	ck_assert_uint_gt(t.n_tokens, MOST);
	tear_down();
}
END_TEST

START_TEST(text_find_quotes__marks_of_every_style__what_they_hold)
{
	/* quotations as "open..close words", with ! where the closing mark is missing, + where it
	 * goes on from the paragraph before */
	static const struct cut cases[] = {
		{"“We go home now,” he said.", "“We go home now,”"},
		{"\"We go home now,\" he said.", "\"We go home now,\""},
		{"``We go home now,'' he said.", "``We go home now,''"},
		{"« We go home now, » he said.", "« We go home now, »"},
		{"„We go home now“, he said.", "„We go home now“"},
		{"»We go home now«, he said.", "»We go home now«"},
		{"“We go home now. » He left.", "“We go home now. »"},
		{"‘We don’t go,’ he said.", "‘We don’t go,’"},
		{"'We don't go,' he said.", "'We don't go,'"},
		{"It's the officials' plan of the '90s.", ""},
		{"the dogs’ and the cats’ food", ""},
		{"He said “no” and ‘never’ twice.", "“no”|‘never’"},
		{"“We go home now. He left.", "“We go home now. He left.!"},
		{"He called it “a thing of the past. He left.\n\n“We go,” she said.",
		 "“a thing of the past. He left.!|“We go,”+"},
		{"He called it “a thing of the past. He left.\n\nShe went “home” then.",
		 "“a thing of the past.!|“home”"},
		{"“One two three.\n\n“Four five six.”\n\nEnd.",
		 "“One two three.!|“Four five six.”+"},
		{"“One two three. “Four five six,” he said.", "“One two three.!|“Four five six,”"},
		{"5' 10\" tall", ""},
		{"“”", ""},
	};
	set_up();
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char line[LINE] = "";
		struct text t = read_text(cases[i].text);
		for (size_t k = 0; k < t.n_quotes; k++) {
			append(line, "|", text_range(&t, t.quotes[k].open, t.quotes[k].close));
			if (!t.quotes[k].is_closed)
				strncat(line, "!", LINE - strlen(line) - 1);
			if (t.quotes[k].is_continued)
				strncat(line, "+", LINE - strlen(line) - 1);
		}
		check(&cases[i], line);
	}
	tear_down();
}
END_TEST

START_TEST(text_find_segments__sentences__cut_outside_and_inside_of_speech)
{
	static const struct cut cases[] = {
		{"He left. She stayed.", "He left.|She stayed."},
		{"Mr. Lee met Gen. Fox. They spoke.", "Mr. Lee met Gen. Fox.|They spoke."},
		{"He came from the U.S. He left.", "He came from the U.S.|He left."},
		{"The U.S. Army left.", "The U.S. Army left."},
		{"It rose 3.5 percent. Then it fell.", "It rose 3.5 percent.|Then it fell."},
		{"A headline without a stop\n\nHe left.", "A headline without a stop|He left."},
		{"A line that is\nwrapped here. He left.",
		 "A line that is\nwrapped here.|He left."},
		{"“Why go? Why stay?” he asked.",
		 "“Why go? Why stay?” he asked.|Why go?|Why stay?"},
		{"He spoke. “We stay here.” She left.",
		 "He spoke.|“We stay here.”|She left.|We stay here."},
		{"He was ill. She had lunch at No. 5 today.",
		 "He was ill.|She had lunch at No. 5 today."},
	};
	set_up();
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char line[LINE] = "";
		struct text t = read_text(cases[i].text);
		for (size_t k = 0; k < t.n_segments; k++)
			append(line, "|",
			       text_range(&t, t.items[t.segments[k].first].first,
					  t.items[t.segments[k].end - 1].last));
		check(&cases[i], line);
	}
	tear_down();
}
END_TEST

START_TEST(text_parse__plain_sentences__parts_of_speech)
{
	static const struct {
		const char *text;
		unsigned at, tag;
	} cases[] = {
		{"The minister said that the talks failed.", 2, TAG_VBD},
		{"The minister said that the talks failed.", 3, TAG_SC},
		{"The minister said that the talks failed.", 6, TAG_VBD},
		{"Officials want China to stop.", 1, TAG_VBP},
		{"Officials want China to stop.", 4, TAG_VB},
		{"China has denied it.", 2, TAG_VBN},
		{"Bivens hopes Clinton will win.", 1, TAG_VBP},
		{"They began to urgently express concern.", 4, TAG_VB},
		{"Xi Jinping spoke quickly.", 1, TAG_NNP},
		{"Xi Jinping spoke quickly.", 3, TAG_RB},
	};
	set_up();
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct text t = read_text(cases[i].text);
		ck_assert_msg(t.tokens[cases[i].at].tag == cases[i].tag,
			      "\"%s\", word %u: tag %u, want %u", cases[i].text, cases[i].at,
			      t.tokens[cases[i].at].tag, cases[i].tag);
	}
	tear_down();
}
END_TEST

START_TEST(word_key__case_accents_and_stops__fold)
{
	ck_assert_uint_eq(word_key(STR("U.S.")), word_key(STR("us")));
	ck_assert_uint_eq(word_key(STR("Erdoğan")), word_key(STR("ERDOGAN")));
	ck_assert_uint_ne(word_key(STR("core")), word_key(STR("cores")));
	ck_assert_uint_eq(word_stem(STR("cores")), word_key(STR("core")));
	ck_assert_uint_eq(word_stem(STR("countries")), word_key(STR("country")));
	ck_assert_uint_eq(word_stem(STR("crisis")), word_key(STR("crisis")));
}
END_TEST

UNIT_MAIN("text", text_tokenize__words_and_marks__as_the_treebanks_cut_them,
	  text_tokenize__accents_before_a_word__offsets_in_code_points,
	  text_find_sentences__news_and_letters__as_a_grammarian_cuts,
	  text_find_sentences__a_list_without_an_end__cut_at_the_limit,
	  text_find_quotes__marks_of_every_style__what_they_hold,
	  text_find_segments__sentences__cut_outside_and_inside_of_speech,
	  text_parse__plain_sentences__parts_of_speech, word_key__case_accents_and_stops__fold)
