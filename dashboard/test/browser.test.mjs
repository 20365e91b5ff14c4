// The dashboard of the real program, in a real browser.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ask, demo, openBrowser, openPage, postLines, startService, talks } from "./service.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const QUESTION = "all statements by Wang Yi about core interests";
const SENTENCE = "our core interests are being challenged";
const BAR = ".drawing svg rect:not([height='0'])";
const EMOJI = { text: "😀😀 𝔘 “We support the shipping levy,” Wang Yi said on Friday.\n", title: "Astral", published_at: "2024-05-03" };

let browser;
let service;
before(async () => {
  browser = await openBrowser();
  service = await startService();
});
after(async () => {
  await browser?.close();
  assert.equal(await service?.stop(), 0);
});

const noFaults = (page) => assert.deepEqual(page.faults, []);
const settled = (page) => page.waitForFunction(() => !document.querySelector(".loading, .bone, .stale"));
const go = async (page, hash, url = service.url) => {
  await page.goto(url + hash, { waitUntil: "domcontentloaded" });
  await page.waitForSelector("main h1, main h2");
  await page.waitForLoadState("networkidle");
  await settled(page);
};

describe("from an empty record to a question answered", () => {
  test("an empty record says so and leads to adding", async () => {
    const page = await openPage(browser);
    await go(page, "");
    await page.getByRole("link", { name: "Add an article" }).click();
    await page.getByRole("heading", { name: "Add an article" }).waitFor();
    noFaults(page);
    await page.context().close();
  });

  test("an article pasted, its statements seen before it is stored", async () => {
    const page = await openPage(browser);
    await go(page, "#/add");
    await page.getByLabel("Text").fill(talks.text);
    await page.getByLabel("Title").fill(talks.title);
    await page.getByLabel("Outlet").fill(talks.outlet);
    await page.getByLabel("Published on").fill(talks.published_at);
    await page.getByLabel("Address").fill(talks.url);
    await page.getByRole("button", { name: "Read it" }).click();
    await page.getByText("Nothing is stored yet.").waitFor();
    await page.locator(".text .said", { hasText: SENTENCE }).first().waitFor();
    assert.equal((await ask(service.url, "v1/articles")).articles.length, 0);
    await page.getByRole("button", { name: "Store it" }).click();
    await page.getByRole("heading", { name: talks.title }).waitFor();
    await page.locator(".text .said", { hasText: SENTENCE }).first().waitFor();
    const { articles } = await ask(service.url, "v1/articles");
    assert.equal(articles.length, 1);
    assert.equal(articles[0].outlet, talks.outlet);
    assert.equal(await page.locator(".margin > li").count(), articles[0].statement_count);
    noFaults(page);
    await page.context().close();
  });

  test("a question asked, its sentence seen, its parts shown and changed", async () => {
    const page = await openPage(browser);
    await go(page, "");
    await page.getByRole("searchbox").fill(QUESTION);
    await page.getByRole("button", { name: "Ask", exact: true }).click();
    await page.locator(".row .quote", { hasText: SENTENCE }).waitFor();
    const chips = page.getByRole("list", { name: "How the question was understood" });
    await chips.getByText("Wang Yi").waitFor();
    await chips.getByText("core interests").waitFor();
    await page.getByRole("complementary", { name: "Counts" }).getByRole("heading", { name: "1 statement" }).waitFor();
    await chips.getByRole("button", { name: "remove about core interests" }).click();
    await page.waitForFunction(() => !location.hash.includes("issue"));
    assert.match(page.url(), /#\/\?speaker=wang%20yi$/i);
    await chips.getByRole("button", { name: "not Wang Yi" }).click();
    await page.locator(".row", { hasText: "Blinken" }).first().waitFor();
    assert.equal(await page.locator(".row .row-who", { hasText: "Wang Yi" }).count(), 0);
    await chips.getByRole("button", { name: "with Wang Yi again" }).click();
    await page.locator(".row .quote", { hasText: SENTENCE }).waitFor();
    noFaults(page);
    await page.context().close();
  });

  test("a statement in its sentence, its citation with machine and confidence, why it was found", async () => {
    const { statements } = await ask(service.url, `v1/query?q=${encodeURIComponent(QUESTION)}`);
    const one = statements[0];
    const page = await openPage(browser);
    await go(page, `#/s/${one.id}`);
    await page.locator(".context mark.span-content", { hasText: SENTENCE }).waitFor();
    await page.locator(".context mark.span-source", { hasText: "Mr. Wang" }).waitFor();
    const cited = await page.locator(".cite pre").innerText();
    assert.ok(cited.includes(`read by machine (Demarche ${one.engine}; confidence ${one.confidence.toFixed(2)}`), cited);
    assert.ok(cited.includes("not checked by a person") && cited.includes(page.url()), cited);
    await page.getByRole("button", { name: "Show what decided" }).click();
    await page.getByRole("heading", { name: "Who says it" }).waitFor();
    assert.ok((await page.locator(".reasons tr").count()) > 10);
    await page.emulateMedia({ media: "print" });
    assert.ok(await page.locator(".cite pre").isVisible());
    for (const hidden of [".ask", ".top nav", ".why"]) assert.ok(!(await page.locator(hidden).first().isVisible()), hidden);
    noFaults(page);
    await page.context().close();
  });

  test("offsets count code points: what is marked is what the statement says", async () => {
    const [{ id }] = await postLines(service.url, JSON.stringify(EMOJI));
    const { statements } = await ask(service.url, `v1/articles/${id}/statements`);
    const page = await openPage(browser);
    await go(page, `#/s/${statements[0].id}`);
    const marked = await page.locator(".context .span-content").evaluate((node) =>
      Array.from(node.childNodes).filter((child) => child.nodeName === "#text").map((child) => child.data).join(""));
    assert.equal(marked, statements[0].content);
    await page.context().close();
  });
});

describe("the keyboard alone", () => {
  test("from the question to the statement and back", async () => {
    const page = await openPage(browser);
    await go(page, "");
    await page.keyboard.press("/");
    await page.keyboard.type(QUESTION);
    await page.keyboard.press("Enter");
    await page.locator(".row .quote", { hasText: SENTENCE }).waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.locator(".context mark.span-content", { hasText: SENTENCE }).waitFor();
    await page.goBack();
    await page.locator(".row .quote", { hasText: SENTENCE }).waitFor();
    assert.equal(await page.locator("#question").inputValue(), QUESTION);
    await page.context().close();
  });

  test("help opens and closes; keys of one letter can be switched off", async () => {
    const page = await openPage(browser);
    await go(page, "");
    await page.keyboard.press("?");
    await page.getByRole("dialog").waitFor();
    await page.getByLabel("Keys of one letter work").uncheck();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.keyboard.press("?");
    await page.keyboard.press("/");
    assert.equal(await page.getByRole("dialog").count(), 0);
    assert.notEqual(await page.evaluate(() => document.activeElement?.id), "question");
    await page.context().close();
  });
});

const select = (page, words, where) => page.evaluate(([wanted, selector]) => {
  const box = document.querySelector(selector);
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  const places = [];
  let text = "";
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest("sup, .gap")) continue;
    for (let i = 0; i < node.length; i++) places.push([node, i]);
    text += node.data;
  }
  const at = text.indexOf(wanted);
  const [first, start] = places[at];
  const [last, end] = places[at + wanted.length - 1];
  getSelection().setBaseAndExtent(first, start, last, end + 1);
}, [words, where]);

describe("a person's say", () => {
  const CORRECT = "right to develop has been suppressed";
  let own;
  let article;
  const statements = async () => (await ask(own.url, `v1/articles/${article}/statements`)).statements;
  const find = async (id) => (await statements()).find((one) => one.id === id);
  const jobsDone = async () => {
    for (;;) {
      const { jobs } = await ask(own.url, "v1/jobs");
      if (jobs[0].state !== "running") return;
      await new Promise((done) => setTimeout(done, 50));
    }
  };
  const restart = async () => {
    assert.equal(await own.stop(), 0);
    own = await startService([], "", { folder: own.folder, kept: true });
  };
  before(async () => {
    own = await startService([], "", { kept: true });
    [{ id: article }] = await postLines(own.url, JSON.stringify(talks));
  });
  after(async () => {
    assert.equal(await own.stop(), 0);
    rmSync(own.folder, { recursive: true, force: true });
  });

  test("from question to confirmed statement by the keyboard alone", async () => {
    const page = await openPage(browser);
    await go(page, "", own.url);
    await page.keyboard.press("/");
    await page.keyboard.type(QUESTION);
    await page.keyboard.press("Enter");
    await page.locator(".row .quote", { hasText: SENTENCE }).waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.locator(".context mark.span-content", { hasText: SENTENCE }).waitFor();
    await page.keyboard.press("c");
    await page.getByText("Confirmed.", { exact: true }).waitFor();
    const id = Number(page.url().match(/#\/s\/(\d+)/)[1]);
    assert.equal((await find(id)).status, "confirmed");
    assert.ok((await page.locator(".cite pre").innerText()).includes("confirmed"));
    await page.locator(".history li", { hasText: "confirmed by local" }).waitFor();
    await page.keyboard.press("u");
    await page.getByText("Taken back.").waitFor();
    assert.equal((await find(id)).status, "machine");
    await jobsDone();
    noFaults(page);
    await page.context().close();
  });

  test("a statement corrected stays so: posted again, read again, restarted, deleted and posted", async () => {
    const { id } = (await statements())[1];
    const page = await openPage(browser);
    await go(page, `#/s/${id}`, own.url);
    await page.keyboard.press("e");
    await page.getByLabel("Speaker").fill("Antony Blinken");
    await page.getByLabel("Issue 1").fill("taiwan");
    await page.getByLabel("Position on it").first().selectOption("oppose");
    await select(page, CORRECT, ".statement .context");
    await page.getByRole("button", { name: "Use the selected text" }).click();
    assert.equal(await page.getByLabel(/Content, word for word/).inputValue(), CORRECT);
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Corrected.").waitFor();
    await page.locator(".context mark.span-content", { hasText: "right to develop" }).first().waitFor();
    const corrected = async () => {
      const one = await find(id);
      assert.equal(one.status, "edited");
      assert.equal(one.speaker.id, "antony-blinken");
      assert.equal(one.content, CORRECT);
      assert.deepEqual([one.issues[0].id, one.issues[0].position], ["taiwan", "oppose"]);
    };
    await corrected();
    await postLines(own.url, JSON.stringify(talks));
    await corrected();
    await fetch(`${own.url}v1/issues`, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ label: "Talks", terms: ["days of talks"] }),
    });
    await jobsDone();
    await corrected();
    await restart();
    await corrected();
    await fetch(`${own.url}v1/articles/${article}`, { method: "DELETE" });
    [{ id: article }] = await postLines(own.url, JSON.stringify(talks));
    await corrected();
    noFaults(page);
    await page.context().close();
  });

  test("a statement changed meanwhile is told, and shown as it is now", async () => {
    const { id } = (await statements())[2];
    const page = await openPage(browser, {}, /status of 412/);
    await go(page, `#/s/${id}`, own.url);
    await fetch(`${own.url}v1/statements/${id}`, {
      method: "PATCH", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ status: "rejected" }),
    });
    await page.keyboard.press("c");
    await page.getByText("It has changed since you read it.").waitFor();
    await page.locator(".judging [role=status]", { hasText: "rejected" }).waitFor();
    assert.equal((await find(id)).status, "rejected");
    await page.keyboard.press("c");
    await page.getByText("Confirmed.", { exact: true }).waitFor();
    noFaults(page);
    await page.context().close();
  });

  test("a missing statement added by selecting its words", async () => {
    const page = await openPage(browser);
    await go(page, `#/article/${article}`, own.url);
    await select(page, "Secretary of State Antony J. Blinken arrived in Beijing", ".reading .text");
    await page.getByRole("button", { name: "Add a statement that is missing" }).click();
    await page.getByLabel("Speaker").fill("Antony Blinken");
    await page.getByRole("button", { name: "Save" }).click();
    await page.locator(".context mark.span-content", { hasText: "arrived in Beijing" }).waitFor();
    noFaults(page);
    await page.context().close();
  });

  test("the queue by keys: confirm, reject and go on, take back; many counted first", async () => {
    const page = await openPage(browser);
    await go(page, "#/queue", own.url);
    await page.getByText(/^1 of \d+ statements?/).waitFor();
    const first = Number((await page.getByRole("link", { name: "open the statement" }).getAttribute("href")).match(/\d+/)[0]);
    await page.keyboard.press("x");
    await page.getByText(/^2 of \d+ statements?|That is all/).waitFor();
    assert.equal((await find(first)).status, "rejected");
    await page.keyboard.press("u");
    await page.getByText(/^1 of \d+ statements?/).waitFor();
    assert.equal((await find(first)).status, "machine");
    await jobsDone();
    await go(page, "#/queue?min_confidence=0.1", own.url);
    await page.getByRole("button", { name: "Confirm all that fit" }).click();
    await page.getByRole("button", { name: /^Confirm all \d+/ }).click();
    await page.getByText(/statements? confirmed\./).waitFor();
    await page.getByRole("button", { name: "Undo all of it" }).click();
    await page.getByText(/^1 of \d+ statements?/).waitFor();
    await jobsDone();
    // A wrong speaker, of all that fit.
    await go(page, "#/queue?speaker=wang-yi&members=false", own.url);
    await page.getByLabel("All that fit were said by").fill("Antony Blinken");
    await page.getByRole("button", { name: "Change the speaker" }).click();
    await page.getByRole("button", { name: /^All \d+ were said by Antony Blinken/ }).click();
    await page.getByText(/statements? now said by Antony Blinken\./).waitFor();
    assert.equal((await find(first)).speaker.id === "wang-yi", false);
    await page.getByRole("button", { name: "Undo all of it" }).click();
    await page.getByText(/^1 of \d+ statements?/).waitFor();
    await jobsDone();
    noFaults(page);
    await page.context().close();
  });

  test("two actors merged, and taken apart again", async () => {
    const count = async (actor) => (await ask(own.url, `v1/stats?speaker=${actor}&members=false`)).total;
    const [wang, blinken] = [await count("wang-yi"), await count("antony-blinken")];
    // Whether the texts are being read again yet cannot be seen: the job from before is done, too.
    const becomes = (page, actor, n) => page.waitForFunction(
      async ([who, many]) => (await (await fetch(`v1/stats?speaker=${who}&members=false`)).json()).total === many, [actor, n]);
    const page = await openPage(browser);
    await go(page, "#/actor/wang-yi", own.url);
    await page.getByRole("button", { name: "Correct this actor" }).click();
    await page.getByLabel("Wang Yi is the same as").fill("Antony Blinken");
    await page.getByRole("button", { name: "Merge into it" }).click();
    await page.getByRole("heading", { name: "Antony Blinken", level: 1 }).waitFor();
    await becomes(page, "antony-blinken", wang + blinken);
    await page.getByRole("button", { name: "Correct this actor" }).click();
    await page.getByRole("button", { name: "undo: wang-yi merged into antony-blinken" }).click();
    await becomes(page, "wang-yi", wang);
    await becomes(page, "antony-blinken", blinken);
    noFaults(page);
    await page.context().close();
  });
});

describe("more of a record", () => {
  test("many articles from a file, with a bar; those refused are named", async () => {
    const file = join(service.folder, "many.ndjson");
    const more = Array.from({ length: 30 }, (_, i) => JSON.stringify({
      text: `“We oppose tariff number ${i}, and our partners know it,” Wang Yi said on Monday.`,
      title: `Number ${i}`, published_at: `2024-0${1 + (i % 9)}-11`, outlet: "Example Times",
    }));
    writeFileSync(file, `${readFileSync(demo, "utf8").trim()}\n${more.join("\n")}\n{"txt": 1}\n`);
    const page = await openPage(browser);
    await go(page, "#/add");
    await page.getByLabel("A file with one article as JSON a line").setInputFiles(file);
    await page.getByText("38 of 38 articles").waitFor();
    await page.getByText("Line 38:").waitFor();
    assert.equal(await page.getByRole("progressbar", { name: "Articles stored" }).getAttribute("value"), "38");
    noFaults(page);
    await page.context().close();
  });

  test("rows come in pages, and all of them come", async () => {
    const { total } = await ask(service.url, "v1/stats?speaker=Wang+Yi&members=false");
    assert.ok(total > 30);
    const page = await openPage(browser);
    await go(page, "#/?speaker=Wang%20Yi");
    assert.equal(await page.locator(".row").count(), 30);
    await page.getByRole("button", { name: "Load more" }).click();
    await page.getByText(`That is all: ${total} statements.`).waitFor();
    assert.equal(await page.locator(".row").count(), total);
    assert.equal(await page.locator(".row .quote").evaluateAll((rows) => new Set(rows.map((row) => row.querySelector("a").href)).size), total);
    await page.context().close();
  });

  test("counts are asked for once the rows are painted", async () => {
    const page = await openPage(browser);
    await page.addInitScript(() => {
      new MutationObserver((_, observer) => {
        if (!document.querySelector(".row")) return;
        observer.disconnect();
        requestAnimationFrame(() => { globalThis.painted = performance.now(); });
      }).observe(document, { childList: true, subtree: true });
    });
    await go(page, "#/?speaker=Norway");
    const [first, painted] = await page.evaluate(() => [
      performance.getEntriesByType("resource").find(({ name }) => name.includes("/v1/facets")).startTime, globalThis.painted,
    ]);
    assert.ok(first >= painted, `asked at ${first} ms, painted at ${painted} ms`);
    await page.context().close();
  });

  test("counts narrow the question to as many statements as they tell", async () => {
    const page = await openPage(browser);
    await go(page, "#/?issue=shipping%20levy");
    const group = page.locator(".facet", { hasText: "Position" }).locator("li", { hasText: "opposes" });
    const told = Number((await group.locator(".count").innerText()).split(" ")[0]);
    await group.getByRole("link").click();
    await page.waitForFunction(() => location.hash.includes("position=oppose"));
    await page.getByText(`That is all: ${told} statements.`).waitFor();
    await page.context().close();
  });

  test("a name that is typed is suggested", async () => {
    const page = await openPage(browser);
    await go(page, "#/?issue=shipping%20levy");
    await page.getByLabel("Add a condition").selectOption("speaker");
    const field = page.getByRole("combobox", { name: "said by" });
    await field.pressSequentially("norw");
    await page.locator("datalist option[value='Norway']").waitFor({ state: "attached" });
    await field.fill("Norway");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.waitForFunction(() => location.hash.includes("speaker=Norway"));
    noFaults(page);
    await page.context().close();
  });

  test("an empty answer names the part and offers the question without it", async () => {
    const page = await openPage(browser);
    await go(page, `#/?q=${encodeURIComponent("all statements by Norway about shiping")}`);
    await page.getByRole("heading", { name: "No statement fits" }).waitFor();
    await page.getByRole("link", { name: "shipping levy" }).waitFor();
    await page.getByRole("link", { name: "without “shiping”" }).click();
    await page.locator(".row").first().waitFor();
    await page.context().close();
  });

  test("words that were not understood are named", async () => {
    const page = await openPage(browser);
    await go(page, `#/?q=${encodeURIComponent("statements by Norway qwertz asdf")}`);
    await page.getByText("Not understood:").waitFor();
    await page.getByRole("link", { name: /Look for/ }).waitFor();
    await page.context().close();
  });

  test("an actor's turn has both quotations", async () => {
    const page = await openPage(browser);
    await go(page, "#/actor/NOR?issue=shipping-levy");
    await page.getByText("From opposition to support").waitFor();
    assert.equal(await page.locator(".turn .quote").count(), 2);
    await page.locator(BAR).first().waitFor();
    noFaults(page);
    await page.context().close();
  });

  test("who changed sides on an issue, with both quotations; an article in a row more or less", async () => {
    const page = await openPage(browser);
    await go(page, "#/issue/shipping-levy");
    await page.getByRole("link", { name: "Who changed sides on it" }).click();
    const { changes } = await ask(service.url, "v1/changes?issue=shipping-levy");
    await page.locator(".turns").first().waitFor();
    const said = await page.locator(".turn .quote [data-open]").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
    assert.deepEqual(said, changes.reverse().flatMap(({ before, after }) => [`#/s/${before.id}`, `#/s/${after.id}`]));
    assert.ok(changes.some(({ speaker }) => speaker.id === "NOR"));
    await page.getByRole("link", { name: "5 articles" }).click();
    await page.getByText("No turn from one side to the other.").waitFor();
    await page.goto(`${service.url}#/turns`);
    await page.getByLabel("Said by").fill("Norway");
    await page.getByRole("button", { name: "Show" }).click();
    await page.getByRole("link", { name: "phrases of the texts, too" }).click();
    await page.locator(".turns", { hasText: "shipping levy" }).first().waitFor();
    noFaults(page);
    await page.context().close();
  });

  test("an issue has who supports and who opposes, in their words", async () => {
    const page = await openPage(browser);
    await go(page, "#/issue/shipping-levy");
    await page.locator(".side-support .counts", { hasText: "United Kingdom" }).waitFor();
    await page.locator(".side-oppose .counts", { hasText: "United States" }).waitFor();
    assert.ok((await page.locator(".side-oppose .row .position-oppose").count()) > 0);
    noFaults(page);
    await page.context().close();
  });

  test("two actors side by side; a cell opens its statements", async () => {
    const page = await openPage(browser);
    await go(page, "#/compare");
    await page.getByLabel("One").fill("United Kingdom");
    await page.getByLabel("The other").fill("United States");
    await page.getByRole("button", { name: "Compare" }).click();
    await go(page, `${new URL(page.url()).hash}&open=true`);
    const row = page.locator(".grid tbody tr", { hasText: "shipping levy" });
    await row.getByText("opposite sides").waitFor();
    await row.getByRole("link", { name: /opposes \d/ }).click();
    await page.locator(".row").first().waitFor();
    await page.context().close();
  });

  test("the timeline's table has the figures of the service", async () => {
    const conditions = "speaker=Norway&issue=shipping-levy";
    const { groups } = await ask(service.url, `v1/stats?${conditions}&by=position&interval=month`);
    const page = await openPage(browser);
    await go(page, `#/time?${conditions}&show=share`);
    await page.getByText("Shares are of the statements of each interval").waitFor();
    const shown = await page.locator(".figures tbody a:not(th a)").evaluateAll((links) =>
      links.reduce((sum, link) => sum + Number(link.textContent), 0));
    assert.equal(shown, groups.reduce((sum, { count }) => sum + count, 0));
    await page.context().close();
  });
});

describe("the network", () => {
  const ids = (page, selector, name) => page.locator(selector).evaluateAll((nodes, key) => nodes.map((node) => node.dataset[key]), name);
  const edgeId = ({ source, target }) => `${source} ${target}`;
  const QUESTIONS = [
    "open=true", "open=true&agreement=subtract", "open=true&mode=actors&agreement=subtract", "open=true&mode=actors&agreement=conflict&duplicates=document",
    "open=true&mode=issues&normalization=cosine&limit=20", "issue=shipping-levy&mode=actors&agreement=subtract&fold=true",
  ];

  test("nodes, edges and the table are those of the service", async () => {
    const page = await openPage(browser);
    const strokes = new Set();
    for (const question of QUESTIONS) {
      const told = await ask(service.url, `v1/network?${question}${question.includes("limit") ? "" : "&limit=100"}`);
      assert.ok(told.edges.length > 0, question);
      await go(page, `#/network?${question}`);
      await page.waitForSelector(".node");
      assert.deepEqual((await ids(page, ".node", "node")).sort(), told.nodes.map(({ id }) => id).sort(), question);
      assert.deepEqual((await ids(page, "g.tie", "edge")).sort(), told.edges.map(edgeId).sort(), question);
      assert.deepEqual(await ids(page, ".sorted tbody tr", "id"), told.edges.map(edgeId), question);
      for (const edge of told.edges) {
        const kind = told.agreement === "ignore" ? "plain" : told.agreement === "conflict" || edge.weight < 0 ? "against" : "with";
        strokes.add(kind);
        assert.equal(await page.locator(`g.tie-${kind}[data-edge="${edgeId(edge)}"]`).count(), 1, edgeId(edge));
      }
      await page.getByText(told.nodes_left_out ? `${told.nodes.length} of ${told.nodes.length + told.nodes_left_out}` : `all ${told.nodes.length}`).first().waitFor();
      await page.getByRole("link", { name: `${told.nodes.length} nodes` }).click();
      await page.waitForFunction((n) => document.querySelectorAll(".sorted tbody tr").length === n && location.hash.includes("table=nodes"), told.nodes.length);
      assert.deepEqual(await ids(page, ".sorted tbody tr", "id"), told.nodes.map(({ id }) => id), question);
    }
    assert.deepEqual([...strokes].sort(), ["against", "plain", "with"]);
    const dash = (kind) => page.locator(`g.tie-${kind} .tie-line`).first().evaluate((line) => getComputedStyle(line).strokeDasharray);
    await go(page, "#/network?open=true&agreement=subtract");
    assert.equal(await dash("with"), "none");
    assert.notEqual(await dash("against"), "none");
    noFaults(page);
    await page.context().close();
  });

  test("a node chosen: its statements; the address brings it back, places and all", async () => {
    const page = await openPage(browser);
    await go(page, "#/network?open=true&agreement=subtract");
    await page.locator('[data-node="actor:NOR"] .knot').click();
    const panel = page.getByRole("complementary", { name: "What is behind it" });
    await panel.getByRole("heading", { name: "Norway" }).waitFor();
    await panel.locator(".row").first().waitFor();
    const { statements } = await ask(service.url, "v1/statements?speaker=NOR&members=false&limit=4");
    const links = (list) => list.map(({ id }) => `#/s/${id}`);
    assert.deepEqual(await panel.locator(".row [data-open]").evaluateAll((all) => all.map((one) => one.getAttribute("href"))), links(statements));
    const places = () => page.locator(".node .knot").evaluateAll((all) => all.map((one) => [one.getAttribute("cx"), one.getAttribute("x"), one.getAttribute("cy"), one.getAttribute("y")].join()));
    const before = await places();
    await page.reload();
    await panel.locator(".row").first().waitFor();
    await page.locator('.node-chosen[data-node="actor:NOR"]').waitFor();
    assert.deepEqual(await places(), before);
    await panel.locator(".row [data-open]").first().click();
    await page.locator(".context mark.span-content").first().waitFor();
    noFaults(page);
    await page.context().close();
  });

  test("an edge chosen: what the two share, and who said what", async () => {
    const question = "open=true&mode=actors&agreement=subtract";
    const { edges, nodes } = await ask(service.url, `v1/network?${question}`);
    const page = await openPage(browser);
    await go(page, `#/network?${question}`);
    for (const edge of [edges[0], edges.find(({ weight }) => weight < 0)]) {
      const slugs = [edge.source, edge.target].map((id) => nodes.find((node) => node.id === id).slug);
      await page.locator(`.sorted tr[data-id="${edgeId(edge)}"] [data-open]`).click();
      await page.waitForFunction((id) => decodeURIComponent(location.hash).endsWith(`edge=${id}`), edgeId(edge));
      await page.locator(".network-panel .row").first().waitFor();
      await settled(page);
      assert.equal(await page.locator(".joints tbody tr").count(), edge.common, edgeId(edge));
      const said = await page.locator(".network-panel .row .speaker").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
      assert.ok(said.length > 0 && said.every((href) => slugs.some((slug) => href === `#/actor/${slug}`)), said.join());
      const sums = await page.locator(".joints tbody tr").evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll("td a")].map((cell) =>
        Object.fromEntries([...cell.textContent.matchAll(/(▲|▼) (\d+)/g)].map(([, mark, n]) => [mark, Number(n)])))));
      const congruence = sums.reduce((sum, [a, b]) => sum + (a["▲"] ?? 0) * (b["▲"] ?? 0) + (a["▼"] ?? 0) * (b["▼"] ?? 0), 0);
      const conflict = sums.reduce((sum, [a, b]) => sum + (a["▲"] ?? 0) * (b["▼"] ?? 0) + (a["▼"] ?? 0) * (b["▲"] ?? 0), 0);
      assert.deepEqual([congruence, conflict, congruence - conflict], [edge.congruence, edge.conflict, edge.weight], edgeId(edge));
    }
    noFaults(page);
    await page.context().close();
  });

  test("by the keyboard: from node to node, chosen and left; the table sorted", async () => {
    const page = await openPage(browser);
    await go(page, "#/network?open=true");
    await page.locator('.node[tabindex="0"]').focus();
    const first = await page.evaluate(() => document.activeElement.dataset.node);
    for (const key of ["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"]) await page.keyboard.press(key);
    await page.keyboard.press("ArrowRight");
    const next = await page.evaluate(() => document.activeElement.dataset.node);
    assert.ok(next);
    await page.keyboard.press("Enter");
    await page.locator(`.node-chosen[data-node="${next}"]`).waitFor();
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => !location.hash.includes("node="));
    assert.equal(await page.locator('.node[tabindex="0"]').count(), 1, first);
    const { nodes } = await ask(service.url, "v1/network?open=true&limit=100");
    await go(page, "#/network?open=true&table=nodes");
    await page.getByRole("link", { name: "Name", exact: true }).focus();
    await page.keyboard.press("Enter");
    await page.locator('th[aria-sort="ascending"]').waitFor();
    const names = nodes.map(({ label }) => label).sort((a, b) => a.localeCompare(b, "en"));
    assert.deepEqual(await page.locator(".sorted tbody th").allInnerTexts(), names);
    await page.context().close();
  });

  test("settings are the address; all of it as files; without the drawing the table stays", async () => {
    const page = await openPage(browser, {}, /ERR_FAILED/);
    await go(page, "#/network?open=true&limit=50");
    await page.locator('select[name="mode"]').selectOption("actors");
    await page.locator('select[name="agreement"]').selectOption("congruence");
    await page.waitForFunction(() => location.hash === "#/network?open=true&limit=50&mode=actors&agreement=congruence");
    await settled(page);
    const { edges } = await ask(service.url, "v1/network?open=true&mode=actors&agreement=congruence&limit=50000");
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "GraphML" }).click()]);
    assert.equal(file.suggestedFilename(), "network.graphml");
    assert.equal([...readFileSync(await file.path(), "utf8").matchAll(/<edge /g)].length, edges.length);
    await page.route("**/layout-*.js", (route) => route.abort());
    await page.reload();
    await page.getByText("The drawing could not be loaded").waitFor();
    assert.ok((await page.locator(".sorted tbody tr").count()) > 0);
    await go(page, "#/network?speaker=Norway&min_weight=900");
    await page.getByRole("link", { name: "Whatever the weight" }).waitFor();
    await page.goto(`${service.url}#/network?min_weight=heavy`);
    await page.getByRole("alert").waitFor();
    await page.context().close();
  });
});

describe("when something is wrong", () => {
  test("what is not there is told", async () => {
    const page = await openPage(browser);
    for (const hash of ["#/s/1", "#/article/1", "#/actor/nobody", "#/issue/nothing"]) {
      await page.goto(service.url + hash);
      await page.getByRole("alert").getByText("Not found.").waitFor();
    }
    await page.goto(`${service.url}#/nowhere`);
    await page.getByText("There is no such page").waitFor();
    noFaults(page);
    await page.context().close();
  });

  test("a refused condition is marked on its part", async () => {
    const page = await openPage(browser);
    await page.goto(`${service.url}#/?speaker=Norway&position=sideways`);
    await page.locator(".chip-unknown", { hasText: "sideways" }).waitFor();
    await page.getByRole("alert").waitFor();
    await page.getByRole("button", { name: "remove position sideways" }).click();
    await page.locator(".row").first().waitFor();
    await page.context().close();
  });

  test("too busy: it counts down and asks again", async () => {
    const page = await openPage(browser);
    let times = 0;
    await page.route("**/v1/statements?**", async (route) => {
      if (times++ > 0) return route.continue();
      return route.fulfill({ status: 503, headers: { "Retry-After": "1" }, contentType: "application/problem+json", body: "{}" });
    });
    await page.goto(`${service.url}#/?speaker=Norway`);
    await page.getByText("Asking again in 1 s").waitFor();
    await page.locator(".row").first().waitFor();
    await page.context().close();
  });

  test("an answer that comes after that to a later question is not shown", async () => {
    const page = await openPage(browser);
    let release;
    const held = new Promise((done) => { release = done; });
    await page.route("**/v1/query?**", async (route) => {
      await held;
      return route.continue();
    });
    await page.goto(`${service.url}#/?q=who%20opposes%20the%20ferry`);
    await page.locator(".loading").waitFor();
    await page.evaluate(() => { location.hash = "#/?speaker=Norway"; });
    await page.locator(".row", { hasText: "Norway" }).first().waitFor();
    const late = page.waitForResponse("**/v1/query?**").then((answer) => answer.finished());
    release();
    await late;
    await settled(page);
    await page.evaluate(() => new Promise((done) => setTimeout(done, 200)));
    assert.equal(await page.locator(".stale").count(), 0);
    assert.ok(await page.locator(".row", { hasText: "Norway" }).count() > 0);
    noFaults(page);
    await page.context().close();
  });

  test("figures that were not all counted are said to be a part", async () => {
    const page = await openPage(browser);
    await page.route("**/v1/stats?**", async (route) => {
      const answer = await route.fetch();
      return route.fulfill({ response: answer, json: { ...(await answer.json()), is_partial: true } });
    });
    for (const hash of ["#/actor/NOR", "#/issue/shipping", "#/time?speaker=Norway"]) {
      await go(page, hash);
      await page.getByText("Not all statements were counted in time").first().waitFor();
    }
    noFaults(page);
    await page.context().close();
  });

  test("who takes a position on something else is shown as a mention", async () => {
    const text = "Ida Holm said that she opposes the ferry. Per Moe condemned the strike. The ferry sails in May.";
    await postLines(service.url, JSON.stringify({ text, title: "Notices", published_at: "2024-05-03" }));
    const page = await openPage(browser);
    await go(page, "#/?q=who%20opposes%20the%20ferry");
    await page.locator("section[aria-label=Mentions] .row", { hasText: "the strike" }).waitFor();
    assert.deepEqual(await page.locator("section.who li a").allTextContents(), ["Ida Holm"]);
    noFaults(page);
    await page.context().close();
  });

  test("without a network it says so, and goes on with it", async () => {
    const page = await openPage(browser, {}, /ERR_INTERNET_DISCONNECTED/);
    await go(page, "#/?speaker=Norway");
    await page.context().setOffline(true);
    await page.getByText("No network.").waitFor();
    assert.ok((await page.locator(".row").count()) > 0);
    await page.evaluate(() => { location.hash = "#/actor/NOR"; });
    await page.getByText("The service cannot be reached.").first().waitFor();
    await page.context().setOffline(false);
    await page.getByRole("heading", { name: "Norway" }).waitFor();
    noFaults(page);
    await page.context().close();
  });

  test("what an article says is no markup, and the page makes none of any string", async () => {
    const evil = { text: "“<img src=x onerror=alert(1)> <b>bold</b>,” Wang Yi said.", title: "<script>alert(1)</script>" };
    const [{ id }] = await postLines(service.url, JSON.stringify(evil));
    const page = await openPage(browser, {}, /requires 'TrustedHTML'/);
    await go(page, `#/article/${id}`);
    await page.getByRole("heading", { name: evil.title }).waitFor();
    assert.equal(await page.locator("main img, main b, main script").count(), 0);
    assert.equal(await page.evaluate(() => {
      try {
        document.querySelector("main").innerHTML = "<b>x</b>";
        return "made";
      } catch {
        return "refused";
      }
    }), "refused");
    noFaults(page);
    await page.context().close();
  });
});

describe("tokens", () => {
  let closed;
  before(async () => {
    const file = join(service.folder, "tokens");
    writeFileSync(file, "read a-readers-long-token\nwrite a-writers-long-token\n");
    closed = await startService(["--tokens-file", file]);
  });
  after(async () => assert.equal(await closed.stop(), 0));

  test("a field for the token; one that is not known any more asks for another", async () => {
    const page = await openPage(browser);
    await page.goto(closed.url);
    await page.getByLabel("This record asks for a token:").fill("an-old-long-token");
    await page.getByRole("button", { name: "Use it" }).click();
    await page.getByLabel(/not known any more/).fill("a-readers-long-token");
    await page.getByRole("button", { name: "Use it" }).click();
    await page.getByText("The record is empty.").waitFor();
    await page.goto(`${closed.url}#/add`);
    await page.getByLabel("Text").fill(talks.text);
    await page.getByRole("button", { name: "Read it" }).click();
    await page.getByRole("button", { name: "Store it" }).click();
    await page.getByText("This token may not do that.").waitFor();
    await page.context().close();
  });
});

describe("below a base path", () => {
  test("all addresses are relative", async () => {
    const below = await startService(["--base-path", "/tools/demarche"], "/tools/demarche");
    const page = await openPage(browser);
    const outside = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(below.url)) outside.push(request.url());
    });
    await postLines(below.url, JSON.stringify(talks));
    await go(page, `#/?q=${encodeURIComponent(QUESTION)}`, below.url);
    await page.locator(".row .quote", { hasText: SENTENCE }).getByRole("link").click();
    await page.locator(".context mark.span-content", { hasText: SENTENCE }).waitFor();
    await page.getByRole("link", { name: "Timeline" }).click();
    await page.locator(BAR).first().waitFor();
    assert.deepEqual(outside, []);
    noFaults(page);
    await page.context().close();
    assert.equal(await below.stop(), 0);
  });
});

describe("every page fits and can be used by all", () => {
  const WIDTHS = [390, 1280, 2560];
  const pages = async () => {
    const { statements } = await ask(service.url, "v1/statements?speaker=Norway&limit=1");
    const [one] = statements;
    return [
      "#/", "#/?issue=shipping%20levy", "#/?speaker=nobody%20knows&issue=shipping", `#/s/${one.id}`,
      `#/article/${one.article}?s=${one.id}`, "#/actor/NOR?issue=shipping-levy&open=true", "#/issue/shipping-levy",
      "#/compare?a=Norway&b=United%20States&open=true", "#/time?issue=shipping-levy", "#/turns", "#/turns?speaker=Norway",
      "#/network?open=true", "#/network?open=true&mode=actors&agreement=subtract&node=actor:NOR", "#/network?open=true&table=nodes&sort=pairs&node=issue:shipping-levy",
      "#/network?issue=nothing%20such", "#/queue", "#/queue?speaker=Norway", "#/check?text=Norway%20supports%20the%20shipping%20levy&speaker=Norway", "#/add", "#/status", "#/s/1",
    ];
  };

  for (const colorScheme of ["light", "dark"]) {
    test(`no overflow, no serious finding of axe: ${colorScheme}`, async () => {
      // axe is a string that becomes a script, which the page's policy refuses.
      const page = await openPage(browser, { colorScheme, bypassCSP: true, reducedMotion: "reduce" });
      for (const hash of await pages()) {
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 900 });
          await go(page, hash);
          const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          assert.ok(over <= 0, `${hash} is ${over} px too wide at ${width} px`);
          if (width === 2560) continue;
          await page.evaluate(axe);
          const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
          const bad = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
          assert.deepEqual(bad.map(({ id, nodes }) => [hash, width, id, nodes.slice(0, 3).map(({ html }) => html.slice(0, 200))]), []);
        }
      }
      noFaults(page);
      await page.context().close();
    });
  }
});
