/* Addresses and networks: whom to believe what it says about others. */
#ifndef DEMARCHE_SERVER_CIDR_H
#define DEMARCHE_SERVER_CIDR_H

#include <sys/socket.h>

#include "base/err.h"
#include "base/str.h"

enum { CIDR_LIST_MAX = 64, ADDRESS_TEXT_MAX = 48 };

/* An address as 16 bytes; IPv4 as ::ffff:a.b.c.d. */
struct address {
	unsigned char b[16];
};

struct cidr_list {
	size_t n;
	struct {
		struct address address;
		int bits; /* of 128 */
	} v[CIDR_LIST_MAX];
};

/* "10.0.0.0/8, ::1": ERR_INPUT naming the part that is none. */
int cidr_list_parse(struct cidr_list *to, struct str list, struct err *e) MUST_CHECK;
bool cidr_list_has(const struct cidr_list *n, const struct address *a);
bool address_parse(struct str text, struct address *to);
/* False for families other than IPv4 and IPv6. */
bool address_of(const struct sockaddr *from, struct address *to);
bool address_is_loopback(const struct address *a);
void address_format(const struct address *a, char out[ADDRESS_TEXT_MAX]);
/* Who the request is from: the peer, or, while the speaker is trusted, whom it names last in
 * X-Forwarded-For. */
struct address address_forwarded(const struct cidr_list *trusted, struct address peer,
				 struct str forwarded_for);

#endif
