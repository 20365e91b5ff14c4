// All rows of a question as a file: by fetch, since a plain link would carry no token.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { download, path } from "./client";
import { problemOf } from "./hooks";
import type { Pair } from "./route";

type Form = readonly [label: string, accept: string, ending: string];

const LISTS: readonly Form[] = [["CSV", "text/csv", "csv"], ["JSON lines", "application/x-ndjson", "ndjson"]];

export function Download({ conditions, resource = "statements", forms = LISTS }: {
  conditions: readonly Pair[];
  resource?: string;
  forms?: readonly Form[];
}): JSX.Element {
  const [state, setState] = useState("");
  const save = async (accept: string, ending: string): Promise<void> => {
    setState("preparing …");
    try {
      const url = URL.createObjectURL(await download(path(resource, conditions), accept));
      const link = document.createElement("a");
      link.href = url;
      link.download = `${resource.replace(/\//g, "-")}.${ending}`;
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
      {forms.map(([label, accept, ending]) => (
        <button key={label} type="button" class="link" onClick={() => void save(accept, ending)}>{label}</button>
      ))}
      <span role="status">{state}</span>
    </>
  );
}
