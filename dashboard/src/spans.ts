// Offsets are Unicode code points, JavaScript's strings are UTF-16: texts are cut as arrays of code
// points, never as strings.

export type Span = readonly [start: number, end: number];

export interface Mark {
  readonly kind: string;
  readonly spans: readonly (readonly number[])[];
}

export interface Piece {
  readonly text: string;
  readonly kinds: readonly string[]; // in the order of the marks
  readonly starts: readonly string[]; // kinds of which a span begins here
}

export const codePoints = (text: string): string[] => Array.from(text);

// [from, to) of the text in pieces, each with the marks that cover it.
export function pieces(
  points: readonly string[],
  marks: readonly Mark[],
  from = 0,
  to = points.length,
): Piece[] {
  const cuts = new Set<number>([from, to]);
  for (const { spans } of marks)
    for (const [start = 0, end = 0] of spans)
      for (const cut of [start, end]) if (cut > from && cut < to) cuts.add(cut);
  const sorted = [...cuts].sort((a, b) => a - b);
  const out: Piece[] = [];
  for (let i = 0; i + 1 < sorted.length; i++) {
    const start = sorted[i] as number;
    const end = sorted[i + 1] as number;
    const covering = marks.filter(({ spans }) =>
      spans.some(([a = 0, b = 0]) => a <= start && end <= b),
    );
    out.push({
      text: points.slice(start, end).join(""),
      kinds: covering.map(({ kind }) => kind),
      starts: covering
        .filter(({ spans }) => spans.some(([a]) => a === start))
        .map(({ kind }) => kind),
    });
  }
  return out;
}

// The shortest stretch that holds all the spans; null without any.
export function hull(all: readonly (readonly (readonly number[])[])[]): Span | null {
  const flat = all.flat();
  if (flat.length === 0) return null;
  return [
    Math.min(...flat.map(([start = 0]) => start)),
    Math.max(...flat.map(([, end = 0]) => end)),
  ];
}

// After these a full stop ends no sentence.
const SHORT =
  /(?:^|[\s("“‘])(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Sgt|Maj|Adm|Capt|Sen|Rep|Gov|Rev|Hon|St|Jr|Sr|No|vs|Inc|Co|Corp|Ltd|\p{Lu})\.\s*$/u;

// Where the sentences of a text begin, as offsets in code points, the text's length last.
export function sentenceStarts(text: string): number[] {
  const starts: number[] = [];
  let at = 0;
  let before = "";
  const end = (piece: string): boolean => /\n\s*\n\s*$/.test(piece) || !SHORT.test(piece);
  for (const segment of sentencesOf(text)) {
    if (before === "" || end(before)) starts.push(at);
    at += codePoints(segment).length;
    before = segment;
  }
  starts.push(at);
  return starts;
}

function sentencesOf(text: string): string[] {
  const Segmenter = (Intl as { Segmenter?: typeof Intl.Segmenter }).Segmenter;
  if (!Segmenter) return text.match(/[^.!?\n]*(?:[.!?\n]+["”’)\s]*|$)/g)?.filter(Boolean) ?? [];
  return Array.from(new Segmenter("en", { granularity: "sentence" }).segment(text), (s) => s.segment);
}

// The sentences that a stretch touches, and `around` more on both sides.
export function context(starts: readonly number[], span: Span, around: number): Span {
  const last = starts.length - 2;
  let first = 0;
  while (first < last && (starts[first + 1] as number) <= span[0]) first++;
  let final = first;
  while (final < last && (starts[final + 1] as number) < span[1]) final++;
  return [
    starts[Math.max(0, first - around)] ?? 0,
    starts[Math.min(last, final + around) + 1] ?? span[1],
  ];
}

// What is selected within an element whose text begins at `data-from`, in code points of the whole;
// letters of marks and gaps are no text. null where nothing is, or it leaves the element.
export function selectedSpan(where: string): { text: string; span: Span } | null {
  const box = document.querySelector<HTMLElement>(where);
  const selection = getSelection();
  if (!box || !selection || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!box.contains(range.startContainer) || !box.contains(range.endContainer)) return null;
  const before = document.createRange();
  before.selectNodeContents(box);
  before.setEnd(range.startContainer, range.startOffset);
  const whole = textOf(range);
  const text = whole.trim();
  const lead = whole.length - whole.trimStart().length;
  const start = Number(box.dataset.from ?? 0) + codePoints(textOf(before)).length + codePoints(whole.slice(0, lead)).length;
  return text ? { text, span: [start, start + codePoints(text).length] } : null;
}

function textOf(range: Range): string {
  const copy = range.cloneContents();
  for (const extra of copy.querySelectorAll("sup, .gap")) extra.remove();
  return copy.textContent ?? "";
}
