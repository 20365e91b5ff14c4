// openapi.yaml as JSON, and as a page that needs no script and nothing from elsewhere.
import yaml from "js-yaml";

// As a JSON parser would read it: dates stay text.
export const parse = (text) => yaml.load(text, { schema: yaml.JSON_SCHEMA });

const MARKS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const plain = (text) => String(text).replace(/[&<>"]/g, (mark) => MARKS[mark]);
const inline = (text) =>
  plain(text)
    .replace(/`([^`]+)`/g, "<code>$1</code>")
    .replace(/\[([^\]]+)\]\((#[^)]+)\)/g, '<a href="$2">$1</a>')
    .replace(/\[([^\]]+)\]\([^)]+\)/g, "$1")
    .replace(/\*\*([^*]+)\*\*/g, "<strong>$1</strong>");

// What the document uses of Markdown: paragraphs, lists, blocks of code.
function block(text) {
  if (/^ {4}|^```/.test(text)) return `<pre>${plain(text.replace(/^```.*$\n?/gm, "").replace(/^ {4}/gm, ""))}</pre>`;
  if (!/^[-*] /.test(text)) return `<p>${inline(text)}</p>`;
  const items = text.split(/^[-*] /m).slice(1);
  return `<ul>${items.map((item) => `<li>${inline(item.trim())}</li>`).join("")}</ul>`;
}
const prose = (text) => (text ?? "").trim().split(/\n{2,}/).filter(Boolean).map(block).join("\n");

const nameOf = (ref) => ref.slice(ref.lastIndexOf("/") + 1);
const link = (ref) => `<a href="#schema-${nameOf(ref)}">${nameOf(ref)}</a>`;

function limits(schema) {
  const words = {
    format: "", pattern: "pattern ", default: "default ", minimum: "at least ", maximum: "at most ", minLength: "characters at least ",
    maxLength: "characters at most ", minItems: "items at least ", maxItems: "items at most ", const: "always ",
  };
  const parts = Object.entries(words).filter(([key]) => schema[key] !== undefined)
    .map(([key, word]) => plain(`${word}${typeof schema[key] === "object" ? JSON.stringify(schema[key]) : schema[key]}`));
  if (schema.enum) parts.push(`one of ${schema.enum.map((v) => `<code>${plain(v)}</code>`).join(", ")}`);
  return parts.length ? ` <small>${parts.join("; ")}</small>` : "";
}

function members(schema) {
  const rows = Object.entries(schema.properties ?? {}).map(([name, of]) => {
    const must = schema.required?.includes(name) ? "" : " <small>may be missing</small>";
    return `<dt><code>${plain(name)}</code>${must}</dt><dd>${type(of)}${of.description ? ` ${inline(of.description)}` : ""}</dd>`;
  });
  return rows.length ? `<dl>${rows.join("\n")}</dl>` : "";
}

function type(schema) {
  if (!schema || schema === true) return "anything";
  if (schema.$ref) return link(schema.$ref);
  for (const [key, word] of [["allOf", " and "], ["oneOf", " or "], ["anyOf", " or "]])
    if (schema[key]) return schema[key].map(type).join(word);
  const own = [schema.type ?? "anything"].flat().join(" or ");
  if (schema.items) return `${own} of ${type(schema.items)}${limits(schema)}`;
  return `${own}${limits(schema)}${members(schema)}`;
}

const example = (value) => `<pre>${plain(typeof value === "string" ? value : JSON.stringify(value, null, 2))}</pre>`;

function content(of) {
  return Object.entries(of ?? {}).map(([media, { schema, example: one, examples }]) => {
    const all = one === undefined ? Object.values(examples ?? {}).map((e) => e.value) : [one];
    const shown = all.length ? `<details><summary>Example</summary>${all.map(example).join("")}</details>` : "";
    return `<p><code>${plain(media)}</code> ${type(schema)}</p>${shown}`;
  }).join("\n");
}

export function render(document, style) {
  const resolve = (of) => (of.$ref ? of.$ref.slice(2).split("/").reduce((at, key) => at[key], document) : of);
  const parameter = (given) => {
    const p = resolve(given);
    const kind = `${p.in}${p.required ? ", required" : ""}${p.deprecated ? ", deprecated" : ""}`;
    return `<tr><td><code>${plain(p.name)}</code><br><small>${kind}</small></td><td>${inline(p.description ?? "")}</td><td>${type(p.schema)}</td></tr>`;
  };
  const response = ([status, given]) => {
    const r = resolve(given);
    return `<dt>${plain(status)}</dt><dd>${inline(r.description)}${content(r.content)}</dd>`;
  };
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).filter(([, op]) => op.operationId).map(([method, op]) => ({ path, method, op })));
  const operation = ({ path, method, op }) => `<section id="${plain(op.operationId)}">
<h3><code>${method.toUpperCase()} ${plain(path)}</code></h3>
<p><strong>${inline(op.summary)}</strong></p>
${prose(op.description)}
${op.parameters ? `<table><thead><tr><th>Parameter</th><th>What</th><th>Type</th></tr></thead><tbody>${op.parameters.map(parameter).join("\n")}</tbody></table>` : ""}
${op.requestBody ? `<h4>Body</h4>${content(resolve(op.requestBody).content)}` : ""}
<h4>Answers</h4><dl>${Object.entries(op.responses).map(response).join("\n")}</dl>
</section>`;
  const ofTag = ({ name }) => operations.filter(({ op }) => op.tags?.[0] === name);
  const title = plain(`${document.info.title} ${document.info.version}`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="stylesheet" href="dashboard/${style}">
</head>
<body>
<header>
<h1>${title}</h1>
<p>This page is made of <a href="openapi.yaml">openapi.yaml</a>, which is also there <a href="openapi.json">as JSON</a>.</p>
${prose(document.info.description)}
</header>
<nav>
${document.tags.map((tag) => `<h2><a href="#tag-${plain(tag.name)}">${plain(tag.name)}</a></h2><ul>${ofTag(tag)
    .map(({ path, method, op }) => `<li><a href="#${plain(op.operationId)}"><code>${method.toUpperCase()} ${plain(path)}</code></a> ${inline(op.summary)}</li>`)
    .join("\n")}</ul>`).join("\n")}
</nav>
<main>
${document.tags.map((tag) => `<h2 id="tag-${plain(tag.name)}">${plain(tag.name)}</h2>${prose(tag.description)}${ofTag(tag).map(operation).join("\n")}`).join("\n")}
<h2>Schemas</h2>
${Object.entries(document.components.schemas).map(([name, schema]) => `<section id="schema-${plain(name)}"><h3>${plain(name)}</h3>${prose(schema.description)}<div>${type({ ...schema, description: undefined })}</div></section>`).join("\n")}
</main>
</body>
</html>
`;
}
