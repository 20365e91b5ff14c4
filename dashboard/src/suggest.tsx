// A field for a name, with the names that begin as what is typed.
import type { JSX } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { Suggestions } from "./client";
import { path } from "./client";
import { useAnswer } from "./hooks";
import type { Pair } from "./route";

const WAIT_MS = 120; // between two letters of somebody who types

// What of the record a condition names.
const KINDS: Readonly<Record<string, string>> = {
  speaker: "actor", country: "actor", target: "actor", addressee: "actor", issue: "issue", outlet: "outlet",
};

export const isName = (condition: string): boolean => condition in KINDS;

export function NameInput({ name, label, value }: { name: string; label: string; value: string }): JSX.Element {
  const id = useId();
  const [typed, setTyped] = useState("");
  const [asked, setAsked] = useState("");
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed.trim()), WAIT_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const pairs: Pair[] = [["q", asked], ["kind", KINDS[name] ?? "actor"], ["limit", "8"]];
  const { data } = useAnswer<Suggestions>(asked ? path("suggest", pairs) : null);
  return (
    <>
      <input
        name="value"
        aria-label={label}
        type="text"
        defaultValue={value}
        required
        autocomplete="off"
        list={id}
        onInput={(event) => setTyped(event.currentTarget.value)}
        ref={field}
      />
      <datalist id={id}>
        {data?.suggestions.map((s) => (
          <option key={s.id} value={s.label}>{s.matched === s.label ? "" : `${s.matched}, `}{s.statement_count} statements</option>
        ))}
      </datalist>
    </>
  );
}
