/* libpq, PostgreSQL's client library, loaded when a database on a server is first opened: a program
 * that works on files needs it neither to be built nor to run. Its functions as its manual has
 * them, from version 14 on. */
#ifndef DEMARCHE_DB_POSTGRESQL_LIBPQ_H
#define DEMARCHE_DB_POSTGRESQL_LIBPQ_H

#include "base/err.h"

typedef struct pg_conn PGconn;
typedef struct pg_result PGresult;
typedef struct pg_cancel PGcancel;
typedef unsigned pg_oid;

enum {
	PG_CONNECTION_OK = 0,
	PG_COMMAND_OK = 1,
	PG_TUPLES_OK = 2,
	PG_FATAL_ERROR = 7,
	PG_PIPELINE_SYNC = 10,
	PG_PIPELINE_ABORTED = 11,
	PG_SQLSTATE = 'C', /* a field of an error */
};

#define LIBPQ_FUNCTIONS(X)                                                                         \
	X(PGconn *, PQconnectdbParams, (const char *const *, const char *const *, int))            \
	X(int, PQstatus, (const PGconn *))                                                         \
	X(char *, PQerrorMessage, (const PGconn *))                                                \
	X(void, PQfinish, (PGconn *))                                                              \
	X(void, PQreset, (PGconn *))                                                               \
	X(int, PQbackendPID, (const PGconn *))                                                     \
	X(int, PQserverVersion, (const PGconn *))                                                  \
	X(int, PQsocket, (const PGconn *))                                                         \
	X(PGresult *, PQexec, (PGconn *, const char *))                                            \
	X(int, PQenterPipelineMode, (PGconn *))                                                    \
	X(int, PQexitPipelineMode, (PGconn *))                                                     \
	X(int, PQpipelineSync, (PGconn *))                                                         \
	X(int, PQsendPrepare, (PGconn *, const char *, const char *, int, const pg_oid *))         \
	X(int, PQsendQueryPrepared,                                                                \
	  (PGconn *, const char *, int, const char *const *, const int *, const int *, int))       \
	X(int, PQsendQueryParams,                                                                  \
	  (PGconn *, const char *, int, const pg_oid *, const char *const *, const int *,          \
	   const int *, int))                                                                      \
	X(PGresult *, PQgetResult, (PGconn *))                                                     \
	X(int, PQconsumeInput, (PGconn *))                                                         \
	X(int, PQisBusy, (PGconn *))                                                               \
	X(int, PQflush, (PGconn *))                                                                \
	X(int, PQresultStatus, (const PGresult *))                                                 \
	X(char *, PQresultErrorField, (const PGresult *, int))                                     \
	X(char *, PQresultErrorMessage, (const PGresult *))                                        \
	X(int, PQntuples, (const PGresult *))                                                      \
	X(int, PQnfields, (const PGresult *))                                                      \
	X(pg_oid, PQftype, (const PGresult *, int))                                                \
	X(char *, PQgetvalue, (const PGresult *, int, int))                                        \
	X(int, PQgetlength, (const PGresult *, int, int))                                          \
	X(int, PQgetisnull, (const PGresult *, int, int))                                          \
	X(char *, PQcmdTuples, (PGresult *))                                                       \
	X(void, PQclear, (PGresult *))                                                             \
	X(PGcancel *, PQgetCancel, (PGconn *))                                                     \
	X(int, PQcancel, (PGcancel *, char *, int))                                                \
	X(void, PQfreeCancel, (PGcancel *))                                                        \
	X(void *, PQsetNoticeProcessor, (PGconn *, void (*)(void *, const char *), void *))

struct libpq {
#define X(result, name, parameters) result(*name) parameters;
	LIBPQ_FUNCTIONS(X)
#undef X
};

/* The process's own, which lasts as long as it does. NULL with *e set to ERR_DB where the library
 * is not installed or too old. Any thread. */
const struct libpq *libpq_load(struct err *e) MUST_CHECK;

#endif
