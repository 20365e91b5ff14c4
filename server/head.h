/* The head of a request: the headers that matter here, and the defences against requests that two
 * parsers read in two ways. */
#ifndef DEMARCHE_SERVER_HEAD_H
#define DEMARCHE_SERVER_HEAD_H

#include <microhttpd.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

#define HEAD_NAMES(X)                                                                              \
	X(HOST, "host")                                                                            \
	X(CONTENT_LENGTH, "content-length")                                                        \
	X(TRANSFER_ENCODING, "transfer-encoding")                                                  \
	X(CONTENT_TYPE, "content-type")                                                            \
	X(CONTENT_ENCODING, "content-encoding")                                                    \
	X(ACCEPT, "accept")                                                                        \
	X(ACCEPT_ENCODING, "accept-encoding")                                                      \
	X(CACHE_CONTROL, "cache-control")                                                          \
	X(AUTHORIZATION, "authorization")                                                          \
	X(IF_NONE_MATCH, "if-none-match")                                                          \
	X(IF_MATCH, "if-match")                                                                    \
	X(EXPECT, "expect")                                                                        \
	X(ORIGIN, "origin")                                                                        \
	X(REQUEST_ID, "x-request-id")                                                              \
	X(FORWARDED_FOR, "x-forwarded-for")                                                        \
	X(CORS_METHOD, "access-control-request-method")

#define X(name, text) HEAD_##name,
enum head_name { HEAD_NAMES(X) HEAD_COUNT };
#undef X

struct head {
	struct str values[HEAD_COUNT]; /* "" when absent; the last one when repeated */
	unsigned char counts[HEAD_COUNT];
	bool is_broken; /* a name is no token or a value holds control characters */
	bool has_bare_lf;
	/* Something lies between two headers: a line without a name, what follows a zero byte, a
	 * fold. */
	bool has_gap;
	/* The first line holds more than a method, a target and a version with a space between. */
	bool has_odd_line;
	bool is_chunked;
	int64_t content_length; /* -1 without one */
	const char *end;	/* of the head, where the body begins; NULL when it is not known */
	uintptr_t line_end;	/* of the last line seen */
};

/* Reads the headers of a connection's request; the values live as long as the request. Method and
 * version as the library hands them to us, not copies: they tell where the request lies; target_n
 * is the length of the target that it handed over before. */
void head_read(struct head *h, struct MHD_Connection *connection, const char *method,
	       size_t target_n, const char *version);
/* Refuses what could be read in two ways (RFC 9112, 3.2, 6.1, 6.3, 11.2): -1 with ERR_INPUT; the
 * connection must be closed then. */
int head_check(struct head *h, const char *version, struct err *e) MUST_CHECK;

#endif
