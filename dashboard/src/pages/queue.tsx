// What is worth a look: one statement after the other, the least sure first, by keys alone.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Actor, ActorPage, Article, BulkMade, Problem, Queue, Statement } from "../client";
import { get, path, post } from "../client";
import type { Judged } from "../edit";
import { Judging, undoEdit } from "../edit";
import { formatCount, formatSure, plural } from "../format";
import { problemOf, useAnswer, useTitle } from "../hooks";
import { useKeys } from "../keys";
import { Heading, Loading, NameInput, ProblemView, statusWord, Who } from "../parts";
import { isCondition, isQuestion } from "../question";
import type { Pair, Route } from "../route";
import { href, valueOf } from "../route";
import { Facts, InContext, Source } from "./statement";

const LIMIT = "100";

const ORDERS = [["both", "doubt and use"], ["doubt", "doubt"], ["use", "use"]] as const;

function Filter({ pairs }: { pairs: readonly Pair[] }): JSX.Element {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const given = ["speaker", "issue", "by"]
      .map((name): Pair => [name, String(data.get(name) ?? "").trim()])
      .filter(([name, value]) => value && !(name === "by" && value === "both"));
    const others = pairs.filter(([name]) => !["speaker", "issue", "by"].includes(name));
    location.hash = href("queue", "", [...given, ...others]);
  };
  return (
    <form class="inline" onSubmit={submit}>
      <NameInput kind="actors" name="speaker" value={valueOf(pairs, "speaker")} label="Said by" />
      <NameInput kind="issues" name="issue" value={valueOf(pairs, "issue")} label="About" />
      <label class="field"><span>First by</span>
        <select name="by">
          {ORDERS.map(([value, word]) => <option key={value} value={value} selected={value === (valueOf(pairs, "by") || "both")}>{word}</option>)}
        </select>
      </label>
      <button>Show</button>
    </form>
  );
}

// What is done to all that fit, and how that is told.
interface Change {
  readonly body: { status: "confirmed" | "rejected" } | { set: { speaker: string } };
  readonly ask: (count: string) => string;
  readonly done: string;
}

const toStatus = (status: "confirmed" | "rejected"): Change => ({
  body: { status },
  ask: (count) => `${status === "rejected" ? "Reject" : "Confirm"} all ${count}`,
  done: statusWord(status),
});

const toSpeaker = (speaker: string, name: string): Change => ({
  body: { set: { speaker } },
  ask: (count) => `All ${count} were said by ${name}`,
  done: `now said by ${name}`,
});

// By exactly this name: many statements are at stake.
async function knownActor(name: string): Promise<Actor | undefined> {
  const wanted = name.toLowerCase();
  const { actors } = await get<ActorPage>(path("actors", [["name", name], ["limit", "50"]]));
  return actors.find((a) => a.name.toLowerCase() === wanted || a.id.toLowerCase() === wanted)
    ?? actors.find((a) => a.aliases.some((alias) => alias.toLowerCase() === wanted));
}

// One speaker instead of another: of all that fit some condition, never of the whole record.
function SpeakerForAll({ send, fail }: { send: (change: Change) => void; fail: (problem: Problem) => void }): JSX.Element {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget as HTMLFormElement).get("to") ?? "").trim();
    if (name)
      knownActor(name).then(
        (actor) => actor ? send(toSpeaker(actor.id, actor.name)) : fail({ status: -1, title: `the record knows nobody by the name “${name}”`, detail: "", field: "to", retryAfter: 0 }),
        (error: unknown) => fail(problemOf(error)),
      );
  };
  return (
    <form class="inline" onSubmit={submit} aria-label="Another speaker">
      <NameInput kind="actors" name="to" value="" label="All that fit were said by" />
      <button class="quiet">Change the speaker …</button>
    </form>
  );
}

// The same for all that fit: counted first, then done, then it can be taken back.
function Bulk({ pairs, done }: { pairs: readonly Pair[]; done: () => void }): JSX.Element {
  const [asked, setAsked] = useState<{ change: Change; count: number } | null>(null);
  const [made, setMade] = useState<{ change: Change; count: number; edit: number } | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const where: Record<string, string[]> = { status: ["machine"] };
  for (const [name, value] of pairs) if (isQuestion(name)) where[name] = [...(where[name] ?? []), value];
  const send = (change: Change, count?: number): void => {
    setProblem(null);
    post<BulkMade>("v1/edits", { ...change.body, where, ...(count === undefined ? {} : { count }) }).then(
      (answer) => {
        if (answer.edit === null) return setAsked({ change, count: answer.count });
        setAsked(null);
        setMade({ change, count: answer.edits, edit: answer.edit });
        done();
      },
      (error: unknown) => setProblem(problemOf(error)),
    );
  };
  const undo = (edit: number): void =>
    void undoEdit(edit, true).then(() => (setMade(null), done()), (error: unknown) => setProblem(problemOf(error)));
  return (
    <div class="bulk">
      {asked ? (
        <p class="tools" role="alert">
          That is {plural(asked.count, "statement")}.
          {asked.count > 0 && (
            <button type="button" onClick={() => send(asked.change, asked.count)}>{asked.change.ask(formatCount(asked.count))}</button>
          )}
          <button type="button" class="quiet" onClick={() => setAsked(null)}>Leave them</button>
        </p>
      ) : (
        <>
          <p class="tools">
            <button type="button" class="quiet" onClick={() => send(toStatus("confirmed"))}>Confirm all that fit …</button>
            <button type="button" class="quiet" onClick={() => send(toStatus("rejected"))}>Reject all that fit …</button>
          </p>
          {pairs.some(([name]) => isCondition(name)) && <SpeakerForAll send={send} fail={setProblem} />}
        </>
      )}
      {made && (
        <p class="tools" role="status">
          {plural(made.count, "statement")} {made.change.done}.{" "}
          <button type="button" class="quiet" onClick={() => undo(made.edit)}>Undo all of it</button>
        </p>
      )}
      {problem && <ProblemView problem={problem} />}
    </div>
  );
}

function One({ statement, done, otherwise, doubt }: {
  statement: Statement;
  done: (judged: Judged) => void;
  otherwise: () => void;
  doubt: number;
}): JSX.Element {
  const article = useAnswer<Article>(statement.article !== null ? path(`articles/${statement.article}`) : null);
  return (
    <section class="one" aria-label="The statement to look at">
      <h2><Who statement={statement} /> <span class="aside">{formatSure(1 - doubt)} sure altogether</span></h2>
      <div class="columns">
        <div>
          {article.data ? <InContext statement={statement} article={article.data} /> : <Loading what="the sentence" />}
          <Source statement={statement} />
          <Judging statement={statement} done={done} otherwise={otherwise} where=".one .context" />
          <p class="note"><a href={href("s", statement.id ?? "")} data-open>open the statement</a></p>
        </div>
        <aside aria-label="What was read from it"><Facts statement={statement} article={article.data} /></aside>
      </div>
    </section>
  );
}

export function QueuePage({ route }: { route: Route }): JSX.Element {
  const pairs = route.pairs.filter(([name]) => isQuestion(name) || name === "by");
  const answer = useAnswer<Queue>(path("queue", [...pairs, ["limit", LIMIT]]));
  const [at, setAt] = useState(0);
  const [judged, setJudged] = useState<ReadonlyMap<number, Judged>>(new Map());
  useTitle("Queue");
  useEffect(() => {
    setAt(0);
    setJudged(new Map());
  }, [answer.data]);
  const queue = answer.data?.queue ?? [];
  const one = queue[at];
  const now = one && (judged.get(one.statement.id as number)?.statement ?? one.statement);
  const done = (next: Judged): void => {
    const all = new Map(judged);
    all.delete(next.statement.id as number); // the last one is the last
    setJudged(all.set(next.statement.id as number, next));
    if (next.has !== "undone" && next.has !== "changed") setAt(at + 1);
  };
  // The one before, with what was said of it taken back.
  const back = (): void => {
    const id = [...judged.keys()].at(-1);
    const edit = id === undefined ? null : judged.get(id)?.statement.edit;
    if (id === undefined || edit == null) return;
    void undoEdit(edit).then(() => get<Statement>(path(`statements/${id}`))).then((statement) => {
      const next = new Map(judged);
      next.delete(id);
      setJudged(next.set(id, { statement, has: "undone" }));
      setAt(queue.findIndex(({ statement: { id: other } }) => other === id));
    });
  };
  const move = (by: number): void => setAt(Math.min(Math.max(0, at + by), queue.length));
  useKeys({ n: () => move(1), p: () => move(-1) });
  return (
    <div class="page queue">
      <Heading>Queue</Heading>
      <p class="note">Statements that nobody has looked at, those that are least sure and stand in most answers first.{" "}
        <a href={href("trail")}>Who changed what</a> · <a href={href("orphans")}>Corrections without a text</a></p>
      <Filter key={JSON.stringify(pairs)} pairs={pairs} />
      {answer.problem && <ProblemView problem={answer.problem} retry={answer.retry} />}
      {!answer.data && !answer.problem && <Loading what="the queue" lines={6} />}
      {answer.data && (
        <>
          <p class="tools">
            <span role="status">
              {one ? `${at + 1} of ${plural(queue.length, "statement")}` : queue.length ? "That is all of them." : "Nothing waits to be looked at."}
              {answer.data.is_cut && `, of the newest ${formatCount(answer.data.looked_at)} that fit`}
            </span>
            {queue.length > 0 && (
              <>
                <button type="button" class="quiet" disabled={at === 0} onClick={() => move(-1)} aria-keyshortcuts="p">Back <kbd>p</kbd></button>
                <button type="button" class="quiet" disabled={!one} onClick={() => move(1)} aria-keyshortcuts="n">Skip <kbd>n</kbd></button>
              </>
            )}
          </p>
          {one && now && <One key={one.statement.id} statement={now} done={done} otherwise={back} doubt={one.doubt} />}
          {!one && queue.length > 0 && <p><button type="button" onClick={answer.retry}>More</button></p>}
          {pairs.some(([name]) => isQuestion(name)) && <Bulk pairs={pairs} done={answer.retry} />}
        </>
      )}
    </div>
  );
}
