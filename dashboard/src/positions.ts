// Counts by a name and a position, as rows: one a name.
import type { CountGroup } from "./client";
import type { Position } from "./format";

export interface Row<T> {
  readonly key: T;
  readonly total: number; // pairs of statement and name
  readonly counts: Readonly<Record<Position, number>>;
}

const NOTHING: Readonly<Record<Position, number>> = {
  support: 0, oppose: 0, mixed: 0, concern: 0, neutral: 0, none: 0,
};

// In the order of the first group of each, most first.
export function rowsOf<T extends { id: string }>(
  groups: readonly CountGroup[],
  keyOf: (group: CountGroup) => T | null | undefined,
): Row<T>[] {
  const rows = new Map<string, { key: T; total: number; counts: Record<Position, number> }>();
  for (const group of groups) {
    const key = keyOf(group);
    if (!key) continue;
    const row = rows.get(key.id) ?? { key, total: 0, counts: { ...NOTHING } };
    row.counts[(group.position ?? "none") as Position] += group.count;
    row.total += group.count;
    rows.set(key.id, row);
  }
  return [...rows.values()].sort((a, b) => b.total - a.total);
}

export type Relation = "agree" | "differ" | "open" | "silent-a" | "silent-b";

interface Side {
  readonly count: number;
  readonly support: number;
  readonly oppose: number;
}

const sideOf = ({ support, oppose }: Side): number => Math.sign(support - oppose);

// Do two sides stand on the same side of an issue? By whether support or opposition is more on each;
// "open" where one of them takes no side, or both sides equally often.
export function relation(a: Side, b: Side): Relation {
  if (a.count === 0) return "silent-a";
  if (b.count === 0) return "silent-b";
  const product = sideOf(a) * sideOf(b);
  return product > 0 ? "agree" : product < 0 ? "differ" : "open";
}
