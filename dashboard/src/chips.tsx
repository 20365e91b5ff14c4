// The question as its parts, each of which can be changed, turned round and taken away.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Interpretation, Problem } from "./client";
import { inputType } from "./parts";
import { canNegate, CONDITIONS, isCondition, negated, replaced, without } from "./question";
import type { Pair } from "./route";
import { isName, NameInput } from "./suggest";
import { withValue } from "./route";

type Part = Interpretation[number];

const bare = (value: string): string => value.replace(/^!/, "");

// Values to choose from, where there are few.
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  position: ["support", "oppose", "mixed", "concern", "neutral", "none"],
  target_position: ["support", "oppose", "mixed", "concern", "neutral", "none"],
  kind: ["direct", "indirect", "mixed"],
  polarity: ["affirmed", "denied"],
  status: ["machine", "confirmed", "edited", "rejected"],
  act: [
    "STATE", "AGREE", "CONSULT", "SUPPORT", "YIELD", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE",
    "REJECT", "DENY", "DECLINE_COMMENT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
  ],
};
const DAYS = new Set(["said_from", "said_to", "published_from", "published_to"]);

function ValueInput({ name, value }: { name: string; value: string }): JSX.Element {
  const choices = CHOICES[name];
  if (choices)
    return (
      <select name="value" aria-label={CONDITIONS[name]} defaultValue={value}>
        {choices.map((choice) => <option key={choice}>{choice}</option>)}
      </select>
    );
  if (isName(name)) return <NameInput name={name} label={CONDITIONS[name] ?? name} value={value} />;
  return (
    <input
      name="value"
      aria-label={CONDITIONS[name]}
      {...inputType(DAYS.has(name) ? "date" : "text")}
      defaultValue={value}
      required
      autocomplete="off"
      ref={(node) => node?.focus()}
    />
  );
}

function Chip({ pair, part, isWrong, set, remove }: {
  pair: Pair;
  part: Part | undefined;
  isWrong: boolean;
  set: (pair: Pair) => void;
  remove: () => void;
}): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const [name, value] = pair;
  const isNot = value.startsWith("!");
  const found = part?.matched;
  const isWords = name === "about"; // what is filed under an issue of that name is found as well
  const shown = !isWords && found?.length === 1 ? (found[0]?.name ?? bare(value)) : bare(value);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const typed = String(new FormData(event.currentTarget as HTMLFormElement).get("value") ?? "").trim();
    setOpen(false);
    if (typed) set([name, (isNot ? "!" : "") + typed]);
  };
  const isUnknown = isWrong || (!isWords && found?.length === 0);
  return (
    <li class={`chip${isUnknown ? " chip-unknown" : ""}`}>
      <span class="chip-name">{isNot && "not "}{CONDITIONS[name]}</span>{" "}
      {isOpen ? (
        <form onSubmit={submit} onKeyDown={(event) => event.key === "Escape" && setOpen(false)}>
          <ValueInput name={name} value={bare(value)} /> <button>Set</button>
        </form>
      ) : (
        <button type="button" class="chip-value" onClick={() => setOpen(true)} title="Change">{shown}</button>
      )}
      {canNegate(name) && (
        <button type="button" class="chip-do" onClick={() => set(negated(pair))}
          aria-label={isNot ? `with ${shown} again` : `not ${shown}`} title={isNot ? "With it again" : "Not this"}>
          {isNot ? "=" : "≠"}
        </button>
      )}
      <button type="button" class="chip-do" onClick={remove} aria-label={`remove ${CONDITIONS[name]} ${shown}`} title="Remove">×</button>
      {isUnknown && !isWrong && <span class="chip-note">no such name in the record</span>}
      {found && found.length > (isWords ? 0 : 1) && (
        <span class="chip-note">
          {isWords ? "also what is filed under" : "also"}{" "}
          {found.slice(0, 4).map(({ id, name: label }) => (
            <button key={id} type="button" class="link" onClick={() => set([isWords ? "issue" : name, (isNot ? "!" : "") + id])}
              title={`${label} alone`}>{label}</button>
          ))}
        </span>
      )}
    </li>
  );
}

// "With those who speak for it" or alone: of countries and organizations.
function Members({ conditions, parts, go }: {
  conditions: readonly Pair[];
  parts: Interpretation;
  go: (pairs: readonly Pair[]) => void;
}): JSX.Element | null {
  const isAlone = conditions.some(([name, value]) => name === "members" && value === "false");
  if (!isAlone && !parts.some(({ parameter, reading }) => parameter === "speaker" && reading)) return null;
  return (
    <li class="chip">
      <label class="check">
        <input
          type="checkbox"
          checked={!isAlone}
          onChange={() => go(withValue(conditions, "members", isAlone ? "" : "false"))}
        />{" "}
        with those who speak for it
      </label>
    </li>
  );
}

function AddChip({ add }: { add: (pair: Pair) => void }): JSX.Element {
  const [name, setName] = useState("");
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const typed = String(new FormData(event.currentTarget as HTMLFormElement).get("value") ?? "").trim();
    if (typed) add([name, typed]);
    setName("");
  };
  return (
    <li class="chip chip-add">
      <form onSubmit={submit}>
        <select aria-label="Add a condition" value={name} onChange={(event) => setName(event.currentTarget.value)}>
          <option value="">+ condition</option>
          {Object.entries(CONDITIONS).filter(([key]) => key !== "article").map(([key, words]) => (
            <option key={key} value={key}>{words}</option>
          ))}
        </select>
        {name && <> <ValueInput key={name} name={name} value="" /> <button>Add</button></>}
      </form>
    </li>
  );
}

export function Chips({ conditions, interpretation, to, problem }: {
  conditions: readonly Pair[];
  interpretation: Interpretation;
  to: (pairs: readonly Pair[]) => string;
  problem: Problem | null; // of a question that was refused
}): JSX.Element {
  const go = (pairs: readonly Pair[]): void => void (location.hash = to(pairs));
  const used = new Set<Part>();
  const partOf = ([name, value]: Pair): Part | undefined => {
    const part = interpretation.find((p) => !used.has(p) && p.parameter === name && p.value === bare(value));
    if (part) used.add(part);
    return part;
  };
  return (
    <ul class="chips" aria-label="How the question was understood">
      {conditions.map((pair, index) => isCondition(pair[0]) && (
        <Chip
          key={`${index} ${pair[0]} ${pair[1]}`}
          pair={pair}
          part={partOf(pair)}
          isWrong={problem?.field === pair[0]}
          set={(next) => go(replaced(conditions, index, next))}
          remove={() => go(without(conditions, index))}
        />
      ))}
      <Members conditions={conditions} parts={interpretation} go={go} />
      <AddChip add={(pair) => go([...conditions, pair])} />
    </ul>
  );
}
