/* What a question in words says: parameters of GET /v1/statements, each with the words that say it,
 * what is left, and in which other ways it may be read. phrase_read.h makes it. Any thread. */
#ifndef DEMARCHE_API_QUERY_PHRASE_H
#define DEMARCHE_API_QUERY_PHRASE_H

#include "api/format/json_write.h"
#include "api/query/holder.h"
#include "api/query/phrase_words.h"
#include "api/query/question.h"
#include "base/arena.h"

enum { PHRASE_TERMS_MAX = 32, PHRASE_NOTES_MAX = 12, PHRASE_GROUPS_MAX = 4 };

/* One parameter that the phrase says, and the words that say it. */
struct phrase_term {
	struct str name;
	struct condition given;
};

/* A post beside a name that is no person's: "the mayor of London". */
struct phrase_office {
	struct str whole, post, name; /* "mayor of London"; whole.n == 0: there is none */
};

/* The words of what it is about, of which some may have to be left out. */
enum { PHRASE_TOPIC_MAX = 8 };
struct phrase_topic {
	size_t term; /* among the phrase's */
	struct str v[PHRASE_TOPIC_MAX];
	bool is_name[PHRASE_TOPIC_MAX], is_actor[PHRASE_TOPIC_MAX];
	struct str country[PHRASE_TOPIC_MAX]; /* its id where it names one, or "" */
	struct str issue[PHRASE_TOPIC_MAX];   /* that is found by the name, or "" */
	size_t n;
};

struct phrase {
	struct phrase_term terms[PHRASE_TERMS_MAX];
	size_t n;
	struct str unparsed[PHRASE_WORDS_MAX];
	size_t n_unparsed;
	struct str notes[PHRASE_NOTES_MAX];
	size_t n_notes;
	enum phrase_wish wish;
	/* What it is counted by: parameters of GET /v1/stats, "by=country,interval=month". */
	struct str groups[PHRASE_GROUPS_MAX];
	size_t n_groups;
	struct phrase_office office;
	/* Words that articles may have beside the names of those who are meant, or "": who speaks
	 * for a body, holds a post, or is somebody's wife (holder.h). */
	struct str called;
	bool is_called_first;	   /* they alone are meant: a relative */
	bool asks_all;		   /* "everything" */
	bool is_loose;		   /* leaves out more words than it keeps: told, but not taken */
	bool is_yes_no;		   /* "does she" */
	bool is_keywords;	   /* no word says who speaks */
	bool is_anonymous;	   /* the speaker is nobody by name: "scientists" */
	struct phrase_topic topic; /* n == 0: there is none */
	struct str left_out;	   /* of it, in this reading */
	bool is_office_near;	   /* a post and its owner are words near statements */
};

/* Another reading: the `number`th from 1 on, likelier ones first. 1, 0 when there are no more, -1
 * with *e. */
int phrase_reading(const struct phrase *p, int number, struct arena *a, struct phrase *out,
		   struct err *e) MUST_CHECK;

/* Ways to find more by a reading that finds little: 1, 0 when there is none of the kind (or
 * number), or -1 with *e. */
/* With what others are reported to say that the speaker says. */
int phrase_nested(const struct phrase *p, struct phrase *out) MUST_CHECK;
/* Without words of the topic; `found` is how many have all. */
int phrase_less(const struct phrase *p, int number, int found, struct arena *a, struct phrase *out,
		struct err *e) MUST_CHECK;
/* With the issue that a name of the topic is a term of: "leave the EU". */
int phrase_by_issue(const struct phrase *p, struct arena *a, struct phrase *out,
		    struct err *e) MUST_CHECK;
/* With those of a country in its stead; `at` is its place in the topic. */
int phrase_by_people(const struct phrase *p, size_t at, const struct holder_list *who,
		     struct arena *a, struct phrase *out, struct err *e) MUST_CHECK;
/* With those who are called so beside the speaker; instead of the speaker where is_called_first. */
int phrase_called(const struct phrase *p, const struct holder_list *who, struct arena *a,
		  struct phrase *out, struct err *e) MUST_CHECK;

/* Does it name one speaker, and nobody by a post? */
bool phrase_is_of_one(const struct phrase *p);

/* Does it ask for a position, and for words that may stand anywhere near who takes it? */
bool phrase_takes_side_near(const struct phrase *p);
/* Does it ask for a position towards somebody? */
bool phrase_takes_side_towards(const struct phrase *p);
/* With the position on these issues alone; of none it is on what the question calls so, which
 * finds nothing. */
void phrase_on_issues(const struct phrase *p, struct strs labels, struct phrase *out);
/* With these statements alone. */
void phrase_of_ids(const struct phrase *p, struct str ids, struct phrase *out);
/* Of "does she support it": whatever she says of it. 1, 0 where it is no such question, -1. */
int phrase_in_any_way(const struct phrase *p, struct phrase *out, struct err *e) MUST_CHECK;
/* Whatever side is taken: 1, or 0 where no side is asked for. */
int phrase_any_stance(const struct phrase *p, struct phrase *out, struct err *e) MUST_CHECK;

/* Without what it is about: 1, or 0 where it is about nothing in words, names no speaker, or is a
 * count. */
int phrase_without_topic(const struct phrase *p, struct phrase *out) MUST_CHECK;
/* With these ways (" | words") beside what it is about, and a note that says why. */
int phrase_or_near(const struct phrase *p, struct str others, const char *note, struct arena *a,
		   struct phrase *out, struct err *e) MUST_CHECK;

/* The members unparsed and notes. */
void phrase_write(struct jw *j, const struct phrase *p);

#endif
