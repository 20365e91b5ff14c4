/* Statements, actors, issues and articles as JSON. "" in the model is null on the wire. */
#include "api/format/json_statement.h"

#include "api/format/json_pick.h"
#include "db/copies.h"
#include "extract/extract.h"

#define TERM(j, literal, terms, number)                                                            \
	do {                                                                                       \
		JW_NAME(j, literal);                                                               \
		jw_word((j), terms_word((terms), (int)(number)));                                  \
	} while (0)

static void day_or_null(struct jw *j, day_t day)
{
	if (day == DAY_NONE) {
		jw_null(j);
		return;
	}
	struct civil c = civil_from_day(day);
	char text[10] = {(char)('0' + c.year / 1000 % 10),
			 (char)('0' + c.year / 100 % 10),
			 (char)('0' + c.year / 10 % 10),
			 (char)('0' + c.year % 10),
			 '-',
			 (char)('0' + c.month / 10),
			 (char)('0' + c.month % 10),
			 '-',
			 (char)('0' + c.day / 10),
			 (char)('0' + c.day % 10)};
	jw_word(j, (struct str){text, sizeof text});
}

static void actor_ref_members(struct jw *j, const struct actor *a)
{
	JW_NAME(j, "id");
	jw_string(j, a->id);
	JW_NAME(j, "name");
	jw_string(j, a->name);
	TERM(j, "kind", &terms_actor_kind, a->kind);
	JW_MEMBER(j, "country", a->country);
}

void actor_ref_write(struct jw *j, const struct actor *a)
{
	if (!a) {
		jw_null(j);
		return;
	}
	jw_open_object(j);
	actor_ref_members(j, a);
	jw_close_object(j);
}

static void write_speaker(struct jw *j, const struct statement *s)
{
	JW_NAME(j, "speaker");
	if (!s->speaker) {
		jw_null(j);
		return;
	}
	jw_open_object(j);
	actor_ref_members(j, s->speaker);
	TERM(j, "via", &terms_speaker_via, s->speaker_via);
	JW_MEMBER(j, "role", s->speaker_role);
	jw_close_object(j);
}

void statement_spans_write(struct jw *j, const struct statement *s)
{
	jw_open_object(j);
	JW_MEMBER(j, "source", s->spans.source);
	JW_MEMBER(j, "cue", s->spans.cue);
	JW_MEMBER(j, "content", s->spans.content);
	JW_MEMBER(j, "addressee", s->spans.addressee);
	JW_MEMBER(j, "time", s->spans.time);
	JW_MEMBER(j, "target", s->spans.target);
	jw_close_object(j);
}

static inline void cap_or_null(struct jw *j, int code)
{
	if (code)
		jw_int(j, code);
	else
		jw_null(j);
}

/* None is null: nothing is taken a position on. */
static void position_or_null(struct jw *j, enum position position)
{
	if (position == POSITION_NONE)
		jw_null(j);
	else
		jw_word(j, terms_word(&terms_position, (int)position));
}

static void confidence_or_null(struct jw *j, float confidence)
{
	if (confidence > 0)
		jw_number(j, (double)confidence);
	else
		jw_null(j);
}

static void write_position(struct jw *j, const struct issue_hit *hit)
{
	JW_NAME(j, "position");
	position_or_null(j, hit->position);
	JW_NAME(j, "position_confidence");
	confidence_or_null(j, hit->position == POSITION_NONE ? 0 : hit->position_confidence);
	JW_MEMBER(j, "position_evidence", hit->position_evidence);
}

static void write_issues(struct jw *j, const struct statement *s)
{
	JW_NAME(j, "issues");
	jw_open_array(j);
	for (size_t i = 0; i < s->n_issues; i++) {
		const struct issue_hit *hit = &s->issues[i];
		jw_open_object(j);
		JW_NAME(j, "id");
		jw_string(j, hit->issue->id);
		JW_NAME(j, "label");
		jw_string(j, hit->issue->label);
		TERM(j, "kind", &terms_issue_kind, hit->issue->kind);
		/* The sub topic says more than the major one, which is its first digits. */
		JW_NAME(j, "cap");
		cap_or_null(j, hit->issue->cap_sub ? hit->issue->cap_sub : hit->issue->cap_major);
		JW_MEMBER(j, "score", hit->score);
		JW_MEMBER(j, "evidence", hit->evidence);
		write_position(j, hit);
		jw_close_object(j);
	}
	jw_close_array(j);
}

static void write_stance(struct jw *j, const struct stance *s)
{
	JW_NAME(j, "stance");
	jw_open_object(j);
	JW_NAME(j, "position");
	position_or_null(j, s->position);
	TERM(j, "act", &terms_act, s->act);
	JW_NAME(j, "target");
	actor_ref_write(j, s->target);
	JW_NAME(j, "target_position");
	position_or_null(j, s->target ? s->target_position : POSITION_NONE);
	JW_NAME(j, "intensity");
	jw_number(j, (double)s->intensity);
	JW_NAME(j, "evidence");
	jw_spans(j, s->evidence);
	JW_NAME(j, "confidence");
	confidence_or_null(j, s->confidence);
	jw_close_object(j);
}

static void write_said_on(struct jw *j, const struct said_on *s)
{
	JW_NAME(j, "said_on");
	if (s->text.n == 0) {
		jw_null(j);
		return;
	}
	jw_open_object(j);
	JW_MEMBER(j, "text", s->text);
	JW_MEMBER(j, "date", s->date);
	JW_NAME(j, "precision");
	if (s->date.n)
		jw_word(j, terms_word(&terms_precision, (int)s->precision));
	else
		jw_null(j);
	JW_MEMBER(j, "rule", s->rule);
	jw_close_object(j);
}

static inline void id_or_null(struct jw *j, int64_t id)
{
	if (id)
		jw_int(j, id);
	else
		jw_null(j);
}

void statement_write(struct jw *j, const struct statement *s)
{
	jw_open_object(j);
	JW_NAME(j, "id");
	id_or_null(j, s->id);
	JW_NAME(j, "article");
	id_or_null(j, s->article_id);
	if (s->article_id) {
		JW_MEMBER(j, "article_title", s->article_title);
		JW_MEMBER(j, "article_url", s->article_url);
		JW_MEMBER(j, "outlet", s->outlet);
		JW_MEMBER(j, "published_at", s->published_at);
		JW_MEMBER(j, "article_group", article_group(s->article_id, s->copy_of));
	}
	TERM(j, "kind", &terms_statement_kind, s->kind);
	JW_NAME(j, "content");
	jw_string(j, s->content);
	JW_NAME(j, "spans");
	statement_spans_write(j, s);
	write_speaker(j, s);
	JW_NAME(j, "addressee");
	actor_ref_write(j, s->addressee);
	JW_NAME(j, "reported_by");
	actor_ref_write(j, s->reported_by);
	write_issues(j, s);
	write_stance(j, &s->stance);
	TERM(j, "polarity", &terms_polarity, s->polarity);
	TERM(j, "modality", &terms_modality, s->modality);
	write_said_on(j, &s->said_on);
	JW_MEMBER(j, "confidence", s->confidence);
	TERM(j, "status", &terms_status, s->status);
	JW_MEMBER(j, "nested", s->is_nested);
	JW_MEMBER(j, "engine", s->engine);
	if (s->version) {
		JW_MEMBER(j, "version", s->version);
		JW_NAME(j, "edit");
		id_or_null(j, s->edit);
	}
	jw_close_object(j);
}

const char *const statement_members[STATEMENT_MEMBERS] = {
	"id",	  "article", "article_title", "article_url", "outlet",	  "published_at",
	"kind",	  "content", "spans",	      "speaker",     "addressee", "reported_by",
	"issues", "stance",  "polarity",      "modality",    "said_on",	  "confidence",
	"status", "engine",  "version",	      "edit",	     "nested",	  "article_group",
};

void statement_encode_members(struct buf *out, const struct statement *s, uint32_t members)
{
	if (!members) {
		statement_encode(out, s);
		return;
	}
	struct buf whole;
	buf_init(&whole, out->max);
	statement_encode(&whole, s);
	json_pick(out, buf_str(&whole), statement_members, STATEMENT_MEMBERS, members | 1);
	out->failed |= whole.failed;
	buf_release(&whole);
}

void not_read_member(struct jw *j, const struct article *a)
{
	enum unread why = engine_unread(a);
	JW_NAME(j, "not_read");
	if (why == UNREAD_NO)
		jw_null(j);
	else
		jw_string(j, str_of(unread_name(why)));
}

void statements_member(struct jw *j, const struct statement *v, size_t n, uint32_t members)
{
	JW_NAME(j, "statements");
	jw_open_array(j);
	for (size_t i = 0; i < n; i++) {
		if (!members) {
			statement_write(j, &v[i]);
			continue;
		}
		jw_before_value(j);
		statement_encode_members(j->out, &v[i], members);
	}
	jw_close_array(j);
}

void position_counts_members(struct jw *j, const int64_t counts[POSITION_COUNT])
{
	JW_MEMBER(j, "support", counts[POSITION_SUPPORT]);
	JW_MEMBER(j, "oppose", counts[POSITION_OPPOSE]);
	JW_MEMBER(j, "mixed", counts[POSITION_MIXED]);
	JW_MEMBER(j, "concern", counts[POSITION_CONCERN]);
	JW_MEMBER(j, "neutral", counts[POSITION_NEUTRAL]);
	JW_MEMBER(j, "none", counts[POSITION_NONE]);
}

void statement_encode(struct buf *out, const struct statement *s)
{
	struct jw j = jw_into(out);
	statement_write(&j, s);
}

static void write_strings(struct jw *j, struct strs list)
{
	jw_open_array(j);
	for (size_t i = 0; i < list.n; i++)
		jw_string(j, list.v[i]);
	jw_close_array(j);
}

void actor_name_members(struct jw *j, const struct actor *a)
{
	actor_ref_members(j, a);
	JW_MEMBER(j, "wikidata", a->wikidata);
	JW_NAME(j, "aliases");
	write_strings(j, a->aliases);
	JW_NAME(j, "roles");
	jw_open_array(j);
	for (size_t i = 0; i < a->n_roles; i++) {
		jw_open_object(j);
		JW_NAME(j, "title");
		jw_string(j, a->roles[i].title);
		JW_MEMBER(j, "country", a->roles[i].country);
		JW_NAME(j, "from");
		day_or_null(j, a->roles[i].from);
		JW_NAME(j, "to");
		day_or_null(j, a->roles[i].to);
		jw_close_object(j);
	}
	jw_close_array(j);
}

static void edit_members(struct jw *j, struct strs merged, int64_t edit)
{
	JW_NAME(j, "merged");
	write_strings(j, merged);
	JW_NAME(j, "edit");
	id_or_null(j, edit);
}

void actor_write(struct jw *j, const struct actor *a)
{
	jw_open_object(j);
	actor_name_members(j, a);
	JW_MEMBER(j, "statement_count", a->statement_count);
	edit_members(j, a->merged, a->edit);
	jw_close_object(j);
}

void issue_ref_write(struct jw *j, const struct issue *i)
{
	if (!i) {
		jw_null(j);
		return;
	}
	jw_open_object(j);
	JW_NAME(j, "id");
	jw_string(j, i->id);
	JW_NAME(j, "label");
	jw_string(j, i->label);
	jw_close_object(j);
}

void issue_write(struct jw *j, const struct issue *i)
{
	jw_open_object(j);
	JW_NAME(j, "id");
	jw_string(j, i->id);
	JW_NAME(j, "label");
	jw_string(j, i->label);
	TERM(j, "kind", &terms_issue_kind, i->kind);
	JW_MEMBER(j, "parent", i->parent);
	JW_NAME(j, "cap_major");
	cap_or_null(j, i->cap_major);
	JW_NAME(j, "cap_sub");
	cap_or_null(j, i->cap_sub);
	JW_NAME(j, "terms");
	write_strings(j, i->terms);
	JW_MEMBER(j, "is_open", i->is_open);
	JW_MEMBER(j, "is_edited", i->is_edited);
	JW_MEMBER(j, "statement_count", i->statement_count);
	edit_members(j, i->merged, i->edit);
	jw_close_object(j);
}

void sha256_write(struct jw *j, const unsigned char sha[32])
{
	static const char hex[] = "0123456789abcdef";
	char text[64];
	for (size_t i = 0; i < 32; i++) {
		text[2 * i] = hex[sha[i] >> 4];
		text[2 * i + 1] = hex[sha[i] & 15];
	}
	jw_word(j, (struct str){text, sizeof text});
}

static void write_instant(struct jw *j, int64_t ms)
{
	char space[INSTANT_ROOM];
	jw_word(j, instant_format(space, ms));
}

static void write_sources(struct jw *j, const struct article *a)
{
	JW_NAME(j, "sources");
	jw_open_array(j);
	for (size_t i = 0; i < a->n_sources; i++) {
		const struct article_source *s = &a->sources[i];
		jw_open_object(j);
		JW_MEMBER(j, "outlet", s->outlet);
		JW_MEMBER(j, "url", s->url);
		JW_MEMBER(j, "title", s->title);
		JW_MEMBER(j, "published_at", s->published_at);
		JW_NAME(j, "received_at");
		write_instant(j, s->received_ms);
		jw_close_object(j);
	}
	jw_close_array(j);
}

void article_members(struct jw *j, const struct article *a, bool with_text)
{
	JW_NAME(j, "id");
	id_or_null(j, a->id);
	JW_MEMBER(j, "title", a->title);
	JW_MEMBER(j, "url", a->url);
	JW_MEMBER(j, "outlet", a->outlet);
	JW_MEMBER(j, "author", a->author);
	JW_MEMBER(j, "published_at", a->published_at);
	JW_MEMBER(j, "language", a->language);
	JW_NAME(j, "received_at");
	write_instant(j, a->received_ms);
	JW_NAME(j, "sha256");
	sha256_write(j, a->sha256);
	JW_MEMBER(j, "statement_count", a->statement_count);
	JW_NAME(j, "group");
	id_or_null(j, article_group(a->id, a->copy_of));
	write_sources(j, a);
	if (with_text) {
		JW_NAME(j, "text");
		jw_string(j, a->text);
	}
}

void article_write(struct jw *j, const struct article *a, bool with_text)
{
	jw_open_object(j);
	article_members(j, a, with_text);
	jw_close_object(j);
}
