// What a person says of a statement: the buttons and keys of a decision, the form of a correction,
// the trail of both.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { ActorPage, Edit, EditMade, EditPage, IssuePage, Problem, Statement, StatementEdit } from "./client";
import { get, patch, path, post } from "./client";
import type { Position } from "./format";
import { actWord, editWord, formatDate, POSITIONS, positionWord } from "./format";
import { problemOf, useAnswer } from "./hooks";
import { useKeys } from "./keys";
import { NameInput, ProblemView, statusWord } from "./parts";
import { href } from "./route";
import type { Span } from "./spans";
import { selectedSpan } from "./spans";

const SAID_ON = /^\d{4}(?:-\d{2}(?:-\d{2})?)?$/;

// The last thing done to a statement, if it can be taken back.
async function lastEdit(id: number): Promise<Edit | null> {
  const { edits } = await get<EditPage>(path("edits", [["statement", String(id)], ["limit", "1"]]));
  const [last] = edits;
  return last?.can_be_undone ? last : null;
}

export const undoEdit = (id: number, together = false): Promise<EditMade> =>
  post<EditMade>(path(`edits/${id}/undo`, together ? [["together", "true"]] : []));

export interface Judged {
  readonly statement: Statement; // as it is now
  readonly has: "confirmed" | "edited" | "rejected" | "undone" | "changed"; // changed: by somebody else
}

// Confirm, edit, reject, undo: by a click or by c, e, x, u.
export function Judging({ statement, done, otherwise, where }: {
  statement: Statement;
  done: (judged: Judged) => void;
  otherwise?: () => void; // instead of an undo, where there is none of this statement
  where: string; // a selector of the text whose selection is meant
}): JSX.Element {
  const [isEditing, setEditing] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const id = statement.id as number;
  const address = `v1/statements/${id}`;
  const attempt = (work: () => Promise<Judged | null>): void => {
    if (isBusy) return;
    setBusy(true);
    setProblem(null);
    work().then(
      (judged) => {
        setBusy(false);
        setEditing(false);
        if (judged) done(judged);
      },
      (error: unknown) => {
        const told = problemOf(error);
        setBusy(false);
        setProblem(told);
        // What it is now stands beside what was to be said of it.
        if (told.status === 412) void get<Statement>(address).then((now) => done({ statement: now, has: "changed" }));
      },
    );
  };
  const say = (body: StatementEdit, has: Judged["has"]): void =>
    attempt(async () => ({ statement: await patch<Statement>(address, body, statement.version), has }));
  const undo = (): void => statement.edit == null ? otherwise?.() :
    attempt(async () => {
      const last = await lastEdit(id);
      if (!last) return null;
      await undoEdit(last.id);
      return { statement: await get<Statement>(address), has: "undone" };
    });
  const confirm = (): void => say({ status: "confirmed" }, "confirmed");
  const reject = (): void => say({ status: "rejected" }, "rejected");
  useKeys({ c: confirm, x: reject, e: () => setEditing(true), u: undo });
  return (
    <div class="judging">
      <p class="tools" role="group" aria-label="Your say">
        <button type="button" disabled={isBusy} onClick={confirm} aria-keyshortcuts="c">Confirm <kbd>c</kbd></button>
        <button type="button" class="quiet" disabled={isBusy} aria-expanded={isEditing} aria-keyshortcuts="e"
          onClick={() => setEditing(!isEditing)}>Correct <kbd>e</kbd></button>
        <button type="button" class="quiet" disabled={isBusy} onClick={reject} aria-keyshortcuts="x">Reject <kbd>x</kbd></button>
        {statement.edit != null && (
          <button type="button" class="quiet" disabled={isBusy} onClick={undo} aria-keyshortcuts="u">Undo <kbd>u</kbd></button>
        )}
        <span role="status">{statusWord(statement.status)}</span>
      </p>
      {problem && <ProblemView problem={problem} />}
      {isEditing && (
        <EditForm statement={statement} where={where} say={(body) => say(body, "edited")} close={() => setEditing(false)}
          fail={setProblem} />
      )}
    </div>
  );
}

const ACTS = [
  "STATE", "AGREE", "CONSULT", "SUPPORT", "YIELD", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "DENY",
  "DECLINE_COMMENT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
] as const;

function Choice({ name, label, value, options }: {
  name: string;
  label: string;
  value: string;
  options: readonly (readonly [value: string, word: string])[];
}): JSX.Element {
  return (
    <label class="field">
      <span>{label}</span>
      <select name={name} defaultValue={value}>
        {options.map(([option, word]) => <option key={option} value={option} selected={option === value}>{word}</option>)}
      </select>
    </label>
  );
}

const same = (words: readonly string[]): [string, string][] => words.map((word) => [word, word]);
const POSITION_OPTIONS = POSITIONS.map((position) => [position, positionWord(position)] as const);

// The id of a name that the record knows; a new actor where it may be added.
async function actorId(name: string): Promise<string | null> {
  if (!name) return null;
  const { actors } = await get<ActorPage>(path("actors", [["name", name], ["limit", "20"]]));
  const wanted = name.toLowerCase();
  const fits = actors.find((a) => a.name.toLowerCase() === wanted || a.id.toLowerCase() === wanted)
    ?? actors.find((a) => a.aliases.some((alias) => alias.toLowerCase() === wanted)) ?? actors[0];
  if (fits) return fits.id;
  return (await post<{ id: string }>("v1/actors", { name, kind: "person" })).id;
}

async function issueId(label: string): Promise<string> {
  const { issues } = await get<IssuePage>(path("issues", [["name", label], ["limit", "20"]]));
  const fits = issues.find((i) => i.label.toLowerCase() === label.toLowerCase()) ?? issues[0];
  return fits ? fits.id : label;
}

const MORE = 1; // empty rows for another issue

async function bodyOf(form: FormData, before: Statement | null, content: string, span: Span | null): Promise<StatementEdit> {
  const body: Record<string, unknown> = {};
  const text = (name: string): string => String(form.get(name) ?? "").trim();
  const take = (name: string, was: string | null | undefined, value: string | null = text(name)): void => {
    if ((value ?? "") !== (was ?? "")) body[name] = value || null;
  };
  if (text("speaker") !== (before?.speaker?.name ?? "")) body.speaker = await actorId(text("speaker"));
  if (text("target") !== (before?.stance.target?.name ?? "")) body.target = await actorId(text("target"));
  take("act", before?.stance.act);
  take("polarity", before?.polarity);
  take("modality", before?.modality);
  take("kind", before?.kind);
  take("said_on", before?.said_on?.date);
  const issues: { id: string; position: string | null }[] = [];
  for (let i = 0; form.has(`issue${i}`); i++) {
    const label = text(`issue${i}`);
    const known = before?.issues[i];
    const position = text(`position${i}`);
    if (label) issues.push({ id: known?.label === label ? known.id : await issueId(label), position: position === "none" ? null : position });
  }
  const was = (before?.issues ?? []).map(({ id, position }) => ({ id, position }));
  if (JSON.stringify(issues) !== JSON.stringify(was)) body.issues = issues;
  if (content !== (before?.content ?? "")) body.spans = { content: span ? [[span[0], span[1]]] : content };
  return body as StatementEdit;
}

// One that the engine did not find: select its words, then say the rest.
export function Adding({ article, where }: { article: number; where: string }): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const say = (body: StatementEdit): void => {
    setProblem(null);
    post<Statement>(path(`articles/${article}/statements`), body).then(
      ({ id }) => { location.hash = href("s", id ?? ""); },
      (error: unknown) => setProblem(problemOf(error)),
    );
  };
  return (
    <section class="adding">
      {problem && <ProblemView problem={problem} />}
      {isOpen ? <EditForm statement={null} where={where} say={say} close={() => setOpen(false)} fail={setProblem} /> : (
        <button type="button" class="quiet" onMouseDown={(event) => event.preventDefault()} onClick={() => setOpen(true)}>
          Add a statement that is missing
        </button>
      )}
    </section>
  );
}

// All that can be wrong. Before is null for one to be added.
export function EditForm({ statement, where, say, close, fail }: {
  statement: Statement | null;
  where: string;
  say: (body: StatementEdit) => void;
  close: () => void;
  fail: (problem: Problem | null) => void;
}): JSX.Element {
  const form = useRef<HTMLFormElement>(null);
  const words = useRef<HTMLTextAreaElement>(null);
  const [selected, setSelected] = useState<{ text: string; span: Span } | null>(null);
  useEffect(() => {
    if (!statement) useSelection();
    form.current?.querySelector<HTMLElement>("input, textarea")?.focus();
  }, []);
  const useSelection = (): void => {
    const taken = selectedSpan(where);
    if (!taken || !words.current) return;
    words.current.value = taken.text;
    setSelected(taken);
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const content = String(data.get("content") ?? "");
    const said = String(data.get("said_on") ?? "").trim();
    if (said && !SAID_ON.test(said)) {
      fail({ status: 400, title: "not a date", detail: "Give 2024-04-26, 2024-04 or 2024.", field: "said_on", retryAfter: 0 });
      return;
    }
    bodyOf(data, statement, content, selected?.text === content ? selected.span : null)
      .then(say, (error: unknown) => fail(problemOf(error)));
  };
  const issues = statement?.issues ?? [];
  return (
    <form class="editing" ref={form} onSubmit={submit} aria-label="Correction"
      onKeyDown={(event) => event.key === "Escape" && close()}>
      <div class="fields">
        <NameInput kind="actors" name="speaker" value={statement?.speaker?.name ?? ""} label="Speaker" />
        <Choice name="act" label="Act" value={statement?.stance.act ?? "STATE"} options={ACTS.map((act) => [act, actWord(act)])} />
        <NameInput kind="actors" name="target" value={statement?.stance.target?.name ?? ""} label="Towards" />
      </div>
      {Array.from({ length: issues.length + MORE }, (_, i) => (
        <div class="fields" key={i}>
          <NameInput kind="issues" name={`issue${i}`} value={issues[i]?.label ?? ""} label={issues[i] ? `Issue ${i + 1}` : "Another issue"} />
          <Choice name={`position${i}`} label="Position on it" value={issues[i]?.position ?? "none"} options={POSITION_OPTIONS} />
        </div>
      ))}
      <div class="fields">
        <Choice name="kind" label="Quoted" value={statement?.kind ?? "indirect"} options={same(["direct", "indirect", "mixed"])} />
        <Choice name="polarity" label="Content" value={statement?.polarity ?? "affirmed"} options={same(["affirmed", "denied"])} />
        <Choice name="modality" label="As" value={statement?.modality ?? "actual"} options={same(["actual", "future", "hypothetical"])} />
        <label class="field"><span>Said on</span>
          <input name="said_on" defaultValue={statement?.said_on?.date ?? ""} placeholder="2024-04-26" autocomplete="off" />
        </label>
      </div>
      <label class="field"><span>Content, word for word as in the text</span>
        <textarea name="content" ref={words} rows={3} defaultValue={statement?.content ?? ""} required />
      </label>
      <p class="tools">
        <button type="button" class="quiet" onMouseDown={(event) => event.preventDefault()} onClick={useSelection}>Use the selected text</button>
        <button>Save</button>
        <button type="button" class="quiet" onClick={close}>Cancel</button>
      </p>
    </form>
  );
}

const heard = (s: Statement): Record<string, string> => ({
  status: statusWord(s.status),
  speaker: s.speaker?.name ?? "nobody named",
  content: s.content,
  issues: s.issues.map(({ label, position }) => `${label} (${positionWord((position ?? "none") as Position)})`).join(", ") || "no issue",
  act: actWord(s.stance.act),
  towards: s.stance.target?.name ?? "nobody",
  content_is: s.polarity,
  said: s.said_on?.date ?? "a time not known",
});

type Named = { name?: string; label?: string; aliases?: string[]; roles?: { title: string }[]; kind?: string; country?: string | null; merged_into?: string | null };

const named = (thing: Named): Record<string, string> => ({
  name: thing.name ?? thing.label ?? "",
  kind: thing.kind ?? "",
  country: thing.country ?? "none",
  "other names": thing.aliases?.join(", ") || "none",
  roles: thing.roles?.map(({ title }) => title).join(", ") || "none",
  "merged into": thing.merged_into ?? "nothing",
});

// What an edit made of what was there before.
export function Difference({ edit }: { edit: Edit }): JSX.Element {
  const { before, after } = edit as { before: unknown; after: unknown };
  if (!before || !after) return <p class="note">{after ? "It was not there before." : "Nothing is decided on it any more."}</p>;
  const told = (side: unknown): Record<string, string> => (edit.of === "statement" ? heard(side as Statement) : named(side as Named));
  const was = told(before);
  const is = told(after);
  const other = Object.keys(is).filter((name) => was[name] !== is[name]);
  if (other.length === 0) return <p class="note">Nothing that is shown here changed.</p>;
  return (
    <ul class="plain">
      {other.map((name) => <li key={name}>{name.replace("_", " ")}: <del>{was[name]}</del> <ins>{is[name]}</ins></li>)}
    </ul>
  );
}

// Who said what of it, newest first.
export function History({ id, undone }: { id: number; undone: () => void }): JSX.Element | null {
  const answer = useAnswer<EditPage>(path("edits", [["statement", String(id)], ["limit", "20"]]));
  const [problem, setProblem] = useState<Problem | null>(null);
  if (problem) return <ProblemView problem={problem} />;
  if (!answer.data || answer.data.edits.length === 0) return null;
  return (
    <section class="history">
      <h2>What persons said of it</h2>
      <ol class="plain">
        {answer.data.edits.map((edit) => (
          <li key={edit.id}>
            <strong>{editWord(edit.action)}</strong> by {edit.who}, <time dateTime={edit.made_at}>{formatDate(edit.made_at)}</time>
            {edit.can_be_undone && (
              <> <button type="button" class="link" onClick={() => undoEdit(edit.id).then(undone, (error: unknown) => setProblem(problemOf(error)))}>undo</button></>
            )}
            <Difference edit={edit} />
          </li>
        ))}
      </ol>
    </section>
  );
}
