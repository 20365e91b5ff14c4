/* The program's options: one table gives the flags, the environment variables, the checks, --help
 * and docs/configuration.md. Strings in struct options are the process's own arguments or
 * environment: they live as long as it does. */
#ifndef DEMARCHE_CLI_OPTIONS_H
#define DEMARCHE_CLI_OPTIONS_H

#include "base/buf.h"
#include "base/err.h"

/* Which commands an option belongs to. */
enum {
	FOR_SERVE = 1 << 0,
	FOR_EXTRACT = 1 << 1,
	FOR_IMPORT = 1 << 2,
	FOR_QUERY = 1 << 3,
	FOR_EXPORT = 1 << 4,
	FOR_BACKUP = 1 << 5,
	FOR_CHECK = 1 << 6,
	FOR_HEALTH = 1 << 7,
	FOR_HELP = 1 << 8,
	FOR_PARSE = 1 << 9,
	FOR_ANNOTATE = 1 << 10,
	FOR_VERSION = 1 << 11,
	FOR_EXPLAIN = 1 << 12,
	FOR_COPY = 1 << 13,
	FOR_WORK = 1 << 14,
	FOR_ARTICLE = FOR_EXTRACT | FOR_ANNOTATE | FOR_EXPLAIN, /* those that look at one article */
	FOR_STORE =
		FOR_SERVE | FOR_IMPORT | FOR_QUERY | FOR_EXPORT | FOR_BACKUP | FOR_CHECK | FOR_WORK,
};

/* X(field, TYPE, flag, environment or NULL, default, min, max, commands,
 *   words of a CHOICE or the value's noun, help)
 *
 * TEXT is a string, INT a number, SIZE bytes (with k, M, G), TIME milliseconds (with ms, s, m; a
 * bare number is seconds), FLAG a switch, CHOICE the number of one of the words divided by "|". A
 * default of "auto" stands for a number found at the start. */
#define OPTIONS(X)                                                                                 \
	X(listen, TEXT, "--listen", "DEMARCHE_LISTEN", "127.0.0.1:8080", 0, 0, FOR_SERVE,          \
	  "HOST:PORT", "address to serve on; [::]:8080 for all, port 0 for a free one")            \
	X(db, TEXT, "--db", "DEMARCHE_DB", "demarche.db", 0, 0, FOR_STORE, "FILE",                 \
	  "database file")                                                                         \
	X(from, TEXT, "--from", NULL, "", 0, 0, FOR_COPY, "FILE|URL", "database to copy")          \
	X(to, TEXT, "--to", NULL, "", 0, 0, FOR_COPY, "FILE|URL",                                  \
	  "where to, on which there is no database yet")                                           \
	X(base_path, TEXT, "--base-path", "DEMARCHE_BASE_PATH", "", 0, 0, FOR_SERVE, "PATH",       \
	  "path under which a proxy passes the service on unchanged, such as /demarche")           \
	X(tokens_file, TEXT, "--tokens-file", "DEMARCHE_TOKENS_FILE", "", 0, 0, FOR_SERVE, "FILE", \
	  "lines of scopes (read, write, curate, admin, joined by +), a name if it has one, and "  \
	  "a "                                                                                     \
	  "bearer token or sha256:HEX of one")                                                     \
	X(tokens, SECRET, "", "DEMARCHE_TOKENS", "", 0, 0, FOR_SERVE, "LINES",                     \
	  "the same lines, divided by commas or line ends; environment only, since arguments are " \
	  "seen by other users")                                                                   \
	X(open, FLAG, "--open", "DEMARCHE_OPEN", "false", 0, 0, FOR_SERVE, "",                     \
	  "serve without tokens on an address that others can reach")                              \
	X(cors_origins, TEXT, "--cors-origins", "DEMARCHE_CORS_ORIGINS", "", 0, 0, FOR_SERVE,      \
	  "LIST", "origins whose pages may call the API, divided by commas, or *")                 \
	X(trusted_proxies, TEXT, "--trusted-proxies", "DEMARCHE_TRUSTED_PROXIES", "", 0, 0,        \
	  FOR_SERVE, "LIST",                                                                       \
	  "addresses or networks (10.0.0.0/8) whose X-Forwarded-For is believed, divided by "      \
	  "commas")                                                                                \
	X(max_body, SIZE, "--max-body", "DEMARCHE_MAX_BODY", "8M", 1024, 1 << 30,                  \
	  FOR_SERVE | FOR_ARTICLE | FOR_IMPORT, "BYTES", "largest request body, or article")       \
	X(memory, SIZE, "--memory", "DEMARCHE_MEMORY", "512M", 1 << 20, 1LL << 40, FOR_SERVE,      \
	  "BYTES",                                                                                 \
	  "anonymous memory of the process: caches, tables, bodies, articles being read, "         \
	  "answers; requests that would need more wait or are turned away with 503")               \
	X(article_tokens, INT, "--article-tokens", "DEMARCHE_ARTICLE_TOKENS", "100000", 100,       \
	  1 << 30, FOR_SERVE | FOR_ARTICLE | FOR_IMPORT | FOR_WORK, "N",                           \
	  "words and marks of the longest article that is read")                                   \
	X(article_cpu, TIME, "--article-cpu", "DEMARCHE_ARTICLE_CPU", "5s", 1, 3600000,            \
	  FOR_SERVE | FOR_IMPORT | FOR_WORK, "TIME",                                               \
	  "of a processor, that reading one article may take")                                     \
	X(max_connections, INT, "--max-connections", "DEMARCHE_MAX_CONNECTIONS", "1000", 1,        \
	  100000, FOR_SERVE, "N", "connections, beyond which new ones are turned away with 503")   \
	X(body_timeout, TIME, "--body-timeout", "DEMARCHE_BODY_TIMEOUT", "30s", 100, 3600000,      \
	  FOR_SERVE, "TIME", "time for a whole request to arrive, from its first line")            \
	X(idle_timeout, TIME, "--idle-timeout", "DEMARCHE_IDLE_TIMEOUT", "60s", 1000, 3600000,     \
	  FOR_SERVE, "TIME", "time after which a connection on which nothing moves is closed")     \
	X(send_timeout, TIME, "--send-timeout", "DEMARCHE_SEND_TIMEOUT", "30s", 100, 3600000,      \
	  FOR_SERVE, "TIME",                                                                       \
	  "time in which a client must take 64 kB of an answer, or its rest, else it is cut off")  \
	X(read_deadline, TIME, "--read-deadline", "DEMARCHE_READ_DEADLINE", "10s", 10, 600000,     \
	  FOR_SERVE | FOR_QUERY | FOR_EXPORT, "TIME",                                              \
	  "time for a question's answer, waiting included, and for an article to wait until it "   \
	  "is read")                                                                               \
	X(pollers, INT, "--pollers", "DEMARCHE_POLLERS", "auto", 1, 64, FOR_SERVE, "N",            \
	  "threads that move bytes; auto: one a processor")                                        \
	X(workers, INT, "--workers", "DEMARCHE_WORKERS", "auto", 1, 64, FOR_SERVE, "N",            \
	  "threads that answer; auto: two a processor, 16 at most. Each has a read handle of the " \
	  "database")                                                                              \
	X(extractors, INT, "--extractors", "DEMARCHE_EXTRACTORS", "auto", 1, 64,                   \
	  FOR_SERVE | FOR_IMPORT | FOR_WORK, "N",                                                  \
	  "threads that read articles, at a low priority; auto: one a processor")                  \
	X(lease, TIME, "--lease", "DEMARCHE_LEASE", "30s", 1000, 3600000, FOR_WORK, "TIME",        \
	  "for which articles are lent to a worker; those of one that is not heard of for so "     \
	  "long are lent to another")                                                              \
	X(queue, INT, "--queue", "DEMARCHE_QUEUE", "512", 1, 100000, FOR_SERVE, "N",               \
	  "requests waiting for a worker, and articles waiting to be read, beyond which they are " \
	  "turned away with 503")                                                                  \
	X(write_queue, INT, "--write-queue", "DEMARCHE_WRITE_QUEUE", "4096", 1, 100000, FOR_SERVE, \
	  "N", "articles waiting to be written, beyond which they are turned away with 503")       \
	X(write_group, INT, "--write-group", "DEMARCHE_WRITE_GROUP", "128", 1, 1024,               \
	  FOR_SERVE | FOR_IMPORT, "N", "articles that share one durable transaction, at most")     \
	X(reader_cache, INT, "--reader-cache", "DEMARCHE_READER_CACHE", "8", 1, 4096, FOR_STORE,   \
	  "MIB", "page cache of each read handle")                                                 \
	X(reader_map, INT, "--reader-map", "DEMARCHE_READER_MAP", "2047", 0, 1 << 20, FOR_STORE,   \
	  "MIB",                                                                                   \
	  "of the file mapped into memory by each read handle, which SQLite may cap; 0 where the " \
	  "disk may fail under it")                                                                \
	X(writer_cache, INT, "--writer-cache", "DEMARCHE_WRITER_CACHE", "40", 1, 4096, FOR_STORE,  \
	  "MIB", "page cache of the writer")                                                       \
	X(answer_cache, SIZE, "--answer-cache", "DEMARCHE_ANSWER_CACHE", "32M", 0, 1LL << 40,      \
	  FOR_SERVE, "BYTES",                                                                      \
	  "of --memory, for what is kept of answers: whole ones until anything is stored or "      \
	  "changed, and in a quarter of it statements as they are written; 0 for none")            \
	X(gzip, CHOICE, "--gzip", "DEMARCHE_GZIP", "auto", 0, 0, FOR_SERVE, "auto|off",            \
	  "compress answers for clients that accept it; off where the proxy does")                 \
	X(log_level, CHOICE, "--log-level", "DEMARCHE_LOG_LEVEL", "info", 0, 0,                    \
	  FOR_SERVE | FOR_WORK, "debug|info|warn|error",                                           \
	  "what is logged to standard error; requests are logged at info, those of probes at "     \
	  "debug")                                                                                 \
	X(drain_delay, TIME, "--drain-delay", "DEMARCHE_DRAIN_DELAY", "0", 0, 600000, FOR_SERVE,   \
	  "TIME",                                                                                  \
	  "after SIGTERM: time to go on serving with /readyz at 503, for the proxy to notice")     \
	X(drain_timeout, TIME, "--drain-timeout", "DEMARCHE_DRAIN_TIMEOUT", "20s", 0, 600000,      \
	  FOR_SERVE, "TIME",                                                                       \
	  "then: time for running requests to end, after which they are cut off")                  \
	X(no_extract, FLAG, "--no-extract", "DEMARCHE_NO_EXTRACT", "false", 0, 0,                  \
	  FOR_SERVE | FOR_IMPORT, "", "store articles without statements, for measuring")          \
	X(later, FLAG, "--later", NULL, "false", 0, 0, FOR_IMPORT, "",                             \
	  "store articles now; their statements are found when the database is served")            \
	X(extract_format, CHOICE, "--format", NULL, "text", 0, 0, FOR_ARTICLE, "text|json|jsonl",  \
	  "text: for reading; json: one document; jsonl: articles in and results out, one a line") \
	X(query_format, CHOICE, "--format", NULL, "text", 0, 0, FOR_QUERY, "text|json",            \
	  "for reading, or the API's document")                                                    \
	X(parse_format, CHOICE, "--format", NULL, "text", 0, 0, FOR_PARSE, "text|conllu",          \
	  "of the input: raw text, or CoNLL-U whose XPOS, HEAD and DEPREL are filled in and all "  \
	  "else is kept")                                                                          \
	X(model, TEXT, "--model", NULL, "", 0, 0, FOR_PARSE, "FILE",                               \
	  "model of the syntax, instead of the one in the program")                                \
	X(labels, FLAG, "--labels", NULL, "false", 0, 0, FOR_EXPORT, "",                           \
	  "what persons decided of statements, a JSON object a line, instead of the statements")   \
	X(export_format, CHOICE, "--format", NULL, "csv", 0, 0, FOR_EXPORT, "csv|ndjson",          \
	  "of the rows")                                                                           \
	X(published_at, TEXT, "--published-at", NULL, "", 0, 0, FOR_ARTICLE | FOR_IMPORT, "DATE",  \
	  "date of a plain text, which weekdays and posts depend on")                              \
	X(title, TEXT, "--title", NULL, "", 0, 0, FOR_ARTICLE, "TEXT", "headline of a plain text") \
	X(statement, INT, "--statement", NULL, "0", 0, 1 << 30, FOR_EXPLAIN, "N",                  \
	  "the number of one statement; 0: all")                                                   \
	X(repair, FLAG, "--repair", NULL, "false", 0, 0, FOR_CHECK, "",                            \
	  "first mend what can be, and say what was mended")                                       \
	X(markdown, FLAG, "--markdown", NULL, "false", 0, 0, FOR_HELP, "",                         \
	  "all options as the table of docs/configuration.md")

struct options {
#define OPTION_TEXT	    const char *
#define OPTION_SECRET	    const char *
#define OPTION_INT	    int64_t
#define OPTION_SIZE	    int64_t
#define OPTION_TIME	    int64_t
#define OPTION_FLAG	    bool
#define OPTION_CHOICE	    int
#define X(field, type, ...) OPTION_##type field;
	OPTIONS(X)
#undef X
	bool wants_help;
	const char *const *args; /* what is not an option */
	int n_args;
};

/* The words of each CHOICE, in their order; those of --log-level are the levels of server/log.h. */
enum { FORMAT_TEXT, FORMAT_JSON, FORMAT_JSONL }; /* of extract_format and query_format */
enum { PARSE_TEXT, PARSE_CONLLU };
enum { EXPORT_CSV, EXPORT_NDJSON };
enum { GZIP_AUTO, GZIP_OFF };

/* Defaults, then the environment, then the arguments (argv[0] is the first one). `command` is one
 * FOR_ bit; options of other commands are unknown. args is an array the caller gives, of at least
 * argc entries. -1 with *e (ERR_INPUT) naming flag, value and what would be right. */
int options_parse(struct options *o, unsigned command, int argc, char **argv, const char **args,
		  struct err *e) MUST_CHECK;
/* The part of --help about the options of a command. */
void options_help(struct buf *out, unsigned command);
/* All of them as a table in Markdown. */
void options_markdown(struct buf *out);

#endif
