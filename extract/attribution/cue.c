/* Which words are cues: the word itself with what hangs on it, what it hangs on, and what stands
 * around it. */
#include "extract/attribution/cue.h"

#include "extract/attribution/templates.h"

struct cue_head cue_head_of(const struct context *ctx, uint32_t token)
{
	struct cue_head h = {.token = token,
			     .class = context_class(ctx, token),
			     .lemma = context_lemma(ctx, token)};
	h.act = feature_mix(context_act(ctx, token), h.class);
	h.subject = context_subject(ctx, token, &h.link);
	return h;
}

/* A dash behind a quotation, which may sign it: "“...” — Ann Lee". */
static bool follows_quote(const struct context *ctx, uint32_t i)
{
	uint32_t q = i ? ctx->t->tokens[i - 1].quote : 0;
	return q && ctx->t->quotes[q - 1].close == i - 1;
}

/* Nothing but a name and its description stands between the dash and the end of its line, and a
 * whole sentence before it. */
bool cue_signs(const struct context *ctx, uint32_t i)
{
	enum { NAME_REACH = 12 };
	const struct token *k = ctx->t->tokens;
	if (!follows_quote(ctx, i) || i < 2 || !(k[i - 2].flags & TOK_TERMINAL) ||
	    i + 1 >= ctx->t->n_tokens || !(k[i + 1].flags & TOK_CAPITAL))
		return false;
	for (uint32_t n = i + 1; n < ctx->t->n_tokens && n < i + NAME_REACH; n++) {
		if (n > i + 1 && (k[n].flags & (TOK_NEWLINE_BEFORE | TOK_PARAGRAPH_START)))
			return true;
		if (context_class(ctx, n) == CLASS_VERB)
			return false;
	}
	return i + NAME_REACH >= ctx->t->n_tokens;
}

bool cue_may_be(const struct context *ctx, uint32_t i)
{
	const struct token *k = &ctx->t->tokens[i];
	switch (context_class(ctx, i)) {
	case CLASS_VERB:
	case CLASS_ADJECTIVE:
		return true;
	case CLASS_NOUN:
		return k->deprel != DEPREL_COMPOUND;
	case CLASS_COLON: /* behind the one who speaks, or the words that bring in a quotation */
		return i > 0 &&
		       ((ctx->t->tokens[i - 1].flags & TOK_WORD) || ctx->t->tokens[i - 1].quote ||
			text_is_one_of(ctx->t, i - 1, ") ]"));
	case CLASS_DASH:
		return follows_quote(ctx, i);
	case CLASS_ADPOSITION:
		return text_is_one_of(ctx->t, i, "to for per in under about");
	default:
		return text_is_one_of(ctx->t, i, "according per reportedly allegedly");
	}
}

/* What hangs on a word, as far as it may be content; bits. */
enum {
	HAS_CCOMP = 1,
	HAS_XCOMP = 2,
	HAS_OBJECT = 4,
	HAS_OBLIQUE = 8,
	HAS_ACL = 16,
	HAS_PARATAXIS = 32,
	HAS_ADVCL = 64,
	HAS_QUOTE_LEFT = 128,
	HAS_QUOTE_RIGHT = 256,
	HAS_COLON = 512,
	HAS_SUBJECT = 1024,
	HAS_PASSIVE = 2048,
	HAS_COPULA = 4096,
	HAS_INDIRECT = 8192
};

static unsigned bit_of(const struct context *ctx, uint32_t child)
{
	switch (ctx->f->relation[child]) {
	case DEPREL_CCOMP:
		return HAS_CCOMP;
	case DEPREL_XCOMP:
		return HAS_XCOMP;
	case DEPREL_OBJ:
		return HAS_OBJECT;
	case DEPREL_IOBJ:
		return HAS_INDIRECT;
	case DEPREL_OBL:
	case DEPREL_NMOD:
		return ctx->t->tokens[child].deprel == DEPREL_NMOD_POSS ? 0 : HAS_OBLIQUE;
	case DEPREL_ACL:
		return HAS_ACL;
	case DEPREL_PARATAXIS:
		return HAS_PARATAXIS;
	case DEPREL_ADVCL:
		return HAS_ADVCL;
	case DEPREL_NSUBJ:
	case DEPREL_CSUBJ:
		return HAS_SUBJECT;
	case DEPREL_AUX:
		return ctx->t->tokens[child].deprel == DEPREL_AUX_PASS ? HAS_PASSIVE : 0;
	case DEPREL_COP:
		return HAS_COPULA;
	default:
		return 0;
	}
}

/* Quotation marks near a word, on its own level: it stands inside none of them. */
static unsigned quotes_around(const struct context *ctx, uint32_t i)
{
	const struct sentence *at = &ctx->t->sentences[ctx->f->sentence[i]];
	unsigned bits = 0;
	uint32_t own = ctx->t->tokens[i].quote;
	for (uint32_t k = i; k-- > at->first && i - k < 8;)
		if (ctx->t->tokens[k].quote && ctx->t->tokens[k].quote != own) {
			bits |= HAS_QUOTE_LEFT;
			break;
		}
	for (uint32_t k = i + 1; k < at->end && k - i < 8; k++) {
		if (ctx->t->tokens[k].quote && ctx->t->tokens[k].quote != own) {
			bits |= HAS_QUOTE_RIGHT;
			break;
		}
		if (text_is(ctx->t, k, ":"))
			bits |= HAS_COLON;
	}
	return bits;
}

static bool is_helper(unsigned relation)
{
	return relation == DEPREL_AUX || relation == DEPREL_COMPOUND || relation == DEPREL_ADVMOD ||
	       relation == DEPREL_CASE || relation == DEPREL_COP || relation == DEPREL_MARK;
}

/* Auxiliaries, negations and the like that hang on `at`, of the cue i. */
static void add_helpers(const struct context *ctx, uint32_t i, uint32_t at, struct features *out)
{
	for (uint32_t k = ctx->f->child[at]; k != FOREST_NONE; k = ctx->f->next[k]) {
		unsigned relation = ctx->f->relation[k];
		if (!is_helper(relation))
			continue;
		uint64_t what = feature_mix(relation * 2 + (k < at), context_lemma(ctx, i));
		feature(out, CUE_CHILD, what);
		feature(out, CUE_HELPER, feature_mix(relation, context_lemma(ctx, k)));
		feature(out, CUE_HELPER_LEMMA, feature_mix(what, context_lemma(ctx, k)));
	}
}

static void add_children(const struct context *ctx, uint32_t i, struct features *out)
{
	uint64_t lemma = context_lemma(ctx, i);
	for (uint32_t k = ctx->f->child[i]; k != FOREST_NONE; k = ctx->f->next[k]) {
		unsigned relation = ctx->f->relation[k];
		uint64_t side = k < i;
		if (relation == DEPREL_PUNCT || relation == DEPREL_DET || is_helper(relation))
			continue;
		uint64_t what = feature_mix(relation * 2 + side, lemma);
		feature(out, CUE_CHILD, what);
		uint32_t mark = forest_child(ctx->f, k, DEPREL_MARK),
			 adposition = forest_child(ctx->f, k, DEPREL_CASE);
		uint64_t by = mark != FOREST_NONE	  ? context_lemma(ctx, mark)
			      : adposition != FOREST_NONE ? context_lemma(ctx, adposition)
							  : 3;
		feature(out, CUE_MARK_LEMMA, feature_mix(what, by));
		feature(out, CUE_MARK,
			feature_mix(relation * 2 + side, feature_mix(by, context_class(ctx, i))));
		feature(out, CUE_CHILD_LEMMA, feature_mix(what, context_lemma(ctx, k)));
		feature(out, CUE_CHILD_KIND,
			feature_mix(relation * 2 + side,
				    feature_mix(context_kind(ctx, k), context_class(ctx, i))));
		for (uint32_t g = ctx->f->child[k];
		     g != FOREST_NONE && (relation == DEPREL_OBJ || relation == DEPREL_XCOMP);
		     g = ctx->f->next[g])
			if (ctx->f->relation[g] == DEPREL_ACL ||
			    ctx->f->relation[g] == DEPREL_CCOMP ||
			    ctx->f->relation[g] == DEPREL_NMOD || ctx->f->relation[g] == DEPREL_OBJ)
				feature(out, CUE_GRANDCHILD,
					feature_mix(feature_mix(lemma, context_lemma(ctx, k)),
						    ctx->f->relation[g]));
	}
}

/* "is worried and is afraid": the first of words that share a subject says how they all stand in
 * the clause. */
static uint32_t first_conjunct(const struct context *ctx, uint32_t i)
{
	enum { MOST = 4 };
	for (unsigned k = 0; k < MOST && ctx->f->relation[i] == DEPREL_CONJ; k++) {
		uint32_t head = ctx->t->tokens[i].head;
		if (forest_child(ctx->f, i, DEPREL_NSUBJ) != FOREST_NONE ||
		    context_class(ctx, head) != context_class(ctx, i))
			break;
		i = head;
	}
	return i;
}

/* A word as a possible cue. In its clause the verb that carries tense stands for it. */
struct cue_candidate {
	uint32_t token, finite;
	uint64_t lemma, class;
	uint64_t head, deprel; /* of the first of the words that share a subject */
	bool is_root;
	unsigned bits; /* HAS_... */
	enum subject_link link;
	uint64_t kind; /* of the subject; 0: there is none */
};

static struct cue_candidate look_at(const struct context *ctx, uint32_t i)
{
	struct cue_candidate at = {.token = i,
				   .finite = context_finite(ctx, i),
				   .lemma = context_lemma(ctx, i),
				   .class = context_class(ctx, i),
				   .bits = quotes_around(ctx, i)};
	uint32_t first = first_conjunct(ctx, at.finite),
		 subject = context_subject(ctx, at.finite, &at.link);
	at.head = ctx->t->tokens[first].head;
	at.deprel = ctx->t->tokens[first].deprel;
	at.is_root = at.head == first;
	at.kind = subject == FOREST_NONE ? 0 : context_kind(ctx, subject);
	for (uint32_t k = ctx->f->child[i]; k != FOREST_NONE; k = ctx->f->next[k])
		at.bits |= bit_of(ctx, k);
	at.bits |= at.link == SUBJECT_OWN ? HAS_SUBJECT : 0;
	return at;
}

static void frame_features(const struct context *ctx, const struct cue_candidate *at,
			   struct features *out)
{
	uint64_t xpos = context_xpos(ctx, at->finite);
	feature(out, CUE_CLASS, at->class);
	feature(out, CUE_LEMMA, feature_mix(at->lemma, at->class));
	feature(out, CUE_FORM, feature_mix(at->lemma, xpos));
	feature(out, CUE_LEMMA_RELATION, feature_mix(at->lemma, at->deprel));
	feature(out, CUE_FORM_RELATION, feature_mix(xpos, at->deprel));
	feature(out, CUE_FRAME_CLASS, feature_mix(at->bits, at->class));
	feature(out, CUE_FRAME_LEMMA, feature_mix(at->bits, at->lemma));
	feature(out, CUE_FRAME_RELATION, feature_mix(feature_mix(at->bits, at->deprel), at->link));
	feature(out, CUE_SUBJECT_CLASS, feature_mix(at->kind, at->class));
	feature(out, CUE_SUBJECT_LEMMA, feature_mix(at->kind, at->lemma));
	feature(out, CUE_PATH_LEMMA, feature_mix(at->link, at->lemma));
	feature(out, CUE_SUBJECT_FRAME, feature_mix(feature_mix(at->link, at->kind), at->bits));
}

/* The head and the words on either side. */
static void word_features(const struct context *ctx, const struct cue_candidate *at,
			  struct features *out)
{
	uint32_t i = at->token, finite = at->finite, head = (uint32_t)at->head;
	feature(out, CUE_HEAD, at->is_root ? 0 : context_lemma(ctx, head));
	feature(out, CUE_HEAD_LEMMA,
		at->is_root ? 0 : feature_mix(context_lemma(ctx, head), at->lemma));
	feature(out, CUE_HEAD_CLASS,
		at->is_root ? 0 : feature_mix(context_class(ctx, head), at->deprel));
	feature(out, CUE_NEXT_LEMMA, feature_mix(context_lemma(ctx, i + 1), at->lemma));
	feature(out, CUE_NEXT, feature_mix(context_lemma(ctx, i + 1), at->class));
	feature(out, CUE_BEFORE_LEMMA,
		finite ? feature_mix(context_lemma(ctx, finite - 1), at->lemma) : 0);
	feature(out, CUE_BEFORE,
		finite ? feature_mix(context_lemma(ctx, finite - 1), at->class) : 0);
	feature(out, CUE_FORMS,
		feature_mix(context_xpos(ctx, i + 1),
			    feature_mix(context_xpos(ctx, finite),
					finite ? context_xpos(ctx, finite - 1) : 99)));
	feature(out, CUE_SECOND_NEXT, feature_mix(context_lemma(ctx, i + 2), at->class));
	feature(out, CUE_SECOND_BEFORE,
		finite > 1 ? feature_mix(context_lemma(ctx, finite - 2), at->class) : 0);
}

static void act_features(const struct context *ctx, const struct cue_candidate *at,
			 struct features *out)
{
	uint64_t act = feature_mix(context_act(ctx, at->token), at->class);
	feature(out, CUE_ACT, act);
	feature(out, CUE_ACT_FRAME, feature_mix(act, at->bits));
	feature(out, CUE_ACT_RELATION,
		feature_mix(act, feature_mix(at->deprel, context_xpos(ctx, at->finite))));
	feature(out, CUE_ACT_SUBJECT, feature_mix(act, feature_mix(at->kind, at->link)));
}

void cue_features(const struct context *ctx, uint32_t i, bool is_nested, struct features *out)
{
	const struct cue_candidate at = look_at(ctx, i);
	uint32_t q = is_nested ? 0 : ctx->t->tokens[at.finite].quote;
	bool quoted = q != 0, speech = q && ctx->t->quotes[q - 1].is_speech;
	out->n = 0;
	frame_features(ctx, &at, out);
	word_features(ctx, &at, out);
	feature(out, CUE_SPEECH, feature_mix(speech, at.class));
	feature(out, CUE_SPEECH_LEMMA, feature_mix(speech, at.lemma));
	feature(out, CUE_SPEECH_FRAME, feature_mix(feature_mix(speech, quoted), at.bits));
	feature(out, CUE_HEADLINE, feature_mix(ctx->f->sentence[i] == 0, at.class));
	feature(out, CUE_NEXT_FORM, feature_mix(context_xpos(ctx, i + 1), at.lemma));
	feature(out, CUE_HEAD_RELATION,
		at.is_root
			? 0
			: feature_mix(feature_mix(context_lemma(ctx, (uint32_t)at.head), at.deprel),
				      at.class));
	act_features(ctx, &at, out);
	add_helpers(ctx, i, at.finite, out);
	add_children(ctx, i, out);
}
