/* What the commands that look at one article share: articles as plain text, as a document or on a
 * line each; results in the same form. */
#ifndef DEMARCHE_CLI_ARTICLE_COMMAND_H
#define DEMARCHE_CLI_ARTICLE_COMMAND_H

#include "api/format/json_write.h"
#include "base/arena.h"
#include "base/model.h"
#include "cli/options.h"

struct engine;

/* What such a command does with an article. Each returns 0, or -1 with *e. */
struct article_task {
	/* For reading, on standard output. */
	int (*print)(const struct engine *en, const struct options *o,
		     const struct article *article, struct arena *a, struct err *e);
	/* Members of a JSON object. */
	int (*write)(const struct engine *en, const struct options *o,
		     const struct article *article, struct arena *a, struct jw *j, struct err *e);
};

/* Runs a task on the one article of the argument or of standard input, or with --format jsonl on
 * each line. Opens the engine. The exit status. */
int article_command_run(const struct options *o, const struct article_task *task);

#endif
