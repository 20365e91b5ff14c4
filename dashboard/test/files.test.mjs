// What is committed in dist/ is what the sources give, in three forms, and small enough.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";

const committed = "dist";
const fresh = "build/dist"; // made by the check before this
const FIRST_LOAD_BYTES = 60e3;
const ALL_BYTES = 160e3;

const isPacked = (name) => /\.(?:br|gz)$/.test(name);
const read = (folder, name) => readFileSync(join(folder, name));
const names = readdirSync(committed).sort();
const plain = names.filter((name) => !isPacked(name));

test("dist: the committed files are those that the sources give (else: make dashboard)", () => {
  assert.deepEqual(names, readdirSync(fresh).sort());
  for (const name of plain) assert.ok(read(committed, name).equals(read(fresh, name)), name);
});

// The compressed bytes hang on the version of the library that made them; what they hold does not.
test("dist: the compressed forms hold the plain files", () => {
  for (const name of plain.filter((name) => name !== "files.inc")) {
    assert.ok(brotliDecompressSync(read(committed, `${name}.br`)).equals(read(committed, name)), name);
    assert.ok(gunzipSync(read(committed, `${name}.gz`)).equals(read(committed, name)), name);
  }
});

test("dist: the first load and all of it are small enough", () => {
  const page = read(committed, "index.html").toString();
  const bytes = (list) => list.reduce((sum, name) => sum + read(committed, `${name}.br`).length, 0);
  // The page of the interface is no part of the dashboard.
  const others = /^(?:files\.inc|docs\.html|openapi\.json|document-.*)$/;
  const files = plain.filter((name) => !others.test(name));
  const first = bytes(files.filter((name) => name === "index.html" || page.includes(name)));
  const all = bytes(files);
  console.log(`first load ${first} bytes, all ${all} bytes (brotli)`);
  assert.ok(first <= FIRST_LOAD_BYTES, `first load: ${first}`);
  assert.ok(all <= ALL_BYTES, `all: ${all}`);
});

test("dist: every address in the page is relative", () => {
  const page = read(committed, "index.html").toString();
  const addresses = [...page.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, address]) => address);
  assert.ok(addresses.length >= 3);
  for (const address of addresses) assert.match(address, /^(?:dashboard\/[^/]+|openapi\.yaml)$/);
});

test("dist: the page of the interface has every operation, and no address from elsewhere", () => {
  const page = read(committed, "docs.html").toString();
  const document = JSON.parse(read(committed, "openapi.json"));
  // Beside its operations a path has parameters, which have no id of their own.
  const operations = Object.values(document.paths).flatMap(Object.values)
    .map((op) => op.operationId).filter(Boolean);
  assert.ok(operations.length > 50);
  for (const id of operations) assert.ok(page.includes(`<section id="${id}">`), id);
  const ids = new Set([...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id));
  for (const [, address] of page.matchAll(/(?:href|src)="([^"]*)"/g))
    if (address.startsWith("#")) assert.ok(ids.has(address.slice(1)), address);
    else assert.match(address, /^(?:dashboard\/[^/]+|openapi\.(?:yaml|json))$/);
  assert.doesNotMatch(page, /<script|style="|undefined/);
});
