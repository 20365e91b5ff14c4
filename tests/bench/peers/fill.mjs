// Reads statements, a JSON object a line, into a database as a developer would lay it out who has no
// schema of his own: one column a plain field, JSON where a field has parts. node fill.mjs FILE
import Database from "better-sqlite3";
import { createInterface } from "node:readline";

const db = new Database(process.argv[2]);
db.pragma("journal_mode = WAL");
db.exec(`
CREATE TABLE article (id INTEGER PRIMARY KEY, title TEXT, url TEXT, outlet TEXT, published_at TEXT, article_group INTEGER);
CREATE TABLE actor (id TEXT PRIMARY KEY, name TEXT, kind TEXT, country TEXT);
CREATE TABLE statement (
  id INTEGER PRIMARY KEY, article INTEGER, kind TEXT, content TEXT, speaker TEXT, via TEXT, role TEXT, polarity TEXT,
  modality TEXT, confidence REAL, status TEXT, nested INTEGER, engine TEXT, version INTEGER,
  spans TEXT, addressee TEXT, reported_by TEXT, issues TEXT, stance TEXT, said_on TEXT, edit TEXT);
CREATE TABLE statement_issue (speaker TEXT, issue TEXT, statement INTEGER, PRIMARY KEY (speaker, issue, statement)) WITHOUT ROWID;`);
const article = db.prepare("INSERT OR IGNORE INTO article VALUES (?, ?, ?, ?, ?, ?)");
const actor = db.prepare("INSERT OR IGNORE INTO actor VALUES (?, ?, ?, ?)");
const statement = db.prepare(`INSERT INTO statement VALUES (${Array(21).fill("?")})`);
const issue = db.prepare("INSERT OR IGNORE INTO statement_issue VALUES (?, ?, ?)");

db.exec("BEGIN");
for await (const line of createInterface({ input: process.stdin })) {
  const s = JSON.parse(line);
  const who = s.speaker ?? {};
  article.run(s.article, s.article_title, s.article_url, s.outlet, s.published_at, s.article_group);
  if (who.id) actor.run(who.id, who.name, who.kind, who.country);
  statement.run(
    s.id, s.article, s.kind, s.content, who.id ?? null, who.via ?? null, who.role ?? null, s.polarity, s.modality,
    s.confidence, s.status, s.nested ? 1 : 0, s.engine, s.version,
    ...["spans", "addressee", "reported_by", "issues", "stance", "said_on", "edit"].map((k) => JSON.stringify(s[k])));
  if (who.id) for (const i of s.issues) issue.run(who.id, i.id, s.id);
}
db.exec("COMMIT");
