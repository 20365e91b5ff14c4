// Sends recorded requests to a Prism proxy and prints what its answers break of the contract.
//   node tools/contract-replay.mjs http://127.0.0.1:4010 FOLDER
// What is wrong with a request is meant to be: Prism's word on that is not counted.
import { readdirSync, readFileSync } from "node:fs";
import http from "node:http";

const [proxy, folder] = process.argv.slice(2);
const { hostname, port } = new URL(proxy);

function parse(bytes) {
  const end = bytes.indexOf("\r\n\r\n");
  const [first, ...lines] = bytes.subarray(0, end).toString("latin1").split("\r\n");
  const [method, path] = first.split(" ");
  const headers = {};
  for (const line of lines) {
    const at = line.indexOf(":");
    const name = line.slice(0, at).toLowerCase();
    if (name in headers) return null; // what no client library sends
    headers[name] = line.slice(at + 1).trim();
  }
  delete headers.host;
  delete headers.connection;
  return { method, path, headers, body: bytes.subarray(end + 4) };
}

function send({ method, path, headers, body }) {
  return new Promise((resolve, reject) => {
    const request = http.request({ hostname, port, method, path, headers }, (answer) => {
      answer.resume();
      answer.on("end", () => resolve({ status: answer.statusCode, said: answer.headers["sl-violations"] }));
      answer.on("error", reject);
    });
    request.on("error", reject);
    request.end(body);
  });
}

const seen = new Map();
const broken = new Map();
let sent = 0;
let skipped = 0;
for (const name of readdirSync(folder)) {
  const request = parse(readFileSync(`${folder}/${name}`));
  const key = request && `${request.method} ${request.path} ${request.headers.accept ?? ""} ${request.body}`;
  if (!request || "transfer-encoding" in request.headers || seen.has(key)) {
    skipped++;
    continue;
  }
  seen.set(key, true);
  let answer;
  try {
    answer = await send(request);
  } catch {
    skipped++; // what the client's library does not send
    continue;
  }
  sent++;
  for (const v of JSON.parse(answer.said ?? "[]")) {
    if (v.location[0] !== "response") continue;
    const line = `${v.location.join(".").replace(/\.\d+/g, ".N")}: ${v.message}`;
    const where = `${request.method} ${request.path.split("?")[0]} ${answer.status}`;
    broken.set(`${where}  ${line}`, `${request.method} ${request.path}`);
  }
}
for (const [line, example] of [...broken].sort()) console.log(`${line}\n    ${example}`);
console.log(`${sent} requests sent, ${skipped} left out (sent already, or not HTTP to a client), ${broken.size} mismatches`);
process.exit(broken.size > 0 || sent === 0 ? 1 : 0);
