/* The plain structs in which the rooms speak of articles, actors, issues and statements. Data only,
 * but for an article's date.
 *
 * Strings are views whose memory belongs to whoever filled the struct in, usually an arena; ""
 * means "not given". Offsets are Unicode code points into the article's stored text, half-open, as
 * in the W3C Web Annotation model. Countries are ISO 3166-1 alpha-3 codes in capitals. */
#ifndef DEMARCHE_BASE_MODEL_H
#define DEMARCHE_BASE_MODEL_H

#include "base/date.h"
#include "base/str.h"
#include "base/terms.h"

struct span {
	uint32_t start, end;
};

struct spans {
	const struct span *v; /* in rising order, not overlapping */
	size_t n;
};

struct strs {
	const struct str *v;
	size_t n;
};

/* Where else the text of an article was printed, word for word. */
struct article_source {
	struct str outlet, url, title;
	struct str published_at; /* as of an article */
	int64_t received_ms;
};

struct article {
	int64_t id; /* 0 before it is stored */
	struct str url, outlet, title, author;
	struct str published_at; /* as given: a date or an instant with zone (base/date.h), or "" */
	day_t published_on;	 /* its day, set with it by article_publish */
	struct str language;	 /* BCP 47, or "" */
	struct str text;	 /* byte for byte as it came */
	unsigned char sha256[32]; /* of text */
	int64_t received_ms;	  /* Unix time */
	/* Filled in when read from the store: */
	uint32_t statement_count;
	int64_t copy_of; /* the article of which it is nearly a copy (db/copies.h), 0 for none */
	const struct article_source *sources; /* besides its own, in the order in which they came */
	size_t n_sources;
};

/* Sets when it was published: the text as given and its day. False when the text is neither "" nor
 * a date or an instant; then the day is DAY_NONE. Any thread. */
bool article_publish(struct article *a, struct str published_at);
/* An article of a text and such a date. */
struct article article_of(struct str text, struct str published_at);

/* DAY_NONE where none is given. */
static inline day_t article_day(const struct article *a)
{
	return a->published_at.n ? a->published_on : DAY_NONE;
}

/* An actor's post during a time: "the foreign minister" depends on the article's date. */
struct role {
	struct str title;   /* "foreign minister" */
	struct str country; /* for whom */
	day_t from, to;	    /* first and last day; DAY_NONE where open */
};

struct actor {
	struct str id;	 /* slug: "wang-yi", "CHN"; opaque to users */
	struct str name; /* "Wang Yi" */
	enum actor_kind kind;
	/* The country it speaks for on the article's date, by post or as a public body; of a
	 * country its own code; or "". */
	struct str country;
	struct str wikidata; /* "Q30" or "" */
	struct strs aliases; /* other names it goes by, as written */
	const struct role *roles;
	size_t n_roles;
	/* Filled in when read from the store: */
	uint32_t statement_count;
	struct strs merged; /* ids of those that are the same (db/edit.h); for one alone */
	int64_t edit;	    /* the last one by a person, or 0 */
};

struct issue {
	struct str id;	   /* slug: "core-interests" */
	struct str label;  /* "core interests" */
	struct str parent; /* slug or "" */
	enum issue_kind kind;
	int cap_major, cap_sub; /* Comparative Agendas Project: 19, 1905; 0 where none applies */
	struct strs terms;	/* phrases that name it */
	bool is_charge;		/* who takes part in it is accused: corruption, war crimes */
	bool is_open;		/* found as a noun phrase in a text, not in the table of issues */
	bool is_edited;		/* added or changed by a user; filled in when read from the store */
	uint32_t statement_count;
	struct strs merged; /* as of an actor, and so the next */
	int64_t edit;
};

/* An issue of a statement, and the speaker's position on it. */
struct issue_hit {
	const struct issue *issue;
	float score; /* 0..1 */
	struct spans evidence;
	/* Supporting what the evidence says is being against the issue: "tax cuts" of taxes. Filled
	 * in by the engine only. */
	bool turns;
	/* That the statement is about it most, of all issues but places. Filled in by the engine
	 * only. */
	float main;
	enum position position;
	float position_confidence; /* that it is right if the issue is: above 0 to 1; 0: unknown */
	/* The words of the object that the position is on, then those that tell the side. */
	struct spans position_evidence;
};

struct stance {
	/* Of the speaker, on the statement's first issue; where that is only mentioned, or there is
	 * none, on what its content is about. */
	enum position position;
	enum act act;
	const struct actor *target;    /* towards whom, or NULL */
	enum position target_position; /* of the speaker towards the target; neutral without one */
	float intensity;	       /* -1..1 */
	struct spans evidence;
	/* That act and position are right if content and source are: above 0 to 1; 0: unknown. */
	float confidence;
};

/* When it was said. */
struct said_on {
	struct str text; /* the words of the article; "" if there are none: nothing else is set */
	struct str date; /* "2024-04-26", "2024-04", "2024" by precision; "": the words give none */
	enum precision precision;
	struct str rule; /* how the date was found, in a few words */
	/* With a date: the first and the last day that it means. Not filled in when read from the
	 * store. */
	day_t from, to;
};

/* Sets the first and the last day by the date and its precision; DAY_NONE without a date, and for
 * what is no date. */
void said_on_set_days(struct said_on *s);

struct statement {
	int64_t id; /* 0 before it is stored */
	/* Filled in when read from the store: the number of the transaction that changed it last,
	 * and the last edit of it by a person (db/edit.h), 0 for none. */
	int64_t version, edit;
	int64_t article_id;
	enum statement_kind kind;
	/* The words of the content spans, as cleaned, joined by one space, without the marks around
	 * a whole quotation. */
	struct str content;
	struct {
		struct spans source, cue, content, addressee, time, target;
	} spans;
	const struct actor *speaker; /* NULL where the text names none */
	enum speaker_via speaker_via;
	/* The post given beside the name, else the one held at that date by the tables, or "". */
	struct str speaker_role;
	const struct actor *addressee;
	const struct actor *reported_by; /* who says that the speaker says so, or NULL */
	const struct issue_hit *issues;	 /* best first */
	size_t n_issues;
	struct stance stance;
	enum polarity polarity;
	enum modality modality;
	struct said_on said_on;
	float confidence; /* 0..1 */
	enum status status;
	/* Stored, and returned by its id and with its article, but in no list and no count; a
	 * rejected one always is. */
	bool is_uncounted;
	/* Its cue and content lie in the content of a likelier one of its article. Uncounted, but
	 * listed for who asks for such. */
	bool is_nested;
	struct str engine; /* version of the engine that made it */
	/* Of its article, filled in when read from the store: */
	struct str article_title, article_url, outlet, published_at;
	int64_t copy_of;
};

/* What the engine found in one article. Pointers inside point into the arena it was made in. */
struct extraction {
	const struct statement *statements; /* in the order of the text */
	size_t n_statements;
};

/* A name, description or pronoun in the text, and whom it means. */
struct actor_span {
	struct span span; /* without titles, and without a possessive ending */
	enum mention_kind kind;
	const struct actor *actor; /* never NULL; a pronoun that means nobody named is left out */
};

/* A time expression. */
struct time_span {
	struct span span;
	struct str value; /* as in TIMEX3: "2024-04-26", "2024-W17", "2024-04", "2014/2024" */
};

/* All that the engine sees in one article, as `demarche annotate` prints it; each list in the order
 * of the text. */
struct annotation {
	const struct span *sentences; /* from the first to the last token of each */
	size_t n_sentences;
	const struct actor_span *mentions; /* of two that start together, the shorter first */
	size_t n_mentions;
	const struct time_span *times;
	size_t n_times;
	struct extraction found;
};

/* The actors and issues known before any article is read, and the version of the engine that knows
 * them ("" if unknown). */
struct knowledge {
	const struct actor *actors;
	size_t n_actors;
	const struct issue *issues;
	size_t n_issues;
	struct str engine;
};

/* What a short text is about. */
struct topic {
	int cap_major; /* a major topic of the Comparative Agendas Project, or 0: no word of it says
			  anything */
	float confidence; /* 0..1 */
};

/* Below this confidence a topic is a guess. */
#define TOPIC_SURE 0.68f

#endif
