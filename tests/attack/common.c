/* Children, folders, chance and bodies of the torture programs. */
#include "tests/attack/common.h"

#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <check.h>

#include "tests/hostile/hostile.h"
#include "tests/http/client.h"

enum { ARGS_MAX = 32, CHILD_MS = 300000, BODY_MAX = 64 << 20 };

bool torture_is_full(void)
{
	const char *s = getenv("TORTURE");
	return s && strcmp(s, "full") == 0;
}

uint64_t torture_seed(void)
{
	const char *s = getenv("TORTURE_SEED");
	return s && *s ? strtoull(s, NULL, 10) : 1;
}

/* splitmix64 (Steele, Lea, Flood 2014). */
uint64_t roll(struct dice *d, uint64_t sides)
{
	uint64_t z = (d->x += 0x9e3779b97f4a7c15u);
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return (z ^ (z >> 31)) % sides;
}

void sleep_ms(int ms)
{
	nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000},
		  NULL);
}

void folder_make(char folder[64])
{
	snprintf(folder, 64, "/tmp/demarche-torture-XXXXXX");
	ck_assert(mkdtemp(folder));
}

void folder_remove(const char *folder)
{
	char command[96];
	snprintf(command, sizeof command, "rm -r %s", folder);
	ck_assert_int_eq(system(command), 0);
}

/* --- children */

static void become(const char *const *args, const char *output)
{
	const char *argv[ARGS_MAX] = {program_path()};
	for (int i = 0; i < ARGS_MAX - 2 && args[i]; i++)
		argv[i + 1] = args[i];
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	int fd = open(output, O_WRONLY | O_CREAT | O_APPEND, 0600),
	    null = open("/dev/null", O_RDONLY);
	dup2(null, 0);
	dup2(fd, 1);
	dup2(fd, 2);
	for (int i = 3; i < 256; i++)
		close(i);
	char **all = NULL;
	const char *const *from = argv;
	memcpy(&all, &from, sizeof all);
	execv(argv[0], all);
	_exit(127);
}

void child_start(struct child *c, const char *folder, const char *const *args)
{
	*c = (struct child){.status = -1};
	snprintf(c->output, sizeof c->output, "%s/output-XXXXXX", folder);
	int fd = mkstemp(c->output);
	ck_assert_int_ge(fd, 0);
	close(fd);
	c->pid = fork();
	ck_assert_int_ge(c->pid, 0);
	if (c->pid == 0)
		become(args, c->output);
}

static void note_end(struct child *c, int status)
{
	c->status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	c->pid = 0;
}

bool child_has_ended(struct child *c)
{
	int status;
	if (c->pid && waitpid(c->pid, &status, WNOHANG) == c->pid)
		note_end(c, status);
	return c->pid == 0;
}

int child_wait(struct child *c)
{
	for (int ms = 0; !child_has_ended(c); ms += 2) {
		if (ms > CHILD_MS) {
			kill(c->pid, SIGKILL);
			ck_abort_msg("a run of the program does not end: %s", child_text(c));
		}
		sleep_ms(2);
	}
	return c->status;
}

void child_signal(struct child *c, int signal)
{
	if (c->pid)
		kill(c->pid, signal);
}

char *child_text(const struct child *c)
{
	FILE *f = fopen(c->output, "rbe");
	struct buf text;
	char part[4096];
	buf_init(&text, BODY_MAX);
	for (size_t n; f && (n = fread(part, 1, sizeof part, f)) > 0;)
		buf_add(&text, (struct str){part, n});
	if (f)
		fclose(f);
	buf_add_char(&text, '\0');
	ck_assert(!text.failed);
	return text.p;
}

int run_program(const char *folder, const char *const *args)
{
	struct child c;
	child_start(&c, folder, args);
	if (child_wait(&c) != 0) {
		char *text = child_text(&c);
		fprintf(stderr, "%s: status %d: %s\n", args[0], c.status, text);
		free(text);
	}
	unlink(c.output);
	return c.status;
}

int64_t metric_value(struct str text, const char *name)
{
	char line[64];
	int64_t value;
	size_t n = (size_t)snprintf(line, sizeof line, "\n%s ", name);
	size_t at = str_find(text, str_of(line), 0);
	ck_assert_msg(at != SIZE_MAX, "no metric %s", name);
	size_t end = str_find(text, STR("\n"), at + n);
	ck_assert(str_to_i64(str_sub(text, at + n, end), &value));
	return value;
}

bool names_number(const char *text, long number)
{
	static const char digits[] = "0123456789";
	char word[32];
	int n = snprintf(word, sizeof word, "%ld", number);
	for (const char *at = text; (at = strstr(at, word)) != NULL; at++)
		if ((at == text || !strchr(digits, at[-1])) &&
		    (at[n] == '\0' || !strchr(digits, at[n])))
			return true;
	return false;
}

/* --- bodies */

const char *const hostile_sample[] = {"brackets",
				      "quotes-curly-said",
				      "quotes-within",
				      "he-said-that",
				      "accused",
				      "names-titles",
				      "salad",
				      "relatives",
				      "according-to-names",
				      "told-names",
				      "issues-many-contents",
				      "quotes-straight"};
const size_t hostile_sample_count = sizeof hostile_sample / sizeof hostile_sample[0];

static void add_escaped(struct buf *out, const char *s)
{
	for (; *s; s++) {
		if (*s == '"' || *s == '\\')
			buf_add_char(out, '\\');
		if ((unsigned char)*s < 0x20)
			buf_printf(out, "\\u%04x", (unsigned)*s);
		else
			buf_add_char(out, *s);
	}
}

void hostile_post(struct buf *out, const char *target, const char *name, size_t n, uint64_t number)
{
	char *text = hostile_text(name, &n);
	struct buf body;
	ck_assert_msg(text, "no hostile text \"%s\"", name);
	buf_init(&body, BODY_MAX);
	buf_printf(&body, "{\"text\":\"%llu ", (unsigned long long)number);
	add_escaped(&body, text);
	buf_add(&body, STR("\"}"));
	free(text);
	ck_assert(!body.failed);
	buf_printf(out,
		   "POST %s HTTP/1.1\r\nHost: a\r\nContent-Type: "
		   "application/json\r\nContent-Length: %zu\r\n\r\n",
		   target, body.n);
	buf_add(out, buf_str(&body));
	ck_assert(!out->failed);
	buf_release(&body);
}
