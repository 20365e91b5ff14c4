/* The dashboard: a page and its scripts and styles, made from dashboard/ by `make dashboard` and
 * inside the program. Its page is served at the root to who prefers HTML (document.c), its files by
 * get_dashboard. */
#ifndef DEMARCHE_API_DASHBOARD_H
#define DEMARCHE_API_DASHBOARD_H

#include "api/http.h"

/* The page, with what a browser may do on it: run and style from this service alone, talk to this
 * service alone. The links in it are relative to the root. */
enum api_result dashboard_page(struct response *rs, struct err *e);

#endif
