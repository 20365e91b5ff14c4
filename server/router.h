/* From a path to rows of the routing tables. */
#ifndef DEMARCHE_SERVER_ROUTER_H
#define DEMARCHE_SERVER_ROUTER_H

#include "api/routes.h"
#include "server/target.h"

enum { ROUTER_TABLES = 2 };

struct router {
	struct {
		const struct route *rows;
		size_t n;
	} tables[ROUTER_TABLES];
};

struct route_match {
	const struct route *row; /* NULL when the path is unknown or does not take the method */
	size_t index;		 /* its number over all tables, for metrics */
	bool has_path;		 /* some row has the path */
	struct str args[2];
};

size_t router_count(const struct router *r);
const struct route *router_row(const struct router *r, size_t index);
/* `method` < 0 is a method no row can have. */
struct route_match router_find(const struct router *r, const struct target *t, int method);
/* "GET, HEAD, OPTIONS": the methods of a path that is known. */
struct str router_allow(const struct router *r, const struct target *t, struct arena *a);
/* The method's name; -1 for others. HEAD is METHOD_GET. */
int method_find(const char *name);
const char *method_name(enum method m);

#endif
