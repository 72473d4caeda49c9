import { describe, expect, it } from "vitest";
import { callLine, lengthOf } from "../words/calls";
import { applyEvent, fromSnapshot, openThread, putCall, putPage } from "./reduce";
import { desk, event, phoneCall } from "./samples";

const start = putPage(openThread(fromSnapshot(desk({})), 20), 20, "newest", { items: [], next_before: null });
const shown = (live: typeof start) =>
  live.threads[20]?.items.map((item) =>
    item.kind === "call" ? `${item.key} ${item.call.status}` : item.key,
  );
const told = (cursor: string, call: ReturnType<typeof phoneCall>) =>
  event({ cursor, kind: "CallChanged", contact_id: 20, conversation_id: 2, call });

describe("a call", () => {
  it("stands in the thread once and only moves forward", () => {
    const ringing = applyEvent(start, told("900-1", phoneCall({})));
    const missed = applyEvent(ringing, told("900-2", phoneCall({ status: "missed", status_rank: 30 })));
    const late = applyEvent(missed, told("900-3", phoneCall({ status: "answered", status_rank: 20 })));
    expect([ringing, missed, late].map(shown)).toEqual([["c1 ringing"], ["c1 missed"], ["c1 missed"]]);
  });

  it("known from an answer is not doubled by the stream", () => {
    const placed = putCall(start, phoneCall({ direction: "outbound", handled: "" }));
    expect(
      shown(applyEvent(placed, told("900-1", phoneCall({ status: "answered", status_rank: 20 })))),
    ).toEqual(["c1 answered"]);
  });

  it("of a caller who withheld who they are stands in no thread", () => {
    expect(shown(applyEvent(start, told("900-1", phoneCall({ conversation_id: null }))))).toEqual([]);
  });

  it("is told in words", () => {
    expect(callLine(phoneCall({ status: "missed" }))).toBe("Missed call");
    expect(callLine(phoneCall({ direction: "outbound", status: "busy", agent_name: "Ana" }))).toBe(
      "Ana called, the customer's line was busy",
    );
    expect([lengthOf(45), lengthOf(185)]).toEqual(["45 s", "3 min 05 s"]);
  });
});
