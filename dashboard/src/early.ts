// Asks the question of the address while the page's script is still on its way: the page takes the
// answer over. A small file of its own, before the style sheet.
import type { Early } from "./client";
import { path, questionOf } from "./question";
import { parseRoute } from "./route";
import { authorized } from "./token";

const route = parseRoute(location.hash);
const asked = route.page === "" ? questionOf(route.pairs) : null;
if (asked && !("early" in globalThis)) {
  const wanted = path(asked.resource, asked.pairs);
  const answer = fetch(wanted, { headers: authorized() });
  const early: Early = { path: wanted, answer, data: null, done: Promise.resolve() };
  early.done = answer.then(async (told) => {
    if (told.ok) early.data = await told.json();
  }).catch(() => {}); // who takes the answer over is told
  (globalThis as { early?: Early }).early = early;
}
