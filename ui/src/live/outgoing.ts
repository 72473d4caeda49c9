/** Texts and notes on their way to the server. Kept in the browser until the server has them, repeated with
 * the same Idempotency-Key until it answers, so that a lost connection neither loses nor doubles one. */
import { addNote, sendMessage } from "../api/calls";
import { ApiError, sentenceOf } from "../api/client";
import { freshKey } from "../api/key";
import type { MediaView, MessageView } from "../api/types";
import { connection, live } from "./link";
import { dropOut, holding, isKept, keepOut, readOut } from "./outbasket";
import { putMessage } from "./reduce";
import { Store } from "./store";

export interface Outgoing {
  key: string;
  conversationId: number;
  contactId: number;
  kind: "outbound" | "note";
  body: string;
  media: MediaView[];
  /** Left out: at once. */
  sendAt?: string;
  at: string;
  /** going: under way; waiting: no connection, tried again; refused: the server said no. */
  state: "going" | "waiting" | "refused";
  problem: string | null;
}

let owner = 0;
export const outgoing = new Store<readonly Outgoing[]>([]);

function change(key: string, part: Partial<Outgoing>): void {
  outgoing.set((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)));
  const changed = outgoing.get().find((one) => one.key === key);
  if (changed) keepOut(owner, changed);
}

export function dropOutgoing(key: string): void {
  outgoing.set((all) => all.filter((one) => one.key !== key));
  dropOut(owner, key);
}

const show = (one: Outgoing): void => outgoing.set((all) => [...all, one]);

/** Takes up what an earlier page of this person left behind. */
export function resumeOutgoing(userId: number): void {
  owner = userId;
  outgoing.set(() => []);
  for (const one of readOut(userId)) {
    if (one.state === "refused") show(one);
    else
      void holding(one.key, async () => {
        if (!isKept(userId, one.key)) return;
        show(one);
        await lineUp(one);
      });
  }
}

export type Writing = Pick<Outgoing, "conversationId" | "contactId" | "kind" | "body" | "media" | "sendAt">;

export function sendOut(writing: Writing): void {
  const one: Outgoing = {
    ...writing,
    key: freshKey(),
    at: new Date().toISOString(),
    state: "going",
    problem: null,
  };
  show(one);
  keepOut(owner, one);
  void holding(one.key, () => lineUp(one));
}

/** By conversation: what is written first is sent first, also when the first has to be tried again. */
const lines = new Map<number, Promise<void>>();

function lineUp(one: Outgoing): Promise<void> {
  const before = lines.get(one.conversationId) ?? Promise.resolve();
  const mine = before.then(() => deliver(one));
  lines.set(one.conversationId, mine);
  return mine;
}

async function post(one: Outgoing): Promise<MessageView> {
  if (one.kind === "note") return addNote(one.conversationId, one.body, one.key);
  const media_ids = one.media.map((media) => media.id);
  return sendMessage(one.conversationId, { body: one.body, media_ids, send_at: one.sendAt }, one.key);
}

const settle = (one: Outgoing, message: MessageView): void => {
  live.set((state) => state && putMessage(state, one.contactId, message));
  dropOutgoing(one.key);
};

/** Ends early when the stream is back: then the server is there again. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer);
      leave();
      resolve();
    };
    const timer = setTimeout(go, ms);
    let phase = connection.get().phase;
    const leave = connection.subscribe(() => {
      const now = connection.get().phase;
      if (now === "live" && phase !== "live") go();
      phase = now;
    });
  });
}

async function deliver(one: Outgoing): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return settle(one, await post(one));
    } catch (error) {
      if (error instanceof ApiError && error.problem.message) return settle(one, error.problem.message);
      const hopeless = error instanceof ApiError && error.status < 500 && error.status !== 429;
      if (hopeless) return change(one.key, { state: "refused", problem: sentenceOf(error) });
      change(one.key, { state: "waiting", problem: sentenceOf(error) });
      await pause(Math.min(1000 * 2 ** attempt, 15_000));
    }
  }
}
