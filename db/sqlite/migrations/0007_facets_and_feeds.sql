-- What is asked of all outlets is answered from their index alone, and what changed since a commit from one by its number. Both are
-- built by one pass over the rows of articles, which hold no texts.
DROP INDEX article_outlet;
CREATE INDEX article_outlet ON article(outlet, id >> 31, statement_count);
CREATE INDEX article_changed ON article(changed);
