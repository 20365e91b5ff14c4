/* One error type for every room. The caller owns it; the first error set wins.
 * Messages are lower case, without a full stop, with the subject in quotes. */
#ifndef DEMARCHE_BASE_ERR_H
#define DEMARCHE_BASE_ERR_H

#include "base/str.h"

/* Kind, HTTP status, the code that ends a problem's type, its title: the only place where these
 * meet. A code is a promise to clients (docs/problems.md): one may be added, none renamed.
 * 5xx messages go to the log; the client is told the title alone. */
#define ERR_KINDS(X)                                                                               \
	X(NONE, 200, "none", "no error")                                                           \
	X(INPUT, 400, "invalid-input", "invalid input")                                            \
	X(REQUEST, 400, "malformed-request", "malformed request")                                  \
	X(PARAMETER, 400, "unknown-parameter", "unknown parameter")                                \
	X(MEMBER, 400, "unknown-member", "unknown member")                                         \
	X(VALUE, 400, "invalid-value", "value not taken")                                          \
	X(MISSING, 400, "missing-value", "value missing")                                          \
	X(REPEATED, 400, "repeated-value", "given more than once")                                 \
	X(RANGE, 400, "reversed-range", "range ends before it starts")                             \
	X(CURSOR, 400, "invalid-cursor", "cursor of no page of this question")                     \
	X(JSON, 400, "invalid-json", "body is no JSON that is taken")                              \
	X(FEED, 400, "invalid-feed", "body is no feed that is taken")                              \
	X(UNAUTHORIZED, 401, "unauthorized", "credentials missing or wrong")                       \
	X(FORBIDDEN, 403, "forbidden", "not allowed with these credentials")                       \
	X(NOT_FOUND, 404, "not-found", "not found")                                                \
	X(METHOD, 405, "method-not-allowed", "method not allowed")                                 \
	X(NOT_ACCEPTABLE, 406, "not-acceptable", "no acceptable representation")                   \
	X(LATE, 408, "request-timeout", "request took too long to arrive")                         \
	X(CONFLICT, 409, "conflict", "in the way of what is there")                                \
	X(CHANGED, 412, "changed", "changed since it was read")                                    \
	X(TOO_LARGE, 413, "too-large", "body too large")                                           \
	X(URI_TOO_LONG, 414, "target-too-long", "request target too long")                         \
	X(MEDIA_TYPE, 415, "unsupported-media-type", "unsupported media type")                     \
	X(COSTLY, 422, "too-costly", "more work than an article may cost")                         \
	X(NO_BODY, 422, "no-article", "a page without an article")                                 \
	X(INTERNAL, 500, "internal", "internal error")                                             \
	X(DB, 500, "store", "store error")                                                         \
	X(BUSY, 503, "busy", "busy, try again")                                                    \
	X(DEADLINE, 503, "deadline", "question took too long, narrow it")

enum err_kind {
#define X(name, status, code, title) ERR_##name,
	ERR_KINDS(X)
#undef X
		ERR_KIND_COUNT
};

struct err {
	enum err_kind kind;
	char field[64];	   /* the JSON field or query parameter at fault, "" if none */
	char message[512]; /* terminated, valid UTF-8 */
};

/* Sets *e if it holds no error yet; always returns -1, so that `return err_set(...)` reads well.
 * `field` may be NULL. Bytes of a message cut in the middle of a character are dropped. */
int err_set(struct err *e, enum err_kind kind, const char *field, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
#ifdef __clang_analyzer__ /* which sees one file at a time */
#define err_set(...) (err_set(__VA_ARGS__), -1)
#endif
int err_status(enum err_kind kind);
/* "unknown-parameter" */
const char *err_code(enum err_kind kind);
const char *err_title(enum err_kind kind);
/* Is the request itself at fault: one of those with status 400? */
static inline bool err_is_input(enum err_kind kind)
{
	return err_status(kind) == 400;
}

#define MUST_CHECK __attribute__((warn_unused_result))

#endif
