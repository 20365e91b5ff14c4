/* The database is in this process, and its file mapped: what a page's rows take is mostly waiting
 * for memory, one row after another. Here all of them are looked for together, in the b-tree of the
 * file (sqlite.org/fileformat2.html), a step at a time, so that what they take is fetched side by
 * side. Nothing but that comes of it: the file may be older than the snapshot, or damaged, and
 * SQLite reads what it reads. */
#include "db/sqlite/page_ahead.h"

#include <string.h>

enum {
	AT_ONCE = 64,
	LEVELS_MAX = 8,
	LINE_BYTES = 64,
	INTERIOR = 5, /* kinds of pages */
	LEAF = 13,
	INTERIOR_HEAD = 12, /* bytes before the list of cells */
	LEAF_HEAD = 8,
	CHILD_BYTES = 4,
	CELLS_MAX = 32, /* of a leaf: rows so small are fetched soon enough */
	ROW_LINES_MAX = 24,
};

struct file {
	sqlite3_file *file;
	unsigned page_bytes;
	uint32_t root; /* the table's page of all */
};

static unsigned be16(const unsigned char *p)
{
	return (unsigned)p[0] << 8 | p[1];
}

static uint32_t be32(const unsigned char *p)
{
	return (uint32_t)be16(p) << 16 | be16(p + 2);
}

enum { VARINT_MOST = 9 };

/* A number of up to nine bytes, of which there are *n. */
static uint64_t read_varint(const unsigned char *p, unsigned *n)
{
	uint64_t v = 0;
	for (unsigned i = 0; i < VARINT_MOST - 1; i++) {
		v = v << 7 | (p[i] & 0x7f);
		if (p[i] < 0x80) {
			*n = i + 1;
			return v;
		}
	}
	*n = VARINT_MOST;
	return v << 8 | p[VARINT_MOST - 1];
}

/* The same where nothing behind `end` is to be read. */
static uint64_t varint(const unsigned char *p, const unsigned char *end, unsigned *n)
{
	unsigned char last[VARINT_MOST] = {0};
	if (end - p >= VARINT_MOST)
		return read_varint(p, n);
	memcpy(last, p, p < end ? (size_t)(end - p) : 0);
	return read_varint(last, n);
}

/* NULL where it is not mapped. It stays so as long as the snapshot does. */
static const unsigned char *page_at(const struct file *f, uint32_t number)
{
	void *p = NULL;
	sqlite3_int64 at = ((sqlite3_int64)number - 1) * f->page_bytes;
	if (number == 0 || f->file->pMethods->xFetch(f->file, at, (int)f->page_bytes, &p) || !p)
		return NULL;
	f->file->pMethods->xUnfetch(f->file, at, p);
	return p;
}

static void fetch(const unsigned char *p, size_t n)
{
	for (size_t i = 0; i < n; i += LINE_BYTES)
		__builtin_prefetch(p + i);
}

/* Where the i-th cell begins; 0: the page says what cannot be. */
static unsigned cell_at(const struct file *f, const unsigned char *page, unsigned head, unsigned i)
{
	unsigned at = head + 2 * i + 2 <= f->page_bytes ? be16(page + head + 2 * i) : 0;
	return at >= head && at + CHILD_BYTES < f->page_bytes ? at : 0;
}

/* A search for a key among the cells of a page. */
struct search {
	const unsigned char *page;
	unsigned low, high;
};

static unsigned middle_of(const struct file *f, const struct search *s)
{
	return cell_at(f, s->page, INTERIOR_HEAD, (s->low + s->high) / 2);
}

/* Half of what is left goes. */
static void narrow(const struct file *f, struct search *s, int64_t key)
{
	unsigned n, at = middle_of(f, s), middle = (s->low + s->high) / 2;
	const unsigned char *end = s->page + f->page_bytes;
	if (at && (int64_t)varint(s->page + at + CHILD_BYTES, end, &n) < key)
		s->low = middle + 1;
	else
		s->high = middle;
}

/* The page below in which the key is; 0 for none. */
static uint32_t child_of(const struct file *f, const struct search *s)
{
	if (s->low == be16(s->page + 3))
		return be32(s->page + 8);
	unsigned at = cell_at(f, s->page, INTERIOR_HEAD, s->low);
	return at ? be32(s->page + at) : 0;
}

static void fetch_cells(const struct file *f, const unsigned char *leaf)
{
	unsigned n = be16(leaf + 3);
	for (unsigned i = 0; i < n && i < CELLS_MAX; i++)
		__builtin_prefetch(leaf + cell_at(f, leaf, LEAF_HEAD, i));
}

static void fetch_row(const struct file *f, const unsigned char *leaf, int64_t key)
{
	const unsigned char *end = leaf + f->page_bytes;
	unsigned n = be16(leaf + 3);
	for (unsigned i = 0; i < n && i < CELLS_MAX; i++) {
		unsigned at = cell_at(f, leaf, LEAF_HEAD, i), a, b;
		const unsigned char *row = leaf + at;
		uint64_t bytes = at ? varint(row, end, &a) : 0;
		if (!at || (int64_t)varint(row + a, end, &b) != key)
			continue;
		size_t most = (size_t)(end - row);
		if (most > (size_t)ROW_LINES_MAX * LINE_BYTES)
			most = (size_t)ROW_LINES_MAX * LINE_BYTES;
		fetch(row, bytes < most ? (size_t)bytes : most);
		return;
	}
}

/* In loops of their own: where a page lies takes a walk through the tables of memory, and so these
 * go side by side. */
static void fetch_pages(const struct file *f, const uint32_t *numbers, size_t n,
			const unsigned char **pages)
{
	for (size_t i = 0; i < n; i++)
		pages[i] = numbers[i] ? page_at(f, numbers[i]) : NULL;
	for (size_t i = 0; i < n; i++)
		__builtin_prefetch(pages[i]);
}

/* Where its cells begin. */
static void fetch_lists(const struct file *f, const unsigned char *const *pages, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (pages[i] && pages[i][0] == INTERIOR) {
			size_t list = INTERIOR_HEAD + 2 * (size_t)be16(pages[i] + 3);
			fetch(pages[i], list < f->page_bytes ? list : f->page_bytes);
		}
}

/* Of each page that has others below it the one for its id, 0 for the rest; all searches a step at
 * a time. False: none has. */
static bool find_below(const struct file *f, const unsigned char *const *pages, const int64_t *ids,
		       size_t n, uint32_t *below)
{
	struct search s[AT_ONCE];
	bool has_any = false, goes_on = true;
	for (size_t i = 0; i < n; i++) {
		bool is_above = pages[i] && pages[i][0] == INTERIOR;
		s[i] = (struct search){pages[i], 0, is_above ? be16(pages[i] + 3) : 0};
		has_any |= is_above;
	}
	while (goes_on && has_any) {
		goes_on = false;
		for (size_t i = 0; i < n; i++)
			if (s[i].low < s[i].high)
				__builtin_prefetch(s[i].page + middle_of(f, &s[i]));
		for (size_t i = 0; i < n; i++) {
			if (s[i].low < s[i].high)
				narrow(f, &s[i], ids[i]);
			goes_on |= s[i].low < s[i].high;
		}
	}
	for (size_t i = 0; i < n; i++)
		below[i] = pages[i] && pages[i][0] == INTERIOR ? child_of(f, &s[i]) : 0;
	return has_any;
}

/* Down to the leaves, all of them a level at a time. NULL where none is found. */
static void find_leaves(const struct file *f, const int64_t *ids, size_t n,
			const unsigned char **pages)
{
	uint32_t below[AT_ONCE];
	for (size_t i = 0; i < n; i++)
		pages[i] = page_at(f, f->root);
	for (int level = 0; level < LEVELS_MAX; level++) {
		fetch_lists(f, pages, n);
		if (!find_below(f, pages, ids, n, below))
			break;
		fetch_pages(f, below, n, pages);
	}
	for (size_t i = 0; i < n; i++)
		if (pages[i] && pages[i][0] != LEAF)
			pages[i] = NULL;
}

static void fetch_some(const struct file *f, const int64_t *ids, size_t n)
{
	const unsigned char *leaves[AT_ONCE];
	find_leaves(f, ids, n, leaves);
	for (size_t i = 0; i < n; i++)
		if (leaves[i])
			fetch_cells(f, leaves[i]);
	for (size_t i = 0; i < n; i++)
		if (leaves[i])
			fetch_row(f, leaves[i], ids[i]);
}

/* --- the file --- */

static unsigned page_bytes_of(sqlite3_file *file)
{
	enum { HEADER_BYTES = 100, AT = 16, LEAST = 512, LARGEST = 65536 };
	void *p = NULL;
	if (file->pMethods->xFetch(file, 0, HEADER_BYTES, &p) || !p)
		return 0;
	unsigned bytes = be16((const unsigned char *)p + AT);
	file->pMethods->xUnfetch(file, 0, p);
	return bytes == 1 ? LARGEST : bytes >= LEAST ? bytes : 0;
}

/* Asked once: should it be another later, the hints are in vain. */
static uint32_t root_of(struct reader *r)
{
	enum { XFETCH_SINCE = 3 };
	struct err ignored = {0};
	sqlite3_file *file = NULL;
	if (r->statement_root >= 0)
		return (uint32_t)r->statement_root;
	r->statement_root = 0;
	if (sqlite3_file_control(r->db, "main", SQLITE_FCNTL_FILE_POINTER, &file) || !file ||
	    !file->pMethods || file->pMethods->iVersion < XFETCH_SINCE || !page_bytes_of(file) ||
	    sql_number(r->db, "SELECT rootpage FROM sqlite_schema WHERE name = 'statement'",
		       &r->statement_root, &ignored) ||
	    r->statement_root < 0 || r->statement_root > UINT32_MAX)
		r->statement_root = 0;
	return (uint32_t)r->statement_root;
}

bool page_ahead_takes_ids(struct reader *r)
{
	return root_of(r) != 0;
}

void page_ahead_rows(struct reader *r, struct keys ids)
{
	struct file f = {.root = root_of(r)};
	if (!f.root || sqlite3_file_control(r->db, "main", SQLITE_FCNTL_FILE_POINTER, &f.file))
		return;
	f.page_bytes = page_bytes_of(f.file);
	for (size_t i = 0; f.page_bytes && i < ids.n; i += AT_ONCE)
		fetch_some(&f, ids.v + i, ids.n - i < AT_ONCE ? ids.n - i : AT_ONCE);
}

/* A row that is asked for alone is no way to go. */
void page_ahead_statements(struct reader *r, struct keys ids)
{
	(void)r;
	(void)ids;
}

void page_ahead_names(struct reader *r, sqlite3_stmt *st)
{
	(void)r;
	(void)st;
}
