// A text with the parts of a statement marked: by color, by underline, and by a letter where each
// begins.
import type { JSX } from "preact";
import type { Statement } from "./client";
import type { Mark } from "./spans";
import { pieces } from "./spans";

export const ROLES = [
  ["source", "S", "who says it"],
  ["cue", "C", "how the text says so"],
  ["content", "Q", "what is said"],
  ["addressee", "A", "to whom"],
  ["time", "T", "when"],
  ["target", "G", "towards whom"],
] as const;
const LETTERS: Readonly<Record<string, string>> = Object.fromEntries(ROLES.map(([role, letter]) => [role, letter]));
const MEANINGS: Readonly<Record<string, string>> = Object.fromEntries(ROLES.map(([role, , what]) => [role, what]));

export const marksOf = (statement: Statement): Mark[] =>
  ROLES.map(([role]) => ({ kind: role, spans: statement.spans[role] }));

export function Marked({ points, marks, from, to }: {
  points: readonly string[];
  marks: readonly Mark[];
  from: number;
  to: number;
}): JSX.Element {
  return (
    <>
      {pieces(points, marks, from, to).map(({ text, kinds, starts }, i) =>
        kinds.length === 0 ? text : (
          <mark key={i} class={kinds.map((kind) => `span-${kind}`).join(" ")} title={kinds.map((k) => MEANINGS[k]).join("; ")}>
            {starts.map((kind) => <sup key={kind} aria-hidden="true">{LETTERS[kind]}</sup>)}
            {text}
          </mark>
        ),
      )}
    </>
  );
}

export function Legend({ statement }: { statement: Statement }): JSX.Element {
  return (
    <ul class="legend" aria-label="What the marks mean">
      {ROLES.filter(([role]) => statement.spans[role].length > 0).map(([role, letter, what]) => (
        <li key={role}><mark class={`span-${role}`}><sup>{letter}</sup>{role === "content" ? "statement" : role}</mark> {what}</li>
      ))}
    </ul>
  );
}
