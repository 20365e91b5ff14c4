/* Files of web pages, which are not all in UTF-8. */
#ifndef DEMARCHE_API_FORMAT_CHARSET_H
#define DEMARCHE_API_FORMAT_CHARSET_H

#include "base/arena.h"

/* The bytes as UTF-8, without a byte order mark: as they are where they are UTF-8, whatever they
 * say; else by a mark of UTF-16, by the charset that their first kilobyte names ("charset=...",
 * "encoding=..."), or as windows-1252. What is no character becomes U+FFFD. 0, or -1 with *e: the
 * arena is full. Any thread. */
int charset_to_utf8(struct str bytes, struct arena *a, struct str *out, struct err *e) MUST_CHECK;

#endif
