import { describe, expect, it } from "vitest";
import type { Definition } from "../api/schema.gen";
import {
  addStep,
  connect,
  edgesOf,
  exitsOf,
  newFlow,
  pointOf,
  readingOrder,
  removeStep,
  TRIGGER,
} from "./graph";
import { beginHistory, change, redo, undo } from "./history";
import { isUnplaced, layOut } from "./layout";
import { sampleFacts } from "./sampleFacts";
import { summaryOf } from "./summary";

const NAMES = { templates: { 4: "Created" }, queues: { 2: "Help" }, flows: {} };

/** tell -> hear -> (1) end, (2) hand, silent -> tell again */
function sample(): Definition {
  return {
    trigger: { kind: "automated", event: "api" },
    first: "tell",
    steps: {
      tell: { kind: "send", template_id: 4, values: { case: "trigger.case" }, next: "hear" },
      hear: {
        kind: "await_reply",
        seconds: 5400,
        answers: [
          { words: ["1"], next: "end" },
          { words: ["2"], next: "hand" },
        ],
        next: "hand",
        silent: "tell",
      },
      hand: { kind: "hand_over", queue_id: 2, next: "end" },
      end: { kind: "end" },
    },
  };
}

describe("a flow as a graph", () => {
  it("has a line for every way that leads somewhere, and for its beginning", () => {
    const lines = edgesOf(sample()).map(({ from, way, to }) => `${from} ${way} ${to}`);
    expect(lines).toEqual([
      " next tell",
      "tell next hear",
      "hear answers[0] end",
      "hear answers[1] hand",
      "hear next hand",
      "hear silent tell",
      "hand next end",
    ]);
  });

  it("connects a way out, also one of a list, and leaves the others", () => {
    const flow = connect(sample(), "hear", "answers[1]", "end");
    expect(exitsOf(flow.steps.hear ?? { kind: "end" }).map(({ to }) => to)).toEqual([
      "end",
      "end",
      "hand",
      "tell",
    ]);
    expect(connect(flow, TRIGGER, "next", "hand").first).toBe("hand");
    expect(connect(flow, TRIGGER, "next", null).first).toBe("tell");
  });

  it("joins a new step to the first open way of the chosen one", () => {
    const { flow, name } = addStep(newFlow(), "await_reply", "send");
    expect(flow.steps.send).toMatchObject({ next: name });
    const second = addStep(flow, "send", "send");
    expect(second.name).toBe("send2");
    expect(second.flow.steps.send).toMatchObject({ next: name, refused: "send2" });
  });

  it("closes the gap where a step is removed, and keeps the last one", () => {
    const flow = removeStep(sample(), "hand");
    expect(exitsOf(flow.steps.hear ?? { kind: "end" }).map(({ to }) => to)).toEqual([
      "end",
      "end",
      "end",
      "tell",
    ]);
    expect(removeStep(sample(), "tell").first).toBe("hear");
    expect(removeStep(newFlow(), "send")).toEqual(newFlow());
  });

  it("is read in the order it is walked, what is never reached last", () => {
    const { flow } = addStep(sample(), "wait", null);
    expect(readingOrder(flow)).toEqual(["tell", "hear", "end", "hand", "wait"]);
  });
});

describe("the layout", () => {
  it("puts each step right of those that lead to it, and none on another", () => {
    const flow = layOut(sample());
    const column = (name: string) => pointOf(flow.steps[name] ?? { kind: "end" })[0];
    expect(["tell", "hear", "hand", "end"].map(column)).toEqual([0, 256, 512, 768]);
    expect(isUnplaced(sample())).toBe(true);
    expect(isUnplaced(flow)).toBe(false);
  });

  it("does not fall for circles", () => {
    const steps = { a: { kind: "wait", next: "b" }, b: { kind: "wait", next: "a" } } as const;
    expect(isUnplaced(layOut({ ...sample(), first: "a", steps }))).toBe(false);
  });
});

describe("the history", () => {
  it("undoes and does again; typing in one field is one change", () => {
    let held = beginHistory("");
    for (const typed of ["H", "Hi"]) held = change(held, typed, "title");
    held = change(held, "Hi!", "other");
    expect(undo(held).now).toBe("Hi");
    expect(undo(undo(held)).now).toBe("");
    expect(redo(undo(undo(held))).now).toBe("Hi");
    expect(undo(beginHistory("a")).now).toBe("a");
  });

  it("forgets what was undone once something else is done", () => {
    const held = change(undo(change(beginHistory(1), 2)), 3);
    expect(redo(held).now).toBe(3);
  });
});

describe("what a step says in a line", () => {
  it("names what it points at, and how long in plain words", () => {
    const { steps } = sample();
    const said = Object.values(steps).map((step) => summaryOf(step, NAMES));
    expect(said).toEqual(["Created", "for up to 90 minutes", "Help", "as “done”"]);
    expect(summaryOf({ kind: "wait", seconds: 172_800, time_of_day: "09:00" }, NAMES)).toBe(
      "2 days, then at 09:00",
    );
    expect(summaryOf({ kind: "send", template_id: 0 }, NAMES)).toBe("No template chosen");
  });
});

describe("facts to try with", () => {
  it("are those the expressions ask for", () => {
    expect(sampleFacts(sample(), [])).toEqual({ case: "sample" });
  });
});
