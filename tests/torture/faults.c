/* The preloaded library: see faults.h. Memory goes on to glibc's allocator by its own names, since
 * dlsym itself allocates. */
#include "tests/torture/faults.h"

#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

enum { FILES_MAX = 4096 };

static struct faults *faults;
static bool traces;
static _Atomic char is_ours[FILES_MAX]; /* descriptors of files under the prefix */

__attribute__((constructor)) static void start(void)
{
	const char *path = getenv(FAULTS_VARIABLE);
	int fd = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
	void *p = fd >= 0 ? mmap(NULL, sizeof *faults, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0)
			  : MAP_FAILED;
	if (fd >= 0)
		close(fd);
	faults = p == MAP_FAILED ? NULL : p;
	void *first[1];
	traces = getenv("FAULTS_TRACE") && backtrace(first, 1) > 0; /* its first call allocates */
}

/* Where a fault came, for whoever looks for its effect: into the program's log. */
static void trace(void)
{
	enum { DEPTH = 24 };
	void *frames[DEPTH];
	backtrace_symbols_fd(frames, backtrace(frames, DEPTH), STDERR_FILENO);
}

static bool fails(enum fault_kind kind)
{
	struct faults *f = faults;
	if (!f || atomic_load_explicit(&f->kind, memory_order_relaxed) != (int)kind)
		return false;
	long left = atomic_fetch_sub(&f->left, 1);
	if (left > 0 || (left < 0 && !atomic_load(&f->is_sticky)))
		return false;
	if (atomic_fetch_add(&f->fired, 1) == 0 && traces)
		trace();
	return true;
}

/* Sets errno; the failing call's result. */
static int give_error(void)
{
	int error = atomic_load(&faults->error);
	errno = error ? error : EIO;
	return -1;
}

/* The next definition of a function, which is the C library's; as a number, since C gives no way
 * from a pointer to data. */
static uintptr_t real(const char *name, _Atomic uintptr_t *known)
{
	uintptr_t p = atomic_load(known);
	if (!p) {
		p = (uintptr_t)dlsym(RTLD_NEXT, name);
		atomic_store(known, p);
	}
	return p;
}
#define REAL(name, type)                                                                           \
	static _Atomic uintptr_t known;                                                            \
	__typeof__(type) real_##name = (__typeof__(type))real(#name, &known)

/* --- memory */

void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t n);
void *__libc_memalign(size_t at, size_t n);

static void *no_memory(void)
{
	errno = ENOMEM;
	return NULL;
}

void *malloc(size_t n)
{
	return fails(FAULT_MEMORY) ? no_memory() : __libc_malloc(n);
}

void *calloc(size_t n, size_t size)
{
	return fails(FAULT_MEMORY) ? no_memory() : __libc_calloc(n, size);
}

void *realloc(void *p, size_t n)
{
	return fails(FAULT_MEMORY) ? no_memory() : __libc_realloc(p, n);
}

int posix_memalign(void **out, size_t at, size_t n)
{
	void *p = fails(FAULT_MEMORY) ? NULL : __libc_memalign(at, n);
	if (!p)
		return ENOMEM;
	*out = p;
	return 0;
}

/* --- files */

static bool is_file(int fd)
{
	return fd >= 0 && fd < FILES_MAX &&
	       atomic_load_explicit(&is_ours[fd], memory_order_relaxed);
}

static bool is_path(const char *path)
{
	return faults && faults->prefix[0] &&
	       strncmp(path, faults->prefix, strlen(faults->prefix)) == 0;
}

static int note(const char *path, int fd)
{
	if (fd >= 0 && fd < FILES_MAX)
		atomic_store(&is_ours[fd], is_path(path));
	return fd;
}

/* The mode's place among the arguments is the same with and without O_CREAT. */
#define OPEN(name)                                                                                 \
	int name(const char *path, int flags, ...)                                                 \
	{                                                                                          \
		REAL(name, int (*)(const char *, int, ...));                                       \
		va_list v;                                                                         \
		va_start(v, flags);                                                                \
		mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(v, mode_t) : 0;               \
		va_end(v);                                                                         \
		if (is_path(path) && fails(FAULT_FILES))                                           \
			return give_error();                                                       \
		return note(path, real_##name(path, flags, mode));                                 \
	}
OPEN(open)
OPEN(open64)

int close(int fd)
{
	REAL(close, int (*)(int));
	if (fd >= 0 && fd < FILES_MAX)
		atomic_store(&is_ours[fd], 0);
	return real_close(fd);
}

#define MOVE(name, parameters, arguments)                                                          \
	ssize_t name parameters                                                                    \
	{                                                                                          \
		REAL(name, ssize_t(*) parameters);                                                 \
		return is_file(fd) && fails(FAULT_FILES) ? give_error() : real_##name arguments;   \
	}
MOVE(read, (int fd, void *to, size_t n), (fd, to, n))
MOVE(pread, (int fd, void *to, size_t n, off_t at), (fd, to, n, at))
MOVE(pread64, (int fd, void *to, size_t n, off64_t at), (fd, to, n, at))
MOVE(pwritev, (int fd, const struct iovec *v, int n, off_t at), (fd, v, n, at))

/* Half of it is written, and the rest not: the next try is told why not by another fault, or comes
 * through. */
#define WRITE(name, parameters, arguments)                                                         \
	ssize_t name parameters                                                                    \
	{                                                                                          \
		REAL(name, ssize_t(*) parameters);                                                 \
		if (is_file(fd) && fails(FAULT_FILES)) {                                           \
			if (atomic_load(&faults->error) || n < 2)                                  \
				return give_error();                                               \
			n /= 2;                                                                    \
		}                                                                                  \
		return real_##name arguments;                                                      \
	}
WRITE(write, (int fd, const void *from, size_t n), (fd, from, n))
WRITE(pwrite, (int fd, const void *from, size_t n, off_t at), (fd, from, n, at))
WRITE(pwrite64, (int fd, const void *from, size_t n, off64_t at), (fd, from, n, at))

#define FILE_CALL(name, parameters, arguments)                                                     \
	int name parameters                                                                        \
	{                                                                                          \
		REAL(name, int(*) parameters);                                                     \
		return is_file(fd) && fails(FAULT_FILES) ? give_error() : real_##name arguments;   \
	}
FILE_CALL(fsync, (int fd), (fd))
FILE_CALL(fdatasync, (int fd), (fd))
FILE_CALL(ftruncate, (int fd, off_t n), (fd, n))
FILE_CALL(ftruncate64, (int fd, off64_t n), (fd, n))

/* --- sockets */

#define SOCKET_CALL(type, name, parameters, arguments)                                             \
	type name parameters                                                                       \
	{                                                                                          \
		REAL(name, type(*) parameters);                                                    \
		return fails(FAULT_SOCKETS) ? give_error() : real_##name arguments;                \
	}
SOCKET_CALL(ssize_t, recv, (int fd, void *to, size_t n, int flags), (fd, to, n, flags))
SOCKET_CALL(ssize_t, send, (int fd, const void *from, size_t n, int flags), (fd, from, n, flags))
SOCKET_CALL(ssize_t, sendmsg, (int fd, const struct msghdr *m, int flags), (fd, m, flags))

/* A caller that has gone is taken off the queue; where the process is at a limit,
 * it stays there. */
int accept4(int fd, __SOCKADDR_ARG address, socklen_t *n, int flags)
{
	REAL(accept4, int (*)(int, __SOCKADDR_ARG, socklen_t *, int));
	if (!fails(FAULT_SOCKETS))
		return real_accept4(fd, address, n, flags);
	int error = atomic_load(&faults->error);
	int gone = error == EMFILE ? -1 : real_accept4(fd, address, n, flags);
	if (gone >= 0)
		close(gone);
	return give_error();
}
