"""The page of page.mjs by FastAPI and Python's sqlite3: page.py FILE PORT."""

import json
import sqlite3
import sys

import uvicorn
from fastapi import FastAPI
from fastapi.responses import Response

app = FastAPI()
db = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True, check_same_thread=False)
db.row_factory = sqlite3.Row
db.execute("PRAGMA mmap_size = 2147418112")
PAGE = """
  SELECT s.*, a.title, a.url, a.outlet, a.published_at, a.article_group, c.name, c.kind AS actor_kind, c.country
  FROM statement_issue i JOIN statement s ON s.id = i.statement JOIN article a ON a.id = s.article
  JOIN actor c ON c.id = s.speaker
  WHERE i.speaker = ? AND i.issue = ? ORDER BY i.statement DESC LIMIT 50"""
PLAIN = ("id article kind content polarity modality confidence status engine version "
         "outlet published_at article_group").split()
PARTS = "spans addressee reported_by issues stance said_on edit".split()


def render(row):
    """A row as the statement that the service would give."""
    out = {k: row[k] for k in PLAIN} | {k: json.loads(row[k]) for k in PARTS}
    out |= {"article_title": row["title"], "article_url": row["url"], "nested": row["nested"] == 1}
    out["speaker"] = {"id": row["speaker"], "name": row["name"], "kind": row["actor_kind"],
                      "country": row["country"], "via": row["via"], "role": row["role"]}
    return out


@app.get("/v1/statements")
async def statements(speaker: str, issue: str):
    """Fifty statements, newest first."""
    rows = db.execute(PAGE, (speaker, issue)).fetchall()
    body = json.dumps({"statements": [render(r) for r in rows]}, ensure_ascii=False)
    return Response(body, media_type="application/json")


uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), log_level="error")
