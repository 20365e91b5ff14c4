/* Parses, prints and compares addresses in one form for both families. */
#include "server/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#include "base/decimal.h"

static const unsigned char v4_prefix[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

static bool is_v4(const struct address *a)
{
	return memcmp(a->b, v4_prefix, sizeof v4_prefix) == 0;
}

bool address_parse(struct str text, struct address *to)
{
	char copy[ADDRESS_TEXT_MAX];
	if (text.n == 0 || text.n >= sizeof copy || memchr(text.p, 0, text.n))
		return false;
	snprintf(copy, sizeof copy, "%.*s", STR_ARG(text));
	memcpy(to->b, v4_prefix, sizeof v4_prefix);
	return inet_pton(AF_INET, copy, to->b + 12) == 1 || inet_pton(AF_INET6, copy, to->b) == 1;
}

bool address_of(const struct sockaddr *from, struct address *to)
{
	if (from && from->sa_family == AF_INET) {
		memcpy(to->b, v4_prefix, sizeof v4_prefix);
		memcpy(to->b + 12, &((const struct sockaddr_in *)(const void *)from)->sin_addr, 4);
		return true;
	}
	if (from && from->sa_family == AF_INET6) {
		memcpy(to->b, &((const struct sockaddr_in6 *)(const void *)from)->sin6_addr, 16);
		return true;
	}
	memset(to, 0, sizeof *to);
	return false;
}

bool address_is_loopback(const struct address *a)
{
	static const struct address one = {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}};
	return is_v4(a) ? a->b[12] == 127 : memcmp(a, &one, sizeof one) == 0;
}

void address_format(const struct address *a, char out[ADDRESS_TEXT_MAX])
{
	if (!is_v4(a)) {
		inet_ntop(AF_INET6, a->b, out, ADDRESS_TEXT_MAX);
		return;
	}
	/* Of each line of the log: inet_ntop goes through printf. */
	char *end = out + INET_ADDRSTRLEN - 1, *p = end;
	*end = '\0';
	for (int i = 15; i >= 12; i--) {
		p = decimal_before(p, a->b[i]);
		if (i > 12)
			*--p = '.';
	}
	memmove(out, p, (size_t)(end - p) + 1);
}
