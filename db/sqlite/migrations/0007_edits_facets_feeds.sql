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
