// Where the nodes of a network stand, by d3-force: a chunk of its own. The same network at the same
// size always gives the same places, computed at once: nothing moves.
import type { SimulationLinkDatum, SimulationNodeDatum } from "d3-force";
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";

export interface Box {
  readonly width: number;
  readonly height: number;
}

export interface Body extends SimulationNodeDatum {
  readonly id: string;
  readonly radius: number;
  x: number;
  y: number;
}

export interface Tie {
  readonly source: string;
  readonly target: string;
  readonly strength: number; // 0 to 1
}

const TICKS = 300;
const GAP = 5;

// The smallest box around all, as what stretches it to the room between the margins.
function fit(bodies: readonly Body[], box: Box, margin: number): void {
  for (const [axis, size] of [["x", box.width], ["y", box.height]] as const) {
    const all = bodies.map((body) => body[axis]);
    const low = Math.min(...all);
    const span = Math.max(...all) - low;
    const room = size - 2 * margin;
    for (const body of bodies) body[axis] = span > 0 ? margin + ((body[axis] - low) / span) * room : size / 2;
  }
}

export function layout(nodes: readonly { id: string; radius: number }[], ties: readonly Tie[], box: Box): Body[] {
  // Seeds on a spiral, the heaviest in the middle.
  const bodies = nodes.map(({ id, radius }, i): Body => {
    const turn = i * Math.PI * (3 - Math.sqrt(5));
    const away = 14 * Math.sqrt(0.5 + i);
    return { id, radius, x: away * Math.cos(turn), y: away * Math.sin(turn) };
  });
  const links = ties.map((tie): SimulationLinkDatum<Body> & { strength: number } => ({ ...tie }));
  const simulation = forceSimulation(bodies)
    .force("link", forceLink<Body, (typeof links)[number]>(links).id(({ id }) => id).distance(60).strength((link) => 0.1 + 0.5 * link.strength))
    .force("charge", forceManyBody().strength(-260))
    .force("x", forceX().strength(0.09 * Math.min(1, box.height / box.width)))
    .force("y", forceY().strength(0.09 * Math.min(1, box.width / box.height)))
    .force("collide", forceCollide<Body>(({ radius }) => radius + GAP))
    .stop();
  simulation.tick(TICKS);
  const margin = Math.max(...nodes.map(({ radius }) => radius), 0) + 14;
  fit(bodies, box, margin);
  // Stretched to the box, some may overlap: they make room and stay where they were otherwise.
  const homes = new Map(bodies.map(({ id, x, y }) => [id, { x, y }]));
  forceSimulation(bodies)
    .force("x", forceX<Body>(({ id }) => homes.get(id)!.x).strength(0.2))
    .force("y", forceY<Body>(({ id }) => homes.get(id)!.y).strength(0.2))
    .force("collide", forceCollide<Body>(({ radius }) => radius + GAP).iterations(3))
    .stop()
    .tick(60);
  for (const body of bodies) {
    body.x = Math.min(box.width - body.radius - 2, Math.max(body.radius + 2, body.x));
    body.y = Math.min(box.height - body.radius - 2, Math.max(body.radius + 2, body.y));
  }
  return bodies;
}

export interface Label {
  readonly x: number; // of its left end
  readonly y: number; // of its base line
  readonly isFree: boolean; // nothing else is there
}

interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const meet = (a: Area, b: Area): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

// A place for each label beside its node, the heaviest first; where there is none it is at the right
// one, to be shown alone.
export function placeLabels(bodies: readonly Body[], widths: ReadonlyMap<string, number>, em: number, box: Box): Map<string, Label> {
  const taken: Area[] = bodies.map(({ x, y, radius }) => ({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius }));
  const labels = new Map<string, Label>();
  for (const { id, x, y, radius } of bodies) {
    const width = widths.get(id) ?? 0;
    const middle = Math.min(Math.max(2, x - width / 2), Math.max(2, box.width - width - 2));
    const places = [
      [x + radius + 4, y + 0.35 * em], [x - radius - 4 - width, y + 0.35 * em],
      [middle, y + radius + em], [middle, y - radius - 0.4 * em],
      [x + 0.7 * radius + 2, y - 0.7 * radius - 2], [x + 0.7 * radius + 2, y + 0.7 * radius + 0.8 * em],
      [x - 0.7 * radius - 2 - width, y - 0.7 * radius - 2], [x - 0.7 * radius - 2 - width, y + 0.7 * radius + 0.8 * em],
    ] as const;
    const areaAt = ([left, base]: readonly [number, number]): Area =>
      ({ left, right: left + width, top: base - 0.85 * em, bottom: base + 0.25 * em });
    const isInside = ({ left, right, top, bottom }: Area): boolean =>
      left >= 0 && right <= box.width && top >= 0 && bottom <= box.height;
    const free = places.find((place) => isInside(areaAt(place)) && !taken.some((other) => meet(areaAt(place), other)));
    const place = free ?? places.find((one) => isInside(areaAt(one))) ?? places[2];
    if (free) taken.push(areaAt(free));
    labels.set(id, { x: place[0], y: place[1], isFree: free !== undefined });
  }
  return labels;
}
