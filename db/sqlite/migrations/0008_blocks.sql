-- Outlets by number. A row is never dropped: there are few.
CREATE TABLE outlet(
	key INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE
) STRICT;
-- An outlet's articles are also those whose text it printed after another one.
CREATE INDEX article_source_outlet ON article_source(outlet, article);
INSERT INTO outlet(name) SELECT DISTINCT outlet FROM article WHERE outlet <> '' ORDER BY 1;

-- Statements in blocks by columns, for counting (db/statement_block.h): those that have facets, with ids from `first` up to the next
-- block's. The program fills it from the rows in the same transaction (db/sqlite/block_write.h).
CREATE TABLE statement_block(
	first INTEGER PRIMARY KEY,
	fields BLOB NOT NULL, -- what is asked for most stands first: what is not asked for is not read
	actors BLOB NOT NULL,
	pairs BLOB NOT NULL,
	ids BLOB NOT NULL,
	sources BLOB NOT NULL,
	articles BLOB NOT NULL
) STRICT;

-- Whom a facet names is told by the blocks.
ALTER TABLE facet RENAME TO facet_before;
CREATE TABLE facet(
	speaker INTEGER NOT NULL, -- speaker_key()
	issue INTEGER NOT NULL,
	statement INTEGER NOT NULL,
	traits INTEGER NOT NULL,  -- the statement's, with the position on this issue
	PRIMARY KEY (speaker, issue, statement)
) STRICT, WITHOUT ROWID;
INSERT INTO facet SELECT speaker, issue, statement, traits FROM facet_before ORDER BY 1, 2, 3;
DROP TABLE facet_before;

-- What a page shows of a statement's article, so that it reads no rows of articles (db/sqlite/origin.h). Rows from before have none until
-- their article is read again, which the newer engine brings about.
ALTER TABLE statement ADD COLUMN origin TEXT NOT NULL DEFAULT '';

-- What these told, blocks tell as fast.
DROP TABLE actor_tally;
