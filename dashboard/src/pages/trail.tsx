// The audit trail: who changed what, when, from what to what; undone from here, and exported.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Edit, EditPage, Problem } from "../client";
import { get, path } from "../client";
import { Difference, undoEdit } from "../edit";
import { Download } from "../download";
import { editWord } from "../format";
import { problemOf, useAnswer, useTitle } from "../hooks";
import { Heading, Loading, ProblemView } from "../parts";
import type { Pair, Route } from "../route";
import { href, valueOf } from "../route";

const CONDITIONS = ["who", "actor", "issue", "statement", "batch", "labels"];

// What it was of: a statement as it is now, an actor, an issue.
function Subject({ edit }: { edit: Edit }): JSX.Element {
  const named = (edit.after ?? edit.before) as { id?: string; name?: string; label?: string; speaker?: { name: string } | null } | null;
  if (edit.of !== "statement")
    return <a href={href(edit.of, named?.id ?? "")}>{named?.name ?? named?.label ?? named?.id ?? edit.of}</a>;
  const who = named?.speaker?.name ?? "unnamed source";
  if (edit.statement !== null) return <>statement of <a href={href("s", edit.statement)}>{who}</a></>;
  return <>statement of {who}, {edit.article !== null ? <a href={href("article", edit.article)}>not there any more</a> : "whose text is not stored"}</>;
}

function Row({ edit, together, done, fail }: {
  edit: Edit;
  together: number; // edits shown that were made with it
  done: () => void;
  fail: (problem: Problem) => void;
}): JSX.Element {
  const undo = (all: boolean): void => void undoEdit(edit.id, all).then(done, (error: unknown) => fail(problemOf(error)));
  return (
    <li data-row>
      <p>
        <time dateTime={edit.made_at}>{edit.made_at.slice(0, 16).replace("T", " ")}</time>{" "}
        <a href={href("trail", "", [["who", edit.who]])}>{edit.who}</a> <strong>{editWord(edit.action)}</strong>: <Subject edit={edit} />
      </p>
      <Difference edit={edit} />
      <p class="tools">
        {edit.can_be_undone && (
          <button type="button" class="link" aria-label={`undo edit ${edit.id}`} onClick={() => undo(false)}>undo</button>
        )}
        {edit.can_be_undone && together > 1 && (
          <button type="button" class="link" onClick={() => undo(true)}>undo all that was made with it</button>
        )}
        {together > 1 && <a href={href("trail", "", [["batch", String(edit.batch)]])}>made together</a>}
      </p>
    </li>
  );
}

function Filter({ pairs }: { pairs: readonly Pair[] }): JSX.Element {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const given = ["who", "actor", "issue"].map((name): Pair => [name, String(data.get(name) ?? "").trim()]);
    location.hash = href("trail", "", given.filter(([, value]) => value));
  };
  const field = (name: string, label: string): JSX.Element => (
    <label class="field"><span>{label}</span><input name={name} defaultValue={valueOf(pairs, name)} autocomplete="off" /></label>
  );
  return (
    <form class="inline" onSubmit={submit} key={JSON.stringify(pairs)}>
      {field("who", "Changed by")}
      {field("actor", "Actor, by its id")}
      {field("issue", "Issue, by its id")}
      <button>Show</button>
    </form>
  );
}

export function TrailPage({ route }: { route: Route }): JSX.Element {
  useTitle("Who changed what");
  const pairs = route.pairs.filter(([name]) => CONDITIONS.includes(name));
  const wanted = path("edits", [...pairs, ["limit", "50"]]);
  const answer = useAnswer<EditPage>(wanted);
  const [more, setMore] = useState<readonly Edit[]>([]);
  const [next, setNext] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    setMore([]);
    setNext(answer.data?.next ?? null);
  }, [answer.data]);
  const load = (): void =>
    void get<EditPage>(`${wanted}&cursor=${encodeURIComponent(next ?? "")}`).then(
      (page) => {
        setMore([...more, ...page.edits]);
        setNext(page.next);
      },
      (error: unknown) => setProblem(problemOf(error)),
    );
  const edits = [...(answer.data?.edits ?? []), ...more];
  const inBatch = new Map<number, number>();
  for (const { batch } of edits) inBatch.set(batch, (inBatch.get(batch) ?? 0) + 1);
  return (
    <div class="page">
      <Heading>Who changed what</Heading>
      <p class="note">
        Every change by a person, newest first; to take one back is a change, too. <a href={href("orphans")}>Corrections without a text</a>
      </p>
      <Filter pairs={pairs} />
      {(problem ?? answer.problem) && <ProblemView problem={(problem ?? answer.problem) as Problem} retry={answer.retry} />}
      {!answer.data && !answer.problem && <Loading what="changes" lines={6} />}
      {answer.data && (
        <>
          <p class="tools">All of them: <Download conditions={pairs} resource="edits" forms={[["JSON lines", "application/x-ndjson", "ndjson"]]} /></p>
          {edits.length === 0 && <p>Nobody changed anything that fits.</p>}
          <ol class="plain trail">
            {edits.map((edit) => (
              <Row key={edit.id} edit={edit} together={inBatch.get(edit.batch) ?? 1}
                done={() => { setProblem(null); answer.retry(); }} fail={setProblem} />
            ))}
          </ol>
          {next && <button type="button" onClick={load}>Load more</button>}
        </>
      )}
    </div>
  );
}
