// Add an article: read it first, look at what is found, then store it. Or many from a file.
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { AnnotatedText } from "../annotated";
import type { ArticleInput, ArticlePosted, BatchResult, Extraction, Problem, Statement } from "../client";
import { post, postFeed, postLines } from "../client";
import { formatCount, plural } from "../format";
import { problemOf, useTitle } from "../hooks";
import { Legend } from "../marked";
import { Heading, inputType, Loading, ProblemView } from "../parts";
import { href } from "../route";
import { Margin } from "./article";

const FIELDS = [
  ["title", "Title", "text"],
  ["outlet", "Outlet", "text"],
  ["published_at", "Published on", "date"],
  ["url", "Address", "url"],
  ["author", "Author", "text"],
] as const;

// What is read: its text is there, also where a page was given.
type ReadArticle = ArticleInput & { readonly text: string };

const isMarkup = (text: string): boolean => /^\s*<(!doctype|html|head|body|div|article|section|p|h\d)\b/i.test(text);

function articleOf(form: FormData): ArticleInput {
  const text = String(form.get("text") ?? "");
  const article: Record<string, string> = isMarkup(text) ? { html: text } : { text };
  for (const [name] of FIELDS) {
    const value = String(form.get(name) ?? "").trim();
    if (value) article[name] = value;
  }
  return article as ArticleInput;
}

// A page's own members are those that it tells.
function readOf(given: ArticleInput, { article }: Extraction): ReadArticle {
  if (!article) return { ...given, text: given.text ?? "" };
  return Object.fromEntries(Object.entries(article).filter(([, value]) => value !== "")) as unknown as ReadArticle;
}

function Preview({ article, statements }: { article: ReadArticle; statements: readonly Statement[] }): JSX.Element {
  const [chosen, setChosen] = useState(-1);
  const choose = (index: number): void => setChosen(index === chosen ? -1 : index);
  const one = statements[chosen];
  return (
    <div class="columns reading">
      <div>
        {one && <Legend statement={one} />}
        <AnnotatedText text={article.text} statements={statements} chosen={chosen} choose={choose} />
      </div>
      <aside aria-label="Statements found">
        <h2>{plural(statements.length, "statement")} found</h2>
        {statements.length === 0 && <p class="note">Nobody is quoted or reported in this text, as far as the engine reads.</p>}
        <Margin statements={statements} chosen={chosen} choose={choose} />
      </aside>
    </div>
  );
}

function OneArticle({ onRead }: { onRead: (isRead: boolean) => void }): JSX.Element {
  const form = useRef<HTMLFormElement>(null);
  const [read, setRead] = useState<{ article: ReadArticle; statements: readonly Statement[] } | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, setBusy] = useState(false);
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await work();
    } catch (error) {
      setProblem(problemOf(error));
    }
    setBusy(false);
  };
  const extract = (): Promise<void> =>
    attempt(async () => {
      const article = articleOf(new FormData(form.current as HTMLFormElement));
      const found = await post<Extraction>("v1/extract", article);
      setRead({ article: readOf(article, found), statements: found.statements });
      onRead(true);
    });
  const store = (): Promise<void> =>
    attempt(async () => {
      const stored = await post<ArticlePosted>("v1/articles", read?.article);
      location.hash = href("article", stored.id);
    });
  return (
    <>
      <form ref={form} class="add" hidden={read !== null} onSubmit={(event) => {
        event.preventDefault();
        void extract();
      }}>
        <label class="field wide"><span>Text, or the page as HTML</span><textarea name="text" rows={14} required /></label>
        <label class="field wide"><span>Or a file with one of them</span>
          <input type="file" accept=".txt,.html,.htm,text/plain,text/html" onChange={(event) => {
            const area = form.current?.elements.namedItem("text") as HTMLTextAreaElement | null;
            void event.currentTarget.files?.[0]?.text().then((text) => area && (area.value = text));
          }} />
        </label>
        {FIELDS.map(([name, label, type]) => (
          <label key={name} class="field"><span>{label}</span><input name={name} {...inputType(type)} autocomplete="off"
            aria-invalid={problem?.field === name ? "true" : undefined} /></label>
        ))}
        <p class="note wide">Days in the text, such as “on Friday”, are counted from the day of publication.</p>
        <p class="wide"><button disabled={isBusy}>{isBusy ? "Reading …" : "Read it"}</button></p>
      </form>
      {problem && <ProblemView problem={problem} retry={() => void (read ? store() : extract())} />}
      {isBusy && !read && <Loading what="statements" />}
      {read && (
        <>
          <p class="bar-of-buttons">
            <button type="button" disabled={isBusy} onClick={() => void store()}>{isBusy ? "Storing …" : "Store it"}</button>
            <button type="button" class="quiet" onClick={() => {
              setRead(null);
              onRead(false);
            }}>Back to the text</button>
            <span class="note">Nothing is stored yet.</span>
          </p>
          <p class="note">{[read.article.title, read.article.outlet, read.article.author, read.article.published_at].filter(Boolean).join(" · ")}</p>
          <Preview article={read.article} statements={read.statements} />
        </>
      )}
    </>
  );
}

interface Progress {
  readonly done: number;
  readonly all: number;
  readonly bad: readonly { readonly line: number; readonly why: string }[];
  readonly statements: number;
  readonly known: number;
  readonly startedAt: number;
}

const AT_ONCE = 20; // lines a request: an answer, and so a step of the bar, every few seconds

function counted(progress: Progress, from: number, results: readonly BatchResult[]): Progress {
  const bad = results.filter(({ status }) => status === "error")
    .map(({ line, problem }) => ({ line: from + line, why: problem?.detail ?? problem?.title ?? "" }));
  return {
    ...progress,
    done: progress.done + results.length,
    bad: [...progress.bad, ...bad],
    statements: progress.statements + results.reduce((n, { status, statement_count: s }) => n + (status === "created" ? (s ?? 0) : 0), 0),
    known: progress.known + results.filter(({ status }) => status === "exists").length,
  };
}

function timeLeft({ done, all, startedAt }: Progress): string {
  if (done === 0 || done === all) return "";
  const seconds = Math.ceil((((Date.now() - startedAt) / done) * (all - done)) / 1000);
  return seconds < 90 ? `, about ${seconds} s left` : `, about ${Math.ceil(seconds / 60)} min left`;
}

function ManyArticles(): JSX.Element {
  const [progress, setProgress] = useState<Progress | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const stopped = useRef(false);
  const loadFeed = async (feed: string): Promise<void> => {
    const all = Math.max(1, (feed.match(/<(item|entry)[\s>]/g) ?? []).length);
    const start: Progress = { done: 0, all, bad: [], statements: 0, known: 0, startedAt: Date.now() };
    setProgress(start);
    try {
      const results = await postFeed(feed);
      setProgress(counted({ ...start, all: results.length }, 0, results));
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  const load = async (file: File): Promise<void> => {
    setProblem(null);
    stopped.current = false;
    const text = await file.text();
    if (/^\s*</.test(text)) return loadFeed(text);
    const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
    let now: Progress = { done: 0, all: lines.length, bad: [], statements: 0, known: 0, startedAt: Date.now() };
    setProgress(now);
    try {
      for (let at = 0; at < lines.length && !stopped.current; at += AT_ONCE) {
        now = counted(now, at, await postLines(lines.slice(at, at + AT_ONCE)));
        setProgress(now);
      }
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  const isRunning = progress !== null && progress.done < progress.all && !problem && !stopped.current;
  return (
    <section class="many">
      <h2>Many articles</h2>
      <label class="field"><span>A file with one article as JSON a line, or a feed (RSS, Atom)</span>
        <input type="file" accept=".ndjson,.jsonl,.xml,.rss,.atom,application/x-ndjson,application/rss+xml,application/atom+xml" disabled={isRunning}
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file) void load(file);
          }} />
      </label>
      {progress && (
        <div role="status">
          <progress max={progress.all} value={progress.done} aria-label="Articles stored" />
          <p>
            {formatCount(progress.done)} of {plural(progress.all, "article")}
            {isRunning && timeLeft(progress)}: {plural(progress.statements, "new statement")}
            {progress.known > 0 && `, ${formatCount(progress.known)} were there already`}
            {progress.bad.length > 0 && `, ${formatCount(progress.bad.length)} refused`}.
            {" "}{isRunning && <button type="button" class="quiet" onClick={() => (stopped.current = true)}>Stop</button>}
          </p>
          {progress.bad.length > 0 && (
            <ul class="plain">{progress.bad.slice(0, 10).map(({ line, why }) => <li key={line}>Line {line}: {why}</li>)}</ul>
          )}
        </div>
      )}
      {problem && <ProblemView problem={problem} />}
    </section>
  );
}

export function AddPage(): JSX.Element {
  useTitle("Add");
  const [isRead, setRead] = useState(false);
  return (
    <div class="page">
      <Heading>Add an article</Heading>
      <OneArticle onRead={setRead} />
      {!isRead && <ManyArticles />}
    </div>
  );
}
