// What several pages show: a statement as a row, positions, problems, waiting, copying.
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useId, useState } from "preact/hooks";
import type { ActorPage, IssueHit, IssuePage, Problem, Statement } from "./client";
import { path, token } from "./client";
import type { Position } from "./format";
import {
  actWord, formatCount, formatDate, formatShare, formatSure, positionShape, positionWord, quoted, safeUrl,
} from "./format";
import { askAgain, useAnswer } from "./hooks";
import { href } from "./route";

export function PositionMark({ position, children }: {
  position: Position;
  children?: ComponentChildren;
}): JSX.Element {
  return (
    <span class={`position position-${position}`}>
      <span aria-hidden="true">{positionShape(position)} </span>
      {positionWord(position)}
      {children}
    </span>
  );
}

// A statement's position on one of its issues: of the pair, not of the statement.
export function IssuePosition({ hit }: { hit: IssueHit }): JSX.Element {
  const sure = hit.position_confidence;
  const title = [
    hit.position && sure !== null ? `position right with ${formatSure(sure)} if the issue is` : "",
    `about this issue with ${formatSure(hit.score)}`,
  ].filter(Boolean).join("; ");
  return (
    <span class="pair" title={title}>
      <PositionMark position={(hit.position ?? "none") as Position} />{" "}
      <a href={href("issue", hit.id)}>{hit.label}</a>
      {hit.score < 0.5 && <span class="guess"> (a guess)</span>}
    </span>
  );
}

export function Day({ date }: { date: string | null | undefined }): JSX.Element | null {
  return date ? <time dateTime={date.slice(0, 10)}>{formatDate(date)}</time> : null;
}

const STATUS_WORDS: Readonly<Record<string, string>> = {
  machine: "not checked", confirmed: "confirmed", edited: "corrected", rejected: "rejected",
};
export const statusWord = (status: string): string => STATUS_WORDS[status] ?? status;

export function Who({ statement }: { statement: Statement }): JSX.Element {
  const { speaker, stance } = statement;
  return (
    <>
      {speaker ? (
        <a class="speaker" href={href("actor", speaker.id)}>{speaker.name}</a>
      ) : (
        <span class="speaker">Unnamed source</span>
      )}
      {speaker?.role && <span class="role">, {speaker.role},</span>} <span class="act">{actWord(stance.act)}</span>
      {stance.target && (
        <> <a href={href("actor", stance.target.id)}>{stance.target.name}</a></>
      )}
    </>
  );
}

// The asked pairs first, then those with a position.
export function shownPairs(statement: Statement, asked: readonly string[], most: number): IssueHit[] {
  const rank = (hit: IssueHit): number =>
    (asked.includes(hit.id) ? 0 : 2) + (hit.position === null ? 1 : 0);
  return [...statement.issues].sort((a, b) => rank(a) - rank(b)).slice(0, most);
}

// The time for counting was over before all were counted.
export function Unfinished({ counts }: { counts: { readonly is_partial: boolean } | null }): JSX.Element | null {
  if (!counts?.is_partial) return null;
  return <p class="note unfinished" role="status">Not all statements were counted in time: the figures are of a part of them. Narrow the question.</p>;
}

export function StatementRow({ statement, asked = [], here = false }: {
  statement: Statement;
  asked?: readonly string[];
  here?: boolean; // shown on its article's page
}): JSX.Element {
  const pairs = shownPairs(statement, asked, 3);
  const url = safeUrl(statement.article_url);
  return (
    <li class="row" data-row>
      <p class="row-who"><Who statement={statement} /></p>
      <p class={`quote quote-${statement.kind}`}>
        <a href={href("s", statement.id ?? "")} data-open>{quoted(statement)}</a>
      </p>
      {pairs.length > 0 && (
        <p class="pairs">{pairs.map((hit) => <IssuePosition key={hit.id} hit={hit} />)}</p>
      )}
      <p class="meta">
        {!here && (
          <>
            <Day date={statement.published_at} />
            {statement.outlet && <span>{statement.outlet}</span>}
            {statement.article !== null && (
              <a href={href("article", statement.article, [["s", String(statement.id)]])}>
                {statement.article_title || "article"}
              </a>
            )}
            {url && <a href={url} rel="noreferrer">source</a>}
          </>
        )}
        <span title="The probability that content and speaker are right">{formatSure(statement.confidence)} sure</span>
        <span>{statusWord(statement.status)}</span>
      </p>
    </li>
  );
}

// The types of an input's other attributes hang on its literal type; of one that is chosen here
// they are those of any.
export const inputType = (type: string): { type: "text" } => ({ type: type as "text" });

export function Loading({ lines = 3, what }: { lines?: number; what: string }): JSX.Element {
  return (
    <div class="loading" role="status">
      <span class="hidden">Loading {what}</span>
      {Array.from({ length: lines }, (_, i) => <div key={i} class="bone" />)}
    </div>
  );
}

function TokenForm({ wasGiven }: { wasGiven: boolean }): JSX.Element {
  const id = useId();
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const value = new FormData(event.currentTarget as HTMLFormElement).get("token");
    token.set(String(value ?? "").trim());
    askAgain();
  };
  return (
    <form class="token" onSubmit={submit}>
      <label for={id}>
        {wasGiven ? "The token is not known any more. Another one:" : "This record asks for a token:"}
      </label>
      <input id={id} name="token" type="password" autocomplete="off" required />
      <button>Use it</button>
      <p class="note">It is kept in this tab alone and forgotten with it.</p>
    </form>
  );
}

function Countdown({ problem, retry }: { problem: Problem; retry: () => void }): JSX.Element {
  const [left, setLeft] = useState(problem.retryAfter);
  useEffect(() => setLeft(problem.retryAfter), [problem]);
  useEffect(() => {
    const timer = setTimeout(() => (left > 1 ? setLeft(left - 1) : retry()), 1000);
    return () => clearTimeout(timer);
  }, [left, problem]);
  return <p>Asking again in {left} s.</p>;
}

export function ProblemView({ problem, retry }: { problem: Problem; retry?: () => void }): JSX.Element {
  if (problem.status === 401) return <TokenForm wasGiven={token.get() !== ""} />;
  const title =
    problem.status === 0 ? "The service cannot be reached."
    : problem.status === 403 ? "This token may not do that."
    : problem.status === 503 ? "The service has too much to do at the moment."
    : `${problem.title.charAt(0).toUpperCase()}${problem.title.slice(1)}.`;
  return (
    <div class="problem" role="alert">
      <p><strong>{title}</strong></p>
      {problem.detail && <p>{problem.detail}</p>}
      {problem.retryAfter > 0 && retry && <Countdown problem={problem} retry={retry} />}
      {problem.status <= 0 && retry && <button onClick={retry}>Try again</button>}
    </div>
  );
}

export function Copy({ text, label }: { text: string; label: string }): JSX.Element {
  const [done, setDone] = useState("");
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setDone("Copied"),
      () => setDone("Select the text and copy it by hand"),
    );
  };
  useEffect(() => {
    if (!done) return undefined;
    const timer = setTimeout(() => setDone(""), 4000);
    return () => clearTimeout(timer);
  }, [done]);
  return (
    <button type="button" class="quiet" onClick={copy}>
      {label}<span role="status">{done && ` · ${done}`}</span>
    </button>
  );
}

// A name, with those that the record knows to choose from.
export function NameInput({ kind, name, value, label }: {
  kind: "actors" | "issues";
  name: string;
  value: string;
  label: string;
}): JSX.Element {
  const id = useId();
  const [typed, setTyped] = useState("");
  const wanted = typed.length > 1
    ? path(kind, [["name", typed], ["with_statements", "true"], ["limit", "12"]])
    : null;
  const answer = useAnswer<ActorPage & IssuePage>(wanted);
  const names = kind === "actors"
    ? answer.data?.actors?.map((actor) => actor.name)
    : answer.data?.issues?.map((issue) => issue.label);
  return (
    <label class="field">
      <span>{label}</span>
      <input
        name={name}
        defaultValue={value}
        list={id}
        autocomplete="off"
        onInput={(event) => setTyped(event.currentTarget.value.trim())}
      />
      <datalist id={id}>{names?.map((text) => <option key={text} value={text} />)}</datalist>
    </label>
  );
}

export interface Share {
  readonly position: Position;
  readonly count: number;
}

// Counts by position as one bar, whose parts are told beside it.
export function ShareBar({ shares, of }: { shares: readonly Share[]; of: number }): JSX.Element {
  const text = shares.filter(({ count }) => count > 0)
    .map(({ position, count }) => `${positionWord(position)} ${formatCount(count)} (${formatShare(count, of)})`)
    .join(", ");
  let at = 0;
  return (
    <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label={text || "nothing"}>
      <title>{text}</title>
      <rect class="bar-ground" x="0" y="0" width="100" height="8" />
      {shares.map(({ position, count }) => {
        const width = of > 0 ? (100 * count) / of : 0;
        const x = at;
        at += width;
        return <rect key={position} class={`fill-${position}`} x={x} y="0" width={width} height="8" />;
      })}
    </svg>
  );
}

export function Heading({ children, kicker }: { children: ComponentChildren; kicker?: ComponentChildren }): JSX.Element {
  return (
    <header class="heading">
      {kicker && <p class="kicker">{kicker}</p>}
      <h1 tabIndex={-1}>{children}</h1>
    </header>
  );
}
