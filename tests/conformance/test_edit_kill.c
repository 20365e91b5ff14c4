/* A thousand random edits, kills and readings: nothing that was acknowledged is lost, nothing has
 * moved. A process edits, takes back, splits an actor, reads again, deletes and stores again, drops
 * what has no text any more or puts it into another one, and writes down in memory that it shares
 * what it is about to do and what was acknowledged; it is killed at any moment, and what the store
 * holds then is compared with what was written down. */
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>

#include "db/edit.h"
#include "db/reread.h"
#include "tests/conformance/fixture.h"

enum {
	EDITS = 1000,
	TEXTS = 6,
	SENTENCES = 8,
	SENTENCE_POINTS =
		40, /* "Wang says that kabo limu tiro vanu zelo.": each begins at a multiple */
	SPLITS_MAX = 60,
	OPS_MAX = 200000,
	ROUNDS_MAX = 2000,
};

enum op { OP_NONE, OP_EDIT, OP_UNDO, OP_DROP, OP_OTHER };

/* A decision is told by its number, which stands in the statement as the speaker's role. */
struct entry {
	enum op op;
	int text;
	int number,
		before; /* of the decision that is made (or taken back), and of what it was on; 0 */
	int orphan;	/* the decision on another text that ends with it, or 0 */
	int split;	/* 1 + the number of the actor that is split off with it, or 0 */
	struct span content;
	bool is_acknowledged;
};

struct journal {
	_Atomic size_t n;
	uint64_t random;
	struct entry v[OPS_MAX];
	atomic_bool is_open; /* the process has opened the store */
};

static uint32_t dice(uint64_t *state, uint32_t sides)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return (uint32_t)(*state >> 32) % sides;
}

static void make_text(int number, char out[SENTENCES * SENTENCE_POINTS + 1])
{
	for (int i = 0; i < SENTENCES; i++)
		snprintf(out + (size_t)i * SENTENCE_POINTS, SENTENCE_POINTS + 1,
			 "Wang says that kabo limu tiro vanu%c%c%c%c. ", 'a' + number, 'a' + i, 'x',
			 'y');
}

/* --- what an engine finds, now so, now otherwise --- */

static const struct issue_hit on_core = {.issue = &core, .score = 0.5F},
			      on_trade = {.issue = &trade, .score = 0.5F};

struct found {
	struct statement v[SENTENCES];
	struct span spans[SENTENCES][3];
	char words[SENTENCES][SENTENCE_POINTS];
	size_t n;
};

static void find(uint64_t *random, const char *text, struct found *x)
{
	static const struct actor *const actors[] = {&wang, &china, &usa};
	x->n = 0;
	for (uint32_t i = 0; i < SENTENCES; i++) {
		if (dice(random, 6) == 0)
			continue;
		size_t k = x->n++;
		uint32_t at = i * SENTENCE_POINTS, from = at + 10 + dice(random, 2) * 5,
			 to = at + 25 + dice(random, 3) * 5;
		x->spans[k][0] = (struct span){at, at + 4};
		x->spans[k][1] = (struct span){at + 5, at + 9};
		x->spans[k][2] = (struct span){from, to};
		snprintf(x->words[k], SENTENCE_POINTS, "%.*s", (int)(to - from), text + from);
		x->v[k] = plain_statement(str_of(x->words[k]), actors[dice(random, 3)]);
		x->v[k].spans.source = (struct spans){&x->spans[k][0], 1};
		x->v[k].spans.cue = (struct spans){&x->spans[k][1], 1};
		x->v[k].spans.content = (struct spans){&x->spans[k][2], 1};
		x->v[k].issues = dice(random, 2) ? &on_core : &on_trade;
		x->v[k].n_issues = 1;
	}
}

/* --- what the process does until it is killed --- */

struct worker {
	struct fixture f;
	struct journal *j;
	uint64_t *random;
};

static struct entry *announce(struct worker *w, enum op op, int text)
{
	size_t n = atomic_load(&w->j->n);
	if (n == OPS_MAX)
		_exit(0);
	struct entry *e = &w->j->v[n];
	*e = (struct entry){.op = op, .text = text};
	return e;
}

static void submit(struct worker *w, struct entry *entry, struct write *write)
{
	struct err e = {0};
	atomic_fetch_add(&w->j->n, 1);
	if (store_write_all(w->f.store, &write, 1, &e))
		_exit(3);
	entry->is_acknowledged = true;
}

static int64_t article_with(struct fixture *f, int text)
{
	char words[SENTENCES * SENTENCE_POINTS + 1];
	struct article a;
	make_text(text, words);
	struct reader *r = fixture_reader(f);
	assert_ok(article_of_text(r, str_of(words), &f->arena, &a, &f->e), f->e);
	reader_return(r);
	return a.id;
}

static struct statement_list list_of(struct fixture *f, int64_t article)
{
	struct statement_query q = query_all(200);
	int64_t next;
	q.article = article;
	return fixture_ask(f, &q, &next);
}

static int number_of(const struct statement *s)
{
	int64_t n;
	return s->speaker_role.n > 1 &&
			       str_to_i64(str_sub(s->speaker_role, 1, s->speaker_role.n), &n)
		       ? (int)n
		       : 0;
}

static void store(struct worker *w, int text)
{
	char words[SENTENCES * SENTENCE_POINTS + 1];
	struct found x;
	make_text(text, words);
	find(w->random, words, &x);
	struct write wr = made_article(str_of(words), STR("2024-04-26"), x.v, x.n);
	submit(w, announce(w, OP_OTHER, text), &wr);
}

static void read_again(struct worker *w, int text, int64_t article)
{
	char words[SENTENCES * SENTENCE_POINTS + 1];
	struct found x;
	make_text(text, words);
	find(w->random, words, &x);
	struct reread_write rw = {.write = {.op = WRITE_REREAD, .id = article}};
	rw.write.extraction = (struct extraction){x.v, x.n};
	rw.write.edition = store_stats(w->f.store).reread.edition;
	submit(w, announce(w, OP_OTHER, text), &rw.write);
}

static void delete (struct worker *w, int text, int64_t article)
{
	struct write gone = {.op = WRITE_DELETE, .id = article};
	submit(w, announce(w, OP_OTHER, text), &gone);
}

/* One edit of a statement, alone or with what else `ew` says. */
static void edit_with(struct worker *w, struct entry *entry, const struct statement *s,
		      struct edit_item *item, struct edit_write *ew)
{
	static const enum status statuses[] = {STATUS_CONFIRMED, STATUS_EDITED, STATUS_EDITED,
					       STATUS_REJECTED};
	char role[20];
	entry->number = (int)atomic_load(&w->j->n) + 1;
	entry->before = number_of(s);
	entry->content = s->spans.content.v[0];
	if (dice(w->random, 3) == 0 && entry->content.end - entry->content.start > 8)
		entry->content.end -= 5;
	snprintf(role, sizeof role, "v%d", entry->number);
	item->after.status = item->before ? statuses[dice(w->random, 4)] : STATUS_EDITED;
	item->after.speaker_role = str_of(role);
	item->after.spans.content = (struct spans){&entry->content, 1};
	item->after.content = str_sub(s->content, 0, entry->content.end - entry->content.start);
	ew->items = item;
	ew->n_items = 1;
	submit(w, entry, &ew->write);
}

static const struct statement *any_of(struct worker *w, int64_t article)
{
	struct statement_list list = list_of(&w->f, article);
	return list.n ? &list.v[dice(w->random, (uint32_t)list.n)] : NULL;
}

static void edit(struct worker *w, int text, int64_t article)
{
	const struct statement *s = any_of(w, article);
	if (!s)
		return;
	struct edit_item item = {.before = s, .after = *s};
	struct edit_write ew = {
		.write = {.op = WRITE_EDIT}, .action = EDIT_CHANGE, .who = STR("ann")};
	if (dice(w->random, 2))
		item.after.speaker = &usa;
	edit_with(w, announce(w, OP_EDIT, text), s, &item, &ew);
}

/* --- actors split --- */

struct split_actor {
	char id[20], name[20], alias[20];
	struct str names[1];
	struct actor actor;
};

static void make_split(int number, struct split_actor *x)
{
	snprintf(x->id, sizeof x->id, "split-%d", number);
	snprintf(x->name, sizeof x->name, "Split %d", number);
	snprintf(x->alias, sizeof x->alias, "name %d", number); /* as it is folded */
	x->names[0] = str_of(x->alias);
	x->actor = (struct actor){.id = str_of(x->id),
				  .name = str_of(x->name),
				  .kind = ACTOR_PERSON,
				  .country = STR_EMPTY,
				  .wikidata = STR_EMPTY,
				  .aliases = {x->names, 1}};
}

static int splits_in(const struct journal *j)
{
	int n = 0;
	for (size_t i = 0; i < atomic_load(&j->n); i++)
		n = j->v[i].split > n ? j->v[i].split : n;
	return n;
}

/* Wang without one of his names: another one bears it from then on, and is named by a statement. */
static void split(struct worker *w, int text, int64_t article)
{
	int number = splits_in(w->j);
	const struct statement *s = any_of(w, article);
	struct actor remains = fixture_actor(&w->f, wang.id).actor;
	struct str *left = arena_array(&w->f.arena, remains.aliases.n, sizeof *left);
	struct split_actor added;
	size_t n = 0;
	if (!s || number == SPLITS_MAX)
		return;
	make_split(number, &added);
	for (size_t i = 0; i < remains.aliases.n; i++)
		if (!str_eq(remains.aliases.v[i], added.names[0]))
			left[n++] = remains.aliases.v[i];
	ck_assert_uint_eq(n + 1, remains.aliases.n);
	remains.aliases = (struct strs){left, n};
	struct edit_item item = {.before = s, .after = *s};
	struct edit_write ew = {.write = {.op = WRITE_EDIT},
				.action = EDIT_ADD_ACTOR,
				.who = STR("cyd"),
				.actor = added.actor,
				.remains = &remains,
				.version = remains.edit};
	struct entry *entry = announce(w, OP_EDIT, text);
	entry->split = number + 1;
	item.after.speaker = &added.actor;
	edit_with(w, entry, s, &item, &ew);
}

/* --- orphans --- */

/* The last edit of a decision whose text is not stored, by chance; 0 for none. */
static int64_t any_orphan(struct worker *w, int *number)
{
	struct edit_query q = {.only_orphans = true, .limit = EDITS_LIMIT_MAX};
	struct edit_list list;
	int64_t next;
	struct reader *r = fixture_reader(&w->f);
	assert_ok(store_edits(r, &q, &w->f.arena, &list, &next, &w->f.e), w->f.e);
	reader_return(r);
	if (!list.n)
		return 0;
	const struct edit *d = &list.v[dice(w->random, (uint32_t)list.n)];
	*number = number_of(&d->after.statement);
	return d->id;
}

static void drop(struct worker *w, int text)
{
	int number;
	struct edit_write ew = {.write = {.op = WRITE_EDIT},
				.action = EDIT_DROP,
				.who = STR("dee"),
				.undoes = any_orphan(w, &number)};
	if (!ew.undoes)
		return;
	struct entry *entry = announce(w, OP_DROP, text);
	entry->orphan = number;
	submit(w, entry, &ew.write);
}

/* Onto what is found in another text, or where nothing is. */
static void attach(struct worker *w, int text, int64_t article)
{
	int number;
	char words[SENTENCES * SENTENCE_POINTS + 1];
	struct edit_write ew = {.write = {.op = WRITE_EDIT},
				.action = EDIT_DROP,
				.who = STR("dee"),
				.undoes = any_orphan(w, &number)};
	struct statement_list list = list_of(&w->f, article);
	uint32_t at = dice(w->random, SENTENCES) * SENTENCE_POINTS;
	const struct statement *there = NULL;
	if (!ew.undoes)
		return;
	for (size_t i = 0; i < list.n; i++)
		if (list.v[i].spans.content.v[0].start / SENTENCE_POINTS == at / SENTENCE_POINTS)
			there = &list.v[i];
	make_text(text, words);
	struct span spans[] = {{at, at + 4}, {at + 5, at + 9}, {at + 10, at + 35}};
	struct statement made = plain_statement(str_sub(str_of(words), at + 10, at + 35), &china);
	made.article_id = article;
	made.spans.source = (struct spans){&spans[0], 1};
	made.spans.cue = (struct spans){&spans[1], 1};
	made.spans.content = (struct spans){&spans[2], 1};
	const struct statement *s = there ? there : &made;
	struct edit_item item = {.before = there, .after = *s};
	struct entry *entry = announce(w, OP_EDIT, text);
	entry->orphan = number;
	edit_with(w, entry, s, &item, &ew);
}

/* The last one of a statement. */
static void undo(struct worker *w, int text, int64_t article)
{
	struct statement_list list = list_of(&w->f, article);
	for (size_t i = 0; i < list.n; i++) {
		const struct statement *s = &list.v[i];
		struct edit_list edits;
		int64_t next;
		if (!number_of(s) || dice(w->random, 3))
			continue;
		struct edit_query q = {.id = s->edit, .limit = 1};
		struct reader *r = fixture_reader(&w->f);
		assert_ok(store_edits(r, &q, &w->f.arena, &edits, &next, &w->f.e), w->f.e);
		reader_return(r);
		/* A taking back that is taken back is another edit's matter. */
		if (!edits.n || edits.v[0].action != EDIT_CHANGE)
			continue;
		struct entry *entry = announce(w, OP_UNDO, text);
		entry->number = number_of(s);
		entry->before = number_of(&edits.v[0].before.statement);
		entry->content = edits.v[0].before.statement.spans.content.v[0];
		struct edit_write ew = {.write = {.op = WRITE_EDIT},
					.action = EDIT_UNDO,
					.who = STR("ben"),
					.undoes = s->edit};
		submit(w, entry, &ew.write);
		return;
	}
}

static void work(struct worker *w)
{
	for (;;) {
		int text = (int)dice(w->random, TEXTS);
		int64_t article = article_with(&w->f, text);
		uint32_t what = dice(w->random, 20);
		if (!article && what < 5)
			drop(w, text);
		else if (!article)
			store(w, text);
		else if (what < 8)
			edit(w, text, article);
		else if (what < 9)
			attach(w, text, article);
		else if (what < 10)
			split(w, text, article);
		else if (what < 12)
			undo(w, text, article);
		else if (what < 18)
			read_again(w, text, article);
		else
			delete (w, text, article);
		arena_release(&w->f.arena);
	}
}

/* --- what must hold --- */

/* Which decisions are in force by the journal; `but_one`: of an operation that was not acknowledged
 * both is right. */
struct expected {
	bool is_live[OPS_MAX + 2];
	int text[OPS_MAX + 2];
	struct span content[OPS_MAX + 2];
	size_t n;
};

static void end(struct expected *x, int number)
{
	if (!number)
		return;
	ck_assert(x->is_live[number]);
	x->is_live[number] = false;
	x->n--;
}

static void apply(struct expected *x, const struct entry *e)
{
	int come = e->op == OP_EDIT ? e->number : e->before;
	if (e->op != OP_EDIT && e->op != OP_UNDO && e->op != OP_DROP)
		return;
	end(x, e->op == OP_EDIT ? e->before : e->number);
	end(x, e->orphan);
	if (come) {
		x->is_live[come] = true;
		x->text[come] = e->text;
		x->content[come] = e->content;
		x->n++;
	}
}

static bool labels_are(struct fixture *f, const struct expected *x)
{
	struct edit_query q = {.only_labels = true, .limit = EDITS_LIMIT_MAX};
	struct edit_list list;
	int64_t next;
	struct reader *r = fixture_reader(f);
	assert_ok(store_edits(r, &q, &f->arena, &list, &next, &f->e), f->e);
	reader_return(r);
	ck_assert_int_eq(next, 0);
	if (list.n != x->n)
		return false;
	for (size_t i = 0; i < list.n; i++)
		if (!x->is_live[number_of(&list.v[i].after.statement)])
			return false;
	return true;
}

/* Each decision of a text that is stored stands there once, in its place and in its words. */
static void statements_are(struct fixture *f, const struct expected *x)
{
	size_t stored = 0, seen = 0;
	bool has[TEXTS] = {0};
	for (int t = 0; t < TEXTS; t++) {
		char words[SENTENCES * SENTENCE_POINTS + 1];
		int64_t article = article_with(f, t);
		has[t] = article != 0;
		struct statement_list list =
			article ? list_of(f, article) : (struct statement_list){0};
		make_text(t, words);
		for (size_t i = 0; i < list.n; i++) {
			int number = number_of(&list.v[i]);
			if (!number)
				continue;
			struct span at = list.v[i].spans.content.v[0], was = x->content[number];
			ck_assert_msg(x->is_live[number] && x->text[number] == t,
				      "%d is not in force in text %d", number, t);
			ck_assert_msg(at.start == was.start && at.end == was.end, "%d has moved",
				      number);
			ck_assert(str_eq(list.v[i].content,
					 str_sub(str_of(words), at.start, at.end)));
			seen++;
		}
	}
	for (size_t n = 0; n < OPS_MAX; n++)
		stored += x->is_live[n] && has[x->text[n]];
	ck_assert_uint_eq(seen, stored);
}

/* A name that was split off leads to the new actor, and each of the others still to Wang. */
static void actors_are(struct fixture *f, const struct journal *j)
{
	bool is_split[SPLITS_MAX] = {0};
	for (size_t i = 0; i < atomic_load(&j->n); i++)
		if (j->v[i].op == OP_EDIT && j->v[i].split)
			is_split[j->v[i].split - 1] = true;
	struct reader *r = fixture_reader(f);
	for (int i = 0; i < SPLITS_MAX; i++) {
		struct split_actor x;
		struct actor_matches found;
		make_split(i, &x);
		assert_ok(store_find_actors(r, x.names[0], &f->arena, &found, &f->e), f->e);
		ck_assert_uint_eq(found.n, 1);
		ck_assert(str_eq(found.v[0].actor.id, is_split[i] ? x.actor.id : wang.id));
	}
	reader_return(r);
}

/* How many edits were acknowledged. */
static size_t compare(struct fixture *f, struct journal *j, struct expected *x)
{
	size_t n = atomic_load(&j->n), edits = 0;
	memset(x, 0, sizeof *x);
	for (size_t i = 0; i < n; i++) {
		bool is_last = i + 1 == n && !j->v[i].is_acknowledged;
		if (is_last && labels_are(f, x)) {
			j->v[i].op = OP_OTHER; /* it was not made */
			break;
		}
		apply(x, &j->v[i]);
		edits += j->v[i].op == OP_EDIT;
		j->v[i].is_acknowledged = true;
	}
	ck_assert_msg(labels_are(f, x), "after %zu operations other decisions are in force", n);
	statements_are(f, x);
	actors_are(f, j);
	return edits;
}

static void sleep_ms(uint32_t ms)
{
	nanosleep(&(struct timespec){.tv_nsec = (long)ms * 1000000}, NULL);
}

/* One in four is killed while it opens the store; of the others that time does not count, which is
 * long on a busy machine. */
static void run_and_kill(struct worker *w)
{
	bool waits = dice(&w->j->random, 4) > 0;
	atomic_store(&w->j->is_open, false);
	pid_t pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		fixture_reopen(&w->f);
		atomic_store(&w->j->is_open, true);
		work(w);
	}
	int status = 0;
	while (waits && !atomic_load(&w->j->is_open) && waitpid(pid, &status, WNOHANG) == 0)
		sleep_ms(1);
	sleep_ms(30 + dice(&w->j->random, 250));
	if (kill(pid, SIGKILL) == 0)
		waitpid(pid, &status, 0);
	ck_assert_msg(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL, "the process failed: %d",
		      status);
}

/* Wang, with names to be split off. */
static void make_wang(struct fixture *f)
{
	struct split_actor each[SPLITS_MAX];
	struct str names[SPLITS_MAX];
	for (int i = 0; i < SPLITS_MAX; i++) {
		make_split(i, &each[i]);
		names[i] = each[i].names[0];
	}
	struct edit_write ew = {.write = {.op = WRITE_EDIT},
				.action = EDIT_ADD_ACTOR,
				.who = STR("ann"),
				.actor = wang,
				.version = -1};
	ew.actor.aliases = (struct strs){names, SPLITS_MAX};
	fixture_reopen(f);
	fixture_write(f, &ew.write);
	store_close(f->store);
	f->store = NULL;
}

/* That each manner of edit came to pass. */
static void check_manners(const struct journal *j)
{
	int drops = 0, attached = 0, splits = 0;
	for (size_t i = 0; i < atomic_load(&j->n); i++) {
		drops += j->v[i].op == OP_DROP;
		attached += j->v[i].op == OP_EDIT && j->v[i].orphan;
		splits += j->v[i].op == OP_EDIT && j->v[i].split;
	}
	ck_assert_msg(drops > 10 && attached > 10 && splits > 10, "%d, %d, %d", drops, attached,
		      splits);
}

START_TEST(edits__a_thousand_with_kills_and_readings__none_lost_none_moved)
{
	struct journal *j =
		mmap(NULL, sizeof *j, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct expected *x = calloc(1, sizeof *x);
	struct worker w = {.j = j, .random = &j->random};
	ck_assert(j != MAP_FAILED && x != NULL);
	j->random = 88172645463325252ULL;
	fixture_make(&w.f);
	make_wang(&w.f);
	size_t edits = 0;
	for (int round = 0; edits < EDITS; round++) {
		ck_assert_int_lt(round, ROUNDS_MAX);
		run_and_kill(&w);
		fixture_reopen(&w.f);
		edits = compare(&w.f, j, x);
		fixture_check(&w.f);
		store_close(w.f.store);
		w.f.store = NULL;
		arena_release(&w.f.arena);
	}
	check_manners(j);
	fixture_reopen(&w.f);
	fixture_close(&w.f);
	munmap(j, sizeof *j);
	free(x);
}
END_TEST

UNIT_MAIN("edit kill", edits__a_thousand_with_kills_and_readings__none_lost_none_moved)
