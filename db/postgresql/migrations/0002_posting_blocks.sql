-- A row of the full text has many statements (db/postgresql/posting_block.h): written in a tenth of the time, and read by the page. The
-- rows that are there become one each, of one statement.
CREATE TABLE posting_block(
	word bytea NOT NULL,
	last bigint NOT NULL,
	first bigint NOT NULL,
	entries bytea NOT NULL,
	PRIMARY KEY (word, last)
);
INSERT INTO posting_block SELECT word, statement, statement,
	'\x00'::bytea || CASE WHEN length(places) < 128 THEN set_byte('\x00'::bytea, 0, length(places))
		ELSE set_byte(set_byte(set_byte('\x000000'::bytea, 0, length(places) & 127 | 128),
			1, length(places) >> 7 & 127 | 128), 2, length(places) >> 14 & 127) END || places
	FROM posting;
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
