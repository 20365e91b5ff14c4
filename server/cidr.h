/* Networks in CIDR notation (RFC 4632), and which forwarders are believed what they say about
 * others.
 */
#ifndef DEMARCHE_SERVER_CIDR_H
#define DEMARCHE_SERVER_CIDR_H

#include "base/err.h"
#include "server/address.h"

enum { CIDR_LIST_MAX = 64 };

struct cidr {
	struct address address;
	int bits; /* of 128 */
};

struct cidr_list {
	size_t n;
	struct cidr v[CIDR_LIST_MAX];
};

/* The value of --trusted-proxies, "10.0.0.0/8, ::1": ERR_INPUT naming the part that is none. */
int cidr_list_parse(struct cidr_list *to, struct str list, struct err *e) MUST_CHECK;
bool cidr_list_has(const struct cidr_list *n, const struct address *a);
/* Who the request is from: the peer, or, while the speaker is trusted, whom it names last in
 * X-Forwarded-For. */
struct address cidr_list_client(const struct cidr_list *trusted, struct address peer,
				struct str forwarded_for);

#endif
