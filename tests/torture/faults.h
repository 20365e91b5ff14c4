/* Faults put into a running program: a preloaded library (faults.c) lets the n-th call of a kind
 * fail, steered through a small file that both map, whose path is in the environment. So one
 * process can be tried with every n, without a start for each. */
#ifndef DEMARCHE_TESTS_FAULTS_H
#define DEMARCHE_TESTS_FAULTS_H

#include <stdatomic.h>

#define FAULTS_VARIABLE "DEMARCHE_FAULTS"

enum fault_kind {
	FAULT_NONE,
	FAULT_MEMORY, /* malloc, calloc, realloc, posix_memalign give NULL */
	FAULT_FILES,  /* open, read, write, sync, truncate of files under `prefix` fail */
	FAULT_SOCKETS /* accept, recv, send fail */
};

struct faults {
	_Atomic int kind;
	_Atomic int
		error; /* errno; 0: a write of half, where there is a write to do so, else EIO */
	_Atomic int is_sticky; /* all calls from the n-th on, not that one alone */
	_Atomic long left;     /* calls until the fault */
	_Atomic long fired;    /* how often it has */
	char prefix[256];      /* of paths, for FAULT_FILES; set before the program starts */
};

#endif
