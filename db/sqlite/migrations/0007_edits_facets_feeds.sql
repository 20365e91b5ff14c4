-- What is asked of all outlets is answered from their index alone, and what changed since a commit from one by its number. Both are
-- built by one pass over the rows of articles, which hold no texts.
DROP INDEX article_outlet;
CREATE INDEX article_outlet ON article(outlet, id >> 31, statement_count);
CREATE INDEX article_changed ON article(changed);

-- What persons change. How it works: db/edit.h.

-- A row is a change, and never changes itself: the audit trail, of which all else is derived. It goes by the text's digest, so that it
-- outlives the article.
CREATE TABLE edit(
	id INTEGER PRIMARY KEY,  -- of the counter of ids
	made_ms INTEGER NOT NULL,
	who TEXT NOT NULL,
	action INTEGER NOT NULL, -- enum edit_action (base/terms.h)
	batch INTEGER NOT NULL,  -- the first of those that were made together
	thing INTEGER NOT NULL,  -- the first edit of the same statement, actor or issue
	undoes INTEGER NOT NULL, -- an edit, or 0
	text BLOB,               -- SHA-256 of the statement's text; NULL: of an actor or issue
	subject TEXT NOT NULL,   -- the statement's id at that time, the actor's or issue's
	before BLOB NOT NULL,    -- db/label.h; x'': it was not there
	after BLOB NOT NULL      -- x'': it is not there any more
) STRICT;
CREATE INDEX edit_text ON edit(text, thing) WHERE text IS NOT NULL;
CREATE INDEX edit_thing ON edit(thing);
CREATE INDEX edit_batch ON edit(batch);

-- The last edit of the row, 0 for none.
ALTER TABLE statement ADD COLUMN edit INTEGER NOT NULL DEFAULT 0;
CREATE INDEX statement_edit ON statement(edit) WHERE edit > 0;
ALTER TABLE actor ADD COLUMN edit INTEGER NOT NULL DEFAULT 0;
ALTER TABLE issue ADD COLUMN edit INTEGER NOT NULL DEFAULT 0;
-- The key of the one that this is the same as.
ALTER TABLE actor ADD COLUMN merged INTEGER;
CREATE INDEX actor_merged ON actor(merged, slug) WHERE merged IS NOT NULL;
ALTER TABLE issue ADD COLUMN merged INTEGER;
CREATE INDEX issue_merged ON issue(merged, slug) WHERE merged IS NOT NULL;

-- Keys that read feeds and frames. How it works: db/read_key.h. A row is never dropped: it tells who gave what to others, and when that ended.
CREATE TABLE read_key(
	id INTEGER PRIMARY KEY,
	digest BLOB NOT NULL UNIQUE, -- SHA-256 of the key, which is nowhere
	name TEXT NOT NULL,
	who TEXT NOT NULL,           -- whose token it was made with
	sites TEXT NOT NULL,         -- parted by spaces
	made_ms INTEGER NOT NULL,
	revoked_ms INTEGER NOT NULL DEFAULT 0, -- 0: in force
	revoked_by TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX read_key_who ON read_key(who, id);

-- What is asked of very many statements. How it is read: docs/database.md.

-- A facet says who spoke, whom for and towards whom, so that a count of these reads the index alone (db/facets.h). It stands in the
-- index's own order, so all of them are written once.
CREATE TEMP TABLE named(
	id INTEGER PRIMARY KEY,
	speaker INTEGER NOT NULL,
	member_of INTEGER NOT NULL,
	target INTEGER NOT NULL
);
INSERT INTO temp.named
SELECT s.id, coalesce(s.speaker, 0), coalesce((SELECT CAST(substr(t.value, 2) AS INTEGER) / 2
	FROM json_each('["' || replace(s.facets, ' ', '","') || '"]') t
	WHERE t.value GLOB 's*' AND CAST(substr(t.value, 2) AS INTEGER) % 2 = 1 ORDER BY t.key DESC LIMIT 1), 0), coalesce(s.target, 0)
FROM statement s;
ALTER TABLE facet RENAME TO facet_before;
CREATE TABLE facet(
	speaker INTEGER NOT NULL,   -- speaker_key()
	issue INTEGER NOT NULL,
	statement INTEGER NOT NULL,
	traits INTEGER NOT NULL,    -- the statement's, with the position on this issue
	actor INTEGER NOT NULL,     -- the statement's speaker, whom it speaks for (facets_last_member_of) and its target; 0: none
	member_of INTEGER NOT NULL,
	target INTEGER NOT NULL,
	PRIMARY KEY (speaker, issue, statement)
) STRICT, WITHOUT ROWID;
INSERT INTO facet
SELECT f.speaker, f.issue, f.statement, f.traits, n.speaker, n.member_of, n.target
FROM facet_before f CROSS JOIN temp.named n ON n.id = f.statement
ORDER BY 1, 2, 3;
DROP TABLE facet_before;

-- How many statements of a month are by those who speak for an actor, with the same position; and how many are towards an actor, of
-- whatever month. The key: actor_tally_key() of db/tally.h.
CREATE TABLE actor_tally(
	key INTEGER PRIMARY KEY,
	statements INTEGER NOT NULL
) STRICT;
INSERT INTO actor_tally
SELECT (n.member_of << 21) | ((CAST(strftime('%Y', day) AS INTEGER) * 12 + CAST(strftime('%m', day) AS INTEGER) - 1) << 3)
	| (s.traits >> 13 & 7), count(*)
FROM (SELECT id, traits, date(((id >> 31) - 719163) * 86400, 'unixepoch') AS day FROM statement WHERE traits >> 43 & 1 = 0) s
CROSS JOIN temp.named n ON n.id = s.id WHERE n.member_of > 0
GROUP BY 1;
INSERT INTO actor_tally
SELECT (1 << 61) | (n.target << 21) | (s.traits >> 13 & 7), count(*)
FROM statement s CROSS JOIN temp.named n ON n.id = s.id WHERE s.traits >> 43 & 1 = 0 AND n.target > 0
GROUP BY 1;
DROP TABLE temp.named;

-- What was said in a span of days; and statements by how sure they and their stances are, each in 32 steps.
CREATE INDEX statement_said ON statement(said_to, said_from) WHERE said_to IS NOT NULL;
CREATE INDEX statement_sure ON statement((traits & 1023) >> 5, traits >> 33 & 1023);

-- Roles are found by their words, and statements that are not counted have the token "u" beside those of their facets.
DROP TABLE statement_fts;
CREATE VIRTUAL TABLE statement_fts USING fts5(
	content, facets, nearby, role,
	content='statement', content_rowid='id', columnsize=0,
	tokenize='porter unicode61 remove_diacritics 2'
);
INSERT INTO statement_fts(statement_fts) VALUES ('rebuild');

-- Texts that are printed again. How it works: db/copies.h.

-- Where else the text of an article was printed, word for word.
CREATE TABLE article_source(
	article INTEGER NOT NULL REFERENCES article(id),
	outlet TEXT NOT NULL,
	url TEXT NOT NULL,
	title TEXT NOT NULL,
	published_at TEXT NOT NULL,
	received_ms INTEGER NOT NULL,
	PRIMARY KEY (article, outlet, url)
) STRICT, WITHOUT ROWID;

-- The article of which this one is nearly a copy, 0 for none. Rows from before are compared when they are read again, which the
-- newer engine brings about.
ALTER TABLE article ADD COLUMN copy_of INTEGER NOT NULL DEFAULT 0;
CREATE INDEX article_copy ON article(copy_of) WHERE copy_of > 0;
-- Of articles that are no copies: what texts are compared by, and by which candidates are found (db/signature.h).
CREATE TABLE article_signature(
	article INTEGER PRIMARY KEY REFERENCES article(id),
	signature BLOB NOT NULL
) STRICT;
CREATE TABLE article_band(
	band INTEGER NOT NULL,
	article INTEGER NOT NULL,
	PRIMARY KEY (band, article)
) STRICT, WITHOUT ROWID;
