/* One error type for every room. The caller owns it; the first error set wins.
 * Messages are lower case, without a full stop, with the subject in quotes. */
#ifndef DEMARCHE_BASE_ERR_H
#define DEMARCHE_BASE_ERR_H

#include "base/str.h"

/* Kind, HTTP status, problem title: the only place where the three meet.
 * 5xx messages go to the log; the client is told the title alone. */
#define ERR_KINDS(X)                                                                               \
	X(NONE, 200, "no error")                                                                   \
	X(INPUT, 400, "invalid input")                                                             \
	X(UNAUTHORIZED, 401, "credentials missing or wrong")                                       \
	X(FORBIDDEN, 403, "not allowed with these credentials")                                    \
	X(NOT_FOUND, 404, "not found")                                                             \
	X(METHOD, 405, "method not allowed")                                                       \
	X(NOT_ACCEPTABLE, 406, "no acceptable representation")                                     \
	X(CONFLICT, 409, "in the way of what is there")                                            \
	X(LATE, 408, "request took too long to arrive")                                            \
	X(CHANGED, 412, "changed since it was read")                                               \
	X(TOO_LARGE, 413, "body too large")                                                        \
	X(URI_TOO_LONG, 414, "request target too long")                                            \
	X(MEDIA_TYPE, 415, "unsupported media type")                                               \
	X(COSTLY, 422, "more work than an article may cost")                                       \
	X(NO_BODY, 422, "a page without an article")                                               \
	X(INTERNAL, 500, "internal error")                                                         \
	X(BUSY, 503, "busy, try again")                                                            \
	X(DEADLINE, 503, "question took too long, narrow it")                                      \
	X(DB, 500, "store error")

enum err_kind {
#define X(name, status, title) ERR_##name,
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
const char *err_title(enum err_kind kind);

#define MUST_CHECK __attribute__((warn_unused_result))

#endif
