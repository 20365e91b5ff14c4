/* A parameter as a client sends it. */
#ifndef DEMARCHE_API_QUERY_PARAM_H
#define DEMARCHE_API_QUERY_PARAM_H

#include "base/str.h"

struct param {
	struct str name, value; /* percent-decoded, well-formed UTF-8, may hold zero bytes */
};

#endif
