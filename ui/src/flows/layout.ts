/** Where steps stand when nobody has placed them: in columns by how far they are from the beginning. */
import type { Definition } from "../api/schema.gen";
import { COLUMN, exitsOf, moveSteps, type Point, pointOf, readingOrder } from "./graph";

const GAP = 32;
const HEAD = 76;
const ROW = 24;

const heightOf = (flow: Definition, name: string): number => {
  const step = flow.steps[name];
  return HEAD + ROW * (step ? exitsOf(step).length : 0);
};

/** The column of each step: the longest way to it; ways that lead back do not count. */
function columnsOf(flow: Definition): Map<string, number> {
  const columns = new Map<string, number>();
  const above = new Set<string>();
  const visit = (name: string, column: number): void => {
    const step = flow.steps[name];
    if (!step || above.has(name) || (columns.get(name) ?? -1) >= column) return;
    columns.set(name, column);
    above.add(name);
    for (const { to } of exitsOf(step)) if (to !== null) visit(to, column + 1);
    above.delete(name);
  };
  for (const name of readingOrder(flow)) if (!columns.has(name)) visit(name, 0);
  return columns;
}

/** Within a column they stand in the order of the steps that lead to them, so that few lines cross. */
export function layOut(flow: Definition): Definition {
  const columns = columnsOf(flow);
  const middle = new Map<string, number>();
  const places: Record<string, Point> = {};
  const last = Math.max(0, ...columns.values());
  for (let column = 0; column <= last; column += 1) {
    const names = readingOrder(flow).filter((name) => columns.get(name) === column);
    const wish = new Map(names.map((name, place) => [name, wishOf(flow, name, middle) ?? place * 1e-3]));
    names.sort((a, b) => (wish.get(a) ?? 0) - (wish.get(b) ?? 0));
    const height = names.reduce((sum, name) => sum + heightOf(flow, name) + GAP, -GAP);
    let y = -height / 2;
    for (const name of names) {
      places[name] = [column * COLUMN, y];
      middle.set(name, y + heightOf(flow, name) / 2);
      y += heightOf(flow, name) + GAP;
    }
  }
  return moveSteps(flow, places);
}

/** The mean height of the ways that lead to it from columns that stand already. */
function wishOf(flow: Definition, name: string, middle: ReadonlyMap<string, number>): number | null {
  const heights: number[] = [];
  for (const [from, y] of middle) {
    const step = flow.steps[from];
    for (const [place, exit] of (step ? exitsOf(step) : []).entries()) {
      if (exit.to === name) heights.push(y + place * ROW);
    }
  }
  return heights.length === 0 ? null : heights.reduce((sum, one) => sum + one, 0) / heights.length;
}

/** Whether nobody has placed its steps: some stand on each other. */
export function isUnplaced(flow: Definition): boolean {
  const seen = Object.values(flow.steps).map((step) => pointOf(step).join());
  return new Set(seen).size < seen.length;
}
