/* Runs of characters that are one token whatever the rules of words say. Pure; valid UTF-8. */
#ifndef DEMARCHE_EXTRACT_TEXT_ADDRESS_H
#define DEMARCHE_EXTRACT_TEXT_ADDRESS_H

#include "base/str.h"

/* End of a web or mail address, a site's or a file's name, a handle or a hashtag that starts at
 * `at`; `at` for none. */
size_t address_end(struct str b, size_t at);

/* End of the face in punctuation that starts at `at`, or `at`. */
size_t face_end(struct str b, size_t at);

#endif
