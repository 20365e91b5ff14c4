// An actor that is two: the new one's name, the names that it takes, and the statements that are its.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Actor, ActorSplitMade, Problem, Statement, StatementPage } from "./client";
import { path, post } from "./client";
import { formatDate, quoted } from "./format";
import { problemOf, useAnswer } from "./hooks";
import { Loading, ProblemView } from "./parts";
import { href } from "./route";

const SHOWN = "50";

export function Splitting({ actor, fail }: { actor: Actor; fail: (problem: Problem) => void }): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const answer = useAnswer<StatementPage>(
    isOpen ? path("statements", [["speaker", actor.id], ["members", "false"], ["limit", SHOWN]]) : null,
  );
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const body = {
      name: String(data.get("name") ?? "").trim(),
      aliases: data.getAll("alias").map(String),
      statements: data.getAll("statement").map(Number),
    };
    post<ActorSplitMade>(path(`actors/${encodeURIComponent(actor.id)}/split`), body).then(
      (made) => { location.hash = href("actor", made.actor.id); },
      (error: unknown) => fail(problemOf(error)),
    );
  };
  if (!isOpen) return <p><button type="button" class="quiet" onClick={() => setOpen(true)}>These are two …</button></p>;
  const names = actor.aliases.filter((alias) => alias !== actor.name);
  return (
    <form class="editing" onSubmit={submit} aria-label="Split">
      <label class="field"><span>Name of the other one</span><input name="name" required autocomplete="off" /></label>
      {names.length > 0 && (
        <fieldset>
          <legend>Names that are the other one’s</legend>
          {names.map((alias) => <label class="check" key={alias}><input type="checkbox" name="alias" value={alias} /> {alias}</label>)}
        </fieldset>
      )}
      {answer.problem && <ProblemView problem={answer.problem} retry={answer.retry} />}
      {!answer.data && !answer.problem && <Loading what="statements" />}
      {answer.data && answer.data.statements.length > 0 && (
        <fieldset>
          <legend>Statements that are the other one’s{answer.data.next && `, of the newest ${SHOWN}`}</legend>
          {answer.data.statements.map((s: Statement) => (
            <label class="check" key={s.id}>
              <input type="checkbox" name="statement" value={String(s.id)} /> {quoted(s)}{" "}
              <span class="aside">{[s.outlet, formatDate(s.published_at)].filter(Boolean).join(", ")}</span>
            </label>
          ))}
        </fieldset>
      )}
      <p class="tools"><button>Split</button> <button type="button" class="quiet" onClick={() => setOpen(false)}>Cancel</button></p>
    </form>
  );
}
