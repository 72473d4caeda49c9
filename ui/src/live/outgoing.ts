/** Texts and notes on their way to the server. Kept in the browser until the server has them, repeated with
 * the same Idempotency-Key until it answers, so that a lost connection neither loses nor doubles one. */
import { addNote, sendMessage } from "../api/calls";
import { ApiError, sentenceOf } from "../api/client";
import { freshKey } from "../api/key";
import type { MediaView, MessageView } from "../api/types";
import { live } from "./link";
import { putMessage } from "./reduce";
import { Store } from "./store";

export interface Outgoing {
  key: string;
  conversationId: number;
  contactId: number;
  kind: "outbound" | "note";
  body: string;
  media: MediaView[];
  at: string;
  /** going: under way; waiting: no connection, tried again; refused: the server said no. */
  state: "going" | "waiting" | "refused";
  problem: string | null;
}

let shelf = "";
export const outgoing = new Store<readonly Outgoing[]>([]);

const keep = (): void => localStorage.setItem(shelf, JSON.stringify(outgoing.get()));

function change(key: string, part: Partial<Outgoing>): void {
  outgoing.set((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)));
  keep();
}

export function dropOutgoing(key: string): void {
  outgoing.set((all) => all.filter((one) => one.key !== key));
  keep();
}

/** Takes up what an earlier page of this person left behind. */
export function resumeOutgoing(userId: number): void {
  shelf = `answerback-outgoing-${userId}`;
  const left = JSON.parse(localStorage.getItem(shelf) ?? "[]") as Outgoing[];
  outgoing.set(() => left);
  for (const one of left) if (one.state !== "refused") void deliver(one);
}

export type Writing = Pick<Outgoing, "conversationId" | "contactId" | "kind" | "body" | "media">;

export function sendOut(writing: Writing): void {
  const one: Outgoing = {
    ...writing,
    key: freshKey(),
    at: new Date().toISOString(),
    state: "going",
    problem: null,
  };
  outgoing.set((all) => [...all, one]);
  keep();
  void deliver(one);
}

async function post(one: Outgoing): Promise<MessageView> {
  if (one.kind === "note") return addNote(one.conversationId, one.body, one.key);
  const media_ids = one.media.map((media) => media.id);
  return sendMessage(one.conversationId, { body: one.body, media_ids }, one.key);
}

const settle = (one: Outgoing, message: MessageView): void => {
  live.set((state) => state && putMessage(state, one.contactId, message));
  dropOutgoing(one.key);
};

async function deliver(one: Outgoing): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return settle(one, await post(one));
    } catch (error) {
      if (error instanceof ApiError && error.problem.message) return settle(one, error.problem.message);
      const hopeless = error instanceof ApiError && error.status < 500 && error.status !== 429;
      if (hopeless) return change(one.key, { state: "refused", problem: sentenceOf(error) });
      change(one.key, { state: "waiting", problem: sentenceOf(error) });
      await new Promise((resolve) => setTimeout(resolve, Math.min(1000 * 2 ** attempt, 15_000)));
    }
  }
}
