/* The disk that loses power. */
#include "tests/torture/power/disk.h"

#include <dirent.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SECTOR = 512, NAME_MAX_BYTES = 256, NODES_MAX = 64, LINKS_MAX = 256 };

/* What was done to a file since its last sync. A truncation has no bytes. */
struct change {
	bool is_truncation;
	size_t at, n; /* a truncation: to `at` bytes */
	unsigned char *bytes;
};

struct bytes {
	unsigned char *v;
	size_t n, cap;
};

/* A file's content, whatever its name is. */
struct node {
	struct bytes durable;
	struct change *v;
	size_t n, cap;
};

/* A name given or taken since the folder's last sync; node -1: taken. */
struct link {
	char name[NAME_MAX_BYTES];
	int node;
};

static struct {
	pthread_mutex_t lock;
	sqlite3_vfs vfs;
	sqlite3_vfs *real;
	sqlite3_syscall_ptr open_folder;
	enum disk_lie lie;
	bool is_cut;
	uint64_t operations, cut_at;
	struct node nodes[NODES_MAX];
	int n_nodes;
	struct link durable[NODES_MAX], pending[LINKS_MAX];
	int n_durable, n_pending;
} disk = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* The system's VFS opens a folder only to sync it. */
static _Thread_local bool synced_folder;

struct file {
	sqlite3_file base;
	int node; /* -1: a file without a name, which nobody looks for after a cut */
	sqlite3_file *real;
};

static void *must(void *p)
{
	if (!p)
		abort();
	return p;
}

/* --- what is remembered
 * -------------------------------------------------------------------------------------------- */

static void resize(struct bytes *b, size_t n)
{
	if (n > b->cap) {
		b->cap = 2 * n;
		b->v = must(realloc(b->v, b->cap));
	}
	if (n > b->n)
		memset(b->v + b->n, 0, n - b->n);
	b->n = n;
}

static void put(struct bytes *b, size_t at, const unsigned char *v, size_t n)
{
	if (at + n > b->n)
		resize(b, at + n);
	if (n)
		memcpy(b->v + at, v, n);
}

static void add_change(struct node *f, bool is_truncation, size_t at, const void *bytes, size_t n)
{
	if (f->n == f->cap) {
		f->cap = f->cap ? 2 * f->cap : 64;
		f->v = must(realloc(f->v, f->cap * sizeof *f->v));
	}
	struct change c = {is_truncation, at, n, NULL};
	if (n)
		c.bytes = memcpy(must(malloc(n)), bytes, n);
	f->v[f->n++] = c;
}

static void drop_changes(struct node *f)
{
	for (size_t i = 0; i < f->n; i++)
		free(f->v[i].bytes);
	f->n = 0;
}

static void sync_node(struct node *f)
{
	if (disk.lie == DISK_FORGETS_FILES)
		return;
	for (size_t i = 0; i < f->n; i++) {
		if (f->v[i].is_truncation)
			resize(&f->durable, f->v[i].at);
		else
			put(&f->durable, f->v[i].at, f->v[i].bytes, f->v[i].n);
	}
	drop_changes(f);
}

static int find(const struct link *v, int n, const char *name)
{
	for (int i = n - 1; i >= 0; i--)
		if (strcmp(v[i].name, name) == 0)
			return i;
	return -1;
}

static void set_link(struct link *l, const char *name, int node)
{
	snprintf(l->name, sizeof l->name, "%s", name);
	l->node = node;
}

static void make_durable(const struct link *l)
{
	int at = find(disk.durable, disk.n_durable, l->name);
	if (at < 0)
		at = disk.n_durable++;
	if (at >= NODES_MAX)
		abort();
	disk.durable[at] = *l;
}

static void sync_folder(void)
{
	if (disk.lie == DISK_FORGETS_FOLDERS)
		return;
	for (int i = 0; i < disk.n_pending; i++)
		make_durable(&disk.pending[i]);
	disk.n_pending = 0;
}

static void add_pending(const char *name, int node)
{
	if (disk.n_pending == LINKS_MAX)
		abort();
	set_link(&disk.pending[disk.n_pending++], name, node);
}

static int new_node(void)
{
	if (disk.n_nodes == NODES_MAX)
		abort();
	return disk.n_nodes++;
}

/* The file's node by its name now; -1: it is not known. */
static int node_of(const char *name)
{
	int at = find(disk.pending, disk.n_pending, name);
	if (at >= 0)
		return disk.pending[at].node;
	at = find(disk.durable, disk.n_durable, name);
	return at >= 0 ? disk.durable[at].node : -1;
}

/* Under the lock, before an operation: false when the power goes at it. */
static bool has_power(void)
{
	disk.operations++;
	if (disk.cut_at && disk.operations >= disk.cut_at)
		disk.is_cut = true;
	return !disk.is_cut;
}

/* --- a file */

static sqlite3_file *real_of(sqlite3_file *f)
{
	return ((struct file *)f)->real;
}

static struct node *node_at(sqlite3_file *f)
{
	int node = ((struct file *)f)->node;
	return node < 0 ? NULL : &disk.nodes[node];
}

static bool is_dead(void)
{
	pthread_mutex_lock(&disk.lock);
	bool dead = disk.is_cut;
	pthread_mutex_unlock(&disk.lock);
	return dead;
}

static int file_close(sqlite3_file *f)
{
	return real_of(f)->pMethods->xClose(real_of(f));
}

static int file_read(sqlite3_file *f, void *to, int n, sqlite3_int64 at)
{
	return is_dead() ? SQLITE_IOERR_READ : real_of(f)->pMethods->xRead(real_of(f), to, n, at);
}

/* The change is remembered even when the power goes at it: it may have come through in part. */
static int file_write(sqlite3_file *f, const void *from, int n, sqlite3_int64 at)
{
	struct node *node = node_at(f);
	pthread_mutex_lock(&disk.lock);
	bool was_cut = disk.is_cut;
	int code = SQLITE_IOERR_WRITE;
	if (node && !was_cut) {
		add_change(node, false, (size_t)at, from, (size_t)n);
		if (has_power())
			code = real_of(f)->pMethods->xWrite(real_of(f), from, n, at);
	} else if (!was_cut) {
		code = real_of(f)->pMethods->xWrite(real_of(f), from, n, at);
	}
	pthread_mutex_unlock(&disk.lock);
	return code;
}

static int file_truncate(sqlite3_file *f, sqlite3_int64 to)
{
	struct node *node = node_at(f);
	pthread_mutex_lock(&disk.lock);
	bool was_cut = disk.is_cut;
	int code = SQLITE_IOERR_TRUNCATE;
	if (!was_cut) {
		if (node)
			add_change(node, true, (size_t)to, NULL, 0);
		if (!node || has_power())
			code = real_of(f)->pMethods->xTruncate(real_of(f), to);
	}
	pthread_mutex_unlock(&disk.lock);
	return code;
}

static int file_sync(sqlite3_file *f, int flags)
{
	struct node *node = node_at(f);
	pthread_mutex_lock(&disk.lock);
	int code = SQLITE_IOERR_FSYNC;
	if (!disk.is_cut && (!node || has_power())) {
		synced_folder = false;
		code = real_of(f)->pMethods->xSync(real_of(f), flags);
		if (code == SQLITE_OK && node)
			sync_node(node);
		if (code == SQLITE_OK && synced_folder)
			sync_folder();
	}
	pthread_mutex_unlock(&disk.lock);
	return code;
}

static int file_size(sqlite3_file *f, sqlite3_int64 *size)
{
	return is_dead() ? SQLITE_IOERR_FSTAT : real_of(f)->pMethods->xFileSize(real_of(f), size);
}

static int file_lock(sqlite3_file *f, int level)
{
	return is_dead() ? SQLITE_IOERR_LOCK : real_of(f)->pMethods->xLock(real_of(f), level);
}

static int file_unlock(sqlite3_file *f, int level)
{
	return real_of(f)->pMethods->xUnlock(real_of(f), level);
}

static int file_check_lock(sqlite3_file *f, int *out)
{
	return real_of(f)->pMethods->xCheckReservedLock(real_of(f), out);
}

static int file_control(sqlite3_file *f, int op, void *argument)
{
	return real_of(f)->pMethods->xFileControl(real_of(f), op, argument);
}

static int file_sector_size(sqlite3_file *f)
{
	return real_of(f)->pMethods->xSectorSize(real_of(f));
}

static int file_traits(sqlite3_file *f)
{
	return real_of(f)->pMethods->xDeviceCharacteristics(real_of(f));
}

static int file_shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **out)
{
	return real_of(f)->pMethods->xShmMap(real_of(f), page, size, extend, out);
}

static int file_shm_lock(sqlite3_file *f, int at, int n, int flags)
{
	return real_of(f)->pMethods->xShmLock(real_of(f), at, n, flags);
}

static void file_shm_barrier(sqlite3_file *f)
{
	real_of(f)->pMethods->xShmBarrier(real_of(f));
}

static int file_shm_unmap(sqlite3_file *f, int drop)
{
	return real_of(f)->pMethods->xShmUnmap(real_of(f), drop);
}

/* Version 2: files are not mapped, so that every read can fail. */
static const sqlite3_io_methods methods = {
	.iVersion = 2,
	.xClose = file_close,
	.xRead = file_read,
	.xWrite = file_write,
	.xTruncate = file_truncate,
	.xSync = file_sync,
	.xFileSize = file_size,
	.xLock = file_lock,
	.xUnlock = file_unlock,
	.xCheckReservedLock = file_check_lock,
	.xFileControl = file_control,
	.xSectorSize = file_sector_size,
	.xDeviceCharacteristics = file_traits,
	.xShmMap = file_shm_map,
	.xShmLock = file_shm_lock,
	.xShmBarrier = file_shm_barrier,
	.xShmUnmap = file_shm_unmap,
};

/* --- files by name */

/* A file that is there already is durable as it is. */
static void know(const char *folder, const char *name)
{
	char path[NAME_MAX_BYTES];
	struct link l;
	unsigned char part[65536];
	int node = new_node();
	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *f = must(fopen(path, "rbe"));
	for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;)
		put(&disk.nodes[node].durable, disk.nodes[node].durable.n, part, n);
	fclose(f);
	set_link(&l, path, node);
	make_durable(&l);
}

/* All but the shared memory. */
static void know_all(const char *folder)
{
	DIR *d = must(opendir(folder));
	for (const struct dirent *entry; (entry = readdir(d));) {
		size_t n = strlen(entry->d_name);
		bool is_shared = n > 4 && strcmp(entry->d_name + n - 4, "-shm") == 0;
		if (entry->d_type == DT_REG && !is_shared)
			know(folder, entry->d_name);
	}
	closedir(d);
}

static int vfs_open(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *f, int flags,
		    int *out_flags)
{
	(void)vfs;
	struct file *file = (struct file *)f;
	*file = (struct file){.node = -1, .real = (sqlite3_file *)(void *)(file + 1)};
	pthread_mutex_lock(&disk.lock);
	int code = disk.is_cut ? SQLITE_CANTOPEN : SQLITE_OK;
	bool is_new = name && (flags & SQLITE_OPEN_CREATE) && node_of(name) < 0;
	if (code == SQLITE_OK && is_new && !has_power()) {
		add_pending(name, new_node());
		code = SQLITE_CANTOPEN;
	}
	if (code == SQLITE_OK)
		code = disk.real->xOpen(disk.real, name, file->real, flags, out_flags);
	if (code == SQLITE_OK && name) {
		file->node = node_of(name);
		if (file->node < 0)
			add_pending(name, file->node = new_node());
	}
	pthread_mutex_unlock(&disk.lock);
	if (code == SQLITE_OK)
		f->pMethods = &methods;
	return code;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
	(void)vfs;
	pthread_mutex_lock(&disk.lock);
	int code = SQLITE_IOERR_DELETE;
	if (!disk.is_cut) {
		bool lives = has_power();
		synced_folder = false;
		if (lives)
			code = disk.real->xDelete(disk.real, name, sync);
		if ((code == SQLITE_OK || !lives) && node_of(name) >= 0)
			add_pending(name, -1);
		if (code == SQLITE_OK && synced_folder)
			sync_folder();
	}
	pthread_mutex_unlock(&disk.lock);
	return code;
}

static int vfs_access(sqlite3_vfs *vfs, const char *name, int flags, int *out)
{
	(void)vfs;
	return is_dead() ? SQLITE_IOERR_ACCESS : disk.real->xAccess(disk.real, name, flags, out);
}

static int open_folder(const char *name, int *fd)
{
	synced_folder = true;
	return ((int (*)(const char *, int *))disk.open_folder)(name, fd);
}

void disk_insert(const char *folder, enum disk_lie lie)
{
	know_all(folder);
	disk.real = sqlite3_vfs_find(NULL);
	disk.lie = lie;
	disk.is_cut = false;
	disk.operations = disk.cut_at = 0;
	disk.vfs = *disk.real;
	disk.vfs.zName = "disk";
	disk.vfs.pNext = NULL;
	disk.vfs.szOsFile = (int)sizeof(struct file) + disk.real->szOsFile;
	disk.vfs.xOpen = vfs_open;
	disk.vfs.xDelete = vfs_delete;
	disk.vfs.xAccess = vfs_access;
	disk.open_folder = disk.real->xGetSystemCall(disk.real, "openDirectory");
	if (disk.real->xSetSystemCall(disk.real, "openDirectory",
				      (sqlite3_syscall_ptr)open_folder) != SQLITE_OK ||
	    sqlite3_vfs_register(&disk.vfs, 1) != SQLITE_OK)
		abort();
}

void disk_remove(void)
{
	sqlite3_vfs_unregister(&disk.vfs);
	disk.real->xSetSystemCall(disk.real, "openDirectory", NULL);
	sqlite3_vfs_register(disk.real, 1);
	for (int i = 0; i < disk.n_nodes; i++) {
		drop_changes(&disk.nodes[i]);
		free(disk.nodes[i].v);
		free(disk.nodes[i].durable.v);
		disk.nodes[i] = (struct node){0};
	}
	disk.n_nodes = disk.n_durable = disk.n_pending = 0;
}

void disk_cut_after(uint64_t n)
{
	pthread_mutex_lock(&disk.lock);
	disk.cut_at = n ? disk.operations + n : 0;
	pthread_mutex_unlock(&disk.lock);
}

void disk_cut(void)
{
	pthread_mutex_lock(&disk.lock);
	disk.is_cut = true;
	pthread_mutex_unlock(&disk.lock);
}

bool disk_is_cut(void)
{
	return is_dead();
}

uint64_t disk_operations(void)
{
	pthread_mutex_lock(&disk.lock);
	uint64_t n = disk.operations;
	pthread_mutex_unlock(&disk.lock);
	return n;
}

/* --- after the cut */

/* How much of what was not synced came through, chosen for each file. */
enum survival { NONE, ALL, PREFIX, SOME_CHANGES, SOME_SECTORS, SURVIVALS };

/* One sector's part of a write: usually whole, at times torn or not what was written. */
static void put_part(struct bytes *b, size_t at, const unsigned char *v, size_t n, uint64_t *seed)
{
	enum { TORN = 0, GARBAGE = 1, OF = 24 };
	uint64_t fate = number_below(seed, OF);
	put(b, at, v, fate == TORN ? number_below(seed, n) : n);
	if (fate == GARBAGE)
		for (size_t i = number_below(seed, n); i < n; i++)
			b->v[at + i] = (unsigned char)next_number(seed);
}

static void put_sectors(struct bytes *b, const struct change *c, uint64_t percent, uint64_t *seed)
{
	for (size_t from = 0, n; from < c->n; from += n) {
		n = SECTOR - (c->at + from) % SECTOR;
		n = n < c->n - from ? n : c->n - from;
		if (number_below(seed, 100) < percent)
			put_part(b, c->at + from, c->bytes + from, n, seed);
	}
}

static void apply(struct bytes *b, const struct change *c)
{
	if (c->is_truncation)
		resize(b, c->at);
	else
		put(b, c->at, c->bytes, c->n);
}

static void apply_some(struct bytes *b, const struct node *f, enum survival how, uint64_t *seed)
{
	uint64_t percent = 10 + number_below(seed, 90);
	for (size_t i = 0; i < f->n; i++) {
		const struct change *c = &f->v[i];
		bool by_sectors = how == SOME_SECTORS && !c->is_truncation;
		if (by_sectors)
			put_sectors(b, c, percent, seed);
		else if (number_below(seed, 100) < percent)
			apply(b, c);
	}
}

/* A length that was not written, or a longer file whose new end was never filled. */
static void change_length(struct bytes *b, size_t durable, uint64_t *seed)
{
	enum { KEPT, FILLED, FATES = 6 };
	uint64_t fate = number_below(seed, FATES);
	if (fate == KEPT && b->n > durable)
		b->n = durable;
	if (fate == FILLED && b->n > durable) {
		size_t from = durable + number_below(seed, b->n - durable);
		for (size_t i = from; i < b->n && i < from + SECTOR; i++)
			b->v[i] = (unsigned char)next_number(seed);
	}
}

static struct bytes content_after(const struct node *f, uint64_t *seed)
{
	struct bytes b = {0};
	put(&b, 0, f->durable.v ? f->durable.v : (const unsigned char *)"", f->durable.n);
	enum survival how = (enum survival)number_below(seed, SURVIVALS);
	size_t whole = how == ALL ? f->n : how == PREFIX && f->n ? number_below(seed, f->n) : 0;
	for (size_t i = 0; i < whole; i++)
		apply(&b, &f->v[i]);
	if (how == PREFIX && whole < f->n && !f->v[whole].is_truncation)
		put_sectors(&b, &f->v[whole], 50, seed);
	if (how == SOME_CHANGES || how == SOME_SECTORS)
		apply_some(&b, f, how, seed);
	if (how != NONE && how != ALL)
		change_length(&b, f->durable.n, seed);
	return b;
}

/* Which of the names given and taken since the folder's sync came through: all up to some moment,
 * or each for itself. */
static void settle_names(uint64_t *seed)
{
	bool in_order = number_below(seed, 2);
	int until = (int)number_below(seed, (uint64_t)disk.n_pending + 1);
	for (int i = 0; i < disk.n_pending; i++)
		if (in_order ? i < until : number_below(seed, 2) != 0)
			make_durable(&disk.pending[i]);
}

void disk_image(const char *folder, uint64_t seed)
{
	pthread_mutex_lock(&disk.lock);
	settle_names(&seed);
	for (int i = 0; i < disk.n_durable; i++) {
		const struct link *l = &disk.durable[i];
		if (l->node < 0)
			continue;
		const char *last = strrchr(l->name, '/');
		char path[NAME_MAX_BYTES];
		snprintf(path, sizeof path, "%s/%s", folder, last ? last + 1 : l->name);
		struct bytes b = content_after(&disk.nodes[l->node], &seed);
		FILE *f = must(fopen(path, "wbe"));
		if ((b.n && fwrite(b.v, 1, b.n, f) != b.n) || fclose(f) != 0)
			abort();
		free(b.v);
	}
	pthread_mutex_unlock(&disk.lock);
}
