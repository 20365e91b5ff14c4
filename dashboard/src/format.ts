// Words and figures as people are shown them.

const MONTHS = [
  "January", "February", "March", "April", "May", "June", "July", "August", "September",
  "October", "November", "December",
];

// "2024-04-26" or an instant as "26 April 2024", "2024-04" as "April 2024", by the date as written.
export function formatDate(date: string | null | undefined): string {
  const match = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(date ?? "");
  if (!match) return "";
  const [, year, month, day] = match;
  const name = month ? MONTHS[Number(month) - 1] : undefined;
  return [day ? String(Number(day)) : "", name ?? "", year].filter(Boolean).join(" ");
}

export const formatCount = (n: number): string =>
  String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ",");

export const plural = (n: number, one: string, many = `${one}s`): string =>
  `${formatCount(n)} ${n === 1 ? one : many}`;

// A share in whole percent; what is there is never "0%", what is not all never "100%".
export function formatShare(count: number, of: number): string {
  if (of <= 0) return "–";
  if (count === 0) return "0%";
  if (count === of) return "100%";
  const percent = Math.round((100 * count) / of);
  return percent < 1 ? "<1%" : percent > 99 ? ">99%" : `${percent}%`;
}

// Rounded down: 0.996 is not certain.
export const formatSure = (confidence: number): string => `${Math.floor(confidence * 100 + 1e-9)}%`;

const ACTS: Readonly<Record<string, string>> = {
  STATE: "states", AGREE: "agrees", CONSULT: "consults", SUPPORT: "supports", YIELD: "yields",
  COOPERATE: "cooperates", AID: "aids", RETREAT: "retreats", REQUEST: "requests",
  ACCUSE: "accuses", REJECT: "rejects", DENY: "denies", DECLINE_COMMENT: "declines to comment",
  THREATEN: "threatens", PROTEST: "protests", SANCTION: "sanctions", MOBILIZE: "mobilizes",
  COERCE: "coerces", ASSAULT: "assaults",
};
export const actWord = (act: string): string => ACTS[act] ?? act.toLowerCase();

export type Position = "support" | "oppose" | "mixed" | "concern" | "neutral" | "none";
export const POSITIONS: readonly Position[] = [
  "support", "oppose", "mixed", "concern", "neutral", "none",
];
const POSITION_WORDS: Readonly<Record<Position, string>> = {
  support: "supports", oppose: "opposes", mixed: "mixed on", concern: "concerned about",
  neutral: "neutral on", none: "mentions",
};
const POSITION_NAMES: Readonly<Record<Position, string>> = {
  support: "support", oppose: "opposition", mixed: "mixed", concern: "concern", neutral: "neutral",
  none: "mentioned only",
};
export const positionName = (position: Position): string => POSITION_NAMES[position];
export const positionWord = (position: Position): string => POSITION_WORDS[position];
// A shape beside the color, for those who do not tell colors apart, and for print.
const POSITION_SHAPES: Readonly<Record<Position, string>> = {
  support: "▲", oppose: "▼", mixed: "◆", concern: "●", neutral: "○", none: "·",
};
export const positionShape = (position: Position): string => POSITION_SHAPES[position];

const EDIT_WORDS: Readonly<Record<string, string>> = {
  confirm: "confirmed", edit: "corrected", reject: "rejected", add: "added", undo: "taken back", drop: "dropped",
  "add actor": "added", "edit actor": "names and roles changed", "merge actors": "merged", "merge issues": "merged",
};
export const editWord = (action: string): string => EDIT_WORDS[action] ?? action;

export interface Cited {
  readonly id: number | null;
  readonly content: string;
  readonly kind: string;
  readonly speaker: { readonly name: string; readonly role: string | null; readonly kind?: string } | null;
  readonly article_title?: string | null;
  readonly article_url?: string | null;
  readonly outlet?: string | null;
  readonly published_at?: string | null;
  readonly confidence: number;
  readonly status: string;
  readonly engine: string | null;
}

// Who read it and how sure that is: a citation must not look surer than the record.
export function provenance(s: Cited): string {
  const sure = `confidence ${s.confidence.toFixed(2)} that content and speaker are right`;
  switch (s.status) {
    case "confirmed":
      return `read by machine (Demarche ${s.engine ?? "?"}), confirmed by a person`;
    case "edited":
      return `read by machine (Demarche ${s.engine ?? "?"}), corrected by a person`;
    case "rejected":
      return `read by machine (Demarche ${s.engine ?? "?"}), rejected by a person`;
    default:
      return `read by machine (Demarche ${s.engine ?? "?"}; ${sure}), not checked by a person`;
  }
}

// Quotation marks only around what the article quotes.
export function quoted(s: Pick<Cited, "kind" | "content">): string {
  const bare = s.content.replace(/^["“]+|,?["”]*$/g, "");
  return s.kind === "direct" ? `“${bare}”` : s.content;
}

export function citation(s: Cited, address: string): string {
  const who = s.speaker ? s.speaker.name : "Unnamed source";
  const role = s.speaker?.role ? ` (${s.speaker.role})` : "";
  const where = [
    s.article_title ? `“${s.article_title}”` : "",
    s.outlet ?? "",
    formatDate(s.published_at),
  ].filter(Boolean).join(", ");
  const reported = s.kind === "direct" ? "" : ", as reported";
  return [
    `${who}${role}${reported}: ${quoted(s)}`,
    where && `In: ${where}.`,
    s.article_url && `${s.article_url}`,
    `Statement ${s.id ?? "(not stored)"}, ${provenance(s)}.`,
    address,
  ].filter(Boolean).join("\n");
}

const bibtexText = (text: string): string =>
  text.replace(/[\\{}]/g, "").replace(/[&%$#_]/g, (c) => `\\${c}`);

export function bibtex(s: Cited, address: string): string {
  const fields: [string, string][] = [
    ["author", s.speaker ? `{${bibtexText(s.speaker.name)}}` : "{Unnamed source}"],
    ["title", bibtexText(quoted(s))],
    ["howpublished", bibtexText([s.outlet, s.article_title].filter(Boolean).join(", "))],
    ["year", (s.published_at ?? "").slice(0, 4)],
    ["month", (s.published_at ?? "").slice(5, 7)],
    ["url", s.article_url ?? ""],
    ["note", bibtexText(`Statement ${s.id ?? ""}, ${provenance(s)}; ${address}`)],
  ];
  const lines = fields.filter(([, value]) => value !== "").map(([k, v]) => `  ${k} = {${v}}`);
  return `@misc{demarche-${s.id ?? "statement"},\n${lines.join(",\n")}\n}`;
}

const SCHEMA_TYPES: Readonly<Record<string, string>> = { person: "Person", country: "Country" };

// As schema.org has it: the machine's reading is a review of the quotation, with how sure it is.
export function jsonLd(s: Cited, address: string): string {
  const article = {
    "@type": "NewsArticle",
    headline: s.article_title ?? undefined,
    url: s.article_url ?? undefined,
    datePublished: s.published_at ?? undefined,
    publisher: s.outlet ? { "@type": "Organization", name: s.outlet } : undefined,
  };
  return JSON.stringify({
    "@context": "https://schema.org",
    "@type": "Quotation",
    "@id": address,
    text: s.content,
    spokenByCharacter: s.speaker
      ? { "@type": SCHEMA_TYPES[s.speaker.kind ?? "person"] ?? "Organization", name: s.speaker.name, description: s.speaker.role ?? undefined }
      : undefined,
    isPartOf: article,
    creativeWorkStatus: s.status,
    creditText: provenance(s),
    review: {
      "@type": "Review",
      author: { "@type": "SoftwareApplication", name: "Demarche", softwareVersion: s.engine ?? undefined },
      reviewAspect: "content and speaker",
      reviewRating: { "@type": "Rating", ratingValue: s.confidence, worstRating: 0, bestRating: 1, ratingExplanation: "probability of being right" },
    },
  }, null, 2);
}

// What an address may link to: the service takes http and https alone, and so does the page.
export const safeUrl = (url: string | null | undefined): string | null =>
  url && /^https?:\/\//i.test(url) ? url : null;
