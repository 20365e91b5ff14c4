-- A position on each issue of a statement. How it is stored: db/packed_fields.h and db/record.h.
--
-- Rows that are there need no rewriting. Their facets have the statement's position for each of its issues, which is what was known;
-- where the position's confidence stands now there is 0: not known; a record of version 1 is read as it is. A tally counts a statement
-- by its position, which stays what it was. Each article gets the positions on its issues when the newer engine reads it again.

-- enum issue_kind (base/terms.h), which those that the program knows get when it opens the database.
ALTER TABLE issue ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;
