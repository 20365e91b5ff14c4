/* The connections that the program has to the server of DEMARCHE_POSTGRESQL. */
#ifndef DEMARCHE_TESTS_ENGINES_CONNECTIONS_H
#define DEMARCHE_TESTS_ENGINES_CONNECTIONS_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

/* The server ends all of them. */
static void end_connections(void)
{
	char command[768];
	snprintf(command, sizeof command,
		 "psql -qX -c \"SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
		 " WHERE application_name = 'demarche'\" '%s' >/dev/null 2>&1",
		 getenv("DEMARCHE_POSTGRESQL"));
	ck_assert_int_eq(system(command), 0); /* NOLINT(cert-env33-c) */
}

#endif
