/* Addresses and networks. */
#include "server/cidr.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

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
	if (is_v4(a))
		inet_ntop(AF_INET, a->b + 12, out, ADDRESS_TEXT_MAX);
	else
		inet_ntop(AF_INET6, a->b, out, ADDRESS_TEXT_MAX);
}

static bool parse_network(struct str part, struct address *address, int *bits)
{
	size_t slash = str_find(part, STR("/"), 0);
	struct str host = slash == SIZE_MAX ? part : str_sub(part, 0, slash);
	if (!address_parse(host, address))
		return false;
	int offset = memchr(host.p, ':', host.n) ? 0 : 96;
	int64_t n = 128 - offset;
	if (slash != SIZE_MAX &&
	    (!str_to_i64(str_sub(part, slash + 1, part.n), &n) || n < 0 || n > 128 - offset))
		return false;
	*bits = (int)n + offset;
	return true;
}

int cidr_list_parse(struct cidr_list *to, struct str list, struct err *e)
{
	struct str part;
	to->n = 0;
	while (str_split(&list, ',', &part)) {
		part = str_trim(part);
		if (part.n == 0)
			continue;
		if (to->n == CIDR_LIST_MAX)
			return err_set(e, ERR_INPUT, NULL,
				       "--trusted-proxies has more than %d entries", CIDR_LIST_MAX);
		if (!parse_network(part, &to->v[to->n].address, &to->v[to->n].bits))
			return err_set(e, ERR_INPUT, NULL,
				       "--trusted-proxies has \"%.*s\": it takes addresses and "
				       "networks such as 10.0.0.0/8",
				       STR_ARG(part));
		to->n++;
	}
	return 0;
}

bool cidr_list_has(const struct cidr_list *n, const struct address *a)
{
	for (size_t i = 0; i < n->n; i++) {
		int bits = n->v[i].bits;
		size_t bytes = (size_t)bits / 8;
		unsigned mask = 0xffu << (8 - bits % 8) & 0xffu;
		if (memcmp(a->b, n->v[i].address.b, bytes) == 0 &&
		    (bits % 8 == 0 || (a->b[bytes] & mask) == (n->v[i].address.b[bytes] & mask)))
			return true;
	}
	return false;
}

struct address address_forwarded(const struct cidr_list *trusted, struct address peer,
				 struct str forwarded_for)
{
	while (forwarded_for.n && cidr_list_has(trusted, &peer)) {
		size_t start = forwarded_for.n;
		while (start > 0 && forwarded_for.p[start - 1] != ',')
			start--;
		struct address next;
		if (!address_parse(str_trim(str_sub(forwarded_for, start, forwarded_for.n)), &next))
			break;
		peer = next;
		forwarded_for = str_sub(forwarded_for, 0, start ? start - 1 : 0);
	}
	return peer;
}
