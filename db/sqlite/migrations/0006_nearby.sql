-- What stands near a statement: the title of its article and the words before and after (db/nearby.h). A question about a topic finds a
-- statement by these, too. Rows from before have none until their article is read again, which raising the edition brings about.
ALTER TABLE statement ADD COLUMN nearby TEXT NOT NULL DEFAULT '';

DROP TABLE statement_fts;
CREATE VIRTUAL TABLE statement_fts USING fts5(
	content, facets, nearby,
	content='statement', content_rowid='id', columnsize=0,
	tokenize='porter unicode61 remove_diacritics 2'
);
INSERT INTO statement_fts(statement_fts) VALUES ('rebuild');

UPDATE reread SET edition = edition + 1, stale = (SELECT articles FROM state), done = 0, changed = 0, failed = 0,
	started_ms = CAST(strftime('%s', 'now') AS INTEGER) * 1000, finished_ms = 0
WHERE (SELECT articles FROM state) > 0;
