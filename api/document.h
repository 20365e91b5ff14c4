/* What the API says of itself. */
#ifndef DEMARCHE_API_DOCUMENT_H
#define DEMARCHE_API_DOCUMENT_H

/* The program's version, "0.1.0". */
const char *api_version(void);

#endif
