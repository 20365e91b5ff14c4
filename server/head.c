/* One pass over the headers, then the checks that the HTTP library (0.9.75) leaves out: it takes
 * repeated Content-Length, a Content-Length beside Transfer-Encoding, several Hosts and names with
 * spaces as they come.
 *
 * It takes a bare LF for the end of a line, too, lets a zero byte end a value, and drops a header
 * without a name. That shows in where things lie: names and values stay where they came in, each
 * followed by zeros in the place of the end of its line, so that two bytes part a value from the
 * next name: one where a LF stood alone, some other number where something was skipped, or joined,
 * as the lines of a folded value are: these are refused as well (RFC 9112, 5.2). */
#include "server/head.h"

#include <string.h>
#include <strings.h>

static const char *const names[HEAD_COUNT] = {
#define X(name, text) text,
	HEAD_NAMES(X)
#undef X
};
static const unsigned char lengths[HEAD_COUNT] = {
#define X(name, text) sizeof(text) - 1,
	HEAD_NAMES(X)
#undef X
};

/* RFC 9110, 5.6.2 */
static bool is_token(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			      (c >= '0' && c <= '9') || c == '-';
		if (!letter && (c == '\0' || !strchr("!#$%&'*+.^_`|~", c)))
			return false;
	}
	return s.n > 0;
}

static bool has_control(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (((unsigned char)s.p[i] < 0x20 && s.p[i] != '\t') || s.p[i] == 0x7f)
			return true;
	return false;
}

static enum MHD_Result take(void *cls, enum MHD_ValueKind kind, const char *key, size_t key_n,
			    const char *value, size_t value_n)
{
	struct head *h = cls;
	struct str name = {key, key_n}, text = value ? (struct str){value, value_n} : STR_EMPTY;
	(void)kind;
	h->has_bare_lf |= (uintptr_t)key == h->line_end + 1;
	h->has_gap |= (uintptr_t)key != h->line_end + 1 && (uintptr_t)key != h->line_end + 2;
	h->line_end = value ? (uintptr_t)(value + value_n) : (uintptr_t)(key + key_n);
	if (!is_token(name) || has_control(text))
		h->is_broken = true;
	for (int i = 0; i < HEAD_COUNT; i++)
		if (lengths[i] == key_n && strncasecmp(names[i], key, key_n) == 0) {
			h->values[i] = text;
			h->counts[i]++;
			break;
		}
	return MHD_YES;
}

void head_read(struct head *h, struct MHD_Connection *connection, const char *method,
	       size_t target_n, const char *version)
{
	enum { LAST_ENDS = 4 }; /* of the last line and of the empty one: CR LF CR LF */
	memset(h, 0, sizeof *h);
	for (int i = 0; i < HEAD_COUNT; i++)
		h->values[i] = STR_EMPTY;
	h->content_length = -1;
	/* They lie where they came in: more between them is what the library skipped, or what a
	 * zero byte hid. */
	h->has_odd_line = (uintptr_t)version - (uintptr_t)method != strlen(method) + target_n + 2;
	h->line_end = (uintptr_t)(version + strlen(version));
	MHD_get_connection_values_n(connection, MHD_HEADER_KIND, take, h);
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
	uintptr_t left = info ? (uintptr_t)method + info->header_size - h->line_end : LAST_ENDS;
	h->has_bare_lf |= left < LAST_ENDS;
	h->has_gap |= left > LAST_ENDS;
	h->end = info ? method + info->header_size : NULL;
}

static bool all_digits(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n > 0 && s.n <= 18;
}

/* A name or address with an optional port: what would be a path, a list or a user's name is none.
 */
static bool is_host(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (strchr(" \t/\\@,?#\"<>", s.p[i]))
			return false;
	return true;
}

/* Lines that another parser could end, begin or part elsewhere. */
static int check_lines(const struct head *h, struct err *e)
{
	if (h->has_odd_line)
		return err_set(e, ERR_REQUEST, NULL,
			       "the first line is not a method, a target and a version with a "
			       "space between");
	if (h->has_bare_lf)
		return err_set(e, ERR_REQUEST, NULL,
			       "a line of the head ends in a line feed alone");
	if (h->has_gap)
		return err_set(e, ERR_REQUEST, NULL,
			       "a header is folded, has no name or holds a zero byte");
	if (h->is_broken)
		return err_set(e, ERR_REQUEST, NULL,
			       "a header's name is not a token or its value holds control "
			       "characters");
	return 0;
}

static int check_host(const struct head *h, bool is_1_1, struct err *e)
{
	if (h->counts[HEAD_HOST] > 1)
		return err_set(e, ERR_REQUEST, NULL, "there are several \"Host\" headers");
	if (is_1_1 && h->counts[HEAD_HOST] == 0)
		return err_set(e, ERR_REQUEST, NULL, "there is no \"Host\" header");
	if (!is_host(h->values[HEAD_HOST]))
		return err_set(e, ERR_REQUEST, NULL, "the \"Host\" header is not a host");
	return 0;
}

/* Where the body ends: by one number, or by chunks. */
static int check_framing(struct head *h, bool is_1_1, struct err *e)
{
	struct str length = h->values[HEAD_CONTENT_LENGTH];
	struct str encoding = h->values[HEAD_TRANSFER_ENCODING];
	bool has_length = h->counts[HEAD_CONTENT_LENGTH] > 0;
	if (h->counts[HEAD_CONTENT_LENGTH] > 1)
		return err_set(e, ERR_REQUEST, NULL,
			       "there are several \"Content-Length\" headers");
	if (has_length && (!all_digits(length) || !str_to_i64(length, &h->content_length)))
		return err_set(e, ERR_REQUEST, NULL,
			       "the \"Content-Length\" header is not a number");
	h->is_chunked = h->counts[HEAD_TRANSFER_ENCODING] > 0;
	if (!h->is_chunked)
		return 0;
	if (has_length)
		return err_set(e, ERR_REQUEST, NULL,
			       "there are both \"Content-Length\" and \"Transfer-Encoding\"");
	if (h->counts[HEAD_TRANSFER_ENCODING] > 1 || !str_eq_nocase(encoding, STR("chunked")))
		return err_set(e, ERR_REQUEST, NULL,
			       "the only \"Transfer-Encoding\" understood is \"chunked\"");
	if (!is_1_1)
		return err_set(e, ERR_REQUEST, NULL,
			       "there is a \"Transfer-Encoding\" in HTTP/1.0");
	return 0;
}

int head_check(struct head *h, const char *version, struct err *e)
{
	bool is_1_1 = strcmp(version, "HTTP/1.1") == 0;
	if (!is_1_1 && strcmp(version, "HTTP/1.0") != 0)
		return err_set(e, ERR_REQUEST, NULL,
			       "the protocol version is not HTTP/1.1 or HTTP/1.0");
	if (check_lines(h, e) != 0)
		return -1;
	if (h->counts[HEAD_AUTHORIZATION] > 1)
		return err_set(e, ERR_REQUEST, NULL, "there are several \"Authorization\" headers");
	if (check_host(h, is_1_1, e) != 0)
		return -1;
	return check_framing(h, is_1_1, e);
}
