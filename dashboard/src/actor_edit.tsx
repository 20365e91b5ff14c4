// What a person says of an actor: its names and roles, and that it is the same as another one.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Actor, ActorEdit, ActorPage, Edit, EditMade, EditPage, Problem } from "./client";
import { get, patch, path, post } from "./client";
import { undoEdit } from "./edit";
import { editWord, formatDate } from "./format";
import { problemOf, useAnswer } from "./hooks";
import { Splitting } from "./actor_split";
import { NameInput, ProblemView } from "./parts";
import { href } from "./route";

const lines = (text: string): string[] => text.split("\n").map((line) => line.trim()).filter(Boolean);

// "foreign minister; CHN; 2023-07-25; ": title, country, from, to.
const roleLine = (role: Actor["roles"][number]): string =>
  [role.title, role.country ?? "", role.from ?? "", role.to ?? ""].join("; ").replace(/(?:; )+$/, "");

function roleOf(line: string): NonNullable<ActorEdit["roles"]>[number] {
  const [title = "", country = "", from = "", to = ""] = line.split(";").map((part) => part.trim());
  return { title, country: country || null, from: from || null, to: to || null };
}

function Names({ actor, done, fail }: { actor: Actor; done: () => void; fail: (problem: Problem) => void }): JSX.Element {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const text = (name: string): string => String(data.get(name) ?? "");
    const body: ActorEdit = {
      name: text("name").trim(), aliases: lines(text("aliases")), roles: lines(text("roles")).map(roleOf),
    };
    patch<Actor>(path(`actors/${encodeURIComponent(actor.id)}`), body, actor.edit ?? 0)
      .then(done, (error: unknown) => fail(problemOf(error)));
  };
  return (
    <form class="editing" onSubmit={submit} aria-label="Names and roles">
      <label class="field"><span>Name</span><input name="name" defaultValue={actor.name} required autocomplete="off" /></label>
      <label class="field"><span>Other names, a line each</span>
        <textarea name="aliases" rows={4} defaultValue={actor.aliases.join("\n")} />
      </label>
      <label class="field"><span>Roles, a line each: title; country; from; to</span>
        <textarea name="roles" rows={3} defaultValue={actor.roles.map(roleLine).join("\n")} placeholder="foreign minister; CHN; 2023-07-25" />
      </label>
      <p class="tools"><button>Save</button></p>
    </form>
  );
}

// The id of the one that remains.
async function mergeInto(actor: Actor, name: string): Promise<string> {
  const { actors } = await get<ActorPage>(path("actors", [["name", name], ["limit", "20"]]));
  const wanted = name.toLowerCase();
  const into = actors.find((a) => a.name.toLowerCase() === wanted || a.id.toLowerCase() === wanted) ?? actors[0];
  const id = into?.id ?? name;
  await post<EditMade>(path(`actors/${encodeURIComponent(actor.id)}/merge`), { into: id });
  return id;
}

// An edit of one that is merged is found by its own id.
export function EditsOf({ kind, id, done, fail }: { kind: "actor" | "issue"; id: string; done: () => void; fail: (problem: Problem) => void }): JSX.Element | null {
  const answer = useAnswer<EditPage>(path("edits", [[kind, id], ["limit", "20"]]));
  if (!answer.data?.edits.length) return null;
  const say = (edit: Edit): string => {
    const into = (edit.after as { merged_into?: string | null } | null)?.merged_into;
    return `${id} ${editWord(edit.action)}${into ? ` into ${into}` : ""}`;
  };
  return (
    <ul class="plain">
      {answer.data.edits.map((edit) => (
        <li key={edit.id}>
          {say(edit)} by {edit.who}, <time dateTime={edit.made_at}>{formatDate(edit.made_at)}</time>
          {edit.can_be_undone && (
            <> <button type="button" class="link" aria-label={`undo: ${say(edit)}`}
              onClick={() => undoEdit(edit.id, edit.batch !== edit.id || edit.action === "add actor").then(done, (error: unknown) => fail(problemOf(error)))}>undo</button></>
          )}
        </li>
      ))}
    </ul>
  );
}

export function ActorEditing({ actor, done }: { actor: Actor; done: () => void }): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const finish = (): void => {
    setProblem(null);
    done();
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget as HTMLFormElement).get("into") ?? "").trim();
    mergeInto(actor, name).then(
      (id) => { location.hash = href("actor", id); },
      (error: unknown) => setProblem(problemOf(error)),
    );
  };
  return (
    <section class="history">
      <h2>Corrections</h2>
      {!isOpen ? <p><button type="button" class="quiet" onClick={() => setOpen(true)}>Correct this actor</button></p> : (
        <>
          {problem && <ProblemView problem={problem} />}
          <Names actor={actor} done={finish} fail={setProblem} />
          <form class="inline" onSubmit={submit} aria-label="Merge">
            <NameInput kind="actors" name="into" value="" label={`${actor.name} is the same as`} />
            <button>Merge into it</button>
          </form>
          <Splitting actor={actor} fail={setProblem} />
          {[actor.id, ...actor.merged].map((id) => <EditsOf key={id} kind="actor" id={id} done={finish} fail={setProblem} />)}
        </>
      )}
    </section>
  );
}
