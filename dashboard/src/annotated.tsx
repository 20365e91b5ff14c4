// A whole text with all its statements: each content tinted and numbered, the chosen one with its
// parts. Where statements overlap, a click goes through them.
import type { JSX } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { Statement } from "./client";
import { marksOf } from "./marked";
import type { Mark } from "./spans";
import { codePoints, pieces } from "./spans";

export function AnnotatedText({ text, statements, chosen, choose }: {
  text: string;
  statements: readonly Statement[];
  chosen: number;
  choose: (index: number) => void;
}): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const parts = useMemo(() => {
    const marks: Mark[] = statements.map(({ spans }, i) => ({ kind: String(i), spans: spans.content }));
    const one = statements[chosen];
    if (one) marks.push(...marksOf(one).map(({ kind, spans }) => ({ kind: `span-${kind}`, spans })));
    return pieces(codePoints(text), marks);
  }, [text, statements, chosen]);
  useEffect(() => {
    box.current?.querySelector(".span-content")?.scrollIntoView({ block: "center", behavior: "instant" });
  }, [chosen]);
  return (
    <div class="text" ref={box}>
      {parts.map(({ text: piece, kinds, starts }, i) => {
        if (kinds.length === 0) return piece;
        const numbers = kinds.filter((kind) => /^\d+$/.test(kind)).map(Number);
        const roles = kinds.filter((kind) => kind.startsWith("span-"));
        const began = starts.filter((kind) => /^\d+$/.test(kind));
        const next = numbers[(numbers.indexOf(chosen) + 1) % Math.max(1, numbers.length)];
        return (
          <mark
            key={i}
            class={[numbers.length ? "said" : "", numbers.length > 1 ? "said-twice" : "", ...roles].join(" ").trim()}
            title={numbers.length > 1 ? `statements ${numbers.map((n) => n + 1).join(", ")}` : undefined}
            onClick={() => {
              if (next !== undefined && getSelection()?.isCollapsed !== false) choose(next);
            }}
          >
            {began.map((kind) => <sup key={kind} aria-hidden="true">{Number(kind) + 1}</sup>)}
            {piece}
          </mark>
        );
      })}
    </div>
  );
}
