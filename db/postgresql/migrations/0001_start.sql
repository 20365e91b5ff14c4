-- The tables of db/sqlite/migrations, as they are at SQLite's schema 8, where every column and what it means is told. Integers are
-- bigint, texts and bytes bytea: U+0000 is a character of a text here, and bytes compare as SQLite's texts do. No sequences, triggers,
-- references or advisory locks: what speaks PostgreSQL's protocol has not all of these.

CREATE TABLE state(
	id bigint PRIMARY KEY CHECK (id = 1),
	counter bigint NOT NULL,
	articles bigint NOT NULL,
	statements bigint NOT NULL,
	actors bigint NOT NULL,
	issues bigint NOT NULL,
	knowledge bigint NOT NULL,
	commits bigint NOT NULL DEFAULT 0
);
INSERT INTO state VALUES (1, 0, 0, 0, 0, 0, 0);
CREATE TABLE reread(
	id bigint PRIMARY KEY CHECK (id = 1),
	edition bigint NOT NULL,
	engine bytea NOT NULL,
	stale bigint NOT NULL,
	done bigint NOT NULL,
	changed bigint NOT NULL,
	failed bigint NOT NULL,
	started_ms bigint NOT NULL,
	finished_ms bigint NOT NULL
);
INSERT INTO reread VALUES (1, 0, '', 0, 0, 0, 0, 0, 0);

CREATE TABLE article(
	id bigint PRIMARY KEY,
	sha256 bytea NOT NULL UNIQUE,
	received_ms bigint NOT NULL,
	statement_count bigint NOT NULL,
	published_at bytea NOT NULL,
	outlet bytea NOT NULL,
	title bytea NOT NULL,
	url bytea NOT NULL,
	author bytea NOT NULL,
	language bytea NOT NULL,
	changed bigint NOT NULL DEFAULT 0,
	edition bigint NOT NULL DEFAULT 0,
	copy_of bigint NOT NULL DEFAULT 0
);
CREATE INDEX article_outlet ON article(outlet, (id >> 31), id, statement_count);
CREATE INDEX article_edition ON article(edition, id);
CREATE INDEX article_changed ON article(changed, id);
CREATE INDEX article_copy ON article(copy_of, id) WHERE copy_of > 0;
CREATE TABLE article_text(
	article bigint PRIMARY KEY,
	text bytea NOT NULL
);
CREATE TABLE article_source(
	article bigint NOT NULL,
	outlet bytea NOT NULL,
	url bytea NOT NULL,
	title bytea NOT NULL,
	published_at bytea NOT NULL,
	received_ms bigint NOT NULL,
	PRIMARY KEY (article, outlet, url)
);
CREATE INDEX article_source_outlet ON article_source(outlet, article);
CREATE TABLE article_signature(
	article bigint PRIMARY KEY,
	signature bytea NOT NULL
);
CREATE TABLE article_band(
	band bigint NOT NULL,
	article bigint NOT NULL,
	PRIMARY KEY (band, article)
);
CREATE TABLE outlet(
	key bigint PRIMARY KEY,
	name bytea NOT NULL UNIQUE
);

CREATE TABLE actor(
	key bigint PRIMARY KEY,
	slug bytea NOT NULL UNIQUE,
	name bytea NOT NULL,
	kind bigint NOT NULL,
	country bytea NOT NULL,
	wikidata bytea NOT NULL,
	is_known bigint NOT NULL,
	is_edited bigint NOT NULL,
	statement_count bigint NOT NULL,
	mention_count bigint NOT NULL,
	changed bigint NOT NULL DEFAULT 0,
	edit bigint NOT NULL DEFAULT 0,
	merged bigint
) WITH (fillfactor = 80);
CREATE INDEX actor_merged ON actor(merged, slug) WHERE merged IS NOT NULL;
CREATE TABLE actor_alias(
	folded bytea NOT NULL,
	actor bigint NOT NULL,
	alias bytea NOT NULL,
	PRIMARY KEY (folded, actor)
);
CREATE INDEX actor_alias_actor ON actor_alias(actor, folded);
CREATE TABLE role(
	actor bigint NOT NULL,
	number bigint NOT NULL,
	title bytea NOT NULL,
	country bytea NOT NULL,
	from_day bigint,
	to_day bigint,
	PRIMARY KEY (actor, number)
);

CREATE TABLE issue(
	key bigint PRIMARY KEY,
	slug bytea NOT NULL UNIQUE,
	label bytea NOT NULL,
	parent bytea NOT NULL,
	cap_major bigint NOT NULL,
	cap_sub bigint NOT NULL,
	is_open bigint NOT NULL,
	is_edited bigint NOT NULL,
	statement_count bigint NOT NULL,
	changed bigint NOT NULL DEFAULT 0,
	uncounted_count bigint NOT NULL DEFAULT 0,
	kind bigint NOT NULL DEFAULT 0,
	edit bigint NOT NULL DEFAULT 0,
	merged bigint
) WITH (fillfactor = 80);
CREATE INDEX issue_cap_major ON issue(cap_major) WHERE cap_major > 0;
CREATE INDEX issue_cap_sub ON issue(cap_sub) WHERE cap_sub > 0;
CREATE INDEX issue_known ON issue(key) WHERE is_open = 0;
CREATE INDEX issue_parent ON issue(parent) WHERE parent <> '';
CREATE INDEX issue_merged ON issue(merged, slug) WHERE merged IS NOT NULL;
CREATE TABLE issue_term(
	folded bytea NOT NULL,
	issue bigint NOT NULL,
	term bytea NOT NULL,
	PRIMARY KEY (folded, issue)
);
CREATE INDEX issue_term_issue ON issue_term(issue, folded);
CREATE TABLE issue_edit(
	issue bigint PRIMARY KEY,
	terms bytea NOT NULL
);

CREATE TABLE statement(
	id bigint PRIMARY KEY,
	article bigint NOT NULL,
	speaker bigint,
	target bigint,
	addressee bigint,
	traits bigint NOT NULL,
	said_from bigint,
	said_to bigint,
	role bytea,
	facets bytea NOT NULL,
	content bytea NOT NULL,
	detail bytea NOT NULL,
	changed bigint NOT NULL DEFAULT 0,
	place bigint NOT NULL DEFAULT 0,
	nearby bytea NOT NULL DEFAULT '',
	edit bigint NOT NULL DEFAULT 0,
	origin bytea NOT NULL DEFAULT ''
);
CREATE INDEX statement_article ON statement(article, id);
CREATE INDEX statement_target ON statement(target, id) WHERE target IS NOT NULL;
CREATE INDEX statement_addressee ON statement(addressee, id) WHERE addressee IS NOT NULL;
CREATE INDEX statement_edit ON statement(edit) WHERE edit > 0;
CREATE INDEX statement_said ON statement(said_to, said_from) WHERE said_to IS NOT NULL;
CREATE INDEX statement_sure ON statement(((traits & 1023) >> 5), (traits >> 33 & 1023));
CREATE TABLE facet(
	speaker bigint NOT NULL,
	issue bigint NOT NULL,
	statement bigint NOT NULL,
	traits bigint NOT NULL,
	PRIMARY KEY (speaker, issue, statement)
);
CREATE TABLE statement_block(
	first bigint PRIMARY KEY,
	fields bytea NOT NULL,
	actors bytea NOT NULL,
	pairs bytea NOT NULL,
	ids bytea NOT NULL,
	sources bytea NOT NULL,
	articles bytea NOT NULL
);
CREATE TABLE tally(
	key bigint PRIMARY KEY,
	statements bigint NOT NULL
) WITH (fillfactor = 80);
-- The full text, by words (db/postgresql/postings.h).
CREATE TABLE posting(
	word bytea NOT NULL,
	statement bigint NOT NULL,
	places bytea NOT NULL,
	PRIMARY KEY (word, statement)
);

CREATE TABLE edit(
	id bigint PRIMARY KEY,
	made_ms bigint NOT NULL,
	who bytea NOT NULL,
	action bigint NOT NULL,
	batch bigint NOT NULL,
	thing bigint NOT NULL,
	undoes bigint NOT NULL,
	text bytea,
	subject bytea NOT NULL,
	before bytea NOT NULL,
	after bytea NOT NULL
);
CREATE INDEX edit_text ON edit(text, thing) WHERE text IS NOT NULL;
CREATE INDEX edit_thing ON edit(thing, id);
CREATE INDEX edit_batch ON edit(batch, id);
CREATE TABLE read_key(
	id bigint PRIMARY KEY,
	digest bytea NOT NULL UNIQUE,
	name bytea NOT NULL,
	who bytea NOT NULL,
	sites bytea NOT NULL,
	made_ms bigint NOT NULL,
	revoked_ms bigint NOT NULL DEFAULT 0,
	revoked_by bytea NOT NULL DEFAULT ''
);
CREATE INDEX read_key_who ON read_key(who, id);

-- Who writes (db/postgresql/writer_lock.c).
CREATE TABLE writer(
	id bigint PRIMARY KEY CHECK (id = 1),
	epoch bigint NOT NULL,
	seen_ms bigint NOT NULL, -- by the server's clock; 0: nobody
	backend bigint NOT NULL, -- the connection that touches it
	note bytea NOT NULL
);
INSERT INTO writer VALUES (1, 0, 0, 0, '');
