// Makes the files of the dashboard: what the browser loads, its compressed forms, and the list
// that api/dashboard.c takes in.
//
//   node build.mjs FOLDER   (dashboard/dist when it is left out)
import { build } from "esbuild";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { parse, render } from "./document.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(here, "dist"));
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".json": "application/json",
};

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
process.chdir(here); // names in the bundle are relative to this folder, wherever it lies
const common = {
  bundle: true,
  minify: true,
  charset: "utf8",
  target: "es2021",
  jsx: "automatic",
  jsxImportSource: "preact",
  loader: { ".svg": "copy" },
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  legalComments: "none",
  outdir: out,
};
await build({
  ...common,
  entryPoints: ["src/main.tsx", "src/style.css", "src/document.css", "src/icon.svg"],
  splitting: true,
  format: "esm",
});
// By itself: what it shares with the page is little, and another file would have to be waited for.
await build({ ...common, entryPoints: ["src/early.ts"], format: "iife" });

const files = readdirSync(out).sort();
const one = (start, end) => files.find((name) => name.startsWith(start) && name.endsWith(end));
const page = readFileSync("src/index.html", "utf8")
  .replace("EARLY", one("early-", ".js"))
  .replace("ICON", one("icon-", ".svg"))
  .replace("STYLE", one("style-", ".css"))
  .replace("SCRIPT", one("main-", ".js"));
writeFileSync(join(out, "index.html"), page);
const contract = parse(readFileSync("../openapi.yaml", "utf8"));
writeFileSync(join(out, "openapi.json"), `${JSON.stringify(contract)}\n`);
writeFileSync(join(out, "docs.html"), render(contract, one("document-", ".css")));
files.unshift("index.html", "docs.html", "openapi.json");

let list = "/* Made by dashboard/build.mjs. */\n";
files.forEach((name, i) => {
  const bytes = readFileSync(join(out, name));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  writeFileSync(join(out, `${name}.br`), brotliCompressSync(bytes, { params }));
  writeFileSync(join(out, `${name}.gz`), gzipSync(bytes, { level: 9 }));
  list += `FILE_OF(${i}, "${name}", "${TYPES[extname(name)]}")\n`;
});
writeFileSync(join(out, "files.inc"), list);
