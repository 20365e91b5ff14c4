/* Opens the engine, reads the articles, runs the task on each. */
#include "cli/article_command.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/format/article_line.h"
#include "cli/article_input.h"
#include "cli/command.h"
#include "extract/extract.h"

enum { ARENA_MAX_BYTES = 1 << 30, OUT_MAX_BYTES = 1 << 30 };

struct run {
	const struct engine *en;
	const struct options *o;
	const struct article_task *task;
};

static int print_buf(struct buf *out, struct err *e)
{
	int rc = out->failed ? err_set(e, ERR_INTERNAL, NULL, "the output does not fit into memory")
			     : 0;
	if (rc == 0)
		fwrite(out->p, 1, out->n, stdout);
	return rc;
}

static int one_article(const struct run *r, struct str input, const char *path, struct arena *a,
		       struct err *e)
{
	struct article article;
	int rc;
	if (article_input_decode(input, path, r->o, a, &article, e) != 0)
		return -1;
	if (r->o->extract_format == FORMAT_TEXT)
		return r->task->print(r->en, r->o, &article, a, e);
	struct buf out;
	buf_init(&out, OUT_MAX_BYTES);
	struct jw j = jw_into(&out);
	jw_open_object(&j);
	rc = r->task->write(r->en, r->o, &article, a, &j, e);
	jw_close_object(&j);
	buf_add_char(&out, '\n');
	if (rc == 0)
		rc = print_buf(&out, e);
	buf_release(&out);
	return rc;
}

/* One line in, one line out; false when it was a bad one. */
static bool one_line(const struct run *r, struct str line, struct buf *out)
{
	struct article article;
	struct str id = STR("null");
	struct err e = {0};
	struct arena a;
	struct budget budget = {.tokens_max = (size_t)r->o->article_tokens};
	arena_init(&a, ARENA_MAX_BYTES);
	a.budget = &budget;
	buf_clear(out);
	struct jw j = jw_into(out);
	bool is_good = article_line_decode(line, &a, &id, &article, &e) == 0;
	jw_open_object(&j);
	JW_NAME(&j, "id");
	jw_raw(&j, id.p ? id : STR("null"));
	if (!is_good || r->task->write(r->en, r->o, &article, &a, &j, &e) != 0) {
		is_good = false;
		JW_MEMBER(&j, "error", str_of(e.message));
	}
	jw_close_object(&j);
	buf_add_char(out, '\n');
	arena_release(&a);
	return is_good;
}

static int each_line(const struct run *r, const char *path, struct err *e)
{
	FILE *f = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
	char *line = NULL;
	size_t cap = 0;
	bool all_good = true;
	struct buf out;
	ssize_t n;
	if (!f)
		return err_set(e, ERR_INPUT, NULL, "cannot open \"%s\": %s", path, strerror(errno));
	buf_init(&out, OUT_MAX_BYTES);
	while ((n = getline(&line, &cap, f)) >= 0) {
		struct str s = str_trim((struct str){line, (size_t)n});
		if (s.n == 0)
			continue;
		if (s.n > (size_t)r->o->max_body) {
			printf("{\"id\":null,\"error\":\"the line is larger than %lld bytes\"}\n",
			       (long long)r->o->max_body);
			all_good = false;
			continue;
		}
		all_good = one_line(r, s, &out) && all_good;
		if (print_buf(&out, e) != 0)
			break;
	}
	if (ferror(f))
		err_set(e, ERR_INPUT, NULL, "cannot read \"%s\": %s", path, strerror(errno));
	if (f != stdin)
		fclose(f);
	free(line);
	buf_release(&out);
	if (e->kind == ERR_NONE && !all_good)
		err_set(e, ERR_INPUT, NULL,
			"some lines were no articles: their lines of output say why");
	return e->kind == ERR_NONE ? 0 : -1;
}

int article_command_run(const struct options *o, const struct article_task *task)
{
	const char *path = o->n_args ? o->args[0] : "-";
	struct err e = {0};
	struct arena a;
	struct buf input = {0};
	struct engine *en = engine_open(&e);
	struct run r = {en, o, task};
	struct budget budget = {.tokens_max = (size_t)o->article_tokens};
	int rc = -1;
	arena_init(&a, ARENA_MAX_BYTES);
	a.budget = &budget;
	if (en && o->extract_format == FORMAT_JSONL)
		rc = each_line(&r, path, &e);
	else if (en && command_read(path, (size_t)o->max_body, &input, &e) == 0)
		rc = one_article(&r, buf_str(&input), path, &a, &e);
	buf_release(&input);
	arena_release(&a);
	engine_close(en);
	return rc == 0 ? STATUS_OK : command_fail(&e);
}
