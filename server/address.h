/* The address of a host. */
#ifndef DEMARCHE_SERVER_ADDRESS_H
#define DEMARCHE_SERVER_ADDRESS_H

#include <sys/socket.h>

#include "base/str.h"

enum { ADDRESS_TEXT_MAX = 48 };

/* 16 bytes; IPv4 as ::ffff:a.b.c.d. */
struct address {
	unsigned char b[16];
};

bool address_parse(struct str text, struct address *to);
/* False, and all zero, for families other than IPv4 and IPv6. */
bool address_of(const struct sockaddr *from, struct address *to);
bool address_is_loopback(const struct address *a);
void address_format(const struct address *a, char out[ADDRESS_TEXT_MAX]);

#endif
