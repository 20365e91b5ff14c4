/* The database is in this process, and its file mapped: what a page's rows take is mostly waiting
 * for memory, one row after another. Here all of them are looked for together, in the b-tree of the
 * file (sqlite.org/fileformat2.html), a step at a time, so that what they take is fetched side by
 * side. Where the log names none of the pages on the way, what is found is what SQLite would read,
 * and it reads no more of it; else the file may be older than the snapshot, or damaged, nothing but
 * the fetching comes of it, and SQLite reads what it reads. */
#include "db/sqlite/page_ahead.h"

#include "db/sqlite/log_index.h"

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
	bool has_log;
	bool is_current; /* pages are that the log does not name */
	struct log_index log;
};

/* A leaf, and whether it and all pages on the way are as the snapshot has them. */
struct leaf {
	const unsigned char *page;
	bool is_current;
};

static unsigned be16(const unsigned char *p)
{
	return (unsigned)p[0] << 8 | p[1];
}

static uint32_t be32(const unsigned char *p)
{
	return (uint32_t)be16(p) << 16 | be16(p + 2);
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
	if (at && (int64_t)raw_varint(s->page + at + CHILD_BYTES, end, &n) < key)
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

/* The row's record, of which more may be said than stands in the page. */
static struct str find_row(const struct file *f, const unsigned char *leaf, int64_t key)
{
	const unsigned char *end = leaf + f->page_bytes;
	unsigned n = be16(leaf + 3);
	for (unsigned i = 0; i < n && i < CELLS_MAX; i++) {
		unsigned at = cell_at(f, leaf, LEAF_HEAD, i), a, b;
		const unsigned char *cell = leaf + at;
		uint64_t bytes = at ? raw_varint(cell, end, &a) : 0;
		if (at && (int64_t)raw_varint(cell + a, end, &b) == key)
			return (struct str){(const char *)cell + a + b, (size_t)bytes};
	}
	return STR_EMPTY;
}

static size_t bytes_here(const struct file *f, const unsigned char *leaf, struct str row)
{
	const char *end = (const char *)leaf + f->page_bytes;
	size_t most = row.n && row.p < end ? (size_t)(end - row.p) : 0;
	return row.n < most ? row.n : most;
}

/* What is longer goes on elsewhere ("Cell Payload Overflow Pages"). */
static bool is_whole(const struct file *f, const unsigned char *leaf, struct str row)
{
	enum { BESIDES = 35 };
	return row.n <= f->page_bytes - BESIDES && row.n == bytes_here(f, leaf, row);
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

static bool is_current(const struct file *f, uint32_t page)
{
	return f->is_current && !log_index_names(&f->log, page);
}

/* Down to the leaves, all of them a level at a time. NULL where none is found. */
static void find_leaves(const struct file *f, const int64_t *ids, size_t n, struct leaf *leaves)
{
	const unsigned char *pages[AT_ONCE];
	uint32_t below[AT_ONCE];
	const bool root_is = is_current(f, f->root);
	for (size_t i = 0; i < n; i++) {
		pages[i] = page_at(f, f->root);
		leaves[i].is_current = root_is;
	}
	for (int level = 0; level < LEVELS_MAX; level++) {
		fetch_lists(f, pages, n);
		if (!find_below(f, pages, ids, n, below))
			break;
		fetch_pages(f, below, n, pages);
		for (size_t i = 0; i < n; i++)
			leaves[i].is_current = leaves[i].is_current && is_current(f, below[i]);
	}
	for (size_t i = 0; i < n; i++)
		leaves[i].page = pages[i] && pages[i][0] == LEAF ? pages[i] : NULL;
}

static void fetch_some(const struct file *f, const int64_t *ids, size_t n, struct str *rows)
{
	struct leaf leaves[AT_ONCE];
	find_leaves(f, ids, n, leaves);
	for (size_t i = 0; i < n; i++)
		if (leaves[i].page)
			fetch_cells(f, leaves[i].page);
	for (size_t i = 0; i < n; i++) {
		const unsigned char *leaf = leaves[i].page;
		struct str row = leaf ? find_row(f, leaf, ids[i]) : STR_EMPTY;
		size_t here = bytes_here(f, leaf, row), most = (size_t)ROW_LINES_MAX * LINE_BYTES;
		fetch((const unsigned char *)row.p, here < most ? here : most);
		if (leaves[i].is_current && is_whole(f, leaf, row))
			rows[i] = row;
	}
}

/* --- the file --- */

/* False where it is not mapped, or no file whose pages are all used to their end. */
static bool read_header(struct file *f)
{
	enum { HEADER_BYTES = 100, AT_BYTES = 16, AT_LOG = 19, AT_UNUSED = 20, WITH_LOG = 2 };
	enum { LEAST = 512, LARGEST = 65536 };
	void *p = NULL;
	if (f->file->pMethods->xFetch(f->file, 0, HEADER_BYTES, &p) || !p)
		return false;
	const unsigned char *header = p;
	const unsigned bytes = be16(header + AT_BYTES);
	const bool is_used_to_end = header[AT_UNUSED] == 0;
	f->page_bytes = bytes == 1 ? LARGEST : bytes;
	f->has_log = header[AT_LOG] == WITH_LOG;
	f->file->pMethods->xUnfetch(f->file, 0, p);
	return is_used_to_end && f->page_bytes >= LEAST;
}

static void look_for_table(struct reader *r)
{
	struct err ignored = {0};
	int64_t is_known = 0;
	if (sql_number(r->db,
		       "SELECT group_concat(name, ' ') = '" RAW_ROW_COLUMNS
		       "' FROM pragma_table_info('statement')",
		       &is_known, &ignored) ||
	    !is_known ||
	    sql_number(r->db, "SELECT rootpage FROM sqlite_schema WHERE name = 'statement'",
		       &r->statement_root, &ignored) ||
	    r->statement_root < 0 || r->statement_root > UINT32_MAX)
		r->statement_root = 0;
}

/* Where the table begins in this snapshot, and that it is as this program knows it, is asked again
 * when the schema is another. */
static uint32_t root_of(struct reader *r)
{
	struct err ignored = {0};
	sqlite3_stmt *st = reader_prepare(r, STR("PRAGMA schema_version"), &ignored);
	if (!st || sql_row(st, &ignored) <= 0)
		return 0;
	const int64_t schema = sqlite3_column_int64(st, 0);
	sqlite3_reset(st);
	if (r->statement_root < 0 || schema != r->statement_schema)
		look_for_table(r);
	r->statement_schema = schema;
	return (uint32_t)r->statement_root;
}

/* Part of a new file is in the log alone, and not mapped yet. */
static bool find_file(struct reader *r, struct file *f)
{
	enum { XFETCH_SINCE = 3 };
	*f = (struct file){.file = NULL};
	if (sqlite3_file_control(r->db, "main", SQLITE_FCNTL_FILE_POINTER, &f->file) || !f->file ||
	    !f->file->pMethods || f->file->pMethods->iVersion < XFETCH_SINCE)
		return false;
	return read_header(f);
}

bool page_ahead_takes_ids(struct reader *r)
{
	struct file f;
	return find_file(r, &f);
}

void page_ahead_rows(struct reader *r, struct keys ids, struct str *rows)
{
	struct file f;
	if (!find_file(r, &f))
		return;
	f.root = root_of(r);
	/* Beside our own writer, so that the log has its index in shared memory. */
	f.is_current = r->signals->has_writer && f.has_log && log_index_open(&f.log, f.file);
	for (size_t i = 0; f.root && i < ids.n; i += AT_ONCE)
		fetch_some(&f, ids.v + i, ids.n - i < AT_ONCE ? ids.n - i : AT_ONCE, rows + i);
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
