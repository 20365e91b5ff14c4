// A question that goes on: a feed of it for a feed reader, and a matrix of it for a page of one's own.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Problem, ReadKeyMade } from "./client";
import { post, token } from "./client";
import { problemOf } from "./hooks";
import { Copy, ProblemView } from "./parts";
import type { Pair } from "./route";
import { href, queryOf } from "./route";

// Where the service is, as others outside of this page must write it.
const absolute = (path: string, pairs: readonly Pair[]): string =>
  new URL(pairs.length ? `${path}?${queryOf(pairs)}` : path, document.baseURI.replace(/#.*/, "")).href;

const escaped = (text: string): string => text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");

function Address({ label, text }: { label: string; text: string }): JSX.Element {
  return (
    <>
      <label class="field"><span>{label}</span>
        <textarea class="address" readOnly rows={2} value={text} onFocus={(event) => event.currentTarget.select()} />
      </label>
      <p class="tools"><Copy text={text} label="Copy it" /></p>
    </>
  );
}

const KEY_NOTE = "Whoever has this address can read by it, without a token, what feeds and frames say.";

// Makes a key where one is needed: for a feed with a token, for a frame always.
function useKey(): { key: string | null; problem: Problem | null; make: (name: string, sites: string[]) => void } {
  const [key, setKey] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const make = (name: string, sites: string[]): void => {
    setProblem(null);
    post<ReadKeyMade>("v1/keys", { name: name.slice(0, 200), sites }).then(
      (made) => setKey(made.key),
      (error: unknown) => setProblem(problemOf(error)),
    );
  };
  return { key, problem, make };
}

function Feed({ asked, name }: { asked: readonly Pair[]; name: string }): JSX.Element {
  const { key, problem, make } = useKey();
  const needsKey = token.get() !== "";
  const pairs: Pair[] = key ? [...asked, ["key", key]] : [...asked];
  return (
    <section class="panel" aria-label="Follow this question">
      <h2>Follow this question</h2>
      {problem && <ProblemView problem={problem} />}
      {needsKey && !key ? (
        <>
          <p>A feed reader sends no token. It reads by a key of its own, which can be <a href={href("keys")}>revoked</a>.</p>
          <p class="tools"><button type="button" onClick={() => make(`Feed: ${name}`, [])}>Make a key for it</button></p>
        </>
      ) : (
        <>
          <p>A feed reader finds what is new by this address{key ? "" : "; the record is open, so it needs no key"}.</p>
          <Address label="Address of the feed (Atom)" text={absolute("v1/feed.atom", pairs)} />
          <Address label="The same as JSON Feed" text={absolute("v1/feed.json", pairs)} />
          <Address label="Address for programs (JSON)" text={absolute("v1/feed", pairs)} />
          {key && <p class="note">{KEY_NOTE} It is told here once; <a href={href("keys")}>keys are listed and revoked here</a>.</p>}
        </>
      )}
    </section>
  );
}

function Frame({ asked, name }: { asked: readonly Pair[]; name: string }): JSX.Element {
  const { key, problem, make } = useKey();
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const sites = String(new FormData(event.currentTarget as HTMLFormElement).get("sites") ?? "");
    make(`Frame: ${name}`, sites.split(/[\s,]+/).filter(Boolean));
  };
  const address = absolute("embed/matrix", key ? [...asked, ["key", key]] : asked);
  return (
    <section class="panel" aria-label="Put it on a page">
      <h2>Put it on a page</h2>
      <p>A table of who says what of which issue, for these statements, always as the record is. <a href={address} target="_blank" rel="noopener">Look at it</a>{" "}
        {token.get() !== "" && !key && <span class="note">(with a key)</span>}</p>
      {problem && <ProblemView problem={problem} />}
      {key ? (
        <>
          <Address label="Code for the page"
            text={`<iframe src="${escaped(address)}" title="${escaped(name)}" width="100%" height="420" loading="lazy"></iframe>`} />
          <p class="note">{KEY_NOTE} It is told here once; <a href={href("keys")}>keys are listed and revoked here</a>.</p>
        </>
      ) : (
        <form class="inline" onSubmit={submit}>
          <label class="field"><span>Sites that may show it (all, where none is given)</span>
            <input name="sites" autocomplete="off" placeholder="https://news.example" />
          </label>
          <button>Make the code</button>
        </form>
      )}
    </section>
  );
}

export function Onward({ asked, name }: { asked: readonly Pair[]; name: string }): JSX.Element {
  const [open, setOpen] = useState<"" | "feed" | "frame">("");
  const button = (what: "feed" | "frame", word: string): JSX.Element => (
    <button type="button" class="link" aria-expanded={open === what} onClick={() => setOpen(open === what ? "" : what)}>{word}</button>
  );
  return (
    <>
      <p class="tools">{button("feed", "follow")} {button("frame", "put it on a page")}</p>
      {open === "feed" && <Feed asked={asked} name={name} />}
      {open === "frame" && <Frame asked={asked} name={name} />}
    </>
  );
}
