/** A flow as a graph: the ways out of each step, and the changes one can make. Pure: a definition in, a new one out. */
import type { Definition } from "../api/schema.gen";

export type AnyStep = Definition["steps"][string];
export type Kind = AnyStep["kind"];
export type Point = readonly [number, number];

/** What begins the flow stands in the graph as a node of this name, which no step can have. */
export const TRIGGER = "";

export const KINDS = [
  "send",
  "await_reply",
  "wait",
  "branch",
  "split",
  "set",
  "call",
  "hand_over",
  "start_flow",
  "end",
] as const satisfies readonly Kind[];

export interface Exit {
  /** As the server names it: `next`, `refused`, `answers[0]` … */
  way: string;
  to: string | null;
}

const numbered = (list: string, items: readonly { next?: string | null }[]): Exit[] =>
  items.map((one, place) => ({ way: `${list}[${place}]`, to: one.next ?? null }));

/** In the order they are drawn. */
export function exitsOf(step: AnyStep): Exit[] {
  const exit = (way: string, to: string | null | undefined): Exit => ({ way, to: to ?? null });
  switch (step.kind) {
    case "send":
      return [exit("next", step.next), exit("refused", step.refused)];
    case "await_reply":
      return [
        ...numbered("answers", step.answers ?? []),
        exit("next", step.next),
        exit("silent", step.silent),
      ];
    case "branch":
      return [...numbered("cases", step.cases), exit("otherwise", step.otherwise)];
    case "split":
      return numbered("ways", step.ways);
    case "call":
      return [exit("next", step.next), exit("failed", step.failed)];
    case "end":
      return [];
    default:
      return [exit("next", step.next)];
  }
}

const LISTED = /^(answers|cases|ways)\[(\d+)\]$/;

function withExit(step: AnyStep, way: string, to: string | null): AnyStep {
  const [, list, place] = LISTED.exec(way) ?? [];
  if (!list) return { ...step, [way]: to } as AnyStep;
  const items = ((step as unknown as Record<string, object[]>)[list] ?? []).map((one, at) =>
    at === Number(place) ? { ...one, next: to } : one,
  );
  return { ...step, [list]: items } as AnyStep;
}

/** What a new step of a kind begins with; what is still to be chosen is 0 or empty, and named as a problem. */
export function newStep(kind: Kind, at: Point): AnyStep {
  const place = { title: "", at: [...at] };
  switch (kind) {
    case "send":
      return { kind, ...place, template_id: 0, values: {}, next: null, refused: null };
    case "wait":
      return { kind, ...place, seconds: 86_400, next: null };
    case "await_reply":
      return { kind, ...place, seconds: 86_400, answers: [], next: null, silent: null };
    case "branch":
      return { kind, ...place, cases: [{ when: "contact.language == 'es'", next: null }], otherwise: null };
    case "split":
      return { kind, ...place, ways: [1, 1].map((weight) => ({ weight, next: null })) };
    case "set":
      return { kind, ...place, attributes: {}, add_tags: [], remove_tags: [], next: null };
    case "start_flow":
      return { kind, ...place, flow_id: 0, next: null };
    case "call":
      return { kind, ...place, method: "POST", url: "https://", body: {}, save_as: "answer", next: null };
    case "hand_over":
      return { kind, ...place, queue_id: 0, note: "", next: null };
    case "end":
      return { kind, ...place, outcome: "done" };
  }
}

export function newFlow(): Definition {
  return {
    trigger: { kind: "automated", event: "api", when: null },
    first: "send",
    again: "after_end",
    steps: { send: newStep("send", [0, 0]) },
  };
}

export const pointOf = (step: AnyStep): Point => [Number(step.at?.[0] ?? 0), Number(step.at?.[1] ?? 0)];

const freeName = (flow: Definition, kind: Kind): string => {
  let count = 1;
  while (flow.steps[count === 1 ? kind : `${kind}${count}`]) count += 1;
  return count === 1 ? kind : `${kind}${count}`;
};

export const setStep = (flow: Definition, name: string, step: AnyStep): Definition => ({
  ...flow,
  steps: { ...flow.steps, [name]: step },
});

/** `from` may be TRIGGER: then it is the first step. */
export function connect(flow: Definition, from: string, way: string, to: string | null): Definition {
  if (from === TRIGGER) return to === null ? flow : { ...flow, first: to };
  const step = flow.steps[from];
  return step ? setStep(flow, from, withExit(step, way, to)) : flow;
}

export interface Added {
  flow: Definition;
  name: string;
}

/** To the right of `after`, and joined to its first way out that leads nowhere yet. */
export function addStep(flow: Definition, kind: Kind, after: string | null, at?: Point): Added {
  const name = freeName(flow, kind);
  const before = after === null ? undefined : flow.steps[after];
  const free = before && exitsOf(before).find((exit) => exit.to === null);
  const place = at ?? freePlace(flow, before);
  const added = setStep(flow, name, newStep(kind, place));
  return { flow: free && after !== null ? connect(added, after, free.way, name) : added, name };
}

export const STEP_WIDTH = 216;
export const COLUMN = 256;

function freePlace(flow: Definition, before: AnyStep | undefined): Point {
  const taken = Object.values(flow.steps).map(pointOf);
  const [x, start] = before ? pointOf(before) : [0, Math.max(0, ...taken.map(([, y]) => y + 180))];
  const column = before ? x + COLUMN : x;
  let y = start;
  while (taken.some(([tx, ty]) => Math.abs(tx - column) < STEP_WIDTH && Math.abs(ty - y) < 140)) y += 160;
  return [column, y];
}

/** What led to it leads to its first way out instead. The last step stays. */
export function removeStep(flow: Definition, name: string): Definition {
  const { [name]: gone, ...rest } = flow.steps;
  const others = Object.keys(rest);
  if (!gone || others.length === 0) return flow;
  const after = exitsOf(gone).find((exit) => exit.to !== null && exit.to !== name)?.to ?? null;
  let next: Definition = { ...flow, steps: rest };
  for (const [from, step] of Object.entries(rest)) {
    for (const exit of exitsOf(step)) {
      if (exit.to === name) next = connect(next, from, exit.way, after === from ? null : after);
    }
  }
  return next.first === name ? { ...next, first: after ?? others[0] ?? "" } : next;
}

export function moveSteps(flow: Definition, places: Readonly<Record<string, Point>>): Definition {
  const steps = Object.entries(flow.steps).map(([name, step]) => {
    const at = places[name];
    return [name, at ? { ...step, at: at.map(Math.round) } : step];
  });
  return { ...flow, steps: Object.fromEntries(steps) };
}

export interface Edge {
  from: string;
  way: string;
  to: string;
}

/** Everything that leads somewhere, what begins it first. */
export function edgesOf(flow: Definition): Edge[] {
  const edges: Edge[] = flow.steps[flow.first] ? [{ from: TRIGGER, way: "next", to: flow.first }] : [];
  for (const [from, step] of Object.entries(flow.steps)) {
    for (const { way, to } of exitsOf(step)) {
      if (to !== null && flow.steps[to]) edges.push({ from, way, to });
    }
  }
  return edges;
}

/** In the order they are reached, then those that are not. */
export function readingOrder(flow: Definition): string[] {
  const order = new Set<string>();
  const queue = [flow.first];
  for (const name of queue) {
    const step = flow.steps[name];
    if (!step || order.has(name)) continue;
    order.add(name);
    queue.push(...exitsOf(step).flatMap(({ to }) => to ?? []));
  }
  return [...order, ...Object.keys(flow.steps).filter((name) => !order.has(name))];
}
