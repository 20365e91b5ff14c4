-- Issues that users add and change, and the job that finds issues again for stored statements. How both work: db/edit.h.

-- The terms of an edited issue exactly as given, a line each: issue_term holds them folded, for look-up.
CREATE TABLE issue_edit(
	issue INTEGER PRIMARY KEY REFERENCES issue(key),
	terms TEXT NOT NULL
) STRICT;
CREATE INDEX issue_known ON issue(is_open) WHERE is_open = 0;
CREATE INDEX issue_parent ON issue(parent) WHERE parent <> '';

-- One row: the walk over the articles, from the newest down.
CREATE TABLE reissue(
	id INTEGER PRIMARY KEY CHECK (id = 1),
	edition INTEGER NOT NULL,     -- of the edited issues: every change raises it and starts the walk anew
	cursor INTEGER NOT NULL,      -- the article done last
	total INTEGER NOT NULL,       -- articles when the walk began
	done INTEGER NOT NULL,        -- of them
	changed INTEGER NOT NULL,     -- statements that got other issues
	failed INTEGER NOT NULL,      -- articles that could not be read again
	late INTEGER NOT NULL,        -- rows of reissue_late
	started_ms INTEGER NOT NULL,
	finished_ms INTEGER NOT NULL  -- 0: the walk is under way
) STRICT;
INSERT INTO reissue VALUES (1, 0, 0, 0, 0, 0, 0, 0, 0, 0);

-- Articles whose statements were found with the issues of an older edition but stored after the change.
CREATE TABLE reissue_late(article INTEGER PRIMARY KEY) STRICT;
