-- One clock, one edition, and statements found again. How they work: db/reread.h.
--
-- What is there needs no rewriting: columns are added with constant defaults, which SQLite answers without touching a row. Two
-- indexes are built, each by one pass over the rows of articles, which hold no texts: some seconds for a million.

-- The clock: each transaction that changes rows takes the next number; a row's `changed` is that of the last one that did.
ALTER TABLE state ADD COLUMN commits INTEGER NOT NULL DEFAULT 0;
ALTER TABLE article ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE statement ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE actor ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE issue ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;

-- The statement's ordinal in its article, from 1. 0 in rows from before: there ids fall in the order of the text.
ALTER TABLE statement ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
-- Statements that name the issue and are not counted (db/traits.h): they keep an open one, as statement_count does.
ALTER TABLE issue ADD COLUMN uncounted_count INTEGER NOT NULL DEFAULT 0;

-- What the article was read with; less than the edition in force: it is stale.
ALTER TABLE article ADD COLUMN edition INTEGER NOT NULL DEFAULT 0;
CREATE INDEX article_edition ON article(edition);

-- Ids of statements found later do not lie beside those of their article, but they begin with the same day: an outlet's are read
-- day by day.
DROP INDEX article_outlet;
CREATE INDEX article_outlet ON article(outlet, id >> 31);

-- One row: the edition in force, what the database last saw of the engine, and how far reading again is.
CREATE TABLE reread(
	id INTEGER PRIMARY KEY CHECK (id = 1),
	edition INTEGER NOT NULL,     -- rises with the engine, with its actors and issues (state.knowledge), and with the users' issues
	engine TEXT NOT NULL,         -- the newest version that opened the database; '': none yet
	stale INTEGER NOT NULL,       -- articles of an older edition
	done INTEGER NOT NULL,        -- read again in this edition, those that failed included
	changed INTEGER NOT NULL,     -- statements thereby added, changed, removed
	failed INTEGER NOT NULL,      -- articles that the engine refused: they keep their statements
	started_ms INTEGER NOT NULL,  -- 0: nothing was ever stale
	finished_ms INTEGER NOT NULL  -- 0: something is stale
) STRICT;
INSERT INTO reread
SELECT 1, r.edition + (s.articles > 0), '', s.articles, 0, 0, 0, (s.articles > 0) * CAST(strftime('%s', 'now') AS INTEGER) * 1000, 0
FROM reissue r, state s;
DROP TABLE reissue_late;
DROP TABLE reissue;
