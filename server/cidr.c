/* Compares the leading bits of addresses. */
#include "server/cidr.h"

#include <string.h>

static bool parse(struct str part, struct cidr *to)
{
	size_t slash = str_find(part, STR("/"), 0);
	struct str host = slash == SIZE_MAX ? part : str_sub(part, 0, slash);
	if (!address_parse(host, &to->address))
		return false;
	int offset = memchr(host.p, ':', host.n) ? 0 : 96;
	int64_t n = 128 - offset;
	if (slash != SIZE_MAX &&
	    (!str_to_i64(str_sub(part, slash + 1, part.n), &n) || n < 0 || n > 128 - offset))
		return false;
	to->bits = (int)n + offset;
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
		if (!parse(part, &to->v[to->n]))
			return err_set(e, ERR_INPUT, NULL,
				       "--trusted-proxies has \"%.*s\": it takes addresses and "
				       "networks such as 10.0.0.0/8",
				       STR_ARG(part));
		to->n++;
	}
	return 0;
}

static bool contains(const struct cidr *network, const struct address *a)
{
	const unsigned char *b = network->address.b;
	size_t bytes = (size_t)network->bits / 8;
	int rest = network->bits % 8;
	unsigned mask = 0xffu << (8 - rest) & 0xffu;
	return memcmp(a->b, b, bytes) == 0 && (rest == 0 || ((a->b[bytes] ^ b[bytes]) & mask) == 0);
}

bool cidr_list_has(const struct cidr_list *n, const struct address *a)
{
	for (size_t i = 0; i < n->n; i++)
		if (contains(&n->v[i], a))
			return true;
	return false;
}

struct address cidr_list_client(const struct cidr_list *trusted, struct address peer,
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
