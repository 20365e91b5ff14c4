// What goes on from a question (feeds and frames, by keys), and what persons changed: the trail,
// corrections without a text, issues that are one and actors that are two.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { ask, demo, openBrowser, openPage, postLines, startService } from "./service.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TOKEN = "a-readers-long-token";
const OLD = { title: "Old", text: "Wang Yi said that China opposes tariffs. It was on Monday.", published_at: "2024-05-01" };
const MENDED = { ...OLD, title: "Mended", text: "Wang Yi said that China opposes tariffs. It was on Tuesday." };

let browser;
before(async () => {
  browser = await openBrowser();
});
after(async () => browser?.close());

const noFaults = (page) => assert.deepEqual(page.faults, []);
const go = async (page, url, hash = "") => {
  await page.goto(url + hash, { waitUntil: "domcontentloaded" });
  await page.waitForSelector("main h1, main table");
  await page.waitForLoadState("networkidle");
  await page.waitForFunction(() => !document.querySelector(".loading, .bone, .stale"));
};
const send = async (url, method, path, body) => {
  const answer = await fetch(url + path, {
    method, headers: { "Content-Type": "application/json" }, body: body === undefined ? undefined : JSON.stringify(body),
  });
  assert.ok(answer.ok, `${method} ${path}: ${answer.status}`);
  return answer.status === 204 ? null : answer.json();
};
const hasJobEnded = async (url) => {
  while ((await ask(url, "v1/jobs")).jobs.some(({ state }) => state === "running")) await new Promise((done) => setTimeout(done, 20));
};

// A page of somebody else, which frames an address.
async function otherSite() {
  let framed = "about:blank";
  const server = createServer((_, answer) =>
    answer.setHeader("Content-Type", "text/html").end(`<!doctype html><title>x</title><h1>x</h1><iframe src="${framed}" width="900" height="600"></iframe>`));
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    frame: (url) => { framed = url.replace(/&/g, "&amp;"); },
    close: () => new Promise((done) => server.close(done)),
  };
}

async function isShown(page, site, address) {
  site.frame(address);
  await page.goto(site.origin);
  await page.waitForLoadState("networkidle");
  const inside = page.frames()[1];
  return (await inside?.locator("table, header.top").count().catch(() => 0)) > 0;
}

describe("read keys", () => {
  let service;
  before(async () => {
    service = await startService();
    await postLines(service.url, readFileSync(demo, "utf8"));
    const file = join(service.folder, "tokens");
    writeFileSync(file, `read Reader ${TOKEN}\n`);
    assert.equal(await service.stop(true), 0);
    service = await startService(["--tokens-file", file], "", { folder: service.folder });
  });
  after(async () => assert.equal(await service.stop(), 0));

  const signedIn = async (options) => {
    const page = await openPage(browser, options, /status of (?:400|401|404|503)|frame-ancestors|Framing/);
    await page.addInitScript((token) => sessionStorage.setItem("demarche.token", token), TOKEN);
    return page;
  };

  test("a question followed: the feed reads without a token, until the key is revoked", async () => {
    const page = await signedIn();
    await go(page, service.url, "#/?q=statements%20about%20shipping%20levy");
    await page.getByRole("button", { name: "follow", exact: true }).click();
    await page.getByRole("button", { name: "Make a key for it" }).click();
    const atom = await page.getByLabel("Address of the feed (Atom)").inputValue();
    assert.ok(atom.startsWith(`${service.url}v1/feed.atom?q=`), atom);
    const read = await fetch(atom);
    assert.equal(read.status, 200);
    const text = await read.text();
    assert.ok(text.includes("<entry>") && !text.includes(new URL(atom).searchParams.get("key")));
    assert.equal((await (await fetch(await page.getByLabel("Address for programs (JSON)").inputValue())).json()).has_more !== undefined, true);
    await page.getByRole("link", { name: "keys are listed and revoked here" }).click();
    const row = page.locator("tr", { hasText: "Feed: statements about shipping levy" });
    await row.getByRole("button", { name: /^Revoke / }).click();
    await row.getByRole("button", { name: /^Revoke it/ }).click();
    await row.getByText("revoked by Reader").waitFor();
    assert.equal((await fetch(atom)).status, 401);
    noFaults(page);
    await page.context().close();
  });

  test("a matrix on a page of others: where its key says, and no other page in a frame", async () => {
    const friend = await otherSite();
    const stranger = await otherSite();
    const page = await signedIn();
    await go(page, service.url, "#/?issue=shipping%20levy");
    await page.getByRole("button", { name: "put it on a page" }).click();
    await page.getByLabel(/Sites that may show it/).fill(friend.origin);
    await page.getByRole("button", { name: "Make the code" }).click();
    const code = await page.getByLabel("Code for the page").inputValue();
    const address = code.match(/src="([^"]*)"/)[1].replace(/&amp;/g, "&");
    assert.ok(await isShown(page, friend, address), "the site that is named shows it");
    const cell = page.frames()[1].locator("td a").first();
    assert.match(await cell.getAttribute("href"), /^\.\.\/#\/\?.*speaker=.*&issue=shipping-levy$/);
    assert.ok(!(await isShown(page, stranger, address)), "another one does not");
    assert.ok(!(await isShown(page, friend, service.url)), "the dashboard is shown by none");
    await page.context().close();
    await friend.close();
    await stranger.close();
  });

  for (const colorScheme of ["light", "dark"]) {
    test(`keys, panels and the matrix fit and can be used by all: ${colorScheme}`, async () => {
      const page = await signedIn({ colorScheme, bypassCSP: true, reducedMotion: "reduce" });
      await go(page, service.url, "#/?issue=shipping%20levy");
      await page.getByRole("button", { name: "put it on a page" }).click();
      await page.getByRole("button", { name: "Make the code" }).click();
      const code = await page.getByLabel("Code for the page").inputValue();
      const matrix = code.match(/src="([^"]*)"/)[1].replace(/&amp;/g, "&");
      for (const width of [390, 1280, 2560]) {
        await page.setViewportSize({ width, height: 900 });
        await page.getByRole("button", { name: "follow", exact: true }).click();
        await checkPage(page, `follow at ${width}`, width);
        await page.getByRole("button", { name: "put it on a page" }).click();
        await checkPage(page, `frame at ${width}`, width);
      }
      for (const address of [`${service.url}#/keys`, matrix])
        for (const width of [390, 1280, 2560]) {
          await page.setViewportSize({ width, height: 900 });
          await go(page, address);
          await checkPage(page, `${address} at ${width}`, width);
        }
      noFaults(page);
      await page.context().close();
    });
  }
});

async function checkPage(page, what, width) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(over <= 0, `${what}: ${over} px too wide`);
  if (width === 2560) return;
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  const bad = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  assert.deepEqual(bad.map(({ id, nodes }) => [what, id, nodes.slice(0, 3).map(({ html }) => html.slice(0, 200))]), []);
}

describe("a quotation", () => {
  let service;
  before(async () => {
    service = await startService();
    await send(service.url, "POST", "v1/articles", OLD);
  });
  after(async () => assert.equal(await service.stop(), 0));

  test("checked from the question box on: as it was said, with other words, by another, not at all", async () => {
    const page = await openPage(browser);
    await go(page, service.url);
    await page.keyboard.press("/");
    await page.keyboard.type("“that China opposes tariffs”");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "Check it, word for word" }).click();
    await page.getByRole("heading", { name: "In the record, word for word" }).waitFor();
    const check = async (text, speaker, verdict) => {
      await page.getByLabel("The quotation").fill(text);
      await page.getByLabel("Said by").fill(speaker);
      await page.getByRole("button", { name: "Check it" }).click();
      await page.getByRole("heading", { name: verdict }).waitFor();
    };
    await check("that China opposes all tariffs", "", "In the record, in other words");
    assert.match(await page.getByRole("list", { name: "Differences" }).textContent(), /added: all/);
    await check("that China opposes tariffs", "Antony Blinken", "In the record, but by another speaker");
    await check("nothing of the kind was ever said", "", "Not in the record");
    noFaults(page);
    await page.context().close();
  });
});

describe("what persons changed", () => {
  let service;
  let url;
  before(async () => {
    service = await startService();
    ({ url } = service);
    await postLines(url, readFileSync(demo, "utf8"));
  });
  after(async () => assert.equal(await service.stop(), 0));

  // A correction of an article that is gone; gives the statement's former id.
  async function makeOrphan() {
    const { id, statements } = await send(url, "POST", "v1/articles", OLD);
    await send(url, "PATCH", `v1/statements/${statements[0].id}`, { act: "THREATEN" });
    await send(url, "DELETE", `v1/articles/${id}`);
  }
  const orphans = async () => (await ask(url, "v1/edits?orphans=true")).edits;

  test("a correction without a text: put into the mended article by selecting its words, taken back, dropped", async () => {
    await makeOrphan();
    const mended = await send(url, "POST", "v1/articles", MENDED);
    const page = await openPage(browser);
    await go(page, url, "#/orphans");
    await page.getByText("1 correction").waitFor();
    await page.getByRole("link", { name: "put it into an article" }).click();
    await page.getByLabel(/Words of the title/).fill("Mended");
    await page.getByRole("button", { name: "Look for it" }).click();
    await page.getByRole("link", { name: "Mended" }).click();
    await page.locator(".placing .text").waitFor();
    await page.evaluate(() => {
      const node = document.querySelector(".placing .text").firstChild;
      const at = node.data.indexOf("China opposes tariffs");
      getSelection().setBaseAndExtent(node, at, node, at + "China opposes tariffs".length);
    });
    await page.getByRole("button", { name: "Use the selected text" }).click();
    await page.getByRole("button", { name: "Put it here" }).click();
    await page.getByText("Put there:").waitFor();
    const corrected = mended.statements[0].id;
    assert.equal((await ask(url, `v1/statements/${corrected}`)).stance.act, "THREATEN");
    assert.equal((await orphans()).length, 0);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("1 correction").waitFor();
    await hasJobEnded(url);
    assert.notEqual((await ask(url, `v1/statements/${corrected}`)).stance.act, "THREATEN");
    await page.getByRole("button", { name: "drop …" }).click();
    await page.getByRole("button", { name: "Drop it" }).click();
    await page.getByText("There is none: every correction stands in its text.").waitFor();
    assert.equal((await orphans()).length, 0);
    noFaults(page);
    await page.context().close();
  });

  test("dropped by the keyboard alone", async () => {
    await makeOrphan();
    const page = await openPage(browser);
    await go(page, url, "#/orphans");
    const reach = async (name) => {
      for (let i = 0; i < 60; i++) {
        if (await page.evaluate((text) => document.activeElement?.textContent === text, name)) return;
        await page.keyboard.press("Tab");
      }
      assert.fail(`the tabulator does not reach "${name}"`);
    };
    await reach("drop …");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Drop it" }).waitFor();
    await page.locator("h1").focus();
    await reach("Drop it");
    await page.keyboard.press("Enter");
    await page.getByText("There is none: every correction stands in its text.").waitFor();
    noFaults(page);
    await page.context().close();
  });

  test("the trail: who, when, before and after; undone from there; all of it as a file", async () => {
    const { statements } = await ask(url, "v1/statements?speaker=Norway&limit=1");
    const act = statements[0].stance.act;
    await send(url, "PATCH", `v1/statements/${statements[0].id}`, { act: "THREATEN" });
    const page = await openPage(browser);
    await go(page, url, "#/trail");
    const row = page.locator(".trail > li").first();
    await row.locator("strong", { hasText: "corrected" }).waitFor();
    await row.locator("ins", { hasText: /threaten/i }).waitFor();
    await row.getByRole("link", { name: "local" }).waitFor();
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "JSON lines" }).click();
    const file = readFileSync(await (await saved).path(), "utf8").trim().split("\n").map((line) => JSON.parse(line));
    assert.equal(file[0].after.stance.act, "THREATEN");
    assert.ok(file.length > 5);
    await row.getByRole("button", { name: /^undo edit/ }).click();
    await page.locator(".trail > li").first().getByText("taken back").waitFor();
    assert.equal((await ask(url, `v1/statements/${statements[0].id}`)).stance.act, act);
    noFaults(page);
    await page.context().close();
  });

  test("two issues that are one, merged and taken apart again", async () => {
    const count = async (id) => (await ask(url, `v1/statements?issue=${id}&limit=200`)).statements.length;
    const [from, into] = ["shipping-levy", "sanctions"];
    const [a, b] = [await count(from), await count(into)];
    assert.ok(a > 0);
    const page = await openPage(browser);
    await go(page, url, `#/issue/${from}`);
    await page.getByRole("button", { name: "Correct this issue" }).click();
    await page.getByLabel(/is the same as/).fill(into);
    await page.getByRole("button", { name: "Merge into it" }).click();
    await page.waitForFunction((id) => location.hash === `#/issue/${id}`, into);
    await hasJobEnded(url);
    assert.ok((await count(into)) >= Math.max(a, b));
    assert.equal(await count(from), await count(into));
    await page.getByRole("button", { name: "Correct this issue" }).click();
    await page.getByRole("button", { name: new RegExp(`undo: ${from} merged`) }).click();
    await page.waitForFunction(async (id) => (await (await fetch(`v1/issues/${id}`)).json()).id === id, from);
    await hasJobEnded(url);
    assert.deepEqual([await count(from), await count(into)], [a, b]);
    noFaults(page);
    await page.context().close();
  });

  test("an actor that is two: split with a name and a statement, and made one again", async () => {
    const { aliases } = await ask(url, "v1/actors/NOR");
    await send(url, "PATCH", "v1/actors/NOR", { aliases: [...aliases, "Oslo group"] });
    await hasJobEnded(url);
    const { statements } = await ask(url, "v1/statements?speaker=Norway&members=false&limit=200");
    const page = await openPage(browser);
    await go(page, url, "#/actor/NOR");
    await page.getByRole("button", { name: "Correct this actor" }).click();
    await page.getByRole("button", { name: "These are two …" }).click();
    await page.getByLabel("Name of the other one").fill("Oslo Delegation");
    await page.getByRole("checkbox", { name: "Oslo group" }).check();
    await page.getByRole("group", { name: /Statements that are/ }).getByRole("checkbox").first().check();
    await page.getByRole("button", { name: "Split", exact: true }).click();
    await page.waitForFunction(() => location.hash === "#/actor/oslo-delegation");
    assert.equal((await ask(url, "v1/statements?speaker=oslo-delegation")).statements.length, 1);
    assert.deepEqual((await ask(url, "v1/actors/oslo-delegation")).aliases.sort(), ["Oslo Delegation", "Oslo group"]);
    await page.getByRole("button", { name: "Correct this actor" }).click();
    await page.getByRole("button", { name: /undo: oslo-delegation added/ }).click();
    await page.waitForFunction(async () => (await fetch("v1/actors/oslo-delegation")).status === 404);
    await hasJobEnded(url);
    assert.equal((await ask(url, "v1/statements?speaker=Norway&members=false&limit=200")).statements.length, statements.length);
    await page.context().close();
  });

  for (const colorScheme of ["light", "dark"]) {
    test(`trail and corrections without a text fit and can be used by all: ${colorScheme}`, async () => {
      if ((await orphans()).length === 0) await makeOrphan();
      const [{ id }] = await orphans();
      const [{ id: article }] = (await ask(url, "v1/articles?title=mended")).articles;
      const page = await openPage(browser, { colorScheme, bypassCSP: true, reducedMotion: "reduce" });
      const pages = ["#/trail", "#/trail?who=nobody", "#/orphans", `#/orphans?edit=${id}`, `#/orphans?edit=${id}&article=${article}`];
      for (const hash of pages)
        for (const width of [390, 1280, 2560]) {
          await page.setViewportSize({ width, height: 900 });
          await go(page, url, hash);
          await checkPage(page, `${hash} at ${width}`, width);
        }
      noFaults(page);
      await page.context().close();
    });
  }
});
