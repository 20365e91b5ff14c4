// Positions over time, drawn by Observable Plot, which is loaded when the first chart is shown; the
// same figures as a table beside it.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { CountGroup, Counts } from "./client";
import type { Position } from "./format";
import { formatCount, formatDate, formatShare, POSITIONS, positionName, positionShape, positionWord } from "./format";
import { allIntervals, shortInterval } from "./interval";
import { Unfinished } from "./parts";
import { withInterval } from "./question";
import type { Pair } from "./route";
import { href } from "./route";

export interface Cell {
  readonly interval: string;
  readonly position: Position;
  readonly count: number;
  readonly of: number;
}

export const cellsOf = (groups: readonly CountGroup[]): Cell[] =>
  groups.map(({ interval = "", position, count, of }) => ({
    interval, position: (position ?? "none") as Position, count, of,
  }));

type Plot = typeof import("./plot");

// The chart as a node of its own; its style element is taken out, since the page's policy allows
// no style but its own sheet, which has the same rules.
function draw(plot: Plot, cells: readonly Cell[], isShare: boolean, width: number): Element {
  const intervals = allIntervals(cells.map(({ interval }) => interval));
  const counts = new Map(cells.map((cell) => [`${cell.interval} ${cell.position}`, cell]));
  const data = intervals.flatMap((interval) =>
    POSITIONS.map((position) => counts.get(`${interval} ${position}`) ?? { interval, position, count: 0, of: 0 }),
  );
  const sums = intervals.map((interval) => cells.reduce((n, cell) => n + (cell.interval === interval ? cell.count : 0), 0));
  const most = isShare ? 5 : Math.max(1, ...sums); // no ticks between whole statements
  const every = Math.max(1, Math.ceil(intervals.length / Math.max(2, Math.floor(width / 90))));
  const node = plot.plot({
    className: "plot",
    width,
    height: 260,
    marginLeft: 44,
    x: { type: "band", domain: intervals, label: null, ticks: intervals.filter((_, i) => i % every === 0), tickFormat: shortInterval, padding: 0.15 },
    y: { label: null, grid: true, ticks: Math.min(5, most), nice: true, ...(isShare ? { percent: true, domain: [0, 100], tickFormat: (n: number) => `${n}%` } : {}) },
    marks: [
      plot.barY(data, {
        x: "interval",
        y: isShare ? (cell: Cell) => (cell.of ? cell.count / cell.of : 0) : "count",
        order: [...POSITIONS],
        z: "position",
        fill: (cell: Cell) => `var(--fill-${cell.position})`,
        title: (cell: Cell) => `${formatDate(cell.interval)}: ${positionWord(cell.position)} ${cell.count} of ${cell.of}`,
      }),
      plot.ruleY([0]),
    ],
    color: { type: "identity" },
  });
  for (const style of node.querySelectorAll("style")) style.remove();
  // Labels on groups without a role are no names to a screen reader; the table tells the figures.
  for (const group of node.querySelectorAll("g[aria-label], g[aria-hidden]")) group.removeAttribute("aria-label");
  return node;
}

function Drawing({ cells, isShare, title }: { cells: readonly Cell[]; isShare: boolean; title: string }): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const [plot, setPlot] = useState<Plot | null>(null);
  const [fault, setFault] = useState("");
  const [width, setWidth] = useState(0);
  useEffect(() => {
    import("./plot").then(setPlot, () => setFault("The chart could not be loaded; the table has its figures."));
    const node = box.current;
    if (!node) return undefined;
    const observer = new ResizeObserver(() => setWidth(Math.floor(node.clientWidth)));
    observer.observe(node);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (plot && width > 0) box.current?.replaceChildren(draw(plot, cells, isShare, width));
  }, [plot, cells, isShare, width]);
  return (
    <>
      <div class="drawing" ref={box} role="img" aria-label={title} />
      {fault && <p class="note">{fault}</p>}
    </>
  );
}

export function PositionsOverTime({ counts, conditions, isShare, title }: {
  counts: Counts;
  conditions: readonly Pair[];
  isShare: boolean;
  title: string;
}): JSX.Element {
  const cells = cellsOf(counts.groups);
  const used = POSITIONS.filter((position) => cells.some((cell) => cell.position === position));
  const intervals = [...new Set(cells.map(({ interval }) => interval))];
  const find = (interval: string, position: Position): Cell | undefined =>
    cells.find((cell) => cell.interval === interval && cell.position === position);
  return (
    <figure class="chart">
      <ul class="legend" aria-label="Colors">
        {used.map((position) => (
          <li key={position}><span class={`swatch swatch-${position}`} aria-hidden="true" /> <span aria-hidden="true">{positionShape(position)}</span> {positionName(position)}</li>
        ))}
      </ul>
      <Drawing cells={cells} isShare={isShare} title={title} />
      <figcaption>
        {isShare
          ? "Shares are of the statements of each interval that fit the question."
          : "Statements by the position that they take, by the date of their article; without one, by the day on which it was added."}
        {counts.groups_left_out > 0 && ` ${formatCount(counts.groups_left_out)} groups are left out: narrow the question.`}
      </figcaption>
      <Unfinished counts={counts} />
      <details open={intervals.length <= 14}>
        <summary>The same figures as a table</summary>
        <div class="scroll" tabIndex={0} role="region" aria-label="Table of figures">
          <table class="figures">
            <thead>
              <tr><th scope="col">Time</th>{used.map((p) => <th key={p} scope="col" class="number">{positionName(p)}</th>)}<th scope="col" class="number">of</th></tr>
            </thead>
            <tbody>
              {intervals.map((interval) => {
                const of = cells.find((cell) => cell.interval === interval)?.of ?? 0;
                return (
                  <tr key={interval}>
                    <th scope="row"><a href={href("", "", withInterval(conditions, interval))}>{formatDate(interval)}</a></th>
                    {used.map((position) => {
                      const count = find(interval, position)?.count ?? 0;
                      return (
                        <td key={position} class="number">
                          {count > 0 ? (
                            <a href={href("", "", [...withInterval(conditions, interval), ["position", position]])}>{formatCount(count)}</a>
                          ) : "0"}
                          {isShare && <small> {formatShare(count, of)}</small>}
                        </td>
                      );
                    })}
                    <td class="number">{formatCount(of)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}
