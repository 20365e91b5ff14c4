// A table whose columns sort it; how it is sorted is part of the address.
import type { ComponentChildren, JSX } from "preact";

export interface Column<T> {
  readonly key: string;
  readonly title: string;
  readonly value: (row: T) => string | number; // what it is sorted by; numbers the largest first
  readonly cell?: (row: T) => ComponentChildren; // else the value
}

export interface Sorting {
  readonly key: string; // "" is the order of the rows
  readonly isReversed: boolean;
}

export function sortedRows<T>(rows: readonly T[], columns: readonly Column<T>[], { key, isReversed }: Sorting): readonly T[] {
  const column = columns.find((one) => one.key === key);
  if (!column) return rows;
  const compare = (a: string | number, b: string | number): number =>
    typeof a === "number" && typeof b === "number" ? b - a : String(a).localeCompare(String(b), "en");
  const sign = isReversed ? -1 : 1;
  return [...rows].sort((a, b) => sign * compare(column.value(a), column.value(b)));
}

export function SortedTable<T>({ rows, columns, sorting, to, id, isChosen, caption }: {
  rows: readonly T[];
  columns: readonly Column<T>[];
  sorting: Sorting;
  to: (sorting: Sorting) => string;
  id: (row: T) => string;
  isChosen: (row: T) => boolean;
  caption: string;
}): JSX.Element {
  const isNumber = ({ value }: Column<T>): boolean => rows.length > 0 && typeof value(rows[0]!) === "number";
  const order = (column: Column<T>): "ascending" | "descending" | undefined =>
    column.key !== sorting.key ? undefined : isNumber(column) !== sorting.isReversed ? "descending" : "ascending";
  return (
    <div class="scroll tall" tabIndex={0} role="region" aria-label={caption}>
      <table class="figures sorted">
        <caption class="hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" class={isNumber(column) ? "number" : ""} aria-sort={order(column)}>
                <a href={to({ key: column.key, isReversed: column.key === sorting.key && !sorting.isReversed })}>{column.title}</a>
                <span aria-hidden="true">{order(column) === "ascending" ? " ↑" : order(column) === "descending" ? " ↓" : ""}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sortedRows(rows, columns, sorting).map((row) => (
            <tr key={id(row)} data-row data-id={id(row)} class={isChosen(row) ? "chosen" : ""}>
              {columns.map((column, i) => {
                const cell = column.cell?.(row) ?? column.value(row);
                return i === 0 ? <th key={column.key} scope="row">{cell}</th>
                  : <td key={column.key} class={isNumber(column) ? "number" : ""}>{cell}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
