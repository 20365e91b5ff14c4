// GET /v1/statements?speaker=&issue= over the database of fill.mjs: 50 statements, newest first.
// node page.mjs FILE PORT
import Database from "better-sqlite3";
import { createServer } from "node:http";

const db = new Database(process.argv[2], { readonly: true });
db.pragma("mmap_size = 2147418112");
const page = db.prepare(`
  SELECT s.*, a.title, a.url, a.outlet, a.published_at, a.article_group, c.name, c.kind AS actor_kind, c.country
  FROM statement_issue i JOIN statement s ON s.id = i.statement JOIN article a ON a.id = s.article
  JOIN actor c ON c.id = s.speaker
  WHERE i.speaker = ? AND i.issue = ? ORDER BY i.statement DESC LIMIT 50`);

function render(r) {
  return {
    id: r.id, article: r.article, article_title: r.title, article_url: r.url, outlet: r.outlet,
    published_at: r.published_at, article_group: r.article_group, kind: r.kind, content: r.content,
    spans: JSON.parse(r.spans),
    speaker: { id: r.speaker, name: r.name, kind: r.actor_kind, country: r.country, via: r.via, role: r.role },
    addressee: JSON.parse(r.addressee), reported_by: JSON.parse(r.reported_by), issues: JSON.parse(r.issues),
    stance: JSON.parse(r.stance), polarity: r.polarity, modality: r.modality, said_on: JSON.parse(r.said_on),
    confidence: r.confidence, status: r.status, nested: r.nested === 1, engine: r.engine, version: r.version,
    edit: JSON.parse(r.edit),
  };
}

createServer((request, response) => {
  const asked = new URL(request.url, "http://localhost").searchParams;
  const rows = page.all(asked.get("speaker"), asked.get("issue"));
  const body = Buffer.from(JSON.stringify({ statements: rows.map(render) }));
  response.writeHead(200, { "Content-Type": "application/json", "Content-Length": body.length });
  response.end(body);
}).listen(Number(process.argv[3]), "127.0.0.1");
