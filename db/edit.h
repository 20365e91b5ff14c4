/* What persons change; a part of the store's contract.
 *
 * An edit says who did what to a statement, an actor or an issue, when, and what it was before and
 * after. Edits are only added: to take one back is another edit. What is in force follows from
 * them: of each thing the last edit's `after`.
 *
 * Statements. A person's decision on one (confirmed, edited, rejected, added) is the whole
 * statement as that person saw it. It goes by the text's digest and its offsets, and is laid over
 * what the engine finds (db/overlay.h): in the article's row at once, whenever the article is read
 * again, and when the same text is stored again after it was deleted. It fits a text where the
 * exact words of its source, cue and content, and 32 code points on either side of each, are what
 * they were (db/label.h); what does not fit, or has no text, is an orphan, and listed as such.
 * Rejected statements are stored and not counted.
 *
 * Taking back. The last edit of a thing that is not itself taken back can be, and so can the last
 * one whatever it is. A statement that is the engine's again is at once what it was, and its
 * article is read again.
 *
 * Dropping. What is decided on a statement whose text is not stored, or does not fit it, can be
 * dropped; with a statement of another text that takes its place.
 *
 * Splitting. An actor that is two: a new one takes some of its names and is named by some of its
 * statements, in one write, which is taken back together.
 *
 * Actors. Whoever is added or changed is from then on what a person gave, whole: neither tables nor
 * texts add to it until all of it is taken back. Since the engine knows such actors, too, each of
 * these changes raises the edition (db/reread.h).
 *
 * Merging. An actor that is the same as another one keeps its row and its names, which lead to the
 * other one from then on; the articles that name it are read again, with the other one in its
 * place. So with issues. */
#ifndef DEMARCHE_DB_EDIT_H
#define DEMARCHE_DB_EDIT_H

#include "db/label.h"
#include "db/store.h"

struct edit {
	int64_t id; /* rises with time */
	int64_t made_ms;
	struct str who;
	enum edit_action action;
	int64_t batch;	/* the first of those that were made together */
	int64_t thing;	/* the first of the same statement, actor or issue */
	int64_t undoes; /* an edit, or 0 */
	struct str subject;
	bool has_text;
	unsigned char sha256[DIGEST_BYTES];
	struct label before, after; /* LABEL_NONE: there was none, there is none any more */
	/* Filled in when read from the store, with the words of a text that is there: */
	int64_t article;   /* that has the text, or 0 */
	int64_t statement; /* that the thing is now, or 0 */
	bool fits;	   /* the text is there, and `after` fits it */
	bool can_be_undone;
};

/* One of the statements of a write. */
struct edit_item {
	/* As the caller read it (with its id and version), NULL for EDIT_ADD. */
	const struct statement *before;
	/* What it becomes: its status says what the action does. For EDIT_ADD with article_id. */
	struct statement after;
	int64_t statement; /* out: its id */
};

enum { EDIT_ITEMS_MAX = 1000, EDITS_LIMIT_MAX = 1000 };

/* Submitted by its `write`, whose op is WRITE_EDIT: all of it or nothing. In write.err:
 * ERR_NOT_FOUND; ERR_CHANGED: what is to be changed is not any more what the caller saw;
 * ERR_CONFLICT: it cannot be (a name that is taken, what would be merged into itself, what has been
 * edited since). */
struct edit_write {
	struct write write; /* first */
	enum edit_action action;
	struct str who;
	/* EDIT_CONFIRM, EDIT_CHANGE, EDIT_REJECT, EDIT_ADD: */
	struct edit_item *items;
	size_t n_items;
	/* EDIT_UNDO: what to take back; with `together` all that was made with it, less what cannot
	 * be. */
	int64_t undoes;
	bool together;
	/* EDIT_DROP: the last edit of an orphan, in `undoes`; with an item (to be added, or with
	 * `before` changed) that is made with it. */
	/* EDIT_ADD_ACTOR, EDIT_CHANGE_ACTOR: all of it. EDIT_MERGE_ACTORS: its id. */
	struct actor actor;
	/* EDIT_ADD_ACTOR: NULL, or what remains of the one that it is split from, whose last edit
	 * is `version`; then the items are statements that name the new one from then on. */
	const struct actor *remains;
	struct str issue; /* EDIT_MERGE_ISSUES: its id */
	struct str into;  /* of both: the id of the one that remains */
	/* Of an actor or issue: its last edit as the caller saw it, -1 for any. */
	int64_t version;
	int64_t edit; /* out: the first of those made */
	size_t made;  /* out: how many */
};

/* Newest first. All conditions are AND. */
struct edit_query {
	/* At most one of these, 0 or "" for all: one edit, those made together (by the first),
	 * those of a statement, an actor, an issue. */
	int64_t id, batch, statement;
	struct str actor, issue;
	struct str who;	   /* "" for all */
	bool only_labels;  /* the last one of each statement, where it is in force */
	bool only_orphans; /* of these those that fit no text that is stored */
	int limit;
	int64_t after; /* 0 for the first page */
};

struct edit_list {
	struct edit *v;
	size_t n;
};

/* The actors that persons added and changed; the last *n_merged are merged into others. */
int store_edited_actors(struct reader *r, struct arena *a, struct actor **out, size_t *n,
			size_t *n_merged, struct err *e) MUST_CHECK;

int store_edits(struct reader *r, const struct edit_query *q, struct arena *a,
		struct edit_list *out, int64_t *next, struct err *e) MUST_CHECK;

#endif
