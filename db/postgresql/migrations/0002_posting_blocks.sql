-- A row of the full text has many statements (db/postgresql/posting_block.h): written in a tenth of the time, and read by the page. The
-- program makes it anew of the statements (db/postgresql/schema.c).
CREATE TABLE posting_block(
	word bytea NOT NULL,
	last bigint NOT NULL,
	first bigint NOT NULL,
	entries bytea NOT NULL,
	PRIMARY KEY (word, last)
);
DROP TABLE posting;

-- Several copies of the service (db/sqlite/tenure.h): the last commit that changed names, which readers may remember until there is
-- another one.
ALTER TABLE writer ADD COLUMN renamed bigint NOT NULL DEFAULT 0;

-- Articles that other processes read (db/reading_queue.h): each is lent until a time, 0 for never; and what was found in them, until the
-- process that writes takes it over. Processes that read are told apart by numbers of their own.
CREATE TABLE reading(
	article bigint PRIMARY KEY,
	until_ms bigint NOT NULL
);
CREATE TABLE found(
	article bigint PRIMARY KEY,
	edition bigint NOT NULL,
	packed bytea NOT NULL
);
CREATE TABLE worker(
	id bigint PRIMARY KEY,
	heard_ms bigint NOT NULL
);

-- Blocks of statements in fewer bytes (db/statement_block.h). The program fills them (db/sqlite/block_convert.h).
ALTER TABLE statement_block RENAME TO statement_block_before;
CREATE TABLE statement_block(
	first bigint PRIMARY KEY,
	statements bigint NOT NULL,
	flags bytea NOT NULL,
	traits bytea NOT NULL,
	speakers bytea NOT NULL,
	targets bytea NOT NULL,
	days bytea NOT NULL,
	outlets bytea NOT NULL,
	said bytea NOT NULL,
	articles bytea NOT NULL,
	pairs bytea NOT NULL,
	numbers bytea NOT NULL,
	sure bytea NOT NULL,
	by_issue bytea NOT NULL
);
