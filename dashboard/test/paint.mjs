// How long until the first rows of a question are painted (those that a window shows; the others
// come a frame later), against a plain table of the rows of the same answer
// on a page of nothing else: both from an empty cache, in turns, in one run. For a large record of
// a service that was started with --cors-origins '*', since the plain page comes from here:
//
//   node test/paint.mjs http://127.0.0.1:8080/ SPEAKER ISSUE [rounds]
import { createServer } from "node:http";
import { openBrowser } from "./service.mjs";

const [url, speaker, issue, rounds = "9"] = process.argv.slice(2);
const conditions = `speaker=${encodeURIComponent(speaker)}&issue=${encodeURIComponent(issue)}`;
const PLAIN = `<!doctype html><title>x</title><table id="t"></table><script type="module">
  const { statements } = await (await fetch("${url}v1/statements?${conditions}&limit=30")).json();
  for (const s of statements) {
    const row = document.querySelector("#t").insertRow();
    row.className = "row";
    for (const text of [s.speaker?.name, s.content, s.issues.map((i) => i.label).join(", "), s.published_at, s.outlet])
      row.insertCell().textContent = text ?? "";
  }
</script>`;

// When the frame with the first row has been handed over, in ms since the navigation began.
const watch = () => {
  new MutationObserver((_, observer) => {
    if (!document.querySelector(".row")) return;
    observer.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => { globalThis.painted = performance.now(); }));
  }).observe(document, { childList: true, subtree: true });
};

async function paint(browser, address) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(watch);
  await page.goto(address, { waitUntil: "commit" });
  await page.waitForFunction(() => globalThis.painted);
  const result = await page.evaluate(() => ({
    painted: globalThis.painted,
    rows: document.querySelectorAll(".row").length,
    counts: performance.getEntriesByType("resource").filter(({ name }) => name.includes("/v1/facets")).map(({ startTime }) => startTime),
  }));
  await context.close();
  return result;
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const server = createServer((_, answer) => answer.setHeader("Content-Type", "text/html").end(PLAIN));
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const beside = `http://127.0.0.1:${server.address().port}/`;
const browser = await openBrowser();
const ours = [];
const plain = [];
let early = 0;
for (let i = 0; i < Number(rounds); i++) {
  plain.push(await paint(browser, beside));
  ours.push(await paint(browser, `${url}#/?${conditions}`));
  early += ours[i].counts.filter((at) => at < ours[i].painted - 50).length;
}
await browser.close();
server.close();
const [a, b] = [ours, plain].map((list) => median(list.map(({ painted }) => painted)));
console.log(`rows ${ours[0].rows} and ${plain[0].rows}; painted after ${a.toFixed(0)} ms, a plain table after ${b.toFixed(0)} ms: ` +
  `${(a / b).toFixed(2)} times (medians of ${rounds}); counts asked for long before the rows: ${early}`);
