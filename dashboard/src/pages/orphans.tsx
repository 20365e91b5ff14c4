// Corrections without a text: the article was deleted, or came again in other words. Put into another
// article by hand, or dropped; never moved by themselves.
import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { AnnotatedText } from "../annotated";
import type { Article, ArticlePage, Attached, Edit, EditMade, EditPage, Problem, Statement } from "../client";
import { path, post } from "../client";
import { actWord, formatDate, plural, positionWord } from "../format";
import type { Position } from "../format";
import { problemOf, useAnswer, useTitle } from "../hooks";
import { Heading, Loading, ProblemView, statusWord } from "../parts";
import type { Pair, Route } from "../route";
import { href, valueOf, withValue } from "../route";
import type { Span } from "../spans";
import { selectedSpan } from "../spans";

export function sentenceOf(s: Statement): string {
  const issues = s.issues.map(({ label, position }) => `${label} (${positionWord((position ?? "none") as Position)})`).join(", ");
  return [`${s.speaker?.name ?? "unnamed source"}${s.speaker?.role ? `, ${s.speaker.role}` : ""}`, issues || "no issue", actWord(s.stance.act), statusWord(s.status)].join("; ");
}

// Articles to choose from, by words of the title; those of the same digest are no orphans.
function Choose({ pairs }: { pairs: readonly Pair[] }): JSX.Element {
  const title = valueOf(pairs, "title");
  const answer = useAnswer<ArticlePage>(path("articles", [...(title ? [["title", title] as Pair] : []), ["limit", "10"]]));
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const value = String(new FormData(event.currentTarget as HTMLFormElement).get("title") ?? "").trim();
    location.hash = href("orphans", "", withValue(pairs, "title", value));
  };
  return (
    <>
      <form class="inline" onSubmit={submit} role="search" aria-label="Articles">
        <label class="field"><span>Words of the title of the article that it belongs to</span>
          <input name="title" defaultValue={title} autocomplete="off" />
        </label>
        <button>Look for it</button>
      </form>
      {answer.problem && <ProblemView problem={answer.problem} retry={answer.retry} />}
      {answer.data && (answer.data.articles.length === 0 ? <p class="note">No article has these words in its title.</p> : (
        <ul class="plain">
          {answer.data.articles.map(({ id, title: name, outlet, published_at }) => (
            <li key={id}>
              <a href={href("orphans", "", withValue(pairs, "article", String(id)))}>{name || "Untitled article"}</a>{" "}
              <span class="aside">{[outlet, formatDate(published_at)].filter(Boolean).join(", ")}</span>
            </li>
          ))}
        </ul>
      ))}
    </>
  );
}

// The text of the article: its words are selected, then the correction is put on them.
function Place({ edit, article: id, done }: { edit: Edit; article: string; done: (made: EditMade, statement: number | null) => void }): JSX.Element {
  const answer = useAnswer<Article>(path(`articles/${encodeURIComponent(id)}`));
  const [taken, setTaken] = useState<{ text: string; span: Span } | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const none = useMemo(() => [], []);
  const put = (): void => {
    if (!taken) return;
    setProblem(null);
    post<Attached>(path(`edits/${edit.id}/attach`), { article: Number(id), spans: { content: [[taken.span[0], taken.span[1]]] } })
      .then((made) => done(made, made.statement), (error: unknown) => setProblem(problemOf(error)));
  };
  if (answer.problem) return <ProblemView problem={answer.problem} retry={answer.retry} />;
  if (!answer.data) return <Loading what="the article" lines={6} />;
  return (
    <div class="placing">
      <h3>{answer.data.title || "Untitled article"}</h3>
      <p class="note">Select the words that were said, then put the correction on them.</p>
      <AnnotatedText text={answer.data.text} statements={none} chosen={-1} choose={() => undefined} />
      {problem && <ProblemView problem={problem} />}
      <p class="tools">
        <button type="button" class="quiet" onMouseDown={(event) => event.preventDefault()}
          onClick={() => setTaken(selectedSpan(".placing .text"))}>Use the selected text</button>
        {taken && <span role="status">“{taken.text}”</span>}
        <button type="button" disabled={!taken} onClick={put}>Put it here</button>
      </p>
    </div>
  );
}

function One({ edit, pairs, done }: { edit: Edit; pairs: readonly Pair[]; done: (made: EditMade, statement: number | null) => void }): JSX.Element {
  const [isAsked, setAsked] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const isChosen = valueOf(pairs, "edit") === String(edit.id);
  const article = valueOf(pairs, "article");
  const drop = (): void => void post<EditMade>(path(`edits/${edit.id}/drop`)).then((made) => done(made, null), (error: unknown) => setProblem(problemOf(error)));
  return (
    <li data-row class={isChosen ? "chosen" : ""}>
      <p><strong>{sentenceOf(edit.after as unknown as Statement)}</strong></p>
      <p class="meta">
        <span>by {edit.who}, <time dateTime={edit.made_at}>{formatDate(edit.made_at)}</time></span>
        <span>text <code>{edit.sha256?.slice(0, 12)}</code></span>
        <span>{edit.article === null ? "not stored" : "stored, with other words in that place"}</span>
      </p>
      {problem && <ProblemView problem={problem} />}
      <p class="tools">
        <a href={isChosen ? href("orphans") : href("orphans", "", [["edit", String(edit.id)]])} aria-current={isChosen ? "true" : undefined}>
          {isChosen ? "leave it here" : "put it into an article"}
        </a>
        {isAsked ? (
          <span role="alert">It is in force nowhere then, also when the text comes back.{" "}
            <button type="button" onClick={drop}>Drop it</button>{" "}
            <button type="button" class="quiet" onClick={() => setAsked(false)}>Keep it</button>
          </span>
        ) : <button type="button" class="link" onClick={() => setAsked(true)}>drop …</button>}
      </p>
      {isChosen && (article ? <Place edit={edit} article={article} done={done} /> : <Choose pairs={pairs} />)}
    </li>
  );
}

export function OrphansPage({ route }: { route: Route }): JSX.Element {
  useTitle("Corrections without a text");
  const cursor = valueOf(route.pairs, "cursor");
  const answer = useAnswer<EditPage>(path("edits", [["orphans", "true"], ["limit", "50"], ...(cursor ? [["cursor", cursor] as Pair] : [])]));
  const [made, setMade] = useState<{ edit: number; statement: number | null } | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { data } = answer;
  const undo = (edit: number): void =>
    void post<EditMade>(path(`edits/${edit}/undo`, [["together", "true"]])).then(
      () => { setMade(null); answer.retry(); }, (error: unknown) => setProblem(problemOf(error)));
  return (
    <div class="page">
      <Heading>Corrections without a text</Heading>
      <p class="note">
        What persons said of statements whose text is not stored any more, or has other words in that place. They are in force again when the
        same text comes back. Here they are put into another text by hand, or dropped. <a href={href("trail")}>Who changed what</a>
      </p>
      {made && (
        <p class="tools" role="status">
          {made.statement !== null ? <>Put there: <a href={href("s", made.statement)}>the statement</a>.</> : "Dropped."}{" "}
          <button type="button" class="quiet" onClick={() => undo(made.edit)}>Undo</button>
        </p>
      )}
      {(problem ?? answer.problem) && <ProblemView problem={(problem ?? answer.problem) as Problem} retry={answer.retry} />}
      {!data && !answer.problem && <Loading what="corrections" lines={4} />}
      {data && (data.edits.length === 0 ? <p>There is none: every correction stands in its text.</p> : (
        <>
          <p class="tools"><span role="status">{plural(data.edits.length, "correction")}{data.next && ", and more"}</span></p>
          <ol class="plain trail">
            {data.edits.map((edit) => (
              <One key={edit.id} edit={edit} pairs={route.pairs} done={({ edit: first }, statement) => {
                setProblem(null);
                setMade({ edit: first as number, statement });
                location.hash = href("orphans");
                answer.retry();
              }} />
            ))}
          </ol>
        </>
      ))}
      {data?.next && <p><a href={href("orphans", "", [["cursor", data.next]])}>More</a></p>}
    </div>
  );
}
