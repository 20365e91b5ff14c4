-- Articles, their statements, and who and what these name. How the columns are used stands in db/save.c and db/query.c.

-- One row: the counter of ids, which never repeats, and running counts of rows.
CREATE TABLE state(
	id INTEGER PRIMARY KEY CHECK (id = 1),
	counter INTEGER NOT NULL,
	articles INTEGER NOT NULL,
	statements INTEGER NOT NULL,
	actors INTEGER NOT NULL,
	issues INTEGER NOT NULL,
	knowledge INTEGER NOT NULL -- hash of the actors and issues last seeded
) STRICT;
INSERT INTO state VALUES (1, 0, 0, 0, 0, 0, 0);

-- The text stands apart: a page of statements reads many articles' titles and none of their texts.
CREATE TABLE article(
	id INTEGER PRIMARY KEY,
	sha256 BLOB NOT NULL UNIQUE,
	received_ms INTEGER NOT NULL,
	statement_count INTEGER NOT NULL,
	published_at TEXT NOT NULL,
	outlet TEXT NOT NULL,
	title TEXT NOT NULL,
	url TEXT NOT NULL,
	author TEXT NOT NULL,
	language TEXT NOT NULL
) STRICT;
CREATE INDEX article_outlet ON article(outlet);
CREATE TABLE article_text(
	article INTEGER PRIMARY KEY REFERENCES article(id),
	text BLOB NOT NULL
) STRICT;

CREATE TABLE actor(
	key INTEGER PRIMARY KEY,
	slug TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	kind INTEGER NOT NULL,
	country TEXT NOT NULL,
	wikidata TEXT NOT NULL,
	is_known INTEGER NOT NULL,       -- seeded, not found in a text
	is_edited INTEGER NOT NULL,      -- by a person: seeding leaves it
	statement_count INTEGER NOT NULL, -- statements it speaks
	mention_count INTEGER NOT NULL   -- times a statement names it, in whatever part
) STRICT;
CREATE TABLE actor_alias(
	folded TEXT NOT NULL,
	actor INTEGER NOT NULL REFERENCES actor(key),
	alias TEXT NOT NULL,
	PRIMARY KEY (folded, actor)
) STRICT, WITHOUT ROWID;
CREATE INDEX actor_alias_actor ON actor_alias(actor);
CREATE TABLE role(
	actor INTEGER NOT NULL REFERENCES actor(key),
	number INTEGER NOT NULL,
	title TEXT NOT NULL,
	country TEXT NOT NULL,
	from_day INTEGER,
	to_day INTEGER,
	PRIMARY KEY (actor, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE issue(
	key INTEGER PRIMARY KEY,
	slug TEXT NOT NULL UNIQUE,
	label TEXT NOT NULL,
	parent TEXT NOT NULL,
	cap_major INTEGER NOT NULL,
	cap_sub INTEGER NOT NULL,
	is_open INTEGER NOT NULL,
	is_edited INTEGER NOT NULL,
	statement_count INTEGER NOT NULL
) STRICT;
CREATE INDEX issue_cap_major ON issue(cap_major) WHERE cap_major > 0;
CREATE INDEX issue_cap_sub ON issue(cap_sub) WHERE cap_sub > 0;
CREATE TABLE issue_term(
	folded TEXT NOT NULL,
	issue INTEGER NOT NULL REFERENCES issue(key),
	term TEXT NOT NULL,
	PRIMARY KEY (folded, issue)
) STRICT, WITHOUT ROWID;
CREATE INDEX issue_term_issue ON issue_term(issue);

-- speaker, target and addressee are keys of actors without a declared reference: SQLite would look for children of every actor
-- that goes, through an index that nothing else needs. The check command compares them instead.
CREATE TABLE statement(
	id INTEGER PRIMARY KEY,
	article INTEGER NOT NULL REFERENCES article(id),
	speaker INTEGER,
	target INTEGER,
	addressee INTEGER,
	traits INTEGER NOT NULL, -- db/traits.h
	said_from INTEGER,       -- days since 1970-01-01
	said_to INTEGER,
	role TEXT,               -- the speaker's, folded
	facets TEXT NOT NULL,    -- "s0 s24 i33": its speaker keys and issues, which are its rows in facet
	content TEXT NOT NULL,
	detail BLOB NOT NULL     -- db/detail.h
) STRICT;
CREATE INDEX statement_article ON statement(article);
CREATE INDEX statement_target ON statement(target) WHERE target IS NOT NULL;
CREATE INDEX statement_addressee ON statement(addressee) WHERE addressee IS NOT NULL;

-- Every (speaker key, issue) that a question may name of a statement; 0 is any. One range of it answers one such pair by date.
CREATE TABLE facet(
	speaker INTEGER NOT NULL, -- speaker_key()
	issue INTEGER NOT NULL,
	statement INTEGER NOT NULL,
	traits INTEGER NOT NULL, -- the statement's
	PRIMARY KEY (speaker, issue, statement)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE statement_fts USING fts5(
	content, facets,
	content='statement', content_rowid='id', columnsize=0,
	tokenize='porter unicode61 remove_diacritics 2'
);
