// A client made of openapi.yaml by openapi-typescript and openapi-fetch: it compiles strictly, and
// walks every path of the real program. The tables below name each path of a method: one that is
// missing, or too many, does not compile.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import createClient, { type Client } from "openapi-fetch";
import type { PathsWithMethod } from "openapi-typescript-helpers";
import type { paths } from "../src/schema";
// @ts-expect-error: plain JavaScript, which the other tests share
import { root, startService } from "./service.mjs";

interface Answer { readonly response: Response; readonly data?: unknown; readonly error?: unknown }
type Walk<M extends "get" | "post" | "put" | "patch" | "delete"> = {
  readonly [P in PathsWithMethod<paths, M>]: () => Promise<Answer>;
};

let service: { url: string; stop(): Promise<number> };
let client: Client<paths>;
// What the steps before have found, for those that come after.
let article = "", statement = "", actor = "", file = "", key = 0;

before(async () => {
  service = await startService();
  client = createClient<paths>({ baseUrl: service.url.replace(/\/$/, "") });
});
after(async () => assert.equal(await service.stop(), 0));

const asText = { parseAs: "text" } as const;
const id = <T extends string | number>(of: T) => ({ params: { path: { id: of } } });
const asked = { params: { query: { limit: 2 } } };
const lines = readFileSync(join(root, "docs/demo/articles.ndjson"), "utf8");

async function expectOk(path: string, walk: () => Promise<Answer>): Promise<unknown> {
  const { response, data, error } = await walk();
  assert.ok(response.ok, `${path}: ${response.status} ${JSON.stringify(error)}`);
  return data;
}

test("client: the record is filled, by types alone", async () => {
  await expectOk("batch", () => client.POST("/v1/articles/batch", {
    body: lines, bodySerializer: (body) => body, headers: { "Content-Type": "application/x-ndjson" }, parseAs: "text",
  }));
  const { data } = await client.GET("/v1/statements", { params: { query: { speaker: ["Norway"], copies: "false", limit: 1 } } });
  // Also CSV and NDJSON by the Accept header, which was not sent.
  assert.ok(data && typeof data === "object");
  const first = data.statements[0];
  assert.ok(first?.id && first.article && first.speaker);
  statement = String(first.id);
  article = String(first.article);
  actor = first.speaker.id;
  const page = await (await fetch(service.url, { headers: { Accept: "text/html" } })).text();
  file = /dashboard\/(style-[^"]*)/.exec(page)?.[1] ?? "";
});

const writes: Walk<"post"> = {
  "/v1/articles": () => client.POST("/v1/articles", { body: { text: "Berg said on Monday that the tax must go.", outlet: "Post" } }),
  "/v1/articles/batch": () => client.POST("/v1/articles/batch", {
    body: "{\"text\":\"Berg denied it.\"}", bodySerializer: (body) => body,
    headers: { "Content-Type": "application/x-ndjson" }, parseAs: "text",
  }),
  "/v1/articles/{id}/statements": () => client.POST("/v1/articles/{id}/statements", {
    ...id(article), body: { speaker: actor, kind: "indirect", spans: { content: [[0, 20]] }, act: "STATE" },
  }),
  "/v1/extract": () => client.POST("/v1/extract", { body: { text: "Berg said that the tax must go." } }),
  "/v1/actors": () => client.POST("/v1/actors", { body: { name: "Anna Q. Berg", kind: "person", country: "NOR" } }),
  "/v1/actors/{id}/merge": async () => {
    await client.POST("/v1/actors", { body: { name: "A. Q. Berg", kind: "person" } });
    return client.POST("/v1/actors/{id}/merge", { ...id("a-q-berg"), body: { into: "anna-q-berg" } });
  },
  "/v1/actors/{id}/split": () => client.POST("/v1/actors/{id}/split", { ...id("anna-q-berg"), body: { name: "Another Berg", kind: "person" } }),
  "/v1/issues": () => client.POST("/v1/issues", { body: { label: "harbor fees", terms: ["fees of harbors"] } }),
  "/v1/issues/{id}/merge": async () => {
    await client.POST("/v1/issues", { body: { label: "port fees" } });
    return client.POST("/v1/issues/{id}/merge", { ...id("port-fees"), body: { into: "harbor-fees" } });
  },
  "/v1/edits": () => client.POST("/v1/edits", { body: { status: "confirmed", statements: [Number(statement)] } }),
  "/v1/edits/{id}/undo": async () => {
    const { data } = await client.GET("/v1/edits", asked);
    const last = data && typeof data === "object" ? data.edits[0] : undefined;
    return client.POST("/v1/edits/{id}/undo", id(last?.id ?? 0));
  },
  // Of an edit whose text is not stored any more, which is none here: told so.
  "/v1/edits/{id}/drop": () => client.POST("/v1/edits/{id}/drop", id(1)),
  "/v1/edits/{id}/attach": () => client.POST("/v1/edits/{id}/attach", { ...id(1), body: { article: Number(article), spans: { content: [[0, 9]] } } }),
  "/v1/keys": async () => {
    const answer = await client.POST("/v1/keys", { body: { name: "walk" } });
    key = answer.data?.id ?? 0;
    return answer;
  },
};
const refused = new Set(["/v1/edits/{id}/drop", "/v1/edits/{id}/attach"]);

test("client: every path that is posted to", async () => {
  for (const [path, walk] of Object.entries(writes))
    if (!refused.has(path)) await expectOk(path, walk);
    else assert.match(JSON.stringify((await walk()).error), /"status":4\d\d/, path);
});

const reads: Walk<"get"> = {
  "/": () => client.GET("/"),
  "/dashboard/{file}": () => client.GET("/dashboard/{file}", { params: { path: { file } }, ...asText }),
  "/embed/matrix": () => client.GET("/embed/matrix", { params: { query: { issue: ["shipping"] } }, ...asText }),
  "/embed/style.css": () => client.GET("/embed/style.css", asText),
  "/version": () => client.GET("/version"),
  "/openapi.yaml": () => client.GET("/openapi.yaml", asText),
  "/openapi.json": () => client.GET("/openapi.json"),
  "/docs": () => client.GET("/docs", asText),
  "/healthz": () => client.GET("/healthz", asText),
  "/readyz": () => client.GET("/readyz", asText),
  "/metrics": () => client.GET("/metrics", asText),
  "/v1/articles": () => client.GET("/v1/articles", { params: { query: { published_from: "2025-01-01", group: article } } }),
  "/v1/articles/{id}": () => client.GET("/v1/articles/{id}", id(article)),
  "/v1/articles/{id}/statements": () => client.GET("/v1/articles/{id}/statements", id(article)),
  "/v1/articles/{id}/annotations": () => client.GET("/v1/articles/{id}/annotations", id(article)),
  "/v1/statements": () => client.GET("/v1/statements", { params: { query: { position: ["!support"], said_from: "2025-01-01" } } }),
  "/v1/statements/{id}": () => client.GET("/v1/statements/{id}", id(statement)),
  "/v1/statements/{id}/context": () => client.GET("/v1/statements/{id}/context", id(statement)),
  "/v1/statements/{id}/explain": () => client.GET("/v1/statements/{id}/explain", id(statement)),
  "/v1/query": () => client.GET("/v1/query", { params: { query: { q: "who opposes the shipping levy" } } }),
  "/v1/actors": () => client.GET("/v1/actors", asked),
  "/v1/actors/{id}": () => client.GET("/v1/actors/{id}", id(actor)),
  "/v1/issues": () => client.GET("/v1/issues", asked),
  "/v1/issues/{id}": () => client.GET("/v1/issues/{id}", id("shipping")),
  "/v1/queue": () => client.GET("/v1/queue", asked),
  "/v1/edits": () => client.GET("/v1/edits", asked),
  "/v1/facets": () => client.GET("/v1/facets", { params: { query: { q: "Norway", by: ["speaker", "outlet"] } } }),
  "/v1/feed": () => client.GET("/v1/feed", asked),
  "/v1/feed.atom": () => client.GET("/v1/feed.atom", asText),
  "/v1/feed.json": () => client.GET("/v1/feed.json", asked),
  "/v1/keys": () => client.GET("/v1/keys"),
  "/v1/suggest": () => client.GET("/v1/suggest", { params: { query: { q: "norw" } } }),
  "/v1/outlets": () => client.GET("/v1/outlets", asked),
  "/v1/stats": () => client.GET("/v1/stats", { params: { query: { by: ["issue", "position"], interval: "month" } } }),
  "/v1/changes": () => client.GET("/v1/changes", { params: { query: { speaker: ["Norway"], issue: ["shipping"] } } }),
  "/v1/grid": () => client.GET("/v1/grid", { params: { query: { a: "Norway", b: "USA" } } }),
  "/v1/network": () => client.GET("/v1/network"),
  "/v1/positions": () => client.GET("/v1/positions", { params: { query: { speaker: ["Norway"] } } }),
  "/v1/silences": () => client.GET("/v1/silences", { params: { query: { a: "Norway", b: "USA" } } }),
  "/v1/verify": () => client.GET("/v1/verify", { params: { query: { text: "the levy must protect small islands" } } }),
  "/v1/statements.csv": () => client.GET("/v1/statements.csv", asText),
  "/v1/statements.ndjson": () => client.GET("/v1/statements.ndjson", asText),
  "/v1/articles.csv": () => client.GET("/v1/articles.csv", asText),
  "/v1/articles.ndjson": () => client.GET("/v1/articles.ndjson", asText),
  "/v1/actors.csv": () => client.GET("/v1/actors.csv", asText),
  "/v1/actors.ndjson": () => client.GET("/v1/actors.ndjson", asText),
  "/v1/issues.csv": () => client.GET("/v1/issues.csv", asText),
  "/v1/issues.ndjson": () => client.GET("/v1/issues.ndjson", asText),
  "/v1/stats.csv": () => client.GET("/v1/stats.csv", { params: { query: { by: ["speaker"] } }, ...asText }),
  "/v1/stats.ndjson": () => client.GET("/v1/stats.ndjson", { params: { query: { by: ["speaker"] } }, ...asText }),
  "/v1/grid.csv": () => client.GET("/v1/grid.csv", { params: { query: { a: "Norway", b: "USA" } }, ...asText }),
  "/v1/grid.ndjson": () => client.GET("/v1/grid.ndjson", { params: { query: { a: "Norway", b: "USA" } }, ...asText }),
  "/v1/jobs": () => client.GET("/v1/jobs"),
};

test("client: every path that is read", async () => {
  for (const [path, walk] of Object.entries(reads)) await expectOk(path, walk);
});

const changes: Walk<"patch"> & Walk<"put"> = {
  "/v1/statements/{id}": () => client.PATCH("/v1/statements/{id}", { ...id(statement), body: { status: "confirmed" } }),
  "/v1/actors/{id}": () => client.PATCH("/v1/actors/{id}", { ...id("anna-q-berg"), body: { country: "SWE" } }),
  "/v1/issues/{id}": () => client.PUT("/v1/issues/{id}", { ...id("harbor-fees"), body: { label: "harbor fees", terms: ["fee of a harbor"] } }),
};
const ends: Walk<"delete"> = {
  "/v1/issues/{id}": () => client.DELETE("/v1/issues/{id}", id("harbor-fees")),
  "/v1/keys/{id}": () => client.DELETE("/v1/keys/{id}", id(key)),
  "/v1/articles/{id}": () => client.DELETE("/v1/articles/{id}", id(article)),
};

test("client: every path that changes, and every one that ends something", async () => {
  for (const [path, walk] of [...Object.entries(changes), ...Object.entries(ends)]) await expectOk(path, walk);
});
