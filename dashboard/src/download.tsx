// All rows of a question as a file: by fetch, since a plain link would carry no token.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { download, path } from "./client";
import { problemOf } from "./hooks";
import type { Pair } from "./route";

const FORMS = [
  ["CSV", "text/csv", "statements.csv"],
  ["JSON lines", "application/x-ndjson", "statements.ndjson"],
] as const;

export function Download({ conditions, resource = "statements" }: {
  conditions: readonly Pair[];
  resource?: string;
}): JSX.Element {
  const [state, setState] = useState("");
  const save = async (accept: string, name: string): Promise<void> => {
    setState("preparing …");
    try {
      const url = URL.createObjectURL(await download(path(resource, conditions), accept));
      const link = document.createElement("a");
      link.href = url;
      link.download = name.replace("statements", resource);
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), 10000);
      setState("");
    } catch (error) {
      const { title, detail } = problemOf(error);
      setState(detail || title);
    }
  };
  return (
    <>
      {FORMS.map(([label, accept, name]) => (
        <button key={label} type="button" class="link" onClick={() => void save(accept, name)}>{label}</button>
      ))}
      <span role="status">{state}</span>
    </>
  );
}
