// The address: a page, what it is about, and its conditions, all behind "#", so that a base path
// needs no rewriting. "#/s/12" is statement 12, "#/?q=..." a question.

export type Pair = readonly [name: string, value: string];

export interface Route {
  readonly page: string; // "" is the question
  readonly id: string; // "" where the page takes none
  readonly pairs: readonly Pair[];
}

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a stray "%" that somebody typed
  }
};

// Names that addresses from before had, which people keep.
const FORMER: Readonly<Record<string, string>> = {
  said_after: "said_from",
  said_before: "said_to",
  published_after: "published_from",
  published_before: "published_to",
};

export function parseRoute(hash: string): Route {
  const [path = "", query = ""] = splitOnce(hash.replace(/^#?\/?/, ""), "?");
  const [page = "", id = ""] = splitOnce(path, "/");
  const pairs = pairsOf(query).map(([name, value]): Pair => [FORMER[name] ?? name, value]);
  return { page: decode(page), id: decode(id), pairs };
}

function splitOnce(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

export function pairsOf(query: string): Pair[] {
  return [...new URLSearchParams(query)].filter(([name]) => name !== "");
}

// Spaces as %20: "+" is read as a space by all, but looks odd in an address that people copy.
export function queryOf(pairs: readonly Pair[]): string {
  return pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&");
}

const encode = (text: string): string => encodeURIComponent(text).replace(/%2C/g, ",");

export function href(page: string, id: string | number = "", pairs: readonly Pair[] = []): string {
  const path = [page, String(id)].filter((part) => part !== "").map(encodeURIComponent);
  const query = queryOf(pairs);
  return `#/${path.join("/")}${query ? `?${query}` : ""}`;
}

export function valueOf(pairs: readonly Pair[], name: string): string {
  return pairs.find((pair) => pair[0] === name)?.[1] ?? "";
}

// The pairs with `name` set to one value, in its place; "" takes it away.
export function withValue(pairs: readonly Pair[], name: string, value: string): Pair[] {
  const at = pairs.findIndex((pair) => pair[0] === name);
  const others = pairs.filter((pair) => pair[0] !== name);
  if (value === "") return others;
  others.splice(at < 0 ? others.length : at, 0, [name, value]);
  return others;
}
