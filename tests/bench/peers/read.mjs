// Words a second of CPU time that a library reads: node read.mjs wink|compromise FILE SECONDS, with a
// text a line as a JSON string. Neither finds who said what: what is timed is tokens, sentences,
// tags and names.
import { readFileSync } from "node:fs";

async function reader(name) {
  if (name === "wink") {
    const winkNLP = (await import("wink-nlp")).default;
    const model = (await import("wink-eng-lite-web-model")).default;
    const nlp = winkNLP(model, ["sbd", "negation", "ner", "pos"]);
    return (text) => {
      const doc = nlp.readDoc(text);
      return doc.sentences().length() + doc.entities().out().length;
    };
  }
  const nlp = (await import("compromise")).default;
  return (text) => {
    const doc = nlp(text);
    return doc.quotations().length + doc.people().length + doc.places().length + doc.organizations().length;
  };
}

const [, , name, file, seconds] = process.argv;
const texts = readFileSync(file, "utf8").trim().split("\n").map((line) => JSON.parse(line));
const words = texts.reduce((n, t) => n + t.split(/[ \n\t]+/).filter((w) => w).length, 0);
const read = await reader(name);
texts.slice(0, 16).forEach(read);
const before = process.cpuUsage();
let turns = 0, found = 0, spent = 0;
do {
  for (const t of texts) found += read(t);
  turns++;
  const { user, system } = process.cpuUsage(before);
  spent = (user + system) / 1e6;
} while (spent < Number(seconds));
console.log(`${(words * turns) / spent} ${process.resourceUsage().maxRSS} ${found}`);
