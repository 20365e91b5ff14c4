// Requests to the service, relative to the page, so that a base path is kept. Types are those of
// openapi.yaml.
import type { components } from "./schema";
import { authorized } from "./token";

export { path } from "./question";
export { token } from "./token";

type Schemas = components["schemas"];
export type Statement = Schemas["Statement"];
export type QueryPage = Schemas["QueryPage"];
export type StatementPage = Schemas["StatementPage"];
export type Counts = Schemas["Counts"];
export type CountGroup = Schemas["CountGroup"];
export type Facets = Schemas["Facets"];
export type Facet = Schemas["Facet"];
export type FacetValue = Schemas["FacetValue"];
export type Suggestions = Schemas["Suggestions"];
export type Interpretation = Schemas["Interpretation"];
export type Article = Schemas["ArticleWithText"];
export type ArticleRow = Schemas["Article"];
export type ArticlePage = Schemas["ArticlePage"];
export type ArticlePosted = Schemas["ArticlePosted"];
export type ArticleInput = Schemas["ArticleInput"];
export type ArticleStatements = Schemas["ArticleStatements"];
export type Extraction = Schemas["Extraction"];
export type StatementExplanation = Schemas["StatementExplanation"];
export type Decision = Schemas["Decision"];
export type Actor = Schemas["Actor"];
export type ActorPage = Schemas["ActorPage"];
export type ActorRef = Schemas["ActorRef"];
export type Issue = Schemas["Issue"];
export type IssuePage = Schemas["IssuePage"];
export type IssueHit = Schemas["IssueHit"];
export type Grid = Schemas["Grid"];
export type GridCell = Schemas["GridCell"];
export type Change = Schemas["Change"];
export type Changes = Schemas["Changes"];
export type JobList = Schemas["JobList"];
export type Version = Schemas["Version"];
export type BatchResult = Schemas["BatchResult"];
export type StatementEdit = Schemas["StatementEdit"];
export type ActorEdit = Schemas["ActorEdit"];
export type Edit = Schemas["Edit"];
export type EditPage = Schemas["EditPage"];
export type EditMade = Schemas["EditMade"];
export type BulkMade = Schemas["BulkMade"];
export type Queue = Schemas["Queue"];
export type ReadKey = Schemas["ReadKey"];
export type ReadKeyMade = Schemas["ReadKeyMade"];
export type ReadKeyPage = Schemas["ReadKeyPage"];
export type ActorSplitMade = Schemas["ActorSplitMade"];
export type Attached = Schemas["Attached"];
export type Network = Schemas["Network"];
export type Verification = Schemas["Verification"];
export type QuotationMatch = Schemas["QuotationMatch"];
export type NetworkNode = Schemas["NetworkNode"];
export type NetworkEdge = Schemas["NetworkEdge"];

export interface Problem {
  readonly status: number; // 0: the service could not be reached
  readonly title: string;
  readonly detail: string;
  readonly field: string;
  readonly retryAfter: number; // seconds; 0: do not ask again by itself
}

export class Failure extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail || problem.title);
  }
}

async function problemOf(answer: Response): Promise<Problem> {
  const told = (await answer.json().catch(() => ({}))) as Partial<Schemas["Problem"]>;
  return {
    status: answer.status,
    title: told.title ?? (answer.statusText || `status ${answer.status}`),
    detail: told.detail ?? "",
    field: told.field ?? "",
    retryAfter: answer.status === 503 ? Math.max(1, Number(answer.headers.get("Retry-After")) || 2) : 0,
  };
}

// What early.ts asked for before this script was there; taken once.
export interface Early {
  readonly path: string;
  readonly answer: Promise<Response>;
  data: unknown; // null until it was read; of an answer that is no problem
  done: Promise<void>; // read, or failed
}

const place = globalThis as { early?: Early | undefined };

function takeEarly(path: string): Early | null {
  const { early } = place;
  place.early = undefined; // which tells early.ts, too, that it is late
  return early?.path === path ? early : null;
}

const PATIENCE_MS = 150;

// Until it is there, or has been waited for long enough: rows that come with the first frame are
// seen sooner than those that come after one without.
export const earlyIsDone = (): Promise<void> =>
  place.early
    ? Promise.race([place.early.done, new Promise<void>((done) => setTimeout(done, PATIENCE_MS))])
    : Promise.resolve();

// At once, or null.
export function earlyData<T>(path: string | null): T | null {
  return place.early && place.early.path === path && place.early.data ? (takeEarly(path)?.data as T) : null;
}

type Init = Omit<RequestInit, "headers"> & { headers: Record<string, string> };

async function send(path: string, init: Init, early: Early | null = null): Promise<Response> {
  let answer: Response;
  try {
    answer = await (early?.answer ?? fetch(path, { ...init, headers: authorized(init.headers) }));
  } catch (error) {
    if ((error as Error).name === "AbortError") throw error;
    throw new Failure({
      status: 0, title: "the service cannot be reached", detail: "", field: "", retryAfter: 0,
    });
  }
  if (!answer.ok) throw new Failure(await problemOf(answer));
  return answer;
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const init: Init = { headers: { Accept: "application/json" } };
  if (signal) init.signal = signal;
  const early = takeEarly(path);
  await early?.done;
  if (early?.data) return early.data as T;
  return (await send(path, init, early)).json() as Promise<T>;
}

const JSON_TYPES = { Accept: "application/json", "Content-Type": "application/json" };

// Without a body where none is given.
export async function post<T>(path: string, body?: unknown): Promise<T> {
  const init: Init = body === undefined
    ? { method: "POST", headers: { Accept: "application/json" } }
    : { method: "POST", headers: JSON_TYPES, body: JSON.stringify(body) };
  return (await send(path, init)).json() as Promise<T>;
}

// Of the version that was seen: 412 when it is another one by now.
export async function patch<T>(path: string, body: unknown, version?: number): Promise<T> {
  const headers: Record<string, string> = { ...JSON_TYPES };
  if (version !== undefined) headers["If-Match"] = `"${version}"`;
  return (await send(path, { method: "PATCH", headers, body: JSON.stringify(body) })).json() as Promise<T>;
}

export async function remove(path: string): Promise<void> {
  await send(path, { method: "DELETE", headers: { Accept: "application/json" } });
}

async function postBatch(type: string, body: string): Promise<BatchResult[]> {
  const answer = await send("v1/articles/batch", { method: "POST", headers: { "Content-Type": type }, body });
  const text = await answer.text();
  return text.split("\n").filter(Boolean).map((line) => JSON.parse(line) as BatchResult);
}

export const postLines = (lines: readonly string[]): Promise<BatchResult[]> =>
  postBatch("application/x-ndjson", `${lines.join("\n")}\n`);

export const postFeed = (feed: string): Promise<BatchResult[]> => postBatch("application/xml", feed);

// As a file to keep, in the form that the Accept header names.
export async function download(path: string, accept: string): Promise<Blob> {
  return (await send(path, { headers: { Accept: accept } })).blob();
}
