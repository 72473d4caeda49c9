import { expect, it } from "vitest";
import type { ThreadItem } from "../../api/types";
import type { Outgoing } from "../../live/outgoing";
import { message } from "../../live/samples";
import { rowsOf, stillOut } from "./rows";

const NOW = new Date(2026, 2, 3, 18, 0).getTime();
const at = (day: number, hour: number, minute = 0) => new Date(2026, 2, day, hour, minute).toISOString();

function item(id: number, time: string, conversation_id = 2): ThreadItem {
  const made = message({ id, conversation_id, created_at: time });
  return { key: `m${id}`, at: time, conversation_id, kind: "message", message: made };
}

const out = (part: Partial<Outgoing>): Outgoing => ({
  key: "k",
  conversationId: 2,
  contactId: 20,
  kind: "outbound",
  body: "Looking into it for you",
  media: [],
  at: at(3, 17, 59),
  state: "going",
  problem: null,
  ...part,
});

const rows = (items: ThreadItem[], outgoing: Outgoing[] = []) =>
  rowsOf({ items, outgoing, conversationId: 2, now: NOW }).map((row) => row.kind);

it("marks each day once", () => {
  const items = [item(1, at(2, 9)), item(2, at(2, 10)), item(3, at(3, 9))];
  expect(rows(items)).toEqual(["day", "message", "message", "day", "message"]);
});

it("marks where an earlier conversation begins and where it gives way to the next", () => {
  const items = [item(1, at(3, 9), 1), item(2, at(3, 10), 2)];
  expect(rows(items)).toEqual(["break", "day", "message", "break", "message"]);
  const made = rowsOf({ items, outgoing: [], conversationId: 2, now: NOW });
  expect(made.flatMap((row) => (row.kind === "break" ? [row.earlier] : []))).toEqual([true, false]);
});

it("puts what is on its way last", () => {
  expect(rows([item(1, at(3, 9))], [out({})])).toEqual(["day", "message", "outgoing"]);
});

it("joins quick texts of one side only", () => {
  const made = rowsOf({
    items: [item(1, at(3, 9, 0)), item(2, at(3, 9, 1)), item(3, at(3, 9, 30))],
    outgoing: [],
    conversationId: 2,
    now: NOW,
  });
  expect(made.flatMap((row) => (row.kind === "message" ? [row.joined] : []))).toEqual([false, true, false]);
});

it("shows a sent text once while its request and its event race", () => {
  expect(stillOut([out({})], [item(9, at(3, 18))], 7)).toEqual([]);
  expect(stillOut([out({}), out({ key: "again" })], [item(9, at(3, 18))], 7).map((one) => one.key)).toEqual([
    "again",
  ]);
  expect(stillOut([out({ body: "Other" })], [item(9, at(3, 18))], 7)).toHaveLength(1);
  expect(stillOut([out({ state: "refused" })], [item(9, at(3, 18))], 7)).toHaveLength(1);
});

const sent_for = { kind: "configuration" as const, id: 1, name: "Order shipped", shown: true };
const text = (id: number, part: object): ThreadItem => ({
  ...item(id, at(3, 9, id)),
  kind: "message",
  message: message({ id, conversation_id: 2, ...part }),
});

it("names what a text was sent for though one of the same sender stands right before it", () => {
  const items = [text(1, { kind: "outbound" }), text(2, { kind: "outbound", sent_for })];
  const made = rowsOf({ items, outgoing: [], conversationId: 2, now: NOW });
  expect(made.flatMap((row) => (row.kind === "message" ? [row.joined] : []))).toEqual([false, false]);
});

it("says which text, sent to many, the customer's first reply answers", () => {
  const made = rowsOf({
    items: [
      text(1, { kind: "outbound", sent_for, status: "delivered" }),
      text(2, { kind: "outbound", status: "refused" }),
      text(3, { kind: "inbound" }),
      text(4, { kind: "inbound" }),
    ],
    outgoing: [],
    conversationId: 2,
    now: NOW,
  });
  expect(made.flatMap((row) => (row.kind === "message" ? [row.answers] : []))).toEqual([
    null,
    null,
    "Order shipped",
    null,
  ]);
});
