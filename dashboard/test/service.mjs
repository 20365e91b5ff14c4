// The real program on a free port with a database of its own, and a browser that notes every fault
// that a page has.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium } from "playwright-core";

export const root = resolve(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "../..");
const program = process.env.DEMARCHE_BIN ?? join(root, "build/release/demarche");

export const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

const PATIENCE_MS = 120000;

export async function waitFor(url) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    if (Date.now() > end) throw new Error(`${url} is not ready`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

// In a folder of its own, or on the record that is in one (kept: true leaves it there).
export async function startService(args = [], base = "", { folder = mkdtempSync(join(tmpdir(), "demarche-dashboard-")), kept = false } = {}) {
  const port = await freePort();
  const all = ["serve", "--listen", `127.0.0.1:${port}`, "--db", join(folder, "x.db"), ...args];
  const child = spawn(program, all, { stdio: ["ignore", "ignore", "ignore"] });
  const url = `http://127.0.0.1:${port}${base}/`;
  await waitFor(`${url}readyz`);
  const stop = (keeps = kept) =>
    new Promise((done) => {
      child.once("exit", (status) => {
        if (!keeps) rmSync(folder, { recursive: true, force: true });
        done(status);
      });
      child.kill("SIGTERM");
    });
  return { url, port, folder, stop };
}

export const talks = JSON.parse(readFileSync(join(root, "tests/http/articles/talks.json"), "utf8"));
export const demo = join(root, "docs/demo/articles.ndjson");

export async function postLines(url, lines) {
  const answer = await fetch(`${url}v1/articles/batch`, {
    method: "POST",
    headers: { "Content-Type": "application/x-ndjson" },
    body: lines,
  });
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.text()).trim().split("\n").map((line) => JSON.parse(line));
}

export const ask = async (url, path) => (await fetch(url + path)).json();

export async function openBrowser() {
  const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);
  // Chromium's sandbox refuses root, whom a build's container runs as.
  const args = process.getuid() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath, args });
}

// A page of a context of its own. Whatever its console calls an error goes to `faults`, refusals by
// the page's policy among them; statuses that a test brings about are left out.
export async function openPage(browser, options = {}, expected = /status of (?:400|401|404|503)/) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.faults = [];
  page.on("pageerror", (error) => page.faults.push(error.message));
  page.on("console", (message) => {
    const isFault = message.type() === "error" || /Content.Security.Policy|TrustedHTML/.test(message.text());
    if (isFault && !expected.test(message.text())) page.faults.push(message.text());
  });
  page.setDefaultTimeout(PATIENCE_MS); // which only a failing test reaches
  return page;
}
