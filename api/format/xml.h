/* Text in XML 1.0. */
#ifndef DEMARCHE_API_FORMAT_XML_H
#define DEMARCHE_API_FORMAT_XML_H

#include "base/buf.h"

/* As text or between the quotation marks of an attribute; what XML cannot hold, and what is no
 * UTF-8, is replaced by U+FFFD. */
void xml_text(struct buf *out, struct str s);

#endif
