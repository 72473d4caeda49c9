import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { dropOutgoing, outgoing, resumeOutgoing, sendOut, type Writing } from "./outgoing";
import { message } from "./samples";

const shelf = new Map<string, string>();
let asked: { key: string | null; body: string }[] = [];
/** What the server answers to each call, in order; the last one repeats. */
let answers: (() => Response)[] = [];

const lost = (): Response => {
  throw new TypeError("fetch failed");
};
const taken = (): Response => Response.json(message({ id: 1 }), { status: 201 });
const refused = (): Response =>
  Response.json({ type: "x/illegal-move", title: "No", status: 409 }, { status: 409 });

const text = (body: string): Writing => ({
  conversationId: 2,
  contactId: 20,
  kind: "outbound",
  body,
  media: [],
});

beforeEach(() => {
  vi.useFakeTimers();
  shelf.clear();
  asked = [];
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => shelf.get(key) ?? null,
    setItem: (key: string, value: string) => shelf.set(key, value),
    removeItem: (key: string) => shelf.delete(key),
    key: (place: number) => [...shelf.keys()][place] ?? null,
    get length() {
      return shelf.size;
    },
  });
  vi.stubGlobal("fetch", async (_url: string, init: RequestInit) => {
    const { body } = JSON.parse(String(init.body)) as { body: string };
    asked.push({ key: new Headers(init.headers).get("Idempotency-Key"), body });
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    return answer?.();
  });
  resumeOutgoing(7);
});

afterEach(() => {
  for (const one of outgoing.get()) dropOutgoing(one.key);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("repeats a text with the same key until the server has it", async () => {
  answers = [lost, lost, taken];
  sendOut(text("hello"));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked.map((one) => one.body)).toEqual(["hello", "hello", "hello"]);
  expect(new Set(asked.map((one) => one.key)).size).toBe(1);
  expect(outgoing.get()).toEqual([]);
});

it("sends in the order written, also when the first one has to wait", async () => {
  answers = [lost, taken];
  sendOut(text("first"));
  sendOut(text("second"));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked.map((one) => one.body)).toEqual(["first", "first", "second"]);
});

it("takes up after a reload what was not sent, with its key", async () => {
  answers = [lost];
  sendOut(text("hello"));
  await vi.advanceTimersByTimeAsync(100);
  const kept = new Map(shelf);
  answers = [taken];
  await vi.advanceTimersByTimeAsync(20_000);
  expect([...shelf.keys()]).toEqual([]);
  for (const [name, value] of kept) shelf.set(name, value);
  resumeOutgoing(7);
  await vi.advanceTimersByTimeAsync(100);
  expect(asked.map((one) => one.body)).toEqual(["hello", "hello", "hello"]);
  expect(new Set(asked.map((one) => one.key)).size).toBe(1);
});

it("leaves alone what somebody else left in this browser", () => {
  shelf.set("answerback-outgoing-8-k", JSON.stringify({ ...text("not mine"), key: "k", at: "2026-01-01" }));
  resumeOutgoing(7);
  expect(outgoing.get()).toEqual([]);
});

it("does not repeat what the server refused, and goes on with the next", async () => {
  answers = [refused, taken];
  sendOut(text("no"));
  sendOut(text("yes"));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked.map((one) => one.body)).toEqual(["no", "yes"]);
  expect(outgoing.get()).toMatchObject([{ body: "no", state: "refused", problem: "No" }]);
});
