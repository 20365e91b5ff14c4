// Asks the question of the address while the page's script is still on its way: the page takes the
// answer over. A small file of its own, before the style sheet.
import { path, questionOf } from "./question";
import { parseRoute } from "./route";
import { authorized } from "./token";

const route = parseRoute(location.hash);
const asked = route.page === "" ? questionOf(route.pairs) : null;
if (asked && !("early" in globalThis)) {
  const wanted = path(asked.resource, asked.pairs);
  (globalThis as { early?: unknown }).early = { path: wanted, answer: fetch(wanted, { headers: authorized() }) };
}
